//! What could not be done, in the reader's language. Rules say it in English; each of their sentences is a text of the
//! interface, `api.refusal.…`, whose English is that sentence with its values in braces. A test reads the rules and
//! finds a sentence that has no translation; where there is none all the same, the sort of fault is said.

use std::sync::LazyLock;

use super::{text, words};
use crate::atlas::Lang;
use crate::domain::violation::{Fault, Violation};

/// The beginning of all keys.
const PREFIX: &str = "api.refusal.";
/// Keys of the sorts of faults, and of words that sentences bring as values.
const CODE: &str = "api.refusal.code.";
const WORD: &str = "api.refusal.word.";

/// A sentence: what stands between its values, and their names.
struct Pattern {
    key: &'static str,
    between: Vec<&'static str>,
    names: Vec<&'static str>,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let is_sentence = |key: &str| key.starts_with(PREFIX) && !key.starts_with(CODE) && !key.starts_with(WORD);
    let of = words(Lang::EN).iter().filter(|(key, _)| is_sentence(key));
    let mut all: Vec<Pattern> = of.map(|(key, sentence)| pattern(key, sentence)).collect();
    // The one that says more of itself is tried first: "this is needed" before "this is {what}".
    all.sort_by_key(|one| std::cmp::Reverse(one.between.iter().map(|part| part.len()).sum::<usize>()));
    all
});

fn pattern(key: &'static str, sentence: &'static str) -> Pattern {
    let (mut between, mut names) = (Vec::new(), Vec::new());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        between.push(before);
        names.push(name);
        rest = after;
    }
    between.push(rest);
    Pattern { key, between, names }
}

impl Pattern {
    /// The values that a message brings, where it is this sentence.
    fn values<'m>(&self, message: &'m str) -> Option<Vec<&'m str>> {
        let (first, more) = self.between.split_first()?;
        let mut rest = message.strip_prefix(first)?;
        let mut values = Vec::new();
        for (at, part) in more.iter().enumerate() {
            let (value, after) =
                if at + 1 == more.len() { (rest.strip_suffix(part)?, "") } else { rest.split_once(part)? };
            values.push(value);
            rest = after;
        }
        rest.is_empty().then_some(values)
    }
}

/// The sentence of a rule in a language; `None` where the interface does not know it.
pub fn translated(lang: Lang, message: &str) -> Option<String> {
    let (pattern, values) = PATTERNS.iter().find_map(|one| Some((one, one.values(message)?)))?;
    let mut out = words(lang).get(pattern.key)?.clone();
    for (name, value) in pattern.names.iter().zip(values) {
        let value = words(lang).get(&format!("{WORD}{value}")).map_or(value, String::as_str);
        out = out.replace(&format!("{{{name}}}"), value);
    }
    Some(out)
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
            ("the claim is 'rejected' by now", Some("el uso ya está «rechazado»")),
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
