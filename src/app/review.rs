//! The review: one queue for all that waits for a decision, and the decisions. What an answer says, what a contributor
//! proposes and what a visitor reports are cases of the same kind; a second person decides each.

mod accept;
mod amount;
pub mod case;
pub mod claim;
pub(in crate::app) mod correction;
pub mod decide;
mod difference;
pub mod dispute;
pub mod duplicates;
pub mod intake;
pub mod merged;
pub mod mistake;
pub mod names;
pub mod organisation;
mod pages;
pub mod propose;
pub mod queue;
pub mod recommend;
pub mod report;
mod row;
mod seat;
mod shown;
pub mod step;
mod value;
pub mod whole;

use chrono::{DateTime, Utc};
use entity::id::AccountId;
use entity::vocabulary::{ActorKind, CaseStep, RowVisibility};
use serde_json::json;

use super::permit::permit;
use super::survey::hand;
use super::write::{Change, Write};
use super::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::store;
pub use crate::store::review::{Assignee, Case, Event, Filter};

/// What the policy has to know of a case.
fn object(case: &Case, at: DateTime<Utc>) -> Object {
    let account = case.proposer_id.filter(|_| case.proposer_kind == Some(ActorKind::Account)).map(AccountId);
    Object {
        organisation: case.organisation_id,
        study: case.study_id,
        wave: case.wave_id,
        proposer: account,
        reviewer: case.assignee_id,
        ..Object::hidden(at)
    }
}

/// Whether somebody may decide on a case: nobody who proposed it, and nobody who had a hand in the answers that it came
/// from.
async fn decides(on: store::review::On<'_>, actor: &Actor, case: &Case, at: DateTime<Utc>) -> Result<(), Error> {
    permit(actor, Action::DecideClaim, &object(case, at))?;
    hand::apart(on, actor, hand::answered_by(case)).await
}

/// Whether what a case holds is closed to an actor: what is not for everybody is for the reviewer who has it.
fn is_sealed(actor: &Actor, case: &Case, at: DateTime<Utc>) -> bool {
    let is_own = actor.account().is_some_and(|account| {
        case.proposer_kind == Some(ActorKind::Account) && case.proposer_id == Some(account.id.0)
    });
    case.visibility != RowVisibility::Public
        && !is_own
        && permit(actor, Action::SeeAggregateOnly, &object(case, at)).is_err()
}

/// Puts a case as it has become in the place of the one that was read, and writes down what happened.
async fn advance(
    write: &mut Write<'_>,
    ctx: &Context,
    before: &Case,
    after: Case,
    (step, note, written): (CaseStep, &str, Option<String>),
) -> Result<Case, Error> {
    let after = Case { version: before.version + 1, ..after };
    if !store::review::replace(write.transaction(), before, after.clone()).await? {
        return Err(outdated());
    }
    note_down(write, ctx, &after, (step, note, written)).await?;
    let state = |case: &Case| json!({ "status": case.status, "assignee": case.assignee_id });
    write.change(Change {
        kind: "review_case",
        record: after.id.0,
        subject: chain(&after),
        is_public: false,
        before: Some(state(before)),
        after: Some(state(&after)),
    });
    Ok(after)
}

async fn note_down(
    write: &Write<'_>,
    ctx: &Context,
    case: &Case,
    (step, note, written): (CaseStep, &str, Option<String>),
) -> Result<(), Error> {
    let event = Event {
        id: entity::id::ReviewEventId(ctx.id()),
        case_id: case.id,
        number: case.version,
        step,
        actor_kind: write.actor().kind(),
        actor_id: write.actor().id(),
        note: note.to_owned(),
        written,
        happened_at: write.at(),
    };
    Ok(store::review::note(write.transaction(), event).await?)
}

/// Whose history a case belongs to.
fn chain(case: &Case) -> uuid::Uuid {
    case.organisation_id.map(|id| id.0).or(case.subject_id).unwrap_or(case.id.0)
}

fn outdated() -> Error {
    Error::Conflict("somebody has just worked on this case; look at it again".to_owned())
}
