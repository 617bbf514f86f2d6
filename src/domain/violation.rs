//! What is wrong with something that was offered, in words that its author can act on.

/// One fault: where it is and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The field or record, such as `mx/organisation/data4: claims`.
    pub field: String,
    /// What is wrong, lower case, without a full stop.
    pub message: String,
}

impl Violation {
    /// A fault of a field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}
