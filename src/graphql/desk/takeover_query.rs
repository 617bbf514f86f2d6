//! What can be asked about who speaks for an organisation.

use async_graphql::{Context, Object, Result};

use super::takeover::ProfileTakeover;
use crate::app::takeover;
use crate::domain::access::Action;
use crate::graphql::caller::access;
use crate::graphql::may::May;
use crate::graphql::outcome::refuse;

/// Questions about who speaks for an organisation.
#[derive(Default)]
pub struct TakeoverQuery;

/// Questions about who speaks for an organisation.
#[Object]
impl TakeoverQuery {
    /// The own attempts to speak for an organisation, the newest first, at most 100.
    #[graphql(guard = "May(Action::ClaimProfile)", complexity = "10 + 10 * child_complexity")]
    async fn my_takeovers(&self, ctx: &Context<'_>) -> Result<Vec<ProfileTakeover>> {
        let (access, actor) = access(ctx)?;
        let found = takeover::own(&access.ctx, actor).await.map_err(refuse)?;
        Ok(listed(found, access.ctx.now()))
    }

    /// Attempts that wait for a curator, the oldest first, at most 100.
    #[graphql(guard = "May(Action::DecideTakeover)", complexity = "10 + 10 * child_complexity")]
    async fn takeover_queue(&self, ctx: &Context<'_>) -> Result<Vec<ProfileTakeover>> {
        let (access, actor) = access(ctx)?;
        let found = takeover::queue(&access.ctx, actor).await.map_err(refuse)?;
        Ok(listed(found, access.ctx.now()))
    }
}

fn listed(found: Vec<takeover::Listed>, now: chrono::DateTime<chrono::Utc>) -> Vec<ProfileTakeover> {
    let one = |one: takeover::Listed| ProfileTakeover { is_expired: takeover::is_expired(&one.row, now), one };
    found.into_iter().map(one).collect()
}
