//! Where an organisation is: the stated state by code, the city from the embedded gazetteer, checked
//! against the state's polygon. Nobody is asked; what is ambiguous stays at the state.

use super::chapter::Chapter;
use crate::domain::draft::LocationDraft;
use crate::domain::place::Polygons;
use crate::domain::text::fold;
use crate::embedded;
use entity::vocabulary::{AreaScheme, LocationRole, Precision};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// How far, in degrees, a point may lie outside its state's simplified polygon (about 11 km).
const SLACK: f64 = 0.1;

/// How the capital of Mexico is written where its state is the capital.
const CAPITAL: &[&str] =
    &["mexico", "mexico d f", "mexico df", "d f", "df", "distrito federal", "ciudad de mexico", "mexico city", "cdmx"];

/// A remark about a location: field, value, code, reason.
pub type Remark = (&'static str, String, &'static str, String);

#[derive(Clone, Debug)]
struct Place {
    admin1: &'static str,
    latitude: f64,
    longitude: f64,
    population: u64,
    is_main_name: bool,
}

#[derive(Clone, Copy, Debug)]
struct Subdivision {
    code: &'static str,
    point: Option<(f64, f64)>,
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

/// The code of a state that is left out, since its chapter has none of that name.
pub(super) const UNKNOWN_STATE: &str = "state.unknown";

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
            let slips = row.get("od500_alias").split('|').filter(|alias| alias.len() == SHORT);
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

    /// Places an organisation; `None` when nothing at all is said.
    pub fn locate(
        &self,
        chapter: Chapter,
        city: &str,
        state: &str,
        postal_code: &str,
        remarks: &mut Vec<Remark>,
    ) -> Option<LocationDraft> {
        let country = chapter.country();
        let locality = super::clean_cell(city);
        let postal_code = postal_of(postal_code, remarks);
        let subdivision = self.subdivisions.get(&(country.to_owned(), fold(state)));
        if subdivision.is_none() && !super::value::is_blank(state) {
            let reason = "is no state of this chapter; left out".to_owned();
            remarks.push(("state", state.to_owned(), UNKNOWN_STATE, reason));
        }
        if let Some(found) = subdivision.filter(|_| self.slips.contains(&(country, fold(state)))) {
            let reason = format!("is no code of a state; read as {}", found.code);
            remarks.push(("state", state.to_owned(), "state.misspelt", reason));
        }
        if locality.is_none() && postal_code.is_none() && subdivision.is_none() {
            return None;
        }
        let mut out = LocationDraft {
            role: LocationRole::Hq,
            locality,
            postal_code,
            area: subdivision.map(|s| (AreaScheme::Subdivision, s.code.to_owned())),
            latitude: None,
            longitude: None,
            precision: Some(Precision::Country),
        };
        let found = out.locality.as_deref().and_then(|city| self.find(country, city, subdivision, remarks));
        match (found, subdivision) {
            (Some((place, code)), _) => {
                out.area = Some((AreaScheme::Subdivision, code.to_owned()));
                (out.latitude, out.longitude) = (Some(place.latitude), Some(place.longitude));
                out.precision = Some(Precision::Locality);
            }
            (None, Some(subdivision)) => {
                (out.latitude, out.longitude) = (subdivision.point.map(|p| p.0), subdivision.point.map(|p| p.1));
                out.precision = Some(Precision::State);
            }
            (None, None) if out.locality.is_some() => out.area = Some((AreaScheme::Country, country.to_owned())),
            (None, None) => {}
        }
        Some(out)
    }

    /// The one place of that name in the stated state, or in the country where no state is stated.
    fn find(
        &self,
        country: &'static str,
        city: &str,
        subdivision: Option<&Subdivision>,
        remarks: &mut Vec<Remark>,
    ) -> Option<(&Place, &'static str)> {
        let mut remark = |code, reason: &str| remarks.push(("city", city.to_owned(), code, reason.to_owned()));
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
                _ => None,
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
            remark("city.not_in_state", "no place of the stated state has that name, others do; placed at the state");
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

/// A postal code as text: zeros alone are none.
fn postal_of(text: &str, remarks: &mut Vec<Remark>) -> Option<String> {
    let text = text.trim();
    if super::value::is_blank(text) {
        return None;
    }
    if text.chars().all(|c| c == '0') {
        let reason = "stands for no postal code; left out".to_owned();
        remarks.push(("zip_code", text.to_owned(), "postal_code.zeros", reason));
        return None;
    }
    let plain = text.len() <= 12 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == ' ');
    if !plain {
        remarks.push(("zip_code", text.to_owned(), "postal_code.unreadable", "is no postal code; left out".to_owned()));
        return None;
    }
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_state_is_read_and_reported() {
        for (chapter, written, area, codes) in [
            (Chapter::Us, "KA", "US-KS", vec!["state.misspelt"]),
            (Chapter::Us, "KS", "US-KS", vec![]),
            (Chapter::Us, "Kansas", "US-KS", vec![]),
            (Chapter::Mx, "MN", "MX-MIC", vec![]),
            (Chapter::Mx, "Michoacán de Ocampo", "MX-MIC", vec![]),
        ] {
            let mut remarks = Vec::new();
            let found = Gazetteer::embedded().locate(chapter, "", written, "", &mut remarks);
            assert_eq!(found.and_then(|place| place.area).map(|area| area.1).as_deref(), Some(area), "{written}");
            assert_eq!(remarks.iter().map(|remark| remark.2).collect::<Vec<_>>(), codes, "{written}");
        }
    }
}
