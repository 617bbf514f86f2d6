//! The desk of those who speak for a publisher: which bodies, what is claimed of them, what they answer, and the
//! letters that ask them.

pub mod claim;
pub mod digest;
pub mod link;
pub mod many;
pub mod verify;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::id::OrganisationId;
use entity::vocabulary::Role;

use super::{Context, Error};
use crate::domain::access::{Account, Actor, Object, Scope};
use crate::domain::subtree::{PartOf, above, below};
use crate::store;
use crate::store::Transaction;

/// The bodies that an account speaks for at a moment.
#[derive(Clone, Debug)]
pub struct Spoken {
    at: DateTime<Utc>,
    parts: Vec<PartOf>,
    /// The bodies that its grants name.
    pub roots: Vec<OrganisationId>,
    /// These and all that belongs to them on that day.
    pub bodies: BTreeSet<OrganisationId>,
}

impl Spoken {
    fn new(account: &Account, parts: Vec<PartOf>, at: DateTime<Utc>) -> Self {
        let held = account.held(at).filter(|grant| grant.role == Role::AgencyLiaison);
        let mut roots: Vec<OrganisationId> = Vec::new();
        for grant in held {
            if let Scope::PublisherSubtree(body) = grant.scope
                && !roots.contains(&body)
            {
                roots.push(body);
            }
        }
        let bodies = below(&parts, &roots, at.date_naive());
        Self { at, parts, roots, bodies }
    }

    /// The day on which it is asked.
    pub fn day(&self) -> NaiveDate {
        self.at.date_naive()
    }

    /// Something of a body that everybody may see.
    pub fn about(&self, body: OrganisationId) -> Object {
        Object::platform(self.at).under(above(&self.parts, body, self.day()))
    }

    /// The body that the account's grant names and that stands nearest above another.
    fn on_behalf_of(&self, body: OrganisationId) -> Option<OrganisationId> {
        above(&self.parts, body, self.day()).into_iter().find(|one| self.roots.contains(one))
    }

    /// A body, or one body and all below it.
    pub fn within(&self, body: Option<OrganisationId>) -> Vec<OrganisationId> {
        match body {
            None => self.bodies.iter().copied().collect(),
            Some(body) if self.bodies.contains(&body) => below(&self.parts, &[body], self.day()).into_iter().collect(),
            Some(_) => Vec::new(),
        }
    }
}

/// The bodies that whoever acts speaks for now.
pub async fn spoken(ctx: &Context, actor: &Actor) -> Result<Spoken, Error> {
    let account = super::permit::account(actor)?;
    Ok(Spoken::new(account, store::relation::accepted_parts_now(&ctx.db).await?, ctx.now()))
}

/// The same inside a write.
async fn spoken_in(transaction: &Transaction, actor: &Actor, at: DateTime<Utc>) -> Result<Spoken, Error> {
    let account = super::permit::account(actor)?;
    Ok(Spoken::new(account, store::relation::accepted_parts(transaction).await?, at))
}
