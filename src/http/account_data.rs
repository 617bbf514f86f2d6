//! What is kept of the reader, to take away, and the way to be forgotten.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::{Markup, html};

use super::form::{Sent, language, see_other, with_language};
use super::{Site, error, page, session};
use crate::app::{Error, privacy};
use crate::atlas::Lang;
use crate::domain::access::Actor;
use crate::graphql::caller::Keep;
use crate::texts::text;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/account/data.json", get(take_away)).route("/account/forget", post(forget))
}

/// The part of the account's page that leads here.
pub(super) fn section(lang: Lang, query: &str, hidden: &Markup) -> Markup {
    let say = |key| text(lang, key);
    html! {
        section class="form-block" {
            h2 { (say("page.account.data")) }
            p { (say("page.account.dataText")) }
            p { a href="/account/data.json" download="od100-account.json" { (say("page.account.dataDownload")) } }
            form method="post" action={ "/account/forget" (query) } {
                (hidden)
                p { (say("page.account.forgetText")) }
                label class="tick" { input type="checkbox" name="sure" value="yes" required; (say("page.account.forgetSure")) }
                button type="submit" class="btn bad" { (say("page.account.forget")) }
            }
        }
    }
}

async fn take_away(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let Some(desk) = &site.desk else { return StatusCode::NOT_FOUND.into_response() };
    let actor = match session::reader(&site, &parts).await {
        Ok(actor @ Actor::Account(_)) => actor,
        Ok(_) => return see_other(&with_language("/sign-in", &parts)),
        Err(refusal) => return refusal,
    };
    match privacy::own(&desk.access.ctx, &actor).await {
        Ok(kept) => {
            let mut response = axum::Json(kept).into_response();
            let headers = response.headers_mut();
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            let name = HeaderValue::from_static("attachment; filename=\"od100-account.json\"");
            headers.insert(header::CONTENT_DISPOSITION, name);
            response
        }
        Err(error) => failed(&error),
    }
}

async fn forget(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    if sent.field("sure") != "yes" {
        return see_other(&with_language("/account", &sent.parts));
    }
    let wish = match privacy::forget_me(&desk.access.ctx, &sent.actor).await {
        Ok(wish) => wish,
        Err(Error::Unauthenticated) => return see_other(&with_language("/sign-in", &sent.parts)),
        Err(error) => return failed(&error),
    };
    let lang = language(&sent.parts);
    let day = crate::texts::days::day(lang, wish.due_at.date_naive());
    let body = html! {
        h1 { (text(lang, "page.account.forgotten")) }
        p { (text(lang, "page.account.forgottenText").replace("{day}", &day)) }
        p { a href="/" { (text(lang, "page.name")) } }
    };
    let mut response = page::private(lang, text(lang, "page.account.forgotten"), &body);
    session::set(&site, &Keep::Nothing, response.headers_mut());
    response
}

fn failed(error: &Error) -> Response {
    tracing::error!(error = %error, "what is kept of an account could not be handed over or forgotten");
    error::internal(error)
}
