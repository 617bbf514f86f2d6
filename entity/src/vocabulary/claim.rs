//! Claims of use and of impact.

vocabulary! {
    /// What the data is used for.
    UseType {
        ProductService = "product_service",
        Optimisation = "optimisation",
        Advocacy = "advocacy",
        Research = "research",
        Other = "other",
        Unknown = "unknown",
    }

    /// How much the organisation as a whole depends on open data.
    Dependence {
        Core = "core",
        Incidental = "incidental",
        Unknown = "unknown",
    }

    /// How much a use matters to the organisation.
    Criticality {
        Core = "core",
        Supporting = "supporting",
        Occasional = "occasional",
        Unknown = "unknown",
    }

    /// How the data is obtained.
    AccessMode {
        Download = "download",
        Api = "api",
        Scraping = "scraping",
        Request = "request",
        Purchase = "purchase",
        Intermediary = "intermediary",
        Unknown = "unknown",
    }

    /// The life of a claim (docs/model.md).
    ClaimStatus {
        Proposed = "proposed",
        UnderReview = "under_review",
        Accepted = "accepted",
        Rejected = "rejected",
        Disputed = "disputed",
        Superseded = "superseded",
        Retracted = "retracted",
        Expired = "expired",
    }

    /// The grade of a claim's evidence, derived, never typed (docs/model.md).
    Grade {
        /// Supporting evidence from both sides.
        A = "A",
        /// A public document names it.
        B = "B",
        /// Self-report only.
        C = "C",
        /// Inference, or a legacy row without source.
        D = "D",
        /// Contradicted or disputed.
        E = "E",
    }

    /// Whether the publisher has acknowledged a use.
    PublisherAck {
        None = "none",
        Requested = "requested",
        Confirmed = "confirmed",
        NotRecognised = "not_recognised",
    }

    /// The direction of an impact.
    Direction {
        Positive = "positive",
        Negative = "negative",
        Mixed = "mixed",
    }

    /// How directly an impact follows.
    Strength {
        Primary = "primary",
        Secondary = "secondary",
        Indirect = "indirect",
    }
}
