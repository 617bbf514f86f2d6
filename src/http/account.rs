//! The page of the own account: what is kept, who is signed in, which programs have tokens. Forms, so that it
//! needs no script.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::{DateTime, Utc};
use entity::id::{ApiTokenId, OrganisationId, SessionId, StudyId};
use entity::vocabulary::{ScopeKind, TokenScope};
use maud::{Markup, html};

use super::form::{FormToken, Sent, form_token, language, language_query, see_other, with_language};
use super::{Site, account_data, desk, error, page, said, second_factor, session, way};
use crate::app::access::{account, grant, identity, second_factor as factor, session as sessions, token};
use crate::app::{Context, Error};
use crate::atlas::{Atlas, Lang};
use crate::domain::access::Actor;
use crate::domain::secret::Secret;
use crate::domain::violation::Fault;
use crate::graphql::caller::Keep;
use crate::texts::phrases::DOT;
use crate::texts::{days, text, words_of};

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/account", get(show).post(update))
        .route("/account/identities/end", post(unlink))
        .route("/account/sessions", post(end_session))
        .route("/account/tokens", post(make_token))
        .route("/account/tokens/end", post(end_token))
}

/// What is said above the page.
#[derive(Debug)]
enum Notice {
    None,
    Refused(&'static str),
    /// Other sessions are ended by who has just signed in.
    SignInAgain,
    Token(Secret),
}

async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match session::reader(&site, &parts).await {
        Ok(actor @ Actor::Account(_)) => draw(&site, &parts, &actor, &Notice::None).await,
        Ok(_) => way::to_sign_in(&site, &parts),
        Err(refusal) => refusal,
    }
}

async fn update(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let given = |name| Some(sent.field(name).to_owned()).filter(|value| !value.is_empty());
    let password = given("newPassword").map(|new| account::NewPassword { current: given("currentPassword"), new });
    let word = if password.is_some() { "password" } else { "saved" };
    let edit = account::Edit { display_name: given("displayName"), lang: given("lang"), password };
    let done = account::update(&desk.access, &sent.actor, edit).await.map(|_| ());
    after(&site, &sent, word, done).await
}

async fn end_session(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let Ok(id) = sent.field("session").parse() else { return StatusCode::NOT_FOUND.into_response() };
    let is_own = sent.actor.account().and_then(|account| account.session) == Some(SessionId(id));
    let done = match sessions::revoke(&desk.access, &sent.actor, SessionId(id)).await {
        Err(Error::Conflict(_)) => return refused(&site, &sent, &Notice::SignInAgain).await,
        done => done.map(|_| ()),
    };
    let mut response = after(&site, &sent, "session", done).await;
    if is_own {
        session::set(&site, &Keep::Nothing, response.headers_mut());
    }
    response
}

async fn unlink(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let done = identity::unlink(&desk.access, &sent.actor, sent.field("issuer")).await;
    after(&site, &sent, "identity", done).await
}

async fn make_token(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let new = token::New {
        name: sent.field("name").to_owned(),
        scopes: sent.all("scope").filter_map(|scope| scope.parse().ok()).collect(),
        days: sent.field("days").parse().unwrap_or_default(),
    };
    match token::create(&desk.access, &sent.actor, new, None).await {
        Ok(token::Created { secret: Some(secret), .. }) => {
            draw(&site, &sent.parts, &sent.actor, &Notice::Token(secret)).await
        }
        done => after(&site, &sent, "token", done.map(|_| ())).await,
    }
}

async fn end_token(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let Ok(id) = sent.field("token").parse() else { return StatusCode::NOT_FOUND.into_response() };
    let done = token::revoke(&desk.access, &sent.actor, ApiTokenId(id)).await.map(|_| ());
    after(&site, &sent, "token", done).await
}

/// The page after a change, which it names by a word, or with what is wrong.
async fn after(site: &Arc<Site>, sent: &Sent, word: &str, done: Result<(), Error>) -> Response {
    let key = match done {
        Ok(()) => return see_other(&said::saying(&with_language("/account", &sent.parts), word)),
        Err(Error::Unauthenticated) => return see_other(&with_language("/sign-in", &sent.parts)),
        Err(Error::NotFound) => return StatusCode::NOT_FOUND.into_response(),
        Err(Error::SecondFactor) => return see_other(&with_language(second_factor::PAGE, &sent.parts)),
        Err(Error::Invalid(violations)) => match violations.first().map(|violation| violation.fault) {
            Some(Fault::WrongCredentials) => "page.account.wrongPassword",
            Some(Fault::TooShort) => "page.account.shortPassword",
            Some(Fault::Missing) => "page.account.missing",
            _ => "page.account.invalid",
        },
        Err(error) => return failed(&error),
    };
    refused(site, sent, &Notice::Refused(key)).await
}

