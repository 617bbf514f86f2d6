//! Publishers side by side: the users of each.

use std::cmp::Reverse;
use std::collections::HashSet;

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
