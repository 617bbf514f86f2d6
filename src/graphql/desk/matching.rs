//! Pairs that may be one thing, what a merge would do, and what has been merged.

use async_graphql::{Enum, ID, InputObject, Object, SimpleObject};
use entity::vocabulary as words;

use crate::app::matching;
use crate::app::rearrange;
use crate::graphql::node::id;
use crate::graphql::outcome::UserError;
use crate::graphql::page::PageInfo;
use crate::graphql::scalar::DateTime;

/// What sort of records a pair is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "words::MatchKind")]
pub enum MatchKind {
    /// Two that reuse data.
    Organisation,
    /// At least one of the two publishes.
    Body,
    /// Two datasets of one publisher.
    Dataset,
}

/// What the rules make of a pair; a person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "words::MatchVerdict")]
pub enum MatchVerdict {
    /// The same thing, by an identifier or by name and place.
    Same,
    /// Two editions of one series.
    SameSeries,
    /// A series and one of its editions.
    SeriesAndEdition,
    /// Alike enough to be looked at.
    Queue,
    /// Two things, of which somebody wished to see how alike they are.
    Different,
}

/// What a person made of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "words::MatchDecision")]
pub enum MatchDecision {
    /// One thing.
    Same,
    /// Two things: the pair is not offered again.
    Different,
    /// Looked at, and open.
    Unsure,
}

/// Why two records may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::domain::matching::Reason")]
pub enum MatchReason {
    /// An identifier that means one thing in the world agrees.
    SameIdentifier,
    /// The RFC is the same, by its keyed hash.
    SameRfc,
    /// The names are the same once folded.
    SameName,
    /// One bears a name that the other bears too.
    SameOtherName,
    /// The names are alike.
    AlikeName,
    /// The names are written with other letters that look the same.
    LooksAlike,
    /// The websites have one domain.
    SameDomain,
    /// Both are in one state.
    SameState,
    /// They share an acronym.
    SameAcronym,
    /// The titles differ by their years alone.
    YearsDiffer,
    /// One reuses data and the other publishes them.
    SortsDiffer,
}

/// What tells two records apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "matching::SideFact")]
pub enum MatchFactKind {
    /// What sort of organisation it is.
    Kind,
    /// Its website, or a dataset's page.
    Website,
    /// The year it was founded.
    Founded,
    /// ISO 3166-2 code of its seat.
    State,
    /// Other names.
    Names,
    /// Identifiers that may be shown.
    Identifiers,
    /// Who publishes the dataset.
    Publisher,
    /// Which edition it is.
    Edition,
    /// The level of government.
    Level,
}

/// Something that tells one record from another.
#[derive(SimpleObject)]
pub struct MatchFact {
    /// What it is.
    what: MatchFactKind,
    /// The value.
    value: String,
}

/// One of the two records of a pair.
#[derive(Clone)]
pub struct MatchSide(pub(super) matching::Side, pub(super) &'static str);

/// One of the two records of a pair.
#[Object]
impl MatchSide {
    /// Global id, `organisation:uuid` or `dataset:uuid`.
    async fn id(&self) -> ID {
        id(self.1, self.0.id)
    }

    /// Its address.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Its name or title.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How many use claims name it, proposed ones included.
    async fn claim_count(&self) -> i32 {
        self.0.claims.try_into().unwrap_or(i32::MAX)
    }

    /// Whether it is public.
    async fn is_public(&self) -> bool {
        self.0.is_public
    }

    /// What tells it from others.
    async fn facts(&self) -> Vec<MatchFact> {
        let facts = self.0.facts.iter();
        facts.map(|(what, value)| MatchFact { what: (*what).into(), value: value.clone() }).collect()
    }
}

/// Two records that may be one.
#[derive(Clone)]
pub struct Match(pub(super) matching::Match);

/// Two records that may be one.
#[Object]
impl Match {
    /// Global id, `match:uuid`.
    async fn id(&self) -> ID {
        id("match", self.0.row.id.0)
    }

    /// What sort of records they are.
    async fn kind(&self) -> MatchKind {
        self.0.row.kind.into()
    }

    /// What the rules make of it.
    async fn verdict(&self) -> MatchVerdict {
        self.0.row.verdict.into()
    }

    /// How alike, from 0 to 1000: an order, no probability.
    async fn score(&self) -> i32 {
        self.0.row.score
    }

    /// Similarity of the folded names by Jaro and Winkler, in thousandths.
    async fn jaro_winkler(&self) -> i32 {
        self.0.features.jaro_winkler
    }

    /// Share of meaningful words in common, in thousandths.
    async fn jaccard(&self) -> i32 {
        self.0.features.jaccard
    }

    /// What speaks for it.
    async fn reasons(&self) -> Vec<MatchReason> {
        self.0.features.reasons.iter().map(|reason| (*reason).into()).collect()
    }

    /// When it was found last.
    async fn found_at(&self) -> DateTime {
        DateTime(self.0.row.found_at)
    }

    /// What a person made of it; null while nobody has decided.
    async fn decision(&self) -> Option<MatchDecision> {
        self.0.row.decision.map(Into::into)
    }

    /// Why it was decided so.
    async fn reason(&self) -> Option<&str> {
        self.0.row.reason.as_deref()
    }

    /// When it was decided.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.row.decided_at.map(DateTime)
    }

    /// One of the two; null where it is not there any more.
    async fn left(&self) -> Option<MatchSide> {
        self.0.left.clone().map(|side| MatchSide(side, self.node()))
    }

    /// The other; null where it is not there any more.
    async fn right(&self) -> Option<MatchSide> {
        self.0.right.clone().map(|side| MatchSide(side, self.node()))
    }
}

