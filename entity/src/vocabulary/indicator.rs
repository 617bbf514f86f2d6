//! Indicators and their values.

vocabulary! {
    /// Where in the chain from data to effect an indicator stands.
    ChainStage {
        Input = "input",
        Output = "output",
        Outcome = "outcome",
        Impact = "impact",
        Context = "context",
    }

    /// What a value measures; values of different measures never add.
    Measure {
        Exposure = "exposure",
        GrossAttributed = "gross_attributed",
        NetAttributed = "net_attributed",
        Potential = "potential",
        Context = "context",
    }

    /// What an indicator may be observed of.
    SubjectLevel {
        Organisation = "organisation",
        Sector = "sector",
        Area = "area",
        Country = "country",
        Dataset = "dataset",
        Publisher = "publisher",
    }

    /// Where an indicator's definition comes from.
    IndicatorScheme {
        Internal = "internal",
        Wdi = "wdi",
        InegiBie = "inegi_bie",
        InegiBise = "inegi_bise",
        InegiSaic = "inegi_saic",
        UnSdg = "un_sdg",
        OecdOurdata = "oecd_ourdata",
        Asedie = "asedie",
    }

    /// SDMX observation status: A normal, E estimated, I imputed, P provisional, M missing.
    ObservationStatus {
        Normal = "A",
        Estimated = "E",
        Imputed = "I",
        Provisional = "P",
        Missing = "M",
    }
}
