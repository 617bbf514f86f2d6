//! Answering: what is asked, one answer at a time, and the sending of all of them. Nothing here is public, and
//! nothing takes a revision of the record.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use entity::id::{ResponseId, StudyId};
use entity::vocabulary::{CompletedBy, Missing, ResponseStatus, RowVisibility};
use serde_json::json;

use super::link::Followed;
use super::{a_move, claims, hand, revision};
use crate::app::permit::permit;
use crate::app::write::{Change, Write};
use crate::app::{Context, Error, review};
use crate::domain::access::{Action, Terms};
use crate::domain::instrument::{
    Answer, Answers, Given, Instrument, Question, Target, ahead_of, asked, check_sent, left,
};
use crate::domain::participation::{Step, advance};
use crate::domain::text::by_language;
use crate::domain::violation::{Fault, Violation};
use crate::store::survey::draft::{self, Draft};
use crate::store::survey::invitation::{self, Invitation};
use crate::store::survey::letter_wish;
use crate::store::survey::respondent::{self, Respondent};
use crate::store::survey::response as responses;
pub use crate::store::survey::response::Answering;
use crate::store::survey::{organisation, sent};
use crate::store::{self, Transaction};

/// The text that is consented to. A change of its sense is another version.
pub const CONSENT_VERSION: &str = "2026-11";

/// All that a page of questions needs.
#[derive(Clone, Debug)]
pub struct State {
    pub instrument: Arc<Instrument>,
    /// What has been answered; empty once it was sent.
    pub answers: Answers,
    pub status: ResponseStatus,
    pub answering: Answering,
    /// The organisation's name as it is recorded.
    pub organisation: String,
    /// Who answers, where that is known and shown.
    pub respondent: Option<Respondent>,
    /// Whether somebody is known to answer who is not shown here.
    pub is_person_hidden: bool,
}

impl State {
    /// Whether all was sent.
    pub fn is_sent(&self) -> bool {
        self.answering.submitted_at.is_some()
    }

    /// What a page that shows the answer to a question says when it is sent: which answer it has shown.
    pub fn revision(&self, question: &Question) -> String {
        let person = self.respondent.as_ref().map(|one| (one.name.as_str(), one.email.as_str()));
        revision::of(question, self.answers.get(&question.key), person)
    }
}

