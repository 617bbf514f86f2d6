//! A door that whoever has no account may knock at, within bounds. The counts live in this process: they bound abuse,
//! they are no record, and an address stands here only as long as its window.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// The window that knocks are counted in.
const WITHIN: TimeDelta = TimeDelta::hours(1);

/// So many come in within a minute, from wherever they knock: as many as people at a queue can look at.
const AT_ONCE: usize = 20;
const MINUTE: TimeDelta = TimeDelta::minutes(1);

/// A door: how often it was knocked at within an hour, and from where.
#[derive(Debug)]
pub struct Door {
    /// One address may do so this often …
    most_per_address: usize,
    /// … and everybody together this often.
    most: usize,
    knocks: Mutex<HashMap<IpAddr, Vec<DateTime<Utc>>>>,
}

impl Door {
    /// A door with its bounds.
    pub fn new(most_per_address: usize, most: usize) -> Self {
        Self { most_per_address, most, knocks: Mutex::default() }
    }

    /// Lets somebody in, or says after how many seconds they may try again.
    pub fn enter(&self, from: IpAddr, now: DateTime<Utc>) -> Result<(), u32> {
        let mut knocks = self.knocks.lock().unwrap_or_else(PoisonError::into_inner);
        for times in knocks.values_mut() {
            times.retain(|at| *at + WITHIN > now);
        }
        knocks.retain(|_, times| !times.is_empty());
        let is_full = knocks.values().map(Vec::len).sum::<usize>() >= self.most;
        let oldest = knocks.values().flatten().min().copied();
        let mut latest: Vec<_> = knocks.values().flatten().copied().filter(|at| *at + MINUTE > now).collect();
        if latest.len() >= AT_ONCE && !is_full {
            latest.sort_unstable();
            let wait = (latest[latest.len() - AT_ONCE] + MINUTE - now).num_seconds();
            return Err(u32::try_from(wait.max(1)).unwrap_or(1));
        }
        let mine = knocks.entry(from).or_default();
        if is_full || mine.len() >= self.most_per_address {
            let first = if is_full { oldest } else { mine.first().copied() };
            let wait = (first.unwrap_or(now) + WITHIN - now).num_seconds();
            return Err(u32::try_from(wait.max(1)).unwrap_or(1));
        }
        mine.push(now);
        Ok(())
    }

    /// Takes an entry back that came to nothing: of one thing that was sent twice at once, only the first is counted.
    pub fn leave(&self, from: IpAddr, at: DateTime<Utc>) {
        let mut knocks = self.knocks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(times) = knocks.get_mut(&from)
            && let Some(place) = times.iter().rposition(|time| *time == at)
        {
            times.remove(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_that_is_knocked_at_too_often_stays_shut_for_a_while() {
        let door = Door::new(5, 60);
        let now: DateTime<Utc> = "2025-06-30T12:00:00Z".parse().unwrap();
        let from = |last: u8| IpAddr::from([198, 51, 100, last]);
        for _ in 0..5 {
            assert_eq!(door.enter(from(1), now), Ok(()));
        }
        assert_eq!(door.enter(from(1), now), Err(3600));
        assert_eq!(door.enter(from(2), now), Ok(()), "another address is another door");
        door.leave(from(1), now);
        door.leave(from(1), now + MINUTE);
        assert_eq!(door.enter(from(1), now), Ok(()), "what came to nothing is not counted");
        assert_eq!(door.enter(from(1), now), Err(3600), "and nothing else is taken back");
        assert_eq!(door.enter(from(1), now + WITHIN), Ok(()));
        let mut at = now + WITHIN;
        for last in 10..70 {
            at += TimeDelta::seconds(4);
            let _ = door.enter(from(last), at);
        }
        assert_eq!(door.enter(from(99), at), Err(3600 - 240), "and all doors together have a bound");
    }

    #[test]
    fn so_many_come_in_within_a_minute_from_wherever_they_come() {
        let door = Door::new(5, 60);
        let now: DateTime<Utc> = "2025-06-30T12:00:00Z".parse().unwrap();
        let from = |number: usize| IpAddr::from([198, 51, 100, u8::try_from(number).unwrap()]);
        let at = |second: i64| now + TimeDelta::seconds(second);
        let entered = (0..60).filter(|&number| door.enter(from(number), at(number as i64)).is_ok()).count();
        assert_eq!(entered, AT_ONCE, "one knocks each second");
        assert_eq!(door.enter(from(70), at(59)), Err(1));
        assert_eq!(door.enter(from(70), at(60)), Ok(()), "the first has been in for a minute");
    }
}
