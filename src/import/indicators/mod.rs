//! Indicator observations from a long CSV file, one observation a record. The format is written in
//! `docs/indicators.md`; which indicators exist is asked of the caller, not known here.

mod cells;
mod observation;

use super::problem::{Problems, SourceError, Spot};
use super::table::Table;
use crate::domain::draft::{Found, Header, ObservationDraft, Problem, SourceDraft, SubjectDraft};
use crate::embedded;
use entity::vocabulary::{SourceKind, SubjectLevel};
use std::collections::{BTreeMap, HashSet};

pub use cells::decimal;
use cells::{Refusal, places};
use observation::observation;

/// The version that batches record.
pub const IMPORTER_VERSION: &str = "indicators/1";

/// Columns that must be there.
const REQUIRED: [&str; 8] = ["indicator", "subject", "period", "value", "unit", "currency", "source", "status"];

/// Columns that may be there.
const OPTIONAL: [&str; 5] = ["low", "high", "wave", "visibility", "missing"];

/// The units of what is counted one by one.
const COUNTED: [&str; 3] = ["count", "persons", "unit"];

/// The unit of what is a share of a whole: no indicator that ships is a rate of growth.
const SHARE: &str = "%";

/// What kind of number an indicator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// An amount in a currency; `in_one_currency` where its source publishes it in that of its unit alone. What
    /// organisations say of themselves is in any.
    Money { in_one_currency: bool },
    /// A count, so that nothing is below zero.
    Count,
    /// A share of a whole, so that nothing is below zero or above a hundred.
    Share,
    /// Any other number.
    Other,
}

/// What the reader needs to know of an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its unit, such as `persons`, `%` or `USD`.
    pub unit: String,
    /// What kind of number it is.
    pub nature: Nature,
    /// What it is observed of.
    levels: Vec<SubjectLevel>,
}

impl Definition {
    /// Whether its values need a currency.
    pub fn is_money(&self) -> bool {
        matches!(self.nature, Nature::Money { .. })
    }
}

/// The definitions that ship with the program.
pub fn embedded_definitions() -> BTreeMap<String, Definition> {
    embedded::records("indicators")
        .map(|row| {
            let unit = row.get("unit").to_owned();
            let nature = match unit.as_str() {
                SHARE => Nature::Share,
                unit if COUNTED.contains(&unit) => Nature::Count,
                unit if unit.len() == 3 && unit.chars().all(|c| c.is_ascii_uppercase()) => {
                    Nature::Money { in_one_currency: row.get("source_scheme") != "internal" }
                }
                _ => Nature::Other,
            };
            // The loader of these tables refuses a level that it does not know.
            let levels = row.get("subject_levels").split('|').filter_map(level).collect();
            (row.get("key").to_owned(), Definition { unit, nature, levels })
        })
        .collect()
}

/// A level as the table of definitions names it; `None` of products, which are not recorded yet.
fn level(word: &str) -> Option<SubjectLevel> {
    if word == "org" { Some(SubjectLevel::Organisation) } else { word.parse().ok() }
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
    /// Leaves out the observations whose subject or wave is not in the record, where `found` says so of each.
    pub fn leave_out_unknown(&mut self, file: &str, found: &[Found]) {
        let mut problems = Problems::default();
        let mut kept = Vec::new();
        let observations = std::mem::take(&mut self.header.observations).into_iter().zip(&self.records).zip(found);
        for ((draft, &row), found) in observations {
            let spot = |field| Spot { file, row, field };
            if !found.subject {
                problems.refuse(spot("subject"), &subject(&draft), "subject.unknown", "is not in the record; left out");
            }
            if !found.wave {
                let wave = draft.wave.as_deref().unwrap_or_default();
                problems.refuse(spot("wave"), wave, "wave.unknown", "is no wave of the record; left out");
            }
            if found.subject && found.wave {
                kept.push(draft);
            }
        }
        self.header.observations = kept;
        self.problems.extend(problems.into_sorted());
        self.problems.sort_by_key(|problem| problem.row);
    }
}

