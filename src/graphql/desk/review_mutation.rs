//! Decisions and the way to them: one mutation, one use case.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::id::{AccountId, ReviewCaseId, UseClaimId};

use super::access_mutation::named;
use super::review::{ReviewCase, VerificationDecision};
use crate::app;
use crate::app::review::decide::{self, Decision, Verdict as Decided};
use crate::app::review::{Case, dispute, organisation, queue, recommend, step};
use crate::domain::access::Action;
use crate::graphql::caller::access;
use crate::graphql::language::lang;
use crate::graphql::may::May;
use crate::graphql::node::id;
use crate::graphql::outcome::{UserError, settle};
use crate::graphql::proposal::{claim, target};
use crate::graphql::vocabulary::Grade;

/// Changes of the review.
#[derive(Default)]
pub struct ReviewMutation;

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Verdict {
    /// It enters the record.
    Accept,
    /// It does not.
    Reject,
}

impl From<Verdict> for Decided {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Accept => Self::Accept,
            Verdict::Reject => Self::Reject,
        }
    }
}

/// A case as it was when it was looked at.
#[derive(Clone, Debug, InputObject)]
pub struct CaseVersionInput {
    /// `case:uuid`.
    case_id: ID,
    /// The version that was looked at.
    version: i32,
}

impl CaseVersionInput {
    fn read(&self) -> std::result::Result<(ReviewCaseId, i64), app::Error> {
        Ok((ReviewCaseId(named("case", &self.case_id)?), self.version.into()))
    }
}

/// What `claimDecide` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ClaimDecideInput {
    /// The case.
    case: CaseVersionInput,
    /// What is decided.
    verdict: Verdict,
    /// Why; needed to reject.
    reason: Option<String>,
    /// What data an unlisted use is of: `dataset:uuid`, or `publisher:uuid` for a new dataset of that body.
    target_id: Option<ID>,
}

/// What `reviewDecideMany` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReviewDecideManyInput {
    /// The cases, at most 100.
    cases: Vec<CaseVersionInput>,
    /// What is decided of all.
    verdict: Verdict,
    /// Why; needed to reject.
    reason: Option<String>,
    /// Only says what would happen.
    #[graphql(default = true)]
    is_preview: bool,
}

/// What `reviewAssign` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReviewAssignInput {
    /// The case.
    case: CaseVersionInput,
    /// Who gets it, `account:uuid`; null gives it back to all.
    assignee_id: Option<ID>,
}

/// What `reviewAsk` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReviewAskInput {
    /// The case.
    case: CaseVersionInput,
    /// The question.
    question: String,
}

/// What `reviewRecommend` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReviewRecommendInput {
    /// The case.
    case: CaseVersionInput,
    /// What should become of it.
    verdict: Verdict,
    /// Why.
    reason: String,
}

/// What `reviewAnswer` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReviewAnswerInput {
    /// The case.
    case: CaseVersionInput,
    /// The answer.
    answer: String,
}

/// What `reviewUndo` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReviewUndoInput {
    /// The case.
    case: CaseVersionInput,
    /// Why.
    reason: String,
}

/// What `claimDispute` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ClaimDisputeInput {
    /// The claim, `use_claim:uuid`, `impact_claim:uuid` or `observation:uuid`.
    claim_id: ID,
    /// Why it is doubtful.
    reason: String,
    /// The sender's own name for this request: repeated, it is done once.
    idempotency_key: Option<String>,
}

/// What `claimRetract` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ClaimRetractInput {
    /// The claim, `use_claim:uuid`, `impact_claim:uuid` or `observation:uuid`.
    claim_id: ID,
    /// Why it is taken back.
    reason: String,
    /// The sender's own name for this request: repeated, it is done once.
    idempotency_key: Option<String>,
}

/// What `claimVerify` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ClaimVerifyInput {
    /// The claim, `use_claim:uuid`.
    claim_id: ID,
    /// What the organisation says.
    decision: VerificationDecision,
    /// What is wrong; needed unless it is confirmed.
    note: Option<String>,
    /// The sender's own name for this request: repeated, it is done once.
    idempotency_key: Option<String>,
}

