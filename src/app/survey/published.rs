//! Published instruments as they were read. They never change, and each answer that is saved needs one: to read
//! and to parse it cost more than to save the answer.

use std::sync::Arc;

use entity::id::InstrumentId;
use entity::vocabulary::InstrumentState;
use moka::sync::Cache;

use super::instrument::content;
use crate::app::Error;
use crate::domain::instrument::Instrument;
use crate::store::Db;
use crate::store::survey::instrument as stored;

/// Instruments kept; few waves are open at once.
const MOST: u64 = 64;

/// The published instruments that were asked for last.
#[derive(Clone, Debug)]
pub struct Published(Cache<InstrumentId, Arc<Instrument>>);

impl Default for Published {
    fn default() -> Self {
        Self(Cache::new(MOST))
    }
}

impl Published {
    /// What an instrument asks. A draft is read anew each time.
    pub async fn get(&self, db: &Db, id: InstrumentId) -> Result<Arc<Instrument>, Error> {
        if let Some(kept) = self.0.get(&id) {
            return Ok(kept);
        }
        let row = stored::by_id(db, id).await?.ok_or(Error::NotFound)?;
        let read = Arc::new(content(&row)?);
        if row.state == InstrumentState::Published {
            self.0.insert(id, Arc::clone(&read));
        }
        Ok(read)
    }
}
