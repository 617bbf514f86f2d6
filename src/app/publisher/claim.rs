//! What is claimed of the bodies that somebody speaks for. Only what everybody may see is listed: to speak for a
//! publisher is no key to what its users keep to themselves.

use std::collections::HashMap;

use entity::id::{OrganisationId, UseClaimId};
use entity::vocabulary::PublisherAck;

use super::{Spoken, spoken};
use crate::app::permit::permit;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::draft::LangText;
use crate::store::publisher::claim as stored;
pub use crate::store::publisher::claim::{Claim, Shown, Verification, Wanted};

/// How claims stand that may wait for an answer of their publisher.
const WAITING: [PublisherAck; 2] = [PublisherAck::None, PublisherAck::Requested];

/// The claims that wait for an answer of their publisher.
pub fn unanswered() -> Wanted {
    Wanted { ack: WAITING.to_vec(), unanswered: true, ..Wanted::default() }
}

/// A claim with its evidence and the publisher's last answer.
#[derive(Clone, Debug)]
pub struct Listed {
    pub claim: Claim,
    pub evidence: Vec<Shown>,
    pub answer: Option<Verification>,
}

/// A body that somebody speaks for.
#[derive(Clone, Debug)]
pub struct Body {
    pub id: OrganisationId,
    pub slug: String,
    pub name: LangText,
    /// Whether a grant names it; else it belongs to one that is named.
    pub is_root: bool,
    /// The claims on its own data, by how they stand with it.
    pub counts: HashMap<PublisherAck, u64>,
    /// Those of them that wait for an answer: neither confirmed nor denied, and not corrected either.
    pub waiting: u64,
}

/// The bodies that whoever acts speaks for, those that a grant names first, with their claims counted.
pub async fn bodies(ctx: &Context, actor: &Actor) -> Result<Vec<Body>, Error> {
    let spoken = spoken(ctx, actor).await?;
    let ids: Vec<OrganisationId> = spoken.bodies.iter().copied().collect();
    let mut counts: HashMap<OrganisationId, HashMap<PublisherAck, u64>> = HashMap::new();
    let mut waiting: HashMap<OrganisationId, u64> = HashMap::new();
    for (body, ack, (count, unanswered)) in stored::counts(&ctx.db, &ids, spoken.day()).await? {
        counts.entry(body).or_default().insert(ack, count);
        if WAITING.contains(&ack) {
            *waiting.entry(body).or_default() += unanswered;
        }
    }
    let mut found: Vec<Body> = Vec::new();
    for (id, slug, name) in stored::bodies(&ctx.db, &ids).await? {
        let is_root = spoken.roots.contains(&id);
        let (counts, waiting) = (counts.remove(&id).unwrap_or_default(), waiting.remove(&id).unwrap_or_default());
        found.push(Body { id, slug, name, is_root, counts, waiting });
    }
    found.sort_by_key(|body| !body.is_root);
    Ok(found)
}

/// The claims on the bodies that whoever acts speaks for, or on one of them and what belongs to it.
pub async fn list(
    ctx: &Context,
    actor: &Actor,
    body: Option<OrganisationId>,
    wanted: &Wanted,
) -> Result<Vec<Listed>, Error> {
    let spoken = spoken(ctx, actor).await?;
    let claims = stored::of(&ctx.db, &spoken.within(body), spoken.day(), wanted).await?;
    with_evidence(ctx, claims).await
}

/// One claim on a body that whoever acts speaks for; one on another body is not found here.
pub async fn one(ctx: &Context, actor: &Actor, id: UseClaimId) -> Result<Listed, Error> {
    let spoken = spoken(ctx, actor).await?;
    let claim = stored::one_now(&ctx.db, id, spoken.day()).await?.filter(|claim| covers(actor, &spoken, claim));
    let claim = claim.ok_or(Error::NotFound)?;
    with_evidence(ctx, vec![claim]).await?.pop().ok_or(Error::NotFound)
}

fn covers(actor: &Actor, spoken: &Spoken, claim: &Claim) -> bool {
    permit(actor, Action::ConfirmAsPublisher, &spoken.about(claim.body)).is_ok()
}

async fn with_evidence(ctx: &Context, claims: Vec<Claim>) -> Result<Vec<Listed>, Error> {
    let ids: Vec<UseClaimId> = claims.iter().map(|claim| claim.id).collect();
    let mut evidence = stored::evidence(&ctx.db, &ids).await?;
    let mut answers = stored::answers(&ctx.db, &ids).await?;
    let listed = claims.into_iter().map(|claim| Listed {
        evidence: evidence.remove(&claim.id).unwrap_or_default(),
        answer: answers.remove(&claim.id),
        claim,
    });
    Ok(listed.collect())
}

/// The datasets of the bodies that whoever acts speaks for, by title, to choose the right one from.
pub async fn datasets(ctx: &Context, actor: &Actor) -> Result<Vec<(entity::id::DatasetId, String, LangText)>, Error> {
    /// More are found by their address.
    const MOST: u64 = 500;
    let spoken = spoken(ctx, actor).await?;
    Ok(stored::datasets(&ctx.db, &spoken.within(None), MOST).await?)
}
