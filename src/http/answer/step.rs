//! One step of the questionnaire, or all of them on one page: shown, and saved when it is sent.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use entity::vocabulary::{DatePrecision, Missing, RowVisibility};
use maud::{Markup, html};

use super::differ::Trouble;
use super::door::{document, other};
use super::form::{Fields, audience, reasons};
use super::{Reader, Sheet, failed, renew, see_other, sent};
use crate::app::{
    self,
    survey::{answer, save},
};
use crate::atlas::Lang;
use crate::domain::instrument::{
    Answer, Given, Kind, Progress, Question, Step, TextForm, Value, asked, left, progress, says,
};
use crate::http::Site;
use crate::texts::phrases::Texts;

/// The name of the page that has all steps.
const ALL: &str = "all";
/// The word of an address that follows on one on which something did not fit.
const LEFT: &str = "left";
/// The id of the form, for a button outside it.
const FORM: &str = "answer";

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Path((token, step)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    match Reader::of(&site, token, &parts).await {
        Ok(reader) => reader.over().unwrap_or_else(|| {
            let trouble = Trouble { is_left: is_left(&parts), ..Trouble::default() };
            reader.shown(&step, &trouble, StatusCode::OK)
        }),
        Err(refusal) => refusal,
    }
}

pub(super) async fn save(
    State(site): State<Arc<Site>>,
    Path((token, step)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (mut reader, fields) = match sent(&site, token, request).await {
        Ok(sent) => sent,
        Err(refusal) => return refusal,
    };
    if reader.state.is_sent() {
        return reader.thanks();
    }
    if step != ALL && reader.state.instrument.step(&step).is_none() {
        return reader.no_step(&step);
    }
    let go = fields.first("go").unwrap_or("next").to_owned();
    let said = {
        let questions = reader.state.instrument.questions().filter(|question| is_in(&reader, &step, question));
        fields.said(questions, &|text| reader.named(text))
    };
    let asked_lang = go.strip_prefix("lang:").filter(|lang| matches!(*lang, "es" | "en"));
    let lang = asked_lang.unwrap_or(reader.lang.as_str());
    let mut trouble = match keep(&reader, said.clone(), lang).await {
        Ok(trouble) => trouble,
        Err(error) => return failed(&error, || renew::gone(reader.lang, &reader.token)),
    };
    let before: Vec<String> =
        asked(&reader.state.instrument, &reader.state.answers).iter().map(|question| question.key.clone()).collect();
    match answer::state(&reader.ctx, &reader.followed).await {
        Ok(state) => reader.sheet.state = state,
        Err(error) => return failed(&error, || renew::gone(reader.lang, &reader.token)),
    }
    if go == "auto" {
        let shown = shown(&reader, &fields);
        return reader.heard(&shown, &fields, &trouble);
    }
    // Whoever goes back leaves what does not fit, and is told; what differs is not left unseen.
    let is_leaving = trouble.differing.is_empty() && go == "back";
    if !trouble.is_none() && !is_leaving {
        if let Some(lang) = asked_lang {
            reader.sheet.lang = Lang::new(lang);
        }
        let status = if trouble.differing.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::CONFLICT };
        // What was typed and not saved is answered no more than before.
        trouble.done = Some(reader.done());
        reader.put_back(&mut trouble, &fields, said);
        return reader.shown(&step, &trouble, status);
    }
    if let Some(lang) = asked_lang {
        return see_other(&format!("{}{}/step/{step}?lang={lang}", super::LINK, reader.token));
    }
    let to = reader.after(&step, &go, &before);
    if trouble.is_none() {
        return see_other(&to);
    }
    see_other(&format!("{to}{}{LEFT}=1", if to.contains('?') { '&' } else { '?' }))
}

/// Whether who comes has left something behind that did not fit.
pub(super) fn is_left(parts: &Parts) -> bool {
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    url::form_urlencoded::parse(query).any(|(key, _)| key == LEFT)
}