async fn refused(site: &Arc<Site>, sent: &Sent, notice: &Notice) -> Response {
    let mut response = draw(site, &sent.parts, &sent.actor, notice).await;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

fn failed(error: &Error) -> Response {
    tracing::error!(error = %error, "the page of an account failed");
    error::internal(error)
}

/// All that the page shows.
struct Own {
    account: account::Account,
    has_password: bool,
    grants: Vec<grant::Grant>,
    sessions: Vec<(sessions::Session, DateTime<Utc>)>,
    tokens: Vec<token::Token>,
    identities: Vec<identity::Identity>,
    factor: Option<factor::Status>,
    sleeps: bool,
}

async fn own(ctx: &Context, actor: &Actor) -> Result<Own, Error> {
    Ok(Own {
        account: account::own(ctx, actor).await?,
        has_password: account::has_password(ctx, actor).await?,
        grants: grant::own(ctx, actor).await?,
        sessions: sessions::own(ctx, actor).await?,
        tokens: token::own(ctx, actor).await?,
        identities: identity::own(ctx, actor).await?,
        factor: factor::own(ctx, actor).await?,
        sleeps: actor.account().is_some_and(|account| account.sleeps(ctx.now())),
    })
}

async fn draw(site: &Arc<Site>, parts: &Parts, actor: &Actor, notice: &Notice) -> Response {
    let Some(desk) = &site.desk else { return StatusCode::NOT_FOUND.into_response() };
    let own = match own(&desk.access.ctx, actor).await {
        Ok(own) => own,
        Err(error) => return failed(&error),
    };
    let (lang, form) = (language(parts), form_token(site, parts));
    let sheet = Sheet { lang, query: language_query(parts), form: &form, now: desk.access.ctx.now() };
    let body = html! {
        h1 { (sheet.say("page.account.title")) }
        (said::told(lang, parts, &html! {}))
        (sheet.notice(notice))
        (sheet.person(&own))
        (second_factor::section(lang, &sheet.query, own.factor, own.sleeps))
        (sheet.identities(&own.identities))
        (sheet.grants(&own.grants, (site.atlas)().as_deref()))
        (sheet.sessions(&own.sessions, actor))
        (sheet.tokens(&own.tokens))
        (account_data::section(lang, &sheet.query, &sheet.hidden()))
    };
    let page = desk::own_page(site, parts, actor, ("page.account.title", &body));
    form.on(site, page.unwrap_or_else(|| page::private_at(parts, lang, text(lang, "page.account.title"), &body)))
}

/// What the parts of the page have in common.
struct Sheet<'p> {
    lang: Lang,
    query: String,
    form: &'p FormToken,
    now: DateTime<Utc>,
}

