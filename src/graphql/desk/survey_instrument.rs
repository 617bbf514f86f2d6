//! Questionnaires of a study: copied, edited as drafts, published for good.

use async_graphql::{Enum, ID, InputObject, Object, Result, SimpleObject};

use super::survey_study::SurveyText;
use crate::app::survey::instrument;
use crate::graphql::node::id;
use crate::graphql::outcome::{UserError, refuse};
use crate::graphql::scalar::DateTime;

/// Whether an instrument may still change.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::InstrumentState")]
pub enum InstrumentState {
    /// It may be edited, and no wave may ask by it.
    Draft,
    /// It never changes.
    Published,
    /// It was set aside while it was a draft.
    Discarded,
}

/// A version of a questionnaire.
pub struct Instrument(pub(super) instrument::Row);

/// A version of a questionnaire.
#[Object]
impl Instrument {
    /// Global id, `instrument:uuid`.
    async fn id(&self) -> ID {
        id("instrument", self.0.id.0)
    }

    /// Global id of its study.
    async fn study_id(&self) -> ID {
        id("study", self.0.study_id.0)
    }

    /// The name that all its versions share.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Which version it is, such as `1.2.0`.
    async fn version(&self) -> &str {
        &self.0.version
    }

    /// Whether it may still change.
    async fn state(&self) -> InstrumentState {
        self.0.state.into()
    }

    /// Its title.
    async fn title(&self) -> Result<SurveyText> {
        let content = instrument::content(&self.0).map_err(refuse)?;
        Ok(SurveyText::of(&serde_json::to_string(&content.title)?))
    }

    /// How many questions it asks.
    async fn question_count(&self) -> Result<usize> {
        Ok(instrument::content(&self.0).map_err(refuse)?.questions().count())
    }

    /// All of it as JSON, in the form that `instrumentSave` takes.
    async fn content(&self) -> &str {
        &self.0.content
    }

    /// Which state of it this is: what `instrumentSave` takes. Another content has another revision.
    async fn revision(&self) -> String {
        instrument::revision_of(&self.0)
    }

    /// What stands in the way of publishing it; empty for one that may be, or is, published.
    async fn faults(&self) -> Result<Vec<UserError>> {
        Ok(instrument::faults(&self.0).map_err(refuse)?.into_iter().map(Into::into).collect())
    }

    /// The instrument that it is a copy of; null for the one that ships with the program.
    async fn based_on_id(&self) -> Option<ID> {
        self.0.based_on_id.map(|from| id("instrument", from.0))
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was published; null for a draft.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime)
    }
}

/// What `instrumentFork` takes.
#[derive(InputObject)]
pub struct InstrumentForkInput {
    /// The study that gets the copy.
    pub(super) study_id: ID,
    /// What is copied; the instrument that ships with the program where left out.
    pub(super) instrument_id: Option<ID>,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// What `instrumentSave` takes.
#[derive(InputObject)]
pub struct InstrumentSaveInput {
    /// The draft.
    pub(super) instrument_id: ID,
    /// All of it as JSON. Its key and its version stay those it was made with.
    pub(super) content: String,
    /// The revision that the sender has read, of `Instrument.revision`. Where somebody has saved another since, nothing is
    /// done and the code is `CONFLICT`. Left out, whatever stands is written over.
    pub(super) revision: Option<String>,
}

/// What `instrumentPublish` takes.
#[derive(InputObject)]
pub struct InstrumentPublishInput {
    /// The draft.
    pub(super) instrument_id: ID,
}

/// What `instrumentDiscard` takes.
#[derive(InputObject)]
pub struct InstrumentDiscardInput {
    /// The draft.
    pub(super) instrument_id: ID,
}

/// An instrument that was copied, edited, published or set aside.
#[derive(SimpleObject)]
pub struct InstrumentPayload {
    /// The instrument; null where nothing was done.
    pub(super) instrument: Option<Instrument>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}
