//! Cases of the review, and what a reviewer sees of each.

use async_graphql::{Enum, ID, Object, SimpleObject};

use super::matching::{MatchKind, MatchReason, MatchSide, MatchVerdict};
use crate::app::review::case::{self, Outlook, Sheet};
use crate::app::review::queue::Listed;
use crate::app::review::{Case, Event};
use crate::graphql::node::id;
use crate::graphql::page::PageInfo;
use crate::graphql::scalar::DateTime;
use crate::graphql::vocabulary::{Grade, Polarity, SourceKind};

/// What a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::CaseKind")]
pub enum CaseKind {
    /// A use of data.
    UseClaim,
    /// An impact.
    ImpactClaim,
    /// A property of an organisation, as an answer says it.
    Attribute,
    /// A code of an organisation, as an answer says it.
    Code,
    /// A use of data that is not in the register.
    Use,
    /// A value of an indicator, as an answer says it.
    Observation,
    /// Whether an organisation may be shown.
    Display,
    /// An organisation that is not in the register.
    Organisation,
    /// A dataset that is not in the register.
    Dataset,
    /// Another value for something that is recorded.
    Correction,
    /// More evidence for a claim.
    Evidence,
    /// Something on a page that is said to be wrong.
    ErrorReport,
    /// Doubt about a claim that is accepted.
    Dispute,
    /// A claim that is taken back.
    Retraction,
}

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::CaseStatus")]
pub enum CaseStatus {
    /// Nobody has begun.
    Open,
    /// A reviewer has it.
    UnderReview,
    /// It waits for an answer of the one who proposed it.
    Asked,
    /// It was accepted.
    Accepted,
    /// It was rejected.
    Rejected,
}

/// What stands in the way of accepting a case as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::CaseProblem")]
pub enum CaseProblem {
    /// It names data that is not in the register.
    Unlisted,
    /// It names a code that is in no list.
    NoCode,
}

/// What happened to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::CaseStep")]
pub enum CaseStep {
    /// It was opened.
    Opened,
    /// It was given to somebody, or back to all.
    Assigned,
    /// A question was asked.
    Asked,
    /// It was answered.
    Answered,
    /// Somebody who does not decide said that it should be accepted.
    RecommendedAccept,
    /// Somebody who does not decide said that it should be rejected.
    RecommendedReject,
    /// It was accepted.
    Accepted,
    /// It was rejected.
    Rejected,
    /// Its decision was taken back.
    Undone,
}

/// On whose side a claim was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::VerificationRole")]
pub enum VerificationRole {
    /// The publisher's.
    Publisher,
    /// The organisation's.
    Organisation,
    /// A curator's.
    Curator,
}

/// What a verification decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::VerificationDecision")]
pub enum VerificationDecision {
    /// It is so.
    Confirmed,
    /// It is so, with a correction.
    Corrected,
    /// It is not known of.
    NotRecognised,
    /// It cannot be told.
    CannotTell,
}

/// A case in the queue.
#[derive(Clone, Debug)]
pub struct ReviewCase {
    pub(super) row: Case,
    pub(super) headline: String,
    pub(super) organisation: Option<String>,
    pub(super) assignee: Option<String>,
    pub(super) is_sealed: bool,
}

impl From<Listed> for ReviewCase {
    fn from(listed: Listed) -> Self {
        Self {
            row: listed.case,
            headline: listed.headline,
            organisation: listed.organisation,
            assignee: listed.assignee,
            is_sealed: listed.is_sealed,
        }
    }
}

impl From<Case> for ReviewCase {
    fn from(row: Case) -> Self {
        Self { row, headline: String::new(), organisation: None, assignee: None, is_sealed: true }
    }
}

/// A case of the review.
#[Object]
impl ReviewCase {
    /// Global id, `case:uuid`.
    async fn id(&self) -> ID {
        id("case", self.row.id.0)
    }

    /// What it is about.
    async fn kind(&self) -> CaseKind {
        self.row.kind.into()
    }

    /// How far it has come.
    async fn status(&self) -> CaseStatus {
        self.row.status.into()
    }

    /// Grows with each step; a decision names the one it was taken on.
    async fn version(&self) -> i32 {
        i32::try_from(self.row.version).unwrap_or(i32::MAX)
    }

    /// What it is about, in a line; empty where that is closed.
    async fn headline(&self) -> &str {
        &self.headline
    }

    /// The organisation or body that it is about.
    async fn organisation_name(&self) -> Option<&str> {
        self.organisation.as_deref()
    }

