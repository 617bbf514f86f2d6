//! The second factor of an account: set up, renewed and ended by its owner, ended on the machine for who has lost
//! everything. Its owner is written to whenever it changes.

use std::collections::BTreeSet;
use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::AccountId;
use entity::vocabulary::{AccessEventKind, FactorKind, LetterKind, SignInMethod};
use serde_json::json;

use super::sign_in::SignedIn;
use super::{Access, account, session};
use crate::app::permit::{account as acting_account, permit};
use crate::app::write::{Letter, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Account, Action, Actor, Object};
use crate::domain::second_factor::Typed;
use crate::domain::second_factor::recovery::{self, RecoveryCode};
use crate::domain::second_factor::totp::Seed;
use crate::domain::violation::{Fault, Violation};
use crate::store;
use crate::store::access::second_factor as rows;

/// A seed that was offered waits so long for its first code.
pub const OFFERED: TimeDelta = TimeDelta::minutes(30);

/// What its owner sees of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    pub since: DateTime<Utc>,
    /// Codes for a lost device that are left.
    pub codes_left: u64,
}

/// What of it has changed, for the letter to its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    Set,
    Ended,
    Removed,
    Codes,
    CodeUsed,
}

impl News {
    /// The last part of the key of its text.
    fn word(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Ended => "ended",
            Self::Removed => "removed",
            Self::Codes => "codes",
            Self::CodeUsed => "codeUsed",
        }
    }
}

/// The second factor of the account that acts; `None` where it has none.
pub async fn own(ctx: &Context, actor: &Actor) -> Result<Option<Status>, Error> {
    let acting = acting_account(actor)?;
    permit(actor, Action::ReadOwnAccount, &Object::of(acting.id, ctx.now()))?;
    let Some(factor) = rows::one(&ctx.db, acting.id).await? else { return Ok(None) };
    let codes_left = rows::count_left(&ctx.db, acting.id).await?;
    Ok(Some(Status { since: factor.since, codes_left }))
}

/// Which of these accounts have one.
pub async fn among(ctx: &Context, actor: &Actor, accounts: &[AccountId]) -> Result<BTreeSet<AccountId>, Error> {
    permit(actor, Action::ReadAccounts, &Object::platform(ctx.now()))?;
    Ok(rows::among(&ctx.db, accounts).await?)
}

/// The seed that the account that acts has been offered and has not yet given a code of.
pub async fn offered(access: &Access, actor: &Actor) -> Result<Option<Seed>, Error> {
    let (ctx, acting) = (&access.ctx, own_browser(&access.ctx, actor)?);
    let offer = rows::one_offered(&ctx.db, acting.id, ctx.now() - OFFERED).await?;
    Ok(offer.and_then(|offer| access.seal.open(&offer.seed, owner(acting.id).as_slice())))
}

/// Offers a seed. Who has a second factor already shows it: whoever finds a browser open sets up none of their own.
pub async fn begin(access: &Access, actor: &Actor, from: IpAddr, typed: &str) -> Result<Seed, Error> {
    let (ctx, acting) = (&access.ctx, own_browser(&access.ctx, actor)?);
    let write = if rows::one(&ctx.db, acting.id).await?.is_some() {
        proven(access, actor, acting.id, from, typed).await?
    } else {
        Write::begin(ctx, actor).await?
    };
    let seed = Seed::of_bits(tail(ctx.bits()));
    let offer = rows::Offer { account_id: acting.id, seed: close(access, &seed, acting.id)?, offered_at: write.at() };
    rows::offer(write.transaction(), offer).await?;
    write.commit("second factor offered", &()).await?;
    Ok(seed)
}

/// Takes back what was offered.
pub async fn cancel(access: &Access, actor: &Actor) -> Result<(), Error> {
    let acting = own_browser(&access.ctx, actor)?;
    let write = Write::begin(&access.ctx, actor).await?;
    rows::end_offer(write.transaction(), acting.id).await?;
    write.commit("second factor not set", &()).await?;
    Ok(())
}

/// What is there once a second factor is set.
#[derive(Debug)]
pub struct Set {
    /// The session that goes on; all others have ended.
    pub signed_in: SignedIn,
    /// Shown once.
    pub codes: Vec<RecoveryCode>,
}