impl Match {
    fn node(&self) -> &'static str {
        if self.0.row.kind == words::MatchKind::Dataset { "dataset" } else { "organisation" }
    }
}

/// A pair in a list.
#[derive(SimpleObject)]
pub struct MatchEdge {
    /// The cursor of this pair.
    pub(super) cursor: String,
    /// The pair.
    pub(super) node: Match,
}

/// Pairs, the likeliest first.
#[derive(SimpleObject)]
pub struct MatchConnection {
    /// The pairs with their cursors.
    pub(super) edges: Vec<MatchEdge>,
    /// Where the page stands.
    pub(super) page_info: PageInfo,
}

/// What `matchCompare` takes.
#[derive(InputObject)]
pub struct MatchCompareInput {
    /// A record, `organisation:uuid` or `dataset:uuid`.
    pub(super) left_id: ID,
    /// The record to look at beside it.
    pub(super) right_id: ID,
}

/// What `matchFind` takes.
#[derive(InputObject)]
pub struct MatchFindInput {
    /// The kinds of records to compare.
    pub(super) kinds: Vec<MatchKind>,
}

/// What a search for pairs found.
#[derive(SimpleObject)]
pub struct MatchFindPayload {
    /// How many records were compared; null where nothing was done.
    pub(super) compared_count: Option<i32>,
    /// How many pairs there are.
    pub(super) pair_count: Option<i32>,
    /// How many of them are new.
    pub(super) new_count: Option<i32>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// What `matchDecide` takes.
#[derive(InputObject)]
pub struct MatchDecideInput {
    /// The pair.
    pub(super) match_id: ID,
    /// What it is; null takes the decision back. Nothing is merged by it.
    pub(super) decision: Option<MatchDecision>,
    /// Why.
    pub(super) reason: Option<String>,
}

/// A pair that was decided.
#[derive(SimpleObject)]
pub struct MatchPayload {
    /// The pair; null where nothing was done.
    #[graphql(name = "match")]
    pub(super) pair: Option<Match>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// What was done to two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "words::RearrangementKind")]
pub enum RearrangementKind {
    /// One organisation or body took in another.
    OrganisationMerge,
    /// Part of an organisation or body became one of its own.
    OrganisationSplit,
    /// One dataset took in another.
    DatasetMerge,
    /// Part of the claims on a dataset went to one of its own.
    DatasetSplit,
    /// Datasets became editions of a series.
    DatasetSeries,
}

/// A merge, a split, or the making of a series.
pub struct Rearrangement(pub(super) rearrange::Rearrangement);

/// A merge, a split, or the making of a series.
#[Object]
impl Rearrangement {
    /// Global id, `rearrangement:uuid`.
    async fn id(&self) -> ID {
        id("rearrangement", self.0.id.0)
    }

    /// What was done.
    async fn kind(&self) -> RearrangementKind {
        self.0.kind.into()
    }

    /// The record that stands; of a split the one that was split, of a series the series.
    async fn kept_id(&self) -> ID {
        id(self.node(), self.0.kept_id)
    }

