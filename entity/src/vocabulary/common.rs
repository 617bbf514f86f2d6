//! What is said of facts of every sort.

vocabulary! {
    /// Why a value is not there (docs/model.md): unknown is not zero and not "not asked".
    Missing {
        /// The wave's instrument has no such question.
        NotAsked = "not_asked",
        /// Asked, and left blank.
        NoAnswer = "no_answer",
        /// Asked, and answered "don't know".
        DontKnow = "dont_know",
        /// Asked, and answered "prefer not to say".
        Refused = "refused",
        /// The question does not apply to this organisation.
        NotApplicable = "not_applicable",
        /// Known, and withheld by a disclosure rule.
        Suppressed = "suppressed",
    }

    /// An answer that may not be known.
    YesNo {
        Yes = "yes",
        No = "no",
        Unknown = "unknown",
    }

    /// Whether the organisation may be shown (invariant I14).
    Consent {
        Yes = "yes",
        No = "no",
        Pending = "pending",
    }

    /// Who may see a row.
    RowVisibility {
        Public = "public",
        AggregateOnly = "aggregate_only",
        Private = "private",
    }

    /// Whether a proposal has been decided (relations, series).
    Decision {
        Proposed = "proposed",
        Accepted = "accepted",
        Rejected = "rejected",
    }

    /// How safe a mapping or assignment is.
    Confidence {
        High = "high",
        Medium = "medium",
        Low = "low",
    }

    /// Who says so.
    AssertedBy {
        /// The organisation itself.
        SelfReported = "self_reported",
        Curator = "curator",
        /// A published rule (crosswalk); never mixed with what was declared.
        Crosswalk = "crosswalk",
        Import = "import",
        Publisher = "publisher",
        /// Somebody who proposed it.
        Contributor = "contributor",
    }

    /// How a value came into the record.
    Origin {
        /// Said by the organisation or a source.
        Declared = "declared",
        /// Derived by a published rule.
        Inferred = "inferred",
        /// Reconstructed from damage in the source; always counted apart.
        Recovered = "recovered",
    }

    /// The exactness of a partial date, stored as its first day.
    DatePrecision {
        Year = "year",
        Month = "month",
        Day = "day",
    }

    /// A property of an organisation that a wave may ask for; the unit of coverage.
    Attribute {
        Kind = "kind",
        Sector = "sector",
        Area = "area",
        Size = "size",
        Founded = "founded",
        BusinessModel = "business_model",
        RevenueSource = "revenue_source",
        DataType = "data_type",
        UseType = "use_type",
        SocialImpact = "social_impact",
        DataImpact = "data_impact",
        Sdg = "sdg",
        Publisher = "publisher",
        Dataset = "dataset",
        SourceCount = "source_count",
        Description = "description",
        ExampleUses = "example_uses",
        FinancialInfo = "financial_info",
        Criticality = "criticality",
        UsedSince = "used_since",
        IfStopped = "if_stopped",
    }
}
