//! The layers around every route: the id of a request, the headers of an answer, the allowance of an
//! address.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    net::{IpAddr, SocketAddr},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, Uri, header, uri::PathAndQuery},
    middleware::Next,
    response::Response,
};

use super::desk::takeover;
use super::error::Refused;
use super::page::Requested;
use super::{Site, answer, confirm, error, graphql, page, sign_in, sign_up};

/// Nothing but what this server sends, and no inline script or style. Frames are our own embedded pages, as a
/// preview.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    connect-src 'self'; worker-src 'self'; font-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'; object-src 'none'";
/// The query console styles its editor inline; it alone may.
const CONSOLE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; font-src 'self' data:; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/// Embedded pages stand in the pages of others. They hold a picture and a table: nothing runs in them, and
/// they ask for nothing but their style and its fonts. The star is for hosts alone: a page that lies in a folder has none.
const EMBED_POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors * file:";

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names a request in logs and in masked errors.
#[derive(Clone, Debug)]
pub(super) struct RequestId(pub(super) String);

/// The address that a request is charged to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Who(pub(super) IpAddr);

fn next_id() -> String {
    // Random start, odd step: ids of two servers do not meet, and none tells how many came before.
    static NEXT: LazyLock<AtomicU64> = LazyLock::new(|| AtomicU64::new(RandomState::new().build_hasher().finish()));
    format!("{:016x}", NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed))
}

/// Gives the request an id and logs how it went, without its query, which may hold names.
pub(super) async fn identify(mut request: Request, next: Next) -> Response {
    let id = next_id();
    request.extensions_mut().insert(RequestId(id.clone()));
    let (method, path, began) = (request.method().clone(), logged(request.uri().path()), Instant::now());
    let mut response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), began.elapsed().as_micros());
    if status >= 500 {
        tracing::warn!(request_id = id, %method, path, status, took_us = took, "request failed");
    } else if is_refusal(response.status()) {
        tracing::info!(request_id = id, %method, path, status, took_us = took, "request refused");
    } else {
        tracing::debug!(request_id = id, %method, path, status, took_us = took, "request");
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Whether a limit or a check turned a request away: too many, too large, not from a page of ours, not allowed.
fn is_refusal(status: StatusCode) -> bool {
    matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::FORBIDDEN)
}

/// A path as it may be logged: what follows a sign-in link's address is a key to somebody's account.
fn logged(path: &str) -> String {
    if let Some(logged) = answer::logged(path).or_else(|| confirm::logged(path)) {
        return logged;
    }
    for link in [sign_in::LINK, sign_up::LINK, takeover::LINK] {
        if path.strip_prefix(link).is_some_and(|secret| !secret.is_empty()) {
            return format!("{link}…");
        }
    }
    path.chars().flat_map(char::escape_debug).collect()
}

/// Puts the headers of `security` on every answer, and gives bare refusals a body.
pub(super) async fn headers(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_answer = answer::is_secret(path);
    let (console, api, secret) = (
        path == "/graphiql",
        path == "/graphql",
        ["/sign-in", "/sign-up", "/account", confirm::LINK, takeover::LINK].iter().any(|start| path.starts_with(start))
            || is_answer,
    );
    let (embed, preview) = (path.starts_with("/embed/"), path.starts_with("/preview/"));
    let font = path.starts_with("/assets/") && path.rsplit_once('.').is_some_and(|(_, ending)| ending == "woff2");
    let asked = Requested::of(&request);
    let mut response = next.run(request).await;
    if is_bare(&response) {
        response = dressed(&response);
    }
    if let Some(refused) = response.extensions().get::<Refused>()
        && error::wants_page(&asked.headers)
    {
        response = page::trouble(&asked, refused, &response);
    }
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    let policy = match (console, embed) {
        (true, _) => CONSOLE_POLICY,
        (_, true) => EMBED_POLICY,
        _ => POLICY,
    };
    set(header::CONTENT_SECURITY_POLICY, policy);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // The address of such a page may be a secret, and what it shows is for one reader.
    set(header::REFERRER_POLICY, if secret { "no-referrer" } else { "strict-origin-when-cross-origin" });
    if is_answer {
        set(header::CACHE_CONTROL, "no-store");
    }
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if api {
        // What is asked by pages of other sites is asked without a cookie.
        set(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
        set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        set(header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag, retry-after, x-request-id");
    } else if embed || preview || font {
        // They are made to be shown elsewhere.
        set(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
        if font {
            // A frame in a sandbox is of no origin, and browsers ask for fonts by leave alone.
            set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        }
    } else {
        set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    }
    if site.public_url.starts_with("https:") {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    response
}

/// Takes a point from the address that asks. Files and health are free.
pub(super) async fn allowance(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::from([127, 0, 0, 1]), |ConnectInfo(peer)| peer.ip());
    let who = site.allowance.who(peer, request.headers());
    request.extensions_mut().insert(Who(who));
    if let Some(refusal) = without_nul(&mut request) {
        return refusal;
    }
    let path = request.uri().path();
    let free = path.starts_with("/assets/") || path == "/healthz" || path == "/readyz";
    if !free && let Err(seconds) = site.allowance.enter(who) {
        let detail = "this address has asked for too much within a minute";
        let mut response = if matches!(path, "/graphql" | "/graphql/desk") {
            graphql::crowded(&request, detail)
        } else {
            error::problem(StatusCode::TOO_MANY_REQUESTS, detail)
        };
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        return response;
    }
    next.run(request).await
}

/// Leaves the NULs out of a query, as `form` does: no text of the record holds one, and one of the two databases
/// takes none. No page has one in its path.
fn without_nul(request: &mut Request) -> Option<Response> {
    const NUL: &str = "%00";
    let uri = request.uri();
    if uri.path().contains(NUL) {
        let detail = "this address holds a NUL character (%00); no address of this site does";
        return Some(error::problem(StatusCode::NOT_FOUND, detail));
    }
    if uri.query().is_some_and(|query| query.contains(NUL)) {
        let mut parts = uri.clone().into_parts();
        let kept = uri.path_and_query().map_or("/", PathAndQuery::as_str).replace(NUL, "");
        parts.path_and_query = kept.parse().ok();
        *request.uri_mut() = Uri::from_parts(parts).unwrap_or_default();
    }
    None
}

/// Whether an answer is a refusal by one of the layers, which know no form.
fn is_bare(response: &Response) -> bool {
    let status = response.status();
    (status.is_client_error() || status.is_server_error())
        && response.headers().get(header::CONTENT_TYPE).is_none_or(|value| value.as_bytes().starts_with(b"text/plain"))
}

fn dressed(bare: &Response) -> Response {
    let detail = match bare.status() {
        StatusCode::PAYLOAD_TOO_LARGE => "the body of the request is too long",
        StatusCode::SERVICE_UNAVAILABLE => "this cannot be done at the moment; try again",
        StatusCode::INTERNAL_SERVER_ERROR => "internal error",
        _ => "the request cannot be served",
    };
    let mut response = error::problem(bare.status(), detail);
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = bare.headers().get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    if bare.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("1"));
    }
    response
}