/// Saves what can be saved, each question on its own, so that one that does not fit takes no other with it.
async fn keep(reader: &Reader, said: Vec<save::Said>, lang: &str) -> Result<Trouble, app::Error> {
    let kept = save::save_each(&reader.ctx, &reader.followed, said, Some(lang)).await?;
    let has_saved = !kept.saved.is_empty();
    Ok(Trouble { faults: kept.faults, differing: kept.differing, has_saved, ..Trouble::default() })
}

/// The questions that a form has shown.
fn shown(reader: &Reader, fields: &Fields) -> Vec<String> {
    let questions = reader.state.instrument.questions().filter(|question| fields.has(&question.key));
    questions.map(|question| question.key.clone()).collect()
}

fn is_in(reader: &Reader, step: &str, question: &Question) -> bool {
    let own = |of: &Step| of.questions.iter().any(|one| one.key == question.key);
    step == ALL || reader.state.instrument.step(step).is_some_and(own)
}

/// Whether a question says who sees its answer: not where that can be chosen, and not where the answer is what decides it.
fn says_who_sees(question: &Question) -> bool {
    let decides = matches!(question.kind, Kind::Consent { .. }) && question.visibility == RowVisibility::Public;
    !question.may_choose && !decides
}

impl Reader {
    /// Where a form leads when it was saved: on, back, or here again where an answer has brought a question.
    fn after(&self, step: &str, go: &str, before: &[String]) -> String {
        let here = |key: &str| self.at(&format!("/step/{key}"));
        let steps = self.steps();
        let place = steps.iter().position(|one| *one == step);
        if go == "back" {
            let to = place.and_then(|at| at.checked_sub(1)).and_then(|at| steps.get(at));
            return to.map_or_else(|| self.at(""), |key| here(key));
        }
        let now = asked(&self.state.instrument, &self.state.answers);
        let is_new = now.iter().any(|question| !before.contains(&question.key) && is_in(self, step, question));
        if is_new || go == "more" || go == "stay" {
            return here(step);
        }
        let to = place.and_then(|at| steps.get(at + 1)).filter(|_| step != ALL);
        to.map_or_else(|| self.at("/review"), |key| here(key))
    }

    /// The page of a step that the questionnaire does not have: the link is good, and leads back to it.
    fn no_step(&self, step: &str) -> Response {
        let title = self.say("page.answer.noStepTitle");
        let body = html! {
            h1 { (title) }
            p { (self.say("page.answer.noStepText")) }
            p { a class="button primary" href=(self.at("")) { (self.say("page.answer.goOn")) } }
        };
        let step: String = url::form_urlencoded::byte_serialize(step.as_bytes()).collect();
        let mut response = self.page_at(&format!("/step/{step}"), title, &body);
        *response.status_mut() = StatusCode::NOT_FOUND;
        response
    }

    /// How far the answers have come; what nobody has confirmed yet is not answered.
    fn done(&self) -> Progress {
        progress(&self.state.instrument, &answer::confirmed(&self.state.answers))
    }