/// What became of a case.
#[derive(SimpleObject)]
pub struct ReviewCasePayload {
    /// The case; null where nothing was done.
    case: Option<ReviewCase>,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// What became of a decision.
#[derive(SimpleObject)]
pub struct ClaimDecidePayload {
    /// The case; null where nothing was done.
    case: Option<ReviewCase>,
    /// The grade of the claim from then on, where it is one.
    grade: Option<Grade>,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// What becomes of one of many cases.
#[derive(SimpleObject)]
pub struct ReviewOutcome {
    /// `case:uuid`.
    case_id: ID,
    /// Whether it can be decided so.
    is_possible: bool,
    /// How many rows of the record it writes.
    row_count: i32,
    /// The grade of the claim from then on, where it is one.
    grade: Option<Grade>,
    /// Why it cannot be decided so.
    obstacle: Option<String>,
}

/// What becomes of many cases.
#[derive(SimpleObject)]
pub struct ReviewDecideManyPayload {
    /// Case by case; null where nothing was done.
    outcomes: Option<Vec<ReviewOutcome>>,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// What an organisation said of a claim.
#[derive(SimpleObject)]
pub struct ClaimVerifyPayload {
    /// The claim, `use_claim:uuid`; null where nothing was done.
    claim_id: Option<ID>,
    /// Its grade from then on.
    grade: Option<Grade>,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// Changes of the review.
#[Object]
impl ReviewMutation {
    /// Accepts or rejects a case. Nobody decides on what they have proposed.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn claim_decide(&self, ctx: &Context<'_>, input: ClaimDecideInput) -> Result<ClaimDecidePayload> {
        let (access, actor) = access(ctx)?;
        let decision = input.target_id.as_ref().map(target).transpose().map(|target| Decision {
            verdict: input.verdict.into(),
            reason: input.reason.clone().unwrap_or_default(),
            target,
        });
        let done = match decision.and_then(|decision| Ok((input.case.read()?, decision))) {
            Ok((case, decision)) => decide::decide(&access.ctx, actor, case, decision).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        let grade = done.as_ref().and_then(|done| done.grade).map(Into::into);
        Ok(ClaimDecidePayload { case: done.map(|done| done.case.into()), grade, user_errors })
    }

    /// Decides many cases alike, or says what would become of each.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn review_decide_many(
        &self,
        ctx: &Context<'_>,
        input: ReviewDecideManyInput,
    ) -> Result<ReviewDecideManyPayload> {
        let (access, actor) = access(ctx)?;
        let cases: std::result::Result<Vec<_>, _> = input.cases.iter().map(CaseVersionInput::read).collect();
        let decision =
            Decision { verdict: input.verdict.into(), reason: input.reason.unwrap_or_default(), target: None };
        let done = match cases {
            Ok(cases) => decide::decide_many(&access.ctx, actor, &cases, decision, !input.is_preview).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        let outcome = |(of, done): (ReviewCaseId, std::result::Result<decide::Decided, app::Error>)| {
            let obstacle = done.as_ref().err().map(ToString::to_string);
            let done = done.ok();
            ReviewOutcome {
                case_id: id("case", of.0),
                is_possible: done.is_some(),
                row_count: done.as_ref().map_or(0, |done| i32::try_from(done.rows).unwrap_or(i32::MAX)),
                grade: done.and_then(|done| done.grade).map(Into::into),
                obstacle,
            }
        };
        let outcomes = done.map(|done| done.into_iter().map(outcome).collect());
        Ok(ReviewDecideManyPayload { outcomes, user_errors })
    }

    /// Gives a case to a reviewer, or back to all.
    #[graphql(guard = "May(Action::ReadQueue)")]
    async fn review_assign(&self, ctx: &Context<'_>, input: ReviewAssignInput) -> Result<ReviewCasePayload> {
        let (access, actor) = access(ctx)?;
        let to = input.assignee_id.as_ref().map(|of| named("account", of).map(AccountId)).transpose();
        let done = match to.and_then(|to| Ok((input.case.read()?, to))) {
            Ok((case, to)) => step::assign(&access.ctx, actor, case, to).await,
            Err(error) => Err(error),
        };
        listed(ctx, done).await
    }

    /// Asks whoever proposed it.
    #[graphql(guard = "May(Action::ReadQueue)")]
    async fn review_ask(&self, ctx: &Context<'_>, input: ReviewAskInput) -> Result<ReviewCasePayload> {
        let (access, actor) = access(ctx)?;
        let done = match input.case.read() {
            Ok(case) => step::ask(&access.ctx, actor, case, &input.question).await,
            Err(error) => Err(error),
        };
        listed(ctx, done).await
    }

    /// Says what should become of a case of one's own study. A curator reads it and decides.
    #[graphql(guard = "May(Action::RecommendClaim)")]
    async fn review_recommend(&self, ctx: &Context<'_>, input: ReviewRecommendInput) -> Result<ReviewCasePayload> {
        let (access, actor) = access(ctx)?;
        payload(match input.case.read() {
            Ok(case) => recommend::recommend(&access.ctx, actor, case, input.verdict.into(), &input.reason).await,
            Err(error) => Err(error),
        })
    }

    /// Answers a question about one's own proposal.
    #[graphql(guard = "May(Action::Propose)")]
    async fn review_answer(&self, ctx: &Context<'_>, input: ReviewAnswerInput) -> Result<ReviewCasePayload> {
        let (access, actor) = access(ctx)?;
        payload(match input.case.read() {
            Ok(case) => step::answer(&access.ctx, actor, case, &input.answer).await,
            Err(error) => Err(error),
        })
    }

    /// Takes a decision back: what stood before stands again.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn review_undo(&self, ctx: &Context<'_>, input: ReviewUndoInput) -> Result<ReviewCasePayload> {
        let (access, actor) = access(ctx)?;
        let done = match input.case.read() {
            Ok(case) => decide::undo(&access.ctx, actor, case, &input.reason).await,
            Err(error) => Err(error),
        };
        listed(ctx, done).await
    }

