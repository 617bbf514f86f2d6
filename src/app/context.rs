//! What every use case needs: the database, the clock, and new ids. The only place that asks the
//! machine for the time or for a random id, so that tests can fix both.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use uuid::Uuid;

use crate::store::Db;

/// The surroundings of a use case.
#[derive(Clone, Debug)]
pub struct Context {
    /// The record.
    pub db: Db,
    clock: Clock,
    ids: Ids,
}

impl Context {
    /// With the machine's clock and random ids.
    pub fn new(db: Db) -> Self {
        Self { db, clock: Clock::Machine, ids: Ids::Random }
    }

    /// With a clock that stands still and ids that count: for tests.
    pub fn fixed(db: Db, clock: FixedClock) -> Self {
        Self { db, clock: Clock::Fixed(clock), ids: Ids::Counted(Arc::new(AtomicU64::new(1))) }
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
