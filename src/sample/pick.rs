//! Choosing at random, the same on every machine: integers only.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A generator for one thing of the sample: its own stream of the seed.
pub(super) fn stream(seed: u64, index: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(index);
    rng
}

/// True in `percent` of 100 cases.
pub(super) fn chance(rng: &mut ChaCha8Rng, percent: u32) -> bool {
    rng.random_range(0..100_u32) < percent
}

/// One of the items.
pub(super) fn one<'a, T>(rng: &mut ChaCha8Rng, items: &'a [T]) -> &'a T {
    &items[rng.random_range(0..items.len() as u32) as usize]
}

/// One of the items by weight.
pub(super) fn weighted<'a, T>(rng: &mut ChaCha8Rng, items: &'a [(T, u32)]) -> &'a T {
    let total: u32 = items.iter().map(|(_, weight)| weight).sum();
    let mut left = rng.random_range(0..total.max(1));
    for (item, weight) in items {
        if left < *weight {
            return item;
        }
        left -= weight;
    }
    &items[items.len() - 1].0
}

/// A number from `low` to `high`, both included.
pub(super) fn between(rng: &mut ChaCha8Rng, low: u32, high: u32) -> u32 {
    rng.random_range(low..=high)
}

/// Weights added up, for choosing among many.
#[derive(Clone, Debug, Default)]
pub(super) struct Cumulative(Vec<u64>);

impl Cumulative {
    /// Adds the weights up.
    pub(super) fn new(weights: impl IntoIterator<Item = u64>) -> Self {
        let mut sum = 0;
        Self(
            weights
                .into_iter()
                .map(|weight| {
                    sum += weight.max(1);
                    sum
                })
                .collect(),
        )
    }

    /// An index by weight.
    pub(super) fn pick(&self, rng: &mut ChaCha8Rng) -> usize {
        let total = self.0.last().copied().unwrap_or(1);
        let at = rng.random_range(0..total);
        self.0.partition_point(|sum| *sum <= at)
    }
}
