//! Answer links: made, followed, made anew, ended. A link acts for one organisation in one wave; so does an
//! account that may answer for it.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use entity::id::{InvitationId, OrganisationId, ResponseId};
use entity::vocabulary::ResponseStatus;

use super::{hand, of_study};
use crate::app::permit::permit;
use crate::app::write::{Change, Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object, Respondent};
use crate::domain::participation::{self, Step, advance, takes_answers};
use crate::domain::secret::Secret;
use crate::store::Transaction;
use crate::store::survey::invitation::{self as stored, Invitation};
use crate::store::survey::response::{self as responses, Response};
use crate::store::survey::study::{self as studies, Wave};

/// A link is good for so long, to the end of that day, or until the wave closes.
pub const TERM: TimeDelta = TimeDelta::days(30);

/// A response that somebody answers, and by what right.
#[derive(Clone, Debug)]
pub struct Followed {
    /// Who acts: the holder of the link, or an account.
    pub actor: Actor,
    /// The link; `None` for an account.
    pub invitation: Option<Invitation>,
    pub response: Response,
    pub wave: Wave,
}

impl Followed {
    /// Whether who answers is shown: to the holder of their link alone. Whoever runs the study reads them on the page of the
    /// response, where each look is written down.
    pub fn shows_person(&self) -> bool {
        self.invitation.is_some()
    }

    /// Whether they have said that they take no part: nobody is asked any more then.
    pub fn has_refused(&self) -> bool {
        self.response.status == ResponseStatus::Refused
    }

    /// What is answered, as the record has it: who acts has to be the one that it is about.
    pub fn object(&self, at: DateTime<Utc>) -> Object {
        of_study(self.wave.study_id, at).in_wave(self.response.wave_id).about(self.response.organisation_id)
    }
}

/// Whose link this is. One that was never made, is revoked, too old, or of a wave that is not open: not found,
/// and nothing tells which.
pub async fn follow(ctx: &Context, secret: &str) -> Result<Followed, Error> {
    let Some(secret) = Secret::parse(secret) else { return Err(Error::NotFound) };
    let found = stored::by_secret(&ctx.db, &secret.digest(), ctx.now()).await?;
    let invitation = found.ok_or(Error::NotFound)?;
    let response = responses::by_id(&ctx.db, invitation.response_id).await?.ok_or(Error::NotFound)?;
    let wave = studies::wave(&ctx.db, response.wave_id).await?.ok_or(Error::NotFound)?;
    if !is_open(&wave, ctx.now()) {
        return Err(Error::NotFound);
    }
    let respondent = Respondent {
        response: response.entity_id,
        organisation: response.organisation_id,
        wave: response.wave_id,
        study: wave.study_id,
    };
    Ok(Followed { actor: Actor::Respondent(respondent), invitation: Some(invitation), response, wave })
}

/// Whose link this is, for who answers by it: whoever takes no part is told so.
pub async fn answering(ctx: &Context, secret: &str) -> Result<Followed, Error> {
    let followed = follow(ctx, secret).await?;
    if followed.has_refused() {
        let message = "you have said that you do not take part; ask those who run the study for a new link";
        return Err(Error::Conflict(message.to_owned()));
    }
    Ok(followed)
}

/// The response that an account answers: its own organisation's, or, from the desk, one of its study.
pub async fn as_account(ctx: &Context, actor: &Actor, id: ResponseId) -> Result<Followed, Error> {
    let response = responses::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    let wave = studies::wave(&ctx.db, response.wave_id).await?.ok_or(Error::NotFound)?;
    let followed = Followed { actor: actor.clone(), invitation: None, response, wave };
    permit(actor, Action::AnswerWave, &followed.object(ctx.now()))?;
    if is_open(&followed.wave, ctx.now()) { Ok(followed) } else { Err(super::not_open()) }
}

/// The responses of an organisation that are waited for and that an account may answer now.
pub async fn answerable(ctx: &Context, actor: &Actor, organisation: OrganisationId) -> Result<Vec<Followed>, Error> {
    let mut found = Vec::new();
    for response in responses::of_organisation(&ctx.db, organisation).await? {
        found.extend(awaited(ctx, actor, response.entity_id).await?);
    }
    Ok(found)
}

