//! Another answer link for who follows one that has expired. It goes to the address that is kept, and whoever asks for it
//! learns nothing: neither whether the link ever was one, nor to whom the letter goes.

use std::net::IpAddr;
use std::sync::LazyLock;

use entity::vocabulary::LetterKind;

use super::invite::change;
use super::letter;
use super::link::is_open;
use crate::app::door::Door;
use crate::app::permit::permit;
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Respondent};
use crate::domain::participation::takes_answers;
use crate::domain::secret::Secret;
use crate::store::survey::response as responses;
use crate::store::survey::{invitation, respondent, study};

/// How often one address, and everybody together, may ask within an hour.
const MOST: (usize, usize) = (5, 60);

/// The door of this process.
pub fn door() -> &'static Door {
    static DOOR: LazyLock<Door> = LazyLock::new(|| Door::new(MOST.0, MOST.1));
    &DOOR
}

/// Posts a new link where the old one has expired, nobody has ended it and its wave still takes answers: one letter a
/// day. Whatever else it is, nothing happens, and the answer is the same.
pub async fn renew(ctx: &Context, (door, from): (&Door, IpAddr), secret: &str) -> Result<(), Error> {
    door.enter(from, ctx.now()).map_err(Error::TooMany)?;
    let Some(secret) = Secret::parse(secret) else { return Ok(()) };
    let Some(old) = invitation::expired_by_secret(&ctx.db, &secret.digest(), ctx.now()).await? else { return Ok(()) };
    let Some(response) = responses::by_id(&ctx.db, old.response_id).await? else { return Ok(()) };
    let Some(wave) = study::wave(&ctx.db, response.wave_id).await? else { return Ok(()) };
    let reader = respondent::of(&ctx.db, response.entity_id).await?;
    if reader.is_none() || !is_open(&wave, ctx.now()) || !takes_answers(response.status) {
        return Ok(());
    }
    let actor = Actor::Respondent(Respondent {
        response: response.entity_id,
        organisation: response.organisation_id,
        wave: wave.entity_id,
        study: wave.study_id,
    });
    let about = super::of_study(wave.study_id, ctx.now()).in_wave(wave.entity_id).about(response.organisation_id);
    permit(&actor, Action::AnswerWave, &about)?;
    let mut write = Write::begin(ctx, &actor).await?;
    let key = format!("answer-link/{}/{}", response.entity_id, ctx.now().date_naive());
    let kind = (LetterKind::NewAnswerLink, response.entity_id);
    if letter::post(ctx, &write, kind, &old.lang, Some(key)).await? {
        write.change(change(&response));
        write.commit("answer link asked for", &()).await?;
    }
    Ok(())
}
