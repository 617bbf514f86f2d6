//! Indicator observations from a long CSV file, one observation a record. The format is written in
//! `docs/indicators.md`; which indicators exist is asked of the caller, not known here.

use super::problem::{Problems, SourceError, Spot};
use super::table::{Record, Table};
use crate::domain::draft::{Decimal, Header, ObservationDraft, Problem, SourceDraft, SubjectDraft};
use crate::embedded;
use entity::vocabulary::{AreaScheme, Missing, ObservationStatus, RowVisibility, SourceKind};
use std::collections::{BTreeMap, HashSet};

/// The version that batches record.
pub const IMPORTER_VERSION: &str = "indicators/1";

/// Columns that must be there.
const REQUIRED: [&str; 8] = ["indicator", "subject", "period", "value", "unit", "currency", "source", "status"];

/// Columns that may be there.
const OPTIONAL: [&str; 5] = ["low", "high", "wave", "visibility", "missing"];

/// The whole that a share is of.
const WHOLE: Decimal = Decimal { mantissa: 100, scale: 0 };

/// The units of what is counted one by one.
const COUNTED: [&str; 3] = ["count", "persons", "unit"];

/// The unit of what is a share of a whole: no indicator that ships is a rate of growth.
const SHARE: &str = "%";

/// What the reader needs to know of an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its unit, such as `persons`, `percent` or `money`.
    pub unit: String,
    /// Whether its values are money and need a currency.
    pub is_money: bool,
    /// Whether it counts something, so that nothing is below zero.
    pub is_count: bool,
    /// Whether it is a share of a whole, so that nothing is below zero or above a hundred.
    pub is_share: bool,
}

/// The definitions that ship with the program.
pub fn embedded_definitions() -> BTreeMap<String, Definition> {
    embedded::records("indicators")
        .map(|row| {
            let unit = row.get("unit").to_owned();
            let is_money = unit.len() == 3 && unit.chars().all(|c| c.is_ascii_uppercase());
            let is_count = COUNTED.contains(&unit.as_str());
            let is_share = unit == SHARE;
            (row.get("key").to_owned(), Definition { unit, is_money, is_count, is_share })
        })
        .collect()
}

/// A file as drafts.
#[derive(Clone, Debug)]
pub struct IndicatorsRead {
    /// Sources and observations.
    pub header: Header,
    /// What could not be taken.
    pub problems: Vec<Problem>,
    /// Records in the file.
    pub rows: usize,
    /// The records that the observations stand in, one by one.
    records: Vec<u64>,
}

impl IndicatorsRead {
    /// Leaves out the observations whose subject is not known, where `known` says so of each.
    pub fn leave_out_unknown(&mut self, file: &str, known: &[bool]) {
        let mut problems = Problems::default();
        let mut kept = Vec::new();
        let observations = std::mem::take(&mut self.header.observations).into_iter().zip(&self.records).zip(known);
        for ((draft, &row), &is_known) in observations {
            if is_known {
                kept.push(draft);
                continue;
            }
            let subject = match &draft.subject {
                SubjectDraft::Organisation(source, key) => format!("organisation:{source}/{key}"),
                SubjectDraft::Sector(scheme, code) => format!("sector:{scheme}/{code}"),
                SubjectDraft::Area(_, code) => format!("area:{code}"),
                SubjectDraft::Itself => String::new(),
            };
            let spot = Spot { file, row, field: "subject" };
            problems.refuse(spot, &subject, "subject.unknown", "is not in the record; left out");
        }
        self.header.observations = kept;
        self.problems.extend(problems.into_sorted());
        self.problems.sort_by_key(|problem| problem.row);
    }
}

