//! The public ecosystem at one revision, in memory, immutable. No database, no transport.

pub mod rows;
