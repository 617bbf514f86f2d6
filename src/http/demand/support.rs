//! The page to support a request, and to take that back: one button, for those who are signed in.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    http::{StatusCode, request::Parts},
    response::Response,
};
use maud::{Markup, html};

use super::BOARD;
use crate::app::Error;
use crate::app::demand::support::{self, Supporter};
use crate::atlas::Lang;
use crate::domain::access::Actor;
use crate::http::form::{Sent, form_token, language, see_other, with_language};
use crate::http::session::reader;
use crate::http::{Site, again, error, page, way};
use crate::texts::{in_language, refusals, text};

pub(super) async fn show(State(site): State<Arc<Site>>, Path(slug): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match reader(&site, &parts).await {
        Ok(actor) => form(&site, &parts, &actor, &slug).await,
        Err(response) => response,
    }
}

async fn form(site: &Arc<Site>, parts: &Parts, actor: &Actor, slug: &str) -> Response {
    if !matches!(actor, Actor::Account(_)) {
        return way::to_sign_in(site, parts);
    }
    let (Some(desk), Some(atlas)) = (&site.desk, (site.atlas)()) else { return failed(parts, &Error::NotFound) };
    let Some(ix) = atlas.request_by_slug(slug) else { return failed(parts, &Error::NotFound) };
    let (row, lang, token) = (atlas.request(ix), language(parts), form_token(site, parts));
    let say = |key| text(lang, key);
    let supporters = match support::supporters(&desk.access.ctx, actor, row.id).await {
        Ok(supporters) => supporters,
        Err(error) => return failed(parts, &error),
    };
    // Whoever supports it may take that back, and nobody supports it twice.
    let (given, lacking): (Vec<_>, Vec<_>) = supporters.iter().partition(|one| one.supports);
    let whose = |of: &[&Supporter]| names(of, lang);
    let action = with_language(&format!("{BOARD}/{slug}/support"), parts);
    let body = html! {
        h1 { (say("page.requests.supportTitle")) }
        p lang=(row.lang.as_str()) { (atlas.str(row.title)) }
        p { (say("page.requests.supportText")) }
        @if !lacking.is_empty() {
            form method="post" action=(action) class="form-block" {
                input type="hidden" name="form" value=(token.value);
                (whose(&lacking))
                label class="tick" { input type="checkbox" name="blocks" value="1"; (say("page.requests.blocks")) }
                label { (say("page.requests.comment")) textarea class="field" name="comment" rows="3" maxlength="600" {} }
                button type="submit" class="btn main" name="do" value="give" { (say("page.requests.support")) }
            }
        }
        @if !given.is_empty() {
            form method="post" action=(action) class="form-block" {
                input type="hidden" name="form" value=(token.value);
                p { (say("page.requests.supported")) }
                (whose(&given))
                button type="submit" class="btn" name="do" value="take" { (say("page.requests.takeBack")) }
            }
        }
    };
    token.on(site, page::of_site(parts, Some(BOARD), lang, say("page.requests.supportTitle"), &body))
}

/// In whose name, where it is not the reader's alone.
fn names(of: &[&Supporter], lang: Lang) -> Markup {
    html! {
        @if of.iter().any(|one| one.organisation.is_some()) {
            label { (text(lang, "page.requests.inTheName"))
                select class="field" name="organisation" {
                    @for one in of {
                        @match &one.organisation {
                            None => { option value="" { (text(lang, "page.requests.myOwn")) } }
                            Some((slug, name)) => { option value=(slug) { (in_language(name, lang)) } }
                        }
                    }
                }
            }
        }
    }
}

pub(super) async fn send(State(site): State<Arc<Site>>, Path(slug): Path<String>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let (ctx, organisation) = (&desk.access.ctx, Some(sent.field("organisation").to_owned()));
    let done = if sent.field("do") == "take" {
        support::withdraw(ctx, &sent.actor, &slug, organisation.as_deref()).await
    } else {
        let given = support::Given {
            organisation,
            blocks_project: !sent.field("blocks").is_empty(),
            comment: sent.field("comment").to_owned(),
        };
        support::support(ctx, &sent.actor, &slug, &given).await
    };
    let lang = language(&sent.parts);
    match done {
        Ok(request) => {
            let body = html! {
                h1 { (text(lang, "page.requests.savedTitle")) }
                p role="status" { (text(lang, "page.requests.savedText")) }
                p { a href=(with_language(&format!("{BOARD}/{}", request.slug), &sent.parts)) lang=(request.lang) { (request.title) } }
            };
            page::of_site(&sent.parts, Some(BOARD), lang, text(lang, "page.requests.savedTitle"), &body)
        }
        Err(Error::Unauthenticated) => again::signed_out(&site, &sent),
        Err(error) => failed(&sent.parts, &error),
    }
}

/// The page where nothing was done.
pub(super) fn failed(parts: &Parts, error: &Error) -> Response {
    let (status, key) = match error {
        Error::Unauthenticated => return see_other(&with_language("/sign-in", parts)),
        Error::NotFound => (StatusCode::NOT_FOUND, "page.desk.notFound"),
        Error::Forbidden => (StatusCode::FORBIDDEN, "page.desk.forbidden"),
        Error::SecondFactor => (StatusCode::FORBIDDEN, "page.factor.needed"),
        Error::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "page.desk.tooMany"),
        Error::Invalid(_) | Error::Conflict(_) => (StatusCode::CONFLICT, "page.desk.conflict"),
        Error::Internal(_) => {
            tracing::error!(error = %error, "a page of the board failed");
            return error::internal(error);
        }
    };
    let lang = language(parts);
    // What stands in the way is said, where a rule says it.
    let said = match error {
        Error::Conflict(message) => refusals::sentence(&refusals::of_conflict(lang, message)),
        Error::Invalid(faults) => refusals::of_faults(lang, faults),
        _ => text(lang, key).to_owned(),
    };
    let body =
        html! { h1 { (said) } p { a href=(with_language(BOARD, parts)) { (text(lang, "page.requests.title")) } } };
    let mut response = page::of_site(parts, Some(BOARD), lang, &said, &body);
    *response.status_mut() = status;
    if let Error::TooMany(seconds) = error { error::after(response, *seconds) } else { response }
}
