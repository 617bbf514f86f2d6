//! Datasets, catalogues, and whether a file can be fetched.

vocabulary! {
    /// The software behind a catalogue.
    CatalogueKind {
        Ckan = "ckan",
        Dkan = "dkan",
        Udata = "udata",
        Socrata = "socrata",
        DataJson = "data_json",
        None = "none",
    }

    /// Whether a dataset is out.
    DatasetStatus {
        Published = "published",
        Planned = "planned",
        Withdrawn = "withdrawn",
        UnpublishedKnown = "unpublished_known",
        Unknown = "unknown",
    }

    /// How a dataset may be reached.
    DatasetAccess {
        Open = "open",
        Registration = "registration",
        Fee = "fee",
        Restricted = "restricted",
        Unknown = "unknown",
    }

    /// The scheme of a dataset's identifier.
    DatasetIdentifierScheme {
        Url = "url",
        Catalogue = "catalogue",
        Doi = "doi",
        Od500 = "od500",
        Sample = "sample",
    }

    /// What a link check last found.
    HttpState {
        Ok = "ok",
        Redirected = "redirected",
        Dead = "dead",
        Unknown = "unknown",
    }

    /// An official designation of a dataset.
    DesignationKind {
        StrategicInfrastructure = "strategic_infrastructure",
        EuHvd = "eu_hvd",
        NationalInterestInfo = "national_interest_info",
        ReferenceData = "reference_data",
    }
}
