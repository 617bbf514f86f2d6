//! What every write leaves behind: the difference it made, the answer to its request, the letters it
//! causes.

use crate::statements::{APPEND_ONLY, run};
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

/// The migration.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, STATEMENTS).await?;
        for table in ["revision", "revision_change"] {
            APPEND_ONLY.updates_of(manager, table).await?;
            APPEND_ONLY.deletes_of(manager, table).await?;
        }
        APPEND_ONLY.deletes_of(manager, "record_change").await?;
        // What a row said may be erased for a person's sake; that it was, and by whom, stays.
        APPEND_ONLY.updates_unless(manager, "record_change", ERASING).await
    }
}

const ERASING: &str = "new.before is null and new.after is null and new.salt is null \
    and new.id = old.id and new.revision is not distinct from old.revision \
    and new.subject_id = old.subject_id and new.number = old.number \
    and new.kind = old.kind and new.record_id = old.record_id \
    and new.actor_kind = old.actor_kind and new.actor_id is not distinct from old.actor_id \
    and new.reason = old.reason and new.recorded_at = old.recorded_at \
    and new.content_digest = old.content_digest and new.digest = old.digest";

const STATEMENTS: &[&str] = &[
    "create table record_change (
        id {uuid} not null,
        revision bigint,
        subject_id {uuid} not null,
        number bigint not null,
        kind {key} not null,
        record_id {uuid} not null,
        actor_kind {key} not null,
        actor_id {uuid},
        reason text not null,
        before text,
        after text,
        salt text,
        content_digest {key} not null,
        digest {key} not null,
        recorded_at {time} not null,
        primary key (id),
        foreign key (revision) references revision (number)
    )",
    "create unique index record_change_subject_id_number on record_change (subject_id, number)",
    "create index record_change_record_id on record_change (record_id)",
    "create table answered_request (
        actor_id {uuid} not null,
        key_hash {key} not null,
        mutation {key} not null,
        input_hash {key} not null,
        answer text not null,
        created_at {time} not null,
        primary key (actor_id, key_hash)
    )",
    "create table outbox_message (
        id {uuid} not null,
        kind {key} not null,
        account_id {uuid},
        recipient text,
        lang {key} not null,
        facts text not null,
        dedupe_key {key},
        status {key} not null,
        attempts bigint not null,
        next_attempt_at {time} not null,
        claimed_at {time},
        finished_at {time},
        last_error text,
        created_at {time} not null,
        primary key (id),
        foreign key (account_id) references account (id)
    )",
    "create unique index outbox_message_dedupe_key on outbox_message (dedupe_key)",
    "create index outbox_message_due on outbox_message (status, next_attempt_at)",
];
