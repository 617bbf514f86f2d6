//! What a form could not do, in the reader's language.

use maud::{Markup, html};

use super::frame::Frame;
use crate::app::Error;
use crate::domain::violation::Violation;
use crate::texts::refusals;

impl Frame<'_> {
    /// What is wrong with one field.
    pub(super) fn fault(&self, fault: &Violation) -> String {
        refusals::sentence(&refusals::of_fault(self.lang, fault.fault, &fault.message))
    }

    /// Why something was not done; an error of ours says nothing of itself.
    pub(super) fn why(&self, error: &Error) -> String {
        let one = |message: &str| refusals::sentence(&refusals::of_conflict(self.lang, message));
        match error {
            Error::Invalid(faults) => faults.iter().map(|fault| self.fault(fault)).collect::<Vec<_>>().join(" "),
            Error::Conflict(message) => one(message),
            Error::NotFound => refusals::sentence(refusals::not_found(self.lang)),
            Error::Internal(_) => one(""),
            Error::Forbidden | Error::SecondFactor | Error::Unauthenticated | Error::TooMany(_) => {
                one(&error.to_string())
            }
        }
    }

    /// The notice above a form that did nothing.
    pub(super) fn refusal(&self, error: Option<&Error>) -> Markup {
        html! {
            @if let Some(error) = error {
                p class="notice" role="alert" { (self.say("page.desk.refused")) " " (self.why(error)) }
            }
        }
    }
}
