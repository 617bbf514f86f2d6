//! What users say about datasets, for those who look at it and those who answer it.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::id::DatasetFeedbackId;

use super::access_mutation::named;
use crate::app::feedback::{self, Feedback, Listed, Look, Reply};
use crate::domain::access::Action;
use crate::graphql::caller::access;
use crate::graphql::language::lang;
use crate::graphql::may::May;
use crate::graphql::node::id;
use crate::graphql::outcome::{UserError, refuse, settle};
use crate::graphql::scalar::{Date, DateTime};
use crate::graphql::vocabulary::{FeedbackDimension, FeedbackSeverity, FeedbackState};
use crate::texts::in_language;

/// Whether somebody has looked at words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Moderation")]
pub enum Moderation {
    /// Nobody has.
    Pending,
    /// Everybody may read them.
    Shown,
    /// Nobody may.
    Hidden,
}

/// Something that a user says about a dataset.
#[derive(SimpleObject)]
pub struct FeedbackItem {
    /// `dataset_feedback:uuid`.
    id: ID,
    /// The dataset, `dataset:uuid`.
    dataset_id: ID,
    /// When it was said.
    submitted_at: DateTime,
    /// From 1 (poor) to 4 (excellent).
    rating: Option<i32>,
    /// What it is about.
    dimension: Option<FeedbackDimension>,
    /// How much it hinders.
    severity: Option<FeedbackSeverity>,
    /// The words.
    comment: Option<String>,
    /// An example of what is meant.
    sample_url: Option<String>,
    /// Whether somebody has looked at it.
    moderation: Moderation,
    /// When that was decided; null of what nobody has looked at.
    moderated_at: Option<DateTime>,
    /// What the publisher has done.
    state: FeedbackState,
    /// What the publisher answers.
    reply: Option<String>,
    /// Since when it is fixed.
    fixed_on: Option<Date>,
}

impl From<Feedback> for FeedbackItem {
    fn from(row: Feedback) -> Self {
        Self {
            id: id("dataset_feedback", row.entity_id.0),
            dataset_id: id("dataset", row.dataset_id.0),
            submitted_at: DateTime(row.submitted_at),
            rating: row.rating.map(i32::from),
            dimension: row.dimension.map(Into::into),
            severity: row.severity.map(Into::into),
            comment: row.comment,
            sample_url: row.sample_url,
            moderation: row.moderation.into(),
            moderated_at: row.moderated_at.map(DateTime),
            state: row.state.into(),
            reply: row.reply,
            fixed_on: row.fixed_on.map(Date),
        }
    }
}

/// Feedback in a list, with the dataset's title.
#[derive(SimpleObject)]
pub struct FeedbackListed {
    /// The title of the dataset.
    dataset_title: String,
    /// What was said.
    feedback: FeedbackItem,
}

fn listed(ctx: &Context<'_>, found: Vec<Listed>) -> Vec<FeedbackListed> {
    let lang = lang(ctx, None);
    let all = found.into_iter().map(|one| FeedbackListed {
        dataset_title: in_language(&one.dataset_title, lang).to_owned(),
        feedback: one.feedback.into(),
    });
    all.collect()
}

/// Questions about feedback.
#[derive(Default)]
pub struct FeedbackQuery;

/// Questions about feedback.
#[Object]
impl FeedbackQuery {
    /// What nobody has looked at yet, the oldest first, at most 200.
    #[graphql(guard = "May(Action::ReadQueue)")]
    async fn feedback_pending(&self, ctx: &Context<'_>) -> Result<Vec<FeedbackListed>> {
        let (access, actor) = access(ctx)?;
        Ok(listed(ctx, feedback::pending(&access.ctx, actor).await.map_err(refuse)?))
    }

    /// What users say about the datasets of the bodies that the reader speaks for, what is open first, at most 200.
    #[graphql(guard = "May(Action::ReplyToFeedback)")]
    async fn feedback_on_my_datasets(&self, ctx: &Context<'_>) -> Result<Vec<FeedbackListed>> {
        let (access, actor) = access(ctx)?;
        Ok(listed(ctx, feedback::of_mine(&access.ctx, actor).await.map_err(refuse)?))
    }
}

/// What `feedbackModerate` takes.
#[derive(InputObject)]
pub struct FeedbackModerateInput {
    /// `dataset_feedback:uuid`.
    feedback_id: ID,
    /// Whether everybody may read it.
    is_shown: bool,
    /// Why it is hidden.
    reason: Option<String>,
    /// `moderatedAt` as the sender has seen it; left out of what nobody had looked at. Where somebody has decided since,
    /// nothing is changed.
    moderated_at: Option<DateTime>,
}

/// What `feedbackReply` takes.
#[derive(InputObject)]
pub struct FeedbackReplyInput {
    /// `dataset_feedback:uuid`.
    feedback_id: ID,
    /// What the publisher has done.
    state: FeedbackState,
    /// What it answers, of at most 2,000 characters. What will not be fixed needs a reason.
    reply: Option<String>,
    /// With `FIXED`: since when; today, when left out.
    fixed_on: Option<Date>,
    /// The sender's own name for this request: repeated, it is done once.
    idempotency_key: Option<String>,
}

/// What a change to feedback answers.
#[derive(SimpleObject)]
pub struct FeedbackPayload {
    /// As it is now.
    feedback: Option<FeedbackItem>,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// Changes to feedback.
#[derive(Default)]
pub struct FeedbackDeskMutation;

/// Changes to feedback.
#[Object]
impl FeedbackDeskMutation {
    /// Shows feedback to everybody, or hides it and says why.
    #[graphql(guard = "May(Action::DecideClaim)")]
    async fn feedback_moderate(&self, ctx: &Context<'_>, input: FeedbackModerateInput) -> Result<FeedbackPayload> {
        let (access, actor) = access(ctx)?;
        let done = match named("dataset_feedback", &input.feedback_id).map(DatasetFeedbackId) {
            Ok(feedback) => {
                let seen = input.moderated_at.map(|at| at.0);
                let look = Look { feedback, seen, is_shown: input.is_shown, reason: input.reason };
                feedback::moderate(&access.ctx, actor, &look).await
            }
            Err(error) => Err(error),
        };
        payload(done)
    }

    /// Answers feedback in the name of the publisher.
    #[graphql(guard = "May(Action::ReplyToFeedback)")]
    async fn feedback_reply(&self, ctx: &Context<'_>, input: FeedbackReplyInput) -> Result<FeedbackPayload> {
        let (access, actor) = access(ctx)?;
        let done = match named("dataset_feedback", &input.feedback_id).map(DatasetFeedbackId) {
            Ok(feedback) => {
                let fixed_on = input.fixed_on.map(|day| day.0);
                let said = Reply { feedback, state: input.state.into(), reply: input.reply, fixed_on, seen: None };
                feedback::reply(&access.ctx, actor, &said, input.idempotency_key.as_deref()).await
            }
            Err(error) => Err(error),
        };
        payload(done)
    }
}

fn payload(done: std::result::Result<Feedback, crate::app::Error>) -> Result<FeedbackPayload> {
    let (done, user_errors) = settle(done)?;
    Ok(FeedbackPayload { feedback: done.map(Into::into), user_errors })
}
