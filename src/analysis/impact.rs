//! What a wave says of impact: how many organisations name each effect, and sums of what rests on open data, each
//! behind the disclosure rule.

use std::collections::{BTreeMap, BTreeSet};

use entity::vocabulary::{Attribute, ClaimStatus, Origin, WaveState};

use super::value::{self, Interval, Report, Sum};
use super::{Figure, questions};
use crate::atlas::{
    Atlas, CodeIx, Coverage, Dimension, Filter, IndicatorIx, Observation, OrgIx, Subject, Value, WaveIx,
};

/// The lists of effects, and the property that says whether an organisation has answered.
pub const LISTS: [(&str, Attribute); 2] =
    [("od500_data_impact", Attribute::DataImpact), ("od500_social_impact", Attribute::SocialImpact)];

/// What is summed: an indicator, and the one that holds the share of it which rests on open data; without one all of
/// it does.
pub const MEASURES: [(&str, Option<&str>); 3] =
    [("revenue", Some("data_share")), ("employees", Some("data_share")), ("open_data_staff", None)];

/// How many organisations name one effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// `None`: in words of their own, outside the list.
    pub code: Option<CodeIx>,
    pub declared: u64,
    /// Said in a form that lost the answer, and found again: never added to the others.
    pub recovered: u64,
}

/// The effects of one list.
#[derive(Clone, Debug)]
pub struct Totals {
    pub scheme: &'static str,
    /// How many of those asked have answered.
    pub coverage: Coverage,
    /// Most first; outside the list last. An organisation that names several is in several rows.
    pub rows: Vec<Row>,
}

/// A sum of one measure, period and currency.
#[derive(Clone, Debug)]
pub struct Worth {
    pub indicator: IndicatorIx,
    pub share: Option<IndicatorIx>,
    pub period: String,
    pub currency: Option<String>,
    /// Organisations that report both the measure and its share.
    pub complete: usize,
    /// Organisations that took part.
    pub eligible: usize,
    pub told: Told,
}

/// What may be told of a sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Told {
    /// The sum, and whether that may be said which rests on organisations whose share is missing.
    Sum { sum: Sum, is_whole: bool },
    /// Answers still come in: two sums of two days would give one answer away.
    Open,
    /// Too few organisations.
    TooFew,
    /// Two of them hold too much of it.
    Dominated,
}

/// What a wave says of impact.
#[derive(Clone, Debug)]
pub struct Impact {
    pub figure: Figure,
    pub totals: Vec<Totals>,
    pub worth: Vec<Worth>,
}

/// Whether a wave says anything yet.
pub fn is_shown(atlas: &Atlas, wave: WaveIx) -> bool {
    atlas.wave(wave).state != WaveState::Draft && atlas.has_opened(wave)
}

/// What a wave says of impact. Sums are told of the record of today alone (`is_now`): two sums of two days would give
/// one answer away.
pub fn of_wave(atlas: &Atlas, wave: WaveIx, is_now: bool) -> Impact {
    let filter = Filter { wave: vec![atlas.str(atlas.wave(wave).slug).to_owned()], ..Filter::default() };
    let selection = atlas.select(&filter);
    let coverages = questions::of_wave(atlas, wave);
    let organisations: Vec<OrgIx> =
        atlas.organisations_with(Dimension::Wave, Value::Wave(wave)).iter().map(OrgIx::new).collect();
    let totals = LISTS.iter().filter_map(|&(scheme, attribute)| {
        let coverage = *coverages.iter().map(|one| &one.coverage).find(|one| one.attribute == attribute)?;
        Some(Totals { scheme, coverage, rows: rows(atlas, wave, &organisations, scheme) })
    });
    let totals: Vec<Totals> = totals.collect();
    let mut figure = Figure::new(atlas, &filter, &selection, Dimension::Size);
    // Each list has its own; the whole is covered as far as the first, which most answer.
    if let Some(first) = totals.first() {
        figure.coverage = first.coverage;
    }
    Impact {
        figure,
        totals,
        worth: MEASURES
            .iter()
            .filter(|_| is_now)
            .flat_map(|&measure| worth(atlas, wave, &organisations, measure))
            .collect(),
    }
}

