//! Which atlas answers: one for all fields of a request, or one of another day where a field asks for it.

use std::sync::Arc;

use async_graphql::{Context, Error, ErrorExtensions, Result};
use chrono::{DateTime, NaiveDate, Utc};

use super::outcome::outage;
use crate::app::publish::{AtError, Publisher};
use crate::atlas::Atlas;

/// What a request's resolvers read: the atlas of the moment, and where others come from.
#[derive(Clone)]
pub struct Snapshot {
    /// The atlas that the whole answer comes from.
    pub atlas: Arc<Atlas>,
    /// Builds atlases of other days.
    pub publisher: Arc<Publisher>,
}

/// The atlas of the request.
pub(crate) fn current(ctx: &Context<'_>) -> Result<Arc<Atlas>> {
    ctx.data::<Snapshot>().map(|snapshot| Arc::clone(&snapshot.atlas))
}

/// The atlas of a day, and of what had been recorded by a moment.
pub(crate) async fn atlas(
    ctx: &Context<'_>,
    as_of: Option<NaiveDate>,
    known_at: Option<DateTime<Utc>>,
) -> Result<Arc<Atlas>> {
    let snapshot = ctx.data::<Snapshot>()?;
    if known_at.is_none() && as_of.is_none_or(|day| day >= snapshot.atlas.as_of) {
        return Ok(Arc::clone(&snapshot.atlas));
    }
    let as_of = as_of.unwrap_or(snapshot.atlas.as_of);
    snapshot.publisher.at(as_of, known_at).await.map_err(|error| match error {
        AtError::Preparing => Error::new("the record of that day is being prepared; ask again in a moment")
            .extend_with(|_, e| {
                e.set("code", "AS_OF_PREPARING");
                e.set("retryAfter", 2);
            }),
        AtError::Failed(cause) if cause.is_outage() => outage(),
        AtError::Failed(_) => Error::new("internal error").extend_with(|_, e| e.set("code", "INTERNAL")),
    })
}
