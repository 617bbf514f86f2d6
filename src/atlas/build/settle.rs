//! Puts what hangs on a record into an order of its own, so that an atlas does not depend on the order in
//! which a database happens to give its rows.

use std::cmp::{Ordering, Reverse};
use std::mem::take;

use entity::vocabulary::LocationRole;

use crate::atlas::handle::{Groups, Handle};
use crate::atlas::{Atlas, StrIx};

/// Sorts the items of each owner, comparing them inside the atlas that they were taken out of.
fn settle<K: Handle, T>(
    atlas: &mut Atlas,
    of: fn(&mut Atlas) -> &mut Groups<K, T>,
    compare: impl Fn(&Atlas, &T, &T) -> Ordering,
) {
    let mut groups = take(of(atlas));
    groups.sort_each(|a, b| compare(atlas, a, b));
    *of(atlas) = groups;
}

impl Atlas {
    /// Orders names by kind, locations by role, responses by wave, and the rest by what they say.
    pub(super) fn settle(&mut self) {
        let text = |atlas: &Self, a: Option<StrIx>, b: Option<StrIx>| atlas.maybe(a).cmp(&atlas.maybe(b));
        settle(
            self,
            |of| &mut of.names,
            |atlas, a, b| {
                a.kind.cmp(&b.kind).then_with(|| atlas.str(a.text).cmp(atlas.str(b.text))).then(a.lang.cmp(&b.lang))
            },
        );
        settle(
            self,
            |of| &mut of.identifiers,
            |atlas, a, b| a.scheme.cmp(&b.scheme).then_with(|| atlas.str(a.value).cmp(atlas.str(b.value))),
        );
        settle(
            self,
            |of| &mut of.locations,
            |atlas, a, b| {
                (a.role != LocationRole::Hq, a.role)
                    .cmp(&(b.role != LocationRole::Hq, b.role))
                    .then_with(|| text(atlas, a.locality, b.locality))
                    .then_with(|| text(atlas, a.postal_code, b.postal_code))
            },
        );
        settle(
            self,
            |of| &mut of.relations,
            |_, a, b| (a.kind, a.outgoing, a.other).cmp(&(b.kind, b.outgoing, b.other)),
        );
        settle(
            self,
            |of| &mut of.assignments,
            |atlas, a, b| {
                (Reverse(a.wave), a.role, a.code)
                    .cmp(&(Reverse(b.wave), b.role, b.code))
                    .then_with(|| text(atlas, a.text, b.text))
            },
        );
        settle(self, |of| &mut of.missing, |_, a, b| a.cmp(b));
        settle(self, |of| &mut of.responses, |_, a, b| b.wave.cmp(&a.wave));
        settle(
            self,
            |of| &mut of.answers,
            |atlas, a, b| b.wave.cmp(&a.wave).then_with(|| atlas.str(a.question).cmp(atlas.str(b.question))),
        );
        settle(self, |of| &mut of.dataset_themes, |_, a, b| a.cmp(b));
        settle(
            self,
            |of| &mut of.dataset_identifiers,
            |atlas, a, b| a.scheme.cmp(&b.scheme).then_with(|| atlas.str(a.value).cmp(atlas.str(b.value))),
        );
        settle(self, |of| &mut of.distributions, |atlas, a, b| atlas.str(a.url).cmp(atlas.str(b.url)));
        settle(
            self,
            |of| &mut of.designations,
            |atlas, a, b| a.kind.cmp(&b.kind).then_with(|| text(atlas, a.code, b.code)),
        );
        settle(self, |of| &mut of.feedback, |_, a, b| b.on.cmp(&a.on).then(a.id.cmp(&b.id)));
        settle(self, |of| &mut of.ratings, |_, a, b| a.cmp(b));
        settle(self, |of| &mut of.mappings, |_, a, b| (a.to, a.relation).cmp(&(b.to, b.relation)));
        settle(self, |of| &mut of.claim_evidence, by_source);
        settle(self, |of| &mut of.impact_evidence, by_source);
    }
}

fn by_source(atlas: &Atlas, a: &crate::atlas::Evidence, b: &crate::atlas::Evidence) -> Ordering {
    (a.source, a.polarity)
        .cmp(&(b.source, b.polarity))
        .then_with(|| atlas.maybe(a.locator).cmp(&atlas.maybe(b.locator)))
}
