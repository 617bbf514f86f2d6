//! Demand, waves compared, and terms.

use std::collections::BTreeSet;

use entity::vocabulary::{CompletedBy, DayKind, RequestStatus, ResponseStatus};

use super::about;
use crate::analysis::demand::{Support, business_heat, heat};
use crate::analysis::{panel, terms};
use crate::atlas::fixture::{day, mini};
use crate::domain::demand::{Supporter, due};

#[test]
fn heat_cools_by_half_in_two_years() {
    let printed = ["10.932", "3.5", "2.751", "0"];
    for (request, (printed, business)) in
        mini().requests.iter().zip(printed.into_iter().zip(["5.045", "3", "1.376", "0"]))
    {
        let status = match request.status.as_str() {
            "open" => RequestStatus::Triaged,
            "rejected" => RequestStatus::Rejected,
            "partial" => RequestStatus::PartiallyPublished,
            _ => RequestStatus::Published,
        };
        let of = |by, count| Support { by, count, age_months: request.age_months };
        let supports = [of(Supporter::Organisation, request.orgs), of(Supporter::Person, request.persons)];
        about(heat(status, supports), printed);
        about(business_heat(status, supports), business);
    }
    assert!(heat(RequestStatus::Triaged, []).is_sign_positive(), "no heat is printed without a sign");
}

#[test]
fn panels_and_response_rates() {
    let mini = mini();
    let set = |key: &str| mini.panel[key].iter().map(String::as_str).collect::<BTreeSet<&str>>();
    let panel = panel::panel(&set("first"), &set("second"));
    about(panel.retention.unwrap(), ".75");
    assert_eq!((panel.entry, panel.exit), (vec!["O5"], vec!["O2"]));

    let counts = &mini.responses;
    let of = |key: &str, status, by| std::iter::repeat_n((status, by), counts[key]);
    let rows: Vec<_> = of("ineligible", ResponseStatus::Ineligible, CompletedBy::Unknown)
        .chain(of("duplicate", ResponseStatus::Duplicate, CompletedBy::Unknown))
        .chain(of("answered", ResponseStatus::Validated, CompletedBy::Organisation))
        .chain(of("desk", ResponseStatus::Validated, CompletedBy::Researcher))
        .chain(of("refused", ResponseStatus::Refused, CompletedBy::Unknown))
        .collect();
    assert_eq!(rows.len(), counts["all"]);
    let rates = crate::domain::participation::rates(rows.into_iter().map(|(status, by)| (status, by, 1)));
    assert_eq!((rates.eligible, rates.complete, rates.desk), (8, 5, 2));
    about(rates.response_rate().unwrap(), ".625");
}

#[test]
fn terms_in_calendar_and_business_days() {
    let term = mini().term;
    assert_eq!(due(term.forwarded_on, term.days, DayKind::Calendar, &[]), term.calendar);
    assert_eq!(due(term.forwarded_on, term.days, DayKind::Business, &[]), term.business);
    let holiday = [day("2025-06-09")];
    assert_eq!(due(term.forwarded_on, term.days, DayKind::Business, &holiday), day("2025-07-15"));
    let on = |answered: Option<&str>| terms::Term {
        forwarded_on: term.forwarded_on,
        due_on: term.calendar,
        answered_on: answered.map(day),
    };
    let terms = [on(Some("2025-06-12")), on(Some("2025-06-22")), on(Some("2025-07-12")), on(None)];
    let kept = terms::punctuality(&terms, day("2025-07-03"));
    assert_eq!((kept.answered, kept.answered_in_time, kept.overdue, kept.open), (3, 2, 1, 0));
    about(kept.on_time_rate.unwrap(), ".5");
    about(kept.median_days.unwrap(), "20");
    assert_eq!(terms::punctuality(&terms[..2], day("2025-07-03")).median_days, None);
}
