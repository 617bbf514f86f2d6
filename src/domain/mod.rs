//! What is true whatever the database or transport: pure values and functions, no I/O, no async.

pub mod access;
pub mod acknowledgement;
pub mod address;
pub mod candidate;
pub mod demand;
pub mod draft;
pub mod email;
pub mod feedback;
pub mod grade;
pub mod history;
pub mod identifier;
pub mod instrument;
pub mod matching;
pub mod participation;
pub mod password;
pub mod place;
pub mod privacy;
pub mod resolve;
pub mod review;
pub mod rfc;
pub mod second_factor;
pub mod secret;
pub mod subtree;
pub mod takeover;
pub mod text;
pub mod violation;
