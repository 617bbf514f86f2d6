//! People who ask for an account themselves.

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

const STATEMENTS: &[&str] = &["create table sign_up (
        secret_hash {key} not null,
        email text not null,
        email_key {key} not null,
        created_at {time} not null,
        expires_at {time} not null,
        used_at {time},
        primary key (secret_hash)
    )"];