impl Sheet<'_> {
    fn say(&self, key: &'static str) -> &'static str {
        text(self.lang, key)
    }

    fn hidden(&self) -> Markup {
        html! { input type="hidden" name="form" value=(self.form.value); }
    }

    fn notice(&self, notice: &Notice) -> Markup {
        html! {
            @match notice {
                Notice::None => {}
                Notice::Refused(key) => { p class="notice" role="alert" { (self.say(key)) } }
                Notice::SignInAgain => {
                    p class="notice" role="alert" {
                        (self.say("page.account.signInAgain")) " "
                        a href={ "/sign-in" (self.query) } { (self.say("page.signIn.title")) }
                    }
                }
                Notice::Token(secret) => {
                    div class="notice" role="status" {
                        p { (self.say("page.account.tokenShown")) }
                        p { code { (secret.expose()) } }
                    }
                }
            }
        }
    }

    fn person(&self, own: &Own) -> Markup {
        let account = &own.account;
        html! {
            p { (account.email) }
            p { a class="btn" href={ "/desk" (self.query) } { (self.say("page.account.desk")) } }
            form method="post" action={ "/account" (self.query) } class="form-block" {
                (self.hidden())
                label { (self.say("page.account.name")) input class="field" name="displayName" value=(account.display_name) required maxlength="120" autocomplete="name"; }
                label { (self.say("page.account.lang"))
                    select class="field" name="lang" {
                        @for (code, name) in [("es", "Español"), ("en", "English")] {
                            option value=(code) selected[account.lang == code] { (name) }
                        }
                    }
                }
                button type="submit" class="btn" { (self.say("page.account.save")) }
            }
            form method="post" action={ "/account" (self.query) } class="form-block" {
                h2 { (self.say("page.account.password")) }
                (self.hidden())
                @if own.has_password {
                    label { (self.say("page.account.currentPassword")) input class="field" type="password" name="currentPassword" required autocomplete="current-password"; }
                }
                label { (self.say("page.account.newPassword")) input class="field" type="password" name="newPassword" required minlength="12" maxlength="128" autocomplete="new-password"; }
                button type="submit" class="btn" { (self.say("page.account.setPassword")) }
            }
            form method="post" action="/sign-out" class="form-block" {
                button type="submit" class="btn" { (self.say("page.account.signOut")) }
            }
        }
    }

    fn identities(&self, identities: &[identity::Identity]) -> Markup {
        html! {
            @if !identities.is_empty() {
                section class="form-block" {
                    h2 { (self.say("page.account.identities")) }
                    p { (self.say("page.account.identitiesText")) }
                    ul {
                        @for one in identities {
                            li {
                                span { (one.issuer) (DOT) (self.say("page.account.since")) " " (days::moment(self.lang, one.linked_at)) }
                                form method="post" action={ "/account/identities/end" (self.query) } {
                                    (self.hidden())
                                    input type="hidden" name="issuer" value=(one.issuer);
                                    button type="submit" class="btn" aria-label={ (self.say("page.account.unlink")) " " (one.issuer) } { (self.say("page.account.unlink")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// What a role is limited to, by name, as far as the register shows it.
    fn scope(&self, grant: &grant::Grant, atlas: Option<&Atlas>) -> Option<String> {
        let (atlas, id) = (atlas?, grant.scope_id?);
        match grant.scope_kind {
            ScopeKind::Organisation | ScopeKind::PublisherSubtree => {
                let org = atlas.organisation_by_id(OrganisationId(id)).filter(|&org| atlas.is_shown(org))?;
                Some(atlas.name(org, self.lang).value.to_owned())
            }
            ScopeKind::Study => {
                let study = atlas.study_by_id(StudyId(id))?;
                Some(atlas.label(atlas.study(study).title, self.lang).value.to_owned())
            }
            ScopeKind::Global => None,
        }
    }

    fn grants(&self, grants: &[grant::Grant], atlas: Option<&Atlas>) -> Markup {
        let is_held =
            |grant: &&grant::Grant| grant.revoked_at.is_none() && grant.ends_at.is_none_or(|end| end > self.now);
        let held: Vec<_> = grants.iter().filter(is_held).collect();
        html! {
            section class="form-block" {
                h2 { (self.say("page.account.roles")) }
                @if held.is_empty() { p { (self.say("page.account.noRole")) } }
                ul {
                    @for grant in held {
                        li {
                            span {
                                strong { (words_of(self.lang, "page.account.role", grant.role.as_str())) }
                                @if grant.scope_kind != ScopeKind::Global { (DOT) (words_of(self.lang, "page.account.scopeKind", grant.scope_kind.as_str())) }
                                @if let Some(name) = self.scope(grant, atlas) { (DOT) (name) }
                                @if let Some(end) = grant.ends_at { (DOT) (self.say("page.account.until")) " " (days::moment(self.lang, end)) }
                            }
                            small { (crate::texts::granted(self.lang, &grant.reason)) }
                        }
                    }
                }
            }
        }
    }

    fn sessions(&self, open: &[(sessions::Session, DateTime<Utc>)], actor: &Actor) -> Markup {
        let current = actor.account().and_then(|account| account.session);
        html! {
            section class="form-block" {
                h2 { (self.say("page.account.sessions")) }
                ul {
                    @for (session, end) in open {
                        li {
                            span {
                                @if current == Some(session.id) { strong { (self.say("page.account.thisBrowser")) } (DOT) }
                                (self.say("page.account.since")) " " (days::moment(self.lang, session.created_at)) (DOT)
                                (self.say("page.account.until")) " " (days::moment(self.lang, *end))
                            }
                            form method="post" action={ "/account/sessions" (self.query) } {
                                (self.hidden())
                                input type="hidden" name="session" value=(session.id);
                                button type="submit" class="btn" aria-label={ (self.say("page.account.end")) " " (days::moment(self.lang, session.created_at)) } { (self.say("page.account.end")) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn tokens(&self, tokens: &[token::Token]) -> Markup {
        html! {
            section class="form-block" {
                h2 { (self.say("page.account.tokens")) }
                p { (self.say("page.account.tokensText")) }
                ul {
                    @for token in tokens {
                        li {
                            span {
                                strong { (token.name) } (DOT) "…" (token.hint) (DOT)
                                (self.say("page.account.until")) " " (days::moment(self.lang, token.expires_at))
                            }
                            form method="post" action={ "/account/tokens/end" (self.query) } {
                                (self.hidden())
                                input type="hidden" name="token" value=(token.id);
                                button type="submit" class="btn" aria-label={ (self.say("page.account.revoke")) " " (token.name) } { (self.say("page.account.revoke")) }
                            }
                        }
                    }
                }
                form method="post" action={ "/account/tokens" (self.query) } {
                    (self.hidden())
                    label { (self.say("page.account.tokenName")) input class="field" name="name" required maxlength="80" autocomplete="off"; }
                    label { (self.say("page.account.tokenDays")) input class="field" type="number" name="days" value="90" min="1" max="366" required; }
                    fieldset {
                        legend { (self.say("page.account.tokenScopes")) }
                        @for scope in TokenScope::ALL {
                            label class="tick" { input type="checkbox" name="scope" value=(scope.as_str()) checked[*scope == TokenScope::Read]; (words_of(self.lang, "page.account.scope", scope.as_str())) }
                        }
                    }
                    button type="submit" class="btn main" { (self.say("page.account.makeToken")) }
                }
            }
        }
    }
}
