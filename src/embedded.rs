//! Embedded tables that the importers and the sample ask again and again: each is read once per process
//! and stays, so that its cells may be handed around. What a table means is not known here.

use crate::reference::{self, Record, Table};
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// The records of an embedded table such as `places`; none when there is no such table.
pub fn records(name: &str) -> impl Iterator<Item = Record<'static>> + use<> {
    table(name).into_iter().flat_map(Table::records)
}

/// An embedded text file such as `geo/mx-states.geojson`.
pub fn text(path: &str) -> Option<String> {
    reference::file(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn table(name: &str) -> Option<&'static Table> {
    static TABLES: OnceLock<Mutex<HashMap<String, Option<&'static Table>>>> = OnceLock::new();
    let mut tables = TABLES.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    *tables.entry(name.to_owned()).or_insert_with(|| match reference::table(name) {
        Ok(table) => Some(Box::leak(Box::new(table))),
        Err(error) => {
            tracing::error!(table = name, error, "an embedded table cannot be read");
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_that_is_asked_has_records() {
        for name in [
            "countries",
            "subdivisions",
            "places",
            "od500_labels",
            "mappings",
            "bodies_mx",
            "not_sub_bodies",
            "printed",
        ] {
            assert!(records(name).next().is_some(), "{name}");
        }
        assert!(records("nothing").next().is_none());
        for path in ["geo/mx-states.geojson", "geo/us-states.geojson"] {
            assert!(text(path).is_some_and(|t| t.starts_with('{')), "{path}");
        }
    }
}
