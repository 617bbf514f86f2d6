//! The room of requests for data: curators show them, pass them on and end what leads nowhere; liaisons answer those
//! about their bodies. Each form calls the use case that the mutation of the same name calls.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    response::Response,
    routing::{get, post},
};
use entity::id::{DataRequestId, ProposalId};
use entity::vocabulary::{BlockingReason, RequestStatus, RowVisibility};
use maud::{Markup, html};
use uuid::Uuid;

use super::frame::Frame;
use super::pick::{self, Pick};
use crate::app::Error;
use crate::app::demand::{Request as Row, Support, answer, close, queue, triage, wishes};
use crate::domain::access::{Action, might};
use crate::domain::demand::{Step, advance, is_open};
use crate::http::Site;
use crate::http::demand::themes;
use crate::http::form::{Sent, language, see_other, with_language};
use crate::texts::phrases::DOT;
use crate::texts::phrases::Texts;
use crate::texts::{days, label};

/// Where the room is.
pub(super) const ROOM: &str = "/desk/requests";
/// Requests on one page.
const SHOWN: u64 = 100;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route(ROOM, get(list))
        .route("/desk/requests/{id}", get(one).post(act))
        .route("/desk/requests/wishes/{id}", post(decide))
}

async fn list(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let mut lists = Vec::new();
    for (title, statuses) in groups(&frame) {
        let wanted = queue::Wanted { statuses, first: SHOWN, ..queue::Wanted::default() };
        match queue::page(frame.ctx, &frame.actor, &wanted).await {
            Ok(page) => lists.push((title, page.requests)),
            Err(error) => return frame.refused(&error),
        }
    }
    let is_curator = might(&frame.actor, Action::TriageRequest, frame.ctx.now());
    let waiting = if is_curator { wishes::waiting(frame.ctx, &frame.actor).await } else { Ok(Vec::new()) };
    let waiting = match waiting {
        Ok(waiting) => waiting,
        Err(error) => return frame.refused(&error),
    };
    let body = html! {
        h1 { (frame.say("page.requests.desk")) }
        p { (frame.say("page.requests.deskText")) }
        @if lists.iter().all(|(_, rows)| rows.is_empty()) { p { (frame.say("page.requests.none")) } }
        // What waits for the reader stands first, wherever it came from.
        @for (at, (title, rows)) in lists.iter().enumerate() {
            @if !rows.is_empty() {
                section {
                    h2 { (frame.say(title)) }
                    ul class="requests" { @for row in rows { (listed(&frame, row)) } }
                }
            }
            @if at == 0 && is_curator {
                section {
                    h2 { (frame.say("page.requests.wishes")) }
                    @if waiting.is_empty() { p { (frame.say("page.requests.noWishes")) } }
                    @for wish in &waiting { (wish_form(&frame, wish)) }
                }
            }
        }
    };
    frame.page("page.requests.desk", &body)
}

/// What whoever reads has to do something about: a curator looks at what is new, a liaison answers what was passed on.
pub(super) fn looked_for(frame: &Frame<'_>) -> RequestStatus {
    if frame.may(Action::TriageRequest) { RequestStatus::Submitted } else { RequestStatus::Forwarded }
}

/// The lists of the room, with their titles: what waits for whoever reads, what is open besides, what has ended.
fn groups(frame: &Frame<'_>) -> [(&'static str, Vec<RequestStatus>); 3] {
    let first = looked_for(frame);
    let those = |of: &dyn Fn(RequestStatus) -> bool| -> Vec<RequestStatus> {
        RequestStatus::ALL.iter().copied().filter(|status| of(*status)).collect()
    };
    [
        ("page.requests.forYou", vec![first]),
        ("page.requests.open", those(&|status| is_open(status) && status != first)),
        ("page.requests.ended", those(&|status| !is_open(status))),
    ]
}

fn listed(frame: &Frame<'_>, row: &Row) -> Markup {
    html! {
        li {
            a href=(frame.link(&format!("{ROOM}/{}", row.entity_id))) lang=(row.lang) { (row.title) }
            p { span class="chip" { (label(frame.lang, "requests.status", row.status.as_str())) } " "
                (frame.say("page.requests.since")) " " (frame.day(row.submitted_on))
                @if let (Some(due), None) = (row.due_on, row.answered_on) { (DOT) (term(frame, due)) } }
        }
    }
}

