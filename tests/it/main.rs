//! The one test binary of the house: behaviour through the real router and both databases.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod access_accounts;
mod access_sign_in;
mod api;
mod api_harness;
mod cli_errors;
mod cli_user;
mod closed;
mod desk_harness;
mod edge_harness;
mod edge_pages;
mod edge_rows;
mod edge_server;
mod edge_transport;
mod golden;
mod golden_fixtures;
mod golden_record;
mod harness;
mod history;
mod import_publish;
mod import_refusals;
mod import_undo;
mod migrations;
mod outbox;
mod people;
mod privacy;
mod schema;
mod security_access;
mod security_attacks;
mod security_matrix;
mod store_open;
mod store_publish;
mod survey;
mod survey_harness;
mod survey_pages;
mod tidy;
