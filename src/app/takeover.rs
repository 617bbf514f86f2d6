//! Who speaks for an organisation: its people ask, and prove it by a mailbox at its domain, by a record of that domain,
//! or by its website; or a curator decides. The first who proves it is given the role at once. Where somebody speaks for
//! it already, a proof is put before a curator and nobody is replaced in silence.

mod begin;
mod decide;
mod hurdle;
pub(in crate::app) mod letter;
mod prove;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::{AccountId, OrganisationId, ProfileTakeoverId, RoleGrantId};
use entity::vocabulary::{
    AccessEventKind, Consent, LetterKind, Role, RowVisibility, ScopeKind, TakeoverProof, TakeoverStatus,
};
use serde_json::json;

use super::access::grant::Grant;
use super::permit::{account, permit};
use super::review::names::target_at;
use super::write::{Change, Letter, Write};
use super::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::review::Target;
use crate::domain::secret::Secret;
use crate::store;
pub use crate::store::takeover::Takeover;
use crate::store::takeover::{self as stored, Organisation};

pub use begin::{Begun, New, begin, withdraw};
pub use decide::{Verdict, decide};
pub use hurdle::Hurdle;
pub use prove::{confirm, prove};

/// A record, a file or a link has to be there within so long.
pub const PROVEN_WITHIN: TimeDelta = TimeDelta::days(14);
/// The link of a letter is good for so long.
pub const LINK: TimeDelta = TimeDelta::hours(24);
/// So many attempts somebody may begin within a day.
pub const A_DAY: u64 = 5;
/// So often the domain or the website is looked at for one attempt.
pub const LOOKS: i32 = 20;
/// The pause between two looks.
pub const PAUSE: TimeDelta = TimeDelta::seconds(10);
/// How many attempts are listed.
const SHOWN: u64 = 100;

/// An attempt with what a reader has to know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub row: Takeover,
    pub slug: String,
    /// The name of the organisation, by language.
    pub name: String,
    /// Who asks; for the curator alone.
    pub account_name: Option<String>,
    pub email: Option<String>,
    /// How many speak for the organisation already; for the curator alone.
    pub representatives: Option<u64>,
}

/// Whether an attempt came to nothing because nobody proved anything in time.
pub fn is_expired(row: &Takeover, now: DateTime<Utc>) -> bool {
    row.status == TakeoverStatus::Open && row.expires_at <= now
}

/// The organisation whose page stands at an address here, for somebody who wants to speak for it.
pub async fn organisation_at(ctx: &Context, actor: &Actor, address: &str) -> Result<OrganisationId, Error> {
    permit(actor, Action::ClaimProfile, &Object::platform(ctx.now()))?;
    match target_at(ctx, actor, address).await? {
        Some(Target::Publisher(id)) => Ok(id),
        _ => Err(Hurdle::NotHere.at("organisation")),
    }
}

/// The attempts of whoever acts, the newest first.
pub async fn own(ctx: &Context, actor: &Actor) -> Result<Vec<Listed>, Error> {
    let acting = account(actor)?;
    permit(actor, Action::ClaimProfile, &Object::platform(ctx.now()))?;
    let rows = stored::of_account(&ctx.db, acting.id, SHOWN).await?;
    Ok(named(ctx, rows).await?.into_iter().map(|(one, _)| one).collect())
}

/// An attempt with its names, as whoever has just changed it sees it.
pub async fn settled_one(ctx: &Context, actor: &Actor, row: &Takeover) -> Result<Listed, Error> {
    let acting = account(actor)?;
    if row.account_id != acting.id {
        permit(actor, Action::DecideTakeover, &Object::platform(ctx.now()))?;
    }
    named(ctx, vec![row.clone()]).await?.pop().map(|(one, _)| one).ok_or(Error::NotFound)
}

/// What waits for a curator, the oldest first, with who asks.
pub async fn queue(ctx: &Context, actor: &Actor) -> Result<Vec<Listed>, Error> {
    permit(actor, Action::DecideTakeover, &Object::platform(ctx.now()))?;
    let rows = stored::waiting(&ctx.db, SHOWN).await?;
    let mut found = Vec::with_capacity(rows.len());
    for (one, organisation) in named(ctx, rows).await? {
        let who = store::access::account::one(&ctx.db, one.row.account_id).await?;
        let representatives = stored::count_representatives(&ctx.db, organisation, ctx.now()).await?;
        let (account_name, email) = who.map(|who| (who.display_name, who.email)).unzip();
        found.push(Listed { account_name, email, representatives: Some(representatives), ..one });
    }
    Ok(found)
}

/// Attempts with the names of their organisations; those whose organisation is gone are left out.
async fn named(ctx: &Context, rows: Vec<Takeover>) -> Result<Vec<(Listed, OrganisationId)>, Error> {
    let ids: Vec<_> = rows.iter().map(|row| row.organisation_id).collect();
    let found = stored::organisations(&ctx.db, &ids).await?;
    let by_id: HashMap<_, _> = found.into_iter().map(|one| (one.entity_id, (one.slug, one.name))).collect();
    let listed = rows.into_iter().filter_map(|row| {
        let (slug, name) = by_id.get(&row.organisation_id)?.clone();
        let of = row.organisation_id;
        Some((Listed { row, slug, name, account_name: None, email: None, representatives: None }, of))
    });
    Ok(listed.collect())
}

