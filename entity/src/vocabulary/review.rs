//! Cases of the review.

vocabulary! {
    /// What a case of the review is about.
    CaseKind {
        /// A use of data.
        UseClaim = "use_claim",
        /// An impact.
        ImpactClaim = "impact_claim",
        /// A property of an organisation, as an answer says it.
        Attribute = "attribute",
        /// A code of an organisation, as an answer says it.
        Code = "code",
        /// A use of data that is not in the register.
        Use = "use",
        /// A value of an indicator, as an answer says it.
        Observation = "observation",
        /// Whether an organisation may be shown.
        Display = "display",
        /// An organisation that is not in the register.
        Organisation = "organisation",
        /// A dataset that is not in the register.
        Dataset = "dataset",
        /// Another value for something that is recorded.
        Correction = "correction",
        /// More evidence for a claim.
        Evidence = "evidence",
        /// Something on a page that is said to be wrong.
        ErrorReport = "error_report",
        /// Doubt about a claim that is accepted.
        Dispute = "dispute",
        /// A claim that is taken back.
        Retraction = "retraction",
    }

    /// How far a case has come.
    CaseStatus {
        /// Nobody has begun.
        Open = "open",
        /// A reviewer has it.
        UnderReview = "under_review",
        /// It waits for an answer of the one who proposed it.
        Asked = "asked",
        Accepted = "accepted",
        Rejected = "rejected",
    }

    /// What stands in the way of accepting a case as it is.
    CaseProblem {
        /// It names data that is not in the register.
        Unlisted = "unlisted",
        /// It names a code that is in no list.
        NoCode = "no_code",
    }

    /// What happened to a case.
    CaseStep {
        Opened = "opened",
        Assigned = "assigned",
        Asked = "asked",
        Answered = "answered",
        /// Somebody who does not decide says that it should be accepted.
        RecommendedAccept = "recommended_accept",
        RecommendedReject = "recommended_reject",
        Accepted = "accepted",
        Rejected = "rejected",
        Undone = "undone",
    }
}
