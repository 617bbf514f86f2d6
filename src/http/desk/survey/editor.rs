//! One question of a draft as a form: its wordings, whether it is required, how long an answer may be, its options.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Request, State};
use entity::id::InstrumentId;
use entity::vocabulary::InstrumentState;
use maud::{Markup, html};

use super::instrument::back;
use super::parts::{Again, Answer, FORM_BYTES, both, id_of, parts_of, revision_of, shown, stands, tick};
use crate::app::Error;
use crate::app::survey::instrument;
use crate::domain::instrument::{Edit, Kind, Question, Reworded, Wording, says};
use crate::http::Site;
use crate::http::desk::frame::Frame;
use crate::http::form::Sent;
use crate::texts::phrases::DOT;
use crate::texts::words_of;

/// Empty rows for new options.
const NEW_OPTIONS: usize = 3;
/// No question has more options.
const MOST_OPTIONS: usize = 100;

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Path((id, key)): Path<(String, String)>,
    request: Request,
) -> Answer {
    let parts = parts_of(request);
    let frame = Frame::of(&site, &parts).await?;
    let id = id_of(&frame, &id)?;
    let body = body(&frame, id, &key, Again::default()).await.map_err(|error| frame.refused(&error))?;
    Ok(frame.page("page.survey.editQuestion", &body))
}

pub(super) async fn save(
    State(site): State<Arc<Site>>,
    Path((id, key)): Path<(String, String)>,
    request: Request,
) -> Answer {
    let (sent, frame) = Frame::sent_at_most(&site, request, FORM_BYTES).await?;
    let id: InstrumentId = id_of(&frame, &id)?;
    let is_gone = sent.field("go") == "remove";
    let edit = if is_gone {
        Edit::Remove { key: key.clone() }
    } else {
        Edit::Question { key: key.clone(), to: Box::new(reworded(&sent)) }
    };
    match instrument::edit(frame.ctx, &frame.actor, id, edit, shown(&sent)).await {
        Ok(_) => Ok(frame.after(&format!("/desk/instruments/{id}"), if is_gone { "removed" } else { "saved" })),
        Err(Error::Invalid(faults)) => {
            let again = Again { sent: Some(&sent), faults: &faults };
            let body = body(&frame, id, &key, again).await.map_err(|error| frame.refused(&error))?;
            Ok(frame.wrong("page.survey.editQuestion", &body))
        }
        Err(error) => Err(frame.refused(&error)),
    }
}

fn reworded(sent: &Sent) -> Reworded {
    let numbered = |prefix: &str| {
        let one = |at: usize| {
            let id = sent.field(&format!("{prefix}.{at}.id")).trim().to_owned();
            let is_retired = !sent.field(&format!("{prefix}.{at}.retire")).is_empty();
            (!id.is_empty() && !is_retired).then(|| (id, both(sent, &format!("{prefix}.{at}"))))
        };
        (0..MOST_OPTIONS).filter_map(one).collect::<Vec<(String, Wording)>>()
    };
    Reworded {
        wording: both(sent, "wording"),
        help: Some(both(sent, "help")).filter(|help| !help.is_empty()),
        required: !sent.field("required").is_empty(),
        may_choose: !sent.field("mayChoose").is_empty(),
        words: sent.field("words").parse().ok(),
        most: sent.field("most").parse().ok(),
        options: numbered("option"),
        added: numbered("new"),
    }
}

async fn body(frame: &Frame<'_>, id: InstrumentId, key: &str, again: Again<'_>) -> Result<Markup, Error> {
    let row = instrument::one(frame.ctx, &frame.actor, id).await?;
    if row.state != InstrumentState::Draft {
        return Err(Error::NotFound);
    }
    let content = instrument::content(&row)?;
    let question = content.question(key).ok_or(Error::NotFound)?;
    let faults: Vec<_> = instrument::faults(&row)?
        .into_iter()
        .filter(|fault| {
            fault.field.starts_with(&format!("questions.{key}.")) || fault.field == format!("questions.{key}")
        })
        .collect();
    Ok(html! {
        (back(frame, &row).await)
        h1 { (says(&question.wording, frame.lang.as_str())) }
        p class="kicker" { code { (question.key) } (DOT) (words_of(frame.lang, "page.survey.kind", question.kind.word())) }
        (frame.notice(again.faults))
        @if again.is_outdated() { (as_it_stands(frame, question)) }
        @if !faults.is_empty() && again.sent.is_none() {
            ul class="notice" { @for fault in &faults { li { (frame.fault(fault)) } } }
        }
        form method="post" action=(frame.link(&format!("/desk/instruments/{id}/questions/{key}"))) class="sheet wide" {
            (frame.hidden()) (revision_of(&question.revision()))
            (frame.texts(&again, "wording", frame.say("page.survey.wording"), &question.wording))
            (frame.texts(&again, "help", frame.say("page.survey.help"), &question.help.clone().unwrap_or_default()))
            (tick(&again, "required", frame.say("page.survey.isRequired"), question.required))
            (tick(&again, "mayChoose", frame.say("page.survey.mayChoose"), question.may_choose))
            (bounds(frame, question, again))
            (options(frame, question, again))
            div class="actions" {
                button type="submit" name="go" value="save" class="btn main" { (frame.say("page.survey.save")) }
                button type="submit" name="go" value="remove" class="btn" { (frame.say("page.survey.removeQuestion")) }
            }
        }
    })
}

