//! The interface's words in Spanish and English, from the one set of keys that the frontend reads too.
//! A word of a closed set has the key `group.WORD`.

pub mod days;
pub mod nodes;
pub mod phrases;
pub mod reasons;
pub mod refusals;
mod sentences;
pub mod studies;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::atlas::{Atlas, Lang, Value};
use crate::domain::draft::LangText;

/// Texts by key.
pub type Words = HashMap<String, String>;

static ES: LazyLock<Words> = LazyLock::new(|| read(include_str!("../locales/es.json")));
static EN: LazyLock<Words> = LazyLock::new(|| read(include_str!("../locales/en.json")));

#[expect(clippy::expect_used, reason = "the files are part of the program; a test reads both")]
fn read(json: &str) -> Words {
    serde_json::from_str(json).expect("a locale is a flat JSON object")
}

/// A recorded text in the language that is wanted, else in one that there is: Spanish, English, any.
pub fn in_language(text: &LangText, lang: Lang) -> &str {
    let wanted = [lang.as_str(), "es", "en"];
    let found = wanted.iter().find_map(|lang| text.get(*lang)).or_else(|| text.values().next());
    found.map_or("", String::as_str)
}

/// A share in hundredths as the language writes it: `88%`, or with a space that keeps it in one line.
pub fn percent(lang: Lang, hundredths: impl std::fmt::Display) -> String {
    if lang == Lang::EN { format!("{hundredths}%") } else { format!("{hundredths}\u{a0}%") }
}

/// A band such as `11-50` as it is printed: what lies between is a dash.
pub fn band(word: &str) -> String {
    word.replace('-', "–")
}

/// All texts of a language, by key.
pub fn words(lang: Lang) -> &'static Words {
    if lang == Lang::EN { &EN } else { &ES }
}

/// The text of a key; the key itself where there is none, so that a gap is seen.
pub fn text(lang: Lang, key: &'static str) -> &'static str {
    words(lang).get(key).map_or(key, String::as_str)
}

/// The label of a word of a closed set, such as (`kind`, `civil_society`).
pub fn label(lang: Lang, group: &str, word: &'static str) -> &'static str {
    words(lang).get(&format!("{group}.{}", word.to_uppercase())).map_or(word, String::as_str)
}

/// The text of the key `group.word`, for words that the record brings; the word itself where there is none.
pub fn words_of(lang: Lang, group: &str, word: &str) -> String {
    words(lang).get(&format!("{group}.{word}")).cloned().unwrap_or_else(|| word.to_owned())
}

/// Why somebody has a role: what the program itself has written is a code and is put into words, what people have
/// written stays as it is.
pub fn granted(lang: Lang, reason: &str) -> String {
    let texts = phrases::Texts::of(lang);
    let proved = || {
        let (proof, found) = reason.strip_prefix("proved by ")?.split_once(": ")?;
        let proof = words(lang).get(&format!("page.account.proof.{proof}"))?;
        Some(texts.fill("page.account.proved", &[("proof", proof), ("found", found)]))
    };
    match reason {
        "signed up" => texts.get("page.account.signedUp").to_owned(),
        "began the study" => texts.get("page.account.beganStudy").to_owned(),
        _ => proved().or_else(|| reasons::of_program(lang, reason)).unwrap_or_else(|| reason.to_owned()),
    }
}

/// The label of a value: the record's own, or the interface's word for it.
pub fn value_label(atlas: &Atlas, value: Value, lang: Lang) -> String {
    if let Some(text) = atlas.value_label(value, lang) {
        return text.value.to_owned();
    }
    match value {
        Value::Family(ix) => words_of(lang, "family", atlas.str(ix)),
        Value::Level(at) => {
            label(lang, "api.level", entity::vocabulary::PublisherLevel::ALL[usize::from(at)].as_str()).to_owned()
        }
        Value::Size(band) => band.as_str().to_owned(),
        Value::Kind(kind) => label(lang, "api.kind", kind.as_str()).to_owned(),
        // `b2b` is `B_2B` in the API, whose words the frontend reads.
        Value::Model(model) => words_of(lang, "model", &model.as_str().to_uppercase().replacen('2', "_2", 1)),
        Value::Grade(grade) => label(lang, "grade", grade.as_str()).to_owned(),
        Value::Unlisted => label(lang, "api.sector", "unlisted").to_owned(),
        Value::Unspecified => words_of(lang, "facet", "unspecified"),
        Value::Unknown(code) => label(lang, "missing", code.as_str()).to_owned(),
        other => atlas.word_of(other),
    }
}

/// The texts `group.word.1`, `group.word.2` and so on, as many as there are.
pub fn list_of(lang: Lang, group: &str, word: &str) -> Vec<&'static str> {
    let of = words(lang);
    (1..).map_while(|number| of.get(&format!("{group}.{word}.{number}")).map(String::as_str)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::vocabulary::{Attribute, Grade, Missing, OrganisationKind, PublisherLevel};

    #[test]
    fn both_languages_have_the_same_keys() {
        let keys = |lang| {
            let mut keys: Vec<_> = words(lang).keys().collect();
            keys.sort();
            keys
        };
        assert_eq!(keys(Lang::ES), keys(Lang::EN));
    }

    #[test]
    fn reasons_of_the_program_are_put_into_words() {
        for (reason, es, en) in [
            ("signed up", "se registró por su cuenta", "signed up"),
            ("began the study", "inició el estudio", "began the study"),
            (
                "proved by email_domain: a.example",
                "probado por su correo: a.example",
                "proved by an e-mail address: a.example",
            ),
            ("proved by magic: a.example", "proved by magic: a.example", "proved by magic: a.example"),
            ("the ministry named her", "the ministry named her", "the ministry named her"),
        ] {
            assert_eq!([granted(Lang::ES, reason), granted(Lang::EN, reason)], [es, en], "{reason}");
        }
        for proof in entity::vocabulary::TakeoverProof::ALL {
            let reason = format!("proved by {}: x", proof.as_str());
            assert_ne!(granted(Lang::ES, &reason), reason, "every proof has words");
        }
    }

    #[test]
    fn closed_sets_that_the_api_labels_have_words() {
        for lang in [Lang::ES, Lang::EN] {
            let sets: [(&str, Vec<&'static str>); 5] = [
                ("api.kind", OrganisationKind::ALL.iter().map(|w| w.as_str()).collect()),
                ("api.level", PublisherLevel::ALL.iter().map(|w| w.as_str()).collect()),
                ("missing", Missing::ALL.iter().map(|w| w.as_str()).collect()),
                ("attribute", Attribute::ALL.iter().map(|w| w.as_str()).collect()),
                ("grade", Grade::ALL.iter().map(|w| w.as_str()).collect()),
            ];
            for (group, set) in sets {
                for word in set {
                    let key = format!("{group}.{}", word.to_uppercase());
                    assert!(words(lang).contains_key(&key), "{key} is missing in {lang}");
                }
            }
        }
    }
}
