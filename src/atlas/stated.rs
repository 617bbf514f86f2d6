//! Whose data count for a body: those that accepted relations place below it, and those that surveys state under it. One
//! rule for its users and its datasets, whether a page, the API or a file says them.

use std::collections::BTreeSet;

use roaring::RoaringBitmap;

use super::handle::{DatasetIx, Groups, OrgIx};
use super::publishers::Rollup;
use super::{Atlas, Filter, Selection};

/// Whose stated parent a claim counts for, besides the publisher it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    Ignored,
    WhileUndecided,
    Only,
}

impl Filter {
    /// What its roll-up takes of the parents that surveys state.
    pub(super) fn stated(&self) -> Stated {
        match (self.rollup, self.reach()) {
            (None, (true, _)) => Stated::WhileUndecided,
            (Some(Rollup::AsStated), (true, _)) => Stated::Only,
            _ => Stated::Ignored,
        }
    }

    /// Whether all users of a body are meant: nothing is asked but which body, and how bodies are added up. Over several
    /// bodies the one that is named is a condition of its own.
    pub fn selects_nothing_of_a_body(&self) -> bool {
        let Self { with_descendants, with_predecessors, include_recovered, rollup, .. } = *self;
        let all = Self { with_descendants, with_predecessors, include_recovered, rollup, ..Self::default() };
        Self { publisher: Vec::new(), ..self.clone() } == all
    }
}

/// What surveys state of the bodies that claims name, laid out once: nobody who asks for a body looks through its claims.
#[derive(Debug, Default)]
pub(super) struct StatedParts {
    /// Each body with those that claims name under it, itself where they state no other.
    parts: Groups<OrgIx, OrgIx>,
    /// The bodies that a claim names.
    named: RoaringBitmap,
    /// Organisations of whom a claim counts for the body that it states, and another one is at the root.
    pub(super) elsewhere: RoaringBitmap,
}

impl StatedParts {
    /// Gathers what the countable claims on each publisher state.
    pub(super) fn of(atlas: &Atlas) -> Self {
        let (mut pairs, mut named, mut elsewhere) = (Vec::new(), RoaringBitmap::new(), RoaringBitmap::new());
        let mut stated: Vec<OrgIx> = Vec::new();
        for body in (0..atlas.organisations.len() as u32).map(OrgIx::new) {
            stated.clear();
            let claims = atlas.claims_naming(body).iter().map(|&claim| atlas.claim(claim));
            for claim in claims.filter(|claim| claim.is_countable()) {
                let above = claim.stated.unwrap_or(body);
                if above != atlas.root_of(body) && atlas.counts_as_stated(claim) {
                    elsewhere.insert(claim.organisation.get());
                }
                if !stated.contains(&above) {
                    stated.push(above);
                }
            }
            if !stated.is_empty() {
                named.insert(body.get());
                pairs.extend(stated.iter().map(|&above| (above, body)));
            }
        }
        Self { parts: Groups::new(atlas.organisations.len(), pairs), named, elsewhere }
    }
}

impl Atlas {
    /// The bodies whose claims count for one by the body that they name, itself included, as far as a filter reaches.
    pub(super) fn named_with(&self, body: OrgIx, filter: &Filter) -> Vec<OrgIx> {
        let (descendants, predecessors) = filter.reach();
        // What surveys state needs no relation.
        let descendants = descendants && filter.stated() != Stated::Only;
        let mut bodies = self.hierarchy.below(body, descendants, predecessors);
        bodies.retain(|&of| self.counts_with(filter.rollup, of, body));
        bodies
    }

    /// The bodies whose datasets count for one under the roll-up of a filter, as their users do. What nobody names counts
    /// where the relations of the record place it.
    pub fn bodies_counted(&self, body: OrgIx, filter: &Filter) -> Vec<OrgIx> {
        let mut bodies = self.named_with(body, filter);
        match filter.stated() {
            Stated::Ignored => {}
            Stated::WhileUndecided => {
                let undecided = |&above: &OrgIx| {
                    let parts = self.stated_parts.parts.of(above).iter().copied();
                    parts.filter(move |&part| self.is_undecided(Some(part), Some(above)))
                };
                let parts: Vec<OrgIx> = bodies.iter().flat_map(undecided).collect();
                bodies.extend(parts);
            }
            Stated::Only => {
                // Where all claims on a body state another one, it counts for that one alone.
                bodies.retain(|of| !self.stated_parts.named.contains(of.get()));
                bodies.extend(self.stated_parts.parts.of(body));
            }
        }
        bodies.sort_unstable();
        bodies.dedup();
        bodies
    }

    /// The datasets that claims of a selection name, a series and its editions once per organisation.
    pub fn datasets_named(&self, selection: &Selection) -> BTreeSet<DatasetIx> {
        let claims = selection.organisations.iter().flat_map(|org| selection.claims_of(self, OrgIx::new(org)));
        claims
            .filter(|(_, claim)| !selection.claims.is_covered(self, claim))
            .filter_map(|(_, claim)| claim.dataset)
            .collect()
    }
}
