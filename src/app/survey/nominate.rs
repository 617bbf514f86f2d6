//! Organisations that put themselves forward for a wave that is open. What they name stays unseen before
//! somebody has looked at it.

use std::net::IpAddr;
use std::sync::LazyLock;

use entity::id::{OrganisationId, ResponseId};
use entity::vocabulary::{Channel, LetterKind};
use serde::Serialize;
use uuid::Uuid;

use super::invite::{One, change, of_wave, record};
use super::link::{self, is_open};
use super::{letter, named, of_study};
use crate::app::door::Door;
use crate::app::permit::permit;
use crate::app::write::{Once, Write, answered};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object, Respondent};
use crate::domain::candidate::Candidate;
use crate::domain::email::Email;
use crate::domain::secret::Secret;
use crate::domain::text::{one_line, web_address};
use crate::domain::violation::Violation;
use crate::store::survey::response as responses;
use crate::store::survey::study;

/// How often one address, and everybody together, may put an organisation forward within an hour.
const MOST: (usize, usize) = (5, 60);

/// The door of this process.
pub fn door() -> &'static Door {
    static DOOR: LazyLock<Door> = LazyLock::new(|| Door::new(MOST.0, MOST.1));
    &DOOR
}

/// An organisation that puts itself forward.
#[derive(Clone, Debug, Serialize)]
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

/// Takes an organisation into an open wave; its link. Sent twice with a key, it is taken in once, and each time there
/// is a link to its one response: whoever clicks twice reads the second answer.
pub async fn nominate(
    ctx: &Context,
    (door, from): (&Door, IpAddr),
    slug: &str,
    nominee: Nominee,
    key: Option<&str>,
) -> Result<Secret, Error> {
    let wave = taking(ctx, slug).await?;
    permit(&Actor::Anonymous, Action::Nominate, &Object { is_public: true, ..of_study(wave.study_id, ctx.now()) })?;
    let mut faults = Vec::new();
    let name = named("name", &nominee.name, 200, &mut faults);
    let website = web_address(&nominee.website);
    if website.is_none() && !nominee.website.trim().is_empty() {
        faults.push(Violation::new("website", "give an address such as https://example.org"));
    }
    faults.extend(Email::parse("email", &nominee.email).err());
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let (once, input) = (Once { mutation: "nominate", key }, (slug, &nominee));
    if let Some(before) = answered(ctx, &Actor::Anonymous, once, &input).await? {
        return once_more(ctx, before, &wave, &nominee.lang).await;
    }
    door.enter(from, ctx.now()).map_err(Error::TooMany)?;
    let candidate = Candidate {
        slug: None,
        name,
        website,
        contact: one_line(&nominee.contact).chars().take(120).collect(),
        email: Some(nominee.email.clone()),
        lang: if nominee.lang == "en" { "en" } else { "es" }.to_owned(),
    };
    let (organisation, response) = (OrganisationId(ctx.id()), ResponseId(ctx.id()));
    let actor = Actor::Respondent(Respondent { response, organisation, wave: wave.entity_id, study: wave.study_id });
    let mut write = Write::begin(ctx, &actor).await?;
    if let Some(before) = write.repeated_by_anybody(once, &input).await? {
        drop(write);
        return once_more(ctx, before, &wave, &nominee.lang).await;
    }
    let instrument = of_wave(write.transaction(), &wave).await?;
    // Whether the register knows this organisation already is told to nobody who only says its name.
    let organisation = record(ctx, write.transaction(), (organisation, &candidate), None).await?;
    let (wave, channel) = (&wave, Channel::SelfSubmitted);
    let one = One { wave, instrument: &instrument, organisation: &organisation, channel, response };
    let (response, secret) = one.enter(ctx, write.transaction(), &candidate, None).await?;
    // The address in the browser is one way back; the letter is the other, on any device.
    letter::post(ctx, &write, (LetterKind::Nomination, response.entity_id), &candidate.lang, None).await?;
    write.change(change(&response));
    write.touch("wave", wave.entity_id.0);
    write.commit("put itself forward", &response.entity_id.0).await?;
    Ok(secret)
}

/// One more link to the response of somebody who has sent the form before; the first one stays good.
async fn once_more(ctx: &Context, response: Uuid, wave: &study::Wave, lang: &str) -> Result<Secret, Error> {
    let known = responses::by_id(&ctx.db, ResponseId(response)).await?.ok_or(Error::NotFound)?;
    let actor = Actor::Respondent(Respondent {
        response: known.entity_id,
        organisation: known.organisation_id,
        wave: wave.entity_id,
        study: wave.study_id,
    });
    let mut write = Write::begin(ctx, &actor).await?;
    let secret = link::add(ctx, write.transaction(), known.entity_id, wave, (lang, None)).await?;
    write.change(change(&known));
    write.commit("answer link made", &()).await?;
    Ok(secret)
}
