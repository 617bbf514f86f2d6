//! Where a load reads from: a transaction of the pool or, for a whole record, what hands its values over as they lie: a
//! connection of its own to SQLite's file, or PostgreSQL's own way of sending tables. The pool's drivers make a row of each
//! and copy every value, which takes longer than everything else at millions of rows.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::SecondsFormat;
use futures_util::TryStreamExt;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::{ConnectionTrait, RuntimeErr, StreamTrait, Value, sqlx};
use tokio::runtime::{Handle, RuntimeFlavor};

use super::super::outage::is_outage_of_sqlite;
use super::super::{Db, Error, SNAPSHOT_LIMITS, Transaction, sql};
use super::columns::{Columns, Row};
use super::copied;

/// How long a second connection is waited for.
const SOON: Duration = Duration::from_millis(250);

/// One moment of the record. Dropped, it is let go.
pub(super) enum Source<'t> {
    /// Somebody's transaction.
    Borrowed(&'t Transaction),
    /// A connection of its own to PostgreSQL, inside a transaction.
    Copy(tokio::sync::Mutex<Copying>, Arc<AtomicU64>),
    /// A connection of its own to the file, inside a transaction.
    File(Mutex<Connection>, Arc<AtomicU64>),
}

impl Source<'_> {
    /// Opens the record as it stands now.
    pub(super) async fn of(db: &Db) -> Result<Self, Error> {
        let Some(file) = db.file() else { return snapshot(db).await.map_err(copied::failed) };
        let connection = without_the_executor(|| open(&file)).map_err(|error| error_of(&error))?;
        Ok(Self::File(Mutex::new(connection), Arc::clone(&db.statements)))
    }

    /// Opens it a second time; `None` where no connection is to be had soon: nobody waits for one and holds another.
    pub(super) async fn beside(db: &Db) -> Option<Self> {
        tokio::time::timeout(SOON, Self::of(db)).await.ok()?.ok()
    }

    /// What stands behind the name of a table of which most rows are wanted: they are read as they lie, not in the order
    /// of an index, which takes twice as long.
    pub(super) const fn whole(&self) -> &'static str {
        match self {
            Self::File(..) => " not indexed",
            Self::Borrowed(_) | Self::Copy(..) => "",
        }
    }

    /// Hands each row of a select over.
    pub(super) async fn each(
        &self,
        text: &str,
        values: Vec<Value>,
        mut read: impl FnMut(&mut Columns<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match self {
            Self::Borrowed(transaction) => stream(transaction, text, values, read).await,
            Self::Copy(connection, statements) => {
                statements.fetch_add(1, Ordering::Relaxed);
                connection.lock().await.each(text, values, read).await
            }
            Self::File(connection, statements) => {
                statements.fetch_add(1, Ordering::Relaxed);
                let values = values.into_iter().map(bound).collect::<Result<Vec<_>, _>>()?;
                without_the_executor(|| step(&lock(connection), text, values, &mut read))
            }
        }
    }

    /// Lets the record go when all that was wanted has been read: a connection of the pool's goes back to it. What has been
    /// read stays read, so nothing here fails.
    pub(super) async fn finish(self) {
        if let Self::Copy(connection, statements) = self {
            statements.fetch_add(1, Ordering::Relaxed);
            connection.into_inner().finish().await;
        }
    }
}

/// A connection of PostgreSQL's pool that copies. A copy that fails or is dropped leaves messages behind, which the next
/// statement would take for its own answer: such a connection is closed, and only one that is finished with goes back.
pub(super) struct Copying {
    connection: PoolConnection<sqlx::Postgres>,
    /// Whether every copy so far has been read to its end.
    is_clean: bool,
    /// Whether the next in the pool may have it.
    is_free: bool,
}

