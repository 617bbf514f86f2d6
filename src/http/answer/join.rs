//! The page on which an organisation puts itself forward for an open wave. Programs that fill in every field,
//! or fill in a form at once, are turned away; so is whoever comes too often.

use std::sync::{Arc, OnceLock};

use axum::{
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use maud::html;

use super::door::{address, context, document, is_same_origin, language};
use super::{Fields, LINK, failed, fields, see_other};
use crate::app::{
    self, Context,
    survey::nominate::{self, Nominee},
};
use crate::atlas::Lang;
use crate::domain::secret::digest;
use crate::domain::violation::Violation;
use crate::http::{Site, error};
use crate::texts::text;

/// Nobody fills a form in faster, in seconds.
const FASTEST: i64 = 3;
/// And an older form is made anew.
const OLDEST: i64 = 6 * 60 * 60;

pub(super) async fn show(State(site): State<Arc<Site>>, Path(wave): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let lang = language(&parts.uri, &parts.headers);
    let ctx = match context(&site) {
        Ok(ctx) => ctx,
        Err(refusal) => return refusal,
    };
    if let Err(error) = nominate::taking(&ctx, &wave).await {
        return failed(&error, || gone(lang));
    }
    form(&site, &wave, lang, &Fields::parse(b""), &[], None)
}

pub(super) async fn enter(State(site): State<Arc<Site>>, Path(wave): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if !is_same_origin(&site, &parts.headers) {
        let detail = "this form was sent by a page of another site";
        return error::problem(StatusCode::FORBIDDEN, detail, &parts.headers);
    }
    let lang = language(&parts.uri, &parts.headers);
    let sent = match fields(&parts.headers, body).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let ctx = match context(&site) {
        Ok(ctx) => ctx,
        Err(refusal) => return refusal,
    };
    // A field that people do not see, or a form that was filled in at once.
    if sent.text("url2").is_some() || !is_in_time(&ctx, &wave, sent.first("form").unwrap_or_default()) {
        return form(&site, &wave, lang, &sent, &[], Some("page.join.again"));
    }
    let field = |name: &str| sent.first(name).unwrap_or_default().to_owned();
    let nominee = Nominee {
        name: field("name"),
        website: field("website"),
        contact: field("contact"),
        email: field("email"),
        lang: lang.to_string(),
    };
    match nominate::nominate(&ctx, nominate::door(), address(&parts), &wave, nominee).await {
        Ok(secret) => see_other(&format!("{LINK}{}", secret.expose())),
        Err(app::Error::Invalid(faults)) => form(&site, &wave, lang, &sent, &faults, None),
        Err(app::Error::TooMany(seconds)) => {
            let mut response = form(&site, &wave, lang, &sent, &[], Some("page.join.tooMany"));
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Err(error) => failed(&error, || gone(lang)),
    }
}

fn gone(lang: Lang) -> Response {
    let title = text(lang, "page.join.goneTitle");
    let body = html! { h1 { (title) } p { (text(lang, "page.join.goneText")) } };
    let mut response = document(lang, title, &body);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn form(
    site: &Site,
    wave: &str,
    lang: Lang,
    sent: &Fields,
    faults: &[Violation],
    notice: Option<&'static str>,
) -> Response {
    let ctx = match context(site) {
        Ok(ctx) => ctx,
        Err(refusal) => return refusal,
    };
    let say = |key| text(lang, key);
    let wrong = |field: &str| faults.iter().any(|fault| fault.field == field);
    let value = |name: &str| sent.first(name).unwrap_or_default().to_owned();
    let input = |name: &str, kind: &str, label: &'static str, longest: u16, complete: &str| {
        html! {
            label { (say(label))
                @if wrong(name) { span class="fault" { (say("page.join.fault")) } }
                input type=(kind) name=(name) value=(value(name)) maxlength=(longest) autocomplete=(complete) aria-invalid[wrong(name)]; }
        }
    };
    let path = url::form_urlencoded::byte_serialize(wave.as_bytes()).collect::<String>();
    let body = html! {
        h1 { (say("page.join.title")) }
        p { (say("page.join.text")) }
        @if let Some(notice) = notice { p class="notice" role="alert" { (say(notice)) } }
        form method="post" action={ "/join/" (path) "?lang=" (lang) } class="form" {
            input type="hidden" name="form" value=(stamp(&ctx, wave, ctx.now().timestamp()));
            (input("name", "text", "page.join.name", 200, "organization"))
            (input("website", "text", "page.join.website", 500, "url"))
            (input("contact", "text", "page.answer.yourName", 120, "name"))
            (input("email", "email", "page.answer.yourEmail", 254, "email"))
            div hidden { label { (say("page.join.leaveEmpty")) input type="text" name="url2" tabindex="-1" autocomplete="off"; } }
            button type="submit" class="button primary" { (say("page.join.submit")) }
        }
    };
    let mut response = document(lang, say("page.join.title"), &body);
    if notice.is_some() || !faults.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// When a form was made, so that nobody else can have made it.
pub(in crate::http) fn stamp(ctx: &Context, wave: &str, at: i64) -> String {
    format!("{at}.{}", mark(ctx, wave, at))
}

fn mark(ctx: &Context, wave: &str, at: i64) -> String {
    static KEY: OnceLock<String> = OnceLock::new();
    let key = KEY.get_or_init(|| ctx.secret().digest());
    digest(&[key.as_bytes(), wave.as_bytes(), &at.to_le_bytes()])
}

/// Whether a form is one that this process has made, filled in by somebody who took the time, and not too old.
pub(in crate::http) fn is_in_time(ctx: &Context, of: &str, value: &str) -> bool {
    age(ctx, of, value, ctx.now().timestamp()).is_some_and(|age| (FASTEST..OLDEST).contains(&age))
}

/// The age of a form in seconds; `None` for one that this process has not made.
fn age(ctx: &Context, wave: &str, value: &str, now: i64) -> Option<i64> {
    let (at, given) = value.split_once('.')?;
    let at: i64 = at.parse().ok()?;
    (mark(ctx, wave, at) == given).then_some(now - at)
}
