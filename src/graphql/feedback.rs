//! What anybody may say about a dataset.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};

use super::caller::{access, caller};
use super::language::lang;
use super::outcome::{UserError, settle};
use super::vocabulary::{FeedbackDimension, FeedbackSeverity};
use crate::app::feedback::{New, door, submit};
use crate::domain::feedback::Words;

/// What `feedbackSubmit` takes.
#[derive(InputObject)]
pub struct FeedbackSubmitInput {
    /// The last part of the dataset's address.
    dataset_slug: String,
    /// From 1 (poor) to 4 (excellent). A rating, a comment, or both.
    rating: Option<i32>,
    /// What it is about.
    dimension: Option<FeedbackDimension>,
    /// How much it hinders.
    severity: Option<FeedbackSeverity>,
    /// The words, of at most 2,000 characters.
    comment: Option<String>,
    /// An example of what is meant, http or https.
    sample_url: Option<String>,
    /// The sender's own name for this request: repeated within 24 hours, it is taken once.
    idempotency_key: Option<String>,
}

/// What `feedbackSubmit` answers.
#[derive(SimpleObject)]
pub struct FeedbackSubmitPayload {
    /// Whether it was taken. Everybody may read it once somebody has looked at it.
    is_taken: bool,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// What anybody may say.
#[derive(Default)]
pub struct FeedbackMutation;

/// What anybody may say.
#[Object]
impl FeedbackMutation {
    /// Says something about a dataset. Once per operation.
    async fn feedback_submit(&self, ctx: &Context<'_>, input: FeedbackSubmitInput) -> Result<FeedbackSubmitPayload> {
        let ((access, actor), caller) = (access(ctx)?, caller(ctx)?);
        let words = Words {
            // What is no small number is no rating either.
            rating: input.rating.map(|rating| i16::try_from(rating).unwrap_or(-1)),
            dimension: input.dimension.map(Into::into),
            severity: input.severity.map(Into::into),
            comment: input.comment,
            sample_url: input.sample_url,
        };
        let new = New { dataset: input.dataset_slug, words, lang: lang(ctx, None).to_string() };
        let key = input.idempotency_key.as_deref();
        let (done, user_errors) = settle(submit(&access.ctx, actor, (door(), caller.from), new, key).await)?;
        Ok(FeedbackSubmitPayload { is_taken: done.is_some(), user_errors })
    }
}
