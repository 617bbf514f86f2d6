//! Hashing passwords: argon2id with 19 MiB, two passes, one lane; at most four at a time, so that a crowd at
//! the door costs 76 MiB and no more.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::app::Error;

/// Hashes at work at the same time.
const AT_ONCE: usize = 4;
/// Beyond so many that wait, one more is told to come back.
const QUEUE: usize = 64;

/// A hash of no password: an address that nobody has costs the same work.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hashed("the password of nobody at all").ok());

/// Bounds how many passwords are hashed at once.
#[derive(Debug)]
pub(super) struct Passwords {
    at_work: Semaphore,
    waiting: Semaphore,
    /// How many are at work, and the most that ever were.
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            at_work: Semaphore::new(AT_ONCE),
            waiting: Semaphore::new(QUEUE),
            now: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        }
    }
}

impl Passwords {
    /// The hash to keep of a password.
    pub(super) async fn hash(&self, password: String) -> Result<String, Error> {
        self.work(move || hashed(&password)).await?
    }

    /// Whether a password is the one that a hash was made of. Without a hash the same work is done for `false`.
    pub(super) async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Error> {
        self.work(move || {
            let is_somebody = hash.is_some();
            let Some(hash) = hash.as_ref().or(NOBODY.as_ref()) else { return Ok(false) };
            let parsed = PasswordHash::new(hash).map_err(internal)?;
            let is_right = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
            Ok(is_right && is_somebody)
        })
        .await?
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let _place = self.waiting.try_acquire().map_err(|_| Error::TooMany(2))?;
        let _turn = self.at_work.acquire().await.map_err(internal)?;
        let at_work = self.now.fetch_add(1, Ordering::Relaxed) + 1;
        self.most.fetch_max(at_work, Ordering::Relaxed);
        let done = tokio::task::spawn_blocking(work).await;
        self.now.fetch_sub(1, Ordering::Relaxed);
        done.map_err(internal)
    }

    /// The most hashes that were ever at work at the same time.
    pub(super) fn most_at_once(&self) -> usize {
        self.most.load(Ordering::Relaxed)
    }
}

fn hashed(password: &str) -> Result<String, Error> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(internal)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = argon.hash_password(password.as_bytes()).map_err(internal)?;
    Ok(hash.to_string())
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(anyhow::anyhow!("a password could not be hashed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_knows_its_password_and_no_other() {
        let passwords = Passwords::default();
        let hash = passwords.hash("cuatro palabras".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify("cuatro palabras".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("cuatro palabra".to_owned(), Some(hash)).await.unwrap());
        assert!(!passwords.verify("the password of nobody at all".to_owned(), None).await.unwrap());
    }
}
