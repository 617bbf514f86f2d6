//! What the program keeps about the record itself: settings, revisions, import batches, moved slugs.

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
    "create table setting (
        key {key} not null,
        value text not null,
        primary key (key)
    )",
    "create table record_head (
        id smallint not null,
        revision bigint not null,
        changed_at {time} not null,
        primary key (id),
        check (id = 1)
    )",
    "create table import_batch (
        id {uuid} not null,
        kind {key} not null,
        source {key} not null,
        chapter {key},
        importer_version text not null,
        status {key} not null,
        started_at {time} not null,
        finished_at {time},
        files text not null,
        counts text not null,
        report text,
        revision bigint,
        primary key (id)
    )",
    "create table import_change (
        id {uuid} not null,
        import_batch_id {uuid} not null,
        position bigint not null,
        table_name {key} not null,
        row_id {uuid} not null,
        change {key} not null,
        before text not null,
        primary key (id),
        foreign key (import_batch_id) references import_batch (id)
    )",
    "create unique index import_change_import_batch_id_position on import_change (import_batch_id, position)",
    "create index import_change_row_id on import_change (row_id)",
    "create table revision (
        number bigint not null,
        recorded_at {time} not null,
        kind {key} not null,
        import_batch_id {uuid},
        changed_count bigint not null,
        is_bulk boolean not null,
        primary key (number),
        foreign key (import_batch_id) references import_batch (id)
    )",
    "create table revision_change (
        revision bigint not null,
        kind {key} not null,
        record_id {uuid} not null,
        primary key (revision, kind, record_id),
        foreign key (revision) references revision (number) on delete cascade
    )",
    "create table slug_redirect (
        kind {key} not null,
        slug {key} not null,
        target_id {uuid} not null,
        recorded_at {time} not null,
        primary key (kind, slug)
    )",
    "insert into record_head (id, revision, changed_at) values (1, 0, '1970-01-01 00:00:00+00:00')",
];
