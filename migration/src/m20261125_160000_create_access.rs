//! People and what they may do: accounts, passwords, roles, sessions, tokens, and what was decided.
//! Private data stands in tables of its own, which nothing public names.

use crate::statements::{APPEND_ONLY, run};
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

/// The migration.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, STATEMENTS).await?;
        // Its rows go when they are old; until then nobody rewrites them.
        APPEND_ONLY.updates_of(manager, "access_event").await
    }
}

const STATEMENTS: &[&str] = &[
    "create table account (
        id {uuid} not null,
        email text not null,
        email_key {key} not null,
        display_name text not null,
        folded text not null,
        lang {key} not null,
        disabled_at {time},
        created_at {time} not null,
        created_by {uuid},
        primary key (id),
        foreign key (created_by) references account (id)
    )",
    "create unique index account_email_key on account (email_key)",
    "create table credential (
        account_id {uuid} not null,
        password_hash text not null,
        changed_at {time} not null,
        primary key (account_id),
        foreign key (account_id) references account (id)
    )",
    "create table role_grant (
        id {uuid} not null,
        account_id {uuid} not null,
        role {key} not null,
        scope_kind {key} not null,
        scope_id {uuid},
        starts_at {time} not null,
        ends_at {time},
        granted_at {time} not null,
        granted_by {uuid},
        reason text not null,
        revoked_at {time},
        revoked_by {uuid},
        primary key (id),
        foreign key (account_id) references account (id),
        foreign key (granted_by) references account (id),
        foreign key (revoked_by) references account (id),
        check ((scope_kind = 'global') = (scope_id is null)),
        check (starts_at <= ends_at)
    )",
    "create index role_grant_account_id on role_grant (account_id)",
    "create table session (
        id {uuid} not null,
        secret_hash {key} not null,
        account_id {uuid} not null,
        method {key} not null,
        created_at {time} not null,
        seen_at {time} not null,
        revoked_at {time},
        primary key (id),
        foreign key (account_id) references account (id)
    )",
    "create unique index session_secret_hash on session (secret_hash)",
    "create index session_account_id on session (account_id)",
    "create table sign_in_token (
        id {uuid} not null,
        secret_hash {key} not null,
        account_id {uuid} not null,
        email_key {key} not null,
        created_at {time} not null,
        expires_at {time} not null,
        used_at {time},
        primary key (id),
        foreign key (account_id) references account (id)
    )",
    "create unique index sign_in_token_secret_hash on sign_in_token (secret_hash)",
    "create index sign_in_token_account_id on sign_in_token (account_id)",
    "create table api_token (
        id {uuid} not null,
        account_id {uuid} not null,
        name text not null,
        secret_hash {key} not null,
        hint text not null,
        scopes text not null,
        created_at {time} not null,
        expires_at {time} not null,
        used_at {time},
        revoked_at {time},
        primary key (id),
        foreign key (account_id) references account (id)
    )",
    "create unique index api_token_secret_hash on api_token (secret_hash)",
    "create index api_token_account_id on api_token (account_id)",
    "create table access_event (
        id {uuid} not null,
        recorded_at {time} not null,
        kind {key} not null,
        actor_id {uuid},
        account_id {uuid},
        subject_id {uuid},
        detail text not null,
        primary key (id)
    )",
    "create index access_event_account_id on access_event (account_id, recorded_at)",
];
