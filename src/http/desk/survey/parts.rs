//! What the pages of studies have in common: the reading of addresses, the fields of forms and what is wrong with
//! them, texts in two languages.

use std::collections::BTreeMap;

use axum::extract::Request;
use axum::http::{StatusCode, request::Parts};
use axum::response::Response;
use maud::{Markup, html};
use uuid::Uuid;

use crate::app::Error;
use crate::app::survey::invite::{NO_LETTERS, REFUSED, SPOKEN};
use crate::app::survey::study;
use crate::atlas::Lang;
use crate::domain::contact::LEAVE_OUT;
use crate::domain::text;
use crate::domain::violation::{Fault, Violation};
use crate::http::desk::frame::Frame;
use crate::http::form::{Sent, see_other};
use crate::texts::{refusals, words, words_of};

/// What is said in its own words, whatever the field.
const AS_IT_IS: [&str; 4] = [LEAVE_OUT, NO_LETTERS, REFUSED, SPOKEN];

/// A page or a refusal.
pub(super) type Answer = Result<Response, Response>;

/// What was sent and found wrong, where a form is shown again.
#[derive(Clone, Copy, Default)]
pub(super) struct Again<'s> {
    pub(super) sent: Option<&'s Sent>,
    pub(super) faults: &'s [Violation],
}

impl Again<'_> {
    /// What was typed into a field, else what stands there at first.
    pub(super) fn value(&self, name: &str, first: &str) -> String {
        self.sent.map_or_else(|| first.to_owned(), |sent| sent.field(name).to_owned())
    }

    /// Whether a box was ticked.
    pub(super) fn ticked(&self, name: &str, first: bool) -> bool {
        self.sent.map_or(first, |sent| !sent.field(name).is_empty())
    }

    /// Whether what was sent was found changed by somebody else meanwhile.
    pub(super) fn is_outdated(&self) -> bool {
        self.faults.iter().any(|fault| fault.fault == Fault::Changed)
    }

    /// The same where it was sent by a form that did this to that; other forms of the page stand as at first.
    pub(super) fn at(self, go: &str, key: Option<&str>) -> Self {
        let is_it = |sent: &&Sent| sent.field("go") == go && key.is_none_or(|key| sent.field("key") == key);
        self.sent.filter(is_it).map_or_else(Self::default, |_| self)
    }

    fn of<'f>(&'f self, field: &'f str) -> impl Iterator<Item = &'f Violation> {
        self.faults.iter().filter(move |fault| fault.field == field)
    }
}

/// The parts of a request that only looks.
pub(super) fn parts_of(request: Request) -> Parts {
    request.into_parts().0
}

/// The longest form that is not a list or a whole instrument.
pub(super) const FORM_BYTES: usize = 60 * 1024;
/// The longest list, and the longest instrument.
pub(super) const LONG_FORM_BYTES: usize = 1024 * 1024;

/// The part of an address that is an id.
pub(super) fn id_of<T: From<Uuid>>(frame: &Frame<'_>, text: &str) -> Result<T, Response> {
    text.parse::<Uuid>().map(T::from).map_err(|_| frame.refused(&Error::NotFound))
}

/// A text that is kept by language, in the reader's if it has that.
pub(super) fn in_language(json: &str, lang: Lang) -> String {
    text::in_language(json, lang.as_str()).unwrap_or_default()
}

/// What a title says that begins with another one, where that stands before it; nothing where it says no more.
fn behind<'t>(title: &'t str, before: &str) -> &'t str {
    let rest = title.strip_prefix(before).filter(|rest| !rest.starts_with(char::is_alphanumeric));
    rest.map_or(title, |rest| rest.trim_start_matches([' ', ',', ';', ':', '.', '-', '–', '—', '·', '/']))
}

/// The texts of a form in both languages, those left blank left out.
pub(super) fn both(sent: &Sent, name: &str) -> BTreeMap<String, String> {
    let one = |lang: &str| {
        let text = sent.field(&format!("{name}.{lang}")).trim().to_owned();
        (!text.is_empty()).then(|| (lang.to_owned(), text))
    };
    ["es", "en"].into_iter().filter_map(one).collect()
}

/// A text with values in its braces.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// What is wrong, in the reader's language: by field and fault, else by fault alone.
pub(super) fn says_fault(lang: Lang, fault: &Violation) -> String {
    let what = match fault.fault {
        Fault::Missing => "missing",
        Fault::TooLong => "tooLong",
        Fault::Taken => "taken",
        _ => "invalid",
    };
    let field = fault.field.rsplit('.').find(|part| !matches!(*part, "es" | "en")).unwrap_or_default();
    let exact = format!("page.survey.fault.{field}.{what}");
    words(lang)
        .get(&exact)
        .filter(|_| !AS_IT_IS.contains(&fault.message.as_str()))
        .cloned()
        .or_else(|| refusals::translated(lang, &fault.message))
        .unwrap_or_else(|| words_of(lang, "page.survey.fault", what))
}

/// What the forms of a study call a field, where its fault alone does not say which one it is.
fn label_of(field: &str) -> Option<&'static str> {
    Some(match field {
        "attribution" => "page.survey.attribution",
        "url" => "page.survey.studyUrl",
        "licence" => "page.survey.licence",
        "licenceUrl" => "page.survey.licenceUrl",
        "country" => "page.survey.country",
        "population" => "page.survey.population",
        "title" => "page.survey.titleOf",
        _ => return None,
    })
}

