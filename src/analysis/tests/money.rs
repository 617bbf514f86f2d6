//! What it is worth, within bounds.

use entity::vocabulary::SizeBand;

use super::about;
use crate::analysis::value;
use crate::analysis::value::{Counterfactual, Interval, Report};
use crate::atlas::fixture::mini;

fn reports() -> Vec<(String, Report)> {
    let mini = mini();
    let interval =
        |found: Option<[f64; 3]>| found.map(|[low, central, high]| Interval { low, central, high: Some(high) });
    let report = |name: &String| Report {
        value: interval(mini.value_mxn_m[name]),
        share: interval(mini.share[name]),
        size: Some(SizeBand::From1To10),
        is_sealed: false,
    };
    mini.value_mxn_m.keys().map(|name| (name.clone(), report(name))).collect()
}

#[track_caller]
fn spans(interval: Interval, low: &str, central: &str, high: &str) {
    about(interval.low, low);
    about(interval.central, central);
    about(interval.high.unwrap(), high);
}

#[test]
fn value_with_bounds_and_coverage() {
    let reports = reports();
    for ((name, report), (low, central, high)) in
        reports.iter().zip([("3.12", "4.56", "6.00"), ("5.00", "7.071", "10.00"), ("3", "3", "3")])
    {
        spans(value::gross(*report).unwrap_or_else(|| panic!("{name}")), low, central, high);
    }
    let reports: Vec<Report> = reports.into_iter().map(|(_, report)| report).collect();
    let sum = value::sum(&reports);
    spans(sum.reported, "11.12", "14.631", "19.00");
    about(sum.worst_case.low, "11.12");
    about(sum.worst_case.high.unwrap(), "219.00");
    assert_eq!((sum.unbounded, sum.complete, sum.eligible, sum.imputed_count), (1, 3, 5, 0));
    about(sum.revenue_coverage.unwrap(), ".30");
    about(sum.revenue_coverage.unwrap() * 285.711, "85.711");
    // The band of O2 has its geometric mean for its centre.
    about(Interval::band(50.0, Some(100.0)).central, "70.71067811865");
    about(Interval::band(0.0, Some(1.0)).central, ".5");
    assert_eq!(Interval::band(1000.0, None), Interval { low: 1000.0, central: 1500.0, high: None });
    let open = Report { value: Some(Interval::band(10.0, None)), ..reports[2] };
    assert_eq!(value::sum(&[open]).reported.high, None);
}

#[test]
fn net_value_keeps_what_would_stay() {
    let mini = mini();
    let named = |word: &str| match word {
        "unchanged" => Counterfactual::Unchanged,
        "substitute_cheap" => Counterfactual::SubstituteCheap,
        "substitute_costly" => Counterfactual::SubstituteCostly,
        "degraded" => Counterfactual::Degraded,
        _ => Counterfactual::Cease,
    };
    for (word, retained) in &mini.counterfactual_cf1 {
        assert!(named(word).retained().iter().zip(retained).all(|(a, b)| (a - b).abs() < 1e-12), "{word}");
    }
    let reports = reports();
    let mut nets = mini.counterfactual_answers.iter().map(|(name, answer)| {
        let report = reports.iter().find(|(of, _)| of == name).unwrap().1;
        value::net(value::gross(report).unwrap(), named(answer))
    });
    spans(nets.next().unwrap(), "1.56", "3.42", "5.40");
    spans(nets.next().unwrap(), "2.7", "3.0", "3.0");
}

#[test]
fn shares_are_imputed_within_a_size_class_only() {
    let mini = mini();
    let small = |share: f64| Report {
        value: None,
        share: Some(Interval::exact(share)),
        size: Some(SizeBand::From11To50),
        ..Report::default()
    };
    let mut reports: Vec<Report> = mini.donor_shares.iter().map(|&share| small(share)).collect();
    about(value::donor_share(&reports, Some(SizeBand::From11To50)).unwrap().central, ".10");
    assert_eq!(value::donor_share(&reports, Some(SizeBand::Over10000)), None);
    reports.push(Report {
        value: Some(Interval::exact(30.0)),
        share: None,
        size: Some(SizeBand::From11To50),
        ..Report::default()
    });
    let sum = value::sum(&reports);
    assert_eq!((sum.imputed_count, sum.unbounded), (1, 5));
    about(sum.imputed.central, "3.0");
    reports.remove(0);
    assert_eq!(value::sum(&reports).imputed_count, 0, "four donors are too few");
}

#[test]
fn allocation_sums_to_the_whole() {
    let atlas = mini().atlas();
    let o1 = atlas.org("O1");
    let uses: Vec<_> = atlas
        .claims_of(o1)
        .iter()
        .filter(|claim| claim.figures(false))
        .map(|claim| (claim.dataset.unwrap(), value::claim_weight(claim)))
        .collect();
    let parts = value::allocate(4.56, &uses);
    for (title, weight, part) in [("D1", ".9", ".684"), ("D3", "3.0", "2.28"), ("D4", "2.1", "1.596")] {
        let dataset = atlas.data(title);
        about(uses.iter().find(|(of, _)| *of == dataset).unwrap().1, weight);
        about(parts[&dataset], part);
    }
    // Invariant I6.
    assert!((parts.values().sum::<f64>() - 4.56).abs() < 1e-12);
    assert!(value::allocate(4.56, &[(1, 0.0)]).is_empty());
}

#[test]
fn disclosure_hides_what_two_firms_dominate() {
    let cells = mini().money_cells;
    for (cell, (share, publish)) in cells.iter().zip([(".778", true), (".900", false), (".795", false)]) {
        about(value::largest_two(cell).unwrap(), share);
        assert_eq!(value::may_publish(cell), publish, "{cell:?}");
    }
    let even = vec![1.0; 6];
    let larger = vec![2.0; 6];
    assert_eq!(value::suppressed(&[cells[1].clone(), larger.clone(), even.clone()]), [true, false, true]);
    assert_eq!(value::suppressed(&[larger, even]), [false, false]);
}
