//! What the heat of a request is made of: who supports it, and for how long.

use chrono::{Datelike, Months, NaiveDate};

/// Whoever supports a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supporter {
    Organisation,
    /// Somebody with an account.
    Person,
}

/// The months between two days: whole ones, and the days that are over as a part of the month they stand in. What
/// has not begun is 0 months old.
pub fn age_months(from: NaiveDate, to: NaiveDate) -> f64 {
    if to <= from {
        return 0.0;
    }
    let apart = (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32;
    let apart = u32::try_from(apart).unwrap_or(0);
    let whole = if from + Months::new(apart) > to { apart - 1 } else { apart };
    let (begins, ends) = (from + Months::new(whole), from + Months::new(whole + 1));
    let part = (to - begins).num_days() as f64 / ((ends - begins).num_days().max(1)) as f64;
    f64::from(whole) + part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_day_of_a_month_is_whole_months_away() {
        for (from, to, months) in [
            ("2024-12-30", "2025-06-30", 6.0),
            ("2023-06-30", "2025-06-30", 24.0),
            ("2025-03-30", "2025-06-30", 3.0),
            ("2025-06-30", "2025-06-30", 0.0),
            ("2025-07-30", "2025-06-30", 0.0),
            // A month that is too short for the day ends with its last one.
            ("2025-01-31", "2025-02-28", 1.0),
            ("2025-06-01", "2025-06-16", 0.5),
            ("2025-06-16", "2025-07-01", 0.5),
        ] {
            let found = age_months(from.parse().unwrap(), to.parse().unwrap());
            assert!((found - months).abs() < 1e-9, "{from} to {to}: {found}, not {months}");
        }
    }
}
