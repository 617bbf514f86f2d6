//! To whom a link was mailed, as a digest of the address: whoever answers may name somebody else by it.

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
        // Who has not been named anew since a link was mailed is whom it was mailed to. Of others that is not known any more.
        let sent_to = format!(
            "update invitation set sent_to = {one} where sent_at is not null and response_id in (
                 select p.response_id from respondent p where p.email_key = {two} and p.confirmed_at <= invitation.sent_at
             )"
        );
        let keys = "select distinct email_key from respondent".to_owned();
        for row in connection.query_all_raw(Statement::from_string(on, keys)).await? {
            let key: String = row.try_get_by_index(0)?;
            let values = [digest(&key).into(), key.into()];
            connection.execute_raw(Statement::from_sql_and_values(on, &sent_to, values)).await?;
        }
        Ok(())
    }
}

const STATEMENTS: &[&str] = &["alter table invitation add column sent_to {key}"];
