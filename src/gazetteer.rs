//! Where a city or a state lies: the embedded gazetteer, checked against the polygons of the states. Nobody is asked;
//! what is ambiguous stays at the state.

use crate::domain::place::Polygons;
use crate::domain::text::fold;
use crate::embedded;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// The remark that a city lies in other states, and not in the stated one.
pub const NOT_IN_STATE: &str = "city.not_in_state";

/// How far, in degrees, a point may lie outside its state's simplified polygon (about 11 km).
const SLACK: f64 = 0.1;

/// How the capital of Mexico is written where its state is the capital.
const CAPITAL: &[&str] =
    &["mexico", "mexico d f", "mexico df", "d f", "df", "distrito federal", "ciudad de mexico", "mexico city", "cdmx"];

/// A remark about a city: code, reason.
pub type Remark = (&'static str, &'static str);

/// A place of the gazetteer.
#[derive(Clone, Debug)]
pub struct Place {
    /// The ISO 3166-2 code of its state; empty where it is not known.
    pub admin1: &'static str,
    pub latitude: f64,
    pub longitude: f64,
    population: u64,
    is_main_name: bool,
}

/// A state.
#[derive(Clone, Copy, Debug)]
pub struct Subdivision {
    /// Its ISO 3166-2 code.
    pub code: &'static str,
    /// Latitude and longitude of the point at which it is shown.
    pub point: Option<(f64, f64)>,
}

/// The embedded gazetteer, read once.
#[derive(Debug, Default)]
pub struct Gazetteer {
    places: HashMap<(&'static str, String), Vec<Place>>,
    /// By country and any of the codes and names by which the study calls it.
    subdivisions: HashMap<(String, String), Subdivision>,
    /// Misspelt codes that the study has, by country: read, and reported.
    slips: HashSet<(&'static str, String)>,
    polygons: Polygons,
}

/// How long the codes of states are that the studies write.
const SHORT: usize = 2;

impl Gazetteer {
    /// The one of this process.
    pub fn embedded() -> &'static Self {
        static ONCE: OnceLock<Gazetteer> = OnceLock::new();
        ONCE.get_or_init(Self::read)
    }

    fn read() -> Self {
        let mut out = Self::default();
        for row in embedded::records("places") {
            let number = |column| row.get(column).parse::<f64>().ok();
            let (Some(latitude), Some(longitude)) = (number("latitude"), number("longitude")) else { continue };
            let mut seen: Vec<String> = Vec::new();
            let names = [row.get("name"), row.get("ascii")];
            for (at, name) in names.into_iter().chain(row.get("alternates").split('|')).enumerate() {
                let folded = fold(name);
                if folded.is_empty() || seen.contains(&folded) {
                    continue;
                }
                out.places.entry((row.get("country"), folded.clone())).or_default().push(Place {
                    admin1: row.get("admin1"),
                    latitude,
                    longitude,
                    population: row.get("population").parse().unwrap_or(0),
                    is_main_name: at < 2,
                });
                seen.push(folded);
            }
        }
        for row in embedded::records("subdivisions") {
            let point = row.get("latitude").parse().ok().zip(row.get("longitude").parse().ok());
            let subdivision = Subdivision { code: row.get("code"), point };
            let short = row.get("code").split('-').nth(1).unwrap_or_default();
            let is_slip = |alias: &&str| alias.len() == SHORT && *alias != row.get("od500");
            let slips = row.get("od500_alias").split('|').filter(is_slip);
            out.slips.extend(slips.map(|alias| (row.get("country"), fold(alias))));
            let names = ["od500", "od500_alias", "name_en", "name_es"].map(|column| row.get(column));
            // The study's own codes first: in Mexico `MS` is Morelos there and nothing here.
            for name in names.into_iter().flat_map(|cell| cell.split('|')).chain([short]) {
                let folded = fold(name);
                if !folded.is_empty() {
                    out.subdivisions.entry((row.get("country").to_owned(), folded)).or_insert(subdivision);
                }
            }
        }
        for path in ["geo/mx-states.geojson", "geo/us-states.geojson"] {
            if let Some(Ok(polygons)) = embedded::text(path).map(|shapes| Polygons::from_geojson(&shapes)) {
                out.polygons.merge(polygons);
            }
        }
        out.centre_the_capital();
        out
    }

    /// In Mexico City state and city are one place: both get the city's point.
    fn centre_the_capital(&mut self) {
        let capital = CAPITAL.iter().filter_map(|name| self.in_state("MX", name, "MX-CMX").first().copied().cloned());
        if let Some(capital) = capital.max_by_key(|place| place.population) {
            for subdivision in self.subdivisions.values_mut().filter(|s| s.code == "MX-CMX") {
                subdivision.point = Some((capital.latitude, capital.longitude));
            }
        }
    }

    fn in_state(&self, country: &'static str, city: &str, state: &str) -> Vec<&Place> {
        let found: Vec<&Place> = self
            .places
            .get(&(country, city.to_owned()))
            .map_or_else(Vec::new, |all| all.iter().filter(|place| place.admin1 == state).collect());
        let main: Vec<&Place> = found.iter().copied().filter(|place| place.is_main_name).collect();
        if main.is_empty() { found } else { main }
    }

    /// The ISO 3166-2 code of a state as the study writes it.
    pub fn state(&self, country: &str, written: &str) -> Option<&'static str> {
        self.subdivisions.get(&(country.to_owned(), fold(written))).map(|s| s.code)
    }

