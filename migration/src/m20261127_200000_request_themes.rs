//! What a request for data is about, as codes, and the wave in whose answers it was named.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::statements::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    "alter table data_request add column themes text not null default '[]'",
    "alter table data_request add column wave_id {uuid} references wave (id)",
    "create index data_request_wave_id on data_request (wave_id) where wave_id is not null",
];
