//! The sign on the door of a field: refuses who can do this to nothing at all, and documents what a field
//! is for. The lock is in `app`, which knows the object.

use async_graphql::{Context, Error, ErrorExtensions, Guard, Result};

use super::caller::caller;
use crate::app;
use crate::domain::access::{Action, Actor, might, might_awake};

/// Lets pass who may do this to something.
#[derive(Clone, Copy, Debug)]
pub struct May(pub Action);

impl Guard for May {
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        let caller = caller(ctx)?;
        let Some(access) = &caller.access else { return Err(forbidden()) };
        match &caller.actor {
            actor if might(actor, self.0, access.ctx.now()) => Ok(()),
            Actor::Anonymous => Err(unauthenticated()),
            actor if might_awake(actor, self.0, access.ctx.now()) => Err(asleep()),
            _ => Err(forbidden()),
        }
    }
}

/// Lets pass who may do one of two things to something.
#[derive(Clone, Copy, Debug)]
pub struct MayEither(pub Action, pub Action);

impl Guard for MayEither {
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        let first = May(self.0).check(ctx).await;
        let (Err(one), Err(other)) = (&first, May(self.1).check(ctx).await) else { return Ok(()) };
        // Of two refusals the one that says what helps is told: a role that sleeps can be woken.
        let is_plain = |error: &Error| *error == forbidden();
        Err(if is_plain(one) { other } else { one.clone() })
    }
}

/// The refusal of somebody who may not do this.
pub(crate) fn forbidden() -> Error {
    Error::new("not allowed").extend_with(|_, e| e.set("code", "FORBIDDEN"))
}

/// The refusal of somebody who has not said who they are.
pub(crate) fn unauthenticated() -> Error {
    Error::new("sign in first").extend_with(|_, e| e.set("code", "UNAUTHENTICATED"))
}

/// The refusal of somebody whose role sleeps until a second factor is shown; it says where that is done.
pub(crate) fn asleep() -> Error {
    Error::new(app::Error::SecondFactor.to_string()).extend_with(|_, e| e.set("code", "SECOND_FACTOR_NEEDED"))
}
