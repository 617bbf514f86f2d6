//! The record: every query is here, and no other room names sea-orm. No rule lives here; `app` asks
//! `domain` first and says what to write.

pub mod access;
mod backup;
pub mod batch;
mod connect;
pub mod demand;
pub mod edit;
pub mod fact;
pub mod feedback;
pub mod follow;
pub mod history;
mod listen;
pub mod load;
pub mod matching;
mod outage;
pub mod outbox;
pub mod privacy;
pub mod proposal;
pub mod publisher;
pub mod rearrangement;
pub mod reference;
pub mod relation;
pub mod review;
mod schema;
pub mod setting;
pub mod slug;
mod sqlite_hook;
pub mod survey;
pub mod takeover;

pub use backup::{BackupError, backup};
pub use connect::{OpenError, connect, database_file, is_damaged, is_locked, is_read_only, missing_file};
pub use listen::{Listener, listen};
pub use outage::{is_outage, obstacle};
pub use schema::{SchemaError, migrate, pending};

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, SqlErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
};

/// A failed statement or connection.
pub type Error = sea_orm::DbErr;

/// A transaction; dropped without [`commit`](Transaction::commit) it leaves nothing.
pub type Transaction = DatabaseTransaction;

/// The database: one writer on SQLite, so that writes queue instead of failing, and readers beside it.
#[derive(Clone, Debug)]
pub struct Db {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    statements: Arc<AtomicU64>,
    is_closed: Arc<AtomicBool>,
}

impl Db {
    /// Which of the two databases it is.
    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// Whether it is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.backend() == DbBackend::Postgres
    }

    /// The file of an SQLite database.
    fn file(&self) -> Option<PathBuf> {
        let on = (!self.is_postgres()).then(|| self.reader.get_sqlite_connection_pool())?;
        Some(on.connect_options().get_filename().to_owned())
    }

    /// How many statements this process has sent to it.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Whether this process has closed it.
    pub fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }

    /// Closes all connections.
    pub async fn close(self) -> Result<(), Error> {
        self.is_closed.store(true, Ordering::Relaxed);
        self.reader.close().await?;
        self.writer.close().await
    }
}

/// Begins a write. On SQLite it takes the write lock at once, so that it never fails half-way for it.
pub async fn begin(db: &Db) -> Result<Transaction, Error> {
    let sqlite_transaction_mode = (!db.is_postgres()).then_some(SqliteTransactionMode::Immediate);
    db.writer.begin_with_options(TransactionOptions { sqlite_transaction_mode, ..Default::default() }).await
}

/// Begins a write that may take minutes, such as an import.
pub async fn begin_long(db: &Db) -> Result<Transaction, Error> {
    let transaction = begin(db).await?;
    without_timeouts(&transaction).await?;
    Ok(transaction)
}

/// Begins a read of many statements that all see one revision.
pub(crate) async fn begin_snapshot(db: &Db) -> Result<Transaction, Error> {
    let options = if db.is_postgres() {
        TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..Default::default()
        }
    } else {
        TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred), ..Default::default() }
    };
    let transaction = db.reader.begin_with_options(options).await?;
    without_timeouts(&transaction).await?;
    Ok(transaction)
}

/// Lifts the limits that protect public requests, for one transaction of PostgreSQL.
const SNAPSHOT_LIMITS: &str = "set local statement_timeout = 0; \
     set local idle_in_transaction_session_timeout = '5min'; set local lock_timeout = '1min'";

/// Lifts the limits that protect public requests, for this transaction only.
async fn without_timeouts(transaction: &Transaction) -> Result<(), Error> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared(SNAPSHOT_LIMITS).await?;
    }
    Ok(())
}

/// Whether a statement failed because a unique value is taken.
pub fn is_taken(error: &Error) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// A statement with `?` for each value, as both databases want it.
pub(crate) fn sql(on: DbBackend, text: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    if on != DbBackend::Postgres {
        return Statement::from_sql_and_values(on, text, values);
    }
    let mut numbered = String::with_capacity(text.len() + 8);
    let mut number = 0;
    for c in text.chars() {
        if c == '?' {
            number += 1;
            numbered.push_str(&format!("${number}"));
        } else {
            numbered.push(c);
        }
    }
    Statement::from_sql_and_values(on, numbered, values)
}

/// The current revision of the record and when it was made; the time is `None` before the first.
pub async fn head(db: &Db) -> Result<(i64, Option<DateTime<Utc>>), Error> {
    head_in(&db.reader).await
}

/// The head of the record.
const HEAD: &str = "select revision, changed_at from record_head where id = 1";

/// The first revision's time.
const FIRST: &str = "select recorded_at from revision order by number limit 1";

pub(crate) async fn head_in(connection: &impl ConnectionTrait) -> Result<(i64, Option<DateTime<Utc>>), Error> {
    let row = connection.query_one_raw(sql(connection.get_database_backend(), HEAD, [])).await?;
    head_of(row.map(|row| Ok::<_, Error>((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).transpose()?)
}

/// What the row of the head says; the time is `None` before the first revision.
fn head_of(row: Option<(i64, DateTime<Utc>)>) -> Result<(i64, Option<DateTime<Utc>>), Error> {
    let (revision, at) = row.ok_or_else(|| Error::RecordNotFound("the head of the record".to_owned()))?;
    Ok((revision, (revision > 0).then_some(at)))
}

/// What changed after a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// Too much to name: read everything.
    Bulk,
    /// (table, id) of each touched record.
    Records(Vec<(String, uuid::Uuid)>),
}

/// What changed after `revision`.
pub async fn changed_since(db: &Db, revision: i64) -> Result<Changes, Error> {
    changed_in(&db.reader, revision).await
}

pub(crate) async fn changed_in(connection: &impl ConnectionTrait, revision: i64) -> Result<Changes, Error> {
    let on = connection.get_database_backend();
    let bulk = sql(on, "select number from revision where number > ? and is_bulk limit 1", [revision.into()]);
    if connection.query_one_raw(bulk).await?.is_some() {
        return Ok(Changes::Bulk);
    }
    let rows = sql(
        on,
        "select distinct kind, record_id from revision_change where revision > ? order by kind, record_id",
        [revision.into()],
    );
    let rows = connection.query_all_raw(rows).await?;
    let records = rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?)));
    Ok(Changes::Records(records.collect::<Result<_, Error>>()?))
}
