//! A sign-in half done: one factor was right, and the account has a second. Its browser holds a secret that is good for
//! nothing but to show that one, within ten minutes.

use std::net::IpAddr;

use chrono::TimeDelta;
use entity::id::AccountId;
use entity::vocabulary::{FactorKind, SignInMethod};

use super::sign_in::SignedIn;
use super::{Access, account, second_factor, session};
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::Actor;
use crate::domain::second_factor::Typed;
use crate::domain::secret::Secret;
use crate::domain::violation::{Fault, Violation};
use crate::store;
use crate::store::access::pending::{self, Pending};

/// It waits so long for the code.
pub const WAITS: TimeDelta = TimeDelta::minutes(10);

/// Where a sign-in has come.
#[derive(Debug)]
pub enum Entered {
    /// Somebody is signed in.
    In(SignedIn),
    /// A code is asked for; what the browser keeps meanwhile.
    Asked(Secret),
}

impl Entered {
    /// The session, where one has begun.
    pub fn signed_in(self) -> Option<SignedIn> {
        match self {
            Self::In(done) => Some(done),
            Self::Asked(_) => None,
        }
    }
}

/// Stores that a browser has shown the first factor.
pub(super) async fn begin(
    ctx: &Context,
    write: &Write<'_>,
    account_id: AccountId,
    method: SignInMethod,
) -> Result<Secret, Error> {
    let secret = ctx.secret();
    let row = Pending {
        secret_hash: secret.digest(),
        account_id,
        method,
        created_at: write.at(),
        expires_at: write.at() + WAITS,
        used_at: None,
    };
    pending::insert(write.transaction(), row).await?;
    Ok(secret)
}

/// Whether a browser is half signed in; it is told nothing else.
pub async fn waits(access: &Access, secret: &str) -> Result<bool, Error> {
    let Some(secret) = Secret::parse(secret) else { return Ok(false) };
    Ok(pending::one(&access.ctx.db, &secret.digest(), access.ctx.now()).await?.is_some())
}

/// Signs in with a code of the app, or one for a lost device. `actor` is who the browser was before.
pub async fn finish(
    access: &Access,
    actor: &Actor,
    from: IpAddr,
    secret: &str,
    typed: &str,
) -> Result<SignedIn, Error> {
    let ctx = &access.ctx;
    let Some(secret) = Secret::parse(secret) else { return Err(over()) };
    let hash = secret.digest();
    let found = pending::one(&ctx.db, &hash, ctx.now()).await?.ok_or_else(over)?;
    let id = found.account_id;
    let typed = Typed::parse(typed).ok_or_else(second_factor::malformed)?;
    second_factor::guess(access, id, from, &typed)?;
    let write = Write::begin(ctx, actor).await?;
    if account::by_id_in(write.transaction(), id).await?.disabled_at.is_some() {
        return Err(over());
    }
    let Some(factor) = second_factor::check(access, &write, id, &typed).await? else {
        return second_factor::refuse(write, id, found.method.as_str()).await;
    };
    access.attempts.was_right(from);
    if !pending::end(write.transaction(), &hash, write.at()).await? {
        return Err(over());
    }
    complete(ctx, write, actor, id, found.method, Some(factor)).await
}

fn over() -> Error {
    let message = "nothing waits for a code in this browser: it took too long, or was never begun; sign in again";
    Violation::new("code", message).of(Fault::DeadLink).into()
}

/// Begins the session. The one that the browser had ends: its id never outlives a sign-in.
pub(super) async fn complete(
    ctx: &Context,
    write: Write<'_>,
    before: &Actor,
    account: AccountId,
    method: SignInMethod,
    factor: Option<FactorKind>,
) -> Result<SignedIn, Error> {
    if let Some((old, session)) = before.account().and_then(|old| old.session.map(|session| (old, session))) {
        store::access::session::revoke(write.transaction(), old.id, session, write.at()).await?;
    }
    let (session, secret) = session::begin(ctx, &write, account, method, factor).await?;
    write.commit("signed in", &()).await?;
    Ok(SignedIn { session, secret })
}
