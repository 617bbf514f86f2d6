//! What waits at the desk of demand: requests to be shown, passed on and answered, and the wishes of surveys.

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::request::{DeskRequest, RequestCount, RequestQueue, Wish};
use crate::app::demand::{queue, wishes};
use crate::domain::access::Action;
use crate::graphql::caller::access;
use crate::graphql::may::May;
use crate::graphql::node::uuid_of;
use crate::graphql::outcome::refuse;
use crate::graphql::page::{bad_cursor, first_of, open, seal};
use crate::graphql::vocabulary::RequestStatus;

/// Questions about the demand for data.
#[derive(Default)]
pub struct RequestQuery;

/// A page of wishes; there is no other: what is decided makes room.
#[derive(SimpleObject)]
pub struct WishList {
    /// The oldest first, 100 at most.
    nodes: Vec<Wish>,
}

/// Questions about the demand for data.
#[Object]
impl RequestQuery {
    /// The requests that one deals with, those waiting longest first: all of them for curators, those about their
    /// bodies that have been shown for liaisons.
    #[graphql(guard = "May(Action::ReadRequestQueue)")]
    async fn request_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only these states.")] status: Option<Vec<RequestStatus>>,
        #[graphql(desc = "How many, at most 100.", default = 20, validator(minimum = 1, maximum = 100))] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the last one seen.")] after: Option<String>,
    ) -> Result<RequestQueue> {
        let (access, actor) = access(ctx)?;
        let after = match after {
            None => None,
            Some(cursor) => {
                let words = open(&cursor)?;
                let (day, last) = words.split_once(' ').ok_or_else(bad_cursor)?;
                Some((day.parse().map_err(|_| bad_cursor())?, last.parse().map_err(|_| bad_cursor())?))
            }
        };
        let statuses = status.into_iter().flatten().map(Into::into).collect();
        let wanted = queue::Wanted { statuses, after, first: first_of(first, 20) as u64 };
        let page = queue::page(&access.ctx, actor, &wanted).await.map_err(refuse)?;
        let end_cursor = page.requests.last().map(|row| seal(&format!("{} {}", row.submitted_on, row.id)));
        let counts = page.counts.into_iter();
        Ok(RequestQueue {
            nodes: page.requests.into_iter().map(DeskRequest).collect(),
            counts: counts.map(|(status, count)| RequestCount { status: status.into(), count }).collect(),
            has_next_page: page.has_next,
            end_cursor,
        })
    }

    /// One request of the queue; null where one does not deal with it.
    #[graphql(guard = "May(Action::ReadRequestQueue)")]
    async fn request_case(&self, ctx: &Context<'_>, id: ID) -> Result<Option<DeskRequest>> {
        let (access, actor) = access(ctx)?;
        let Some(uuid) = uuid_of("data_request", &id) else { return Ok(None) };
        match queue::one(&access.ctx, actor, uuid.into()).await {
            Ok((request, _)) => Ok(Some(DeskRequest(request))),
            Err(crate::app::Error::NotFound | crate::app::Error::Forbidden) => Ok(None),
            Err(error) => Err(refuse(error)),
        }
    }

    /// The wishes of surveys that wait for a curator.
    #[graphql(guard = "May(Action::TriageRequest)")]
    async fn request_wishes(&self, ctx: &Context<'_>) -> Result<WishList> {
        let (access, actor) = access(ctx)?;
        let found = wishes::waiting(&access.ctx, actor).await.map_err(refuse)?;
        Ok(WishList { nodes: found.into_iter().map(Wish).collect() })
    }
}
