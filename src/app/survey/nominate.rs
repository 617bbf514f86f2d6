//! Organisations that put themselves forward for a wave that is open. What they name stays unseen before
//! somebody has looked at it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{LazyLock, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::{OrganisationId, ResponseId};
use entity::vocabulary::Channel;

use super::invite::{One, change, of_wave, record};
use super::link::is_open;
use super::{named, of_study};
use crate::app::permit::permit;
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object, Respondent};
use crate::domain::candidate::Candidate;
use crate::domain::email::{Email, one_line};
use crate::domain::secret::Secret;
use crate::domain::violation::Violation;
use crate::store::survey::study;

/// One address may do so this often within [`WITHIN`].
const MOST_PER_ADDRESS: usize = 5;
/// And everybody together this often.
const MOST: usize = 60;
const WITHIN: TimeDelta = TimeDelta::hours(1);

/// The door: how often it was knocked at, and from where.
#[derive(Debug, Default)]
pub struct Door(Mutex<HashMap<IpAddr, Vec<DateTime<Utc>>>>);

/// The door of this process.
pub fn door() -> &'static Door {
    static DOOR: LazyLock<Door> = LazyLock::new(Door::default);
    &DOOR
}

impl Door {
    /// Lets somebody in, or says after how many seconds they may try again.
    pub(in crate::app) fn enter(&self, from: IpAddr, now: DateTime<Utc>) -> Result<(), u32> {
        let mut knocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for times in knocks.values_mut() {
            times.retain(|at| *at + WITHIN > now);
        }
        knocks.retain(|_, times| !times.is_empty());
        let is_full = knocks.values().map(Vec::len).sum::<usize>() >= MOST;
        let oldest = knocks.values().flatten().min().copied();
        let mine = knocks.entry(from).or_default();
        if is_full || mine.len() >= MOST_PER_ADDRESS {
            let first = if is_full { oldest } else { mine.first().copied() };
            let wait = (first.unwrap_or(now) + WITHIN - now).num_seconds();
            return Err(u32::try_from(wait.max(1)).unwrap_or(1));
        }
        mine.push(now);
        Ok(())
    }
}

/// An organisation that puts itself forward.
#[derive(Clone, Debug)]
pub struct Nominee {
    pub name: String,
    pub website: String,
    pub contact: String,
    pub email: String,
    /// `es` or `en`.
    pub lang: String,
}

/// The open wave of an address that takes nominations; any other is not found.
pub async fn taking(ctx: &Context, slug: &str) -> Result<study::Wave, Error> {
    let wave = study::open_wave(&ctx.db, slug).await?;
    wave.filter(|wave| wave.takes_nominations && is_open(wave, ctx.now())).ok_or(Error::NotFound)
}

/// Takes an organisation into an open wave; its link.
pub async fn nominate(ctx: &Context, door: &Door, from: IpAddr, slug: &str, nominee: Nominee) -> Result<Secret, Error> {
    let wave = taking(ctx, slug).await?;
    permit(&Actor::Anonymous, Action::Nominate, &Object { is_public: true, ..of_study(wave.study_id, ctx.now()) })?;
    let mut faults = Vec::new();
    let name = named("name", &nominee.name, 200, &mut faults);
    let website = Some(nominee.website.trim().to_owned()).filter(|text| !text.is_empty());
    if website.as_deref().is_some_and(|text| url::Url::parse(text).is_err() || !text.starts_with("http")) {
        faults.push(Violation::new("website", "give an address such as https://example.org"));
    }
    faults.extend(Email::parse("email", &nominee.email).err());
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    door.enter(from, ctx.now()).map_err(Error::TooMany)?;
    let candidate = Candidate {
        slug: None,
        name,
        website,
        contact: one_line(&nominee.contact).chars().take(120).collect(),
        email: Some(nominee.email),
        lang: if nominee.lang == "en" { "en" } else { "es" }.to_owned(),
    };
    let (organisation, response) = (OrganisationId(ctx.id()), ResponseId(ctx.id()));
    let actor = Actor::Respondent(Respondent { response, organisation, wave: wave.entity_id, study: wave.study_id });
    let mut write = Write::begin(ctx, &actor).await?;
    let instrument = of_wave(write.transaction(), &wave).await?;
    // Whether the register knows this organisation already is told to nobody who only says its name.
    let organisation = record(ctx, write.transaction(), (organisation, &candidate), None).await?;
    let (wave, channel) = (&wave, Channel::SelfSubmitted);
    let one = One { wave, instrument: &instrument, organisation: &organisation, channel, response };
    let (response, secret) = one.enter(ctx, write.transaction(), &candidate, None).await?;
    write.change(change(&response));
    write.commit("put itself forward", &()).await?;
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_that_is_knocked_at_too_often_stays_shut_for_a_while() {
        let door = Door::default();
        let now: DateTime<Utc> = "2025-06-30T12:00:00Z".parse().unwrap();
        let from = |last: u8| IpAddr::from([198, 51, 100, last]);
        for _ in 0..MOST_PER_ADDRESS {
            assert_eq!(door.enter(from(1), now), Ok(()));
        }
        assert_eq!(door.enter(from(1), now), Err(3600));
        assert_eq!(door.enter(from(2), now), Ok(()), "another address is another door");
        assert_eq!(door.enter(from(1), now + WITHIN), Ok(()));
        for last in 10..70 {
            let _ = door.enter(from(last), now + WITHIN);
        }
        assert_eq!(door.enter(from(99), now + WITHIN), Err(3600), "and all doors together have a bound");
    }
}
