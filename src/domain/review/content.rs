//! What contributors and visitors propose, in the form in which it waits, and the rules that it must keep.

use entity::id::{DatasetId, ImpactClaimId, IndicatorObservationId, OrganisationId, UseClaimId};
use entity::vocabulary::{OrganisationKind, Polarity, SourceKind};
use serde::{Deserialize, Serialize};

use crate::domain::contact::contact_fault;
use crate::domain::text::{one_line, several_lines, web_address};
use crate::domain::violation::{Fault, Violation, of_language};

/// The longest note, quotation and description.
const LONGEST_NOTE: usize = 2_000;
const LONGEST_QUOTE: usize = 300;
const LONGEST_NAME: usize = 200;

/// The list of sectors.
pub const SECTORS: &str = "od500_category";

/// Where it can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    pub url: String,
    pub kind: SourceKind,
    pub title: String,
    pub quote: Option<String>,
    pub polarity: Polarity,
}

/// A record that a proposal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Organisation(OrganisationId),
    Dataset(DatasetId),
    UseClaim(UseClaimId),
    ImpactClaim(ImpactClaimId),
    /// A value of an indicator.
    Observation(IndicatorObservationId),
}

/// What data a use is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Dataset(DatasetId),
    Publisher(OrganisationId),
}

/// A property that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Name,
    Website,
    Description,
    Kind,
    SizeBand,
    Founded,
    Status,
    /// The sector in which data is used: a code of the list of sectors.
    Sector,
    /// The state or country of the seat, by its code of ISO 3166.
    Area,
    /// The city or town of the seat.
    Locality,
    LandingPage,
    Licence,
    /// The tax number of a company, of which a keyed hash is kept.
    Rfc,
}

impl Field {
    /// Every one.
    pub const ALL: &'static [Self] = &[
        Self::Name,
        Self::Website,
        Self::Description,
        Self::Kind,
        Self::SizeBand,
        Self::Founded,
        Self::Status,
        Self::Sector,
        Self::Area,
        Self::Locality,
        Self::LandingPage,
        Self::Licence,
        Self::Rfc,
    ];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Website => "website",
            Self::Description => "description",
            Self::Kind => "kind",
            Self::SizeBand => "size_band",
            Self::Founded => "founded",
            Self::Status => "status",
            Self::Sector => "sector",
            Self::Area => "area",
            Self::Locality => "locality",
            Self::LandingPage => "landing_page",
            Self::Licence => "licence",
            Self::Rfc => "rfc",
        }
    }

    /// The property of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.as_str() == word)
    }

    /// Whether a record of this sort has it.
    pub fn is_of(self, subject: Subject) -> bool {
        match subject {
            Subject::Organisation(_) => !matches!(self, Self::LandingPage | Self::Licence),
            Subject::Dataset(_) => {
                matches!(self, Self::Name | Self::Description | Self::Status | Self::LandingPage | Self::Licence)
            }
            Subject::UseClaim(_) | Subject::ImpactClaim(_) | Subject::Observation(_) => false,
        }
    }
}

/// What is proposed, where no other table holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposed {
    Organisation {
        name: String,
        lang: String,
        kind: OrganisationKind,
        website: Option<String>,
        description: Option<String>,
        /// A code of the list of sectors.
        #[serde(default)]
        sector: Option<String>,
        /// The state or country of the seat, by its code of ISO 3166.
        #[serde(default)]
        area: Option<String>,
        /// The city or town of the seat.
        #[serde(default)]
        locality: Option<String>,
        cited: Cited,
    },
    Dataset {
        title: String,
        lang: String,
        publisher: OrganisationId,
        landing_page: Option<String>,
        description: Option<String>,
        cited: Cited,
    },
    Correction {
        subject: Subject,
        field: Field,
        value: String,
        lang: String,
        cited: Option<Cited>,
    },
    Evidence {
        claim: Subject,
        cited: Cited,
    },
    ErrorReport {
        path: String,
        text: String,
    },
    Dispute {
        claim: Subject,
        reason: String,
    },
    Retraction {
        claim: Subject,
        reason: String,
    },
}

