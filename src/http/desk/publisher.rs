//! The room of those who speak for a publisher: which bodies, who uses their data, what waits for an answer.

mod card;
mod claims;
mod many;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    response::Response,
    routing::{get, post},
};
use entity::id::OrganisationId;
use entity::vocabulary::{DigestEvery, PublisherAck};
use maud::{Markup, html};

use super::frame::Frame;
use crate::app::Error;
use crate::app::publisher::claim::{Body, bodies};
use crate::app::publisher::digest;
use crate::http::Site;
use crate::texts::in_language;
use crate::texts::phrases::Texts;
pub(super) use claims::{question, seen};

/// Where the room is.
pub(super) const ROOM: &str = "/desk/publisher";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route(ROOM, get(home))
        .route("/desk/publisher/letters", post(letters))
        .route("/desk/publisher/claims", get(claims::list))
        .route("/desk/publisher/claims/{id}", get(claims::show).post(claims::answer))
        .route("/desk/publisher/preview", get(many::preview))
        .route("/desk/publisher/many", post(many::verify))
}

/// Takes the frame of a page, or answers.
macro_rules! framed {
    ($frame:expr) => {
        match $frame {
            Ok(frame) => frame,
            Err(answer) => return answer,
        }
    };
}
use framed;

/// Takes what a use case has done, or answers.
macro_rules! done {
    ($frame:expr, $outcome:expr) => {
        match $outcome {
            Ok(done) => done,
            Err(error) => return $frame.refused(&error),
        }
    };
}
use done;

/// What is known of a claim and what supports it.
pub(super) fn about(lang: crate::atlas::Lang, one: &crate::app::publisher::claim::Listed) -> Markup {
    html! { (claims::line(lang, &one.claim)) (claims::evidence(lang, one)) }
}

/// The pairs of an address.
fn asked(frame: &Frame<'_>) -> BTreeMap<String, String> {
    let query = frame.parts.uri.query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).into_owned().filter(|(_, value)| !value.is_empty()).collect()
}

/// The bodies that the reader speaks for.
async fn home(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = framed!(Frame::of(&site, &parts).await);
    let bodies = done!(frame, bodies(frame.ctx, &frame.actor).await);
    if bodies.is_empty() {
        let sleeps = frame.actor.account().is_some_and(|account| account.sleeps(frame.ctx.now()));
        return frame.refused(if sleeps { &Error::SecondFactor } else { &Error::NotFound });
    }
    let every = done!(frame, digest::setting(frame.ctx, &frame.actor).await);
    let texts = Texts::of(frame.lang);
    let waiting: u64 = bodies.iter().map(|one| one.waiting).sum();
    let body = html! {
        header class="case" {
            p class="kicker" { (frame.say("page.publisher.title")) }
            h1 { (texts.count("page.publisher.waiting", waiting, &[])) }
        }
        p class="small muted" { (frame.say("page.publisher.waitingCounts")) }
        @if waiting > 0 { p { a class="btn main" href=(frame.link("/desk/publisher/claims?ack=waiting")) { (frame.say("page.publisher.answer")) } } }
        @for one in bodies.iter().filter(|one| one.is_root) { (root(&frame, one)) }
        (parts_of(&frame, &bodies))
        p { a href=(frame.link("/desk/publisher/feedback")) { (frame.say("page.feedback.mine")) } }
        (letter_form(&frame, every))
    };
    frame.page("page.publisher.title", &body)
}

/// A body that a grant names: its figures.
fn root(frame: &Frame<'_>, one: &Body) -> Markup {
    html! {
        section class="form-block" {
            h2 { a href=(frame.link(&format!("/publishers/{}", one.slug))) { (in_language(&one.name, frame.lang)) } }
            (card::of(frame, one.id))
            p { a href=(claims_of(frame, &one.slug)) { (frame.say("page.publisher.claimsOf")) } }
        }
    }
}

/// The bodies that belong to those, with what waits.
fn parts_of(frame: &Frame<'_>, bodies: &[Body]) -> Markup {
    let count = |one: &Body, ack| one.counts.get(&ack).copied().unwrap_or_default();
    html! {
        section class="form-block" {
            h2 { (frame.say("page.publisher.bodies")) }
            div class="tablebox" tabindex="0" role="region" aria-label=(frame.say("page.publisher.bodies")) {
                table {
                    thead { tr {
                        th scope="col" { (frame.say("page.publisher.body")) }
                        th scope="col" class="num" { (frame.say("page.publisher.ack.waiting")) }
                        th scope="col" class="num" { (frame.say("page.publisher.ack.confirmed")) }
                        th scope="col" class="num" { (frame.say("page.publisher.ack.not_recognised")) }
                    } }
                    tbody { @for one in bodies { tr {
                        th scope="row" { a href=(claims_of(frame, &one.slug)) { (in_language(&one.name, frame.lang)) } }
                        td class="num" { (one.waiting) }
                        td class="num" { (count(one, PublisherAck::Confirmed)) }
                        td class="num" { (count(one, PublisherAck::NotRecognised)) }
                    } } }
                }
            }
        }
    }
}

fn claims_of(frame: &Frame<'_>, slug: &str) -> String {
    frame.link(&format!("/desk/publisher/claims?body={slug}"))
}

fn letter_form(frame: &Frame<'_>, every: DigestEvery) -> Markup {
    html! {
        form method="post" action=(frame.link("/desk/publisher/letters")) class="form-block" {
            h2 { (frame.say("page.publisher.letters")) }
            p { (frame.say("page.publisher.lettersText")) }
            (frame.hidden())
            label { (frame.say("page.publisher.lettersEvery"))
                select class="field" name="every" {
                    option value="week" selected[every == DigestEvery::Week] { (frame.say("page.publisher.everyWeek")) }
                    option value="never" selected[every == DigestEvery::Never] { (frame.say("page.publisher.everyNever")) }
                }
            }
            button type="submit" class="btn" { (frame.say("page.publisher.save")) }
        }
    }
}

async fn letters(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, frame) = framed!(Frame::sent(&site, request).await);
    let Ok(every) = sent.field("every").parse() else { return frame.refused(&Error::NotFound) };
    done!(frame, digest::set(frame.ctx, &frame.actor, every).await);
    frame.after(ROOM, "letters")
}

/// The body that an address names, among those that the reader speaks for.
fn body_of(bodies: &[Body], slug: Option<&String>) -> Result<Option<OrganisationId>, Error> {
    let Some(slug) = slug else { return Ok(None) };
    bodies.iter().find(|one| one.slug == *slug).map(|one| Some(one.id)).ok_or(Error::NotFound)
}
