//! What can be asked of the review.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::id::ReviewCaseId;

use super::review::{CaseKind, CaseKindCount, ReviewCaseConnection, ReviewCaseEdge, ReviewSheet};
use crate::app;
use crate::app::review::{Assignee, Filter, case, queue};
use crate::domain::access::{Action, Actor};
use crate::graphql::caller::access;
use crate::graphql::language::lang;
use crate::graphql::may::MayEither;
use crate::graphql::node::uuid_of;
use crate::graphql::outcome::refuse;
use crate::graphql::page::{PageInfo, first_of, open, seal};
use crate::graphql::scalar::DateTime;

/// Questions about the review.
#[derive(Default)]
pub struct ReviewQuery;

/// Who has a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CaseAssignee {
    /// The one who asks.
    Me,
    /// Nobody.
    Nobody,
}

/// Which cases are asked for; what is left out does not narrow.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ReviewFilter {
    /// Only those that wait for a decision, or only those that have had one. Without a filter: those that wait.
    is_open: Option<bool>,
    /// Only these kinds.
    kinds: Option<Vec<CaseKind>>,
    /// Only of this study.
    study_id: Option<ID>,
    /// Only of this wave.
    wave_id: Option<ID>,
    /// Only about data of this body.
    publisher_id: Option<ID>,
    /// Only about this organisation.
    organisation_id: Option<ID>,
    /// Only those that I have, or nobody.
    assignee: Option<CaseAssignee>,
    /// Only those that were opened before.
    opened_before: Option<DateTime>,
    /// Only those that cannot be accepted as they are, or only the others.
    has_problem: Option<bool>,
    /// Only those whose text may name or reach a person, or only the others.
    mentions_person: Option<bool>,
}

impl ReviewFilter {
    fn read(self, actor: &Actor) -> std::result::Result<Filter, app::Error> {
        let named = |kind: &str, of: &Option<ID>| match of {
            None => Ok(None),
            Some(of) => uuid_of(kind, of).map(Some).ok_or(app::Error::NotFound),
        };
        let me = actor.account().map(|account| account.id);
        Ok(Filter {
            is_open: self.is_open,
            kinds: self.kinds.unwrap_or_default().into_iter().map(Into::into).collect(),
            study: named("study", &self.study_id)?.map(Into::into),
            wave: named("wave", &self.wave_id)?.map(Into::into),
            publisher: named("publisher", &self.publisher_id)?.map(Into::into),
            organisation: named("organisation", &self.organisation_id)?.map(Into::into),
            assignee: self.assignee.and_then(|assignee| match assignee {
                CaseAssignee::Nobody => Some(Assignee::Nobody),
                CaseAssignee::Me => me.map(Assignee::Somebody),
            }),
            not_by: None,
            opened_before: self.opened_before.map(|moment| moment.0),
            has_problem: self.has_problem,
            mentions_person: self.mentions_person,
            within: None,
        })
    }
}

/// Questions about the review.
#[Object]
impl ReviewQuery {
    /// What waits for a decision, the oldest first. Researchers see the cases of their studies.
    #[graphql(guard = "MayEither(Action::ReadQueue, Action::RecommendClaim)")]
    async fn review_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cases.")] filter: Option<ReviewFilter>,
        #[graphql(desc = "How many, at most 100.", default = 20, validator(minimum = 1, maximum = 100))] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the case before the first.")] after: Option<String>,
    ) -> Result<ReviewCaseConnection> {
        let (access, actor) = access(ctx)?;
        let filter = filter.unwrap_or(ReviewFilter { is_open: Some(true), ..ReviewFilter::default() });
        let filter = filter.read(actor).map_err(refuse)?;
        let after = after.map(|cursor| open(&cursor)).transpose()?;
        let (first, lang) = (first_of(first, 20) as u64, lang(ctx, None));
        let asked = (after.as_deref(), first);
        let found = queue::page(&access.ctx, actor, &filter, asked, lang.as_str()).await.map_err(refuse)?;
        let count = |number: u64| i32::try_from(number).unwrap_or(i32::MAX);
        let has_next_page = found.next.is_some();
        let edges: Vec<_> = found
            .cases
            .into_iter()
            .map(|one| ReviewCaseEdge { cursor: seal(&queue::cursor_of(&one.case)), node: one.into() })
            .collect();
        let page_info = PageInfo {
            has_next_page,
            has_previous_page: after.is_some(),
            start_cursor: edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: edges.last().map(|edge| edge.cursor.clone()),
        };
        let kinds = found.kinds.into_iter().map(|(kind, number)| CaseKindCount {
            kind: kind.into(),
            count: i32::try_from(number).unwrap_or(i32::MAX),
        });
        Ok(ReviewCaseConnection { edges, page_info, total_count: count(found.total), kinds: kinds.collect() })
    }

    /// A case with all that a decision needs; null where there is none.
    #[graphql(guard = "MayEither(Action::ReadQueue, Action::RecommendClaim)")]
    async fn review_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "`case:uuid`.")] id: ID,
    ) -> Result<Option<ReviewSheet>> {
        let (access, actor) = access(ctx)?;
        let Some(uuid) = uuid_of("case", &id) else { return Ok(None) };
        match case::sheet(&access.ctx, actor, ReviewCaseId(uuid), lang(ctx, None).as_str()).await {
            Ok(sheet) => Ok(Some(sheet.into())),
            Err(app::Error::NotFound) => Ok(None),
            Err(error) => Err(refuse(error)),
        }
    }
}
