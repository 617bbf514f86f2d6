//! Who sends a request: a browser by its cookie, a program by its token, or anybody. And whether a request
//! that carries a cookie was made by a page of ours.

use std::net::IpAddr;
use std::sync::Arc;

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;

use super::edge::{RequestId, Who};
use super::{Site, error};
use crate::app;
use crate::app::access::{half, session, token};
use crate::domain::access::Actor;
use crate::graphql::caller::{Caller, Keep};

/// The cookie of a session where the site is served over TLS; browsers bind its name to this very host.
const COOKIE: &str = "__Host-od100";
/// Its name where there is no TLS.
const PLAIN_COOKIE: &str = "od100";
/// The cookie of a sign-in that waits for its second factor.
const HALF: &str = "od100-half";
/// Tells scripts that somebody is signed in, and nothing else.
const HINT: &str = "od100-in";
/// What our own pages send with every request that may change something.
const CSRF: HeaderName = HeaderName::from_static("x-od100-csrf");

/// Where a request is counted.
pub(super) fn address(parts: &Parts) -> IpAddr {
    parts.extensions.get().map_or(IpAddr::from([127, 0, 0, 1]), |Who(who)| *who)
}

/// Who sends a request. One that carries a cookie and was not made by a page of ours is refused, and so is
/// a token that is not good: neither may go on as anybody.
pub(super) async fn caller(site: &Site, parts: &Parts) -> Result<Caller, Response> {
    let (from, headers) = (address(parts), &parts.headers);
    let Some(desk) = &site.desk else {
        return Ok(Caller::new(Actor::Anonymous, from, is_ours(site, headers), None));
    };
    let access = || Some(Arc::clone(&desk.access));
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let secret = value.to_str().ok().and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        let actor = token::actor(&desk.access, secret).await.map_err(|error| failed(parts, &error))?;
        return actor.map(|actor| Caller::new(actor, from, true, access())).ok_or_else(unknown_token);
    }
    let is_ours = is_ours(site, headers);
    let actor = match cookie(headers, name(site)) {
        None => Actor::Anonymous,
        Some(_) if !is_ours => {
            let detail =
                "a request with a session needs the header X-OD100-CSRF: 1 and must come from a page of this site";
            return Err(error::problem(StatusCode::FORBIDDEN, detail));
        }
        Some(secret) => session::actor(&desk.access, secret).await.map_err(|error| failed(parts, &error))?,
    };
    let half = half_secret(site, headers).filter(|_| is_ours).map(str::to_owned);
    Ok(Caller::new(actor, from, is_ours, access()).half_in(half))
}

/// Who a browser is that sends a form: forms cannot send headers of their own, so only where they come from
/// is asked. `None` when that is another site.
pub(super) async fn visitor(site: &Site, parts: &Parts) -> Result<Option<Actor>, Response> {
    let Some(desk) = &site.desk else { return Ok(None) };
    if !is_same_origin(site, &parts.headers) {
        return Ok(None);
    }
    match cookie(&parts.headers, name(site)) {
        None => Ok(Some(Actor::Anonymous)),
        Some(secret) => session::actor(&desk.access, secret).await.map(Some).map_err(|error| failed(parts, &error)),
    }
}

/// Who reads a page: looking changes nothing, wherever the link was.
pub(super) async fn reader(site: &Site, parts: &Parts) -> Result<Actor, Response> {
    match (&site.desk, cookie(&parts.headers, name(site))) {
        (Some(desk), Some(secret)) => session::actor(&desk.access, secret).await.map_err(|error| failed(parts, &error)),
        _ => Ok(Actor::Anonymous),
    }
}

/// Tells the browser what to keep.
pub(super) fn keep(site: &Site, caller: &Caller, headers: &mut HeaderMap) {
    if let Some(keep) = caller.kept() {
        set(site, &keep, headers);
    }
}

/// Sets or removes the cookies of a session, or of one half begun.
pub(super) fn set(site: &Site, keep: &Keep, headers: &mut HeaderMap) {
    let secure = if is_https(site) { "; Secure" } else { "" };
    let kept = |name: &str, value: &str, age: i64| {
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}")
    };
    let hint = |value: &str, age: i64| format!("{HINT}={value}; Path=/; SameSite=Lax; Max-Age={age}{secure}");
    let (long, short) = (session::LONGEST.num_seconds(), half::WAITS.num_seconds());
    let cookies = match keep {
        Keep::Half(secret) => vec![kept(&half_name(site), secret.expose(), short)],
        Keep::Session(secret) => {
            vec![kept(name(site), secret.expose(), long), hint("1", long), kept(&half_name(site), "", 0)]
        }
        Keep::Nothing => vec![kept(name(site), "", 0), hint("", 0), kept(&half_name(site), "", 0)],
    };
    for cookie in cookies {
        if let Ok(mut value) = HeaderValue::from_str(&cookie) {
            value.set_sensitive(true);
            headers.append(header::SET_COOKIE, value);
        }
    }
}

/// What a browser keeps that is half signed in.
pub(super) fn half_secret<'h>(site: &Site, headers: &'h HeaderMap) -> Option<&'h str> {
    cookie(headers, &half_name(site))
}

fn half_name(site: &Site) -> String {
    if is_https(site) { format!("__Host-{HALF}") } else { HALF.to_owned() }
}

/// The value of a cookie.
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(one, value)| *one == name && !value.is_empty()).map(|(_, value)| value)
}

/// Whether the world knows this site over TLS.
pub(super) fn is_https(site: &Site) -> bool {
    site.public_url.starts_with("https:")
}

/// The secret of the session that a browser has, whether or not it is good.
pub(super) fn secret<'h>(site: &Site, headers: &'h HeaderMap) -> Option<&'h str> {
    cookie(headers, name(site))
}

fn name(site: &Site) -> &'static str {
    if is_https(site) { COOKIE } else { PLAIN_COOKIE }
}

/// Whether a script of ours made the request.
fn is_ours(site: &Site, headers: &HeaderMap) -> bool {
    headers.get(CSRF).is_some_and(|value| value == "1") && is_same_origin(site, headers)
}

/// Whether a page of ours, or the reader's own hand, made the request. Browsers say so in `Sec-Fetch-Site`,
/// older ones in `Origin`; a request that says neither was made by no page.
fn is_same_origin(site: &Site, headers: &HeaderMap) -> bool {
    let origin = headers.get(header::ORIGIN);
    let is_exact = origin.is_some_and(|value| value == site.public_url.as_str());
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        // A page that sends no referrer has the origin `null`.
        Some(b"same-origin" | b"none") => {
            is_exact || origin.is_none_or(|value| value == "null" || is_hosts(headers, value))
        }
        Some(_) => false,
        None => is_exact,
    }
}

/// Whether an origin is the host that the request was sent to, such as `localhost` for 127.0.0.1. Only a
/// browser that has said that the page is ours gets this far.
fn is_hosts(headers: &HeaderMap, origin: &HeaderValue) -> bool {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    host.is_some_and(|host| origin.is_some_and(|(_, of)| of == host))
}

fn unknown_token() -> Response {
    let detail = "the token is not known, has expired or was revoked";
    let mut response = error::problem(StatusCode::UNAUTHORIZED, detail);
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// The answer when the database cannot say who somebody is.
fn failed(parts: &Parts, error: &app::Error) -> Response {
    let request_id = parts.extensions.get::<RequestId>().map_or("", |id| id.0.as_str());
    tracing::error!(request_id, error = %error, "who sends a request could not be found out");
    error::internal(error)
}
