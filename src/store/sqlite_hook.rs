//! Refuses a pooled SQLite connection that is still inside a transaction. When the disk is full SQLite
//! rolls back by itself; the driver then believes that it is one level deep, and every later "commit"
//! would only release a savepoint: acknowledged, and lost. Nothing else belongs here.

use std::future::Future;
use std::pin::Pin;

use sea_orm::sqlx::{Connection, Database, Sqlite, SqliteConnection};
use sqlx_core::transaction::TransactionManager;

/// Whether the connection may be handed out; `false` makes the pool drop it and open another.
pub(super) fn before_acquire(
    connection: &mut SqliteConnection,
) -> Pin<Box<dyn Future<Output = Result<bool, sea_orm::sqlx::Error>> + Send + '_>> {
    Box::pin(async move {
        // The ping flushes a rollback that the driver has queued.
        connection.ping().await?;
        let depth = <Sqlite as Database>::TransactionManager::get_transaction_depth(connection);
        let mut handle = connection.lock_handle().await?;
        // SAFETY: the handle is valid and exclusively ours while `lock_handle` holds it; the call only reads.
        #[expect(unsafe_code, reason = "SQLite's own view of the transaction is in no safe interface")]
        let is_outside = unsafe { libsqlite3_sys::sqlite3_get_autocommit(handle.as_raw_handle().as_ptr()) } == 1;
        Ok(depth == 0 && is_outside)
    })
}
