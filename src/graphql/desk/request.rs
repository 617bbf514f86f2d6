//! Requests for data as those see them who deal with them.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use crate::app::demand::wishes::Waiting;
use crate::app::demand::{self, queue};
use crate::graphql::caller::access;
use crate::graphql::node::id;
use crate::graphql::outcome::{UserError, refuse};
use crate::graphql::scalar::{Date, DateTime};
use crate::graphql::vocabulary::{BlockingReason, RequestOrigin, RequestStatus};

/// A request for data, shown or not.
pub struct DeskRequest(pub(super) demand::Request);

/// Some who support a request: an organisation, or one person who is not named.
#[derive(SimpleObject)]
pub struct DeskSupport {
    /// The organisation, `organisation:uuid`; null for a person.
    organisation_id: Option<ID>,
    /// Since when.
    supported_on: Date,
    /// Whether a project waits for the data.
    blocks_project: bool,
    /// What project; words that nobody has reviewed. What persons wrote is for curators alone.
    comment: Option<String>,
}

/// A request for data, shown or not.
#[Object]
impl DeskRequest {
    /// Global id, `data_request:uuid`.
    async fn id(&self) -> ID {
        id("data_request", self.0.entity_id.0)
    }

    /// Stable word in its address, once it is shown.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// What is asked for.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The same at length.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// What it is needed for.
    async fn purpose(&self) -> Option<&str> {
        self.0.purpose.as_deref()
    }

    /// Why the data cannot be used as it is.
    async fn blocking(&self) -> BlockingReason {
        self.0.blocking.into()
    }

    /// Codes of what it is about.
    async fn themes(&self) -> Vec<String> {
        self.0.themes()
    }

    /// Where it comes from.
    async fn origin(&self) -> RequestOrigin {
        self.0.origin.into()
    }

    /// How it stands.
    async fn status(&self) -> RequestStatus {
        self.0.status.into()
    }

    /// The body that it is about, `publisher:uuid`.
    async fn publisher_id(&self) -> Option<ID> {
        self.0.publisher_id.map(|body| id("publisher", body.0))
    }

    /// When it was asked for.
    async fn submitted_on(&self) -> Date {
        Date(self.0.submitted_on)
    }

    /// By when the publisher has to answer.
    async fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Date)
    }

    /// What the publisher says.
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }

    /// Who supports it, the oldest first.
    async fn supports(&self, ctx: &Context<'_>) -> Result<Vec<DeskSupport>> {
        let (access, actor) = access(ctx)?;
        let (_, rows) = queue::one(&access.ctx, actor, self.0.entity_id).await.map_err(refuse)?;
        let support = |row: demand::Support| DeskSupport {
            organisation_id: row.organisation_id.map(|of| id("organisation", of.0)),
            supported_on: Date(row.supported_on),
            blocks_project: row.blocks_project,
            comment: row.comment,
        };
        Ok(rows.into_iter().map(support).collect())
    }
}

/// How many requests there are in one state.
#[derive(SimpleObject)]
pub struct RequestCount {
    /// The state.
    pub(super) status: RequestStatus,
    /// How many.
    pub(super) count: i64,
}

/// A page of requests that one deals with.
#[derive(SimpleObject)]
pub struct RequestQueue {
    /// This page.
    pub(super) nodes: Vec<DeskRequest>,
    /// How many there are in each state.
    pub(super) counts: Vec<RequestCount>,
    /// Whether another page follows.
    pub(super) has_next_page: bool,
    /// The `after` of the next page.
    pub(super) end_cursor: Option<String>,
}

/// A wish of a survey that waits for a curator.
pub struct Wish(pub(super) Waiting);

/// A wish of a survey that waits for a curator.
#[Object]
impl Wish {
    /// Global id, `proposal:uuid`.
    async fn id(&self) -> ID {
        id("proposal", self.0.row.id.0)
    }

    /// The organisation that named it.
    async fn organisation_id(&self) -> ID {
        id("organisation", self.0.row.organisation_id.0)
    }

    /// What is wanted, as it was written.
    async fn title(&self) -> &str {
        &self.0.wanted.title
    }

    /// Who should publish it, as it was written.
    async fn publisher(&self) -> Option<&str> {
        self.0.wanted.publisher.as_deref()
    }

    /// What stands in the way.
    async fn blocking(&self) -> Option<BlockingReason> {
        self.0.wanted.reason.map(Into::into)
    }

    /// What it is needed for.
    async fn purpose(&self) -> Option<&str> {
        self.0.wanted.purpose.as_deref()
    }

    /// Whether it seems to name a person.
    async fn mentions_person(&self) -> bool {
        self.0.row.mentions_person
    }

