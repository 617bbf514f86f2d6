//! What visitors and contributors may bring to the demand for data: requests, and support.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use super::caller::{access, caller};
use super::node::id;
use super::outcome::{UserError, settle};
use super::request::DataRequest;
use super::snapshot::current;
use super::vocabulary::BlockingReason;
use crate::app::demand::{submit, support};

/// Changes to the demand for data.
#[derive(Default)]
pub struct Requests;

/// What `requestSubmit` takes.
#[derive(InputObject)]
pub struct RequestSubmitInput {
    /// What is asked for, in a line.
    title: String,
    /// The same at length.
    description: Option<String>,
    /// What it is needed for.
    purpose: Option<String>,
    /// Why the data cannot be used as it is.
    blocking: BlockingReason,
    /// How often it is needed anew.
    frequency: Option<String>,
    /// The format it is needed in.
    format: Option<String>,
    /// Codes of what it is about, of the list of themes of datasets; at most five.
    themes: Option<Vec<String>>,
    /// The slug of the publisher that has it, as far as is known.
    publisher: Option<String>,
    /// The slug of the organisation that asks, where its representative does.
    organisation: Option<String>,
    /// Whether a project waits for the data; counted for those who are signed in.
    blocks_project: Option<bool>,
    /// What project, for those who deal with the request; shown to nobody else.
    comment: Option<String>,
    /// The language it is written in, `es` or `en`.
    lang: Option<String>,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    idempotency_key: Option<String>,
}

/// Whether a request was taken in. Nobody sees it before a curator has looked at it.
#[derive(SimpleObject)]
pub struct RequestSubmitPayload {
    /// What it will bear when it is shown, `data_request:uuid`; null where nothing was done.
    reference: Option<ID>,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// What `requestSupport` takes.
#[derive(InputObject)]
pub struct RequestSupportInput {
    /// The slug of the request.
    request: String,
    /// The slug of the organisation, for its representative; without one it is one's own.
    organisation: Option<String>,
    /// Whether a project waits for the data.
    blocks_project: Option<bool>,
    /// What project, for those who deal with the request; shown to nobody else.
    comment: Option<String>,
}

/// What `requestSupportWithdraw` takes.
#[derive(InputObject)]
pub struct RequestSupportWithdrawInput {
    /// The slug of the request.
    request: String,
    /// The slug of the organisation whose support it was; without one it was one's own.
    organisation: Option<String>,
}

/// A request that was supported, or is no longer.
#[derive(SimpleObject)]
pub struct RequestSupportPayload {
    /// The request, as the public record has it at this moment: its counts follow within seconds. Null where nothing
    /// was done.
    request: Option<DataRequest>,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// Changes to the demand for data.
#[Object]
impl Requests {
    /// Asks for data. It waits unseen until a curator has looked at it. Once per operation.
    async fn request_submit(&self, ctx: &Context<'_>, input: RequestSubmitInput) -> Result<RequestSubmitPayload> {
        let ((access, actor), caller) = (access(ctx)?, caller(ctx)?);
        let key = input.idempotency_key;
        let new = submit::New {
            title: input.title,
            description: input.description.unwrap_or_default(),
            purpose: input.purpose.unwrap_or_default(),
            frequency: input.frequency.unwrap_or_default(),
            format: input.format.unwrap_or_default(),
            blocking: Some(input.blocking.into()),
            lang: input.lang.unwrap_or_else(|| super::language::lang(ctx, None).to_string()),
            themes: input.themes.unwrap_or_default(),
            publisher: input.publisher,
            organisation: input.organisation,
            blocks_project: input.blocks_project.unwrap_or_default(),
            comment: input.comment.unwrap_or_default(),
        };
        let done = submit::submit(&access.ctx, actor, (submit::door(), caller.from), new, key.as_deref()).await;
        let (done, user_errors) = settle(done)?;
        Ok(RequestSubmitPayload { reference: done.map(|done| id("data_request", done.0)), user_errors })
    }

    /// Supports a request: one support for each organisation and each person. Persons are counted and never shown.
    async fn request_support(&self, ctx: &Context<'_>, input: RequestSupportInput) -> Result<RequestSupportPayload> {
        let (access, actor) = access(ctx)?;
        let given = support::Given {
            organisation: input.organisation,
            blocks_project: input.blocks_project.unwrap_or_default(),
            comment: input.comment.unwrap_or_default(),
        };
        let (done, user_errors) = settle(support::support(&access.ctx, actor, &input.request, &given).await)?;
        payload(ctx, done.is_some(), &input.request, user_errors)
    }

    /// Takes a support back.
    async fn request_support_withdraw(
        &self,
        ctx: &Context<'_>,
        input: RequestSupportWithdrawInput,
    ) -> Result<RequestSupportPayload> {
        let (access, actor) = access(ctx)?;
        let done = support::withdraw(&access.ctx, actor, &input.request, input.organisation.as_deref()).await;
        let (done, user_errors) = settle(done)?;
        payload(ctx, done.is_some(), &input.request, user_errors)
    }
}

fn payload(ctx: &Context<'_>, is_done: bool, slug: &str, user_errors: Vec<UserError>) -> Result<RequestSupportPayload> {
    let request = if is_done { super::request::find(&current(ctx)?, Some(slug), None)? } else { None };
    Ok(RequestSupportPayload { request, user_errors })
}
