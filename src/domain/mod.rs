//! What is true whatever the database or transport: pure values and functions, no I/O, no async.

pub mod draft;
pub mod text;
pub mod violation;
