//! Giving and taking roles. Either ends the sessions of the account, so that it begins anew with what it may.

use chrono::{DateTime, Utc};
use entity::id::{AccountId, RoleGrantId};
use entity::vocabulary::{AccessEventKind, Role, ScopeKind};
use serde::Serialize;
use uuid::Uuid;

use super::{Access, account};
use crate::app::permit::{account as acting_account, permit};
use crate::app::write::{Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object, Scope};
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation};
use crate::store;
pub use crate::store::access::grant::Grant;
use crate::store::access::grant::Place;

/// The longest reason.
const LONGEST: usize = 500;

/// A role to be given.
#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub account: AccountId,
    pub role: Role,
    pub scope_kind: ScopeKind,
    pub scope_id: Option<Uuid>,
    /// Now, when left out.
    pub starts_at: Option<DateTime<Utc>>,
    /// Open, when left out.
    pub ends_at: Option<DateTime<Utc>>,
    pub reason: String,
}

/// Gives a role.
pub async fn give(access: &Access, actor: &Actor, new: New, key: Option<&str>) -> Result<Grant, Error> {
    let ctx = &access.ctx;
    permit(actor, Action::ManageGrants, &Object::platform(ctx.now()))?;
    account::by_id(ctx, new.account).await?;
    let reason = one_line(&new.reason);
    check(&new, &reason, ctx.now())?;
    let mut write = Write::begin(ctx, actor).await?;
    if let Some(before) = write.repeated(Once { mutation: "roleGrant", key }, &new).await? {
        let found = store::access::grant::by_id(write.transaction(), RoleGrantId(before)).await?;
        return found.ok_or(Error::NotFound);
    }
    if let Some(id) = new.scope_id
        && !store::access::grant::is_place(write.transaction(), place(new.scope_kind), id).await?
    {
        return Err(Violation::new("scopeId", "there is nothing of this id that the role could be for").into());
    }
    let grant = Grant {
        id: RoleGrantId(ctx.id()),
        account_id: new.account,
        role: new.role,
        scope_kind: new.scope_kind,
        scope_id: new.scope_id,
        starts_at: new.starts_at.unwrap_or(write.at()),
        ends_at: new.ends_at,
        granted_at: write.at(),
        granted_by: actor.account().map(|account| account.id),
        reason,
        revoked_at: None,
        revoked_by: None,
    };
    store::access::grant::insert(write.transaction(), grant.clone()).await?;
    begin_anew(&write, actor, new.account).await?;
    write.event(AccessEventKind::RoleGranted, Some(new.account), Some(grant.id.0), new.role.as_str()).await?;
    write.commit("role granted", &grant.id.0).await?;
    Ok(grant)
}

/// The place of a role by its slug, for commands on the machine.
pub async fn scope_id(ctx: &Context, actor: &Actor, kind: ScopeKind, slug: &str) -> Result<Uuid, Error> {
    permit(actor, Action::ManageGrants, &Object::platform(ctx.now()))?;
    let found = store::access::grant::place_of(&ctx.db, place(kind), slug).await?;
    let fault = if slug.is_empty() { Fault::Missing } else { Fault::Invalid };
    found.ok_or_else(|| Violation::new("scope", format!("there is no {} '{slug}'", called(kind))).of(fault).into())
}

/// The slugs of the places that roles are for, by id.
pub async fn scope_slugs(ctx: &Context, actor: &Actor, grants: &[Grant]) -> Result<Vec<(Uuid, String)>, Error> {
    permit(actor, Action::ReadAccounts, &Object::platform(ctx.now()))?;
    let mut all = Vec::new();
    for table in [Place::Study, Place::Organisation] {
        let here = |grant: &&Grant| grant.scope_id.is_some() && place(grant.scope_kind) == table;
        let ids: Vec<_> = grants.iter().filter(here).filter_map(|grant| grant.scope_id).collect();
        all.extend(store::access::grant::slugs_of(&ctx.db, table, &ids).await?);
    }
    Ok(all)
}

/// What a place is called by whoever names one.
fn called(kind: ScopeKind) -> &'static str {
    if kind == ScopeKind::PublisherSubtree { "publisher" } else { place(kind).as_str() }
}

