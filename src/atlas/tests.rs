//! The atlas against a naive reading of the same rows, and what lists, cursors, search and maps promise.

mod counted;
mod maps;
mod naive;
mod order;
mod patch;
mod search;

use naive::ground;

use super::fixture::{answered, organisation};
use super::rows::Rows;

/// Organisations that answered, by name.
fn answering(names: &[&str]) -> Rows {
    let mut rows = ground();
    rows.organisations.extend(names.iter().map(|name| organisation(name)));
    rows.responses.extend(names.iter().map(|name| answered(name, "first")));
    rows
}
