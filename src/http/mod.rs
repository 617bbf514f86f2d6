//! The HTTP room: sockets, routes, layers, plain pages and files. What a GraphQL answer is belongs to
//! `graphql`, what a figure is to `analysis`; nothing here reads the database.

mod account;
mod account_data;
mod again;
mod answer;
pub mod assets;
mod bodies;
mod confirm;
mod demand;
mod desk;
mod download;
mod edge;
mod error;
mod feedback;
mod form;
mod graphql;
pub mod limit;
pub mod moment;
mod named;
mod oidc;
mod page;
pub mod pictures;
mod report;
mod said;
mod scorecard;
mod seat;
mod second_factor;
pub mod server;
mod session;
mod sign_in;
mod sign_in_code;
mod sign_up;
mod stamp;
mod way;

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer};

use crate::{
    app::{Context, access::Access},
    atlas::Atlas,
    graphql::transport::Service,
};
use limit::Allowance;
use moment::AtlasAt;
use pictures::Pictures;

/// A request has to be answered within this time,
const DEADLINE: Duration = Duration::from_secs(5);
/// but for one that brings a list, each row of which is looked up and written.
const LONG_DEADLINE: Duration = Duration::from_mins(1);
/// No request has a longer body,
const BODY_BYTES: usize = 64 * 1024;
/// but for lists and whole instruments that somebody who is signed in sends.
const LONG_BODY_BYTES: usize = 1024 * 1024;

/// All that the routes need.
pub struct Site {
    /// The public schema behind its guard.
    pub graphql: Service,
    /// What each address may ask for.
    pub allowance: Allowance,
    /// The address the world knows this server by, without a trailing slash.
    pub public_url: String,
    /// Whether the query console is served.
    pub graphiql: bool,
    /// The record as it stands; `None` until it is loaded.
    pub atlas: Box<dyn Fn() -> Option<Arc<Atlas>> + Send + Sync>,
    /// The record of another day, or as it had been recorded by some time.
    pub atlas_at: AtlasAt,
    /// The previews that have been drawn.
    pub pictures: Pictures,
    /// Whether requests can be answered.
    pub ready: Box<dyn Fn() -> bool + Send + Sync>,
    /// Figures of the process in the text form of Prometheus, where they are served.
    pub metrics: Option<Box<dyn Fn() -> String + Send + Sync>>,
    /// Where people sign in; `None` where nobody can.
    pub desk: Option<Desk>,
    /// The record, for those who answer a survey; `None` where nobody can.
    pub record: Option<Context>,
    /// Whether answers of any length are served, to compare with.
    pub bench: bool,
}

/// What those who are signed in have.
pub struct Desk {
    /// Their schema behind its guard.
    pub graphql: Service,
    /// The use cases of access.
    pub access: Arc<Access>,
}

/// The routes, inside the layers that every request passes.
pub fn router(site: Site) -> Router {
    let site = Arc::new(site);
    let at_desk = middleware::from_fn_with_state(Arc::clone(&site), desk::in_frame);
    let mut routes = routes();
    if site.bench {
        routes = routes.route("/bench/{bytes}", get(bench));
    }
    if site.desk.is_some() {
        let own = account::routes().merge(account_data::routes()).merge(second_factor::routes());
        let pages = sign_in::routes()
            .merge(sign_in_code::routes())
            .merge(oidc::routes())
            .merge(sign_up::routes())
            .merge(own)
            .merge(desk::routes().route_layer(at_desk.clone()));
        let pages = pages.merge(report::routes()).merge(demand::forms()).merge(confirm::routes());
        let pages = pages.merge(feedback::routes());
        routes = routes.route("/graphql/desk", post(graphql::desk)).merge(pages);
    }
    if site.metrics.is_some() {
        routes = routes.route("/metrics", get(metrics));
    }
    let within = |time| TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time);
    let mut routes = routes.layer(RequestBodyLimitLayer::new(BODY_BYTES)).layer(within(DEADLINE));
    if site.desk.is_some() {
        let long = desk::long_routes().route_layer(at_desk).layer(RequestBodyLimitLayer::new(LONG_BODY_BYTES));
        routes = routes.merge(long.layer(within(LONG_DEADLINE)));
    }
    layered(site, routes)
}

fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/graphql", get(graphql::get).post(graphql::post).options(graphql::preflight))
        .route("/graphiql", get(assets::graphiql))
        .route("/healthz", get(async || plain("ok")))
        .route("/readyz", get(readiness))
        .route("/favicon.svg", get(assets::favicon))
        .route("/favicon.ico", get(assets::favicon))
        .merge(page::routes())
        .merge(answer::routes())
        .merge(download::routes())
        .fallback(assets::file)
}

/// From the outside in: id and log, headers, panics, allowance, deadline, size of the body. The
/// headers stand outside the rest, so that no refusal goes without them; what may execute at once is
/// counted where operations execute.
fn layered(site: Arc<Site>, routes: Router<Arc<Site>>) -> Router {
    routes
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(&site), edge::allowance))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(middleware::from_fn_with_state(Arc::clone(&site), edge::headers))
        .layer(middleware::from_fn(edge::identify))
        .with_state(site)
}

async fn metrics(State(site): State<Arc<Site>>) -> Response {
    let text = site.metrics.as_ref().map(|metrics| metrics()).unwrap_or_default();
    ([(header::CACHE_CONTROL, "no-store"), (header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
        .into_response()
}

/// The cost of an answer of that many bytes without its making.
async fn bench(Path(bytes): Path<usize>) -> Response {
    const MOST: usize = 16 * 1024 * 1024;
    static KEPT: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(vec![b'x'; MOST]));
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], KEPT.slice(..bytes.min(MOST))).into_response()
}

async fn readiness(State(site): State<Arc<Site>>) -> Response {
    if (site.ready)() { plain("ready") } else { moment::loading() }
}

fn plain(text: &'static str) -> Response {
    ([(header::CACHE_CONTROL, "no-store"), (header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
