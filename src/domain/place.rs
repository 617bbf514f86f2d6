//! Whether a point lies in an area. The polygons are embedded tables that the caller reads; this room
//! only does the geometry.

use geo::{BoundingRect, Contains, MultiPolygon, Point, Rect};
use std::collections::BTreeMap;

/// Polygons by area code, with their boxes.
#[derive(Debug, Default)]
pub struct Polygons {
    by_code: BTreeMap<String, (Rect, MultiPolygon)>,
}

/// A `GeoJSON` file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("polygons cannot be read: {0}")]
pub struct PolygonError(String);

impl Polygons {
    /// Reads a feature collection whose features carry the area's code as `id`.
    pub fn from_geojson(text: &str) -> Result<Self, PolygonError> {
        let collection: geojson::FeatureCollection =
            text.parse::<geojson::GeoJson>().and_then(TryInto::try_into).map_err(|e| PolygonError(e.to_string()))?;
        let mut by_code = BTreeMap::new();
        for feature in collection.features {
            let Some(geojson::feature::Id::String(code)) = feature.id else {
                return Err(PolygonError("a feature has no text id".to_owned()));
            };
            let geometry: geo::Geometry = feature
                .geometry
                .ok_or_else(|| PolygonError(format!("{code} has no geometry")))?
                .try_into()
                .map_err(|e: geojson::Error| PolygonError(e.to_string()))?;
            let shape = match geometry {
                geo::Geometry::Polygon(polygon) => MultiPolygon::new(vec![polygon]),
                geo::Geometry::MultiPolygon(shape) => shape,
                _ => return Err(PolygonError(format!("{code} is no polygon"))),
            };
            let around = shape.bounding_rect().ok_or_else(|| PolygonError(format!("{code} is empty")))?;
            by_code.insert(code, (around, shape));
        }
        Ok(Self { by_code })
    }

    /// Adds the areas of another set.
    pub fn merge(&mut self, other: Self) {
        self.by_code.extend(other.by_code);
    }

    /// Whether the point is in the area or at most `slack` degrees from its box; `None` for an unknown area.
    /// The polygons are simplified for the map, so a point on a shore may miss its own state by a little.
    pub fn contains(&self, code: &str, latitude: f64, longitude: f64, slack: f64) -> Option<bool> {
        let (around, shape) = self.by_code.get(code)?;
        let point = Point::new(longitude, latitude);
        if longitude < around.min().x - slack
            || longitude > around.max().x + slack
            || latitude < around.min().y - slack
            || latitude > around.max().y + slack
        {
            return Some(false);
        }
        Some(shape.contains(&point) || is_near(shape, point, slack))
    }

    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.by_code.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_code.is_empty()
    }
}

/// Whether the point is within `slack` degrees of the shape's edge.
fn is_near(shape: &MultiPolygon, point: Point, slack: f64) -> bool {
    use geo::{Distance, Euclidean};
    slack > 0.0 && Euclidean.distance(&point, shape) <= slack
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARES: &str = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","id":"XX-A","properties":{},"geometry":
            {"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]]}},
        {"type":"Feature","id":"XX-B","properties":{},"geometry":
            {"type":"MultiPolygon","coordinates":[[[[20,0],[30,0],[20,10],[20,0]]]]}}]}"#;

    #[test]
    fn point_in_polygon_minds_holes_and_slack() {
        let areas = Polygons::from_geojson(SQUARES).unwrap();
        assert_eq!(areas.len(), 2);
        for (code, latitude, longitude, slack, expected) in [
            ("XX-A", 1.0, 1.0, 0.0, Some(true)),
            ("XX-A", 5.0, 5.0, 0.0, Some(false)),
            ("XX-A", 10.05, 5.0, 0.1, Some(true)),
            ("XX-A", 10.5, 5.0, 0.1, Some(false)),
            ("XX-B", 9.0, 29.0, 0.1, Some(false)),
            ("XX-B", 1.0, 21.0, 0.0, Some(true)),
            ("XX-C", 1.0, 21.0, 0.0, None),
        ] {
            assert_eq!(areas.contains(code, latitude, longitude, slack), expected, "{code} {latitude} {longitude}");
        }
    }

    #[test]
    fn broken_polygons_are_an_error() {
        for text in [
            "",
            "{}",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":null}]}"#,
        ] {
            assert!(Polygons::from_geojson(text).is_err(), "{text}");
        }
    }
}
