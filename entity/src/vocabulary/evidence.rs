//! What supports a claim, and who has said whether it is right.

vocabulary! {
    /// What sort of source it is.
    SourceKind {
        SurveyAnswer = "survey_answer",
        OrganisationWebsite = "org_website",
        PublisherWebsite = "publisher_website",
        ApiLog = "api_log",
        ContractOrCitation = "contract_or_citation",
        Report = "report",
        News = "news",
        Academic = "academic",
        Interview = "interview",
        Catalogue = "catalogue",
        LegacyImport = "legacy_import",
        CuratorNote = "curator_note",
    }

    /// What a source does to a claim.
    Polarity {
        Supports = "supports",
        Contradicts = "contradicts",
        Mentions = "mentions",
    }

    /// On whose side a verification was made.
    VerificationRole {
        Publisher = "publisher",
        Organisation = "organisation",
        Curator = "curator",
    }

    /// What a verification decided.
    VerificationDecision {
        Confirmed = "confirmed",
        Corrected = "corrected",
        NotRecognised = "not_recognised",
        CannotTell = "cannot_tell",
    }

    /// How often somebody is written to about what waits for an answer.
    DigestEvery {
        Week = "week",
        Never = "never",
    }
}
