//! What would break without some data, as far as anybody was asked.

use std::sync::Arc;

use async_graphql::SimpleObject;

use super::figure::{Coverage, aggregate};
use crate::analysis;
use crate::analysis::reliance::Tally;
use crate::atlas::{self, Atlas};

/// Distinct organisations that gave one answer.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct AnswerCount {
    /// The answer: a word of its list, or a year.
    value: String,
    /// Distinct organisations.
    count: u64,
}

/// Distinct organisations by their answer to one question.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct AnswerTally {
    /// One row per answer, those that nobody gave included.
    rows: Vec<AnswerCount>,
    /// How many answered, of how many asked; asked is 0 where no wave asked, and then no row is a finding.
    coverage: Coverage,
}

impl AnswerTally {
    fn new<T: Copy>(tally: &Tally<T>, word: impl Fn(T) -> String) -> Self {
        let rows = tally.rows.iter().map(|&(value, count)| AnswerCount { value: word(value), count });
        Self { rows: rows.collect(), coverage: Coverage(tally.coverage) }
    }
}

/// What would break without some data: what its users said of their use of it.
pub struct Reliance {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: analysis::Figure,
    row: analysis::reliance::Reliance,
}

impl Reliance {
    pub(crate) fn new(atlas: &Arc<Atlas>, filter: &atlas::Filter) -> Self {
        let row = analysis::reliance::reliance(atlas, filter);
        Self { atlas: Arc::clone(atlas), figure: row.figure.clone(), row }
    }
}

aggregate! {
    /// What would break without some data: what its users said of their use of it.
    impl Reliance {
        /// By the most that it matters: `core`, `supporting`, `occasional`.
        async fn criticality(&self) -> AnswerTally {
            AnswerTally::new(&self.row.criticality, |of| of.as_str().to_owned())
        }

        /// By the first year of use, oldest first; years that nobody names are left out.
        async fn since(&self) -> AnswerTally {
            AnswerTally::new(&self.row.since, |year| year.to_string())
        }

        /// By what would happen without government data as a whole: `unchanged`, `substitute_cheap`,
        /// `substitute_costly`, `degraded`, `cease`. The two substitutes are users who know another source.
        async fn if_stopped(&self) -> AnswerTally {
            AnswerTally::new(&self.row.if_stopped, |of| of.as_str().to_owned())
        }

        /// By what it is used for, in the words of use types; an organisation may say several.
        async fn use_types(&self) -> AnswerTally {
            AnswerTally::new(&self.row.use_types, |of| of.as_str().to_owned())
        }

        /// Users whose use the publisher has confirmed.
        async fn confirmed(&self) -> u64 {
            self.row.confirmed
        }
    }
}