/// An attempt of whoever acts; another's is not found.
async fn own_row(ctx: &Context, actor: &Actor, id: ProfileTakeoverId) -> Result<Takeover, Error> {
    let acting = account(actor)?;
    permit(actor, Action::ClaimProfile, &Object::platform(ctx.now()))?;
    let row = stored::by_id(&ctx.db, id).await?.filter(|row| row.account_id == acting.id);
    row.ok_or(Error::NotFound)
}

/// What the policy has to know of somebody's claim on an organisation.
fn object(organisation: &Organisation, at: DateTime<Utc>) -> Object {
    let is_shown = organisation.visibility == RowVisibility::Public && organisation.consent != Consent::No;
    let object = if is_shown { Object::platform(at) } else { Object::hidden(at) };
    object.about(organisation.entity_id)
}

/// Ends a proof that was found: by the role where nobody speaks for the organisation, else before a curator. The
/// organisation is locked, so that of two who prove it at once the second finds the first.
async fn proven(
    write: &mut Write<'_>,
    before: Takeover,
    organisation: &Organisation,
    found_in: String,
) -> Result<Takeover, Error> {
    let others = stored::representatives(write.transaction(), before.organisation_id, write.at()).await?;
    if others.iter().any(|other| other.id == before.account_id) {
        return Err(Hurdle::Already.here());
    }
    let proved = Takeover { proved_at: Some(write.at()), found_in: Some(found_in), token_hash: None, ..before.clone() };
    if others.is_empty() {
        let reason = format!("proved by {}: {}", before.proof.as_str(), proved.found_in.as_deref().unwrap_or_default());
        return grant(write, before, proved, None, reason).await;
    }
    let after = Takeover { status: TakeoverStatus::Waiting, ..proved };
    advance(write, &before, after.clone()).await?;
    tell(write, &others, &after, organisation).await?;
    Ok(after)
}

/// Gives the role, and says so to whoever asked and to those who speak for the organisation already.
async fn grant(
    write: &mut Write<'_>,
    before: Takeover,
    after: Takeover,
    by: Option<AccountId>,
    reason: String,
) -> Result<Takeover, Error> {
    let granted = Grant {
        id: RoleGrantId(write.fresh_id()),
        account_id: before.account_id,
        role: Role::OrganisationRepresentative,
        scope_kind: ScopeKind::Organisation,
        scope_id: Some(before.organisation_id.0),
        starts_at: write.at(),
        ends_at: None,
        granted_at: write.at(),
        granted_by: by,
        reason,
        revoked_at: None,
        revoked_by: None,
    };
    let after = Takeover {
        status: TakeoverStatus::Granted,
        // It has served.
        note: None,
        ended_at: Some(write.at()),
        decided_by: by,
        grant_id: Some(granted.id),
        ..after
    };
    store::access::grant::insert(write.transaction(), granted.clone()).await?;
    // As with every role: other browsers of the account begin anew with what it may.
    let acting = write.actor().account().filter(|acting| acting.id == before.account_id);
    let own = acting.and_then(|acting| acting.session);
    store::access::session::revoke_all(write.transaction(), before.account_id, own, write.at()).await?;
    let role = granted.role.as_str();
    write.event(AccessEventKind::RoleGranted, Some(before.account_id), Some(granted.id.0), role).await?;
    advance(write, &before, after.clone()).await?;
    Ok(after)
}

/// Puts an attempt as it has become in its place, and writes that down in the history of its organisation, which shows
/// it to nobody outside the desk.
async fn advance(write: &mut Write<'_>, before: &Takeover, after: Takeover) -> Result<(), Error> {
    if !stored::replace(write.transaction(), before.status, after.clone()).await? {
        return Err(Hurdle::Settled.here());
    }
    note(write, Some(before), &after);
    Ok(())
}

fn note(write: &mut Write<'_>, before: Option<&Takeover>, after: &Takeover) {
    let image = |row: &Takeover| json!({ "proof": row.proof, "status": row.status, "grant": row.grant_id });
    write.change(Change {
        kind: "profile_takeover",
        record: after.id.0,
        subject: after.organisation_id.0,
        is_public: false,
        before: before.map(image),
        after: Some(image(after)),
    });
}

/// Writes to those who speak for an organisation that somebody else asks, or speaks for it now.
async fn tell(
    write: &Write<'_>,
    others: &[entity::account::Model],
    row: &Takeover,
    organisation: &Organisation,
) -> Result<(), Error> {
    for other in others.iter().filter(|other| other.id != row.account_id) {
        write
            .post(Letter {
                kind: LetterKind::TakeoverNews,
                account: Some(other.id),
                lang: other.lang.clone(),
                facts: json!({ "organisation": organisation.entity_id, "status": row.status }),
                dedupe_key: Some(format!("takeover_news/{}/{}/{}", row.id, row.status.as_str(), other.id)),
            })
            .await?;
    }
    Ok(())
}

/// Whether a proof needs something to be put somewhere, and so a token that is shown once.
fn needs_token(proof: TakeoverProof) -> bool {
    matches!(proof, TakeoverProof::Dns | TakeoverProof::Website)
}

/// A token and its digest.
fn token(ctx: &Context) -> (Secret, String) {
    let secret = ctx.secret();
    let digest = secret.digest();
    (secret, digest)
}
