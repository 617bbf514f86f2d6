//! Publishers side by side: the users and the datasets of each.

use std::cmp::Reverse;
use std::collections::HashSet;

use roaring::RoaringBitmap;

use super::concentration::bodies;
use crate::atlas::{Atlas, Body, Filter, OrgIx, Rollup, Selection};

/// Publishers with their distinct users in a selection, most first, then by name. A level of government is no
/// publisher: under `LEVEL` the bodies themselves are listed.
pub fn users_per_publisher(atlas: &Atlas, selection: &Selection, rollup: Option<Rollup>) -> Vec<(OrgIx, u64)> {
    let rollup = rollup.map(Rollup::of_bodies);
    // Under the default, a body's users are those of its profile: with its descendants and predecessors.
    let whole = rollup.is_none() && selection.claims.is_plain();
    let mut rows: Vec<(OrgIx, u64)> = bodies(atlas, selection, rollup)
        .into_iter()
        .filter_map(|(body, users)| match body {
            Body::Organisation(ix) if whole => {
                Some((ix, atlas.users_of(ix).intersection_len(&selection.organisations)))
            }
            Body::Organisation(ix) => Some((ix, users)),
            Body::Level(_) => None,
        })
        .collect();
    rows.sort_by_key(|&(ix, users)| (Reverse(users), ix));
    rows
}

/// How many organisations use a body by default once a part of it has been decided: it counts by accepted relations from
/// then on, so that whoever uses what surveys alone state as a part of it is left out. `parts` are those that the decision
/// accepts, of today.
pub fn users_once_decided(atlas: &Atlas, body: OrgIx, parts: &[OrgIx]) -> u64 {
    let tree = &atlas.hierarchy;
    // What is part of another body already stays there.
    let joining = parts.iter().copied().filter(|&part| tree.parent(part).is_none());
    let counting = joining.chain([body]).flat_map(|of| tree.below(of, true, true));
    let users = counting.map(|of| {
        let is_decided = of == body || parts.contains(&of) || tree.decided[of.at()];
        if is_decided { atlas.users_of_alone(of) } else { atlas.users_of(of) }
    });
    users.fold(RoaringBitmap::new(), |all, users| all | users).len()
}

/// How many publishers are used at all, under the default roll-up.
pub fn used(atlas: &Atlas) -> usize {
    users_per_publisher(atlas, &atlas.select(&Filter::default()), None).len()
}

/// Publishers that the organisations of a filter without its sectors use and those of the sectors do not.
pub fn unused_here(atlas: &Atlas, filter: &Filter) -> Vec<(OrgIx, u64)> {
    let used: HashSet<OrgIx> = users_per_publisher(atlas, &atlas.select(filter), filter.rollup)
        .into_iter()
        .map(|(publisher, _)| publisher)
        .collect();
    let all = Filter { sector: Vec::new(), ..filter.clone() };
    let mut rows = users_per_publisher(atlas, &atlas.select(&all), filter.rollup);
    rows.retain(|(publisher, _)| !used.contains(publisher));
    rows
}
