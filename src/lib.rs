//! Open Data 100: records who reuses government data and maps the ecosystem.
//!
//! `ARCHITECTURE.md` is the map of these rooms and says which may name which.

pub mod analysis;
pub mod app;
pub mod atlas;
pub mod cli;
pub mod config;
pub mod domain;
pub mod embedded;
pub mod export;
pub mod gazetteer;
pub mod graphql;
pub mod http;
pub mod import;
pub mod mail;
pub mod oidc;
pub mod picture;
pub mod proof;
pub mod reference;
pub mod sample;
pub mod store;
pub mod texts;

/// The version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The build of the program: its version, and what it was built from. Two builds of one version may answer otherwise, so
/// what readers keep is named by it.
pub const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), "-", env!("OD100_BUILD"));

/// What the program calls itself where it asks others.
pub const USER_AGENT: &str = concat!("od100/", env!("CARGO_PKG_VERSION"));
