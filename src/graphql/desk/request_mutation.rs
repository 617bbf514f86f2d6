//! What can be done to requests for data: one mutation, one use case.

use async_graphql::{Context, ID, Object, Result};
use entity::id::{DataRequestId, ProposalId};

use super::access_mutation::named;
use super::request::{
    DeskRequest, RequestAnswerInput, RequestDismissWishInput, RequestForwardInput, RequestMarkDuplicateInput,
    RequestPayload, RequestPublishInput, RequestRejectInput, RequestRuleOutInput, RequestSetThemesInput,
    RequestTakeWishInput, RequestTriageInput, RequestWithdrawInput, WishPayload,
};
use crate::app;
use crate::app::demand::{Request, answer, close, triage, wishes};
use crate::domain::access::Action;
use crate::graphql::caller::access;
use crate::graphql::language::lang;
use crate::graphql::may::May;
use crate::graphql::outcome::settle;

/// Changes to requests for data.
#[derive(Default)]
pub struct RequestMutation;

/// Changes to requests for data.
#[Object]
impl RequestMutation {
    /// Shows a request to everyone, in the words given.
    #[graphql(guard = "May(Action::TriageRequest)")]
    async fn request_triage(&self, ctx: &Context<'_>, input: RequestTriageInput) -> Result<RequestPayload> {
        let (access, actor) = access(ctx)?;
        let words = triage::Triaged {
            title: input.title,
            description: input.description.unwrap_or_default(),
            purpose: input.purpose.unwrap_or_default(),
            frequency: input.frequency.unwrap_or_default(),
            format: input.format.unwrap_or_default(),
            blocking: input.blocking.map(Into::into),
            themes: input.themes,
            publisher: input.publisher.unwrap_or_default(),
            lang: input.lang,
        };
        payload(match request(&input.request_id) {
            Ok(id) => triage::triage(&access.ctx, actor, id, words).await,
            Err(error) => Err(error),
        })
    }

    /// Says anew what a request is about, and why; both stand in its history.
    #[graphql(guard = "May(Action::TriageRequest)")]
    async fn request_set_themes(&self, ctx: &Context<'_>, input: RequestSetThemesInput) -> Result<RequestPayload> {
        let (access, actor) = access(ctx)?;
        payload(match request(&input.request_id) {
            Ok(id) => triage::set_themes(&access.ctx, actor, id, (&input.themes, &input.reason)).await,
            Err(error) => Err(error),
        })
    }

    /// Passes a request to its publisher, whose term to answer begins.
    #[graphql(guard = "May(Action::TriageRequest)")]
    async fn request_forward(&self, ctx: &Context<'_>, input: RequestForwardInput) -> Result<RequestPayload> {
        let (access, actor) = access(ctx)?;
        payload(match request(&input.request_id) {
            Ok(id) => triage::forward(&access.ctx, actor, id, input.publisher.as_deref()).await,
            Err(error) => Err(error),
        })
    }

    /// Says for the publisher that and when it will publish.
    #[graphql(guard = "May(Action::AnswerRequest)")]
    async fn request_answer(&self, ctx: &Context<'_>, input: RequestAnswerInput) -> Result<RequestPayload> {
        let (access, actor) = access(ctx)?;
        let said = said(ctx, input.answer, input.lang);
        payload(match request(&input.request_id) {
            Ok(id) => answer::plan(&access.ctx, actor, id, (said, input.planned_on.map(|day| day.0))).await,
            Err(error) => Err(error),
        })
    }

    /// Refuses for the publisher, on a legal basis.
    #[graphql(guard = "May(Action::AnswerRequest)")]
    async fn request_reject(&self, ctx: &Context<'_>, input: RequestRejectInput) -> Result<RequestPayload> {
        let (access, actor) = access(ctx)?;
        let said = said(ctx, input.answer, input.lang);
        payload(match request(&input.request_id) {
            Ok(id) => answer::reject(&access.ctx, actor, id, (said, &input.legal_basis)).await,
            Err(error) => Err(error),
        })
    }

