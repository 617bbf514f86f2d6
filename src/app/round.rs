//! Rounds that are made once an hour, and what a clock that jumps means for them: time that has passed is measured by a
//! clock that cannot be set, and whoever deletes what has had its time believes a day only after it has stood for an hour.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

/// Between two rounds.
const BETWEEN: Duration = Duration::from_hours(1);
/// The two clocks may run apart by this much between two rounds.
const APART: TimeDelta = TimeDelta::minutes(5);

/// What a moment is for a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// The last one was less than an hour ago.
    Early,
    /// It is due.
    Due,
    /// It is due, and the clock of the machine has been set or has stood still since the last one.
    Jumped,
}

/// Rounds that are made once an hour.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rounds {
    last: Option<(DateTime<Utc>, Instant)>,
}

impl Rounds {
    /// What this moment is; a round that is due counts as made.
    pub(super) fn turn(&mut self, wall: DateTime<Utc>, steady: Instant) -> Turn {
        let Some((last_wall, last_steady)) = self.last else {
            self.last = Some((wall, steady));
            return Turn::Due;
        };
        let passed = steady.saturating_duration_since(last_steady);
        if passed < BETWEEN {
            return Turn::Early;
        }
        self.last = Some((wall, steady));
        let apart = (wall - last_wall) - TimeDelta::from_std(passed).unwrap_or(TimeDelta::MAX);
        if apart.abs() > APART { Turn::Jumped } else { Turn::Due }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_the_clock_jumps_to_is_believed_after_an_hour() {
        let (wall, steady): (DateTime<Utc>, _) = ("2026-01-31T12:00:00Z".parse().unwrap(), Instant::now());
        let mut rounds = Rounds::default();
        let ten_years = TimeDelta::days(3_650);
        for (minutes, ahead, expected) in [
            (0, TimeDelta::zero(), Turn::Due),
            (1, TimeDelta::zero(), Turn::Early),
            (2, ten_years, Turn::Early),
            (3, TimeDelta::zero(), Turn::Early),
            (60, TimeDelta::zero(), Turn::Due),
            (120, TimeDelta::seconds(2), Turn::Due),
            (180, ten_years, Turn::Jumped),
            (181, ten_years, Turn::Early),
            (240, ten_years, Turn::Due),
            (300, -ten_years, Turn::Jumped),
        ] {
            let now = wall + TimeDelta::minutes(minutes) + ahead;
            let at = steady + Duration::from_mins(minutes.unsigned_abs());
            assert_eq!(rounds.turn(now, at), expected, "after {minutes} minutes, {ahead} ahead");
        }
    }
}
