//! The sessions of an account.

use async_graphql::{Enum, ID, InputObject, Object, SimpleObject};

use crate::app::access::session;
use crate::graphql::node::id;
use crate::graphql::outcome::UserError;
use crate::graphql::scalar::DateTime;

/// How somebody signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::SignInMethod")]
pub enum SignInMethod {
    /// By password.
    Password,
    /// By a link that was sent.
    Link,
    /// At a provider of identities.
    Provider,
}

/// One browser that is signed in.
pub struct Session {
    pub(super) row: session::Session,
    pub(super) ends_at: chrono::DateTime<chrono::Utc>,
    pub(super) is_current: bool,
}

/// One browser that is signed in.
#[Object]
impl Session {
    /// Global id, `session:uuid`.
    async fn id(&self) -> ID {
        id("session", self.row.id.0)
    }

    /// How it began.
    async fn method(&self) -> SignInMethod {
        self.row.method.into()
    }

    /// When it began.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }

    /// When it was used last, to five minutes.
    async fn seen_at(&self) -> DateTime {
        DateTime(self.row.seen_at)
    }

    /// When it ends if it is not used again.
    async fn ends_at(&self) -> DateTime {
        DateTime(self.ends_at)
    }

    /// Whether it is the one that asks.
    async fn is_current(&self) -> bool {
        self.is_current
    }
}

/// What `sessionRevoke` takes.
#[derive(InputObject)]
pub struct SessionRevokeInput {
    /// The session.
    pub(super) session_id: ID,
}

/// A session that has ended.
#[derive(SimpleObject)]
pub struct SessionRevokePayload {
    /// Its id; null where nothing was done.
    pub(super) session_id: Option<ID>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}