    /// The organisation that it is about, `organisation:uuid`.
    async fn organisation_id(&self) -> Option<ID> {
        self.row.organisation_id.map(|of| id("organisation", of.0))
    }

    /// The body that it is about, `publisher:uuid`.
    async fn publisher_id(&self) -> Option<ID> {
        self.row.publisher_id.map(|of| id("publisher", of.0))
    }

    /// What stands in the way of accepting it as it is.
    async fn problem(&self) -> Option<CaseProblem> {
        self.row.problem.map(Into::into)
    }

    /// Whether its text may name or reach a person.
    async fn mentions_person(&self) -> bool {
        self.row.mentions_person
    }

    /// Since when it waits.
    async fn opened_at(&self) -> DateTime {
        DateTime(self.row.opened_at)
    }

    /// Who has it, `account:uuid`.
    async fn assignee_id(&self) -> Option<ID> {
        self.row.assignee_id.map(|of| id("account", of.0))
    }

    /// The name of who has it.
    async fn assignee_name(&self) -> Option<&str> {
        self.assignee.as_deref()
    }

    /// Whether what it holds is closed until the reader takes it.
    async fn is_sealed(&self) -> bool {
        self.is_sealed
    }

    /// When it was decided.
    async fn decided_at(&self) -> Option<DateTime> {
        self.row.decided_at.map(DateTime)
    }
}

/// How many cases of a kind there are.
#[derive(Clone, Debug, SimpleObject)]
pub struct CaseKindCount {
    /// The kind.
    pub(super) kind: CaseKind,
    /// How many.
    pub(super) count: i32,
}

/// A case with its cursor.
#[derive(SimpleObject)]
pub struct ReviewCaseEdge {
    /// Where it stands.
    pub(super) cursor: String,
    /// The case.
    pub(super) node: ReviewCase,
}

/// A page of the queue.
#[derive(SimpleObject)]
pub struct ReviewCaseConnection {
    /// The cases with their cursors.
    pub(super) edges: Vec<ReviewCaseEdge>,
    /// Where the page stands.
    pub(super) page_info: PageInfo,
    /// How many the filter finds.
    pub(super) total_count: i32,
    /// How many of each kind there are, whatever kind is asked for.
    pub(super) kinds: Vec<CaseKindCount>,
}

/// What stands beside what is proposed, in one field.
#[derive(Clone, Debug, SimpleObject)]
pub struct ComparedField {
    /// The table.
    record: &'static str,
    /// The column.
    field: String,
    /// What stands now; null where nothing does.
    stands: Option<String>,
    /// What is proposed.
    proposed: Option<String>,
}

/// Evidence as the reviewer sees it.
#[derive(Clone, Debug, SimpleObject)]
pub struct ReviewEvidence {
    /// What sort of source it is.
    kind: SourceKind,
    /// Its title.
    title: String,
    /// Its address.
    url: Option<String>,
    /// What it does to the claim.
    polarity: Polarity,
    /// The place in it.
    locator: Option<String>,
    /// The sentence that says it.
    quote: Option<String>,
}

impl From<case::Evidence> for ReviewEvidence {
    fn from(one: case::Evidence) -> Self {
        Self {
            kind: one.kind.into(),
            title: one.title,
            url: one.url,
            polarity: one.polarity.into(),
            locator: one.locator,
            quote: one.quote,
        }
    }
}

/// A verification of a claim.
#[derive(Clone, Debug, SimpleObject)]
pub struct ReviewVerification {
    /// On whose side.
    role: VerificationRole,
    /// What it decided.
    decision: VerificationDecision,
    /// What was said with it.
    note: Option<String>,
    /// When.
    verified_at: DateTime,
}

impl From<entity::verification::Model> for ReviewVerification {
    fn from(row: entity::verification::Model) -> Self {
        let verified_at = DateTime(row.verified_at);
        Self { role: row.role.into(), decision: row.decision.into(), note: row.note, verified_at }
    }
}

/// Something that happened to a case.
#[derive(Clone, Debug, SimpleObject)]
pub struct ReviewEvent {
    /// What.
    step: CaseStep,
    /// The question, answer or reason.
    note: String,
    /// When.
    happened_at: DateTime,
    /// The account that did it, by name.
    actor_name: Option<String>,
}

impl ReviewEvent {
    fn of(event: Event, names: &crate::app::review::names::Names) -> Self {
        let actor_name = event.actor_id.and_then(|of| names.label(of)).map(str::to_owned);
        Self { step: event.step.into(), note: event.note, happened_at: DateTime(event.happened_at), actor_name }
    }
}

