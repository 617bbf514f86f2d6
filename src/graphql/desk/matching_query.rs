//! What can be asked of pairs, merges, relations and the history of records.

use async_graphql::{Context, ErrorExtensions, ID, Object, Result};
use chrono::DateTime as Moment;
use entity::id::{DatasetId, MatchCandidateId, OrganisationId, RearrangementId, RelationId};

use super::access_mutation::named;
use super::history::{HistoryConnection, history_page};
use super::matching::{
    Match, MatchConnection, MatchDecision, MatchEdge, MatchKind, MergeEffect, Rearrangement, RearrangementConnection,
    RearrangementEdge,
};
use super::relation::{
    BodyRelation, BodyRelationConnection, BodyRelationEdge, BodyRelationKind, RelationDecision, RelationParent,
};
use crate::app::history::Of;
use crate::app::matching::Wanted;
use crate::app::rearrange::{self, Plan};
use crate::app::{Error, matching, relations, survey};
use crate::domain::access::Action;
use crate::graphql::caller::access;
use crate::graphql::may::May;
use crate::graphql::outcome::refuse;
use crate::graphql::page::{PageInfo, bad_cursor, first_of, open, seal};

/// Questions about pairs, merges and relations.
#[derive(Default)]
pub struct MatchingQuery;

/// Questions about pairs, merges and relations.
#[Object]
impl MatchingQuery {
    /// Pairs that may be one thing, the likeliest first: those that nobody has decided, or those decided so.
    #[graphql(guard = "May(Action::ReadQueue)")]
    async fn matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, at most 100.", default = 20, validator(minimum = 1, maximum = 100))] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the pair before the first.")] after: Option<String>,
        #[graphql(desc = "Only this kind.")] kind: Option<MatchKind>,
        #[graphql(desc = "Only those decided so; open ones, when left out.")] decision: Option<MatchDecision>,
    ) -> Result<MatchConnection> {
        let (access, actor) = access(ctx)?;
        let first = first_of(first, 20);
        let from = after.as_deref().map(match_cursor).transpose()?;
        let wanted = Wanted { kind: kind.map(Into::into), decision: decision.map(Into::into) };
        let mut found = matching::page(&access.ctx, actor, wanted, from, first as u64 + 1).await.map_err(refuse)?;
        let has_next_page = found.len() > first;
        found.truncate(first);
        let edges: Vec<_> = found
            .into_iter()
            .map(|one| MatchEdge { cursor: seal(&format!("{} {}", one.row.score, one.row.id)), node: Match(one) })
            .collect();
        let page_info = info(&edges, |edge| &edge.cursor, has_next_page, after.is_some());
        Ok(MatchConnection { edges, page_info })
    }

    /// The pairs of one record that nobody has told apart.
    #[graphql(guard = "May(Action::ReadQueue)")]
    async fn matches_of(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The record, `organisation:uuid` or `dataset:uuid`.")] record_id: ID,
    ) -> Result<Vec<Match>> {
        let (access, actor) = access(ctx)?;
        let record = named("organisation", &record_id).or_else(|_| named("dataset", &record_id)).map_err(refuse)?;
        let found = matching::candidates_of(&access.ctx, actor, record).await.map_err(refuse)?;
        Ok(found.into_iter().map(Match).collect())
    }

    /// What merging two organisations, bodies or datasets would do; null where one of them is not there. Nothing is
    /// done.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn merge_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The record that would stay.")] kept_id: ID,
        #[graphql(desc = "The record that would become part of it.")] gone_id: ID,
    ) -> Result<Option<MergeEffect>> {
        let (access, actor) = access(ctx)?;
        let Ok(plan) = merge_of(&kept_id, &gone_id) else { return Ok(None) };
        match rearrange::preview(&access.ctx, actor, &plan).await {
            Ok(effect) => Ok(Some(effect.into())),
            Err(Error::NotFound) => Ok(None),
            // What would be refused is said in words: the two may be decided otherwise.
            Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => {
                Err(async_graphql::Error::new(error.to_string()).extend_with(|_, e| e.set("code", "CONFLICT")))
            }
            Err(error) => Err(refuse(error)),
        }
    }

    /// Merges, splits and series, the newest first.
    #[graphql(guard = "May(Action::ReadQueue)")]
    async fn rearrangements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, at most 100.", default = 20, validator(minimum = 1, maximum = 100))] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the one before the first.")] after: Option<String>,
    ) -> Result<RearrangementConnection> {
        let (access, actor) = access(ctx)?;
        let first = first_of(first, 20);
        let from = after.as_deref().map(rearrangement_cursor).transpose()?;
        let mut found = rearrange::page(&access.ctx, actor, from, first as u64 + 1).await.map_err(refuse)?;
        let has_next_page = found.len() > first;
        found.truncate(first);
        let cursor = |row: &rearrange::Rearrangement| seal(&format!("{} {}", row.done_at.timestamp_micros(), row.id));
        let edges: Vec<_> =
            found.into_iter().map(|row| RearrangementEdge { cursor: cursor(&row), node: Rearrangement(row) }).collect();
        let page_info = info(&edges, |edge| &edge.cursor, has_next_page, after.is_some());
        Ok(RearrangementConnection { edges, page_info })
    }

    /// Bodies to which proposed relations lead, those with the most first.
    #[graphql(guard = "May(Action::ReadQueue)")]
    async fn relation_parents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, at most 100.", default = 50, validator(minimum = 1, maximum = 100))] first: Option<
            i32,
        >,
    ) -> Result<Vec<RelationParent>> {
        let (access, actor) = access(ctx)?;
        let found = relations::parents(&access.ctx, actor, first_of(first, 50) as u64).await.map_err(refuse)?;
        let shown = found.into_iter().map(|parent| RelationParent {
            body: super::matching::MatchSide(parent.body, "organisation"),
            waiting_count: parent.waiting.try_into().unwrap_or(i32::MAX),
            has_parts: parent.has_parts,
            is_decided: parent.is_decided,
        });
        Ok(shown.collect())
    }

    /// Relations between bodies, those that wait or those decided so.
    #[graphql(guard = "May(Action::ReadQueue)")]
    async fn body_relations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, at most 100.", default = 50, validator(minimum = 1, maximum = 100))] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the relation before the first.")] after: Option<String>,
        #[graphql(desc = "Only those decided so.", default_with = "RelationDecision::Proposed")]
        decision: RelationDecision,
        #[graphql(desc = "Only those that lead to this body, `organisation:uuid`.")] to_id: Option<ID>,
        #[graphql(desc = "Only those of these kinds.")] kind: Option<Vec<BodyRelationKind>>,
    ) -> Result<BodyRelationConnection> {
        let (access, actor) = access(ctx)?;
        let first = first_of(first, 50);
        let parent = to_id.map(|id| named("organisation", &id)).transpose().map_err(refuse)?.map(OrganisationId);
        let from = after.as_deref().map(open).transpose()?;
        let from = from.map(|words| words.parse().map(RelationId).map_err(|_| bad_cursor())).transpose()?;
        let kinds: Vec<_> = kind.into_iter().flatten().map(Into::into).collect();
        let which = (decision.into(), parent, kinds.as_slice());
        let mut found = relations::page(&access.ctx, actor, which, from, first as u64 + 1).await.map_err(refuse)?;
        let has_next_page = found.len() > first;
        found.truncate(first);
        let edges: Vec<_> = found
            .into_iter()
            .map(|one| BodyRelationEdge { cursor: seal(&one.row.id.to_string()), node: BodyRelation(one) })
            .collect();
        let page_info = info(&edges, |edge| &edge.cursor, has_next_page, after.is_some());
        Ok(BodyRelationConnection { edges, page_info })
    }

    /// What was written about a public record, the newest first, as its public page tells it.
    #[graphql(guard = "May(Action::ReadQueue)")]
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The record, such as `organisation:uuid`: also a dataset, data_request, study or wave.")]
        record_id: ID,
        #[graphql(desc = "How many changes, at most 100.", default = 50, validator(minimum = 1, maximum = 100))]
        first: Option<i32>,
        #[graphql(desc = "The cursor of the change before the first.")] after: Option<String>,
    ) -> Result<HistoryConnection> {
        let (access, actor) = access(ctx)?;
        let of = history_of(&access.ctx, &record_id).await.map_err(refuse)?;
        history_page(&access.ctx, actor, of, first_of(first, 50), after).await
    }
}

