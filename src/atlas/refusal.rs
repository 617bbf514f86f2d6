//! A word of a filter that cannot be used, and why: one sentence for addresses, downloads, commands and the API.

use std::fmt;

use super::values::Dimension;
use super::{Atlas, Filter};

/// The longest list of alternatives in one field.
pub const ALTERNATIVES: usize = 200;
/// The longest text to search for, in characters.
pub const TEXT_LENGTH: usize = 200;
/// A value is repeated up to so many characters.
const REPEATED: usize = 80;

/// What is wrong with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The filter is none.
    NoFilter,
    /// The value names nothing here.
    Unknown,
    /// The value is written otherwise: how.
    Form(&'static str),
    /// There are more alternatives than [`ALTERNATIVES`].
    TooMany,
    /// The text has more characters than [`TEXT_LENGTH`].
    TooLong,
    /// It is for what nothing narrows, and stands beside a filter.
    Alone,
}

/// A word of a filter that cannot be used: an empty answer would look like a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The filter, as an address writes it.
    pub name: String,
    /// The value, shortened.
    pub value: String,
    /// What is wrong with it.
    pub fault: Fault,
}

impl Refusal {
    /// Refuses a value of a filter.
    pub fn new(name: &str, value: &str, fault: Fault) -> Self {
        let value = match value.char_indices().nth(REPEATED) {
            Some((at, _)) => format!("{}…", &value[..at]),
            None => value.to_owned(),
        };
        Self { name: name.to_owned(), value, fault }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value, .. } = self;
        match self.fault {
            Fault::NoFilter => write!(f, "there is no filter '{name}'"),
            Fault::Unknown => write!(f, "'{name}' has no value '{value}'"),
            Fault::Form(form) => write!(f, "'{name}' wants {form}, not '{value}'"),
            Fault::TooMany => write!(f, "'{name}' takes at most {ALTERNATIVES} values"),
            Fault::TooLong => write!(f, "'{name}' takes at most {TEXT_LENGTH} characters"),
            Fault::Alone => {
                write!(f, "'{name}={value}' takes no filter and no roll-up beside it; leave out the one or the other")
            }
        }
    }
}

impl std::error::Error for Refusal {}

impl Atlas {
    /// The first word of a filter that cannot be used here. Before the record begins nothing has a name yet, so
    /// that publishers, datasets, waves and chapters are not asked for theirs.
    pub fn check(&self, filter: &Filter) -> Result<(), Refusal> {
        if filter.text.as_deref().is_some_and(|text| text.chars().nth(TEXT_LENGTH).is_some()) {
            return Err(Refusal::new("text", filter.text.as_deref().unwrap_or_default(), Fault::TooLong));
        }
        let many = Dimension::ALL.into_iter().find(|&dimension| filter.words(dimension).len() > ALTERNATIVES);
        if let Some(dimension) = many {
            return Err(Refusal::new(dimension.as_str(), "", Fault::TooMany));
        }
        let reaches = self.reaches();
        let of_record = [Dimension::Publisher, Dimension::Dataset, Dimension::Wave, Dimension::Chapter];
        for dimension in Dimension::ALL.into_iter().filter(|dimension| reaches || !of_record.contains(dimension)) {
            let mut words = filter.words(dimension).iter();
            if let Some(word) = words.find(|word| self.values_of_word(dimension, word).is_empty()) {
                return Err(Refusal::new(dimension.as_str(), word, Fault::Unknown));
            }
        }
        Ok(())
    }
}
