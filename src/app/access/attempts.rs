//! How often signing in may be tried. The counts live in this process and are gone when it ends: they bound
//! guessing, they are no record. Addresses stand here only as long as their window.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::AccountId;

/// Beyond this many counts the old ones are thrown away.
const COUNTS: usize = 50_000;

/// So many attempts within so long.
#[derive(Clone, Copy, Debug)]
struct Bound {
    most: u32,
    window: TimeDelta,
}

/// Passwords that may be tried for one account.
const PER_ACCOUNT: Bound = Bound { most: 5, window: TimeDelta::minutes(15) };
/// Passwords and links that one address may try.
const PER_ADDRESS: Bound = Bound { most: 50, window: TimeDelta::hours(1) };
/// Links that may be asked for one account.
const LINKS: Bound = Bound { most: 5, window: TimeDelta::hours(1) };

/// One-time codes that may be tried for an account by somebody who has shown its first factor: each fits one of three
/// steps by chance once in 333,333.
const CODES: Bound = Bound { most: 5, window: TimeDelta::minutes(15) };
/// The same over a day.
const CODES_A_DAY: Bound = Bound { most: 20, window: LONGEST };
/// The longest of all windows.
const LONGEST: TimeDelta = TimeDelta::hours(24);

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Account(String),
    /// An account from an address that it has been signed in from.
    Known(String, IpAddr),
    Address(IpAddr),
    Links(String),
    Codes(AccountId),
    CodesOfDay(AccountId),
}

#[derive(Debug, Default)]
struct Counts {
    counts: HashMap<Key, (u32, DateTime<Utc>)>,
    /// Where accounts have been signed in from: a stranger's guesses do not lock their owner out there.
    known: HashSet<(String, IpAddr)>,
}

/// The counts of all attempts.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<Counts>);

impl Attempts {
    /// Counts a password that is tried; the seconds to wait when it is one too many.
    pub(super) fn password(&self, email_key: &str, from: IpAddr, now: DateTime<Utc>) -> Result<(), u32> {
        let mut counts = self.lock();
        let known = (email_key.to_owned(), from);
        let account = if counts.known.contains(&known) { Key::Known(known.0, from) } else { Key::Account(known.0) };
        counts.take(Key::Address(from), PER_ADDRESS, now)?;
        counts.take(account, PER_ACCOUNT, now)
    }

    /// Forgets the failures of an account whose password was right, and remembers where from.
    pub(super) fn succeeded(&self, email_key: &str, from: IpAddr) {
        let mut counts = self.lock();
        if counts.known.len() >= COUNTS {
            counts.known.clear();
        }
        counts.known.insert((email_key.to_owned(), from));
        counts.forgive(from);
        counts.counts.remove(&Key::Known(email_key.to_owned(), from));
        counts.counts.remove(&Key::Account(email_key.to_owned()));
    }

    /// Forgets one attempt of an address that was no guess: many people of one institution come from one address.
    pub(super) fn was_right(&self, from: IpAddr) {
        self.lock().forgive(from);
    }

    /// Counts a link that is asked for.
    pub(super) fn link(&self, email_key: &str, from: IpAddr, now: DateTime<Utc>) -> Result<(), u32> {
        let mut counts = self.lock();
        counts.take(Key::Address(from), PER_ADDRESS, now)?;
        counts.take(Key::Links(email_key.to_owned()), LINKS, now)
    }

    /// Counts a one-time code that is tried. Nobody is known here: whoever tries has shown the first factor.
    pub(super) fn code(&self, account: AccountId, from: IpAddr, now: DateTime<Utc>) -> Result<(), u32> {
        let mut counts = self.lock();
        counts.take(Key::Address(from), PER_ADDRESS, now)?;
        counts.take(Key::CodesOfDay(account), CODES_A_DAY, now)?;
        counts.take(Key::Codes(account), CODES, now)
    }

    /// Forgets the wrong codes of an account that has given a right one.
    pub(super) fn code_was_right(&self, account: AccountId) {
        let mut counts = self.lock();
        counts.counts.remove(&Key::Codes(account));
        counts.counts.remove(&Key::CodesOfDay(account));
    }

