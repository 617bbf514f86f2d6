//! Waves, instruments and responses.

vocabulary! {
    /// How a wave found its organisations.
    Frame {
        OpenCall = "open_call",
        List = "list",
        Snowball = "snowball",
        Register = "register",
        Desk = "desk",
    }

    /// The life of a wave.
    WaveState {
        Draft = "draft",
        Open = "open",
        Closed = "closed",
        Published = "published",
        Archived = "archived",
    }

    /// How an organisation came into a wave.
    Channel {
        Invited = "invited",
        SelfSubmitted = "self_submitted",
        Nominated = "nominated",
        Desk = "desk",
        Unknown = "unknown",
    }

    /// The life of an instrument.
    InstrumentState {
        Draft = "draft",
        /// It never changes again.
        Published = "published",
        /// A draft that nobody wants; its version is given to no other.
        Discarded = "discarded",
    }

    /// What a proposal would change.
    ProposalKind {
        /// A property of the organisation.
        Attribute = "attribute",
        /// A code of the organisation.
        Code = "code",
        /// A use of data that is not in the register.
        Use = "use",
        /// What it thinks of data that it uses.
        Rating = "rating",
        /// A value of an indicator.
        Observation = "observation",
        /// Data that it needs and cannot get.
        Request = "request",
        /// Whether it may be shown.
        Display = "display",
    }

    /// How far a response got.
    ResponseStatus {
        Identified = "identified",
        Invited = "invited",
        Opened = "opened",
        Partial = "partial",
        Submitted = "submitted",
        Validated = "validated",
        Refused = "refused",
        NoContact = "no_contact",
        Ineligible = "ineligible",
        Duplicate = "duplicate",
    }

    /// Who filled a response in.
    CompletedBy {
        Organisation = "organisation",
        Researcher = "researcher",
        Unknown = "unknown",
    }
}
