//! "My organisation": the own record, what is said of it and in which role, the own answers, and what waits.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    response::Response,
    routing::get,
};
use entity::id::UseClaimId;
use entity::vocabulary::{ActorKind, ClaimStatus, Role, VerificationDecision, VerificationRole};
use maud::{Markup, html};

use super::answered::{asked, said};
use super::frame::Frame;
use crate::app::Error;
use crate::app::review::dispute;
use crate::app::review::organisation::{self, Claim, Own};
use crate::app::survey::link;
use crate::domain::access::{Action, might};
use crate::domain::review::Subject;
use crate::http::form::Sent;
use crate::http::{Site, answer};
use crate::texts::phrases::DOT;
use crate::texts::{in_language, words_of};

const HERE: &str = "/desk/organisation";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(HERE, get(show).post(act))
}

async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = match Frame::of(&site, &parts).await {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    draw(&frame, None).await
}

async fn draw(frame: &Frame<'_>, refusal: Option<&Error>) -> Response {
    if !might(&frame.actor, Action::SpeakForOrganisation, frame.ctx.now()) {
        return frame.refused(&Error::Forbidden);
    }
    let mut own = Vec::new();
    for id in organisation::spoken_for(&frame.actor, frame.ctx.now()) {
        match organisation::own(frame.ctx, &frame.actor, id, frame.lang.as_str()).await {
            Ok(one) => match link::answerable(frame.ctx, &frame.actor, id).await {
                Ok(awaited) => own.push((one, awaited)),
                Err(error) => return frame.refused(&error),
            },
            Err(error) => return frame.refused(&error),
        }
    }
    let body = html! {
        h1 { (frame.say("page.organisation.title")) }
        (frame.refusal(refusal))
        @for (one, awaited) in &own { (sheet(frame, one, awaited)) }
        p class="small" { a href=(frame.link(super::takeover::ROOM)) { (frame.say("page.organisation.another")) } }
    };
    frame.page("page.organisation.title", &body)
}

