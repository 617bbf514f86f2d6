//! The list of who is to be invited, kept for a day while its preview is looked at. It holds addresses of people, so that
//! it is no part of an address of a page; it belongs to the account that pasted it and is shown to nobody else.

use chrono::TimeDelta;

use super::of_study;
use crate::app::permit::{account, permit};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::store;
use crate::store::survey::invite_draft::{self as stored, InviteDraft};
use crate::store::survey::study::Wave;

/// How long a list is kept.
const TERM: TimeDelta = TimeDelta::days(1);

/// Keeps a list in the place of the one before.
pub async fn keep(ctx: &Context, actor: &Actor, wave: &Wave, (list, by_letter): (&str, bool)) -> Result<(), Error> {
    permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now()))?;
    let draft = InviteDraft {
        account_id: account(actor)?.id,
        wave_id: wave.entity_id,
        list: list.to_owned(),
        by_letter,
        saved_at: ctx.now(),
    };
    let transaction = store::begin(&ctx.db).await?;
    stored::put(&transaction, draft).await?;
    Ok(transaction.commit().await?)
}

/// The list that an account has kept.
pub async fn kept(ctx: &Context, actor: &Actor, wave: &Wave) -> Result<Option<InviteDraft>, Error> {
    permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now()))?;
    Ok(stored::of(&ctx.db, account(actor)?.id, wave.entity_id, ctx.now() - TERM).await?)
}

/// Forgets the list that an account has kept.
pub async fn forget(ctx: &Context, actor: &Actor, wave: &Wave) -> Result<(), Error> {
    permit(actor, Action::RunWave, &of_study(wave.study_id, ctx.now()))?;
    let transaction = store::begin(&ctx.db).await?;
    stored::clear(&transaction, account(actor)?.id, wave.entity_id).await?;
    Ok(transaction.commit().await?)
}
