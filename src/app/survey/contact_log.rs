//! Who has looked at the contacts of those who answer: written down before they are shown, and read by administrators.

use chrono::{DateTime, Utc};
use entity::id::{OrganisationId, ResponseId};
use entity::vocabulary::AccessEventKind;

use crate::app::permit::permit;
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::store;
use crate::store::review::{On, facts};
use crate::store::survey::response as responses;

/// Somebody who has looked at a contact.
#[derive(Clone, Debug)]
pub struct Look {
    pub at: DateTime<Utc>,
    /// The name that the account shows; `None` where it is gone.
    pub who: Option<String>,
    pub response: ResponseId,
    /// Texts by language; `None` where the response is gone.
    pub organisation: Option<String>,
}

/// Writes down that a contact is shown. Where that fails, it is not shown.
pub async fn note(ctx: &Context, actor: &Actor, response: ResponseId) -> Result<(), Error> {
    let write = Write::begin(ctx, actor).await?;
    write.event(AccessEventKind::ContactRead, None, Some(response.0), "").await?;
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
    let mut looks = Vec::with_capacity(events.len());
    for event in events {
        let Some(response) = event.subject_id.map(ResponseId) else { continue };
        let whose: Option<OrganisationId> =
            responses::by_id(&ctx.db, response).await?.map(|response| response.organisation_id);
        let organisation = match whose {
            Some(id) => facts::organisation(on, id).await?.map(|row| row.name),
            None => None,
        };
        let who = event.actor_id.and_then(|id| people.iter().find(|(one, _)| *one == id)).map(|(_, name)| name.clone());
        looks.push(Look { at: event.recorded_at, who, response, organisation });
    }
    Ok(looks)
}
