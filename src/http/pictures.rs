//! The previews that have been drawn: kept by what they show, within a bound, and drawn a few at a time away
//! from the threads that answer. What a picture looks like belongs to `picture`.

use axum::body::Bytes;
use moka::sync::Cache;
use tokio::sync::Semaphore;

/// The most that kept pictures may take up, in bytes.
const KEPT: u64 = 32 * 1024 * 1024;
/// Pictures drawn at once: the others wait, within the deadline of their request.
const AT_ONCE: usize = 2;

/// The shelf of drawn pictures.
#[derive(Debug)]
pub struct Pictures {
    kept: Cache<String, Bytes>,
    room: Semaphore,
}

impl Default for Pictures {
    fn default() -> Self {
        let weight = |key: &String, picture: &Bytes| u32::try_from(key.len() + picture.len()).unwrap_or(u32::MAX);
        Self { kept: Cache::builder().max_capacity(KEPT).weigher(weight).build(), room: Semaphore::new(AT_ONCE) }
    }
}

impl Pictures {
    /// The picture of that name, if it has been drawn.
    pub(super) fn kept(&self, name: &str) -> Option<Bytes> {
        self.kept.get(name)
    }

    /// Draws a picture and keeps it; `None` where it cannot be drawn. Who waits finds what another has drawn.
    pub(super) async fn draw(
        &self,
        name: String,
        draw: impl FnOnce() -> Option<Vec<u8>> + Send + 'static,
    ) -> Option<Bytes> {
        let _place = self.room.acquire().await.ok()?;
        if let Some(picture) = self.kept.get(&name) {
            return Some(picture);
        }
        let picture = Bytes::from(tokio::task::spawn_blocking(draw).await.ok()??);
        self.kept.insert(name, picture.clone());
        Some(picture)
    }
}
