//! The pages of the own second factor: set up with an app, the codes for a lost device, renewed and ended. Forms, so that
//! they need no script. The seed and the codes are in the one answer that shows them, which nobody keeps.

mod qr;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use maud::{Markup, html};

use super::form::{FormToken, Sent, form_token, language, language_query, see_other, with_language};
use super::{Site, error, page, session, way};
use crate::app::Error;
use crate::app::access::{account, second_factor as factor};
use crate::atlas::Lang;
use crate::domain::access::Actor;
use crate::domain::second_factor::recovery::RecoveryCode;
use crate::domain::second_factor::totp::Seed;
use crate::graphql::caller::Keep;
use crate::texts::{days, text};

/// Where it is.
pub(super) const PAGE: &str = "/account/second-factor";
/// Where a seed is offered, taken back and confirmed, codes are renewed, and it ends.
const BEGIN: &str = "/account/second-factor/begin";
const CANCEL: &str = "/account/second-factor/cancel";
const CONFIRM: &str = "/account/second-factor/confirm";
const CODES: &str = "/account/second-factor/codes";
const END: &str = "/account/second-factor/end";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route(PAGE, get(show))
        .route(BEGIN, post(begin))
        .route(CANCEL, post(cancel))
        .route(CONFIRM, post(confirm))
        .route(CODES, post(renew))
        .route(END, post(end))
}

/// What the account's page says of it; `sleeps` where roles wait for it.
pub(super) fn section(lang: Lang, query: &str, status: Option<factor::Status>, sleeps: bool) -> Markup {
    let say = |key| text(lang, key);
    html! {
        section class="form-block" id="second-factor" {
            h2 { (say("page.factor.title")) }
            @if sleeps { p class="notice" { (say(asleep_key(status.is_some()))) } }
            @match status {
                Some(status) => { p { (since(lang, status)) } }
                None => { p { (say("page.factor.off")) } }
            }
            p { a class=(if sleeps { "btn main" } else { "btn" }) href={ (PAGE) (query) } {
                (say(if status.is_some() { "page.factor.change" } else { "page.factor.setUp" }))
            } }
        }
    }
}

/// Why roles sleep, and what to do.
pub(super) fn asleep_key(has_one: bool) -> &'static str {
    if has_one { "page.factor.signInAgain" } else { "page.factor.asleep" }
}

fn since(lang: Lang, status: factor::Status) -> String {
    text(lang, "page.factor.on")
        .replace("{since}", &days::moment(lang, status.since))
        .replace("{left}", &status.codes_left.to_string())
}

async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match session::reader(&site, &parts).await {
        Ok(actor @ Actor::Account(_)) => draw(&site, &parts, &actor, None).await,
        Ok(_) => way::to_sign_in(&site, &parts),
        Err(refusal) => refusal,
    }
}

async fn begin(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let from = session::address(&sent.parts);
    let done = factor::begin(&desk.access, &sent.actor, from, sent.field("code")).await.map(|_| ());
    after(&site, &sent, done).await
}

async fn cancel(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let done = factor::cancel(&desk.access, &sent.actor).await;
    after(&site, &sent, done).await
}

async fn confirm(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let from = session::address(&sent.parts);
    match factor::confirm(&desk.access, &sent.actor, from, sent.field("code")).await {
        Ok(set) => {
            let mut response = codes_page(&site, &sent.parts, &set.codes, true);
            session::set(&site, &Keep::Session(set.signed_in.secret), response.headers_mut());
            response
        }
        Err(error) => after(&site, &sent, Err(error)).await,
    }
}

async fn renew(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let from = session::address(&sent.parts);
    match factor::renew_codes(&desk.access, &sent.actor, from, sent.field("code")).await {
        Ok(codes) => codes_page(&site, &sent.parts, &codes, false),
        Err(error) => after(&site, &sent, Err(error)).await,
    }
}

async fn end(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let from = session::address(&sent.parts);
    let done = factor::end(&desk.access, &sent.actor, from, sent.field("code")).await;
    after(&site, &sent, done).await
}

