//! Publishers side by side: the users and the datasets of each.

use std::cmp::Reverse;
use std::collections::HashSet;

use roaring::RoaringBitmap;

use super::concentration::bodies;
use super::intensity;
use crate::atlas::{Atlas, Body, DatasetIx, FastMap, Filter, OrgIx, Rollup, Selection};

/// Publishers with their distinct users in a selection, most first, then by name. A level of government is no
/// publisher: under `LEVEL` the bodies themselves are listed.
pub fn users_per_publisher(atlas: &Atlas, selection: &Selection, rollup: Option<Rollup>) -> Vec<(OrgIx, u64)> {
    let rollup = rollup.map(Rollup::of_bodies);
    let whole = are_whole(selection, rollup);
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

/// Whether the users of a body are those of its profile, with its descendants and predecessors: under the default, where
/// nothing is asked of claims.
fn are_whole(selection: &Selection, rollup: Option<Rollup>) -> bool {
    rollup.is_none() && selection.claims.is_plain()
}

/// How many datasets count for each body under a filter: of the claims that its users are counted by.
#[derive(Debug, Default)]
pub enum Datasets {
    /// Nothing is selected: all that are known of the bodies counted, used or not.
    #[default]
    Known,
    /// Those that the organisations selected name, in claims that pass.
    Named {
        /// Of each body with those that count for it.
        counted: FastMap<OrgIx, u64>,
        /// Of each body as it was named.
        own: FastMap<OrgIx, u64>,
    },
}

impl Datasets {
    /// Counts them for every body at once, over what a filter selects. A body that it names is a condition like any other.
    pub fn of(atlas: &Atlas, filter: &Filter, selection: &Selection) -> Self {
        if filter.publisher.is_empty() && filter.selects_nothing_of_a_body() {
            return Self::Known;
        }
        let rollup = filter.rollup.map(Rollup::of_bodies);
        let whole = are_whole(selection, rollup);
        let (mut counted, mut own) = (Vec::new(), Vec::new());
        for (_, claim) in selection.all_claims(atlas).filter(|(_, claim)| !selection.claims.is_covered(atlas, claim)) {
            let (Some(dataset), Some(publisher)) = (claim.dataset, claim.publisher) else { continue };
            own.push((publisher, dataset));
            if whole {
                counted.extend(atlas.counts_for(claim).map(|body| (body, dataset)));
            } else if let Some(Body::Organisation(body)) = atlas.body(claim, rollup) {
                counted.push((body, dataset));
            }
        }
        Self::Named { counted: distinct(counted), own: distinct(own) }
    }

    /// Those of a body under the filter that they were counted for, and those of them that are its own.
    pub fn of_body(&self, atlas: &Atlas, filter: &Filter, body: OrgIx) -> (u64, u64) {
        let count = |of: &FastMap<OrgIx, u64>| of.get(&body).copied().unwrap_or(0);
        match self {
            Self::Known => {
                let known = intensity::datasets_of(atlas, &atlas.bodies_counted(body, filter));
                (known.len() as u64, atlas.datasets_of(body).len() as u64)
            }
            Self::Named { counted, own } => (count(counted), count(own)),
        }
    }
}

/// How many distinct datasets stand beside each body.
fn distinct(mut pairs: Vec<(OrgIx, DatasetIx)>) -> FastMap<OrgIx, u64> {
    pairs.sort_unstable();
    pairs.dedup();
    let mut counts = FastMap::default();
    for (body, _) in pairs {
        *counts.entry(body).or_default() += 1;
    }
    counts
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
