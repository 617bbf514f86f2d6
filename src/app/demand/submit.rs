//! Asking for data. What is asked waits unseen until a curator has looked at it.

use std::net::IpAddr;
use std::sync::LazyLock;

use entity::id::{DataRequestId, OrganisationId};
use entity::vocabulary::{BlockingReason, RequestOrigin, RequestStatus, RowVisibility};
use serde::Serialize;
use serde_json::json;

use super::{Request, Whose, add_support, missing, named, publisher, themes};
use crate::app::door::Door;
use crate::app::permit::permit;
use crate::app::write::{Change, Once, Write, answered};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::demand::{Text, Wish, wish};
use crate::store;

/// How often one address, and everybody together, may ask within an hour.
const MOST: (usize, usize) = (10, 120);

/// The door of this process.
pub fn door() -> &'static Door {
    static DOOR: LazyLock<Door> = LazyLock::new(|| Door::new(MOST.0, MOST.1));
    &DOOR
}

/// What somebody asks for, as it was typed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct New {
    pub title: String,
    pub description: String,
    pub purpose: String,
    pub frequency: String,
    pub format: String,
    /// What stands in the way; it is needed.
    pub blocking: Option<BlockingReason>,
    /// Codes of what it is about.
    pub themes: Vec<String>,
    /// The language it is written in, `es` or `en`.
    pub lang: String,
    /// The slug of the body that should publish it, as far as is known.
    pub publisher: Option<String>,
    /// The slug of the organisation that asks, where its representative does.
    pub organisation: Option<String>,
    /// Whether a project waits for the data.
    pub blocks_project: bool,
    /// What project, for those who deal with the request.
    pub comment: String,
}

/// Takes a request in. Whoever is signed in supports it with that; the id is all that anybody else learns.
pub async fn submit(
    ctx: &Context,
    actor: &Actor,
    (door, from): (&Door, IpAddr),
    new: New,
    key: Option<&str>,
) -> Result<DataRequestId, Error> {
    permit(actor, Action::AskForData, &Object::platform(ctx.now()))?;
    let (wish, comment, themes) = whole(ctx, &new).await?;
    let organisation = match new.organisation.as_deref().filter(|slug| !slug.is_empty()) {
        Some(slug) => Some(represented(ctx, actor, slug).await?),
        None => None,
    };
    let about = match new.publisher.as_deref().filter(|slug| !slug.is_empty()) {
        Some(slug) => Some(body(ctx, slug).await?),
        None => None,
    };
    let once = Once { mutation: "requestSubmit", key };
    if let Some(before) = answered(ctx, actor, once, &new).await? {
        return Ok(DataRequestId(before));
    }
    door.enter(from, ctx.now()).map_err(Error::TooMany)?;
    let nobody = Actor::Service("request form");
    let account = actor.account();
    let mut write = Write::begin(ctx, if account.is_some() { actor } else { &nobody }).await?;
    if let Some(before) = write.repeated(once, &new).await? {
        return Ok(DataRequestId(before));
    }
    if let Some(id) = about {
        publisher(&write, id).await?;
    }
    let request = row(ctx, &write, wish, RequestOrigin::Form);
    let request = Request {
        publisher_id: about,
        organisation_id: organisation.as_ref().map(|(id, _)| *id),
        requested_by: account.map(|account| account.id),
        themes,
        ..request
    };
    insert(&mut write, &request).await?;
    let on = write.at().date_naive();
    let whose = match (&organisation, account) {
        (Some((id, visibility)), _) => Some((Whose::Organisation(*id), *visibility)),
        (None, Some(account)) => Some((Whose::Account(account.id), RowVisibility::AggregateOnly)),
        (None, None) => None,
    };
    if let Some((whose, visibility)) = whose {
        add_support(&mut write, &request, whose, (visibility, new.blocks_project, comment), on).await?;
    }
    write.commit("data asked for", &request.id.0).await?;
    Ok(request.id)
}

