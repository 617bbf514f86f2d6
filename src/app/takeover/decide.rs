//! A curator's decision about who may speak for an organisation.

use entity::id::ProfileTakeoverId;
use entity::vocabulary::{LetterKind, TakeoverStatus};
use serde_json::json;

use super::{Hurdle, Takeover, grant, object, stored};
use crate::app::Error;
use crate::app::access::Access;
use crate::app::permit::{account, permit};
use crate::app::write::{Letter, Write};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::text::one_line;
use crate::store;

/// The longest reason.
const LONGEST: usize = 500;

/// What a curator makes of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Grant,
    Reject,
}

/// Decides an attempt that waits, with a reason. Nobody decides on their own.
pub async fn decide(
    access: &Access,
    actor: &Actor,
    id: ProfileTakeoverId,
    verdict: Verdict,
    reason: &str,
) -> Result<Takeover, Error> {
    let ctx = &access.ctx;
    permit(actor, Action::DecideTakeover, &Object::platform(ctx.now()))?;
    let seen = stored::by_id(&ctx.db, id).await?.ok_or(Error::NotFound)?;
    let reason = one_line(reason);
    if reason.is_empty() {
        return Err(Hurdle::NoReason.at("reason"));
    }
    if reason.chars().count() > LONGEST {
        return Err(Hurdle::LongReason.at("reason"));
    }
    let mut write = Write::begin(ctx, actor).await?;
    let organisation = stored::organisation_locked(write.transaction(), seen.organisation_id).await?;
    let organisation = organisation.ok_or(Error::NotFound)?;
    let before = stored::locked(write.transaction(), id).await?.ok_or(Error::NotFound)?;
    permit(actor, Action::DecideTakeover, &object(&organisation, write.at()).proposed_by(before.account_id))?;
    if before.status != TakeoverStatus::Waiting {
        return Err(Hurdle::Settled.here());
    }
    let by = Some(account(actor)?.id);
    let who = store::access::account::by_id(write.transaction(), before.account_id).await?.ok_or(Error::NotFound)?;
    let decided = Takeover { decided_by: by, reason: Some(reason.clone()), token_hash: None, ..before.clone() };
    let after = match verdict {
        Verdict::Grant => {
            if who.disabled_at.is_some() {
                return Err(Hurdle::Disabled.here());
            }
            let others = stored::representatives(write.transaction(), before.organisation_id, write.at()).await?;
            let why = format!("decided by a curator: {reason}");
            let after = grant(&mut write, before, decided, by, why).await?;
            super::tell(&write, &others, &after, &organisation).await?;
            after
        }
        Verdict::Reject => {
            let ended_at = Some(write.at());
            let after = Takeover { status: TakeoverStatus::Rejected, ended_at, ..decided };
            super::advance(&mut write, &before, after.clone()).await?;
            after
        }
    };
    write
        .post(Letter {
            kind: LetterKind::TakeoverSettled,
            account: Some(who.id).filter(|_| who.disabled_at.is_none()),
            lang: who.lang,
            facts: json!({ "takeover": after.id }),
            dedupe_key: Some(format!("takeover_settled/{}", after.id)),
        })
        .await?;
    write.commit(&reason, &id.0).await?;
    Ok(after)
}
