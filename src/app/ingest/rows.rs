//! The rows of one chunk, table by table, parents before children.

use std::collections::HashSet;

use crate::store::Error;
use crate::store::fact::{Fact, Writer};

/// Declares the tables of a chunk in the order in which they are written.
macro_rules! chunk {
    ($($field:ident: $table:ident),+ $(,)?) => {
        /// Rows that wait to be written.
        #[derive(Debug, Default)]
        pub(super) struct Chunk {
            $(pub(super) $field: Vec<entity::$table::Model>,)+
        }

        impl Chunk {
            /// Writes all rows; says how many were the same as another of the chunk.
            pub(super) async fn write(self, writer: &mut Writer<'_>) -> Result<u64, Error> {
                let mut merged = 0;
                $(
                    let mut rows = self.$field;
                    merged += merge(&mut rows);
                    writer.put(rows).await?;
                )+
                Ok(merged)
            }
        }
    };
}

chunk! {
    studies: study,
    waves: wave,
    sources: source,
    organisations: organisation,
    names: organisation_name,
    identifiers: organisation_identifier,
    codes: organisation_code,
    missing: organisation_missing,
    locations: location,
    relations: relation,
    profiles: publisher_profile,
    responses: response,
    answers: answer,
    datasets: dataset,
    dataset_identifiers: dataset_identifier,
    dataset_codes: dataset_code,
    distributions: distribution,
    designations: dataset_designation,
    use_claims: use_claim,
    impact_claims: impact_claim,
    observations: indicator_observation,
    evidence: evidence,
    requests: data_request,
    request_datasets: data_request_dataset,
    supports: request_support,
    feedback: dataset_feedback,
}

/// Keeps the first row of each id: the id is made of what a row says, so the others say the same.
fn merge<M: Fact>(rows: &mut Vec<M>) -> u64 {
    let before = rows.len();
    let mut seen = HashSet::with_capacity(before);
    rows.retain(|row| seen.insert(row.id()));
    (before - rows.len()) as u64
}
