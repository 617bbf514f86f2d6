//! Sessions of browsers: who they are, how long they last, and their end.

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::{AccountId, SessionId};
use entity::vocabulary::{AccessEventKind, FactorKind, SignInMethod};

use super::{Access, acting, grants_of, is_admin};
use crate::app::permit::{account as acting_account, permit};
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::secret::Secret;
use crate::store;
pub use crate::store::access::session::Session;

/// A session ends when nobody has used it for so long.
pub const IDLE: TimeDelta = TimeDelta::hours(8);
/// It ends so long after it began, used or not.
pub const LONGEST: TimeDelta = TimeDelta::days(7);
/// It ends sooner for those who may manage accounts.
pub const LONGEST_ADMIN: TimeDelta = TimeDelta::hours(12);
/// A session ends others of its account for so long after it began. Whoever finds a browser open, or has stolen what it
/// keeps, must not lock its owner out elsewhere.
pub const RECENT: TimeDelta = TimeDelta::minutes(10);
/// Its last use is noted no more often.
const NOTED: TimeDelta = TimeDelta::minutes(5);

/// Begins a session in a write, in place of the one that the browser had.
pub(super) async fn begin(
    ctx: &Context,
    write: &Write<'_>,
    account: AccountId,
    method: SignInMethod,
    factor: Option<FactorKind>,
) -> Result<(Session, Secret), Error> {
    let secret = ctx.secret();
    let session = Session {
        id: SessionId(ctx.id()),
        secret_hash: secret.digest(),
        account_id: account,
        method,
        created_at: write.at(),
        seen_at: write.at(),
        revoked_at: None,
        factor,
    };
    store::access::session::insert(write.transaction(), session.clone()).await?;
    let detail =
        factor.map_or_else(|| method.as_str().to_owned(), |one| format!("{} {}", method.as_str(), one.as_str()));
    write.event(AccessEventKind::SignedIn, Some(account), Some(session.id.0), &detail).await?;
    Ok((session, secret))
}

/// Who a browser is; anonymous when its session is over or never was.
pub async fn actor(access: &Access, secret: &str) -> Result<Actor, Error> {
    let ctx = &access.ctx;
    let Some(secret) = Secret::parse(secret) else { return Ok(Actor::Anonymous) };
    let Some(session) = store::access::session::by_secret(&ctx.db, &secret.digest()).await? else {
        return Ok(Actor::Anonymous);
    };
    let now = ctx.now();
    let grants = grants_of(ctx, session.account_id).await?;
    if session.revoked_at.is_some() || now >= ends_at(&session, is_admin(&grants, now)) {
        return Ok(Actor::Anonymous);
    }
    let account = store::access::account::one(&ctx.db, session.account_id).await?;
    if account.is_none_or(|account| account.disabled_at.is_some()) {
        return Ok(Actor::Anonymous);
    }
    if now - session.seen_at >= NOTED {
        let transaction = store::begin(&ctx.db).await?;
        store::access::session::touch(&transaction, session.id, now).await?;
        transaction.commit().await?;
    }
    let mut acting = acting(access, session.account_id, grants, session.factor);
    acting.session = Some(session.id);
    Ok(Actor::Account(acting))
}

/// When a session ends if nobody uses it again.
pub fn ends_at(session: &Session, is_admin: bool) -> DateTime<Utc> {
    let longest = if is_admin { LONGEST_ADMIN } else { LONGEST };
    (session.created_at + longest).min(session.seen_at + IDLE)
}

/// The sessions of the account that acts which have not ended, with their ends.
pub async fn own(ctx: &Context, actor: &Actor) -> Result<Vec<(Session, DateTime<Utc>)>, Error> {
    let (acting, now) = (acting_account(actor)?, ctx.now());
    permit(actor, Action::ReadOwnAccount, &Object::of(acting.id, now))?;
    let is_admin = is_admin(&acting.grants, now);
    let open = store::access::session::open_of(&ctx.db, acting.id, now - IDLE).await?;
    let with_end = open.into_iter().map(|session| (ends_at(&session, is_admin), session));
    Ok(with_end.filter(|(end, _)| *end > now).map(|(end, session)| (session, end)).collect())
}

/// Ends the session that acts.
pub async fn sign_out(access: &Access, actor: &Actor) -> Result<(), Error> {
    let acting = acting_account(actor)?;
    let Some(session) = acting.session else { return Err(Error::Forbidden) };
    let write = Write::begin(&access.ctx, actor).await?;
    store::access::session::revoke(write.transaction(), acting.id, session, write.at()).await?;
    write.event(AccessEventKind::SignedOut, Some(acting.id), Some(session.0), "").await?;
    write.commit("signed out", &()).await?;
    Ok(())
}

/// Ends a session of the account that acts: its own, or another where it began a short while ago. One of another account is
/// not found.
pub async fn revoke(access: &Access, actor: &Actor, id: SessionId) -> Result<SessionId, Error> {
    let acting = acting_account(actor)?;
    permit(actor, Action::ManageOwnAccount, &Object::of(acting.id, access.ctx.now()))?;
    let write = Write::begin(&access.ctx, actor).await?;
    if !store::access::session::revoke(write.transaction(), acting.id, id, write.at()).await? {
        return Err(Error::NotFound);
    }
    if acting.session != Some(id) && !is_recent(&write, acting.session).await? {
        return Err(Error::Conflict("sign in again: other sessions are ended by who has just signed in".to_owned()));
    }
    write.event(AccessEventKind::SessionRevoked, Some(acting.id), Some(id.0), "").await?;
    write.commit("session revoked", &()).await?;
    Ok(id)
}

/// Whether a session began a short while ago; a token of a program never did.
async fn is_recent(write: &Write<'_>, session: Option<SessionId>) -> Result<bool, Error> {
    let Some(session) = session else { return Ok(false) };
    let began = store::access::session::began_at(write.transaction(), session).await?;
    Ok(began.is_some_and(|began| write.at() - began <= RECENT))
}
