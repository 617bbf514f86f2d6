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
