//! Accounts, as their owners and administrators see them.

use async_graphql::dataloader::DataLoader;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use super::grant::{Grants, RoleGrant};
use crate::app::access::account;
use crate::graphql::node::id;
use crate::graphql::outcome::UserError;
use crate::graphql::page::PageInfo;
use crate::graphql::scalar::DateTime;

/// A person who may sign in.
#[derive(Clone)]
pub struct Account(pub(super) account::Account);

/// A person who may sign in.
#[Object]
impl Account {
    /// Global id, `account:uuid`.
    async fn id(&self) -> ID {
        id("account", self.0.id.0)
    }

    /// The address that it signs in with and is written to.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// How it is named.
    async fn display_name(&self) -> &str {
        &self.0.display_name
    }

    /// The language of its letters, `es` or `en`.
    async fn lang(&self) -> &str {
        &self.0.lang
    }

    /// Since when it may not sign in; null where it may.
    async fn disabled_at(&self) -> Option<DateTime> {
        self.0.disabled_at.map(DateTime)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Its roles, those that have ended included.
    async fn grants(&self, ctx: &Context<'_>) -> Result<Vec<RoleGrant>> {
        let found = ctx.data::<DataLoader<Grants>>()?.load_one(self.0.id).await?;
        Ok(found.unwrap_or_default().into_iter().map(RoleGrant).collect())
    }
}

/// Accounts in the order of their addresses.
#[derive(SimpleObject)]
pub struct AccountConnection {
    /// One for each account.
    pub(super) edges: Vec<AccountEdge>,
    /// Where the page stands.
    pub(super) page_info: PageInfo,
}

/// An account in a list.
#[derive(SimpleObject)]
pub struct AccountEdge {
    /// The `after` of what follows.
    pub(super) cursor: String,
    /// The account.
    pub(super) node: Account,
}

/// What `accountCreate` takes.
#[derive(InputObject)]
pub struct AccountCreateInput {
    /// The address of the person.
    pub(super) email: String,
    /// How the account is named.
    pub(super) display_name: String,
    /// The language of its letters, `es` or `en`.
    #[graphql(default_with = "\"es\".to_owned()")]
    pub(super) lang: String,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// What `accountUpdate` takes; what is left out stays.
#[derive(InputObject)]
pub struct AccountUpdateInput {
    /// How the account is named.
    pub(super) display_name: Option<String>,
    /// The language of its letters, `es` or `en`.
    pub(super) lang: Option<String>,
    /// A new password; it ends all other sessions.
    pub(super) new_password: Option<String>,
    /// The password that counts now, where there is one and a new one is set.
    pub(super) current_password: Option<String>,
}

/// What `accountSetDisabled` takes.
#[derive(InputObject)]
pub struct AccountSetDisabledInput {
    /// The account.
    pub(super) account_id: ID,
    /// Whether it may not sign in from now on.
    pub(super) is_disabled: bool,
}

/// An account that was made or changed.
#[derive(SimpleObject)]
pub struct AccountPayload {
    /// The account; null where nothing was done.
    pub(super) account: Option<Account>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}
