//! An organisation: a reuser, a public body, or both.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::area::{Area, Location};
use super::claim::{ImpactClaim, UseClaimConnection};
use super::code::{Code, CodeAssignment, family_of};
use super::dataset::{Dataset, DatasetConnection};
use super::figure::{GradeCount, Rollup};
use super::indicator::Observation;
use super::language::{Language, lang};
use super::node::id;
use super::page::{Page, first_of};
use super::publisher::Publisher;
use super::scalar::{DateTime, PartialDate};
use super::source::{Attribution, Source, Text};
use super::study::Wave;
use super::vocabulary::{
    Attribute, BusinessModel, Channel, CompletedBy, Decision, Dependence, Grade, IdentifierScheme, Missing, NameKind,
    OrganisationKind, OrganisationStatus, Origin, Ownership, RelationKind, ResponseStatus, UseType,
};
use crate::analysis;
use crate::atlas::{Atlas, OrgIx};

/// An organisation that reuses government data, a public body, or both.
#[derive(Clone)]
pub struct Organisation {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) ix: OrgIx,
}

impl Organisation {
    /// The organisation of a handle.
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: OrgIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &crate::atlas::Organisation {
        self.atlas.organisation(self.ix)
    }
}

/// A name that an organisation bears or bore.
#[derive(SimpleObject)]
pub struct Name {
    /// The name.
    text: String,
    /// ISO 639-1 code.
    lang: String,
    /// What sort of name it is.
    kind: NameKind,
    /// Since when it is borne.
    valid_from: Option<PartialDate>,
    /// Until when.
    valid_to: Option<PartialDate>,
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
pub struct Identifier {
    /// The scheme.
    scheme: IdentifierScheme,
    /// The identifier.
    value: String,
    /// Whether a curator has checked it.
    verified: bool,
    /// Where the scheme resolves it, if it does.
    url: Option<String>,
}

/// Why a property has no value.
pub struct MissingFact {
    attribute: entity::vocabulary::Attribute,
    code: entity::vocabulary::Missing,
}

/// Why a property has no value.
#[Object]
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
    atlas: Arc<Atlas>,
    row: crate::atlas::PublisherUse,
}

/// The publishers that an organisation uses, one row each.
#[Object]
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
    async fn datasets(&self) -> Vec<Dataset> {
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
    atlas: Arc<Atlas>,
    impact: crate::atlas::ImpactIx,
    goal: crate::atlas::CodeIx,
}

/// A goal that an organisation works on.
#[Object]
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
    atlas: Arc<Atlas>,
    row: crate::atlas::Response,
}

/// An organisation's part in a wave.
#[Object]
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
    atlas: Arc<Atlas>,
    row: crate::atlas::Answer,
}

/// A finished answer.
#[Object]
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
    atlas: Arc<Atlas>,
    row: crate::atlas::Relation,
}

/// A dated relation to another organisation.
#[Object]
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

/// An organisation like another, with the reasons.
pub struct Peer {
    atlas: Arc<Atlas>,
    row: analysis::peers::Peer,
}

/// One component of a similarity.
#[derive(SimpleObject)]
pub struct PeerComponent {
    /// `datasets`, `publishers`, `sector`, `sdgs` or `distance`.
    key: String,
    /// From 0 to 1.
    value: f64,
    /// Its weight in the mean.
    weight: f64,
}

/// An organisation like another, with the reasons.
#[Object]
impl Peer {
    /// The peer.
    async fn organisation(&self) -> Organisation {
        Organisation::new(&self.atlas, self.row.organisation)
    }

    /// Weighted mean of the components known for both, from 0 to 1.
    async fn similarity(&self) -> f64 {
        self.row.similarity
    }

    /// Datasets that both use.
    async fn shared_datasets(&self) -> Vec<Dataset> {
        self.row.shared_datasets.iter().map(|&ix| Dataset::new(&self.atlas, ix)).collect()
    }

    /// Publishers that both use.
    async fn shared_publishers(&self) -> Vec<Publisher> {
        self.row.shared_publishers.iter().map(|&ix| Publisher::new(&self.atlas, ix)).collect()
    }

