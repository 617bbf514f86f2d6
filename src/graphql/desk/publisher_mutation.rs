//! What those who speak for a publisher can change: one mutation, one use case.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::id::{DatasetId, UseClaimId, VerificationId};

use super::access_mutation::named;
use super::publisher::{
    ClaimConfirmPayload, ClaimsConfirmManyPayload, DigestEvery, DigestSetPayload, VerificationDecision,
};
use crate::app;
use crate::app::publisher::digest;
use crate::app::publisher::many::{self, Many};
use crate::app::publisher::verify::{self, Right, Said, Seen};
use crate::domain::access::Action;
use crate::domain::violation::{Fault, Violation};
use crate::graphql::caller::access;
use crate::graphql::may::May;
use crate::graphql::outcome::settle;
use crate::graphql::vocabulary::Criticality;

/// The answer to a claim that stood when the sender's was made up.
#[derive(InputObject)]
pub struct AnswerSeenInput {
    /// The answer, `verification:uuid`; left out where there was none.
    answer_id: Option<ID>,
}

/// The answer to one of many claims that stood when the sender's was made up.
#[derive(InputObject)]
pub struct ClaimSeenInput {
    /// The claim, `use_claim:uuid`.
    claim_id: ID,
    /// The answer, `verification:uuid`; left out where there was none.
    answer_id: Option<ID>,
}

/// What `claimConfirm` takes.
#[derive(InputObject)]
pub struct ClaimConfirmInput {
    /// The claim, `use_claim:uuid`.
    claim_id: ID,
    /// The answer. A later one stands in the place of an earlier one.
    decision: VerificationDecision,
    /// A note for reviewers, of at most 1,000 characters.
    note: Option<String>,
    /// With `CORRECTED`: the dataset that it is, of a body that the sender speaks for.
    right_dataset_id: Option<ID>,
    /// With `CORRECTED`: how much depends on it.
    right_criticality: Option<Criticality>,
    /// The answer that the sender has seen: where another stands by now, nothing is done and the code is `CONFLICT`. Left
    /// out, whatever stands is answered anew.
    seen: Option<AnswerSeenInput>,
    /// A key of the sender's: the same key within a day does it once.
    idempotency_key: Option<String>,
}

/// What `claimsConfirmMany` and its preview take.
#[derive(InputObject)]
pub struct ClaimsConfirmManyInput {
    /// The claims, `use_claim:uuid`, at most 100.
    claim_ids: Vec<ID>,
    /// The answer to all of them; corrections are made one by one.
    decision: VerificationDecision,
    /// A note for reviewers, of at most 1,000 characters.
    note: Option<String>,
    /// The answers that the sender has seen: where another stands by now to one of these claims, nothing is done and the
    /// code is `CONFLICT`. A claim that is left out is answered anew whatever stands. The preview does not look at them.
    seen: Option<Vec<ClaimSeenInput>>,
    /// A key of the sender's: the same key within a day does it once.
    idempotency_key: Option<String>,
}

/// What `digestSet` takes.
#[derive(InputObject)]
pub struct DigestSetInput {
    /// How often.
    every: Option<DigestEvery>,
}

/// Changes by those who speak for a publisher.
#[derive(Default)]
pub struct PublisherMutation;

/// Changes by those who speak for a publisher.
#[Object]
impl PublisherMutation {
    /// Answers a claim in the name of the body whose data it is.
    #[graphql(guard = "May(Action::ConfirmAsPublisher)")]
    async fn claim_confirm(&self, ctx: &Context<'_>, input: ClaimConfirmInput) -> Result<ClaimConfirmPayload> {
        let (access, actor) = access(ctx)?;
        let key = input.idempotency_key.clone();
        let done = match read_one(input) {
            Ok(said) => verify::verify(&access.ctx, actor, &said, key.as_deref()).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        Ok(ClaimConfirmPayload { confirmation: done.map(Into::into), user_errors })
    }

    /// Answers many claims alike: all of them, or none. Where `seen` names another answer than stands, it is none.
    #[graphql(guard = "May(Action::ConfirmAsPublisher)")]
    async fn claims_confirm_many(
        &self,
        ctx: &Context<'_>,
        input: ClaimsConfirmManyInput,
    ) -> Result<ClaimsConfirmManyPayload> {
        let (access, actor) = access(ctx)?;
        let done = match read_many(input) {
            Ok((many, key)) => many::verify_all(&access.ctx, actor, &many, key.as_deref()).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        let confirmations = done.map(|done| done.into_iter().map(Into::into).collect());
        Ok(ClaimsConfirmManyPayload { confirmations, user_errors })
    }

    /// Changes how often the reader is written to about what waits.
    #[graphql(guard = "May(Action::ConfirmAsPublisher)")]
    async fn digest_set(&self, ctx: &Context<'_>, input: DigestSetInput) -> Result<DigestSetPayload> {
        let (access, actor) = access(ctx)?;
        let done = match input.every {
            Some(every) => digest::set(&access.ctx, actor, every.into()).await,
            None => Err(Violation::new("every", "say how often, WEEK or NEVER").of(Fault::Missing).into()),
        };
        let (done, user_errors) = settle(done)?;
        Ok(DigestSetPayload { every: done.map(Into::into), user_errors })
    }
}

fn read_one(input: ClaimConfirmInput) -> std::result::Result<Said, app::Error> {
    let dataset = input.right_dataset_id.map(|id| named("dataset", &id).map(DatasetId)).transpose()?;
    Ok(Said {
        claim: UseClaimId(named("use_claim", &input.claim_id)?),
        decision: input.decision.into(),
        note: input.note,
        right: Right { dataset, criticality: input.right_criticality.map(Into::into) },
        seen: input.seen.map(|seen| seen_answer(seen.answer_id.as_ref())).transpose()?,
    })
}

fn seen_answer(answer: Option<&ID>) -> std::result::Result<Seen, app::Error> {
    Ok(Seen(answer.map(|id| named("verification", id).map(VerificationId)).transpose()?))
}

/// What is to be answered, and the sender's key.
pub(super) fn read_many(input: ClaimsConfirmManyInput) -> std::result::Result<(Many, Option<String>), app::Error> {
    let claims = input.claim_ids.iter().map(|id| named("use_claim", id).map(UseClaimId)).collect::<Result<_, _>>()?;
    let seen = input.seen.into_iter().flatten();
    let seen =
        seen.map(|seen| Ok((UseClaimId(named("use_claim", &seen.claim_id)?), seen_answer(seen.answer_id.as_ref())?)));
    let seen = seen.collect::<std::result::Result<_, app::Error>>()?;
    let many = Many { claims, decision: input.decision.into(), note: input.note, seen };
    Ok((many, input.idempotency_key))
}
