//! What can be changed of accounts, sessions, tokens and roles: one mutation, one use case.

use async_graphql::{Context, ID, Object, Result};
use entity::id::{AccountId, ApiTokenId, RoleGrantId, SessionId};

use super::account::{Account, AccountCreateInput, AccountPayload, AccountSetDisabledInput, AccountUpdateInput};
use super::grant::{RoleGrant, RoleGrantInput, RoleGrantPayload, RoleRevokeInput};
use super::program::{Token, TokenCreateInput, TokenCreatePayload, TokenRevokeInput, TokenRevokePayload};
use super::session::{SessionRevokeInput, SessionRevokePayload};
use crate::app;
use crate::app::access::{account, grant, session, token};
use crate::domain::access::Action;
use crate::graphql::caller::{Keep, access, caller};
use crate::graphql::may::May;
use crate::graphql::node::{id, uuid_of};
use crate::graphql::outcome::settle;

/// Changes to accounts.
#[derive(Default)]
pub struct AccessMutation;

/// Changes to accounts.
#[Object]
impl AccessMutation {
    /// Changes the own account.
    #[graphql(guard = "May(Action::ManageOwnAccount)")]
    async fn account_update(&self, ctx: &Context<'_>, input: AccountUpdateInput) -> Result<AccountPayload> {
        let (access, actor) = access(ctx)?;
        let current = input.current_password;
        let password = input.new_password.map(|new| account::NewPassword { current, new });
        let edit = account::Edit { display_name: input.display_name, lang: input.lang, password };
        account_payload(account::update(access, actor, edit).await)
    }

    /// Ends one of the own sessions.
    #[graphql(guard = "May(Action::ManageOwnAccount)")]
    async fn session_revoke(&self, ctx: &Context<'_>, input: SessionRevokeInput) -> Result<SessionRevokePayload> {
        let (access, actor) = access(ctx)?;
        let done = match named("session", &input.session_id) {
            Ok(uuid) => session::revoke(access, actor, SessionId(uuid)).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        if done.is_some() && done == actor.account().and_then(|account| account.session) {
            caller(ctx)?.keep(Keep::Nothing);
        }
        Ok(SessionRevokePayload { session_id: done.map(|done| id("session", done.0)), user_errors })
    }

    /// Makes a token for a program; its secret is shown once.
    #[graphql(guard = "May(Action::ManageOwnAccount)")]
    async fn token_create(&self, ctx: &Context<'_>, input: TokenCreateInput) -> Result<TokenCreatePayload> {
        let (access, actor) = access(ctx)?;
        let scopes = input.scopes.into_iter().map(Into::into).collect();
        let new = token::New { name: input.name, scopes, days: input.days };
        let (done, user_errors) = settle(token::create(access, actor, new, input.idempotency_key.as_deref()).await)?;
        let (token, secret) = done.map_or((None, None), |done| (Some(done.token), done.secret));
        let secret = secret.map(|secret| secret.expose().to_owned());
        Ok(TokenCreatePayload { token: token.map(Token), secret, user_errors })
    }

    /// Ends one of the own tokens.
    #[graphql(guard = "May(Action::ManageOwnAccount)")]
    async fn token_revoke(&self, ctx: &Context<'_>, input: TokenRevokeInput) -> Result<TokenRevokePayload> {
        let (access, actor) = access(ctx)?;
        let done = match named("token", &input.token_id) {
            Ok(uuid) => token::revoke(access, actor, ApiTokenId(uuid)).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        Ok(TokenRevokePayload { token_id: done.map(|done| id("token", done.0)), user_errors })
    }

    /// Makes an account and writes to its owner.
    #[graphql(guard = "May(Action::ManageAccounts)")]
    async fn account_create(&self, ctx: &Context<'_>, input: AccountCreateInput) -> Result<AccountPayload> {
        let (access, actor) = access(ctx)?;
        let new =
            account::New { email: input.email, display_name: input.display_name, lang: input.lang, password: None };
        account_payload(account::create(access, actor, new, input.idempotency_key.as_deref()).await)
    }

    /// Disables an account, or enables it again. What it had open ends at once.
    #[graphql(guard = "May(Action::ManageAccounts)")]
    async fn account_set_disabled(&self, ctx: &Context<'_>, input: AccountSetDisabledInput) -> Result<AccountPayload> {
        let (access, actor) = access(ctx)?;
        let done = match named("account", &input.account_id) {
            Ok(uuid) => account::set_disabled(access, actor, AccountId(uuid), input.is_disabled).await,
            Err(error) => Err(error),
        };
        account_payload(done)
    }

    /// Gives an account a role. Its sessions end, so that it begins anew with what it may.
    #[graphql(guard = "May(Action::ManageGrants)")]
    async fn role_grant(&self, ctx: &Context<'_>, input: RoleGrantInput) -> Result<RoleGrantPayload> {
        let (access, actor) = access(ctx)?;
        let key = input.idempotency_key.clone();
        let done = match new_grant(input) {
            Ok(new) => grant::give(access, actor, new, key.as_deref()).await,
            Err(error) => Err(error),
        };
        grant_payload(done)
    }

    /// Takes a role away. The sessions of its account end.
    #[graphql(guard = "May(Action::ManageGrants)")]
    async fn role_revoke(&self, ctx: &Context<'_>, input: RoleRevokeInput) -> Result<RoleGrantPayload> {
        let (access, actor) = access(ctx)?;
        let done = match named("grant", &input.grant_id) {
            Ok(uuid) => grant::take(access, actor, RoleGrantId(uuid), input.reason.as_deref()).await,
            Err(error) => Err(error),
        };
        grant_payload(done)
    }
}

/// The uuid of an id of one type; an id of another type names nothing here.
pub(super) fn named(kind: &str, id: &ID) -> std::result::Result<uuid::Uuid, app::Error> {
    uuid_of(kind, id).ok_or(app::Error::NotFound)
}

fn new_grant(input: RoleGrantInput) -> std::result::Result<grant::New, app::Error> {
    let kinds = ["study", "organisation", "publisher"];
    let scope_id = match &input.scope_id {
        None => None,
        Some(id) => Some(kinds.into_iter().find_map(|kind| uuid_of(kind, id)).ok_or(app::Error::NotFound)?),
    };
    Ok(grant::New {
        account: AccountId(named("account", &input.account_id)?),
        role: input.role.into(),
        scope_kind: input.scope_kind.into(),
        scope_id,
        starts_at: input.starts_at.map(|moment| moment.0),
        ends_at: input.ends_at.map(|moment| moment.0),
        reason: input.reason,
    })
}

fn account_payload(done: std::result::Result<account::Account, app::Error>) -> Result<AccountPayload> {
    let (done, user_errors) = settle(done)?;
    Ok(AccountPayload { account: done.map(Account), user_errors })
}

fn grant_payload(done: std::result::Result<grant::Grant, app::Error>) -> Result<RoleGrantPayload> {
    let (done, user_errors) = settle(done)?;
    Ok(RoleGrantPayload { grant: done.map(RoleGrant), user_errors })
}