/// Checks a source; yields the form in which it is kept.
pub fn check_cited(cited: Cited, faults: &mut Vec<Violation>) -> Cited {
    let url = address("evidenceUrl", &cited.url, faults).unwrap_or_default();
    if url.is_empty() {
        faults.push(Violation::new("evidenceUrl", "say where it can be read").of(Fault::Missing));
    }
    let open = [
        SourceKind::OrganisationWebsite,
        SourceKind::PublisherWebsite,
        SourceKind::ContractOrCitation,
        SourceKind::Report,
        SourceKind::News,
        SourceKind::Academic,
        SourceKind::Catalogue,
    ];
    if !open.contains(&cited.kind) {
        faults.push(Violation::new("evidenceKind", "name a source that anybody can read, such as a report"));
    }
    let title = one_line(&cited.title);
    let title = if title.is_empty() { host_of(&url) } else { title };
    limit("evidenceTitle", &title, LONGEST_QUOTE, faults);
    let quote = cited.quote.map(|text| one_line(&text)).filter(|text| !text.is_empty());
    limit("evidenceQuote", quote.as_deref().unwrap_or_default(), LONGEST_QUOTE, faults);
    let texts = [("evidenceTitle", Some(&title), LONGEST_QUOTE), ("evidenceQuote", quote.as_ref(), LONGEST_QUOTE)];
    without_contacts(texts, faults);
    Cited { url, title, quote, ..cited }
}

/// Checks what is proposed; yields the form in which it is kept, or all that is wrong with it. What is for reviewers alone
/// may name a person: a report, a doubt, why something is taken back.
pub fn check_proposed(proposed: Proposed) -> Result<Proposed, Vec<Violation>> {
    let mut faults = Vec::new();
    let f = &mut faults;
    let kept = match proposed {
        Proposed::Organisation { name, lang, kind, website, description, sector, area, locality, cited } => {
            let (area, locality) = (line("area", area, f), line("locality", locality, f));
            if locality.is_some() && area.is_none() {
                f.push(Violation::new("area", "say in which state or country the city is").of(Fault::Missing));
            }
            let description = paragraph("description", description, f);
            let name_line = one_line(&name);
            let texts = [
                ("name", Some(&name_line), LONGEST_NAME),
                ("description", description.as_ref(), LONGEST_NOTE),
                ("locality", locality.as_ref(), LONGEST_NAME),
            ];
            without_contacts(texts, f);
            Proposed::Organisation {
                name: needed("name", &name, LONGEST_NAME, f),
                lang: language(&lang, f),
                kind,
                website: website.and_then(|text| address("website", &text, f)),
                description,
                sector: line("sector", sector, f),
                area,
                locality,
                cited: check_cited(cited, f),
            }
        }
        Proposed::Dataset { title, lang, publisher, landing_page, description, cited } => {
            let description = paragraph("description", description, f);
            let title_line = one_line(&title);
            let texts =
                [("title", Some(&title_line), LONGEST_NAME), ("description", description.as_ref(), LONGEST_NOTE)];
            without_contacts(texts, f);
            Proposed::Dataset {
                title: needed("title", &title, LONGEST_NAME, f),
                lang: language(&lang, f),
                publisher,
                landing_page: landing_page.and_then(|text| address("landingPage", &text, f)),
                description,
                cited: check_cited(cited, f),
            }
        }
        Proposed::Correction { subject, field, value, lang, cited } => {
            if !field.is_of(subject) {
                f.push(Violation::new("field", "this record has no such property"));
            }
            let value = corrected((subject, field), &value, f);
            let cited = cited.map(|cited| check_cited(cited, f));
            Proposed::Correction { subject, field, value, lang: language(&lang, f), cited }
        }
        Proposed::Evidence { claim, cited } => Proposed::Evidence { claim, cited: check_cited(cited, f) },
        Proposed::ErrorReport { path, text } => {
            let is_ours = path.starts_with('/') && !path.starts_with("//") && path.len() <= 300;
            if !is_ours || path.chars().any(char::is_control) {
                f.push(Violation::new("about", "name a page of this site, such as /organisations/empresa"));
            }
            Proposed::ErrorReport { path, text: needed_text("text", &text, f) }
        }
        Proposed::Dispute { claim, reason } => Proposed::Dispute { claim, reason: needed_text("reason", &reason, f) },
        Proposed::Retraction { claim, reason } => {
            Proposed::Retraction { claim, reason: needed_text("reason", &reason, f) }
        }
    };
    if faults.is_empty() { Ok(kept) } else { Err(faults) }
}

