//! The queue of the review: filters in the address, counts, pages, and decisions on many cases at once, each with a
//! preview.

use std::collections::HashMap;
use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use entity::id::ReviewCaseId;
use entity::vocabulary::CaseKind;
use maud::{Markup, html};

use super::frame::Frame;
use super::review_filter::{self as filter, Asked};
use super::review_words;
use crate::app::Error;
use crate::app::review::Filter;
use crate::app::review::decide::{self, Decision, Verdict};
use crate::app::review::queue::{self, Choices, Listed, Page};
use crate::http::Site;
use crate::http::form::see_other;
use crate::http::said;
use crate::texts::phrases::DOT;
use crate::texts::phrases::Texts;
use crate::texts::words_of;

/// Where the queue is.
pub(super) const QUEUE: &str = "/desk/review";
/// Where many cases are decided at once.
const MANY: &str = "/desk/review/many";
/// A form of many cases is longer than most.
const FORM_BYTES: usize = 32_768;
/// How many cases a page shows.
const FIRST: u64 = 25;
/// The word of many decisions that were taken back.
const UNDONE: &str = "undoneMany";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(QUEUE, get(show)).route(MANY, get(many_preview).post(many))
}

async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let asked = Asked::of(parts.uri.query());
    let settled = asked.settled(&frame);
    if settled != asked {
        return see_other(&frame.link(&settled.on(QUEUE)));
    }
    let choices = match queue::choices(frame.ctx, &frame.actor).await {
        Ok(choices) => choices,
        Err(error) => return frame.refused(&error),
    };
    if let Some(named) = asked.unknown() {
        let mut response = frame.page("page.review.title", &not_found(&frame, &asked, &choices, named));
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return response;
    }
    let filter = asked.filter(frame.ctx, &frame.actor);
    let at = (asked.after(), FIRST);
    let page = match queue::page(frame.ctx, &frame.actor, &filter, at, frame.lang.as_str()).await {
        Ok(page) => page,
        Err(error) => return frame.refused(&error),
    };
    // Where a filter finds nothing, the page leads to what waits.
    let waits = if page.cases.is_empty() { waiting(&frame, Filter::default()).await } else { Ok(0) };
    match waits {
        Ok(waits) => frame.page("page.review.title", &body(&frame, &asked, &choices, (&page, waits))),
        Err(error) => frame.refused(&error),
    }
}

/// How many cases wait of those that match.
pub(super) async fn waiting(frame: &Frame<'_>, filter: Filter) -> Result<u64, Error> {
    let filter = Filter { is_open: Some(true), ..filter };
    Ok(queue::page(frame.ctx, &frame.actor, &filter, (None, 1), frame.lang.as_str()).await?.total)
}

/// The page where a name in the filter is that of no record.
fn not_found(frame: &Frame<'_>, asked: &Asked, choices: &Choices, named: &str) -> Markup {
    html! {
        h1 { (frame.say("page.review.title")) }
        (filter::form(frame, asked, choices))
        p class="notice" role="alert" { (Texts::of(frame.lang).fill("page.review.noSuchRecord", &[("name", named)])) }
    }
}