fn wish_form(frame: &Frame<'_>, wish: &wishes::Waiting) -> Markup {
    let action = frame.link(&format!("{ROOM}/wishes/{}", wish.row.id));
    html! {
        section class="form-block" {
            h3 { (wish.wanted.title) }
            @for text in [&wish.wanted.publisher, &wish.wanted.purpose].into_iter().flatten() { p { (text) } }
            form method="post" action=(action) {
                (frame.hidden())
                (board(frame, "into", "page.requests.into", None))
                button type="submit" class="btn main" name="do" value="take" { (frame.say("page.requests.takeIn")) }
                label { (frame.say("page.requests.dismissWhy")) input class="field" name="reason" maxlength="300"; }
                button type="submit" class="btn" name="do" value="dismiss" { (frame.say("page.requests.dismiss")) }
            }
        }
    }
}

async fn one(State(site): State<Arc<Site>>, Path(id): Path<Uuid>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Frame::of(&site, &parts).await {
        Ok(frame) => case(&frame, DataRequestId(id), None).await,
        Err(answer) => answer,
    }
}

async fn case(frame: &Frame<'_>, id: DataRequestId, error: Option<&Error>) -> Response {
    let (row, supports) = match queue::one(frame.ctx, &frame.actor, id).await {
        Ok(found) => found,
        Err(error) => return frame.refused(&error),
    };
    let may = |action| might(&frame.actor, action, frame.ctx.now());
    let goes = |step| advance(row.status, step).is_ok();
    let is_curator = may(Action::TriageRequest);
    let body = html! {
        p { a href=(frame.link(ROOM)) { "← " (frame.say("page.requests.desk")) } }
        h1 lang=(row.lang) { (row.title) }
        (frame.refusal(error))
        p { span class="chip" { (label(frame.lang, "requests.status", row.status.as_str())) } " "
            (label(frame.lang, "requests.need", row.blocking.as_str()))
            @if row.visibility == RowVisibility::Public { (DOT) a href=(frame.link(&format!("/requests/{}", row.slug))) { (frame.say("page.requests.onBoard")) } }
            @if let Some(due) = row.due_on { (DOT) @if row.answered_on.is_some() { (frame.say("page.requests.due")) " " (frame.day(due)) } @else { (term(frame, due)) } }
            @if let (Some(day), RequestStatus::AcceptedPlanned) = (row.planned_on, row.status) { (DOT) (frame.say("page.requests.plannedFor")) " " (frame.day(day)) } }
        dl class="told" {
            @for (key, text) in [
                ("page.requests.atLength", &row.description), ("page.requests.purpose", &row.purpose),
                ("page.requests.frequency", &row.frequency), ("page.requests.format", &row.format),
                ("page.requests.answerText", &row.answer), ("page.requests.legalBasis", &row.legal_basis),
            ] {
                @if let Some(text) = text { dt { (frame.say(key)) } dd lang=(row.lang) { (text) } }
            }
        }
        (given(frame, &supports))
        @if !is_curator && row.status == RequestStatus::Triaged { p class="note" { (frame.say("page.requests.notForwarded")) } }
        @if is_curator && goes(Step::Triage) { (triage_form(frame, &row)) }
        @if is_curator && row.visibility == RowVisibility::Public { (themes_form(frame, &row)) }
        @if is_curator && goes(Step::Forward) {
            (act_form(frame, &row, "forward", "page.requests.forward", &publisher(frame, &row)))
        }
        @if may(Action::AnswerRequest) && goes(Step::Plan) {
            (act_form(frame, &row, "answer", "page.requests.plan", &html! {
                (words(frame, "answer", "page.requests.answerText"))
                label { (frame.say("page.requests.plannedOn")) input class="field" type="date" name="plannedOn"; }
            }))
        }
        @if may(Action::AnswerRequest) && goes(Step::Reject) {
            (act_form(frame, &row, "reject", "page.requests.reject", &html! {
                (words(frame, "answer", "page.requests.answerText"))
                (words(frame, "legalBasis", "page.requests.legalBasis"))
            }))
        }
        @if goes(Step::Publish) {
            (act_form(frame, &row, "publish", "page.requests.publish", &html! {
                (frame.pick(&pick::Field { name: "datasets", label: frame.say("page.requests.datasets"), value: "", pick: Pick::Dataset }, &html! {}))
                label class="tick" { input type="checkbox" name="partial" value="1"; (frame.say("page.requests.partial")) }
                (words(frame, "answer", "page.requests.answerText"))
            }))
        }
        @if goes(Step::MarkDuplicate) {
            (act_form(frame, &row, "duplicate", "page.requests.duplicate", &board(frame, "duplicateOf", "page.requests.duplicateOf", Some(row.entity_id.0))))
        }
        @if is_curator && goes(Step::RuleOut) {
            (act_form(frame, &row, "rule-out", "page.requests.ruleOut", &words(frame, "answer", "page.requests.ruleOutText")))
        }
        @if is_curator && goes(Step::Withdraw) { (act_form(frame, &row, "withdraw", "page.requests.withdraw", &html! {})) }
    };
    frame.page("page.requests.desk", &body)
}