/// The value of a property, in the form in which it is recorded.
fn corrected((subject, field): (Subject, Field), value: &str, faults: &mut Vec<Violation>) -> String {
    use entity::vocabulary::{DatasetStatus, OrganisationStatus, SizeBand};
    let text = one_line(value);
    match field {
        Field::Description => without_contacts([("value", Some(&several_lines(value)), LONGEST_NOTE)], faults),
        Field::Name | Field::Licence | Field::Locality => {
            without_contacts([("value", Some(&text), LONGEST_NAME)], faults);
        }
        _ => {}
    }
    match field {
        Field::Website | Field::LandingPage => address("value", &text, faults).unwrap_or_default(),
        Field::Description => needed_text("value", value, faults),
        Field::Name | Field::Licence | Field::Sector | Field::Area | Field::Locality => {
            needed("value", &text, LONGEST_NAME, faults)
        }
        Field::Founded => {
            let year = text.parse::<i16>().is_ok_and(|year| (1500..=2100).contains(&year));
            if !year {
                faults.push(Violation::new("value", "give a year such as 2014"));
            }
            text
        }
        // The number itself has been hashed before and is no part of what is kept.
        Field::Rfc => String::new(),
        Field::Kind => word::<OrganisationKind>(text, faults),
        Field::SizeBand => word::<SizeBand>(text, faults),
        Field::Status if matches!(subject, Subject::Organisation(_)) => word::<OrganisationStatus>(text, faults),
        Field::Status => word::<DatasetStatus>(text, faults),
    }
}

fn word<T: std::str::FromStr<Err = entity::vocabulary::UnknownWord>>(
    text: String,
    faults: &mut Vec<Violation>,
) -> String {
    if let Err(error) = text.parse::<T>() {
        faults.push(Violation::new("value", error.to_string()));
    }
    text
}

fn needed(field: &str, text: &str, longest: usize, faults: &mut Vec<Violation>) -> String {
    let text = one_line(text);
    if text.is_empty() {
        faults.push(Violation::new(field, "this is needed").of(Fault::Missing));
    }
    limit(field, &text, longest, faults);
    text
}

/// A text of one line that need not be given.
fn line(field: &str, text: Option<String>, faults: &mut Vec<Violation>) -> Option<String> {
    let text = text.map(|text| one_line(&text)).filter(|text| !text.is_empty());
    limit(field, text.as_deref().unwrap_or_default(), LONGEST_NAME, faults);
    text
}

/// A text of several lines.
fn needed_text(field: &str, text: &str, faults: &mut Vec<Violation>) -> String {
    paragraph(field, Some(text.to_owned()), faults).unwrap_or_else(|| {
        faults.push(Violation::new(field, "this is needed").of(Fault::Missing));
        String::new()
    })
}

fn paragraph(field: &str, text: Option<String>, faults: &mut Vec<Violation>) -> Option<String> {
    let text = several_lines(&text?);
    limit(field, &text, LONGEST_NOTE, faults);
    (!text.is_empty()).then_some(text)
}

