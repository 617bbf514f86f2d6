//! The proofs: a link that came to a mailbox, a record of a domain, a file or a link of a website.

use std::net::IpAddr;

use entity::id::ProfileTakeoverId;
use entity::vocabulary::{TakeoverProof, TakeoverStatus};

use super::{Hurdle, LOOKS, PAUSE, Takeover, is_expired, object, own_row, proven, stored};
use crate::app::access::Access;
use crate::app::permit::{account, permit};
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::secret::Secret;
use crate::domain::takeover::{is_mailbox_at, own_domain};
use crate::proof::Unseen;
use crate::store;
use crate::store::takeover::Organisation;

/// Looks whether the token is where it has to be, and gives the role where it is.
pub async fn prove(access: &Access, actor: &Actor, id: ProfileTakeoverId) -> Result<Takeover, Error> {
    let ctx = &access.ctx;
    let row = own_row(ctx, actor, id).await?;
    let (Some(domain), Some(hash)) = (&row.domain, &row.token_hash) else { return Err(Hurdle::Settled.here()) };
    check_open(ctx, &row)?;
    if row.proof == TakeoverProof::EmailDomain {
        return Err(Hurdle::ByLetter.here());
    }
    let organisation = stored::organisations(&ctx.db, &[row.organisation_id]).await?.pop().ok_or(Error::NotFound)?;
    permit(actor, Action::ClaimProfile, &object(&organisation, ctx.now()))?;
    check_website(&row, &organisation)?;
    count_look(ctx, actor, &row).await?;
    // Nothing is held while others are waited for.
    let seen = if row.proof == TakeoverProof::Dns {
        access.prover.record(domain, hash).await
    } else {
        let website = organisation.website.as_deref().unwrap_or_default();
        access.prover.page(website, domain, &access.prover.profile(&organisation.slug), hash).await
    };
    let found_in = seen.map_err(|unseen| unproved(unseen, row.proof))?;
    settle(ctx, actor, &row, found_in).await
}

/// Proves a mailbox by the link that was sent to it. It works once, for the account that asked.
pub async fn confirm(access: &Access, actor: &Actor, from: IpAddr, secret: &str) -> Result<Takeover, Error> {
    let (ctx, acting) = (&access.ctx, account(actor)?);
    access.count_secret(from)?;
    let dead = || Hurdle::DeadLink.at("token");
    let secret = Secret::parse(secret).ok_or_else(dead)?;
    let row = stored::by_token(&ctx.db, &secret.digest()).await?;
    let row = row.filter(|row| row.account_id == acting.id && row.proof == TakeoverProof::EmailDomain);
    let row = row.filter(|row| row.status == TakeoverStatus::Open && !is_expired(row, ctx.now())).ok_or_else(dead)?;
    let own = store::access::account::one(&ctx.db, acting.id).await?.ok_or(Error::NotFound)?;
    let domain = row.domain.as_deref().unwrap_or_default();
    // The address may be another than the one that the letter went to.
    if !is_mailbox_at(&own.email, domain) {
        return Err(dead());
    }
    let host = own.email.rsplit_once('@').map_or("", |(_, host)| host).to_ascii_lowercase();
    settle(ctx, actor, &row, host).await
}

/// Settles a proof that was found, if the attempt and the organisation still are what they were.
async fn settle(ctx: &Context, actor: &Actor, seen: &Takeover, found_in: String) -> Result<Takeover, Error> {
    let mut write = Write::begin(ctx, actor).await?;
    let organisation = stored::organisation_locked(write.transaction(), seen.organisation_id).await?;
    let organisation = organisation.ok_or(Error::NotFound)?;
    permit(actor, Action::ClaimProfile, &object(&organisation, write.at()))?;
    let before = stored::locked(write.transaction(), seen.id).await?.ok_or(Error::NotFound)?;
    check_open(ctx, &before)?;
    // Begun anew, or its letter sent again: what was found is not what is asked for any more.
    if before.token_hash != seen.token_hash {
        return Err(Hurdle::Settled.here());
    }
    check_website(&before, &organisation)?;
    let after = proven(&mut write, before, &organisation, found_in).await?;
    write.commit("proved that they may speak for the organisation", &after.id.0).await?;
    Ok(after)
}

fn check_open(ctx: &Context, row: &Takeover) -> Result<(), Error> {
    if row.status != TakeoverStatus::Open {
        return Err(Hurdle::Settled.here());
    }
    if is_expired(row, ctx.now()) {
        return Err(Hurdle::Expired.here());
    }
    Ok(())
}

/// Whether the organisation still has the website whose domain is to be proved.
fn check_website(row: &Takeover, organisation: &Organisation) -> Result<(), Error> {
    if organisation.website.as_deref().and_then(own_domain) == row.domain {
        return Ok(());
    }
    Err(Hurdle::OtherWebsite.here())
}

/// Counts a look before it is taken, so that those who stop waiting for it are counted too.
async fn count_look(ctx: &Context, actor: &Actor, row: &Takeover) -> Result<(), Error> {
    let write = Write::begin(ctx, actor).await?;
    let times = (write.at(), write.at() - PAUSE);
    if !stored::look(write.transaction(), row.id, times, LOOKS).await? {
        let wait = if row.looks >= LOOKS { 86_400 } else { PAUSE.num_seconds() };
        return Err(Error::TooMany(u32::try_from(wait).unwrap_or(u32::MAX)));
    }
    write.commit("looked for a proof", &()).await?;
    Ok(())
}

/// What somebody is told whose proof was not found: nothing of what was found instead.
fn unproved(unseen: Unseen, proof: TakeoverProof) -> Error {
    let hurdle = match (unseen, proof) {
        (Unseen::Busy, _) => return Error::TooMany(5),
        (Unseen::Missing, TakeoverProof::Dns) => Hurdle::NoRecord,
        (Unseen::Missing, _) => Hurdle::NoFile,
        (Unseen::Unreadable, TakeoverProof::Dns) => Hurdle::NoNames,
        (Unseen::Unreadable, _) => Hurdle::NoAnswer,
        (Unseen::Barred, _) => Hurdle::Barred,
    };
    hurdle.at("proof")
}
