//! Value attributable to open data: measure × share, as an interval, with its coverage, and published only
//! behind the disclosure rule. Whole-firm turnover is exposure and is never shown as value. This is the only
//! reader of `aggregate_only` values.

use std::collections::BTreeMap;

use entity::vocabulary::SizeBand;

use super::terms::median;
use super::{Figure, method};
use crate::atlas::{Atlas, Dimension, Filter, Observation, OrgIx, Subject};
use crate::domain::draft::Decimal;

/// An interval; without `high` it is open above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub central: f64,
    pub high: Option<f64>,
}

impl Interval {
    /// A value that is known exactly.
    pub const fn exact(value: f64) -> Self {
        Self { low: value, central: value, high: Some(value) }
    }

    /// A band of amounts: the geometric mean is its centre, the midpoint where it begins at nothing, half as
    /// much again as its floor where it is open.
    pub fn band(low: f64, high: Option<f64>) -> Self {
        let central = match high {
            None => method::OPEN_BAND * low,
            Some(high) if low <= 0.0 => f64::midpoint(low, high),
            Some(high) => (low * high).sqrt(),
        };
        Self { low, central, high }
    }

    /// A band of shares: its centre is the midpoint.
    pub fn share_band(low: f64, high: f64) -> Self {
        Self { low, central: f64::midpoint(low, high), high: Some(high) }
    }

    fn times(self, share: Self) -> Self {
        Self {
            low: self.low * share.low,
            central: self.central * share.central,
            high: self.high.zip(share.high).map(|(value, share)| value * share),
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            low: self.low + other.low,
            central: self.central + other.central,
            high: self.high.zip(other.high).map(|(a, b)| a + b),
        }
    }
}

/// What an organisation would lose without the data (question 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counterfactual {
    Unchanged,
    SubstituteCheap,
    SubstituteCostly,
    Degraded,
    Cease,
}

impl Counterfactual {
    /// Every answer, the mildest first.
    pub const ALL: [Self; 5] =
        [Self::Unchanged, Self::SubstituteCheap, Self::SubstituteCostly, Self::Degraded, Self::Cease];

    /// The word for it in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::SubstituteCheap => "substitute_cheap",
            Self::SubstituteCostly => "substitute_costly",
            Self::Degraded => "degraded",
            Self::Cease => "cease",
        }
    }

    /// The answer of a word; `None` for any other.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.as_str() == word)
    }

    /// What it would keep: low, central, high (assumption set `cf-1`).
    pub const fn retained(self) -> [f64; 3] {
        match self {
            Self::Unchanged => [0.9, 1.0, 1.0],
            Self::SubstituteCheap => [0.6, 0.8, 0.95],
            Self::SubstituteCostly => [0.3, 0.5, 0.7],
            Self::Degraded => [0.1, 0.25, 0.5],
            Self::Cease => [0.0, 0.0, 0.1],
        }
    }
}

/// What an organisation reports.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Report {
    /// Of one measure, period, currency and price base.
    pub value: Option<Interval>,
    /// The share of it that rests on open data.
    pub share: Option<Interval>,
    pub size: Option<SizeBand>,
    /// Whether it was said in confidence, the value or its share: that it may be summed and never told.
    pub is_sealed: bool,
}

/// Gross value: measure × share.
pub fn gross(report: Report) -> Option<Interval> {
    Some(report.value?.times(report.share?))
}

/// Net value: what would be lost without the data.
pub fn net(gross: Interval, counterfactual: Counterfactual) -> Interval {
    let [low, central, high] = counterfactual.retained();
    Interval {
        low: gross.low * (1.0 - high),
        central: gross.central * (1.0 - central),
        high: gross.high.map(|value| value * (1.0 - low)),
    }
}

/// A sum over organisations, with what it leaves out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sum {
    /// Only organisations that report both.
    pub reported: Interval,
    /// Missing shares between nothing and all of the value.
    pub worst_case: Interval,
    /// Organisations whose value is missing: the worst case has no bound for them.
    pub unbounded: usize,
    /// Reported, and those whose share could be imputed from donors of their size class.
    pub imputed: Interval,
    /// Organisations whose share was imputed.
    pub imputed_count: usize,
    /// Organisations that report both.
    pub complete: usize,
    /// All organisations.
    pub eligible: usize,
    /// The share of the known measure that complete organisations hold; `None` where none is known.
    pub revenue_coverage: Option<f64>,
}

