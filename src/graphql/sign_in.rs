//! Signing in and out. The session itself is in no answer, only in a cookie that
//! no script can read.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

use super::caller::{Keep, access, caller};
use super::language::lang;
use super::outcome::{UserError, settle};
use crate::app::access::half::{self, Entered};
use crate::app::access::{session, sign_in};
use crate::domain::access::Actor;

/// Signing in and out.
#[derive(Default)]
pub struct SignInMutation;

/// What `signIn` takes.
#[derive(InputObject)]
pub struct SignInInput {
    /// The address of the account.
    email: String,
    /// Its password.
    password: String,
}

/// What `signInLinkRequest` takes.
#[derive(InputObject)]
pub struct SignInLinkRequestInput {
    /// The address of the account.
    email: String,
}

/// What `signInLinkRedeem` takes.
#[derive(InputObject)]
pub struct SignInLinkRedeemInput {
    /// The last part of the link.
    token: String,
}

/// What `signInCode` takes.
#[derive(InputObject)]
pub struct SignInCodeInput {
    /// A code of the authenticator app, or a recovery code.
    code: String,
}

/// Whether somebody is signed in now.
#[derive(SimpleObject)]
pub struct SignInPayload {
    /// Whether the browser is signed in now.
    is_signed_in: bool,
    /// Whether the account has a second factor, and its code is asked for: `signInCode`, within ten minutes.
    is_code_asked: bool,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// Whether the request for a link was taken.
#[derive(SimpleObject)]
pub struct SignInLinkRequestPayload {
    /// Whether it was taken: if there is such an account, it is written to.
    is_accepted: bool,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// Whether the session has ended.
#[derive(SimpleObject)]
pub struct SignOutPayload {
    /// Whether nobody is signed in any more.
    is_signed_out: bool,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// Signing in and out.
#[Object]
impl SignInMutation {
    /// Signs in by password. Once per operation.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> Result<SignInPayload> {
        let ((access, actor), caller) = (access(ctx)?, caller(ctx)?);
        let done = sign_in::by_password(access, actor, caller.from, &input.email, &input.password).await;
        signed_in(ctx, done)
    }

    /// Asks for a link that signs in; it is sent to the address, if that is an account's. Once per operation.
    async fn sign_in_link_request(
        &self,
        ctx: &Context<'_>,
        input: SignInLinkRequestInput,
    ) -> Result<SignInLinkRequestPayload> {
        let ((access, actor), caller) = (access(ctx)?, caller(ctx)?);
        let lang = lang(ctx, None);
        let done = sign_in::request_link(access, actor, caller.from, &input.email, lang.as_str()).await;
        let (done, user_errors) = settle(done)?;
        Ok(SignInLinkRequestPayload { is_accepted: done.is_some(), user_errors })
    }

    /// Signs in by a link that was sent; it works once. Once per operation.
    async fn sign_in_link_redeem(&self, ctx: &Context<'_>, input: SignInLinkRedeemInput) -> Result<SignInPayload> {
        let ((access, actor), caller) = (access(ctx)?, caller(ctx)?);
        signed_in(ctx, sign_in::redeem(access, actor, caller.from, &input.token).await)
    }

    /// Finishes a sign-in that asks for a second factor, in the browser that has begun it. Once per operation.
    async fn sign_in_code(&self, ctx: &Context<'_>, input: SignInCodeInput) -> Result<SignInPayload> {
        let ((access, actor), caller) = (access(ctx)?, caller(ctx)?);
        let secret = caller.half.as_deref().unwrap_or_default();
        let done = half::finish(access, actor, caller.from, secret, &input.code).await;
        signed_in(ctx, done.map(Entered::In))
    }

    /// Ends the session of this browser.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<SignOutPayload> {
        let (access, actor) = access(ctx)?;
        let (done, user_errors) = match actor {
            Actor::Anonymous => (Some(()), Vec::new()),
            _ => settle(session::sign_out(access, actor).await)?,
        };
        caller(ctx)?.keep(Keep::Nothing);
        Ok(SignOutPayload { is_signed_out: done.is_some(), user_errors })
    }
}

fn signed_in(ctx: &Context<'_>, done: std::result::Result<Entered, crate::app::Error>) -> Result<SignInPayload> {
    let (done, user_errors) = settle(done)?;
    let (is_signed_in, is_code_asked) = (matches!(done, Some(Entered::In(_))), matches!(done, Some(Entered::Asked(_))));
    match done {
        Some(Entered::In(done)) => caller(ctx)?.keep(Keep::Session(done.secret)),
        Some(Entered::Asked(secret)) => caller(ctx)?.keep(Keep::Half(secret)),
        None => {}
    }
    Ok(SignInPayload { is_signed_in, is_code_asked, user_errors })
}
