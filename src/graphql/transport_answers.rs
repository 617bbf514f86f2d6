//! Answers kept for the next reader: a query, its variables, the language and the edition of the
//! record name an answer, and those who ask for the same one at once wait for one execution.

use std::{
    collections::HashMap,
    io::Write,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

/// A smaller body gains nothing from compression.
const WORTH_COMPRESSING: usize = 1024;

/// A finished answer.
#[derive(Debug)]
pub struct Answer {
    /// The JSON.
    pub body: Bytes,
    /// Whether it may be kept: it carries no error.
    pub sound: bool,
    /// Whether the operation never began.
    pub never_ran: bool,
    /// Whether it asks to be tried again in some seconds.
    pub retry_after: Option<u32>,
    /// Whether the record could not be reached or written.
    pub is_outage: bool,
    /// What it cost.
    pub points: u64,
    gzip: OnceLock<Option<Bytes>>,
}

impl Answer {
    /// An answer of this body.
    pub fn new(mut body: Vec<u8>, sound: bool, never_ran: bool, retry_after: Option<u32>, points: u64) -> Self {
        body.shrink_to_fit();
        Self { body: body.into(), sound, never_ran, retry_after, is_outage: false, points, gzip: OnceLock::new() }
    }

    /// The body in gzip, made when first asked for; `None` when that would gain nothing.
    pub fn gzip(&self) -> Option<Bytes> {
        self.gzip.get_or_init(|| gzip(&self.body)).clone()
    }

    fn weight(&self) -> u32 {
        // Room for the compressed copy, which comes later.
        u32::try_from(self.body.len() + self.body.len() / 4 + 256).unwrap_or(u32::MAX)
    }
}

fn gzip(body: &[u8]) -> Option<Bytes> {
    if body.len() < WORTH_COMPRESSING {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::new(5));
    encoder.write_all(body).ok()?;
    encoder.finish().ok().filter(|packed| packed.len() < body.len()).map(Into::into)
}

/// The name of an answer.
pub type Key = [u8; 32];

/// Makes a name of what an answer depends on; the parts cannot run into one another.
pub fn key(parts: &[&[u8]]) -> Key {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// A name as far as a header needs it, in hexadecimal.
pub fn short(key: &Key) -> String {
    key.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

type Flight = Arc<OnceCell<Arc<Answer>>>;

/// The answers kept, and those being made.
#[derive(Debug)]
pub struct Answers {
    kept: Option<Cache<Key, Arc<Answer>>>,
    flights: Mutex<HashMap<Key, Flight>>,
}

impl Answers {
    /// Keeps at most `bytes`; none at all when that is 0.
    pub fn new(bytes: u64) -> Self {
        let kept = (bytes > 0).then(|| {
            Cache::builder().max_capacity(bytes).weigher(|_: &Key, answer: &Arc<Answer>| answer.weight()).build()
        });
        Self { kept, flights: Mutex::default() }
    }

    /// The answer, if it is kept.
    pub fn get(&self, key: &Key) -> Option<Arc<Answer>> {
        self.kept.as_ref()?.get(key)
    }

    /// The answer that `make` makes, once for all who ask at the same time.
    pub async fn join(&self, key: Key, make: impl Future<Output = Answer>) -> Arc<Answer> {
        let Some(kept) = &self.kept else { return Arc::new(make.await) };
        let flight = Arc::clone(self.flights().entry(key).or_default());
        let landing = Landing { answers: self, key, flight: Arc::clone(&flight) };
        let answer = Arc::clone(flight.get_or_init(|| async { Arc::new(make.await) }).await);
        if answer.sound {
            kept.insert(key, Arc::clone(&answer));
        }
        drop(landing);
        answer
    }

    fn flights(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Flight>> {
        self.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Clears a flight away when the last who waits for it leaves, also when a reader hangs up.
struct Landing<'a> {
    answers: &'a Answers,
    key: Key,
    flight: Flight,
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        let mut flights = self.answers.flights();
        // Ours, the map's and the caller's local one; more means that others still wait.
        if flights.get(&self.key).is_some_and(|one| Arc::ptr_eq(one, &self.flight))
            && Arc::strong_count(&self.flight) <= 3
        {
            flights.remove(&self.key);
        }
    }
}
