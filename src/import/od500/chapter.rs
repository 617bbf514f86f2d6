//! The four published chapters: what each study and wave was, and what its form asked.

use crate::domain::draft::{LangText, SourceDraft, StudyDraft, WaveDraft};
use chrono::NaiveDate;
use entity::vocabulary::{Attribute, Frame, SourceKind, WaveState};
use std::collections::BTreeMap;

/// A chapter of the study, by its country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chapter {
    /// Open Data 100 Mexico.
    Mx,
    /// Open Data 500 United States.
    Us,
    /// Open Data 500 Korea.
    Kr,
    /// Open Data 500 Australia.
    Au,
}

/// The licence of the published files.
pub const LICENCE: &str = "CC-BY-SA-4.0";

/// Goals that the instrument can yield through the crosswalk; the others were not asked.
const REACHABLE_GOALS: [u8; 8] = [2, 3, 4, 8, 11, 12, 13, 16];

/// What the whole form asks.
const FULL_FORM: &[Attribute] = &[
    Attribute::Kind,
    Attribute::Sector,
    Attribute::Area,
    Attribute::Size,
    Attribute::Founded,
    Attribute::BusinessModel,
    Attribute::RevenueSource,
    Attribute::DataType,
    Attribute::SocialImpact,
    Attribute::DataImpact,
    Attribute::Publisher,
    Attribute::Dataset,
    Attribute::SourceCount,
    Attribute::Description,
    Attribute::ExampleUses,
    Attribute::FinancialInfo,
];

/// The Korean rows came from a spreadsheet without the form's second half.
const KOREAN_SHEET: &[Attribute] = &[
    Attribute::Kind,
    Attribute::Sector,
    Attribute::Area,
    Attribute::Size,
    Attribute::Founded,
    Attribute::RevenueSource,
    Attribute::SocialImpact,
    Attribute::Publisher,
    Attribute::Description,
];

impl Chapter {
    /// All chapters.
    pub const ALL: [Self; 4] = [Self::Mx, Self::Us, Self::Kr, Self::Au];

