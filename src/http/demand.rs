//! The board of requests for data, read by everybody without a script; the form to ask for data; and the page to
//! support a request, for those who are signed in. What nobody has reviewed is on none of them.

mod ask;
mod support;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use entity::vocabulary::RequestStatus;
use maud::{Markup, html};

use super::form::{language, language_query};
use super::{Site, moment, page};
use crate::analysis::demand::{self, Asked, Order};
use crate::atlas::{self, Atlas, Lang, RequestIx};
use crate::domain::demand::{Supporter, is_open, is_settled};
use crate::texts::{text, words_of};

/// Where the board is.
const BOARD: &str = "/requests";
/// Requests on one page of the board.
const SHOWN: usize = 100;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(BOARD, get(board)).route("/requests/{slug}", get(one))
}

/// The pages that change something, where there is a record to change.
pub(super) fn forms() -> Router<Arc<Site>> {
    Router::new()
        .route("/requests/new", get(ask::show).post(ask::send))
        .route("/requests/{slug}/support", get(support::show).post(support::send))
}

/// A reader of the board.
struct Reader<'a> {
    atlas: &'a Atlas,
    lang: Lang,
    /// The language as an address asks for it, with its question mark.
    query: String,
}

impl Reader<'_> {
    fn say(&self, key: &'static str) -> &'static str {
        text(self.lang, key)
    }

    fn link(&self, path: &str) -> String {
        format!("{path}{}", self.query)
    }

    fn status(&self, status: RequestStatus) -> String {
        words_of(self.lang, "page.requests.status", status.as_str())
    }

    fn number(&self, value: f64) -> String {
        let text = format!("{value:.1}");
        if self.lang == Lang::EN { text } else { text.replace('.', ",") }
    }

    fn body(&self, request: &atlas::Request) -> Markup {
        html! {
            @if let Some(body) = request.publisher {
                @let slug = self.atlas.str(self.atlas.organisation(body).slug);
                a href=(self.link(&format!("/publishers/{slug}"))) { (self.atlas.name(body, self.lang).value) }
            } @else { (self.say("page.requests.noPublisher")) }
        }
    }

    /// The terms of a request: what is due, late, planned.
    fn term(&self, request: &atlas::Request) -> Markup {
        let late = demand::is_overdue(self.atlas, request);
        html! {
            @if late { strong { (self.say("page.requests.overdue")) } " " }
            @if let (Some(due), None) = (request.due_on, request.answered_on) { (self.say("page.requests.due")) " " time { (due) } }
            @else if let (Some(planned), RequestStatus::AcceptedPlanned) = (request.planned_on, request.status) {
                (self.say("page.requests.planned")) " " time { (planned) }
            }
            @else if let Some(published) = request.published_on { (self.say("page.requests.publishedOn")) " " time { (published) } }
        }
    }

    /// A page that everybody sees alike.
    fn page(&self, title: &str, body: &Markup) -> Response {
        let nav = html! {
            nav aria-label=(self.say("shell.nav")) { ul {
                @for (path, key) in [("/explore", "nav.explore"), ("/publishers", "nav.publishers"), ("/datasets", "nav.datasets"), (BOARD, "nav.requests")] {
                    li { a href=(self.link(path)) aria-current=[(path == BOARD).then_some("page")] { (self.say(key)) } }
                }
                @for (lang, name) in [("es", "Español"), ("en", "English")] {
                    @if lang != self.lang.as_str() { li { a href={ "?lang=" (lang) } lang=(lang) hreflang=(lang) { (name) } } }
                }
            } }
        };
        page::board(self.lang, title, &nav, body)
    }
}

async fn board(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let atlas = match moment::now(&site, &parts.headers) {
        Ok(atlas) => atlas,
        Err(response) => return response,
    };
    let reader = Reader { atlas: &atlas, lang: language(&parts), query: language_query(&parts) };
    let pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let asked_for = |key: &str| {
        pairs.iter().find(|(name, value)| name == key && !value.is_empty()).map(|(_, value)| value.as_str())
    };
    let asked = Asked {
        publishers: asked_for("publisher").and_then(|slug| atlas.organisation_by_slug(slug)).into_iter().collect(),
        sectors: asked_for("sector").and_then(|code| atlas.code("od500_category", code)).into_iter().collect(),
        statuses: asked_for("status").and_then(|word| word.parse().ok()).into_iter().collect(),
        text: asked_for("q").map(str::to_owned),
    };
    let order = match asked_for("sort") {
        Some("newest") => Order::Newest,
        Some("due") => Order::Due,
        _ => Order::Heat,
    };
    let list = demand::requests(&atlas, &asked, order);
    let whole = demand::demand(&atlas, &asked);
    let hottest = list.iter().map(|&ix| demand::heat_of(&atlas, atlas.request(ix)).0).fold(1.0, f64::max);
    let body = html! {
        h1 { (reader.say("page.requests.title")) }
        p { (reader.say("page.requests.lede")) }
        p { a class="btn primary" href=(reader.link("/requests/new")) { (reader.say("page.requests.ask")) } }
        (summary(&reader, &whole))
        (narrow(&reader, &pairs))
        @if list.is_empty() { p { (reader.say("page.requests.none")) } }
        ol class="requests" {
            @for &ix in list.iter().take(SHOWN) { (row(&reader, ix, hottest)) }
        }
        p class="small" { (reader.say("page.requests.heatNote")) }
    };
    reader.page(reader.say("page.requests.title"), &body)
}