/// Sets the seed that was offered, once a code shows that an app has it. All sessions end, and a new one begins.
pub async fn confirm(access: &Access, actor: &Actor, from: IpAddr, typed: &str) -> Result<Set, Error> {
    let (ctx, acting) = (&access.ctx, own_browser(&access.ctx, actor)?);
    let Some(Typed::Code(code)) = Typed::parse(typed) else { return Err(malformed()) };
    count(access, acting.id, from)?;
    let write = Write::begin(ctx, actor).await?;
    let (id, at) = (acting.id, write.at());
    let offer = rows::offered(write.transaction(), id, at - OFFERED).await?;
    let seed = offer.and_then(|offer| access.seal.open(&offer.seed, owner(id).as_slice()));
    let Some(seed) = seed else {
        return Err(Error::Conflict("nothing is being set up; begin again".to_owned()));
    };
    let Some(step) = seed.step_of(&code, at, 0) else {
        return refuse(write, id, "of a new app").await;
    };
    access.attempts.code_was_right(id);
    let method = match acting.session {
        Some(session) => store::access::session::method(write.transaction(), session).await?,
        None => None,
    };
    let factor = rows::Factor { account_id: id, seed: close(access, &seed, id)?, since: at, last_step: step };
    rows::set(write.transaction(), factor).await?;
    rows::end_offer(write.transaction(), id).await?;
    let codes = new_codes(ctx, &write, id).await?;
    store::access::session::revoke_all(write.transaction(), id, None, at).await?;
    write.event(AccessEventKind::SecondFactorSet, Some(id), None, "").await?;
    tell(&write, id, News::Set).await?;
    let method = method.unwrap_or(SignInMethod::Password);
    let (session, secret) = session::begin(ctx, &write, id, method, Some(FactorKind::Code)).await?;
    write.commit("second factor set", &()).await?;
    Ok(Set { signed_in: SignedIn { session, secret }, codes })
}

/// Makes new codes for a lost device; the old ones are worthless.
pub async fn renew_codes(
    access: &Access,
    actor: &Actor,
    from: IpAddr,
    typed: &str,
) -> Result<Vec<RecoveryCode>, Error> {
    let (ctx, acting) = (&access.ctx, own_browser(&access.ctx, actor)?);
    let write = proven(access, actor, acting.id, from, typed).await?;
    let codes = new_codes(ctx, &write, acting.id).await?;
    write.event(AccessEventKind::RecoveryCodesMade, Some(acting.id), None, "").await?;
    tell(&write, acting.id, News::Codes).await?;
    write.commit("recovery codes made", &()).await?;
    Ok(codes)
}

/// Ends the second factor of the account that acts, and all its sessions but this one. Roles of staff sleep from here
/// on where they need one.
pub async fn end(access: &Access, actor: &Actor, from: IpAddr, typed: &str) -> Result<(), Error> {
    let acting = own_browser(&access.ctx, actor)?;
    let write = proven(access, actor, acting.id, from, typed).await?;
    take_away(&write, acting.id, acting.session).await?;
    if let Some(session) = acting.session {
        store::access::session::set_factor(write.transaction(), session, None).await?;
    }
    write.event(AccessEventKind::SecondFactorEnded, Some(acting.id), None, "by its owner").await?;
    tell(&write, acting.id, News::Ended).await?;
    write.commit("second factor ended", &()).await?;
    Ok(())
}

/// Ends the second factor of an account whose owner has lost the device and the codes, for whoever runs the machine and
/// has made sure of who asks. Its sessions, links and tokens end; says whether there was one.
pub async fn remove(access: &Access, actor: &Actor, id: AccountId) -> Result<bool, Error> {
    let ctx = &access.ctx;
    permit(actor, Action::ManageAccounts, &Object::platform(ctx.now()))?;
    let write = Write::begin(ctx, actor).await?;
    account::by_id_in(write.transaction(), id).await?;
    if !take_away(&write, id, None).await? {
        return Ok(false);
    }
    store::access::session::void_links(write.transaction(), id, write.at()).await?;
    write.event(AccessEventKind::SecondFactorEnded, Some(id), None, "for its owner").await?;
    tell(&write, id, News::Removed).await?;
    write.commit("second factor removed", &()).await?;
    Ok(true)
}

/// What a second factor was good for ends with it: sessions that had it, and tokens that were made with it.
async fn take_away(write: &Write<'_>, id: AccountId, but: Option<entity::id::SessionId>) -> Result<bool, Error> {
    store::access::session::revoke_all(write.transaction(), id, but, write.at()).await?;
    store::access::token::forget_factor(write.transaction(), id).await?;
    Ok(rows::end(write.transaction(), id).await?)
}

/// A write of the account that acts, which has shown its second factor for it.
async fn proven<'w>(
    access: &'w Access,
    actor: &'w Actor,
    id: AccountId,
    from: IpAddr,
    typed: &str,
) -> Result<Write<'w>, Error> {
    let typed = Typed::parse(typed).ok_or_else(malformed)?;
    guess(access, id, from, &typed)?;
    let write = Write::begin(&access.ctx, actor).await?;
    if check(access, &write, id, &typed).await?.is_none() {
        return refuse(write, id, "for a change").await;
    }
    Ok(write)
}

