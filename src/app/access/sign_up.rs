//! Accounts that people make for themselves, as contributors. An address is its owner's when a link that was sent to it
//! comes back. Whether there is an account already shows in no answer and in no work that is done.

use std::net::IpAddr;

use chrono::TimeDelta;
use entity::id::{AccountId, RoleGrantId};
use entity::vocabulary::{AccessEventKind, LetterKind, Role, ScopeKind, SignInMethod};
use serde_json::json;

use super::Access;
use super::account::{self, Account};
use super::grant::Grant;
use super::half::Entered;
use super::sign_in::{self, dead};
use crate::app::write::{Letter, Write};
use crate::app::{Context, Error};
use crate::domain::access::Actor;
use crate::domain::email::Email;
use crate::domain::secret::Secret;
use crate::domain::text::fold;
use crate::store::access::sign_up::{self, SignUp};
use crate::store::{self, Transaction};

/// A link makes an account for so long after it was sent.
pub const LINK: TimeDelta = TimeDelta::hours(24);

/// Who asks again within so long has a letter already.
const AGAIN: TimeDelta = TimeDelta::minutes(15);

/// Asks for an account. Who has one already is sent a link to sign in by instead.
pub async fn request(access: &Access, actor: &Actor, from: IpAddr, email: &str, lang: &str) -> Result<(), Error> {
    let ctx = &access.ctx;
    if !access.is_open {
        return Err(Error::NotFound);
    }
    let email = Email::parse("email", email)?;
    access.attempts.link(email.key(), from, ctx.now()).map_err(Error::TooMany)?;
    let found = store::access::account::by_email(&ctx.db, email.key()).await?.map(|(account, _)| account);
    let write = Write::begin(ctx, actor).await?;
    let id = found.as_ref().map(|account| account.id);
    write.event(AccessEventKind::SignUpRequested, id, None, "").await?;
    let kind = if found.is_some() { LetterKind::SignInLink } else { LetterKind::SignUpLink };
    let since = write.at() - AGAIN;
    let has_letter = store::outbox::has_one(write.transaction(), kind, (id, email.text()), since).await?;
    match found {
        Some(account) => {
            let letter = Letter {
                kind,
                // Who is disabled is written to no more, nor is who has a letter; the row stands there all the same.
                account: (account.disabled_at.is_none() && !has_letter).then_some(account.id),
                lang: account.lang,
                facts: json!({}),
                dedupe_key: None,
            };
            write.post(letter).await?;
        }
        None if has_letter => {
            let lang = lang.to_owned();
            write.post(Letter { kind, account: None, lang, facts: json!({}), dedupe_key: None }).await?;
        }
        None => write.post_to(kind, email.text(), lang).await?,
    }
    write.commit("account asked for", &()).await?;
    Ok(())
}

/// Makes the link of a letter that is about to be sent.
pub async fn make_link(ctx: &Context, transaction: &Transaction, email: &str) -> Result<Option<Secret>, Error> {
    let Ok(email) = Email::parse("email", email) else { return Ok(None) };
    let (secret, now) = (ctx.secret(), ctx.now());
    let row = SignUp {
        secret_hash: secret.digest(),
        email: email.text().to_owned(),
        email_key: email.key().to_owned(),
        created_at: now,
        expires_at: now + LINK,
        used_at: None,
    };
    sign_up::insert(transaction, row).await?;
    Ok(Some(secret))
}

/// Makes the account that a link was sent for, a contributor's, and signs in. The link works once.
pub async fn redeem(
    access: &Access,
    actor: &Actor,
    from: IpAddr,
    secret: &str,
    name: &str,
    lang: &str,
) -> Result<Entered, Error> {
    let ctx = &access.ctx;
    if !access.is_open {
        return Err(Error::NotFound);
    }
    access.attempts.secret(from, ctx.now()).map_err(Error::TooMany)?;
    let Some(secret) = Secret::parse(secret) else { return Err(dead()) };
    // A name that cannot be shown must not use up the link.
    let (_, name, lang) = account::checked("name@example.org", name, lang)?;
    let write = Write::begin(ctx, actor).await?;
    let Some(link) = sign_up::redeem(write.transaction(), &secret.digest(), write.at()).await? else {
        return Err(dead());
    };
    // Meanwhile an administrator may have made one.
    if store::access::account::by_email_in(write.transaction(), &link.email_key).await?.is_some() {
        return Err(dead());
    }
    let account = Account {
        id: AccountId(ctx.id()),
        email: link.email,
        email_key: link.email_key,
        folded: fold(&name),
        display_name: name,
        lang,
        disabled_at: None,
        created_at: write.at(),
        created_by: None,
    };
    let id = account.id;
    store::access::account::insert(write.transaction(), account).await?;
    store::access::grant::insert(write.transaction(), contributor(ctx, &write, id)).await?;
    write.event(AccessEventKind::AccountCreated, Some(id), None, "by its owner").await?;
    sign_in::finish(ctx, write, actor, id, SignInMethod::Link, None).await
}

fn contributor(ctx: &Context, write: &Write<'_>, account_id: AccountId) -> Grant {
    Grant {
        id: RoleGrantId(ctx.id()),
        account_id,
        role: Role::Contributor,
        scope_kind: ScopeKind::Global,
        scope_id: None,
        starts_at: write.at(),
        ends_at: None,
        granted_at: write.at(),
        granted_by: None,
        reason: "signed up".to_owned(),
        revoked_at: None,
        revoked_by: None,
    }
}
