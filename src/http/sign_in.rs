//! The pages of signing in, which need no script: forms, and links that a reader confirms with a button, so
//! that no program that looks at letters uses them up.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::Response,
    routing::{get, post},
};
use maud::{Markup, html};

use super::form::{Sent, foreign, form_token, language, language_query, see_other, with_language};
use super::{Site, error, oidc, page, session, sign_in_code, sign_up, way};
use crate::app::access::half::Entered;
use crate::app::{self, access::sign_in};
use crate::atlas::Lang;
use crate::domain::access::Actor;
use crate::domain::secret::Secret;
use crate::domain::violation::Fault;
use crate::graphql::caller::Keep;
use crate::texts::text;

/// Where somebody signs in.
const PAGE: &str = "/sign-in";
/// Where links lead that are sent.
pub(super) const LINK: &str = "/sign-in/link/";
/// Where a sign-in leads when nothing else is asked for.
pub(super) const DESTINATION: &str = "/account";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route(PAGE, get(form).post(by_password))
        .route("/sign-in/link", post(request_link))
        .route("/sign-in/link/{token}", get(button).post(redeem))
        .route("/sign-out", post(sign_out))
}

/// What is said above the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    None,
    WrongCredentials,
    NotAnAddress,
    TooMany,
    DeadLink,
    Sent,
    /// The way back from the provider.
    StaleVisit,
    ProviderFailed,
    NobodyThere,
    /// The code of the second factor came too late.
    Waited,
}

