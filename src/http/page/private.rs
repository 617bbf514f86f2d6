//! Pages for one reader, such as the one to sign in at: read without a script, kept by nobody, and found by
//! no search engine.

use std::sync::LazyLock;

use axum::{
    http::{HeaderMap, HeaderName, Method, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use super::{layout, trouble::in_language};
use crate::{atlas::Lang, graphql::transport_wire, http::assets, texts::text};

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
    kept_by_nobody(&document(lang, title, "private", (&html! {}, &html! {}, &html! {}), body))
}

/// The same at an address that can be read in the other language too.
pub(in crate::http) fn private_at(parts: &Parts, lang: Lang, title: &str, body: &Markup) -> Response {
    let way = html! { @if parts.method == Method::GET { (other_language(&parts.uri, lang)) } };
    kept_by_nobody(&document(lang, title, "private", (&html! {}, &way, &html! {}), body))
}

/// The same of an answer to a form: in the other language the page of the form can be read, which stands at `page`.
pub(in crate::http) fn private_of(parts: &Parts, page: &str, lang: Lang, title: &str, body: &Markup) -> Response {
    let query = parts.uri.query().unwrap_or_default();
    let address = format!("{page}?{query}").parse().unwrap_or_else(|_| parts.uri.clone());
    kept_by_nobody(&document(lang, title, "private", (&html! {}, &other_language(&address, lang), &html! {}), body))
}

/// A page with a form for whoever comes, such as a report: with the ways around the site, of which the form belongs to
/// `room`.
pub(in crate::http) fn of_site(parts: &Parts, room: Option<&str>, lang: Lang, title: &str, body: &Markup) -> Response {
    // Beside the name, where a phone shows it too.
    let way = html! { @if parts.method == Method::GET { (other_language(&parts.uri, lang)) } };
    let ways = around(lang, room);
    kept_by_nobody(&document(lang, title, "desk private site", (&html! {}, &way, &ways), body))
}

/// The ways around the site.
pub(super) fn around(lang: Lang, room: Option<&str>) -> Markup {
    html! {
        nav aria-label=(text(lang, "shell.nav")) { ul {
            @for (path, key) in layout::WAYS {
                li { a href={ (path) "?lang=" (lang) } aria-current=[(room == Some(path)).then_some("true")] { (text(lang, key)) } }
            }
        } }
    }
}

/// The way to an address in the language that the reader does not read now.
pub(super) fn other_language(address: &Uri, lang: Lang) -> Markup {
    let (other, name) = other(lang);
    html! { a class="account" href=(in_language(address, other.as_str())) lang=(other) hreflang=(other) { (name) } }
}

/// The language that the reader does not read now, and its name in itself.
pub(in crate::http) fn other(lang: Lang) -> (Lang, &'static str) {
    if lang == Lang::EN { (Lang::ES, "Español") } else { (Lang::EN, "English") }
}

/// A page of the desk, with the reader's own ways beside the name and those to its other rooms below.
pub(in crate::http) fn desk(lang: Lang, title: &str, (own, rooms): (&Markup, &Markup), body: &Markup) -> Response {
    kept_by_nobody(&document(lang, title, "desk", (&html! {}, own, rooms), body))
}

/// The same around a page of the reader's own, whose text is as narrow as on other pages of its kind.
pub(in crate::http) fn own_desk(lang: Lang, title: &str, (own, rooms): (&Markup, &Markup), body: &Markup) -> Response {
    kept_by_nobody(&document(lang, title, "desk private", (&html! {}, own, rooms), body))
}

/// The script that adds keys and selections to the desk, and the styles of the desk.
struct Helper {
    script: String,
    styles: Vec<String>,
}

/// `None` where the frontend has not been built.
fn helper() -> Option<&'static Helper> {
    static HELPER: LazyLock<Option<Helper>> = LazyLock::new(|| built("src/desk/main.ts"));
    HELPER.as_ref()
}

/// The styles of every page that the server draws alone.
fn drawn() -> &'static [String] {
    static DRAWN: LazyLock<Option<Helper>> = LazyLock::new(|| built("src/drawn.ts"));
    DRAWN.as_ref().map_or(&[], |of| of.styles.as_slice())
}

/// What the build of the frontend says of an entry.
fn built(source: &str) -> Option<Helper> {
    let manifest: serde_json::Value = serde_json::from_slice(&assets::bytes(".vite/manifest.json")?).ok()?;
    let entry = manifest.get(source)?;
    let styles = entry["css"].as_array().into_iter().flatten().filter_map(|file| file.as_str());
    Some(Helper {
        script: format!("/{}", entry["file"].as_str()?),
        styles: styles.map(|file| format!("/{file}")).collect(),
    })
}

/// The page of a record's history: drawn by the server alone, for anybody. Its headers are those of whoever finishes it.
pub(super) fn history_document(lang: Lang, title: &str, nav: &Markup, body: &Markup) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (headers, document(lang, title, "desk", (&html! {}, &html! {}, nav), body).into_string()).into_response()
}

/// A page in place of one that there is not, with what its head has to say besides, and what stands beside the name. It
/// runs nothing.
pub(super) fn instead(lang: Lang, title: &str, (head, own): (&Markup, &Markup), body: &Markup) -> Response {
    kept_by_nobody(&document(lang, title, "desk instead", (head, own, &around(lang, None)), body))
}

/// A whole page: what its head says besides, what stands beside the name of the site, and the ways below both.
fn document(
    lang: Lang,
    title: &str,
    class: &str,
    (head, own, ways): (&Markup, &Markup, &Markup),
    body: &Markup,
) -> Markup {
    let name = text(lang, "page.name");
    let is_helped = matches!(class, "desk" | "desk private");
    html! {
        (DOCTYPE)
        html lang=(lang.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { (title) " – " (name) }
                (head)
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                @if let Some(frontend) = layout::frontend() {
                    @for style in &frontend.styles { link rel="stylesheet" href=(style); }
                }
                @for style in drawn() { link rel="stylesheet" href=(style); }
                @if let (Some(helper), true) = (helper(), class.starts_with("desk")) {
                    @for style in &helper.styles { link rel="stylesheet" href=(style); }
                    @if is_helped { script type="module" src=(helper.script) {} }
                }
            }
            body class=(class) {
                header class="top" {
                    a class="brand" href="/" { (name) }
                    (own)
                    // Shown by the script, without which it could do nothing.
                    @if is_helped {
                        button type="button" class="icon" data-theme-switch data-light=(text(lang, "shell.light")) data-dark=(text(lang, "shell.dark")) hidden {}
                    }
                    (ways)
                }
                main id="main" { (body) }
            }
        }
    }
}

/// A document that nobody keeps.
pub(super) fn kept_by_nobody(document: &Markup) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "Accept-Language, Cookie"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    (headers, document.0.clone()).into_response()
}