    /// Counts a secret that is tried.
    pub(super) fn secret(&self, from: IpAddr, now: DateTime<Utc>) -> Result<(), u32> {
        self.lock().take(Key::Address(from), PER_ADDRESS, now)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    fn forgive(&mut self, from: IpAddr) {
        if let Some((count, _)) = self.counts.get_mut(&Key::Address(from)) {
            *count = count.saturating_sub(1);
        }
    }

    fn take(&mut self, key: Key, bound: Bound, now: DateTime<Utc>) -> Result<(), u32> {
        if self.counts.len() >= COUNTS {
            self.counts.retain(|_, (_, since)| now - *since < LONGEST);
        }
        let (count, since) = self.counts.entry(key).or_insert((0, now));
        // A clock that was set back must not lock anyone out.
        if now - *since >= bound.window || now < *since {
            (*count, *since) = (0, now);
        }
        if *count >= bound.most {
            let left = bound.window - (now - *since);
            return Err(u32::try_from(left.num_seconds()).unwrap_or(u32::MAX).max(1));
        }
        *count += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_750_000_000 + seconds, 0).unwrap()
    }

    fn ip(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn five_passwords_in_a_quarter_of_an_hour() {
        let attempts = Attempts::default();
        for one in 0..5 {
            assert_eq!(attempts.password("a@b.mx", ip(one), at(0)), Ok(()));
        }
        assert_eq!(attempts.password("a@b.mx", ip(9), at(60)), Err(840));
        assert_eq!(attempts.password("c@b.mx", ip(9), at(60)), Ok(()), "another account has its own");
        assert_eq!(attempts.password("a@b.mx", ip(9), at(900)), Ok(()));
    }

    #[test]
    fn an_owner_is_not_locked_out_where_it_has_signed_in() {
        let attempts = Attempts::default();
        attempts.succeeded("a@b.mx", ip(1));
        for _ in 0..5 {
            assert_eq!(attempts.password("a@b.mx", ip(2), at(0)), Ok(()));
        }
        assert!(attempts.password("a@b.mx", ip(2), at(0)).is_err());
        assert_eq!(attempts.password("a@b.mx", ip(1), at(0)), Ok(()));
    }

    #[test]
    fn five_codes_in_a_quarter_of_an_hour_and_twenty_a_day() {
        let (attempts, ana) = (Attempts::default(), AccountId(uuid::Uuid::from_u128(1)));
        let tries = |attempts: &Attempts, since: i64, last: u8| {
            (0..10).filter(|_| attempts.code(ana, ip(last), at(since)).is_ok()).count()
        };
        assert_eq!(tries(&attempts, 0, 1), 5);
        assert_eq!(tries(&attempts, 60, 2), 0, "another address is none better");
        assert_eq!(attempts.code(AccountId(uuid::Uuid::from_u128(2)), ip(3), at(60)), Ok(()));
        let later: usize = (1..8).map(|quarter| tries(&attempts, quarter * 900, quarter as u8 + 10)).sum();
        assert!(later <= 15, "{later}");
        assert_eq!(tries(&attempts, 80_000, 30), 0);
        assert_eq!(tries(&attempts, 86_400, 31), 5);
        attempts.code_was_right(ana);
        assert_eq!(tries(&attempts, 86_401, 32), 5);
    }

    #[test]
    fn one_address_tries_fifty_times_an_hour() {
        let attempts = Attempts::default();
        for one in 0..50 {
            assert_eq!(attempts.password(&format!("{one}@b.mx"), ip(1), at(0)), Ok(()));
        }
        assert_eq!(attempts.password("x@b.mx", ip(1), at(1)), Err(3599));
        assert!(attempts.link("x@b.mx", ip(1), at(1)).is_err());
        assert!(attempts.secret(ip(1), at(1)).is_err());
        assert_eq!(attempts.secret(ip(2), at(1)), Ok(()));
        assert_eq!(attempts.secret(ip(1), at(3600)), Ok(()));
    }
    #[test]
    fn what_was_right_is_no_guess() {
        let attempts = Attempts::default();
        for one in 0..200 {
            let name = format!("{one}@b.mx");
            assert_eq!(attempts.password(&name, ip(1), at(0)), Ok(()), "many people come from one address");
            attempts.succeeded(&name, ip(1));
        }
        let wrong = (0..100).filter(|one| attempts.password(&format!("w{one}@b.mx"), ip(1), at(1)).is_ok()).count();
        assert_eq!(wrong, 50);
    }
}
