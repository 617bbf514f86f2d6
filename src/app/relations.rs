//! Relations between bodies: what imports propose, decided one by one or by the body they lead to. Only accepted
//! ones move a figure.

mod bodies;
mod propose;

use chrono::NaiveDate;
use entity::id::{OrganisationId, RelationId};
use entity::vocabulary::{DatePrecision, Decision, RelationKind};
use uuid::Uuid;

use super::ingest::check;
use super::matching::{Side, sides};
use super::permit::permit;
use super::write::Write;
use super::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::contact::{contact_fault, mentions_a_person};
use crate::domain::succession;
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation};
use crate::store::relation::Relation;
use crate::store::{self, edit};
pub use bodies::KnownBody;
pub(super) use bodies::source_id;
pub use propose::{Fate, Known, Proposed, propose};

/// The longest reason.
const LONGEST_REASON: usize = 500;
/// How many relations are decided at once.
const MOST: usize = 1_000;

/// A relation with both bodies.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    pub row: Relation,
    pub from: Side,
    pub to: Side,
}

/// A body to which proposed relations lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Parent {
    pub body: Side,
    /// How many relations wait.
    pub waiting: u64,
    /// Whether some of them say that a body is part of it.
    pub has_parts: bool,
    /// Whether a part of it has been decided: from then on figures count for the topmost body by default.
    pub is_decided: bool,
}

/// Bodies to which proposed relations lead, those with the most first.
pub async fn parents(ctx: &Context, actor: &Actor, first: u64) -> Result<Vec<Parent>, Error> {
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    let rows = store::relation::parents(&ctx.db, first).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut sides = sides(ctx, &ids, &[]).await?;
    let found = rows.into_iter().filter_map(|row| {
        let (waiting, has_parts) = (row.waiting, row.parts > 0);
        Some(Parent { body: sides.remove(&row.id)?, waiting, has_parts, is_decided: row.decided > 0 })
    });
    Ok(found.collect())
}

/// Relations in a state, of one parent or of all, of some kinds or (where none is named) of all, in the order of their
/// ids, after one of them.
pub async fn page(
    ctx: &Context,
    actor: &Actor,
    wanted: (Decision, Option<OrganisationId>, &[RelationKind]),
    after: Option<RelationId>,
    first: u64,
) -> Result<Vec<Related>, Error> {
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    with_sides(ctx, store::relation::page(&ctx.db, wanted, after, first).await?).await
}

async fn with_sides(ctx: &Context, rows: Vec<Relation>) -> Result<Vec<Related>, Error> {
    let mut ids: Vec<Uuid> = rows.iter().flat_map(|row| [row.from_id.0, row.to_id.0]).collect();
    ids.sort_unstable();
    ids.dedup();
    let sides = sides(ctx, &ids, &[]).await?;
    let of = |id: OrganisationId| sides.get(&id.0).cloned();
    let found = rows.into_iter().filter_map(|row| Some(Related { from: of(row.from_id)?, to: of(row.to_id)?, row }));
    Ok(found.collect())
}

/// What is decided of relations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// `None` takes a decision back.
    pub decision: Option<Decision>,
    /// From when the relation holds; kept as it is, when left out.
    pub valid_from: Option<NaiveDate>,
    /// Until when it holds; kept as it is, when left out.
    pub valid_to: Option<NaiveDate>,
    pub reason: String,
}

/// What a decision about several relations comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many are decided.
    pub decided: usize,
    /// How many use claims on bodies below count for another body by default from then on.
    pub claims: u64,
    /// Whether this is the first decision under that body: figures count for the topmost body from then on.
    pub becomes_root: bool,
    /// How many bodies everybody sees from then on that nobody saw before.
    pub shown: usize,
    /// How many are seen by nobody from then on, because nothing that holds leads to them.
    pub hidden: usize,
}

/// Decides one relation.
pub async fn decide(ctx: &Context, actor: &Actor, id: RelationId, verdict: &Verdict) -> Result<Related, Error> {
    many(ctx, actor, &[id], verdict, false).await?;
    let row = store::relation::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    with_sides(ctx, vec![row]).await?.pop().ok_or(Error::NotFound)
}