    fn shown(&self, step: &str, trouble: &Trouble, status: StatusCode) -> Response {
        let all = step == ALL;
        let steps: Vec<&Step> = match self.state.instrument.step(step) {
            _ if all => self.state.instrument.steps.iter().collect(),
            Some(one) => vec![one],
            None => return self.no_step(step),
        };
        let order = self.steps();
        let Some(number) = order.iter().position(|one| *one == step).or(all.then_some(0)) else {
            return see_other(&self.at(""));
        };
        let lang = self.lang.as_str();
        let title = says(if all { &self.state.instrument.title } else { &steps[0].title }, lang);
        let done = trouble.done.unwrap_or_else(|| self.done());
        let (n, of) = ((number + 1).to_string(), order.len().to_string());
        let body = html! {
            @if !all {
                p class="progress" { (self.fill("page.answer.step", &[("n", &n), ("of", &of)])) }
                progress max=(order.len()) value=(number + 1) aria-label=(self.say("page.answer.progress")) {}
            }
            p class="note" { (Texts::of(self.lang).count("page.answer.answered", done.asked as u64, &[("done", &done.answered.to_string())])) }
            h1 { (title) }
            @if trouble.is_left { p class="notice" role="alert" { (self.say("page.answer.left")) } }
            @if !trouble.differing.is_empty() { p class="notice" role="alert" { (self.say("page.answer.differsSome")) } }
            @if !trouble.faults.is_empty() { p class="notice" role="alert" {
                (self.say("page.answer.faults"))
                @if trouble.has_saved { " " (self.say("page.answer.faultsSaved")) }
            } }
            form id=(FORM) method="post" action=(self.at(&format!("/step/{step}"))) class="form answer" data-answer=""
                data-saved=(self.say("page.answer.savedAt")) data-unsaved=(self.say("page.answer.unsaved"))
                data-wrong=(self.say("page.answer.notSaved")) data-differs=(self.say("page.answer.chooseOne")) data-count=(self.say("page.answer.wordCount"))
                data-none=(self.say("page.answer.notListed")) {
                input type="hidden" name="form" value=(self.form());
                // What Enter does in a field.
                button type="submit" name="go" value="next" class="default" tabindex="-1" aria-hidden="true" { (self.say("page.answer.next")) }
                @for one in &steps { (self.step(one, all, trouble)) }
                div class="actions" {
                    button type="submit" name="go" value="back" class="button" { (self.say("page.answer.back")) }
                    button type="submit" name="go" value="next" class="button primary" { (self.say("page.answer.next")) }
                }
            }
            p { a href=(self.at("/review")) { (self.say("page.answer.seePublic")) } }
        };
        // A button of the form: what was written is saved on the way.
        let (other, name) = other(self.lang);
        let way = html! {
            button form=(FORM) type="submit" name="go" value={ "lang:" (other) } class="quiet" lang=(other) { (name) }
        };
        let mut response = document(self.lang, title, &way, &body);
        *response.status_mut() = status;
        response.into_response()
    }
}

impl Sheet {
    fn step(&self, step: &Step, all: bool, trouble: &Trouble) -> Markup {
        let lang = self.lang.as_str();
        let asked = asked(&self.state.instrument, &self.state.answers);
        let questions = step.questions.iter().filter(|question| asked.iter().any(|one| one.key == question.key));
        html! {
            @if all { h2 { (says(&step.title, lang)) } }
            @if let Some(help) = &step.help { p { (says(help, lang)) } }
            @for question in questions { (self.question(question, trouble)) }
        }
    }

    pub(super) fn question(&self, question: &Question, trouble: &Trouble) -> Markup {
        let lang = self.lang.as_str();
        let answer = self.state.answers.get(&question.key);
        let wrong = trouble.faults.iter().any(|fault| fault.field == question.key);
        // It is saved, and is taken out before it is sent.
        let contact = self.contact(question).filter(|_| !wrong);
        let (help, fault) = (format!("help-{}", question.key), format!("fault-{}", question.key));
        let described = if wrong || contact.is_some() { format!("{help} {fault}") } else { help.clone() };
        html! {
            fieldset class="question" id={ "q-" (question.key) } aria-describedby=(described) {
                legend { (says(&question.wording, lang))
                    @if !question.required { " " span class="note" { (self.say("page.answer.optional")) } } }
                input type="hidden" name={ "s." (question.key) } value="1";
                (self.revision(question, trouble))
                p class="note" id=(help) {
                    @if let Some(help) = &question.help { (says(help, lang)) " " }
                    @if answer.is_some_and(|answer| answer.is_prefilled) { span class="tag" { (self.say("page.answer.prefilled")) } " " }
                    @if says_who_sees(question) { span class="seen" { (self.say(audience(question.visibility))) } }
                }
                @if let Some(differing) = trouble.differing(&question.key) { (self.choice(question, differing, trouble)) }
                @if wrong { p class="fault" id=(fault) { (self.fault(question, trouble)) } }
                @else if let Some(said) = &contact { p class="fault" id=(fault) { (said) } }
                (self.field(question, answer, trouble))
                (self.reasons(question, answer, trouble))
                (self.audience(question, answer))
            }
        }
    }

