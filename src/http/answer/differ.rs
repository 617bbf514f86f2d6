//! What is shown when two devices have answered one question: what the other has saved, what was typed here, and the
//! choice between them. Nothing of either is lost before somebody has chosen.

use std::collections::BTreeMap;

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::SecondsFormat;
use entity::vocabulary::Missing;
use maud::{Markup, html};

use super::form::{Fields, audience};
use super::grid::used;
use super::{Reader, Sheet};
use crate::app::survey::save::{Differing, Said};
use crate::domain::instrument::{Answer, Given, GridOf, Kind, Progress, Question, Use, Value};
use crate::domain::violation::Violation;
use crate::texts::phrases::DOT;
use crate::texts::{days::moment, words_of};

/// Before the key of a question: the revision of the answer that the page has shown.
pub(super) const SHOWN: &str = "r.";
/// Before the key of a question: which of two answers stays.
const KEPT: &str = "k.";
/// What chooses the answer of the other device.
const THEIRS: &str = "theirs";
/// Before the revision that somebody has read who chooses their own.
const MINE: &str = "mine:";

/// What was not saved of a form, and what was typed there: a page that shows it again loses none of it.
#[derive(Default)]
pub(super) struct Trouble {
    pub(super) faults: Vec<Violation>,
    pub(super) differing: Vec<Differing>,
    /// Whether something was left on the page before that did not fit.
    pub(super) is_left: bool,
    /// Whether something else of the form was saved.
    pub(super) has_saved: bool,
    /// What the form said it had shown, for each question that was not saved.
    pub(super) shown: BTreeMap<String, String>,
    /// How many questions were answered before it was put back.
    pub(super) done: Option<Progress>,
    /// The name and the address that were typed.
    pub(super) person: Option<(String, String)>,
    /// The years as they were typed in the rows of a question.
    pub(super) years: BTreeMap<String, Vec<Option<String>>>,
    /// Why there is no answer to a question, where that was said beside one.
    pub(super) beside: BTreeMap<String, Missing>,
}

impl Fields {
    /// Whether somebody has chosen what another device has saved.
    pub(super) fn takes_theirs(&self, question: &str) -> bool {
        self.first(&format!("{KEPT}{question}")) == Some(THEIRS)
    }

    /// The revision that somebody has seen who answers a question.
    pub(super) fn shown(&self, question: &str) -> Option<String> {
        let chosen = self.first(&format!("{KEPT}{question}")).and_then(|word| word.strip_prefix(MINE));
        chosen.or_else(|| self.first(&format!("{SHOWN}{question}"))).map(str::to_owned)
    }
}

impl Trouble {
    pub(super) fn is_none(&self) -> bool {
        self.faults.is_empty() && self.differing.is_empty()
    }

    pub(super) fn differing(&self, question: &str) -> Option<&Differing> {
        self.differing.iter().find(|one| one.question == question)
    }

    fn concerns(&self, question: &str) -> bool {
        self.differing(question).is_some() || self.faults.iter().any(|fault| fault.field == question)
    }
}

impl Reader {
    /// Puts what was typed, and not saved, in the place of what is stored.
    pub(super) fn put_back(&mut self, trouble: &mut Trouble, fields: &Fields, said: Vec<Said>) {
        for one in said {
            if !trouble.concerns(&one.question) {
                continue;
            }
            let Some(question) = self.state.instrument.question(&one.question) else { continue };
            let shown = one.shown.unwrap_or_else(|| self.state.revision(question));
            let visibility = one.visibility.unwrap_or(question.visibility);
            trouble.shown.insert(one.question.clone(), shown);
            if matches!(question.kind, Kind::ClaimGrid { of: GridOf::Uses, .. }) {
                let rows = used(fields, &question.key, &|text| self.named(text));
                trouble.years.insert(one.question.clone(), rows.into_iter().map(|(_, year)| year).collect());
            }
            trouble.beside.extend(one.beside.map(|missing| (one.question.clone(), missing)));
            match one.given {
                Some(given) => {
                    let typed = Answer { given, visibility, is_prefilled: false };
                    self.sheet.state.answers.insert(one.question, typed);
                }
                None => drop(self.sheet.state.answers.remove(&one.question)),
            }
        }
        if fields.first("s.contact").is_some() && trouble.concerns("contact") {
            let typed = |name| fields.first(name).unwrap_or_default().to_owned();
            trouble.person = Some((typed("c.name"), typed("c.email")));
        }
    }