/// Whether what was typed is right; it is used up. Says what it was.
pub(super) async fn check(
    access: &Access,
    write: &Write<'_>,
    id: AccountId,
    typed: &Typed,
) -> Result<Option<FactorKind>, Error> {
    let code = match typed {
        Typed::Recovery(code) => {
            if !rows::use_code(write.transaction(), id, &code.digest(), write.at()).await? {
                return Ok(None);
            }
            write.event(AccessEventKind::RecoveryCodeUsed, Some(id), None, "").await?;
            tell(write, id, News::CodeUsed).await?;
            return Ok(Some(FactorKind::RecoveryCode));
        }
        Typed::Code(code) => code,
    };
    let Some(factor) = rows::of(write.transaction(), id).await? else { return Ok(None) };
    let Some(seed) = access.seal.open(&factor.seed, owner(id).as_slice()) else {
        tracing::error!(account = %id, "the seed of an account cannot be opened with OD100_SECRET_KEY; its recovery codes work");
        return Ok(None);
    };
    let Some(step) = seed.step_of(code, write.at(), factor.last_step) else { return Ok(None) };
    if !rows::use_step(write.transaction(), id, step).await? {
        return Ok(None);
    }
    if access.seal.is_to_be_closed(&factor.seed) {
        rows::reseal(write.transaction(), id, close(access, &seed, id)?).await?;
    }
    access.attempts.code_was_right(id);
    Ok(Some(FactorKind::Code))
}

/// Counts what is tried. Six digits can be guessed, so those of an account are bounded; 120 bits cannot, and their
/// owner gets in whoever else is guessing.
pub(super) fn guess(access: &Access, id: AccountId, from: IpAddr, typed: &Typed) -> Result<(), Error> {
    match typed {
        Typed::Code(_) => count(access, id, from),
        Typed::Recovery(_) => access.count_secret(from),
    }
}

fn count(access: &Access, id: AccountId, from: IpAddr) -> Result<(), Error> {
    access.attempts.code(id, from, access.ctx.now()).map_err(Error::TooMany)
}

/// Writes a wrong code down, and refuses it.
pub(super) async fn refuse<T>(write: Write<'_>, id: AccountId, what: &str) -> Result<T, Error> {
    write.event(AccessEventKind::CodeRefused, Some(id), None, what).await?;
    write.commit("code refused", &()).await?;
    let wrong =
        Violation::new("code", "this code is not right now, or was used before; enter the one that the app shows");
    Err(wrong.of(Fault::WrongCode).into())
}

pub(super) fn malformed() -> Error {
    let message = "a code of the app has 6 digits, a recovery code 24 letters and digits";
    Violation::new("code", message).of(Fault::WrongCode).into()
}

/// The account that acts, in a browser: a program changes nothing here.
fn own_browser<'a>(ctx: &Context, actor: &'a Actor) -> Result<&'a Account, Error> {
    let acting = acting_account(actor)?;
    permit(actor, Action::ManageOwnAccount, &Object::of(acting.id, ctx.now()))?;
    Ok(acting)
}

async fn new_codes(ctx: &Context, write: &Write<'_>, id: AccountId) -> Result<Vec<RecoveryCode>, Error> {
    let codes: Vec<_> = (0..recovery::COUNT).map(|_| RecoveryCode::of_bits(tail(ctx.bits()))).collect();
    let hashes = codes.iter().map(RecoveryCode::digest).collect();
    rows::set_codes(write.transaction(), id, hashes, write.at()).await?;
    Ok(codes)
}

/// Writes to the owner of an account.
async fn tell(write: &Write<'_>, id: AccountId, news: News) -> Result<(), Error> {
    let account = account::by_id_in(write.transaction(), id).await?;
    let left = rows::codes_left(write.transaction(), id).await?;
    let letter = Letter {
        kind: LetterKind::SecondFactorNews,
        account: Some(id),
        lang: account.lang,
        facts: json!({ "news": news.word(), "left": left }),
        dedupe_key: None,
    };
    write.post(letter).await?;
    Ok(())
}

fn close(access: &Access, seed: &Seed, id: AccountId) -> Result<String, Error> {
    let closed = access.seal.close(seed, owner(id).as_slice(), tail(access.ctx.bits()));
    closed.ok_or_else(|| Error::Internal(anyhow::anyhow!("a seed could not be encrypted")))
}

/// What binds a seed to its account.
fn owner(id: AccountId) -> [u8; 16] {
    *id.0.as_bytes()
}

/// The last of some random bits.
fn tail<const N: usize>(bits: [u8; 32]) -> [u8; N] {
    const { assert!(N <= 32) };
    std::array::from_fn(|at| bits[32 - N + at])
}
