//! The pages of an answer link: they need no script, and none of them does anything when it is only looked at.
//! The address is the key: nothing of it is logged, kept or passed on.

mod about;
mod differ;
mod door;
mod form;
mod grid;
mod join;
mod mistake;
mod preview;
mod renew;
mod review;
mod step;

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use entity::id::ResponseId;
use entity::vocabulary::Channel;
use maud::{Markup, html};

use super::error::Why;
use super::form::foreign;
use super::{Site, error, session};
use crate::app::{
    self, Context,
    survey::{answer, link, study},
};
use crate::atlas::{Atlas, Lang};
use crate::domain::instrument::{asked, left, says};
use crate::domain::secret::digest;
use crate::texts::{days, text};
use door::{context, document, is_same_origin, language, other_language};
use form::Fields;
pub(super) use preview::preview;

/// Where answer links lead.
pub(super) const LINK: &str = "/answer/";
/// Where organisations put themselves forward.
pub(super) const JOIN: &str = "/join/";
/// Before the id of a response that an account answers, where a link has its secret.
const BY_ACCOUNT: &str = "by-account-";
/// The longest form: all questions on one page, with long texts.
const FORM_BYTES: usize = 60 * 1024;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/answer/{token}", get(start))
        .route("/answer/{token}/review", get(review::show))
        .route("/answer/{token}/send", post(review::send))
        .route("/answer/{token}/refuse", get(review::ask_refuse).post(review::refuse))
        .route("/answer/{token}/renew", post(renew::ask))
        .route("/answer/{token}/mistake", post(mistake::tell))
        .route("/answer/{token}/step/{step}", get(step::show).post(step::save))
        .route("/join/{wave}", get(join::show).post(join::enter))
}

/// Where an account answers a response: its session is the key, not the address.
pub(super) fn by_account(id: ResponseId) -> String {
    format!("{LINK}{BY_ACCOUNT}{id}")
}

/// Whether the address of a page is a secret, or leads to one.
pub(super) fn is_secret(path: &str) -> bool {
    path.starts_with(LINK) || path.starts_with(JOIN)
}

/// The address as it may be logged: what follows the first part is a key.
pub(super) fn logged(path: &str) -> Option<String> {
    path.strip_prefix(LINK).map(|_| format!("{LINK}…"))
}

/// Somebody who follows a link, or answers with an account, and what they read it with.
struct Reader {
    ctx: Context,
    token: String,
    followed: link::Followed,
    /// What a form repeats: nobody who does not know the link, or has not this session, can make it.
    form: String,
    /// Whether the language was asked for by the address.
    is_asked: bool,
    sheet: Sheet,
}

impl std::ops::Deref for Reader {
    type Target = Sheet;

    fn deref(&self) -> &Sheet {
        &self.sheet
    }
}

/// What questions are drawn from: what is asked, what was answered, the register, the language.
struct Sheet {
    atlas: Option<Arc<Atlas>>,
    state: answer::State,
    lang: Lang,
}

impl Reader {
    async fn of(site: &Site, token: String, parts: &Parts) -> Result<Self, Response> {
        let ctx = context(site)?;
        let dead = || renew::gone(language(&parts.uri, &parts.headers), &token);
        let (followed, form) = if let Some(id) = token.strip_prefix(BY_ACCOUNT) {
            let actor = session::reader(site, parts).await?;
            let id: ResponseId = id.parse::<uuid::Uuid>().map_err(|_| dead())?.into();
            let secret = session::secret(site, &parts.headers).unwrap_or_default();
            let followed = link::as_account(&ctx, &actor, id).await.map_err(|error| match error {
                app::Error::Conflict(_) => dead(),
                error => failed(&error, dead),
            })?;
            (followed, digest(&[b"answer form", token.as_bytes(), secret.as_bytes()]))
        } else {
            let followed = link::follow(&ctx, &token).await.map_err(|error| failed(&error, dead))?;
            (followed, form_of(&token))
        };
        let state = answer::state(&ctx, &followed).await.map_err(|error| failed(&error, dead))?;
        let is_asked = parts.uri.query().is_some_and(|query| query.split('&').any(|pair| pair.starts_with("lang=")));
        let lang = match state.answering.lang.as_str() {
            _ if is_asked => language(&parts.uri, &parts.headers),
            "en" => Lang::EN,
            _ => Lang::ES,
        };
        let sheet = Sheet { atlas: (site.atlas)(), state, lang };
        Ok(Self { ctx, token, followed, form, is_asked, sheet })
    }

