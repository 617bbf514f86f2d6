//! What can be asked of accounts: one's own, and those of others by those who manage them.

use async_graphql::{Context, Object, Result};

use super::account::{Account, AccountConnection, AccountEdge};
use super::grant::RoleGrant;
use super::program::Token;
use super::session::Session;
use crate::app::access::{account, grant, session, token};
use crate::domain::access::{Action, Actor};
use crate::graphql::caller::access;
use crate::graphql::may::May;
use crate::graphql::outcome::refuse;
use crate::graphql::page::{PageInfo, first_of, open, seal};

/// Questions about accounts.
#[derive(Default)]
pub struct AccessQuery;

/// Questions about accounts.
#[Object]
impl AccessQuery {
    /// Who asks; null when nobody is signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        let (access, actor) = access(ctx)?;
        if *actor == Actor::Anonymous {
            return Ok(None);
        }
        account::own(&access.ctx, actor).await.map(|row| Some(Viewer(Account(row)))).map_err(refuse)
    }

    /// Accounts in the order of their addresses.
    #[graphql(guard = "May(Action::ReadAccounts)")]
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, at most 100.", default = 20, validator(minimum = 1, maximum = 100))] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor of the account before the first.")] after: Option<String>,
        #[graphql(desc = "Only those whose name or address holds this.")] search: Option<String>,
    ) -> Result<AccountConnection> {
        let (access, actor) = access(ctx)?;
        let first = first_of(first, 20);
        let after = after.map(|cursor| open(&cursor)).transpose()?;
        let found = account::page(&access.ctx, actor, after.as_deref(), search.as_deref(), first as u64).await;
        let mut found = found.map_err(refuse)?;
        let has_next_page = found.len() > first;
        found.truncate(first);
        let edges: Vec<_> =
            found.into_iter().map(|row| AccountEdge { cursor: seal(&row.email_key), node: Account(row) }).collect();
        let page_info = PageInfo {
            has_next_page,
            has_previous_page: after.is_some(),
            start_cursor: edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: edges.last().map(|edge| edge.cursor.clone()),
        };
        Ok(AccountConnection { edges, page_info })
    }
}

/// Who asks.
pub struct Viewer(Account);

/// Who asks.
#[Object]
impl Viewer {
    /// The own account.
    async fn account(&self) -> Account {
        self.0.clone()
    }

    /// Whether the account has a password.
    #[graphql(guard = "May(Action::ReadOwnAccount)")]
    async fn has_password(&self, ctx: &Context<'_>) -> Result<bool> {
        let (access, actor) = access(ctx)?;
        account::has_password(&access.ctx, actor).await.map_err(refuse)
    }

    /// The own roles, those that have ended included.
    #[graphql(guard = "May(Action::ReadOwnAccount)")]
    async fn grants(&self, ctx: &Context<'_>) -> Result<Vec<RoleGrant>> {
        let (access, actor) = access(ctx)?;
        let found = grant::own(&access.ctx, actor).await.map_err(refuse)?;
        Ok(found.into_iter().map(RoleGrant).collect())
    }

    /// The browsers that are signed in, the latest first.
    #[graphql(guard = "May(Action::ReadOwnAccount)")]
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<Session>> {
        let (access, actor) = access(ctx)?;
        let current = actor.account().and_then(|account| account.session);
        let found = session::own(&access.ctx, actor).await.map_err(refuse)?;
        let shown = found.into_iter().map(|(row, ends_at)| {
            let is_current = current == Some(row.id);
            Session { row, ends_at, is_current }
        });
        Ok(shown.collect())
    }

    /// The tokens of the own programs, the newest first.
    #[graphql(guard = "May(Action::ReadOwnAccount)")]
    async fn tokens(&self, ctx: &Context<'_>) -> Result<Vec<Token>> {
        let (access, actor) = access(ctx)?;
        let found = token::own(&access.ctx, actor).await.map_err(refuse)?;
        Ok(found.into_iter().map(Token).collect())
    }
}
