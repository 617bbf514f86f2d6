//! The page in place of one whose address has a word that cannot be used: which word, and the way without it.

use axum::{http::StatusCode, response::Response};
use maud::html;

use super::{Page, View};
use crate::{
    atlas::{Fault, Refusal},
    picture::card::Card,
};

impl View {
    /// Says which word of the address cannot be used, and offers the address without it. The status is 400, so that
    /// neither programs nor search engines take the page for an answer; readers find the way on.
    pub(super) fn refused(&self, refusal: &Refusal) -> Response {
        let values = [("name", refusal.name.as_str()), ("value", refusal.value.as_str())];
        let sentence = match refusal.fault {
            Fault::NoFilter | Fault::Unknown => self.texts.fill("page.refusedUnknown", &values),
            Fault::Form(_) => self.texts.fill("page.refusedForm", &values),
            Fault::TooMany => self.texts.fill("page.refusedMany", &values),
            Fault::TooLong => self.texts.fill("page.refusedLong", &values),
        };
        let title = self.texts.get("page.refused").to_owned();
        let body = html! {
            h1 { (title) }
            p { (sentence) }
            p { a href=(self.without_value(refusal)) { (self.texts.fill("page.refusedWithout", &values)) } }
        };
        let page =
            Page { title, description: sentence, body, linked: Vec::new(), listed: false, card: Card::default() };
        self.instead(StatusCode::BAD_REQUEST, &page)
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
