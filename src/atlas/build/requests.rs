//! Requests for data: few, and read whole each time, so that nothing of them is kept from the atlas before.

use std::cmp::Reverse;
use std::mem::take;

use super::Builder;
use crate::atlas::handle::{FastMap, RequestIx};
use crate::atlas::requests::{Request, RequestSupport};
use crate::atlas::rows::{RequestRow, Rows};
use crate::atlas::{Atlas, Lang};
use crate::domain::demand::Supporter;

impl Builder<'_> {
    pub(super) fn requests(&mut self, atlas: &mut Atlas, rows: &mut Rows) {
        let mut requests = take(&mut rows.requests);
        requests.retain(|row| row.submitted_on <= atlas.as_of);
        requests.sort_by_key(|row| (Reverse(row.submitted_on), row.id));
        let at: FastMap<_, _> =
            requests.iter().enumerate().map(|(at, row)| (row.id.0, RequestIx::new(at as u32))).collect();
        for row in requests {
            let duplicate_of = row.duplicate_of.and_then(|id| at.get(&id.0).copied());
            let request = self.request(&row, duplicate_of);
            atlas.requests.push(request);
        }
        for (request, dataset) in take(&mut rows.request_datasets) {
            let pair = at.get(&request.0).zip(self.ids.datasets.get(&dataset.0)).map(|(&ix, &dataset)| (ix, dataset));
            let Some((ix, dataset)) = pair else { continue };
            atlas.requests[ix.at()].datasets.push(dataset);
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

    fn request(&mut self, row: &RequestRow, duplicate_of: Option<RequestIx>) -> Request {
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
            datasets: Vec::new(),
            supports: Vec::new(),
        }
    }
}
