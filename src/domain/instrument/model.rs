//! The parts of an instrument.

use std::collections::BTreeMap;

use entity::vocabulary::{CodeRole, DatePrecision, RowVisibility};
use serde::{Deserialize, Serialize};

use super::Condition;

/// A text by language.
pub type Wording = BTreeMap<String, String>;

/// The text in a language; another where there is none.
pub fn says<'w>(wording: &'w Wording, lang: &str) -> &'w str {
    let text = wording.get(lang).or_else(|| wording.get("es")).or_else(|| wording.values().next());
    text.map_or("", String::as_str)
}

/// A questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// The name that all its versions share.
    pub key: String,
    /// Which version it is.
    pub version: Version,
    /// The languages that every wording is given in.
    pub languages: Vec<String>,
    pub title: Wording,
    /// What stands before the first question.
    pub intro: Wording,
    /// Its pages, in order.
    pub steps: Vec<Step>,
}

impl Instrument {
    /// Its questions, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.steps.iter().flat_map(|step| &step.questions)
    }

    /// A question.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions().find(|question| question.key == key)
    }

    /// A step.
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }
}

/// Questions that are shown together, under one headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub key: String,
    pub title: Wording,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Wording>,
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable over versions: answers are kept under it.
    pub key: String,
    pub wording: Wording,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Wording>,
    pub kind: Kind,
    /// Whether it may not be left blank; "I don't know" and "I prefer not to say" are no blanks.
    #[serde(default)]
    pub required: bool,
    /// Who sees the answer, unless the respondent chooses otherwise.
    pub visibility: RowVisibility,
    /// Whether the respondent may choose who sees it.
    #[serde(default)]
    pub may_choose: bool,
    /// Whether "does not apply" is offered.
    #[serde(default)]
    pub may_not_apply: bool,
    /// When it is asked; always without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_if: Option<Condition>,
    /// What its answer says.
    pub maps_to: Target,
}

/// What sort of answer a question takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// Words, at most so many.
    Text { words: u16, form: TextForm },
    /// One of several.
    Single { choices: Vec<Choice> },
    /// Several, at most `most` of them.
    Multi {
        choices: Vec<Choice>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u8>,
    },
    /// One of several ranges, in the unit of the indicator.
    Band { bands: Vec<Band> },
    /// A share of a whole, as one of several ranges in basis points.
    Share { bands: Vec<Band> },
    /// A whole number between two others.
    Number { low: i64, high: i64 },
    /// An amount in whole units of an ISO 4217 currency, or one of several ranges.
    Money {
        currency: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bands: Vec<Band>,
    },
    /// A list of things with something said about each.
    ClaimGrid { of: GridOf, most: u8 },
    /// A date, no more exact than this.
    Date { precision: DatePrecision },
    /// A step between two ends, counted from 1.
    Likert { points: u8, low: Wording, high: Wording },
    /// Yes or no to a stated text; silence is no.
    Consent { text: Wording },
}

impl Kind {
    /// The word that names it in a stored instrument.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Single { .. } => "single",
            Self::Multi { .. } => "multi",
            Self::Band { .. } => "band",
            Self::Share { .. } => "share",
            Self::Number { .. } => "number",
            Self::Money { .. } => "money",
            Self::ClaimGrid { .. } => "claim_grid",
            Self::Date { .. } => "date",
            Self::Likert { .. } => "likert",
            Self::Consent { .. } => "consent",
        }
    }

    /// The ids that an answer may choose from, where it chooses.
    pub fn ids(&self) -> Vec<&str> {
        match self {
            Self::Single { choices } | Self::Multi { choices, .. } => choices.iter().map(|c| c.id.as_str()).collect(),
            Self::Band { bands } | Self::Share { bands } | Self::Money { bands, .. } => {
                bands.iter().map(|band| band.id.as_str()).collect()
            }
            Self::Consent { .. } => vec!["yes", "no"],
            _ => Vec::new(),
        }
    }

    /// The range behind an id, where there is one.
    pub fn band(&self, id: &str) -> Option<&Band> {
        match self {
            Self::Band { bands } | Self::Share { bands } | Self::Money { bands, .. } => {
                bands.iter().find(|band| band.id == id)
            }
            _ => None,
        }
    }

    /// The label of an id, where it has one.
    pub fn label(&self, id: &str) -> Option<&Wording> {
        match self {
            Self::Single { choices } | Self::Multi { choices, .. } => {
                choices.iter().find(|choice| choice.id == id).map(|choice| &choice.label)
            }
            _ => self.band(id).map(|band| &band.label),
        }
    }
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextForm {
    Line,
    Paragraph,
    /// An http or https address.
    Url,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable; the code it stands for, where it stands for one.
    pub id: String,
    pub label: Wording,
}

/// A range, its ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub id: String,
    pub label: Wording,
    pub low: i64,
    /// `None` is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<i64>,
}

/// What a grid lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GridOf {
    /// Data that the organisation uses.
    Uses,
    /// Data that it needs and cannot get.
    Requests,
}

/// What is consented to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentTo {
    /// To be shown with its name.
    Display,
    /// To be written to.
    Contact,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case", deny_unknown_fields)]
pub enum Target {
    /// A property of the organisation: `name`, `website`, `locality`, `founded`, `description`, `purpose`.
    Attribute {
        field: String,
    },
    /// The area where it has its seat; ids are codes of ISO 3166-2.
    Area,
    /// What sort of organisation it is; ids are of that closed set.
    OrganisationKind,
    /// How many work for it; ids are of that closed set.
    SizeBand,
    /// Whom it sells to; ids are of that closed set.
    BusinessModel,
    /// What it uses data for; ids are of that closed set.
    UseType,
    /// A code of a scheme; ids are its codes.
    Code {
        scheme: String,
        role: CodeRole,
    },
    /// The data it uses.
    Uses,
    /// An impact; the dimension is the scheme that ids are codes of.
    Impact {
        dimension: String,
    },
    /// Why it says so of the impacts of a dimension.
    Rationale {
        dimension: String,
    },
    /// A value of an indicator.
    Observation {
        indicator: String,
    },
    /// The data it needs and cannot get.
    Requests,
    Consent {
        of: ConsentTo,
    },
    /// Nothing beyond the answer itself.
    Kept,
}

/// A version in three numbers: wording, options and meaning change the last, the middle, the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    pub major: u16,
    pub minor: u16,
    pub patch: u16,
}

impl Version {
    /// The next one that adds or words anew, and takes nothing away.
    #[must_use]
    pub fn next(self) -> Self {
        Self { minor: self.minor.saturating_add(1), patch: 0, ..self }
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl std::str::FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |part: &str| {
            let plain = part.bytes().all(|b| b.is_ascii_digit()) && (part.len() == 1 || !part.starts_with('0'));
            part.parse::<u16>().ok().filter(|_| plain)
        };
        let numbers: Option<Vec<u16>> = text.split('.').map(number).collect();
        match numbers.as_deref() {
            Some(&[major, minor, patch]) => Ok(Self { major, minor, patch }),
            _ => Err(format!("'{text}' is not a version such as 1.0.0")),
        }
    }
}

impl Serialize for Version {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}
