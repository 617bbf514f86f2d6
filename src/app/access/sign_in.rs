//! Signing in, by password or by a link that is sent. Whether there is such an account shows in no answer and
//! in no work that is done.

use std::net::IpAddr;

use chrono::TimeDelta;
use entity::id::{AccountId, SignInTokenId};
use entity::vocabulary::{AccessEventKind, FactorKind, LetterKind, SignInMethod};
use serde_json::json;

use super::half::{self, Entered};
use super::session::Session;
use super::{Access, account};
use crate::app::write::{Letter, Write};
use crate::app::{Context, Error};
use crate::domain::access::Actor;
use crate::domain::email::Email;
use crate::domain::secret::Secret;
use crate::domain::violation::{Fault, Violation};
use crate::store::{self, Transaction};

/// A link signs in for so long after it was sent.
pub const LINK: TimeDelta = TimeDelta::minutes(10);
/// A password beyond this is refused unread.
const LONGEST_PASSWORD: usize = 512;

/// Who has just signed in.
#[derive(Debug)]
pub struct SignedIn {
    pub session: Session,
    /// What the browser keeps.
    pub secret: Secret,
}

/// Signs in by password. `actor` is who the browser was before; its session ends.
pub async fn by_password(
    access: &Access,
    actor: &Actor,
    from: IpAddr,
    email: &str,
    password: &str,
) -> Result<Entered, Error> {
    let ctx = &access.ctx;
    let email = Email::parse("email", email)?;
    access.attempts.password(email.key(), from, ctx.now()).map_err(Error::TooMany)?;
    let found = store::access::account::by_email(&ctx.db, email.key()).await?;
    let (account, hash) = found.map_or((None, None), |(account, hash)| (Some(account), hash));
    let sound = password.len() <= LONGEST_PASSWORD;
    let is_right = access.passwords.verify(password.to_owned(), hash.filter(|_| sound)).await?;
    let allowed = account.as_ref().filter(|account| is_right && account.disabled_at.is_none());
    let write = Write::begin(ctx, actor).await?;
    let Some(allowed) = allowed else {
        let whose = account.map(|account| account.id);
        write.event(AccessEventKind::SignInRefused, whose, None, SignInMethod::Password.as_str()).await?;
        write.commit("sign-in refused", &()).await?;
        let wrong = Violation::new("password", "the address and the password do not belong together");
        return Err(wrong.of(Fault::WrongCredentials).into());
    };
    access.attempts.succeeded(email.key(), from);
    finish(ctx, write, actor, allowed.id, SignInMethod::Password, None).await
}

/// Asks for a link. The answer is the same whether or not there is such an account.
pub async fn request_link(access: &Access, actor: &Actor, from: IpAddr, email: &str, lang: &str) -> Result<(), Error> {
    let ctx = &access.ctx;
    let email = Email::parse("email", email)?;
    access.attempts.link(email.key(), from, ctx.now()).map_err(Error::TooMany)?;
    let found = store::access::account::by_email(&ctx.db, email.key()).await?;
    let account = found.map(|(account, _)| account).filter(|account| account.disabled_at.is_none());
    let write = Write::begin(ctx, actor).await?;
    let id = account.as_ref().map(|account| account.id);
    write.event(AccessEventKind::LinkRequested, id, None, "").await?;
    let letter = Letter {
        kind: LetterKind::SignInLink,
        account: id,
        lang: account.map_or_else(|| lang.to_owned(), |account| account.lang),
        facts: json!({}),
        dedupe_key: None,
    };
    write.post(letter).await?;
    write.commit("sign-in link requested", &()).await?;
    Ok(())
}

/// Makes a link for an account, at the moment when its letter is sent: until then there is no secret.
/// A link that was made for the account before is worthless from now on.
pub async fn make_link(ctx: &Context, transaction: &Transaction, id: AccountId) -> Result<Option<Secret>, Error> {
    let Some(account) = store::access::account::by_id(transaction, id).await? else { return Ok(None) };
    if account.disabled_at.is_some() {
        return Ok(None);
    }
    let (secret, now) = (ctx.secret(), ctx.now());
    store::access::session::void_links(transaction, id, now).await?;
    let link = store::access::session::Link {
        id: SignInTokenId(ctx.id()),
        secret_hash: secret.digest(),
        account_id: id,
        email_key: account.email_key,
        created_at: now,
        expires_at: now + LINK,
        used_at: None,
    };
    store::access::session::insert_link(transaction, link).await?;
    Ok(Some(secret))
}

/// Signs in by a link; it works once, until its time is over, and only for the address it was sent to.
pub async fn redeem(access: &Access, actor: &Actor, from: IpAddr, secret: &str) -> Result<Entered, Error> {
    let ctx = &access.ctx;
    access.attempts.secret(from, ctx.now()).map_err(Error::TooMany)?;
    let Some(secret) = Secret::parse(secret) else { return Err(dead()) };
    let write = Write::begin(ctx, actor).await?;
    let link = store::access::session::redeem(write.transaction(), &secret.digest(), write.at()).await?;
    let Some(link) = link else { return Err(dead()) };
    let account = account::by_id_in(write.transaction(), link.account_id).await?;
    if account.disabled_at.is_some() || account.email_key != link.email_key {
        return Err(dead());
    }
    access.attempts.was_right(from);
    finish(ctx, write, actor, account.id, SignInMethod::Link, None).await
}

pub(super) fn dead() -> Error {
    Violation::new("token", "this link was used, is too old, or never was; ask for a new one")
        .of(Fault::DeadLink)
        .into()
}

/// Begins the session, or asks for the second factor where the account has one and `proven` is none.
pub(super) async fn finish(
    ctx: &Context,
    write: Write<'_>,
    before: &Actor,
    account: AccountId,
    method: SignInMethod,
    proven: Option<FactorKind>,
) -> Result<Entered, Error> {
    if proven.is_none() && store::access::second_factor::of(write.transaction(), account).await?.is_some() {
        let secret = half::begin(ctx, &write, account, method).await?;
        write.commit("half signed in", &()).await?;
        return Ok(Entered::Asked(secret));
    }
    Ok(Entered::In(half::complete(ctx, write, before, account, method, proven).await?))
}
