//! The pages on which people make an account of their own: an address, a letter, a name. The answer is the same whether
//! or not there is such an account.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::Response,
    routing::get,
};
use maud::{Markup, html};

use super::form::{Sent, form_token, language, language_query, see_other, with_language};
use super::sign_in::{DESTINATION, arrive};
use super::stamp::{is_human, stamp};
use super::{Desk, Site, error, page, session};
use crate::app::Error;
use crate::app::access::sign_up;
use crate::domain::secret::Secret;
use crate::domain::violation::Fault;
use crate::texts::text;

/// Where people ask for an account.
pub(super) const PAGE: &str = "/sign-up";
/// Where links lead that are sent.
pub(super) const LINK: &str = "/sign-up/link/";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(PAGE, get(ask).post(request)).route("/sign-up/link/{token}", get(name).post(redeem))
}

/// Something said above the form, with the status of the page.
type Notice = (&'static str, StatusCode);

async fn ask(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    show(&site, &parts, None)
}

async fn request(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    // A field that people do not see, or a form that was filled in at once.
    if !sent.field("website").is_empty() || !is_human(&desk.access.ctx, PAGE, sent.field("shown")) {
        return show(&site, &sent.parts, Some(("page.signUp.again", StatusCode::UNPROCESSABLE_ENTITY)));
    }
    let (from, lang) = (session::address(&sent.parts), language(&sent.parts));
    match sign_up::request(&desk.access, &sent.actor, from, sent.field("email"), lang.as_str()).await {
        Ok(()) => show(&site, &sent.parts, Some(("page.signUp.sent", StatusCode::OK))),
        Err(error) => refused(&site, &sent.parts, error),
    }
}

/// What a link shows: the last question and a button. Looking at it uses nothing up.
async fn name(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if Secret::parse(&token).is_none() {
        return show(&site, &parts, Some(("page.signUp.deadLink", StatusCode::UNPROCESSABLE_ENTITY)));
    }
    ask_name(&site, &parts, &token, None)
}

async fn redeem(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let (from, lang) = (session::address(&sent.parts), language(&sent.parts));
    let name = sent.field("displayName");
    match sign_up::redeem(&desk.access, &sent.actor, from, &token, name, lang.as_str()).await {
        Ok(done) => arrive(&site, &sent.parts, Ok(done), &with_language(DESTINATION, &sent.parts)),
        Err(Error::Invalid(faults)) if faults.first().is_some_and(|fault| fault.fault != Fault::DeadLink) => {
            ask_name(&site, &sent.parts, &token, Some("page.signUp.badName"))
        }
        Err(error) => refused(&site, &sent.parts, error),
    }
}

fn refused(site: &Arc<Site>, parts: &Parts, error: Error) -> Response {
    match error {
        Error::Invalid(faults) => {
            let is_dead = faults.first().is_some_and(|fault| fault.fault == Fault::DeadLink);
            let key = if is_dead { "page.signUp.deadLink" } else { "page.signIn.notAnAddress" };
            show(site, parts, Some((key, StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Error::TooMany(seconds) => {
            let mut response = show(site, parts, Some(("page.signUp.tooMany", StatusCode::TOO_MANY_REQUESTS)));
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Error::NotFound => see_other(&with_language("/sign-in", parts)),
        error => {
            tracing::error!(error = %error, "an account could not be made");
            error::internal(&error)
        }
    }
}

/// The desk, where people may make accounts of their own.
fn open(site: &Arc<Site>) -> Option<&Desk> {
    site.desk.as_ref().filter(|desk| desk.access.is_open)
}

fn show(site: &Arc<Site>, parts: &Parts, notice: Option<Notice>) -> Response {
    let Some(desk) = open(site) else { return see_other(&with_language("/sign-in", parts)) };
    let (lang, made) = (language(parts), form_token(site, parts));
    let say = |key| text(lang, key);
    let body = html! {
        h1 { (say("page.signUp.title")) }
        @if let Some((key, status)) = notice {
            p class="notice" role=(if status == StatusCode::OK { "status" } else { "alert" }) { (say(key)) }
        }
        form method="post" action={ (PAGE) (language_query(parts)) } class="form-block" {
            p { (say("page.signUp.text")) }
            input type="hidden" name="form" value=(made.value);
            input type="hidden" name="shown" value=(stamp(&desk.access.ctx, PAGE));
            label { (say("page.signIn.email")) input class="field" type="email" name="email" autocomplete="email" required maxlength="254"; }
            div hidden { label { (say("page.join.leaveEmpty")) input type="text" name="website" tabindex="-1" autocomplete="off"; } }
            button type="submit" class="btn main" { (say("page.signIn.sendLink")) }
        }
        p class="form-block" { a href=(with_language("/sign-in", parts)) { (say("page.signUp.haveOne")) } }
    };
    let mut response = page::private_of(parts, PAGE, lang, say("page.signUp.title"), &body);
    if let Some((_, status)) = notice {
        *response.status_mut() = status;
    }
    made.on(site, response)
}

fn ask_name(site: &Arc<Site>, parts: &Parts, token: &str, fault: Option<&'static str>) -> Response {
    if open(site).is_none() {
        return see_other(&with_language("/sign-in", parts));
    }
    let (lang, made) = (language(parts), form_token(site, parts));
    let say = |key| text(lang, key);
    let body: Markup = html! {
        h1 { (say("page.signUp.nameTitle")) }
        @if let Some(key) = fault { p class="notice" role="alert" { (say(key)) } }
        form method="post" action={ (LINK) (token) (language_query(parts)) } class="form-block" {
            p { (say("page.signUp.nameText")) }
            input type="hidden" name="form" value=(made.value);
            label { (say("page.account.name")) input class="field" name="displayName" required maxlength="120" autocomplete="name"; }
            button type="submit" class="btn main" { (say("page.signUp.button")) }
        }
    };
    let mut response = page::private_of(parts, parts.uri.path(), lang, say("page.signUp.nameTitle"), &body);
    if fault.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    made.on(site, response)
}
