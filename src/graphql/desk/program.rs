//! The tokens of an account's programs.

use async_graphql::{Enum, ID, InputObject, Object, SimpleObject};

use crate::app::access::token;
use crate::graphql::node::id;
use crate::graphql::outcome::UserError;
use crate::graphql::scalar::DateTime;

/// What a program may do with a token, at most: never more than its account may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::TokenScope")]
pub enum TokenScope {
    /// Ask, change nothing.
    Read,
    /// Propose, support, dispute, answer for the own organisation.
    Contribute,
    /// Run a study.
    Research,
    /// Act for a public body.
    Publish,
    /// Moderate.
    Curate,
    /// Manage accounts and roles.
    Administer,
}

/// A token that a program sends.
pub struct Token(pub(super) token::Token);

/// A token that a program sends.
#[Object]
impl Token {
    /// Global id, `token:uuid`.
    async fn id(&self) -> ID {
        id("token", self.0.id.0)
    }

    /// What its owner calls it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its last four characters.
    async fn hint(&self) -> &str {
        &self.0.hint
    }

    /// What it is good for.
    async fn scopes(&self) -> Vec<TokenScope> {
        token::scopes(&self.0).into_iter().map(Into::into).collect()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it ends.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }

    /// When it was used last, to five minutes; null where it never was.
    async fn used_at(&self) -> Option<DateTime> {
        self.0.used_at.map(DateTime)
    }
}

/// What `tokenCreate` takes.
#[derive(InputObject)]
pub struct TokenCreateInput {
    /// What its owner calls it.
    pub(super) name: String,
    /// What it is good for.
    pub(super) scopes: Vec<TokenScope>,
    /// How many days it lives, at most 366.
    #[graphql(default = 90)]
    pub(super) days: u32,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// A token that was made.
#[derive(SimpleObject)]
pub struct TokenCreatePayload {
    /// The token; null where nothing was done.
    pub(super) token: Option<Token>,
    /// What the program sends. Shown now and never again, also not when the request is repeated.
    pub(super) secret: Option<String>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// What `tokenRevoke` takes.
#[derive(InputObject)]
pub struct TokenRevokeInput {
    /// The token.
    pub(super) token_id: ID,
}

/// A token that has ended.
#[derive(SimpleObject)]
pub struct TokenRevokePayload {
    /// Its id; null where nothing was done.
    pub(super) token_id: Option<ID>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}
