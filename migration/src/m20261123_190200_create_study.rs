//! Studies, their waves, and the sources that evidence cites.

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
    "create table study (
        id {uuid} not null,
        slug {key} not null,
        chapter {key} not null,
        title text not null,
        country text not null,
        licence text not null,
        licence_url text not null,
        attribution text not null,
        url text not null,
        entity_id {uuid} not null,
        visibility {key} not null,
        recorded_at {time} not null,
        superseded_at {time},
        import_batch_id {uuid},
        created_by {uuid},
        primary key (id),
        foreign key (import_batch_id) references import_batch (id)
    )",
    "create unique index study_current on study (slug) where superseded_at is null",
    "create table wave (
        id {uuid} not null,
        study_id {uuid} not null,
        slug {key} not null,
        title text not null,
        opens_on {date} not null,
        closes_on {date},
        population text not null,
        frame {key} not null,
        state {key} not null,
        instrument text not null,
        asked text not null,
        asked_goals text not null,
        entity_id {uuid} not null,
        visibility {key} not null,
        recorded_at {time} not null,
        superseded_at {time},
        import_batch_id {uuid},
        created_by {uuid},
        primary key (id),
        foreign key (study_id) references study (id),
        foreign key (import_batch_id) references import_batch (id),
        check (opens_on <= closes_on)
    )",
    "create unique index wave_current on wave (study_id, slug) where superseded_at is null",
    "create table source (
        id {uuid} not null,
        kind {key} not null,
        title text not null,
        url text,
        archived_url text,
        author text,
        published_on {date},
        accessed_at {time},
        licence text,
        lang text,
        content_hash text,
        study_id {uuid},
        entity_id {uuid} not null,
        visibility {key} not null,
        recorded_at {time} not null,
        superseded_at {time},
        import_batch_id {uuid},
        created_by {uuid},
        primary key (id),
        foreign key (study_id) references study (id),
        foreign key (import_batch_id) references import_batch (id)
    )",
];
