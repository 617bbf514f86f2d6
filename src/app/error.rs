//! The ways in which a use case can fail; transports turn them into answers.

use crate::domain::violation::Violation;
use crate::store;

/// What is said of an outage to whoever asked; what to look at is in the log.
pub const OUTAGE: &str = "the database cannot be reached or written at the moment; nothing was done: try again";

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
    /// Nobody has signed in, and this needs somebody.
    #[error("sign in first")]
    Unauthenticated,
    /// The actor has a role for this that sleeps until a second factor is shown.
    #[error("this role needs a second factor: set one up at /account/second-factor, or sign in again with a code")]
    SecondFactor,
    /// Too often within a short time; the seconds after which it may be tried again.
    #[error("too many attempts; try again in {0} seconds")]
    TooMany(u32),
    /// Something else stands in the way.
    #[error("{0}")]
    Conflict(String),
    /// A fault of ours or of the machine.
    #[error("{0}")]
    Internal(#[source] anyhow::Error),
}

impl Error {
    /// Whether the record could not be reached or written at the moment: nothing was done, and it may be tried again.
    pub fn is_outage(&self) -> bool {
        let Self::Internal(error) = self else { return false };
        error.chain().filter_map(|cause| cause.downcast_ref()).any(store::is_outage)
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        let what = store::obstacle(&error).unwrap_or("the database refused a statement");
        Self::Internal(anyhow::Error::new(error).context(what))
    }
}

impl From<store::SchemaError> for Error {
    fn from(error: store::SchemaError) -> Self {
        Self::Internal(error.into())
    }
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::Invalid(vec![violation])
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