impl Notice {
    fn key(self) -> Option<&'static str> {
        Some(match self {
            Self::None => return None,
            Self::WrongCredentials => "page.signIn.wrong",
            Self::NotAnAddress => "page.signIn.notAnAddress",
            Self::TooMany => "page.signIn.tooMany",
            Self::DeadLink => "page.signIn.deadLink",
            Self::Sent => "page.signIn.sent",
            Self::StaleVisit => "page.signIn.staleVisit",
            Self::ProviderFailed => "page.signIn.providerFailed",
            Self::NobodyThere => "page.signIn.nobodyThere",
            Self::Waited => "page.signIn.waited",
        })
    }

    fn status(self) -> StatusCode {
        match self {
            Self::None | Self::Sent => StatusCode::OK,
            Self::WrongCredentials
            | Self::NotAnAddress
            | Self::DeadLink
            | Self::StaleVisit
            | Self::NobodyThere
            | Self::Waited => StatusCode::UNPROCESSABLE_ENTITY,
            Self::ProviderFailed => StatusCode::BAD_GATEWAY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    pub(super) fn of(error: &app::Error) -> Option<Self> {
        match error {
            app::Error::TooMany(_) => Some(Self::TooMany),
            app::Error::Invalid(violations) => Some(match violations.first().map(|violation| violation.fault) {
                Some(Fault::WrongCredentials) => Self::WrongCredentials,
                Some(Fault::DeadLink) => Self::DeadLink,
                _ => Self::NotAnAddress,
            }),
            _ => None,
        }
    }
}

async fn form(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    show(&site, &parts, Notice::None, "")
}

async fn by_password(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let from = session::address(&sent.parts);
    let email = sent.field("email");
    let done = sign_in::by_password(&desk.access, &sent.actor, from, email, sent.field("password")).await;
    match done {
        // The address stays, for another try or for a link: only the password is typed anew.
        Err(error) => refused_to(&site, &sent.parts, &error, email),
        done => arrive(&site, &sent.parts, done, &with_language(DESTINATION, &sent.parts)),
    }
}

async fn request_link(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let (from, lang) = (session::address(&sent.parts), language(&sent.parts));
    let email = sent.field("email");
    match sign_in::request_link(&desk.access, &sent.actor, from, email, lang.as_str()).await {
        Ok(()) => show(&site, &sent.parts, Notice::Sent, email),
        Err(error) => refused_to(&site, &sent.parts, &error, email),
    }
}

/// What a link shows: a button. Looking at it uses nothing up.
async fn button(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if Secret::parse(&token).is_none() {
        return show(&site, &parts, Notice::DeadLink, "");
    }
    let lang = language(&parts);
    let made = form_token(&site, &parts);
    let body = html! {
        h1 { (text(lang, "page.signIn.linkTitle")) }
        p { (text(lang, "page.signIn.linkText")) }
        form method="post" action={ (LINK) (token) (language_query(&parts)) } {
            input type="hidden" name="form" value=(made.value);
            button type="submit" class="btn main" { (text(lang, "page.signIn.linkButton")) }
        }
    };
    made.on(&site, page::private_at(&parts, lang, text(lang, "page.signIn.linkTitle"), &body))
}

async fn redeem(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let done = sign_in::redeem(&desk.access, &sent.actor, session::address(&sent.parts), &token).await;
    arrive(&site, &sent.parts, done, &with_language(DESTINATION, &sent.parts))
}

async fn sign_out(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let actor = match session::visitor(&site, &parts).await {
        Ok(Some(actor)) => actor,
        Ok(None) => return foreign(),
        Err(refusal) => return refusal,
    };
    if let (Actor::Account(_), Some(desk)) = (&actor, &site.desk)
        && let Err(error) = app::access::session::sign_out(&desk.access, &actor).await
    {
        return refused(&site, &parts, &error);
    }
    let mut response = see_other("/");
    session::set(&site, &Keep::Nothing, response.headers_mut());
    response
}

pub(super) fn arrive(site: &Arc<Site>, parts: &Parts, done: Result<Entered, app::Error>, to: &str) -> Response {
    match done {
        Ok(Entered::Asked(secret)) => {
            let mut response = see_other(&with_language(sign_in_code::PAGE, parts));
            session::set(site, &Keep::Half(secret), response.headers_mut());
            response
        }
        Ok(Entered::In(done)) => {
            let mut response = see_other(to);
            if let Some(way) = way::take(site, parts, &mut response)
                && let Ok(way) = HeaderValue::from_str(&way)
            {
                response.headers_mut().insert(header::LOCATION, way);
            }
            session::set(site, &Keep::Session(done.secret), response.headers_mut());
            response
        }
        Err(error) => refused(site, parts, &error),
    }
}

pub(super) fn refused(site: &Arc<Site>, parts: &Parts, error: &app::Error) -> Response {
    refused_to(site, parts, error, "")
}

/// The same for whoever has typed an address.
fn refused_to(site: &Arc<Site>, parts: &Parts, error: &app::Error, email: &str) -> Response {
    if let Some(notice) = Notice::of(error) {
        let mut response = show(site, parts, notice, email);
        if let app::Error::TooMany(seconds) = error {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        return response;
    }
    tracing::error!(error = %error, "a sign-in failed");
    error::internal(error)
}

/// The page, with the address that was typed before.
pub(super) fn show(site: &Arc<Site>, parts: &Parts, notice: Notice, email: &str) -> Response {
    let lang = language(parts);
    let made = form_token(site, parts);
    let provider = site.desk.as_ref().and_then(|desk| desk.access.provider.as_ref());
    let body = html! {
        (forms(lang, &language_query(parts), &made.value, (notice, email)))
        @if let Some(provider) = provider { (oidc::way(lang, provider.name())) }
        @if site.desk.as_ref().is_some_and(|desk| desk.access.is_open) {
            p class="form-block" { a href={ (sign_up::PAGE) (language_query(parts)) } { (text(lang, "page.signUp.way")) } }
        }
    };
    let mut response = page::private_of(parts, PAGE, lang, text(lang, "page.signIn.title"), &body);
    *response.status_mut() = notice.status();
    made.on(site, response)
}

fn forms(lang: Lang, query: &str, form: &str, (notice, email): (Notice, &str)) -> Markup {
    let say = |key| text(lang, key);
    let address = html! {
        label { (say("page.signIn.email")) input class="field" type="email" name="email" value=[(!email.is_empty()).then_some(email)] autocomplete="username" required maxlength="254"; }
    };
    let wrong = notice != Notice::None && notice != Notice::Sent;
    html! {
        h1 { (say("page.signIn.title")) }
        @if let Some(key) = notice.key() {
            p class="notice" role=(if wrong { "alert" } else { "status" }) { (say(key)) }
        }
        form method="post" action={ "/sign-in/link" (query) } class="form-block" {
            h2 { (say("page.signIn.byLink")) }
            p { (say("page.signIn.byLinkText")) }
            input type="hidden" name="form" value=(form);
            (address)
            button type="submit" class="btn main" { (say("page.signIn.sendLink")) }
        }
        form method="post" action={ (PAGE) (query) } class="form-block" {
            h2 { (say("page.signIn.byPassword")) }
            input type="hidden" name="form" value=(form);
            (address)
            label { (say("page.signIn.password")) input class="field" type="password" name="password" autocomplete="current-password" required maxlength="128"; }
            button type="submit" class="btn main" { (say("page.signIn.submit")) }
        }
    }
}
