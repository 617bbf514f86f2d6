//! Signing in at a provider of identities. It says who somebody is; only an administrator's account lets them in, and
//! the first time an account is found by the address that the provider has verified.

use std::net::IpAddr;

use chrono::TimeDelta;
use entity::id::AccountId;
use entity::vocabulary::{AccessEventKind, FactorKind, SignInMethod};
use url::Url;

use super::half::Entered;
use super::{Access, account, sign_in};
use crate::app::permit::{account as acting_account, permit};
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::email::Email;
use crate::domain::secret::Secret;
use crate::oidc::{self, Flow, Provider};
use crate::store;
pub use crate::store::access::identity::Identity;

/// Who was sent to the provider has so long to come back.
pub const AWAY: TimeDelta = TimeDelta::minutes(10);

/// Why somebody who went to the provider is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Nobody was sent there from this browser, or too long ago, or has come back already.
    #[error("this way back was used, is too old, or never was")]
    Stale,
    /// The provider does not answer, or says what is not believed.
    #[error(transparent)]
    Provider(#[from] oidc::Failure),
    /// No account is linked, and none has the address that was verified.
    #[error("nobody here is who the provider says")]
    Nobody,
    #[error(transparent)]
    Failed(#[from] Error),
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// A browser on its way to the provider.
#[derive(Debug)]
pub struct Away {
    /// What it keeps meanwhile.
    pub secret: Secret,
    /// Where it is sent.
    pub to: Url,
}

/// Sends a browser to the provider; it comes back to the address `back`.
pub async fn begin(access: &Access, from: IpAddr, back: &str) -> Result<Away, Refusal> {
    let (ctx, provider) = (&access.ctx, provider(access)?);
    access.attempts.secret(from, ctx.now()).map_err(Error::TooMany)?;
    let secret = ctx.secret();
    let to = provider.door(&Flow(&secret), back, ctx.now()).await?;
    let transaction = store::begin(&ctx.db).await?;
    let visit =
        store::access::identity::Visit { secret_hash: secret.digest(), expires_at: ctx.now() + AWAY, used_at: None };
    store::access::identity::begin(&transaction, visit).await?;
    transaction.commit().await?;
    Ok(Away { secret, to })
}

/// What a browser brings back.
#[derive(Debug)]
pub struct Back<'b> {
    /// What it has kept.
    pub secret: &'b str,
    /// What the provider gave it.
    pub state: &'b str,
    pub code: &'b str,
    /// Who the provider says that it is, where it does.
    pub issuer: Option<&'b str>,
    /// The address that it came back to.
    pub address: &'b str,
}

/// Signs in who comes back from the provider. `actor` is who the browser was before; its session ends.
pub async fn finish(access: &Access, actor: &Actor, from: IpAddr, back: &Back<'_>) -> Result<Entered, Refusal> {
    let (ctx, provider) = (&access.ctx, provider(access)?);
    access.attempts.secret(from, ctx.now()).map_err(Error::TooMany)?;
    let secret = Secret::parse(back.secret).ok_or(Refusal::Stale)?;
    let flow = Flow(&secret);
    // Another's way back must not use up this browser's.
    if back.state != flow.state() || back.issuer.is_some_and(|issuer| issuer != provider.issuer()) {
        return Err(Refusal::Stale);
    }
    let transaction = store::begin(&ctx.db).await?;
    if !store::access::identity::end(&transaction, &secret.digest(), ctx.now()).await? {
        return Err(Refusal::Stale);
    }
    transaction.commit().await?;
    let told = provider.identity(&flow, back.code, back.address, ctx.now()).await?;
    let write = Write::begin(ctx, actor).await?;
    let Some(account) = whose(&write, &told).await? else {
        write.event(AccessEventKind::SignInRefused, None, None, SignInMethod::Provider.as_str()).await?;
        write.commit("sign-in refused", &()).await?;
        return Err(Refusal::Nobody);
    };
    let proven = told.has_second_factor.then_some(FactorKind::Provider);
    Ok(sign_in::finish(ctx, write, actor, account, SignInMethod::Provider, proven).await?)
}

/// Whose identity it is. One that nobody has is linked to the account with its verified address, unless that
/// account is linked to somebody else there: addresses are given to other people, names there are not.
async fn whose(write: &Write<'_>, told: &oidc::Identity) -> Result<Option<AccountId>, Error> {
    let known = store::access::identity::by_subject(write.transaction(), &told.issuer, &told.subject).await?;
    if let Some(known) = known {
        let account = account::by_id_in(write.transaction(), known.account_id).await?;
        return Ok(account.disabled_at.is_none().then_some(account.id));
    }
    let email = told.verified_email.as_deref().and_then(|email| Email::parse("email", email).ok());
    let Some(email) = email else { return Ok(None) };
    let found = store::access::account::by_email_in(write.transaction(), email.key()).await?;
    let Some(account) = found.filter(|account| account.disabled_at.is_none()) else { return Ok(None) };
    if store::access::identity::is_linked(write.transaction(), account.id, &told.issuer).await? {
        return Ok(None);
    }
    let identity = Identity {
        issuer: told.issuer.clone(),
        subject: told.subject.clone(),
        account_id: account.id,
        linked_at: write.at(),
    };
    store::access::identity::insert(write.transaction(), identity).await?;
    write.event(AccessEventKind::IdentityLinked, Some(account.id), None, &told.issuer).await?;
    Ok(Some(account.id))
}

/// What is linked to the account that acts.
pub async fn own(ctx: &Context, actor: &Actor) -> Result<Vec<Identity>, Error> {
    let acting = acting_account(actor)?;
    permit(actor, Action::ReadOwnAccount, &Object::of(acting.id, ctx.now()))?;
    Ok(store::access::identity::of(&ctx.db, acting.id).await?)
}

/// Ends the link of the account that acts to whoever it is at a provider.
pub async fn unlink(access: &Access, actor: &Actor, issuer: &str) -> Result<(), Error> {
    let acting = acting_account(actor)?;
    permit(actor, Action::ManageOwnAccount, &Object::of(acting.id, access.ctx.now()))?;
    let write = Write::begin(&access.ctx, actor).await?;
    if !store::access::identity::remove(write.transaction(), acting.id, issuer).await? {
        return Err(Error::NotFound);
    }
    write.event(AccessEventKind::IdentityUnlinked, Some(acting.id), None, issuer).await?;
    write.commit("identity unlinked", &()).await?;
    Ok(())
}

fn provider(access: &Access) -> Result<&Provider, Refusal> {
    access.provider.as_ref().ok_or(Refusal::Stale)
}