/// The page after a change, or with what is wrong.
async fn after(site: &Arc<Site>, sent: &Sent, done: Result<(), Error>) -> Response {
    let (key, status) = match done {
        Ok(()) | Err(Error::Conflict(_)) => return see_other(&with_language(PAGE, &sent.parts)),
        Err(Error::Unauthenticated) => return see_other(&with_language("/sign-in", &sent.parts)),
        Err(Error::Invalid(_)) => ("page.factor.wrong", StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::TooMany(_)) => ("page.factor.tooMany", StatusCode::TOO_MANY_REQUESTS),
        Err(ref error) => return failed(error),
    };
    let mut response = draw(site, &sent.parts, &sent.actor, Some(key)).await;
    *response.status_mut() = status;
    if let Err(Error::TooMany(seconds)) = done {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn failed(error: &Error) -> Response {
    tracing::error!(error = %error, "the page of a second factor failed");
    error::internal(error)
}

async fn draw(site: &Arc<Site>, parts: &Parts, actor: &Actor, wrong: Option<&'static str>) -> Response {
    let Some(desk) = &site.desk else { return StatusCode::NOT_FOUND.into_response() };
    let access = &desk.access;
    let found = async {
        let (account, status) = (account::own(&access.ctx, actor).await?, factor::own(&access.ctx, actor).await?);
        Ok((account, status, factor::offered(access, actor).await?))
    };
    let (account, status, offered) = match found.await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    let sleeps = actor.account().is_some_and(|account| account.sleeps(access.ctx.now()));
    let (lang, form) = (language(parts), form_token(site, parts));
    let sheet = Sheet { lang, query: language_query(parts), form: &form };
    let title = text(lang, "page.factor.title");
    let body = html! {
        h1 { (title) }
        @if let Some(key) = wrong { p class="notice" role="alert" { (sheet.say(key)) } }
        @if sleeps { p class="notice" { (sheet.say(asleep_key(status.is_some()))) } }
        @if let Some(status) = status { p { (since(lang, status)) } } @else { p { (sheet.say("page.factor.off")) } }
        @match (offered, status.is_some()) {
            (Some(seed), _) => { (sheet.offer(&seed, &account.email)) }
            (None, false) => { (sheet.start()) }
            (None, true) => { (sheet.changes()) }
        }
        p { a class="btn" href={ "/account" (sheet.query) } { (sheet.say("page.factor.back")) } }
    };
    form.on(site, page::private_of(parts, PAGE, lang, title, &body))
}

/// The codes for a lost device, in the only answer that shows them.
fn codes_page(site: &Arc<Site>, parts: &Parts, codes: &[RecoveryCode], is_new: bool) -> Response {
    let (lang, form) = (language(parts), form_token(site, parts));
    let say = |key| text(lang, key);
    let title = say("page.factor.codesTitle");
    let body = html! {
        h1 { (title) }
        (in_other_language(lang))
        @if is_new { p class="notice" role="status" { (say("page.factor.isOn")) } }
        p { (say("page.factor.codesText")) }
        ol class="codes" { @for code in codes { li { code { (code.expose()) } } } }
        p { a class="btn main" href={ "/account" (language_query(parts)) } { (say("page.factor.codesKept")) } }
    };
    form.on(site, page::private(lang, title, &body))
}

/// What the page of codes says, in the language that its reader does not read now. Another page cannot say it: the codes
/// would be gone.
fn in_other_language(lang: Lang) -> Markup {
    let (other, name) = page::other(lang);
    let say = |key| text(other, key);
    html! {
        details lang=(other) {
            summary { (name) }
            p { strong { (say("page.factor.codesTitle")) } }
            p { (say("page.factor.codesText")) }
            p { a href=(format!("/account?lang={other}")) { (say("page.factor.codesKept")) } }
        }
    }
}

/// What the parts of the page have in common.
struct Sheet<'p> {
    lang: Lang,
    query: String,
    form: &'p FormToken,
}

impl Sheet<'_> {
    fn say(&self, key: &'static str) -> &'static str {
        text(self.lang, key)
    }

    fn hidden(&self) -> Markup {
        html! { input type="hidden" name="form" value=(self.form.value); }
    }

    fn start(&self) -> Markup {
        html! {
            form method="post" action={ (BEGIN) (self.query) } class="form-block" {
                (self.hidden())
                p { (self.say("page.factor.startText")) }
                button type="submit" class="btn main" { (self.say("page.factor.start")) }
            }
        }
    }

    /// A seed that waits for its first code.
    fn offer(&self, seed: &Seed, email: &str) -> Markup {
        let link = seed.link(text(self.lang, "page.name"), email);
        html! {
            section class="form-block" {
                h2 { (self.say("page.factor.offer")) }
                p { (self.say("page.factor.scan")) }
                (qr::picture(&link, self.say("page.factor.picture")))
                p { (self.say("page.factor.type")) }
                p { code class="seed" { (seed.grouped()) } }
                p { a href=(link) { (self.say("page.factor.open")) } }
            }
            form method="post" action={ (CONFIRM) (self.query) } class="form-block" {
                h2 { (self.say("page.factor.first")) }
                (self.hidden())
                (code_field(self.say("page.factor.codeOfApp"), true))
                button type="submit" class="btn main" { (self.say("page.factor.turnOn")) }
            }
            form method="post" action={ (CANCEL) (self.query) } class="form-block" {
                (self.hidden())
                button type="submit" class="btn" { (self.say("page.factor.cancel")) }
            }
        }
    }

    /// What can be done with one that is set; each asks for a code again.
    fn changes(&self) -> Markup {
        let one = |action: &str, title, what, button| {
            html! {
                form method="post" action={ (action) (self.query) } class="form-block" {
                    h2 { (self.say(title)) }
                    (self.hidden())
                    p { (self.say(what)) }
                    (code_field(self.say("page.factor.code"), false))
                    button type="submit" class="btn" { (self.say(button)) }
                }
            }
        };
        html! {
            (one(CODES, "page.factor.codesTitle", "page.factor.codesNew", "page.factor.codesMake"))
            (one(BEGIN, "page.factor.renewTitle", "page.factor.renewText", "page.factor.renew"))
            (one(END, "page.factor.endTitle", "page.factor.endText", "page.factor.end"))
        }
    }
}

/// A field for a code: of an app alone, or a recovery code too, which has letters.
pub(super) fn code_field(label: &str, is_digits: bool) -> Markup {
    let mode = if is_digits { "numeric" } else { "text" };
    html! {
        label { (label)
            input class="field" name="code" required inputmode=(mode) autocomplete="one-time-code" autocapitalize="off"
                spellcheck="false" maxlength="60";
        }
    }
}
