//! Use claims and impact claims: who says what, on what evidence.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};

use super::code::Code;
use super::dataset::Dataset;
use super::language::Language;
use super::list::List;
use super::node::id;
use super::organisation::Organisation;
use super::page::{Page, PageInfo, slice};
use super::publisher::Publisher;
use super::scalar::{Date, PartialDate};
use super::source::{Evidence, Text};
use super::study::Wave;
use super::vocabulary::{
    AccessMode, AssertedBy, ClaimStatus, Confidence, Criticality, Direction, Grade, Origin, PublisherAck, Strength,
    UseType,
};
use crate::atlas::{self, Atlas, ClaimIx, ImpactIx};

/// How specific a claim is.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "atlas::Specificity")]
pub enum Specificity {
    /// It names a file or service of a dataset.
    Distribution,
    /// It names a dataset or edition.
    Dataset,
    /// It names a series.
    Series,
    /// It names a publisher only.
    Publisher,
    /// It names a theme only.
    Theme,
}

/// "This organisation uses this data."
#[derive(Clone)]
pub struct UseClaim {
    atlas: Arc<Atlas>,
    ix: ClaimIx,
}

impl UseClaim {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: ClaimIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &atlas::Claim {
        self.atlas.claim(self.ix)
    }

    fn detail(&self) -> &atlas::ClaimDetail {
        self.atlas.claim_detail(self.ix)
    }
}

/// "This organisation uses this data."
#[Object(serial)]
impl UseClaim {
    /// Global id, `use_claim:<uuid>`.
    pub async fn id(&self) -> ID {
        id("use_claim", self.detail().id.0)
    }

    /// Who uses it.
    async fn organisation(&self) -> Organisation {
        Organisation::new(&self.atlas, self.row().organisation)
    }

    /// How specific it is.
    async fn specificity(&self) -> Specificity {
        self.detail().specificity.into()
    }

    /// The dataset or series used, where one is named.
    async fn dataset(&self) -> Option<Dataset> {
        self.row().dataset.map(|ix| Dataset::new(&self.atlas, ix))
    }

    /// The body used: the one named, or the publisher of the dataset.
    async fn publisher(&self) -> Option<Publisher> {
        self.row().publisher.map(|ix| Publisher::new(&self.atlas, ix))
    }

    /// The parent body as the survey states it.
    async fn stated_publisher(&self) -> Option<Publisher> {
        self.row().stated.map(|ix| Publisher::new(&self.atlas, ix))
    }

    /// The theme, where not even a body is named; null too where the source leaves it open.
    async fn theme(&self) -> Option<Code> {
        self.atlas.named_theme(self.row()).map(|ix| Code::new(&self.atlas, ix))
    }

    /// What for, in words.
    async fn purpose(&self, ctx: &Context<'_>, lang: Option<Language>) -> Option<Text> {
        Text::of(&self.atlas, self.detail().purpose, super::language::lang(ctx, lang))
    }

    /// What for, as a kind.
    async fn use_type(&self) -> UseType {
        self.detail().use_type.into()
    }

    /// How much it matters to the organisation.
    async fn criticality(&self) -> Criticality {
        self.row().criticality.into()
    }

    /// How the data is obtained.
    async fn access_mode(&self) -> AccessMode {
        self.row().access_mode.into()
    }

    /// The intermediary it comes through; such use is not added to the publisher's users.
    async fn via(&self) -> Option<Organisation> {
        self.detail().via.filter(|&ix| self.atlas.is_shown(ix)).map(|ix| Organisation::new(&self.atlas, ix))
    }

    /// Since when it is used.
    async fn started(&self) -> Option<PartialDate> {
        self.detail().started.map(PartialDate)
    }

    /// When the use was last seen.
    async fn last_observed_on(&self) -> Option<Date> {
        self.detail().last_observed_on.map(Date)
    }

    /// Since when the claim holds.
    async fn valid_from(&self) -> Option<PartialDate> {
        self.detail().valid_from.map(PartialDate)
    }

    /// The wave that it was said in.
    async fn wave(&self) -> Option<Wave> {
        self.row().wave.map(|ix| Wave::new(&self.atlas, ix))
    }

    /// Who says so.
    async fn asserted_by(&self) -> AssertedBy {
        self.detail().asserted_by.into()
    }

    /// Declared, inferred by a rule, or recovered from damage in the source.
    async fn origin(&self) -> Origin {
        self.detail().origin.into()
    }

    /// Accepted or disputed; others are not public.
    async fn status(&self) -> ClaimStatus {
        self.detail().status.into()
    }

    /// The grade of its evidence.
    async fn grade(&self) -> Grade {
        self.row().grade.into()
    }

    /// Whether the publisher has acknowledged it.
    async fn publisher_ack(&self) -> PublisherAck {
        self.detail().publisher_ack.into()
    }

