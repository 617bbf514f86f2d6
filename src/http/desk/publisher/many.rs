//! One answer to the claims that are ticked: first what would become of each, then the answer; what somebody else has
//! answered in between stays as it stands and is named.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use entity::id::UseClaimId;
use entity::vocabulary::{Grade, PublisherAck, VerificationDecision};
use maud::html;

use super::super::frame::Frame;
use super::claims::{isolated, path, standing, title};
use super::{done, framed};
use crate::app::Error;
use crate::app::publisher::claim;
use crate::app::publisher::many::{self, Many, Outcome, Preview};
use crate::app::publisher::verify::Seen;
use crate::http::Site;
use crate::texts::phrases::Texts;
use crate::texts::words_of;

fn read<'f>(claims: impl Iterator<Item = &'f str>, decision: &str) -> Option<Many> {
    let claims = claims.map(|id| id.parse().map(UseClaimId)).collect::<Result<_, _>>().ok()?;
    let decision: VerificationDecision = decision.parse().ok()?;
    Some(Many { claims, decision, note: None, seen: BTreeMap::new() })
}

/// A claim and the answer to it that a form was made from, as the form holds them.
fn held(one: &Preview) -> String {
    format!("{} {}", one.claim.id, one.seen.word())
}

/// The same of a form that was sent.
fn seen(held: &str) -> Option<(UseClaimId, Seen)> {
    let (id, word) = held.split_once(' ')?;
    Some((UseClaimId(id.parse().ok()?), Seen::of(word)?))
}

/// What would become of each: a page with an address, so that Back leads to it.
pub(super) async fn preview(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = framed!(Frame::of(&site, &parts).await);
    let query = parts.uri.query().unwrap_or_default();
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    let all = |name: &'static str| pairs.iter().filter(move |(one, _)| one == name).map(|(_, value)| value.as_ref());
    let Some(many) = read(all("claim"), all("decision").next().unwrap_or_default()) else {
        return frame.refused(&Error::NotFound);
    };
    if many.claims.is_empty() {
        return frame.page(
            "page.publisher.many",
            &html! {
                h1 { (frame.say("page.publisher.many")) }
                p class="notice" role="alert" { (frame.say("page.publisher.chooseOne")) }
                p { a href=(frame.link("/desk/publisher/claims?ack=waiting")) { (frame.say("page.publisher.back")) } }
            },
        );
    }
    let found = done!(frame, many::preview(frame.ctx, &frame.actor, &many).await);
    let texts = Texts::of(frame.lang);
    let state = |(ack, grade): (PublisherAck, Grade)| {
        let ack = words_of(frame.lang, "page.publisher.ackWord", ack.as_str());
        format!("{ack}, {}", grade.as_str())
    };
    let changed = found.iter().filter(|one| one.changes()).count() as u64;
    let body = html! {
        h1 { (words_of(frame.lang, "page.publisher.decision", many.decision.as_str())) }
        p { (texts.count("page.publisher.wouldChange", changed, &[("of", &found.len().to_string())])) }
        div class="tablebox" tabindex="0" role="region" aria-label=(frame.say("page.publisher.preview")) {
            table {
                thead { tr {
                    th scope="col" { (frame.say("page.publisher.claim")) }
                    th scope="col" { (frame.say("page.publisher.now")) }
                    th scope="col" { (frame.say("page.publisher.then")) }
                } }
                tbody { @for one in &found { tr {
                    th scope="row" { (title(&frame, &one.claim)) }
                    td { (state(one.before)) }
                    td { @if one.changes() { strong { (state(one.after)) } } @else { (frame.say("page.publisher.same")) } }
                } } }
            }
        }
        form method="post" action=(frame.link("/desk/publisher/many")) class="form-block" {
            (frame.hidden())
            @for one in &found {
                input type="hidden" name="claim" value=(one.claim.id);
                input type="hidden" name="seen" value=(held(one));
            }
            input type="hidden" name="decision" value=(many.decision.as_str());
            div class="answers" {
                button type="submit" class="btn main" { (words_of(frame.lang, "page.publisher.decision", many.decision.as_str())) }
                a class="btn" href=(frame.link("/desk/publisher/claims?ack=waiting")) { (frame.say("page.publisher.back")) }
            }
        }
    };
    frame.page("page.publisher.many", &body)
}

/// Answers them.
pub(super) async fn verify(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, frame) = framed!(Frame::sent(&site, request).await);
    let Some(mut many) = read(sent.all("claim"), sent.field("decision")) else {
        return frame.refused(&Error::NotFound);
    };
    many.seen = sent.all("seen").filter_map(seen).collect();
    let outcome = done!(frame, many::verify(frame.ctx, &frame.actor, &many, None).await);
    if outcome.changed.is_empty() && outcome.gone.is_empty() {
        return frame.after("/desk/publisher/claims?ack=waiting", "verifiedMany");
    }
    left(&frame, &outcome).await
}

/// What was done, and which claims were left as they stand, each with the way to look at it again.
async fn left(frame: &Frame<'_>, outcome: &Outcome) -> Response {
    let texts = Texts::of(frame.lang);
    let mut changed = Vec::with_capacity(outcome.changed.len());
    let mut gone = outcome.gone.len() as u64;
    for &id in &outcome.changed {
        match claim::one(frame.ctx, &frame.actor, id).await {
            Ok(one) => changed.push(one),
            // It has gone since the others were answered.
            Err(Error::NotFound) => gone += 1,
            Err(error) => return frame.refused(&error),
        }
    }
    let done = outcome.done.len() as u64;
    let mut response = frame.page(
        "page.publisher.many",
        &html! {
            h1 { (frame.say("page.publisher.many")) }
            @if done > 0 { p class="notice good" role="status" { (texts.count("page.publisher.manyDone", done, &[])) } }
            @if !changed.is_empty() {
                p class="notice" role="alert" { (texts.count("page.publisher.manyChanged", changed.len() as u64, &[])) }
                ul class="lines" { @for one in &changed { li {
                    a href=(path(frame, one.claim.id)) { (isolated(frame, &one.claim)) } ": " (standing(frame, one))
                } } }
            }
            @if gone > 0 { p class="notice" role="alert" { (texts.count("page.publisher.manyGone", gone, &[])) } }
            p { a href=(frame.link("/desk/publisher/claims?ack=waiting")) { (frame.say("page.publisher.back")) } }
        },
    );
    if done == 0 {
        *response.status_mut() = StatusCode::CONFLICT;
    }
    response
}
