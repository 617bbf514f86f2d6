//! Concentration of links: the Herfindahl-Hirschman index, its normalised form and the effective number.

use super::Figure;
use crate::atlas::{Atlas, Body, Dimension, FastMap, Filter, OrgIx, Rollup, Selection, Value};

/// How concentrated some links are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Index {
    /// Σ of squared shares, 0 to 1.
    pub hhi: f64,
    /// (H − 1/N) / (1 − 1/N); `None` with fewer than two values.
    pub normalised: Option<f64>,
    /// 1/H: as many equal values would be as concentrated.
    pub effective: f64,
    /// Σ of the links.
    pub links: u64,
    /// How many values have links.
    pub values: usize,
}

impl Index {
    /// The index on its usual scale, 0 to 10,000.
    pub fn hhi_10000(&self) -> f64 {
        self.hhi * 10_000.0
    }
}

/// The index of some counts; `None` without any.
pub fn hhi(counts: impl IntoIterator<Item = u64>) -> Option<Index> {
    let counts: Vec<u64> = counts.into_iter().filter(|&count| count > 0).collect();
    let links: u64 = counts.iter().sum();
    if links == 0 {
        return None;
    }
    let hhi: f64 = counts.iter().map(|&count| (count as f64 / links as f64).powi(2)).sum();
    let n = counts.len() as f64;
    // Equal counts would give a little less than nothing in their last bits.
    let normalised = (counts.len() > 1).then(|| ((hhi - 1.0 / n) / (1.0 - 1.0 / n)).max(0.0));
    Some(Index { hhi, normalised, effective: 1.0 / hhi, links, values: counts.len() })
}

/// Concentration with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Concentration {
    pub figure: Figure,
    pub by: Dimension,
    /// `None` when nothing is linked.
    pub index: Option<Index>,
}

/// How concentrated a selection is over the values of a dimension.
pub fn concentration(atlas: &Atlas, filter: &Filter, by: Dimension) -> Concentration {
    let selection = atlas.select(filter);
    let index = if by == Dimension::Publisher {
        hhi(bodies(atlas, &selection, filter.rollup).into_iter().map(|(_, count)| count))
    } else {
        let counts = atlas.count_by(&selection, by, filter.rollup);
        hhi(counts
            .into_iter()
            .filter(|(value, _)| !matches!(value, Value::Unlisted | Value::Unspecified))
            .map(|(_, count)| count))
    };
    Concentration { figure: Figure::new(atlas, filter, &selection, by), by, index }
}

/// Distinct organisations per body of a roll-up, most first.
pub fn bodies(atlas: &Atlas, selection: &Selection, rollup: Option<Rollup>) -> Vec<(Body, u64)> {
    let mut counts: FastMap<Body, u64> = FastMap::default();
    let mut seen: Vec<Body> = Vec::new();
    for org in selection.organisations.iter().map(OrgIx::new) {
        seen.clear();
        seen.extend(selection.claims_of(atlas, org).filter_map(|(_, claim)| atlas.body(claim, rollup)));
        seen.sort_unstable();
        seen.dedup();
        for &body in &seen {
            *counts.entry(body).or_default() += 1;
        }
    }
    let mut counts: Vec<(Body, u64)> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|&(body, count)| (std::cmp::Reverse(count), body));
    counts
}
