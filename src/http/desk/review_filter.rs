//! What the address of the queue asks for. Lists, cases and previews carry the same words, so that a link that is
//! copied, and the way back, lead to the same queue.

use chrono::TimeDelta;
use entity::id::OrganisationId;
use entity::vocabulary::CaseKind;
use maud::{Markup, html};
use uuid::Uuid;

use super::frame::Frame;
use super::pick::{Field, Pick};
use super::review::QUEUE;
use crate::app::Context;
use crate::app::review::Filter;
use crate::app::review::queue::{Choices, assignee_of};
use crate::domain::access::Actor;
use crate::texts::in_language;

/// The words that narrow a queue.
const WORDS: [&str; 10] =
    ["state", "kind", "assignee", "age", "problem", "person", "organisation", "publisher", "study", "wave"];
/// Where a page of it begins.
const AFTER: &str = "after";

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Asked {
    pairs: Vec<(String, String)>,
}

impl Asked {
    pub(super) fn of(query: Option<&str>) -> Self {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (key, value) in url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned() {
            let is_known = WORDS.contains(&key.as_str()) || key == AFTER;
            let value = value.trim().to_owned();
            if is_known && !value.is_empty() && pairs.iter().all(|(one, _)| *one != key) {
                pairs.push((key, value));
            }
        }
        Self { pairs }
    }

    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(one, _)| one == key).map(|(_, value)| value.as_str())
    }

    pub(super) fn after(&self) -> Option<&str> {
        self.get(AFTER)
    }

    /// Puts a word in the place of what was asked by it.
    fn put(&mut self, key: &str, value: String) {
        if let Some(pair) = self.pairs.iter_mut().find(|(one, _)| one == key) {
            pair.1 = value;
        }
    }

    /// The same in words that mean one thing to every reader: ids for names and for "me".
    pub(super) fn settled(&self, frame: &Frame<'_>) -> Self {
        let mut settled = self.clone();
        if let (Some("me"), Some(account)) = (self.get("assignee"), frame.actor.account()) {
            settled.put("assignee", account.id.to_string());
        }
        for (key, pick) in [("organisation", Pick::Record), ("publisher", Pick::Publisher)] {
            if let Some(id) = self.get(key).and_then(|named| id_of(frame, pick, named)) {
                settled.put(key, id.to_string());
            }
        }
        settled
    }

    /// Words of the filter whose value means nothing, each with its value: they are passed over, but not in silence.
    pub(super) fn strange(&self) -> Vec<(&str, &str)> {
        let is_id = |value: &str| value.parse::<Uuid>().is_ok();
        let means = |key: &str, value: &str| match key {
            "state" => matches!(value, "waiting" | "decided" | "all"),
            "kind" => value.parse::<CaseKind>().is_ok(),
            "assignee" => matches!(value, "me" | "nobody") || is_id(value),
            "age" => days_of(value).is_some(),
            "problem" | "person" => matches!(value, "0" | "1"),
            "study" | "wave" => is_id(value),
            _ => true,
        };
        self.pairs().filter(|(key, value)| !means(key, value)).collect()
    }

    /// The first name that the register does not have.
    pub(super) fn unknown(&self) -> Option<&str> {
        ["organisation", "publisher"]
            .into_iter()
            .find_map(|key| self.get(key).filter(|named| named.parse::<Uuid>().is_err()))
    }

    /// The filter that the words make.
    pub(super) fn filter(&self, ctx: &Context, actor: &Actor) -> Filter {
        let id = |key: &str| self.get(key).and_then(|text| text.parse::<Uuid>().ok());
        let days = self.get("age").and_then(days_of);
        Filter {
            is_open: match self.get("state") {
                Some("all") => None,
                Some("decided") => Some(false),
                _ => Some(true),
            },
            kinds: self.get("kind").and_then(|word| word.parse().ok()).into_iter().collect(),
            study: id("study").map(Into::into),
            wave: id("wave").map(Into::into),
            publisher: id("publisher").map(Into::into),
            organisation: id("organisation").map(Into::into),
            assignee: self.get("assignee").and_then(|word| assignee_of(word, actor)),
            not_by: None,
            opened_before: days.map(|days| ctx.now() - TimeDelta::days(days)),
            has_problem: self.get("problem").map(|word| word == "1"),
            mentions_person: self.get("person").map(|word| word == "1"),
            within: None,
        }
    }

    /// The words alone, without where a page begins.
    pub(super) fn words(&self) -> Self {
        Self { pairs: self.pairs.iter().filter(|(key, _)| key != AFTER).cloned().collect() }
    }

    /// Every word as a pair of an address.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// An address under the queue that keeps what is asked for.
    pub(super) fn on(&self, path: &str) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The queue with one word put anew, from its first page.
    pub(super) fn with(&self, key: &str, value: Option<&str>) -> String {
        let mut words = self.words();
        words.pairs.retain(|(one, _)| one != key);
        words.pairs.extend(value.map(|value| (key.to_owned(), value.to_owned())));
        words.on(QUEUE)
    }
}

/// For how many days a case has waited.
fn days_of(text: &str) -> Option<i64> {
    text.parse().ok().filter(|days| (1..=3_650).contains(days))
}

/// The record that was named by its name, its address or its id.
fn id_of(frame: &Frame<'_>, pick: Pick, named: &str) -> Option<OrganisationId> {
    if let Ok(id) = named.parse::<Uuid>() {
        return Some(OrganisationId(id));
    }
    let slug = frame.picked_slug(pick, named);
    let atlas = (frame.site.atlas)()?;
    atlas.organisation_by_slug(&slug).map(|org| atlas.organisation(org).id)
}

