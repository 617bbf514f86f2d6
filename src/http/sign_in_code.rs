//! The page of a sign-in half done: the second factor is asked for, and nothing else can be done with it.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::Response,
    routing::get,
};
use maud::html;

use super::form::{Sent, form_token, language, language_query, see_other, with_language};
use super::sign_in::{DESTINATION, Notice, arrive, refused, show};
use super::{Site, page, second_factor, session};
use crate::app::Error;
use crate::app::access::half::{self, Entered};
use crate::domain::violation::Fault;
use crate::texts::text;

/// Where it is.
pub(super) const PAGE: &str = "/sign-in/code";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(PAGE, get(form).post(finish))
}

async fn form(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let Some(desk) = &site.desk else { return see_other("/") };
    let secret = session::half_secret(&site, &parts.headers).unwrap_or_default();
    match half::waits(&desk.access, secret).await {
        Ok(true) => draw(&site, &parts, None),
        Ok(false) => see_other(&with_language("/sign-in", &parts)),
        Err(error) => refused(&site, &parts, &error),
    }
}

async fn finish(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let secret = session::half_secret(&site, &sent.parts.headers).unwrap_or_default();
    let from = session::address(&sent.parts);
    match half::finish(&desk.access, &sent.actor, from, secret, sent.field("code")).await {
        Ok(done) => arrive(&site, &sent.parts, Ok(Entered::In(done)), &with_language(DESTINATION, &sent.parts)),
        Err(Error::Invalid(faults)) if faults.iter().any(|fault| fault.fault == Fault::DeadLink) => {
            show(&site, &sent.parts, Notice::Waited, "")
        }
        Err(Error::Invalid(_)) => {
            draw(&site, &sent.parts, Some(("page.factor.wrong", StatusCode::UNPROCESSABLE_ENTITY)))
        }
        Err(Error::TooMany(seconds)) => {
            let notice = Some(("page.factor.tooMany", StatusCode::TOO_MANY_REQUESTS));
            let mut response = draw(&site, &sent.parts, notice);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Err(error) => refused(&site, &sent.parts, &error),
    }
}

fn draw(site: &Arc<Site>, parts: &Parts, notice: Option<(&'static str, StatusCode)>) -> Response {
    let (lang, made, query) = (language(parts), form_token(site, parts), language_query(parts));
    let say = |key| text(lang, key);
    let body = html! {
        h1 { (say("page.factor.ask")) }
        @if let Some((key, _)) = notice { p class="notice" role="alert" { (say(key)) } }
        form method="post" action={ (PAGE) (query) } class="form-block" {
            input type="hidden" name="form" value=(made.value);
            p { (say("page.factor.askText")) }
            (second_factor::code_field(say("page.factor.codeOfApp"), true))
            button type="submit" class="btn main" { (say("page.signIn.submit")) }
        }
        form method="post" action={ (PAGE) (query) } class="form-block" {
            h2 { (say("page.factor.lost")) }
            input type="hidden" name="form" value=(made.value);
            label { (say("page.factor.recoveryCode"))
                input class="field" name="code" required autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="60";
            }
            button type="submit" class="btn" { (say("page.factor.useRecovery")) }
            p { (say("page.factor.lostAll")) }
        }
        p { a href={ "/sign-in" (query) } { (say("page.factor.otherAccount")) } }
    };
    let mut response = page::private_of(parts, PAGE, lang, say("page.factor.ask"), &body);
    if let Some((_, status)) = notice {
        *response.status_mut() = status;
    }
    made.on(site, response)
}
