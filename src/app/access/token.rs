//! Tokens that programs send. Only their digest is kept; the token itself is shown once.

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::ApiTokenId;
use entity::vocabulary::{AccessEventKind, TokenScope};
use serde::Serialize;

use super::{Access, acting, grants_of};
use crate::app::permit::{account as acting_account, permit};
use crate::app::write::{Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::secret::Secret;
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation};
use crate::store;
pub use crate::store::access::token::Token;

/// The longest life of a token, in days.
pub const LONGEST_DAYS: u32 = 366;
/// Its last use is noted no more often.
const NOTED: TimeDelta = TimeDelta::minutes(5);
/// The longest name.
const LONGEST_NAME: usize = 80;

/// A token to be made.
#[derive(Clone, Debug, Serialize)]
pub struct New {
    /// What its owner calls it.
    pub name: String,
    pub scopes: Vec<TokenScope>,
    /// How long it lives.
    pub days: u32,
}

/// A new token.
#[derive(Debug)]
pub struct Created {
    pub token: Token,
    /// Shown once; `None` when the request is repeated.
    pub secret: Option<Secret>,
}

/// Makes a token of the account that acts.
pub async fn create(access: &Access, actor: &Actor, new: New, key: Option<&str>) -> Result<Created, Error> {
    let ctx = &access.ctx;
    let acting = acting_account(actor)?;
    permit(actor, Action::ManageOwnAccount, &Object::of(acting.id, ctx.now()))?;
    // It would be worth nothing, and whoever makes it would not know why.
    if acting.sleeps(ctx.now()) {
        return Err(Error::SecondFactor);
    }
    let name = check(&new)?;
    let mut write = Write::begin(ctx, actor).await?;
    if let Some(before) = write.repeated(Once { mutation: "tokenCreate", key }, &new).await? {
        let found = store::access::token::by_id(write.transaction(), ApiTokenId(before)).await?;
        return found.map(|token| Created { token, secret: None }).ok_or(Error::NotFound);
    }
    let secret = ctx.secret();
    let mut scopes = new.scopes;
    scopes.sort_unstable();
    scopes.dedup();
    let token = Token {
        id: ApiTokenId(ctx.id()),
        account_id: acting.id,
        name,
        secret_hash: secret.digest(),
        hint: secret.hint().to_owned(),
        scopes: crate::app::ingest::json(&scopes),
        created_at: write.at(),
        expires_at: write.at() + TimeDelta::days(new.days.into()),
        used_at: None,
        revoked_at: None,
        factor: acting.factor,
    };
    store::access::token::insert(write.transaction(), token.clone()).await?;
    write.event(AccessEventKind::TokenCreated, Some(acting.id), Some(token.id.0), "").await?;
    write.commit("token created", &token.id.0).await?;
    Ok(Created { token, secret: Some(secret) })
}

/// Ends a token of the account that acts; one of another account is not found.
pub async fn revoke(access: &Access, actor: &Actor, id: ApiTokenId) -> Result<ApiTokenId, Error> {
    let acting = acting_account(actor)?;
    permit(actor, Action::ManageOwnAccount, &Object::of(acting.id, access.ctx.now()))?;
    let write = Write::begin(&access.ctx, actor).await?;
    if !store::access::token::revoke(write.transaction(), acting.id, id, write.at()).await? {
        return Err(Error::NotFound);
    }
    write.event(AccessEventKind::TokenRevoked, Some(acting.id), Some(id.0), "").await?;
    write.commit("token revoked", &()).await?;
    Ok(id)
}

/// Who a program is; `None` when its token is over or never was: a program that is refused must not go on as
/// somebody else.
pub async fn actor(access: &Access, secret: &str) -> Result<Option<Actor>, Error> {
    let ctx = &access.ctx;
    let Some(secret) = Secret::parse(secret) else { return Ok(None) };
    let Some(token) = store::access::token::by_secret(&ctx.db, &secret.digest()).await? else { return Ok(None) };
    let now = ctx.now();
    let account = store::access::account::one(&ctx.db, token.account_id).await?;
    let is_open = token.revoked_at.is_none() && now < token.expires_at;
    if !is_open || account.is_none_or(|account| account.disabled_at.is_some()) {
        return Ok(None);
    }
    if token.used_at.is_none_or(|at| now - at >= NOTED) {
        let transaction = store::begin(&ctx.db).await?;
        store::access::token::touch(&transaction, token.id, now).await?;
        transaction.commit().await?;
    }
    let mut acting = acting(access, token.account_id, grants_of(ctx, token.account_id).await?, token.factor);
    acting.scopes = Some(scopes(&token));
    Ok(Some(Actor::Account(acting)))
}

/// What a token is good for.
pub fn scopes(token: &Token) -> Vec<TokenScope> {
    serde_json::from_str(&token.scopes).unwrap_or_else(|_| Vec::new())
}

/// The tokens of the account that acts which nobody has ended.
pub async fn own(ctx: &Context, actor: &Actor) -> Result<Vec<Token>, Error> {
    let acting = acting_account(actor)?;
    permit(actor, Action::ReadOwnAccount, &Object::of(acting.id, ctx.now()))?;
    Ok(store::access::token::of(&ctx.db, acting.id).await?)
}

/// Whether a token has outlived itself.
pub fn is_over(token: &Token, now: DateTime<Utc>) -> bool {
    now >= token.expires_at
}

fn check(new: &New) -> Result<String, Error> {
    let mut faults = Vec::new();
    let name = one_line(&new.name);
    if name.is_empty() {
        faults.push(Violation::new("name", "a name is needed, to know the token again").of(Fault::Missing));
    } else if name.chars().count() > LONGEST_NAME {
        let message = format!("a name has at most {LONGEST_NAME} characters");
        faults.push(Violation::new("name", message).of(Fault::TooLong));
    }
    if new.scopes.is_empty() {
        faults.push(Violation::new("scopes", "say what the token is good for").of(Fault::Missing));
    }
    if !(1..=LONGEST_DAYS).contains(&new.days) {
        faults.push(Violation::new("days", format!("a token lives 1 to {LONGEST_DAYS} days")));
    }
    if faults.is_empty() { Ok(name) } else { Err(Error::Invalid(faults)) }
}
