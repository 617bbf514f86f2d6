//! Whether an answer fits its question, and the form in which it is kept.

use chrono::{Datelike, NaiveDate};
use entity::vocabulary::{DatePrecision, Missing, RowVisibility};

use super::{Answer, Given, GridOf, Kind, Named, Question, Target, TextForm, Use, Value, Wanted};
use crate::domain::contact::contact_in;
use crate::domain::text::{one_line, several_lines, web_address};
use crate::domain::violation::Violation;

/// A word is not longer than this on average; beyond it a text of few words is no text.
const LETTERS_PER_WORD: usize = 40;
/// The longest title of something that is not listed.
const LONGEST_TITLE: usize = 300;
/// Years that something may have begun in.
const YEARS: std::ops::RangeInclusive<i64> = 1500..=2200;

/// What is said of a year or day that has not come yet.
pub const AHEAD: &str = "give a year that has begun: this one lies ahead";

/// Whether something may have begun in a year.
pub fn is_year(year: i16) -> bool {
    YEARS.contains(&i64::from(year))
}

/// How many words a text has.
pub fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Checks an answer against its question; yields the form in which it is kept, or all that is wrong with it.
pub fn check_answer(question: &Question, given: Given) -> Result<Given, Vec<Violation>> {
    let mut faults = Vec::new();
    let kept = match given {
        Given::Missing(missing) => {
            if !may_be_missing(question, missing) {
                faults.push(Violation::new(&question.key, format!("'{}' is no answer here", missing.as_str())));
            }
            Given::Missing(missing)
        }
        Given::Value(value) => Given::Value(value_of(question, value, &mut faults)),
    };
    if faults.is_empty() { Ok(kept) } else { Err(faults) }
}

/// Checks an answer that is being sent. What is saved before may still name somebody's address: nothing that was typed is
/// lost, and it is taken out before anybody else reads it.
pub fn check_sent(question: &Question, answer: &Answer) -> Result<Given, Vec<Violation>> {
    let kept = check_answer(question, answer.given.clone())?;
    contact_of(question, answer).map_or(Ok(kept), |fault| Err(vec![fault]))
}

/// What of an answer lies ahead, though it can only have been: the day on which whoever answers was founded, and the year
/// since which data is used. Seen from `today`.
pub fn ahead_of(question: &Question, given: &Given, today: NaiveDate) -> Option<Violation> {
    let is_ahead = match (given, &question.maps_to) {
        (Given::Value(Value::Date(text)), Target::Attribute { field }) if field == "founded" => {
            first_day(text).is_some_and(|day| day > today)
        }
        (Given::Value(Value::Uses(rows)), _) => {
            rows.iter().any(|row| row.since.is_some_and(|year| i32::from(year) > today.year()))
        }
        _ => false,
    };
    is_ahead.then(|| Violation::new(&question.key, AHEAD))
}

/// The first day of a day, month or year; `None` where it is none.
fn first_day(text: &str) -> Option<NaiveDate> {
    let filled = match text.split('-').count() {
        1 => format!("{text}-01-01"),
        2 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    filled.parse().ok()
}

/// What is wrong with a text for everybody that names an address or a number. A web address is looked at as one.
pub fn contact_of(question: &Question, answer: &Answer) -> Option<Violation> {
    let Given::Value(value) = &answer.given else { return None };
    if answer.visibility != RowVisibility::Public {
        return None;
    }
    let part = words_in(question, value).into_iter().find_map(contact_in)?;
    let message = format!(
        "this will be public, and '{part}' looks like an e-mail address or a telephone number: leave it out; contacts \
         belong where you are asked for your name and e-mail address, which are never published"
    );
    Some(Violation::new(&question.key, message))
}

/// The texts in the words of whoever answers that all may come to read.
fn words_in<'a>(question: &Question, value: &'a Value) -> Vec<&'a str> {
    match value {
        Value::Text(text) => {
            let is_words = matches!(question.kind, Kind::Text { form: TextForm::Line | TextForm::Paragraph, .. });
            is_words.then_some(text.as_str()).into_iter().collect()
        }
        Value::Uses(rows) => {
            let named = rows.iter().map(|row| match &row.what {
                Named::Unlisted(text) => Some(text.as_str()),
                Named::Dataset(_) | Named::Publisher(_) => None,
            });
            named.chain(rows.iter().map(|row| row.publisher.as_deref())).flatten().collect()
        }
        Value::Requests(rows) => {
            let texts =
                rows.iter().map(|row| [Some(row.title.as_str()), row.publisher.as_deref(), row.purpose.as_deref()]);
            texts.flatten().flatten().collect()
        }
        _ => Vec::new(),
    }
}