    /// An address below the link's own, in the language that was asked for.
    fn at(&self, below: &str) -> String {
        let query = if self.is_asked { format!("?lang={}", self.lang) } else { String::new() };
        format!("{LINK}{}{below}{query}", self.token)
    }

    /// What a form repeats.
    fn form(&self) -> &str {
        &self.form
    }

    /// A page of the questionnaire: the title of the document, and what it says.
    fn page(&self, title: &str, body: &Markup) -> Response {
        document(self.lang, title, &html! {}, body)
    }

    /// The same at an address below the link's own, which can be read in the other language too.
    fn page_at(&self, below: &str, title: &str, body: &Markup) -> Response {
        document(self.lang, title, &other_language(self.lang, &format!("{LINK}{}{below}", self.token)), body)
    }

    /// What is shown where nothing is asked any more: all was sent, or the organisation takes no part.
    fn over(&self) -> Option<Response> {
        if self.state.is_sent() {
            return Some(self.thanks());
        }
        self.followed.has_refused().then(|| self.takes_no_part(StatusCode::OK))
    }

    /// What is shown to those who have said that they take no part.
    fn takes_no_part(&self, status: StatusCode) -> Response {
        let title = self.say("page.answer.noPartTitle");
        let body = html! { h1 { (title) } p role="status" { (self.say("page.answer.noPartText")) } };
        let mut response = self.page_at("", title, &body);
        *response.status_mut() = status;
        response
    }

    /// What is shown when all was sent.
    fn thanks(&self) -> Response {
        let body = html! {
            h1 { (self.say("page.answer.sentTitle")) }
            p role="status" { (self.say("page.answer.sentText")) }
            (self.mistake(None))
        };
        self.page_at("", self.say("page.answer.sentTitle"), &body)
    }
}

