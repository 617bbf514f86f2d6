//! The page on which an organisation puts itself forward for an open wave. Programs that fill in every field,
//! or fill in a form at once, are turned away; so is whoever comes too often.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use maud::{Markup, html};

use super::about::about;
use super::door::{address, context, document, is_same_origin, language, other_language};
use super::{Fields, JOIN, LINK, failed, fields, see_other};
use crate::app::{
    self, Context,
    survey::{
        nominate::{self, Nominee},
        study,
    },
};
use crate::atlas::Lang;
use crate::domain::violation::{Fault, Violation};
use crate::http::Site;
use crate::http::form::foreign;
use crate::http::stamp::{is_human, stamp};
use crate::texts::{refusals, text};

pub(super) async fn show(State(site): State<Arc<Site>>, Path(wave): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let lang = language(&parts.uri, &parts.headers);
    let ctx = match context(&site) {
        Ok(ctx) => ctx,
        Err(refusal) => return refusal,
    };
    match asked(&ctx, &wave, lang).await {
        Ok(about) => form(&ctx, (&wave, &about), lang, &Fields::parse(b""), &[], None),
        Err(error) => failed(&error, || gone(lang, &wave)),
    }
}

pub(super) async fn enter(State(site): State<Arc<Site>>, Path(wave): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if !is_same_origin(&site, &parts.headers) {
        return foreign();
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
    let about = match asked(&ctx, &wave, lang).await {
        Ok(about) => about,
        Err(error) => return failed(&error, || gone(lang, &wave)),
    };
    let again = |faults: &[Violation], notice| form(&ctx, (&wave, &about), lang, &sent, faults, notice);
    // A field that people do not see, or a form that was filled in at once.
    if sent.text("url2").is_some() || !is_human(&ctx, &wave, sent.first("form").unwrap_or_default()) {
        return again(&[], Some("page.join.again"));
    }
    let field = |name: &str| sent.first(name).unwrap_or_default().to_owned();
    let nominee = Nominee {
        name: field("name"),
        website: field("website"),
        contact: field("contact"),
        email: field("email"),
        lang: lang.to_string(),
    };
    let door = (nominate::door(), address(&parts));
    match nominate::nominate(&ctx, door, &wave, nominee, sent.first("form")).await {
        Ok(secret) => see_other(&format!("{LINK}{}", secret.expose())),
        Err(app::Error::Invalid(faults)) => again(&faults, None),
        Err(app::Error::TooMany(seconds)) => {
            let mut response = again(&[], Some("page.join.tooMany"));
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Err(error) => failed(&error, || gone(lang, &wave)),
    }
}

fn gone(lang: Lang, wave: &str) -> Response {
    let title = text(lang, "page.join.goneTitle");
    let body = html! {
        h1 { (title) }
        p { (text(lang, "page.join.goneText")) }
        p { a class="button primary" href={ "/?lang=" (lang) } { (text(lang, "page.report.home")) } }
    };
    let mut response = document(lang, title, &other_language(lang, &path_of(wave)), &body);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// Where organisations put themselves forward for a wave.
fn path_of(wave: &str) -> String {
    let wave: String = url::form_urlencoded::byte_serialize(wave.as_bytes()).collect();
    format!("{JOIN}{wave}")
}

/// What an open wave that takes organisations says of itself.
async fn asked(ctx: &Context, wave: &str, lang: Lang) -> Result<Markup, app::Error> {
    let wave = nominate::taking(ctx, wave).await?;
    let study = study::asking(ctx, &wave).await?;
    Ok(about(lang, &study, &wave, wave.closes_on))
}

fn form(
    ctx: &Context,
    (wave, about): (&str, &Markup),
    lang: Lang,
    sent: &Fields,
    faults: &[Violation],
    notice: Option<&'static str>,
) -> Response {
    let say = |key| text(lang, key);
    let wrong = |field: &str| faults.iter().any(|fault| fault.field == field);
    let of = |field: &str| faults.iter().filter(|fault| fault.field == field).cloned().collect::<Vec<_>>();
    // What is missing is named; what is wrong says so itself.
    let told = |field: &str| match field {
        "name" if of(field).iter().all(|fault| fault.fault == Fault::Missing) => say("page.join.nameNeeded").to_owned(),
        _ => refusals::of_faults(lang, &of(field)),
    };
    let value = |name: &str| sent.first(name).unwrap_or_default().to_owned();
    let input = |name: &str, kind: &str, label: &'static str, longest: u16, complete: &str| {
        html! {
            label { (say(label))
                @if wrong(name) { span class="fault" { (told(name)) } }
                input type=(kind) name=(name) value=(value(name)) maxlength=(longest) autocomplete=(complete) aria-invalid[wrong(name)]; }
        }
    };
    let path = path_of(wave);
    let body = html! {
        h1 { (say("page.join.title")) }
        (about)
        p { (say("page.join.text")) }
        @if let Some(notice) = notice { p class="notice" role="alert" { (say(notice)) } }
        form method="post" action={ (path) "?lang=" (lang) } class="form" {
            input type="hidden" name="form" value=(stamp(ctx, wave));
            (input("name", "text", "page.join.name", 200, "organization"))
            (input("website", "text", "page.join.website", 500, "url"))
            (input("contact", "text", "page.join.contact", 120, "name"))
            (input("email", "email", "page.answer.yourEmail", 254, "email"))
            div hidden { label { (say("page.join.leaveEmpty")) input type="text" name="url2" tabindex="-1" autocomplete="off"; } }
            button type="submit" class="button primary" { (say("page.join.submit")) }
        }
    };
    let mut response = document(lang, say("page.join.title"), &other_language(lang, &path), &body);
    if notice.is_some() || !faults.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}
