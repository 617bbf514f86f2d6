//! The figures of a publisher, side by side. There is no composite score.

use std::sync::Arc;

use async_graphql::SimpleObject;

use super::dataset::{Dataset, Rating};
use super::figure::{Coverage, GradeCount, aggregate};
use super::list::List;
use super::organisation::Organisation;
use super::request::Punctuality;
use crate::analysis;
use crate::atlas::{self, Atlas, OrgIx};

/// Names in a list of the card.
const NAMED: usize = 20;

/// What is known of a publisher's users; there is no composite score.
pub struct Scorecard {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: analysis::Figure,
    row: Box<analysis::scorecard::Scorecard>,
}

impl Scorecard {
    pub(crate) fn new(atlas: &Arc<Atlas>, publisher: OrgIx, filter: atlas::Filter) -> Self {
        let row = analysis::scorecard::scorecard_of(atlas, publisher, filter);
        Self { atlas: Arc::clone(atlas), figure: row.figure.clone(), row: Box::new(row) }
    }

    fn named(&self, orgs: impl Iterator<Item = OrgIx>) -> List<Organisation> {
        orgs.take(NAMED).map(|ix| Organisation::new(&self.atlas, ix)).collect()
    }
}

/// A user of a publisher, and how much of it.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct TopUser {
    /// The organisation.
    organisation: Organisation,
    /// How many of the publisher's datasets it names.
    datasets_named: u64,
}

aggregate! {
    /// What is known of a publisher's users; there is no composite score.
    impl Scorecard {
        /// Distinct organisations that use its data.
        async fn users(&self) -> u64 {
            self.row.users
        }

        /// Distinct sectors among them.
        async fn sectors(&self) -> u64 {
            self.row.sectors
        }

        /// Distinct datasets they name.
        async fn datasets_named(&self) -> u64 {
            self.row.datasets_named
        }

        /// Users with evidence from both sides: a claim of grade A.
        async fn acknowledged(&self) -> u64 {
            self.row.acknowledged
        }

        /// Users whose use it has confirmed itself.
        async fn confirmed(&self) -> u64 {
            self.row.confirmed
        }

        /// Its datasets known to be published.
        async fn published_datasets(&self) -> usize {
            self.row.published
        }

        /// Those of them with at least one user; under a filter, one that it selects.
        async fn used_datasets(&self) -> usize {
            self.row.used
        }

        /// The share of its published datasets that is used; null where none is known.
        async fn reuse_rate(&self) -> Option<f64> {
            self.row.reuse_rate()
        }

        /// Users by the best grade of their claims on it.
        async fn grade_users(&self) -> Vec<GradeCount> {
            GradeCount::from_counts(self.row.users_by_grade)
        }

        /// Users that name at least one of its datasets.
        async fn users_naming_dataset(&self) -> u64 {
            self.row.naming_dataset
        }

        /// Users placed outside the country's capital, of those with a place.
        async fn users_outside_capital(&self) -> u64 {
            self.row.outside_capital
        }

        /// Distinct first-level areas, such as states, of the users outside a capital.
        async fn areas_outside_capital(&self) -> u64 {
            self.row.areas_outside
        }

        /// Users with a place.
        async fn users_with_place(&self) -> u64 {
            self.row.with_area
        }

        /// Users that call a use of its data core.
        async fn core_users(&self) -> usize {
            self.row.core_users.len()
        }

        /// How many users say how much a use matters to them, of those asked; where nobody was asked, that no user
        /// calls it core is no finding.
        async fn criticality_coverage(&self) -> Coverage {
            Coverage(self.row.criticality_coverage)
        }

        /// How many users declare goals, of those asked.
        async fn sdg_coverage(&self) -> Coverage {
            Coverage(self.row.goal_coverage)
        }

        /// How many users have a sector, of those asked.
        async fn sector_coverage(&self) -> Coverage {
            Coverage(self.row.sector_coverage)
        }

        /// How many users name one of its datasets, of those asked.
        async fn dataset_coverage(&self) -> Coverage {
            Coverage(self.row.dataset_coverage)
        }

        /// Datasets past due that have users.
        async fn stale_datasets_with_users(&self) -> usize {
            self.row.stale.len()
        }

        /// Those of them that most depends on, the first 20.
        async fn late_datasets(&self) -> List<Dataset> {
            self.row.stale.iter().take(NAMED).map(|&ix| Dataset::new(&self.atlas, ix)).collect()
        }

        /// Goals that its users declare.
        async fn sdgs(&self) -> Vec<u8> {
            self.row.goals.iter().copied().collect()
        }

        /// What users think of its datasets.
        async fn rating(&self) -> Rating {
            Rating::new(self.row.rating)
        }

        /// Requests for its data that are not settled.
        async fn requests_open(&self) -> usize {
            self.row.requests_open
        }

        /// How it keeps its terms.
        async fn punctuality(&self) -> Punctuality {
            Punctuality::new(&self.row.terms)
        }

        /// Users that name most of its datasets, the first 20.
        async fn top_users(&self) -> List<TopUser> {
            let user = |&(ix, datasets_named): &(OrgIx, u64)| TopUser {
                organisation: Organisation::new(&self.atlas, ix),
                datasets_named,
            };
            self.row.top_users.iter().take(NAMED).map(user).collect()
        }

        /// How many users it has not confirmed yet.
        async fn not_confirmed_count(&self) -> usize {
            self.row.not_confirmed.len()
        }

        /// Users it has not confirmed yet, the first 20.
        async fn not_confirmed(&self) -> List<Organisation> {
            self.named(self.row.not_confirmed.iter().copied())
        }
    }
}