    /// Goals that both declare.
    async fn shared_sdgs(&self) -> Vec<u8> {
        self.row.shared_goals.clone()
    }

    /// What the similarity is made of.
    async fn components(&self) -> Vec<PeerComponent> {
        self.row
            .components
            .known()
            .map(|(key, value, weight)| PeerComponent { key: key.to_owned(), value, weight })
            .collect()
    }
}

/// An organisation that reuses government data, a public body, or both.
#[Object]
impl Organisation {
    /// Global id, `organisation:<uuid>`.
    pub async fn id(&self) -> ID {
        id("organisation", self.row().id.0)
    }

    /// Stable word in its address.
    async fn slug(&self) -> &str {
        self.atlas.str(self.row().slug)
    }

    /// Its name, in the language asked for where it has one.
    async fn name(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        self.atlas.label(self.row().name, super::language::lang(ctx, lang)).value
    }

    /// The language that `name` is in, ISO 639-1.
    async fn name_lang(&self, ctx: &Context<'_>) -> String {
        self.atlas.label(self.row().name, lang(ctx, None)).lang.to_string()
    }

    /// Every name it bears or bore.
    async fn names(&self) -> Vec<Name> {
        Name::list(&self.atlas, self.ix)
    }

    /// What sort of organisation it is.
    async fn kind(&self) -> OrganisationKind {
        self.row().kind.into()
    }

    /// The same in words.
    async fn kind_label(&self, ctx: &Context<'_>, lang: Option<Language>) -> &'static str {
        crate::texts::label(super::language::lang(ctx, lang), "api.kind", self.row().kind.as_str())
    }

    /// Who owns it.
    async fn ownership(&self) -> Ownership {
        self.row().ownership.into()
    }

    /// Whether it still works.
    async fn status(&self) -> OrganisationStatus {
        self.row().status.into()
    }

    /// Legal form as recorded, such as `S.A. de C.V.`.
    async fn legal_form(&self) -> Option<&str> {
        self.row().legal_form.map(|ix| self.atlas.str(ix))
    }

    /// When it was founded.
    async fn founded(&self) -> Option<PartialDate> {
        self.row().founded.map(PartialDate)
    }

    /// Its website, http or https.
    async fn website(&self) -> Option<&str> {
        self.row().website.map(|ix| self.atlas.str(ix))
    }

    /// What it says of itself; plain text.
    async fn description(&self, ctx: &Context<'_>, lang: Option<Language>) -> Option<Text> {
        Text::of(&self.atlas, self.row().description, super::language::lang(ctx, lang))
    }

    /// The same in a sentence.
    async fn summary(&self, ctx: &Context<'_>, lang: Option<Language>) -> Option<Text> {
        Text::of(&self.atlas, self.row().summary, super::language::lang(ctx, lang))
    }

    /// Full-time employees: `1-10`, `11-50`, `51-200`, `201-500`, `501-1000`, `1001-5000`, `5001-10000`, `10001+`.
    async fn size_band(&self) -> Option<&'static str> {
        self.row().size_band.map(entity::vocabulary::SizeBand::as_str)
    }

    /// Why there is no size band.
    async fn size_missing(&self) -> Option<Missing> {
        self.row()
            .size_band
            .is_none()
            .then(|| self.atlas.missing_code(self.ix, entity::vocabulary::Attribute::Size).into())
    }

    /// Whom it sells to or serves.
    async fn business_models(&self) -> Vec<BusinessModel> {
        self.row().business_models.iter().map(Into::into).collect()
    }

    /// What it uses data for.
    async fn use_types(&self) -> Vec<UseType> {
        self.row().use_types.iter().map(Into::into).collect()
    }

    /// How much it depends on open data as a whole.
    async fn dependence(&self) -> Dependence {
        self.row().dependence.into()
    }

    /// Its primary reuse sector.
    async fn sector(&self) -> Option<Code> {
        self.row().sector.map(|ix| Code::new(&self.atlas, ix))
    }