/// Whether somebody may answer so. `not_asked` and the rest are for the program to say.
fn may_be_missing(question: &Question, missing: Missing) -> bool {
    match missing {
        Missing::DontKnow | Missing::Refused => !matches!(question.kind, Kind::Consent { .. }),
        Missing::NotApplicable => question.may_not_apply,
        Missing::NotAsked | Missing::NoAnswer | Missing::Suppressed => false,
    }
}

fn value_of(question: &Question, value: Value, faults: &mut Vec<Violation>) -> Value {
    let mut fault = |message: String| faults.push(Violation::new(&question.key, message));
    match (&question.kind, value) {
        (Kind::Text { words, form }, Value::Text(text)) => Value::Text(text_of(&text, *words, *form, &mut fault)),
        (Kind::Single { .. } | Kind::Band { .. } | Kind::Share { .. }, Value::Choice(id)) => {
            known(&question.kind, &id, &mut fault);
            Value::Choice(id)
        }
        (Kind::Money { bands, .. }, Value::Choice(id)) if !bands.is_empty() => {
            known(&question.kind, &id, &mut fault);
            Value::Choice(id)
        }
        (Kind::Multi { most, .. }, Value::Choices(ids)) => {
            for id in &ids {
                known(&question.kind, id, &mut fault);
            }
            // In the order of the options, each once: equal answers are stored equally.
            let all = question.kind.ids();
            let chosen: Vec<String> =
                all.into_iter().filter(|id| ids.iter().any(|one| one == id)).map(str::to_owned).collect();
            if ids.is_empty() {
                fault("choose at least one".to_owned());
            }
            if let Some(most) = most.filter(|most| chosen.len() > usize::from(*most)) {
                fault(format!("choose at most {most}"));
            }
            Value::Choices(chosen)
        }
        (Kind::Number { low, high }, Value::Number(number)) => {
            within(number, *low, *high, &mut fault);
            Value::Number(number)
        }
        (Kind::Money { bands, .. }, Value::Number(number)) if bands.is_empty() => {
            within(number, 0, i64::MAX / 100, &mut fault);
            Value::Number(number)
        }
        (Kind::Likert { points, .. }, Value::Number(number)) => {
            within(number, 1, i64::from(*points), &mut fault);
            Value::Number(number)
        }
        (Kind::Date { precision }, Value::Date(text)) => Value::Date(date_of(&text, *precision, &mut fault)),
        (Kind::ClaimGrid { of: GridOf::Uses, most }, Value::Uses(rows)) => {
            rows_fit(rows.len(), *most, &mut fault);
            all_named(rows.iter().map(Use::is_nameless), &mut fault);
            Value::Uses(rows.into_iter().map(|row| use_of(row, &mut fault)).collect())
        }
        (Kind::ClaimGrid { of: GridOf::Requests, most }, Value::Requests(rows)) => {
            rows_fit(rows.len(), *most, &mut fault);
            all_named(rows.iter().map(Wanted::is_nameless), &mut fault);
            Value::Requests(rows.into_iter().map(|row| wanted_of(row, &mut fault)).collect())
        }
        (Kind::Consent { .. }, Value::Consent(yes)) => Value::Consent(yes),
        (_, other) => {
            fault("this is another sort of answer than the question asks for".to_owned());
            other
        }
    }
}

fn known(kind: &Kind, id: &str, fault: &mut dyn FnMut(String)) {
    if !kind.ids().contains(&id) {
        fault(format!("'{id}' is not one of the options"));
    }
}