/// What everybody will read names no address and no telephone number. What is too long is not looked through.
fn without_contacts<const N: usize>(texts: [(&str, Option<&String>, usize); N], faults: &mut Vec<Violation>) {
    faults.extend(texts.into_iter().filter_map(|(field, text, longest)| {
        let text = text.filter(|text| text.chars().count() <= longest)?;
        contact_fault(field, text)
    }));
}

fn limit(field: &str, text: &str, longest: usize, faults: &mut Vec<Violation>) {
    if text.chars().count() > longest {
        faults.push(Violation::new(field, format!("this has at most {longest} characters")).of(Fault::TooLong));
    }
}

fn language(lang: &str, faults: &mut Vec<Violation>) -> String {
    faults.extend(of_language(lang));
    lang.to_owned()
}

fn address(field: &str, text: &str, faults: &mut Vec<Violation>) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let sound = web_address(text).and_then(|text| url::Url::parse(&text).ok());
    if sound.is_none() {
        faults.push(Violation::new(field, "give an address such as https://example.org"));
    }
    sound.map(String::from)
}

fn host_of(url: &str) -> String {
    url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(url: &str) -> Cited {
        Cited {
            url: url.to_owned(),
            kind: SourceKind::News,
            title: String::new(),
            quote: None,
            polarity: Polarity::Supports,
        }
    }

    fn fields(proposed: Proposed) -> Vec<String> {
        check_proposed(proposed).err().unwrap_or_default().into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn only_addresses_that_anybody_can_open_are_evidence() {
        for (url, is_sound) in [
            ("https://example.org/a", true),
            ("http://example.org", true),
            ("example.org/a", true),
            ("", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("ftp://example.org", false),
            ("//example.org", false),
            ("https://user:pass@example.org", false),
        ] {
            let mut faults = Vec::new();
            let kept = check_cited(cited(url), &mut faults);
            assert_eq!(faults.is_empty(), is_sound, "{url}: {faults:?}");
            assert!(!is_sound || kept.title == "example.org");
        }
        let mut faults = Vec::new();
        check_cited(Cited { kind: SourceKind::SurveyAnswer, ..cited("https://example.org") }, &mut faults);
        assert_eq!(faults[0].field, "evidenceKind");
    }

    #[test]
    fn a_correction_names_a_property_that_the_record_has() {
        let organisation = Subject::Organisation(OrganisationId(uuid::Uuid::nil()));
        let dataset = Subject::Dataset(DatasetId(uuid::Uuid::nil()));
        let claim = Subject::UseClaim(UseClaimId(uuid::Uuid::nil()));
        for (subject, field, value, wrong) in [
            (organisation, Field::Founded, "2014", None),
            (organisation, Field::Founded, "long ago", Some("value")),
            (organisation, Field::Kind, "company", None),
            (organisation, Field::Kind, "firm", Some("value")),
            (organisation, Field::Licence, "CC BY", Some("field")),
            (dataset, Field::Licence, "CC BY", None),
            (organisation, Field::Sector, "energy", None),
            (organisation, Field::Locality, " ", Some("value")),
            (dataset, Field::Area, "MX-JAL", Some("field")),
            (dataset, Field::SizeBand, "1-10", Some("field")),
            (claim, Field::Name, "x", Some("field")),
            (organisation, Field::Website, "example.org", None),
            (organisation, Field::Website, "no address", Some("value")),
        ] {
            let value = value.to_owned();
            let lang = "es".to_owned();
            let found = fields(Proposed::Correction { subject, field, value, lang, cited: None });
            assert_eq!(found.first().map(String::as_str), wrong, "{field:?}");
        }
    }

    #[test]
    fn what_everybody_may_read_names_nobody() {
        const SAID: &str = "Llame al 55 1234 5678 o escriba a ana@private.example";
        let said = || Some(SAID.to_owned());
        let of = cited("https://example.org/a");
        let quoted = Cited { title: SAID.to_owned(), quote: said(), ..of.clone() };
        let claim = Subject::UseClaim(UseClaimId(uuid::Uuid::nil()));
        let organisation = Proposed::Organisation {
            name: SAID.to_owned(),
            lang: "es".to_owned(),
            kind: OrganisationKind::Company,
            website: None,
            description: said(),
            sector: None,
            area: Some("MX-JAL".to_owned()),
            locality: said(),
            cited: of.clone(),
        };
        let dataset = Proposed::Dataset {
            title: SAID.to_owned(),
            lang: "es".to_owned(),
            publisher: OrganisationId(uuid::Uuid::nil()),
            landing_page: None,
            description: said(),
            cited: of,
        };
        assert_eq!(fields(organisation), ["name", "description", "locality"]);
        assert_eq!(fields(dataset), ["title", "description"]);
        assert_eq!(fields(Proposed::Evidence { claim, cited: quoted }), ["evidenceTitle", "evidenceQuote"]);
        for (subject, field) in [
            (Subject::Organisation(OrganisationId(uuid::Uuid::nil())), Field::Name),
            (Subject::Organisation(OrganisationId(uuid::Uuid::nil())), Field::Description),
            (Subject::Organisation(OrganisationId(uuid::Uuid::nil())), Field::Locality),
            (Subject::Dataset(DatasetId(uuid::Uuid::nil())), Field::Name),
            (Subject::Dataset(DatasetId(uuid::Uuid::nil())), Field::Description),
            (Subject::Dataset(DatasetId(uuid::Uuid::nil())), Field::Licence),
        ] {
            let (value, lang) = (SAID.to_owned(), "es".to_owned());
            assert_eq!(
                fields(Proposed::Correction { subject, field, value, lang, cited: None }),
                ["value"],
                "{field:?}"
            );
        }
        // What is too long is said to be that alone.
        for field in [Field::Name, Field::Description] {
            let subject = Subject::Dataset(DatasetId(uuid::Uuid::nil()));
            let (value, lang) = (format!("{SAID} {}", "(".repeat(LONGEST_NOTE)), "es".to_owned());
            let found = fields(Proposed::Correction { subject, field, value, lang, cited: None });
            assert_eq!(found, ["value"], "{field:?}");
        }
        // Reviewers alone read these.
        for private in [
            Proposed::ErrorReport { path: "/about".to_owned(), text: SAID.to_owned() },
            Proposed::Dispute { claim, reason: SAID.to_owned() },
            Proposed::Retraction { claim, reason: SAID.to_owned() },
        ] {
            assert_eq!(fields(private), [""; 0]);
        }
    }

    #[test]
    fn a_city_is_in_some_area() {
        for (area, locality, wrong) in [
            (None, None, None),
            (Some("MX-JAL"), None, None),
            (Some("MX-JAL"), Some("Zapopan"), None),
            (None, Some("Zapopan"), Some("area")),
            (Some(" "), Some("Zapopan"), Some("area")),
            (None, Some("  "), None),
        ] {
            let found = fields(Proposed::Organisation {
                name: "Mapas".to_owned(),
                lang: "es".to_owned(),
                kind: OrganisationKind::Company,
                website: None,
                description: None,
                sector: None,
                area: area.map(str::to_owned),
                locality: locality.map(str::to_owned),
                cited: cited("https://example.org/a"),
            });
            assert_eq!(found.first().map(String::as_str), wrong, "{area:?} {locality:?}");
        }
    }

    #[test]
    fn a_report_is_about_a_page_of_ours() {
        for (path, is_ours) in
            [("/organisations/x", true), ("https://evil.example", false), ("//evil.example", false), ("", false)]
        {
            let report = Proposed::ErrorReport { path: path.to_owned(), text: "The name is wrong".to_owned() };
            assert_eq!(check_proposed(report).is_ok(), is_ours, "{path}");
        }
        assert_eq!(fields(Proposed::ErrorReport { path: "/x".to_owned(), text: "  ".to_owned() }), ["text"]);
        assert_eq!(fields(Proposed::ErrorReport { path: "/x".to_owned(), text: "x".repeat(2_001) }), ["text"]);
    }
}
