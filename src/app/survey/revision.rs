//! Which answer a page has shown. Two devices may hold one link: what one of them sends is compared with what the
//! other has saved meanwhile, question by question, and nobody's answer is written over unseen.

use crate::domain::instrument::{Answer, ConsentTo, Question, Target};
use crate::domain::secret::digest;

/// Digits of a revision. It tells apart what one organisation has said to one question; it keeps nothing secret.
const DIGITS: usize = 16;

/// The name and the address of who answers, as a form has them.
pub(super) type Person<'p> = (&'p str, &'p str);

/// Whether a question asks for a person too, whose name and address belong to the answer.
pub fn asks_person(question: &Question) -> bool {
    question.maps_to == Target::Consent { of: ConsentTo::Contact }
}

/// The revision of an answer: equal answers have equal ones, whoever gave them and when.
pub(super) fn of(question: &Question, answer: Option<&Answer>, person: Option<Person<'_>>) -> String {
    let given = answer.map(|answer| serde_json::to_string(&answer.given).unwrap_or_default()).unwrap_or_default();
    // Whoever types in a field of several lines ends them one way, a script another.
    let given = given.replace("\\r\\n", "\\n");
    let visibility = answer.filter(|_| question.may_choose).map_or("", |answer| answer.visibility.as_str());
    let (name, email) = person.filter(|_| asks_person(question)).unwrap_or_default();
    let mut all = digest(&[given.as_bytes(), visibility.as_bytes(), name.as_bytes(), email.as_bytes()]);
    all.truncate(DIGITS);
    all
}

/// What becomes of an answer that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is saved.
    Saved,
    /// It is what the page had shown: nobody has touched it here, and what another has saved stays.
    Untouched,
    /// Another answer was saved since the page was shown, and both were given by somebody.
    Differs,
}

/// What becomes of an answer, given the revision that its page has shown, its own, and that of what is stored. A page
/// that does not say what it has shown is not compared.
pub(super) fn fate(shown: Option<&str>, said: &str, stored: &str) -> Fate {
    match shown {
        None => Fate::Saved,
        Some(shown) if shown == stored || said == stored => Fate::Saved,
        Some(shown) if shown == said => Fate::Untouched,
        Some(_) => Fate::Differs,
    }
}

#[cfg(test)]
mod tests {
    use super::{Fate, fate};

    #[test]
    fn an_answer_is_written_over_by_who_has_seen_it_alone() {
        let cases = [
            (None, "b", "c", Fate::Saved, "a program that does not compare"),
            (Some("a"), "b", "a", Fate::Saved, "nobody else has saved"),
            (Some("a"), "b", "b", Fate::Saved, "the other has said the same"),
            (Some("a"), "a", "b", Fate::Untouched, "only the other has said something"),
            (Some("a"), "a", "a", Fate::Saved, "what is known is confirmed"),
            (Some("a"), "b", "c", Fate::Differs, "both have said something"),
        ];
        for (shown, said, stored, expected, why) in cases {
            assert_eq!(fate(shown, said, stored), expected, "{why}");
        }
    }
}
