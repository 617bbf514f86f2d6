//! Open Data 100: records who reuses government data and maps the ecosystem.
//!
//! `ARCHITECTURE.md` is the map of these rooms and says which may name which.

pub mod atlas;
pub mod domain;
pub mod embedded;
pub mod import;
pub mod reference;
pub mod sample;
