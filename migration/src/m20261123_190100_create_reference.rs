//! Areas, code lists and indicator definitions: filled from the files that ship with the program.

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
    "create table area (
        id {uuid} not null,
        scheme {key} not null,
        code {key} not null,
        name text not null,
        parent_id {uuid},
        latitude double precision,
        longitude double precision,
        valid_from {date},
        valid_to {date},
        aliases text,
        primary key (id),
        foreign key (parent_id) references area (id),
        check (latitude between -90 and 90),
        check (longitude between -180 and 180)
    )",
    "create unique index area_scheme_code on area (scheme, code)",
    "create index area_parent_id on area (parent_id) where parent_id is not null",
    "create table code_scheme (
        id {key} not null,
        version text not null,
        name text not null,
        publisher text not null,
        licence text not null,
        url text not null,
        primary key (id)
    )",
    "create table code (
        id {uuid} not null,
        scheme {key} not null,
        code {key} not null,
        label text not null,
        parent_id {uuid},
        definition text,
        position integer not null,
        extra text,
        primary key (id),
        foreign key (parent_id) references code (id),
        foreign key (scheme) references code_scheme (id)
    )",
    "create unique index code_scheme_code on code (scheme, code)",
    "create index code_parent_id on code (parent_id) where parent_id is not null",
    "create table code_mapping (
        id {uuid} not null,
        from_id {uuid} not null,
        to_id {uuid} not null,
        relation {key} not null,
        confidence {key} not null,
        note text,
        primary key (id),
        foreign key (from_id) references code (id),
        foreign key (to_id) references code (id)
    )",
    "create unique index code_mapping_from_id_to_id on code_mapping (from_id, to_id)",
    "create index code_mapping_from_id on code_mapping (from_id)",
    "create index code_mapping_to_id on code_mapping (to_id)",
    "create table indicator_definition (
        id {uuid} not null,
        key {key} not null,
        name text not null,
        definition text not null,
        concept text not null,
        unit text not null,
        chain_stage {key} not null,
        measure {key} not null,
        subject_levels text not null,
        frequency text not null,
        source_scheme {key} not null,
        source_code text,
        is_higher_better boolean,
        primary key (id)
    )",
    "create unique index indicator_definition_key on indicator_definition (key)",
];
