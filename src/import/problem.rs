//! Collecting what could not be taken or was repaired, and the errors that end a run. A problem never
//! repeats an address or a telephone number.

use super::text::mask_contacts;
use crate::domain::draft::{Problem, Severity};

/// The longest value a problem repeats, in characters.
const VALUE_LENGTH: usize = 200;

/// A source that cannot be read at all, in one sentence: which file, what is wrong, what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {what}")]
pub struct SourceError {
    /// The file's name.
    pub file: String,
    /// What was expected, what was found and what to do.
    pub what: String,
}

impl SourceError {
    /// An error about a file.
    pub fn new(file: &str, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), what: what.into() }
    }
}

/// Where a value was found.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    /// The file's name.
    pub file: &'a str,
    /// Record number: the header is 0.
    pub row: u64,
    /// The column.
    pub field: &'a str,
}

/// The problems of a run, in the order they were found.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Notes a value that was taken with a doubt or repaired.
    pub fn warn(&mut self, spot: Spot, value: &str, code: &str, reason: impl Into<String>) {
        self.push(Severity::Warning, spot, value, code, reason.into());
    }

    /// Notes a value or row that was left out.
    pub fn refuse(&mut self, spot: Spot, value: &str, code: &str, reason: impl Into<String>) {
        self.push(Severity::Refused, spot, value, code, reason.into());
    }

    fn push(&mut self, severity: Severity, spot: Spot, value: &str, code: &str, reason: String) {
        let (masked, _) = mask_contacts(value);
        let value: String = masked.chars().map(|c| if c.is_control() { ' ' } else { c }).take(VALUE_LENGTH).collect();
        self.0.push(Problem {
            severity,
            file: spot.file.to_owned(),
            row: spot.row,
            field: spot.field.to_owned(),
            value,
            reason,
            code: code.to_owned(),
        });
    }

    /// All problems, by file and row.
    pub fn into_sorted(mut self) -> Vec<Problem> {
        self.0.sort_by(|a, b| (&a.file, a.row).cmp(&(&b.file, b.row)));
        self.0
    }
}
