//! Before sending: every answer, who will see it, and exactly what becomes public. Then the sending itself.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use entity::vocabulary::{AccessMode, Criticality, Missing, RowVisibility};
use maud::{Markup, html};

use super::form::{audience, reasons};
use super::{Reader, Sheet, failed, renew, see_other, sent};
use crate::app::{
    self,
    survey::{answer, preview},
};
use crate::domain::instrument::{Given, Question, Step, Use, Value, asked, contact_of, says};
use crate::http::Site;
use crate::texts::{
    phrases::{DOT, Texts},
    refusals, words_of,
};

pub(super) async fn show(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Reader::of(&site, token, &parts).await {
        Ok(reader) => reader.over().unwrap_or_else(|| reader.review()),
        Err(refusal) => refusal,
    }
}

pub(super) async fn send(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (reader, _) = match sent(&site, token, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    match answer::submit(&reader.ctx, &reader.followed).await {
        Ok(_) => see_other(&reader.at("")),
        // What is left is on the page.
        Err(app::Error::Invalid(_)) => see_other(&reader.at("/review")),
        Err(error) => failed(&error, || renew::gone(reader.lang, &reader.token)),
    }
}

/// Asks once before all that was written is deleted: nothing happens by one tap.
pub(super) async fn ask_refuse(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let reader = match Reader::of(&site, token, &parts).await {
        Ok(reader) => reader,
        Err(refusal) => return refusal,
    };
    if reader.over().is_some() {
        return see_other(&reader.at(""));
    }
    let title = reader.say("page.answer.refuseTitle");
    let body = html! {
        h1 { (title) }
        p { (reader.fill("page.answer.refuseText", &[("name", &reader.state.organisation)])) }
        form method="post" action=(reader.at("/refuse")) {
            input type="hidden" name="form" value=(reader.form());
            button type="submit" class="button" { (reader.say("page.answer.refuse")) }
        }
        p { a class="button primary" href=(reader.at("")) { (reader.say("page.answer.refuseBack")) } }
    };
    reader.page_at("/refuse", title, &body)
}

pub(super) async fn refuse(State(site): State<Arc<Site>>, Path(token): Path<String>, request: Request) -> Response {
    let (reader, _) = match sent(&site, token, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    match answer::refuse(&reader.ctx, &reader.followed).await {
        Ok(()) => {
            let title = reader.say("page.answer.refusedTitle");
            reader.page(title, &html! { h1 { (title) } p role="status" { (reader.say("page.answer.refusedText")) } })
        }
        Err(error) => failed(&error, || renew::gone(reader.lang, &reader.token)),
    }
}

impl Reader {
    fn review(&self) -> Response {
        let title = self.say("page.answer.reviewTitle");
        let left = self.left();
        let public = preview::public(&self.state.instrument, &self.state.answers);
        let asked = asked(&self.state.instrument, &self.state.answers);
        let is_public = |question: &Question| public.contains(&question.key);
        // What nobody has answered yet is no answer that somebody could see.
        let is_left = |question: &Question| left.iter().any(|(_, one)| one.key == question.key);
        let rest = self.by_step(&asked, |question| match self.state.answers.get(&question.key) {
            // What is still to be answered stands above.
            _ if is_left(question) => html! {},
            _ if is_public(question) => self.ratings(question),
            // What is rated is counted whether or not the organisation may be shown.
            Some(_) => html! { (self.line(question)) (self.ratings(question)) },
            None => html! {},
        });
        let contacts = self.contacts();
        let body = html! {
            h1 { (title) }
            @if !left.is_empty() {
                h2 { (self.say("page.answer.leftTitle")) }
                ul { @for (step, question) in &left { li { a href=(self.at(&format!("/step/{step}"))) { (self.named_by_step(step, question)) } } } }
            }
            @if !contacts.is_empty() {
                section class="notice" id="contacts" {
                    h2 { (self.say("page.answer.contactsTitle")) }
                    ul { @for (step, question, said) in &contacts { li {
                        a href=(self.at(&format!("/step/{step}"))) { (self.named_by_step(step, question)) } ": " (said)
                    } } }
                }
            }
            section id="public" {
                h2 { (self.say("page.answer.publicTitle")) }
                @if public.is_empty() { p { (self.say("page.answer.nothingPublic")) } }
                @else {
                    p { (self.say("page.answer.publicText")) }
                    (self.by_step(&asked, |question| if is_public(question) { self.line(question) } else { html! {} }))
                }
            }
            @if !rest.0.is_empty() {
                section id="rest" {
                    h2 { (self.say("page.answer.restTitle")) }
                    (rest)
                }
            }
            @if let Some((step, _)) = left.first() {
                p { (Texts::of(self.lang).count("page.answer.leftCount", left.len() as u64, &[])) }
                p { a class="button primary" href=(self.at(&format!("/step/{step}"))) { (self.say("page.answer.answerThem")) } }
            } @else if let Some((step, ..)) = contacts.first() {
                p { a class="button primary" href=(self.at(&format!("/step/{step}"))) { (self.say("page.answer.contactsGo")) } }
            } @else {
                form method="post" action=(self.at("/send")) {
                    input type="hidden" name="form" value=(self.form());
                    p { (self.say("page.answer.sendText")) }
                    button type="submit" class="button primary" { (self.say("page.answer.send")) }
                }
            }
            p { a href=(self.at("")) { (self.say("page.answer.toStart")) } }
        };
        self.page_at("/review", title, &body)
    }

    /// The answers that would show somebody's address or number to all, each with its step and what is wrong with it.
    fn contacts(&self) -> Vec<(&str, &Question, String)> {
        let asked = asked(&self.state.instrument, &self.state.answers);
        let steps = self.state.instrument.steps.iter();
        let own = steps.flat_map(|step| step.questions.iter().map(move |question| (step.key.as_str(), question)));
        own.filter(|(_, question)| asked.iter().any(|one| one.key == question.key))
            .filter_map(|(step, question)| Some((step, question, self.contact(question)?)))
            .collect()
    }

    /// Lines about the questions that are asked, each under the title of its step: "Year" alone asks nothing.
    fn by_step(&self, asked: &[&Question], line: impl Fn(&Question) -> Markup) -> Markup {
        let is_asked = |question: &&Question| asked.iter().any(|one| one.key == question.key);
        let lines = |step: &Step| -> Vec<Markup> {
            step.questions.iter().filter(is_asked).map(&line).filter(|line| !line.0.is_empty()).collect()
        };
        let steps = self.state.instrument.steps.iter().map(|step| (step, lines(step)));
        html! {
            @for (step, lines) in steps.filter(|(_, lines)| !lines.is_empty()) {
                h3 { (says(&step.title, self.lang.as_str())) }
                dl { @for line in &lines { (line) } }
            }
        }
    }

    /// A question with the title of the step that asks it; one that its step asks alone is asked by the title.
    fn named_by_step(&self, step: &str, question: &Question) -> String {
        let lang = self.lang.as_str();
        let wording = says(&question.wording, lang);
        match self.state.instrument.step(step).map(|step| (says(&step.title, lang), step.questions.len())) {
            Some((title, 1)) => title.to_owned(),
            Some((title, _)) if title != wording => format!("{title}{DOT}{wording}"),
            _ => wording.to_owned(),
        }
    }

    /// What is public of no list: how good the data are.
    fn ratings(&self, question: &Question) -> Markup {
        let rows = match self.state.answers.get(&question.key).map(|answer| &answer.given) {
            Some(Given::Value(Value::Uses(rows))) => rows.as_slice(),
            _ => &[],
        };
        let rated: Vec<String> = rows.iter().filter_map(|row| self.rating(row)).collect();
        html! {
            @if !rated.is_empty() {
                dt { (self.say("page.answer.rating")) }
                dd { ul { @for line in &rated { li { (line) } } } " " span class="tag" { (self.say("page.answer.inMeans")) } }
            }
        }
    }

    fn line(&self, question: &Question) -> Markup {
        let answer = self.state.answers.get(&question.key);
        let visibility = answer.map_or(question.visibility, |answer| answer.visibility);
        html! {
            dt { (says(&question.wording, self.lang.as_str())) }
            dd {
                @match answer.map(|answer| &answer.given) {
                    Some(Given::Value(value)) => ul { @for line in self.lines(question, value) { li { (line) } } },
                    Some(Given::Missing(missing)) => em { (self.reason(question, *missing)) },
                    None => em { (self.say("page.answer.blank")) },
                }
                @if answer.is_some_and(|answer| answer.is_prefilled) { " " span class="tag" { (self.say("page.answer.notConfirmed")) } }
                @else if visibility != RowVisibility::Public { " " span class="tag" { (self.say(audience(visibility))) } }
            }
        }
    }
}

impl Sheet {
    /// What is wrong with an answer for all to see that somebody has confirmed, where it names an address or a number.
    pub(super) fn contact(&self, question: &Question) -> Option<String> {
        let answer = self.state.answers.get(&question.key).filter(|answer| !answer.is_prefilled)?;
        let fault = contact_of(question, answer)?;
        Some(refusals::sentence(&refusals::of_fault(self.lang, fault.fault, &fault.message)))
    }

    /// Why there is no value, in the words that were chosen.
    pub(super) fn reason(&self, question: &Question, missing: Missing) -> String {
        let offered = reasons(question).into_iter().find(|(one, _)| *one == missing);
        let other = || words_of(self.lang, "missing", &missing.as_str().to_uppercase());
        offered.map_or_else(other, |(_, key)| self.say(key).to_owned())
    }

    /// An answer in words.
    pub(super) fn lines(&self, question: &Question, value: &Value) -> Vec<String> {
        let lang = self.lang.as_str();
        match value {
            Value::Text(text) | Value::Date(text) => vec![text.clone()],
            Value::Number(number) => vec![number.to_string()],
            Value::Consent(true) => vec![self.say("page.answer.yes").to_owned()],
            Value::Consent(false) => vec![self.say("page.answer.no").to_owned()],
            Value::Choice(_) | Value::Choices(_) => {
                let label = |id: &str| question.kind.label(id).map_or(id, |label| says(label, lang)).to_owned();
                value.chosen().into_iter().map(label).collect()
            }
            Value::Uses(rows) => rows.iter().map(|row| self.used_as(row)).collect(),
            Value::Requests(rows) => rows
                .iter()
                .map(|row| {
                    let reason = row.reason.map(|reason| words_of(self.lang, "page.answer.reason", reason.as_str()));
                    let parts = [Some(row.title.clone()), row.publisher.clone(), reason, row.purpose.clone()];
                    parts.into_iter().flatten().collect::<Vec<_>>().join(DOT)
                })
                .collect(),
        }
    }

    /// A use in words, with all of it that becomes public.
    fn used_as(&self, row: &Use) -> String {
        let (name, publisher) = self.name_of(&row.what);
        let parts = [
            Some(name),
            publisher.or_else(|| row.publisher.clone()),
            Some(row.criticality)
                .filter(|criticality| *criticality != Criticality::Unknown)
                .map(|criticality| words_of(self.lang, "page.answer.criticality", criticality.as_str())),
            Some(row.access)
                .filter(|access| *access != AccessMode::Unknown)
                .map(|access| words_of(self.lang, "page.answer.accessMode", access.as_str())),
            row.since.map(|year| self.fill("page.answer.sinceYear", &[("year", &year.to_string())])),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(DOT)
    }

    fn rating(&self, row: &Use) -> Option<String> {
        let rating = words_of(self.lang, "page.answer.ratingOf", &row.rating?.to_string());
        Some([self.name_of(&row.what).0, rating].join(DOT))
    }
}
