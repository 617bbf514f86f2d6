//! The room where relations between bodies are decided: by the body they lead to, with what a decision comes to
//! before it is made.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use entity::id::{OrganisationId, RelationId};
use entity::vocabulary::Decision;
use maud::{Markup, html};
use uuid::Uuid;

use super::frame::Frame;
use super::matches::{asked, choices, refused};
use crate::app::Error;
use crate::app::relations::{self, Outcome, Parent, Related, Verdict};
use crate::http::Site;
use crate::http::form::{Sent, see_other, with_language};
use crate::texts::words_of;

/// Where the room is.
pub(super) const PATH: &str = "/desk/relations";
/// How many relations are shown, and decided by one form.
const SHOWN: u64 = 50;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(PATH, get(show).post(decide))
}

/// What is said above the form.
enum Notice {
    None,
    Wrong(Error),
    /// What a decision would come to, with the ids it is about.
    Preview(Outcome, Vec<Uuid>, Box<Verdict>),
}

async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Frame::of(&site, &parts).await {
        Ok(frame) => draw(&frame, &Notice::None).await,
        Err(answer) => answer,
    }
}

async fn decide(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let ids: Vec<Uuid> = sent.all("relation").filter_map(|id| id.parse().ok()).collect();
    let relations: Vec<RelationId> = ids.iter().copied().map(RelationId).collect();
    let Ok(decision) = sent.field("decision").parse::<Decision>() else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let day = |name: &str| sent.field(name).parse().ok();
    let verdict = Verdict {
        decision: Some(decision).filter(|decision| *decision != Decision::Proposed),
        valid_from: day("from"),
        valid_to: day("to"),
        reason: sent.field("reason").to_owned(),
    };
    let is_preview = sent.field("sure") != "yes";
    let done = relations::many(&desk.access.ctx, &sent.actor, &relations, &verdict, is_preview).await;
    let notice = match done {
        Ok(outcome) if is_preview => Notice::Preview(outcome, ids, Box::new(verdict)),
        Ok(_) => {
            let parent = sent.field("parent");
            let to = if parent.is_empty() { PATH.to_owned() } else { format!("{PATH}?to={parent}") };
            let language = with_language("", &sent.parts);
            let language = if to.contains('?') { language.replacen('?', "&", 1) } else { language };
            return see_other(&format!("{to}{language}"));
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => Notice::Wrong(error),
        Err(error) => return refused(&site, &sent, &error),
    };
    match Frame::with(&site, &sent.parts, sent.actor.clone()) {
        Ok(frame) => draw(&frame, &notice).await,
        Err(answer) => answer,
    }
}

async fn draw(frame: &Frame<'_>, notice: &Notice) -> Response {
    let parent = asked(frame, "to").and_then(|id| id.parse::<Uuid>().ok());
    let decision = asked(frame, "decision").and_then(|word| word.parse::<Decision>().ok());
    let which = (decision.unwrap_or(Decision::Proposed), parent.map(OrganisationId));
    let found = async {
        let parents = relations::parents(frame.ctx, &frame.actor, 100).await?;
        let after = asked(frame, "after").and_then(|id| id.parse().ok()).map(RelationId);
        let rows = relations::page(frame.ctx, &frame.actor, which, after, SHOWN + 1).await?;
        Ok::<_, Error>((parents, rows))
    };
    let (parents, mut rows) = match found.await {
        Ok(found) => found,
        Err(error) => return frame.refused(&error),
    };
    let next = (rows.len() as u64 > SHOWN).then(|| rows.truncate(SHOWN as usize)).and_then(|()| rows.last());
    let next = next.map(|last| last.row.id);
    let address = |parent: Option<Uuid>, decision: Option<Decision>, after: Option<RelationId>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(parent.map(|parent| ("to", parent.to_string())));
        query.extend_pairs(decision.map(|decision| ("decision", decision.as_str())));
        query.extend_pairs(after.map(|after| ("after", after.to_string())));
        let query = query.finish();
        frame.link(&if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") })
    };
    let of = parent.and_then(|id| parents.iter().find(|parent| parent.body.id == id));
    let decided = [Decision::Accepted, Decision::Rejected];
    let body = html! {
        h1 { (frame.say("page.relations.title")) }
        p class="lede" { (frame.say("page.relations.lead")) }
        (above(frame, notice, &rows))
        div class="filters" {
            (choices(frame, "page.relations.decisions", decision.filter(|one| *one != Decision::Proposed), &decided, |decision| address(parent, decision, None), "page.relations.decision", Decision::as_str))
        }
        @if !parents.is_empty() && decision.is_none() { (bodies(frame, &parents, parent, |parent| address(parent, None, None))) }
        @if let Some(of) = of { p { strong { (of.body.name) } ". " (frame.say(if of.is_decided { "page.relations.isRoot" } else { "page.relations.willBeRoot" })) } }
        @if rows.is_empty() { p { (frame.say("page.relations.none")) } } @else { (form(frame, &rows, parent, which.0)) }
        @if let Some(next) = next { p { a rel="next" href=(address(parent, decision, Some(next))) { (frame.say("page.matches.more")) } } }
    };
    let mut response = frame.page("page.relations.title", &body);
    if matches!(notice, Notice::Wrong(_)) {
        *response.status_mut() = StatusCode::CONFLICT;
    }
    response
}

fn above(frame: &Frame<'_>, notice: &Notice, rows: &[Related]) -> Markup {
    match notice {
        Notice::None => html! {},
        Notice::Wrong(error) => html! {
            (frame.refusal(Some(error)))
        },
        Notice::Preview(outcome, ids, verdict) => html! {
            section class="effect" aria-labelledby="effect" {
                h2 id="effect" { (frame.say("page.matches.effect")) }
                ul {
                    @for row in rows.iter().filter(|row| ids.contains(&row.row.id.0)) { li { (sentence(frame, row)) } }
                }
                p { (outcome.decided) " " (frame.say("page.relations.wouldDecide")) }
                @if outcome.claims > 0 && verdict.decision == Some(Decision::Accepted) { p { (outcome.claims) " " (frame.say("page.relations.claims")) } }
                @if outcome.becomes_root { p class="notice" { (frame.say("page.relations.becomesRoot")) } }
                form method="post" action=(frame.link(&here(frame))) class="decide" {
                    (frame.hidden())
                    input type="hidden" name="sure" value="yes";
                    input type="hidden" name="parent" value=(asked(frame, "to").unwrap_or_default());
                    input type="hidden" name="decision" value=(verdict.decision.unwrap_or(Decision::Proposed).as_str());
                    @for id in ids { input type="hidden" name="relation" value=(id); }
                    @if let Some(day) = verdict.valid_from { input type="hidden" name="from" value=(day); }
                    @if let Some(day) = verdict.valid_to { input type="hidden" name="to" value=(day); }
                    label { (frame.say("page.matches.publicReason")) input class="field" name="reason" required maxlength="500" value=(verdict.reason); }
                    button type="submit" class="btn main" {
                        (words_of(frame.lang, "page.relations.decide", verdict.decision.unwrap_or(Decision::Proposed).as_str()))
                    }
                }
            }
        },
    }
}

/// This page, with the body it is about.
fn here(frame: &Frame<'_>) -> String {
    asked(frame, "to").map_or_else(|| PATH.to_owned(), |to| format!("{PATH}?to={to}"))
}

fn bodies(
    frame: &Frame<'_>,
    parents: &[Parent],
    taken: Option<Uuid>,
    address: impl Fn(Option<Uuid>) -> String,
) -> Markup {
    html! {
        nav class="parents" aria-label=(frame.say("page.relations.parents")) {
            ul {
                @for parent in parents {
                    li { a href=(address(Some(parent.body.id))) aria-current=[(taken == Some(parent.body.id)).then_some("true")] {
                        (parent.body.name) " (" (parent.waiting) ")"
                    } }
                }
            }
        }
    }
}

/// `CONAPO belongs to SEGOB`, with its years and note.
fn sentence(frame: &Frame<'_>, row: &Related) -> Markup {
    let year = |day: Option<chrono::NaiveDate>| day.map(|day| day.format("%Y").to_string());
    let (from, to) = (year(row.row.valid_from), year(row.row.valid_to));
    html! {
        (row.from.name) " " em { (words_of(frame.lang, "page.relations.kind", row.row.kind.as_str())) } " " (row.to.name)
        @if from.is_some() || to.is_some() { " (" (from.unwrap_or_default()) "–" (to.unwrap_or_default()) ")" }
        @if let Some(note) = &row.row.note { " · " (if note.contains("dates unverified") { frame.say("page.relations.unverified") } else { note }) }
    }
}

fn form(frame: &Frame<'_>, rows: &[Related], parent: Option<Uuid>, state: Decision) -> Markup {
    let choices: &[Decision] = match state {
        Decision::Proposed => &[Decision::Accepted, Decision::Rejected],
        Decision::Accepted | Decision::Rejected => &[Decision::Proposed],
    };
    html! {
        form method="post" action=(frame.link(&here(frame))) class="decide relations" {
            (frame.hidden())
            input type="hidden" name="parent" value=(parent.map(|id| id.to_string()).unwrap_or_default());
            fieldset {
                legend { (frame.say("page.relations.choose")) }
                @for row in rows {
                    label class="tick" { input type="checkbox" name="relation" value=(row.row.id); span { (sentence(frame, row)) } }
                }
            }
            @if state == Decision::Proposed {
                div class="dates" {
                    label { (frame.say("page.relations.from")) input class="field" type="date" name="from"; }
                    label { (frame.say("page.relations.to")) input class="field" type="date" name="to"; }
                }
            }
            p class="buttons" {
                @for decision in choices {
                    button type="submit" class="btn" name="decision" value=(decision.as_str()) {
                        (words_of(frame.lang, "page.relations.preview", decision.as_str()))
                    }
                }
            }
        }
    }
}
