//! Accounts and all that lets somebody in: statements only. Every lookup by a secret goes by its hash.

pub mod account;
pub mod event;
pub mod grant;
pub mod identity;
pub mod pending;
pub mod second_factor;
pub mod session;
pub mod sign_up;
pub mod token;

/// How many rows of people a list holds at most.
pub const PAGE: u64 = 100;
