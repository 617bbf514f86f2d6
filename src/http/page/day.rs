//! What pages say of the day they are about: in their sentences, beside them, and where the record does not reach.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::{Page, View};
use crate::picture::card::Card;
use crate::texts::days;

impl View {
    /// A sentence with a figure in it, with the day and the recording time where the address chose them.
    pub(super) fn dated(&self, sentence: String) -> String {
        let (day, time) = (days::day(self.lang, self.atlas.as_of), self.recording_time());
        match time {
            Some(time) => self.texts.fill("page.knownAt", &[("date", &day), ("time", &time), ("sentence", &sentence)]),
            None if self.moment.as_of.is_some() => {
                self.texts.fill("page.asOf", &[("date", &day), ("sentence", &sentence)])
            }
            None => sentence,
        }
    }

    fn recording_time(&self) -> Option<String> {
        self.moment.known_at.map(|at| days::moment(self.lang, at))
    }

    /// Takes back what the address asks of days to come: the record that answers is the latest.
    pub(super) fn keep_to_the_past(&mut self) {
        let later = self.moment.known_at.filter(|_| self.atlas.known_at.is_none());
        let day = self.moment.as_of.filter(|day| *day > self.atlas.as_of);
        self.to_come = match (day, later) {
            (Some(day), _) => Some(days::day(self.lang, day)),
            (None, Some(_)) => self.recording_time(),
            (None, None) => None,
        };
        self.moment.as_of = self.moment.as_of.filter(|_| day.is_none());
        self.moment.known_at = self.moment.known_at.filter(|_| later.is_none());
    }

    /// Says of a day that has not come which record stands for it.
    pub(super) fn to_come(&self) -> Option<String> {
        let today = days::day(self.lang, self.atlas.as_of);
        let date = self.to_come.as_deref()?;
        Some(self.texts.fill("day.toCome", &[("date", date), ("today", &today)]))
    }

    /// The way back to the record of today, on a page of another day.
    pub(super) fn way_back(&self) -> Markup {
        html! {
            @if !self.moment.is_now() || self.to_come.is_some() {
                p { a href=(self.without(&["asOf", "knownAt"])) { (self.texts.get("day.today")) } }
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
        let day = days::day(self.lang, self.atlas.as_of);
        let title = match self.recording_time() {
            Some(time) => self.texts.fill("day.unrecordedThen", &[("date", &day), ("time", &time)]),
            None => self.texts.fill("day.unrecorded", &[("date", &day)]),
        };
        let body = html! {
            h1 { (title) }
            @for reason in self.why_unrecorded(begins_on) { p { (reason) } }
        };
        Page { description: title.clone(), title, body, linked: Vec::new(), listed: false, card: Card::default() }
    }

    /// Why there is no figure: the first entry was made after the recording time, or the record begins after the day.
    pub(super) fn why_unrecorded(&self, begins_on: Option<NaiveDate>) -> Vec<String> {
        let begun = self.atlas.recorded_from.filter(|from| self.atlas.known_at.is_some_and(|at| at < *from));
        let begun = begun.map(|from| self.texts.fill("day.begun", &[("time", &days::moment(self.lang, from))]));
        let begins = begins_on.filter(|day| self.atlas.as_of < *day);
        let begins = begins.map(|day| self.texts.fill("day.begins", &[("date", &days::day(self.lang, day))]));
        begun.into_iter().chain(begins).collect()
    }
}
