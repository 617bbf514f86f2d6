//! Map points: columns in one scalar, because thousands of objects would cost more than the map they draw.

use std::sync::Arc;

use serde::{Serialize, Serializer};

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

/// Areas as a JSON list of their codes, which is written without being gathered first.
struct Codes<'a> {
    atlas: &'a Atlas,
    areas: &'a [atlas::AreaIx],
}

impl Serialize for Codes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.areas.iter().map(|&ix| self.atlas.str(self.atlas.area(ix).code)))
    }
}

/// Five decimals are a metre: more would only cost bytes.
fn degrees(values: &[f64]) -> impl Iterator<Item = f64> {
    values.iter().map(|value| (value * 1e5).round() / 1e5)
}

aggregate! {
    /// The points of a selection inside a box: single organisations when few, clusters when many.
    impl MapPoints {
        /// One per single organisation: `slug name lon lat family precision`.
        async fn points(&self) -> Columns {
            let (atlas, points) = (&self.atlas, &self.map.points);
            let rows = || points.organisation.iter();
            Columns::new()
                .with("slug", rows().map(|&ix| atlas.str(atlas.organisation(ix).slug)))
                .with("name", rows().map(|&ix| atlas.name(ix, self.lang).value))
                .with("lon", degrees(&points.longitude))
                .with("lat", degrees(&points.latitude))
                .with("family", rows().map(|&ix| atlas.str(atlas.family(ix))))
                .with("precision", points.precision.iter().map(|word| word.as_str()))
        }

        /// One per cluster or shared point: `lon lat count families coincident area areas`. `families` holds counts
        /// in the order of `familyKeys`; `coincident` is true where all stand on one point; `area` is the code of the
        /// area they share, if they share one; `areas` has the codes of all that they are in, those with most first.
        async fn symbols(&self) -> Columns {
            let (atlas, symbols) = (&self.atlas, &self.map.symbols);
            let areas = (0..symbols.count.len()).map(|at| Codes { atlas, areas: symbols.areas_of(at) });
            Columns::new()
                .with("lon", degrees(&symbols.longitude))
                .with("lat", degrees(&symbols.latitude))
                .with("count", &symbols.count)
                .with("families", &symbols.families)
                .with("coincident", &symbols.coincident)
                .with("area", symbols.area.iter().map(|area| area.map(|ix| atlas.str(atlas.area(ix).code))))
                .with("areas", areas)
        }

        /// One per country without known areas and per first-level area with organisations: `code count`.
        async fn areas(&self) -> Columns {
            let areas = || self.map.areas.iter();
            Columns::new()
                .with("code", areas().map(|(ix, _)| self.atlas.str(self.atlas.area(*ix).code)))
                .with("count", areas().map(|(_, count)| count))
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