    /// When it was named.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.row.created_at)
    }
}

/// What `requestTriage` takes: the words that everybody will read.
#[derive(InputObject)]
pub struct RequestTriageInput {
    /// The request.
    pub(super) request_id: ID,
    /// What is asked for, in a line.
    pub(super) title: String,
    /// The same at length.
    pub(super) description: Option<String>,
    /// What it is needed for.
    pub(super) purpose: Option<String>,
    /// How often it is needed anew.
    pub(super) frequency: Option<String>,
    /// The format it is needed in.
    pub(super) format: Option<String>,
    /// Why the data cannot be used as it is; as it was said, when left out.
    pub(super) blocking: Option<BlockingReason>,
    /// Codes of what it is about, at most five; as it was said, when left out.
    pub(super) themes: Option<Vec<String>>,
    /// The slug of the publisher that has it, as far as is known.
    pub(super) publisher: Option<String>,
    /// The language of the words; as it was said, when left out.
    pub(super) lang: Option<String>,
}

/// What `requestSetThemes` takes.
#[derive(InputObject)]
pub struct RequestSetThemesInput {
    /// The request, which everybody sees already.
    pub(super) request_id: ID,
    /// Codes of what it is about, at most five; none says that it is about none of the list.
    pub(super) themes: Vec<String>,
    /// Why, in at most 300 characters.
    pub(super) reason: String,
}

/// What `requestForward` takes.
#[derive(InputObject)]
pub struct RequestForwardInput {
    /// The request.
    pub(super) request_id: ID,
    /// The slug of the publisher; the one that the request names, when left out.
    pub(super) publisher: Option<String>,
}

/// What `requestAnswer` takes: that and when the publisher will publish.
#[derive(InputObject)]
pub struct RequestAnswerInput {
    /// The request.
    pub(super) request_id: ID,
    /// What the publisher says, in public.
    pub(super) answer: String,
    /// By when it means to publish.
    pub(super) planned_on: Option<Date>,
    /// The language of the answer, `es` or `en`.
    pub(super) lang: Option<String>,
}

/// What `requestReject` takes.
#[derive(InputObject)]
pub struct RequestRejectInput {
    /// The request.
    pub(super) request_id: ID,
    /// What the publisher says, in public.
    pub(super) answer: String,
    /// On what legal basis it refuses.
    pub(super) legal_basis: String,
    /// The language of the answer, `es` or `en`.
    pub(super) lang: Option<String>,
}

/// What `requestPublish` takes.
#[derive(InputObject)]
pub struct RequestPublishInput {
    /// The request.
    pub(super) request_id: ID,
    /// Slugs of the datasets that it has led to.
    pub(super) datasets: Vec<String>,
    /// Whether more is to come.
    #[graphql(default)]
    pub(super) is_partial: bool,
    /// What the publisher says, in public.
    pub(super) answer: Option<String>,
    /// The language of the answer, `es` or `en`.
    pub(super) lang: Option<String>,
}

/// What `requestMarkDuplicate` takes.
#[derive(InputObject)]
pub struct RequestMarkDuplicateInput {
    /// The request.
    pub(super) request_id: ID,
    /// The slug of the request that stays.
    pub(super) duplicate_of: String,
}

/// What `requestRuleOut` takes.
#[derive(InputObject)]
pub struct RequestRuleOutInput {
    /// The request.
    pub(super) request_id: ID,
    /// Why no public body has this data.
    pub(super) answer: String,
    /// The language of the answer, `es` or `en`.
    pub(super) lang: Option<String>,
}

/// What `requestWithdraw` takes.
#[derive(InputObject)]
pub struct RequestWithdrawInput {
    /// The request.
    pub(super) request_id: ID,
}

/// What `requestTakeWish` takes.
#[derive(InputObject)]
pub struct RequestTakeWishInput {
    /// The wish, `proposal:uuid`.
    pub(super) wish_id: ID,
    /// The slug of the request that it becomes a support of; without one it becomes a request of its own.
    pub(super) into: Option<String>,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// What `requestDismissWish` takes.
#[derive(InputObject)]
pub struct RequestDismissWishInput {
    /// The wish, `proposal:uuid`.
    pub(super) wish_id: ID,
    /// Why it is no request.
    pub(super) reason: String,
}

/// A request that was moved on.
#[derive(SimpleObject)]
pub struct RequestPayload {
    /// The request as it is now; null where nothing was done.
    pub(super) request: Option<DeskRequest>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// A wish that was dismissed.
#[derive(SimpleObject)]
pub struct WishPayload {
    /// The wish; null where nothing was done.
    pub(super) wish_id: Option<ID>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}
