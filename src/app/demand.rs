//! Requests for data: asked for by anybody, shown by a curator, answered by the publisher, supported by organisations
//! and by persons, of whom only the number is ever shown.

pub mod answer;
pub mod close;
pub mod holidays;
pub mod letters;
pub mod queue;
pub mod submit;
pub mod support;
pub mod triage;
pub mod wishes;

use chrono::NaiveDate;
use entity::id::{DataRequestId, DatasetId, OrganisationId, RequestSupportId};
use entity::vocabulary::{Consent, RequestStatus, RowVisibility};
use serde_json::json;
use uuid::Uuid;

use super::permit::permit;
use super::survey::hand;
use super::write::{Change, Write};
use super::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::demand::{Step, advance};
use crate::domain::violation::{Fault, Violation};
use crate::store;
pub use crate::store::demand::request::Request;
pub use crate::store::demand::support::{Support, Whose};
use crate::store::review::On;
use crate::store::slug::Kind;

/// A request as the policy sees it. What nobody has looked at yet belongs to curators and to whoever asked.
async fn object(ctx: &Context, request: &Request) -> Result<Object, Error> {
    let at = ctx.now();
    let is_public = request.visibility == RowVisibility::Public;
    let mut object = if is_public { Object::platform(at) } else { Object::hidden(at) };
    object.organisation = request.organisation_id;
    object.proposer = request.requested_by;
    if let (Some(body), true) = (request.publisher_id, is_public) {
        object.publishers = store::demand::body::above(&ctx.db, body, at.date_naive()).await?;
    }
    Ok(object)
}

/// A request that an actor may do something to.
async fn allowed(ctx: &Context, actor: &Actor, action: Action, id: DataRequestId) -> Result<Request, Error> {
    allowed_any(ctx, actor, &[action], id).await
}

/// A request that an actor may do one of several things to; the refusal is that of the last.
async fn allowed_any(ctx: &Context, actor: &Actor, any: &[Action], id: DataRequestId) -> Result<Request, Error> {
    let found = store::demand::request::by_id(&ctx.db, id).await?;
    let hidden = Object::hidden(ctx.now());
    let object = match &found {
        Some(request) => object(ctx, request).await?,
        None => hidden,
    };
    let mut verdict = Err(Error::NotFound);
    for &action in any {
        verdict = permit(actor, action, &object).map(|_| ());
        if verdict.is_ok() {
            break;
        }
    }
    verdict?;
    let request = found.ok_or(Error::NotFound)?;
    // To read is not to decide.
    if any.contains(&Action::TriageRequest) && !any.contains(&Action::ReadRequestQueue) {
        apart(ctx, actor, &request).await?;
    }
    Ok(request)
}

/// Refuses who had a hand in the answers that a request came from.
async fn apart(ctx: &Context, actor: &Actor, request: &Request) -> Result<(), Error> {
    let (Some(wave), Some(organisation)) = (request.wave_id, request.organisation_id) else { return Ok(()) };
    let all = store::survey::response::of_organisation(&ctx.db, organisation).await?;
    let answered = all.into_iter().find(|response| response.wave_id == wave);
    hand::apart(On::Record(&ctx.db), actor, answered.map(|response| response.entity_id)).await
}

