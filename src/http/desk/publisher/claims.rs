//! The claims on the reader's bodies: the list with its filters, and one claim with the answers to choose from.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
};
use entity::id::UseClaimId;
use entity::vocabulary::{Criticality, Grade, VerificationDecision};
use maud::{Markup, html};

use super::super::frame::Frame;
use super::{asked, body_of, done, framed};
use crate::app::Error;
use crate::app::publisher::claim::{self, Body, Claim, Listed, Wanted};
use crate::app::publisher::verify::{self, Right, Said, Seen};
use crate::domain::draft::LangText;
use crate::domain::text::fold;
use crate::http::Site;
use crate::http::form::see_other;
use crate::http::said::saying;
use crate::texts::phrases::DOT;
use crate::texts::phrases::Texts;
use crate::texts::{days, in_language, label, words_of};

/// Claims on one page.
const PAGE: usize = 40;

/// The claims that the address asks for.
pub(super) async fn list(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = framed!(Frame::of(&site, &parts).await);
    let asked = asked(&frame);
    let bodies = done!(frame, claim::bodies(frame.ctx, &frame.actor).await);
    let body = done!(frame, body_of(&bodies, asked.get("body")));
    let mut found = done!(frame, claim::list(frame.ctx, &frame.actor, body, &wanted(&asked)).await);
    let is_more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| is_more).map(|last| cursor(&last.claim));
    let page = html! {
        h1 { (frame.say("page.publisher.claims")) }
        (filters(&frame, &asked, &bodies))
        @if found.is_empty() { p { (frame.say("page.publisher.none")) } }
        @else { (chosen(&frame, &found)) }
        @if let Some(next) = next { p { a href=(next_page(&frame, &asked, &next)) { (frame.say("page.publisher.next")) } } }
    };
    frame.page("page.publisher.claims", &page)
}

fn wanted(asked: &BTreeMap<String, String>) -> Wanted {
    let standing = match asked.get("ack").map(String::as_str) {
        Some("waiting") => claim::unanswered(),
        Some(word) => Wanted { ack: word.parse().into_iter().collect(), ..Wanted::default() },
        None => Wanted::default(),
    };
    let after = asked.get("after").and_then(|after| {
        let (id, folded) = after.split_once('.')?;
        Some((folded.to_owned(), UseClaimId(id.parse().ok()?)))
    });
    let text = asked.get("q").map(|text| fold(text)).filter(|text| !text.is_empty());
    let grade = asked.get("grade").and_then(|grade| grade.parse().ok());
    Wanted { grade, text, after, first: PAGE as u64 + 1, ..standing }
}

fn cursor(last: &Claim) -> String {
    format!("{}.{}", last.id, last.organisation_folded)
}

fn next_page(frame: &Frame<'_>, asked: &BTreeMap<String, String>, next: &str) -> String {
    let kept = asked.iter().filter(|(key, _)| !matches!(key.as_str(), "after" | "lang"));
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(kept).append_pair("after", next);
    frame.link(&format!("/desk/publisher/claims?{}", query.finish()))
}

fn filters(frame: &Frame<'_>, asked: &BTreeMap<String, String>, bodies: &[Body]) -> Markup {
    let has = |key: &str, value: &str| asked.get(key).is_some_and(|asked| asked == value);
    html! {
        form method="get" action="/desk/publisher/claims" class="filters" {
            @if let Some(lang) = asked.get("lang") { input type="hidden" name="lang" value=(lang); }
            label { (frame.say("page.publisher.body"))
                select class="field" name="body" {
                    option value="" { (frame.say("page.publisher.all")) }
                    @for one in bodies { option value=(one.slug) selected[has("body", &one.slug)] { (in_language(&one.name, frame.lang)) } }
                }
            }
            label { (frame.say("page.publisher.state"))
                select class="field" name="ack" {
                    option value="" { (frame.say("page.publisher.all")) }
                    @for word in ["waiting", "confirmed", "not_recognised"] {
                        option value=(word) selected[has("ack", word)] { (words_of(frame.lang, "page.publisher.ack", word)) }
                    }
                }
            }
            label { (frame.say("page.publisher.grade"))
                select class="field" name="grade" {
                    option value="" { (frame.say("page.publisher.all")) }
                    @for grade in Grade::ALL { option value=(grade.as_str()) selected[has("grade", grade.as_str())] { (grade.as_str()) " – " (label(frame.lang, "grade", grade.as_str())) } }
                }
            }
            label { (frame.say("page.publisher.organisation"))
                input class="field" type="search" name="q" value=(asked.get("q").map_or("", String::as_str)) maxlength="100"; }
            button type="submit" class="btn" { (frame.say("page.publisher.filter")) }
        }
    }
}

