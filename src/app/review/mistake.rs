//! A mistake in answers that were sent. What was sent never changes: whoever answered says in their own words what is
//! wrong, and that waits in the queue beside what the answers have brought.

use chrono::TimeDelta;
use entity::id::ResponseId;
use entity::vocabulary::{CaseKind, RowVisibility};
use serde_json::json;

use super::Case;
use super::intake::{open, opened};
use crate::app::permit::permit;
use crate::app::survey::link::Followed;
use crate::app::survey::response;
use crate::app::write::{Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::contact::mentions_a_person;
use crate::domain::review::{Proposed, check_proposed};
use crate::store;
use crate::store::review::{On, of_subject};

/// How often something may be told of one response within an hour.
const MOST: usize = 5;

/// Where those who run a study read a response.
fn path(id: ResponseId) -> String {
    format!("/desk/responses/{id}")
}

/// Takes down what is wrong in answers that were sent, as long as the link is good; the same said twice is one.
pub async fn tell(ctx: &Context, link: &Followed, text: &str) -> Result<(), Error> {
    permit(&link.actor, Action::AnswerWave, &link.object(ctx.now()))?;
    let id = link.response.entity_id;
    let answering = store::survey::response::answering_of(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    if answering.submitted_at.is_none() {
        return Err(Error::Conflict("these answers were not sent yet; they can still be changed".to_owned()));
    }
    let content = check_proposed(Proposed::ErrorReport { path: path(id), text: text.to_owned() });
    let content = content.map_err(Error::Invalid)?;
    let mut write = Write::begin(ctx, &link.actor).await?;
    let said = json!({ "response": id, "text": text });
    let key = crate::domain::secret::digest(&[b"mistake", said.to_string().as_bytes()]);
    let once = Once { mutation: "responseMistake", key: Some(&key) };
    if write.repeated::<()>(once, &said).await?.is_some() {
        return Ok(());
    }
    let since = write.at() - TimeDelta::hours(1);
    let before = of_subject(On::Write(write.transaction()), id.0).await?;
    if before.iter().filter(|case| case.kind == CaseKind::ErrorReport && case.opened_at > since).count() >= MOST {
        return Err(Error::TooMany(3600));
    }
    let case = Case {
        subject_id: Some(id.0),
        organisation_id: Some(link.response.organisation_id),
        study_id: Some(link.wave.study_id),
        wave_id: Some(link.response.wave_id),
        mentions_person: mentions_a_person(text),
        content: Some(serde_json::to_string(&content).map_err(|error| Error::Internal(error.into()))?),
        // It may repeat what was answered in private.
        ..opened(&write, ctx.id(), CaseKind::ErrorReport, RowVisibility::Private)
    };
    open(&write, ctx, case).await?;
    write.commit("a mistake in sent answers", &()).await?;
    Ok(())
}

/// What was told of a response, the oldest first, for those who run its study.
pub async fn told(ctx: &Context, actor: &Actor, id: ResponseId) -> Result<Vec<(Case, String)>, Error> {
    response::one(ctx, actor, id).await?;
    let mut cases = of_subject(On::Record(&ctx.db), id.0).await?;
    cases.retain(|case| case.kind == CaseKind::ErrorReport);
    cases.sort_by_key(|case| (case.opened_at, case.id));
    let text = |case: &Case| match serde_json::from_str(case.content.as_deref()?).ok()? {
        Proposed::ErrorReport { text, .. } => Some(text),
        _ => None,
    };
    Ok(cases.into_iter().filter_map(|case| text(&case).map(|text| (case, text))).collect())
}
