//! What publishers are asked and what they have answered.

pub mod claim;
pub mod digest;
pub mod link;
