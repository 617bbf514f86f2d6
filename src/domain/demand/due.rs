//! The day by which a publisher has to answer.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use entity::vocabulary::DayKind;

/// The longest term that a publisher may have, in days.
pub const LONGEST_TERM: u32 = 730;

/// The day a term ends. Business days leave out Saturdays, Sundays and the holidays given.
pub fn due(from: NaiveDate, days: u32, kind: DayKind, holidays: &[NaiveDate]) -> NaiveDate {
    match kind {
        DayKind::Calendar => from + Days::new(u64::from(days)),
        DayKind::Business => {
            let mut day = from;
            let mut left = days;
            while left > 0 {
                day = day + Days::new(1);
                let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
                left -= u32::from(!weekend && !holidays.contains(&day));
            }
            day
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn terms_end_on_the_day_that_is_worked_out_by_hand() {
        use DayKind::{Business, Calendar};
        let none: &[&str] = &[];
        for (from, days, kind, holidays, expected) in [
            // Forwarded on a Monday.
            ("2025-06-02", 30, Calendar, none, "2025-07-02"),
            ("2025-06-02", 30, Business, none, "2025-07-14"),
            ("2025-06-02", 30, Business, &["2025-07-04"], "2025-07-15"),
            // A holiday on a weekend takes nothing away.
            ("2025-06-02", 30, Business, &["2025-07-05"], "2025-07-14"),
            ("2025-06-06", 1, Business, none, "2025-06-09"),
            ("2025-06-07", 1, Business, none, "2025-06-09"),
            ("2025-06-07", 1, Calendar, &["2025-06-08"], "2025-06-08"),
            ("2024-02-28", 2, Calendar, none, "2024-03-01"),
            ("2025-06-02", 0, Business, none, "2025-06-02"),
        ] {
            let holidays: Vec<_> = holidays.iter().map(|text| day(text)).collect();
            assert_eq!(due(day(from), days, kind, &holidays), day(expected), "{from} + {days} {kind:?}");
        }
    }
}
