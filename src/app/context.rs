//! What every use case needs: the database, the clock, new ids and secrets. The only place that asks the
//! machine for the time or for chance, so that tests can fix both.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use rand::TryRngCore as _;
use uuid::Uuid;

use super::survey::published::Published;
use crate::domain::rfc::RfcKey;
use crate::domain::secret::Secret;
use crate::store::Db;

/// The surroundings of a use case.
#[derive(Clone, Debug)]
pub struct Context {
    /// The record.
    pub db: Db,
    /// Published instruments, read once.
    pub instruments: Published,
    /// What tax numbers are hashed under; without one they are not taken.
    pub rfc_key: Option<RfcKey>,
    clock: Clock,
    ids: Ids,
}

impl Context {
    /// With the machine's clock and random ids.
    pub fn new(db: Db) -> Self {
        Self { db, instruments: Published::default(), rfc_key: None, clock: Clock::Machine, ids: Ids::Random }
    }

    /// With a clock that stands still and ids that count: for tests.
    pub fn fixed(db: Db, clock: FixedClock) -> Self {
        let ids = Ids::Counted(Arc::new(AtomicU64::new(1)));
        Self { db, instruments: Published::default(), rfc_key: None, clock: Clock::Fixed(clock), ids }
    }

    /// With a key for tax numbers.
    #[must_use]
    pub fn with_rfc_key(self, rfc_key: Option<RfcKey>) -> Self {
        Self { rfc_key, ..self }
    }

    /// The time, cut to the microseconds that both databases keep.
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.clock {
            Clock::Machine => Utc::now().trunc_subsecs(6),
            Clock::Fixed(clock) => clock.now(),
        }
    }

    /// The day, in UTC.
    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    /// A new id, later than the ones before.
    #[expect(clippy::disallowed_methods, reason = "this is the maker of ids")]
    pub fn id(&self) -> Uuid {
        match &self.ids {
            Ids::Random => Uuid::now_v7(),
            Ids::Counted(next) => Uuid::from_u128(u128::from(next.fetch_add(1, Ordering::Relaxed))),
        }
    }

    /// A new secret of 256 bits.
    pub fn secret(&self) -> Secret {
        Secret::of_bits(self.bits())
    }

    /// 256 random bits.
    #[expect(clippy::expect_used, reason = "a machine without chance cannot serve")]
    pub fn bits(&self) -> [u8; 32] {
        let mut bits = [0; 32];
        match &self.ids {
            // Without chance there are no secrets: better none than one that can be guessed.
            Ids::Random => rand::rngs::OsRng.try_fill_bytes(&mut bits).expect("the machine gives random bytes"),
            Ids::Counted(next) => {
                bits[24..].copy_from_slice(&next.fetch_add(1, Ordering::Relaxed).to_be_bytes());
            }
        }
        bits
    }
}

#[derive(Clone, Debug)]
enum Clock {
    Machine,
    Fixed(FixedClock),
}

#[derive(Clone, Debug)]
enum Ids {
    Random,
    Counted(Arc<AtomicU64>),
}

/// A clock that moves only when it is told.
#[derive(Clone, Debug)]
pub struct FixedClock(Arc<AtomicI64>);

impl FixedClock {
    /// Stands at `at`.
    pub fn at(at: DateTime<Utc>) -> Self {
        Self(Arc::new(AtomicI64::new(at.timestamp_micros())))
    }

    /// Moves it to `at`.
    pub fn set(&self, at: DateTime<Utc>) {
        self.0.store(at.timestamp_micros(), Ordering::Relaxed);
    }

    /// Where it stands.
    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::Relaxed)).unwrap_or_default()
    }
}