/// Sums what organisations report.
pub fn sum(reports: &[Report]) -> Sum {
    let nothing = Interval::exact(0.0);
    let (mut reported, mut worst, mut imputed) = (nothing, nothing, nothing);
    let (mut unbounded, mut imputed_count, mut complete) = (0, 0, 0);
    let (mut known, mut covered) = (0.0, 0.0);
    for report in reports {
        match (report.value, report.share) {
            (Some(value), Some(share)) => {
                let gross = value.times(share);
                reported = reported.plus(gross);
                worst = worst.plus(gross);
                imputed = imputed.plus(gross);
                complete += 1;
                known += value.central;
                covered += value.central;
            }
            (Some(value), None) => {
                known += value.central;
                worst = worst.plus(Interval { low: 0.0, central: 0.0, high: value.high });
                if let Some(share) = donor_share(reports, report.size) {
                    imputed = imputed.plus(value.times(share));
                    imputed_count += 1;
                }
            }
            (None, _) => unbounded += 1,
        }
    }
    Sum {
        reported,
        worst_case: worst,
        unbounded,
        imputed,
        imputed_count,
        complete,
        eligible: reports.len(),
        revenue_coverage: (known > 0.0).then(|| covered / known),
    }
}

/// The median share of at least five donors of one size class; never across size classes.
pub fn donor_share(reports: &[Report], size: Option<SizeBand>) -> Option<Interval> {
    let size = size?;
    let shares = reports.iter().filter(|report| report.size == Some(size)).filter_map(|report| report.share);
    let mut centres: Vec<f64> = shares.map(|share| share.central).collect();
    if centres.len() < method::DONORS {
        return None;
    }
    median(&mut centres).map(Interval::exact)
}

/// Whether a money cell may be published: enough organisations, none or two of which dominate.
pub fn may_publish(values: &[f64]) -> bool {
    values.len() >= method::DISCLOSURE_COUNT
        && largest_two(values).is_some_and(|share| share <= method::DISCLOSURE_SHARE)
}

/// Whether a sum may be published of which some amounts were said in confidence. What everybody can read is taken away
/// from a sum as easily as it was added, so that the amounts in confidence have to hide one another.
pub fn hides_all(amounts: &[(f64, bool)]) -> bool {
    let all: Vec<f64> = amounts.iter().map(|(amount, _)| *amount).collect();
    let sealed: Vec<f64> = amounts.iter().filter(|(_, is_sealed)| *is_sealed).map(|(amount, _)| *amount).collect();
    may_publish(&all) && (sealed.is_empty() || may_publish(&sealed))
}

/// The share of the two largest; `None` of nothing.
pub fn largest_two(values: &[f64]) -> Option<f64> {
    let total: f64 = values.iter().sum();
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    (total > 0.0).then(|| sorted.iter().take(2).sum::<f64>() / total)
}

/// Which cells of a published total to hide: those that the rule hides, and where that is exactly one, the
/// smallest other one too, or it could be computed from the total.
pub fn suppressed(cells: &[Vec<f64>]) -> Vec<bool> {
    let mut hidden: Vec<bool> = cells.iter().map(|cell| !cell.is_empty() && !may_publish(cell)).collect();
    if hidden.iter().filter(|&&hidden| hidden).count() == 1 {
        let sums = cells.iter().enumerate().filter(|(at, cell)| !hidden[*at] && !cell.is_empty());
        let smallest = sums.min_by(|(_, a), (_, b)| a.iter().sum::<f64>().total_cmp(&b.iter().sum()));
        if let Some((at, _)) = smallest {
            hidden[at] = true;
        }
    }
    hidden
}

/// An organisation's value spread over the datasets or bodies it uses, by criticality × grade; the parts sum
/// to the whole (invariant I6).
pub fn allocate<K: Ord + Copy>(value: f64, uses: &[(K, f64)]) -> BTreeMap<K, f64> {
    let total: f64 = uses.iter().map(|(_, weight)| weight).sum();
    let mut parts = BTreeMap::new();
    if total > 0.0 {
        for &(key, weight) in uses {
            *parts.entry(key).or_insert(0.0) += value * weight / total;
        }
    }
    parts
}

