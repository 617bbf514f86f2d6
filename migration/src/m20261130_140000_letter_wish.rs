//! What a person has said last of whether a study may write to them: kept by a digest of the address, apart from the
//! response that it was said in, which may be merged, begun anew or answered by somebody else.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};
use sha2::{Digest, Sha256};

use crate::statements::run;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, STATEMENTS).await?;
        // Who has said no before this was kept is still written to by no list.
        let (connection, on) = (manager.get_connection(), manager.get_database_backend());
        let (one, two) = if on == DbBackend::Postgres { ("$1", "$2") } else { ("?", "?") };
        let keep = format!(
            "insert into letter_wish (study_id, email_digest, may_write, said_at)
             select w.study_id, {one}, false, max(p.confirmed_at) {UNWILLING} and p.email_key = {two} group by w.study_id"
        );
        let unwilling = format!("select distinct p.email_key {UNWILLING}");
        for row in connection.query_all_raw(Statement::from_string(on, unwilling)).await? {
            let key: String = row.try_get_by_index(0)?;
            let values = [digest(&key).into(), key.into()];
            connection.execute_raw(Statement::from_sql_and_values(on, &keep, values)).await?;
        }
        Ok(())
    }
}

/// The digest of an address, as `domain::privacy::digest_of` made it on this day.
pub(crate) fn digest(email_key: &str) -> String {
    let mut hash = Sha256::new();
    for part in [b"erasure".as_slice(), email_key.as_bytes()] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

const STATEMENTS: &[&str] = &["create table letter_wish (
        study_id {uuid} not null,
        email_digest {key} not null,
        may_write boolean not null,
        said_at {time} not null,
        primary key (study_id, email_digest),
        foreign key (study_id) references study (id)
    )"];

/// Who has refused to take part, or has said that nobody may write.
const UNWILLING: &str = "from respondent p join response r on r.id = p.response_id join wave w on w.id = r.wave_id
     where r.superseded_at is null and w.superseded_at is null and (p.may_contact = false or r.status = 'refused')";
