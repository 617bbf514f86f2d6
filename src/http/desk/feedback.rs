//! What users say about datasets, before everybody may read it: a curator shows it, or hides it and says why.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use entity::id::DatasetFeedbackId;
use entity::vocabulary::{FeedbackOrigin, FeedbackState};
use maud::{Markup, html};

use super::frame::Frame;
use crate::app::Error;
use crate::app::feedback::{self, Listed, Look, Reply};
use crate::http::Site;
use crate::texts::{in_language, words_of};

const ROOM: &str = "/desk/feedback";
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
        Ok(frame) => draw_queue(&frame, None).await,
        Err(answer) => answer,
    }
}

async fn draw_queue(frame: &Frame<'_>, fault: Option<&'static str>) -> Response {
    let found = match feedback::pending(frame.ctx, &frame.actor).await {
        Ok(found) => found,
        Err(error) => return frame.refused(&error),
    };
    let body = html! {
        h1 { (frame.say("page.feedback.queue")) }
        @if let Some(fault) = fault { p class="notice" role="alert" { (frame.say(fault)) } }
        @if found.is_empty() { p { (frame.say("page.feedback.queueEmpty")) } }
        @for one in &found {
            form method="post" action=(frame.link(&format!("{ROOM}/{}", one.feedback.id))) class="form-block" {
                (frame.hidden())
                (said(frame, one))
                label { (frame.say("page.feedback.why")) input class="field" name="reason" maxlength="2000"; }
                div class="answers" {
                    button type="submit" class="btn main" name="look" value="show" { (frame.say("page.feedback.show")) }
                    button type="submit" class="btn" name="look" value="hide" { (frame.say("page.feedback.hide")) }
                }
            }
        }
    };
    let mut response = frame.page("page.feedback.queue", &body);
    if fault.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// What was said, and about what.
fn said(frame: &Frame<'_>, one: &Listed) -> Markup {
    let row = &one.feedback;
    html! {
        h2 { a href=(frame.link(&format!("/datasets/{}", one.dataset_slug))) { (in_language(&one.dataset_title, frame.lang)) } }
        p class="small muted" {
            (frame.day(row.submitted_at.date_naive()))
            @if row.origin == FeedbackOrigin::Survey { " · " (frame.say("page.feedback.ofSurvey")) }
            @if let Some(rating) = row.rating { " · " (words_of(frame.lang, "page.feedback.rating", &rating.to_string())) }
            @if let Some(one) = row.dimension { " · " (words_of(frame.lang, "page.feedback.dimension", one.as_str())) }
            @if let Some(one) = row.severity { " · " (words_of(frame.lang, "page.feedback.severity", one.as_str())) }
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
    let look = Look { feedback, is_shown, reason: Some(sent.field("reason").to_owned()) };
    match feedback::moderate(frame.ctx, &frame.actor, &look).await {
        Ok(_) => frame.after(ROOM, if is_shown { "shown" } else { "hidden" }),
        Err(Error::Invalid(_)) => draw_queue(&frame, Some("page.feedback.whyNeeded")).await,
        Err(error) => frame.refused(&error),
    }
}

async fn of_mine(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Frame::of(&site, &parts).await {
        Ok(frame) => draw_mine(&frame, None).await,
        Err(answer) => answer,
    }
}

async fn draw_mine(frame: &Frame<'_>, fault: Option<&'static str>) -> Response {
    let found = match feedback::of_mine(frame.ctx, &frame.actor).await {
        Ok(found) => found,
        Err(error) => return frame.refused(&error),
    };
    let body = html! {
        h1 { (frame.say("page.feedback.mine")) }
        @if let Some(fault) = fault { p class="notice" role="alert" { (frame.say(fault)) } }
        @if found.is_empty() { p { (frame.say("page.feedback.mineEmpty")) } }
        @for one in &found {
            form method="post" action=(frame.link(&format!("{ANSWERS}/{}", one.feedback.id))) class="form-block" {
                (frame.hidden())
                (said(frame, one))
                label { (frame.say("page.feedback.state"))
                    select class="field" name="state" {
                        @for state in FeedbackState::ALL {
                            option value=(state.as_str()) selected[one.feedback.state == *state] { (words_of(frame.lang, "page.feedback.state", state.as_str())) }
                        }
                    }
                }
                label { (frame.say("page.feedback.reply")) textarea class="field" name="reply" rows="3" maxlength="2000" { (one.feedback.reply.as_deref().unwrap_or_default()) } }
                label { (frame.say("page.feedback.fixedOn")) input class="field" type="date" name="fixedOn" value=[one.feedback.fixed_on.map(|day| day.to_string())]; }
                button type="submit" class="btn main" { (frame.say("page.feedback.answer")) }
            }
        }
    };
    let mut response = frame.page("page.feedback.mine", &body);
    if fault.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
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
    };
    match feedback::reply(frame.ctx, &frame.actor, &said, None).await {
        Ok(_) => frame.after(ANSWERS, "replied"),
        Err(Error::Invalid(_)) => draw_mine(&frame, Some("page.feedback.wrongReply")).await,
        Err(error) => frame.refused(&error),
    }
}