/// The weight of a claim in an allocation.
pub fn claim_weight(claim: &crate::atlas::Claim) -> f64 {
    method::criticality_weight(claim.criticality) * method::grade_weight(claim.grade)
}

/// The value of a selection, where it may be published.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    pub figure: Figure,
    /// `None` where the disclosure rule hides it.
    pub sum: Option<Sum>,
    pub complete: usize,
    pub eligible: usize,
    pub unit: String,
    pub currency: Option<String>,
}

/// Sums an indicator over the organisations of a filter, attributed by a second indicator that holds shares
/// (unit `1` or `%`). Both are read at one period and, for money, in one currency: sums never mix.
pub fn of_selection(
    atlas: &Atlas,
    filter: &Filter,
    measure: &str,
    share: &str,
    period: &str,
    currency: Option<&str>,
) -> Option<Published> {
    let (measure, share) = (atlas.indicator_by_key(measure)?, atlas.indicator_by_key(share)?);
    let selection = atlas.select(filter);
    let mut reports: BTreeMap<OrgIx, Report> = selection
        .organisations
        .iter()
        .map(OrgIx::new)
        .map(|org| (org, Report { size: atlas.organisation(org).size_band, ..Report::default() }))
        .collect();
    for (observation, is_sealed) in all_observations(atlas) {
        let Subject::Organisation(org) = observation.subject else { continue };
        let Some(report) = reports.get_mut(&org) else { continue };
        if atlas.str(observation.period) != period {
            continue;
        }
        if observation.indicator == measure && atlas.maybe(observation.currency) == currency {
            report.value = amount(observation);
            report.is_sealed |= is_sealed;
        } else if observation.indicator == share {
            report.share = self::share(atlas, observation);
            report.is_sealed |= is_sealed;
        }
    }
    let reports: Vec<Report> = reports.into_values().collect();
    let values = amounts(&reports);
    let total = sum(&reports);
    Some(Published {
        figure: Figure::new(atlas, filter, &selection, Dimension::Size),
        complete: total.complete,
        eligible: total.eligible,
        sum: hides_all(&values).then_some(total),
        unit: atlas.str(atlas.indicator(measure).unit).to_owned(),
        currency: currency.map(str::to_owned),
    })
}

/// What is observed of organisations and others, each with whether it was said in confidence.
pub(super) fn all_observations(atlas: &Atlas) -> impl Iterator<Item = (&Observation, bool)> {
    let open = atlas.observations().map(|ix| (atlas.observation(ix), false));
    open.chain(atlas.sealed_observations().iter().map(|row| (row, true)))
}

/// What the complete ones of some reports come to, each with whether it was said in confidence.
pub(super) fn amounts(reports: &[Report]) -> Vec<(f64, bool)> {
    reports.iter().filter_map(|one| Some((gross(*one)?.central, one.is_sealed))).collect()
}

/// An amount that was observed; `None` when it is missing.
pub(super) fn amount(observation: &Observation) -> Option<Interval> {
    interval(observation, 1.0, Interval::band)
}

/// A share that was observed, as a part of one; `None` when it is missing.
pub(super) fn share(atlas: &Atlas, observation: &Observation) -> Option<Interval> {
    let scale = if atlas.str(atlas.indicator(observation.indicator).unit) == "%" { 0.01 } else { 1.0 };
    interval(observation, scale, |low, high| Interval::share_band(low, high.unwrap_or(1.0)))
}

/// The interval of an observation; `None` when it is missing.
fn interval(observation: &Observation, scale: f64, band: impl Fn(f64, Option<f64>) -> Interval) -> Option<Interval> {
    let number = |decimal: Decimal| decimal.mantissa as f64 / 10_f64.powi(i32::from(decimal.scale)) * scale;
    let (low, central, high) =
        (observation.low.map(number), observation.central.map(number), observation.high.map(number));
    match (low, central, high) {
        (None, None, None) => None,
        (None, Some(central), None) => Some(Interval::exact(central)),
        (low, Some(central), high) => Some(Interval { low: low.unwrap_or(central), central, high }),
        (low, None, high) => Some(band(low.unwrap_or(0.0), high)),
    }
}
