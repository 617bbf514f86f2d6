//! Attempts to speak for an organisation, one row each.

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
    "create table profile_takeover (
        id {uuid} not null,
        organisation_id {uuid} not null,
        account_id {uuid} not null,
        proof {key} not null,
        status {key} not null,
        domain {key},
        token_hash {key},
        note text,
        begun_at {time} not null,
        expires_at {time} not null,
        looks integer not null,
        looked_at {time},
        proved_at {time},
        found_in text,
        ended_at {time},
        decided_by {uuid},
        reason text,
        grant_id {uuid},
        primary key (id),
        foreign key (account_id) references account (id),
        foreign key (decided_by) references account (id),
        check (proof in ('email_domain', 'dns', 'website', 'curator')),
        check (status in ('open', 'waiting', 'granted', 'rejected', 'withdrawn')),
        check ((proof = 'curator') = (domain is null)),
        check ((status in ('open', 'waiting')) = (ended_at is null)),
        check ((status = 'granted') = (grant_id is not null))
    )",
    "create unique index profile_takeover_token_hash on profile_takeover (token_hash)",
    "create index profile_takeover_account_id on profile_takeover (account_id)",
    "create index profile_takeover_organisation_id on profile_takeover (organisation_id)",
    "create index profile_takeover_status on profile_takeover (status)",
];
