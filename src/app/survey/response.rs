//! Responses as whoever runs a study sees them: lists, rates, what was sent, and the steps that a person takes.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::id::{OrganisationId, ResponseId, StudyId, WaveId};
use entity::vocabulary::{CompletedBy, ResponseStatus, RowVisibility};
use serde_json::json;

use super::answer::refused;
use super::study::source_of;
use super::{instrument, missing, named, of_study};
use crate::app::permit::permit;
use crate::app::write::{Change, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::instrument::{Instrument, Question, Target};
use crate::domain::participation::{Rates, Step, advance, rates, restored};
use crate::domain::text::fold;
use crate::store::rearrangement::led_into_at_last;
use crate::store::review::On;
pub use crate::store::survey::invitation::Invitation;
use crate::store::survey::organisation::{self, Organisation};
use crate::store::survey::respondent::{self, Respondent};
pub use crate::store::survey::response::Sought;
use crate::store::survey::response::{self as stored, Answering, Response};
pub use crate::store::survey::sent::Answer as Sent;
use crate::store::survey::study::{self as rows, Wave};
use crate::store::survey::{invitation, letter_wish, sent};
use crate::store::{Transaction, feedback};

/// How many responses a page holds at most.
pub const PAGE: u64 = 100;

/// A response with whose it is.
#[derive(Clone, Debug)]
pub struct Listed {
    pub response: Response,
    pub organisation: Organisation,
    pub respondent: Option<Respondent>,
    /// Whether the study does not write to the respondent: they have refused, said no, or were forgotten.
    pub is_unwilling: bool,
    /// Whether there is a respondent who has asked to be forgotten and is not told any more.
    pub is_leaving: bool,
    /// How far it has come; `None` where it was brought in from elsewhere.
    pub answering: Option<Answering>,
}

/// The responses of a wave after one of them.
pub async fn page(
    ctx: &Context,
    actor: &Actor,
    wave: WaveId,
    sought: &Sought,
    (after, first): (Option<ResponseId>, u64),
) -> Result<Vec<Listed>, Error> {
    page_of(ctx, &run(ctx, actor, wave).await?, sought, (after, first)).await
}

/// The same, of a wave that somebody is known to run.
pub(super) async fn page_of(
    ctx: &Context,
    wave: &Wave,
    sought: &Sought,
    (after, first): (Option<ResponseId>, u64),
) -> Result<Vec<Listed>, Error> {
    let sought = Sought { name: sought.name.as_deref().map(fold), ..sought.clone() };
    let responses = stored::page(&ctx.db, wave.entity_id, &sought, after, first.min(PAGE + 1)).await?;
    listed(ctx, wave.study_id, responses).await
}

/// The waves that somebody runs with answers that were sent and wait to be looked through, the newest first, each with how
/// many.
pub async fn to_validate(ctx: &Context, actor: &Actor) -> Result<Vec<(Wave, u64)>, Error> {
    permit(actor, Action::StartStudy, &Object::platform(ctx.now()))?;
    let counts: HashMap<WaveId, u64> = stored::to_validate(&ctx.db).await?.into_iter().collect();
    let waves = rows::these_waves(&ctx.db, counts.keys().copied()).await?;
    let is_run = |wave: &Wave| permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now())).is_ok();
    let with_count = |wave: Wave| {
        let count = counts.get(&wave.entity_id).copied().unwrap_or_default();
        (wave, count)
    };
    Ok(waves.into_iter().filter(is_run).map(with_count).collect())
}

/// One response, for those who run its study.
pub async fn one(ctx: &Context, actor: &Actor, id: ResponseId) -> Result<Listed, Error> {
    let response = stored::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    let study = run(ctx, actor, response.wave_id).await?.study_id;
    listed(ctx, study, vec![response]).await?.pop().ok_or(Error::NotFound)
}

/// The links of a response, the newest first.
pub async fn links(ctx: &Context, actor: &Actor, id: ResponseId) -> Result<Vec<Invitation>, Error> {
    let response = stored::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    run(ctx, actor, response.wave_id).await?;
    Ok(invitation::of(&ctx.db, id).await?)
}

