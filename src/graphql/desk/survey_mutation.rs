//! What can be changed of studies: one mutation, one use case.

use async_graphql::{Context, ID, Object, Result};
use entity::id::{InstrumentId, InvitationId, ResponseId, StudyId, WaveId};

use super::access_mutation::named;
use super::survey_instrument::{
    Instrument, InstrumentDiscardInput, InstrumentForkInput, InstrumentPayload, InstrumentPublishInput,
    InstrumentSaveInput,
};
use super::survey_invite::{
    InvitationPayload, InvitationPreviewInput, InvitationPreviewPayload, InvitationRenewInput, InvitationRevokeInput,
    InviteInput, InvitePayload, ReminderSendInput, ReminderSendPayload,
};
use super::survey_response::{ResponseDecideInput, ResponsePayload, SurveyResponse};
use super::survey_study::{
    StudyCreateInput, StudyPayload, SurveyDecision, SurveyStudy, SurveyWave, WaveCreateInput, WaveInput, WavePayload,
    WaveUpdateInput,
};
use crate::app::access::Access;
use crate::app::survey::{instrument, invite, link, remind, response, study};
use crate::app::{self};
use crate::domain::access::{Action, Actor};
use crate::domain::participation::Step;
use crate::domain::violation::{Fault, Violation};
use crate::graphql::caller::access;
use crate::graphql::filter::resolve;
use crate::graphql::may::May;
use crate::graphql::node::id;
use crate::graphql::outcome::settle;
use crate::graphql::snapshot::current;

type Done<T> = std::result::Result<T, app::Error>;

/// Changes to studies.
#[derive(Default)]
pub struct SurveyMutation;

/// Changes to studies.
#[Object]
impl SurveyMutation {
    /// Begins a study, which its maker runs from then on. Nobody else sees it before one of its waves opens.
    #[graphql(guard = "May(Action::StartStudy)")]
    async fn study_create(&self, ctx: &Context<'_>, input: StudyCreateInput) -> Result<StudyPayload> {
        let (access, actor) = access(ctx)?;
        let new = study::New {
            title: input.title.texts(),
            country: input.country,
            licence: input.licence,
            licence_url: input.licence_url,
            attribution: input.attribution,
            url: input.url,
        };
        let done = study::create(&access.ctx, actor, new, input.idempotency_key.as_deref()).await;
        let (done, user_errors) = settle(done)?;
        Ok(StudyPayload { study: done.map(SurveyStudy), user_errors })
    }

