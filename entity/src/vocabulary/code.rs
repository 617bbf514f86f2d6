//! Codes of lists, and what leads from one list to another.

vocabulary! {
    /// How one code relates to another (SKOS mapping properties).
    MappingRelation {
        Exact = "exact",
        Close = "close",
        Broad = "broad",
        Narrow = "narrow",
        Related = "related",
    }

    /// What a code says about an organisation.
    CodeRole {
        ReuseSectorPrimary = "reuse_sector_primary",
        ReuseSectorOther = "reuse_sector_other",
        IndustryPrimary = "industry_primary",
        IndustryOther = "industry_other",
        RevenueSource = "revenue_source",
        DataType = "data_type",
    }
}
