//! A list of who is to be invited, while its preview is looked at. It holds addresses, so that no address of a page may.

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

const STATEMENTS: &[&str] = &["create table invite_draft (
        account_id {uuid} not null,
        wave_id {uuid} not null,
        list text not null,
        by_letter boolean not null,
        saved_at {time} not null,
        primary key (account_id, wave_id),
        foreign key (account_id) references account (id),
        foreign key (wave_id) references wave (id)
    )"];
