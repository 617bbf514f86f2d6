//! Requests for data: few, and read whole each time, so that nothing of them is kept from the atlas before.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::mem::take;

use chrono::NaiveDate;
use entity::vocabulary::RequestStatus;

use super::Builder;
use crate::atlas::handle::{CodeIx, FastMap, RequestIx};
use crate::atlas::requests::{Request, RequestSupport};
use crate::atlas::rows::{RequestRow, Rows};
use crate::atlas::{Atlas, Lang};
use crate::domain::demand::{Supporter, THEMES};

/// Takes from a request what was done about it after a day; says whether it may have led to anything by then.
fn as_it_stood(row: &mut RequestRow, day: NaiveDate) -> bool {
    let is_later = |on: Option<NaiveDate>| on.is_some_and(|on| on > day);
    let has_led = ![row.published_on, row.answered_on, row.forwarded_on].into_iter().any(is_later);
    if is_later(row.published_on) {
        row.published_on = None;
        row.status = if row.planned_on.is_some() { RequestStatus::AcceptedPlanned } else { RequestStatus::Forwarded };
    }
    if is_later(row.answered_on) {
        (row.answered_on, row.planned_on, row.answer, row.legal_basis) = (None, None, None, None);
        row.status = RequestStatus::Forwarded;
    }
    if is_later(row.forwarded_on) {
        (row.forwarded_on, row.due_on) = (None, None);
        row.status = RequestStatus::Triaged;
    }
    has_led
}

impl Builder<'_> {
    pub(super) fn requests(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let mut requests = take(&mut rows.requests);
        // Nobody saw it before a curator showed it.
        requests.retain(|row| row.triaged_on.unwrap_or(row.submitted_on) <= atlas.as_of);
        let unled: HashSet<_> =
            requests.iter_mut().filter_map(|row| (!as_it_stood(row, atlas.as_of)).then_some(row.id.0)).collect();
        requests.sort_by_key(|row| (Reverse(row.submitted_on), row.id));
        let at: FastMap<_, _> =
            requests.iter().enumerate().map(|(at, row)| (row.id.0, RequestIx::new(at as u32))).collect();
        for row in requests {
            let duplicate_of = row.duplicate_of.and_then(|id| at.get(&id.0).copied());
            let request = self.request(atlas, &row, duplicate_of);
            atlas.requests.push(request);
        }
        for (request, dataset) in take(&mut rows.request_datasets) {
            let pair = at.get(&request.0).zip(self.ids.datasets.get(&dataset.0)).map(|(&ix, &dataset)| (ix, dataset));
            let Some((ix, dataset)) = pair else { continue };
            if !unled.contains(&request.0) {
                atlas.requests[ix.at()].datasets.push(dataset);
            }
        }
        for row in take(&mut rows.request_supports) {
            let Some(&ix) = at.get(&row.request.0) else { continue };
            if row.supported_on > atlas.as_of {
                continue;
            }
            let organisation = row.organisation.and_then(|id| self.ids.organisations.get(&id.0).copied());
            atlas.requests[ix.at()].supports.push(RequestSupport {
                by: if row.organisation.is_some() { Supporter::Organisation } else { Supporter::Person },
                organisation,
                is_named: row.is_named && organisation.is_some(),
                count: u32::try_from(row.count).unwrap_or(0),
                supported_on: row.supported_on,
                blocks_project: row.blocks_project,
            });
        }
        for request in &mut atlas.requests {
            request.datasets.sort_unstable();
            request.supports.sort_by_key(|row| (row.supported_on, row.organisation, row.blocks_project, row.is_named));
        }
    }

    fn request(&mut self, atlas: &Atlas, row: &RequestRow, duplicate_of: Option<RequestIx>) -> Request {
        // Texts can be compared before they can be read.
        let scheme = self.texts.intern(THEMES);
        let words: Vec<_> = row.themes.iter().map(|word| self.texts.intern(word)).collect();
        let is_theme = |ix: &CodeIx| {
            let code = &atlas.codes[ix.at()];
            code.scheme == scheme && words.contains(&code.code)
        };
        let themes = (0..atlas.codes.len() as u32).map(CodeIx::new).filter(is_theme).collect();
        let wave = row.wave.and_then(|id| self.ids.waves.get(&id.0));
        Request {
            id: row.id,
            slug: self.texts.intern(&row.slug),
            title: self.texts.intern(&row.title),
            description: self.texts.maybe(row.description.as_deref()),
            purpose: self.texts.maybe(row.purpose.as_deref()),
            lang: Lang::new(&row.lang),
            publisher: row.publisher.and_then(|id| self.ids.organisations.get(&id.0).copied()),
            blocking: row.blocking,
            frequency: self.texts.maybe(row.frequency.as_deref()),
            format: self.texts.maybe(row.format.as_deref()),
            origin: row.origin,
            status: row.status,
            submitted_on: row.submitted_on,
            forwarded_on: row.forwarded_on,
            due_on: row.due_on,
            answered_on: row.answered_on,
            planned_on: row.planned_on,
            published_on: row.published_on,
            answer: self.texts.maybe(row.answer.as_deref()),
            answer_lang: Lang::new(row.answer_lang.as_deref().unwrap_or(&row.lang)),
            legal_basis: self.texts.maybe(row.legal_basis.as_deref()),
            duplicate_of,
            themes,
            study: wave.map(|&wave| atlas.waves[wave.at()].study),
            datasets: Vec::new(),
            supports: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use entity::id::DataRequestId;
    use entity::vocabulary::{BlockingReason, RequestOrigin};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_was_done_later_has_not_been_done_yet() {
        use RequestStatus::{AcceptedPlanned, Forwarded, Published, Triaged};
        let row = RequestRow {
            id: DataRequestId(uuid::Uuid::nil()),
            slug: "rain".to_owned(),
            title: "Rain".to_owned(),
            description: None,
            purpose: None,
            lang: "en".to_owned(),
            publisher: None,
            blocking: BlockingReason::Stale,
            frequency: None,
            format: None,
            origin: RequestOrigin::Form,
            status: Published,
            submitted_on: day("2025-01-10"),
            forwarded_on: Some(day("2025-02-10")),
            due_on: Some(day("2025-03-12")),
            answered_on: Some(day("2025-03-01")),
            planned_on: Some(day("2025-06-30")),
            published_on: Some(day("2025-06-01")),
            answer: Some("We shall".to_owned()),
            answer_lang: None,
            legal_basis: None,
            duplicate_of: None,
            triaged_on: Some(day("2025-01-10")),
            themes: Vec::new(),
            wave: None,
        };
        for (on, status, answered, due) in [
            ("2025-01-31", Triaged, false, false),
            ("2025-02-10", Forwarded, false, true),
            ("2025-03-01", AcceptedPlanned, true, true),
            ("2025-06-01", Published, true, true),
        ] {
            let mut row = row.clone();
            let has_led = as_it_stood(&mut row, day(on));
            assert_eq!(has_led, status == Published, "{on}");
            assert_eq!((row.status, row.answer.is_some(), row.due_on.is_some()), (status, answered, due), "{on}");
        }
    }
}