async fn listed(ctx: &Context, study: StudyId, responses: Vec<Response>) -> Result<Vec<Listed>, Error> {
    let ids: Vec<_> = responses.iter().map(|row| row.organisation_id).collect();
    // A response that a merge has made double is that of an organisation which is no more.
    let organisations = organisation::last_of(&ctx.db, &ids).await?;
    let whose: Vec<_> = responses.iter().map(|row| row.entity_id).collect();
    let respondents = respondent::of_all(&ctx.db, &whose).await?;
    let keys: Vec<String> = respondents.shown.iter().map(|one| one.email_key.clone()).collect();
    let unwilling = letter_wish::unwilling(&ctx.db, study, &keys).await?;
    let answerings = stored::answerings(&ctx.db, &whose).await?;
    let listed = responses.into_iter().filter_map(|response| {
        let organisation = organisations.iter().find(|one| one.entity_id == response.organisation_id)?.clone();
        let respondent = respondents.shown.iter().find(|one| one.response_id == response.entity_id).cloned();
        let answering = answerings.iter().find(|one| one.response_id == response.entity_id).cloned();
        let is_leaving = respondents.leaving.contains(&response.entity_id);
        let is_unwilling = respondent.as_ref().is_some_and(|one| unwilling.contains(&one.email_key));
        Some(Listed { response, organisation, respondent, is_unwilling, is_leaving, answering })
    });
    Ok(listed.collect())
}

/// How many answered, and to each question how many gave a value and how many each reason for none.
#[derive(Clone, Debug)]
pub struct Outcomes {
    pub rates: Rates,
    pub by_status: Vec<(ResponseStatus, u64)>,
    pub by_question: BTreeMap<String, BTreeMap<String, u64>>,
    /// How many have agreed to be written to.
    pub contacts: u64,
}

/// Response and item non-response of a wave.
pub async fn outcomes(ctx: &Context, actor: &Actor, wave: WaveId) -> Result<Outcomes, Error> {
    let study = run(ctx, actor, wave).await?.study_id;
    let counts: Vec<(ResponseStatus, CompletedBy, u64)> = stored::counts(&ctx.db, wave).await?;
    let by_question = stored::item_counts(&ctx.db, wave).await?;
    let of = |status: ResponseStatus| counts.iter().filter(|row| row.0 == status).map(|row| row.2).sum::<u64>();
    let by_status = ResponseStatus::ALL.iter().map(|status| (*status, of(*status))).filter(|row| row.1 > 0).collect();
    let contacts = respondent::consenting(&ctx.db, (study, wave)).await?;
    Ok(Outcomes { rates: rates(counts.iter().copied()), by_status, by_question, contacts })
}

/// What one response has sent, each answer with who may see what it says.
pub async fn sent_of(ctx: &Context, actor: &Actor, id: ResponseId) -> Result<Vec<sent::Answer>, Error> {
    let response = stored::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    let wave = run(ctx, actor, response.wave_id).await?;
    let mut answers = sent::answers(&ctx.db, id).await?;
    let asked = instrument::of_wave(ctx, actor, &wave).await?;
    Audience::of(ctx, &wave, asked.as_ref()).await?.tell(response.organisation_id, &mut answers);
    Ok(answers)
}

/// Who may see what the answers of a wave say. An answer itself is kept apart from that, and shown to nobody.
struct Audience {
    public: HashSet<(OrganisationId, String)>,
    /// The questions why, each with those whose answers it explains: it is seen with them.
    why: Vec<(String, Vec<String>)>,
}

impl Audience {
    async fn of(ctx: &Context, wave: &Wave, instrument: Option<&Instrument>) -> Result<Self, Error> {
        let public = sent::public_questions(&ctx.db, wave.entity_id, source_of(wave.entity_id)).await?;
        let asked = || instrument.into_iter().flat_map(Instrument::questions);
        let why = asked().filter_map(|why| {
            let Target::Rationale { dimension } = &why.maps_to else { return None };
            let explained =
                |one: &&Question| matches!(&one.maps_to, Target::Impact { dimension: of } if of == dimension);
            let of = asked().filter(explained);
            Some((why.key.clone(), of.map(|one| one.key.clone()).collect()))
        });
        Ok(Self { public, why: why.collect() })
    }

    fn tell(&self, organisation: OrganisationId, answers: &mut [Sent]) {
        let is_public = |question: &str| self.public.contains(&(organisation, question.to_owned()));
        for answer in answers.iter_mut().filter(|answer| answer.visibility == RowVisibility::AggregateOnly) {
            let explains = self.why.iter().find(|(why, _)| *why == answer.question);
            let is_seen = is_public(&answer.question)
                || explains.is_some_and(|(_, of)| of.iter().any(|question| is_public(question)));
            if answer.value.is_some() && is_seen {
                answer.visibility = RowVisibility::Public;
            }
        }
    }
}

