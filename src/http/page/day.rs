//! What pages say of the day they are about: in their sentences, beside them, and where the record does not reach.

use chrono::{NaiveDate, SecondsFormat};
use maud::{Markup, html};

use super::{Page, View};
use crate::picture::card::Card;

impl View {
    /// A sentence with a figure in it, with the day and the recording time where the address chose them.
    pub(super) fn dated(&self, sentence: String) -> String {
        let (day, time) = (self.atlas.as_of.to_string(), self.recording_time());
        match time {
            Some(time) => self.texts.fill("page.knownAt", &[("date", &day), ("time", &time), ("sentence", &sentence)]),
            None if self.moment.as_of.is_some() => {
                self.texts.fill("page.asOf", &[("date", &day), ("sentence", &sentence)])
            }
            None => sentence,
        }
    }

    fn recording_time(&self) -> Option<String> {
        self.moment.known_at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }

    /// The way back to the record of today, on a page of another day.
    pub(super) fn way_back(&self) -> Markup {
        html! {
            @if !self.moment.is_now() {
                p { a href=(self.without(&["asOf", "knownAt"])) { (self.texts.get("page.today")) } }
            }
        }
    }

    /// This address without some of its parameters.
    pub(super) fn without(&self, keys: &[&str]) -> String {
        let others: Vec<&str> = self.pairs().map(|(key, _)| key).filter(|key| !keys.contains(key)).collect();
        self.with(&self.path, &others)
    }

    /// The page of a day that the record does not reach: no figure, not even a zero.
    pub(super) fn unrecorded(&self, begins_on: Option<NaiveDate>) -> Page {
        let day = self.atlas.as_of.to_string();
        let title = match self.recording_time() {
            Some(time) => self.texts.fill("page.unrecordedThen", &[("date", &day), ("time", &time)]),
            None => self.texts.fill("page.unrecorded", &[("date", &day)]),
        };
        let begins = begins_on.map(|day| self.texts.fill("page.begins", &[("date", &day.to_string())]));
        let body = html! {
            h1 { (title) }
            @if let Some(begins) = begins { p { (begins) } }
        };
        Page { description: title.clone(), title, body, linked: Vec::new(), listed: false, card: Card::default() }
    }
}
