//! Terms of data requests: how many answers came in time. When one is due: [`crate::domain::demand::due`].

use chrono::NaiveDate;

use super::method;

/// One request as its term sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    pub forwarded_on: NaiveDate,
    pub due_on: NaiveDate,
    pub answered_on: Option<NaiveDate>,
}

/// How terms were kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Punctuality {
    pub answered: usize,
    pub answered_in_time: usize,
    /// Open and past their due date.
    pub overdue: usize,
    /// Open and within their term.
    pub open: usize,
    /// Answered in time / (answered + overdue); `None` of none.
    pub on_time_rate: Option<f64>,
    /// Median days to answer, of three or more.
    pub median_days: Option<f64>,
}

/// How the terms of some requests were kept at a date.
pub fn punctuality(terms: &[Term], as_of: NaiveDate) -> Punctuality {
    let mut days: Vec<f64> =
        terms.iter().filter_map(|term| Some((term.answered_on? - term.forwarded_on).num_days() as f64)).collect();
    let answered = days.len();
    let answered_in_time = terms.iter().filter(|term| term.answered_on.is_some_and(|on| on <= term.due_on)).count();
    let overdue = terms.iter().filter(|term| term.answered_on.is_none() && as_of > term.due_on).count();
    let decided = answered + overdue;
    Punctuality {
        answered,
        answered_in_time,
        overdue,
        open: terms.len() - decided,
        on_time_rate: (decided > 0).then(|| answered_in_time as f64 / decided as f64),
        median_days: (answered >= method::SMALLEST_MEAN).then(|| median(&mut days)).flatten(),
    }
}

/// The median; `None` of nothing.
pub fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}