fn place(kind: ScopeKind) -> Place {
    if kind == ScopeKind::Study { Place::Study } else { Place::Organisation }
}

/// Takes a role away; why stands in the log of accesses.
pub async fn take(access: &Access, actor: &Actor, id: RoleGrantId, reason: Option<&str>) -> Result<Grant, Error> {
    let ctx = &access.ctx;
    permit(actor, Action::ManageGrants, &Object::platform(ctx.now()))?;
    let reason = reason.map(one_line).filter(|text| !text.is_empty());
    if reason.as_deref().is_some_and(|text| text.chars().count() > LONGEST) {
        return Err(Violation::new("reason", "a reason has at most 500 characters").of(Fault::TooLong).into());
    }
    let write = Write::begin(ctx, actor).await?;
    let Some(mut grant) = store::access::grant::by_id(write.transaction(), id).await? else {
        return Err(Error::NotFound);
    };
    let by = actor.account().map(|account| account.id);
    if !store::access::grant::revoke(write.transaction(), id, by, write.at()).await? {
        return Err(Error::Conflict("this role has been taken away already".to_owned()));
    }
    (grant.revoked_at, grant.revoked_by) = (Some(write.at()), by);
    begin_anew(&write, actor, grant.account_id).await?;
    if grant.role == Role::AgencyLiaison {
        store::publisher::link::revoke_all(write.transaction(), grant.account_id, write.at()).await?;
    }
    let said = reason.map_or_else(|| grant.role.as_str().to_owned(), |why| format!("{}: {why}", grant.role.as_str()));
    write.event(AccessEventKind::RoleRevoked, Some(grant.account_id), Some(id.0), &said).await?;
    write.commit("role revoked", &()).await?;
    Ok(grant)
}

/// Ends the sessions of an account, but the one that acts itself.
async fn begin_anew(write: &Write<'_>, actor: &Actor, of: AccountId) -> Result<(), Error> {
    let own = actor.account().filter(|account| account.id == of).and_then(|account| account.session);
    store::access::session::revoke_all(write.transaction(), of, own, write.at()).await?;
    Ok(())
}

/// The roles of the account that acts, those that have ended included.
pub async fn own(ctx: &Context, actor: &Actor) -> Result<Vec<Grant>, Error> {
    let acting = acting_account(actor)?;
    permit(actor, Action::ReadOwnAccount, &Object::of(acting.id, ctx.now()))?;
    Ok(store::access::grant::of(&ctx.db, &[acting.id]).await?)
}

/// The roles of accounts, those that have ended included.
pub async fn of(ctx: &Context, actor: &Actor, accounts: &[AccountId]) -> Result<Vec<Grant>, Error> {
    permit(actor, Action::ReadAccounts, &Object::platform(ctx.now()))?;
    Ok(store::access::grant::of(&ctx.db, accounts).await?)
}

fn check(new: &New, reason: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let mut faults = Vec::new();
    match Scope::of(new.scope_kind, new.scope_id) {
        None => faults.push(Violation::new("scopeId", "a global role has no id, any other needs one")),
        Some(scope) if !scope.fits(new.role) => {
            let wanted = [ScopeKind::Global, ScopeKind::Study, ScopeKind::Organisation, ScopeKind::PublisherSubtree];
            let id = Some(Uuid::nil());
            let wanted = wanted.into_iter().find(|kind| {
                Scope::of(*kind, id.filter(|_| *kind != ScopeKind::Global)).is_some_and(|scope| scope.fits(new.role))
            });
            let wanted = wanted.map_or("none", ScopeKind::as_str);
            let message = format!("the role {} is given for the scope {wanted}", new.role.as_str());
            faults.push(Violation::new("scopeKind", message));
        }
        Some(_) => {}
    }
    if reason.is_empty() {
        faults.push(Violation::new("reason", "say why the role is given").of(Fault::Missing));
    } else if reason.chars().count() > LONGEST {
        faults.push(Violation::new("reason", "a reason has at most 500 characters").of(Fault::TooLong));
    }
    if new.ends_at.is_some_and(|end| end <= new.starts_at.unwrap_or(now)) {
        faults.push(Violation::new("endsAt", "a role ends after it has begun"));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}
