//! The form on which anybody says what they think of a dataset. Programs that fill in every field, or fill in a form at
//! once, are turned away; so is whoever comes too often.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use entity::vocabulary::{FeedbackDimension, FeedbackSeverity};
use maud::{Markup, html};

use super::form::{Sent, form_token, language, language_query};
use super::stamp::{is_human, stamp};
use super::{Site, error, page, session};
use crate::app::Error;
use crate::app::feedback::{self, New};
use crate::domain::feedback::Words;
use crate::domain::violation::Violation;
use crate::texts::{refusals, text, words_of};

/// The room of the site that the form belongs to.
const DATASETS: &str = "/datasets";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/datasets/{slug}/feedback", get(show).post(submit))
}

async fn show(State(site): State<Arc<Site>>, Path(slug): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    draw(&site, &parts, &slug, &[], None)
}

async fn submit(State(site): State<Arc<Site>>, Path(slug): Path<String>, request: Request) -> Response {
    let (sent, desk) = match Sent::of(&site, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    let ctx = &desk.access.ctx;
    // A field that people do not see, or a form that was filled in at once.
    if !sent.field("url2").is_empty() || !is_human(ctx, &slug, sent.field("made")) {
        return draw(&site, &sent.parts, &slug, &[], Some("page.join.again"));
    }
    let given = |name: &str| Some(sent.field(name).to_owned()).filter(|value| !value.is_empty());
    let words = Words {
        rating: sent.field("rating").parse().ok(),
        dimension: sent.field("dimension").parse().ok(),
        severity: sent.field("severity").parse().ok(),
        comment: given("comment"),
        sample_url: given("sampleUrl"),
    };
    let new = New { dataset: slug.clone(), words, lang: language(&sent.parts).to_string() };
    let from = session::address(&sent.parts);
    match feedback::submit(ctx, &sent.actor, (feedback::door(), from), new, Some(sent.field("made"))).await {
        Ok(()) => thanks(&sent.parts, &slug),
        Err(Error::Invalid(faults)) => draw(&site, &sent.parts, &slug, &faults, None),
        Err(Error::TooMany(seconds)) => {
            let mut response = draw(&site, &sent.parts, &slug, &[], Some("page.join.tooMany"));
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Err(error @ Error::Internal(_)) => {
            tracing::error!(error = %error, "feedback could not be taken");
            error::internal(&error)
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn thanks(parts: &Parts, slug: &str) -> Response {
    let lang = language(parts);
    let title = text(lang, "page.feedback.thanks");
    let body = html! {
        h1 { (title) }
        p { (text(lang, "page.feedback.thanksText")) }
        p { a href={ "/datasets/" (encoded(slug)) (language_query(parts)) } { (text(lang, "page.feedback.toDataset")) } }
    };
    page::of_site(parts, Some(DATASETS), lang, title, &body)
}

fn encoded(slug: &str) -> String {
    url::form_urlencoded::byte_serialize(slug.as_bytes()).collect()
}

fn draw(site: &Site, parts: &Parts, slug: &str, faults: &[Violation], notice: Option<&'static str>) -> Response {
    let lang = language(parts);
    let (Some(desk), Some(atlas)) = (&site.desk, (site.atlas)()) else { return StatusCode::NOT_FOUND.into_response() };
    let Some(dataset) = atlas.dataset_by_slug(slug) else { return StatusCode::NOT_FOUND.into_response() };
    let (form, ctx) = (form_token(site, parts), &desk.access.ctx);
    let say = |key| text(lang, key);
    let body = html! {
        h1 { (say("page.feedback.title").replace("{title}", atlas.title(dataset, lang).value)) }
        p { (say("page.feedback.lede")) }
        @if let Some(notice) = notice { p class="notice" role="alert" { (say(notice)) } }
        @if !faults.is_empty() { p class="notice" role="alert" { (refusals::of_faults(lang, faults)) } }
        form method="post" action={ "/datasets/" (encoded(slug)) "/feedback" (language_query(parts)) } class="form-block" {
            input type="hidden" name="form" value=(form.value);
            input type="hidden" name="made" value=(stamp(ctx, slug));
            fieldset {
                legend { (say("page.feedback.rating")) }
                @for rating in ["1", "2", "3", "4"] {
                    label class="tick" { input type="radio" name="rating" value=(rating); (words_of(lang, "page.feedback.rating", rating)) }
                }
            }
            (choice(say("page.feedback.dimension"), "dimension", FeedbackDimension::ALL.iter().map(|one| (one.as_str(), words_of(lang, "page.feedback.dimension", one.as_str())))))
            (choice(say("page.feedback.severity"), "severity", FeedbackSeverity::ALL.iter().map(|one| (one.as_str(), words_of(lang, "page.feedback.severity", one.as_str())))))
            label { (say("page.feedback.comment")) textarea class="field" name="comment" rows="5" maxlength="2000" {} }
            label { (say("page.feedback.sample")) input class="field" type="text" inputmode="url" name="sampleUrl" maxlength="500" placeholder="https://"; }
            div hidden { label { (say("page.join.leaveEmpty")) input type="text" name="url2" tabindex="-1" autocomplete="off"; } }
            p class="tiny muted" { (say("page.feedback.looked")) }
            button type="submit" class="btn main" { (say("page.feedback.send")) }
        }
    };
    let mut response = form.on(site, page::of_site(parts, Some(DATASETS), lang, say("page.feedback.heading"), &body));
    if notice.is_some() || !faults.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

fn choice(title: &str, name: &str, words: impl Iterator<Item = (&'static str, String)>) -> Markup {
    html! {
        label { (title)
            select class="field" name=(name) {
                option value="" { "–" }
                @for (word, label) in words { option value=(word) { (label) } }
            }
        }
    }
}
