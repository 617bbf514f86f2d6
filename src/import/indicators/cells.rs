//! The cells of a record of observations, each read by itself: what stands there, or why it cannot be taken.

use super::{Definition, Nature};
use crate::domain::draft::{Decimal, SubjectDraft};
use crate::domain::text::one_line;
use crate::embedded;
use crate::import::text::clean_line;
use entity::vocabulary::{AreaScheme, Missing, ObservationStatus, RowVisibility, SubjectLevel};
use iso_currency::Currency;
use std::collections::HashSet;

/// Why a cell was refused, and its record with it.
pub(super) struct Refusal {
    pub(super) field: &'static str,
    pub(super) code: &'static str,
    pub(super) reason: String,
}

pub(super) fn refuse<T>(field: &'static str, code: &'static str, reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { field, code, reason: reason.into() })
}

/// The most decimals that a number has.
const DECIMALS: usize = 18;

/// Where a number is from: nothing, or what can be read.
pub(super) fn source(text: &str) -> Result<(), Refusal> {
    if text.is_empty() || !one_line(&clean_line(text)).is_empty() {
        return Ok(());
    }
    refuse("source", "source.blank", "names nothing without its markup; leave it empty where the source is not known")
}

pub(super) fn places() -> HashSet<&'static str> {
    embedded::records("countries")
        .map(|row| row.get("iso2"))
        .chain(embedded::records("subdivisions").map(|row| row.get("code")))
        .collect()
}

/// `country:MX`, `area:MX-JAL`, `sector:od500_category/energy`, `organisation:od500/mx/organisation/x`.
pub(super) fn subject(text: &str, places: &HashSet<&'static str>) -> Result<SubjectDraft, Refusal> {
    let wrong = || refuse("subject", "subject.unreadable", "is none of country:, area:, sector: or organisation:");
    let unknown = || refuse("subject", "subject.unknown", "is no known country or area");
    let Some((kind, name)) = text.split_once(':') else { return wrong() };
    match kind {
        "country" if name.len() == 2 && places.contains(name) => {
            Ok(SubjectDraft::Area(AreaScheme::Country, name.to_owned()))
        }
        "area" if name.contains('-') && places.contains(name) => {
            Ok(SubjectDraft::Area(AreaScheme::Subdivision, name.to_owned()))
        }
        "country" | "area" => unknown(),
        "sector" | "organisation" => match name.split_once('/') {
            Some((first, rest)) if !first.is_empty() && !rest.is_empty() => Ok(if kind == "sector" {
                SubjectDraft::Sector(first.to_owned(), rest.to_owned())
            } else {
                SubjectDraft::Organisation(first.to_owned(), rest.to_owned())
            }),
            _ => wrong(),
        },
        _ => wrong(),
    }
}

/// `2014`, `2014-Q2` or `2014-05`.
pub(super) fn period(text: &str) -> Result<String, Refusal> {
    let (year, rest) = text.split_once('-').unwrap_or((text, ""));
    let is_year = year.len() == 4 && year.parse::<u16>().is_ok_and(|y| (1500..=2200).contains(&y));
    let is_part = match rest {
        "" => !text.ends_with('-'),
        "Q1" | "Q2" | "Q3" | "Q4" => true,
        month => month.len() == 2 && month.parse::<u8>().is_ok_and(|m| (1..=12).contains(&m)),
    };
    if is_year && is_part {
        Ok(text.to_owned())
    } else {
        refuse("period", "period.unreadable", "is no year, quarter (2014-Q2) or month (2014-05)")
    }
}

/// What stands in the column of the status; `None` where it is blank.
pub(super) fn status_word(text: &str) -> Result<Option<ObservationStatus>, Refusal> {
    match text {
        "" => Ok(None),
        text => text.parse().map(Some).or_else(|_| refuse("status", "status.unknown", "is none of A, E, I, P, M")),
    }
}

/// The status of an observation and why it has no number. `M` of SDMX is the status of what is missing and of nothing
/// else; where no reason is given, the source has no number.
pub(super) fn status(
    text: &str,
    missing: Option<Missing>,
    has_number: bool,
) -> Result<(ObservationStatus, Option<Missing>), Refusal> {
    let status = match (status_word(text)?, missing) {
        (Some(status), _) => status,
        (None, Some(_)) => ObservationStatus::Missing,
        (None, None) => ObservationStatus::Normal,
    };
    let is_missing = status == ObservationStatus::Missing;
    if is_missing && has_number {
        return refuse(
            "status",
            "status.missing_with_value",
            "M says that the value is missing; leave the value blank",
        );
    }
    if !is_missing && missing.is_some() && !has_number {
        return refuse("status", "status.not_missing", "an observation that is missing has the status M, or none");
    }
    Ok((status, missing.or(is_missing.then_some(Missing::NoAnswer))))
}

