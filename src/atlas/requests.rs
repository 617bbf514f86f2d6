//! Requests for data, as everybody may see them: persons are numbers, and organisations are named where they may be.

use chrono::NaiveDate;
use entity::id::DataRequestId;
use entity::vocabulary::{BlockingReason, RequestOrigin, RequestStatus};

use super::{Atlas, CodeIx, DatasetIx, Lang, OrgIx, RequestIx, StrIx, StudyIx};
use crate::domain::demand::Supporter;

/// A request for data.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: DataRequestId,
    pub slug: StrIx,
    pub title: StrIx,
    pub description: Option<StrIx>,
    pub purpose: Option<StrIx>,
    /// The language of its texts.
    pub lang: Lang,
    /// The body that has the data, as far as anybody has said.
    pub publisher: Option<OrgIx>,
    pub blocking: BlockingReason,
    pub frequency: Option<StrIx>,
    pub format: Option<StrIx>,
    pub origin: RequestOrigin,
    pub status: RequestStatus,
    pub submitted_on: NaiveDate,
    pub forwarded_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub answered_on: Option<NaiveDate>,
    pub planned_on: Option<NaiveDate>,
    pub published_on: Option<NaiveDate>,
    pub answer: Option<StrIx>,
    pub answer_lang: Lang,
    pub legal_basis: Option<StrIx>,
    pub duplicate_of: Option<RequestIx>,
    /// What it is about, in the order of the codes.
    pub themes: Vec<CodeIx>,
    /// The study in whose answers it was named.
    pub study: Option<StudyIx>,
    /// What it has led to.
    pub datasets: Vec<DatasetIx>,
    pub supports: Vec<RequestSupport>,
}

/// Some who support a request since the same day: one organisation, or a number of persons.
#[derive(Clone, Debug)]
pub struct RequestSupport {
    pub by: Supporter,
    pub organisation: Option<OrgIx>,
    /// Whether the organisation may be named as a supporter.
    pub is_named: bool,
    pub count: u32,
    pub supported_on: NaiveDate,
    pub blocks_project: bool,
}

impl Request {
    /// How many support it, organisations or persons.
    pub fn count(&self, by: Supporter) -> u32 {
        self.supports.iter().filter(|row| row.by == by).map(|row| row.count).sum()
    }

    /// How many of them say that a project waits for the data.
    pub fn blocked(&self) -> u32 {
        self.supports.iter().filter(|row| row.blocks_project).map(|row| row.count).sum()
    }

    /// The supporting organisations that may be named.
    pub fn named<'a>(&'a self, atlas: &'a Atlas) -> impl Iterator<Item = OrgIx> + 'a {
        let named = self.supports.iter().filter(|row| row.is_named).filter_map(|row| row.organisation);
        named.filter(|&org| atlas.is_shown(org))
    }
}

impl Atlas {
    /// All requests that are shown, the newest first.
    pub fn requests(&self) -> impl ExactSizeIterator<Item = RequestIx> + use<> {
        (0..self.requests.len() as u32).map(RequestIx::new)
    }

    /// A request.
    pub fn request(&self, ix: RequestIx) -> &Request {
        &self.requests[ix.at()]
    }

    /// A request by id.
    pub fn request_by_id(&self, id: DataRequestId) -> Option<RequestIx> {
        self.requests().find(|&ix| self.request(ix).id == id)
    }

    /// A request by slug.
    pub fn request_by_slug(&self, slug: &str) -> Option<RequestIx> {
        self.requests().find(|&ix| self.str(self.request(ix).slug) == slug)
    }
}