/// The list, with one answer for those that are ticked.
fn chosen(frame: &Frame<'_>, found: &[Listed]) -> Markup {
    html! {
        form method="get" action="/desk/publisher/preview" class="form-block" {
            input type="hidden" name="lang" value=(frame.lang);
            ul class="cases" {
                @for one in found {
                    li {
                        input type="checkbox" name="claim" value=(one.claim.id) id={ "c-" (one.claim.id) } aria-label=(title(frame, &one.claim));
                        div {
                            h2 { a href=(path(frame, one.claim.id)) { (isolated(frame, &one.claim)) } }
                            (facts(frame, one))
                        }
                    }
                }
            }
            fieldset class="sticky" {
                legend class="vh" { (frame.say("page.publisher.many")) }
                label { (frame.say("page.publisher.many"))
                    select class="field" name="decision" {
                        @for decision in [VerificationDecision::Confirmed, VerificationDecision::NotRecognised, VerificationDecision::CannotTell] {
                            option value=(decision.as_str()) { (words_of(frame.lang, "page.publisher.decision", decision.as_str())) }
                        }
                    }
                }
                button type="submit" class="btn" { (frame.say("page.publisher.preview")) }
            }
        }
    }
}

/// Who uses what.
pub(super) fn title(frame: &Frame<'_>, claim: &Claim) -> String {
    let what = claim.dataset_title.as_ref().unwrap_or(&claim.body_name);
    format!("{} – {}", in_language(&claim.organisation_name, frame.lang), in_language(what, frame.lang))
}

/// The same where it is drawn: names in another direction keep their order.
pub(super) fn isolated(frame: &Frame<'_>, claim: &Claim) -> Markup {
    let what = claim.dataset_title.as_ref().unwrap_or(&claim.body_name);
    html! { bdi { (in_language(&claim.organisation_name, frame.lang)) } " – " bdi { (in_language(what, frame.lang)) } }
}

/// What whoever speaks for the body is asked.
pub(in crate::http::desk) fn question(lang: crate::atlas::Lang, claim: &Claim) -> String {
    let what = in_language(claim.dataset_title.as_ref().unwrap_or(&claim.body_name), lang);
    let name = in_language(&claim.organisation_name, lang);
    Texts::of(lang).fill("page.review.question.use_claim", &[("organisation", name), ("what", what)])
}

pub(super) fn path(frame: &Frame<'_>, id: UseClaimId) -> String {
    frame.link(&format!("/desk/publisher/claims/{id}"))
}

/// What is known of a claim, in one line.
pub(in crate::http) fn line(lang: crate::atlas::Lang, claim: &Claim) -> Markup {
    let texts = Texts::of(lang);
    html! {
        p class="small muted" {
            @if claim.dataset.is_some() { bdi { (in_language(&claim.body_name, lang)) } (DOT) } @else { (texts.get("page.publisher.noDataset")) (DOT) }
            (texts.fill("page.publisher.dependence", &[("word", label(lang, "criticality", claim.criticality.as_str()))])) (DOT)
            (texts.fill("page.publisher.saidBy", &[("word", &words_of(lang, "page.publisher.assertedBy", claim.asserted_by.as_str()))])) (DOT)
            (texts.fill("page.publisher.gradeOf", &[("grade", claim.grade.as_str()), ("word", label(lang, "grade", claim.grade.as_str()))]))
            @if let Some(day) = claim.last_observed_on { (DOT) (texts.fill("page.publisher.seen", &[("day", &days::day(lang, day))])) }
        }
        @if let Some(purpose) = &claim.purpose { p { (quoted(purpose, lang)) } }
    }
}

fn quoted(text: &LangText, lang: crate::atlas::Lang) -> &str {
    in_language(text, lang)
}

fn facts(frame: &Frame<'_>, one: &Listed) -> Markup {
    html! {
        (line(frame.lang, &one.claim))
        p class="small" { (standing(frame, one)) }
    }
}

/// How a claim stands with its publisher.
pub(super) fn standing(frame: &Frame<'_>, one: &Listed) -> Markup {
    html! {
        @match &one.answer {
            None => (words_of(frame.lang, "page.publisher.ack", "waiting")),
            Some(answer) => {
                strong { (words_of(frame.lang, "page.publisher.answered", answer.decision.as_str())) }
                ", " (frame.day(answer.verified_at.date_naive()))
                @if let Some(note) = &answer.note { ": " bdi { (note) } }
            }
        }
    }
}

/// One claim, and the answers to choose from.
pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let frame = framed!(Frame::of(&site, &parts).await);
    draw(&frame, &id, None).await
}

