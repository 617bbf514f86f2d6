//! Doubt about claims, and taking claims back. Doubt of the organisation itself or of a curator holds at once; that of
//! others once a curator shares it.

use entity::id::ReviewCaseId;
use entity::vocabulary::{CaseKind, CaseStatus, CaseStep, ClaimStatus, RowVisibility};
use uuid::Uuid;

use super::accept::Desk;
use super::claim::origins;
use super::intake::{open, opened};
use super::propose::{about, speaks_for};
use super::{Case, chain, decides, note_down, object, row};
use crate::app::permit::{account, permit};
use crate::app::write::{Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::contact::mentions_a_person;
use crate::domain::review::{Proposed, Step, Subject, check_proposed, is_open};
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation};
use crate::store::review::{self as stored, On};

/// Says that a claim is doubtful; the case in which that is decided.
pub async fn dispute(
    ctx: &Context,
    actor: &Actor,
    claim: Subject,
    reason: &str,
    key: Option<&str>,
) -> Result<Case, Error> {
    permit(actor, Action::DisputeClaim, &Object::platform(ctx.now()))?;
    account(actor)?;
    let content = Proposed::Dispute { claim, reason: reason.to_owned() };
    let content = check_proposed(content).map_err(Error::Invalid)?;
    let mut write = Write::begin(ctx, actor).await?;
    if let Some(before) = write.repeated::<Uuid>(Once { mutation: "claimDispute", key }, &content).await? {
        let known = stored::case(On::Write(write.transaction()), ReviewCaseId(before)).await?;
        return known.ok_or(Error::NotFound);
    }
    let on = On::Write(write.transaction());
    let mut case = opened(&write, ctx.id(), CaseKind::Dispute, RowVisibility::Public);
    about(on, actor, claim, write.at(), &mut case).await?;
    let others = stored::of_subject(on, case.subject_id.unwrap_or_default()).await?;
    if others.iter().any(|other| other.kind == CaseKind::Dispute && is_open(other.status)) {
        return Err(Violation::new("claimId", "this claim is in dispute already").of(Fault::Taken).into());
    }
    let desk = Desk { ctx, on, at: write.at(), target: None };
    if desk.status_of(claim).await? != ClaimStatus::Accepted {
        return Err(Error::Conflict("only a claim that is accepted can be disputed".to_owned()));
    }
    case.mentions_person = mentions_a_person(reason);
    case.content = Some(serde_json::to_string(&content).map_err(|error| Error::Internal(error.into()))?);
    let own = case.organisation_id.is_some_and(|id| speaks_for(actor, id, write.at()));
    let is_curator = permit(actor, Action::ReadQueue, &object(&case, write.at())).is_ok();
    if own || is_curator {
        let plan = desk.claim_step(claim, Step::Dispute).await?;
        row::apply(&mut write, plan.ops, chain(&case)).await?;
    }
    let case = open(&write, ctx, case).await?;
    write.commit("claim disputed", &case.id.0).await?;
    Ok(case)
}

/// Takes a claim back; the case says so, and its decision can be undone.
pub async fn retract(
    ctx: &Context,
    actor: &Actor,
    claim: Subject,
    reason: &str,
    key: Option<&str>,
) -> Result<Case, Error> {
    let reason: &str = &one_line(reason);
    let content = Proposed::Retraction { claim, reason: reason.to_owned() };
    permit(actor, Action::ReadQueue, &Object::platform(ctx.now()))?;
    let content = check_proposed(content).map_err(Error::Invalid)?;
    let mut write = Write::begin(ctx, actor).await?;
    if let Some(before) = write.repeated::<Uuid>(Once { mutation: "claimRetract", key }, &content).await? {
        let known = stored::case(On::Write(write.transaction()), ReviewCaseId(before)).await?;
        return known.ok_or(Error::NotFound);
    }
    let on = On::Write(write.transaction());
    let by = account(actor)?.id;
    let mut case = opened(&write, ctx.id(), CaseKind::Retraction, RowVisibility::Public);
    about(on, actor, claim, write.at(), &mut case).await?;
    // Whoever proposed the claim does not take it back alone either.
    for other in origins(on, claim).await? {
        decides(on, actor, &other, write.at()).await?;
    }
    let plan = Desk { ctx, on, at: write.at(), target: None }.claim_step(claim, Step::Retract).await?;
    case.content = Some(serde_json::to_string(&content).map_err(|error| Error::Internal(error.into()))?);
    case.proposer_kind = None;
    case.proposer_id = None;
    case.status = CaseStatus::Accepted;
    (case.decided_at, case.decided_by) = (Some(write.at()), Some(by));
    case.reason = Some(reason.to_owned());
    let images = row::apply(&mut write, plan.ops, chain(&case)).await?;
    let written = serde_json::to_string(&images).map_err(|error| Error::Internal(error.into()))?;
    stored::insert(write.transaction(), vec![case.clone()]).await?;
    note_down(&write, ctx, &case, (CaseStep::Accepted, reason, Some(written))).await?;
    write.commit("claim retracted", &case.id.0).await?;
    Ok(case)
}
