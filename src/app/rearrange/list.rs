//! What has been merged and split, for those who decide.

use chrono::{DateTime, Utc};
use entity::id::RearrangementId;
use uuid::Uuid;

use super::super::permit::permit;
use super::super::{Context, Error};
use super::Rearrangement;
use crate::domain::access::{Action, Actor, Object};
use crate::store;
use crate::store::rearrangement::AssertedName;

/// The newest first, at most `first`, after one of them.
pub async fn page(
    ctx: &Context,
    actor: &Actor,
    after: Option<(DateTime<Utc>, RearrangementId)>,
    first: u64,
) -> Result<Vec<Rearrangement>, Error> {
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    Ok(store::rearrangement::page(&ctx.db, after, first).await?)
}

/// The names under which some claims were made, where their records have been merged or split since.
pub async fn asserted_names(ctx: &Context, actor: &Actor, claims: &[Uuid]) -> Result<Vec<AssertedName>, Error> {
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    Ok(store::rearrangement::names_of(&ctx.db, claims).await?)
}

/// The names of the record that stands and of the other, as they were then; empty where they may not be shown.
pub fn titles(row: &Rearrangement) -> (String, String) {
    serde_json::from_str::<super::frame::Kept>(&row.images).map(|kept| kept.titles).unwrap_or_default()
}
