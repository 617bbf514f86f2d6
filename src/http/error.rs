//! What a refusal looks like outside GraphQL: RFC 9457 for programs; for readers `edge` makes a page of it, in their
//! language. Causes never enter; they are logged where they happen.

use std::any::Any;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::app;
use crate::atlas::Refusal;
use crate::graphql::transport_wire::ranked;

/// Why a request was refused, where its page says more than its status does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// What the status says.
    Status,
    /// The form was shown too long ago, or to another browser.
    OldForm,
    /// A page of another site sent the form.
    Foreign,
    /// The record is being loaded.
    Loading,
    /// The record of another day is being built.
    Preparing,
}

/// What a refusal goes with until it has its form.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) why: Why,
    pub(super) detail: String,
    /// The word of the address that cannot be used, where it is one.
    pub(super) word: Option<Refusal>,
    /// The words that could stand there instead, where they are named.
    pub(super) taken: Option<String>,
}

/// A refusal.
pub(super) fn problem(status: StatusCode, detail: &str) -> Response {
    because(status, Why::Status, detail)
}

/// The answer to whoever asks too often: when to ask again.
pub(super) fn crowded(seconds: u32) -> Response {
    after(StatusCode::TOO_MANY_REQUESTS.into_response(), seconds)
}

/// An answer that says after how many seconds to ask again.
pub(super) fn after(mut response: Response, seconds: u32) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// A refusal whose page says more than its status does.
pub(super) fn because(status: StatusCode, why: Why, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let body = json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail });
    let headers = [
        (header::CONTENT_TYPE, "application/problem+json"),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "Accept"),
    ];
    let mut response = (status, headers, body.to_string()).into_response();
    response.extensions_mut().insert(Refused { why, detail: detail.to_owned(), word: None, taken: None });
    response
}

/// The refusal of an address for one of its words, which its page names in the reader's language.
pub(super) fn unread(refusal: &Refusal) -> Response {
    let mut response = problem(StatusCode::BAD_REQUEST, &refusal.to_string());
    if let Some(refused) = response.extensions_mut().get_mut::<Refused>() {
        refused.word = Some(refusal.clone());
    }
    response
}

/// The same, with the words that could stand there instead.
pub(super) fn unread_among(refusal: &Refusal, taken: Option<String>) -> Response {
    let Some(taken) = taken else { return unread(refusal) };
    let mut response = problem(StatusCode::BAD_REQUEST, &format!("{refusal}; it takes {taken}"));
    if let Some(refused) = response.extensions_mut().get_mut::<Refused>() {
        (refused.word, refused.taken) = (Some(refusal.clone()), Some(taken));
    }
    response
}

/// Whether a page is wanted rather than JSON: only browsers name `text/html`, and only they send forms.
pub(super) fn wants_page(headers: &HeaderMap) -> bool {
    let value = |name| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let accept = value(header::ACCEPT);
    let is_form = value(header::CONTENT_TYPE).starts_with("application/x-www-form-urlencoded");
    let is_named = ranked(accept).any(|(media, quality)| media.eq_ignore_ascii_case("text/html") && quality > 0);
    is_named || (is_form && !accept.contains("json"))
}

/// The answer to a verb that a route does not have.
pub(super) async fn method_not_allowed() -> Response {
    problem(StatusCode::METHOD_NOT_ALLOWED, "this address does not take this method")
}

/// The answer to a request that failed for no fault of its sender; who meets an outage may try again. The caller
/// has logged it. `edge` gives it the form that the request accepts.
pub(super) fn internal(error: &app::Error) -> Response {
    if !error.is_outage() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let mut response = problem(StatusCode::SERVICE_UNAVAILABLE, app::error::OUTAGE);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

/// The answer to a request whose handler panicked. The panic hook has logged it.
pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    // Without a content type: `edge` makes it a problem in the form that the request accepts.
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
