//! Who people are at a provider of identities, and the sign-ins that are under way there.

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
    "create table identity (
        issuer {key} not null,
        subject {key} not null,
        account_id {uuid} not null,
        linked_at {time} not null,
        primary key (issuer, subject),
        foreign key (account_id) references account (id)
    )",
    // Whoever is given an address that was somebody else's at the provider is not that person here.
    "create unique index identity_account_id on identity (account_id, issuer)",
    "create table provider_visit (
        secret_hash {key} not null,
        expires_at {time} not null,
        used_at {time},
        primary key (secret_hash)
    )",
];
