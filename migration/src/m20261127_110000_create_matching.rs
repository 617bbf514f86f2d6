//! Pairs that may be one thing, and merges and splits with what stood before them.

use crate::statements::run;
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

/// The migration.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, STATEMENTS).await
    }
}

// The sides of a pair and of a merge name records without a foreign key: a batch that brought them can still be
// taken back, and what is left over says nothing about anything.
const STATEMENTS: &[&str] = &[
    "create table rearrangement (
        id {uuid} not null,
        kind {key} not null,
        kept_id {uuid} not null,
        other_id {uuid} not null,
        reason text not null,
        images text not null,
        done_by {uuid} not null,
        done_at {time} not null,
        undone_by {uuid},
        undone_at {time},
        primary key (id)
    )",
    "create index rearrangement_done_at on rearrangement (done_at, id)",
    "create index rearrangement_kept_id on rearrangement (kept_id)",
    "create index rearrangement_other_id on rearrangement (other_id)",
    "create table asserted_name (
        rearrangement_id {uuid} not null,
        claim_id {uuid} not null,
        part {key} not null,
        text text not null,
        primary key (rearrangement_id, claim_id, part),
        foreign key (rearrangement_id) references rearrangement (id)
    )",
    "create index asserted_name_claim_id on asserted_name (claim_id)",
    "create table match_candidate (
        id {uuid} not null,
        kind {key} not null,
        left_id {uuid} not null,
        right_id {uuid} not null,
        verdict {key} not null,
        score integer not null,
        features text not null,
        found_at {time} not null,
        decision {key},
        reason text,
        decided_by {uuid},
        decided_at {time},
        primary key (id),
        check (score between 0 and 1000)
    )",
    "create unique index match_candidate_pair on match_candidate (kind, left_id, right_id)",
    "create index match_candidate_right_id on match_candidate (right_id)",
    "create index match_candidate_queue on match_candidate (decision, score, id)",
    "create index revision_change_record_id on revision_change (record_id)",
];
