//! The form to ask for data, for anybody. Programs that fill in every field, or fill in a form at once, are turned
//! away; so is whoever comes too often.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::Response,
};
use entity::vocabulary::BlockingReason;
use maud::html;

use super::{BOARD, themes};
use crate::app::Error;
use crate::app::demand::{submit, support};
use crate::domain::access::Actor;
use crate::domain::violation::Violation;
use crate::http::form::{Sent, form_token, language, with_language};
use crate::http::session::{address, reader};
use crate::http::stamp::{is_human, stamp};
use crate::http::{Site, bodies, page};
use crate::texts::{in_language, label, refusals, text};

/// What the stamp of this form is about.
const WHAT: &str = "request";

pub(super) async fn show(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let actor = match reader(&site, &parts).await {
        Ok(actor) => actor,
        Err(response) => return response,
    };
    form(&site, &parts, &actor, &|_| String::new(), &[], &[], None).await
}

pub(super) async fn send(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let ctx = &desk.access.ctx;
    let field = |name: &str| sent.field(name).to_owned();
    let themes: Vec<String> = sent.all("themes").map(str::to_owned).collect();
    let key = sent.field("stamp");
    // A field that people do not see, or a form that was filled in at once.
    if !sent.field("url2").is_empty() || !is_human(ctx, WHAT, key) {
        return form(&site, &sent.parts, &sent.actor, &field, &themes, &[], Some("page.join.again")).await;
    }
    let new = submit::New {
        title: field("title"),
        description: field("description"),
        purpose: field("purpose"),
        frequency: field("frequency"),
        format: field("format"),
        blocking: sent.field("blocking").parse::<BlockingReason>().ok(),
        themes: themes.clone(),
        lang: language(&sent.parts).to_string(),
        publisher: Some(body(&site, sent.field("publisher"))),
        organisation: Some(field("organisation")),
        blocks_project: !sent.field("blocks").is_empty(),
        comment: field("comment"),
    };
    match submit::submit(ctx, &sent.actor, (submit::door(), address(&sent.parts)), new, Some(key)).await {
        Ok(_) => {
            let lang = language(&sent.parts);
            let body = html! {
                h1 { (text(lang, "page.requests.takenTitle")) }
                p role="status" { (text(lang, "page.requests.takenText")) }
                p { a href=(with_language(BOARD, &sent.parts)) { (text(lang, "page.requests.title")) } }
            };
            page::of_site(&sent.parts, Some(BOARD), lang, text(lang, "page.requests.takenTitle"), &body)
        }
        Err(Error::Invalid(faults)) => form(&site, &sent.parts, &sent.actor, &field, &themes, &faults, None).await,
        Err(Error::TooMany(seconds)) => {
            let mut response =
                form(&site, &sent.parts, &sent.actor, &field, &themes, &[], Some("page.join.tooMany")).await;
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Err(error) => super::support::failed(&sent.parts, &error),
    }
}

/// The slug of the body that was named; what names none stays as it is, and is refused as that.
fn body(site: &Site, typed: &str) -> String {
    let atlas = (site.atlas)();
    let found = atlas
        .as_ref()
        .and_then(|atlas| bodies::chosen(atlas, typed).map(|org| atlas.str(atlas.organisation(org).slug).to_owned()));
    found.unwrap_or_else(|| typed.trim().to_owned())
}

async fn form(
    site: &Arc<Site>,
    parts: &Parts,
    actor: &Actor,
    value: &(dyn Fn(&str) -> String + Sync),
    chosen: &[String],
    faults: &[Violation],
    notice: Option<&'static str>,
) -> Response {
    let (Some(desk), Some(atlas)) = (&site.desk, (site.atlas)()) else {
        return super::support::failed(parts, &Error::NotFound);
    };
    let (ctx, lang, token) = (&desk.access.ctx, language(parts), form_token(site, parts));
    let say = |key| text(lang, key);
    let spoken_for = support::speaks_for(ctx, actor).await.unwrap_or_default();
    let wrong = |field: &str| faults.iter().any(|fault| fault.field == field);
    let of = |field: &str| faults.iter().filter(|fault| fault.field == field).cloned().collect::<Vec<_>>();
    let fault =
        |field: &str| html! { @if wrong(field) { span class="fault" { (refusals::of_faults(lang, &of(field))) } } };
    // Only the title is needed; what has a sentence for a label says so itself.
    let blank = |name: &str| html! { @if !matches!(name, "title" | "comment") { " " (say("page.answer.optional")) } };
    let input = |name: &str, key: &'static str, longest: u16| {
        html! {
            label { (say(key)) (blank(name)) (fault(name)) input class="field" type="text" name=(name) value=(value(name)) maxlength=(longest) aria-invalid[wrong(name)]; }
        }
    };
    let area = |name: &str, key: &'static str, longest: u16| {
        html! {
            label { (say(key)) (blank(name)) (fault(name)) textarea class="field" name=(name) rows="4" maxlength=(longest) aria-invalid[wrong(name)] { (value(name)) } }
        }
    };
    let body = html! {
        h1 { (say("page.requests.newTitle")) }
        p { (say("page.requests.newText")) }
        @if let Some(notice) = notice { p class="notice" role="alert" { (say(notice)) } }
        @if !faults.is_empty() { p class="notice" role="alert" { (say("page.requests.faults")) } }
        form method="post" action=(with_language("/requests/new", parts)) class="form-block" {
            input type="hidden" name="form" value=(token.value);
            input type="hidden" name="stamp" value=(stamp(ctx, WHAT));
            (input("title", "page.requests.what", 160))
            (area("description", "page.requests.atLength", 2000))
            label { (say("page.requests.blocking")) (fault("blocking"))
                select class="field" name="blocking" {
                    @for reason in BlockingReason::ALL {
                        option value=(reason.as_str()) selected[value("blocking") == reason.as_str()] { (label(lang, "requests.need", reason.as_str())) }
                    }
                }
            }
            (themes::boxes(&atlas, lang, chosen, &fault("themes")))
            label { (say("page.requests.publisher")) (blank("publisher")) (fault("publisher"))
                input class="field" type="text" name="publisher" value=(value("publisher")) maxlength="500" list="bodies" autocomplete="off" placeholder=(say("page.requests.publisherHint")) aria-invalid[wrong("publisher")];
            }
            datalist id="bodies" { @for (called, _) in bodies::offered(&atlas, lang) { option value=(called) {} } }
            (area("purpose", "page.requests.purpose", 600))
            (input("frequency", "page.requests.frequency", 80))
            (input("format", "page.requests.format", 80))
            @if !spoken_for.is_empty() {
                label { (say("page.requests.inTheName")) (fault("organisation"))
                    select class="field" name="organisation" {
                        option value="" { (say("page.requests.myOwn")) }
                        @for (slug, name) in &spoken_for { option value=(slug) selected[value("organisation") == *slug] { (in_language(name, lang)) } }
                    }
                }
            }
            @if matches!(actor, Actor::Account(_)) {
                label class="tick" { input type="checkbox" name="blocks" value="1" checked[!value("blocks").is_empty()]; (say("page.requests.blocks")) }
                (area("comment", "page.requests.comment", 600))
            }
            div hidden { label { (say("page.join.leaveEmpty")) input type="text" name="url2" tabindex="-1" autocomplete="off"; } }
            button type="submit" class="btn main" { (say("page.requests.submit")) }
        }
    };
    let mut response = token.on(site, page::of_site(parts, Some(BOARD), lang, say("page.requests.newTitle"), &body));
    if notice.is_some() || !faults.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}
