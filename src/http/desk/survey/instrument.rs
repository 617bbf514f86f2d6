//! An instrument: its outline with what stands in the way of publishing it, and the form of the experts.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use entity::id::{InstrumentId, StudyId};
use entity::vocabulary::InstrumentState;
use maud::{Markup, html};

use super::parts::{
    Again, Answer, FORM_BYTES, LONG_FORM_BYTES, both, id_of, parts_of, revision_of, select, shown, stands,
};
use crate::app::Error;
use crate::app::survey::instrument;
use crate::domain::instrument::{Edit, Instrument, NewKind, Question, Step, says};
use crate::domain::violation::Violation;
use crate::http::Site;
use crate::http::desk::frame::Frame;
use crate::http::form::Sent;
use crate::texts::phrases::DOT;
use crate::texts::{phrases::Texts, words_of};

pub(super) async fn fork(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let study: StudyId = id_of(&frame, &id)?;
    let from = match sent.field("from") {
        "" => None,
        from => Some(id_of::<InstrumentId>(&frame, from)?),
    };
    let done = instrument::fork(frame.ctx, &frame.actor, (study, from), Some(sent.field("once"))).await;
    let row = done.map_err(|error| frame.refused(&error))?;
    Ok(frame.after(&format!("/desk/instruments/{}", row.id), "copied"))
}

pub(super) async fn show(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id = id_of(&frame, &id)?;
    let body = outline(&frame, id, Again::default()).await.map_err(|error| frame.refused(&error))?;
    Ok(frame.page("page.survey.instrument", &body))
}

/// Moves, removes or adds a question; words a step or the head anew.
pub(super) async fn change(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let id: InstrumentId = id_of(&frame, &id)?;
    let edit = edit_of(&sent).ok_or_else(|| frame.refused(&Error::NotFound))?;
    let done = instrument::edit(frame.ctx, &frame.actor, id, edit, shown(&sent)).await;
    after(&frame, &sent, id, done.map(|_| "saved")).await
}

pub(super) async fn publish(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let id: InstrumentId = id_of(&frame, &id)?;
    let done = instrument::publish(frame.ctx, &frame.actor, id).await;
    after(&frame, &sent, id, done.map(|_| "published")).await
}

