//! The plain pages: every address of the frontend answers with its facts and links, readable without
//! JavaScript, by search engines and in previews; the application mounts over them. Read from the atlas.

mod about;
mod area;
mod explore;
mod home;
mod identity;
mod layout;
mod method;
mod private;
mod profile;
mod schemes;
mod site_map;
mod study;
mod subject;
mod texts;

use std::sync::Arc;

use axum::{
    Router,
    extract::{OriginalUri, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::Markup;
use tower_http::compression::CompressionLayer;

use super::{Site, error};
use crate::{
    atlas::{Atlas, Lang},
    graphql::transport_wire,
};
pub(super) use private::{language, private};
use texts::Texts;

/// The version of the program, part of every page's `ETag`.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The addresses of the pages.
pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/", get(home::home))
        .route("/explore", get(explore::explore))
        .route("/organisations/{slug}", get(profile::organisation))
        .route("/publishers", get(subject::publishers))
        .route("/publishers/{slug}", get(profile::publisher))
        .route("/datasets", get(subject::datasets))
        .route("/datasets/{slug}", get(profile::dataset))
        .route("/sectors/{code}", get(subject::sector))
        .route("/sdgs/{number}", get(subject::sdg))
        .route("/areas/{code}", get(area::area))
        .route("/studies/{slug}", get(study::study))
        .route("/waves/{slug}", get(study::wave))
        .route("/method", get(method::method))
        .route("/schemes", get(schemes::schemes))
        .route("/schemes/{id}", get(schemes::scheme))
        .route("/about", get(about::about))
        .route("/id/{kind}/{id}", get(identity::identity))
        .route("/robots.txt", get(site_map::robots))
        .route("/sitemap.xml", get(site_map::index))
        .route("/sitemap/{part}", get(site_map::part))
        .layer(CompressionLayer::new())
}

/// What a page needs to know of its request.
struct View {
    site: Arc<Site>,
    atlas: Arc<Atlas>,
    lang: Lang,
    texts: &'static Texts,
    /// Path, undecoded.
    path: String,
    /// Query pairs, decoded.
    query: Vec<(String, String)>,
    /// The query string as it came, with its question mark; empty without one.
    search: String,
    headers: HeaderMap,
}

/// A page in words; `layout` puts it into HTML.
struct Page {
    title: String,
    description: String,
    body: Markup,
    /// What the page is about, for programs.
    linked: Vec<serde_json::Value>,
    /// Whether search engines may list it: filtered lists are without end.
    listed: bool,
}

impl View {
    /// Takes the record as it stands; the refusal when there is none yet, or the reader has this page.
    fn open(site: &Arc<Site>, uri: &OriginalUri, headers: HeaderMap) -> Result<Self, Response> {
        let Some(atlas) = (site.atlas)() else {
            let mut response =
                error::problem(StatusCode::SERVICE_UNAVAILABLE, "the record is still being loaded", &headers);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
            return Err(response);
        };
        let text = uri.query().unwrap_or_default();
        let query: Vec<(String, String)> = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        let asked = query.iter().find(|(key, _)| key == "lang").map(|(_, value)| value.as_str());
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let (lang, texts) = match transport_wire::Lang::negotiate(asked, accepted) {
            transport_wire::Lang::Es => (Lang::ES, &*texts::ES),
            transport_wire::Lang::En => (Lang::EN, &*texts::EN),
        };
        let search = if text.is_empty() { String::new() } else { format!("?{text}") };
        let path = uri.path().to_owned();
        let view = Self { site: Arc::clone(site), atlas, lang, texts, path, query, search, headers };
        let tags = view.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        if tags.is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == view.etag())) {
            return Err(view.finish(StatusCode::NOT_MODIFIED.into_response()));
        }
        Ok(view)
    }

    /// Names the state of the record and of the program that the page is made from.
    fn etag(&self) -> String {
        let built = layout::frontend().map_or("", |frontend| frontend.script.as_str());
        let built: u64 = built.bytes().fold(0, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        format!("W/\"{}-{}-{}-{VERSION}-{built:x}\"", self.atlas.revision, self.atlas.as_of, self.lang)
    }

    fn finish(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if let Ok(value) = HeaderValue::from_str(&self.etag()) {
            headers.insert(header::ETAG, value);
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
        headers.append(header::VARY, HeaderValue::from_static("Accept-Language"));
        response
    }

    /// The answer that shows a page.
    fn show(&self, page: &Page) -> Response {
        let html = layout::document(self, page).into_string();
        self.finish(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
    }

    /// The answer for an address that names nothing: a page that says so, with the application in it.
    fn missing(&self) -> Response {
        let text = |key| self.texts.get(key).to_owned();
        let page = Page {
            title: text("gone.title"),
            description: text("gone.text"),
            body: maud::html! {
                h1 { (self.texts.get("gone.title")) }
                p { (self.texts.get("gone.text")) }
                p { a href=(self.link("/explore")) { (self.texts.get("gone.explore")) } }
            },
            linked: Vec::new(),
            listed: false,
        };
        let html = layout::document(self, &page).into_string();
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::VARY, "Accept-Language"),
        ];
        (StatusCode::NOT_FOUND, headers, html).into_response()
    }

    /// The answer for an address that has moved; what the reader has filtered goes along.
    fn moved(&self, path: &str) -> Response {
        let to = format!("{path}{}", self.search);
        (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to), (header::CACHE_CONTROL, "no-cache".to_owned())])
            .into_response()
    }

    /// A link inside the site that keeps the language where it was chosen.
    fn link(&self, path: &str) -> String {
        match self.asked("lang") {
            Some(lang) => format!("{path}{}lang={lang}", if path.contains('?') { '&' } else { '?' }),
            None => path.to_owned(),
        }
    }

    /// A parameter of the address.
    fn asked(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The absolute address of a path.
    fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.site.public_url)
    }
}

/// What the handlers of pages take.
type Asked<T = ()> = (State<Arc<Site>>, OriginalUri, HeaderMap, Path<T>);

/// Opens the view, then makes the page; the refusals of both are answers.
fn answer<T>(
    (State(site), uri, headers, Path(path)): Asked<T>,
    make: impl FnOnce(&View, T) -> Result<Page, Response>,
) -> Response {
    let made = View::open(&site, &uri, headers).and_then(|view| make(&view, path).map(|page| view.show(&page)));
    match made {
        Ok(response) | Err(response) => response,
    }
}

/// A block of linked data without the fields that nothing is known of.
fn without_nulls(mut value: serde_json::Value) -> serde_json::Value {
    if let Some(object) = value.as_object_mut() {
        object.retain(|_, value| !value.is_null());
    }
    value
}

/// Percent-encodes one part of a path.
fn encoded(part: &str) -> String {
    url::form_urlencoded::byte_serialize(part.as_bytes()).collect::<String>().replace('+', "%20")
}
