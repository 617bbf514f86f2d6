//! What a refusal looks like outside GraphQL: a small page for readers, RFC 9457 for programs. Causes
//! never enter; they are logged where they happen.

use std::any::Any;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::app;
use crate::graphql::transport_wire::ranked;

/// A refusal in the form that `headers` accept.
pub(super) fn problem(status: StatusCode, detail: &str, headers: &HeaderMap) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let (content_type, body) = if wants_page(headers) {
        ("text/html; charset=utf-8", page(status, title, detail))
    } else {
        let body = json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail });
        ("application/problem+json", body.to_string())
    };
    let headers = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-store"), (header::VARY, "Accept")];
    (status, headers, body).into_response()
}

/// Whether a page is wanted rather than JSON: only browsers name `text/html`.
pub(super) fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    ranked(accept).any(|(media, quality)| media.eq_ignore_ascii_case("text/html") && quality > 0)
}

fn page(status: StatusCode, title: &str, detail: &str) -> String {
    maud::html! {
        (maud::DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " – Open Data 100" }
            }
            body {
                main {
                    h1 { (status.as_u16()) " " (title) }
                    p { (detail) }
                    p { a href="/" { "Open Data 100" } }
                }
            }
        }
    }
    .into_string()
}

/// The answer to a verb that a route does not have.
pub(super) async fn method_not_allowed(request: Request) -> Response {
    problem(StatusCode::METHOD_NOT_ALLOWED, "this address does not take this method", request.headers())
}

/// The answer to a request that failed for no fault of its sender; who meets an outage may try again. The caller
/// has logged it. `edge` gives it the form that the request accepts.
pub(super) fn internal(error: &app::Error) -> Response {
    let status = if error.is_outage() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
    status.into_response()
}

/// The answer to a request whose handler panicked. The panic hook has logged it.
pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    // Without a content type: `edge` makes it a problem in the form that the request accepts.
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
