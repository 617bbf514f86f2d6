//! The bodies that somebody speaks for, and what is claimed of them.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

pub use super::review::VerificationDecision;
use crate::app::publisher::claim::{Body, Listed, Shown};
use crate::app::publisher::{many, verify};
use crate::graphql::language::{Language, lang};
use crate::graphql::node::id;
use crate::graphql::outcome::UserError;
use crate::graphql::page::PageInfo;
use crate::graphql::scalar::{Date, DateTime};
use crate::graphql::vocabulary::{
    AccessMode, AssertedBy, ClaimStatus, Criticality, Grade, Polarity, PublisherAck, SourceKind, UseType,
};
use crate::texts::in_language;

/// How often somebody is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::DigestEvery")]
pub enum DigestEvery {
    /// Once a week, if something waits.
    Week,
    /// Never.
    Never,
}

/// A body that the reader speaks for.
pub struct PublisherBody(pub(super) Body);

impl PublisherBody {
    fn count(&self, ack: entity::vocabulary::PublisherAck) -> u64 {
        self.0.counts.get(&ack).copied().unwrap_or_default()
    }
}

/// A body that the reader speaks for.
#[Object]
impl PublisherBody {
    /// Global id, `publisher:uuid`.
    async fn id(&self) -> ID {
        id("publisher", self.0.id.0)
    }

    /// The last part of its address.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Its name.
    async fn name(&self, ctx: &Context<'_>, lang: Option<Language>) -> &str {
        in_language(&self.0.name, crate::graphql::language::lang(ctx, lang))
    }

    /// Whether a role names it; else it belongs to one that is named.
    async fn is_named_by_role(&self) -> bool {
        self.0.is_root
    }

    /// The claims on its own data that wait for an answer.
    async fn waiting_count(&self) -> u64 {
        self.0.waiting
    }

    /// Those that were confirmed.
    async fn confirmed_count(&self) -> u64 {
        self.count(entity::vocabulary::PublisherAck::Confirmed)
    }

    /// Those that were not recognised.
    async fn not_recognised_count(&self) -> u64 {
        self.count(entity::vocabulary::PublisherAck::NotRecognised)
    }
}

/// A claim on the data of a body that the reader speaks for.
pub struct PublisherClaim(pub(super) Listed);

/// A claim on the data of a body that the reader speaks for.
#[Object]
impl PublisherClaim {
    /// Global id, `use_claim:uuid`.
    async fn id(&self) -> ID {
        id("use_claim", self.0.claim.id.0)
    }

    /// Who uses it, `organisation:uuid`.
    async fn organisation_id(&self) -> ID {
        id("organisation", self.0.claim.organisation.0)
    }

    /// Its name.
    async fn organisation_name(&self, ctx: &Context<'_>) -> &str {
        in_language(&self.0.claim.organisation_name, lang(ctx, None))
    }

    /// The body whose data it is, `publisher:uuid`.
    async fn publisher_id(&self) -> ID {
        id("publisher", self.0.claim.body.0)
    }

    /// Its name.
    async fn publisher_name(&self, ctx: &Context<'_>) -> &str {
        in_language(&self.0.claim.body_name, lang(ctx, None))
    }

    /// The dataset, `dataset:uuid`; null where only the body is named.
    async fn dataset_id(&self) -> Option<ID> {
        self.0.claim.dataset.map(|dataset| id("dataset", dataset.0))
    }

    /// Its title.
    async fn dataset_title(&self, ctx: &Context<'_>) -> Option<&str> {
        self.0.claim.dataset_title.as_ref().map(|title| in_language(title, lang(ctx, None)))
    }

    /// What for, in words.
    async fn purpose(&self, ctx: &Context<'_>) -> Option<&str> {
        self.0.claim.purpose.as_ref().map(|purpose| in_language(purpose, lang(ctx, None)))
    }

    /// What for, as a kind.
    async fn use_type(&self) -> UseType {
        self.0.claim.use_type.into()
    }

    /// How much depends on it.
    async fn criticality(&self) -> Criticality {
        self.0.claim.criticality.into()
    }

    /// How the data is obtained.
    async fn access_mode(&self) -> AccessMode {
        self.0.claim.access_mode.into()
    }

    /// When the use was last seen.
    async fn last_observed_on(&self) -> Option<Date> {
        self.0.claim.last_observed_on.map(Date)
    }

    /// Who says so.
    async fn asserted_by(&self) -> AssertedBy {
        self.0.claim.asserted_by.into()
    }

    /// Accepted or disputed.
    async fn status(&self) -> ClaimStatus {
        self.0.claim.status.into()
    }

    /// The grade of its evidence.
    async fn grade(&self) -> Grade {
        self.0.claim.grade.into()
    }

