//! Runs literal statements on either database: only the names of four types differ.

use sea_orm_migration::prelude::{DbErr, SchemaManager};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Runs the statements in order. `{uuid}`, `{time}`, `{date}` and `{key}` stand for the type that the
/// database has for them; `{key}` is text compared byte by byte on both.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let types = match manager.get_database_backend() {
        DbBackend::Postgres => ["uuid", "timestamp with time zone", "date", "text collate \"C\""],
        _ => ["blob", "text", "text", "text"],
    };
    for statement in statements {
        let sql = ["{uuid}", "{time}", "{date}", "{key}"]
            .iter()
            .zip(types)
            .fold((*statement).to_owned(), |sql, (name, of)| sql.replace(name, of));
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Triggers that keep rows as they were written.
pub(crate) struct AppendOnly;

/// The one that migrations use.
pub(crate) const APPEND_ONLY: AppendOnly = AppendOnly;

impl AppendOnly {
    /// Refuses every update.
    pub(crate) async fn updates_of(&self, manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
        self.refuse(manager, table, "update", "").await
    }

    /// Refuses every update but those for which `condition` holds of `old` and `new`.
    pub(crate) async fn updates_unless(
        &self,
        manager: &SchemaManager<'_>,
        table: &str,
        condition: &str,
    ) -> Result<(), DbErr> {
        self.refuse(manager, table, "update", &format!("when (not ({condition}))")).await
    }

    /// Refuses every delete.
    pub(crate) async fn deletes_of(&self, manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
        self.refuse(manager, table, "delete", "").await
    }

    async fn refuse(&self, manager: &SchemaManager<'_>, table: &str, verb: &str, when: &str) -> Result<(), DbErr> {
        let says = format!("{table} keeps its rows as they were written");
        let connection = manager.get_connection();
        let trigger = match manager.get_database_backend() {
            DbBackend::Postgres => {
                let function = "create or replace function refuse_change() returns trigger language plpgsql as \
                    $$ begin raise exception '% keeps its rows as they were written', tg_table_name; end $$";
                connection.execute_unprepared(function).await?;
                format!(
                    "create trigger {table}_keeps_{verb} before {verb} on {table} \
                     for each row {when} execute function refuse_change()"
                )
            }
            _ => format!(
                "create trigger {table}_keeps_{verb} before {verb} on {table} \
                 for each row {when} begin select raise(abort, '{says}'); end"
            ),
        };
        connection.execute_unprepared(&trigger).await.map(|_| ())
    }
}
