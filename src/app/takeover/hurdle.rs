//! What stands in the way of somebody who asks to speak for an organisation, in words that a program gets as they are
//! and a page says in the reader's language.

use crate::app::Error;
use crate::domain::violation::{Fault, Violation};

/// Declares hurdles with the word that pages know them by, and what is told to programs.
macro_rules! hurdles {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $message:literal;)+) => {
        /// What stands in the way.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Hurdle { $($(#[$doc])* $name),+ }

        impl Hurdle {
            const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word for it, in keys of texts.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// What is told to programs.
            pub(super) const fn message(self) -> &'static str {
                match self { $(Self::$name => $message),+ }
            }
        }
    };
}

hurdles! {
    /// There is no such page.
    NotHere = "not_here", "the record has no organisation at this address; it looks like /organisations/name";
    /// They have the role.
    Already = "already", "you speak for this organisation already, and need not ask again";
    /// An attempt of theirs waits.
    Waits = "waits", "a curator looks at what you have asked already: wait for the decision, or take that back and begin anew";
    /// Nothing could be proved.
    NoDomain = "no_domain", "the record has no website of this organisation at a domain of its own; ask for a curator's decision, or propose the website first";
    /// Their mailbox is elsewhere.
    OtherMailbox = "other_mailbox", "the address of your account is not at the domain of the organisation's website; choose another proof";
    /// A curator needs to know who they are.
    NoNote = "no_note", "say who you are and how the curator can see that you may speak for the organisation";
    /// They said too much.
    LongNote = "long_note", "a note has at most 1000 characters";
    /// The link is not good, or not theirs.
    DeadLink = "dead_link", "this link was used, is too old, or is for another account; ask for a new one";
    /// A letter was sent.
    ByLetter = "by_letter", "this is proved by the link of the letter that was sent to you";
    /// They took too long.
    Expired = "expired", "the time for this proof is over; begin anew";
    /// The record says something else now.
    OtherWebsite = "other_website", "the website in the record has changed since; begin anew";
    /// Somebody was quicker.
    Settled = "settled", "this has been settled meanwhile; look at it again";
    /// The DNS does not say it.
    NoRecord = "no_record", "the record is not there yet; a new one may take an hour to be seen everywhere";
    /// The DNS says nothing.
    NoNames = "no_names", "the name servers of the domain do not answer";
    /// The website does not say it.
    NoFile = "no_file", "neither the file nor a link with the token is there yet";
    /// The website says nothing.
    NoAnswer = "no_answer", "the website does not answer as it should";
    /// The website is somewhere else.
    Barred = "barred", "the website leads to an address that is not looked at";
    /// A decision needs a reason.
    NoReason = "no_reason", "say why; whoever asked is told";
    /// A reason is short.
    LongReason = "long_reason", "a reason has at most 500 characters";
    /// Nobody can be given the role.
    Disabled = "disabled", "the account of whoever asks is closed, so the role cannot be given to it; refuse the request, or ask for a new one from an account that can sign in";
}

impl Hurdle {
    /// What an error of these use cases says, where it is one of these.
    pub fn of(error: &Error) -> Option<Self> {
        let message = match error {
            Error::Invalid(faults) => &faults.first()?.message,
            Error::Conflict(message) => message,
            _ => return None,
        };
        Self::ALL.iter().copied().find(|one| one.message() == message)
    }

    /// As a fault of a field.
    pub(super) fn at(self, field: &str) -> Error {
        let fault = match self {
            Self::NoNote | Self::NoReason => Fault::Missing,
            Self::LongNote | Self::LongReason => Fault::TooLong,
            Self::DeadLink => Fault::DeadLink,
            _ => Fault::Invalid,
        };
        Violation::new(field, self.message()).of(fault).into()
    }

    /// As something that stands in the way whatever was sent.
    pub(super) fn here(self) -> Error {
        Error::Conflict(self.message().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Lang;
    use crate::texts::refusals::translated;

    #[test]
    fn each_hurdle_is_told_apart() {
        for one in Hurdle::ALL {
            assert_eq!(Hurdle::of(&one.here()), Some(*one));
            assert_eq!(Hurdle::of(&one.at("proof")), Some(*one));
        }
        assert_eq!(Hurdle::of(&Error::NotFound), None);
    }

    #[test]
    fn programs_are_told_of_each_in_both_languages() {
        for one in Hurdle::ALL {
            assert_eq!(translated(Lang::EN, one.message()).as_deref(), Some(one.message()));
            assert!(translated(Lang::ES, one.message()).is_some_and(|said| said != one.message()), "{one:?}");
        }
    }
}
