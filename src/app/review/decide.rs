//! Decisions: one at a time or many at once, and taking one back. A preview is the decision itself without its end, so
//! that it says what would happen.

use entity::id::{AccountId, ProposalId, ReviewCaseId};
use entity::vocabulary::{CaseKind, CaseStatus, CaseStep, ClaimStatus, Grade};
use serde::Serialize;

use super::accept::{Desk, Plan};
use super::row::{self, Image};
use super::{Case, advance, chain, decides, is_sealed, outdated};
use crate::app::permit::{account, permit};
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::contact::contact_fault;
use crate::domain::review::{Target, is_open};
use crate::domain::text::{one_line, several_lines};
use crate::domain::violation::{Fault, Violation};
use crate::store::review::{self as stored, On, facts};

/// The most cases that are decided at once.
pub const MOST: usize = 100;
/// The longest reason.
const LONGEST: usize = 2_000;

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Verdict {
    Accept,
    Reject,
}

/// A decision with its reason.
#[derive(Clone, Debug)]
pub struct Decision {
    pub verdict: Verdict,
    /// Needed to reject; stands in the history.
    pub reason: String,
    /// What data an unlisted use is of.
    pub target: Option<Target>,
}

/// How a case was decided.
#[derive(Clone, Debug)]
pub struct Decided {
    pub case: Case,
    /// The grade of the claim from then on, where it is one.
    pub grade: Option<Grade>,
    /// How many rows of the record it writes.
    pub rows: usize,
}

/// Decides a case as it stood in a version.
pub async fn decide(
    ctx: &Context,
    actor: &Actor,
    (id, version): (ReviewCaseId, i64),
    decision: Decision,
) -> Result<Decided, Error> {
    let decision = checked(decision)?;
    let mut write = Write::begin(ctx, actor).await?;
    let (case, plan) = prepare(ctx, &write, actor, (id, version), &decision).await?;
    let done = carry_out(&mut write, ctx, &case, plan, &decision).await?;
    write.commit(&reason(&decision), &()).await?;
    Ok(done)
}

/// What becomes of each case when many are decided at once: done, or why not. `is_done` is false for a preview, which
/// writes nothing.
pub async fn decide_many(
    ctx: &Context,
    actor: &Actor,
    cases: &[(ReviewCaseId, i64)],
    decision: Decision,
    is_done: bool,
) -> Result<Vec<(ReviewCaseId, Result<Decided, Error>)>, Error> {
    if cases.is_empty() || cases.len() > MOST {
        let message = format!("choose 1 to {MOST} cases");
        return Err(Violation::new("cases", message).into());
    }
    let decision = checked(decision)?;
    permit(actor, Action::ReadQueue, &crate::domain::access::Object::platform(ctx.now()))?;
    let mut write = Write::begin(ctx, actor).await?;
    let mut out = Vec::with_capacity(cases.len());
    for &(id, version) in cases {
        let done = match prepare(ctx, &write, actor, (id, version), &decision).await {
            Ok((case, plan)) => Ok(carry_out(&mut write, ctx, &case, plan, &decision).await?),
            Err(error @ Error::Internal(_)) => return Err(error),
            Err(error) => Err(error),
        };
        out.push((id, done));
    }
    if is_done {
        write.commit(&reason(&decision), &()).await?;
    }
    Ok(out)
}

fn checked(mut decision: Decision) -> Result<Decision, Error> {
    decision.reason = several_lines(&decision.reason);
    if decision.verdict == Verdict::Reject && decision.reason.is_empty() {
        return Err(Violation::new("reason", "say why, so that it can be understood later").of(Fault::Missing).into());
    }
    if decision.reason.chars().count() > LONGEST {
        let message = format!("a reason has at most {LONGEST} characters");
        return Err(Violation::new("reason", message).of(Fault::TooLong).into());
    }
    // It stands in the public history.
    contact_fault("reason", &decision.reason).map_or(Ok(decision), |fault| Err(fault.into()))
}

fn reason(decision: &Decision) -> String {
    let word = if decision.verdict == Verdict::Accept { "accepted" } else { "rejected" };
    if decision.reason.is_empty() { word.to_owned() } else { format!("{word}: {}", one_line(&decision.reason)) }
}

/// Whether the case may be decided so, and what that writes. Nothing is written here.
async fn prepare(
    ctx: &Context,
    write: &Write<'_>,
    actor: &Actor,
    (id, version): (ReviewCaseId, i64),
    decision: &Decision,
) -> Result<(Case, Plan), Error> {
    let on = On::Write(write.transaction());
    let case = stored::case(on, id).await?.ok_or(Error::NotFound)?;
    decides(on, actor, &case, write.at()).await?;
    if case.version != version {
        return Err(outdated());
    }
    if !is_open(case.status) {
        return Err(Error::Conflict("this case is decided; undo the decision first".to_owned()));
    }
    if is_sealed(actor, &case, write.at()) {
        return Err(Error::Conflict("this is not for everybody: take the case first, then decide".to_owned()));
    }
    let desk = Desk { ctx, on, at: write.at(), target: decision.target };
    let plan = match decision.verdict {
        Verdict::Accept => desk.accept(&case).await?,
        Verdict::Reject => desk.reject(&case).await?,
    };
    Ok((case, plan))
}

