//! The queue of the review: filters in the address, counts, pages, and decisions on many cases at once, each with a
//! preview.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use chrono::TimeDelta;
use entity::id::ReviewCaseId;
use entity::vocabulary::CaseKind;
use maud::{Markup, html};

use super::frame::Frame;
use super::review_words;
use crate::app::review::decide::{self, Decision, Verdict};
use crate::app::review::queue::{self, Listed, Page};
use crate::app::review::{Filter, queue::assignee_of};
use crate::app::{Context, Error};
use crate::domain::access::Actor;
use crate::http::Site;
use crate::http::form::{Sent, see_other};
use crate::texts::words_of;

/// Where the queue is.
pub(super) const QUEUE: &str = "/desk/review";
/// A form of many cases is longer than most.
const FORM_BYTES: usize = 32_768;
/// How many cases a page shows.
const FIRST: u64 = 25;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(QUEUE, get(show)).route("/desk/review/many", post(many))
}

/// What the address asks for.
#[derive(Clone, Debug, Default)]
struct Asked {
    pairs: Vec<(String, String)>,
}

impl Asked {
    fn of(query: Option<&str>) -> Self {
        let known = [
            "state",
            "kind",
            "assignee",
            "age",
            "problem",
            "person",
            "organisation",
            "publisher",
            "study",
            "wave",
            "after",
        ];
        let pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned();
        Self { pairs: pairs.filter(|(key, value)| known.contains(&key.as_str()) && !value.is_empty()).collect() }
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(one, _)| one == key).map(|(_, value)| value.as_str())
    }

    fn filter(&self, ctx: &Context, actor: &Actor) -> Filter {
        let id = |key: &str| self.get(key).and_then(|text| text.parse::<uuid::Uuid>().ok());
        let days = self.get("age").and_then(|text| text.parse::<i64>().ok()).filter(|days| (1..=3_650).contains(days));
        Filter {
            is_open: match self.get("state") {
                Some("all") => None,
                Some("decided") => Some(false),
                _ => Some(true),
            },
            kinds: self.get("kind").and_then(|word| word.parse().ok()).into_iter().collect(),
            study: id("study").map(Into::into),
            wave: id("wave").map(Into::into),
            publisher: id("publisher").map(Into::into),
            organisation: id("organisation").map(Into::into),
            assignee: self.get("assignee").and_then(|word| assignee_of(word, actor)),
            opened_before: days.map(|days| ctx.now() - TimeDelta::days(days)),
            has_problem: self.get("problem").map(|word| word == "1"),
            mentions_person: self.get("person").map(|word| word == "1"),
        }
    }

    /// The same address with one part put anew, from its first page.
    fn with(&self, key: &str, value: Option<&str>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (one, of) in self.pairs.iter().filter(|(one, _)| one != key && one != "after") {
            query.append_pair(one, of);
        }
        if let Some(value) = value {
            query.append_pair(key, value);
        }
        let query = query.finish();
        if query.is_empty() { QUEUE.to_owned() } else { format!("{QUEUE}?{query}") }
    }
}

async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let asked = Asked::of(parts.uri.query());
    let filter = asked.filter(frame.ctx, &frame.actor);
    let at = (asked.get("after"), FIRST);
    match queue::page(frame.ctx, &frame.actor, &filter, at, frame.lang.as_str()).await {
        Ok(page) => frame.page("page.review.title", &body(&frame, &asked, &page)),
        Err(error) => frame.refused(&error),
    }
}

fn body(frame: &Frame<'_>, asked: &Asked, page: &Page) -> Markup {
    let all: i64 = page.kinds.iter().map(|(_, count)| count).sum();
    html! {
        h1 { (frame.say("page.review.title")) }
        p class="muted" { (frame.say("page.review.text")) }
        (filters(frame, asked))
        nav aria-label=(frame.say("page.review.kinds")) {
            ul class="pills" {
                li { (pill(frame, asked, None, all)) }
                @for (kind, count) in &page.kinds { li { (pill(frame, asked, Some(*kind), *count)) } }
            }
        }
        @if page.cases.is_empty() {
            p class="empty" { b { (frame.say("page.review.empty")) } (frame.say("page.review.emptyText")) }
        } @else {
            form method="post" action=(frame.link("/desk/review/many")) data-bulk {
                (frame.hidden())
                p class="small muted" { (frame.say("page.review.found")) ": " b { (page.total) } }
                ul class="cases" data-rows { @for one in &page.cases { (row(frame, one)) } }
                (bulk(frame))
            }
        }
        @if let Some(next) = &page.next {
            p { a class="btn" rel="next" href=(frame.link(&asked.with("after", Some(next)))) { (frame.say("page.review.next")) } }
        }
        (keys(frame))
    }
}

