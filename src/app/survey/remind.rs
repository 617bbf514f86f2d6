//! Reminding those who have not answered: who is due, what they are written, and the writing.

use chrono::TimeDelta;
use entity::id::{ResponseId, WaveId};
use entity::vocabulary::{LetterKind, WaveState};

use super::letter;
use super::link::{self, is_open};
use super::response::{Listed, PAGE, Sought, page_of, run};
use super::willing;
use crate::app::write::{Once, Write};
use crate::app::{Context, Error};
use crate::atlas::Lang;
use crate::domain::access::Actor;
use crate::domain::participation::takes_answers;
use crate::domain::violation::{Fault, Violation};
use crate::store::outbox;
use crate::store::survey::response::{self as stored, Answering};
use crate::store::survey::study::{Study, Wave};

/// Nobody is reminded more often.
pub const MOST_REMINDERS: i16 = 3;
/// Between two letters, a reminder and whichever brought a link before it, lie at least so many days.
pub const BETWEEN: TimeDelta = TimeDelta::days(5);

/// Who may be reminded now: has been asked, has an address and has not said that nobody may write to it, has not sent, was
/// not written to lately or reminded too often.
pub async fn due(ctx: &Context, actor: &Actor, wave: WaveId) -> Result<Vec<(Listed, Answering)>, Error> {
    due_of(ctx, &run(ctx, actor, wave).await?).await
}

async fn due_of(ctx: &Context, wave: &Wave) -> Result<Vec<(Listed, Answering)>, Error> {
    if wave.state != WaveState::Open || !is_open(wave, ctx.now()) {
        return Ok(Vec::new());
    }
    let (mut out, mut after) = (Vec::new(), None);
    loop {
        let page = page_of(ctx, wave, &Sought::default(), (after, PAGE)).await?;
        let Some(last) = page.last() else { return Ok(out) };
        after = Some(last.response.entity_id);
        let facts = page.iter().map(|listed| letter::facts(listed.response.entity_id));
        let facts: Vec<String> = facts.collect::<Result<_, _>>()?;
        let written = outbox::told(&ctx.db, &letter::KINDS, &facts, ctx.now() - BETWEEN).await?;
        out.extend(page.into_iter().zip(facts).filter_map(|(listed, facts)| {
            let may = willing::may_write(listed.respondent.as_ref(), listed.is_unwilling);
            let is_asked = may && takes_answers(listed.response.status) && !written.contains(&facts);
            let answering = listed.answering.clone().filter(|one| is_asked && is_due(one, ctx.now()))?;
            Some((listed, answering))
        }));
    }
}

fn is_due(answering: &Answering, now: chrono::DateTime<chrono::Utc>) -> bool {
    answering.reminders < MOST_REMINDERS && answering.reminded_at.is_none_or(|at| at + BETWEEN <= now)
}

/// What a reminder says to an organisation.
pub fn preview(ctx: &Context, of: (&Wave, &Study), organisation: &str, lang: &str) -> (String, String) {
    let lang = if lang == "en" { Lang::EN } else { Lang::ES };
    let ends = link::last_day(link::ends_at(of.0, ctx.now()));
    letter::write(LetterKind::Reminder, organisation, of, ("https://…/answer/…", ends), lang)
}

/// Writes to those who are due, or to those of them that are named; says to whom.
pub async fn send(
    ctx: &Context,
    actor: &Actor,
    wave: WaveId,
    only: Option<&[ResponseId]>,
    key: Option<&str>,
) -> Result<Vec<ResponseId>, Error> {
    let row = run(ctx, actor, wave).await?;
    let due = due_of(ctx, &row).await?;
    let mut write = Write::begin(ctx, actor).await?;
    let once = Once { mutation: "reminderSend", key };
    if let Some(before) = write.repeated::<Vec<ResponseId>>(once, &(wave, only)).await? {
        return Ok(before);
    }
    let mut reminded = Vec::new();
    for (listed, _) in due.iter().filter(|(one, _)| only.is_none_or(|only| only.contains(&one.response.entity_id))) {
        let id = listed.response.entity_id;
        // As it is now: somebody may have answered, or been reminded, since the list was read.
        let Some(answering) = stored::answering(write.transaction(), id).await? else { continue };
        let status = stored::by_id_in(write.transaction(), id).await?.map(|row| row.status);
        let reader = willing::reader(write.transaction(), row.study_id, id).await?;
        if reader.is_none() || !is_due(&answering, write.at()) || !status.is_some_and(takes_answers) {
            continue;
        }
        let (facts, after) = ([letter::facts(id)?], write.at() - BETWEEN);
        if !outbox::told_in(write.transaction(), &letter::KINDS, &facts, after).await?.is_empty() {
            continue;
        }
        let reminders = answering.reminders + 1;
        let key = format!("reminder:{id}:{reminders}");
        letter::post(ctx, &write, (LetterKind::Reminder, id), &answering.lang, Some(key)).await?;
        let reminded_at = Some(write.at());
        stored::put_answering(write.transaction(), Answering { reminded_at, reminders, ..answering }).await?;
        reminded.push(id);
    }
    if reminded.is_empty() {
        let message = "nobody is due: reminders go to those who may be written to and have not answered, at most three, \
                       five days apart";
        return Err(Violation::new("responses", message).of(Fault::Invalid).into());
    }
    write.commit("reminders sent", &reminded).await?;
    Ok(reminded)
}