pub(super) fn currency(text: &str, definition: &Definition) -> Result<Option<String>, Refusal> {
    match (text.is_empty(), definition.is_money()) {
        (true, false) => Ok(None),
        (true, true) => refuse("currency", "currency.missing", "the indicator is money and needs a currency"),
        (false, false) => refuse("currency", "currency.unwanted", "the indicator is no money"),
        (false, true) if Currency::from_code(text).is_none() => {
            refuse("currency", "currency.unreadable", "is no ISO 4217 code, such as MXN")
        }
        (false, true) if definition.nature == (Nature::Money { in_one_currency: true }) && text != definition.unit => {
            let reason =
                format!("the indicator is published in {}; convert nothing, take another one", definition.unit);
            refuse("currency", "currency.other", reason)
        }
        (false, true) => Ok(Some(text.to_owned())),
    }
}

/// The subject, if the indicator is observed of its kind.
pub(super) fn level(subject: SubjectDraft, definition: &Definition) -> Result<SubjectDraft, Refusal> {
    let is_one = |level: &SubjectLevel| match subject {
        SubjectDraft::Area(AreaScheme::Country, _) => *level == SubjectLevel::Country,
        SubjectDraft::Area(..) => *level == SubjectLevel::Area,
        SubjectDraft::Sector(..) => *level == SubjectLevel::Sector,
        SubjectDraft::Organisation(..) => matches!(level, SubjectLevel::Organisation | SubjectLevel::Publisher),
        SubjectDraft::Itself => false,
    };
    if definition.levels.iter().any(is_one) {
        return Ok(subject);
    }
    let levels: Vec<&str> = definition.levels.iter().map(|level| level.as_str()).collect();
    refuse("subject", "subject.level", format!("the indicator is observed of: {}", levels.join(", ")))
}

/// Why a value is missing; `None` where the cell is blank.
pub(super) fn missing(text: &str) -> Result<Option<Missing>, Refusal> {
    match text {
        "" => Ok(None),
        text => {
            text.parse().map(Some).or_else(|_| refuse("missing", "missing.unknown", "is none of the six missing codes"))
        }
    }
}

/// Who may see it; everybody where the cell is blank.
pub(super) fn visibility(text: &str) -> Result<RowVisibility, Refusal> {
    match text {
        "" => Ok(RowVisibility::Public),
        text => text
            .parse()
            .or_else(|_| refuse("visibility", "visibility.unknown", "is none of public, aggregate_only, private")),
    }
}

/// The unit of the indicator, or nothing, or the currency of what is money.
pub(super) fn unit(text: &str, currency: &str, definition: &Definition) -> Result<(), Refusal> {
    let is_currency = definition.is_money() && text == currency;
    if text.is_empty() || text == definition.unit || is_currency {
        Ok(())
    } else {
        refuse("unit", "unit.other", format!("the indicator is measured in {}", definition.unit))
    }
}

/// An exact decimal with a point; no thousands separators, no exponent.
pub(super) fn number(field: &'static str, text: &str) -> Result<Option<Decimal>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    decimal(text).map_or_else(
        || {
            refuse(
                field,
                "number.unreadable",
                "is no decimal number such as 1234.5 (no thousands separators, at most 18 digits)",
            )
        },
        |value| Ok(Some(value)),
    )
}

/// Reads `-1234.50` as mantissa and scale; trailing zeros go, so that equal numbers are equal.
pub fn decimal(text: &str) -> Option<Decimal> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = !whole.is_empty()
        && (digits.contains('.') != fraction.is_empty())
        && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
    if !is_number {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > DECIMALS {
        return None;
    }
    let mantissa: i64 = format!("{whole}{fraction}").parse().ok()?;
    if mantissa >= 10_i64.pow(18) {
        return None;
    }
    Some(Decimal { mantissa: sign * mantissa, scale: fraction.len() as i16 })
}

pub(super) fn is_ordered(values: [Option<Decimal>; 3]) -> bool {
    let known: Vec<Decimal> = values.into_iter().flatten().collect();
    known.windows(2).all(|pair| {
        let at = pair[0].scale.max(pair[1].scale);
        let widen = |d: Decimal| i128::from(d.mantissa) * 10_i128.pow((at - d.scale) as u32);
        widen(pair[0]) <= widen(pair[1])
    })
}
