//! Real states and cities for organisations that do not exist.

use super::pick::{Cumulative, between, chance};
use crate::domain::draft::LocationDraft;
use crate::domain::place::Polygons;
use crate::embedded;
use entity::vocabulary::{AreaScheme, LocationRole, Precision};
use rand_chacha::ChaCha8Rng;

/// Countries of the sample and their shares in hundred; Mexico is the largest.
const SHARES: [(&str, u64); 12] = [
    ("MX", 300),
    ("US", 170),
    ("BR", 120),
    ("CO", 90),
    ("ES", 75),
    ("AR", 60),
    ("PE", 50),
    ("CL", 40),
    ("CA", 35),
    ("KR", 25),
    ("AU", 20),
    ("GB", 15),
];

/// The most populous places per country that are used.
const PLACES: usize = 400;

/// The countries of a sample, the first one largest.
pub(super) fn countries(number: usize) -> Vec<(&'static str, u64)> {
    SHARES[..number.clamp(1, SHARES.len())].to_vec()
}

#[derive(Clone, Debug)]
struct Place {
    name: &'static str,
    state: &'static str,
    latitude: f64,
    longitude: f64,
}

/// Places of one country.
#[derive(Clone, Debug)]
pub(super) struct Country {
    /// ISO 3166-1 alpha-2.
    pub(super) code: &'static str,
    /// Its states, code and names in Spanish and English.
    pub(super) states: Vec<(&'static str, &'static str, &'static str)>,
    places: Vec<Place>,
    weights: Cumulative,
}

/// The countries of a sample with their shares.
#[derive(Debug)]
pub(super) struct Geography {
    /// The countries, the largest first.
    pub(super) countries: Vec<Country>,
    shares: Cumulative,
    polygons: Polygons,
}

impl Geography {
    /// Reads the places of these countries.
    pub(super) fn new(countries: &[(&'static str, u64)]) -> Self {
        let shapes = embedded::text("geo/mx-states.geojson").unwrap_or_default();
        Self {
            countries: countries.iter().map(|(code, _)| Country::read(code)).collect(),
            shares: Cumulative::new(countries.iter().map(|(_, share)| *share)),
            polygons: Polygons::from_geojson(&shapes).unwrap_or_default(),
        }
    }

    /// A country by its share.
    pub(super) fn country(&self, rng: &mut ChaCha8Rng) -> usize {
        self.shares.pick(rng)
    }

    /// Somewhere in a country: a point of its own, a city that many share, or no more than a state.
    pub(super) fn locate(&self, rng: &mut ChaCha8Rng, country: usize) -> LocationDraft {
        let country = &self.countries[country];
        let place = country.weights.pick(rng).min(country.places.len().saturating_sub(1));
        let Some(place) = country.places.get(place) else { return in_country(country.code) };
        let mut out = LocationDraft {
            role: LocationRole::Hq,
            locality: Some(place.name.to_owned()),
            postal_code: Some(format!("{:05}", between(rng, 1000, 99_000))),
            area: Some(area(country.code, place.state)),
            latitude: Some(place.latitude),
            longitude: Some(place.longitude),
            precision: Some(Precision::Locality),
        };
        match between(rng, 0, 99) {
            0..=54 => {
                // Ten-thousandths of a degree around the city, in integers.
                let offset = |rng: &mut ChaCha8Rng| f64::from(between(rng, 0, 1000)) / 10_000.0 - 0.05;
                let (latitude, longitude) = (place.latitude + offset(rng), place.longitude + offset(rng));
                if self.polygons.contains(place.state, latitude, longitude, 0.0) != Some(false) {
                    out.latitude = Some((latitude * 10_000.0).round() / 10_000.0);
                    out.longitude = Some((longitude * 10_000.0).round() / 10_000.0);
                    out.precision = Some(Precision::Point);
                }
            }
            55..=94 => {}
            _ => {
                out.locality = None;
                out.precision = Some(Precision::State);
            }
        }
        if chance(rng, 3) {
            out.postal_code = None;
        }
        out
    }
}

fn area(country: &str, state: &str) -> (AreaScheme, String) {
    if state.is_empty() {
        (AreaScheme::Country, country.to_owned())
    } else {
        (AreaScheme::Subdivision, state.to_owned())
    }
}

fn in_country(code: &str) -> LocationDraft {
    LocationDraft {
        role: LocationRole::Hq,
        locality: None,
        postal_code: None,
        area: Some((AreaScheme::Country, code.to_owned())),
        latitude: None,
        longitude: None,
        precision: Some(Precision::Country),
    }
}

impl Country {
    fn read(code: &'static str) -> Self {
        let mut places: Vec<(u64, Place)> = embedded::records("places")
            .filter(|row| row.get("country") == code)
            .filter_map(|row| {
                let place = Place {
                    name: row.get("name"),
                    state: row.get("admin1"),
                    latitude: row.get("latitude").parse().ok()?,
                    longitude: row.get("longitude").parse().ok()?,
                };
                Some((row.get("population").parse().unwrap_or(0), place))
            })
            .collect();
        places.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.name.cmp(b.1.name)));
        let states: Vec<_> = embedded::records("subdivisions")
            .filter(|row| row.get("country") == code)
            .map(|row| (row.get("code"), row.get("name_es"), row.get("name_en")))
            .collect();
        // Every state has its largest place, however small that is.
        let mut kept: Vec<(u64, Place)> = Vec::new();
        for (at, place) in places.into_iter().enumerate() {
            if at < PLACES || !kept.iter().any(|(_, k)| k.state == place.1.state) {
                kept.push(place);
            }
        }
        let weights = Cumulative::new(kept.iter().map(|(population, _)| (*population).max(20_000)));
        Self { code, states, places: kept.into_iter().map(|(_, place)| place).collect(), weights }
    }
}