    fn field(&self, question: &Question, answer: Option<&Answer>, trouble: &Trouble) -> Markup {
        let (lang, name) = (self.lang.as_str(), format!("q.{}", question.key));
        let value = answer.and_then(|answer| match &answer.given {
            Given::Value(value) => Some(value),
            Given::Missing(_) => None,
        });
        let chosen: Vec<&str> = value.map(Value::chosen).unwrap_or_default();
        let text = match value {
            Some(Value::Text(text) | Value::Date(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let label = says(&question.wording, lang);
        let options = |kind: &str| {
            html! {
                div class="options" {
                    @for id in question.kind.ids() {
                        label { input type=(kind) name=(name) value=(id) checked[chosen.contains(&id)];
                            " " (question.kind.label(id).map_or(id, |label| says(label, lang))) }
                    }
                }
            }
        };
        match &question.kind {
            Kind::Text { form: TextForm::Paragraph, words } => html! {
                textarea name=(name) rows="6" aria-label=(label) data-words=(words) { (text) }
                p class="note" { (self.fill("page.answer.words", &[("n", &words.to_string())])) }
            },
            Kind::Text { form: TextForm::Url, .. } => html! {
                input type="text" inputmode="url" name=(name) value=(text) aria-label=(label) maxlength="500" autocomplete="url";
            },
            Kind::Text { form: TextForm::Line, .. } => html! {
                input type="text" name=(name) value=(text) aria-label=(label) maxlength="400";
            },
            Kind::Date { precision } => html! {
                input type="text" name=(name) value=(text) aria-label=(label) maxlength="10"
                    inputmode=(if *precision == DatePrecision::Year { "numeric" } else { "text" });
            },
            Kind::Number { .. } => html! {
                input type="text" inputmode="numeric" name=(name) value=(text) aria-label=(label) maxlength="20";
            },
            Kind::Money { bands, currency } if bands.is_empty() => html! {
                input type="text" inputmode="numeric" name=(name) value=(text) aria-label=(label) maxlength="20"; " " (currency)
            },
            // Many options are a list that opens, and a key's first letter finds.
            Kind::Single { choices } if choices.len() > 14 => html! {
                select name=(name) aria-label=(label) {
                    option value="" { (self.say("page.answer.choose")) }
                    @for choice in choices { option value=(choice.id) selected[chosen.contains(&choice.id.as_str())] { (says(&choice.label, lang)) } }
                }
            },
            Kind::Single { .. } | Kind::Band { .. } | Kind::Share { .. } | Kind::Money { .. } => options("radio"),
            Kind::Multi { .. } => options("checkbox"),
            Kind::Likert { points, low, high } => html! {
                div class="options" {
                    span { (says(low, lang)) }
                    @for n in 1..=*points {
                        label { input type="radio" name=(name) value=(n) checked[text == n.to_string()]; " " (n) }
                    }
                    span { (says(high, lang)) }
                }
            },
            Kind::ClaimGrid { of, .. } => {
                let years = trouble.years.get(&question.key).map_or(&[] as &[_], Vec::as_slice);
                self.rows(question, answer, (*of, years))
            }
            Kind::Consent { text } => self.consent(question, says(text, lang), &chosen, trouble),
        }
    }

    fn consent(&self, question: &Question, words: &str, chosen: &[&str], trouble: &Trouble) -> Markup {
        let name = format!("q.{}", question.key);
        let known = self.state.respondent.as_ref().map(|one| (one.name.clone(), one.email.clone()));
        let (person, email) = trouble.person.clone().or(known).unwrap_or_default();
        html! {
            div class="options" {
                label { input type="radio" name=(name) value="yes" checked[chosen.contains(&"yes")]; " " (words) }
                label { input type="radio" name=(name) value="no" checked[chosen.contains(&"no")]; " " (self.say("page.answer.no")) }
            }
            @if save::asks_person(question) {
                @if self.state.is_person_hidden { p class="note" { (self.say("page.answer.personHidden")) } }
                label { (self.say("page.answer.yourName")) input type="text" name="c.name" maxlength="120" autocomplete="name" value=(person); }
                label { (self.say("page.answer.yourEmail")) input type="email" name="c.email" maxlength="254" autocomplete="email" value=(email); }
            }
        }
    }

    fn reasons(&self, question: &Question, answer: Option<&Answer>, trouble: &Trouble) -> Markup {
        let given = answer.and_then(|answer| match answer.given {
            Given::Missing(missing) => Some(missing),
            Given::Value(_) => None,
        });
        let given = given.or_else(|| trouble.beside.get(&question.key).copied());
        // Where one of several is chosen the reason is one of them; elsewhere it can be taken back.
        let radios =
            matches!(question.kind, Kind::Single { .. } | Kind::Band { .. } | Kind::Share { .. } | Kind::Likert { .. })
                || matches!(&question.kind, Kind::Money { bands, .. } if !bands.is_empty());
        let is_list = matches!(&question.kind, Kind::Single { choices } if choices.len() > 14);
        let one = |missing: Missing, key: &'static str| {
            let (kind, name, value) = if radios && !is_list {
                ("radio", format!("q.{}", question.key), format!("!{}", missing.as_str()))
            } else {
                ("checkbox", format!("m.{}", question.key), missing.as_str().to_owned())
            };
            html! { label { input type=(kind) name=(name) value=(value) checked[given == Some(missing)]; " " (self.say(key)) } }
        };
        html! { div class="reasons" { @for (missing, key) in reasons(question) { (one(missing, key)) } } }
    }

    fn audience(&self, question: &Question, answer: Option<&Answer>) -> Markup {
        if !question.may_choose {
            return html! {};
        }
        let chosen = answer.map_or(question.visibility, |answer| answer.visibility);
        html! {
            label { (self.say("page.answer.whoSees"))
                select name={ "v." (question.key) } {
                    @for one in [RowVisibility::AggregateOnly, RowVisibility::Public, RowVisibility::Private] {
                        option value=(one.as_str()) selected[one == chosen] { (self.say(audience(one))) }
                    }
                } }
        }
    }

    /// What is wrong with an answer, in words that its author can act on.
    fn fault(&self, question: &Question, trouble: &Trouble) -> String {
        let n = |key, number: i64| self.fill(key, &[("n", &number.to_string())]);
        match &question.kind {
            Kind::Text { form: TextForm::Url, .. } => self.say("page.answer.faultUrl").to_owned(),
            Kind::Text { words, .. } => n("page.answer.faultWords", i64::from(*words)),
            Kind::Number { low, high } => {
                self.fill("page.answer.faultNumber", &[("low", &low.to_string()), ("high", &high.to_string())])
            }
            Kind::Date { .. } => self.say("page.answer.faultDate").to_owned(),
            Kind::Multi { most: Some(most), .. } => n("page.answer.faultMost", i64::from(*most)),
            Kind::ClaimGrid { .. } => {
                let is_both = trouble.beside.contains_key(&question.key);
                self.say(if is_both { "page.answer.faultBoth" } else { "page.answer.faultRow" }).to_owned()
            }
            Kind::Consent { .. } => self.say("page.answer.faultEmail").to_owned(),
            Kind::Money { .. }
            | Kind::Multi { .. }
            | Kind::Single { .. }
            | Kind::Band { .. }
            | Kind::Share { .. }
            | Kind::Likert { .. } => self.say("page.answer.faultChoice").to_owned(),
        }
    }

    /// The questions that still need an answer, with the steps that ask them.
    pub(super) fn left(&self) -> Vec<(&str, &Question)> {
        let confirmed = answer::confirmed(&self.state.answers);
        let left = left(&self.state.instrument, &confirmed);
        let step = |question: &&Question| {
            self.state.instrument.steps.iter().find(|step| step.questions.iter().any(|one| one.key == question.key))
        };
        left.into_iter().filter_map(|question| Some((step(&question)?.key.as_str(), question))).collect()
    }
}
