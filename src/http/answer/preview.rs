//! A questionnaire as those who answer it see it: every question, also those that only some are asked, and nothing
//! that could be sent.

use std::sync::Arc;

use axum::response::Response;
use entity::vocabulary::ResponseStatus;
use maud::{Markup, html};

use super::Sheet;
use super::differ::Trouble;
use super::door::document;
use crate::app::survey::answer::{Answering, State};
use crate::atlas::{Atlas, Lang};
use crate::domain::instrument::{Answers, Instrument, says};

/// The page, with what stands beside the name of the site, under a notice of whoever shows it.
pub(in crate::http) fn preview(
    atlas: Option<Arc<Atlas>>,
    instrument: Instrument,
    lang: Lang,
    (way, notice): (&Markup, &Markup),
) -> Response {
    let title = says(&instrument.title, lang.as_str()).to_owned();
    let sheet = Sheet { atlas, state: empty(instrument, lang), lang };
    let of = &sheet.state.instrument;
    let body = html! {
        (notice)
        h1 { (title) }
        p { (says(&of.intro, lang.as_str())) }
        div class="form answer" {
            @for step in &of.steps {
                h2 { (says(&step.title, lang.as_str())) }
                @if let Some(help) = &step.help { p { (says(help, lang.as_str())) } }
                @for question in &step.questions {
                    @if question.asked_if.is_some() { p class="note" { (sheet.say("page.answer.onlySome")) } }
                    (sheet.question(question, &Trouble::default()))
                }
            }
        }
    };
    document(lang, &title, way, &body)
}

/// Of somebody who has answered nothing.
fn empty(instrument: Instrument, lang: Lang) -> State {
    let answering = Answering {
        response_id: uuid::Uuid::nil().into(),
        instrument_id: uuid::Uuid::nil().into(),
        lang: lang.to_string(),
        started_at: None,
        saved_at: None,
        submitted_at: None,
        consent_version: None,
        reminded_at: None,
        reminders: 0,
    };
    State {
        instrument: instrument.into(),
        answers: Answers::new(),
        status: ResponseStatus::Invited,
        answering,
        organisation: String::new(),
        respondent: None,
        is_person_hidden: false,
    }
}
