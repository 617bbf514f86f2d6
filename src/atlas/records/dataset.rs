//! Datasets, and what hangs on each.

use entity::id::DatasetId;
use entity::vocabulary::Decision;
use roaring::RoaringBitmap;

use crate::atlas::values::{Dimension, Value};
use crate::atlas::{
    Atlas, CodeIx, Dataset, DatasetIdentifier, DatasetIx, Designation, Distribution, Feedback, Filter, OrgIx, Rating,
};

/// Datasets.
impl Atlas {
    /// Every dataset, by Spanish title.
    pub fn datasets(&self) -> impl ExactSizeIterator<Item = DatasetIx> + use<> {
        (0..self.datasets.len() as u32).map(DatasetIx::new)
    }

    /// The dataset of a handle.
    pub fn dataset(&self, dataset: DatasetIx) -> &Dataset {
        &self.datasets[dataset.at()]
    }

    /// A dataset by id.
    pub fn dataset_by_id(&self, id: DatasetId) -> Option<DatasetIx> {
        self.dataset_ids.find(|at| self.datasets[at].id.cmp(&id)).map(DatasetIx::new)
    }

    /// Its themes.
    pub fn themes_of(&self, dataset: DatasetIx) -> &[CodeIx] {
        self.dataset_themes.of(dataset)
    }

    /// Its identifiers.
    pub fn dataset_identifiers_of(&self, dataset: DatasetIx) -> &[DatasetIdentifier] {
        self.dataset_identifiers.of(dataset)
    }

    /// Its files and services.
    pub fn distributions_of(&self, dataset: DatasetIx) -> &[Distribution] {
        self.distributions.of(dataset)
    }

    /// What users say about it, the newest first.
    pub fn feedback_of(&self, dataset: DatasetIx) -> &[Feedback] {
        self.feedback.of(dataset)
    }

    /// Its ratings, one of each voice, for a mean: they are never shown one by one.
    pub(crate) fn ratings_of(&self, dataset: DatasetIx) -> &[Rating] {
        self.ratings.of(dataset)
    }

    /// Its official designations.
    pub fn designations_of(&self, dataset: DatasetIx) -> &[Designation] {
        self.designations.of(dataset)
    }

    /// The editions of a series, proposed ones included; `Dataset::series` says whether each is decided.
    pub fn editions_of(&self, series: DatasetIx) -> &[DatasetIx] {
        self.editions.of(series)
    }

    /// The datasets of one publisher, by title.
    pub fn datasets_of(&self, publisher: OrgIx) -> &[DatasetIx] {
        self.publisher_datasets.of(publisher)
    }

    /// The distinct datasets an organisation uses, in order of publisher and title; a series and its edition
    /// are one.
    pub fn datasets_used_by(&self, org: OrgIx) -> Vec<DatasetIx> {
        let claims = self.claims_of(org).iter().filter(|claim| claim.figures(false) && !claim.is_covered());
        let mut datasets: Vec<DatasetIx> = claims.filter_map(|claim| claim.dataset).collect();
        datasets.dedup();
        datasets
    }

    /// The organisations that use a dataset.
    pub fn dataset_users(&self, dataset: DatasetIx) -> RoaringBitmap {
        self.organisations_with(Dimension::Dataset, Value::Dataset(dataset))
    }

    /// The editions of a series that are decided to belong to it.
    pub fn accepted_editions(&self, series: DatasetIx) -> impl Iterator<Item = DatasetIx> {
        self.editions_of(series).iter().copied().filter(move |&edition| self.accepted_series(edition) == Some(series))
    }

    /// The organisations that use a dataset or one of its accepted editions.
    pub fn users_with_editions(&self, dataset: DatasetIx) -> RoaringBitmap {
        let editions = self.accepted_editions(dataset).map(|edition| self.dataset_users(edition));
        editions.fold(self.dataset_users(dataset), |all, users| all | users)
    }

    /// A filter over a dataset and its accepted editions together.
    pub fn with_editions(&self, dataset: DatasetIx, filter: Filter) -> Filter {
        let all = std::iter::once(dataset).chain(self.accepted_editions(dataset));
        Filter { dataset: all.map(|one| self.str(self.dataset(one).slug).to_owned()).collect(), ..filter }
    }

    /// Whether an edition is decided to belong to its series.
    pub fn accepted_series(&self, dataset: DatasetIx) -> Option<DatasetIx> {
        self.dataset(dataset).series.filter(|(_, decision)| *decision == Decision::Accepted).map(|(series, _)| series)
    }
}