    /// Prepares a wave by a published instrument.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn wave_create(&self, ctx: &Context<'_>, input: WaveCreateInput) -> Result<WavePayload> {
        let (access, actor) = access(ctx)?;
        let key = input.idempotency_key.clone();
        wave_payload(match new_wave(input) {
            Ok(new) => study::wave_create(&access.ctx, actor, new, key.as_deref()).await,
            Err(error) => Err(error),
        })
    }

    /// Opens a wave: organisations may be invited and may answer, and everybody sees that there is such a wave.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn wave_open(&self, ctx: &Context<'_>, input: WaveInput) -> Result<WavePayload> {
        let (access, actor) = access(ctx)?;
        wave_payload(match named("wave", &input.wave_id) {
            Ok(id) => study::wave_open(&access.ctx, actor, WaveId(id)).await,
            Err(error) => Err(error),
        })
    }

    /// Changes the last day of a wave that is not over, or whether organisations may put themselves forward.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn wave_update(&self, ctx: &Context<'_>, input: WaveUpdateInput) -> Result<WavePayload> {
        let (access, actor) = access(ctx)?;
        let edit = study::WaveEdit {
            closes_on: input.closes_on.map(|day| Some(day.0)),
            takes_nominations: input.takes_nominations,
            ..study::WaveEdit::default()
        };
        wave_payload(match named("wave", &input.wave_id) {
            Ok(id) => study::wave_update(&access.ctx, actor, WaveId(id), edit).await,
            Err(error) => Err(error),
        })
    }

    /// Closes a wave for good: its links lead nowhere, its answers never change, and nobody can be invited.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn wave_close(&self, ctx: &Context<'_>, input: WaveInput) -> Result<WavePayload> {
        let (access, actor) = access(ctx)?;
        wave_payload(match named("wave", &input.wave_id) {
            Ok(id) => study::wave_close(&access.ctx, actor, WaveId(id)).await,
            Err(error) => Err(error),
        })
    }

    /// Copies an instrument into a study as a draft of the next version; keys stay.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn instrument_fork(&self, ctx: &Context<'_>, input: InstrumentForkInput) -> Result<InstrumentPayload> {
        let (access, actor) = access(ctx)?;
        let from = input.instrument_id.as_ref().map(|id| named("instrument", id).map(InstrumentId)).transpose();
        let done = match (named("study", &input.study_id), from) {
            (Ok(study), Ok(from)) => {
                let key = input.idempotency_key.as_deref();
                instrument::fork(&access.ctx, actor, (StudyId(study), from), key).await
            }
            (Err(error), _) | (_, Err(error)) => Err(error),
        };
        instrument_payload(done)
    }

    /// Writes a draft. It is kept even while something stands in the way of publishing it.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn instrument_save(&self, ctx: &Context<'_>, input: InstrumentSaveInput) -> Result<InstrumentPayload> {
        let (access, actor) = access(ctx)?;
        instrument_payload(match named("instrument", &input.instrument_id) {
            Ok(id) => {
                let seen = input.revision.as_deref();
                instrument::save(&access.ctx, actor, InstrumentId(id), &input.content, seen).await
            }
            Err(error) => Err(error),
        })
    }

    /// Publishes a draft; from then on it never changes.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn instrument_publish(&self, ctx: &Context<'_>, input: InstrumentPublishInput) -> Result<InstrumentPayload> {
        let (access, actor) = access(ctx)?;
        instrument_payload(match named("instrument", &input.instrument_id) {
            Ok(id) => instrument::publish(&access.ctx, actor, InstrumentId(id)).await,
            Err(error) => Err(error),
        })
    }

    /// Sets aside a draft that no wave asks by; it is in no list from then on.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn instrument_discard(&self, ctx: &Context<'_>, input: InstrumentDiscardInput) -> Result<InstrumentPayload> {
        let (access, actor) = access(ctx)?;
        instrument_payload(match named("instrument", &input.instrument_id) {
            Ok(id) => instrument::discard(&access.ctx, actor, InstrumentId(id)).await,
            Err(error) => Err(error),
        })
    }

    /// Says what would become of each row of a list of organisations to invite. Nothing is written.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn invitation_preview(
        &self,
        ctx: &Context<'_>,
        input: InvitationPreviewInput,
    ) -> Result<InvitationPreviewPayload> {
        let (access, actor) = access(ctx)?;
        let done = match wave_of(access, actor, &input.wave_id).await {
            Ok(wave) => invite::preview(&access.ctx, actor, &wave, &input.list).await,
            Err(error) => Err(error),
        };
        let (rows, user_errors) = settle(done)?;
        Ok(InvitationPreviewPayload { rows: rows.map(|rows| rows.into_iter().map(Into::into).collect()), user_errors })
    }

    /// Invites organisations into an open wave: all of a list, or none while one of its rows has a problem. Whoever was invited
    /// before keeps a link that can still be followed, unless links are to be made anew.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn invite(&self, ctx: &Context<'_>, input: InviteInput) -> Result<InvitePayload> {
        let (access, actor) = access(ctx)?;
        let how = invite::How {
            by_letter: input.by_letter,
            leaves_invited: !input.renew,
            key: input.idempotency_key.as_deref(),
            ..invite::How::default()
        };
        let wave = wave_of(access, actor, &input.wave_id).await;
        let done = match (wave, input.list, input.organisations, input.filter) {
            (Err(error), ..) => Err(error),
            (Ok(wave), Some(list), None, None) => invite::invite(&access.ctx, actor, &wave, &list, how).await,
            (Ok(wave), None, Some(slugs), None) => {
                invite::from_register(&access.ctx, actor, &wave, (&slugs, &input.lang), how).await
            }
            (Ok(wave), None, None, Some(filter)) => {
                let atlas = current(ctx)?;
                let filter = resolve(&atlas, Some(filter))?;
                let selected = atlas.select(&filter);
                let slug = |ix| atlas.str(atlas.organisation(crate::atlas::OrgIx::new(ix)).slug).to_owned();
                let slugs: Vec<String> = selected.organisations.iter().map(slug).collect();
                invite::from_register(&access.ctx, actor, &wave, (&slugs, &input.lang), how).await
            }
            _ => Err(Violation::new("list", "give a list, organisations or a filter, and only one of them").into()),
        };
        let (invited, user_errors) = settle(done)?;
        Ok(InvitePayload { invited: invited.map(|all| all.into_iter().map(Into::into).collect()), user_errors })
    }

    /// Writes to those who have not answered: at most three times, five days apart.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn reminder_send(&self, ctx: &Context<'_>, input: ReminderSendInput) -> Result<ReminderSendPayload> {
        let (access, actor) = access(ctx)?;
        let only: Done<Option<Vec<ResponseId>>> = input
            .response_ids
            .map(|ids| ids.iter().map(|id| named("response", id).map(ResponseId)).collect())
            .transpose();
        let done = match (named("wave", &input.wave_id), only) {
            (Ok(wave), Ok(only)) => {
                let key = input.idempotency_key.as_deref();
                remind::send(&access.ctx, actor, WaveId(wave), only.as_deref(), key).await
            }
            (Err(error), _) | (_, Err(error)) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        let response_ids = done.map(|ids| ids.into_iter().map(|one| id("response", one.0)).collect());
        Ok(ReminderSendPayload { response_ids, user_errors })
    }

    /// Makes the answer link of a response anew; those before it lead nowhere from then on.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn invitation_renew(&self, ctx: &Context<'_>, input: InvitationRenewInput) -> Result<InvitationPayload> {
        let (access, actor) = access(ctx)?;
        let done = match named("response", &input.response_id).map(ResponseId) {
            Ok(response) => renewed(access, actor, response, input.idempotency_key.as_deref()).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        let (response, answer_path) = done.map_or((None, None), |(one, path)| (Some(SurveyResponse::of(one)), path));
        Ok(InvitationPayload { response, answer_path, user_errors })
    }

    /// Ends an answer link, or all links of a response.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn invitation_revoke(&self, ctx: &Context<'_>, input: InvitationRevokeInput) -> Result<InvitationPayload> {
        let (access, actor) = access(ctx)?;
        let (done, user_errors) = settle(revoked(access, actor, input).await)?;
        Ok(InvitationPayload { response: done.map(SurveyResponse::of), answer_path: None, user_errors })
    }

    /// Decides about a response: that it was looked through, or that it is out of reach, of another population,
    /// double or refused; or that it was set aside by mistake.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn response_decide(&self, ctx: &Context<'_>, input: ResponseDecideInput) -> Result<ResponsePayload> {
        let (access, actor) = access(ctx)?;
        let step = match input.decision {
            SurveyDecision::Validate => Step::Validate,
            SurveyDecision::Refuse => Step::Refuse,
            SurveyDecision::NoContact => Step::LoseContact,
            SurveyDecision::Ineligible => Step::RuleOut,
            SurveyDecision::Duplicate => Step::MarkDuplicate,
            SurveyDecision::Restore => Step::Restore,
        };
        let done = match named("response", &input.response_id).map(ResponseId) {
            Ok(response) => decided(access, actor, (response, step), &input.reason).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        Ok(ResponsePayload { response: done.map(SurveyResponse::of), user_errors })
    }
}