fn sheet(frame: &Frame<'_>, own: &Own, awaited: &[link::Followed]) -> Markup {
    let page = format!("/organisations/{}", own.row.slug);
    let propose = |sort: &str| frame.link(&format!("/desk/propose/{sort}?about={page}"));
    html! {
        section {
            h2 { (own.name) }
            p class="small" {
                a href=(frame.link(&page)) { (frame.say("page.organisation.page")) } (DOT)
                a href=(propose("correction")) { (frame.say("page.organisation.correct")) } (DOT)
                a href=(propose("use")) { (frame.say("page.organisation.add")) }
            }
            @if !awaited.is_empty() {
                h3 { (frame.say("page.organisation.waves")) }
                ul class="cases" { @for one in awaited { (wave_row(frame, one)) } }
            }
            h3 { (frame.say("page.organisation.claims")) }
            @if own.claims.is_empty() { p class="empty" { (frame.say("page.organisation.noClaims")) } }
            @else { (answers(frame)) }
            ul class="cases" { @for claim in &own.claims { (claim_row(frame, claim)) } }
            h3 { (frame.say("page.organisation.cases")) }
            @if own.cases.is_empty() { p class="empty" { (frame.say("page.organisation.noCases")) } }
            ul class="cases" {
                @for (case, headline, role) in &own.cases {
                    li {
                        p class="kicker" { (words_of(frame.lang, "page.review.kind", case.kind.as_str())) (DOT) (words_of(frame.lang, "page.organisation.by", by(case.proposer_kind, *role))) (DOT) (frame.day(case.opened_at.date_naive())) }
                        p { (super::review_words::headline(frame, case.kind, headline)) }
                        p class="marks" { span class="chip" { (words_of(frame.lang, "page.review.status", case.status.as_str())) } }
                    }
                }
            }
            h3 { (frame.say("page.organisation.answers")) }
            @if own.answers.is_empty() { p class="empty" { (frame.say("page.organisation.noAnswers")) } }
            @if !own.answers.is_empty() {
                div class="scrolls" tabindex="0" role="region" aria-label=(frame.say("page.organisation.answers")) {
                    table class="compared" {
                        thead { tr { th scope="col" { (frame.say("page.organisation.question")) } th scope="col" { (frame.say("page.organisation.answer")) } th scope="col" { (frame.say("page.organisation.seenBy")) } } }
                        tbody {
                            @for (one, of) in &own.answers {
                                tr {
                                    th scope="row" { (asked(frame, of.as_deref(), &one.question)) }
                                    td { @match (&one.value, one.missing) { (Some(value), _) => { (said(frame, of.as_deref(), &one.question, value)) } (None, Some(missing)) => { span class="quiet" { (crate::texts::label(frame.lang, "missing", missing.as_str())) } } _ => { "–" } } }
                                    td { (words_of(frame.lang, "page.organisation.seen", one.visibility.as_str())) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A wave that waits for the answers of the organisation, and the way to its questions.
fn wave_row(frame: &Frame<'_>, awaited: &link::Followed) -> Markup {
    let title = in_language(&serde_json::from_str(&awaited.wave.title).unwrap_or_default(), frame.lang).to_owned();
    html! {
        li {
            @if let Some(day) = awaited.wave.closes_on { p class="kicker" { (frame.say("page.answer.until")) " " (frame.day(day)) } }
            p { b { (title) } }
            p { a class="btn main" href=(frame.link(&answer::by_account(awaited.response.entity_id))) { (frame.say("page.organisation.answerWave")) } }
        }
    }
}

/// What each of the answers to a claim does.
fn answers(frame: &Frame<'_>) -> Markup {
    super::claims::does(
        frame,
        &[
            (true, "page.organisation.right", "page.organisation.rightDoes"),
            (true, "page.organisation.wrong", "page.organisation.wrongDoes"),
            (true, "page.organisation.dispute", "page.organisation.disputeDoes"),
        ],
    )
}

/// In which role somebody proposed something; never who.
fn by(kind: Option<ActorKind>, role: Option<Role>) -> &'static str {
    role.map(Role::as_str).or(kind.map(ActorKind::as_str)).unwrap_or("visitor")
}

fn claim_row(frame: &Frame<'_>, claim: &Claim) -> Markup {
    let row = &claim.row;
    let own = claim.verifications.iter().find(|one| one.role == VerificationRole::Organisation);
    html! {
        li {
            p class="kicker" {
                (words_of(frame.lang, "page.organisation.said", row.asserted_by.as_str())) (DOT)
                (frame.say("page.review.evidence")) ": " (claim.evidence)
            }
            p { b { a href=(frame.link(&super::claims::path(Subject::UseClaim(row.entity_id)).unwrap_or_default())) dir="auto" { (claim.what) } } }
            @for (part, name) in &claim.asserted {
                p class="small quiet" { (words_of(frame.lang, "page.organisation.asserted", part.as_str())) " " (name) }
            }
            p class="marks" {
                span class="chip" { (words_of(frame.lang, "page.organisation.status", row.status.as_str())) }
                // What waits is graded when it is accepted.
                @if row.status != ClaimStatus::Proposed { span class="chip" { (frame.say("page.review.grade")) " " (row.grade.as_str()) } }
                @if let Some(own) = own { span class="chip" { (words_of(frame.lang, "page.review.verified", own.decision.as_str())) } }
            }
            @if matches!(row.status, ClaimStatus::Accepted | ClaimStatus::Disputed | ClaimStatus::Proposed) {
                form method="post" action=(frame.link(HERE)) class="verdict" {
                    (frame.hidden())
                    input type="hidden" name="claim" value=(row.entity_id);
                    label { span { (frame.say("page.organisation.note")) } input class="field" name="note" maxlength="600" autocomplete="off"; }
                    div class="actions" {
                        button class="btn" name="action" value="not_recognised" { (frame.say("page.organisation.wrong")) }
                        @if row.status == ClaimStatus::Accepted { button class="btn" name="action" value="dispute" { (frame.say("page.organisation.dispute")) } }
                        button class="btn main" name="action" value="confirmed" { (frame.say("page.organisation.right")) }
                    }
                }
            }
        }
    }
}

async fn act(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, frame) = match Frame::sent(&site, request).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    match acted(&frame, &sent).await {
        Ok(word) => frame.after(HERE, word),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => draw(&frame, Some(&error)).await,
        Err(error) => frame.refused(&error),
    }
}

/// Does what a form asks for; the word for it.
async fn acted(frame: &Frame<'_>, sent: &Sent) -> Result<&'static str, Error> {
    let claim = UseClaimId(sent.field("claim").parse().map_err(|_| Error::NotFound)?);
    let note = sent.field("note");
    let decision = match sent.field("action") {
        "confirmed" => VerificationDecision::Confirmed,
        "not_recognised" => VerificationDecision::NotRecognised,
        "dispute" => {
            let claim = Subject::UseClaim(claim);
            return dispute::dispute(frame.ctx, &frame.actor, claim, note, None).await.map(|_| "disputed");
        }
        _ => return Err(Error::NotFound),
    };
    organisation::confirm(frame.ctx, &frame.actor, claim, (decision, note), None).await.map(|_| "told")
}