    /// The chapter of a code such as `mx`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|chapter| chapter.code() == code)
    }

    /// Lower-case ISO 3166-1 alpha-2.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mx => "mx",
            Self::Us => "us",
            Self::Kr => "kr",
            Self::Au => "au",
        }
    }

    /// Upper-case ISO 3166-1 alpha-2.
    pub const fn country(self) -> &'static str {
        match self {
            Self::Mx => "MX",
            Self::Us => "US",
            Self::Kr => "KR",
            Self::Au => "AU",
        }
    }

    /// The language of the texts.
    pub const fn lang(self) -> &'static str {
        match self {
            Self::Mx => "es",
            Self::Us | Self::Kr | Self::Au => "en",
        }
    }

    /// Name of the file of organisations.
    pub fn companies_file(self) -> String {
        format!("{}_companies.csv", self.code())
    }

    /// Name of the file of uses.
    pub fn agencies_file(self) -> String {
        format!("{}_agencies.csv", self.code())
    }

    /// Key of the wave.
    pub fn wave_key(self) -> String {
        format!("{}/wave/{}", self.code(), self.wave_slug())
    }

    /// Key of the one source that all rows cite.
    pub fn source_key(self) -> String {
        format!("{}/source/export", self.code())
    }

    const fn wave_slug(self) -> &'static str {
        match self {
            Self::Mx => "od100mx-2014",
            Self::Us => "od500us-2014",
            Self::Kr => "od500kr-2016",
            Self::Au => "od500au-2015",
        }
    }

    /// The first and the last day on which the wave took answers, as the files' own dates show them.
    pub fn days(self) -> (NaiveDate, NaiveDate) {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default();
        match self {
            Self::Mx => (day(2014, 10, 1), day(2015, 2, 19)),
            Self::Us => (day(2014, 3, 18), day(2016, 7, 25)),
            Self::Kr => (day(2016, 2, 3), day(2016, 2, 3)),
            Self::Au => (day(2015, 7, 6), day(2016, 12, 31)),
        }
    }

    /// What the wave's form asked.
    pub const fn asked(self) -> &'static [Attribute] {
        match self {
            Self::Kr => KOREAN_SHEET,
            Self::Mx | Self::Us | Self::Au => FULL_FORM,
        }
    }

    /// Titles in Spanish and English.
    fn title(self) -> LangText {
        let (es, en) = match self {
            Self::Mx => ("Open Data 100 México", "Open Data 100 Mexico"),
            Self::Us => ("Open Data 500 Estados Unidos", "Open Data 500 United States"),
            Self::Kr => ("Open Data 500 Corea", "Open Data 500 Korea"),
            Self::Au => ("Open Data 500 Australia", "Open Data 500 Australia"),
        };
        both(es, en)
    }

    /// The study.
    pub fn study(self) -> StudyDraft {
        StudyDraft {
            key: format!("{}/study", self.code()),
            slug: if self == Self::Mx { "od100-mx".to_owned() } else { format!("od500-{}", self.code()) },
            title: self.title(),
            country: self.country().to_owned(),
            licence: LICENCE.to_owned(),
            licence_url: "https://creativecommons.org/licenses/by-sa/4.0/".to_owned(),
            attribution: match self {
                Self::Mx => "Open Data 100 México, The Open Data 500, The GovLab".to_owned(),
                Self::Us | Self::Kr | Self::Au => "The Open Data 500, The GovLab".to_owned(),
            },
            url: format!("http://www.opendata500.com/{}/", self.code()),
        }
    }

    /// Its one wave.
    pub fn wave(self) -> WaveDraft {
        let (opens_on, closes_on) = self.days();
        let population = match self {
            Self::Mx => both(
                "Empresas y organizaciones con sede en México, con ingresos propios, que usan datos públicos abiertos como recurso clave; muestra no aleatoria.",
                "Companies and organisations based in Mexico, with revenue of their own, that use open government data as a key resource; no random sample.",
            ),
            Self::Us => both(
                "Empresas con sede en Estados Unidos que usan datos públicos abiertos; muestra no aleatoria, en parte de investigación documental.",
                "Companies based in the United States that use open government data; no random sample, in part desk research.",
            ),
            Self::Kr => both(
                "Empresas coreanas que usan datos públicos, tomadas de una lista; muestra no aleatoria.",
                "Korean companies that use public data, taken from a list; no random sample.",
            ),
            Self::Au => both(
                "Empresas y organizaciones con sede en Australia que usan datos públicos abiertos; muestra no aleatoria.",
                "Companies and organisations based in Australia that use open government data; no random sample.",
            ),
        };
        WaveDraft {
            key: self.wave_key(),
            slug: self.wave_slug().to_owned(),
            title: self.title().into_iter().map(|(lang, title)| (lang, format!("{title}, {}", self.year()))).collect(),
            opens_on,
            closes_on: Some(closes_on),
            population,
            frame: match self {
                Self::Mx | Self::Au => Frame::OpenCall,
                Self::Us => Frame::Desk,
                Self::Kr => Frame::List,
            },
            state: WaveState::Published,
            instrument: "od500/0".to_owned(),
            asked: self.asked().to_vec(),
            asked_goals: REACHABLE_GOALS.to_vec(),
        }
    }

    /// The published files, which every row cites.
    pub fn source(self) -> SourceDraft {
        let title = self.title();
        // The files have no title of their own: the study's, in its language, and their names, which have none.
        let name = title.get(self.lang()).map_or("", String::as_str);
        SourceDraft {
            key: self.source_key(),
            kind: SourceKind::LegacyImport,
            title: format!("{name}: {code}_companies.csv, {code}_agencies.csv", code = self.code()),
            url: Some(format!("https://github.com/GovLab/OpenData500/tree/master/static/files/{}", self.code())),
            author: Some("The GovLab".to_owned()),
            published_on: Some(self.days().1),
            accessed_at: None,
            licence: Some(LICENCE.to_owned()),
            lang: Some(self.lang().to_owned()),
        }
    }

    const fn year(self) -> &'static str {
        match self {
            Self::Mx => "2014–2015",
            Self::Us => "2014–2016",
            Self::Kr => "2016",
            Self::Au => "2015",
        }
    }
}

/// A text in both languages of the interface.
pub fn both(es: &str, en: &str) -> LangText {
    BTreeMap::from([("es".to_owned(), es.to_owned()), ("en".to_owned(), en.to_owned())])
}