/// What an observation is of, as a file names it.
fn subject(draft: &ObservationDraft) -> String {
    match &draft.subject {
        SubjectDraft::Organisation(source, key) => format!("organisation:{source}/{key}"),
        SubjectDraft::Sector(scheme, code) => format!("sector:{scheme}/{code}"),
        SubjectDraft::Area(_, code) => format!("area:{code}"),
        SubjectDraft::Itself => String::new(),
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
        let key = ["indicator", "subject", "period", "wave", "source"].map(|column| {
            let cell = table.get(record, column);
            // Sources that are written alike are one.
            if column == "source" { source_key(cell) } else { cell.to_owned() }
        });
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
            Err(refusals) => {
                for Refusal { field, code, reason } in refusals {
                    problems.refuse(table.spot(record, field), table.get(record, field), code, reason);
                }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::draft::Decimal;
    use entity::vocabulary::{AreaScheme, Missing, ObservationStatus, RowVisibility};
    use std::collections::BTreeSet;

    const HEADER: &str =
        "indicator,subject,period,value,unit,currency,source,status,low,high,wave,visibility,missing\n";

    fn definitions() -> BTreeMap<String, Definition> {
        let definition = |unit: &str| Definition {
            unit: unit.to_owned(),
            nature: match unit {
                "money" => Nature::Money { in_one_currency: false },
                "USD" => Nature::Money { in_one_currency: true },
                "persons" => Nature::Count,
                _ => Nature::Share,
            },
            levels: match unit {
                "money" => vec![SubjectLevel::Sector, SubjectLevel::Country, SubjectLevel::Organisation],
                "USD" => vec![SubjectLevel::Country],
                _ => vec![SubjectLevel::Country, SubjectLevel::Area],
            },
        };
        BTreeMap::from([
            ("share".to_owned(), definition("%")),
            ("population".to_owned(), definition("persons")),
            ("gdp".to_owned(), definition("money")),
            ("gdp_usd".to_owned(), definition("USD")),
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
            ("gdp,country:MX,2014,1,money,XXQ,s,A,,,,,", "currency", "currency.unreadable"),
            ("gdp_usd,country:MX,2014,1,USD,MXN,s,A,,,,,", "currency", "currency.other"),
            ("gdp_usd,country:MX,2014,1,,MXN,s,A,,,,,", "currency", "currency.other"),
            ("gdp_usd,area:MX-JAL,2014,1,USD,USD,s,A,,,,,", "subject", "subject.level"),
            ("population,sector:od500_category/energy,2014,1,persons,,s,A,,,,,", "subject", "subject.level"),
            ("population,country:MX,2014,,persons,,s,A,,,,,", "value", "value.or_missing"),
            ("population,country:MX,2014,1,persons,,s,A,,,,,refused", "value", "value.or_missing"),
            ("population,country:MX,2014,5,persons,,s,A,6,7,,,", "value", "value.order"),
            ("population,country:MX,2014,1,persons,,s,X,,,,,", "status", "status.unknown"),
            ("population,country:MX,2014,1,persons,,s,A,,,,secret,", "visibility", "visibility.unknown"),
            ("population,country:MX,2014,,persons,,s,M,,,,,lost", "missing", "missing.unknown"),
            ("population,country:MX,2014,5,persons,,s,M,,,,,", "status", "status.missing_with_value"),
            ("population,country:MX,2014,,persons,,s,M,5,,,,", "status", "status.missing_with_value"),
            ("population,country:MX,2014,,persons,,s,A,,,,,refused", "status", "status.not_missing"),
            ("population,country:MX,2014,1,persons,,<b></b>,A,,,,,", "source", "source.blank"),
            ("share,country:MX,2014,0.0000000000000000001,%,,s,A,,,,,", "value", "number.unreadable"),
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
        // Each fault of a record is told, not the first alone; what hangs on a cell that cannot be read is not guessed.
        let read =
            read_rows("share,country:ZZ,14,141,persons,MXN,s,X,,,,secret,lost\nnope,country:MX,14,x,,,s,A,,,,,\n");
        let told: Vec<(u64, &str)> = read.problems.iter().map(|p| (p.row, p.code.as_str())).collect();
        let of = |row: u64| -> BTreeSet<&str> { told.iter().filter(|one| one.0 == row).map(|one| one.1).collect() };
        assert_eq!(
            of(1),
            BTreeSet::from([
                "currency.unwanted",
                "missing.unknown",
                "period.unreadable",
                "status.unknown",
                "subject.unknown",
                "unit.other",
                "value.share",
                "visibility.unknown",
            ])
        );
        assert_eq!(of(2), BTreeSet::from(["indicator.unknown", "number.unreadable", "period.unreadable"]));
        assert_eq!(told.len(), 11);
        for other in ["s", "S"] {
            let twice = ["s", other].map(|source| format!("population,country:MX,2014,1,persons,,{source},A,,,,,\n"));
            assert_eq!(read_rows(&twice.concat()).problems[0].code, "observation.duplicate");
        }
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
        assert_eq!(embedded_definitions()["population_total"].nature, Nature::Count);
    }

    #[test]
    fn unknown_subjects_are_left_out_by_record() {
        let mut read = read_rows(
            "population,country:MX,2014,5,persons,,s,A,,,,,\n\
             population,country:MX,2014,7,persons,,s,A,,,,,\n\
             gdp,organisation:od500/x,2014,5,MXN,MXN,s,A,,,,,\n",
        );
        let all = Found { subject: true, wave: true };
        read.leave_out_unknown("x.csv", &[all, Found { subject: false, ..all }]);
        assert_eq!(read.header.observations.len(), 1);
        let named: Vec<(u64, &str)> = read.problems.iter().map(|p| (p.row, p.value.as_str())).collect();
        assert_eq!(named, [(2, "population"), (3, "organisation:od500/x")]);
    }

    #[test]
    fn shipped_definitions_know_money() {
        let all = embedded_definitions();
        assert!(!all["population_total"].is_money());
        assert_eq!(all["gdp_current_usd"].nature, Nature::Money { in_one_currency: true });
        assert_eq!(all["revenue"].nature, Nature::Money { in_one_currency: false });
        assert!(all.values().all(|definition| !definition.levels.is_empty()));
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
            ("0.000000000000000001", Some((1, 18))),
            ("0.0000000000000000001", None),
        ] {
            assert_eq!(decimal(text), expected.map(|(mantissa, scale)| Decimal { mantissa, scale }), "{text}");
        }
    }
}
