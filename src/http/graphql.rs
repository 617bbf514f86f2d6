//! The route of the API: carries requests and answers between axum and `graphql::transport`.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};

use super::{
    Site,
    edge::{RequestId, Who},
    session,
};
use crate::graphql::{
    caller::Caller,
    transport::Service,
    transport_wire::{Incoming, Media, Outgoing, Verb, refuse},
};

/// Queries in the address.
pub(super) async fn get(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    // What is asked in an address is the same for everybody: the cookie is not even read.
    let caller = Arc::new(Caller::anybody(session::address(&parts)));
    answer(&site, &site.graphql, Verb::Get, &parts, &[], &caller).await
}

/// Everything else.
pub(super) async fn post(State(site): State<Arc<Site>>, request: Request) -> Response {
    posted(&site, &site.graphql, request).await
}

/// What those ask and change who are signed in.
pub(super) async fn desk(State(site): State<Arc<Site>>, request: Request) -> Response {
    match &site.desk {
        Some(desk) => posted(&site, &desk.graphql, request).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn posted(site: &Site, service: &Service, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let caller = match session::caller(site, &parts).await {
        Ok(caller) => Arc::new(caller),
        Err(refusal) => return refusal,
    };
    // The layer around the routes has bounded the body already.
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let mut response = answer(site, service, Verb::Post, &parts, &body, &caller).await;
    session::keep(site, &caller, response.headers_mut());
    response
}

/// The refusal of an address that has asked for too much, in the form of the answers that it waits for.
pub(super) fn crowded(request: &Request, detail: &str) -> Response {
    let media = Media::negotiate(text(request.headers(), &header::ACCEPT)).unwrap_or(Media::Json);
    respond(refuse(media, 429, "TOO_MANY_REQUESTS", detail).with("cache-control", "no-store").with("vary", "Accept"))
}

/// What a browser asks before a page of another site may send JSON.
pub(super) async fn preflight() -> Response {
    let headers = [
        (header::ALLOW, "GET, HEAD, POST, OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type, accept, accept-language"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

async fn answer(
    site: &Site,
    service: &Service,
    verb: Verb,
    parts: &Parts,
    body: &[u8],
    caller: &Arc<Caller>,
) -> Response {
    let text = |name: HeaderName| text(&parts.headers, &name);
    let incoming = Incoming {
        verb,
        query: parts.uri.query().unwrap_or_default(),
        content_type: text(header::CONTENT_TYPE),
        content_encoding: text(header::CONTENT_ENCODING),
        accept: text(header::ACCEPT),
        accept_language: text(header::ACCEPT_LANGUAGE),
        accept_encoding: text(header::ACCEPT_ENCODING),
        if_none_match: text(header::IF_NONE_MATCH),
        body,
        request_id: parts.extensions.get::<RequestId>().map_or("", |id| id.0.as_str()),
        caller,
    };
    let outgoing = service.answer(&incoming).await;
    if let Some(Who(who)) = parts.extensions.get() {
        // One point was taken at the door.
        site.allowance.charge(*who, outgoing.points.saturating_sub(1));
    }
    respond(outgoing)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn respond(outgoing: Outgoing) -> Response {
    let mut response = Response::new(Body::from(outgoing.body));
    *response.status_mut() = StatusCode::from_u16(outgoing.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if outgoing.status != 304 {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(outgoing.content_type));
    }
    for (name, value) in outgoing.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    response
}
