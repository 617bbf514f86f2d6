//! Expands requests for data, who supports them, and what users say of datasets.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use entity::id::{DataRequestDatasetId, DataRequestId, DatasetFeedbackId, RequestSupportId};
use entity::vocabulary::{FeedbackOrigin, Moderation, RequestOrigin, RequestStatus, RowVisibility};
use serde_json::json;

use super::expand::{Expand, child, fact};
use crate::domain::demand::{THEMES, is_open};
use crate::domain::draft::demand::{FeedbackDraft, RequestDraft};
use crate::domain::text::slug;

const PUBLIC: RowVisibility = RowVisibility::Public;

impl Expand<'_> {
    pub(super) fn request(&mut self, draft: &RequestDraft) {
        let id = DataRequestId(self.id("data_request", &draft.key));
        if draft.status == RequestStatus::Duplicate {
            return self.fault(&draft.key, "a run delivers a request and who supports it, not its duplicates");
        }
        if draft.term.is_some() && draft.publisher.is_none() {
            self.fault(&draft.key, "a term needs the publisher that it is of");
        }
        let publisher_id = draft.publisher.as_ref().map(|key| self.organisation_id(&draft.key, key));
        let wave_id = self.wave(&draft.key, draft.wave.as_ref()).map(|(id, _)| id);
        for theme in &draft.themes {
            self.code(&draft.key, THEMES, theme);
        }
        let last = [draft.published_on, draft.answered_on, Some(draft.submitted_on)].into_iter().flatten().max();
        self.rows.requests.push(fact!(data_request, id, PUBLIC, {
            slug: slug(&draft.lang, &draft.title),
            title: draft.title.clone(),
            description: draft.description.clone(),
            purpose: draft.purpose.clone(),
            lang: draft.lang.clone(),
            publisher_id,
            organisation_id: None,
            requested_by: None,
            blocking: draft.blocking,
            frequency: draft.frequency.clone(),
            format: draft.format.clone(),
            origin: RequestOrigin::Import,
            status: draft.status,
            submitted_on: draft.submitted_on,
            triaged_on: Some(draft.submitted_on),
            forwarded_on: draft.term.map(|term| term.0),
            due_on: draft.term.map(|term| term.1),
            answered_on: draft.answered_on,
            planned_on: draft.planned_on,
            published_on: draft.published_on,
            closed_on: last.filter(|_| !is_open(draft.status)),
            answer: draft.answer.clone(),
            answer_lang: draft.answer.as_ref().map(|_| draft.lang.clone()),
            legal_basis: draft.legal_basis.clone(),
            duplicate_of_id: None,
            themes: json!(draft.themes).to_string(),
            wave_id,
        }));
        for key in &draft.datasets {
            let dataset_id = self.dataset_id(&draft.key, key);
            let led = DataRequestDatasetId(child(id.0, &format!("dataset/{dataset_id}")));
            self.rows.request_datasets.push(fact!(data_request_dataset, led, PUBLIC, {
                data_request_id: id,
                dataset_id,
            }));
        }
        for support in &draft.supports {
            let organisation = self.organisation_id(&draft.key, &support.organisation);
            let row = RequestSupportId(child(id.0, &format!("support/{organisation}")));
            self.rows.supports.push(fact!(request_support, row, PUBLIC, {
                data_request_id: id,
                organisation_id: Some(organisation),
                account_id: None,
                supported_on: support.on,
                blocks_project: support.blocks_project,
                comment: None,
            }));
        }
    }

    pub(super) fn feedback(&mut self, draft: &FeedbackDraft) {
        let id = DatasetFeedbackId(self.id("dataset_feedback", &draft.key));
        let dataset_id = self.dataset_id(&draft.key, &draft.dataset);
        if draft.rating.is_some_and(|rating| !(1..=4).contains(&rating)) {
            self.fault(&draft.key, "a rating goes from 1 to 4");
        }
        let at = noon(draft.on);
        self.rows.feedback.push(fact!(dataset_feedback, id, PUBLIC, {
            dataset_id,
            organisation_id: None,
            response_id: None,
            rating: draft.rating,
            dimension: draft.dimension,
            severity: draft.severity,
            comment: draft.comment.clone(),
            lang: draft.comment.as_ref().map(|_| draft.lang.clone()),
            sample_url: None,
            origin: FeedbackOrigin::Form,
            submitted_at: at,
            moderation: Moderation::Shown,
            moderation_reason: None,
            moderated_at: Some(at),
            moderated_by: None,
            state: draft.state,
            reply: draft.reply.clone(),
            replied_at: draft.reply.as_ref().map(|_| at),
            replied_by: None,
            fixed_on: draft.fixed_on,
        }));
    }
}

/// The middle of a day, for what is known to the day.
fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()).and_utc()
}
