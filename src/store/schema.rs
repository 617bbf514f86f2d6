//! Brings the schema up to date, and tells an older or newer database from a current one.

use migration::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;

use super::{Db, Error, Transaction, begin_long, sql};

/// Why the schema cannot be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// A newer program made it.
    #[error("the database was made by a newer version of od100 (it knows '{0}', this one does not)")]
    Newer(String),
    /// A statement failed.
    #[error("the database could not be migrated")]
    Failed(#[from] Error),
}

/// Any number that no other program on the server is likely to lock.
const LOCK: i64 = 0x0d10_0d10;

/// Runs the missing migrations in one transaction, one process at a time; says how many they were.
pub async fn migrate(db: &Db) -> Result<usize, SchemaError> {
    let transaction = begin_long(db).await?;
    if db.is_postgres() {
        transaction.execute_raw(sql(db.backend(), "select pg_advisory_xact_lock(?)", [LOCK.into()])).await?;
    }
    let missing = missing(&applied(&transaction).await?)?;
    if missing.is_empty() {
        return Ok(0);
    }
    Migrator::up(&transaction, None).await?;
    transaction.commit().await?;
    Ok(missing.len())
}

/// The names of the migrations that have not run; reads only.
pub async fn pending(db: &Db) -> Result<Vec<String>, SchemaError> {
    let transaction = super::begin_snapshot(db).await?;
    missing(&applied(&transaction).await?)
}

fn missing(applied: &[String]) -> Result<Vec<String>, SchemaError> {
    let known: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    if let Some(newer) = applied.iter().find(|name| !known.contains(name)) {
        return Err(SchemaError::Newer(newer.clone()));
    }
    Ok(known.into_iter().filter(|name| !applied.contains(name)).collect())
}

async fn applied(transaction: &Transaction) -> Result<Vec<String>, Error> {
    let on = transaction.get_database_backend();
    let exists = match on {
        sea_orm::DbBackend::Postgres => "select 1 from pg_tables where schemaname = current_schema() and tablename = ?",
        _ => "select 1 from sqlite_master where type = 'table' and name = ?",
    };
    if transaction.query_one_raw(sql(on, exists, ["seaql_migrations".into()])).await?.is_none() {
        return Ok(Vec::new());
    }
    let rows = transaction.query_all_raw(sql(on, "select version from seaql_migrations order by version", [])).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}