/// Decides several relations, all or none; a dry run says what would come of it and writes nothing.
pub async fn many(
    ctx: &Context,
    actor: &Actor,
    ids: &[RelationId],
    verdict: &Verdict,
    is_dry_run: bool,
) -> Result<Outcome, Error> {
    let now = ctx.now();
    permit(actor, Action::DecideClaim, &Object::platform(now))?;
    check_input(ids, verdict, is_dry_run)?;
    let mut write = Write::begin(ctx, actor).await?;
    let uuids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<Relation> = edit::naming(write.transaction(), "id", &uuids).await?;
    if rows.len() != ids.len() {
        return Err(Error::NotFound);
    }
    let mut outcome = Outcome::default();
    let mut changed = Vec::with_capacity(rows.len());
    for row in rows {
        let mut object = Object::platform(now);
        if let Some(proposer) = row.created_by.filter(|_| row.decision == Decision::Proposed) {
            object = object.proposed_by(entity::id::AccountId(proposer));
        }
        permit(actor, Action::DecideClaim, &object)?;
        let decision = verdict.decision.unwrap_or(Decision::Proposed);
        if row.decision != Decision::Proposed && verdict.decision.is_some() && row.decision != decision {
            let message = "this relation has been decided meanwhile; take that decision back first";
            return Err(Error::Conflict(message.to_owned()));
        }
        let after = decided(&row, verdict, decision)?;
        changed.push((row, after));
    }
    changed.retain(|(before, after)| before != after);
    outcome.decided = changed.len();
    for parent in parents_of(&changed) {
        outcome.becomes_root |= store::relation::decided_under(write.transaction(), parent).await? == 0;
    }
    // A succession moves no claim: they count for the body that took over as well.
    let parts = changed.iter().filter(|(row, _)| row.kind == RelationKind::PartOf);
    let children: Vec<Uuid> = parts.map(|(row, _)| row.from_id.0).collect();
    outcome.claims = store::relation::claims_on(write.transaction(), &children).await?;
    let both: Vec<Uuid> = changed.iter().flat_map(|(row, _)| [row.from_id.0, row.to_id.0]).collect();
    write.replace_all(changed, |row| row.from_id.0).await?;
    (outcome.shown, outcome.hidden) = bodies::follow(&mut write, &both).await?;
    check::relations(write.transaction()).await?;
    if !is_dry_run {
        for body in both {
            write.touch("organisation", body);
        }
        write.commit(&one_line(&verdict.reason), &()).await?;
    }
    Ok(outcome)
}

fn parents_of(changed: &[(Relation, Relation)]) -> Vec<OrganisationId> {
    let mut parents: Vec<OrganisationId> =
        changed.iter().filter(|(row, _)| row.kind == RelationKind::PartOf).map(|(row, _)| row.to_id).collect();
    parents.sort_unstable();
    parents.dedup();
    parents
}

fn check_input(ids: &[RelationId], verdict: &Verdict, is_dry_run: bool) -> Result<(), Error> {
    let mut found = Vec::new();
    if ids.is_empty() || ids.len() > MOST {
        found.push(Violation::new("relationIds", format!("choose 1 to {MOST} relations")).of(Fault::Missing));
    }
    let length = one_line(&verdict.reason).chars().count();
    if length == 0 && !is_dry_run {
        found.push(Violation::new("reason", "say why; the reason stands in the public history").of(Fault::Missing));
    } else if length > LONGEST_REASON {
        let message = format!("a reason has at most {LONGEST_REASON} characters");
        found.push(Violation::new("reason", message).of(Fault::TooLong));
    }
    found.extend(contact_fault("reason", &verdict.reason));
    if verdict.valid_from.zip(verdict.valid_to).is_some_and(|(from, to)| from > to) {
        found.push(Violation::new("validTo", "a relation ends after it begins"));
    }
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}

fn decided(row: &Relation, verdict: &Verdict, decision: Decision) -> Result<Relation, Error> {
    let day = |on: Option<NaiveDate>| on.map(|_| DatePrecision::Day);
    // Whoever names the day has looked it up.
    let note = match verdict.valid_from {
        Some(_) => succession::read(row.note.as_deref()).0.map(ToOwned::to_owned),
        None => row.note.clone(),
    };
    let after = Relation {
        decision,
        valid_from: verdict.valid_from.or(row.valid_from),
        valid_from_precision: day(verdict.valid_from).or(row.valid_from_precision),
        valid_to: verdict.valid_to.or(row.valid_to),
        valid_to_precision: day(verdict.valid_to).or(row.valid_to_precision),
        note,
        ..row.clone()
    };
    if after.valid_from.zip(after.valid_to).is_some_and(|(from, to)| from > to) {
        return Err(Violation::new("validTo", "a relation ends after it begins").into());
    }
    // What a list has said of it is public from then on.
    if decision == Decision::Accepted && after.note.as_deref().is_some_and(mentions_a_person) {
        let message =
            "an e-mail address or a telephone number would be public with the note of this relation; reject it";
        return Err(Error::Conflict(message.to_owned()));
    }
    Ok(after)
}