fn summary(reader: &Reader<'_>, whole: &demand::Demand) -> Markup {
    let rate = whole.punctuality.on_time_rate.map(|rate| format!("{:.0} %", rate * 100.0));
    html! {
        dl class="sums" {
            div { dt { (reader.say("page.requests.count")) } dd { (whole.requests) } }
            div { dt { (reader.say("page.requests.open")) } dd { (whole.open) } }
            div { dt { (reader.say("page.requests.overdueCount")) } dd { (whole.punctuality.overdue) } }
            div { dt { (reader.say("page.requests.onTime")) } dd {
                (rate.as_deref().unwrap_or("–"))
                @let n = whole.punctuality.answered + whole.punctuality.overdue;
                @if n > 0 { " (n " (n) ")" }
            } }
            div { dt { (reader.say("page.requests.blocked")) } dd { (whole.blocked) } }
        }
    }
}

/// The form that narrows the board down.
fn narrow(reader: &Reader<'_>, pairs: &[(String, String)]) -> Markup {
    let atlas = reader.atlas;
    let has = |key: &str, value: &str| pairs.iter().any(|(name, one)| name == key && one == value);
    let mut bodies: Vec<_> = atlas.requests().filter_map(|ix| atlas.request(ix).publisher).collect();
    bodies.sort_unstable();
    bodies.dedup();
    let mut sectors: Vec<_> = atlas
        .requests()
        .flat_map(|ix| {
            atlas.request(ix).named(atlas).filter_map(|org| atlas.organisation(org).sector).collect::<Vec<_>>()
        })
        .collect();
    sectors.sort_unstable();
    sectors.dedup();
    html! {
        form method="get" action=(BOARD) class="narrow" {
            @if !reader.query.is_empty() { input type="hidden" name="lang" value=(reader.lang.as_str()); }
            label { (reader.say("page.requests.publisher"))
                select name="publisher" class="field" {
                    option value="" { (reader.say("page.requests.all")) }
                    @for body in bodies {
                        @let slug = atlas.str(atlas.organisation(body).slug);
                        option value=(slug) selected[has("publisher", slug)] { (atlas.name(body, reader.lang).value) }
                    }
                }
            }
            label { (reader.say("page.requests.sector"))
                select name="sector" class="field" {
                    option value="" { (reader.say("page.requests.all")) }
                    @for code in sectors {
                        @let word = atlas.str(atlas.code_row(code).code);
                        option value=(word) selected[has("sector", word)] { (atlas.label(atlas.code_row(code).label, reader.lang).value) }
                    }
                }
            }
            label { (reader.say("page.requests.statusLabel"))
                select name="status" class="field" {
                    option value="" { (reader.say("page.requests.all")) }
                    @for status in RequestStatus::ALL.iter().filter(|status| **status != RequestStatus::Submitted) {
                        option value=(status.as_str()) selected[has("status", status.as_str())] { (reader.status(*status)) }
                    }
                }
            }
            label { (reader.say("page.requests.sort"))
                select name="sort" class="field" {
                    @for (word, key) in [("heat", "page.requests.byHeat"), ("newest", "page.requests.byNewest"), ("due", "page.requests.byDue")] {
                        option value=(word) selected[has("sort", word)] { (reader.say(key)) }
                    }
                }
            }
            button type="submit" class="btn" { (reader.say("page.requests.narrow")) }
        }
    }
}

fn row(reader: &Reader<'_>, ix: RequestIx, hottest: f64) -> Markup {
    let request = reader.atlas.request(ix);
    let (heat, _) = demand::heat_of(reader.atlas, request);
    let slug = reader.atlas.str(request.slug);
    html! {
        li {
            h2 { a href=(reader.link(&format!("{BOARD}/{slug}"))) lang=(request.lang.as_str()) { (reader.atlas.str(request.title)) } }
            p { span class="chip" { (reader.status(request.status)) } " " (reader.body(request)) " " (reader.term(request)) }
            p class="heat" {
                meter aria-hidden="true" min="0" max=(hottest) value=(heat) {}
                " " b { (reader.number(heat)) } " " (reader.say("page.requests.heat")) " · " (supporters(reader, request))
            }
        }
    }
}