/// What is asked for and what it is about, or all that is wrong with either.
async fn whole(ctx: &Context, new: &New) -> Result<(Wish, Option<String>, String), Error> {
    match (checked(new), themes(ctx, &new.themes).await) {
        (Ok((wish, comment)), Ok(themes)) => Ok((wish, comment, themes)),
        (Err(Error::Invalid(faults)), Err(Error::Invalid(more))) => {
            Err(Error::Invalid(faults.into_iter().chain(more).collect()))
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

fn checked(new: &New) -> Result<(Wish, Option<String>), Error> {
    let fields = [&new.title, &new.description, &new.purpose, &new.frequency, &new.format].map(String::as_str);
    let wish = wish(fields, new.blocking.unwrap_or(BlockingReason::NotPublished), &new.lang);
    let mut faults = wish.as_ref().err().cloned().unwrap_or_default();
    if new.blocking.is_none()
        && let Error::Invalid(fault) = missing("blocking")
    {
        faults.extend(fault);
    }
    let comment = Text::COMMENT.read(&new.comment, &mut faults);
    match wish {
        Ok(wish) if faults.is_empty() => Ok((wish, comment)),
        _ => Err(Error::Invalid(faults)),
    }
}

/// A new request that nobody sees. Its address holds none of its words before somebody has read them.
pub(super) fn row(ctx: &Context, write: &Write<'_>, wish: Wish, origin: RequestOrigin) -> Request {
    let id = DataRequestId(ctx.id());
    Request {
        id,
        slug: id.to_string(),
        title: wish.title,
        description: wish.description,
        purpose: wish.purpose,
        lang: wish.lang,
        publisher_id: None,
        organisation_id: None,
        requested_by: None,
        blocking: wish.blocking,
        frequency: wish.frequency,
        format: wish.format,
        origin,
        status: RequestStatus::Submitted,
        submitted_on: write.at().date_naive(),
        triaged_on: None,
        forwarded_on: None,
        due_on: None,
        answered_on: None,
        planned_on: None,
        published_on: None,
        closed_on: None,
        answer: None,
        answer_lang: None,
        legal_basis: None,
        duplicate_of_id: None,
        themes: "[]".to_owned(),
        wave_id: None,
        entity_id: id,
        visibility: RowVisibility::Private,
        recorded_at: write.at(),
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    }
}

/// Stores a new request. Its words are no part of the history before they have been looked at.
pub(super) async fn insert(write: &mut Write<'_>, request: &Request) -> Result<(), Error> {
    store::edit::add(write.transaction(), request.clone()).await?;
    write.change(Change {
        kind: "data_request",
        record: request.entity_id.0,
        subject: request.entity_id.0,
        is_public: false,
        before: None,
        after: Some(json!({ "status": request.status.as_str() })),
    });
    Ok(())
}

/// The organisation that an actor speaks for, and whether it may be named.
pub(super) async fn represented(
    ctx: &Context,
    actor: &Actor,
    slug: &str,
) -> Result<(OrganisationId, RowVisibility), Error> {
    let found = store::survey::organisation::by_slugs(&ctx.db, &[slug.to_owned()]).await?.pop();
    let about = Object::hidden(ctx.now());
    let Some(organisation) = found else {
        return Err(permit(actor, Action::SupportAsOrganisation, &about).err().unwrap_or(Error::NotFound));
    };
    permit(actor, Action::SupportAsOrganisation, &about.about(organisation.entity_id))?;
    Ok((organisation.entity_id, named(&organisation)))
}

/// The body of a slug.
pub(super) async fn body(ctx: &Context, slug: &str) -> Result<OrganisationId, Error> {
    let found = store::demand::body::organisation(&ctx.db, slug).await?;
    let unknown = "there is no publisher of this name; choose one of the list, or leave it empty";
    found
        .map(|organisation| organisation.entity_id)
        .ok_or_else(|| crate::domain::violation::Violation::new("publisher", unknown).into())
}