async fn carry_out(
    write: &mut Write<'_>,
    ctx: &Context,
    case: &Case,
    plan: Plan,
    decision: &Decision,
) -> Result<Decided, Error> {
    let by = account(write.actor())?.id;
    let (rows, grade) = (plan.ops.len(), plan.grade);
    let mut after = Case {
        decided_at: Some(write.at()),
        decided_by: Some(by),
        reason: Some(decision.reason.clone()).filter(|text| !text.is_empty()),
        ..case.clone()
    };
    let step = match decision.verdict {
        Verdict::Accept => {
            after.status = CaseStatus::Accepted;
            CaseStep::Accepted
        }
        Verdict::Reject => {
            after.status = CaseStatus::Rejected;
            CaseStep::Rejected
        }
    };
    if let Some(made) = plan.made {
        after.subject_id = Some(made);
        if case.kind == CaseKind::Organisation {
            after.organisation_id = Some(entity::id::OrganisationId(made));
        }
    }
    let mut written = None;
    if rows > 0 {
        let images = row::apply(write, plan.ops, chain(&after)).await?;
        written = Some(serde_json::to_string(&images).map_err(|error| Error::Internal(error.into()))?);
    }
    let status = if decision.verdict == Verdict::Accept { ClaimStatus::Accepted } else { ClaimStatus::Rejected };
    settle(write, case, status, Some(by)).await?;
    let case = advance(write, ctx, case, after, (step, &decision.reason, written)).await?;
    Ok(Decided { case, grade, rows })
}

/// What an answer proposed is marked with its decision where it stands.
async fn settle(write: &Write<'_>, case: &Case, status: ClaimStatus, by: Option<AccountId>) -> Result<(), Error> {
    let is_answers = matches!(
        case.kind,
        CaseKind::Attribute | CaseKind::Code | CaseKind::Use | CaseKind::Observation | CaseKind::Display
    );
    let Some(id) = case.subject_id.filter(|_| is_answers) else { return Ok(()) };
    let decided = by.map(|by| (write.at(), Some(by.0)));
    Ok(facts::settle_proposal(write.transaction(), ProposalId(id), status, decided).await?)
}

/// Takes a decision back: what stood before stands again, as a new version, and the case waits again.
pub async fn undo(
    ctx: &Context,
    actor: &Actor,
    (id, version): (ReviewCaseId, i64),
    reason: &str,
) -> Result<Case, Error> {
    let reason = one_line(reason);
    if reason.is_empty() {
        return Err(Violation::new("reason", "say why the decision is taken back").of(Fault::Missing).into());
    }
    if let Some(fault) = contact_fault("reason", &reason) {
        return Err(fault.into());
    }
    let mut write = Write::begin(ctx, actor).await?;
    let on = On::Write(write.transaction());
    let case = stored::case(on, id).await?.ok_or(Error::NotFound)?;
    decides(on, actor, &case, write.at()).await?;
    if case.version != version {
        return Err(outdated());
    }
    if is_open(case.status) {
        return Err(Error::Conflict("this case is not decided yet".to_owned()));
    }
    let events = stored::events(On::Write(write.transaction()), id).await?;
    let last = events.iter().rev().find(|event| matches!(event.step, CaseStep::Accepted | CaseStep::Rejected));
    if let Some(text) = last.and_then(|event| event.written.as_deref()) {
        let images: Vec<Image> = serde_json::from_str(text).map_err(|error| Error::Internal(error.into()))?;
        stands_alone(&write, &images).await?;
        row::undo(&mut write, images, chain(&case), || ctx.id()).await?;
    }
    settle(&write, &case, ClaimStatus::Proposed, None).await?;
    let by = account(actor)?.id;
    let after = Case {
        status: CaseStatus::UnderReview,
        assignee_id: Some(by),
        decided_at: None,
        decided_by: None,
        reason: None,
        ..case.clone()
    };
    let after = advance(&mut write, ctx, &case, after, (CaseStep::Undone, &reason, None)).await?;
    write.commit(&format!("decision undone: {reason}"), &()).await?;
    Ok(after)
}

/// What others hang on cannot be taken away from under them.
async fn stands_alone(write: &Write<'_>, images: &[Image]) -> Result<(), Error> {
    let claims =
        |image: &&Image| image.before.is_none() && matches!(image.table.as_str(), "use_claim" | "impact_claim");
    let own = images.iter().filter(claims).count() as u64;
    for image in images {
        let is_new = image.before.is_none() && matches!(image.table.as_str(), "organisation" | "dataset");
        if is_new && facts::dependants(write.transaction(), image.id).await? > own {
            let message = "other claims name what this decision brought; decide on those first";
            return Err(Error::Conflict(message.to_owned()));
        }
    }
    Ok(())
}
