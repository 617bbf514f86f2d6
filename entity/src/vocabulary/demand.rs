//! Requests for data.

vocabulary! {
    /// How a term of days is counted.
    DayKind {
        Calendar = "calendar",
        Business = "business",
    }

    /// Why data that is needed cannot be used.
    BlockingReason {
        NotPublished = "not_published",
        NotFound = "not_found",
        Stale = "stale",
        Format = "format",
        Licence = "licence",
        Granularity = "granularity",
        Quality = "quality",
        Price = "price",
    }

    /// The life of a request for data (docs/model.md).
    RequestStatus {
        Submitted = "submitted",
        Triaged = "triaged",
        Forwarded = "forwarded",
        AcceptedPlanned = "accepted_planned",
        PartiallyPublished = "partially_published",
        Published = "published",
        Rejected = "rejected",
        Duplicate = "duplicate",
        Withdrawn = "withdrawn",
        NotGovernmentData = "not_government_data",
    }

    /// Where a request comes from.
    RequestOrigin {
        Form = "form",
        SurveyWishlist = "survey_wishlist",
        Consultation = "consultation",
        Import = "import",
    }
}
