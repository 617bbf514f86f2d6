//! Map points: columns in one scalar, because thousands of objects would cost more than the map they draw.

use std::sync::Arc;

use async_graphql::{Name, Value, indexmap::IndexMap};

use super::figure::aggregate;
use super::scalar::Columns;
use crate::analysis;
use crate::atlas::{Atlas, Lang, places};

/// The points of a selection inside a box: single organisations when few, clusters when many.
pub struct MapPoints {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: analysis::Figure,
    pub(crate) map: places::MapPoints,
    pub(crate) lang: Lang,
}

fn columns<const N: usize>(columns: [(&str, Vec<Value>); N]) -> Columns {
    let object: IndexMap<Name, Value> =
        columns.into_iter().map(|(name, values)| (Name::new(name), Value::List(values))).collect();
    Columns(Value::Object(object))
}

fn number(value: f64) -> Value {
    // Five decimals are a metre: more would only cost bytes.
    serde_json::Number::from_f64((value * 1e5).round() / 1e5).map_or(Value::Null, Value::Number)
}

aggregate! {
    impl MapPoints {
        /// One per single organisation: `slug name lon lat family precision`.
        async fn points(&self) -> Columns {
            let of = |f: &dyn Fn(&places::Point) -> Value| self.map.points.iter().map(f).collect();
            let atlas = &self.atlas;
            columns([
                ("slug", of(&|p| Value::from(atlas.str(atlas.organisation(p.organisation).slug)))),
                ("name", of(&|p| Value::from(atlas.name(p.organisation, self.lang).value))),
                ("lon", of(&|p| number(p.longitude))),
                ("lat", of(&|p| number(p.latitude))),
                ("family", of(&|p| Value::from(self.map.family_keys[usize::from(p.family)].as_str()))),
                ("precision", of(&|p| p.precision.map_or(Value::Null, |word| Value::from(word.as_str())))),
            ])
        }

        /// One per cluster or shared point: `lon lat count families coincident area slugs`. `families` holds counts in
        /// the order of `familyKeys`; `coincident` is true where all stand on one point; `area` is the code of the area
        /// they share, if they share one.
        async fn symbols(&self) -> Columns {
            let of = |f: &dyn Fn(&places::Symbol) -> Value| self.map.symbols.iter().map(f).collect();
            let atlas = &self.atlas;
            columns([
                ("lon", of(&|s| number(s.longitude))),
                ("lat", of(&|s| number(s.latitude))),
                ("count", of(&|s| Value::from(s.count))),
                ("families", of(&|s| Value::List(s.families.iter().map(|&n| Value::from(n)).collect()))),
                ("coincident", of(&|s| Value::from(s.coincident))),
                ("area", of(&|s| s.area.map_or(Value::Null, |ix| Value::from(atlas.str(atlas.area(ix).code))))),
            ])
        }

        /// One per country and first-level area with organisations: `code count`, for the choropleth.
        async fn areas(&self) -> Columns {
            let of = |f: &dyn Fn(&(crate::atlas::AreaIx, u64)) -> Value| self.map.areas.iter().map(f).collect();
            columns([
                ("code", of(&|(ix, _)| Value::from(self.atlas.str(self.atlas.area(*ix).code)))),
                ("count", of(&|(_, count)| Value::from(*count))),
            ])
        }

        /// The sector families, in the order that `symbols` counts them; `none` is last.
        async fn family_keys(&self) -> &[String] {
            &self.map.family_keys
        }

        /// Distinct organisations of the selection with a point, inside the box or not.
        async fn placed(&self) -> u64 {
            self.map.placed
        }

        /// Those without a point.
        async fn unplaced(&self) -> u64 {
            self.map.unplaced
        }
    }
}
