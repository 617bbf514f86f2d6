//! What can be asked of studies, by those who run them. Those of others are not there.

use async_graphql::{Context, ID, Object, Result};
use entity::id::{InstrumentId, ResponseId, StudyId, WaveId};

use super::survey_instrument::Instrument;
use super::survey_response::SurveyResponse;
use super::survey_study::{SurveyStudy, SurveyWave};
use crate::app::survey::{instrument, response, study};
use crate::app::{self};
use crate::domain::access::Action;
use crate::graphql::caller::access;
use crate::graphql::may::May;
use crate::graphql::node::uuid_of;
use crate::graphql::outcome::refuse;

/// Questions about studies.
#[derive(Default)]
pub struct SurveyQuery;

/// Questions about studies.
#[Object]
impl SurveyQuery {
    /// The studies that one runs, the latest first.
    #[graphql(guard = "May(Action::StartStudy)", complexity = "10 + 10 * child_complexity")]
    async fn studies(&self, ctx: &Context<'_>) -> Result<Vec<SurveyStudy>> {
        let (access, actor) = access(ctx)?;
        let found = study::run_by(&access.ctx, actor).await.map_err(refuse)?;
        Ok(found.into_iter().map(SurveyStudy).collect())
    }

    /// A study that one runs; null for any other.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn study(&self, ctx: &Context<'_>, id: ID) -> Result<Option<SurveyStudy>> {
        let (access, actor) = access(ctx)?;
        let Some(id) = uuid_of("study", &id) else { return Ok(None) };
        Ok(seen(study::by_id(&access.ctx, actor, StudyId(id)).await)?.map(SurveyStudy))
    }

    /// A wave of a study that one runs; null for any other.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn wave(&self, ctx: &Context<'_>, id: ID) -> Result<Option<SurveyWave>> {
        let (access, actor) = access(ctx)?;
        let Some(id) = uuid_of("wave", &id) else { return Ok(None) };
        Ok(seen(study::wave(&access.ctx, actor, WaveId(id)).await)?.map(SurveyWave))
    }

    /// A response of a study that one runs; null for any other.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn response(&self, ctx: &Context<'_>, id: ID) -> Result<Option<SurveyResponse>> {
        let (access, actor) = access(ctx)?;
        let Some(id) = uuid_of("response", &id) else { return Ok(None) };
        Ok(seen(response::one(&access.ctx, actor, ResponseId(id)).await)?.map(SurveyResponse::of))
    }

    /// An instrument of a study that one runs; null for any other.
    #[graphql(guard = "May(Action::RunWave)")]
    async fn instrument(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Instrument>> {
        let (access, actor) = access(ctx)?;
        let Some(id) = uuid_of("instrument", &id) else { return Ok(None) };
        Ok(seen(instrument::one(&access.ctx, actor, InstrumentId(id)).await)?.map(Instrument))
    }
}

/// What may not be seen is not there.
fn seen<T>(found: std::result::Result<T, app::Error>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(app::Error::NotFound | app::Error::Forbidden) => Ok(None),
        Err(error) => Err(refuse(error)),
    }
}
