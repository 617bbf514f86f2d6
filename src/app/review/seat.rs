//! Where an organisation has its seat, as it is put into the record: the area by its code, the city from the embedded
//! gazetteer, as imports do.

use entity::id::{LocationId, OrganisationId};
use entity::vocabulary::{AreaScheme, LocationRole, Precision, RowVisibility};

use crate::app::Error;
use crate::domain::review::SECTORS;
use crate::domain::text::{by_language, fold};
use crate::domain::violation::Violation;
use crate::gazetteer::{Gazetteer, NOT_IN_STATE, Place};
use crate::store::review::{On, facts};

type Area = entity::area::Model;
type Location = entity::location::Model;

/// What is said of a seat; what is `None` stays as it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) area: Option<Area>,
    pub(super) locality: Option<String>,
}

/// A seat of which nothing is known yet.
pub(super) fn unknown(id: LocationId, organisation: OrganisationId, at: chrono::DateTime<chrono::Utc>) -> Location {
    Location {
        id,
        organisation_id: organisation,
        role: LocationRole::Hq,
        address: None,
        locality: None,
        postal_code: None,
        area_id: None,
        latitude: None,
        longitude: None,
        precision: None,
        entity_id: id,
        visibility: RowVisibility::Public,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    }
}

/// The seat as it is then. Another state or city is another place: the exact point, the street and the postal code of
/// the former one are not its, and neither is a city of the former state that the new one does not have.
pub(super) async fn seated(on: On<'_>, known: &Location, said: Said) -> Result<Location, Error> {
    let mut row = known.clone();
    let is_new_city = said.locality.as_ref().is_some_and(|city| known.locality.as_ref() != Some(city));
    let is_new_area = said.area.as_ref().is_some_and(|area| known.area_id != Some(area.id));
    if !is_new_city && !is_new_area {
        return Ok(row);
    }
    if is_new_city {
        row.locality = said.locality;
    }
    let area = match (said.area, known.area_id) {
        (Some(area), _) => Some(area),
        (None, Some(id)) => facts::areas(on, &[id]).await?.pop(),
        (None, None) => None,
    };
    let Some(area) = area else { return Ok(row) };
    row.area_id = Some(area.id);
    (row.address, row.postal_code) = (None, None);
    let (place, is_elsewhere) = row.locality.as_deref().map_or((None, false), |city| placed(&area, city));
    if let Some(place) = place {
        (row.latitude, row.longitude) = (Some(place.latitude), Some(place.longitude));
        row.precision = Some(Precision::Locality);
        return Ok(row);
    }
    if is_elsewhere && !is_new_city {
        row.locality = None;
    }
    let state = Gazetteer::embedded().of_code(&area.code).filter(|_| area.scheme == AreaScheme::Subdivision);
    let point = state.and_then(|state| state.point);
    (row.latitude, row.longitude) = (point.map(|point| point.0), point.map(|point| point.1));
    row.precision = Some(if state.is_some() { Precision::State } else { Precision::Country });
    Ok(row)
}

/// The city of an area, and whether only other areas have one of that name.
fn placed(area: &Area, city: &str) -> (Option<&'static Place>, bool) {
    let gazetteer = Gazetteer::embedded();
    let Some(state) = gazetteer.of_code(&area.code) else { return (None, false) };
    let Some((country, _)) = state.code.split_once('-') else { return (None, false) };
    let mut remarks = Vec::new();
    let found = gazetteer.find(country, city, Some(state), &mut remarks).map(|(place, _)| place);
    (found, remarks.iter().any(|(code, _)| *code == NOT_IN_STATE))
}

/// The area that is named by its code, or by its name where only one bears it.
pub(super) async fn area(on: On<'_>, field: &str, named: &str) -> Result<Area, Error> {
    let code = named.trim().to_uppercase();
    if let Some(found) = facts::area(on, &code).await? {
        return Ok(found);
    }
    let all = facts::countries_and_states(on).await?;
    let mut these = all.into_iter().filter(|row| says(&row.name, named));
    match (these.next(), these.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => {
            Err(Violation::new(field, "several areas have this name; give the code, such as MX-JAL").into())
        }
        (None, _) => Err(Violation::new(field, "name a state or country by its code, such as MX-JAL or MX").into()),
    }
}

/// The code of the sector that is named by its code or its label.
pub(super) async fn sector(on: On<'_>, field: &str, named: &str) -> Result<String, Error> {
    let code = named.trim().to_lowercase();
    if let Some(found) = facts::code(on, SECTORS, &code).await? {
        return Ok(found.code);
    }
    let all = facts::codes_in(on, SECTORS).await?;
    let found = all.into_iter().find(|row| says(&row.label, named));
    found.map(|row| row.code).ok_or_else(|| {
        Violation::new(field, "name a sector by its code, such as energy: /schemes lists them all").into()
    })
}

/// Whether a text says this in some language, however it is spelled.
fn says(texts: &str, named: &str) -> bool {
    let named = fold(named);
    !named.is_empty() && by_language(texts).values().any(|text| fold(text) == named)
}
