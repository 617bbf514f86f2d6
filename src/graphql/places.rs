//! Map points: columns in one scalar, because thousands of objects would cost more than the map they draw.

use std::sync::Arc;

use async_graphql::{Name, Value, indexmap::IndexMap};

use super::figure::aggregate;
use super::list::List;
use super::scalar::Columns;
use crate::analysis;
use crate::atlas::{self, Atlas, Lang};

/// The points of a selection inside a box: single organisations when few, clusters when many.
pub struct MapPoints {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: analysis::Figure,
    pub(crate) map: atlas::MapPoints,
    pub(crate) lang: Lang,
}

fn columns<const N: usize>(columns: [(&str, Vec<Value>); N]) -> Columns {
    let object: IndexMap<Name, Value> =
        columns.into_iter().map(|(name, values)| (Name::new(name), Value::List(values))).collect();
    Columns(Value::Object(object))
}

fn degrees(value: f64) -> Value {
    // Five decimals are a metre: more would only cost bytes.
    serde_json::Number::from_f64((value * 1e5).round() / 1e5).map_or(Value::Null, Value::Number)
}

aggregate! {
    /// The points of a selection inside a box: single organisations when few, clusters when many.
    impl MapPoints {
        /// One per single organisation: `slug name lon lat family precision`.
        async fn points(&self) -> Columns {
            let (atlas, points) = (&self.atlas, &self.map.points);
            let each = |f: &dyn Fn(atlas::OrgIx) -> Value| points.organisation.iter().map(|&ix| f(ix)).collect();
            columns([
                ("slug", each(&|ix| Value::from(atlas.str(atlas.organisation(ix).slug)))),
                ("name", each(&|ix| Value::from(atlas.name(ix, self.lang).value))),
                ("lon", points.longitude.iter().copied().map(degrees).collect()),
                ("lat", points.latitude.iter().copied().map(degrees).collect()),
                ("family", each(&|ix| Value::from(atlas.str(atlas.family(ix))))),
                ("precision", points.precision.iter().map(|word| Value::from(word.as_str())).collect()),
            ])
        }

        /// One per cluster or shared point: `lon lat count families coincident area`. `families` holds counts in the
        /// order of `familyKeys`; `coincident` is true where all stand on one point; `area` is the code of the area
        /// they share, if they share one.
        async fn symbols(&self) -> Columns {
            let (atlas, symbols) = (&self.atlas, &self.map.symbols);
            let families = |counts: &Vec<u32>| Value::List(counts.iter().map(|&n| Value::from(n)).collect());
            columns([
                ("lon", symbols.longitude.iter().copied().map(degrees).collect()),
                ("lat", symbols.latitude.iter().copied().map(degrees).collect()),
                ("count", symbols.count.iter().map(|&n| Value::from(n)).collect()),
                ("families", symbols.families.iter().map(families).collect()),
                ("coincident", symbols.coincident.iter().map(|&yes| Value::from(yes)).collect()),
                (
                    "area",
                    symbols
                        .area
                        .iter()
                        .map(|area| area.map_or(Value::Null, |ix| Value::from(atlas.str(atlas.area(ix).code))))
                        .collect(),
                ),
            ])
        }

        /// One per country without known areas and per first-level area with organisations: `code count`.
        async fn areas(&self) -> Columns {
            let codes = self.map.areas.iter().map(|(ix, _)| Value::from(self.atlas.str(self.atlas.area(*ix).code)));
            let counts = self.map.areas.iter().map(|(_, count)| Value::from(*count));
            columns([("code", codes.collect()), ("count", counts.collect())])
        }

        /// The sector families, in the order that `symbols` counts them.
        async fn family_keys(&self) -> List<&str> {
            self.atlas.families().iter().map(|&ix| self.atlas.str(ix)).collect()
        }

        /// Distinct organisations of the selection inside the box.
        async fn placed(&self) -> u64 {
            self.map.placed
        }

        /// Distinct organisations of the selection without a point anywhere.
        async fn unplaced(&self) -> u64 {
            self.map.unplaced
        }
    }
}
