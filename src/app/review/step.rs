//! The way of a case to its decision: somebody takes it, asks, is answered.

use entity::id::{AccountId, ReviewCaseId};
use entity::vocabulary::{ActorKind, CaseStatus, CaseStep, LetterKind, Role};
use serde_json::json;

use super::{Case, advance, object, outdated};
use crate::app::permit::{account, permit};
use crate::app::write::{Letter, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::review::is_open;
use crate::domain::text::several_lines;
use crate::domain::violation::{Fault, Violation};
use crate::store;
use crate::store::review::{self as stored, On, facts};

/// The longest question and answer.
const LONGEST: usize = 2_000;

/// Gives a case to a reviewer, or back to all.
pub async fn assign(
    ctx: &Context,
    actor: &Actor,
    (id, version): (ReviewCaseId, i64),
    to: Option<AccountId>,
) -> Result<Case, Error> {
    if let Some(to) = to {
        let grants = store::access::grant::of(&ctx.db, &[to]).await?;
        let now = ctx.now();
        let holds = |grant: &&store::access::grant::Grant| {
            grant.role == Role::Curator
                && grant.revoked_at.is_none()
                && grant.starts_at <= now
                && grant.ends_at.is_none_or(|end| now < end)
        };
        if !grants.iter().any(|grant| holds(&grant)) {
            return Err(Violation::new("assigneeId", "only a curator can review").into());
        }
    }
    let mut write = Write::begin(ctx, actor).await?;
    let case = open(&write, actor, (id, version)).await?;
    let status = match (to, case.status) {
        (_, CaseStatus::Asked) => CaseStatus::Asked,
        (Some(_), _) => CaseStatus::UnderReview,
        (None, _) => CaseStatus::Open,
    };
    let after = Case { assignee_id: to, status, ..case.clone() };
    let after = advance(&mut write, ctx, &case, after, (CaseStep::Assigned, "", None)).await?;
    write.commit("case assigned", &()).await?;
    Ok(after)
}

/// Asks whoever proposed it; an account is written to, and answers on its own page.
pub async fn ask(
    ctx: &Context,
    actor: &Actor,
    (id, version): (ReviewCaseId, i64),
    question: &str,
) -> Result<Case, Error> {
    let question = said("question", question)?;
    let mut write = Write::begin(ctx, actor).await?;
    let case = open(&write, actor, (id, version)).await?;
    let Some(proposer) = case.proposer_id.filter(|_| case.proposer_kind == Some(ActorKind::Account)) else {
        let message = "whoever proposed this has no account and cannot be asked here";
        return Err(Error::Conflict(message.to_owned()));
    };
    let by = account(actor)?.id;
    let after = Case { status: CaseStatus::Asked, assignee_id: case.assignee_id.or(Some(by)), ..case.clone() };
    let after = advance(&mut write, ctx, &case, after, (CaseStep::Asked, &question, None)).await?;
    let to = facts::account(On::Write(write.transaction()), AccountId(proposer)).await?;
    write
        .post(Letter {
            kind: LetterKind::ReviewQuestion,
            account: to.as_ref().map(|account| account.id),
            lang: to.map_or_else(|| "es".to_owned(), |account| account.lang),
            facts: json!({ "question": question }),
            dedupe_key: Some(format!("case {id} {}", after.version)),
        })
        .await?;
    write.commit("question asked", &()).await?;
    Ok(after)
}

/// Answers a question about one's own proposal.
pub async fn answer(
    ctx: &Context,
    actor: &Actor,
    (id, version): (ReviewCaseId, i64),
    text: &str,
) -> Result<Case, Error> {
    let text = said("answer", text)?;
    let by = account(actor)?.id;
    permit(actor, Action::Propose, &crate::domain::access::Object::platform(ctx.now()))?;
    let mut write = Write::begin(ctx, actor).await?;
    let case = stored::case(On::Write(write.transaction()), id).await?.ok_or(Error::NotFound)?;
    if case.proposer_kind != Some(ActorKind::Account) || case.proposer_id != Some(by.0) {
        return Err(Error::NotFound);
    }
    if case.version != version {
        return Err(outdated());
    }
    if case.status != CaseStatus::Asked {
        return Err(Error::Conflict("there is no question to be answered".to_owned()));
    }
    let mentions = crate::domain::contact::mentions_a_person(&text);
    let after = Case {
        status: if case.assignee_id.is_some() { CaseStatus::UnderReview } else { CaseStatus::Open },
        mentions_person: case.mentions_person || mentions,
        ..case.clone()
    };
    let after = advance(&mut write, ctx, &case, after, (CaseStep::Answered, &text, None)).await?;
    write.commit("question answered", &()).await?;
    Ok(after)
}

/// A case that waits, for somebody who may decide on it.
async fn open(write: &Write<'_>, actor: &Actor, (id, version): (ReviewCaseId, i64)) -> Result<Case, Error> {
    let case = stored::case(On::Write(write.transaction()), id).await?.ok_or(Error::NotFound)?;
    permit(actor, Action::ReadQueue, &object(&case, write.at()))?;
    if case.version != version {
        return Err(outdated());
    }
    if !is_open(case.status) {
        return Err(Error::Conflict("this case is decided".to_owned()));
    }
    Ok(case)
}

pub(super) fn said(field: &str, text: &str) -> Result<String, Error> {
    let text = several_lines(text);
    if text.is_empty() {
        return Err(Violation::new(field, "this is needed").of(Fault::Missing).into());
    }
    if text.chars().count() > LONGEST {
        let message = format!("this has at most {LONGEST} characters");
        return Err(Violation::new(field, message).of(Fault::TooLong).into());
    }
    Ok(text)
}
