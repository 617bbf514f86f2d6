//! Who had a hand in the answers of a response: kept for as long as the record, because links are forgotten sooner than
//! what came of them is decided.

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
    "create table response_hand (
        response_id {uuid} not null,
        account_id {uuid} not null,
        primary key (response_id, account_id),
        foreign key (response_id) references response (id)
    )",
    "insert into response_hand (response_id, account_id)
     select i.response_id, a.id from invitation i join account a on a.id = i.created_by
     union select r.response_id, a.id from respondent r join account a on a.email_key = r.email_key
     union select distinct c.response_id, a.id from use_claim c join account a on a.id = c.created_by
     where c.response_id is not null and c.superseded_at is null and c.status = 'proposed'",
];
