//! How much is reused: what organisations name on the whole, and published datasets with users.

use entity::vocabulary::DatasetStatus;
use roaring::RoaringBitmap;

use super::method;
use crate::atlas::{Atlas, DatasetIx, OrgIx, Organisation};

/// The middle of a count over those of some organisations that have any: to have named none is no zero, but a missing
/// answer. `None` of fewer than three.
pub fn median(atlas: &Atlas, organisations: &RoaringBitmap, count: impl Fn(&Organisation) -> u32) -> Option<f64> {
    let counts = organisations.iter().map(|org| count(atlas.organisation(OrgIx::new(org))));
    let mut counts: Vec<u32> = counts.filter(|&count| count > 0).collect();
    counts.sort_unstable();
    let (low, high) = (counts.len().checked_sub(1)? / 2, counts.len() / 2);
    (counts.len() >= method::SMALLEST_MEAN).then(|| f64::from(counts[low] + counts[high]) / 2.0)
}

/// How much of what was published is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reuse {
    /// Published datasets.
    pub(super) published: usize,
    /// Published datasets with a counted claim.
    pub(super) used: usize,
}

/// The datasets of some bodies, in the order of bodies.
pub fn datasets_of(atlas: &Atlas, bodies: &[OrgIx]) -> Vec<DatasetIx> {
    let mut bodies = bodies.to_vec();
    bodies.sort_unstable();
    bodies.into_iter().flat_map(|body| atlas.datasets_of(body).iter().copied()).collect()
}

/// How many of some datasets are published, and used.
pub(super) fn of_datasets(
    atlas: &Atlas,
    datasets: impl IntoIterator<Item = DatasetIx>,
    is_used: impl Fn(DatasetIx) -> bool,
) -> Reuse {
    let mut reuse = Reuse::default();
    for dataset in datasets {
        if atlas.dataset(dataset).status == DatasetStatus::Published {
            reuse.published += 1;
            reuse.used += usize::from(is_used(dataset));
        }
    }
    reuse
}