/// What a form says it has shown of a draft; one that was made before forms said so is not compared.
pub(super) fn shown(sent: &Sent) -> Option<&str> {
    Some(sent.field("revision")).filter(|revision| !revision.is_empty())
}

/// One of several words.
pub(super) fn select(name: &str, label: &str, chosen: &str, options: &[(String, String)]) -> Markup {
    html! {
        label { (label)
            select class="field" name=(name) {
                @for (value, text) in options { option value=(value) selected[value == chosen] { (text) } }
            } }
    }
}

/// A box to tick.
pub(super) fn tick(again: &Again<'_>, name: &str, label: &str, first: bool) -> Markup {
    html! {
        label class="tick" { input type="checkbox" name=(name) value="1" checked[again.ticked(name, first)]; (label) }
    }
}

impl Frame<'_> {
    /// Leads on after a form.
    pub(super) fn on(&self, path: &str) -> Response {
        see_other(&self.link(path))
    }

    /// The name of a form that is sent once, so that sending it again does nothing twice.
    pub(super) fn once(&self, again: &Again<'_>) -> Markup {
        html! { input type="hidden" name="once" value=(again.value("once", &self.ctx.id().to_string())); }
    }

    /// What is wrong with a field, under it.
    pub(super) fn faults(&self, again: &Again<'_>, field: &str) -> Markup {
        html! { @for fault in again.of(field) { span class="fault" { (says_fault(self.lang, fault)) } } }
    }

    /// A line of text.
    pub(super) fn input(&self, again: &Again<'_>, (name, kind): (&str, &str), label: &str, first: &str) -> Markup {
        let is_wrong = again.of(name).next().is_some();
        html! {
            label { (label) (self.faults(again, name))
                input class="field" type=(kind) name=(name) value=(again.value(name, first)) aria-invalid=[is_wrong.then_some("true")] maxlength="500"; }
        }
    }

    /// A text in both languages.
    pub(super) fn texts(&self, again: &Again<'_>, name: &str, label: &str, first: &BTreeMap<String, String>) -> Markup {
        html! {
            fieldset class="pair" {
                legend { (label) " " (self.faults(again, name)) }
                @for (lang, language) in [("es", "Español"), ("en", "English")] {
                    (self.input(again, (&format!("{name}.{lang}"), "text"), language, first.get(lang).map_or("", String::as_str)))
                }
            }
        }
    }

    /// What could not be done, above a form that is shown again.
    pub(super) fn notice(&self, faults: &[Violation]) -> Markup {
        html! {
            @if !faults.is_empty() {
                div class="notice" role="alert" {
                    p { (self.say("page.survey.faults")) }
                    ul { @for fault in faults { li {
                        @if let Some(label) = label_of(&fault.field) { b { (self.say(label)) } ": " }
                        (says_fault(self.lang, fault))
                    } } }
                }
            }
        }
    }

    /// The title of a study, else the word for one.
    pub(super) async fn study_name(&self, id: entity::id::StudyId) -> String {
        let word = || self.say("page.survey.study").to_owned();
        let study = study::by_id(self.ctx, &self.actor, id).await;
        study.map_or_else(|_| word(), |study| in_language(&study.title, self.lang))
    }

    /// The name of a wave behind that of its study.
    pub(super) fn wave_name(&self, title: &str, study: &str) -> String {
        match behind(title, study) {
            "" => self.say("page.survey.wave").to_owned(),
            rest => rest.to_owned(),
        }
    }

    /// A value of the address.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        let query = self.parts.uri.query().unwrap_or_default();
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(one, _)| one == name).map(|(_, value)| value.into_owned()).filter(|value| !value.is_empty())
    }

    /// The way back, as a list of links.
    pub(super) fn crumbs(&self, steps: &[(&str, &str)]) -> Markup {
        html! {
            nav class="crumbs" aria-label=(self.say("page.survey.crumbs")) {
                ol { @for (path, name) in steps { li { a href=(self.link(path)) { (name) } } } }
            }
        }
    }

    /// A page that shows a form again because of what was sent.
    pub(super) fn wrong(&self, title: &'static str, body: &Markup) -> Response {
        let mut response = self.page(title, body);
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        response
    }
}

/// What a form shows the state of, so that nothing is written over that was saved since.
pub(super) fn revision_of(revision: &str) -> Markup {
    html! { input type="hidden" name="revision" value=(revision); }
}

/// A text in both languages, as it stands.
pub(super) fn stands(label: &str, of: &BTreeMap<String, String>) -> Markup {
    html! { @for (lang, text) in of { dt { (label) " (" (lang) ")" } dd lang=(lang) { (text) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_its_study_a_wave_says_only_what_is_new() {
        for (title, study, rest) in [
            ("Open Data 100 México, 2014–2015", "Open Data 100 México", "2014–2015"),
            ("Datos – 2024", "Datos", "2024"),
            ("Datos (piloto)", "Datos", "(piloto)"),
            ("Datos", "Datos", ""),
            ("Datosfera 2024", "Datos", "Datosfera 2024"),
            ("Ola 2025", "Datos", "Ola 2025"),
        ] {
            assert_eq!(behind(title, study), rest, "{title}");
        }
    }
}
