//! "Report an error": a page for anybody, without an account and without a script. Programs that fill in every field, or
//! fill in a form at once, are turned away; so is whoever comes too often.

use std::sync::{Arc, OnceLock};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::html;

use super::form::{Sent, form_token, language, see_other};
use super::{Site, error, page, session};
use crate::app::review::report;
use crate::app::{Context, Error};
use crate::domain::secret::digest;
use crate::texts::text;

/// Where errors are reported.
const HERE: &str = "/report";
/// Nobody fills a form in faster, in seconds.
const FASTEST: i64 = 3;
/// And an older form is made anew.
const OLDEST: i64 = 6 * 60 * 60;
/// A report may be long.
const FORM_BYTES: usize = 16_384;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(HERE, get(show).post(send))
}

async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let query = |name: &str| {
        let pairs = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        pairs.into_owned().find(|(key, _)| key == name).map(|(_, value)| value).unwrap_or_default()
    };
    if query("done") == "1" {
        return thanks(&parts);
    }
    form(&site, &parts, (&query("about"), ""), None)
}

fn thanks(parts: &Parts) -> Response {
    let lang = language(parts);
    let body = html! {
        h1 { (text(lang, "page.report.thanks")) }
        p { (text(lang, "page.report.thanksText")) }
        p { a class="btn" href={ "/?lang=" (lang) } { (text(lang, "page.report.home")) } }
    };
    page::private(lang, text(lang, "page.report.thanks"), &body)
}

fn form(site: &Arc<Site>, parts: &Parts, (about, said): (&str, &str), notice: Option<&'static str>) -> Response {
    let Some(desk) = &site.desk else { return StatusCode::NOT_FOUND.into_response() };
    let (lang, token) = (language(parts), form_token(site, parts));
    let say = |key| text(lang, key);
    // Only a page of this site is led back to.
    let is_ours = about.starts_with('/') && !about.starts_with("//");
    let body = html! {
        h1 { (say("page.report.title")) }
        p { (say("page.report.text")) }
        @if let Some(notice) = notice { p class="notice" role="alert" { (say(notice)) } }
        form method="post" action={ (HERE) "?lang=" (lang) } class="form-block" {
            input type="hidden" name="form" value=(token.value);
            input type="hidden" name="stamp" value=(stamp(&desk.access.ctx, desk.access.ctx.now().timestamp()));
            label { (say("page.report.about")) input class="field" name="about" value=(about) maxlength="300" required placeholder="/organisations/…"; }
            label { (say("page.report.what")) textarea class="field" name="text" rows="6" maxlength="2000" required { (said) } }
            p class="small quiet" { (say("page.report.persons")) }
            div hidden { label { (say("page.join.leaveEmpty")) input type="text" name="url2" tabindex="-1" autocomplete="off"; } }
            button class="btn main" { (say("page.report.send")) }
            @if is_ours { a href=(about) { (say("page.report.back")) } }
        }
    };
    let mut response = token.on(site, page::private(lang, say("page.report.title"), &body));
    if notice.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

async fn send(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of_at_most(&site, request, FORM_BYTES).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let ctx = &desk.access.ctx;
    let (about, said) = (sent.field("about"), sent.field("text"));
    let age = age(ctx, sent.field("stamp"), ctx.now().timestamp());
    // A field that people do not see, or a form that was filled in at once.
    if !sent.field("url2").is_empty() || age.is_none_or(|age| !(FASTEST..OLDEST).contains(&age)) {
        return form(&site, &sent.parts, (about, said), Some("page.report.again"));
    }
    let from = session::address(&sent.parts);
    match report::report(ctx, report::door(), from, &sent.actor, (about, said)).await {
        Ok(_) => see_other(&format!("{HERE}?done=1&lang={}", language(&sent.parts))),
        Err(Error::Invalid(_)) => form(&site, &sent.parts, (about, said), Some("page.report.invalid")),
        Err(Error::TooMany(seconds)) => {
            let mut response = form(&site, &sent.parts, (about, said), Some("page.report.tooMany"));
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Err(error) => {
            tracing::error!(error = %error, "a report could not be taken");
            let mut response = form(&site, &sent.parts, (about, said), Some("page.report.failed"));
            *response.status_mut() = error::internal(&error).status();
            response
        }
    }
}

/// When a form was made, so that nobody else can have made it.
fn stamp(ctx: &Context, at: i64) -> String {
    format!("{at}.{}", mark(ctx, at))
}

fn mark(ctx: &Context, at: i64) -> String {
    static KEY: OnceLock<String> = OnceLock::new();
    let key = KEY.get_or_init(|| ctx.secret().digest());
    digest(&[key.as_bytes(), b"report", &at.to_le_bytes()])
}

/// The age of a form in seconds; `None` for one that this process has not made.
fn age(ctx: &Context, value: &str, now: i64) -> Option<i64> {
    let (at, given) = value.split_once('.')?;
    let at: i64 = at.parse().ok()?;
    (mark(ctx, at) == given).then_some(now - at)
}