    /// Says that a claim is doubtful.
    #[graphql(guard = "May(Action::DisputeClaim)")]
    async fn claim_dispute(&self, ctx: &Context<'_>, input: ClaimDisputeInput) -> Result<ReviewCasePayload> {
        let (access, actor) = access(ctx)?;
        let key = input.idempotency_key.as_deref();
        payload(match claim(&input.claim_id) {
            Ok(claim) => dispute::dispute(&access.ctx, actor, claim, &input.reason, key).await,
            Err(error) => Err(error),
        })
    }

    /// Takes a claim back.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn claim_retract(&self, ctx: &Context<'_>, input: ClaimRetractInput) -> Result<ReviewCasePayload> {
        let (access, actor) = access(ctx)?;
        let key = input.idempotency_key.as_deref();
        payload(match claim(&input.claim_id) {
            Ok(claim) => dispute::retract(&access.ctx, actor, claim, &input.reason, key).await,
            Err(error) => Err(error),
        })
    }

    /// Says in the name of the own organisation whether a claim about it is right.
    #[graphql(guard = "May(Action::SpeakForOrganisation)")]
    async fn claim_verify(&self, ctx: &Context<'_>, input: ClaimVerifyInput) -> Result<ClaimVerifyPayload> {
        let (access, actor) = access(ctx)?;
        let (note, key) = (input.note.unwrap_or_default(), input.idempotency_key.as_deref());
        let done = match named("use_claim", &input.claim_id) {
            Ok(of) => {
                let said = (input.decision.into(), note.as_str());
                organisation::confirm(&access.ctx, actor, UseClaimId(of), said, key).await
            }
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        let grade = done.as_ref().map(|row| row.grade.into());
        let claim_id = done.map(|row| id("use_claim", row.entity_id.0));
        Ok(ClaimVerifyPayload { claim_id, grade, user_errors })
    }
}

/// A case with the names of what it is about and of who has it, as the queue lists it. What was done is done: whoever cannot
/// be told the names, or cannot be just now, gets none.
async fn listed(ctx: &Context<'_>, done: std::result::Result<Case, app::Error>) -> Result<ReviewCasePayload> {
    let (access, actor) = access(ctx)?;
    let (done, user_errors) = settle(done)?;
    let Some(case) = done else { return Ok(ReviewCasePayload { case: None, user_errors }) };
    let named = queue::named(&access.ctx, actor, &[case.id], lang(ctx, None).as_str()).await;
    let named = named.ok().and_then(|mut named| named.remove(&case.id));
    Ok(ReviewCasePayload { case: Some(named.map_or_else(|| case.into(), Into::into)), user_errors })
}

fn payload(done: std::result::Result<Case, app::Error>) -> Result<ReviewCasePayload> {
    let (done, user_errors) = settle(done)?;
    Ok(ReviewCasePayload { case: done.map(Into::into), user_errors })
}