    /// What a page hears that saves as one goes: the new revision, or what the other device has saved.
    pub(super) fn heard(&self, said: &[String], fields: &Fields, trouble: &Trouble) -> Response {
        let questions = said.iter().filter_map(|key| self.state.instrument.question(key));
        let body = html! {
            @for question in questions {
                @if trouble.is_none() && fields.takes_theirs(&question.key) { (self.question(question, trouble)) }
                @else if let Some(differing) = trouble.differing(&question.key) { (self.choice(question, differing, trouble)) }
                @else { (self.revision(question, trouble)) }
            }
        };
        let status = match trouble {
            Trouble { differing, .. } if !differing.is_empty() => StatusCode::CONFLICT,
            Trouble { faults, .. } if !faults.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::OK,
        };
        let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
        (status, headers, body.into_string()).into_response()
    }
}

impl Sheet {
    /// What a form repeats of the answer that it shows.
    pub(super) fn revision(&self, question: &Question, trouble: &Trouble) -> Markup {
        let revision = trouble.shown.get(&question.key).cloned().unwrap_or_else(|| self.state.revision(question));
        html! { input type="hidden" name={ (SHOWN) (question.key) } value=(revision) autocomplete="off"; }
    }

    /// Both answers, and the choice between them.
    pub(super) fn choice(&self, question: &Question, differing: &Differing, trouble: &Trouble) -> Markup {
        let name = format!("{KEPT}{}", question.key);
        let known = self.state.respondent.as_ref();
        let theirs =
            self.spoken(question, differing.stored.as_ref(), known.map(|one| (one.name.as_str(), one.email.as_str())));
        let person = trouble.person.as_ref().map(|(name, email)| (name.as_str(), email.as_str()));
        let ours = self.spoken(question, differing.said.as_ref(), person);
        let only = |line: &str, other: &[String]| !other.iter().any(|one| one == line);
        let list = |lines: &[String], other: &[String]| {
            html! { ul { @for line in lines { li { @if only(line, other) { mark { (line) } } @else { (line) } } } } }
        };
        html! {
            div class="differs" {
                p class="fault" role="alert" { (self.say("page.answer.differs")) }
                dl {
                    dt { (self.say("page.answer.differsTheirs"))
                        @if let Some(at) = differing.saved_at {
                            " " time datetime=(at.to_rfc3339_opts(SecondsFormat::Secs, true)) { (moment(self.lang, at)) }
                        } }
                    dd { (list(&theirs, &ours)) }
                    dt { (self.say("page.answer.differsMine")) }
                    dd { (list(&ours, &theirs)) }
                }
                div class="options" {
                    label { input type="radio" name=(name) value={ (MINE) (differing.revision) }; " " (self.say("page.answer.keepMine")) }
                    label { input type="radio" name=(name) value=(THEIRS); " " (self.say("page.answer.keepTheirs")) }
                }
            }
        }
    }

    /// An answer in words, with all that may differ between two.
    fn spoken(&self, question: &Question, answer: Option<&Answer>, person: Option<(&str, &str)>) -> Vec<String> {
        let mut lines = match answer.map(|answer| &answer.given) {
            Some(Given::Value(Value::Uses(rows))) => rows.iter().map(|row| self.use_in_full(row)).collect(),
            Some(Given::Value(value)) => self.lines(question, value),
            Some(Given::Missing(missing)) => vec![self.reason(question, *missing)],
            None => vec![self.say("page.answer.blank").to_owned()],
        };
        if let Some(answer) = answer.filter(|_| question.may_choose) {
            lines.push(self.say(audience(answer.visibility)).to_owned());
        }
        if crate::app::survey::save::asks_person(question) {
            let (name, email) = person.unwrap_or_default();
            lines.extend([name, email].into_iter().filter(|text| !text.is_empty()).map(str::to_owned));
        }
        lines
    }

    fn use_in_full(&self, row: &Use) -> String {
        let (name, publisher) = self.name_of(&row.what);
        let more = [
            publisher.or_else(|| row.publisher.clone()),
            Some(words_of(self.lang, "page.answer.criticality", row.criticality.as_str())),
            Some(words_of(self.lang, "page.answer.accessMode", row.access.as_str())),
            row.since.map(|year| year.to_string()),
            row.rating.map(|rating| words_of(self.lang, "page.answer.ratingOf", &rating.to_string())),
        ];
        std::iter::once(name).chain(more.into_iter().flatten()).collect::<Vec<_>>().join(DOT)
    }
}