fn pill(frame: &Frame<'_>, asked: &Asked, kind: Option<CaseKind>, count: i64) -> Markup {
    let is_here = asked.get("kind") == kind.map(CaseKind::as_str);
    html! {
        a class="pill" href=(frame.link(&asked.with("kind", kind.map(CaseKind::as_str)))) aria-current=[is_here.then_some("true")] {
            @match kind {
                Some(kind) => { (words_of(frame.lang, "page.review.kind", kind.as_str())) }
                None => { (frame.say("page.review.all")) }
            }
            " " span class="num" { (count) }
        }
    }
}

fn filters(frame: &Frame<'_>, asked: &Asked) -> Markup {
    let choice = |name: &'static str, label: &'static str, options: &[(&'static str, &'static str)]| {
        html! {
            label { span { (frame.say(label)) }
                select class="field" name=(name) {
                    @for (value, key) in options {
                        option value=(value) selected[asked.get(name).unwrap_or_default() == *value] { (frame.say(key)) }
                    }
                }
            }
        }
    };
    html! {
        form method="get" action=(QUEUE) class="filters" {
            @for key in ["kind", "organisation", "publisher", "study", "wave"] {
                @if let Some(value) = asked.get(key) { input type="hidden" name=(key) value=(value); }
            }
            input type="hidden" name="lang" value=(frame.lang);
            (choice("state", "page.review.state", &[("", "page.review.waiting"), ("decided", "page.review.decided"), ("all", "page.review.any")]))
            (choice("assignee", "page.review.assignee", &[("", "page.review.any"), ("me", "page.review.mine"), ("nobody", "page.review.nobodys")]))
            (choice("age", "page.review.age", &[("", "page.review.any"), ("7", "page.review.week"), ("30", "page.review.month")]))
            (choice("problem", "page.review.problems", &[("", "page.review.any"), ("1", "page.review.with"), ("0", "page.review.without")]))
            (choice("person", "page.review.persons", &[("", "page.review.any"), ("1", "page.review.with"), ("0", "page.review.without")]))
            button class="btn" { (frame.say("page.review.apply")) }
        }
    }
}

fn row(frame: &Frame<'_>, one: &Listed) -> Markup {
    let case = &one.case;
    html! {
        li data-row {
            input type="checkbox" name="case" value={ (case.id) "." (case.version) } aria-label={ (frame.say("page.review.choose")) ": " (review_words::headline(frame, case.kind, &one.headline)) };
            div {
                p class="kicker" {
                    (words_of(frame.lang, "page.review.kind", case.kind.as_str()))
                    @if let Some(name) = &one.organisation { " · " (name) }
                    " · " (frame.day(case.opened_at.date_naive()))
                }
                a href=(frame.link(&format!("{QUEUE}/{}", case.id))) {
                    @if one.is_sealed { (frame.say("page.review.sealed")) } @else if one.headline.is_empty() { (frame.say("page.review.untitled")) } @else { (review_words::headline(frame, case.kind, &one.headline)) }
                }
                p class="marks" {
                    span class="chip" { (words_of(frame.lang, "page.review.status", case.status.as_str())) }
                    @if let Some(name) = &one.assignee { span class="chip" { (name) } }
                    @if let Some(problem) = case.problem { span class="chip warn" { (words_of(frame.lang, "page.review.problem", problem.as_str())) } }
                    @if case.mentions_person { span class="chip warn" { (frame.say("page.review.person")) } }
                }
            }
        }
    }
}

fn bulk(frame: &Frame<'_>) -> Markup {
    html! {
        fieldset class="verdict" {
            legend { (frame.say("page.review.many")) " " output data-count {} }
            label { span { (frame.say("page.review.reason")) } input class="field" name="reason" maxlength="600" autocomplete="off"; }
            div class="actions" {
                button class="btn" name="action" value="preview-reject" { (frame.say("page.review.previewReject")) }
                button class="btn main" name="action" value="preview-accept" { (frame.say("page.review.previewAccept")) }
            }
        }
    }
}

