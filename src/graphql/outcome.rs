//! Where use cases become answers. What the sender can put right is an entry of `userErrors`; what it may
//! not do is an error with a code; what is our fault is logged by the transport and hidden.

use async_graphql::{ComplexObject, Context, Enum, Error, ErrorExtensions as _, Result, SimpleObject};

use super::language::lang;
use super::may::{asleep, forbidden, unauthenticated};
use crate::app;
use crate::domain::violation::{Fault, Violation};
use crate::texts::refusals;

/// The code of what could not be done for the state of the database.
pub(crate) const OUTAGE: &str = "UNAVAILABLE";

/// Something that the sender of a mutation can put right.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct UserError {
    /// What sort of fault it is.
    code: UserErrorCode,
    /// The field of the input that it is about.
    field: Option<String>,
    /// What is wrong, as the rule says it.
    #[graphql(skip)]
    said: String,
}

#[ComplexObject]
impl UserError {
    /// What is wrong and what would be right, in the language of the request.
    async fn message(&self, ctx: &Context<'_>) -> String {
        refusals::or_code(lang(ctx, None), &self.said, self.code.word())
    }
}

/// What sort of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum UserErrorCode {
    /// The value breaks the rule that the message states.
    Invalid,
    /// A value is needed.
    Missing,
    /// The value is longer than it may be.
    TooLong,
    /// The value is shorter than it must be.
    TooShort,
    /// Another record has this value.
    Taken,
    /// The address and the password do not belong together.
    WrongCredentials,
    /// The link was used, is too old, or never was.
    DeadLink,
    /// A one-time code or a recovery code is not right, or was used before.
    WrongCode,
    /// There is no such thing, or it may not be seen.
    NotFound,
    /// Something else stands in the way.
    Conflict,
    /// Too often within a short time.
    TooMany,
}

impl UserErrorCode {
    /// The word of the schema, which is the last part of the key of its text.
    fn word(self) -> &'static str {
        match self {
            Self::Invalid => "INVALID",
            Self::Missing => "MISSING",
            Self::TooLong => "TOO_LONG",
            Self::TooShort => "TOO_SHORT",
            Self::Taken => "TAKEN",
            Self::WrongCredentials => "WRONG_CREDENTIALS",
            Self::DeadLink => "DEAD_LINK",
            Self::WrongCode => "WRONG_CODE",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::TooMany => "TOO_MANY",
        }
    }
}

impl From<Fault> for UserErrorCode {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Invalid => Self::Invalid,
            Fault::Missing => Self::Missing,
            Fault::TooLong => Self::TooLong,
            Fault::TooShort => Self::TooShort,
            Fault::Taken => Self::Taken,
            Fault::Changed => Self::Conflict,
            Fault::WrongCredentials => Self::WrongCredentials,
            Fault::DeadLink => Self::DeadLink,
            Fault::WrongCode => Self::WrongCode,
        }
    }
}

impl From<Violation> for UserError {
    fn from(violation: Violation) -> Self {
        let field = Some(violation.field).filter(|field| !field.is_empty());
        Self { code: violation.fault.into(), field, said: violation.message }
    }
}

/// What a use case did, or what its sender can put right.
pub(crate) fn settle<T>(outcome: Result<T, app::Error>) -> Result<(Option<T>, Vec<UserError>)> {
    let one = |code, error: &app::Error| UserError { code, field: None, said: error.to_string() };
    match outcome {
        Ok(done) => Ok((Some(done), Vec::new())),
        Err(app::Error::Invalid(violations)) => Ok((None, violations.into_iter().map(Into::into).collect())),
        Err(error @ app::Error::NotFound) => Ok((None, vec![one(UserErrorCode::NotFound, &error)])),
        Err(error @ app::Error::Conflict(_)) => Ok((None, vec![one(UserErrorCode::Conflict, &error)])),
        Err(error @ app::Error::TooMany(_)) => Ok((None, vec![one(UserErrorCode::TooMany, &error)])),
        Err(error) => Err(refuse(error)),
    }
}

/// The refusal while the record cannot be reached or written; whoever asked may try again.
pub(crate) fn outage() -> Error {
    Error::new(app::error::OUTAGE).extend_with(|_, e| {
        e.set("code", OUTAGE);
        e.set("retryAfter", 1);
    })
}

/// An error of a query: what may not be seen is refused without saying why.
pub(crate) fn refuse(error: app::Error) -> Error {
    match error {
        app::Error::Unauthenticated => unauthenticated(),
        app::Error::SecondFactor => asleep(),
        error if error.is_outage() => {
            tracing::error!(error = %error, "the record could not be reached or written");
            outage()
        }
        app::Error::Internal(error) => Error::new(format!("{error:#}")),
        _ => forbidden(),
    }
}
