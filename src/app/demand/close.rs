//! How a request ends without data: another asks for the same, nobody has it, or it is taken back.

use entity::id::DataRequestId;

use super::answer::Said;
use super::{Request, Whose, add_support, advanced, allowed, allowed_any};
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::demand::{Step, Text};
use crate::domain::violation::Violation;
use crate::store;
use entity::vocabulary::{RequestStatus, RowVisibility};

/// Another request asks for the same: whoever supports this one supports that one from now on.
pub async fn mark_duplicate(ctx: &Context, actor: &Actor, id: DataRequestId, of: &str) -> Result<Request, Error> {
    allowed_any(ctx, actor, &[Action::AnswerRequest, Action::TriageRequest], id).await?;
    let unknown = || Error::from(Violation::new("duplicateOf", "there is no request of this address on the board"));
    let other = store::demand::request::by_slug(&ctx.db, of).await?.ok_or_else(unknown)?;
    if other.entity_id == id || other.status == RequestStatus::Duplicate {
        let message = "name the request that stays open; this one is a duplicate itself";
        return Err(Violation::new("duplicateOf", message).into());
    }
    let mut write = Write::begin(ctx, actor).await?;
    let after = advanced(&mut write, id, Step::MarkDuplicate, |request| {
        request.duplicate_of_id = Some(other.entity_id);
        Ok(())
    })
    .await?;
    for row in store::demand::support::of_in(write.transaction(), id).await? {
        let whose = match (row.organisation_id, row.account_id) {
            (Some(id), _) => Whose::Organisation(id),
            (None, Some(id)) => Whose::Account(id),
            (None, None) => continue,
        };
        let said = (row.visibility, row.blocks_project, row.comment);
        add_support(&mut write, &other, whose, said, row.supported_on).await?;
    }
    write.commit("marked as a duplicate", &id.0).await?;
    Ok(after)
}

/// No public body has this data.
pub async fn rule_out(ctx: &Context, actor: &Actor, id: DataRequestId, said: &Said) -> Result<Request, Error> {
    let before = allowed(ctx, actor, Action::TriageRequest, id).await?;
    let mut faults = Vec::new();
    let answer = Text::ANSWER.read(&said.answer, &mut faults);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let lang = if said.lang == "en" { "en" } else { "es" };
    let mut write = Write::begin(ctx, actor).await?;
    let after = advanced(&mut write, id, Step::RuleOut, |request| {
        if before.visibility == RowVisibility::Public {
            (request.answer, request.answer_lang) = (answer, Some(lang.to_owned()));
        }
        Ok(())
    })
    .await?;
    write.commit("no government data", &id.0).await?;
    Ok(after)
}

/// Whoever asked takes it back; a curator does for those who have no account, and for what is no request.
pub async fn withdraw(ctx: &Context, actor: &Actor, id: DataRequestId) -> Result<Request, Error> {
    allowed(ctx, actor, Action::WithdrawRequest, id).await?;
    let mut write = Write::begin(ctx, actor).await?;
    let after = advanced(&mut write, id, Step::Withdraw, |_| Ok(())).await?;
    write.commit("taken back", &id.0).await?;
    Ok(after)
}
