//! A second factor of accounts, sign-ins that wait for its code, and which sessions and tokens had one.

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
    "create table second_factor (
        account_id {uuid} not null,
        seed text not null,
        since {time} not null,
        last_step bigint not null,
        primary key (account_id),
        foreign key (account_id) references account (id)
    )",
    // A seed that its owner has been shown and has not yet given a code of.
    "create table second_factor_offer (
        account_id {uuid} not null,
        seed text not null,
        offered_at {time} not null,
        primary key (account_id),
        foreign key (account_id) references account (id)
    )",
    "create table recovery_code (
        code_hash {key} not null,
        account_id {uuid} not null,
        made_at {time} not null,
        used_at {time},
        primary key (code_hash),
        foreign key (account_id) references account (id)
    )",
    "create index recovery_code_account_id on recovery_code (account_id)",
    "create table pending_sign_in (
        secret_hash {key} not null,
        account_id {uuid} not null,
        method {key} not null,
        created_at {time} not null,
        expires_at {time} not null,
        used_at {time},
        primary key (secret_hash),
        foreign key (account_id) references account (id)
    )",
    "create index pending_sign_in_account_id on pending_sign_in (account_id)",
    "alter table session add column factor {key}",
    "alter table api_token add column factor {key}",
];
