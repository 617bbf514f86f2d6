//! What can be changed about who speaks for an organisation: one mutation, one use case.

use async_graphql::{Context, ID, Object, Result};
use entity::id::{OrganisationId, ProfileTakeoverId};

use super::access_mutation::named;
use super::takeover::{
    ProfileTakeover, TakeoverBeginInput, TakeoverBeginPayload, TakeoverConfirmInput, TakeoverDecideInput,
    TakeoverInput, TakeoverPayload,
};
use crate::app;
use crate::app::access::Access;
use crate::app::takeover::{self, Takeover};
use crate::domain::access::{Action, Actor};
use crate::domain::takeover::line;
use crate::graphql::caller::{access, caller};
use crate::graphql::may::May;
use crate::graphql::outcome::{refuse, settle};

/// Changes to who speaks for an organisation.
#[derive(Default)]
pub struct TakeoverMutation;

/// Changes to who speaks for an organisation.
#[Object]
impl TakeoverMutation {
    /// Asks to speak for an organisation. Where the sign-in has just proved a mailbox at its domain, and nobody speaks
    /// for it yet, the role is given at once.
    #[graphql(guard = "May(Action::ClaimProfile)")]
    async fn takeover_begin(&self, ctx: &Context<'_>, input: TakeoverBeginInput) -> Result<TakeoverBeginPayload> {
        let (access, actor) = access(ctx)?;
        let done = match named("organisation", &input.organisation_id) {
            Ok(organisation) => {
                let organisation = OrganisationId(organisation);
                let new = takeover::New { organisation, proof: input.proof.into(), note: input.note };
                takeover::begin(access, actor, new, input.idempotency_key.as_deref()).await
            }
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        let Some(done) = done else { return Ok(TakeoverBeginPayload { takeover: None, line: None, user_errors }) };
        let line = done.token.as_ref().map(line);
        Ok(TakeoverBeginPayload { takeover: Some(shown(access, actor, &done.row).await?), line, user_errors })
    }

    /// Looks whether the token is in the DNS or on the website, and gives the role where it is; where somebody speaks
    /// for the organisation already, a curator decides.
    #[graphql(guard = "May(Action::ClaimProfile)")]
    async fn takeover_prove(&self, ctx: &Context<'_>, input: TakeoverInput) -> Result<TakeoverPayload> {
        let (access, actor) = access(ctx)?;
        let done = match takeover_of(&input.takeover_id) {
            Ok(id) => takeover::prove(access, actor, id).await,
            Err(error) => Err(error),
        };
        payload(access, actor, done).await
    }

    /// Proves the own mailbox by the link that came by letter.
    #[graphql(guard = "May(Action::ClaimProfile)")]
    async fn takeover_confirm(&self, ctx: &Context<'_>, input: TakeoverConfirmInput) -> Result<TakeoverPayload> {
        let (access, actor) = access(ctx)?;
        let done = takeover::confirm(access, actor, caller(ctx)?.from, &input.token).await;
        payload(access, actor, done).await
    }

    /// Takes the own attempt back.
    #[graphql(guard = "May(Action::ClaimProfile)")]
    async fn takeover_withdraw(&self, ctx: &Context<'_>, input: TakeoverInput) -> Result<TakeoverPayload> {
        let (access, actor) = access(ctx)?;
        let done = match takeover_of(&input.takeover_id) {
            Ok(id) => takeover::withdraw(access, actor, id).await,
            Err(error) => Err(error),
        };
        payload(access, actor, done).await
    }

    /// Decides an attempt that waits. Nobody decides on their own.
    #[graphql(guard = "May(Action::DecideTakeover)")]
    async fn takeover_decide(&self, ctx: &Context<'_>, input: TakeoverDecideInput) -> Result<TakeoverPayload> {
        let (access, actor) = access(ctx)?;
        let done = match takeover_of(&input.takeover_id) {
            Ok(id) => takeover::decide(access, actor, id, input.verdict.into(), &input.reason).await,
            Err(error) => Err(error),
        };
        payload(access, actor, done).await
    }
}

fn takeover_of(of: &ID) -> std::result::Result<ProfileTakeoverId, app::Error> {
    named("takeover", of).map(ProfileTakeoverId)
}

async fn payload(
    access: &Access,
    actor: &Actor,
    done: std::result::Result<Takeover, app::Error>,
) -> Result<TakeoverPayload> {
    let (done, user_errors) = settle(done)?;
    let takeover = match done {
        Some(row) => Some(shown(access, actor, &row).await?),
        None => None,
    };
    Ok(TakeoverPayload { takeover, user_errors })
}

/// An attempt as whoever has just changed it sees it.
async fn shown(access: &Access, actor: &Actor, row: &Takeover) -> Result<ProfileTakeover> {
    let one = takeover::settled_one(&access.ctx, actor, row).await.map_err(refuse)?;
    Ok(ProfileTakeover { is_expired: takeover::is_expired(&one.row, access.ctx.now()), one })
}
