//! The GraphQL room: the only one that names async-graphql, and one that never names axum.
//! `guard` refuses what is too large, `transport` speaks GraphQL over HTTP in plain values.

pub mod area;
pub mod caller;
pub mod claim;
pub mod code;
pub mod connection;
pub mod dataset;
pub mod desk;
pub mod figure;
pub mod filter;
pub mod flow;
pub mod guard;
pub mod guard_schema;
pub mod indicator;
pub mod language;
pub mod list;
pub mod may;
mod narrowed;
pub mod network;
pub mod node;
pub mod organisation;
pub mod organisation_parts;
pub mod outcome;
pub mod page;
pub mod peers;
pub mod places;
pub mod printed;
pub mod publisher;
pub mod query;
pub mod reliance;
pub mod scalar;
pub mod schema;
pub mod sdg;
pub mod search;
pub mod sign_in;
pub mod snapshot;
pub mod source;
pub mod study;
pub mod transport;
pub mod transport_answers;
mod transport_documents;
pub mod transport_edition;
pub mod transport_persisted;
pub mod transport_wire;
pub mod vocabulary;

pub use schema::{schema, sdl};
