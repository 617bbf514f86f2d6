//! The datasets that most organisations use. Uses of a body that name no dataset are listed apart, never
//! spread over its datasets.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::{Figure, method};
use crate::atlas::{Atlas, Body, DatasetIx, Dimension, FastMap, Filter, Lang, OrgIx};

/// A dataset in the ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TopDataset {
    pub dataset: DatasetIx,
    /// Distinct organisations.
    pub organisations: u64,
    /// Σ over organisations of the greatest weight of their claims.
    pub weighted: f64,
}

impl TopDataset {
    /// Most organisations first, then most weight. Sums of weights may differ in their last bits.
    fn rank(&self) -> (Reverse<u64>, Reverse<i64>) {
        (Reverse(self.organisations), Reverse((self.weighted * 1e9).round() as i64))
    }
}

/// The ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct TopDatasets {
    pub figure: Figure,
    /// By distinct organisations, then weight, then Spanish title.
    pub rows: Vec<TopDataset>,
    /// Distinct organisations whose claims name a body and no dataset, most first.
    pub unspecified: Vec<(Body, u64)>,
}

impl TopDatasets {
    /// The same where equal rows stand by their titles in a language.
    #[must_use]
    pub fn titled(mut self, atlas: &Atlas, lang: Lang) -> Self {
        self.rows
            .sort_by(|a, b| a.rank().cmp(&b.rank()).then_with(|| atlas.compare_titles(a.dataset, b.dataset, lang)));
        self
    }
}

/// Distinct organisations of a filter that use any of some datasets.
pub fn users_of_any(atlas: &Atlas, filter: &Filter, datasets: &[TopDataset]) -> u64 {
    let datasets: HashSet<DatasetIx> = datasets.iter().map(|row| row.dataset).collect();
    let selection = atlas.select(filter);
    let uses = |org: &OrgIx| {
        let mut claims =
            selection.claims_of(atlas, *org).filter(|(_, claim)| !selection.claims.is_covered(atlas, claim));
        claims.any(|(_, claim)| claim.dataset.is_some_and(|dataset| datasets.contains(&dataset)))
    };
    selection.organisations.iter().map(OrgIx::new).filter(uses).count() as u64
}

/// The datasets that the organisations of a filter use.
pub fn top_datasets(atlas: &Atlas, filter: &Filter) -> TopDatasets {
    let selection = atlas.select(filter);
    let mut counts: FastMap<DatasetIx, (u64, f64)> = FastMap::default();
    let mut unspecified: FastMap<Body, u64> = FastMap::default();
    let mut own: Vec<(DatasetIx, f64)> = Vec::new();
    let mut bodies: Vec<Body> = Vec::new();
    for org in selection.organisations.iter().map(OrgIx::new) {
        own.clear();
        bodies.clear();
        for (_, claim) in
            selection.claims_of(atlas, org).filter(|(_, claim)| !selection.claims.is_covered(atlas, claim))
        {
            match claim.dataset {
                Some(dataset) => own.push((dataset, method::grade_weight(claim.grade))),
                None => bodies.extend(atlas.body(claim, filter.rollup)),
            }
        }
        own.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        own.dedup_by_key(|(dataset, _)| *dataset);
        for &(dataset, weight) in &own {
            let entry = counts.entry(dataset).or_default();
            entry.0 += 1;
            entry.1 += weight;
        }
        bodies.sort_unstable();
        bodies.dedup();
        for &body in &bodies {
            *unspecified.entry(body).or_default() += 1;
        }
    }
    let mut rows: Vec<TopDataset> = counts
        .into_iter()
        .map(|(dataset, (organisations, weighted))| TopDataset { dataset, organisations, weighted })
        .collect();
    // Handles stand in the order of Spanish titles.
    rows.sort_unstable_by_key(|row| (row.rank(), row.dataset));
    let mut unspecified: Vec<(Body, u64)> = unspecified.into_iter().collect();
    unspecified.sort_unstable_by_key(|&(body, count)| (Reverse(count), body));
    TopDatasets { figure: Figure::new(atlas, filter, &selection, Dimension::Dataset), rows, unspecified }
}
