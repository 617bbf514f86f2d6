//! What can be done to pairs, merges and relations: one mutation, one use case.

use async_graphql::{Context, ID, Object, Result};
use entity::id::{DatasetId, ImpactClaimId, MatchCandidateId, OrganisationId, RearrangementId, RelationId, UseClaimId};
use entity::vocabulary::Decision;

use super::access_mutation::named;
use super::matching::{
    DatasetSeriesMakeInput, DatasetSplitInput, Match, MatchCompareInput, MatchDecideInput, MatchFindInput,
    MatchFindPayload, MatchPayload, MergeInput, OrganisationSplitInput, Rearrangement, RearrangementPayload,
    RearrangementUndoInput,
};
use super::relation::{RelationDecision, RelationsDecideInput, RelationsDecidePayload};
use crate::app::rearrange::{self, Plan};
use crate::app::{Error, matching, relations};
use crate::domain::access::Action;
use crate::graphql::caller::access;
use crate::graphql::may::May;
use crate::graphql::outcome::settle;

type Done<T> = std::result::Result<T, Error>;

/// Changes to pairs, merges and relations.
#[derive(Default)]
pub struct MatchingMutation;

/// Changes to pairs, merges and relations.
#[Object]
impl MatchingMutation {
    /// Compares the whole record and keeps the pairs that may be one thing; what has been decided stays decided.
    #[graphql(guard = "May(Action::ReadQueue)")]
    async fn match_find(&self, ctx: &Context<'_>, input: MatchFindInput) -> Result<MatchFindPayload> {
        let (access, actor) = access(ctx)?;
        let kinds: Vec<_> = input.kinds.into_iter().map(Into::into).collect();
        let (done, user_errors) = settle(matching::find_beside(&access.ctx, actor, kinds).await)?;
        let size = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        Ok(MatchFindPayload {
            compared_count: done.map(|found| size(found.compared)),
            pair_count: done.map(|found| size(found.pairs)),
            new_count: done.map(|found| found.fresh.try_into().unwrap_or(i32::MAX)),
            user_errors,
        })
    }

    /// Compares two records, however unlike, and keeps the pair so that it can be decided.
    #[graphql(guard = "May(Action::ReadQueue)")]
    async fn match_compare(&self, ctx: &Context<'_>, input: MatchCompareInput) -> Result<MatchPayload> {
        let (access, actor) = access(ctx)?;
        let record = |id: &ID| named("organisation", id).or_else(|_| named("dataset", id));
        let done = match (record(&input.left_id), record(&input.right_id)) {
            (Ok(left), Ok(right)) => matching::compare(&access.ctx, actor, (left, right)).await,
            (Err(error), _) | (_, Err(error)) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        Ok(MatchPayload { pair: done.map(Match), user_errors })
    }

    /// Decides a pair. Nothing is merged by it.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn match_decide(&self, ctx: &Context<'_>, input: MatchDecideInput) -> Result<MatchPayload> {
        let (access, actor) = access(ctx)?;
        let done = match named("match", &input.match_id) {
            Ok(id) => {
                let decision = input.decision.map(Into::into);
                let id = MatchCandidateId(id);
                matching::decide(&access.ctx, actor, id, decision, input.reason.as_deref()).await
            }
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        Ok(MatchPayload { pair: done.map(Match), user_errors })
    }

    /// Lets one organisation or body take in another. Claims follow; the old address leads on.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn organisation_merge(&self, ctx: &Context<'_>, input: MergeInput) -> Result<RearrangementPayload> {
        let plan = pair("organisation", &input.kept_id, &input.gone_id)
            .map(|(kept, gone)| Plan::OrganisationMerge { kept: OrganisationId(kept), gone: OrganisationId(gone) });
        perform(ctx, plan, &input.reason, input.idempotency_key.as_deref()).await
    }

