//! Hears of new revisions from PostgreSQL as they are committed. SQLite has no such thing; there, and
//! when the connection is lost, the publisher's poll is what counts.

use sea_orm::sqlx::postgres::PgListener;

use super::{Db, Error};

/// The channel that carries revision numbers.
pub(crate) const CHANNEL: &str = "od100_revision";

/// Waits for the next announced revision.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    /// The next announced revision.
    pub async fn next(&mut self) -> Result<i64, Error> {
        loop {
            let heard = self.0.recv().await.map_err(failed)?;
            if let Ok(revision) = heard.payload().parse() {
                return Ok(revision);
            }
        }
    }
}

/// Listens for revisions; `None` on SQLite.
pub async fn listen(db: &Db) -> Result<Option<Listener>, Error> {
    if !db.is_postgres() {
        return Ok(None);
    }
    let mut listener = PgListener::connect_with(db.reader.get_postgres_connection_pool()).await.map_err(failed)?;
    listener.listen(CHANNEL).await.map_err(failed)?;
    Ok(Some(Listener(listener)))
}

fn failed(error: sea_orm::sqlx::Error) -> Error {
    Error::Conn(sea_orm::RuntimeErr::SqlxError(std::sync::Arc::new(error)))
}