/// What the keys do, for those who have the script.
pub(super) fn keys(frame: &Frame<'_>) -> Markup {
    html! {
        details class="keys" data-keys hidden {
            summary { (frame.say("page.review.keys")) }
            dl {
                @for (key, text) in [
                    ("j", "page.review.keyDown"), ("k", "page.review.keyUp"), ("x", "page.review.keyChoose"),
                    ("Enter", "page.review.keyOpen"), ("a", "page.review.keyAccept"), ("r", "page.review.keyReject"),
                    ("q", "page.review.keyAsk"), ("d", "page.review.keyDispute"), ("?", "page.review.keyHelp"),
                ] {
                    div { dt { kbd { (key) } } dd { (frame.say(text)) } }
                }
            }
        }
    }
}

async fn many(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, _) = match Sent::of_at_most(&site, request, FORM_BYTES).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let frame = match Frame::with(&site, &sent.parts, sent.actor.clone()) {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let cases: Vec<(ReviewCaseId, i64)> = sent.all("case").filter_map(case_version).collect();
    let (is_done, verdict) = match sent.field("action") {
        "preview-accept" => (false, Verdict::Accept),
        "preview-reject" => (false, Verdict::Reject),
        "accept" => (true, Verdict::Accept),
        "reject" => (true, Verdict::Reject),
        _ => return frame.refused(&Error::NotFound),
    };
    let decision = Decision { verdict, reason: sent.field("reason").to_owned(), target: None };
    match decide::decide_many(frame.ctx, &frame.actor, &cases, decision, is_done).await {
        Ok(_) if is_done => see_other(&frame.link(QUEUE)),
        Ok(outcomes) => frame.page("page.review.preview", &preview(&frame, &outcomes, verdict, sent.field("reason"))),
        Err(Error::Invalid(faults)) => {
            let key = if faults.iter().any(|fault| fault.field == "reason") {
                "page.review.reasonNeeded"
            } else {
                "page.review.chooseSome"
            };
            let back = html! {
                h1 { (frame.say("page.review.preview")) }
                p class="notice" role="alert" { (frame.say(key)) }
                p { a class="btn" href=(frame.link(QUEUE)) { (frame.say("page.review.back")) } }
            };
            let mut response = frame.page("page.review.preview", &back);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            response
        }
        Err(error) => frame.refused(&error),
    }
}

/// A case and the version that was looked at, as a form holds them.
pub(super) fn case_version(text: &str) -> Option<(ReviewCaseId, i64)> {
    let (id, version) = text.rsplit_once('.')?;
    Some((ReviewCaseId(id.parse().ok()?), version.parse().ok()?))
}

fn preview(
    frame: &Frame<'_>,
    outcomes: &[(ReviewCaseId, Result<decide::Decided, Error>)],
    verdict: Verdict,
    reason: &str,
) -> Markup {
    let possible = outcomes.iter().filter(|(_, done)| done.is_ok()).count();
    let action = if verdict == Verdict::Accept { "accept" } else { "reject" };
    html! {
        h1 { (frame.say("page.review.preview")) }
        p { (frame.say("page.review.possible")) ": " b { (possible) " / " (outcomes.len()) } }
        ul class="cases" {
            @for (id, done) in outcomes {
                li {
                    a href=(frame.link(&format!("{QUEUE}/{id}"))) {
                        @match done {
                            Ok(done) => { (words_of(frame.lang, "page.review.kind", done.case.kind.as_str())) }
                            Err(_) => { (frame.say("page.review.stuck")) }
                        }
                    }
                    @match done {
                        Ok(done) => {
                            p class="marks" {
                                span class="chip" { (words_of(frame.lang, "page.review.status", done.case.status.as_str())) }
                                @if let Some(grade) = done.grade { span class="chip" { (frame.say("page.review.grade")) " " (grade.as_str()) } }
                                span class="chip" { (frame.say("page.review.rows")) " " (done.rows) }
                            }
                        }
                        Err(error) => { p class="small" { (frame.why(error)) } }
                    }
                }
            }
        }
        form method="post" action=(frame.link("/desk/review/many")) class="verdict" {
            (frame.hidden())
            @for (id, done) in outcomes {
                @if let Ok(done) = done { input type="hidden" name="case" value={ (id) "." (done.case.version - 1) }; }
            }
            input type="hidden" name="reason" value=(reason);
            div class="actions" {
                a class="btn" href=(frame.link(QUEUE)) { (frame.say("page.review.back")) }
                @if possible > 0 { button class="btn main" name="action" value=(action) { (frame.say("page.review.decideAll")) } }
            }
        }
    }
}