    /// Accepted, grade D or better, valid on the day asked for, and the newest of its organisation and target.
    async fn countable(&self) -> bool {
        self.row().is_current()
    }

    /// What supports or contradicts it.
    async fn evidence(&self) -> List<Evidence> {
        Evidence::list(&self.atlas, self.atlas.evidence_of(self.ix)).into()
    }
}

/// A page of use claims.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct UseClaimConnection {
    /// All of them.
    pub total_count: usize,
    /// This page, with cursors.
    pub edges: Vec<UseClaimEdge>,
    /// This page, without.
    pub nodes: Vec<UseClaim>,
    /// Where it stands.
    pub page_info: PageInfo,
}

/// A use claim and its cursor.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct UseClaimEdge {
    /// Opaque: pass it as `after`.
    pub cursor: String,
    /// The claim.
    pub node: UseClaim,
}

impl UseClaimConnection {
    pub(crate) fn of_list(atlas: &Arc<Atlas>, list: &[ClaimIx], page: &Page) -> Result<Self> {
        let slice = slice(list, page, |ix| atlas.claim_detail(ix).id.0)?;
        let nodes: Vec<_> = slice.items.iter().map(|(_, ix)| UseClaim::new(atlas, *ix)).collect();
        let edges = slice
            .items
            .into_iter()
            .zip(&nodes)
            .map(|((cursor, _), node)| UseClaimEdge { cursor, node: node.clone() })
            .collect();
        Ok(Self { total_count: list.len(), edges, nodes, page_info: slice.info })
    }

    pub(crate) fn of_range(atlas: &Arc<Atlas>, claims: impl Iterator<Item = ClaimIx>, page: &Page) -> Result<Self> {
        Self::of_list(atlas, &claims.collect::<Vec<_>>(), page)
    }
}

/// "This organisation has this impact."
#[derive(Clone)]
pub struct ImpactClaim {
    atlas: Arc<Atlas>,
    ix: ImpactIx,
}

impl ImpactClaim {
    pub(crate) fn new(atlas: &Arc<Atlas>, ix: ImpactIx) -> Self {
        Self { atlas: Arc::clone(atlas), ix }
    }

    fn row(&self) -> &atlas::Impact {
        self.atlas.impact(self.ix)
    }
}

/// "This organisation has this impact."
#[Object(serial)]
impl ImpactClaim {
    /// Global id, `impact_claim:<uuid>`.
    pub async fn id(&self) -> ID {
        id("impact_claim", self.row().id.0)
    }

    /// Whose impact.
    async fn organisation(&self) -> Organisation {
        Organisation::new(&self.atlas, self.row().organisation)
    }

    /// The list it is about: `sdg`, `sdg_target`, `impact_type`, `od500_data_impact`, `od500_social_impact`.
    async fn dimension(&self) -> &str {
        self.atlas.str(self.row().dimension)
    }

    /// The code; null when the answer is outside the list.
    async fn code(&self) -> Option<Code> {
        self.row().code.map(|ix| Code::new(&self.atlas, ix))
    }

    /// What was said, when it is outside the list.
    async fn text(&self) -> Option<&str> {
        self.row().text.map(|ix| self.atlas.str(ix))
    }

    /// For better or worse.
    async fn direction(&self) -> Direction {
        self.row().direction.into()
    }

    /// How directly it follows.
    async fn strength(&self) -> Strength {
        self.row().strength.into()
    }

    /// 0 inferred by a crosswalk, 1 described, 2 output figures, 3 outcome data, 4 comparison, 5 replication.
    async fn evidence_level(&self) -> u8 {
        self.row().evidence_level
    }

    /// Why, in words.
    async fn rationale(&self, ctx: &Context<'_>, lang: Option<Language>) -> Option<Text> {
        Text::of(&self.atlas, self.row().rationale, super::language::lang(ctx, lang))
    }

    /// Who says so.
    async fn asserted_by(&self) -> AssertedBy {
        self.row().asserted_by.into()
    }

    /// Declared, inferred by a rule, or recovered from damage in the source.
    async fn origin(&self) -> Origin {
        self.row().origin.into()
    }

    /// How safe an inference is.
    async fn confidence(&self) -> Option<Confidence> {
        self.row().confidence.map(Into::into)
    }

    /// The wave that it was said in.
    async fn wave(&self) -> Option<Wave> {
        self.row().wave.map(|ix| Wave::new(&self.atlas, ix))
    }

    /// Accepted or disputed; others are not public.
    async fn status(&self) -> ClaimStatus {
        self.row().status.into()
    }

    /// What supports or contradicts it.
    async fn evidence(&self) -> List<Evidence> {
        Evidence::list(&self.atlas, self.atlas.impact_evidence_of(self.ix)).into()
    }
}
