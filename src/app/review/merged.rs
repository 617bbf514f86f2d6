//! Records that were merged into others: whoever still has the page or the id of one is told where it went.

use chrono::{DateTime, Utc};
use entity::id::{DatasetId, OrganisationId};
use entity::vocabulary::RowVisibility;
use uuid::Uuid;

use super::propose::is_seen;
use crate::app::matching::shown;
use crate::app::{Context, Error};
use crate::domain::access::Actor;
use crate::store::rearrangement::{led_into_at_last, led_on_to};
use crate::store::review::{On, facts};

/// A record that stands: its name, and its address here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct Place {
    pub(in crate::app) name: String,
    pub(in crate::app) address: String,
}

/// The record that another was merged into, whoever may see it.
pub(in crate::app) async fn place_of(on: On<'_>, record: Uuid) -> Result<Option<Place>, Error> {
    match led_into_at_last(on, record).await? {
        Some(kept) => place(on, kept, None).await,
        None => Ok(None),
    }
}

/// Why a record is not there to somebody: it was merged into another that they may see, or there is none.
pub(super) async fn absent(on: On<'_>, actor: &Actor, record: Uuid, at: DateTime<Utc>) -> Result<Error, Error> {
    let Some(kept) = led_into_at_last(on, record).await? else { return Ok(Error::NotFound) };
    let place = place(on, kept, Some((actor, at))).await?;
    Ok(place.map_or(Error::NotFound, |place| Error::Conflict(said(&place))))
}

/// What is said of an address whose record was merged into another that the actor may see.
pub async fn at(ctx: &Context, actor: &Actor, address: &str) -> Result<Option<String>, Error> {
    let on = On::Record(&ctx.db);
    let path = address.trim().split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.rsplit('/').filter(|part| !part.is_empty());
    let (Some(slug), Some(place_kind)) = (parts.next(), parts.next()) else { return Ok(None) };
    let kind = match place_kind {
        "datasets" => "dataset",
        "organisations" | "publishers" => "organisation",
        _ => return Ok(None),
    };
    let Some(kept) = led_on_to(on, kind, slug).await? else { return Ok(None) };
    Ok(place(on, kept, Some((actor, ctx.now()))).await?.map(|place| said(&place)))
}

fn said(Place { name, address }: &Place) -> String {
    format!("this was merged into '{name}' ({address}): look at that record, and say it of that one")
}

/// A record by its id; with somebody who asks, only where they may see it.
async fn place(on: On<'_>, id: Uuid, to: Option<(&Actor, DateTime<Utc>)>) -> Result<Option<Place>, Error> {
    if let Some(row) = facts::organisation(on, OrganisationId(id)).await? {
        let row = Some(row).filter(|row| to.is_none_or(|(actor, at)| is_seen(row, actor, at)));
        return Ok(row.map(|row| Place { name: shown(&row.name), address: format!("/organisations/{}", row.slug) }));
    }
    let row = facts::dataset(on, DatasetId(id)).await?;
    let row = row.filter(|row| to.is_none() || row.visibility == RowVisibility::Public);
    Ok(row.map(|row| Place { name: shown(&row.title), address: format!("/datasets/{}", row.slug) }))
}
