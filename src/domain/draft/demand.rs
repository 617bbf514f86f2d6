//! Requests for data and what users say of datasets, as a run delivers them: reviewed already, so that everybody may
//! read them.

use chrono::NaiveDate;
use entity::vocabulary::{BlockingReason, FeedbackDimension, FeedbackSeverity, FeedbackState, RequestStatus};

use super::Key;

/// A request for data.
#[derive(Clone, Debug)]
pub struct RequestDraft {
    pub key: Key,
    pub title: String,
    pub description: Option<String>,
    pub purpose: Option<String>,
    /// The language of its texts, and of the answer.
    pub lang: String,
    /// The body that has the data.
    pub publisher: Option<Key>,
    pub blocking: BlockingReason,
    /// Codes of what it is about.
    pub themes: Vec<String>,
    /// The wave in whose answers it was named.
    pub wave: Option<Key>,
    pub frequency: Option<String>,
    pub format: Option<String>,
    pub status: RequestStatus,
    pub submitted_on: NaiveDate,
    /// When it was passed to the body, and by when that has to answer.
    pub term: Option<(NaiveDate, NaiveDate)>,
    pub answered_on: Option<NaiveDate>,
    pub planned_on: Option<NaiveDate>,
    pub published_on: Option<NaiveDate>,
    pub answer: Option<String>,
    pub legal_basis: Option<String>,
    /// What it led to.
    pub datasets: Vec<Key>,
    /// Who needs it.
    pub supports: Vec<SupportDraft>,
}

/// An organisation that needs what a request asks for.
#[derive(Clone, Debug)]
pub struct SupportDraft {
    pub organisation: Key,
    pub on: NaiveDate,
    pub blocks_project: bool,
}

/// What somebody says of a dataset.
#[derive(Clone, Debug)]
pub struct FeedbackDraft {
    pub key: Key,
    pub dataset: Key,
    pub on: NaiveDate,
    pub rating: Option<i16>,
    pub dimension: Option<FeedbackDimension>,
    pub severity: Option<FeedbackSeverity>,
    pub comment: Option<String>,
    /// The language of its texts.
    pub lang: String,
    pub state: FeedbackState,
    pub reply: Option<String>,
    pub fixed_on: Option<NaiveDate>,
}