/// All responses of a wave with what each has sent, for whoever runs the study.
pub async fn sheet(ctx: &Context, actor: &Actor, wave: WaveId) -> Result<Vec<(Listed, Vec<Sent>)>, Error> {
    let run = run(ctx, actor, wave).await?;
    let asked = instrument::of_wave(ctx, actor, &run).await?;
    let audience = Audience::of(ctx, &run, asked.as_ref()).await?;
    let (mut out, mut after) = (Vec::new(), None);
    loop {
        let page = page_of(ctx, &run, &Sought::default(), (after, PAGE)).await?;
        let Some(last) = page.last() else { return Ok(out) };
        after = Some(last.response.entity_id);
        let ids: Vec<_> = page.iter().map(|one| one.response.entity_id).collect();
        let mut answers = sent::answers_of_all(&ctx.db, &ids).await?;
        out.extend(page.into_iter().map(|one| {
            let own = |answer: &mut Sent| answer.response_id == one.response.entity_id;
            let mut own: Vec<_> = answers.extract_if(.., own).collect();
            audience.tell(one.response.organisation_id, &mut own);
            (one, own)
        }));
    }
}

/// Answers of several responses, each with who may see what it says. The caller has made sure whose they are.
pub(in crate::app) async fn told(ctx: &Context, mut answers: Vec<Sent>) -> Result<Vec<Sent>, Error> {
    let mut out = Vec::with_capacity(answers.len());
    while let Some(id) = answers.first().map(|answer| answer.response_id) {
        let mut own: Vec<_> = answers.extract_if(.., |answer| answer.response_id == id).collect();
        if let Some(response) = stored::by_id(&ctx.db, id).await? {
            let wave = super::wave(ctx, response.wave_id).await?;
            let asked = ctx.instruments.of_response(&ctx.db, id).await?;
            Audience::of(ctx, &wave, asked.as_deref()).await?.tell(response.organisation_id, &mut own);
        }
        out.extend(own);
    }
    Ok(out)
}

/// Takes a step that a person decides on: validated, out of reach, not of the population, double, and set aside by mistake.
/// A link that a decision has ended stays so: a new one is made.
pub async fn decide(ctx: &Context, actor: &Actor, id: ResponseId, step: Step, reason: &str) -> Result<Response, Error> {
    let is_persons = matches!(
        step,
        Step::Validate | Step::Refuse | Step::LoseContact | Step::RuleOut | Step::MarkDuplicate | Step::Restore
    );
    let found = stored::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    let study = run(ctx, actor, found.wave_id).await?.study_id;
    if !is_persons {
        return Err(Error::Forbidden);
    }
    let mut faults = Vec::new();
    let reason = named("reason", reason, 500, &mut faults);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut write = Write::begin(ctx, actor).await?;
    let response = stored::by_id_in(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    let after = match step {
        Step::Restore => {
            stands(write.transaction(), &response).await?;
            restored(response.status, stored::before_aside(write.transaction(), id).await?)
        }
        _ => advance(response.status, step),
    };
    let after = after.map_err(|error| Error::Conflict(error.to_string()))?;
    let moved = super::a_move(ctx, (response.status, after), write.at());
    if !stored::move_status(write.transaction(), id, moved).await? {
        return Err(Error::Conflict("somebody has just changed this response".to_owned()));
    }
    if step == Step::Refuse {
        refused(write.transaction(), study, (id, None), write.at()).await?;
    }
    let is_shown = step == Step::Validate;
    if is_shown {
        stored::show(write.transaction(), id).await?;
        missing::record(ctx, &mut write, &response).await?;
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
    // What came with a response counts while it is not set aside.
    for said in feedback::of_response(write.transaction(), id).await? {
        write.touch("dataset_feedback", said.0);
    }
    // How many were asked, and how many came back, is in public figures of the wave.
    write.touch("wave", response.wave_id.0);
    write.commit(&reason, &()).await?;
    Ok(Response { status: after, ..response })
}

/// Refuses to restore the response of an organisation that was merged away: the one that it is part of has a response of its
/// own in the wave, or this one would have gone along.
async fn stands(transaction: &Transaction, response: &Response) -> Result<(), Error> {
    if led_into_at_last(On::Write(transaction), response.organisation_id.0).await?.is_none() {
        return Ok(());
    }
    let message = "the organisation of this response was merged into another one, whose own response counts: this one would \
                   be counted beside it; take that merge back, and it stands again by itself";
    Err(Error::Conflict(message.to_owned()))
}

pub(super) async fn run(ctx: &Context, actor: &Actor, wave: WaveId) -> Result<super::Wave, Error> {
    let row = super::wave(ctx, wave).await?;
    permit(actor, Action::RunWave, &of_study(row.study_id, ctx.now()))?;
    Ok(row)
}
