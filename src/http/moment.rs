//! The record that an address asks for: that of the moment, of another day, or as it had once been recorded.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use futures_util::future::BoxFuture;

use super::error::Why;
use super::{Site, error};
use crate::{
    app::publish::{AtError, Publisher},
    atlas::Atlas,
    export::query::Moment,
};

/// Builds the record of a moment, or says that it takes longer than a reader waits.
pub type AtlasAt = Box<dyn Fn(Moment) -> BoxFuture<'static, Result<Arc<Atlas>, AtError>> + Send + Sync>;

/// The records of other days that a publisher builds.
pub fn of_publisher(publisher: &Arc<Publisher>) -> AtlasAt {
    let publisher = Arc::clone(publisher);
    Box::new(move |moment| {
        let publisher = Arc::clone(&publisher);
        Box::pin(async move {
            let as_of = moment.as_of.unwrap_or_else(|| publisher.current().as_of);
            publisher.at(as_of, moment.known_at).await
        })
    })
}

/// Seconds after which to ask again.
const AGAIN: &str = "2";

/// The record as it stands, or the refusal while it is being loaded.
pub(super) fn now(site: &Site) -> Result<Arc<Atlas>, Response> {
    (site.atlas)().ok_or_else(loading)
}

/// The record of a moment, or the refusal while it is being built.
pub(super) async fn at(site: &Site, moment: Moment) -> Result<Arc<Atlas>, Response> {
    if moment.is_now() {
        return now(site);
    }
    (site.atlas_at)(moment).await.map_err(|error| match error {
        AtError::Preparing => later(Why::Preparing, "the record of that day is being prepared; ask again in a moment"),
        AtError::Failed(cause) => {
            tracing::error!(error = %cause, causes = ?cause, "the record of another day could not be built");
            if cause.is_outage() {
                return error::internal(&cause);
            }
            error::problem(StatusCode::INTERNAL_SERVER_ERROR, "the record of that day could not be read")
        }
    })
}

/// Names a record: equal names, equal answers.
pub(super) fn tag(atlas: &Atlas) -> String {
    let known = atlas.known_at.map(|at| format!("-{}", at.timestamp_micros())).unwrap_or_default();
    format!("{}-{}{known}", atlas.revision, atlas.as_of)
}

/// The refusal of a request that comes before the record has been loaded.
pub(super) fn loading() -> Response {
    later(Why::Loading, "the record is still being loaded")
}

fn later(why: Why, detail: &str) -> Response {
    let mut response = error::because(StatusCode::SERVICE_UNAVAILABLE, why, detail);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(AGAIN));
    response
}