fn rows(atlas: &Atlas, wave: WaveIx, organisations: &[OrgIx], scheme: &str) -> Vec<Row> {
    let mut counts: BTreeMap<Option<CodeIx>, (u64, u64)> = BTreeMap::new();
    for &org in organisations {
        let of_wave = atlas.impacts_of(org).iter().filter(|impact| {
            atlas.str(impact.dimension) == scheme
                && impact.status == ClaimStatus::Accepted
                && !impact.is_inferred()
                && impact.wave.is_none_or(|of| of == wave)
        });
        let (mut declared, mut recovered) = (BTreeSet::new(), BTreeSet::new());
        for impact in of_wave {
            if impact.origin == Origin::Recovered {
                recovered.insert(impact.code)
            } else {
                declared.insert(impact.code)
            };
        }
        for code in &declared {
            counts.entry(*code).or_default().0 += 1;
        }
        for code in recovered.difference(&declared) {
            counts.entry(*code).or_default().1 += 1;
        }
    }
    let mut rows: Vec<Row> =
        counts.into_iter().map(|(code, (declared, recovered))| Row { code, declared, recovered }).collect();
    rows.sort_by_key(|row| (row.code.is_none(), std::cmp::Reverse(row.declared + row.recovered), row.code));
    rows
}

/// The sums of a measure, one for each period and currency in which the wave has it.
fn worth(atlas: &Atlas, wave: WaveIx, organisations: &[OrgIx], (measure, share): (&str, Option<&str>)) -> Vec<Worth> {
    let Some(indicator) = atlas.indicator_by_key(measure) else { return Vec::new() };
    let of_wave: Vec<(&Observation, bool)> =
        value::all_observations(atlas).filter(|(row, _)| row.wave == Some(wave)).collect();
    let cells: BTreeSet<(&str, Option<&str>)> = of_wave
        .iter()
        .filter(|(row, _)| row.indicator == indicator && matches!(row.subject, Subject::Organisation(_)))
        .map(|(row, _)| (atlas.str(row.period), atlas.maybe(row.currency)))
        .collect();
    let is_over = !matches!(atlas.wave(wave).state, WaveState::Draft | WaveState::Open);
    let share = share.map(|share| atlas.indicator_by_key(share));
    let cell = |(period, currency): (&str, Option<&str>)| {
        let empty = |&org: &OrgIx| {
            let whole = share.is_none().then(|| Interval::exact(1.0));
            (org, Report { size: atlas.organisation(org).size_band, share: whole, ..Report::default() })
        };
        let mut reports: BTreeMap<OrgIx, Report> = organisations.iter().map(empty).collect();
        for (row, is_sealed) in of_wave.iter().filter(|(row, _)| atlas.str(row.period) == period) {
            let Subject::Organisation(org) = row.subject else { continue };
            let Some(report) = reports.get_mut(&org) else { continue };
            if row.indicator == indicator && atlas.maybe(row.currency) == currency {
                report.value = value::amount(row);
                report.is_sealed |= is_sealed;
            } else if share.flatten() == Some(row.indicator) {
                report.share = value::share(atlas, row);
                report.is_sealed |= is_sealed;
            }
        }
        let reports: Vec<Report> = reports.into_values().collect();
        let sum = value::sum(&reports);
        Worth {
            indicator,
            share: share.flatten(),
            period: period.to_owned(),
            currency: currency.map(str::to_owned),
            complete: sum.complete,
            eligible: sum.eligible,
            told: if is_over { told(&reports, sum) } else { Told::Open },
        }
    };
    cells.into_iter().map(cell).collect()
}

/// What may be told of the sum of some reports. What rests on missing shares would give the values of those
/// organisations away, so that it has to pass the rule by itself; so have the values that were said in confidence, among
/// those that everybody can read.
pub fn told(reports: &[Report], sum: Sum) -> Told {
    let complete = value::amounts(reports);
    let rest = reports.iter().filter(|one| one.share.is_none());
    let rest: Vec<(f64, bool)> = rest.filter_map(|one| Some((one.value?.central, one.is_sealed))).collect();
    let sealed = complete.iter().filter(|(_, is_sealed)| *is_sealed).count();
    let is_few = |count: usize| count < super::method::DISCLOSURE_COUNT;
    if value::hides_all(&complete) {
        Told::Sum { sum, is_whole: rest.is_empty() || value::hides_all(&rest) }
    } else if is_few(complete.len()) || (sealed > 0 && is_few(sealed)) {
        Told::TooFew
    } else {
        Told::Dominated
    }
}

