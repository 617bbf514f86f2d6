//! One answer to many claims at once, and what it would do before it is given.

use std::collections::BTreeMap;

use entity::id::UseClaimId;
use entity::vocabulary::{Grade, PublisherAck, VerificationDecision};
use serde::{Deserialize, Serialize};

use super::spoken_in;
use super::verify::{Done, Said, Seen, answer, grade, reason};
use crate::app::permit::permit;
use crate::app::write::{Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::acknowledgement::after;
use crate::domain::violation::{Fault, Violation};
use crate::store;
use crate::store::publisher::claim::{self as stored, Claim, UseClaim};

/// The most claims of one answer.
pub const MOST: usize = 100;

/// One answer to many claims.
#[derive(Clone, Debug, Serialize)]
pub struct Many {
    pub claims: Vec<UseClaimId>,
    pub decision: VerificationDecision,
    pub note: Option<String>,
    /// The answer to each that stood when this one was made up; of a claim that is left out, whatever stands is answered
    /// anew.
    pub seen: BTreeMap<UseClaimId, Seen>,
}

/// What became of one answer to many claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub done: Vec<Done>,
    /// Those that somebody else has answered since they were seen, left as they stand.
    pub changed: Vec<UseClaimId>,
    /// Those that may be answered no more since they were seen.
    pub gone: Vec<UseClaimId>,
}

/// What an answer would make of one claim.
#[derive(Clone, Debug)]
pub struct Preview {
    pub claim: Claim,
    pub before: (PublisherAck, Grade),
    pub after: (PublisherAck, Grade),
    /// The answer that stands.
    pub seen: Seen,
}

impl Preview {
    /// Whether anything would become of it.
    pub fn changes(&self) -> bool {
        self.before != self.after
    }
}

/// Says what would become of each claim, and changes nothing.
pub async fn preview(ctx: &Context, actor: &Actor, many: &Many) -> Result<Vec<Preview>, Error> {
    let ids = check(many)?;
    let transaction = store::begin_snapshot(&ctx.db).await?;
    let spoken = spoken_in(&transaction, actor, ctx.now()).await?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let claim = stored::one(&transaction, id, spoken.day()).await?.ok_or(Error::NotFound)?;
        permit(actor, Action::ConfirmAsPublisher, &spoken.about(claim.body))?;
        let row: UseClaim = store::edit::by_id(&transaction, id.0).await?.ok_or(Error::NotFound)?;
        let ack = after(many.decision);
        let after = (ack, grade(&transaction, &row, ack).await?);
        let seen = Seen(stored::answer_to(&transaction, id).await?.map(|last| last.entity_id));
        found.push(Preview { before: (row.publisher_ack, row.grade), after, seen, claim });
    }
    transaction.rollback().await?;
    Ok(found)
}

/// Answers many claims alike: all of them, or none. Only what has changed since it was seen is left out, claim by claim.
pub async fn verify(ctx: &Context, actor: &Actor, many: &Many, key: Option<&str>) -> Result<Outcome, Error> {
    answer_each(ctx, actor, many, key, true).await
}

/// Answers many claims alike: all of them, or none, where one has changed since it was seen too.
pub async fn verify_all(ctx: &Context, actor: &Actor, many: &Many, key: Option<&str>) -> Result<Vec<Done>, Error> {
    Ok(answer_each(ctx, actor, many, key, false).await?.done)
}

async fn answer_each(
    ctx: &Context,
    actor: &Actor,
    many: &Many,
    key: Option<&str>,
    leaves_changed: bool,
) -> Result<Outcome, Error> {
    let ids = check(many)?;
    let mut write = Write::begin(ctx, actor).await?;
    if let Some(done) = write.repeated(Once { mutation: "claimsConfirmMany", key }, many).await? {
        return Ok(done);
    }
    let mut outcome = Outcome::default();
    for id in ids {
        let seen = many.seen.get(&id).copied();
        let said = Said { note: many.note.clone(), seen, ..Said::plain(id, many.decision) };
        let is_left = leaves_changed && seen.is_some();
        // These are refused before anything of the claim is written.
        match answer(ctx, &mut write, actor, &said).await {
            Ok(done) => outcome.done.push(done),
            Err(Error::Conflict(_)) if is_left => outcome.changed.push(id),
            Err(Error::NotFound | Error::Forbidden) if is_left => outcome.gone.push(id),
            Err(error) => return Err(error),
        }
    }
    write.commit(reason(many.decision), &outcome).await?;
    Ok(outcome)
}

fn check(many: &Many) -> Result<Vec<UseClaimId>, Error> {
    let mut ids = many.claims.clone();
    ids.sort_unstable();
    ids.dedup();
    let fault = if ids.is_empty() {
        Violation::new("claims", "choose at least one claim").of(Fault::Missing)
    } else if ids.len() > MOST {
        Violation::new("claims", format!("at most {MOST} claims are answered at once")).of(Fault::TooLong)
    } else if many.decision == VerificationDecision::Corrected {
        Violation::new("decision", "each correction says what is right; correct claims one by one")
    } else {
        return Ok(ids);
    };
    Err(fault.into())
}