/// How many support it, and what organisations say of their projects.
fn given(frame: &Frame<'_>, supports: &[Support]) -> Markup {
    let organisations = supports.iter().filter(|row| row.organisation_id.is_some()).count();
    let say = |key: &str, n: usize| Texts::of(frame.lang).count(key, n as u64, &[]);
    let projects: Vec<_> = supports.iter().filter_map(|row| row.comment.as_deref()).collect();
    html! {
        p { (say("page.requests.given.organisations", organisations)) ", " (say("page.requests.given.persons", supports.len() - organisations)) "; "
            (say("page.requests.given.blocked", supports.iter().filter(|row| row.blocks_project).count())) }
        @if !projects.is_empty() {
            section {
                h2 { (frame.say("page.requests.projects")) }
                ul class="plain" { @for project in projects { li { (project) } } }
            }
        }
    }
}

fn words(frame: &Frame<'_>, name: &str, key: &'static str) -> Markup {
    html! { label { (frame.say(key)) textarea class="field" name=(name) rows="4" maxlength="4000" {} } }
}

/// The body that has the data, as far as is known.
fn publisher(frame: &Frame<'_>, row: &Row) -> Markup {
    let known = row.publisher_id.and_then(|id| {
        let atlas = (frame.site.atlas)()?;
        let org = atlas.organisation_by_id(id)?;
        Some(atlas.name(org, frame.lang).value.to_owned())
    });
    let value = known.unwrap_or_default();
    let label = frame.say("page.requests.publisher");
    frame.pick(&pick::Field { name: "publisher", label, value: &value, pick: Pick::Publisher }, &html! {})
}

/// The requests of the board, to choose the one that stays.
fn board(frame: &Frame<'_>, name: &str, key: &'static str, except: Option<Uuid>) -> Markup {
    let atlas = (frame.site.atlas)();
    let all: Vec<(String, String)> = atlas
        .iter()
        .flat_map(|atlas| {
            atlas
                .requests()
                .map(|ix| atlas.request(ix))
                .filter(|one| Some(one.id.0) != except)
                .map(|one| (atlas.str(one.slug).to_owned(), atlas.str(one.title).to_owned()))
        })
        .collect();
    html! {
        label { (frame.say(key))
            select class="field" name=(name) {
                option value="" { (frame.say("page.requests.noOther")) }
                @for (slug, title) in &all { option value=(slug) { (title) } }
            }
        }
    }
}

/// Datasets by name or address: one, or several with commas between them.
fn datasets(frame: &Frame<'_>, typed: &str) -> Vec<String> {
    let whole = frame.picked(Pick::Dataset, typed);
    if whole.starts_with("/datasets/") && !whole.contains(',') {
        return vec![frame.picked_slug(Pick::Dataset, typed)];
    }
    let each = typed.split(',').map(str::trim).filter(|one| !one.is_empty());
    each.map(|one| frame.picked_slug(Pick::Dataset, one)).collect()
}

fn act_form(frame: &Frame<'_>, row: &Row, what: &str, key: &'static str, fields: &Markup) -> Markup {
    html! {
        section class="form-block" {
            h2 { (frame.say(key)) }
            form method="post" action=(frame.link(&format!("{ROOM}/{}", row.entity_id))) {
                (frame.hidden())
                (fields)
                button type="submit" class="btn" name="do" value=(what) { (frame.say(key)) }
            }
        }
    }
}

fn triage_form(frame: &Frame<'_>, row: &Row) -> Markup {
    let input = |name: &str, key: &'static str, value: Option<&str>| {
        html! {
            label { (frame.say(key)) input class="field" name=(name) value=(value.unwrap_or_default()); }
        }
    };
    let area = |name: &str, key: &'static str, value: Option<&str>| {
        html! {
            label { (frame.say(key)) textarea class="field" name=(name) rows="4" { (value.unwrap_or_default()) } }
        }
    };
    act_form(
        frame,
        row,
        "triage",
        "page.requests.triage",
        &html! {
            p { (frame.say("page.requests.triageText")) }
            (input("title", "page.requests.what", Some(&row.title)))
            (area("description", "page.requests.atLength", row.description.as_deref()))
            (area("purpose", "page.requests.purpose", row.purpose.as_deref()))
            (input("frequency", "page.requests.frequency", row.frequency.as_deref()))
            (input("format", "page.requests.format", row.format.as_deref()))
            label { (frame.say("page.requests.blocking"))
                select class="field" name="blocking" { @for reason in BlockingReason::ALL {
                    option value=(reason.as_str()) selected[*reason == row.blocking] { (label(frame.lang, "requests.need", reason.as_str())) }
                } }
            }
            @if let Some(atlas) = (frame.site.atlas)() { (themes::boxes(&atlas, frame.lang, &row.themes(), &html! {})) }
            (publisher(frame, row))
        },
    )
}

