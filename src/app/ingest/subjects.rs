//! Which subjects and waves of observations the record has, asked before a run so that it can leave out the others.

use std::collections::HashSet;

use uuid::Uuid;

use super::expand::Expand;
use crate::app::{Context, Error};
use crate::domain::draft::{Found, ObservationDraft, SubjectDraft};
use crate::store;

/// Says of each observation whether the record has its subject and its wave.
pub async fn known_subjects(ctx: &Context, observations: &[ObservationDraft]) -> Result<Vec<Found>, Error> {
    let codes = store::reference::codes(&ctx.db).await?;
    let id_of = |draft: &ObservationDraft| match &draft.subject {
        SubjectDraft::Organisation(source, key) => Some(Expand::organisation_of(source, key).0),
        _ => None,
    };
    let wanted: HashSet<Uuid> = observations.iter().filter_map(id_of).collect();
    let wanted: Vec<Uuid> = wanted.into_iter().collect();
    let transaction = store::begin_snapshot(&ctx.db).await?;
    let found = store::fact::existing(&transaction, "organisation", &wanted).await?;
    transaction.rollback().await?;
    let is_known = |draft: &ObservationDraft| match &draft.subject {
        SubjectDraft::Organisation(..) => id_of(draft).is_some_and(|id| found.contains(&id)),
        SubjectDraft::Sector(scheme, code) => codes.code(scheme, code).is_some(),
        SubjectDraft::Area(scheme, code) => codes.area(*scheme, code).is_some(),
        SubjectDraft::Itself => false,
    };
    let has_wave = |draft: &ObservationDraft| draft.wave.as_deref().is_none_or(|wave| codes.wave(wave).is_some());
    Ok(observations.iter().map(|draft| Found { subject: is_known(draft), wave: has_wave(draft) }).collect())
}
