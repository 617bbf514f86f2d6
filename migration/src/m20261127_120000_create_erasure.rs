//! Who has asked to be forgotten: a digest of the address, so that it can be done again after a backup is restored.

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

const STATEMENTS: &[&str] = &[
    "create table erasure (
        id {uuid} not null,
        email_digest {key} not null,
        account_id {uuid},
        asked_at {time} not null,
        due_at {time} not null,
        purged_at {time},
        primary key (id),
        check (asked_at <= due_at)
    )",
    "create unique index erasure_email_digest on erasure (email_digest) where purged_at is null",
    "create index erasure_due_at on erasure (due_at)",
];
