//! Who has looked at the contacts of those who answer: written down before they are shown, and read by administrators.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{OrganisationId, ResponseId, WaveId};
use entity::vocabulary::AccessEventKind;
use uuid::Uuid;

use crate::app::permit::permit;
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::store;
use crate::store::review::{On, facts};
use crate::store::survey::response as responses;

/// How many names are read at a time.
const NAMES: usize = 500;

/// Somebody who has looked at contacts.
#[derive(Clone, Debug)]
pub struct Look {
    pub at: DateTime<Utc>,
    /// The name that the account shows; `None` where it is gone.
    pub who: Option<String>,
    pub responses: Vec<ResponseId>,
    /// Texts by language, one for each response that is still there.
    pub organisations: Vec<String>,
}

/// Writes down that a contact is shown. Where that fails, it is not shown.
pub async fn note(ctx: &Context, actor: &Actor, response: ResponseId) -> Result<(), Error> {
    written(ctx, actor, response.0, "").await
}

/// Writes down once that the contacts of a page of a wave are shown, and which. Where that fails, none is shown.
pub async fn note_page(ctx: &Context, actor: &Actor, wave: WaveId, responses: &[ResponseId]) -> Result<(), Error> {
    if responses.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = responses.iter().map(ToString::to_string).collect();
    written(ctx, actor, wave.0, &ids.join(" ")).await
}

async fn written(ctx: &Context, actor: &Actor, subject: Uuid, detail: &str) -> Result<(), Error> {
    let write = Write::begin(ctx, actor).await?;
    write.event(AccessEventKind::ContactRead, None, Some(subject), detail).await?;
    write.commit("contact read", &()).await?;
    Ok(())
}

/// Who has looked at contacts, the latest first.
pub async fn latest(ctx: &Context, actor: &Actor) -> Result<Vec<Look>, Error> {
    permit(actor, Action::ReadAccounts, &Object::platform(ctx.now()))?;
    let on = On::Record(&ctx.db);
    let events = store::access::event::of_kind(&ctx.db, AccessEventKind::ContactRead).await?;
    let ids: Vec<_> = events.iter().filter_map(|event| event.actor_id).collect();
    let people = facts::accounts(on, &ids).await?;
    let mut all: Vec<ResponseId> = events.iter().flat_map(seen).collect();
    all.sort_unstable();
    all.dedup();
    let whose: HashMap<ResponseId, OrganisationId> =
        responses::organisations_of(&ctx.db, &all).await?.into_iter().collect();
    let mut names: HashMap<OrganisationId, String> = HashMap::new();
    let ids: Vec<OrganisationId> = whose.values().copied().collect();
    for ids in ids.chunks(NAMES) {
        names.extend(facts::organisations(on, ids).await?.into_iter().map(|row| (row.entity_id, row.name)));
    }
    let looks = events.iter().map(|event| {
        let responses = seen(event);
        let named = |id: &ResponseId| names.get(whose.get(id)?).cloned();
        Look {
            at: event.recorded_at,
            who: event.actor_id.and_then(|id| people.iter().find(|(one, _)| *one == id)).map(|(_, name)| name.clone()),
            organisations: responses.iter().filter_map(named).collect(),
            responses,
        }
    });
    Ok(looks.collect())
}

/// The responses whose contacts somebody has seen: those that the event lists, else the one that it is about.
fn seen(event: &store::access::event::Event) -> Vec<ResponseId> {
    if event.detail.is_empty() {
        return event.subject_id.into_iter().map(ResponseId).collect();
    }
    event.detail.split(' ').filter_map(|id| id.parse().ok()).map(ResponseId).collect()
}
