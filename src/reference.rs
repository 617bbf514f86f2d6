//! The embedded tables of `data/`, as text, and a reader of tab-separated rows. Which table says what is
//! written in `data/SOURCES.md`; nothing here interprets them.

/// ISO 3166-1 countries.
pub const COUNTRIES: &str = include_str!("../data/countries.tsv");
/// ISO 3166-2 subdivisions, with the study's own codes.
pub const SUBDIVISIONS: &str = include_str!("../data/subdivisions.tsv");
/// Gazetteer of populated places.
pub const PLACES: &str = include_str!("../data/places.tsv");
/// What the study's forms call each code.
pub const OD500_LABELS: &str = include_str!("../data/od500_labels.tsv");
/// Mappings between codes.
pub const MAPPINGS: &str = include_str!("../data/mappings.tsv");
/// Curated facts of Mexican public bodies.
pub const BODIES_MX: &str = include_str!("../data/bodies_mx.tsv");
/// Successions of public bodies.
pub const SUCCESSIONS: &str = include_str!("../data/successions.tsv");
/// Bodies that the study hangs under another one wrongly.
pub const NOT_SUB_BODIES: &str = include_str!("../data/not_sub_bodies.tsv");
/// Polygons of the Mexican states.
pub const MX_STATES: &str = include_str!("../data/geo/mx-states.geojson");
/// Polygons of the states of the United States.
pub const US_STATES: &str = include_str!("../data/geo/us-states.geojson");

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    header: std::sync::Arc<[&'static str]>,
    cells: Vec<&'static str>,
}

impl Row {
    /// The cell of a column; empty when the cell or column is not there.
    pub fn get(&self, column: &str) -> &'static str {
        self.header
            .iter()
            .position(|name| *name == column)
            .and_then(|at| self.cells.get(at))
            .map_or("", |cell| cell.trim())
    }
}

/// The rows of a tab-separated table: a header, then rows; lines that start with `#` are remarks.
pub fn rows(table: &'static str) -> impl Iterator<Item = Row> {
    let mut lines = table.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let header: std::sync::Arc<[&'static str]> =
        lines.next().unwrap_or_default().split('\t').map(str::trim).collect::<Vec<_>>().into();
    lines.map(move |line| Row { header: header.clone(), cells: line.split('\t').collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_names_and_remarks_are_skipped() {
        let all: Vec<Row> = rows("# remark\na\tb\n1\t2\n\n3\n").collect();
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].get("a"), all[0].get("b"), all[0].get("c")), ("1", "2", ""));
        assert_eq!(all[1].get("b"), "");
    }

    #[test]
    fn every_table_has_rows() {
        for (name, table) in [
            ("countries", COUNTRIES),
            ("subdivisions", SUBDIVISIONS),
            ("places", PLACES),
            ("od500_labels", OD500_LABELS),
            ("mappings", MAPPINGS),
            ("bodies_mx", BODIES_MX),
            ("successions", SUCCESSIONS),
            ("not_sub_bodies", NOT_SUB_BODIES),
        ] {
            assert!(rows(table).next().is_some(), "{name}");
        }
    }
}
