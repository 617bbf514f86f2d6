//! The risk that a late dataset is to those who use it: how late × how much depends on it.

use chrono::{Days, Months, NaiveDate};
use entity::vocabulary::{Criticality, HttpState};

use super::method;
use crate::atlas::{Atlas, DatasetIx, OrgIx};

/// An interval of ISO 8601, as far as repeating intervals of publications go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    pub months: u32,
    pub days: u32,
}

impl Interval {
    /// Reads `R/P1M`, `P5Y`, `R/P2W`; `None` for `irregular` and the like, which have no interval.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix("R/").unwrap_or(text).strip_prefix('P')?;
        let mut interval = Self { months: 0, days: 0 };
        let mut number = 0_u32;
        let mut digits = false;
        for letter in text.chars() {
            match letter {
                '0'..='9' => {
                    number = number.checked_mul(10)?.checked_add(letter.to_digit(10)?)?;
                    digits = true;
                    continue;
                }
                _ if !digits => return None,
                'Y' => interval.months = interval.months.checked_add(number.checked_mul(12)?)?,
                'M' => interval.months = interval.months.checked_add(number)?,
                'W' => interval.days = interval.days.checked_add(number.checked_mul(7)?)?,
                'D' => interval.days = interval.days.checked_add(number)?,
                _ => return None,
            }
            (number, digits) = (0, false);
        }
        (!digits && (interval.months, interval.days) != (0, 0)).then_some(interval)
    }

    fn after(self, date: NaiveDate) -> Option<NaiveDate> {
        date.checked_add_months(Months::new(self.months))?.checked_add_days(Days::new(u64::from(self.days)))
    }
}

/// How late a dataset is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lateness {
    pub due: NaiveDate,
    pub interval_days: i64,
    pub grace_days: i64,
    pub overdue_days: i64,
    /// 0 in time … 1 at least one interval late.
    pub factor: f64,
}

/// How late something is that changes in intervals.
pub fn lateness(modified: NaiveDate, interval: Interval, as_of: NaiveDate) -> Option<Lateness> {
    let due = interval.after(modified)?;
    let interval_days = (due - modified).num_days();
    let grace_days = ((interval_days as f64 * method::GRACE).floor() as i64).max(1);
    let overdue_days = ((as_of - due).num_days() - grace_days).max(0);
    let factor = (overdue_days as f64 / interval_days.max(method::SHORTEST_SCALE) as f64).min(1.0);
    Some(Lateness { due, interval_days, grace_days, overdue_days, factor })
}

/// Why a dataset's lateness is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Its frequency has no interval, or none is stated.
    NoInterval,
    /// Nobody says when it was last changed.
    NoDate,
    /// Every one of its files is dead.
    Dead,
}

/// The risk of one dataset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Risk {
    pub lateness: Option<Lateness>,
    /// 0 to 1.
    pub factor: f64,
    /// Σ of criticality × grade.
    pub dependence: f64,
    /// factor × dependence.
    pub risk: f64,
    pub users: u64,
    /// Users that call it core.
    pub core_users: u64,
    pub note: Option<Note>,
}

/// The risk of a dataset at the atlas's date.
pub fn risk(atlas: &Atlas, dataset: DatasetIx) -> Risk {
    let row = atlas.dataset(dataset);
    let files = atlas.distributions_of(dataset);
    let dead = !files.is_empty() && files.iter().all(|file| file.http_state == HttpState::Dead);
    let interval = atlas.maybe(row.frequency).and_then(Interval::parse);
    let lateness = row.modified_on.zip(interval).and_then(|(on, interval)| lateness(on, interval, atlas.as_of));
    let (factor, note) = match &lateness {
        _ if dead => (1.0, Some(Note::Dead)),
        Some(lateness) => (lateness.factor, None),
        None if interval.is_none() => (0.0, Some(Note::NoInterval)),
        None => (0.0, Some(Note::NoDate)),
    };
    let mut dependence = 0.0;
    let (mut users, mut core) = (Vec::<OrgIx>::new(), Vec::<OrgIx>::new());
    for &claim in atlas.claims_on(dataset) {
        let claim = atlas.claim(claim);
        if !claim.figures(false) || !atlas.listed().contains(claim.organisation.get()) {
            continue;
        }
        dependence += method::criticality_weight(claim.criticality) * method::grade_weight(claim.grade);
        users.push(claim.organisation);
        if claim.criticality == Criticality::Core {
            core.push(claim.organisation);
        }
    }
    // Claims on a dataset stand by organisation.
    users.dedup();
    core.dedup();
    Risk {
        lateness,
        factor,
        dependence,
        risk: factor * dependence,
        users: users.len() as u64,
        core_users: core.len() as u64,
        note,
    }
}

/// The datasets at risk, highest first; those without any are left out.
pub fn at_risk(atlas: &Atlas, datasets: impl IntoIterator<Item = DatasetIx>) -> Vec<(DatasetIx, Risk)> {
    let risks = datasets.into_iter().map(|dataset| (dataset, risk(atlas, dataset)));
    let mut risks: Vec<(DatasetIx, Risk)> = risks.filter(|(_, risk)| risk.risk > 0.0).collect();
    risks.sort_by(|(a, x), (b, y)| y.risk.total_cmp(&x.risk).then(a.cmp(b)));
    risks
}
