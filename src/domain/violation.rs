//! What is wrong with something that was offered, in words that its author can act on.

/// One fault: where it is and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The field or record, such as `mx/organisation/data4: claims`.
    pub field: String,
    /// What is wrong, lower case, without a full stop.
    pub message: String,
    /// What sort of fault it is, for programs.
    pub fault: Fault,
}

/// What sort of fault it is: what a program may show other words for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// The value breaks a rule that the message states.
    #[default]
    Invalid,
    /// Nothing was given where something is needed.
    Missing,
    /// Longer than it may be.
    TooLong,
    /// Shorter than it must be.
    TooShort,
    /// Another has it.
    Taken,
    /// Somebody else has changed it since it was read.
    Changed,
    /// The address and the password do not belong together.
    WrongCredentials,
    /// The link was used, is too old, or never was.
    DeadLink,
    /// A one-time code or a recovery code is not right.
    WrongCode,
}

impl Violation {
    /// A fault of a field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into(), fault: Fault::Invalid }
    }

    /// The same fault, of a sort that programs know.
    #[must_use]
    pub fn of(self, fault: Fault) -> Self {
        Self { fault, ..self }
    }
}

/// The fault of a language that has no texts.
pub fn of_language(lang: &str) -> Option<Violation> {
    (!matches!(lang, "es" | "en")).then(|| Violation::new("lang", "the language is es or en"))
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}