fn within(number: i64, low: i64, high: i64, fault: &mut dyn FnMut(String)) {
    if !(low..=high).contains(&number) {
        fault(format!("give a number from {low} to {high}"));
    }
}

fn rows_fit(count: usize, most: u8, fault: &mut dyn FnMut(String)) {
    if count == 0 {
        fault("list at least one".to_owned());
    }
    if count > usize::from(most) {
        fault(format!("list at most {most}"));
    }
}

/// Each row says what it is about: what is said of nothing would be lost.
fn all_named(nameless: impl Iterator<Item = bool>, fault: &mut dyn FnMut(String)) {
    for (place, _) in nameless.enumerate().filter(|(_, is_nameless)| *is_nameless) {
        fault(format!("row {} has no name: name the data, or leave the row out", place + 1));
    }
}

/// A text without what cannot be seen, its lines kept where lines are asked for.
fn text_of(text: &str, words: u16, form: TextForm, fault: &mut dyn FnMut(String)) -> String {
    let text = if form == TextForm::Paragraph { several_lines(text) } else { one_line(text) };
    if text.is_empty() {
        fault("write something, or say why not".to_owned());
    }
    let count = word_count(&text);
    let (letters, longest) = (text.chars().count(), usize::from(words) * LETTERS_PER_WORD);
    if count > usize::from(words) {
        fault(format!("write at most {words} words; these are {count}"));
    } else if letters > longest {
        fault(format!("write at most {longest} characters; these are {letters}"));
    }
    if form != TextForm::Url {
        return text;
    }
    web_address(&text).unwrap_or_else(|| {
        fault("give an address such as https://example.org".to_owned());
        text
    })
}

fn date_of(text: &str, precision: DatePrecision, fault: &mut dyn FnMut(String)) -> String {
    let text = text.trim().to_owned();
    let parts: Vec<&str> = text.split('-').collect();
    let most = match precision {
        DatePrecision::Year => 1,
        DatePrecision::Month => 2,
        DatePrecision::Day => 3,
    };
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let sound = match parts.as_slice() {
        [year, rest @ ..] => digits(year, 4) && rest.iter().all(|part| digits(part, 2)) && parts.len() <= most,
        [] => false,
    };
    let day = first_day(&text).filter(|day| YEARS.contains(&i64::from(day.year())));
    if !sound || day.is_none() {
        fault(
            match precision {
                DatePrecision::Year => "give a year such as 2014",
                DatePrecision::Month => "give a month such as 2014-05, or a year",
                DatePrecision::Day => "give a day such as 2014-05-31, a month, or a year",
            }
            .to_owned(),
        );
    }
    text
}

fn title_of(text: &str, fault: &mut dyn FnMut(String)) -> String {
    let text = one_line(text);
    if text.chars().count() > LONGEST_TITLE {
        fault(format!("a name has at most {LONGEST_TITLE} characters"));
    }
    text
}

/// A text that need not be there; empty is none.
fn some_title(text: Option<String>, fault: &mut dyn FnMut(String)) -> Option<String> {
    text.map(|text| title_of(&text, fault)).filter(|text| !text.is_empty())
}

fn use_of(row: Use, fault: &mut dyn FnMut(String)) -> Use {
    let what = match row.what {
        Named::Unlisted(text) => Named::Unlisted(title_of(&text, fault)),
        listed => listed,
    };
    if row.since.is_some_and(|year| !is_year(year)) {
        fault("give a year such as 2014".to_owned());
    }
    if row.rating.is_some_and(|rating| !(1..=4).contains(&rating)) {
        fault("rate from 1 to 4".to_owned());
    }
    let publisher = some_title(row.publisher, fault).filter(|_| matches!(what, Named::Unlisted(_)));
    Use { what, publisher, ..row }
}

fn wanted_of(row: Wanted, fault: &mut dyn FnMut(String)) -> Wanted {
    Wanted {
        title: title_of(&row.title, fault),
        publisher: some_title(row.publisher, fault),
        reason: row.reason,
        purpose: some_title(row.purpose, fault),
    }
}
