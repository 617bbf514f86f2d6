//! The GraphQL room: the only one that names async-graphql, and one that never names axum.
//! `guard` refuses what is too large, `transport` speaks GraphQL over HTTP in plain values.

pub mod guard;
pub mod guard_schema;
pub mod transport;
pub mod transport_answers;
pub mod transport_persisted;
pub mod transport_wire;