async fn draw(frame: &Frame<'_>, id: &str, fault: Option<String>) -> Response {
    let Ok(id) = id.parse().map(UseClaimId) else { return frame.refused(&Error::NotFound) };
    let one = done!(frame, claim::one(frame.ctx, &frame.actor, id).await);
    let datasets = done!(frame, claim::datasets(frame.ctx, &frame.actor).await);
    let body = html! {
        p { a href=(frame.link("/desk/publisher/claims?ack=waiting")) { (frame.say("page.publisher.back")) } }
        h1 { (question(frame.lang, &one.claim)) }
        @if let Some(fault) = &fault { p class="notice" role="alert" { (fault) } }
        (facts(frame, &one))
        p { a href=(frame.link(&format!("/organisations/{}", one.claim.organisation_slug))) { (frame.say("page.publisher.profile")) } }
        (evidence(frame.lang, &one))
        form method="post" action=(path(frame, id)) class="form-block" {
            h2 { (frame.say("page.publisher.yourAnswer")) }
            (frame.hidden())
            (seen(&one))
            label { (frame.say("page.publisher.note")) textarea class="field" name="note" rows="3" maxlength="1000" {} }
            p class="tiny muted" { (frame.say("page.publisher.noteSeen")) }
            div class="answers" {
                button type="submit" class="btn main" name="decision" value="confirmed" { (words_of(frame.lang, "page.publisher.decision", "confirmed")) }
                button type="submit" class="btn" name="decision" value="not_recognised" { (words_of(frame.lang, "page.publisher.decision", "not_recognised")) }
                button type="submit" class="btn" name="decision" value="cannot_tell" { (words_of(frame.lang, "page.publisher.decision", "cannot_tell")) }
            }
        }
        (correction(frame, &one, &datasets))
    };
    let mut response = frame.page("page.publisher.claims", &body);
    if fault.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// What supports a claim.
pub(in crate::http) fn evidence(lang: crate::atlas::Lang, one: &Listed) -> Markup {
    let texts = Texts::of(lang);
    html! {
        h2 { (texts.get("page.publisher.evidence")) }
        @if one.evidence.is_empty() { p { (texts.get("page.publisher.noEvidence")) } }
        ul class="lines" {
            @for source in &one.evidence {
                li {
                    (words_of(lang, "page.publisher.polarity", source.polarity.as_str())) ": "
                    @match source.url.as_deref().filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
                        Some(url) => a href=(url) rel="nofollow noopener noreferrer" { (source.title) },
                        None => (source.title),
                    }
                    @if let Some(quote) = &source.quote { " “" (quote) "”" }
                }
            }
        }
    }
}

/// The answer that a form was made from.
pub(in crate::http::desk) fn seen(one: &Listed) -> Markup {
    let last = Seen(one.answer.as_ref().map(|answer| answer.entity_id));
    html! { input type="hidden" name="seen" value=(last.word()); }
}

fn correction(frame: &Frame<'_>, one: &Listed, datasets: &[(entity::id::DatasetId, String, LangText)]) -> Markup {
    let claim = &one.claim;
    html! {
        form method="post" action=(path(frame, claim.id)) class="form-block" {
            h2 { (frame.say("page.publisher.correct")) }
            p { (frame.say("page.publisher.correctText")) }
            (frame.hidden())
            (seen(one))
            label { (frame.say("page.publisher.rightDataset"))
                select class="field" name="dataset" {
                    option value="" { (frame.say("page.publisher.asItIs")) }
                    @for (id, _, title) in datasets.iter().filter(|(id, ..)| claim.dataset != Some(*id)) { option value=(id) { (in_language(title, frame.lang)) } }
                }
            }
            label { (frame.say("page.publisher.rightDependence"))
                select class="field" name="criticality" {
                    option value="" { (frame.say("page.publisher.asItIs")) }
                    @for one in Criticality::ALL.iter().filter(|one| **one != claim.criticality) { option value=(one.as_str()) { (label(frame.lang, "criticality", one.as_str())) } }
                }
            }
            label { (frame.say("page.publisher.note")) textarea class="field" name="note" rows="2" maxlength="1000" {} }
            button type="submit" class="btn" name="decision" value="corrected" { (words_of(frame.lang, "page.publisher.decision", "corrected")) }
        }
    }
}

/// Takes an answer.
pub(super) async fn answer(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Response {
    let (sent, frame) = framed!(Frame::sent(&site, request).await);
    let (Ok(claim), Ok(decision)) = (id.parse().map(UseClaimId), sent.field("decision").parse()) else {
        return frame.refused(&Error::NotFound);
    };
    let right = Right {
        dataset: sent.field("dataset").parse().ok().map(entity::id::DatasetId),
        criticality: sent.field("criticality").parse().ok(),
    };
    let (note, seen) = (Some(sent.field("note").to_owned()), Seen::of(sent.field("seen")));
    let said = Said { claim, decision, note, right, seen };
    match verify::verify(frame.ctx, &frame.actor, &said, None).await {
        Ok(_) => {
            let is_corrected = decision == VerificationDecision::Corrected;
            see_other(&saying(&path(&frame, claim), if is_corrected { "corrected" } else { "verified" }))
        }
        Err(Error::Invalid(_)) => {
            let key = if decision == VerificationDecision::Corrected {
                "page.publisher.wrongCorrection"
            } else {
                "page.publisher.wrongAnswer"
            };
            draw(&frame, &id, Some(frame.say(key).to_owned())).await
        }
        Err(error @ Error::Conflict(_)) => draw(&frame, &id, Some(frame.why(&error))).await,
        Err(error) => frame.refused(&error),
    }
}