/// Sets a draft aside; the way leads back to its study.
pub(super) async fn discard(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (_, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let id: InstrumentId = id_of(&frame, &id)?;
    let row = instrument::discard(frame.ctx, &frame.actor, id).await.map_err(|error| frame.refused(&error))?;
    Ok(frame.after(&format!("/desk/studies/{}", row.study_id), "discarded"))
}

fn edit_of(sent: &Sent) -> Option<Edit> {
    let key = sent.field("key").trim().to_owned();
    let help = Some(both(sent, "help")).filter(|help| !help.is_empty());
    Some(match sent.field("go") {
        "up" => Edit::Move { key, is_up: true },
        "down" => Edit::Move { key, is_up: false },
        "remove" => Edit::Remove { key },
        "head" => Edit::Head { title: both(sent, "title"), intro: both(sent, "intro") },
        "step" => Edit::Step { key, title: both(sent, "title"), help },
        "add" => {
            let kind = NewKind::ALL.iter().find(|(word, _)| *word == sent.field("kind")).map(|(_, kind)| *kind)?;
            Edit::Add { step: sent.field("step").to_owned(), key, wording: both(sent, "wording"), kind }
        }
        _ => return None,
    })
}

async fn after(
    frame: &Frame<'_>,
    sent: &Sent,
    id: InstrumentId,
    done: Result<&str, Error>,
) -> Result<Response, Response> {
    match done {
        Ok(word) => Ok(frame.after(&format!("/desk/instruments/{id}"), word)),
        Err(Error::Invalid(faults)) => {
            let again = Again { sent: Some(sent), faults: &faults };
            let body = outline(frame, id, again).await.map_err(|error| frame.refused(&error))?;
            Ok(frame.wrong("page.survey.instrument", &body))
        }
        Err(error) => Err(frame.refused(&error)),
    }
}

/// The way back to an instrument.
pub(super) async fn back(frame: &Frame<'_>, row: &instrument::Row) -> Markup {
    let (study, path) = (format!("/desk/studies/{}", row.study_id), format!("/desk/instruments/{}", row.id));
    let (name, study_name) = (format!("{} {}", row.key, row.version), frame.study_name(row.study_id).await);
    frame.crumbs(&[("/desk/studies", frame.say("page.survey.title")), (&study, &study_name), (&path, &name)])
}

async fn outline(frame: &Frame<'_>, id: InstrumentId, again: Again<'_>) -> Result<Markup, Error> {
    let row = instrument::one(frame.ctx, &frame.actor, id).await?;
    let content = instrument::content(&row)?;
    let is_draft = row.state == InstrumentState::Draft;
    let faults = if is_draft { instrument::faults(&row)? } else { Vec::new() };
    let at = |below: &str| frame.link(&format!("/desk/instruments/{id}{below}"));
    let lang = frame.lang.as_str();
    Ok(html! {
        (back(frame, &row).await)
        h1 { (says(&content.title, lang)) }
        p class="kicker" { (row.key) " " (row.version) (DOT) (words_of(frame.lang, "page.survey.instrumentState", row.state.as_str())) (DOT) (count(frame, &content)) }
        (frame.notice(again.faults))
        div class="actions" {
            a class="btn" href=(at("/preview")) { (frame.say("page.survey.seeAsked")) }
            a class="btn" href=(at("/json")) { (frame.say("page.survey.raw")) }
            @if is_draft && faults.is_empty() {
                form method="post" action=(at("/publish")) { (frame.hidden()) button type="submit" class="btn main" { (frame.say("page.survey.publish")) } }
            }
        }
        @if is_draft { p class="note" { (frame.say("page.survey.publishText")) } } @else { p class="note" { (frame.say("page.survey.publishedText")) } }
        (in_the_way(frame, id, &faults))
        @for step in &content.steps { (step_section(frame, id, step, is_draft.then_some(again))) }
        @if is_draft { (head(frame, id, &content, again.at("head", None))) (add(frame, id, &content, again.at("add", None))) (set_aside(frame, id)) }
    })
}

/// The way to be rid of a draft, folded away: it cannot be taken back.
fn set_aside(frame: &Frame<'_>, id: InstrumentId) -> Markup {
    html! {
        details {
            summary { (frame.say("page.survey.discardAsk")) }
            p { (frame.say("page.survey.discardText")) }
            form method="post" action=(frame.link(&format!("/desk/instruments/{id}/discard"))) {
                (frame.hidden()) button type="submit" class="btn bad" { (frame.say("page.survey.discard")) }
            }
        }
    }
}

/// How many questions there are, and how many of them not everybody is asked.
fn count(frame: &Frame<'_>, content: &Instrument) -> String {
    let texts = Texts::of(frame.lang);
    let all = texts.count("page.survey.questions", content.questions().count() as u64, &[]);
    match content.questions().filter(|question| question.asked_if.is_some()).count() {
        0 => all,
        some => format!("{all}{}", texts.count("page.survey.askedOfSome", some as u64, &[])),
    }
}

/// What has to be put right before publishing, with the way to each question.
fn in_the_way(frame: &Frame<'_>, id: InstrumentId, faults: &[Violation]) -> Markup {
    let question = |fault: &Violation| {
        let key = fault.field.strip_prefix("questions.")?.split('.').next()?.to_owned();
        Some(frame.link(&format!("/desk/instruments/{id}/questions/{key}")))
    };
    html! {
        @if !faults.is_empty() {
            section class="notice" {
                h2 { (frame.say("page.survey.inTheWay")) }
                ul { @for fault in faults { li {
                    @match question(fault) { Some(to) => { a href=(to) { code { (fault.field) } } } None => { code { (fault.field) } } }
                    ": " (frame.fault(fault))
                } } }
            }
        }
    }
}

/// A step with its questions; of a draft with the form for its words.
fn step_section(frame: &Frame<'_>, id: InstrumentId, step: &Step, draft: Option<Again<'_>>) -> Markup {
    let lang = frame.lang.as_str();
    let none = BTreeMap::new();
    html! {
        section {
            h2 { (says(&step.title, lang)) }
            ol class="outline" { @for question in &step.questions { li { (line(frame, id, (step, question), draft.is_some())) } } }
            @if let Some(again) = draft.map(|again| again.at("step", Some(&step.key))) {
                details open[again.sent.is_some()] { summary { (frame.say("page.survey.editStep")) span class="vh" { ": " (says(&step.title, lang)) } }
                    form method="post" action=(frame.link(&format!("/desk/instruments/{id}"))) class="sheet wide" {
                        (frame.hidden()) (revision_of(&step.revision())) input type="hidden" name="key" value=(step.key);
                        @if again.is_outdated() { dl {
                            (stands(frame.say("page.survey.stepTitle"), &step.title))
                            (stands(frame.say("page.survey.help"), step.help.as_ref().unwrap_or(&none)))
                        } }
                        (frame.texts(&again, "title", frame.say("page.survey.stepTitle"), &step.title))
                        (frame.texts(&again, "help", frame.say("page.survey.help"), step.help.as_ref().unwrap_or(&none)))
                        button type="submit" name="go" value="step" class="btn" { (frame.say("page.survey.save")) }
                    }
                }
            }
        }
    }
}

fn line(frame: &Frame<'_>, id: InstrumentId, (step, question): (&Step, &Question), is_draft: bool) -> Markup {
    let wording = says(&question.wording, frame.lang.as_str());
    // A question moves within its step.
    let is_at = |end: Option<&Question>| end.is_some_and(|end| end.key == question.key);
    let (is_first, is_last) = (is_at(step.questions.first()), is_at(step.questions.last()));
    html! {
        div {
            @if is_draft { a href=(frame.link(&format!("/desk/instruments/{id}/questions/{}", question.key))) { (wording) } } @else { (wording) }
            p class="tiny muted" {
                code { (question.key) } (DOT) (words_of(frame.lang, "page.survey.kind", question.kind.word()))
                @if question.required { (DOT) (frame.say("page.survey.required")) }
                @if question.asked_if.is_some() { (DOT) (frame.say("page.survey.askedIf")) }
            }
        }
        @if is_draft {
            form method="post" action=(frame.link(&format!("/desk/instruments/{id}"))) class="moves" {
                (frame.hidden()) input type="hidden" name="key" value=(question.key);
                button type="submit" name="go" value="up" class="btn" disabled[is_first] aria-label={ (frame.say("page.survey.up")) ": " (wording) } { "↑" }
                button type="submit" name="go" value="down" class="btn" disabled[is_last] aria-label={ (frame.say("page.survey.down")) ": " (wording) } { "↓" }
            }
        }
    }
}

fn head(frame: &Frame<'_>, id: InstrumentId, content: &Instrument, again: Again<'_>) -> Markup {
    html! {
        details open[again.sent.is_some()] { summary { (frame.say("page.survey.editHead")) }
            form method="post" action=(frame.link(&format!("/desk/instruments/{id}"))) class="sheet wide" {
                (frame.hidden()) (revision_of(&content.head_revision()))
                @if again.is_outdated() { dl {
                    (stands(frame.say("page.survey.instrumentTitle"), &content.title))
                    (stands(frame.say("page.survey.intro"), &content.intro))
                } }
                (frame.texts(&again, "title", frame.say("page.survey.instrumentTitle"), &content.title))
                (frame.texts(&again, "intro", frame.say("page.survey.intro"), &content.intro))
                button type="submit" name="go" value="head" class="btn" { (frame.say("page.survey.save")) }
            }
        }
    }
}

fn add(frame: &Frame<'_>, id: InstrumentId, content: &Instrument, again: Again<'_>) -> Markup {
    let lang = frame.lang.as_str();
    let steps: Vec<_> =
        content.steps.iter().map(|step| (step.key.clone(), says(&step.title, lang).to_owned())).collect();
    let kinds: Vec<_> = NewKind::ALL
        .iter()
        .map(|(word, _)| ((*word).to_owned(), words_of(frame.lang, "page.survey.newKind", word)))
        .collect();
    html! {
        details open[again.sent.is_some()] { summary { (frame.say("page.survey.addQuestion")) }
            form method="post" action=(frame.link(&format!("/desk/instruments/{id}"))) class="sheet wide" {
                (frame.hidden())
                p { (frame.say("page.survey.addText")) }
                (select("step", frame.say("page.survey.step"), &again.value("step", ""), &steps))
                (frame.input(&again, ("key", "text"), frame.say("page.survey.key"), ""))
                (select("kind", frame.say("page.survey.kindOf"), &again.value("kind", ""), &kinds))
                (frame.texts(&again, "wording", frame.say("page.survey.wording"), &BTreeMap::new()))
                button type="submit" name="go" value="add" class="btn" { (frame.say("page.survey.add")) }
            }
        }
    }
}

pub(super) async fn raw(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id = id_of(&frame, &id)?;
    let body = raw_body(&frame, id, Again::default()).await.map_err(|error| frame.refused(&error))?;
    Ok(frame.page("page.survey.raw", &body))
}

pub(super) async fn save_raw(State(site): State<Arc<Site>>, Path(id): Path<String>, request: Request) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, LONG_FORM_BYTES).await?;
    let id: InstrumentId = id_of(&frame, &id)?;
    match instrument::save(frame.ctx, &frame.actor, id, sent.field("content"), shown(&sent)).await {
        Ok(_) => Ok(frame.after(&format!("/desk/instruments/{id}"), "saved")),
        Err(Error::Invalid(faults)) => {
            let again = Again { sent: Some(&sent), faults: &faults };
            let body = raw_body(&frame, id, again).await.map_err(|error| frame.refused(&error))?;
            Ok(frame.wrong("page.survey.raw", &body))
        }
        Err(error) => Err(frame.refused(&error)),
    }
}

async fn raw_body(frame: &Frame<'_>, id: InstrumentId, again: Again<'_>) -> Result<Markup, Error> {
    let row = instrument::one(frame.ctx, &frame.actor, id).await?;
    let pretty =
        serde_json::to_string_pretty(&instrument::content(&row)?).map_err(|error| Error::Internal(error.into()))?;
    let is_draft = row.state == InstrumentState::Draft;
    Ok(html! {
        (back(frame, &row).await)
        h1 { (frame.say("page.survey.raw")) }
        @for fault in again.faults { p class="notice" role="alert" { (frame.fault(fault)) } }
        p { (frame.say("page.survey.rawText")) }
        form method="post" action=(frame.link(&format!("/desk/instruments/{id}/json"))) class="sheet wide" {
            (frame.hidden()) (revision_of(&instrument::revision_of(&row)))
            @if again.is_outdated() { details { summary { (frame.say("page.survey.asItStands")) } pre class="code" { (pretty) } } }
            label { (frame.say("page.survey.raw"))
                textarea class="field code" name="content" rows="28" spellcheck="false" readonly[!is_draft] { (again.value("content", &pretty)) } }
            @if is_draft { button type="submit" class="btn" { (frame.say("page.survey.save")) } }
        }
    })
}
