//! Distinct organisations per value of one dimension.

use entity::vocabulary::Missing;

use super::Figure;
use crate::atlas::{Atlas, Dimension, Filter, Value};

/// The counts and what they say about themselves.
#[derive(Clone, Debug)]
pub struct Counts {
    pub figure: Figure,
    /// Most first; outside the list and unknown last. Organisations with several values are in several rows.
    pub rows: Vec<(Value, u64)>,
}

/// Counts the organisations of a filter by a dimension.
pub fn counts(atlas: &Atlas, by: Dimension, filter: &Filter) -> Counts {
    let selection = atlas.select(filter);
    let mut figure = Figure::new(atlas, filter, &selection, if by.is_asked() { by } else { Dimension::Publisher });
    // What it counts by is what its coverage is of, also where the filter has settled it. Where nothing is selected, the
    // coverage says why, and no row adds anybody.
    if by.is_asked() && figure.n > 0 && figure.coverage.attribute != by.attribute() {
        figure.coverage = atlas.coverage_of(filter, &selection.organisations, by);
    }
    // Of everybody it is counted once per atlas.
    let mut rows = if *filter == Filter::default() {
        let values = atlas.whole_facet(by).values.iter();
        values.filter(|row| !matches!(row.value, Value::Unknown(_))).map(|row| (row.value, row.count)).collect()
    } else {
        atlas.count_by(&selection, by, filter.rollup)
    };
    let last = |value: &Value| matches!(value, Value::Unlisted | Value::Unspecified | Value::Unknown(_));
    rows.sort_by(|(a, x), (b, y)| last(a).cmp(&last(b)).then(y.cmp(x)).then(a.cmp(b)));
    if figure.n > 0 && by.has_unknown() {
        let missing = Missing::ALL.iter().zip(figure.coverage.missing);
        rows.extend(missing.filter(|(_, count)| *count > 0).map(|(&code, count)| (Value::Unknown(code), count)));
    }
    Counts { figure, rows }
}
