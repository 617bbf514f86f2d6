//! The outlines that maps are drawn with: the states of a country, or the countries of the world, as paths
//! in a picture [`WIDTH`] wide. Read from the embedded basemap once.

use std::sync::LazyLock;

use serde_json::Value;

use super::projection::{Frame, Ground};
use crate::embedded;

/// The width of every map.
pub const WIDTH: f64 = 600.0;
/// Under this many units from the last point kept, a point is not seen.
const STEP: f64 = 0.9;
/// Islands smaller than this many square units are left out.
const SPECK: f64 = 1.4;

/// One area of a map.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its code in ISO 3166.
    pub code: String,
    /// Its outline.
    pub path: String,
    /// West, north, east, south of its largest part.
    pub bounds: [f64; 4],
}

/// The outlines of a ground.
pub fn of(ground: Ground) -> &'static [Shape] {
    static MEXICO: LazyLock<Vec<Shape>> = LazyLock::new(|| read(Ground::Mexico));
    static STATES: LazyLock<Vec<Shape>> = LazyLock::new(|| read(Ground::UnitedStates));
    static WORLD: LazyLock<Vec<Shape>> = LazyLock::new(|| read(Ground::World));
    match ground {
        Ground::Mexico => &MEXICO,
        Ground::UnitedStates => &STATES,
        Ground::World => &WORLD,
    }
}

type Ring = Vec<[f64; 2]>;

fn read(ground: Ground) -> Vec<Shape> {
    let file = match ground {
        Ground::Mexico => "geo/mx-states.json",
        Ground::UnitedStates => "geo/us-states.json",
        Ground::World => "geo/countries.json",
    };
    let topology: Value = embedded::text(file).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let arcs = arcs(&topology);
    let frame = ground.frame();
    let areas = topology["objects"]["areas"]["geometries"].as_array();
    areas.into_iter().flatten().filter_map(|area| shape(area, &arcs, &frame)).collect()
}

/// The arcs of a topology in degrees: where it is quantised, each point is a step from the last.
fn arcs(topology: &Value) -> Vec<Ring> {
    let pair = |value: &Value| [value[0].as_f64().unwrap_or(0.0), value[1].as_f64().unwrap_or(0.0)];
    let transform = topology.get("transform").map(|of| (pair(&of["scale"]), pair(&of["translate"])));
    let arc = |points: &Value| {
        let mut at = [0.0, 0.0];
        let place = |point: &Value| {
            let [x, y] = pair(point);
            let Some((scale, translate)) = transform else { return [x, y] };
            at = [at[0] + x, at[1] + y];
            [at[0] * scale[0] + translate[0], at[1] * scale[1] + translate[1]]
        };
        points.as_array().into_iter().flatten().map(place).collect()
    };
    topology["arcs"].as_array().into_iter().flatten().map(arc).collect()
}

fn shape(area: &Value, arcs: &[Ring], frame: &Frame) -> Option<Shape> {
    let code = area["id"].as_str()?.to_owned();
    let single = area["type"] == "Polygon";
    let polygons: Vec<&Value> =
        if single { vec![&area["arcs"]] } else { area["arcs"].as_array().into_iter().flatten().collect() };
    let mut rings: Vec<Ring> = Vec::new();
    for ring in polygons.iter().filter_map(|polygon| polygon.get(0)) {
        let placed = joined(ring, arcs).into_iter().map(|[longitude, latitude]| frame.place(longitude, latitude));
        let ring = thin(placed);
        if ring.len() > 3 && size(&ring) > SPECK && ring.iter().any(|&point| frame.holds(point)) {
            rings.push(ring);
        }
    }
    let largest = rings.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let bounds = largest.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[w, n, e, s], &[x, y]| {
        [w.min(x), n.min(y), e.max(x), s.max(y)]
    });
    Some(Shape { code, path: rings.iter().map(path).collect(), bounds })
}

/// The points of a ring: its arcs one after the other, those with a negative number backwards.
fn joined(ring: &Value, arcs: &[Ring]) -> Ring {
    let mut points = Ring::new();
    for number in ring.as_array().into_iter().flatten().filter_map(Value::as_i64) {
        let at = usize::try_from(if number < 0 { !number } else { number }).unwrap_or(usize::MAX);
        let Some(arc) = arcs.get(at) else { continue };
        if number < 0 {
            points.extend(arc.iter().rev());
        } else {
            points.extend(arc);
        }
    }
    points
}

fn thin(points: impl Iterator<Item = [f64; 2]>) -> Ring {
    let mut kept = Ring::new();
    for point in points {
        if kept.last().is_none_or(|last| (point[0] - last[0]).hypot(point[1] - last[1]) >= STEP) {
            kept.push(point);
        }
    }
    kept
}

fn size(ring: &Ring) -> f64 {
    let next = ring.iter().cycle().skip(1);
    (ring.iter().zip(next).map(|([x, y], [u, v])| x * v - u * y).sum::<f64>() / 2.0).abs()
}

fn path(ring: &Ring) -> String {
    let points: Vec<String> = ring.iter().map(|[x, y]| format!("{x:.1} {y:.1}")).collect();
    format!("M{}Z", points.join("L"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ground_has_its_areas() {
        for (ground, least, code) in
            [(Ground::Mexico, 32, "MX-JAL"), (Ground::UnitedStates, 48, "US-TX"), (Ground::World, 160, "MX")]
        {
            let shapes = of(ground);
            assert!(shapes.len() >= least, "{ground:?}: {}", shapes.len());
            let shape = shapes.iter().find(|shape| shape.code == code).unwrap();
            assert!(shape.path.starts_with('M') && shape.path.ends_with('Z'), "{code}");
            let [west, north, east, south] = shape.bounds;
            assert!(west < east && north < south, "{code}: {:?}", shape.bounds);
            assert!(west > 0.0 && east < WIDTH && north > 0.0 && south < ground.frame().height, "{code}");
        }
    }

    #[test]
    fn a_place_lies_inside_its_state() {
        let [x, y] = Ground::Mexico.frame().place(-103.35, 20.67);
        let jalisco = of(Ground::Mexico).iter().find(|shape| shape.code == "MX-JAL").unwrap();
        let [west, north, east, south] = jalisco.bounds;
        assert!(west < x && x < east && north < y && y < south, "{x} {y} {:?}", jalisco.bounds);
    }
}
