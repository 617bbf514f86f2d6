//! What users say about datasets, before everybody may read it: a curator shows it, or hides it and says why; and what
//! was decided, where that can be changed.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use entity::id::DatasetFeedbackId;
use entity::vocabulary::{FeedbackOrigin, FeedbackState, Moderation};
use maud::{Markup, html};

use super::frame::Frame;
use crate::app::Error;
use crate::app::feedback::{self, Listed, Look, Reply};
use crate::http::Site;
use crate::texts::phrases::DOT;
use crate::texts::{in_language, words_of};

const ROOM: &str = "/desk/feedback";
/// The filter of what was decided.
const DECIDED: &str = "decided";
const ANSWERS: &str = "/desk/publisher/feedback";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route(ROOM, get(queue))
        .route("/desk/feedback/{id}", post(look))
        .route(ANSWERS, get(of_mine))
        .route("/desk/publisher/feedback/{id}", post(reply))
}

async fn queue(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Frame::of(&site, &parts).await {
        Ok(frame) => {
            let query = frame.parts.uri.query().unwrap_or_default().as_bytes();
            let is_decided = url::form_urlencoded::parse(query).any(|(key, word)| key == "state" && word == DECIDED);
            draw_queue(&frame, is_decided, None).await
        }
        Err(answer) => answer,
    }
}

/// What waits, or what was decided.
fn path(is_decided: bool) -> String {
    if is_decided { format!("{ROOM}?state={DECIDED}") } else { ROOM.to_owned() }
}

async fn draw_queue(frame: &Frame<'_>, is_decided: bool, fault: Option<(StatusCode, String)>) -> Response {
    let found = if is_decided {
        feedback::decided(frame.ctx, &frame.actor).await
    } else {
        feedback::pending(frame.ctx, &frame.actor).await
    };
    let found = match found {
        Ok(found) => found,
        Err(error) => return frame.refused(&error),
    };
    let none = if is_decided { "page.feedback.decidedEmpty" } else { "page.feedback.queueEmpty" };
    let body = html! {
        h1 { (frame.say("page.feedback.queue")) }
        nav aria-label=(frame.say("page.review.state")) {
            ul class="pills" {
                @for (decided, name) in [(false, "page.review.waiting"), (true, "page.review.decided")] {
                    li { a class="pill" href=(frame.link(&path(decided))) aria-current=[(decided == is_decided).then_some("true")] { (frame.say(name)) } }
                }
            }
        }
        @if let Some((_, fault)) = &fault { p class="notice" role="alert" { (fault) } }
        @if found.is_empty() { p { (frame.say(none)) } }
        @for one in &found { (look_form(frame, one)) }
    };
    let mut response = frame.page("page.feedback.queue", &body);
    if let Some((status, _)) = fault {
        *response.status_mut() = status;
    }
    response
}

/// What was said, how it was decided, and the buttons that decide otherwise.
fn look_form(frame: &Frame<'_>, one: &Listed) -> Markup {
    let row = &one.feedback;
    html! {
        form method="post" action=(frame.link(&format!("{ROOM}/{}", row.id))) class="form-block" {
            (frame.hidden())
            input type="hidden" name="seen" value=(row.moderated_at.map(|at| at.to_rfc3339()).unwrap_or_default());
            (said(frame, one))
            @if let Some(at) = row.moderated_at {
                p class="small" {
                    b { (words_of(frame.lang, "page.feedback.moderation", row.moderation.as_str())) } ", " (frame.moment(at))
                    @if let Some(reason) = &row.moderation_reason { ": " bdi { (reason) } }
                }
            }
            @if row.moderation != Moderation::Hidden { label { (frame.say("page.feedback.why")) input class="field" name="reason" maxlength="2000"; } }
            div class="answers" {
                @if row.moderation != Moderation::Shown { button type="submit" class="btn main" name="look" value="show" { (frame.say("page.feedback.show")) } }
                @if row.moderation != Moderation::Hidden { button type="submit" class="btn" name="look" value="hide" { (frame.say("page.feedback.hide")) } }
            }
        }
    }
}

/// What was said, and about what.
fn said(frame: &Frame<'_>, one: &Listed) -> Markup {
    let row = &one.feedback;
    html! {
        h2 { a href=(frame.link(&format!("/datasets/{}", one.dataset_slug))) dir="auto" { (in_language(&one.dataset_title, frame.lang)) } }
        p class="small muted" {
            (frame.day(row.submitted_at.date_naive()))
            @if row.origin == FeedbackOrigin::Survey { (DOT) (frame.say("page.feedback.ofSurvey")) }
            @if let Some(rating) = row.rating { (DOT) (words_of(frame.lang, "page.feedback.rating", &rating.to_string())) }
            @if let Some(one) = row.dimension { (DOT) (words_of(frame.lang, "page.feedback.dimension", one.as_str())) }
            @if let Some(one) = row.severity { (DOT) (words_of(frame.lang, "page.feedback.severity", one.as_str())) }
        }
        @if let Some(comment) = &row.comment { p class="said" lang=[row.lang.as_deref()] { (comment) } }
        @if let Some(url) = &row.sample_url { p class="small" { code { (url) } } }
    }
}

