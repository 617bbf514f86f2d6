//! What could not be done, in the reader's language. Rules say it in English; each of their sentences is a text of the
//! interface, `api.refusal.…`, whose English is that sentence with its values in braces. A test reads the rules and
//! finds a sentence that has no translation; where there is none all the same, the sort of fault is said.

use std::sync::LazyLock;

use super::sentences::Sentences;
use super::{text, words};
use crate::atlas::Lang;
use crate::domain::violation::{Fault, Violation};

/// The beginning of all keys.
const PREFIX: &str = "api.refusal.";
/// Keys of the sorts of faults, and of words that sentences bring as values.
const CODE: &str = "api.refusal.code.";
const WORD: &str = "api.refusal.word.";

static SENTENCES: LazyLock<Sentences> = LazyLock::new(|| Sentences::under(PREFIX, &[CODE, WORD]));

/// The sentence of a rule in a language; `None` where the interface does not know it.
pub fn translated(lang: Lang, message: &str) -> Option<String> {
    SENTENCES.said(lang, message, |value| words(lang).get(&format!("{WORD}{value}")).map_or(value, String::as_str))
}

/// What is wrong, in a language: the sentence of the rule, else what sort of fault it is.
pub fn of_fault(lang: Lang, fault: Fault, message: &str) -> String {
    or_code(lang, message, code_of(fault))
}

/// What is wrong with several things, as sentences.
pub fn of_faults(lang: Lang, faults: &[Violation]) -> String {
    let said = faults.iter().map(|fault| sentence(&of_fault(lang, fault.fault, &fault.message)));
    said.collect::<Vec<_>>().join(" ")
}

/// Why something could not be done for what else there is.
pub fn of_conflict(lang: Lang, message: &str) -> String {
    or_code(lang, message, "CONFLICT")
}

/// The sentence in a language, else the text of a code.
pub fn or_code(lang: Lang, message: &str, code: &str) -> String {
    let known = translated(lang, message).or_else(|| (lang == Lang::EN).then(|| message.to_owned()));
    known.unwrap_or_else(|| words(lang).get(&format!("{CODE}{code}")).cloned().unwrap_or_else(|| message.to_owned()))
}

/// The sentence as one stands alone: with a capital and a full stop.
pub fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    let stop = if said.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

fn code_of(fault: Fault) -> &'static str {
    match fault {
        Fault::Invalid => "INVALID",
        Fault::Missing => "MISSING",
        Fault::TooLong => "TOO_LONG",
        Fault::TooShort => "TOO_SHORT",
        Fault::Taken => "TAKEN",
        Fault::Changed => "CONFLICT",
        Fault::WrongCredentials => "WRONG_CREDENTIALS",
        Fault::DeadLink => "DEAD_LINK",
        Fault::WrongCode => "WRONG_CODE",
    }
}

/// The text of what may not be seen.
pub fn not_found(lang: Lang) -> &'static str {
    text(lang, "api.refusal.code.NOT_FOUND")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_with_and_without_values() {
        for (message, said) in [
            ("this is needed", Some("esto hace falta")),
            ("a name has at most 200 characters", Some("un nombre tiene a lo más 200 caracteres")),
            ("this has at most 90 characters; it has 120", Some("esto tiene a lo más 90 caracteres; lleva 120")),
            (
                "this claim stands otherwise by now (rejected); look at it again",
                Some("este uso ya cambió (ahora: rechazado); mírelo de nuevo"),
            ),
            ("there is no study 'agua'", Some("no hay estudio «agua»")),
            ("give a number from 1 to 5", Some("dé un número de 1 a 5")),
            ("nobody has said this", None),
            ("", None),
        ] {
            assert_eq!(translated(Lang::ES, message).as_deref(), said, "{message}");
        }
    }

    #[test]
    fn english_is_what_the_rule_said() {
        let said = "a list has at most 12 rows";
        assert_eq!(translated(Lang::EN, said).as_deref(), Some(said));
        assert_eq!(of_conflict(Lang::EN, "nobody has said this"), "nobody has said this");
    }

    #[test]
    fn what_is_not_known_is_said_by_its_sort() {
        assert_eq!(of_fault(Lang::ES, Fault::TooLong, "nobody has said this"), "esto es demasiado largo");
        assert_eq!(sentence("esto hace falta"), "Esto hace falta.");
    }

    #[test]
    fn every_code_of_a_user_error_has_both_texts() {
        let faults = [
            Fault::Invalid,
            Fault::Missing,
            Fault::TooLong,
            Fault::TooShort,
            Fault::Taken,
            Fault::WrongCredentials,
            Fault::DeadLink,
        ];
        let codes = faults.into_iter().map(code_of).chain(["NOT_FOUND", "CONFLICT", "TOO_MANY"]);
        for code in codes {
            for lang in [Lang::ES, Lang::EN] {
                assert!(words(lang).contains_key(&format!("{CODE}{code}")), "{code} has no text in {lang}");
            }
        }
    }
}