async fn wave_of(access: &Access, actor: &Actor, id: &ID) -> Done<study::Wave> {
    study::wave(&access.ctx, actor, WaveId(named("wave", id)?)).await
}

fn new_wave(input: WaveCreateInput) -> Done<study::NewWave> {
    Ok(study::NewWave {
        study: StudyId(named("study", &input.study_id)?),
        title: input.title.texts(),
        population: input.population.texts(),
        opens_on: input.opens_on.0,
        closes_on: input.closes_on.map(|day| day.0),
        frame: input.frame.into(),
        instrument: InstrumentId(named("instrument", &input.instrument_id)?),
        takes_nominations: input.takes_nominations,
    })
}

async fn renewed(
    access: &Access,
    actor: &Actor,
    id: ResponseId,
    key: Option<&str>,
) -> Done<(response::Listed, Option<String>)> {
    let secret = link::rotate(&access.ctx, actor, id, key).await?;
    let path = secret.map(|secret| format!("/answer/{}", secret.expose()));
    Ok((response::one(&access.ctx, actor, id).await?, path))
}

async fn revoked(access: &Access, actor: &Actor, input: InvitationRevokeInput) -> Done<response::Listed> {
    let response = match (input.invitation_id, input.response_id) {
        (Some(link), None) => link::revoke(&access.ctx, actor, InvitationId(named("invitation", &link)?)).await?,
        (None, Some(response)) => {
            let response = ResponseId(named("response", &response)?);
            link::revoke_all(&access.ctx, actor, response).await?;
            response
        }
        _ => {
            let message = "name a link or a response, and only one of them";
            return Err(Violation::new("invitationId", message).of(Fault::Invalid).into());
        }
    };
    response::one(&access.ctx, actor, response).await
}

async fn decided(
    access: &Access,
    actor: &Actor,
    (id, step): (ResponseId, Step),
    reason: &str,
) -> Done<response::Listed> {
    response::decide(&access.ctx, actor, id, step, reason).await?;
    response::one(&access.ctx, actor, id).await
}

fn wave_payload(done: Done<study::Wave>) -> Result<WavePayload> {
    let (done, user_errors) = settle(done)?;
    Ok(WavePayload { wave: done.map(SurveyWave), user_errors })
}

fn instrument_payload(done: Done<instrument::Row>) -> Result<InstrumentPayload> {
    let (done, user_errors) = settle(done)?;
    Ok(InstrumentPayload { instrument: done.map(Instrument), user_errors })
}
