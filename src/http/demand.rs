//! What changes the board of requests for data: the form to ask for data, and the page to support a request, for those
//! who are signed in. The board itself is a page like the others.

mod ask;
mod support;
pub(super) mod themes;

use std::sync::Arc;

use axum::{Router, routing::get};

use super::Site;

/// Where the board is.
const BOARD: &str = "/requests";

/// The pages that change something, where there is a record to change.
pub(super) fn forms() -> Router<Arc<Site>> {
    Router::new()
        .route("/requests/new", get(ask::show).post(ask::send))
        .route("/requests/{slug}/support", get(support::show).post(support::send))
}
