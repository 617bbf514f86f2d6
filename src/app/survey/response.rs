//! Responses as whoever runs a study sees them: lists, rates, what was sent, and the steps that a person takes.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use entity::id::{ResponseId, WaveId};
use entity::vocabulary::{ResponseStatus, WaveState};
use serde_json::json;

use super::of_study;
use crate::app::permit::permit;
use crate::app::write::{Change, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::participation::{Rates, Step, advance, rates};
use crate::store::survey::organisation::{self, Organisation};
use crate::store::survey::respondent::{self, Respondent};
use crate::store::survey::response::{self as stored, Answering, Response};
use crate::store::survey::{invitation, sent};

/// How many responses a page holds at most.
pub const PAGE: u64 = 100;
/// Nobody is reminded more often.
const MOST_REMINDERS: i16 = 3;
/// Between two reminders lie at least so many days.
const BETWEEN: TimeDelta = TimeDelta::days(5);

/// A response with whose it is.
#[derive(Clone, Debug)]
pub struct Listed {
    pub response: Response,
    pub organisation: Organisation,
    pub respondent: Option<Respondent>,
}

/// The responses of a wave after one of them.
pub async fn page(
    ctx: &Context,
    actor: &Actor,
    wave: WaveId,
    after: Option<ResponseId>,
    first: u64,
) -> Result<Vec<Listed>, Error> {
    run(ctx, actor, wave).await?;
    let responses = stored::page(&ctx.db, wave, after, first.min(PAGE)).await?;
    let ids: Vec<_> = responses.iter().map(|row| row.organisation_id).collect();
    let organisations = organisation::by_ids(&ctx.db, &ids).await?;
    let whose: Vec<_> = responses.iter().map(|row| row.entity_id).collect();
    let respondents = respondent::of_all(&ctx.db, &whose).await?;
    let listed = responses.into_iter().filter_map(|response| {
        let organisation = organisations.iter().find(|one| one.entity_id == response.organisation_id)?.clone();
        let respondent = respondents.iter().find(|one| one.response_id == response.entity_id).cloned();
        Some(Listed { response, organisation, respondent })
    });
    Ok(listed.collect())
}

/// How many answered, and to each question how many gave a value and how many each reason for none.
#[derive(Clone, Debug)]
pub struct Outcomes {
    pub rates: Rates,
    pub by_status: Vec<(ResponseStatus, u64)>,
    pub by_question: BTreeMap<String, BTreeMap<String, u64>>,
}

/// Response and item non-response of a wave.
pub async fn outcomes(ctx: &Context, actor: &Actor, wave: WaveId) -> Result<Outcomes, Error> {
    run(ctx, actor, wave).await?;
    let by_status = stored::counts(&ctx.db, wave).await?;
    let by_question = stored::item_counts(&ctx.db, wave).await?;
    Ok(Outcomes { rates: rates(by_status.iter().copied()), by_status, by_question })
}

/// What one response has sent.
pub async fn sent_of(ctx: &Context, actor: &Actor, id: ResponseId) -> Result<Vec<sent::Answer>, Error> {
    let response = stored::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    run(ctx, actor, response.wave_id).await?;
    Ok(sent::answers(&ctx.db, id).await?)
}

/// Takes a step that a person decides on: validated, out of reach, not of the population, double.
pub async fn decide(ctx: &Context, actor: &Actor, id: ResponseId, step: Step, reason: &str) -> Result<Response, Error> {
    let is_persons =
        matches!(step, Step::Validate | Step::Refuse | Step::LoseContact | Step::RuleOut | Step::MarkDuplicate);
    let found = stored::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    run(ctx, actor, found.wave_id).await?;
    if !is_persons {
        return Err(Error::Forbidden);
    }
    let mut write = Write::begin(ctx, actor).await?;
    let response = stored::by_id_in(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    let after = advance(response.status, step).map_err(|error| Error::Conflict(error.to_string()))?;
    if !stored::move_status(write.transaction(), id, (response.status, after)).await? {
        return Err(Error::Conflict("somebody has just changed this response".to_owned()));
    }
    let is_shown = step == Step::Validate;
    if is_shown {
        stored::show(write.transaction(), id, write.at()).await?;
    } else {
        invitation::revoke_all(write.transaction(), id, write.at()).await?;
    }
    write.change(Change {
        kind: "response",
        record: id.0,
        subject: response.organisation_id.0,
        is_public: is_shown,
        before: Some(json!({ "status": response.status })),
        after: Some(json!({ "status": after })),
    });
    write.commit(reason, &()).await?;
    Ok(Response { status: after, ..response })
}

/// Who may be reminded now: has a link and an address, has not sent, was not reminded lately or too often.
pub async fn to_remind(ctx: &Context, actor: &Actor, wave: WaveId) -> Result<Vec<(Listed, Answering)>, Error> {
    let row = run(ctx, actor, wave).await?;
    if row.state != WaveState::Open {
        return Ok(Vec::new());
    }
    let (mut out, mut after) = (Vec::new(), None);
    loop {
        let page = page(ctx, actor, wave, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(out) };
        after = Some(last.response.entity_id);
        for listed in page {
            let waits = crate::domain::participation::takes_answers(listed.response.status);
            if !waits || listed.respondent.is_none() {
                continue;
            }
            let answering = stored::answering_of(&ctx.db, listed.response.entity_id).await?;
            let due = answering.filter(|one| {
                one.reminders < MOST_REMINDERS && one.reminded_at.is_none_or(|at| at + BETWEEN <= ctx.now())
            });
            out.extend(due.map(|answering| (listed, answering)));
        }
    }
}

/// Notes that somebody is reminded; `false` where another has just done it.
pub async fn reminded(ctx: &Context, actor: &Actor, wave: WaveId, id: ResponseId) -> Result<bool, Error> {
    run(ctx, actor, wave).await?;
    let transaction = crate::store::begin(&ctx.db).await?;
    let Some(answering) = stored::answering(&transaction, id).await? else { return Err(Error::NotFound) };
    let now = ctx.now();
    if answering.reminders >= MOST_REMINDERS || answering.reminded_at.is_some_and(|at| at + BETWEEN > now) {
        return Ok(false);
    }
    let reminders = answering.reminders + 1;
    stored::put_answering(&transaction, Answering { reminded_at: Some(now), reminders, ..answering }).await?;
    transaction.commit().await?;
    Ok(true)
}

async fn run(ctx: &Context, actor: &Actor, wave: WaveId) -> Result<super::Wave, Error> {
    let row = super::wave(ctx, wave).await?;
    permit(actor, Action::RunWave, &of_study(row.study_id, ctx.now()))?;
    Ok(row)
}
