//! Chance that can be repeated, and how much of it a run takes: the environment may ask for another seed or for more.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A number that the environment may set.
#[expect(clippy::disallowed_methods, reason = "tests are told by the environment")]
pub(crate) fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// A source of chance, which `OD100_TEST_SEED` repeats, and its seed.
pub(crate) fn chance(default: u64) -> (u64, ChaCha8Rng) {
    let seed = setting("OD100_TEST_SEED", default);
    (seed, ChaCha8Rng::seed_from_u64(seed))
}

/// One of several.
pub(crate) fn pick<'t, T: ?Sized>(rng: &mut ChaCha8Rng, from: &[&'t T]) -> &'t T {
    from[rng.random_range(0..from.len())]
}