/// Reads a file; indicators are looked up by key among the definitions.
pub fn read(
    file: &str,
    bytes: &[u8],
    definitions: &BTreeMap<String, Definition>,
) -> Result<IndicatorsRead, SourceError> {
    let mut problems = Problems::default();
    let table = Table::read(file, bytes, &REQUIRED, &OPTIONAL, &mut problems)?;
    let places = places();
    let mut sources: BTreeMap<String, SourceDraft> = BTreeMap::new();
    let mut seen: HashSet<[String; 5]> = HashSet::new();
    let (mut observations, mut records) = (Vec::new(), Vec::new());
    for record in &table.records {
        let key = ["indicator", "subject", "period", "wave", "source"].map(|c| table.get(record, c).to_owned());
        match observation(&table, record, definitions, &places) {
            Ok(_) if !seen.insert(key) => {
                let spot = table.spot(record, "indicator");
                problems.refuse(
                    spot,
                    table.get(record, "indicator"),
                    "observation.duplicate",
                    "an earlier record has the same indicator, subject, period, wave and source; left out",
                );
            }
            Ok(draft) => {
                if let Some(key) = &draft.source {
                    sources.entry(key.clone()).or_insert_with(|| source(key, table.get(record, "source")));
                }
                observations.push(draft);
                records.push(record.number);
            }
            Err(refusal) => {
                let spot = table.spot(record, refusal.field);
                problems.refuse(spot, table.get(record, refusal.field), refusal.code, refusal.reason);
            }
        }
    }
    let header = Header {
        source: "indicators".to_owned(),
        importer_version: IMPORTER_VERSION.to_owned(),
        sources: sources.into_values().collect(),
        observations,
        ..Header::default()
    };
    Ok(IndicatorsRead { header, problems: problems.into_sorted(), rows: table.records.len(), records })
}

/// Why a record was left out.
struct Refusal {
    field: &'static str,
    code: &'static str,
    reason: String,
}

fn refuse<T>(field: &'static str, code: &'static str, reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { field, code, reason: reason.into() })
}

fn observation(
    table: &Table,
    record: &Record,
    definitions: &BTreeMap<String, Definition>,
    places: &HashSet<&'static str>,
) -> Result<ObservationDraft, Refusal> {
    let cell = |column| table.get(record, column);
    let Some(definition) = definitions.get(cell("indicator")) else {
        return refuse("indicator", "indicator.unknown", "is no known indicator; see docs/indicators.md for the list");
    };
    let unit = cell("unit");
    let is_currency = unit == cell("currency") && definition.is_money;
    if !unit.is_empty() && unit != definition.unit && !is_currency {
        return refuse("unit", "unit.other", format!("the indicator is measured in {}", definition.unit));
    }
    let currency = currency(cell("currency"), definition.is_money)?;
    let value = number("value", cell("value"))?;
    let low = number("low", cell("low"))?;
    let high = number("high", cell("high"))?;
    let missing = if cell("missing").is_empty() {
        None
    } else {
        match cell("missing").parse::<Missing>() {
            Ok(missing) => Some(missing),
            Err(_) => return refuse("missing", "missing.unknown", "is none of the six missing codes"),
        }
    };
    let has_number = value.is_some() || low.is_some() || high.is_some();
    let (status, missing) = status(cell("status"), missing, has_number)?;
    if has_number == missing.is_some() {
        return refuse("value", "value.or_missing", "give either a number or a missing code, and not both");
    }
    let below_zero = |number: &Option<Decimal>| number.is_some_and(|number| number.mantissa < 0);
    if definition.is_count && [low, value, high].iter().any(below_zero) {
        return refuse("value", "value.negative", format!("{} are counted; none is below zero", definition.unit));
    }
    let above_whole =
        |number: &Option<Decimal>| number.is_some_and(|number| !is_ordered([Some(number), Some(WHOLE), None]));
    if definition.is_share && [low, value, high].iter().any(|number| below_zero(number) || above_whole(number)) {
        return refuse("value", "value.share", "is a share in per cent; it lies between 0 and 100");
    }
    if !is_ordered([low, value, high]) {
        return refuse("value", "value.order", "low, value and high must not fall");
    }
    Ok(ObservationDraft {
        indicator: cell("indicator").to_owned(),
        subject: subject(cell("subject"), places)?,
        period: period(cell("period"))?,
        low: if value.is_some() && low.is_none() && high.is_none() { value } else { low },
        central: value,
        high: if value.is_some() && low.is_none() && high.is_none() { value } else { high },
        missing,
        currency,
        status,
        visibility: match cell("visibility") {
            "" => RowVisibility::Public,
            text => match text.parse() {
                Ok(visibility) => visibility,
                Err(_) => {
                    return refuse("visibility", "visibility.unknown", "is none of public, aggregate_only, private");
                }
            },
        },
        wave: Some(cell("wave").to_owned()).filter(|wave| !wave.is_empty()),
        source: Some(cell("source")).filter(|s| !s.is_empty()).map(source_key),
    })
}

