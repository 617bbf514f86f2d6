//! Organisations and public bodies, and how they hang together.

vocabulary! {
    /// What sort of organisation it is.
    OrganisationKind {
        Company = "company",
        SocialEnterprise = "social_enterprise",
        CivilSociety = "civil_society",
        Academia = "academia",
        Media = "media",
        DeveloperGroup = "developer_group",
        Cooperative = "cooperative",
        Government = "government",
        StateEnterprise = "state_enterprise",
        International = "international",
        IndividualTrader = "individual_trader",
        Other = "other",
    }

    /// Who owns it.
    Ownership {
        Listed = "listed",
        Private = "private",
        State = "state",
        Mixed = "mixed",
        Nonprofit = "nonprofit",
        Unknown = "unknown",
    }

    /// Whether it still works.
    OrganisationStatus {
        Active = "active",
        Dormant = "dormant",
        Merged = "merged",
        Closed = "closed",
        Unknown = "unknown",
    }

    /// Full-time employees, in the bands of the Open Data 500 survey.
    SizeBand {
        From1To10 = "1-10",
        From11To50 = "11-50",
        From51To200 = "51-200",
        From201To500 = "201-500",
        From501To1000 = "501-1000",
        From1001To5000 = "1001-5000",
        From5001To10000 = "5001-10000",
        Over10000 = "10001+",
    }

    /// Whom it sells to or serves.
    BusinessModel {
        B2b = "b2b",
        B2c = "b2c",
        B2g = "b2g",
        B2n = "b2n",
        Other = "other",
    }

    /// What sort of name it is.
    NameKind {
        Official = "official",
        Legal = "legal",
        Trade = "trade",
        Former = "former",
        Acronym = "acronym",
        Alias = "alias",
    }

    /// The scheme of an organisation's identifier.
    IdentifierScheme {
        Lei = "lei",
        Clee = "clee",
        RfcHmac = "rfc_hmac",
        Opencorporates = "opencorporates",
        Wikidata = "wikidata",
        Ror = "ror",
        Domain = "domain",
        CkanOrg = "ckan_org",
        Od500 = "od500",
        Impactmap = "impactmap",
        Sample = "sample",
        Other = "other",
    }

    /// How two organisations are related, from the first to the second.
    RelationKind {
        PartOf = "part_of",
        OwnedBy = "owned_by",
        SucceededBy = "succeeded_by",
        MergedInto = "merged_into",
        SplitFrom = "split_from",
        AbsorbsFunctions = "absorbs_functions",
    }

    /// The level of government a publisher belongs to.
    PublisherLevel {
        Federal = "federal",
        State = "state",
        Municipal = "municipal",
        Autonomous = "autonomous",
        Legislative = "legislative",
        Judicial = "judicial",
        StateEnterprise = "state_enterprise",
        University = "university",
        International = "international",
        Other = "other",
        Unknown = "unknown",
    }
}
