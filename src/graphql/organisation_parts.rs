//! What hangs on an organisation: names, identifiers, gaps, uses, goals, answers, relations, peers.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};

use super::code::Code;
use super::dataset::Dataset;
use super::language::Language;
use super::list::List;
use super::organisation::Organisation;
use super::publisher::Publisher;
use super::scalar::PartialDate;
use super::source::Text;
use super::study::Wave;
use super::vocabulary::{
    Attribute, Channel, CompletedBy, Decision, Grade, IdentifierScheme, Missing, NameKind, Origin, RelationKind,
    ResponseStatus,
};
use crate::atlas::{Atlas, OrgIx};

/// A name that an organisation bears or bore.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Name {
    /// The name.
    pub(super) text: String,
    /// ISO 639-1 code.
    pub(super) lang: String,
    /// What sort of name it is.
    pub(super) kind: NameKind,
    /// Since when it is borne.
    pub(super) valid_from: Option<PartialDate>,
    /// Until when.
    pub(super) valid_to: Option<PartialDate>,
}

impl Name {
    /// Every name of an organisation.
    pub(crate) fn list(atlas: &Atlas, ix: OrgIx) -> Vec<Self> {
        atlas
            .names_of(ix)
            .iter()
            .map(|name| Self {
                text: atlas.str(name.text).to_owned(),
                lang: name.lang.to_string(),
                kind: name.kind.into(),
                valid_from: name.valid_from.map(PartialDate),
                valid_to: name.valid_to.map(PartialDate),
            })
            .collect()
    }
}

/// An identifier in some scheme.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Identifier {
    /// The scheme.
    pub(super) scheme: IdentifierScheme,
    /// The identifier.
    pub(super) value: String,
    /// Whether a curator has checked it.
    pub(super) verified: bool,
    /// Where the scheme resolves it, if it does.
    pub(super) url: Option<String>,
}

/// Why a property has no value.
pub struct MissingFact {
    pub(super) attribute: entity::vocabulary::Attribute,
    pub(super) code: entity::vocabulary::Missing,
}

/// Why a property has no value.
#[Object(serial)]
impl MissingFact {
    /// The property.
    async fn attribute(&self) -> Attribute {
        self.attribute.into()
    }

    /// Its name.
    async fn label(&self, ctx: &Context<'_>, lang: Option<Language>) -> &'static str {
        crate::texts::label(super::language::lang(ctx, lang), "attribute", self.attribute.as_str())
    }

    /// Why it has no value.
    async fn code(&self) -> Missing {
        self.code.into()
    }
}

/// The publishers that an organisation uses, one row each.
pub struct PublisherUse {
    pub(super) atlas: Arc<Atlas>,
    pub(super) row: crate::atlas::PublisherUse,
}

/// The publishers that an organisation uses, one row each.
#[Object(serial)]
impl PublisherUse {
    /// The publisher, under the roll-up.
    async fn publisher(&self) -> Publisher {
        Publisher::new(&self.atlas, self.row.publisher)
    }

    /// Counted claims.
    async fn claim_count(&self) -> usize {
        self.row.claims
    }

    /// The datasets named.
    async fn datasets(&self) -> List<Dataset> {
        self.row.datasets.iter().map(|&ix| Dataset::new(&self.atlas, ix)).collect()
    }

    /// The best grade among the claims.
    async fn best_grade(&self) -> Grade {
        self.row.best_grade.into()
    }

    /// Whether the publisher has confirmed one of them.
    async fn confirmed(&self) -> bool {
        self.row.confirmed
    }

    /// Whether no dataset is named.
    async fn unspecified(&self) -> bool {
        self.row.datasets.is_empty()
    }
}

/// A goal that an organisation works on.
pub struct SdgLink {
    pub(super) atlas: Arc<Atlas>,
    pub(super) impact: crate::atlas::ImpactIx,
    pub(super) goal: crate::atlas::CodeIx,
}

/// A goal that an organisation works on.
#[Object(serial)]
impl SdgLink {
    /// The goal.
    async fn goal(&self) -> Code {
        Code::new(&self.atlas, self.goal)
    }

    /// Declared by the organisation, or inferred by a published rule; the two are never added.
    async fn origin(&self) -> Origin {
        let impact = self.atlas.impact(self.impact);
        if impact.is_inferred() { Origin::Inferred } else { impact.origin.into() }
    }