impl Copying {
    async fn each(
        &mut self,
        text: &str,
        values: Vec<Value>,
        read: impl FnMut(&mut Columns<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let was_clean = std::mem::replace(&mut self.is_clean, false);
        copied::each(&mut self.connection, text, values, read).await?;
        self.is_clean = was_clean;
        Ok(())
    }

    /// Ends the transaction, and with it all that was set for it.
    async fn finish(mut self) {
        self.is_free = self.is_clean && sqlx::raw_sql("rollback").execute(&mut *self.connection).await.is_ok();
    }
}

impl Drop for Copying {
    fn drop(&mut self) {
        if !self.is_free {
            self.connection.close_on_drop();
        }
    }
}

/// Opens a snapshot in PostgreSQL.
async fn snapshot(db: &Db) -> Result<Source<'static>, sqlx::Error> {
    let connection = db.reader.get_postgres_connection_pool().acquire().await?;
    let mut copying = Copying { connection, is_clean: true, is_free: false };
    for statement in ["begin isolation level repeatable read read only", SNAPSHOT_LIMITS] {
        db.statements.fetch_add(1, Ordering::Relaxed);
        sqlx::raw_sql(statement).execute(&mut *copying.connection).await?;
    }
    Ok(Source::Copy(tokio::sync::Mutex::new(copying), Arc::clone(&db.statements)))
}

fn open(file: &Path) -> rusqlite::Result<Connection> {
    let connection =
        Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch(
        "pragma query_only = on; pragma trusted_schema = off; pragma cell_size_check = on; pragma mmap_size = 0; \
         pragma temp_store = memory; pragma cache_size = -8192; begin",
    )?;
    Ok(connection)
}

/// A load that panicked has changed nothing: it only reads.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn step(
    connection: &Connection,
    text: &str,
    values: Vec<rusqlite::types::Value>,
    read: &mut impl FnMut(&mut Columns<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut statement = connection.prepare(text).map_err(|error| error_of(&error))?;
    let mut rows = statement.query(params_from_iter(values)).map_err(|error| error_of(&error))?;
    while let Some(row) = rows.next().map_err(|error| error_of(&error))? {
        read(&mut Columns::new(Row::File(row)))?;
    }
    Ok(())
}

async fn stream(
    transaction: &Transaction,
    text: &str,
    values: Vec<Value>,
    mut read: impl FnMut(&mut Columns<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let statement = sql(ConnectionTrait::get_database_backend(transaction), text, values);
    let mut rows = transaction.stream_raw(statement).await?;
    while let Some(row) = rows.try_next().await? {
        read(&mut Columns::new(Row::Pool(&row)))?;
    }
    Ok(())
}

/// A value as the pool's driver writes it: the two meet in one column.
fn bound(value: Value) -> Result<rusqlite::types::Value, Error> {
    use rusqlite::types::Value as Bound;
    Ok(match value {
        Value::BigInt(number) => number.map_or(Bound::Null, Bound::Integer),
        Value::String(text) => text.map_or(Bound::Null, Bound::Text),
        Value::Uuid(id) => id.map_or(Bound::Null, |id| Bound::Blob(id.as_bytes().to_vec())),
        Value::ChronoDate(day) => day.map_or(Bound::Null, |day| Bound::Text(day.format("%F").to_string())),
        Value::ChronoDateTimeUtc(at) => {
            at.map_or(Bound::Null, |at| Bound::Text(at.to_rfc3339_opts(SecondsFormat::AutoSi, false)))
        }
        other => return Err(Error::Type(format!("a load binds no {other:?}"))),
    })
}

/// Reads for as long as it takes without keeping a thread of the executor from its other tasks.
fn without_the_executor<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        // One thread has no other to hand its tasks to.
        _ => work(),
    }
}

/// The same kinds of error as the pool's driver gives.
fn error_of(error: &rusqlite::Error) -> Error {
    let text = RuntimeErr::Internal(error.to_string());
    let is_outage = error.sqlite_error().is_some_and(|error| is_outage_of_sqlite(error.extended_code.into()));
    if is_outage { Error::Conn(text) } else { Error::Query(text) }
}
