//! What may be said about a dataset: a rating from 1 to 4, words, or both. And when a mean of ratings says anything.

use entity::vocabulary::{FeedbackDimension, FeedbackSeverity, FeedbackState};
use serde::Serialize;

use super::contact::contact_fault;
use super::text::{several_lines, web_address};
use super::violation::{Fault, Violation};

/// The longest comment, and the longest reply.
pub const LONGEST: usize = 2_000;

/// Something said about a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// From 1 (poor) to 4 (excellent).
    pub rating: Option<i16>,
    pub dimension: Option<FeedbackDimension>,
    pub severity: Option<FeedbackSeverity>,
    pub comment: Option<String>,
    /// An example of what is meant.
    pub sample_url: Option<String>,
}

/// The same, sound: trimmed, bounded, and saying something.
pub fn check(words: Words) -> Result<Words, Vec<Violation>> {
    let mut faults = Vec::new();
    if words.rating.is_some_and(|rating| !(1..=4).contains(&rating)) {
        faults.push(Violation::new("rating", "a rating is 1 (poor), 2, 3 or 4 (excellent)"));
    }
    let comment = public_text("comment", words.comment.as_deref(), &mut faults);
    let sample_url = words.sample_url.filter(|url| !url.trim().is_empty());
    let sample_url = sample_url.and_then(|url| {
        let address = web_address(&url);
        if address.is_none() {
            faults.push(Violation::new("sampleUrl", "give an address such as https://example.org/file.csv"));
        }
        address
    });
    if words.rating.is_none() && comment.is_none() {
        faults.push(Violation::new("comment", "give a rating, or say something").of(Fault::Missing));
    }
    let sound = Words { comment, sample_url, ..words };
    if faults.is_empty() { Ok(sound) } else { Err(faults) }
}

/// A text of several lines, trimmed; `None` when there is nothing in it.
pub fn text(field: &str, text: Option<&str>, faults: &mut Vec<Violation>) -> Option<String> {
    let text = text.map(several_lines).filter(|text| !text.is_empty())?;
    if text.chars().count() > LONGEST {
        faults.push(Violation::new(field, format!("this has at most {LONGEST} characters")).of(Fault::TooLong));
    }
    Some(text)
}

/// The same for everybody to read: it names nobody. What is too long is not looked through.
pub fn public_text(field: &str, words: Option<&str>, faults: &mut Vec<Violation>) -> Option<String> {
    let words = text(field, words, faults)?;
    if words.chars().count() <= LONGEST {
        faults.extend(contact_fault(field, &words));
    }
    Some(words)
}

/// Whether a publisher may say so: what is open has no answer, and what will not be fixed needs a reason.
pub fn check_reply(state: FeedbackState, reply: Option<&str>, is_dated: bool, faults: &mut Vec<Violation>) {
    match state {
        FeedbackState::WillNotFix if reply.is_none() => {
            faults.push(Violation::new("reply", "say why it will not be fixed").of(Fault::Missing));
        }
        FeedbackState::Open | FeedbackState::Acknowledged | FeedbackState::WillNotFix if is_dated => {
            faults.push(Violation::new("fixedOn", "only what is fixed has a day on which it was"));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feedback_says_something_and_no_more_than_it_may() {
        let said = |rating, comment: &str, url: &str| {
            let words =
                Words { rating, comment: Some(comment.into()), sample_url: Some(url.into()), ..Words::default() };
            check(words).map_err(|faults| faults.into_iter().map(|fault| fault.field).collect::<Vec<_>>())
        };
        assert_eq!(said(Some(4), " ", "").unwrap(), Words { rating: Some(4), ..Words::default() });
        assert_eq!(said(None, " late \n", "").unwrap().comment.as_deref(), Some("late"));
        for (rating, comment, url, field) in [
            (None, "", "", "comment"),
            (Some(0), "", "", "rating"),
            (Some(5), "", "", "rating"),
            (None, &*"x".repeat(LONGEST + 1), "", "comment"),
            (None, &*format!("ana@example.org {}", "(".repeat(LONGEST)), "", "comment"),
            (None, "x", "javascript:alert(1)", "sampleUrl"),
            (None, "x", "https://a b", "sampleUrl"),
            (None, "call 55 1234 5678", "", "comment"),
            (Some(1), "ana@example.org knows", "", "comment"),
        ] {
            assert_eq!(said(rating, comment, url).unwrap_err(), [field], "{rating:?} {url}");
        }
    }

    #[test]
    fn replies_fit_the_state() {
        for (state, reply, is_dated, sound) in [
            (FeedbackState::Acknowledged, None, false, true),
            (FeedbackState::WillNotFix, None, false, false),
            (FeedbackState::WillNotFix, Some("no money"), false, true),
            (FeedbackState::Fixed, None, true, true),
            (FeedbackState::Open, Some("thanks"), true, false),
        ] {
            let mut faults = Vec::new();
            check_reply(state, reply, is_dated, &mut faults);
            assert_eq!(faults.is_empty(), sound, "{state:?} {reply:?} {is_dated}");
        }
    }
}
