//! The room of the accounts: who there is, who may do what and until when, and the end of all that. For administrators;
//! each form calls the use case that checks so itself.

mod contacts;
mod one;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use maud::{Markup, html};

use super::frame::Frame;
use crate::app::Error;
use crate::app::access::account::{self, Account};
use crate::app::access::grant::{self, Grant};
use crate::domain::violation::Fault;
use crate::http::Site;
use crate::http::form::{Sent, see_other};
use crate::texts::words_of;

/// Where the room is.
pub(in crate::http) const ACCOUNTS: &str = "/desk/accounts";
/// How many accounts are listed at a time.
const PAGE: u64 = 50;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route(ACCOUNTS, get(list).post(create))
        .route(contacts::HERE, get(contacts::show))
        .route("/desk/accounts/{account}", get(one::show))
        .route("/desk/accounts/{account}/roles", post(one::give))
        .route("/desk/accounts/{account}/roles/end", post(one::take))
        .route("/desk/accounts/{account}/disabled", post(one::set_disabled))
        .route("/desk/accounts/{account}/revoked", post(one::revoke))
}

/// What is wrong with what was sent, as a key of its text.
fn fault_key(error: &Error) -> Option<&'static str> {
    let Error::Invalid(violations) = error else { return None };
    let first = violations.first()?;
    Some(match (first.fault, first.field.as_str()) {
        (Fault::Taken, _) => "page.accounts.taken",
        (_, "email") => "page.signIn.notAnAddress",
        (Fault::Missing, "scope") => "page.accounts.noPlace",
        (Fault::Missing, _) => "page.account.missing",
        (_, "scopeKind" | "scopeId" | "scope") => "page.accounts.wrongScope",
        (_, "endsAt") => "page.accounts.wrongEnd",
        _ => "page.account.invalid",
    })
}

async fn list(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Frame::of(&site, &parts).await {
        Ok(frame) => draw(&frame, None, None).await,
        Err(answer) => answer,
    }
}

async fn create(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let frame = match Frame::with(&site, &sent.parts, sent.actor.clone()) {
        Ok(frame) => frame,
        Err(answer) => return answer,
    };
    let new = account::New {
        email: sent.field("email").to_owned(),
        display_name: sent.field("displayName").to_owned(),
        lang: sent.field("letters").to_owned(),
        password: None,
    };
    match account::create(&desk.access, &sent.actor, new, None).await {
        Ok(account) => see_other(&frame.link(&format!("{ACCOUNTS}/{}", account.id))),
        Err(error) => match fault_key(&error) {
            Some(key) => {
                let mut response = draw(&frame, Some(key), Some(&sent)).await;
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
                response
            }
            None => frame.refused(&error),
        },
    }
}

/// The names of the roles that an account has now.
fn roles(frame: &Frame<'_>, account: &Account, grants: &[Grant]) -> String {
    let now = frame.ctx.now();
    let held = grants.iter().filter(|grant| {
        grant.account_id == account.id && grant.revoked_at.is_none() && grant.ends_at.is_none_or(|end| end > now)
    });
    let mut names: Vec<_> = held.map(|grant| words_of(frame.lang, "page.account.role", grant.role.as_str())).collect();
    names.dedup();
    names.join(", ")
}

/// The page, with what was sent in vain.
async fn draw(frame: &Frame<'_>, fault: Option<&'static str>, sent: Option<&Sent>) -> Response {
    let pairs: Vec<_> =
        url::form_urlencoded::parse(frame.parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let given = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let holds = given("q").unwrap_or_default();
    let mut page = match account::page(frame.ctx, &frame.actor, given("after"), Some(holds), PAGE).await {
        Ok(page) => page,
        Err(error) => return frame.refused(&error),
    };
    let has_more = page.len() > PAGE as usize;
    page.truncate(PAGE as usize);
    let ids: Vec<_> = page.iter().map(|account| account.id).collect();
    let grants = match grant::of(frame.ctx, &frame.actor, &ids).await {
        Ok(grants) => grants,
        Err(error) => return frame.refused(&error),
    };
    let next = page.last().filter(|_| has_more).map(|last| {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", holds)
            .append_pair("after", &last.email_key)
            .finish();
        frame.link(&format!("{ACCOUNTS}?{query}"))
    });
    let body = html! {
        h1 { (frame.say("page.accounts.title")) }
        @if let Some(key) = fault { p class="notice" role="alert" { (frame.say(key)) } }
        form method="get" action=(ACCOUNTS) class="search-line" role="search" {
            input type="hidden" name="lang" value=(frame.lang);
            label { (frame.say("page.accounts.search")) input class="field" type="search" name="q" value=(holds) maxlength="120"; }
            button type="submit" class="btn" { (frame.say("page.accounts.find")) }
        }
        p { a href=(frame.link(contacts::HERE)) { (frame.say("page.accounts.contacts")) } }
        @if page.is_empty() { p { (frame.say("page.accounts.none")) } }
        @else { (table(frame, &page, &grants)) }
        @if let Some(next) = next { p { a href=(next) { (frame.say("page.accounts.more")) } } }
        (new_account(frame, sent))
    };
    frame.page("page.accounts.title", &body)
}

fn table(frame: &Frame<'_>, page: &[Account], grants: &[Grant]) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(frame.say("page.accounts.title")) {
            table class="tw" {
                thead { tr {
                    th scope="col" { (frame.say("page.account.name")) }
                    th scope="col" { (frame.say("page.signIn.email")) }
                    th scope="col" { (frame.say("page.account.roles")) }
                } }
                tbody {
                    @for account in page {
                        tr {
                            th scope="row" { a href=(frame.link(&format!("{ACCOUNTS}/{}", account.id))) { (account.display_name) } }
                            td { (account.email) }
                            td {
                                (roles(frame, account, grants))
                                @if account.disabled_at.is_some() { " " strong { (frame.say("page.accounts.disabled")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn new_account(frame: &Frame<'_>, sent: Option<&Sent>) -> Markup {
    let value = |name: &str| sent.map_or("", |sent| sent.field(name));
    let letters = sent.map_or(frame.lang.as_str(), |sent| sent.field("letters"));
    html! {
        form method="post" action=(frame.link(ACCOUNTS)) class="form-block" {
            h2 { (frame.say("page.accounts.new")) }
            p { (frame.say("page.accounts.newText")) }
            (frame.hidden())
            label { (frame.say("page.signIn.email")) input class="field" type="email" name="email" value=(value("email")) required maxlength="254" autocomplete="off"; }
            label { (frame.say("page.account.name")) input class="field" name="displayName" value=(value("displayName")) required maxlength="120" autocomplete="off"; }
            label { (frame.say("page.account.lang"))
                select class="field" name="letters" {
                    @for (code, name) in [("es", "Español"), ("en", "English")] { option value=(code) selected[letters == code] { (name) } }
                }
            }
            button type="submit" class="btn main" { (frame.say("page.accounts.create")) }
        }
    }
}