/// What is asked and what has been answered.
pub async fn state(ctx: &Context, link: &Followed) -> Result<State, Error> {
    permit(&link.actor, Action::AnswerWave, &link.object(ctx.now()))?;
    let id = link.response.entity_id;
    let answering = responses::answering_of(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    let instrument = ctx.instruments.get(&ctx.db, answering.instrument_id).await?;
    let organisation = organisation::by_id(&ctx.db, link.response.organisation_id).await?.ok_or(Error::NotFound)?;
    let is_sent = answering.submitted_at.is_some();
    let drafts = if is_sent { Vec::new() } else { draft::of(&ctx.db, id).await? };
    let known = if is_sent { None } else { respondent::of(&ctx.db, id).await? };
    Ok(State {
        instrument,
        answers: answers_of(drafts)?,
        status: link.response.status,
        answering,
        organisation: plain_name(&organisation.name),
        is_person_hidden: known.is_some() && !link.shows_person(),
        respondent: known.filter(|_| link.shows_person()),
    })
}

/// A name that is kept by language, in the first of its languages.
fn plain_name(name: &str) -> String {
    by_language(name).into_values().next().unwrap_or_default()
}

pub(super) fn answers_of(drafts: Vec<Draft>) -> Result<Answers, Error> {
    drafts
        .into_iter()
        .map(|row| {
            let given = match (&row.value, row.missing) {
                (Some(text), _) => {
                    Given::Value(serde_json::from_str(text).map_err(|error| Error::Internal(error.into()))?)
                }
                (None, Some(missing)) => Given::Missing(missing),
                (None, None) => return Err(Error::NotFound),
            };
            Ok((row.question, Answer { given, visibility: row.visibility, is_prefilled: row.is_prefilled }))
        })
        .collect()
}

pub(super) fn draft_of(
    response_id: ResponseId,
    question: &str,
    answer: Answer,
    saved_at: DateTime<Utc>,
) -> Result<Draft, Error> {
    let (value, missing) = match answer.given {
        Given::Value(value) => (Some(value), None),
        Given::Missing(missing) => (None, Some(missing)),
    };
    let value = value.map(|value| serde_json::to_string(&value)).transpose();
    Ok(Draft {
        response_id,
        question: question.to_owned(),
        value: value.map_err(|error| Error::Internal(error.into()))?,
        missing,
        visibility: answer.visibility,
        is_prefilled: answer.is_prefilled,
        saved_at,
    })
}

/// Moves the response on. Between two who answer at once the status tells who was first.
pub(super) async fn step(ctx: &Context, transaction: &Transaction, id: ResponseId, step: Step) -> Result<(), Error> {
    let response = responses::by_id_in(transaction, id).await?.ok_or(Error::NotFound)?;
    let after = advance(response.status, step).map_err(|_| already_sent())?;
    // Even where the status stays, this waits for whoever is sending at this moment.
    if !responses::move_status(transaction, id, a_move(ctx, (response.status, after), ctx.now())).await? {
        return Err(Error::Conflict("somebody has just changed this response; try again".to_owned()));
    }
    Ok(())
}

pub(super) fn already_sent() -> Error {
    Error::Conflict("these answers were sent, or are not wanted any more".to_owned())
}

/// What is sent of the answers: those that somebody has given or confirmed.
pub fn confirmed(answers: &Answers) -> Answers {
    answers.iter().filter(|(_, answer)| !answer.is_prefilled).map(|(key, one)| (key.clone(), one.clone())).collect()
}

/// Sends all answers. From then on they never change. Sent again, it says when they were sent.
pub async fn submit(ctx: &Context, link: &Followed) -> Result<DateTime<Utc>, Error> {
    let terms = permit(&link.actor, Action::AnswerWave, &link.object(ctx.now()))?;
    let codes = store::reference::codes(&ctx.db).await?;
    let id = link.response.entity_id;
    let mut write = Write::begin(ctx, &link.actor).await?;
    let answering = responses::answering(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    if let Some(at) = answering.submitted_at {
        return Ok(at);
    }
    // The move comes first: of two who send at once, one waits here and then finds it done.
    let response = responses::by_id_in(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    let after = advance(response.status, Step::Submit).ok();
    let is_first = match after {
        Some(after) => {
            let step = a_move(ctx, (response.status, after), write.at());
            responses::move_status(write.transaction(), id, step).await?
        }
        None => false,
    };
    if !is_first {
        drop(write);
        let done = responses::answering_of(&ctx.db, id).await?.and_then(|answering| answering.submitted_at);
        return done.ok_or_else(already_sent);
    }
    let instrument = ctx.instruments.get(&ctx.db, answering.instrument_id).await?;
    let answers = confirmed(&answers_of(draft::of_in(write.transaction(), id).await?)?);
    complete(&instrument, &answers, ctx.today())?;
    hand::of_sender(write.transaction(), id, &link.actor).await?;
    let now = write.at();
    let from = claims::From { link, lang: &answering.lang, terms };
    let mut brought = claims::of(ctx, write.transaction(), &codes, from, (&instrument, &answers), now).await?;
    brought.answers = rows(ctx, id, &instrument, &answers, now)?;
    review::intake::of_sent(&write, &brought, (link.wave.study_id, link.wave.entity_id)).await?;
    sent::insert(write.transaction(), brought).await?;
    draft::clear_all(write.transaction(), id).await?;
    let answering = Answering {
        submitted_at: Some(now),
        saved_at: Some(now),
        consent_version: Some(CONSENT_VERSION.to_owned()),
        ..answering
    };
    responses::put_answering(write.transaction(), answering).await?;
    let by = if terms == Terms::Desk { CompletedBy::Researcher } else { CompletedBy::Organisation };
    responses::completed(write.transaction(), id, by).await?;
    write.change(Change {
        kind: "response",
        record: id.0,
        subject: response.organisation_id.0,
        is_public: false,
        before: Some(json!({ "status": response.status })),
        after: Some(json!({ "status": after })),
    });
    // Nobody sees whose they are, but how many came back: that is in the record from this moment on.
    write.touch("response", id.0);
    write.commit("answers sent", &()).await?;
    Ok(now)
}

/// All that has to be answered is, and each answer still fits its question and names nobody's address where all read it.
fn complete(instrument: &Instrument, answers: &Answers, today: NaiveDate) -> Result<(), Error> {
    let mut faults: Vec<Violation> = left(instrument, answers)
        .iter()
        .map(|question| Violation::new(&question.key, "this still needs an answer").of(Fault::Missing))
        .collect();
    for question in asked(instrument, answers) {
        let Some(answer) = answers.get(&question.key) else { continue };
        faults.extend(check_sent(question, answer).err().into_iter().flatten());
        faults.extend(ahead_of(question, &answer.given, today));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

/// One row for each question: answered, left blank, or not asked. A raw answer is shown to nobody; what it
/// says becomes public as a claim, once that is accepted.
fn rows(
    ctx: &Context,
    response_id: ResponseId,
    instrument: &Instrument,
    answers: &Answers,
    recorded_at: DateTime<Utc>,
) -> Result<Vec<sent::Answer>, Error> {
    let asked: Vec<&str> = asked(instrument, answers).iter().map(|question| question.key.as_str()).collect();
    let contact = Target::Consent { of: crate::domain::instrument::ConsentTo::Contact };
    let questions = instrument.questions().filter(|question| question.maps_to != contact);
    questions
        .map(|question| {
            let is_asked = asked.contains(&question.key.as_str());
            let answer = answers.get(&question.key).filter(|_| is_asked);
            let given = answer.map(|answer| answer.given.clone());
            let given = given.unwrap_or(Given::Missing(if is_asked { Missing::NoAnswer } else { Missing::NotAsked }));
            let visibility = answer.map_or(question.visibility, |answer| answer.visibility);
            let kept = Answer { given, visibility, is_prefilled: false };
            let draft = draft_of(response_id, &question.key, kept, recorded_at)?;
            let id = entity::id::AnswerId(ctx.id());
            Ok(sent::Answer {
                id,
                response_id,
                question: draft.question,
                value: draft.value,
                missing: draft.missing,
                entity_id: id,
                visibility: if visibility == RowVisibility::Private {
                    visibility
                } else {
                    RowVisibility::AggregateOnly
                },
                recorded_at,
                superseded_at: None,
                import_batch_id: None,
                created_by: Some(response_id.0),
            })
        })
        .collect()
}

/// Keeps that whoever is asked for an organisation does not want to be: nothing they have said before speaks for letters, and
/// nothing that they have answered waits to be sent. Who was mailed and has named a colleague is not written to either.
pub(super) async fn refused(
    transaction: &Transaction,
    study: StudyId,
    (response, by): (ResponseId, Option<&Invitation>),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    draft::clear_all(transaction, response).await?;
    respondent::unsay(transaction, response).await?;
    if let Some(key) = respondent::key_in(transaction, response).await? {
        letter_wish::refuse(transaction, (study, &key), (response, at)).await?;
    }
    let mailed_to = match by.and_then(|link| link.sent_to.clone()) {
        Some(digest) => Some(digest),
        None => invitation::mailed_to(transaction, response).await?,
    };
    if let Some(digest) = mailed_to {
        letter_wish::refuse_of(transaction, (study, digest), (response, at)).await?;
    }
    Ok(())
}

/// Says that the organisation does not want to take part.
pub async fn refuse(ctx: &Context, link: &Followed) -> Result<(), Error> {
    permit(&link.actor, Action::AnswerWave, &link.object(ctx.now()))?;
    let transaction = store::begin(&ctx.db).await?;
    let id = link.response.entity_id;
    step(ctx, &transaction, id, Step::Refuse).await?;
    refused(&transaction, link.wave.study_id, (id, link.invitation.as_ref()), ctx.now()).await?;
    transaction.commit().await?;
    Ok(())
}