/// Whose history an id asks for.
async fn history_of(ctx: &crate::app::Context, id: &ID) -> std::result::Result<Of, Error> {
    if let Ok(wave) = named("wave", id) {
        return survey::study::history_of(ctx, wave.into()).await?.ok_or(Error::NotFound);
    }
    if let Ok(study) = named("study", id) {
        return survey::study::whole_history_of(ctx, study.into()).await?.ok_or(Error::NotFound);
    }
    let kinds = ["organisation", "dataset", "data_request"];
    let record = kinds.into_iter().find_map(|kind| named(kind, id).ok()).ok_or(Error::NotFound)?;
    Ok(Of::whole(record))
}

/// A merge of two records of one sort.
pub(super) fn merge_of(kept: &ID, gone: &ID) -> std::result::Result<Plan, Error> {
    if let (Ok(kept), Ok(gone)) = (named("organisation", kept), named("organisation", gone)) {
        return Ok(Plan::OrganisationMerge { kept: OrganisationId(kept), gone: OrganisationId(gone) });
    }
    let (kept, gone) = (named("dataset", kept)?, named("dataset", gone)?);
    Ok(Plan::DatasetMerge { kept: DatasetId(kept), gone: DatasetId(gone) })
}

fn match_cursor(cursor: &str) -> Result<(i32, MatchCandidateId)> {
    let words = open(cursor)?;
    let (score, id) = words.split_once(' ').ok_or_else(bad_cursor)?;
    let id = id.parse().map_err(|_| bad_cursor())?;
    Ok((score.parse().map_err(|_| bad_cursor())?, MatchCandidateId(id)))
}

fn rearrangement_cursor(cursor: &str) -> Result<(Moment<chrono::Utc>, RearrangementId)> {
    let words = open(cursor)?;
    let (at, id) = words.split_once(' ').ok_or_else(bad_cursor)?;
    let at = at.parse().ok().and_then(Moment::from_timestamp_micros).ok_or_else(bad_cursor)?;
    Ok((at, RearrangementId(id.parse().map_err(|_| bad_cursor())?)))
}

fn info<E>(edges: &[E], cursor: impl Fn(&E) -> &String, has_next_page: bool, has_previous_page: bool) -> PageInfo {
    PageInfo {
        has_next_page,
        has_previous_page,
        start_cursor: edges.first().map(|edge| cursor(edge).clone()),
        end_cursor: edges.last().map(|edge| cursor(edge).clone()),
    }
}
