//! What a request has to say, and how long it may be.

use entity::vocabulary::BlockingReason;

use crate::domain::contact::contact_fault;
use crate::domain::text::{one_line, several_lines};
use crate::domain::violation::{Fault, Violation};

/// A text with its bounds, in characters.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    pub field: &'static str,
    pub least: usize,
    pub most: usize,
}

impl Text {
    pub const TITLE: Self = Self { field: "title", least: 8, most: 160 };
    pub const DESCRIPTION: Self = Self { field: "description", least: 0, most: 2_000 };
    pub const PURPOSE: Self = Self { field: "purpose", least: 0, most: 600 };
    pub const FREQUENCY: Self = Self { field: "frequency", least: 0, most: 80 };
    pub const FORMAT: Self = Self { field: "format", least: 0, most: 80 };
    pub const ANSWER: Self = Self { field: "answer", least: 8, most: 4_000 };
    pub const LEGAL_BASIS: Self = Self { field: "legalBasis", least: 8, most: 600 };
    pub const COMMENT: Self = Self { field: "comment", least: 0, most: 600 };

    /// The text without what stands around it; `None` where nothing is left. Faults are added.
    pub fn read(self, text: &str, faults: &mut Vec<Violation>) -> Option<String> {
        let text = if self.most <= Self::TITLE.most { one_line(text) } else { several_lines(text) };
        let long = text.chars().count();
        if long == 0 && self.least > 0 {
            faults.push(Violation::new(self.field, "this is needed").of(Fault::Missing));
        } else if long < self.least {
            let message = format!("say it in at least {} characters", self.least);
            faults.push(Violation::new(self.field, message).of(Fault::TooShort));
        } else if long > self.most {
            let message = format!("this has at most {} characters; it has {long}", self.most);
            faults.push(Violation::new(self.field, message).of(Fault::TooLong));
        } else if self.field != Self::COMMENT.field {
            faults.extend(contact_fault(self.field, &text));
        }
        (long > 0).then_some(text)
    }
}

/// The list of codes that says what a request is about: that of the themes of datasets.
pub const THEMES: &str = "od500_data_type";

/// The most themes of one request.
pub const MOST_THEMES: usize = 5;

/// Themes as they are stored: each once, in one order.
pub fn themes<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Vec<String>, Violation> {
    let words = words.into_iter().map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned);
    let themes: Vec<String> = words.collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    if themes.len() > MOST_THEMES {
        let message = format!("choose at most {MOST_THEMES} themes; these are {}", themes.len());
        return Err(Violation::new("themes", message).of(Fault::TooLong));
    }
    Ok(themes)
}

/// What somebody asks for, checked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Wish {
    pub title: String,
    pub description: Option<String>,
    pub purpose: Option<String>,
    pub frequency: Option<String>,
    pub format: Option<String>,
    pub blocking: BlockingReason,
    /// `es` or `en`.
    pub lang: String,
}

/// Reads a wish from its fields as they were typed: title, description, purpose, frequency, format.
pub fn wish(fields: [&str; 5], blocking: BlockingReason, lang: &str) -> Result<Wish, Vec<Violation>> {
    let mut faults = Vec::new();
    let [title, description, purpose, frequency, format] = fields;
    let wish = Wish {
        title: Text::TITLE.read(title, &mut faults).unwrap_or_default(),
        description: Text::DESCRIPTION.read(description, &mut faults),
        purpose: Text::PURPOSE.read(purpose, &mut faults),
        frequency: Text::FREQUENCY.read(frequency, &mut faults),
        format: Text::FORMAT.read(format, &mut faults),
        blocking,
        lang: if lang == "en" { "en" } else { "es" }.to_owned(),
    };
    if faults.is_empty() { Ok(wish) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_names_every_fault_at_once() {
        type Case<'c> = ([&'c str; 5], &'c [(&'c str, Fault)]);
        let long = "x".repeat(700);
        let long_mail = format!("ana@example.org {long}");
        let cases: [Case<'_>; 6] = [
            (["Wells and their permits", "", "", "", ""], &[]),
            (["  ", "", "", "", ""], &[("title", Fault::Missing)]),
            (["Wells", "", &long, "", ""], &[("title", Fault::TooShort), ("purpose", Fault::TooLong)]),
            (["Wells and permits", "write to ana@example.org", "", "", ""], &[("description", Fault::Invalid)]),
            (["Wells and permits", "a\r\nb", "", &long, ""], &[("frequency", Fault::TooLong)]),
            (["Wells and permits", "", &long_mail, "", ""], &[("purpose", Fault::TooLong)]),
        ];
        for (fields, expected) in cases {
            let found = wish(fields, BlockingReason::NotPublished, "en").err().unwrap_or_default();
            let found: Vec<_> = found.iter().map(|fault| (fault.field.as_str(), fault.fault)).collect();
            assert_eq!(found, expected, "{fields:?}");
        }
    }

    #[test]
    fn themes_are_few_and_stand_in_one_order() {
        for (words, stored) in [
            (&[][..], Some(&[][..])),
            (&["weather", "", " energy ", "weather"], Some(&["energy", "weather"])),
            (&["a", "b", "c", "d", "e"], Some(&["a", "b", "c", "d", "e"])),
            (&["a", "b", "c", "d", "e", "f"], None),
        ] {
            assert_eq!(
                themes(words.iter().copied()).ok().as_deref(),
                stored.map(|words| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()).as_deref()
            );
        }
    }

    #[test]
    fn what_is_left_empty_is_nothing_and_lines_end_alike() {
        let wish = wish([" Wells \u{202e} and\npermits ", "a\r\nb\u{7}", " ", "", "CSV"], BlockingReason::Stale, "fr")
            .unwrap();
        assert_eq!((wish.title.as_str(), wish.description.as_deref()), ("Wells and permits", Some("a\nb")));
        assert_eq!((wish.purpose, wish.lang.as_str()), (None, "es"));
    }
}