fn body(frame: &Frame<'_>, asked: &Asked, choices: &Choices, (page, waits): (&Page, u64)) -> Markup {
    let all: i64 = page.kinds.iter().map(|(_, count)| count).sum();
    // A kind that is asked for has its place also where there is none of it.
    let kind = asked.get("kind").and_then(|word| word.parse::<CaseKind>().ok());
    let missing = kind.filter(|kind| page.kinds.iter().all(|(one, _)| one != kind));
    html! {
        h1 { (frame.say("page.review.title")) }
        p class="muted" { (frame.say("page.review.text")) }
        (told(frame, asked))
        (filter::form(frame, asked, choices))
        @for (name, value) in asked.strange() {
            p class="notice" role="note" { (Texts::of(frame.lang).fill("page.review.strange", &[("name", name), ("value", value)])) }
        }
        @if all > 0 {
            nav aria-label=(frame.say("page.review.kinds")) {
                ul class="pills" {
                    li { (pill(frame, asked, None, all)) }
                    @for (kind, count) in &page.kinds { li { (pill(frame, asked, Some(*kind), *count)) } }
                    @if let Some(kind) = missing { li { (pill(frame, asked, Some(kind), 0)) } }
                }
            }
        }
        @if page.cases.is_empty() {
            // Only what is open waits.
            @let none = if asked.get("state").is_some() { "page.review.emptyFilter" } else { "page.review.empty" };
            p class="empty" {
                b { (frame.say(none)) }
                @if waits > 0 { a href=(frame.link(QUEUE)) { (Texts::of(frame.lang).count("page.review.seeWaiting", waits, &[])) } }
                @else { (frame.say("page.review.emptyText")) }
            }
        } @else {
            // Whoever does not decide chooses nothing: researchers recommend case by case.
            // What is decided is not decided again, but undone on its own page.
            @let decides = asked.get("state") != Some("decided") && frame.may(crate::domain::access::Action::DecideClaim);
            @let rows = html! {
                p class="small muted" { (frame.say("page.review.found")) ": " b { (page.total) } }
                ul class="cases" data-rows { @for one in &page.cases { (row(frame, asked, one, decides)) } }
            };
            @if decides {
                form method="post" action=(frame.link(&asked.words().on(MANY))) data-bulk { (frame.hidden()) (rows) (bulk(frame)) }
            } @else { (rows) }
        }
        @if asked.after().is_some() || page.next.is_some() {
            p class="actions" {
                @if asked.after().is_some() { a class="btn" href=(frame.link(&asked.words().on(QUEUE))) { (frame.say("page.review.first")) } }
                @if let Some(next) = &page.next { a class="btn" rel="next" href=(frame.link(&asked.with("after", Some(next)))) { (frame.say("page.review.next")) } }
            }
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

fn row(frame: &Frame<'_>, asked: &Asked, one: &Listed, decides: bool) -> Markup {
    let case = &one.case;
    html! {
        li data-row {
            @if decides { input type="checkbox" name="case" value={ (case.id) "." (case.version) } aria-label={ (frame.say("page.review.choose")) ": " (review_words::headline(frame, case.kind, &one.headline)) }; }
            div {
                p class="kicker" {
                    (words_of(frame.lang, "page.review.kind", case.kind.as_str()))
                    @if let Some(name) = &one.organisation { (DOT) bdi { (name) } }
                    (DOT) (frame.day(case.opened_at.date_naive()))
                }
                a href=(frame.link(&asked.words().on(&format!("{QUEUE}/{}", case.id)))) dir="auto" {
                    (called(frame, one))
                }
                p class="marks" {
                    span class="chip" { (words_of(frame.lang, "page.review.status", case.status.as_str())) }
                    @if let Some(name) = &one.assignee { span class="chip" { bdi { (name) } } }
                    @if let Some(problem) = case.problem { span class="chip warn" { (words_of(frame.lang, "page.review.problem", problem.as_str())) } }
                    @if case.mentions_person { span class="chip warn" { (frame.say("page.review.person")) } }
                }
            }
        }
    }
}

/// What a case is called: what it is about, as far as the reader may know.
fn called(frame: &Frame<'_>, one: &Listed) -> Markup {
    html! {
        @if one.is_sealed { (frame.say("page.review.sealed")) }
        @else if one.headline.is_empty() { (frame.say("page.review.untitled")) }
        @else { (review_words::headline(frame, one.case.kind, &one.headline)) }
    }
}

fn bulk(frame: &Frame<'_>) -> Markup {
    html! {
        fieldset class="verdict" {
            legend { (frame.say("page.review.many")) " " output data-count {} }
            label { span { (frame.say("page.review.reason")) } input class="field" name="reason" maxlength="600" autocomplete="off"; }
            div class="actions" {
                button class="btn" name="action" value="preview-reject" data-key="r" { (frame.say("page.review.previewReject")) " " kbd { "R" } }
                button class="btn main" name="action" value="preview-accept" data-key="a" { (frame.say("page.review.previewAccept")) " " kbd { "A" } }
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
                    ("Enter", "page.review.keyOpen"), ("b", "page.review.keyBack"), ("n", "page.review.keyPage"),
                    ("a", "page.review.keyAccept"), ("r", "page.review.keyReject"), ("q", "page.review.keyAsk"),
                    ("d", "page.review.keyDispute"), ("u", "page.review.keyUndo"), ("t", "page.review.keyTake"),
                    ("?", "page.review.keyHelp"),
                ] {
                    div { dt { kbd { (key) } } dd { (frame.say(text)) } }
                }
            }
        }
    }
}

/// Leads on to the preview, so that the way back from it leads to the queue; or decides what was previewed.
async fn many(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, frame) = match Frame::sent_at_most(&site, request, FORM_BYTES).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let asked = Asked::of(sent.parts.uri.query());
    let verdict = match sent.field("action") {
        word @ ("preview-accept" | "preview-reject") => {
            let verdict = word.trim_start_matches("preview-");
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(asked.words().pairs()).append_pair("verdict", verdict);
            query.extend_pairs(sent.all("case").map(|case| ("case", case)));
            query.append_pair("reason", sent.field("reason"));
            return see_other(&frame.link(&format!("{MANY}?{}", query.finish())));
        }
        "accept" => Verdict::Accept,
        "reject" => Verdict::Reject,
        "undo" => {
            let cases: Vec<_> = sent.all("case").filter_map(case_version).collect();
            return undo_many(&frame, &asked, &cases, sent.field("reason")).await;
        }
        _ => return frame.refused(&Error::NotFound),
    };
    let cases: Vec<_> = sent.all("case").filter_map(case_version).collect();
    let decision = Decision { verdict, reason: sent.field("reason").to_owned(), target: None };
    match decide::decide_many(frame.ctx, &frame.actor, &cases, decision, true).await {
        Ok(outcomes) => {
            let word = if verdict == Verdict::Accept { "acceptedMany" } else { "rejectedMany" };
            let done = outcomes.iter().filter_map(|(id, done)| Some((*id, done.as_ref().ok()?.case.version)));
            see_other(&frame.link(&after(&asked, word, done)))
        }
        Err(error) => undecided(&frame, &asked, &error),
    }
}

/// What was done to many cases just now, and the way back from it.
fn told(frame: &Frame<'_>, asked: &Asked) -> Markup {
    let query = frame.parts.uri.query().unwrap_or_default();
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let of = |key: &'static str| pairs.iter().filter(move |(one, _)| one == key).map(|(_, value)| value.as_str());
    let word = said::word(&frame.parts);
    let Some(word) = word.filter(|word| matches!(word.as_str(), "acceptedMany" | "rejectedMany" | UNDONE)) else {
        return html! {};
    };
    let cases: Vec<&str> = of("case").filter(|text| case_version(text).is_some()).take(decide::MOST).collect();
    let texts = Texts::of(frame.lang);
    html! {
        div class="notice good" role="status" {
            p { (texts.count(&format!("page.said.{word}"), cases.len() as u64, &[])) }
            @if word != UNDONE && !cases.is_empty() {
                form method="post" action=(frame.link(&asked.words().on(MANY))) class="actions" {
                    (frame.hidden())
                    @for case in &cases { input type="hidden" name="case" value=(case); }
                    label { span { (frame.say("page.review.reason")) } input class="field" name="reason" maxlength="600" required autocomplete="off"; }
                    button class="btn" name="action" value="undo" { (texts.count("page.review.undoMany", cases.len() as u64, &[])) }
                }
            }
        }
    }
}

/// Takes many decisions back, each as it stands; the first that cannot be says why.
async fn undo_many(frame: &Frame<'_>, asked: &Asked, cases: &[(ReviewCaseId, i64)], reason: &str) -> Response {
    let mut done = Vec::new();
    for &(id, version) in cases.iter().take(decide::MOST) {
        match decide::undo(frame.ctx, &frame.actor, (id, version), reason).await {
            Ok(case) => done.push((id, case.version)),
            Err(error) => return undecided(frame, asked, &error),
        }
    }
    see_other(&frame.link(&after(asked, UNDONE, done.into_iter())))
}

/// The queue after something was done to many cases, with what it was.
fn after(asked: &Asked, word: &str, cases: impl Iterator<Item = (ReviewCaseId, i64)>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(asked.words().pairs()).append_pair(said::SAID, word);
    query.extend_pairs(cases.map(|(id, version)| ("case", format!("{id}.{version}"))));
    format!("{QUEUE}?{}", query.finish())
}

/// What would happen to many cases; nothing does.
async fn many_preview(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let asked = Asked::of(parts.uri.query());
    let query = parts.uri.query().unwrap_or_default();
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let first = |key: &str| pairs.iter().find(|(one, _)| one == key).map_or("", |(_, value)| value.as_str());
    let verdict = match first("verdict") {
        "accept" => Verdict::Accept,
        "reject" => Verdict::Reject,
        _ => return see_other(&frame.link(&asked.words().on(QUEUE))),
    };
    let cases: Vec<_> = pairs.iter().filter(|(one, _)| one == "case").filter_map(|(_, at)| case_version(at)).collect();
    let reason = first("reason");
    let decision = Decision { verdict, reason: reason.to_owned(), target: None };
    match decide::decide_many(frame.ctx, &frame.actor, &cases, decision, false).await {
        Ok(outcomes) => {
            let ids: Vec<_> = outcomes.iter().map(|(id, _)| *id).collect();
            match queue::named(frame.ctx, &frame.actor, &ids, frame.lang.as_str()).await {
                Ok(named) => {
                    frame.page("page.review.preview", &preview(&frame, &asked, (&outcomes, &named), verdict, reason))
                }
                Err(error) => frame.refused(&error),
            }
        }
        Err(error) => undecided(&frame, &asked, &error),
    }
}

/// The page where many cases could not be decided at once.
fn undecided(frame: &Frame<'_>, asked: &Asked, error: &Error) -> Response {
    let Error::Invalid(faults) = error else { return frame.refused(error) };
    let is_reason = faults.iter().any(|fault| fault.field == "reason");
    let key = if is_reason { "page.review.reasonNeeded" } else { "page.review.chooseSome" };
    let body = html! {
        h1 { (frame.say("page.review.preview")) }
        p class="notice" role="alert" { (frame.say(key)) }
        p { a class="btn" href=(frame.link(&asked.words().on(QUEUE))) { (frame.say("page.review.back")) } }
    };
    let mut response = frame.page("page.review.preview", &body);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// A case and the version that was looked at, as a form holds them.
pub(super) fn case_version(text: &str) -> Option<(ReviewCaseId, i64)> {
    let (id, version) = text.rsplit_once('.')?;
    Some((ReviewCaseId(id.parse().ok()?), version.parse().ok()?))
}

/// Why a case cannot be decided with others.
fn not_so(frame: &Frame<'_>, one: Option<&Listed>, error: &Error) -> String {
    let me = frame.actor.account().map(|account| account.id.0);
    let is_own = one.is_some_and(|one| me.is_some() && one.case.proposer_id == me);
    match error {
        Error::Forbidden if is_own => frame.say("page.review.own").to_owned(),
        _ => frame.why(error),
    }
}

/// What becomes of a case.
type Outcome = (ReviewCaseId, Result<decide::Decided, Error>);

fn preview(
    frame: &Frame<'_>,
    asked: &Asked,
    (outcomes, named): (&[Outcome], &HashMap<ReviewCaseId, Listed>),
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
                    p class="kicker" {
                        @if let Some(one) = named.get(id) {
                            (words_of(frame.lang, "page.review.kind", one.case.kind.as_str()))
                            @if let Some(name) = &one.organisation { (DOT) bdi { (name) } }
                        }
                        @if done.is_err() { (DOT) (frame.say("page.review.notSo")) }
                    }
                    a href=(frame.link(&format!("{QUEUE}/{id}"))) dir="auto" {
                        @match named.get(id) {
                            Some(one) => (called(frame, one)),
                            None => (frame.say("page.review.untitled")),
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
                        Err(error) => { p class="small" { (not_so(frame, named.get(id), error)) } }
                    }
                }
            }
        }
        form method="post" action=(frame.link(&asked.words().on(MANY))) class="verdict" {
            (frame.hidden())
            @for (id, done) in outcomes {
                @if let Ok(done) = done { input type="hidden" name="case" value={ (id) "." (done.case.version - 1) }; }
            }
            input type="hidden" name="reason" value=(reason);
            div class="actions" {
                a class="btn" href=(frame.link(&asked.words().on(QUEUE))) { (frame.say("page.review.back")) }
                @if possible > 0 { button class="btn main" name="action" value=(action) { (frame.say("page.review.decideAll")) } }
            }
        }
    }
}