    /// What it says of its sector, when that is outside the list.
    async fn sector_text(&self) -> Option<&str> {
        self.row().sector_text.map(|ix| self.atlas.str(ix))
    }

    /// Why it has no sector.
    async fn sector_missing(&self) -> Option<Missing> {
        let row = self.row();
        (row.sector.is_none() && row.sector_text.is_none())
            .then(|| self.atlas.missing_code(self.ix, entity::vocabulary::Attribute::Sector).into())
    }

    /// Sector family, for colour: research data finance business media land place public; null without a sector.
    async fn family(&self) -> Option<&str> {
        family_of(&self.atlas, self.row().sector)
    }

    /// Every code assigned to it, with who assigned it.
    async fn codes(&self) -> Vec<CodeAssignment> {
        self.atlas.assignments_of(self.ix).iter().map(|row| CodeAssignment::new(&self.atlas, row)).collect()
    }

    /// Its main location.
    async fn location(&self) -> Option<Location> {
        self.atlas.locations_of(self.ix).first().map(|row| Location::new(&self.atlas, row))
    }

    /// The area of its main location.
    async fn area(&self) -> Option<Area> {
        self.row().area.map(|ix| Area::new(&self.atlas, ix))
    }

    /// Distinct publishers it uses; under the default roll-up unless another is asked for.
    async fn publishers_used(&self, rollup: Option<Rollup>) -> usize {
        match rollup {
            None => self.row().publishers_used as usize,
            Some(rollup) => self.atlas.publishers_used(self.ix, Some(rollup.into())).len(),
        }
    }

    /// Distinct datasets it uses; an accepted edition counts with its series.
    async fn datasets_used(&self) -> u32 {
        self.row().datasets_used
    }

    /// Counted use claims.
    async fn claim_count(&self) -> u32 {
        self.row().claim_count
    }

    /// The publishers it uses, most claims first.
    async fn publishers(
        &self,
        #[graphql(default_with = "Some(50)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        rollup: Option<Rollup>,
    ) -> Vec<PublisherUse> {
        self.atlas
            .publishers_used(self.ix, rollup.map(Into::into))
            .into_iter()
            .take(first_of(first, 50))
            .map(|row| PublisherUse { atlas: Arc::clone(&self.atlas), row })
            .collect()
    }

    /// The datasets it uses.
    async fn datasets(
        &self,
        #[graphql(default_with = "Some(5)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<DatasetConnection> {
        DatasetConnection::of_list(
            &self.atlas,
            &self.atlas.datasets_used_by(self.ix),
            &Page { first: first_of(first, 5), after },
        )
    }

    /// Its use claims, newest wave first; those that are disputed or superseded too, marked as not countable.
    async fn claims(
        &self,
        #[graphql(default_with = "Some(20)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
        after: Option<String>,
    ) -> Result<UseClaimConnection> {
        UseClaimConnection::of_range(
            &self.atlas,
            self.atlas.claim_handles_of(self.ix),
            &Page { first: first_of(first, 20), after },
        )
    }

    /// Its impact claims.
    async fn impacts(&self) -> Vec<ImpactClaim> {
        self.atlas.impact_handles_of(self.ix).map(|ix| ImpactClaim::new(&self.atlas, ix)).collect()
    }

    /// Goals it declares, and apart from them those inferred by a published rule.
    async fn sdgs(&self) -> Vec<SdgLink> {
        self.atlas
            .impact_handles_of(self.ix)
            .filter_map(|impact| {
                let goal = self.atlas.impact(impact).goal?;
                Some(SdgLink { atlas: Arc::clone(&self.atlas), impact, goal: self.atlas.goal_code(goal)? })
            })
            .collect()
    }

    /// What is not known of it, and why.
    async fn missing(&self) -> Vec<MissingFact> {
        self.atlas.missing_of(self.ix).iter().map(|&(attribute, code)| MissingFact { attribute, code }).collect()
    }