    /// Says that what was asked for is published, whole or in part, and where.
    #[graphql(guard = "May(Action::ReadRequestQueue)")]
    async fn request_publish(&self, ctx: &Context<'_>, input: RequestPublishInput) -> Result<RequestPayload> {
        let (access, actor) = access(ctx)?;
        let said = input.answer.map(|text| said(ctx, text, input.lang));
        payload(match request(&input.request_id) {
            Ok(id) => answer::publish(&access.ctx, actor, id, (said, &input.datasets, input.is_partial)).await,
            Err(error) => Err(error),
        })
    }

    /// Says that another request asks for the same; whoever supports this one supports that one from now on.
    #[graphql(guard = "May(Action::ReadRequestQueue)")]
    async fn request_mark_duplicate(
        &self,
        ctx: &Context<'_>,
        input: RequestMarkDuplicateInput,
    ) -> Result<RequestPayload> {
        let (access, actor) = access(ctx)?;
        payload(match request(&input.request_id) {
            Ok(id) => close::mark_duplicate(&access.ctx, actor, id, &input.duplicate_of).await,
            Err(error) => Err(error),
        })
    }

    /// Says that no public body has this data.
    #[graphql(guard = "May(Action::TriageRequest)")]
    async fn request_rule_out(&self, ctx: &Context<'_>, input: RequestRuleOutInput) -> Result<RequestPayload> {
        let (access, actor) = access(ctx)?;
        let said = said(ctx, input.answer, input.lang);
        payload(match request(&input.request_id) {
            Ok(id) => close::rule_out(&access.ctx, actor, id, &said).await,
            Err(error) => Err(error),
        })
    }

    /// Takes a request back: whoever made it, or a curator.
    #[graphql(guard = "May(Action::WithdrawRequest)")]
    async fn request_withdraw(&self, ctx: &Context<'_>, input: RequestWithdrawInput) -> Result<RequestPayload> {
        let (access, actor) = access(ctx)?;
        payload(match request(&input.request_id) {
            Ok(id) => close::withdraw(&access.ctx, actor, id).await,
            Err(error) => Err(error),
        })
    }

    /// Makes a request of a wish of a survey, or a support of a request that there is.
    #[graphql(guard = "May(Action::TriageRequest)")]
    async fn request_take_wish(&self, ctx: &Context<'_>, input: RequestTakeWishInput) -> Result<RequestPayload> {
        let (access, actor) = access(ctx)?;
        let (into, key) = (input.into.as_deref(), input.idempotency_key.as_deref());
        payload(match named("proposal", &input.wish_id) {
            Ok(uuid) => wishes::take(&access.ctx, actor, ProposalId(uuid), into, key).await,
            Err(error) => Err(error),
        })
    }

    /// Says that a wish of a survey is no request.
    #[graphql(guard = "May(Action::TriageRequest)")]
    async fn request_dismiss_wish(&self, ctx: &Context<'_>, input: RequestDismissWishInput) -> Result<WishPayload> {
        let (access, actor) = access(ctx)?;
        let done = match named("proposal", &input.wish_id) {
            Ok(uuid) => wishes::dismiss(&access.ctx, actor, ProposalId(uuid), &input.reason).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        Ok(WishPayload { wish_id: done.map(|()| input.wish_id), user_errors })
    }
}

fn request(id: &ID) -> std::result::Result<DataRequestId, app::Error> {
    named("data_request", id).map(DataRequestId)
}

fn said(ctx: &Context<'_>, answer: String, of: Option<String>) -> answer::Said {
    answer::Said { answer, lang: of.unwrap_or_else(|| lang(ctx, None).to_string()) }
}

fn payload(done: std::result::Result<Request, app::Error>) -> Result<RequestPayload> {
    let (done, user_errors) = settle(done)?;
    Ok(RequestPayload { request: done.map(DeskRequest), user_errors })
}