    /// The record that is gone; of a split the new one, of a series an edition.
    async fn other_id(&self) -> ID {
        id(self.node(), self.0.other_id)
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// When it was done.
    async fn done_at(&self) -> DateTime {
        DateTime(self.0.done_at)
    }

    /// When it was taken back; null where it stands.
    async fn undone_at(&self) -> Option<DateTime> {
        self.0.undone_at.map(DateTime)
    }
}

impl Rearrangement {
    fn node(&self) -> &'static str {
        use words::RearrangementKind::{OrganisationMerge, OrganisationSplit};
        if matches!(self.0.kind, OrganisationMerge | OrganisationSplit) { "organisation" } else { "dataset" }
    }
}

/// A merge or split in a list.
#[derive(SimpleObject)]
pub struct RearrangementEdge {
    /// The cursor of it.
    pub(super) cursor: String,
    /// What was done.
    pub(super) node: Rearrangement,
}

/// Merges and splits, the newest first.
#[derive(SimpleObject)]
pub struct RearrangementConnection {
    /// What was done, with its cursors.
    pub(super) edges: Vec<RearrangementEdge>,
    /// Where the page stands.
    pub(super) page_info: PageInfo,
}

/// What somebody should know before two records become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "rearrange::Remark")]
pub enum MergeRemark {
    /// A reuser becomes a public body too, or the other way round.
    BecomesBoth,
    /// One of the two does not consent to be shown: neither will be.
    ConsentWithheld,
    /// Both answered the same wave: the answers that came further count, else those of the one that stays.
    AnsweredTwice,
    /// The datasets have different publishers.
    PublishersDiffer,
    /// Both have a value for the same indicator and time: the one that stays keeps its own.
    ValuesDiffer,
    /// The two are related to each other: that relation ends.
    RelatedToEachOther,
}

/// How many rows of a table.
#[derive(SimpleObject)]
pub struct TableCount {
    /// The table, such as `use_claim`.
    table: &'static str,
    /// How many of its rows.
    count: i32,
}

/// What a merge would do.
#[derive(SimpleObject)]
pub struct MergeEffect {
    /// Rows that come along or change.
    moved: Vec<TableCount>,
    /// Rows that end, because what stays says the same or says otherwise.
    ended: Vec<TableCount>,
    /// Rows that are new.
    added: Vec<TableCount>,
    /// Claims that were there twice and become one, with the evidence of both.
    united_count: i32,
    /// The address that leads on from then.
    old_slug: Option<String>,
    /// Where it leads to.
    new_slug: Option<String>,
    /// What to know before.
    remarks: Vec<MergeRemark>,
}

impl From<rearrange::Effect> for MergeEffect {
    fn from(effect: rearrange::Effect) -> Self {
        let size = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        let rows = |counts: std::collections::BTreeMap<&'static str, usize>| {
            counts.into_iter().map(|(table, count)| TableCount { table, count: size(count) }).collect()
        };
        let (old_slug, new_slug) = effect.address.unzip();
        Self {
            moved: rows(effect.moved),
            ended: rows(effect.ended),
            added: rows(effect.added),
            united_count: size(effect.united),
            old_slug,
            new_slug,
            remarks: effect.remarks.into_iter().map(Into::into).collect(),
        }
    }
}

/// What a merge takes.
#[derive(InputObject)]
pub struct MergeInput {
    /// The record that stays.
    pub(super) kept_id: ID,
    /// The record that becomes part of it; its address leads on.
    pub(super) gone_id: ID,
    /// Why; it stands in the public history.
    pub(super) reason: String,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// What `organisationSplit` takes.
#[derive(InputObject)]
pub struct OrganisationSplitInput {
    /// The organisation that is split.
    pub(super) organisation_id: ID,
    /// The name of the new one.
    pub(super) name: String,
    /// Use claims that go there: those it made, and those on its data.
    #[graphql(default)]
    pub(super) use_claim_ids: Vec<ID>,
    /// Impact claims that go there.
    #[graphql(default)]
    pub(super) impact_claim_ids: Vec<ID>,
    /// Datasets that go there.
    #[graphql(default)]
    pub(super) dataset_ids: Vec<ID>,
    /// Why; it stands in the public history.
    pub(super) reason: String,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// What `datasetSplit` takes.
#[derive(InputObject)]
pub struct DatasetSplitInput {
    /// The dataset that is split.
    pub(super) dataset_id: ID,
    /// The title of the new one.
    pub(super) title: String,
    /// Use claims that go there.
    pub(super) use_claim_ids: Vec<ID>,
    /// Why; it stands in the public history.
    pub(super) reason: String,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// What `datasetSeriesMake` takes.
#[derive(InputObject)]
pub struct DatasetSeriesMakeInput {
    /// One of the two.
    pub(super) left_id: ID,
    /// The other.
    pub(super) right_id: ID,
    /// Why; it stands in the public history.
    pub(super) reason: String,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// What `rearrangementUndo` takes.
#[derive(InputObject)]
pub struct RearrangementUndoInput {
    /// What is taken back.
    pub(super) rearrangement_id: ID,
    /// Why; it stands in the public history.
    pub(super) reason: String,
}

/// A merge, a split or a series that was made or taken back.
#[derive(SimpleObject)]
pub struct RearrangementPayload {
    /// What was done; null where nothing was.
    pub(super) rearrangement: Option<Rearrangement>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}