/// What somebody else has saved meanwhile, above what was typed: whoever saves again has seen it.
fn as_it_stands(frame: &Frame<'_>, question: &Question) -> Markup {
    let none = BTreeMap::new();
    html! {
        section {
            h2 { (frame.say("page.survey.asItStands")) }
            dl {
                (stands(frame.say("page.survey.wording"), &question.wording))
                (stands(frame.say("page.survey.help"), question.help.as_ref().unwrap_or(&none)))
                @for (label, is_so) in [("page.survey.isRequired", question.required), ("page.survey.mayChoose", question.may_choose)] {
                    dt { (frame.say(label)) } dd { (frame.say(if is_so { "page.review.value.yes" } else { "page.review.value.no" })) }
                }
                @if let Some((label, most)) = bound_of(question) { dt { (frame.say(label)) } dd { (most.unwrap_or_default()) } }
                @for id in question.kind.ids() {
                    (stands(&format!("{} {id}", frame.say("page.survey.option")), question.kind.label(id).unwrap_or(&none)))
                }
            }
        }
    }
}

fn bounds(frame: &Frame<'_>, question: &Question, again: Again<'_>) -> Markup {
    let name = if matches!(question.kind, Kind::Text { .. }) { "words" } else { "most" };
    html! {
        @if let Some((label, most)) = bound_of(question) {
            (frame.input(&again, (name, "number"), frame.say(label), &most.unwrap_or_default()))
        }
    }
}

/// The label of a question's bound, where its kind has one, and the bound.
fn bound_of(question: &Question) -> Option<(&'static str, Option<String>)> {
    match &question.kind {
        Kind::Text { words, .. } => Some(("page.survey.words", Some(words.to_string()))),
        Kind::Multi { most, .. } => Some(("page.survey.mostOptions", most.map(|most| most.to_string()))),
        Kind::ClaimGrid { most, .. } => Some(("page.survey.mostRows", Some(most.to_string()))),
        _ => None,
    }
}

fn options(frame: &Frame<'_>, question: &Question, again: Again<'_>) -> Markup {
    let may_add = matches!(question.kind, Kind::Single { .. } | Kind::Multi { .. });
    let ids = if matches!(question.kind, Kind::Consent { .. }) { Vec::new() } else { question.kind.ids() };
    let none = BTreeMap::new();
    html! {
        @if may_add || !ids.is_empty() {
            fieldset class="options" {
                legend { (frame.say("page.survey.options")) }
                p class="small" { (frame.say("page.survey.optionsText")) }
                @for (at, id) in ids.iter().enumerate() {
                    div class="option" {
                        code { (id) } input type="hidden" name={ "option." (at) ".id" } value=(id);
                        (labels(frame, &again, &format!("option.{at}"), id, question.kind.label(id).unwrap_or(&none)))
                        (tick(&again, &format!("option.{at}.retire"), frame.say("page.survey.retire"), false))
                    }
                }
                @if may_add { @for at in 0..NEW_OPTIONS {
                    div class="option" {
                        (frame.input(&again, (&format!("new.{at}.id"), "text"), frame.say("page.survey.newId"), ""))
                        (labels(frame, &again, &format!("new.{at}"), "", &none))
                    }
                } }
            }
        }
    }
}

/// The labels of an option, named so that a reader who hears the fields can tell them apart.
fn labels(frame: &Frame<'_>, again: &Again<'_>, name: &str, id: &str, first: &Wording) -> Markup {
    html! {
        @for (lang, language) in [("es", "Español"), ("en", "English")] {
            label { span { (language) span class="vh" { " " (id) " " (frame.say("page.survey.option")) } }
                input class="field" name={ (name) "." (lang) } value=(again.value(&format!("{name}.{lang}"), first.get(lang).map_or("", String::as_str))) maxlength="500"; }
        }
    }
}
