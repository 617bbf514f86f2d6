//! Roles that accounts have.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Enum, Error, ID, InputObject, Object, SimpleObject};
use entity::id::AccountId;

use crate::app::access::grant;
use crate::graphql::caller::Caller;
use crate::graphql::node::id;
use crate::graphql::outcome::{UserError, refuse};
use crate::graphql::scalar::DateTime;

/// What an account may be trusted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Role")]
pub enum Role {
    /// Proposes claims, supports requests.
    Contributor,
    /// Speaks for an organisation.
    OrganisationRepresentative,
    /// Runs a study.
    Researcher,
    /// Speaks for a public body and what belongs to it.
    AgencyLiaison,
    /// Moderates, matches, merges.
    Curator,
    /// Manages accounts, roles and tokens.
    Admin,
    /// A program that harvests and imports.
    Service,
}

/// What sort of place a role holds in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::ScopeKind")]
pub enum ScopeKind {
    /// Everywhere.
    Global,
    /// In one study.
    Study,
    /// For one organisation.
    Organisation,
    /// For a public body and all that belongs to it.
    PublisherSubtree,
}

/// A role, where, and how long.
pub struct RoleGrant(pub(super) grant::Grant);

/// A role, where, and how long.
#[Object]
impl RoleGrant {
    /// Global id, `grant:uuid`.
    async fn id(&self) -> ID {
        id("grant", self.0.id.0)
    }

    /// The role.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// What sort of place it holds in.
    async fn scope_kind(&self) -> ScopeKind {
        self.0.scope_kind.into()
    }

    /// The place, `study:uuid`, `organisation:uuid` or `publisher:uuid`; null for everywhere.
    async fn scope_id(&self) -> Option<ID> {
        let kind = match self.0.scope_kind {
            entity::vocabulary::ScopeKind::Global => return None,
            entity::vocabulary::ScopeKind::Study => "study",
            entity::vocabulary::ScopeKind::Organisation => "organisation",
            entity::vocabulary::ScopeKind::PublisherSubtree => "publisher",
        };
        self.0.scope_id.map(|uuid| id(kind, uuid))
    }

    /// From when it holds.
    async fn starts_at(&self) -> DateTime {
        DateTime(self.0.starts_at)
    }

    /// Until when it holds; null is open.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(DateTime)
    }

    /// Since when it has been taken away; null where it has not.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }

    /// Why it was given.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
}

/// Reads the roles of many accounts in one statement, as the one who asks may see them.
pub struct Grants(pub(super) Arc<Caller>);

impl Loader<AccountId> for Grants {
    type Value = Vec<grant::Grant>;
    type Error = Error;

    async fn load(&self, keys: &[AccountId]) -> Result<HashMap<AccountId, Self::Value>, Error> {
        let Some(access) = &self.0.access else { return Ok(HashMap::new()) };
        let own = self.0.actor.account().is_some_and(|account| keys == [account.id]);
        let found = if own {
            grant::own(&access.ctx, &self.0.actor).await
        } else {
            grant::of(&access.ctx, &self.0.actor, keys).await
        };
        let mut by_account: HashMap<AccountId, Self::Value> = HashMap::new();
        for one in found.map_err(refuse)? {
            by_account.entry(one.account_id).or_default().push(one);
        }
        Ok(by_account)
    }
}

/// What `roleGrant` takes.
#[derive(InputObject)]
pub struct RoleGrantInput {
    /// The account.
    pub(super) account_id: ID,
    /// The role.
    pub(super) role: Role,
    /// What sort of place it holds in.
    pub(super) scope_kind: ScopeKind,
    /// The place, `study:uuid`, `organisation:uuid` or `publisher:uuid`; none for everywhere.
    pub(super) scope_id: Option<ID>,
    /// From when it holds; now, when left out.
    pub(super) starts_at: Option<DateTime>,
    /// Until when it holds; open, when left out.
    pub(super) ends_at: Option<DateTime>,
    /// Why it is given.
    pub(super) reason: String,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// What `roleRevoke` takes.
#[derive(InputObject)]
pub struct RoleRevokeInput {
    /// The role that was given.
    pub(super) grant_id: ID,
    /// Why it is taken; stands in the log of accesses.
    pub(super) reason: Option<String>,
}

/// A role that was given or taken.
#[derive(SimpleObject)]
pub struct RoleGrantPayload {
    /// The role; null where nothing was done.
    pub(super) grant: Option<RoleGrant>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}
