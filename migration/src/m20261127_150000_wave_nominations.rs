//! Whether a wave takes organisations that put themselves forward, apart from how it found the others.

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
    "alter table wave add column takes_nominations boolean not null default false",
    "update wave set takes_nominations = true where frame = 'open_call' and state = 'open'",
];
