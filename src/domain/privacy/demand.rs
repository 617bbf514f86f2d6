//! The columns of requests for data and of those who support them.

use super::Class::{Internal, Personal, Public};
use super::Kept;
use super::Reader::{Curator, Everyone, Operator, Owner};
use super::Retention::WithTheRecord;

/// What is kept of requests for data. A row that nobody has looked at yet is private as a whole.
pub(super) const DEMAND: &[Kept] = &[
    Kept {
        table: "data_request",
        columns: "id slug title description purpose lang publisher_id blocking frequency format origin status \
            submitted_on triaged_on forwarded_on due_on answered_on planned_on published_on closed_on answer \
            answer_lang legal_basis duplicate_of_id themes wave_id entity_id visibility recorded_at superseded_at",
        class: Public,
        purpose: "what data is needed, and what its publisher says",
        readers: &[Everyone],
        retention: WithTheRecord,
    },
    Kept {
        table: "data_request",
        columns: "organisation_id requested_by import_batch_id created_by",
        class: Internal,
        purpose: "who may take a request back, and where a row comes from",
        readers: &[Owner, Curator, Operator],
        retention: WithTheRecord,
    },
    Kept {
        table: "data_request_dataset",
        columns: "id data_request_id dataset_id entity_id visibility recorded_at superseded_at",
        class: Public,
        purpose: "what came of a request",
        readers: &[Everyone],
        retention: WithTheRecord,
    },
    Kept {
        table: "data_request_dataset",
        columns: "import_batch_id created_by",
        class: Internal,
        purpose: "where a row comes from",
        readers: &[Operator],
        retention: WithTheRecord,
    },
    Kept {
        table: "request_support",
        columns: "id data_request_id organisation_id supported_on blocks_project entity_id visibility recorded_at \
            superseded_at",
        class: Public,
        purpose: "who needs the data, and since when",
        readers: &[Everyone],
        retention: WithTheRecord,
    },
    Kept {
        table: "request_support",
        columns: "account_id comment created_by",
        class: Personal,
        purpose: "one support for each person, and why, in words that nobody has reviewed",
        readers: &[Owner, Curator],
        retention: WithTheRecord,
    },
    Kept {
        table: "request_support",
        columns: "import_batch_id",
        class: Internal,
        purpose: "where a row comes from",
        readers: &[Operator],
        retention: WithTheRecord,
    },
    Kept {
        table: "holiday",
        columns: "day name",
        class: Public,
        purpose: "to count business days",
        readers: &[Everyone],
        retention: WithTheRecord,
    },
];
