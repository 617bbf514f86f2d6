//! Where an organisation is: the stated state by code, the city from the embedded gazetteer.

use super::chapter::Chapter;
use crate::domain::draft::LocationDraft;
use crate::gazetteer::Gazetteer;
use entity::vocabulary::{AreaScheme, LocationRole, Precision};

/// A remark about a location: field, value, code, reason.
pub(super) type Remark = (&'static str, String, &'static str, String);

/// The code of a state that is left out, since its chapter has none of that name.
pub(super) const UNKNOWN_STATE: &str = "state.unknown";

/// Places an organisation; `None` when nothing at all is said.
pub(super) fn locate(
    chapter: Chapter,
    city: &str,
    state: &str,
    postal_code: &str,
    remarks: &mut Vec<Remark>,
) -> Option<LocationDraft> {
    let (gazetteer, country) = (Gazetteer::embedded(), chapter.country());
    let locality = super::clean_cell(city);
    let postal_code = postal_of(postal_code, remarks);
    let subdivision = gazetteer.subdivision(country, state);
    if subdivision.is_none() && !super::value::is_blank(state) {
        let reason = "is no state of this chapter; left out".to_owned();
        remarks.push(("state", state.to_owned(), UNKNOWN_STATE, reason));
    }
    if let Some(found) = subdivision.filter(|_| gazetteer.is_misspelt(country, state)) {
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
    let mut told = Vec::new();
    let found = out.locality.as_deref().and_then(|city| gazetteer.find(country, city, subdivision, &mut told));
    let written = out.locality.clone().unwrap_or_default();
    remarks.extend(told.into_iter().map(|(code, reason)| ("city", written.clone(), code, reason.to_owned())));
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
            let found = locate(chapter, "", written, "", &mut remarks);
            assert_eq!(found.and_then(|place| place.area).map(|area| area.1).as_deref(), Some(area), "{written}");
            assert_eq!(remarks.iter().map(|remark| remark.2).collect::<Vec<_>>(), codes, "{written}");
        }
    }
}