/// A case with all that a decision needs.
#[derive(Clone, SimpleObject)]
pub struct ReviewSheet {
    /// The case.
    case: ReviewCase,
    /// What stands beside what is proposed.
    compared: Vec<ComparedField>,
    /// The evidence.
    evidence: Vec<ReviewEvidence>,
    /// The verifications, the newest first.
    verifications: Vec<ReviewVerification>,
    /// What happened so far.
    events: Vec<ReviewEvent>,
    /// All that whoever opened it has written: the note to a proposal, a report of an error, a doubt.
    note: Option<String>,
    /// The grade that the claim would have, where it is one and can be accepted.
    grade: Option<Grade>,
    /// Why it cannot be accepted as it is.
    obstacle: Option<String>,
    /// Other cases about the same organisation that wait.
    others_count: i32,
    /// Records that may be what is proposed, and other proposals of the same thing, the likeliest first, at most 10.
    duplicates: Vec<PossibleDuplicate>,
    /// Whether the reader proposed it, and so may not decide.
    is_own: bool,
    /// Whether the reader had a hand in the answers that it came from (made a link, was sent one, answered), and so may not
    /// decide.
    has_hand: bool,
    /// The value of an indicator that it has brought, `observation:uuid`.
    observation_id: Option<ID>,
}

/// A record, or another proposal, that may be what is proposed.
#[derive(Clone, SimpleObject)]
pub struct PossibleDuplicate {
    /// The record; null of a proposal, which is none yet.
    record: Option<MatchSide>,
    /// Its name or title.
    name: String,
    /// The case in which it waits, `case:uuid`; null of a record.
    case_id: Option<ID>,
    /// What sort of records the two are.
    kind: MatchKind,
    /// What the rules make of it; a person decides.
    verdict: MatchVerdict,
    /// How alike, from 0 to 1000: an order, no probability.
    score: i32,
    /// What speaks for it.
    reasons: Vec<MatchReason>,
    /// The pair where both can be compared, `match:uuid`; null while what is proposed is no record yet.
    match_id: Option<ID>,
}

impl From<case::Duplicate> for PossibleDuplicate {
    fn from(one: case::Duplicate) -> Self {
        let place = if one.kind == entity::vocabulary::MatchKind::Dataset { "dataset" } else { "organisation" };
        Self {
            name: one.side.name.clone(),
            record: one.waiting.is_none().then_some(MatchSide(one.side, place)),
            case_id: one.waiting.map(|case| id("case", case.0)),
            kind: one.kind.into(),
            verdict: one.verdict.into(),
            score: one.score,
            reasons: one.reasons.into_iter().map(Into::into).collect(),
            match_id: one.comparison.map(|of| id("match", of.0)),
        }
    }
}

impl From<Sheet> for ReviewSheet {
    fn from(sheet: Sheet) -> Self {
        let names = sheet.names;
        let label = |of: Option<uuid::Uuid>| of.and_then(|of| names.label(of)).map(str::to_owned);
        let (grade, obstacle) = match sheet.outlook {
            Outlook::Ready(grade) => (grade.map(Into::into), None),
            Outlook::Stuck(why) => (None, Some(why)),
            Outlook::Decided => (None, None),
        };
        let compared = sheet.compared.into_iter().map(|one| ComparedField {
            record: one.record,
            field: one.field,
            stands: one.stands,
            proposed: one.proposed,
        });
        Self {
            compared: compared.collect(),
            evidence: sheet.evidence.into_iter().map(Into::into).collect(),
            verifications: sheet.verifications.into_iter().map(Into::into).collect(),
            events: sheet.events.into_iter().map(|event| ReviewEvent::of(event, &names)).collect(),
            note: sheet.words,
            grade,
            obstacle,
            others_count: i32::try_from(sheet.others).unwrap_or(i32::MAX),
            duplicates: sheet.duplicates.into_iter().map(Into::into).collect(),
            is_own: sheet.is_own,
            has_hand: sheet.has_hand,
            observation_id: sheet.value.map(|value| id("observation", value.0)),
            case: ReviewCase {
                headline: sheet.headline,
                organisation: label(sheet.case.organisation_id.or(sheet.case.publisher_id).map(|of| of.0)),
                assignee: label(sheet.case.assignee_id.map(|of| of.0)),
                is_sealed: sheet.is_sealed,
                row: sheet.case,
            },
        }
    }
}
