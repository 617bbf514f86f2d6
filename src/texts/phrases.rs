//! Texts for whoever writes sentences on the server, such as pages and pictures: with values in their braces, plural
//! forms and numbers.

use std::{collections::HashMap, sync::LazyLock};

use super::words;
use crate::atlas::Lang;

/// The Spanish texts.
pub static ES: LazyLock<Texts> = LazyLock::new(|| Texts::new(Lang::ES));
/// The English texts.
pub static EN: LazyLock<Texts> = LazyLock::new(|| Texts::new(Lang::EN));

/// Between short facts on a line: it stays with what is before it, so that no line begins with it.
pub const DOT: &str = "\u{a0}· ";

/// The texts of one language.
pub struct Texts {
    lang: Lang,
    of: &'static HashMap<String, String>,
}

impl Texts {
    /// The texts of a language; what is not Spanish or English has the Spanish ones.
    pub fn of(lang: Lang) -> &'static Self {
        if lang == Lang::EN { &EN } else { &ES }
    }

    fn new(lang: Lang) -> Self {
        Self { lang, of: words(lang) }
    }

    /// A text; its key where there is none, which a test forbids.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.of.get(key).map_or(key, String::as_str)
    }

    /// A text that a value chooses, such as a size; the value where there is none.
    pub fn word<'a>(&'a self, prefix: &str, value: &'a str) -> &'a str {
        self.of.get(&format!("{prefix}.{}", value.to_uppercase())).map_or(value, String::as_str)
    }

    /// A text with values in its braces.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.get(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The plural form of a text for `n`, which also fills `{n}`.
    pub fn count(&self, key: &str, n: u64, values: &[(&str, &str)]) -> String {
        let form = if n == 1 { "one" } else { "other" };
        let text = self.fill(&format!("{key}_{form}"), values);
        text.replace("{n}", &self.number(n))
    }

    /// The plural form of a text that stands after its figure.
    pub fn label(&self, key: &str, n: u64) -> String {
        self.count(key, n, &[])
    }

    /// A whole number, its thousands apart as the language has them.
    pub fn number(&self, n: u64) -> String {
        let digits = n.to_string();
        // Mexican Spanish and British English both set a comma.
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out
    }

    /// Their language.
    pub fn lang(&self) -> Lang {
        self.lang
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_plurals() {
        assert_eq!(EN.number(1_234_567), "1,234,567");
        assert_eq!(EN.number(12), "12");
        assert!(EN.count("publisher.headline", 1, &[("name", "INEGI")]).starts_with("1 organisation uses INEGI"));
        assert!(
            ES.count("publisher.headline", 1200, &[("name", "INEGI")])
                .starts_with("INEGI: 1,200 organizaciones usan sus datos")
        );
    }
}