/// Moves a request on: what it was is kept, and whoever was slower is told so.
async fn advanced(
    write: &mut Write<'_>,
    id: DataRequestId,
    step: Step,
    change: impl FnOnce(&mut Request) -> Result<(), Error>,
) -> Result<Request, Error> {
    let before = store::demand::request::by_id_in(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    let status = advance(before.status, step).map_err(|error| Error::Conflict(error.to_string()))?;
    let mut after = before.clone();
    after.status = status;
    let today = write.at().date_naive();
    if before.forwarded_on.is_some() && before.answered_on.is_none() && status != RequestStatus::Withdrawn {
        after.answered_on = Some(today);
    }
    if !crate::domain::demand::is_open(status) {
        after.closed_on = Some(today);
    }
    change(&mut after)?;
    // A row that is not public changes nothing that anybody sees, and its words are in no history.
    if after.visibility == RowVisibility::Public && before.visibility != RowVisibility::Public {
        let kept = json!({ "status": before.status.as_str(), "visibility": before.visibility.as_str() });
        let image = serde_json::to_value(&after).map_err(|error| Error::Internal(error.into()))?;
        replace_noted(write, (before, after.clone()), true, (kept, image)).await?;
        after.recorded_at = write.at();
    } else if after.visibility == RowVisibility::Public {
        write.replace(before, after.clone(), id.0).await?;
        after.recorded_at = write.at();
    } else {
        quietly(write, before, after.clone()).await?;
    }
    Ok(after)
}

/// Replaces a request that only those who deal with it may know of.
async fn quietly(write: &mut Write<'_>, before: Request, after: Request) -> Result<(), Error> {
    let image = |request: &Request| json!({ "status": request.status.as_str() });
    let images = (image(&before), image(&after));
    replace_noted(write, (before, after), false, images).await
}

/// Replaces a request and notes of it what `images` say.
async fn replace_noted(
    write: &mut Write<'_>,
    (before, after): (Request, Request),
    is_public: bool,
    (was, is): (serde_json::Value, serde_json::Value),
) -> Result<(), Error> {
    let id = before.entity_id.0;
    let change =
        Change { kind: "data_request", record: id, subject: id, is_public, before: Some(was), after: Some(is) };
    let by = (write.at(), write.actor_id());
    if !store::edit::replace(write.transaction(), (before, after), write.fresh_id(), by).await? {
        return Err(Error::Conflict("somebody has just changed this; look at it again".to_owned()));
    }
    write.change(change);
    Ok(())
}

/// A body that a request may be about.
async fn publisher(write: &Write<'_>, id: OrganisationId) -> Result<entity::publisher_profile::Model, Error> {
    let found = store::demand::body::profile(write.transaction(), id).await?;
    found
        .ok_or_else(|| Violation::new("publisher", "there is no publisher of this name; choose one of the list").into())
}

/// Themes as they are stored, all of them codes of the list.
async fn themes(ctx: &Context, words: &[String]) -> Result<String, Error> {
    let themes = crate::domain::demand::themes(words.iter().map(String::as_str))?;
    let known = store::demand::request::themes(&ctx.db).await?;
    let unknown = themes.iter().filter(|word| !known.contains(*word));
    let faults: Vec<_> = unknown.map(|word| Violation::new("themes", format!("there is no theme '{word}'"))).collect();
    if faults.is_empty() { Ok(json!(themes).to_string()) } else { Err(Error::Invalid(faults)) }
}

/// Datasets of the register by their slugs, all of them.
async fn datasets(write: &Write<'_>, slugs: &[String]) -> Result<Vec<DatasetId>, Error> {
    let found = store::demand::request::datasets_named(write.transaction(), slugs).await?;
    let mut ids = Vec::new();
    let mut faults = Vec::new();
    for slug in slugs {
        match found.iter().find(|(one, _)| one == slug) {
            Some((_, id)) if !ids.contains(id) => ids.push(*id),
            Some(_) => {}
            None => faults.push(Violation::new("datasets", format!("there is no dataset '{slug}' in the register"))),
        }
    }
    if faults.is_empty() { Ok(ids) } else { Err(Error::Invalid(faults)) }
}

/// Notes that a request has led to some datasets.
async fn lead_to(write: &mut Write<'_>, id: DataRequestId, datasets: Vec<DatasetId>) -> Result<(), Error> {
    let known = store::demand::request::datasets_in(write.transaction(), id).await?;
    for dataset in datasets.into_iter().filter(|dataset| !known.contains(dataset)) {
        let row = entity::id::DataRequestDatasetId(write.fresh_id());
        let led = store::demand::request::Led {
            id: row,
            data_request_id: id,
            dataset_id: dataset,
            entity_id: row,
            visibility: RowVisibility::Public,
            recorded_at: write.at(),
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        };
        write.add(led, id.0).await?;
    }
    Ok(())
}

/// Adds a support, unless there is one; says whether there was none.
async fn add_support(
    write: &mut Write<'_>,
    request: &Request,
    whose: Whose,
    (visibility, blocks_project, comment): (RowVisibility, bool, Option<String>),
    on: NaiveDate,
) -> Result<bool, Error> {
    if store::demand::support::find(write.transaction(), request.entity_id, whose).await?.is_some() {
        return Ok(false);
    }
    let id = RequestSupportId(write.fresh_id());
    let (organisation_id, account_id) = match whose {
        Whose::Organisation(id) => (Some(id), None),
        Whose::Account(id) => (None, Some(id)),
    };
    let support = Support {
        id,
        data_request_id: request.entity_id,
        organisation_id,
        account_id,
        supported_on: on,
        blocks_project,
        comment,
        entity_id: id,
        // Persons are numbers.
        visibility: if account_id.is_some() { RowVisibility::AggregateOnly } else { visibility },
        recorded_at: write.at(),
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    };
    store::edit::add(write.transaction(), support).await.map_err(|error| {
        if store::is_taken(&error) {
            Error::Conflict("this request is supported already".to_owned())
        } else {
            error.into()
        }
    })?;
    write.change(support_change(request, id.0, organisation_id, true));
    Ok(true)
}

/// What the history keeps of a support: not which person gave it, nor the words that nobody has reviewed.
fn support_change(request: &Request, id: Uuid, organisation: Option<OrganisationId>, is_given: bool) -> Change {
    let image = Some(match organisation {
        Some(organisation) => json!({ "organisation": organisation }),
        None => json!({ "persons": 1 }),
    });
    let (before, after) = if is_given { (None, image) } else { (image, None) };
    Change {
        kind: "request_support",
        record: id,
        subject: request.entity_id.0,
        is_public: request.visibility == RowVisibility::Public,
        before,
        after,
    }
}

/// Whether an organisation may be named as a supporter.
fn named(organisation: &entity::organisation::Model) -> RowVisibility {
    let is_shown = organisation.visibility == RowVisibility::Public && organisation.consent != Consent::No;
    if is_shown { RowVisibility::Public } else { RowVisibility::AggregateOnly }
}

/// A slug that no request has.
async fn free_slug(write: &Write<'_>, (lang, title): (&str, &str)) -> Result<String, Error> {
    let base = crate::domain::text::slug(lang, title);
    Ok(store::slug::free(On::Write(write.transaction()), Kind::DataRequest, base).await?)
}

fn missing(field: &str) -> Error {
    Violation::new(field, "this is needed").of(Fault::Missing).into()
}
