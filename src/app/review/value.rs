//! Values of indicators as claims: who sees one, what it says in a line, and what it came from. One that does not stand is
//! private: it is for those who speak for its organisation and for curators.

use chrono::{DateTime, Utc};
use entity::vocabulary::{CaseKind, CaseStatus, ClaimStatus, Role, RowVisibility};
use serde_json::Value;

use super::amount;
use super::names::Names;
use super::object;
use super::propose::{seen as organisation_seen, speaks_for};
use crate::app::Error;
use crate::app::permit::permit;
use crate::domain::access::{Action, Actor};
use crate::store::review::{self as stored, Case, On, facts};

/// A value as it is recorded.
pub(super) type Observation = entity::indicator_observation::Model;

/// Whether somebody sees a value; what is not seen is not found.
pub(super) async fn seen(on: On<'_>, actor: &Actor, row: &Observation, at: DateTime<Utc>) -> Result<(), Error> {
    let is_public = row.visibility == RowVisibility::Public;
    let is_shown = is_public && row.claim_status == ClaimStatus::Accepted;
    let is_own = row.organisation_id.is_some_and(|id| speaks_for(actor, id, at));
    let is_curators = is_public && actor.is(Role::Curator, at);
    if !is_shown && !is_own && !is_curators && !reviews(on, actor, row, at).await? {
        return Err(Error::NotFound);
    }
    if let Some(id) = row.dataset_id {
        let dataset = facts::dataset(on, id).await?.ok_or(Error::NotFound)?;
        if dataset.visibility != RowVisibility::Public && !actor.is(Role::Curator, at) {
            return Err(Error::NotFound);
        }
    }
    match row.organisation_id {
        Some(id) => organisation_seen(on, actor, id, at).await,
        None => Ok(()),
    }
}

/// Whether somebody has taken a case about a value that is for sums only.
async fn reviews(on: On<'_>, actor: &Actor, row: &Observation, at: DateTime<Utc>) -> Result<bool, Error> {
    let cases = stored::of_subject(on, row.entity_id.0).await?;
    Ok(cases.iter().any(|case| permit(actor, Action::SeeAggregateOnly, &object(case, at)).is_ok()))
}

/// What a value says: of what, when, how much.
pub(super) fn line(names: &Names, row: &Observation) -> String {
    let indicator = names.label(row.indicator_definition_id.0).unwrap_or_default();
    let image = serde_json::to_value(row).map(amount::together).unwrap_or_default();
    let part = |key: &str| match &image[key] {
        number @ Value::Object(_) => Some(names.amount(number)),
        _ => None,
    };
    let said = part("central_mantissa").or_else(|| {
        let (low, high) = (part("low_mantissa"), part("high_mantissa"));
        let end = |text: Option<String>| text.unwrap_or_else(|| "…".to_owned());
        (low.is_some() || high.is_some()).then(|| format!("{} – {}", end(low), end(high)))
    });
    let about = format!("{indicator} {}", row.period);
    said.map_or_else(|| about.clone(), |said| format!("{about}: {said}"))
}

/// The cases by which a value came into the record; none for one that was imported.
pub(super) async fn origins(on: On<'_>, row: &Observation) -> Result<Vec<Case>, Error> {
    let Some(organisation) = row.organisation_id else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let id = row.entity_id.to_string();
    for case in stored::of_kind(on, organisation, CaseKind::Observation).await? {
        if case.status != CaseStatus::Accepted || case.wave_id != row.wave_id {
            continue;
        }
        let events = stored::events(on, case.id).await?;
        if events.iter().any(|event| event.written.as_deref().is_some_and(|text| text.contains(&id))) {
            found.push(case);
        }
    }
    Ok(found)
}