/// What a request that everybody sees is about, to be said anew.
fn themes_form(frame: &Frame<'_>, row: &Row) -> Markup {
    let Some(atlas) = (frame.site.atlas)() else { return html! {} };
    act_form(
        frame,
        row,
        "themes",
        "page.requests.setThemes",
        &html! {
            (themes::boxes(&atlas, frame.lang, &row.themes(), &html! {}))
            label { (frame.say("page.requests.setThemesWhy")) input class="field" name="reason" maxlength="300" required; }
        },
    )
}

async fn act(State(site): State<Arc<Site>>, Path(id): Path<Uuid>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let (ctx, actor, id) = (&desk.access.ctx, &sent.actor, DataRequestId(id));
    let frame = match Frame::with(&site, &sent.parts, sent.actor.clone()) {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let field = |name: &str| sent.field(name).to_owned();
    let body = || frame.picked_slug(Pick::Publisher, sent.field("publisher"));
    let said = || answer::Said { answer: field("answer"), lang: language(&sent.parts).to_string() };
    let done = match sent.field("do") {
        "triage" => {
            let words = triage::Triaged {
                title: field("title"),
                description: field("description"),
                purpose: field("purpose"),
                frequency: field("frequency"),
                format: field("format"),
                blocking: sent.field("blocking").parse().ok(),
                themes: Some(sent.all("themes").map(str::to_owned).collect()),
                publisher: body(),
                lang: None,
            };
            triage::triage(ctx, actor, id, words).await
        }
        "themes" => {
            let chosen: Vec<String> = sent.all("themes").map(str::to_owned).collect();
            triage::set_themes(ctx, actor, id, (&chosen, sent.field("reason"))).await
        }
        "forward" => triage::forward(ctx, actor, id, Some(&body())).await,
        "answer" => answer::plan(ctx, actor, id, (said(), sent.field("plannedOn").parse().ok())).await,
        "reject" => answer::reject(ctx, actor, id, (said(), sent.field("legalBasis"))).await,
        "publish" => {
            let slugs = datasets(&frame, sent.field("datasets"));
            answer::publish(ctx, actor, id, (Some(said()), &slugs, !sent.field("partial").is_empty())).await
        }
        "duplicate" => close::mark_duplicate(ctx, actor, id, sent.field("duplicateOf")).await,
        "rule-out" => close::rule_out(ctx, actor, id, &said()).await,
        "withdraw" => close::withdraw(ctx, actor, id).await,
        _ => Err(Error::NotFound),
    };
    match done {
        Ok(row) if row.status == RequestStatus::Withdrawn => frame.after(ROOM, "saved"),
        Ok(row) => {
            let word = if matches!(sent.field("do"), "answer" | "reject" | "publish") { "replied" } else { "saved" };
            frame.after(&format!("{ROOM}/{}", row.entity_id), word)
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => {
            let mut response = case(&frame, id, Some(&error)).await;
            *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            response
        }
        Err(error) => frame.refused(&error),
    }
}

async fn decide(State(site): State<Arc<Site>>, Path(id): Path<Uuid>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let (ctx, actor, id) = (&desk.access.ctx, &sent.actor, ProposalId(id));
    let done = if sent.field("do") == "take" {
        wishes::take(ctx, actor, id, Some(sent.field("into")), None)
            .await
            .map(|row| format!("{ROOM}/{}", row.entity_id))
    } else {
        wishes::dismiss(ctx, actor, id, sent.field("reason")).await.map(|()| ROOM.to_owned())
    };
    match done {
        Ok(to) => see_other(&with_language(&to, &sent.parts)),
        Err(error) => match Frame::with(&site, &sent.parts, sent.actor.clone()) {
            Ok(frame) => frame.refused(&error),
            Err(answer) => answer,
        },
    }
}

/// When an answer is due; where the day has passed, by how much.
fn term(frame: &Frame<'_>, due: chrono::NaiveDate) -> Markup {
    let late = (frame.ctx.now().date_naive() - due).num_days();
    let day = days::day(frame.lang, due);
    html! {
        @if late > 0 {
            span class="late" { (Texts::of(frame.lang).count("requests.lateBy", late.unsigned_abs(), &[("date", &day)])) }
        } @else { (frame.say("page.requests.due")) " " (frame.day(due)) }
    }
}