    /// How it stands with its publisher.
    async fn publisher_ack(&self) -> PublisherAck {
        self.0.claim.ack.into()
    }

    /// The publisher's last answer.
    async fn answer(&self) -> Option<PublisherAnswer> {
        let answer = self.0.answer.as_ref()?;
        Some(PublisherAnswer {
            id: id("verification", answer.entity_id.0),
            decision: answer.decision.into(),
            note: answer.note.clone(),
            at: DateTime(answer.verified_at),
        })
    }

    /// What supports or contradicts it, as everybody may see it.
    async fn evidence(&self) -> Vec<ClaimEvidence> {
        self.0.evidence.iter().cloned().map(Into::into).collect()
    }
}

/// What a publisher has answered.
#[derive(SimpleObject)]
pub struct PublisherAnswer {
    /// Its id, `verification:uuid`: what `seen` takes.
    id: ID,
    /// The answer.
    decision: VerificationDecision,
    /// The note, for reviewers.
    note: Option<String>,
    /// When.
    at: DateTime,
}

/// A piece of evidence.
#[derive(SimpleObject)]
pub struct ClaimEvidence {
    /// What sort of source it is.
    kind: SourceKind,
    /// What it does to the claim.
    polarity: Polarity,
    /// The source.
    title: String,
    /// Where it is.
    url: Option<String>,
    /// What it says.
    quote: Option<String>,
}

impl From<Shown> for ClaimEvidence {
    fn from(shown: Shown) -> Self {
        let Shown { kind, polarity, title, url, quote } = shown;
        Self { kind: kind.into(), polarity: polarity.into(), title, url, quote }
    }
}

/// A page of claims.
#[derive(SimpleObject)]
pub struct PublisherClaimConnection {
    /// The claims, with their cursors.
    pub(super) edges: Vec<PublisherClaimEdge>,
    /// Where the page stands.
    pub(super) page_info: PageInfo,
}

/// A claim and its cursor.
#[derive(SimpleObject)]
pub struct PublisherClaimEdge {
    /// Opaque: pass it as `after`.
    pub(super) cursor: String,
    /// The claim.
    pub(super) node: PublisherClaim,
}

/// What became of an answer to a claim.
#[derive(SimpleObject)]
pub struct ClaimConfirmation {
    /// The claim, `use_claim:uuid`.
    claim_id: ID,
    /// How it stands with its publisher now.
    publisher_ack: PublisherAck,
    /// Its grade now.
    grade: Grade,
    /// The claim that waits for review in place of a corrected one, `use_claim:uuid`.
    proposed_claim_id: Option<ID>,
}

impl From<verify::Done> for ClaimConfirmation {
    fn from(done: verify::Done) -> Self {
        Self {
            claim_id: id("use_claim", done.claim.0),
            publisher_ack: done.ack.into(),
            grade: done.grade.into(),
            proposed_claim_id: done.proposed.map(|proposed| id("use_claim", proposed.0)),
        }
    }
}

/// What `claimConfirm` answers.
#[derive(SimpleObject)]
pub struct ClaimConfirmPayload {
    /// What became of it.
    pub(super) confirmation: Option<ClaimConfirmation>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// What `claimsConfirmMany` answers.
#[derive(SimpleObject)]
pub struct ClaimsConfirmManyPayload {
    /// What became of each.
    pub(super) confirmations: Option<Vec<ClaimConfirmation>>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// What an answer would make of one claim.
#[derive(SimpleObject)]
pub struct ClaimChange {
    /// The claim, `use_claim:uuid`.
    claim_id: ID,
    /// How it stands with its publisher.
    ack_before: PublisherAck,
    /// How it would stand.
    ack_after: PublisherAck,
    /// Its grade.
    grade_before: Grade,
    /// The grade that it would have.
    grade_after: Grade,
    /// The answer that stands, `verification:uuid`: what `seen` takes; null where there is none.
    answer_id: Option<ID>,
}

impl From<many::Preview> for ClaimChange {
    fn from(one: many::Preview) -> Self {
        Self {
            claim_id: id("use_claim", one.claim.id.0),
            ack_before: one.before.0.into(),
            ack_after: one.after.0.into(),
            grade_before: one.before.1.into(),
            grade_after: one.after.1.into(),
            answer_id: one.seen.0.map(|answer| id("verification", answer.0)),
        }
    }
}

/// What `claimsConfirmPreview` answers.
#[derive(SimpleObject)]
pub struct ClaimsConfirmPreview {
    /// What would become of each.
    pub(super) changes: Option<Vec<ClaimChange>>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// What `digestSet` answers.
#[derive(SimpleObject)]
pub struct DigestSetPayload {
    /// How often the reader is written to now.
    pub(super) every: Option<DigestEvery>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}
