//! Pages for one reader, such as the one to sign in at: read without a script, kept by nobody, and found by
//! no search engine.

use axum::{
    http::{HeaderMap, Uri, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use super::layout;
use crate::{atlas::Lang, graphql::transport_wire, texts::text};

/// The language that an address asks for, else the reader's.
pub(in crate::http) fn language(uri: &Uri, headers: &HeaderMap) -> Lang {
    let mut pairs = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let asked = pairs.find(|(key, _)| key == "lang").map(|(_, value)| value);
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    match transport_wire::Lang::negotiate(asked.as_deref(), accepted) {
        transport_wire::Lang::Es => Lang::ES,
        transport_wire::Lang::En => Lang::EN,
    }
}

/// A page that nobody keeps.
pub(in crate::http) fn private(lang: Lang, title: &str, body: &Markup) -> Response {
    document(lang, title, "private", &html! {}, body)
}

/// A page of the desk, with the ways to its other rooms.
pub(in crate::http) fn desk(lang: Lang, title: &str, nav: &Markup, body: &Markup) -> Response {
    document(lang, title, "desk", nav, body)
}

/// The page of a record's history: drawn by the server alone, for anybody.
pub(super) fn history_document(lang: Lang, title: &str, nav: &Markup, body: &Markup) -> Response {
    let mut response = document(lang, title, "desk", nav, body);
    // What its own headers are is said where it is finished.
    response.headers_mut().remove(header::VARY);
    response
}

fn document(lang: Lang, title: &str, class: &str, nav: &Markup, body: &Markup) -> Response {
    let name = text(lang, "page.name");
    let document = html! {
        (DOCTYPE)
        html lang=(lang.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " – " (name) }
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                @if let Some(frontend) = layout::frontend() {
                    @for style in &frontend.styles { link rel="stylesheet" href=(style); }
                }
            }
            body class=(class) {
                header class="top" { a class="brand" href="/" { (name) } (nav) }
                main id="main" { (body) }
            }
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "Accept-Language, Cookie"),
    ];
    (headers, document.into_string()).into_response()
}
