//! "Report an error": a page for anybody, without an account and without a script. Programs that fill in every field, or
//! fill in a form at once, are turned away; so is whoever comes too often.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::html;

use super::form::{Sent, form_token, language, see_other};
use super::stamp::{is_human, stamp};
use super::{Site, error, moment, named, page, said, session};
use crate::app::Error;
use crate::app::review::report::{self, Said};
use crate::texts::{refusals, text};

/// Where errors are reported.
const HERE: &str = "/report";
/// The word of the address of the page that says thanks.
const SENT: &str = "sent";
/// What the stamp of this form is about.
const WHAT: &str = "report";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(HERE, get(show).post(send))
}

async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let query = |name: &str| {
        let pairs = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        pairs.into_owned().find(|(key, _)| key == name).map(|(_, value)| value).unwrap_or_default()
    };
    if said::word(&parts).as_deref() == Some(SENT) {
        return thanks(&parts, &query("about"));
    }
    form(&site, &parts, (&query("about"), ""), None)
}

fn thanks(parts: &Parts, about: &str) -> Response {
    let lang = language(parts);
    let body = html! {
        h1 { (text(lang, "page.report.thanks")) }
        p { (text(lang, "page.report.thanksText")) }
        p {
            @if is_ours(about) { a class="btn" href=(about) { (text(lang, "page.report.back")) } }
            @else { a class="btn" href={ "/?lang=" (lang) } { (text(lang, "page.report.home")) } }
        }
    };
    page::of_site(parts, None, lang, text(lang, "page.report.thanks"), &body)
}

/// Only a page of this site is led back to.
fn is_ours(about: &str) -> bool {
    about.starts_with('/') && !about.starts_with("//") && !about.contains('\\')
}

fn form(site: &Arc<Site>, parts: &Parts, (about, said): (&str, &str), notice: Option<&str>) -> Response {
    let Some(desk) = &site.desk else { return StatusCode::NOT_FOUND.into_response() };
    let (lang, token) = (language(parts), form_token(site, parts));
    let say = |key| text(lang, key);
    let body = html! {
        h1 { (say("page.report.title")) }
        p { (say("page.report.text")) }
        @if let Some(notice) = notice { p class="notice" role="alert" { (notice) } }
        form method="post" action={ (HERE) "?lang=" (lang) } class="form-block" {
            input type="hidden" name="form" value=(token.value);
            input type="hidden" name="stamp" value=(stamp(&desk.access.ctx, WHAT));
            @match (site.atlas)().and_then(|atlas| named::at(&atlas, lang, about)) {
                Some(name) => {
                    p { (say("page.report.about")) ": " a href=(about) { (name) } }
                    input type="hidden" name="about" value=(about);
                }
                None => label { (say("page.report.about")) input class="field" name="about" value=(about) maxlength="300" required placeholder="/organisations/…"; },
            }
            label { (say("page.report.what")) textarea class="field" name="text" rows="6" maxlength="2000" required { (said) } }
            p class="small quiet" { (say("page.report.persons")) }
            div hidden { label { (say("page.join.leaveEmpty")) input type="text" name="url2" tabindex="-1" autocomplete="off"; } }
            button class="btn main" { (say("page.report.send")) }
            @if is_ours(about) { a href=(about) { (say("page.report.back")) } }
        }
        @if let Some(slug) = about.strip_prefix("/organisations/").and_then(|rest| rest.split(['/', '?', '#']).next()).filter(|slug| !slug.is_empty()) {
            p { a href=(crate::http::desk::claims_of(&format!("/organisations/{slug}"), lang.as_str())) rel="nofollow" { (say("page.report.claims")) } }
        }
    };
    let mut response = token.on(site, page::of_site(parts, None, lang, say("page.report.title"), &body));
    if notice.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

async fn send(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let (ctx, lang) = (&desk.access.ctx, language(&sent.parts));
    // Who copies the address of a page copies that of the site with it.
    let about = sent.field("about").trim();
    let about = about.strip_prefix(site.public_url.as_str()).filter(|path| path.starts_with('/')).unwrap_or(about);
    let (said, key) = (sent.field("text"), sent.field("stamp"));
    let again = |notice: &str| form(&site, &sent.parts, (about, said), Some(notice));
    // A field that people do not see, or a form that was filled in at once.
    if !sent.field("url2").is_empty() || !is_human(ctx, WHAT, key) {
        return again(text(lang, "page.report.again"));
    }
    let atlas = match moment::now(&site) {
        Ok(atlas) => atlas,
        Err(refusal) => return refusal,
    };
    let door = (report::door(), session::address(&sent.parts));
    let what = Said { path: about, text: said };
    match report::report((ctx, &atlas), door, &sent.actor, what, Some(key)).await {
        Ok(()) => {
            let about: String = url::form_urlencoded::byte_serialize(about.as_bytes()).collect();
            see_other(&said::saying(&format!("{HERE}?about={about}&lang={lang}"), SENT))
        }
        Err(Error::Invalid(faults)) => again(&refusals::of_faults(lang, &faults)),
        Err(Error::TooMany(seconds)) => {
            let mut response = again(text(lang, "page.report.tooMany"));
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Err(error) => {
            tracing::error!(error = %error, "a report could not be taken");
            let mut response = again(text(lang, "page.report.failed"));
            *response.status_mut() = error::internal(&error).status();
            response
        }
    }
}
