//! In which response somebody has said whether a study may write to them: a yes there takes a no back, whatever addresses
//! were given in between. Who loses the response does not lose the wish.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::m20261130_140000_letter_wish::digest;
use crate::statements::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, STATEMENTS).await?;
        let (connection, on) = (manager.get_connection(), manager.get_database_backend());
        let (one, two) = if on == DbBackend::Postgres { ("$1", "$2") } else { ("?", "?") };
        // Until now a yes took the no of the same moment back. Where two responses share it, the one that says no is meant.
        let said_in = format!(
            "update letter_wish set response_id = (
                 select p.response_id {SAID} and w.study_id = letter_wish.study_id and p.email_key = {one}
                 and p.confirmed_at = letter_wish.said_at
                 order by case when p.may_contact = false or r.status = 'refused' then 0 else 1 end, p.response_id
                 limit 1
             ) where email_digest = {two}"
        );
        for row in connection.query_all_raw(Statement::from_string(on, KEYS.to_owned())).await? {
            let key: String = row.try_get_by_index(0)?;
            let values = [key.clone().into(), digest(&key).into()];
            connection.execute_raw(Statement::from_sql_and_values(on, &said_in, values)).await?;
        }
        Ok(())
    }
}

const STATEMENTS: &[&str] = &[
    "alter table letter_wish add column response_id {uuid} references response (id) on delete set null",
    "create index letter_wish_response_id on letter_wish (response_id)",
];

const KEYS: &str = "select distinct email_key from respondent";

const SAID: &str = "from respondent p join response r on r.id = p.response_id join wave w on w.id = r.wave_id
     where r.superseded_at is null and w.superseded_at is null";
