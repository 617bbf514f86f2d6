//! What stands around the pages of answer links: where a form came from, in which language, and the document.

use std::net::IpAddr;
use std::sync::LazyLock;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use crate::app::Context;
use crate::atlas::Lang;
use crate::graphql::transport_wire;
use crate::http::{Site, assets, edge::Who};
use crate::texts::text;

/// The use cases, where this server has them.
pub(super) fn context(site: &Site) -> Result<Context, Response> {
    site.record.clone().ok_or_else(|| StatusCode::NOT_FOUND.into_response())
}

/// Where a request is counted.
pub(super) fn address(parts: &Parts) -> IpAddr {
    parts.extensions.get().map_or(IpAddr::from([127, 0, 0, 1]), |Who(who)| *who)
}

/// Whether a page of ours sent the form. Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`; a
/// request that says neither was sent by no page. A page without a referrer has the origin `null`.
pub(super) fn is_same_origin(site: &Site, headers: &HeaderMap) -> bool {
    let origin = headers.get(header::ORIGIN);
    let is_exact = origin.is_some_and(|value| value == site.public_url.as_str());
    let of_host = |value: &HeaderValue| {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let of = value.to_str().ok().and_then(|origin| origin.split_once("://"));
        host.is_some_and(|host| of.is_some_and(|(_, of)| of == host))
    };
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        Some(b"same-origin" | b"none") => is_exact || origin.is_none_or(|value| value == "null" || of_host(value)),
        Some(_) => false,
        None => is_exact,
    }
}

/// The language that an address asks for, else the reader's.
pub(super) fn language(uri: &Uri, headers: &HeaderMap) -> Lang {
    let mut pairs = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let asked = pairs.find(|(key, _)| key == "lang").map(|(_, value)| value);
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    match transport_wire::Lang::negotiate(asked.as_deref(), accepted) {
        transport_wire::Lang::Es => Lang::ES,
        transport_wire::Lang::En => Lang::EN,
    }
}

/// The script that helps to answer, and its styles; none where the frontend has not been built.
struct Helper {
    script: String,
    styles: Vec<String>,
}

fn helper() -> Option<&'static Helper> {
    static HELPER: LazyLock<Option<Helper>> = LazyLock::new(|| {
        let manifest: serde_json::Value = serde_json::from_slice(&assets::bytes(".vite/manifest.json")?).ok()?;
        let entry = manifest.get("src/answer/main.ts")?;
        let styles = entry["css"].as_array().into_iter().flatten().filter_map(|file| file.as_str());
        Some(Helper {
            script: format!("/{}", entry["file"].as_str()?),
            styles: styles.map(|file| format!("/{file}")).collect(),
        })
    });
    HELPER.as_ref()
}

/// The page of another language.
pub(super) fn other_language(lang: Lang, path: &str) -> Markup {
    let (other, name) = other(lang);
    html! { a href={ (path) "?lang=" (other) } lang=(other) hreflang=(other) { (name) } }
}

/// The language that a page is not in: its code and its name.
pub(super) fn other(lang: Lang) -> (&'static str, &'static str) {
    if lang == Lang::EN { ("es", "Español") } else { ("en", "English") }
}

/// A page that nobody keeps and no search engine finds; `way` stands beside the name of the site.
pub(super) fn document(lang: Lang, title: &str, way: &Markup, body: &Markup) -> Response {
    let name = text(lang, "page.name");
    let document = html! {
        (DOCTYPE)
        html lang=(lang.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="robots" content="noindex";
                meta name="referrer" content="no-referrer";
                title { (title) " – " (name) }
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                @if let Some(helper) = helper() {
                    @for style in &helper.styles { link rel="stylesheet" href=(style); }
                    script type="module" src=(helper.script) {}
                }
            }
            body class="answering" {
                header { a class="brand" href="/" { (name) } (way) }
                main id="main" { (body) }
            }
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "Accept-Language"),
    ];
    (headers, document.into_string()).into_response()
}
