//! The files of the frontend, embedded in a release and read from `web/dist` in development. Copies
//! that the build has compressed are sent to whoever takes them; nothing is compressed here.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::{Site, error};
use crate::graphql::transport_wire::ranked;

/// The built frontend; empty where it has not been built.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Dist;

/// The bytes of a file of the frontend, such as its manifest.
pub fn bytes(path: &str) -> Option<Vec<u8>> {
    Dist::get(path).map(|file| file.data.into_owned())
}

/// The address of a font of the frontend, whose file has a hash behind this name.
pub(super) fn font(stem: &str) -> Option<String> {
    let found = Dist::iter().find(|path| path.starts_with(&format!("assets/{stem}-")) && path.ends_with(".woff2"));
    found.map(|path| format!("/{path}"))
}

/// The query console, unless it is switched off.
pub(super) async fn graphiql(State(site): State<Arc<Site>>, request: Request) -> Response {
    if !site.graphiql {
        return missing();
    }
    send("graphiql.html", request.headers())
}

/// The mark of the site: a point with those around it.
const FAVICON: &str = concat!(
    r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#005f56"/>"##,
    r##"<circle cx="16" cy="16" r="4.5" fill="white"/><circle cx="16" cy="16" r="9.5" fill="none" stroke="white" "##,
    r##"stroke-width="2.5" stroke-dasharray="1 6.46" stroke-linecap="round"/></svg>"##
);

/// The icon of the site: the frontend's, else our own.
pub(super) async fn favicon(request: Request) -> Response {
    if Dist::get("favicon.svg").is_some() {
        return send("favicon.svg", request.headers());
    }
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")], FAVICON)
        .into_response()
}

/// A file of the frontend, or the refusal of an address that nothing answers to.
pub(super) async fn file(request: Request) -> Response {
    if let Some(to) = super::page::straightened(request.uri()) {
        return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    if !matches!(*request.method(), Method::GET | Method::HEAD) || !is_public(path) {
        return missing();
    }
    send(path, request.headers())
}

fn missing() -> Response {
    error::problem(StatusCode::NOT_FOUND, "nothing is at this address")
}

/// The shell pages have addresses of their own; the manifest and the queries are read by the server.
fn is_public(path: &str) -> bool {
    let safe = !path.is_empty() && !path.split('/').any(|part| part.starts_with('.')) && !path.contains(['%', '\\']);
    let extension = path.rsplit('.').next().unwrap_or_default();
    safe && path != "persisted.json" && !matches!(extension, "html" | "br" | "gz")
}

fn send(path: &str, headers: &HeaderMap) -> Response {
    let Some(plain) = Dist::get(path) else { return missing() };
    let (file, encoding) = encoded(path, headers).map_or((plain, None), |(file, name)| (file, Some(name)));
    let etag = etag(&file);
    let matches = headers.get(header::IF_NONE_MATCH).is_some_and(|tags| {
        tags.to_str().is_ok_and(|tags| tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag))
    });
    let mut response = if matches {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(file.data.into_owned()));
        let mime = mime_guess::from_path(path).first_or_octet_stream();
        let text = mime.type_() == "text" || mime.subtype() == "javascript" || mime.subtype() == "json";
        let content_type = if text { format!("{mime}; charset=utf-8") } else { mime.to_string() };
        if let Ok(value) = HeaderValue::from_str(&content_type) {
            response.headers_mut().insert(header::CONTENT_TYPE, value);
        }
        if let Some(name) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        response
    };
    let headers = response.headers_mut();
    // Names under assets carry a hash of what they hold, so they never change.
    let keep = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=0, must-revalidate"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Ok(value) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, value);
    }
    response
}

fn encoded(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, &'static str)> {
    let accepted = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    let takes = |name: &str| ranked(accepted).any(|(one, quality)| one.eq_ignore_ascii_case(name) && quality > 0);
    [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(name, _)| takes(name))
        .find_map(|(name, ending)| Some((Dist::get(&format!("{path}.{ending}"))?, name)))
}

fn etag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let start = hash.iter().take(12).fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
    format!("\"{start:024x}\"")
}
