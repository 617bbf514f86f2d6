//! The pages of those who are signed in: what waits for them, and one room for each kind of work. Forms that need
//! no script; a script adds keys and selections where it is there. Each form calls the use case that the mutation of
//! the same name calls.

mod accounts;
mod answered;
mod claims;
mod correction;
mod feedback;
mod frame;
mod matches;
mod matches_side;
mod organisation;
mod pick;
mod propose;
mod propose_fields;
mod publisher;
mod refusal;
mod relations;
mod representatives;
mod requests;
mod review;
mod review_case;
mod review_filter;
pub(super) mod review_words;
mod split;
mod survey;
pub(super) mod takeover;
mod waiting;
mod whereabouts;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::Response,
    routing::{any, get},
};
use maud::{Markup, html};

use super::{Site, error};
use crate::app::Error;
use crate::domain::access::Actor;
use crate::texts::phrases::Texts;
use frame::Frame;

/// What is known of a claim and what supports it, for whoever answers it.
pub(super) fn publisher_line(lang: crate::atlas::Lang, one: &crate::app::publisher::claim::Listed) -> Markup {
    publisher::about(lang, one)
}

/// The answer that a form about a claim was made from.
pub(super) fn publisher_seen(one: &crate::app::publisher::claim::Listed) -> Markup {
    publisher::seen(one)
}

/// What whoever speaks for a body is asked about a claim.
pub(super) fn publisher_question(lang: crate::atlas::Lang, claim: &crate::app::publisher::claim::Claim) -> String {
    publisher::question(lang, claim)
}

/// A page of the reader's own with the ways to the rooms; `None` for who has no role.
pub(super) fn own_page(
    site: &Arc<Site>,
    parts: &Parts,
    actor: &Actor,
    (title, body): (&'static str, &Markup),
) -> Option<Response> {
    Frame::with(site, parts, actor.clone()).ok()?.own_page(title, body)
}

/// Where the desk is.
pub(super) const DESK: &str = "/desk";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route(DESK, get(home))
        .merge(accounts::routes())
        .merge(survey::routes())
        .merge(requests::routes())
        .merge(review::routes())
        .merge(review_case::routes())
        .merge(claims::routes())
        .merge(propose::routes())
        .merge(organisation::routes())
        .merge(publisher::routes())
        .merge(feedback::routes())
        .merge(matches::routes())
        .merge(split::routes())
        .merge(relations::routes())
        .merge(takeover::routes())
        .merge(representatives::routes())
        .route("/desk/{*path}", any(async || error::problem(StatusCode::NOT_FOUND, "nothing is at this address")))
}

/// What is not at the desk is said in the desk's own frame, to whoever is signed in.
pub(super) async fn in_frame(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD) && error::wants_page(request.headers());
    if !is_read {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let asked = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    if !is_missing(&response) {
        return response;
    }
    match Frame::of(&site, &asked).await {
        Ok(frame) => frame.refused(&Error::NotFound),
        Err(_) => response,
    }
}

/// Whether an answer without a page of its own says that nothing is there. A bare refusal of what a path holds, such as an
/// id that is none, says no more.
fn is_missing(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    match response.status() {
        StatusCode::NOT_FOUND => kind.is_none_or(|kind| !kind.starts_with(b"text/html")),
        StatusCode::BAD_REQUEST => kind.is_some_and(|kind| kind.starts_with(b"text/plain")),
        _ => false,
    }
}

/// The rooms whose forms are long: they have a bound of their own.
pub(super) fn long_routes() -> Router<Arc<Site>> {
    survey::long_routes()
}

/// What the reader may do here, door by door.
async fn home(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let open = waiting::behind(&frame).await;
    let waits = |decides: bool| -> u64 {
        open.iter().filter(|(door, _)| frame.decides(door) == decides).map(|(_, waits)| waits).sum()
    };
    let (decisions, advice) = (waits(true), waits(false));
    let now = frame.ctx.now();
    let has_role = frame.actor.account().is_some_and(|account| account.grants.iter().any(|grant| grant.holds_at(now)));
    let texts = Texts::of(frame.lang);
    let body = html! {
        h1 {
            @if decisions > 0 { (texts.count("page.desk.headline", decisions, &[])) }
            @else if advice > 0 { (texts.count("page.desk.headlineAdvice", advice, &[])) }
            @else { (frame.say("page.desk.nothingWaits")) }
        }
        (frame.asleep())
        @if !has_role { p { (frame.say("page.desk.nothing")) } }
        ul class="doors" {
            @for (door, waits) in open {
                li {
                    a href=(frame.link(door.path)) { (frame.say(door.title)) }
                    p { (frame.say(if frame.decides(door) { door.text } else { "page.review.doorRecommend" })) }
                    @if waits > 0 { p { b { (texts.count("page.desk.waits", waits, &[])) } } }
                }
            }
        }
    };
    frame.page("page.desk.title", &body)
}

/// The address of the list of an organisation's claims, by that of its page.
pub(super) fn claims_of(about: &str, lang: &str) -> String {
    let about: String = url::form_urlencoded::byte_serialize(about.as_bytes()).collect();
    format!("{}?about={about}&lang={lang}", claims::CLAIMS)
}
