//! Maps.

use super::answering;
use crate::atlas::fixture::{area, location, mini};
use crate::atlas::{Atlas, Filter, Value, View};
use entity::vocabulary::AreaScheme;

#[test]
fn maps_gather_coincident_and_crowded_points() {
    let atlas = mini().atlas();
    let all = atlas.select(&Filter::default());
    let map = atlas.map_points(&all, View::default());
    assert!(map.points.organisation.is_empty(), "three share Guadalajara, two the capital");
    let mut counts = map.symbols.count.clone();
    counts.sort_unstable();
    assert_eq!((counts, map.placed, map.unplaced), (vec![2, 3], 5, 0));
    assert!(map.symbols.coincident.iter().all(|coincident| *coincident));
    let areas: Vec<(String, u64)> =
        map.areas.iter().map(|&(area, count)| (atlas.word_of(Value::Area(area)), count)).collect();
    assert_eq!(areas, [("MX-CMX".to_owned(), 2), ("MX-JAL".to_owned(), 3)]);
    let codes = |map: &crate::atlas::MapPoints| -> Vec<Vec<String>> {
        let code = |&area: &crate::atlas::AreaIx| atlas.word_of(Value::Area(area));
        (0..map.symbols.count.len()).map(|at| map.symbols.areas_of(at).iter().map(code).collect()).collect()
    };
    assert!(map.symbols.area.iter().all(Option::is_some));
    assert!(codes(&map).iter().all(|areas| areas.len() == 1));
    let west = View { bbox: Some([-104.0, 20.0, -103.0, 21.0]), zoom: None };
    assert_eq!(atlas.map_points(&all, west).placed, 3);
    let filter = Filter { bbox: Some([-104.0, 20.0, -103.0, 21.0]), ..Filter::default() };
    assert_eq!(atlas.names(&atlas.select(&filter).organisations), ["O1", "O3", "O5"]);

    let names: Vec<String> = (0..40).map(|at| format!("P{at:02}")).collect();
    let mut rows = answering(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for (at, name) in names.iter().enumerate() {
        // Along the antimeridian, half a degree apart.
        let longitude = 170.0 + at as f64 * 0.5;
        let longitude = if longitude > 180.0 { longitude - 360.0 } else { longitude };
        rows.locations.push(location(name, None, Some((10.0, longitude))));
    }
    let atlas = Atlas::build(rows);
    let all = atlas.select(&Filter::default());
    let total = |view| {
        let map = atlas.map_points(&all, view);
        let symbols: u32 = map.symbols.count.iter().sum();
        (map.points.organisation.len() as u32 + symbols, map.symbols.count.len())
    };
    assert_eq!(total(View::default()), (40, 0));
    let (placed, symbols) = total(View { bbox: None, zoom: Some(0.0) });
    assert_eq!(placed, 40);
    assert!((1..=3).contains(&symbols), "{symbols}");
    assert_eq!(total(View { bbox: None, zoom: Some(12.0) }), (40, 0));
    let across = View { bbox: Some([179.0, 0.0, -179.0, 20.0]), zoom: None };
    assert_eq!(atlas.map_points(&all, across).placed, 5);
}

#[test]
fn a_crowd_of_several_areas_has_them_all_those_with_most_first() {
    let names: Vec<String> = (0..10).map(|at| format!("P{at:02}")).collect();
    let mut rows = answering(&names.iter().map(String::as_str).collect::<Vec<_>>());
    rows.areas.push(area(AreaScheme::Subdivision, "MX-COL", Some("MX")));
    for (at, name) in names.iter().enumerate() {
        let area = ["MX-COL", "MX-JAL"][usize::from(at >= 3)];
        rows.locations.push(location(name, Some(area), Some((19.4 + at as f64 * 0.001, -103.7))));
    }
    let atlas = Atlas::build(rows);
    let view = View { bbox: None, zoom: Some(3.0) };
    let symbols = atlas.map_points(&atlas.select(&Filter::default()), view).symbols;
    assert_eq!((&symbols.count, &symbols.area), (&vec![10], &vec![None]));
    let codes: Vec<String> = symbols.areas_of(0).iter().map(|&area| atlas.word_of(Value::Area(area))).collect();
    assert_eq!(codes, ["MX-JAL", "MX-COL"]);
}