    /// A state by any of the names by which the study calls it.
    pub fn subdivision(&self, country: &str, written: &str) -> Option<Subdivision> {
        self.subdivisions.get(&(country.to_owned(), fold(written))).copied()
    }

    /// Whether the study misspells a state so: it is read all the same.
    pub fn is_misspelt(&self, country: &'static str, written: &str) -> bool {
        self.slips.contains(&(country, fold(written)))
    }

    /// A state by its ISO 3166-2 code.
    pub fn of_code(&self, code: &str) -> Option<Subdivision> {
        let (country, short) = code.split_once('-')?;
        let named = self.subdivision(country, short).filter(|one| one.code == code);
        named.or_else(|| self.subdivisions.values().find(|one| one.code == code).copied())
    }

    /// The one place of that name in the stated state, or in the country where no state is stated.
    /// What is worth a remark is added to these.
    pub fn find(
        &self,
        country: &'static str,
        city: &str,
        subdivision: Option<Subdivision>,
        remarks: &mut Vec<Remark>,
    ) -> Option<(&Place, &'static str)> {
        let mut remark = |code, reason| remarks.push((code, reason));
        let names = spellings(city, subdivision.map_or("", |s| s.code));
        let Some(subdivision) = subdivision else {
            let mut all: Vec<&Place> =
                names.iter().filter_map(|n| self.places.get(&(country, n.clone()))).flatten().collect();
            all.dedup_by_key(|place| place.admin1);
            return match all[..] {
                [place] if !place.admin1.is_empty() => {
                    remark("state.from_city", "no state is stated; taken from the only place of that name");
                    Some((place, place.admin1))
                }
                [] => {
                    remark("city.unknown", "is not in the gazetteer, and no state is stated; placed at the country");
                    None
                }
                [_] => None,
                _ => {
                    remark("city.ambiguous", "names several places, and no state is stated; placed at the country");
                    None
                }
            };
        };
        for name in &names {
            let mut found = self.in_state(country, name, subdivision.code);
            found.sort_by_key(|place| std::cmp::Reverse(place.population));
            let Some(&first) = found.first() else { continue };
            // Homonyms next to each other are one place for a map.
            if found.iter().any(|p| (p.latitude - first.latitude).hypot(p.longitude - first.longitude) > SLACK)
                && found.get(1).is_some_and(|second| second.population * 10 > first.population)
            {
                remark("city.ambiguous", "names several places of its state; placed at the state");
                return None;
            }
            if self.polygons.contains(subdivision.code, first.latitude, first.longitude, SLACK) == Some(false) {
                remark("city.outside_state", "its point lies outside the stated state; placed at the state");
                return None;
            }
            return Some((first, subdivision.code));
        }
        if names.iter().any(|name| self.places.contains_key(&(country, name.clone()))) {
            remark(NOT_IN_STATE, "no place of the stated state has that name, others do; placed at the state");
        } else {
            remark("city.unknown", "is not in the gazetteer; placed at the state");
        }
        None
    }
}

/// The ways in which a city may stand in the gazetteer.
fn spellings(city: &str, state: &str) -> Vec<String> {
    let folded = fold(city);
    if state == "MX-CMX" && CAPITAL.contains(&folded.as_str()) {
        return CAPITAL.iter().rev().map(|name| (*name).to_owned()).collect();
    }
    let mut out = vec![folded.clone()];
    let mut add = |name: String| {
        if !name.is_empty() && !out.contains(&name) {
            out.push(name);
        }
    };
    add(fold(city.split(',').next().unwrap_or_default()));
    let code = state.split('-').nth(1).unwrap_or_default().to_lowercase();
    if let Some(bare) = folded.strip_suffix(&format!(" {code}")) {
        add(bare.to_owned());
    }
    for ending in [" city", " si", " gu", " gun", "si", "gu"] {
        if let Some(bare) = folded.strip_suffix(ending) {
            add(bare.to_owned());
        }
    }
    if let Some(rest) = folded.strip_prefix("st ") {
        add(format!("saint {rest}"));
    }
    out
}