impl Sheet {
    fn say(&self, key: &'static str) -> &'static str {
        text(self.lang, key)
    }

    /// A text with values in its braces.
    fn fill(&self, key: &'static str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.say(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The steps that ask anything, in order.
    fn steps(&self) -> Vec<&str> {
        let asked = asked(&self.state.instrument, &self.state.answers);
        let steps = self.state.instrument.steps.iter();
        steps
            .filter(|step| step.questions.iter().any(|question| asked.iter().any(|one| one.key == question.key)))
            .map(|step| step.key.as_str())
            .collect()
    }

    /// The step where something is left to answer; the first where nothing was answered yet.
    fn next(&self) -> Option<&str> {
        let confirmed = answer::confirmed(&self.state.answers);
        if confirmed.is_empty() {
            return self.steps().first().copied();
        }
        let left = left(&self.state.instrument, &confirmed);
        let first = left.first()?;
        let holds = |step: &&crate::domain::instrument::Step| step.questions.iter().any(|one| one.key == first.key);
        self.state.instrument.steps.iter().find(holds).map(|step| step.key.as_str())
    }
}

fn form_of(token: &str) -> String {
    digest(&[b"answer form", token.as_bytes()])
}

/// What a link shows: what it is about, and where to go on.
async fn start(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let reader = match Reader::of(&site, token, &parts).await {
        Ok(reader) => reader,
        Err(refusal) => return refusal,
    };
    if let Some(over) = reader.over() {
        return over;
    }
    let (ctx, wave) = (&reader.ctx, &reader.followed.wave);
    let study = match study::asking(ctx, wave).await {
        Ok(study) => study,
        Err(error) => return failed(&error, || renew::gone(reader.lang, &reader.token)),
    };
    // The link may end before the wave does; it is good until the end of the day before it ends.
    let ends = reader.followed.invitation.as_ref().map(|own| link::last_day(own.expires_at));
    let ends = ends.filter(|day| wave.closes_on.is_none_or(|closes| *day < closes));
    let is_own = reader.followed.response.channel == Channel::SelfSubmitted && reader.state.respondent.is_some();
    let instrument = &reader.state.instrument;
    let title = says(&instrument.title, reader.lang.as_str());
    let is_new = reader.state.answering.started_at.is_none();
    let go = if is_new { "page.answer.start" } else { "page.answer.goOn" };
    let to = reader.next().map_or_else(|| reader.at("/review"), |step| reader.at(&format!("/step/{step}")));
    let body = html! {
        h1 { (title) }
        p class="lede" { (reader.fill("page.answer.for", &[("name", &reader.state.organisation)])) }
        @if reader.followed.invitation.is_none() {
            p class="notice" { (reader.say("page.answer.byAccount")) " " a href={ "/desk?lang=" (reader.lang) } { (reader.say("page.answer.toDesk")) } }
        }
        (about::about(reader.lang, &study, wave, wave.closes_on))
        @if let Some(day) = ends { p class="note" { (reader.fill("page.answer.linkEnds", &[("day", &days::day(reader.lang, day))])) } }
        @if step::is_left(&parts) { p class="notice" role="alert" { (reader.say("page.answer.left")) } }
        @if is_own && is_new { p class="notice" role="status" { (reader.say("page.join.posted")) } }
        p { (says(&instrument.intro, reader.lang.as_str())) }
        p { a class="button primary" href=(to) { (reader.say(go)) } }
        p { a href=(reader.at("/step/all")) { (reader.say("page.answer.allAtOnce")) } }
        p { a class="quiet" href=(reader.at("/refuse")) { (reader.say("page.answer.refuse")) } }
    };
    reader.page_at("", title, &body)
}

/// A form that a page of this link has sent.
async fn sent(site: &Site, token: String, request: Request) -> Result<(Reader, Fields), Response> {
    let (parts, body) = request.into_parts();
    if !is_same_origin(site, &parts.headers) {
        return Err(foreign());
    }
    let fields = fields(&parts.headers, body).await?;
    let reader = Reader::of(site, token, &parts).await?;
    if fields.first("form") != Some(reader.form()) {
        let detail = "this form is too old; go back, load the page again and send it once more";
        return Err(error::because(StatusCode::FORBIDDEN, Why::OldForm, detail));
    }
    // A page that was open meanwhile, here or on another device.
    if reader.followed.has_refused() {
        return Err(reader.takes_no_part(StatusCode::CONFLICT));
    }
    Ok((reader, fields))
}

async fn fields(headers: &HeaderMap, body: Body) -> Result<Fields, Response> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if media.split(';').next() != Some("application/x-www-form-urlencoded") {
        let detail = "this address takes forms";
        return Err(error::problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let body: Bytes = axum::body::to_bytes(body, FORM_BYTES)
        .await
        .map_err(|_| error::problem(StatusCode::PAYLOAD_TOO_LARGE, "the form is too long"))?;
    Ok(Fields::parse(&body))
}

/// What a failed use case answers: what may not be seen is not there.
fn failed(error: &app::Error, dead: impl FnOnce() -> Response) -> Response {
    match error {
        app::Error::NotFound | app::Error::Forbidden | app::Error::SecondFactor | app::Error::Unauthenticated => dead(),
        app::Error::Conflict(_) | app::Error::Invalid(_) => StatusCode::CONFLICT.into_response(),
        app::Error::TooMany(seconds) => error::crowded(*seconds),
        app::Error::Internal(_) => {
            tracing::error!(error = %error, "an answer link failed");
            error::internal(error)
        }
    }
}

fn see_other(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to), (header::CACHE_CONTROL, "no-store")]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_logged() {
        assert_eq!(logged("/answer/od5_abc/step/name").as_deref(), Some("/answer/…"));
        assert_eq!(logged("/answer/").as_deref(), Some("/answer/…"));
        assert_eq!(logged("/organisations/answer"), None);
        assert!(is_secret("/answer/x") && is_secret("/join/wave") && !is_secret("/"));
    }

    #[test]
    fn the_form_of_one_link_is_not_that_of_another() {
        assert_ne!(form_of("od5_a"), form_of("od5_b"));
        assert!(!form_of("od5_a").contains("od5_a"));
    }
}
