//! Records that may be one, and what becomes of them.

vocabulary! {
    /// What sort of records a pair is of.
    MatchKind {
        Organisation = "organisation",
        /// At least one of the two publishes.
        Body = "body",
        Dataset = "dataset",
    }

    /// What the rules make of a pair; a person decides.
    MatchVerdict {
        /// The same thing, by an identifier or by name and place.
        Same = "same",
        /// Two editions of one series.
        SameSeries = "same_series",
        /// A series and one of its editions.
        SeriesAndEdition = "series_and_edition",
        /// Alike enough to be looked at.
        Queue = "queue",
        /// Two things, of which somebody wished to see how alike they are.
        Different = "different",
    }

    /// What a person made of a pair.
    MatchDecision {
        Same = "same",
        Different = "different",
        Unsure = "unsure",
    }

    /// What was done to two records.
    RearrangementKind {
        OrganisationMerge = "organisation_merge",
        OrganisationSplit = "organisation_split",
        DatasetMerge = "dataset_merge",
        DatasetSplit = "dataset_split",
        DatasetSeries = "dataset_series",
    }

    /// Which part of a claim was named otherwise.
    AssertedPart {
        Organisation = "organisation",
        Publisher = "publisher",
        StatedPublisher = "stated_publisher",
        Dataset = "dataset",
    }
}