async fn look(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Response {
    let (sent, frame) = match Frame::sent(&site, request).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let Ok(feedback) = id.parse().map(DatasetFeedbackId) else { return frame.refused(&Error::NotFound) };
    let is_shown = match sent.field("look") {
        "show" => true,
        "hide" => false,
        _ => return frame.refused(&Error::NotFound),
    };
    let seen = sent.field("seen").parse().ok();
    let look = Look { feedback, seen, is_shown, reason: Some(sent.field("reason").to_owned()) };
    let done = feedback::moderate(frame.ctx, &frame.actor, &look).await;
    let fault = match done {
        Ok(_) => return frame.after(&path(seen.is_some()), if is_shown { "shown" } else { "hidden" }),
        Err(Error::Invalid(_)) => (StatusCode::UNPROCESSABLE_ENTITY, frame.say("page.feedback.whyNeeded").to_owned()),
        Err(error @ Error::Conflict(_)) => (StatusCode::CONFLICT, frame.why(&error)),
        Err(error) => return frame.refused(&error),
    };
    // What somebody has decided meanwhile is among what was decided.
    let waits = match feedback::pending(frame.ctx, &frame.actor).await {
        Ok(all) => all.iter().any(|one| one.feedback.entity_id == feedback),
        Err(error) => return frame.refused(&error),
    };
    let is_decided = seen.is_some() || !waits;
    draw_queue(&frame, is_decided, Some(fault)).await
}

async fn of_mine(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Frame::of(&site, &parts).await {
        Ok(frame) => draw_mine(&frame, None).await,
        Err(answer) => answer,
    }
}

/// The feedback with its answers; what was said in vain stands in its form still, below why.
async fn draw_mine(frame: &Frame<'_>, vain: Option<(&Reply, &Error)>) -> Response {
    let found = match feedback::of_mine(frame.ctx, &frame.actor).await {
        Ok(found) => found,
        Err(error) => return frame.refused(&error),
    };
    let body = html! {
        h1 { (frame.say("page.feedback.mine")) }
        (frame.refusal(vain.map(|(_, error)| error)))
        @if found.is_empty() { p { (frame.say("page.feedback.mineEmpty")) } }
        @for one in &found {
            @let typed = vain.map(|(typed, _)| typed).filter(|typed| typed.feedback == one.feedback.entity_id);
            @let state_now = typed.map_or(one.feedback.state, |typed| typed.state);
            @let words = typed.map_or(one.feedback.reply.as_deref(), |typed| typed.reply.as_deref());
            @let fixed_on = typed.map_or(one.feedback.fixed_on, |typed| typed.fixed_on);
            form method="post" action=(frame.link(&format!("{ANSWERS}/{}", one.feedback.id))) class="form-block" {
                (frame.hidden())
                input type="hidden" name="seen" value=(feedback::stands(&one.feedback));
                (said(frame, one))
                label { (frame.say("page.feedback.state"))
                    select class="field" name="state" {
                        @for state in FeedbackState::ALL {
                            option value=(state.as_str()) selected[state_now == *state] {
                                @if *state == FeedbackState::Open { (frame.say("page.feedback.nothingYet")) }
                                @else { (words_of(frame.lang, "page.feedback.state", state.as_str())) }
                            }
                        }
                    }
                }
                label { (frame.say("page.feedback.reply")) textarea class="field" name="reply" rows="3" maxlength="2000" { (words.unwrap_or_default()) } }
                label { (frame.say("page.feedback.fixedOn")) input class="field" type="date" name="fixedOn" value=[fixed_on.map(|day| day.to_string())]; }
                button type="submit" class="btn main" { (frame.say("page.feedback.answer")) }
            }
        }
    };
    let mut response = frame.page("page.feedback.mine", &body);
    if let Some((_, error)) = vain {
        let is_late = matches!(error, Error::Conflict(_));
        *response.status_mut() = if is_late { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    }
    response
}

async fn reply(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Response {
    let (sent, frame) = match Frame::sent(&site, request).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let (Ok(feedback), Ok(state)) = (id.parse().map(DatasetFeedbackId), sent.field("state").parse()) else {
        return frame.refused(&Error::NotFound);
    };
    let said = Reply {
        feedback,
        state,
        reply: Some(sent.field("reply").to_owned()),
        fixed_on: sent.field("fixedOn").parse().ok(),
        seen: Some(sent.field("seen").to_owned()).filter(|seen| !seen.is_empty()),
    };
    match feedback::reply(frame.ctx, &frame.actor, &said, None).await {
        Ok(_) => frame.after(ANSWERS, "replied"),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => draw_mine(&frame, Some((&said, &error))).await,
        Err(error) => frame.refused(&error),
    }
}
