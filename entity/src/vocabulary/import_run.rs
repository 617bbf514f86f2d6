//! Imports, and what they did to a row.

vocabulary! {
    /// The life of an import batch.
    BatchStatus {
        Running = "running",
        Published = "published",
        Undone = "undone",
        Failed = "failed",
    }

    /// What a batch did to a row that stood before it.
    RowChange {
        Updated = "updated",
        Removed = "removed",
    }
}
