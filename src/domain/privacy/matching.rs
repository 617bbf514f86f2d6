//! The columns of matching: pairs that may be one thing, merges and splits.

use super::Class::{Internal, Public};
use super::Kept;
use super::Reader::{Curator, Everyone};
use super::Retention::WithTheRecord;

/// What is kept of pairs, merges and splits.
pub(super) const MATCHING: &[Kept] = &[
    Kept {
        table: "match_candidate",
        columns: "id kind left_id right_id verdict score features found_at decision reason decided_by decided_at",
        class: Internal,
        purpose: "which records may be one thing, and what a person made of it",
        readers: &[Curator],
        retention: WithTheRecord,
    },
    Kept {
        table: "rearrangement",
        columns: "id kind kept_id other_id reason images done_by done_at undone_by undone_at",
        class: Internal,
        purpose: "what merges and splits did, to explain and undo them",
        readers: &[Curator],
        retention: WithTheRecord,
    },
    Kept {
        table: "asserted_name",
        columns: "rearrangement_id claim_id part text",
        class: Public,
        purpose: "the name under which a claim was made",
        readers: &[Everyone],
        retention: WithTheRecord,
    },
];
