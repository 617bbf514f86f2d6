//! The plain pages: every address of the frontend answers with its facts and links, readable without
//! JavaScript, by search engines and in previews; the application mounts over them. Read from the atlas.

mod about;
mod area;
mod cite;
mod day;
mod embed;
mod embed_charts;
mod embed_words;
mod explore;
mod flow;
mod gone;
mod history;
mod home;
mod identity;
mod impact;
mod kin;
mod layout;
mod method;
mod method_parts;
mod observed;
mod preview;
mod private;
mod profile;
mod profile_facts;
mod refusal;
mod requests;
mod schemes;
mod site_map;
mod speaking;
mod strange;
mod study;
mod subject;
mod titled;
mod trouble;
mod users;
mod views;

use std::sync::Arc;

use axum::{
    Router,
    extract::{OriginalUri, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use chrono::NaiveDate;
use maud::Markup;
use tower_http::compression::CompressionLayer;

use super::{Site, moment};
use crate::{
    atlas::{Atlas, Filter, Lang},
    export::query::{self, Moment},
    graphql::transport_wire,
    picture::card::Card,
    texts::phrases::{self, Texts},
};
pub(super) use private::{desk, language, of_site, other, own_desk, private, private_at, private_of};
pub(super) use titled::{among, within};
pub(super) use trouble::{Requested, in_language, public, trouble};

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
        .route("/{place}/{slug}/history", get(history::page))
        .route("/{place}/{slug}/history.json", get(history::json))
        .route("/sectors/{code}", get(subject::sector))
        .route("/sdgs/{number}", get(subject::sdg))
        .route("/areas/{code}", get(area::area))
        .route("/studies/{slug}", get(study::study))
        .route("/waves/{slug}", get(study::wave))
        .route("/waves/{slug}/impact", get(impact::page))
        .route("/waves/{slug}/impact.csv", get(impact::csv))
        .route("/waves/{slug}/impact.json", get(impact::json))
        .route("/requests", get(requests::board))
        .route("/requests/{slug}", get(requests::one))
        .route("/method", get(method::method))
        .route("/schemes", get(schemes::schemes))
        .route("/schemes/{id}", get(schemes::scheme))
        .route("/about", get(about::about))
        .route("/id/{kind}/{id}", get(identity::identity))
        .route("/preview/{*file}", get(preview::preview))
        .route("/embed/{file}", get(embed::embed))
        .route("/robots.txt", get(site_map::robots))
        .route("/sitemap.xml", get(site_map::index))
        .route("/sitemap/{part}", get(site_map::part))
        .layer(CompressionLayer::new())
}

/// What the addresses of pages begin with.
const SCREENS: [&str; 13] = [
    "explore",
    "organisations",
    "publishers",
    "datasets",
    "sectors",
    "sdgs",
    "areas",
    "studies",
    "waves",
    "requests",
    "method",
    "schemes",
    "about",
];

/// Where things are listed whose addresses begin so: whoever cuts the address of one off finds the others.
const LISTED: [(&str, &str); 6] = [
    ("organisations", "explore?view=table"),
    ("sectors", "explore?view=flow"),
    ("sdgs", "explore?view=flow&form=long"),
    ("areas", "explore"),
    ("studies", "about"),
    ("waves", "about"),
];

/// The address that a page has instead of one with a slash at its end, a screen in capitals, or nothing after it.
pub(super) fn straightened(uri: &Uri) -> Option<String> {
    let path = uri.path().strip_prefix('/')?;
    let (screen, rest) = path.split_once('/').map_or((path, ""), |(screen, rest)| (screen, rest));
    let (screen, rest) = (screen.to_ascii_lowercase(), rest.strip_suffix('/').unwrap_or(rest));
    if rest.is_empty()
        && let Some((_, list)) = LISTED.iter().find(|(one, _)| *one == screen)
    {
        let query = uri.query().map(|query| format!("{}{query}", if list.contains('?') { '&' } else { '?' }));
        return Some(format!("/{list}{}", query.unwrap_or_default()));
    }
    let slash = if rest.is_empty() { "" } else { "/" };
    let straight = format!("{screen}{slash}{rest}");
    let is_page = SCREENS.contains(&screen.as_str()) && !rest.contains('/') && straight != path;
    is_page.then(|| format!("/{straight}{}", uri.query().map(|query| format!("?{query}")).unwrap_or_default()))
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
    /// Path and query as they were asked for: a picture is drawn from the page of another path.
    address: String,
    headers: HeaderMap,
    /// The day and recording time that the address asks for, as far as they have come.
    moment: Moment,
    /// The day or recording time of the address that has not come yet: the latest record stands for it.
    to_come: Option<String>,
    /// The day the record begins, of the studies that the address names where it does, as it stands now.
    begins_on: Option<NaiveDate>,
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
    /// What its preview shows; without a title there is none.
    card: Card,
}

impl View {
    /// Takes the record of the day that the address asks for; the refusal when there is none yet, or the reader
    /// has this page.
    async fn open(site: &Arc<Site>, uri: &OriginalUri, headers: HeaderMap) -> Result<Self, Response> {
        let atlas = moment::now(site)?;
        let text = uri.query().unwrap_or_default();
        let query: Vec<(String, String)> = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        let asked = query.iter().find(|(key, _)| key == "lang").map(|(_, value)| value.as_str());
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let (lang, texts) = match transport_wire::Lang::negotiate(asked, accepted) {
            transport_wire::Lang::Es => (Lang::ES, &*phrases::ES),
            transport_wire::Lang::En => (Lang::EN, &*phrases::EN),
        };
        let search = if text.is_empty() { String::new() } else { format!("?{text}") };
        let words = query.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let chapters = query::of_address(words).map(|query| query.filter.chapter).unwrap_or_default();
        let (path, begins_on) = (uri.path().to_owned(), atlas.begins_for(&chapters));
        let address = format!("{path}{search}");
        let moment = Moment::default();
        let site = Arc::clone(site);
        let to_come = None;
        let mut view =
            Self { site, atlas, lang, texts, path, query, search, address, headers, moment, to_come, begins_on };
        view.moment = query::moment(view.pairs()).map_err(|refusal| view.refused(&refusal))?;
        view.atlas = moment::at(&view.site, view.moment).await?;
        view.keep_to_the_past();
        let tags = view.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        if tags.is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == view.etag())) {
            return Err(view.finish(StatusCode::NOT_MODIFIED.into_response()));
        }
        Ok(view)
    }

    /// The parameters of the address.
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Names the address, and the state of the record and of the program that its page is made from. Where one address
    /// has a page another may have none, which the name of the first must not stand for.
    fn etag(&self) -> String {
        let built = layout::frontend().map_or("", |frontend| frontend.script.as_str());
        let bytes = [built, self.address.as_str()].into_iter().flat_map(str::bytes);
        let made: u64 = bytes.fold(0, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        format!("W/\"{}-{}-{}-{made:x}\"", moment::tag(&self.atlas), self.lang, crate::BUILD)
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
            body: gone::gone(self.texts, &self.link("/explore"), &self.kept(false)),
            linked: Vec::new(),
            listed: false,
            card: Card::default(),
        };
        self.instead(StatusCode::NOT_FOUND, &page)
    }

    /// A page in place of the one that was asked for.
    fn instead(&self, status: StatusCode, page: &Page) -> Response {
        let html = layout::document(self, page).into_string();
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::VARY, "Accept-Language"),
        ];
        (status, headers, html).into_response()
    }

    /// The same for an address in capitals, unless its page has the same one in small letters.
    fn missing_or_lower(&self, start: &str, slug: &str) -> Response {
        let lower = slug.to_lowercase();
        if lower == slug { self.missing() } else { self.moved(&format!("{start}{}", encoded(&lower))) }
    }

    /// The answer for an address that has moved; what the reader has filtered goes along.
    fn moved(&self, path: &str) -> Response {
        let to = format!("{path}{}", self.search);
        (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to), (header::CACHE_CONTROL, "no-cache".to_owned())])
            .into_response()
    }

    /// A field for a text to look for among the organisations; within what this address selects, or in all.
    fn search(&self, is_within: bool) -> maud::Markup {
        gone::search(self.texts, self.asked("q").filter(|_| is_within), &self.kept(is_within))
    }

    /// What of the address a search keeps: within what is selected all but what is sought, elsewhere language and day.
    fn kept(&self, is_within: bool) -> Vec<(&str, &str)> {
        let is_kept = |key: &str| match key {
            "q" | "text" | "after" => false,
            "lang" | "asOf" | "knownAt" => true,
            _ => is_within,
        };
        self.pairs().filter(|(key, _)| is_kept(key)).collect()
    }

    /// A link to another part of this page: it keeps the study that speaks.
    fn further(&self, path: &str) -> String {
        self.with(path, &["lang", "asOf", "knownAt", "chapter"])
    }

    /// A link inside the site that keeps the language, the day and the recording time where they were chosen.
    fn link(&self, path: &str) -> String {
        self.with(path, &["lang", "asOf", "knownAt"])
    }

    /// A path with some of the parameters of this address.
    fn with(&self, path: &str, keys: &[&str]) -> String {
        let mut kept = url::form_urlencoded::Serializer::new(String::new());
        kept.extend_pairs(self.pairs().filter(|(key, _)| keys.contains(key)));
        match kept.finish() {
            kept if kept.is_empty() => path.to_owned(),
            kept => format!("{path}{}{kept}", if path.contains('?') { '&' } else { '?' }),
        }
    }

    /// This page in another language, its filters and its day kept.
    fn in_language(&self, lang: &str) -> String {
        let page = self.without(&["lang"]);
        format!("{page}{}lang={lang}", if page.contains('?') { '&' } else { '?' })
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

/// Opens the view, then makes the page; the refusals of both are answers. Of a day that the record does not reach
/// no figure can be given.
async fn answer<T>(asked: Asked<T>, make: impl FnOnce(&View, T) -> Result<Page, Response>) -> Response {
    answer_of_any_day(asked, |view, path| told(view, || make(view, path))).await
}

/// Makes a page, unless the record does not reach its day: that of the study that its address names, where it names one.
fn told(view: &View, make: impl FnOnce() -> Result<Page, Response>) -> Result<Page, Response> {
    let named = view.asked("chapter").unwrap_or_default().split(',');
    let is_study = |word: &&str| view.atlas.studies().any(|of| view.atlas.str(view.atlas.study(of).chapter) == *word);
    let chapter = named.filter(is_study).map(str::to_owned).collect();
    let is_told = view.moment.is_now() || view.atlas.reaches_for(&Filter { chapter, ..Filter::default() });
    if is_told { make() } else { Ok(view.unrecorded(view.begins_on)) }
}

/// The same for pages that hold on any day.
async fn answer_of_any_day<T>(
    (State(site), uri, headers, Path(path)): Asked<T>,
    make: impl FnOnce(&View, T) -> Result<Page, Response>,
) -> Response {
    let opened = View::open(&site, &uri, headers).await;
    match opened.and_then(|view| make(&view, path).map(|page| view.show(&page))) {
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
