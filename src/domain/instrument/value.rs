//! Answers as they are kept.

use std::collections::BTreeMap;

use entity::id::{DatasetId, OrganisationId};
use entity::vocabulary::{AccessMode, BlockingReason, Criticality, Missing, RowVisibility};
use serde::{Deserialize, Serialize};

use crate::domain::text::one_line;

/// The answers of a response by question.
pub type Answers = BTreeMap<String, Answer>;

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub given: Given,
    /// Who may see it.
    pub visibility: RowVisibility,
    /// Whether it was taken from what is known already, and nobody has confirmed it.
    pub is_prefilled: bool,
}

/// A value, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    Value(Value),
    Missing(Missing),
}

/// A value of the question's kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Text(String),
    /// One id: of a single choice, a band, a share.
    Choice(String),
    /// Several ids, in the order of the options.
    Choices(Vec<String>),
    /// A whole number, a step of a scale, or an amount in whole units.
    Number(i64),
    /// `2014`, `2014-05` or `2014-05-31`.
    Date(String),
    Uses(Vec<Use>),
    Requests(Vec<Wanted>),
    Consent(bool),
}

impl Value {
    /// The ids that it chooses.
    pub fn chosen(&self) -> Vec<&str> {
        match self {
            Self::Choice(id) => vec![id],
            Self::Choices(ids) => ids.iter().map(String::as_str).collect(),
            Self::Consent(true) => vec!["yes"],
            Self::Consent(false) => vec!["no"],
            _ => Vec::new(),
        }
    }
}

/// Something of the register, or the words for something that is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    Dataset(DatasetId),
    /// A body, where the dataset is not known.
    Publisher(OrganisationId),
    /// Not listed; becomes a proposal.
    Unlisted(String),
}

/// A use of data, as the organisation states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Use {
    pub what: Named,
    /// Who publishes it, where it is not listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    pub criticality: Criticality,
    pub access: AccessMode,
    /// The year since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i16>,
    /// From 1, poor, to 4, excellent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
}

/// Data that the organisation needs and cannot get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    pub title: String,
    /// Who should publish it, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// What stands in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<BlockingReason>,
    /// What it is needed for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
}

impl Use {
    /// Whether it does not say what is used.
    pub fn is_nameless(&self) -> bool {
        matches!(&self.what, Named::Unlisted(text) if is_blank(text))
    }

    /// Whether nothing is said at all, as in a row that nobody has filled in. What is not known says nothing.
    pub fn is_blank(&self) -> bool {
        self.is_nameless()
            && self.publisher.as_deref().is_none_or(is_blank)
            && self.criticality == Criticality::Unknown
            && self.access == AccessMode::Unknown
            && self.since.is_none()
            && self.rating.is_none()
    }
}

impl Wanted {
    /// Whether it does not say what is needed.
    pub fn is_nameless(&self) -> bool {
        is_blank(&self.title)
    }

    /// Whether nothing is said at all, as in a row that nobody has filled in.
    pub fn is_blank(&self) -> bool {
        let texts = [self.publisher.as_deref(), self.purpose.as_deref()];
        self.is_nameless() && self.reason.is_none() && texts.into_iter().flatten().all(is_blank)
    }
}

/// Whether nothing of a text can be seen.
fn is_blank(text: &str) -> bool {
    one_line(text).is_empty()
}

/// The language in which something was answered, taken out of what a proposal keeps of the answer. Proposals of before
/// it was kept are Spanish.
pub fn take_language(content: &mut serde_json::Value) -> &'static str {
    let kept = content.as_object_mut().and_then(|fields| fields.remove("lang"));
    if kept.as_ref().and_then(serde_json::Value::as_str) == Some("en") { "en" } else { "es" }
}
