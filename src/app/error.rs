//! The ways in which a use case can fail; transports turn them into answers.

use crate::domain::violation::Violation;
use crate::store;

/// Why a use case did nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was offered breaks rules: all of them, not the first.
    #[error("{}", sentence(.0))]
    Invalid(Vec<Violation>),
    /// There is no such thing, or it may not be seen.
    #[error("not found")]
    NotFound,
    /// The actor may see it, and may not do this.
    #[error("not allowed")]
    Forbidden,
    /// Something else stands in the way.
    #[error("{0}")]
    Conflict(String),
    /// A fault of ours or of the machine.
    #[error("{0}")]
    Internal(#[source] anyhow::Error),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Internal(anyhow::Error::new(error).context("the database refused a statement"))
    }
}

impl From<store::SchemaError> for Error {
    fn from(error: store::SchemaError) -> Self {
        Self::Internal(error.into())
    }
}

fn sentence(violations: &[Violation]) -> String {
    const SHOWN: usize = 10;
    let mut text = violations.iter().take(SHOWN).map(ToString::to_string).collect::<Vec<_>>().join("; ");
    if violations.len() > SHOWN {
        text.push_str(&format!("; and {} more", violations.len() - SHOWN));
    }
    text
}
