//! What a wave says of impact: counts of effects, and sums behind the disclosure rule. What may be told is decided in
//! `analysis::impact`, for pages, files and the API alike.

use std::sync::Arc;

use async_graphql::{Enum, Object, SimpleObject};

use super::code::Code;
use super::figure::{Coverage, aggregate};
use super::indicator::Indicator;
use super::list::List;
use crate::analysis;
use crate::analysis::impact::{Told, printed};
use crate::analysis::value;
use crate::atlas::{Atlas, WaveIx};

/// What a wave says of impact.
pub struct Impact {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: analysis::Figure,
    row: analysis::impact::Impact,
}

impl Impact {
    pub(crate) fn new(atlas: &Arc<Atlas>, wave: WaveIx, is_now: bool) -> Self {
        let row = analysis::impact::of_wave(atlas, wave, is_now);
        Self { atlas: Arc::clone(atlas), figure: row.figure.clone(), row }
    }
}

aggregate! {
    /// What a wave says of impact.
    impl Impact {
        /// How many organisations name each effect, by list.
        async fn totals(&self) -> List<ImpactTotals> {
            let totals = |at: usize| ImpactTotals { atlas: Arc::clone(&self.atlas), row: self.row.totals[at].clone() };
            (0..self.row.totals.len()).map(totals).collect()
        }

        /// Sums of what rests on open data, one for each measure, period and currency. None of another day: two sums
        /// of two days would give one answer away.
        async fn worth(&self) -> List<ImpactWorth> {
            self.row.worth.iter().map(|row| ImpactWorth { atlas: Arc::clone(&self.atlas), row: row.clone() }).collect()
        }
    }
}

/// The effects of one list.
pub struct ImpactTotals {
    atlas: Arc<Atlas>,
    row: analysis::impact::Totals,
}

/// How many organisations name one effect.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ImpactRow {
    /// The effect; null for words of their own, outside the list.
    code: Option<Code>,
    /// Distinct organisations that name it.
    organisation_count: u64,
    /// Said in a form that lost the answer, and found again: never added to the others.
    recovered_count: u64,
}

/// The effects of one list.
#[Object(serial)]
impl ImpactTotals {
    /// The list: `od500_data_impact` or `od500_social_impact`.
    async fn scheme(&self) -> &str {
        self.row.scheme
    }

    /// How many of those asked have answered; asked is 0 where the wave did not ask, and then no row is a finding.
    async fn coverage(&self) -> Coverage {
        Coverage(self.row.coverage)
    }

    /// Most first; an organisation that names several effects is in several rows.
    async fn rows(&self) -> List<ImpactRow> {
        let row = |row: &analysis::impact::Row| ImpactRow {
            code: row.code.map(|ix| Code::new(&self.atlas, ix)),
            organisation_count: row.declared,
            recovered_count: row.recovered,
        };
        self.row.rows.iter().map(row).collect()
    }
}

/// Why a sum is told, or is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ImpactState {
    /// It is told.
    Published,
    /// Answers still come in.
    Open,
    /// Fewer than five organisations report it, or fewer than five of them for sums only.
    TooFew,
    /// Two organisations hold more than 85 % of it, or of what is reported for sums only.
    Dominated,
}

/// From the least to the most that a sum may be, to three significant digits.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ImpactSpan {
    /// The least.
    low: f64,
    /// What is most likely.
    central: f64,
    /// The most; null where the highest band is open.
    high: Option<f64>,
}

impl ImpactSpan {
    fn new(of: value::Interval) -> Self {
        Self { low: printed(of.low), central: printed(of.central), high: of.high.map(printed) }
    }
}

/// A sum of one measure, period and currency.
pub struct ImpactWorth {
    atlas: Arc<Atlas>,
    row: analysis::impact::Worth,
}

impl ImpactWorth {
    /// The sum, where it is told, and whether that may be said which rests on missing shares.
    const fn told(&self) -> Option<(value::Sum, bool)> {
        match self.row.told {
            Told::Sum { sum, is_whole } => Some((sum, is_whole)),
            Told::Open | Told::TooFew | Told::Dominated => None,
        }
    }

    fn whole(&self) -> Option<value::Sum> {
        self.told().filter(|(_, is_whole)| *is_whole).map(|(sum, _)| sum)
    }
}

/// A sum of one measure, period and currency.
#[Object(serial)]
impl ImpactWorth {
    /// What is summed.
    async fn indicator(&self) -> Indicator {
        Indicator::new(&self.atlas, self.row.indicator)
    }

    /// What holds the share of it that rests on open data; null where all of it does.
    async fn share(&self) -> Option<Indicator> {
        self.row.share.map(|ix| Indicator::new(&self.atlas, ix))
    }

    /// The period.
    async fn period(&self) -> &str {
        &self.row.period
    }

    /// The currency, ISO 4217, of money.
    async fn currency(&self) -> Option<&str> {
        self.row.currency.as_deref()
    }

    /// Organisations that report both the measure and its share.
    async fn complete(&self) -> usize {
        self.row.complete
    }

    /// Organisations that took part.
    async fn eligible(&self) -> usize {
        self.row.eligible
    }

    /// Whether it is told, and why not.
    async fn state(&self) -> ImpactState {
        match self.row.told {
            Told::Sum { .. } => ImpactState::Published,
            Told::Open => ImpactState::Open,
            Told::TooFew => ImpactState::TooFew,
            Told::Dominated => ImpactState::Dominated,
        }
    }

    /// Of those alone that report both.
    async fn reported(&self) -> Option<ImpactSpan> {
        self.told().map(|(sum, _)| ImpactSpan::new(sum.reported))
    }

    /// With those whose share is missing, at nothing and at all of it; null where that would give their answers away.
    async fn worst_case(&self) -> Option<ImpactSpan> {
        self.whole().map(|sum| ImpactSpan::new(sum.worst_case))
    }

    /// With the median share of their size for those whose share is missing; null where there is none.
    async fn imputed(&self) -> Option<ImpactSpan> {
        self.whole().filter(|sum| sum.imputed_count > 0).map(|sum| ImpactSpan::new(sum.imputed))
    }

    /// How many shares are medians in that.
    async fn imputed_count(&self) -> Option<usize> {
        self.whole().map(|sum| sum.imputed_count)
    }

    /// How much of the measure, of all who report it, is of those who report both.
    async fn measure_coverage(&self) -> Option<f64> {
        self.whole().and_then(|sum| sum.revenue_coverage)
    }

    /// Organisations without any amount: they have no bound.
    async fn unbounded(&self) -> Option<usize> {
        self.told().map(|(sum, _)| sum.unbounded)
    }
}
