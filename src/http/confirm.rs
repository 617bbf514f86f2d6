//! The page that a link of a letter leads to: one claim, and a button for each answer. Looking at it uses nothing up,
//! so that no program that looks at letters answers for anybody.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use entity::vocabulary::VerificationDecision;
use maud::{Markup, html};

use super::desk::{publisher_line, publisher_question, publisher_seen};
use super::form::{FormToken, Sent, form_token, language, language_query};
use super::{Site, page};
use crate::app::Error;
use crate::app::publisher::claim::Listed;
use crate::app::publisher::link::{self, Answer, Followed};
use crate::app::publisher::verify::Seen;
use crate::atlas::Lang;
use crate::texts::{text, words_of};

/// Where such links lead.
pub(super) const LINK: &str = "/confirm/";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/confirm/{token}", get(show).post(answer))
        .route("/confirm/{token}/stop", get(stop_button).post(stop))
}

/// The path as it may be logged: what follows the first part is a key.
pub(super) fn logged(path: &str) -> Option<String> {
    path.strip_prefix(LINK).map(|_| format!("{LINK}…"))
}

async fn show(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let Some(desk) = &site.desk else { return StatusCode::NOT_FOUND.into_response() };
    match link::follow(&desk.access, &token).await {
        Ok(followed) => draw(&site, &parts, &token, &followed, None),
        Err(error) => refused(&site, &parts, &error),
    }
}

async fn answer(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let Some(decision) = sent.field("decision").parse().ok().filter(|one| *one != VerificationDecision::Corrected)
    else {
        return refused(&site, &sent.parts, &Error::NotFound);
    };
    let (note, seen) = (Some(sent.field("note").to_owned()), Seen::of(sent.field("seen")));
    let said = Answer { decision, note, seen };
    let done = link::verify(&desk.access, &token, said).await;
    let is_conflict = matches!(done, Err(Error::Conflict(_)));
    let notice = match done {
        Ok(_) => "page.confirm.thanks",
        Err(Error::Conflict(_)) => "page.confirm.used",
        Err(Error::Invalid(_)) => "page.publisher.wrongAnswer",
        Err(error) => return refused(&site, &sent.parts, &error),
    };
    match link::follow(&desk.access, &token).await {
        Ok(followed) => {
            // Who answered elsewhere meanwhile has not used the link.
            let is_meanwhile = is_conflict && followed.answered.is_none();
            let notice = if is_meanwhile { "page.confirm.meanwhile" } else { notice };
            draw(&site, &sent.parts, &token, &followed, Some(notice))
        }
        Err(error) => refused(&site, &sent.parts, &error),
    }
}

fn draw(site: &Site, parts: &Parts, token: &str, followed: &Followed, notice: Option<&'static str>) -> Response {
    let (lang, form) = (language(parts), form_token(site, parts));
    let (claim, query) = (&followed.claim.claim, language_query(parts));
    let say = |key| text(lang, key);
    let body = html! {
        h1 { (publisher_question(lang, claim)) }
        @if let Some(notice) = notice { p class="notice" role="status" { (say(notice)) } }
        (publisher_line(lang, &followed.claim))
        @match followed.answered {
            Some((decision, at)) => {
                p { (say("page.confirm.answered")) " " strong { (words_of(lang, "page.publisher.answered", decision.as_str())) } ", " (crate::texts::days::day(lang, at.date_naive())) "." }
                p { a href={ "/desk/publisher/claims/" (claim.id) (query) } { (say("page.confirm.change")) } }
                p { a href={ "/organisations/" (claim.organisation_slug) (query) } { (say("page.publisher.profile")) } }
            }
            None => {
                @if let Some(answer) = &followed.claim.answer {
                    p { strong { (words_of(lang, "page.publisher.answered", answer.decision.as_str())) } ", " (crate::texts::days::day(lang, answer.verified_at.date_naive())) }
                }
                (buttons(lang, &form, &format!("{LINK}{token}{query}"), &followed.claim))
                p class="small" { (say("page.confirm.correct")) " " a href={ "/desk/publisher/claims/" (claim.id) (query) } { (say("page.confirm.correctAt")) } }
            }
        }
        p class="tiny muted" { a href={ (LINK) (token) "/stop" (query) } { (say("page.confirm.stop")) } }
    };
    let status = if notice.is_some_and(|notice| notice != "page.confirm.thanks") {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let mut response =
        form.on(site, page::private_of(parts, parts.uri.path(), lang, say("page.publisher.claims"), &body));
    *response.status_mut() = status;
    response
}

fn buttons(lang: Lang, form: &FormToken, action: &str, claim: &Listed) -> Markup {
    let say = |key| text(lang, key);
    html! {
        form method="post" action=(action) class="form-block" {
            input type="hidden" name="form" value=(form.value);
            (publisher_seen(claim))
            label { (say("page.publisher.note")) textarea class="field" name="note" rows="2" maxlength="1000" {} }
            p class="tiny muted" { (say("page.publisher.noteSeen")) }
            div class="answers" {
                button type="submit" class="btn main" name="decision" value="confirmed" { (words_of(lang, "page.publisher.decision", "confirmed")) }
                button type="submit" class="btn" name="decision" value="not_recognised" { (words_of(lang, "page.publisher.decision", "not_recognised")) }
                button type="submit" class="btn" name="decision" value="cannot_tell" { (words_of(lang, "page.publisher.decision", "cannot_tell")) }
            }
        }
    }
}

/// The button that ends the letters.
async fn stop_button(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let (lang, form) = (language(&parts), form_token(&site, &parts));
    let body = html! {
        h1 { (text(lang, "page.confirm.stopTitle")) }
        p { (text(lang, "page.confirm.stopText")) }
        form method="post" action={ (LINK) (token) "/stop" (language_query(&parts)) } class="form-block" {
            input type="hidden" name="form" value=(form.value);
            button type="submit" class="btn main" { (text(lang, "page.confirm.stop")) }
        }
    };
    form.on(&site, page::private_at(&parts, lang, text(lang, "page.confirm.stopTitle"), &body))
}

async fn stop(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    if let Err(error) = link::stop_letters(&desk.access, &token).await {
        return refused(&site, &sent.parts, &error);
    }
    let lang = language(&sent.parts);
    let body = html! { h1 { (text(lang, "page.confirm.stopped")) } p { (text(lang, "page.confirm.stoppedText")) } };
    page::private(lang, text(lang, "page.confirm.stopped"), &body)
}

fn refused(site: &Site, parts: &Parts, error: &Error) -> Response {
    let lang = language(parts);
    let status = match error {
        Error::Internal(_) => {
            tracing::error!(error = %error, "an answer by a link failed");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        _ => StatusCode::NOT_FOUND,
    };
    let body = html! { h1 { (text(lang, "page.confirm.dead")) } p { (text(lang, "page.confirm.deadText")) } };
    let page = page::private_at(parts, lang, text(lang, "page.confirm.dead"), &body);
    let mut response = form_token(site, parts).on(site, page);
    *response.status_mut() = status;
    response
}
