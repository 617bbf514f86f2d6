//! The downloads: what the filters of an address select, as a file, sent as it is written.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{OriginalUri, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use futures_util::stream;
use tower_http::compression::CompressionLayer;

use super::{Site, error, moment};
use crate::{
    atlas::Lang,
    export::{COLUMNS, Export, Format, Order, What, cell::Guard, query},
    graphql::transport_wire,
};

/// What describes the columns of the files.
const DESCRIPTION: &str = "columns.md";

/// The addresses of the files.
pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/download/{file}", get(download)).layer(CompressionLayer::new())
}

async fn download(
    State(site): State<Arc<Site>>,
    uri: OriginalUri,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    if file == DESCRIPTION {
        let headers = [
            (header::CONTENT_TYPE, "text/markdown; charset=utf-8"),
            (header::CACHE_CONTROL, "public, max-age=0, must-revalidate"),
        ];
        return (headers, COLUMNS).into_response();
    }
    let named = file
        .split_once('.')
        .and_then(|(what, format)| Some((what.parse::<What>().ok()?, format.parse::<Format>().ok()?)));
    let Some((what, format)) = named.filter(|(what, format)| *format != Format::GeoJson || what.has_places()) else {
        return error::problem(StatusCode::NOT_FOUND, "nothing is at this address");
    };
    let text = uri.query().unwrap_or_default();
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    let asked = |key: &str| pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    let words = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let query = match if what == What::Requests { query::requests(words) } else { query::read(words) } {
        Ok(query) => query,
        Err(refusal) => return error::unread(&refusal),
    };
    let atlas = match moment::at(&site, query.moment).await {
        Ok(atlas) => atlas,
        Err(response) => return response,
    };
    let requests = match query.check(&atlas).and_then(|()| query.requests.asked(&atlas)) {
        Ok(requests) => requests,
        Err(refusal) => return error::unread(&refusal),
    };
    let (filter, shape) = (query.filter, query.shape);
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let lang = Lang::new(transport_wire::Lang::negotiate(asked("lang"), accepted).code());
    let guard = if asked("raw") == Some("1") { Guard::Off } else { Guard::On };
    let etag = format!("W/\"{}-{lang}-{}\"", moment::tag(&atlas), crate::BUILD);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if known.is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let base_url = site.public_url.clone();
        let export = Export::new(atlas, Order { what, format, filter, requests, shape, lang, guard, base_url });
        let name = export.name();
        let chunks = stream::iter(export.map(|chunk| Ok::<_, std::convert::Infallible>(Bytes::from(chunk))));
        let mut response = Response::new(Body::from_stream(chunks));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
        if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
            response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
        }
        response
    };
    let headers = response.headers_mut();
    // A table has no room for the day, the filter and the method that its rows hold under: the JSON of the same rows
    // begins with them.
    if format == Format::Csv {
        let search = if text.is_empty() { String::new() } else { format!("?{text}") };
        let link =
            format!("</download/{}.json{search}>; rel=\"describedby\"; type=\"application/json\"", what.as_str());
        if let Ok(value) = HeaderValue::from_str(&link) {
            headers.insert(header::LINK, value);
        }
    }
    let columns = format!("</download/{DESCRIPTION}>; rel=\"describedby\"; type=\"text/markdown\"");
    if let Ok(value) = HeaderValue::from_str(&columns) {
        headers.append(header::LINK, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    headers.append(header::VARY, HeaderValue::from_static("Accept-Language"));
    if let Ok(value) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, value);
    }
    response
}
