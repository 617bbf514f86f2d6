//! What researchers say should become of the cases of their studies. It decides nothing: a curator reads it and decides.

use entity::id::ReviewCaseId;
use entity::vocabulary::CaseStep;

use super::decide::Verdict;
use super::step::said;
use super::{Case, advance, object, outdated};
use crate::app::permit::{account, permit};
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::review::is_open;
use crate::store::review::{self as stored, On};

/// Says what should become of a case as it stood in a version, and why. Nobody recommends what they have proposed.
pub async fn recommend(
    ctx: &Context,
    actor: &Actor,
    (id, version): (ReviewCaseId, i64),
    verdict: Verdict,
    reason: &str,
) -> Result<Case, Error> {
    let reason = said("reason", reason)?;
    let mut write = Write::begin(ctx, actor).await?;
    let case = stored::case(On::Write(write.transaction()), id).await?.ok_or(Error::NotFound)?;
    permit(actor, Action::RecommendClaim, &object(&case, write.at()))?;
    if case.proposer_id == Some(account(actor)?.id.0) {
        return Err(Error::Forbidden);
    }
    if case.version != version {
        return Err(outdated());
    }
    if !is_open(case.status) {
        return Err(Error::Conflict("this case is decided".to_owned()));
    }
    let step = match verdict {
        Verdict::Accept => CaseStep::RecommendedAccept,
        Verdict::Reject => CaseStep::RecommendedReject,
    };
    let after = advance(&mut write, ctx, &case, case.clone(), (step, &reason, None)).await?;
    write.commit("case recommended", &()).await?;
    Ok(after)
}
