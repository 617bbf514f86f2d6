//! What waits for somebody: for a curator to show or pass on, for a publisher to answer.

use chrono::NaiveDate;
use entity::id::{DataRequestId, OrganisationId};
use entity::vocabulary::{RequestStatus, Role};
use uuid::Uuid;

use super::{Request, Support, allowed_any};
use crate::app::permit::{account, permit};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object, Scope};
use crate::store;
use crate::store::demand::request::Listed;

/// What is looked at.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only these states; all of them when empty.
    pub statuses: Vec<RequestStatus>,
    /// The last one seen.
    pub after: Option<(NaiveDate, Uuid)>,
    pub first: u64,
}

/// A page of requests, and how many there are in each state.
#[derive(Clone, Debug)]
pub struct Page {
    pub requests: Vec<Request>,
    pub has_next: bool,
    pub counts: Vec<(RequestStatus, i64)>,
}

/// The requests that an actor deals with: all of them, or those of a liaison's bodies that have been shown.
pub async fn page(ctx: &Context, actor: &Actor, wanted: &Wanted) -> Result<Page, Error> {
    let account = account(actor)?;
    let mut publishers = None;
    if permit(actor, Action::TriageRequest, &Object::hidden(ctx.now())).is_err() {
        let bodies: Vec<OrganisationId> = account
            .held(ctx.now())
            .filter(|grant| grant.role == Role::AgencyLiaison)
            .filter_map(|grant| match grant.scope {
                Scope::PublisherSubtree(body) => Some(body),
                _ => None,
            })
            .collect();
        if bodies.is_empty() && account.sleeps(ctx.now()) {
            return Err(Error::SecondFactor);
        }
        let about = Object::platform(ctx.now()).under(bodies.clone());
        permit(actor, Action::ReadRequestQueue, &about)?;
        publishers = Some(store::demand::body::below(&ctx.db, &bodies, ctx.today()).await?);
    }
    let is_read = |status: &RequestStatus| publishers.is_none() || *status != RequestStatus::Submitted;
    let all: Vec<RequestStatus> = RequestStatus::ALL.iter().copied().filter(is_read).collect();
    let mut statuses = all.clone();
    if !wanted.statuses.is_empty() {
        statuses.retain(|status| wanted.statuses.contains(status));
    }
    let listed = Listed { statuses, publishers: publishers.clone() };
    let mut requests = store::demand::request::page(&ctx.db, &listed, wanted.after, wanted.first).await?;
    // What nobody has looked at and was ended unseen is nobody's but a curator's.
    let has_next = requests.len() as u64 > wanted.first;
    requests.truncate(usize::try_from(wanted.first).unwrap_or(usize::MAX));
    if publishers.is_some() {
        requests.retain(|request| request.visibility == entity::vocabulary::RowVisibility::Public);
    }
    let counts = store::demand::request::counts(&ctx.db, &Listed { statuses: all, publishers }).await?;
    Ok(Page { requests, has_next, counts })
}

/// A request with who supports it, for those who deal with it.
pub async fn one(ctx: &Context, actor: &Actor, id: DataRequestId) -> Result<(Request, Vec<Support>), Error> {
    let request = allowed_any(ctx, actor, &[Action::TriageRequest, Action::ReadRequestQueue], id).await?;
    let mut supports = store::demand::support::of(&ctx.db, &[id]).await?;
    for support in &mut supports {
        // Nobody learns which person it is; what a person wrote is for curators.
        let is_person = support.account_id.take().is_some();
        if is_person && permit(actor, Action::TriageRequest, &Object::hidden(ctx.now())).is_err() {
            support.comment = None;
        }
    }
    Ok((request, supports))
}

/// Names of organisations, as they are stored, for those who may read the queue.
pub async fn names(
    ctx: &Context,
    actor: &Actor,
    ids: &[OrganisationId],
) -> Result<Vec<(OrganisationId, String, String)>, Error> {
    account(actor)?;
    Ok(store::demand::body::names(&ctx.db, ids).await?)
}