/// A response that is waited for, where an account may answer it now.
pub async fn awaited(ctx: &Context, actor: &Actor, id: ResponseId) -> Result<Option<Followed>, Error> {
    match as_account(ctx, actor, id).await {
        Ok(followed) => Ok(Some(followed).filter(|one| takes_answers(one.response.status))),
        Err(Error::NotFound | Error::Forbidden | Error::Conflict(_) | Error::SecondFactor) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a wave takes answers at a moment: while it is open, until the end of its last day.
pub fn is_open(wave: &Wave, at: DateTime<Utc>) -> bool {
    participation::is_open(wave.state, wave.closes_on, at.date_naive())
}

/// Makes the link of a response anew; those before it are worthless from now on.
pub async fn make(
    ctx: &Context,
    transaction: &Transaction,
    response: ResponseId,
    wave: &Wave,
    (lang, by): (&str, Option<uuid::Uuid>),
) -> Result<Secret, Error> {
    stored::revoke_all(transaction, response, ctx.now()).await?;
    add(ctx, transaction, response, wave, (lang, by)).await
}

/// Makes one more link of a response, beside those that it has: a letter that reminds does not end the link of
/// the letter before.
pub(super) async fn add(
    ctx: &Context,
    transaction: &Transaction,
    response: ResponseId,
    wave: &Wave,
    (lang, by): (&str, Option<uuid::Uuid>),
) -> Result<Secret, Error> {
    hand::of_link(transaction, response, by).await?;
    let (secret, now) = (ctx.secret(), ctx.now());
    let invitation = Invitation {
        id: InvitationId(ctx.id()),
        response_id: response,
        secret_hash: secret.digest(),
        hint: secret.hint().to_owned(),
        lang: lang.to_owned(),
        created_at: now,
        created_by: by,
        expires_at: ends_at(wave, now),
        sent_at: None,
        opened_at: None,
        revoked_at: None,
        sent_to: None,
    };
    stored::insert(transaction, invitation).await?;
    Ok(secret)
}

/// When a link that is made at a moment ends.
pub(super) fn ends_at(wave: &Wave, at: DateTime<Utc>) -> DateTime<Utc> {
    let last = (at + TERM).date_naive();
    let last = wave.closes_on.map_or(last, |closes| closes.min(last));
    last.checked_add_days(Days::new(1)).map_or(at + TERM, |day| day.and_time(NaiveTime::MIN).and_utc())
}

/// The day at the end of which a link ends.
pub fn last_day(ends_at: DateTime<Utc>) -> NaiveDate {
    (ends_at - TimeDelta::seconds(1)).date_naive()
}

/// Makes a response's link anew, for whoever runs the study to hand over. A link is told once: whoever repeats the same
/// request gets none, and the first stays good.
pub async fn rotate(ctx: &Context, actor: &Actor, id: ResponseId, key: Option<&str>) -> Result<Option<Secret>, Error> {
    let response = responses::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    let wave = super::wave(ctx, response.wave_id).await?;
    permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now()))?;
    if !is_open(&wave, ctx.now()) {
        return Err(super::not_open());
    }
    let lang = stored::of(&ctx.db, id).await?.first().map_or_else(|| "es".to_owned(), |last| last.lang.clone());
    let mut write = Write::begin(ctx, actor).await?;
    if write.repeated::<()>(Once { mutation: "invitationRenew", key }, &id).await?.is_some() {
        return Ok(None);
    }
    let now = responses::by_id_in(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    let after = advance(now.status, Step::Invite).map_err(|error| Error::Conflict(error.to_string()))?;
    let step = super::a_move(ctx, (now.status, after), write.at());
    if !responses::move_status(write.transaction(), id, step).await? {
        return Err(Error::Conflict("somebody has just changed this response".to_owned()));
    }
    let secret = make(ctx, write.transaction(), id, &wave, (&lang, actor.id())).await?;
    write.change(change(&now, "link made"));
    write.commit("answer link made", &()).await?;
    Ok(Some(secret))
}

/// Ends all links of a response; says how many there were.
pub async fn revoke_all(ctx: &Context, actor: &Actor, id: ResponseId) -> Result<u64, Error> {
    let response = responses::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    let wave = super::wave(ctx, response.wave_id).await?;
    permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now()))?;
    let mut write = Write::begin(ctx, actor).await?;
    let ended = stored::revoke_all(write.transaction(), id, write.at()).await?;
    if ended > 0 {
        write.change(change(&response, "links ended"));
        write.commit("answer links ended", &()).await?;
    }
    Ok(ended)
}

/// Ends a link; says whose it was.
pub async fn revoke(ctx: &Context, actor: &Actor, id: InvitationId) -> Result<ResponseId, Error> {
    let invitation = stored::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    let response = responses::by_id(&ctx.db, invitation.response_id).await?.ok_or(Error::NotFound)?;
    let wave = super::wave(ctx, response.wave_id).await?;
    permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now()))?;
    let mut write = Write::begin(ctx, actor).await?;
    if stored::revoke(write.transaction(), id, write.at()).await? {
        write.change(change(&response, "link ended"));
        write.commit("answer link ended", &()).await?;
    }
    Ok(response.entity_id)
}

fn change(response: &Response, what: &str) -> Change {
    Change {
        kind: "response",
        record: response.entity_id.0,
        subject: response.organisation_id.0,
        is_public: false,
        before: None,
        after: Some(serde_json::json!({ "link": what })),
    }
}
