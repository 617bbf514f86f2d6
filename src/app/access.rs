//! People and access: accounts, roles, signing in by password or link, sessions, tokens.

pub mod account;
mod attempts;
pub mod grant;
pub mod half;
pub mod identity;
mod passwords;
pub mod revoke;
pub mod second_factor;
pub mod session;
pub mod sign_in;
pub mod sign_up;
pub mod token;

use chrono::{DateTime, Utc};
use entity::id::AccountId;
use entity::vocabulary::{FactorKind, TokenScope};

use super::{Context, Error};
use crate::domain::access::{Account, Actor, Grant, Scope};
use crate::domain::second_factor::{Demand, seal::Seal};
use crate::oidc::Provider;
use crate::proof::Prover;
use crate::store;
use attempts::Attempts;
use passwords::Passwords;

/// What the use cases of access share: the counts of attempts and the bound on hashing live in the process.
#[derive(Debug)]
pub struct Access {
    /// The record, the clock, ids.
    pub ctx: Context,
    /// Where people may sign in instead.
    pub provider: Option<Provider>,
    /// Whether people may make accounts of their own.
    pub is_open: bool,
    /// What looks at domains and websites.
    pub prover: Prover,
    /// Whether roles of staff need a second factor.
    pub demand: Demand,
    /// Under what seeds of second factors are kept.
    seal: Seal,
    attempts: Attempts,
    passwords: Passwords,
}

impl Access {
    /// Over a record.
    pub fn new(ctx: Context) -> Self {
        Self {
            ctx,
            provider: None,
            is_open: true,
            prover: Prover::default(),
            demand: Demand::Optional,
            seal: Seal::default(),
            attempts: Attempts::default(),
            passwords: Passwords::default(),
        }
    }

    /// The most passwords that were ever hashed at the same time: each takes 19 MiB.
    pub fn most_hashes_at_once(&self) -> usize {
        self.passwords.most_at_once()
    }

    /// Counts an attempt to use a link from an address; refused where there were too many.
    pub(in crate::app) fn count_secret(&self, from: std::net::IpAddr) -> Result<(), Error> {
        self.attempts.secret(from, self.ctx.now()).map_err(Error::TooMany)
    }

    /// With a provider where people may sign in.
    #[must_use]
    pub fn with_provider(self, provider: Option<Provider>) -> Self {
        Self { provider, ..self }
    }

    /// Looking at domains and websites by these settings.
    #[must_use]
    pub fn proving(self, settings: crate::proof::Settings) -> Self {
        Self { prover: Prover::new(settings), ..self }
    }

    /// Asking staff for a second factor or not, and keeping seeds under a key.
    #[must_use]
    pub fn asking(self, demand: Demand, seal: Seal) -> Self {
        Self { demand, seal, ..self }
    }

    /// Open to people who make accounts of their own, or not.
    #[must_use]
    pub fn opened(self, is_open: bool) -> Self {
        Self { is_open, ..self }
    }
}

/// A grant as the policy reads it; `None` for one that was revoked or makes no sense.
fn grant_of(row: &store::access::grant::Grant) -> Option<Grant> {
    let scope = Scope::of(row.scope_kind, row.scope_id)?;
    let (starts_at, ends_at) = (row.starts_at, row.ends_at);
    row.revoked_at.is_none().then_some(Grant { role: row.role, scope, starts_at, ends_at })
}

/// The grants of an account that nobody has revoked.
async fn grants_of(ctx: &Context, account: AccountId) -> Result<Vec<Grant>, Error> {
    Ok(store::access::grant::of(&ctx.db, &[account]).await?.iter().filter_map(grant_of).collect())
}

/// Whether an account may manage other accounts at a moment: its sessions are shorter.
fn is_admin(grants: &[Grant], at: DateTime<Utc>) -> bool {
    grants.iter().any(|grant| grant.role == entity::vocabulary::Role::Admin && grant.holds_at(at))
}

/// An account as a program of its own would act, for one sort of deed only. One that may not sign in is not found.
pub(in crate::app) async fn acting_program(ctx: &Context, id: AccountId, scope: TokenScope) -> Result<Actor, Error> {
    let account = store::access::account::one(&ctx.db, id).await?;
    if account.is_none_or(|account| account.disabled_at.is_some()) {
        return Err(Error::NotFound);
    }
    // What it is good for was said in a letter to its owner: one deed, and no session.
    let grants = grants_of(ctx, id).await?;
    let acting = Account { id, session: None, scopes: Some(vec![scope]), grants, factor: None, is_asleep: false };
    Ok(Actor::Account(acting))
}

/// The account behind a browser or a program, which had a second factor or not.
fn acting(access: &Access, id: AccountId, grants: Vec<Grant>, factor: Option<FactorKind>) -> Account {
    let is_asleep = access.demand == Demand::Staff && factor.is_none();
    Account { id, session: None, scopes: None, grants, factor, is_asleep }
}
