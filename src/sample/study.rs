//! Study, waves and sources of the sample, and the small texts and dates that all its parts use.

use crate::domain::draft::{LangText, PartialDate, SourceDraft, StudyDraft, WaveDraft};
use chrono::NaiveDate;
use entity::vocabulary::{Attribute, DatePrecision, Frame, SourceKind, WaveState};
use std::collections::BTreeMap;

/// Keys of the two waves.
pub(super) const WAVES: [&str; 2] = ["sample/wave/2021", "sample/wave/2024"];

/// Keys of the sources, by what they are.
pub(super) const SURVEY: &str = "sample/source/survey";
pub(super) const WEBSITE: &str = "sample/source/website";
pub(super) const CONTRACT: &str = "sample/source/contract";
pub(super) const NEWS: &str = "sample/source/news";
pub(super) const NOTE: &str = "sample/source/note";

/// The study.
pub(super) fn study(is_mexico_alone: bool) -> StudyDraft {
    StudyDraft {
        key: "sample/study".to_owned(),
        slug: "sample".to_owned(),
        title: both("Ecosistema de muestra", "Sample ecosystem"),
        country: if is_mexico_alone { "MX".to_owned() } else { String::new() },
        licence: "CC0-1.0".to_owned(),
        licence_url: "https://creativecommons.org/publicdomain/zero/1.0/".to_owned(),
        // An attribution is taken over as it is, in either language.
        attribution: "Open Data 100 (demo)".to_owned(),
        url: "https://sample.example/".to_owned(),
    }
}

/// One of the two waves.
pub(super) fn wave(at: usize) -> WaveDraft {
    let (year, asked_goals) = [(2021, vec![2, 3, 4, 8, 11, 12, 13, 16]), (2024, (1..=17).collect())][at].clone();
    WaveDraft {
        key: WAVES[at].to_owned(),
        slug: format!("sample-{year}"),
        title: both(&format!("Ola de muestra {year}"), &format!("Sample wave {year}")),
        opens_on: opens(at),
        closes_on: Some(day(year, 6, 30)),
        population: both(
            "Organizaciones ficticias; no describen a nadie.",
            "Fictional organisations; they describe nobody.",
        ),
        frame: if at == 0 { Frame::OpenCall } else { Frame::List },
        state: WaveState::Published,
        instrument: format!("sample/{}", at + 1),
        asked: Attribute::ALL.to_vec(),
        asked_goals,
    }
}

/// The day on which a wave opened.
pub(super) fn opens(wave: usize) -> NaiveDate {
    day([2021, 2024][wave], 3, 1)
}

/// What evidence cites; recorded in Spanish, as the names of the sample are.
pub(super) fn sources() -> Vec<SourceDraft> {
    [
        (SURVEY, SourceKind::SurveyAnswer, "Respuestas ficticias a la encuesta"),
        (WEBSITE, SourceKind::OrganisationWebsite, "Sitio web ficticio"),
        (CONTRACT, SourceKind::ContractOrCitation, "Contrato ficticio"),
        (NEWS, SourceKind::News, "Periódico ficticio"),
        (NOTE, SourceKind::CuratorNote, "Nota ficticia"),
    ]
    .into_iter()
    .map(|(key, kind, title)| SourceDraft {
        key: key.to_owned(),
        kind,
        title: title.to_owned(),
        url: None,
        author: None,
        published_on: None,
        accessed_at: None,
        licence: Some("CC0-1.0".to_owned()),
        lang: Some("es".to_owned()),
    })
    .collect()
}

/// A text in both languages.
pub(super) fn both(es: &str, en: &str) -> LangText {
    BTreeMap::from([("es".to_owned(), es.to_owned()), ("en".to_owned(), en.to_owned())])
}

/// A day that exists.
pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// A date known so far.
pub(super) const fn partial(on: NaiveDate, precision: DatePrecision) -> PartialDate {
    PartialDate { on, precision }
}