/// A sum as it is printed: to three significant digits, so that two sums of two days say little of one organisation.
pub fn printed(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let unit = 10_f64.powi(value.abs().log10().floor() as i32 - 2);
    (value / unit).round() * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(value: f64, share: Option<f64>) -> Report {
        Report { value: Some(Interval::exact(value)), share: share.map(Interval::exact), ..Report::default() }
    }

    fn in_confidence(value: f64, share: Option<f64>) -> Report {
        Report { is_sealed: true, ..report(value, share) }
    }

    /// The cells of the method, as values that rest on open data altogether.
    #[test]
    fn a_sum_is_told_behind_the_disclosure_rule() {
        for (values, expected) in [
            (&[40.0, 30.0, 10.0, 5.0, 5.0][..], "sum"),
            (&[80.0, 10.0, 4.0, 3.0, 3.0], "dominated"),
            (&[4.56, 7.071, 3.0], "few"),
            (&[], "few"),
        ] {
            let reports: Vec<Report> = values.iter().map(|&value| report(value, Some(1.0))).collect();
            let found = match told(&reports, value::sum(&reports)) {
                Told::Sum { is_whole: true, .. } => "sum",
                Told::Dominated => "dominated",
                Told::TooFew => "few",
                other => panic!("{other:?}"),
            };
            assert_eq!(found, expected, "{values:?}");
        }
    }

    #[test]
    fn one_missing_share_is_not_given_away_by_the_worst_case() {
        let mut reports: Vec<Report> = [40.0, 30.0, 10.0, 5.0, 5.0].map(|value| report(value, Some(0.5))).to_vec();
        reports.push(report(200.0, None));
        let of = |reports: &[Report]| match told(reports, value::sum(reports)) {
            Told::Sum { is_whole, .. } => is_whole,
            other => panic!("{other:?}"),
        };
        assert!(!of(&reports));
        reports.extend([180.0, 160.0, 140.0, 120.0].map(|value| report(value, None)));
        assert!(of(&reports), "five whose share is missing hide one another");
    }

    #[test]
    fn what_everybody_reads_does_not_hide_what_was_said_in_confidence() {
        let of = |reports: &[Report]| told(reports, value::sum(reports));
        let mut reports: Vec<Report> = [40.0, 30.0, 20.0, 15.0, 15.0].map(|value| report(value, Some(0.5))).to_vec();
        assert!(matches!(of(&reports), Told::Sum { is_whole: true, .. }), "all of them are open anyway");
        for value in [38.0, 22.0, 18.0, 16.0] {
            reports.push(in_confidence(value, Some(0.5)));
            assert_eq!(of(&reports), Told::TooFew, "the open ones are taken away from the sum");
        }
        reports.push(in_confidence(12.0, Some(0.5)));
        assert!(matches!(of(&reports), Told::Sum { is_whole: true, .. }), "five hide one another");
        reports.push(in_confidence(5_000.0, Some(0.5)));
        reports.push(report(5_000.0, Some(0.5)));
        reports.extend([700.0; 6].map(|value| report(value, Some(0.5))));
        assert_eq!(of(&reports), Told::Dominated, "one of those in confidence holds most of what they hide");
        // The same of those whose share is missing.
        reports.truncate(10);
        reports.extend([60.0, 50.0, 45.0, 40.0, 35.0].map(|value| report(value, None)));
        assert!(matches!(of(&reports), Told::Sum { is_whole: true, .. }));
        reports.push(in_confidence(55.0, None));
        assert!(matches!(of(&reports), Told::Sum { is_whole: false, .. }));
    }

    #[test]
    fn sums_are_printed_to_three_digits() {
        for (value, expected) in
            [(0.0, 0.0), (14.631, 14.6), (11_120_000.0, 11_100_000.0), (999.6, 1000.0), (0.012_34, 0.0123), (5.0, 5.0)]
        {
            assert!((printed(value) - expected).abs() < 1e-9 * expected.max(1.0), "{value} {}", printed(value));
        }
    }
}