fn supporters(reader: &Reader<'_>, request: &atlas::Request) -> String {
    let fill = |key, count: u32| reader.say(key).replace("{n}", &count.to_string());
    [
        fill("page.requests.organisations", request.count(Supporter::Organisation)),
        fill("page.requests.persons", request.count(Supporter::Person)),
        fill("page.requests.blockedOf", request.blocked()),
    ]
    .join(", ")
}

async fn one(State(site): State<Arc<Site>>, Path(slug): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let atlas = match moment::now(&site, &parts.headers) {
        Ok(atlas) => atlas,
        Err(response) => return response,
    };
    let reader = Reader { atlas: &atlas, lang: language(&parts), query: language_query(&parts) };
    let Some(ix) = atlas.request_by_slug(&slug) else {
        let body = html! { h1 { (reader.say("gone.title")) } p { a href=(reader.link(BOARD)) { (reader.say("page.requests.title")) } } };
        let mut response = reader.page(reader.say("gone.title"), &body);
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let row = atlas.request(ix);
    let (heat, business) = demand::heat_of(&atlas, row);
    let lang = row.lang.as_str();
    let mut named: Vec<_> = row.named(&atlas).collect();
    named.sort_unstable();
    let body = html! {
        p { a href=(reader.link(BOARD)) { (reader.say("page.requests.title")) } }
        h1 lang=(lang) { (atlas.str(row.title)) }
        p { span class="chip" { (reader.status(row.status)) } " " (reader.body(row)) " " (reader.term(row)) }
        @for text in [row.description, row.purpose].into_iter().flatten() { p lang=(lang) { (atlas.str(text)) } }
        dl class="sums" {
            div { dt { (reader.say("page.requests.heat")) } dd { (reader.number(heat)) } }
            div { dt { (reader.say("page.requests.businessHeat")) } dd { (reader.number(business)) } }
            div { dt { (reader.say("page.requests.blocking")) } dd { (words_of(reader.lang, "page.requests.reason", row.blocking.as_str())) } }
            @for (key, value) in [("page.requests.frequency", row.frequency), ("page.requests.format", row.format)] {
                @if let Some(value) = value { div { dt { (reader.say(key)) } dd lang=(lang) { (atlas.str(value)) } } }
            }
            div { dt { (reader.say("page.requests.since")) } dd { time { (row.submitted_on) } } }
        }
        @if let Some(same) = row.duplicate_of {
            p { (reader.say("page.requests.sameAs")) " " a href=(reader.link(&format!("{BOARD}/{}", atlas.str(atlas.request(same).slug)))) { (atlas.str(atlas.request(same).title)) } }
        }
        h2 { (reader.say("page.requests.answerTitle")) }
        @if let Some(answer) = row.answer { p lang=(row.answer_lang.as_str()) { (atlas.str(answer)) } }
        @else { p { (reader.say("page.requests.noAnswer")) } }
        @if let Some(basis) = row.legal_basis { p { (reader.say("page.requests.legalBasis")) ": " span lang=(row.answer_lang.as_str()) { (atlas.str(basis)) } } }
        @if !row.datasets.is_empty() {
            h2 { (reader.say("page.requests.ledTo")) }
            ul { @for &dataset in &row.datasets {
                li { a href=(reader.link(&format!("/datasets/{}", atlas.str(atlas.dataset(dataset).slug)))) { (atlas.title(dataset, reader.lang).value) } }
            } }
        }
        h2 { (reader.say("page.requests.who")) }
        p { (supporters(&reader, row)) ". " (reader.say("page.requests.personsNote")) }
        @if !named.is_empty() {
            ul { @for org in named {
                @let listed = atlas.listed().contains(org.get());
                @let start = if listed { "/organisations/" } else { "/publishers/" };
                li { a href=(reader.link(&format!("{start}{}", atlas.str(atlas.organisation(org).slug)))) { (atlas.name(org, reader.lang).value) } }
            } }
        }
        @if !is_settled(row.status) {
            p { a class="btn primary" href=(reader.link(&format!("{BOARD}/{slug}/support"))) { (reader.say("page.requests.support")) } }
        }
        @if is_open(row.status) && row.forwarded_on.is_none() { p class="small" { (reader.say("page.requests.notForwarded")) } }
    };
    reader.page(atlas.str(row.title), &body)
}
