//! The room where a curator decides who may speak for an organisation: where nothing can be proved, and where somebody
//! speaks for it already.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use entity::id::ProfileTakeoverId;
use maud::{Markup, html};

use super::frame::Frame;
use super::takeover::said;
use crate::app::Error;
use crate::app::takeover::{self, Hurdle, Listed, Verdict};
use crate::http::Site;
use crate::http::form::Sent;
use crate::texts::phrases::DOT;
use crate::texts::{in_language, words_of};

/// Where the room is.
pub(super) const ROOM: &str = "/desk/representatives";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(ROOM, get(show).post(decide))
}

async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Frame::of(&site, &parts).await {
        Ok(frame) => draw(&frame, None).await,
        Err(answer) => answer,
    }
}

async fn decide(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let frame = match Frame::with(&site, &sent.parts, sent.actor.clone()) {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let verdict = match sent.field("verdict") {
        "grant" => Some(Verdict::Grant),
        "reject" => Some(Verdict::Reject),
        _ => None,
    };
    let (Some(verdict), Ok(id)) = (verdict, sent.field("takeover").parse()) else {
        return frame.refused(&Error::NotFound);
    };
    let id = ProfileTakeoverId(id);
    match takeover::decide(&desk.access, &frame.actor, id, verdict, sent.field("reason")).await {
        Ok(_) => frame.after(ROOM, "decided"),
        Err(error) if Hurdle::of(&error).is_some() => {
            let mut response = draw(&frame, Some(&error)).await;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            response
        }
        Err(error) => frame.refused(&error),
    }
}

async fn draw(frame: &Frame<'_>, refusal: Option<&Error>) -> Response {
    let waiting = match takeover::queue(frame.ctx, &frame.actor).await {
        Ok(waiting) => waiting,
        Err(error) => return frame.refused(&error),
    };
    let body = html! {
        h1 { (frame.say("page.representatives.title")) }
        p class="lede" { (frame.say("page.representatives.lead")) }
        @if let Some(error) = refusal { p class="notice" role="alert" { (said(frame, error)) } }
        @if waiting.is_empty() { p class="empty" { (frame.say("page.representatives.none")) } }
        ul class="cases" { @for one in &waiting { (case(frame, one)) } }
    };
    frame.page("page.representatives.title", &body)
}

fn case(frame: &Frame<'_>, one: &Listed) -> Markup {
    let row = &one.row;
    let names = serde_json::from_str(&one.name).unwrap_or_default();
    let is_own = frame.actor.account().is_some_and(|account| account.id == row.account_id);
    let others = one.representatives.unwrap_or_default();
    html! {
        li {
            p class="kicker" { (words_of(frame.lang, "page.takeover.proof", row.proof.as_str())) (DOT) (frame.day(row.begun_at.date_naive())) }
            p {
                b { (one.account_name.as_deref().unwrap_or("–")) } (DOT) (one.email.as_deref().unwrap_or("–")) " → "
                a href=(frame.link(&format!("/organisations/{}", one.slug))) { b { (in_language(&names, frame.lang)) } }
            }
            p class="marks" {
                @if let Some(found) = &row.found_in { span class="chip" { (frame.say("page.representatives.proved")) " " (found) } }
                @else { span class="chip warn" { (frame.say("page.representatives.unproved")) } }
                @if others > 0 { span class="chip warn" { (frame.say("page.representatives.others")) " " (others) } }
            }
            @if let Some(note) = &row.note { blockquote { p { (note) } } }
            @if is_own { p class="note warn" { (frame.say("page.representatives.own")) } }
            @else {
                form method="post" action=(frame.link(ROOM)) class="verdict" {
                    (frame.hidden())
                    input type="hidden" name="takeover" value=(row.id);
                    label { span { (frame.say("page.representatives.reason")) } textarea class="field" name="reason" rows="2" required maxlength="500" {} }
                    div class="actions" {
                        button class="btn" name="verdict" value="reject" { (frame.say("page.representatives.reject")) }
                        button class="btn main" name="verdict" value="grant" { (frame.say("page.representatives.grant")) }
                    }
                }
            }
        }
    }
}
