//! Links of letters: whoever holds one answers one claim in the name of one account, once, and can do nothing else.
//! A link dies with its term, with the grant of its account, and when it is used.

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::{AccountId, UseClaimId, VerificationLinkId};
use entity::vocabulary::{TokenScope, VerificationDecision};

use super::claim::{Listed, one};
use super::digest;
use super::verify::{Done, Said, Seen, answer, reason};
use crate::app::access::{Access, acting_program};
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::Actor;
use crate::domain::secret::Secret;
use crate::store;
use crate::store::Transaction;
use crate::store::publisher::link::{self as stored, Link};

/// A link is good for so long.
pub const TERM: TimeDelta = TimeDelta::days(30);

/// What a link leads to.
#[derive(Clone, Debug)]
pub struct Followed {
    /// Who acts: the account of the link, and only to confirm claims.
    pub actor: Actor,
    /// What was answered by it already, and when.
    pub answered: Option<(VerificationDecision, DateTime<Utc>)>,
    pub claim: Listed,
    link: Link,
}

/// Where a link leads. One that was never made, is revoked, too old, or of an account that may not answer this claim
/// any more: not found, and nothing tells which.
pub async fn follow(access: &Access, secret: &str) -> Result<Followed, Error> {
    let ctx = &access.ctx;
    let link = found(ctx, secret).await?;
    let actor = acting_program(ctx, link.account_id, TokenScope::Publish).await?;
    let claim = one(ctx, &actor, link.use_claim_id).await?;
    Ok(Followed { actor, answered: link.decision.zip(link.used_at), claim, link })
}

async fn found(ctx: &Context, secret: &str) -> Result<Link, Error> {
    let secret = Secret::parse(secret).ok_or(Error::NotFound)?;
    stored::by_secret(&ctx.db, &secret.digest(), ctx.now()).await?.ok_or(Error::NotFound)
}

/// Answers the claim of a link. A link that was used answers nothing more.
pub async fn verify(access: &Access, secret: &str, said: Answer) -> Result<Done, Error> {
    let followed = follow(access, secret).await?;
    let (ctx, actor) = (&access.ctx, &followed.actor);
    let mut write = Write::begin(ctx, actor).await?;
    if !stored::consume(write.transaction(), followed.link.id, said.decision, write.at()).await? {
        return Err(Error::Conflict("this link was used; change the answer at the publisher's desk".to_owned()));
    }
    let said = Said { note: said.note, seen: said.seen, ..Said::plain(followed.link.use_claim_id, said.decision) };
    let done = answer(ctx, &mut write, actor, &said).await?;
    write.commit(reason(said.decision), &done).await?;
    Ok(done)
}

/// An answer by a link. A correction needs the desk, where the right dataset can be chosen.
#[derive(Clone, Debug)]
pub struct Answer {
    pub decision: VerificationDecision,
    pub note: Option<String>,
    pub seen: Option<Seen>,
}

/// Ends the letters to the account of a link.
pub async fn stop_letters(access: &Access, secret: &str) -> Result<(), Error> {
    let link = found(&access.ctx, secret).await?;
    digest::stop(&access.ctx, link.account_id).await
}

/// Makes the link of an account to a claim, for a letter that is being sent.
pub(super) async fn make(
    ctx: &Context,
    transaction: &Transaction,
    account: AccountId,
    claims: &[UseClaimId],
) -> Result<Vec<Secret>, Error> {
    let now = ctx.now();
    let mut secrets = Vec::with_capacity(claims.len());
    let mut links = Vec::with_capacity(claims.len());
    for &claim in claims {
        let secret = ctx.secret();
        links.push(Link {
            id: VerificationLinkId(ctx.id()),
            secret_hash: secret.digest(),
            account_id: account,
            use_claim_id: claim,
            created_at: now,
            expires_at: now + TERM,
            used_at: None,
            decision: None,
            revoked_at: None,
        });
        secrets.push(secret);
    }
    store::publisher::link::insert(transaction, links).await?;
    Ok(secrets)
}