fn source_key(text: &str) -> String {
    format!("indicators/source/{}", crate::domain::text::fold(text).replace(' ', "-"))
}

fn source(key: &str, text: &str) -> SourceDraft {
    let is_address = text.starts_with("http://") || text.starts_with("https://");
    SourceDraft {
        key: key.to_owned(),
        kind: SourceKind::Report,
        title: super::text::clean_line(text),
        url: is_address.then(|| text.to_owned()),
        author: None,
        published_on: None,
        accessed_at: None,
        licence: None,
        lang: None,
    }
}

fn places() -> HashSet<&'static str> {
    embedded::records("countries")
        .map(|row| row.get("iso2"))
        .chain(embedded::records("subdivisions").map(|row| row.get("code")))
        .collect()
}

/// `country:MX`, `area:MX-JAL`, `sector:od500_category/energy`, `organisation:od500/mx/organisation/x`.
fn subject(text: &str, places: &HashSet<&'static str>) -> Result<SubjectDraft, Refusal> {
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
fn period(text: &str) -> Result<String, Refusal> {
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

/// The status of an observation and why it has no number. `M` of SDMX is the status of what is missing and of nothing
/// else; where no reason is given, the source has no number.
fn status(
    text: &str,
    missing: Option<Missing>,
    has_number: bool,
) -> Result<(ObservationStatus, Option<Missing>), Refusal> {
    let status = match (text, missing) {
        ("", Some(_)) => ObservationStatus::Missing,
        ("", None) => ObservationStatus::Normal,
        _ => match text.parse() {
            Ok(status) => status,
            Err(_) => return refuse("status", "status.unknown", "is none of A, E, I, P, M"),
        },
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

fn currency(text: &str, is_money: bool) -> Result<Option<String>, Refusal> {
    let is_code = text.len() == 3 && text.chars().all(|c| c.is_ascii_uppercase());
    match (text.is_empty(), is_money) {
        (true, false) => Ok(None),
        (false, true) if is_code => Ok(Some(text.to_owned())),
        (false, true) => refuse("currency", "currency.unreadable", "is no ISO 4217 code"),
        (true, true) => refuse("currency", "currency.missing", "the indicator is money and needs a currency"),
        (false, false) => refuse("currency", "currency.unwanted", "the indicator is no money"),
    }
}

/// An exact decimal with a point; no thousands separators, no exponent.
fn number(field: &'static str, text: &str) -> Result<Option<Decimal>, Refusal> {
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
    let mantissa: i64 = format!("{whole}{fraction}").parse().ok()?;
    if mantissa >= 10_i64.pow(18) {
        return None;
    }
    Some(Decimal { mantissa: sign * mantissa, scale: fraction.len() as i16 })
}

fn is_ordered(values: [Option<Decimal>; 3]) -> bool {
    let known: Vec<Decimal> = values.into_iter().flatten().collect();
    known.windows(2).all(|pair| {
        let at = pair[0].scale.max(pair[1].scale);
        let widen = |d: Decimal| i128::from(d.mantissa) * 10_i128.pow((at - d.scale) as u32);
        widen(pair[0]) <= widen(pair[1])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "indicator,subject,period,value,unit,currency,source,status,low,high,wave,visibility,missing\n";

    fn definitions() -> BTreeMap<String, Definition> {
        let definition = |unit: &str, is_money| Definition {
            unit: unit.to_owned(),
            is_money,
            is_count: unit == "persons",
            is_share: unit == SHARE,
        };
        BTreeMap::from([
            ("share".to_owned(), definition("%", false)),
            ("population".to_owned(), definition("persons", false)),
            ("gdp".to_owned(), definition("money", true)),
        ])
    }

    fn read_rows(rows: &str) -> IndicatorsRead {
        read("x.csv", format!("{HEADER}{rows}").as_bytes(), &definitions()).unwrap()
    }

    #[test]
    fn every_subject_is_read() {
        let read = read_rows(
            "population,country:MX,2014,120847477,persons,,INEGI,A,,,,,\n\
             population,area:MX-JAL,2014-Q2,7.50,persons,,INEGI,E,7,8,,,\n\
             gdp,sector:od500_category/energy,2014-05,12.5,money,MXN,http://x.org/a,P,,,,aggregate_only,\n\
             gdp,organisation:od500/mx/organisation/data4,2014,,MXN,MXN,survey,M,,,od100mx-2014,private,refused\n",
        );
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        let all = &read.header.observations;
        assert_eq!(all.len(), 4);
        assert_eq!(all[0].subject, SubjectDraft::Area(AreaScheme::Country, "MX".to_owned()));
        assert_eq!(all[0].low, all[0].central);
        assert_eq!(all[1].central, Some(Decimal { mantissa: 75, scale: 1 }));
        assert_eq!(all[1].low, Some(Decimal { mantissa: 7, scale: 0 }));
        assert_eq!(all[2].subject, SubjectDraft::Sector("od500_category".to_owned(), "energy".to_owned()));
        assert_eq!(all[2].visibility, RowVisibility::AggregateOnly);
        assert_eq!(all[3].subject, SubjectDraft::Organisation("od500".to_owned(), "mx/organisation/data4".to_owned()));
        assert_eq!(all[3].missing, Some(Missing::Refused));
        assert_eq!(read.header.sources.len(), 3);
        assert_eq!(read.header.sources.iter().filter(|s| s.url.is_some()).count(), 1);
    }

    #[test]
    fn bad_records_are_problems() {
        for (row, field, code) in [
            ("nope,country:MX,2014,1,persons,,s,A,,,,,", "indicator", "indicator.unknown"),
            ("population,MX,2014,1,persons,,s,A,,,,,", "subject", "subject.unreadable"),
            ("population,country:ZZ,2014,1,persons,,s,A,,,,,", "subject", "subject.unknown"),
            ("population,area:MX,2014,1,persons,,s,A,,,,,", "subject", "subject.unknown"),
            ("population,sector:energy,2014,1,persons,,s,A,,,,,", "subject", "subject.unreadable"),
            ("population,country:MX,14,1,persons,,s,A,,,,,", "period", "period.unreadable"),
            ("population,country:MX,2014-13,1,persons,,s,A,,,,,", "period", "period.unreadable"),
            ("population,country:MX,2014,\"1,000\",persons,,s,A,,,,,", "value", "number.unreadable"),
            ("population,country:MX,2014,1e3,persons,,s,A,,,,,", "value", "number.unreadable"),
            ("population,country:MX,2014,1,percent,,s,A,,,,,", "unit", "unit.other"),
            ("population,country:MX,2014,1,persons,MXN,s,A,,,,,", "currency", "currency.unwanted"),
            ("gdp,country:MX,2014,1,money,,s,A,,,,,", "currency", "currency.missing"),
            ("gdp,country:MX,2014,1,money,pesos,s,A,,,,,", "currency", "currency.unreadable"),
            ("population,country:MX,2014,,persons,,s,A,,,,,", "value", "value.or_missing"),
            ("population,country:MX,2014,1,persons,,s,A,,,,,refused", "value", "value.or_missing"),
            ("population,country:MX,2014,5,persons,,s,A,6,7,,,", "value", "value.order"),
            ("population,country:MX,2014,1,persons,,s,X,,,,,", "status", "status.unknown"),
            ("population,country:MX,2014,1,persons,,s,A,,,,secret,", "visibility", "visibility.unknown"),
            ("population,country:MX,2014,,persons,,s,M,,,,,lost", "missing", "missing.unknown"),
            ("population,country:MX,2014,5,persons,,s,M,,,,,", "status", "status.missing_with_value"),
            ("population,country:MX,2014,,persons,,s,M,5,,,,", "status", "status.missing_with_value"),
            ("population,country:MX,2014,,persons,,s,A,,,,,refused", "status", "status.not_missing"),
            ("share,country:MX,2014,141,%,,s,A,,,,,", "value", "value.share"),
            ("share,country:MX,2014,100.01,%,,s,A,,,,,", "value", "value.share"),
            ("share,country:MX,2014,-1,%,,s,A,,,,,", "value", "value.share"),
            ("share,country:MX,2014,90,%,,s,A,80,101,,,", "value", "value.share"),
        ] {
            let read = read_rows(&format!("{row}\n"));
            assert_eq!(read.problems.len(), 1, "{row}: {:?}", read.problems);
            assert_eq!((read.problems[0].field.as_str(), read.problems[0].code.as_str()), (field, code), "{row}");
            assert!(read.header.observations.is_empty(), "{row}");
        }
        let twice = "population,country:MX,2014,1,persons,,s,A,,,,,\n".repeat(2);
        assert_eq!(read_rows(&twice).problems[0].code, "observation.duplicate");
    }

    #[test]
    fn what_is_missing_has_a_status_of_its_own() {
        for (row, missing) in [
            ("population,country:MX,2014,,persons,,s,M,,,,,", Missing::NoAnswer),
            ("population,country:MX,2014,,persons,,s,M,,,,,suppressed", Missing::Suppressed),
            ("population,country:MX,2014,,persons,,s,,,,,,refused", Missing::Refused),
        ] {
            let read = read_rows(&format!("{row}\n"));
            let draft = &read.header.observations[0];
            assert_eq!((draft.status, draft.missing, draft.central), (ObservationStatus::Missing, Some(missing), None));
        }
        let read = read_rows("share,country:MX,2014,100,%,,s,A,0,100.0,,,\n");
        assert_eq!((read.problems.len(), read.header.observations.len()), (0, 1), "{:?}", read.problems);
    }

    #[test]
    fn nobody_is_counted_below_zero() {
        let read = read_rows(
            "population,country:MX,2014,-5,persons,,s,A,,,,,\n\
             population,country:MX,2015,5,persons,,s,A,-1,9,,,\n\
             gdp,country:MX,2014,-5,MXN,MXN,s,A,,,,,\n",
        );
        let codes: Vec<&str> = read.problems.iter().map(|problem| problem.code.as_str()).collect();
        assert_eq!((codes, read.header.observations.len()), (vec!["value.negative", "value.negative"], 1));
        assert!(embedded_definitions()["population_total"].is_count);
    }

    #[test]
    fn unknown_subjects_are_left_out_by_record() {
        let mut read = read_rows(
            "population,country:MX,2014,5,persons,,s,A,,,,,\n\
             population,country:MX,2014,7,persons,,s,A,,,,,\n\
             gdp,organisation:od500/x,2014,5,MXN,MXN,s,A,,,,,\n",
        );
        read.leave_out_unknown("x.csv", &[true, false]);
        assert_eq!(read.header.observations.len(), 1);
        let named: Vec<(u64, &str)> = read.problems.iter().map(|p| (p.row, p.value.as_str())).collect();
        assert_eq!(named, [(2, "population"), (3, "organisation:od500/x")]);
    }

    #[test]
    fn shipped_definitions_know_money() {
        let all = embedded_definitions();
        assert!(all["gdp_current_usd"].is_money && !all["population_total"].is_money);
    }

    #[test]
    fn decimals_are_exact() {
        for (text, expected) in [
            ("0", Some((0, 0))),
            ("-1.20", Some((-12, 1))),
            ("1234.5", Some((12345, 1))),
            ("100", Some((100, 0))),
            ("1.", None),
            (".5", None),
            ("", None),
            ("+1", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(decimal(text), expected.map(|(mantissa, scale)| Decimal { mantissa, scale }), "{text}");
        }
    }
}
