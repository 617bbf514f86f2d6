//! Published instruments as they were read. They never change, and each answer that is saved needs one: to read
//! and to parse it cost more than to save the answer.

use std::sync::Arc;

use entity::id::{InstrumentId, ResponseId};
use entity::vocabulary::InstrumentState;
use moka::sync::Cache;

use super::instrument::content;
use crate::app::Error;
use crate::domain::instrument::Instrument;
use crate::store::Db;
use crate::store::survey::{instrument as stored, response, study};

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

    /// What a response was asked; `None` where its wave was asked with something that is not kept here, as waves are
    /// that were brought in from elsewhere.
    pub async fn of_response(&self, db: &Db, id: ResponseId) -> Result<Option<Arc<Instrument>>, Error> {
        let Some(response) = response::by_id(db, id).await? else { return Ok(None) };
        let Some(wave) = study::wave(db, response.wave_id).await? else { return Ok(None) };
        let all = stored::of(db, wave.study_id).await?;
        match all.iter().find(|row| format!("{}/{}", row.key, row.version) == wave.instrument) {
            Some(row) => self.get(db, row.id).await.map(Some),
            None => Ok(None),
        }
    }
}