/// The form whose answer is an address.
pub(super) fn form(frame: &Frame<'_>, asked: &Asked, choices: &Choices) -> Markup {
    let choice = |name: &'static str, label: &'static str, options: &[(&str, &str)]| {
        html! {
            label { span { (frame.say(label)) }
                select class="field" name=(name) {
                    @for (value, text) in options {
                        option value=(value) selected[asked.get(name).unwrap_or_default() == *value] { (text) }
                    }
                }
            }
        }
    };
    let any = ("", frame.say("page.review.any"));
    let states = [("", "page.review.waiting"), ("decided", "page.review.decided"), ("all", "page.review.any")];
    let states = states.map(|(word, key)| (word, frame.say(key)));
    let ages = [any, ("7", frame.say("page.review.week")), ("30", frame.say("page.review.month"))];
    let either = [any, ("1", frame.say("page.review.with")), ("0", frame.say("page.review.without"))];
    let mut people = texts(&choices.people);
    let titled = choices.studies.iter().map(|(id, title)| (id.to_string(), in_language(title, frame.lang).to_owned()));
    let studies: Vec<(String, String)> = titled.collect();
    if let Some(account) = frame.actor.account() {
        let own = account.id.to_string();
        people
            .iter_mut()
            .filter(|(id, _)| *id == own)
            .for_each(|(_, text)| frame.say("page.review.mine").clone_into(text));
    }
    let nobody = ("nobody", frame.say("page.review.nobodys"));
    let people: Vec<_> = [any, nobody].into_iter().chain(pairs(&people)).collect();
    let studies: Vec<_> = std::iter::once(any).chain(pairs(&studies)).collect();
    let is_narrow = asked.pairs().any(|(key, _)| !matches!(key, "kind" | "after"));
    html! {
        details class="narrow" open[is_narrow] {
        summary { (frame.say("page.review.narrow")) }
        form method="get" action=(QUEUE) class="filters" {
            @for key in ["kind", "wave"] {
                @if let Some(value) = asked.get(key) { input type="hidden" name=(key) value=(value); }
            }
            input type="hidden" name="lang" value=(frame.lang);
            (choice("state", "page.review.state", &states))
            (choice("assignee", "page.review.assignee", &people))
            (choice("age", "page.review.age", &ages))
            @if studies.len() > 1 { (choice("study", "page.review.study", &studies)) }
            (choice("problem", "page.review.problems", &either))
            (choice("person", "page.review.persons", &either))
            (named(frame, asked, "organisation", "page.review.organisation", Pick::Record))
            (named(frame, asked, "publisher", "page.review.publisher", Pick::Publisher))
            div class="actions" {
                button class="btn" { (frame.say("page.review.apply")) }
                @if asked.words() != Asked::default() { a href=(frame.link(QUEUE)) { (frame.say("page.review.clear")) } }
            }
        }
        }
    }
}

fn texts<I: ToString>(found: &[(I, String)]) -> Vec<(String, String)> {
    found.iter().map(|(id, text)| (id.to_string(), text.clone())).collect()
}

fn pairs(found: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    found.iter().map(|(id, text)| (id.as_str(), text.as_str()))
}

/// A field that holds the name of the record whose id the address has.
fn named(frame: &Frame<'_>, asked: &Asked, name: &str, label: &'static str, pick: Pick) -> Markup {
    let value = asked.get(name).unwrap_or_default();
    let title = value.parse::<Uuid>().ok().and_then(|id| {
        let atlas = (frame.site.atlas)()?;
        let org = atlas.organisation_by_id(OrganisationId(id))?;
        atlas.is_shown(org).then(|| atlas.name(org, frame.lang).value.to_owned())
    });
    frame.pick(&Field { name, label: frame.say(label), value: title.as_deref().unwrap_or(value), pick }, &html! {})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_is_asked_for() {
        for (query, kept) in [
            ("", ""),
            ("kind=dataset&state=decided", "kind=dataset&state=decided"),
            ("kind=&state=decided&lang=en", "state=decided"),
            ("kind=dataset&kind=use", "kind=dataset"),
            ("colour=red&age=7", "age=7"),
            ("age=7&after=12.x", "age=7&after=12.x"),
        ] {
            let asked = Asked::of(Some(query));
            let expected = if kept.is_empty() { QUEUE.to_owned() } else { format!("{QUEUE}?{kept}") };
            assert_eq!(asked.on(QUEUE), expected, "{query}");
            assert_eq!(Asked::of(asked.on(QUEUE).split_once('?').map(|(_, query)| query)), asked, "{query}");
        }
        let asked = Asked::of(Some("kind=dataset&age=7&after=12.x"));
        assert_eq!(asked.with("kind", Some("use")), format!("{QUEUE}?age=7&kind=use"));
        assert_eq!(asked.with("kind", None), format!("{QUEUE}?age=7"));
        assert_eq!(asked.words().on("/desk/review/1"), "/desk/review/1?kind=dataset&age=7");
        assert_eq!(Asked::of(Some("organisation=Mapas")).unknown(), Some("Mapas"));
    }

    #[test]
    fn a_word_that_means_nothing_is_named() {
        let study = Uuid::from_u128(7);
        let known =
            format!("state=decided&kind=dataset&assignee=me&age=7&problem=1&person=0&study={study}&wave={study}");
        assert!(Asked::of(Some(&known)).strange().is_empty());
        for (query, strange) in [
            ("study=nope&kind=xx", vec![("study", "nope"), ("kind", "xx")]),
            (
                "state=new&age=0&person=yes&wave=1",
                vec![("state", "new"), ("age", "0"), ("person", "yes"), ("wave", "1")],
            ),
            ("assignee=somebody", vec![("assignee", "somebody")]),
        ] {
            assert_eq!(Asked::of(Some(query)).strange(), strange, "{query}");
        }
    }
}