    /// 0 inferred by a crosswalk, 1 described, 2 output figures, 3 outcome data, 4 comparison, 5 replication.
    async fn evidence_level(&self) -> u8 {
        self.atlas.impact(self.impact).evidence_level
    }

    /// The target, where one is named.
    async fn target(&self) -> Option<Code> {
        let code = self.atlas.impact(self.impact).code?;
        (code != self.goal).then(|| Code::new(&self.atlas, code))
    }

    /// Why, in words.
    async fn rationale(&self, ctx: &Context<'_>, lang: Option<Language>) -> Option<Text> {
        Text::of(&self.atlas, self.atlas.impact(self.impact).rationale, super::language::lang(ctx, lang))
    }
}

/// An organisation's part in a wave.
pub struct Response {
    pub(super) atlas: Arc<Atlas>,
    pub(super) row: crate::atlas::Response,
}

/// An organisation's part in a wave.
#[Object(serial)]
impl Response {
    /// The wave.
    async fn wave(&self) -> Wave {
        Wave::new(&self.atlas, self.row.wave)
    }

    /// How it came into the wave.
    async fn channel(&self) -> Channel {
        self.row.channel.into()
    }

    /// How far its response got.
    async fn status(&self) -> ResponseStatus {
        self.row.status.into()
    }

    /// Who filled it in.
    async fn completed_by(&self) -> CompletedBy {
        self.row.completed_by.into()
    }
}

/// A public answer, as it was given.
pub struct Answer {
    pub(super) atlas: Arc<Atlas>,
    pub(super) row: crate::atlas::Answer,
}

/// A finished answer.
#[Object(serial)]
impl Answer {
    /// Stable key of the question.
    async fn question(&self) -> &str {
        self.atlas.str(self.row.question)
    }

    /// The answer; null when it is missing.
    async fn value(&self) -> Option<&str> {
        self.row.value.map(|ix| self.atlas.str(ix))
    }

    /// Why it is missing.
    async fn missing(&self) -> Option<Missing> {
        self.row.missing.map(Into::into)
    }

    /// The wave that asked.
    async fn wave(&self) -> Wave {
        Wave::new(&self.atlas, self.row.wave)
    }
}

/// On which side of a relation the organisation stands.
#[derive(Clone, Copy, PartialEq, Eq, async_graphql::Enum)]
pub enum RelationDirection {
    /// It is the subject: "this one is part of the other".
    From,
    /// It is the object: "the other is part of this one".
    To,
}

/// A dated relation to another organisation.
pub struct Relation {
    pub(super) atlas: Arc<Atlas>,
    pub(super) row: crate::atlas::Relation,
}

/// A dated relation to another organisation.
#[Object(serial)]
impl Relation {
    /// What it says.
    async fn kind(&self) -> RelationKind {
        self.row.kind.into()
    }

    /// Proposed relations never move a figure.
    async fn decision(&self) -> Decision {
        self.row.decision.into()
    }

    /// The other organisation.
    async fn other(&self) -> Organisation {
        Organisation::new(&self.atlas, self.row.other)
    }

    /// On which side this one stands.
    async fn direction(&self) -> RelationDirection {
        if self.row.outgoing { RelationDirection::From } else { RelationDirection::To }
    }

    /// Since when.
    async fn valid_from(&self) -> Option<PartialDate> {
        self.row.valid_from.map(PartialDate)
    }

    /// Until when.
    async fn valid_to(&self) -> Option<PartialDate> {
        self.row.valid_to.map(PartialDate)
    }

    /// A remark.
    async fn note(&self) -> Option<&str> {
        self.row.note.map(|ix| self.atlas.str(ix))
    }
}

/// Where a scheme resolves its identifiers.
pub(super) fn resolver(scheme: entity::vocabulary::IdentifierScheme, value: &str) -> Option<String> {
    use entity::vocabulary::IdentifierScheme as Scheme;
    match scheme {
        Scheme::Lei => Some(format!("https://search.gleif.org/#/record/{value}")),
        Scheme::Wikidata => Some(format!("https://www.wikidata.org/wiki/{value}")),
        Scheme::Ror => Some(format!("https://ror.org/{value}")),
        Scheme::Opencorporates => Some(format!("https://opencorporates.com/companies/{value}")),
        _ => None,
    }
}
