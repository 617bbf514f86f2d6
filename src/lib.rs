//! Open Data 100: records who reuses government data and maps the ecosystem.
//!
//! `ARCHITECTURE.md` is the map of these rooms and says which may name which.

pub mod analysis;
pub mod atlas;
pub mod domain;
