//! When answers that were given for sums alone may be counted: enough of them, not all alike, and no other count that can
//! be asked for is larger by so few that the difference tells what those said.

use std::collections::{BTreeMap, BTreeSet};

use super::method::DISCLOSURE_COUNT;
use crate::atlas::{Atlas, DatasetIx, Filter, OrgIx, Selection};

/// What a count can be about by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Body(OrgIx),
    Dataset(DatasetIx),
}

/// Whether the answers of some organisations of a selection may be counted, in today's record; `answers` says whether
/// another one has given such an answer.
pub(super) fn may_count<T: PartialEq>(
    atlas: &Atlas,
    filter: &Filter,
    selection: &Selection,
    said: &[(OrgIx, T)],
    answers: impl Fn(OrgIx) -> bool,
) -> bool {
    let are_alike = said.iter().all(|(_, answer)| *answer == said[0].1);
    if said.len() < DISCLOSURE_COUNT || are_alike || !is_coarse(filter) {
        return false;
    }
    wider(atlas, filter, selection, said).iter().all(|wider| {
        let all = atlas.select(wider).organisations.iter().filter(|&org| answers(OrgIx::new(org))).count();
        let rest = all.saturating_sub(said.len());
        rest == 0 || rest >= DISCLOSURE_COUNT
    })
}

/// Whether it asks for a body, a dataset and a study at most, one of each: conditions of any other kind could be set so
/// that they leave out one organisation, as two waves do that nearly all have answered.
fn is_coarse(filter: &Filter) -> bool {
    let Filter { chapter, publisher, dataset, .. } = filter.clone();
    let is_single = [&chapter, &publisher, &dataset].iter().all(|words| words.len() <= 1);
    is_single && *filter == Filter { chapter, publisher, dataset, ..Filter::default() }
}

/// What can be asked for that holds all of these organisations: of everything, of a body or a dataset that all of them
/// use, in the study asked for or in all.
fn wider<T>(atlas: &Atlas, filter: &Filter, selection: &Selection, said: &[(OrgIx, T)]) -> Vec<Filter> {
    let mut counts: BTreeMap<Part, usize> = BTreeMap::new();
    for &(org, _) in said {
        for part in parts(atlas, selection, org) {
            *counts.entry(part).or_default() += 1;
        }
    }
    let shared = counts.into_iter().filter(|(_, count)| *count == said.len()).map(|(part, _)| match part {
        Part::Body(body) => Filter { publisher: vec![slug(atlas, body)], ..Filter::default() },
        Part::Dataset(dataset) => {
            Filter { dataset: vec![atlas.str(atlas.dataset(dataset).slug).to_owned()], ..Filter::default() }
        }
    });
    let subjects: Vec<Filter> = std::iter::once(Filter::default()).chain(shared).collect();
    let within = subjects.iter().map(|subject| Filter { chapter: filter.chapter.clone(), ..subject.clone() });
    within.chain(subjects.iter().cloned()).filter(|wider| wider != filter).collect()
}

fn slug(atlas: &Atlas, body: OrgIx) -> String {
    atlas.str(atlas.organisation(body).slug).to_owned()
}

fn parts(atlas: &Atlas, selection: &Selection, org: OrgIx) -> BTreeSet<Part> {
    let mut parts = BTreeSet::new();
    for (_, claim) in selection.claims_of(atlas, org) {
        parts.extend(claim.dataset.map(Part::Dataset));
        for mut body in [claim.publisher, claim.stated].into_iter().flatten() {
            // A hierarchy has no cycle; a body that is there has brought those above it.
            while parts.insert(Part::Body(body)) {
                let Some(above) = atlas.parent_of(body) else { break };
                body = above;
            }
        }
    }
    parts
}
