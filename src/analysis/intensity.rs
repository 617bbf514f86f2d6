//! How much is reused: datasets per organisation, users per published dataset, published datasets with users.

use entity::vocabulary::DatasetStatus;
use roaring::RoaringBitmap;

use super::method;
use crate::atlas::{Atlas, CodeIx, DatasetIx, Dimension, OrgIx, Organisation, Value};

/// What one organisation uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrganisationIntensity {
    /// Distinct datasets.
    pub datasets: usize,
    /// Distinct bodies at the root.
    pub roots: usize,
}

/// What one organisation uses.
pub fn of_organisation(atlas: &Atlas, org: OrgIx) -> OrganisationIntensity {
    let claims = atlas.claims_of(org).iter().filter(|claim| claim.figures(false));
    let mut roots: Vec<OrgIx> = claims.filter_map(|claim| claim.publisher).map(|body| atlas.root_of(body)).collect();
    roots.sort_unstable();
    roots.dedup();
    OrganisationIntensity { datasets: atlas.datasets_used_by(org).len(), roots: roots.len() }
}

/// Mean distinct datasets of some organisations, those without a counted claim left out; `None` of none.
pub fn mean_datasets(atlas: &Atlas, organisations: &RoaringBitmap) -> Option<f64> {
    let active = organisations & atlas.active();
    let sum: u64 = active.iter().map(|org| u64::from(atlas.organisation(OrgIx::new(org)).datasets_used)).sum();
    (!active.is_empty()).then(|| sum as f64 / active.len() as f64)
}

/// The middle of a count over those of some organisations that have any: to have named none is no zero, but a missing
/// answer. `None` of fewer than three.
pub fn median(atlas: &Atlas, organisations: &RoaringBitmap, count: impl Fn(&Organisation) -> u32) -> Option<f64> {
    let counts = organisations.iter().map(|org| count(atlas.organisation(OrgIx::new(org))));
    let mut counts: Vec<u32> = counts.filter(|&count| count > 0).collect();
    counts.sort_unstable();
    let (low, high) = (counts.len().checked_sub(1)? / 2, counts.len() / 2);
    (counts.len() >= method::SMALLEST_MEAN).then(|| f64::from(counts[low] + counts[high]) / 2.0)
}

/// The mean of a sector, shown only for three organisations or more.
pub fn of_sector(atlas: &Atlas, sector: CodeIx) -> Option<f64> {
    let organisations = atlas.organisations_with(Dimension::Sector, Value::Code(sector)) & atlas.active();
    if organisations.len() < method::SMALLEST_MEAN as u64 {
        return None;
    }
    mean_datasets(atlas, &organisations)
}

/// How much of what was published is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublisherIntensity {
    /// Distinct organisations that use its data.
    pub users: u64,
    /// Published datasets.
    pub published: usize,
    /// Published datasets with a counted claim.
    pub used: usize,
}

impl PublisherIntensity {
    /// Users per published dataset; `None` where nothing is published.
    pub fn users_per_dataset(&self) -> Option<f64> {
        (self.published > 0).then(|| self.users as f64 / self.published as f64)
    }

    /// The share of published datasets that are used; `None` where nothing is published.
    pub fn reuse_rate(&self) -> Option<f64> {
        (self.published > 0).then(|| self.used as f64 / self.published as f64)
    }
}

/// The datasets of some bodies, in the order of bodies.
pub fn datasets_of(atlas: &Atlas, bodies: &[OrgIx]) -> Vec<DatasetIx> {
    let mut bodies = bodies.to_vec();
    bodies.sort_unstable();
    bodies.into_iter().flat_map(|body| atlas.datasets_of(body).iter().copied()).collect()
}

/// The intensity of a body with its descendants and predecessors.
pub fn of_publisher(atlas: &Atlas, publisher: OrgIx) -> PublisherIntensity {
    let mut intensity = of_datasets(atlas, datasets_of(atlas, &atlas.hierarchy.below(publisher, true, true)));
    intensity.users = atlas.users_of(publisher).len();
    intensity
}

/// The intensity of all that is published.
pub fn of_all(atlas: &Atlas) -> PublisherIntensity {
    let mut intensity = of_datasets(atlas, atlas.datasets());
    intensity.users = atlas.active().len();
    intensity
}

/// How many of some datasets are published, and used; nobody is counted.
pub(super) fn of_datasets(atlas: &Atlas, datasets: impl IntoIterator<Item = DatasetIx>) -> PublisherIntensity {
    let mut intensity = PublisherIntensity { users: 0, published: 0, used: 0 };
    for dataset in datasets {
        let row = atlas.dataset(dataset);
        if row.status == DatasetStatus::Published {
            intensity.published += 1;
            intensity.used += usize::from(row.users > 0);
        }
    }
    intensity
}
