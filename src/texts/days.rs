//! Days and moments as each language writes them.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::text;
use crate::atlas::Lang;

/// A day, such as `27 nov 2026`.
pub fn day(lang: Lang, day: NaiveDate) -> String {
    let month = text(lang, "page.months").split(' ').nth(day.month0() as usize).unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// A moment to the minute, such as `27 nov 2026, 13:57 UTC`.
pub fn moment(lang: Lang, at: DateTime<Utc>) -> String {
    format!("{}, {} UTC", day(lang, at.date_naive()), at.format("%H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_months() {
        let of = |month| NaiveDate::from_ymd_opt(2026, month, 7).unwrap();
        assert_eq!(day(Lang::ES, of(1)), "7 ene 2026");
        assert_eq!(day(Lang::EN, of(12)), "7 Dec 2026");
        for lang in [Lang::ES, Lang::EN] {
            let months: std::collections::BTreeSet<_> = (1..=12).map(|month| day(lang, of(month))).collect();
            assert_eq!(months.len(), 12);
        }
        let at = of(9).and_hms_opt(8, 5, 0).unwrap().and_utc();
        assert_eq!(moment(Lang::ES, at), "7 sep 2026, 08:05 UTC");
    }
}
