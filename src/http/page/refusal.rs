//! The page in place of one whose address has a word that cannot be used: which word, and the way without it.

use axum::{http::StatusCode, response::Response};
use maud::html;

use super::{Page, View};
use crate::{
    atlas::{ALTERNATIVES, Fault, Refusal, TEXT_LENGTH},
    picture::card::Card,
    texts::phrases::Texts,
};

impl View {
    /// Says which word of the address cannot be used, and offers the address without it. The status is 400, so that
    /// neither programs nor search engines take the page for an answer; readers find the way on.
    pub(super) fn refused(&self, refusal: &Refusal) -> Response {
        let (title, why) = (fault(self.texts, refusal), self.texts.get("fault.why"));
        let body = html! {
            // The application has no words for this on the page of a body or a dataset, and leaves it standing.
            h1 data-plain=[self.has_users().then_some("")] { (title) }
            p { (why) }
            p { a href=(self.without_value(refusal)) { (self.texts.get("page.refusedWithout")) } }
        };
        let description = format!("{title}. {why}");
        let page = Page { title, description, body, linked: Vec::new(), listed: false, card: Card::default() };
        let mut response = self.instead(StatusCode::BAD_REQUEST, &page);
        response.extensions_mut().insert(refusal.clone());
        response
    }

    /// This address without the value; where a parameter has others, they stay.
    fn without_value(&self, refusal: &Refusal) -> String {
        let mut kept = url::form_urlencoded::Serializer::new(String::new());
        for (key, value) in self.pairs() {
            let mut values: Vec<&str> = value.split(',').collect();
            if key == refusal.name {
                let is_it = |word: &str| Refusal::new(key, word.trim(), refusal.fault) == *refusal;
                values.retain(|word| refusal.fault == Fault::Unknown && !is_it(word));
            }
            if key != refusal.name || !values.is_empty() {
                kept.append_pair(key, &values.join(","));
            }
        }
        match kept.finish() {
            kept if kept.is_empty() => self.path.clone(),
            kept => format!("{}?{kept}", self.path),
        }
    }
}

/// What is wrong with a word of the address, as the application says it.
pub(super) fn fault(texts: &Texts, refusal: &Refusal) -> String {
    let name = refusal.name.as_str();
    let value = [("value", refusal.value.as_str())];
    match (refusal.fault, name) {
        (Fault::TooLong, _) => texts.fill("fault.long", &[("most", &texts.number(TEXT_LENGTH as u64))]),
        (Fault::TooMany, _) => texts
            .fill("page.refusedMany", &[("name", label_of(texts, name)), ("most", &texts.number(ALTERNATIVES as u64))]),
        (Fault::NoFilter, _) => texts.fill("page.refusedFilter", &[("filter", name)]),
        (Fault::Alone, _) => texts.fill("page.refusedBeside", &[("word", &format!("{name}={}", refusal.value))]),
        (Fault::Form(_), "asOf") => texts.fill("fault.day", &value),
        (Fault::Form(_), "knownAt") => texts.fill("fault.moment", &value),
        (Fault::Form(_), "lang") => texts.fill("page.refusedLang", &value),
        (Fault::Form(_), "bbox") => texts.fill("fault.box", &value),
        _ => texts.fill("fault.value", &[("filter", label_of(texts, name)), value[0]]),
    }
}

/// What the rail calls a filter; its word in the address where it calls it nothing.
fn label_of<'a>(texts: &'a Texts, name: &'a str) -> &'a str {
    match name {
        "rollup" => texts.get("flow.rollup"),
        "criticality" => texts.get("facet.criticality"),
        "access" => texts.get("facet.access"),
        _ => texts.word("facet", name),
    }
}