    /// Its identifiers.
    async fn identifiers(&self) -> Vec<Identifier> {
        self.atlas
            .identifiers_of(self.ix)
            .iter()
            .map(|row| {
                let value = self.atlas.str(row.value).to_owned();
                Identifier {
                    url: resolver(row.scheme, &value),
                    scheme: row.scheme.into(),
                    verified: row.verified,
                    value,
                }
            })
            .collect()
    }

    /// Its relations to other organisations, proposed ones included.
    async fn relations(&self) -> Vec<Relation> {
        self.atlas
            .relations_of(self.ix)
            .iter()
            .map(|row| Relation { atlas: Arc::clone(&self.atlas), row: row.clone() })
            .collect()
    }

    /// Its part in each wave.
    async fn responses(&self) -> Vec<Response> {
        self.atlas
            .responses_of(self.ix)
            .iter()
            .map(|row| Response { atlas: Arc::clone(&self.atlas), row: row.clone() })
            .collect()
    }

    /// Its public answers.
    async fn answers(&self) -> Vec<Answer> {
        self.atlas
            .answers_of(self.ix)
            .iter()
            .map(|row| Answer { atlas: Arc::clone(&self.atlas), row: row.clone() })
            .collect()
    }

    /// Public observations of it.
    async fn observations(
        &self,
        #[graphql(default_with = "Some(50)", validator(minimum = 0, maximum = 100))] first: Option<i32>,
    ) -> Vec<Observation> {
        self.atlas
            .observations_of(self.ix)
            .iter()
            .take(first_of(first, 50))
            .map(|&ix| Observation::new(&self.atlas, ix))
            .collect()
    }

    /// Organisations like it, most similar first, each with its reasons.
    #[graphql(complexity = "200 + first.unwrap_or(5).max(0) as usize * child_complexity")]
    async fn peers(
        &self,
        #[graphql(default_with = "Some(5)", validator(minimum = 0, maximum = 20))] first: Option<i32>,
    ) -> Vec<Peer> {
        analysis::peers::peers(&self.atlas, self.ix, first_of(first, 5))
            .into_iter()
            .map(|row| Peer { atlas: Arc::clone(&self.atlas), row })
            .collect()
    }

    /// The best grade among its counted claims.
    async fn best_grade(&self) -> Option<Grade> {
        self.atlas.best_grade(self.ix).map(Into::into)
    }

    /// Its counted claims by grade.
    async fn grade_counts(&self) -> Vec<GradeCount> {
        GradeCount::of(self.atlas.claim_handles_of(self.ix).filter_map(|ix| {
            let claim = self.atlas.claim(ix);
            claim.is_current().then_some(claim.grade)
        }))
    }

    /// Whether it publishes data too.
    async fn is_publisher(&self) -> bool {
        self.atlas.publisher(self.ix).is_some()
    }

    /// The same body as a publisher.
    async fn publisher(&self) -> Option<Publisher> {
        self.atlas.publisher(self.ix).map(|_| Publisher::new(&self.atlas, self.ix))
    }

    /// The source that its facts come from.
    async fn source(&self) -> Option<Source> {
        self.row().source.map(|ix| Source::new(&self.atlas, ix))
    }

    /// Whom to name when showing it, and under which licence.
    async fn attribution(&self) -> Option<Attribution> {
        Attribution::of_organisation(&self.atlas, self.ix)
    }

    /// When its record last changed.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.row().updated_at)
    }

    /// The chapters of the studies it takes part in.
    async fn chapters(&self) -> Vec<&str> {
        self.atlas.chapters_of(self.ix).into_iter().map(|ix| self.atlas.str(ix)).collect()
    }
}

/// Where a scheme resolves its identifiers.
fn resolver(scheme: entity::vocabulary::IdentifierScheme, value: &str) -> Option<String> {
    use entity::vocabulary::IdentifierScheme as Scheme;
    match scheme {
        Scheme::Lei => Some(format!("https://search.gleif.org/#/record/{value}")),
        Scheme::Wikidata => Some(format!("https://www.wikidata.org/wiki/{value}")),
        Scheme::Ror => Some(format!("https://ror.org/{value}")),
        Scheme::Opencorporates => Some(format!("https://opencorporates.com/companies/{value}")),
        _ => None,
    }
}