    /// Makes an organisation or body of part of another.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn organisation_split(
        &self,
        ctx: &Context<'_>,
        input: OrganisationSplitInput,
    ) -> Result<RearrangementPayload> {
        let plan = || -> Done<Plan> {
            Ok(Plan::OrganisationSplit {
                from: OrganisationId(named("organisation", &input.organisation_id)?),
                name: input.name.clone(),
                use_claims: all("use_claim", &input.use_claim_ids, UseClaimId)?,
                impact_claims: all("impact_claim", &input.impact_claim_ids, ImpactClaimId)?,
                datasets: all("dataset", &input.dataset_ids, DatasetId)?,
            })
        };
        perform(ctx, plan(), &input.reason, input.idempotency_key.as_deref()).await
    }

    /// Lets one dataset take in another. Claims follow; the old address leads on.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn dataset_merge(&self, ctx: &Context<'_>, input: MergeInput) -> Result<RearrangementPayload> {
        let plan = pair("dataset", &input.kept_id, &input.gone_id)
            .map(|(kept, gone)| Plan::DatasetMerge { kept: DatasetId(kept), gone: DatasetId(gone) });
        perform(ctx, plan, &input.reason, input.idempotency_key.as_deref()).await
    }

    /// Makes a dataset of part of the claims on another.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn dataset_split(&self, ctx: &Context<'_>, input: DatasetSplitInput) -> Result<RearrangementPayload> {
        let plan = || -> Done<Plan> {
            Ok(Plan::DatasetSplit {
                from: DatasetId(named("dataset", &input.dataset_id)?),
                title: input.title.clone(),
                use_claims: all("use_claim", &input.use_claim_ids, UseClaimId)?,
            })
        };
        perform(ctx, plan(), &input.reason, input.idempotency_key.as_deref()).await
    }

    /// Makes editions of one series of two datasets that differ by their years; or one the series of the other.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn dataset_series_make(
        &self,
        ctx: &Context<'_>,
        input: DatasetSeriesMakeInput,
    ) -> Result<RearrangementPayload> {
        let plan = pair("dataset", &input.left_id, &input.right_id)
            .map(|(left, right)| Plan::DatasetSeries { left: DatasetId(left), right: DatasetId(right) });
        perform(ctx, plan, &input.reason, input.idempotency_key.as_deref()).await
    }

    /// Takes a merge, a split or a series back: all stands again as it stood, unless it has been changed since.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn rearrangement_undo(
        &self,
        ctx: &Context<'_>,
        input: RearrangementUndoInput,
    ) -> Result<RearrangementPayload> {
        let (access, actor) = access(ctx)?;
        let done = match named("rearrangement", &input.rearrangement_id) {
            Ok(id) => rearrange::undo(&access.ctx, actor, RearrangementId(id), &input.reason).await,
            Err(error) => Err(error),
        };
        payload(done)
    }

    /// Decides relations between bodies, all or none, or says what would come of it.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn relations_decide(&self, ctx: &Context<'_>, input: RelationsDecideInput) -> Result<RelationsDecidePayload> {
        let (access, actor) = access(ctx)?;
        let done = match all("relation", &input.relation_ids, RelationId) {
            Ok(ids) => {
                let decision = input.decision;
                let verdict = relations::Verdict {
                    decision: (decision != RelationDecision::Proposed).then(|| Decision::from(decision)),
                    valid_from: input.valid_from.map(|day| day.0),
                    valid_to: input.valid_to.map(|day| day.0),
                    reason: input.reason,
                };
                relations::many(&access.ctx, actor, &ids, &verdict, input.dry_run).await
            }
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        let count = |of: usize| i32::try_from(of).unwrap_or(i32::MAX);
        Ok(RelationsDecidePayload {
            decided_count: done.map(|done| count(done.decided)),
            claim_count: done.map(|done| i32::try_from(done.claims).unwrap_or(i32::MAX)),
            becomes_root: done.map(|done| done.becomes_root),
            shown_body_count: done.map(|done| count(done.shown)),
            hidden_body_count: done.map(|done| count(done.hidden)),
            user_errors,
        })
    }
}

fn pair(kind: &str, one: &ID, other: &ID) -> Done<(uuid::Uuid, uuid::Uuid)> {
    Ok((named(kind, one)?, named(kind, other)?))
}

fn all<T>(kind: &str, ids: &[ID], of: impl Fn(uuid::Uuid) -> T) -> Done<Vec<T>> {
    ids.iter().map(|id| named(kind, id).map(&of)).collect()
}

async fn perform(ctx: &Context<'_>, plan: Done<Plan>, reason: &str, key: Option<&str>) -> Result<RearrangementPayload> {
    let (access, actor) = access(ctx)?;
    payload(match plan {
        Ok(plan) => rearrange::perform(&access.ctx, actor, &plan, reason, key).await,
        Err(error) => Err(error),
    })
}

fn payload(done: Done<rearrange::Rearrangement>) -> Result<RearrangementPayload> {
    let (done, user_errors) = settle(done)?;
    Ok(RearrangementPayload { rearrangement: done.map(Rearrangement), user_errors })
}
