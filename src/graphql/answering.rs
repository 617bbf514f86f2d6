//! The mutations of those who answer a survey by a link. The link is the whole right to do so: it is given with each
//! request, opens one response, and stands in no log and no answer.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use super::caller::access;
use super::node::uuid_of;
use super::outcome::{UserError, settle};
use super::scalar::DateTime;
use super::vocabulary::{AccessMode, Criticality, Missing, ResponseStatus};
use crate::app::review::mistake;
use crate::app::survey::save::{self, Said};
use crate::app::survey::{answer, link};
use crate::app::{self, Context as Record};
use crate::domain::instrument::{Given, Named, Use, Value, Wanted, left, progress};
use crate::domain::violation::Violation;

/// Answers of those who follow a link.
#[derive(Default)]
pub struct AnswerMutation;

/// What `responseSave` takes.
#[derive(InputObject)]
pub struct ResponseSaveInput {
    /// The last part of the answer link.
    link: String,
    /// What is answered; questions that are not named stay as they are.
    answers: Vec<AnswerInput>,
    /// The language in which the organisation goes on, `es` or `en`.
    lang: Option<String>,
}

/// What is said to one question: a value of its kind, or why there is none. With neither it is left blank again.
#[derive(InputObject)]
pub struct AnswerInput {
    /// The key of the question.
    question: String,
    /// A text.
    text: Option<String>,
    /// The id of the option that is chosen.
    choice: Option<String>,
    /// The ids of the options that are chosen.
    choices: Option<Vec<String>>,
    /// A whole number.
    number: Option<i32>,
    /// `2014`, `2014-05` or `2014-05-31`.
    date: Option<String>,
    /// Whether it is consented to.
    consent: Option<bool>,
    /// The data that is used.
    uses: Option<Vec<UseInput>>,
    /// The data that is needed and cannot be had.
    requests: Option<Vec<WantedInput>>,
    /// Why there is no value: `DONT_KNOW`, `REFUSED` or, where the question allows it, `NOT_APPLICABLE`.
    missing: Option<Missing>,
    /// Who may see it, where one may choose: `public`, `aggregate_only` or `private`.
    visibility: Option<String>,
    /// The revision of the answer that was known when this was said, of `ResponseProgress.revisions`. Where another was
    /// saved meanwhile, nothing is saved and the error is a `CONFLICT`. Without one nothing is compared.
    revision: Option<String>,
}

/// A use of data: a dataset, a body whose data it is, or words for what is not listed.
#[derive(InputObject)]
pub struct UseInput {
    /// The dataset.
    dataset_id: Option<ID>,
    /// The body, where the dataset is not known.
    publisher_id: Option<ID>,
    /// What it is called, where it is not listed.
    unlisted: Option<String>,
    /// Who publishes it, where it is not listed.
    published_by: Option<String>,
    /// How much it matters.
    criticality: Option<Criticality>,
    /// How it is obtained.
    access: Option<AccessMode>,
    /// The year since when.
    since: Option<i16>,
    /// From 1, poor, to 4, excellent.
    rating: Option<u8>,
}

/// Data that is needed and cannot be had.
#[derive(InputObject)]
pub struct WantedInput {
    /// What it is.
    title: String,
    /// Who should publish it.
    published_by: Option<String>,
    /// What stands in the way, such as `not_published`.
    reason: Option<String>,
    /// What it is needed for.
    purpose: Option<String>,
}

/// How far an organisation has come with its answers.
#[derive(SimpleObject)]
pub struct ResponseProgress {
    /// How far it has come.
    status: ResponseStatus,
    /// How many questions are asked, given the answers so far.
    asked: usize,
    /// How many of them have an answer, a reason for none included.
    answered: usize,
    /// The keys of those that still need one before all can be sent.
    left: Vec<String>,
    /// The answers that were saved, as they are now.
    revisions: Vec<AnswerRevision>,
}

/// Which answer to a question is stored.
#[derive(SimpleObject)]
pub struct AnswerRevision {
    /// The key of the question.
    question: String,
    /// Another answer has another revision.
    revision: String,
}

/// Answers that were saved.
#[derive(SimpleObject)]
pub struct ResponseSavePayload {
    /// How far the organisation has come; null where nothing was saved.
    response: Option<ResponseProgress>,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// What `responseSubmit` takes.
#[derive(InputObject)]
pub struct ResponseSubmitInput {
    /// The last part of the answer link.
    link: String,
}

/// Answers that were sent.
#[derive(SimpleObject)]
pub struct ResponseSubmitPayload {
    /// When they were sent; null where they were not.
    submitted_at: Option<DateTime>,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// What `responseRefuse` takes.
#[derive(InputObject)]
pub struct ResponseRefuseInput {
    /// The last part of the answer link.
    link: String,
}

/// A response that was refused.
#[derive(SimpleObject)]
pub struct ResponseRefusePayload {
    /// Whether the organisation takes no part any more.
    is_refused: bool,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// What `responseMistakeTell` takes.
#[derive(InputObject)]
pub struct ResponseMistakeTellInput {
    /// The last part of the answer link.
    link: String,
    /// What is wrong, and what would be right, of at most 2,000 characters.
    text: String,
}

/// A mistake that was told.
#[derive(SimpleObject)]
pub struct ResponseMistakeTellPayload {
    /// Whether it was taken down; the same said twice is taken down once.
    is_told: bool,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// Answers of those who follow a link.
#[Object]
impl AnswerMutation {
    /// Saves answers of an organisation by its link: all that are given, or none and all that is wrong with them.
    async fn response_save(&self, ctx: &Context<'_>, input: ResponseSaveInput) -> Result<ResponseSavePayload> {
        let (access, _) = access(ctx)?;
        let (response, user_errors) = settle(save_all(&access.ctx, input).await)?;
        Ok(ResponseSavePayload { response, user_errors })
    }

    /// Sends the answers of an organisation. From then on they never change; sent again, it says when they were sent.
    async fn response_submit(&self, ctx: &Context<'_>, input: ResponseSubmitInput) -> Result<ResponseSubmitPayload> {
        let (access, _) = access(ctx)?;
        let done = match link::answering(&access.ctx, &input.link).await {
            Ok(followed) => answer::submit(&access.ctx, &followed).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        Ok(ResponseSubmitPayload { submitted_at: done.map(DateTime), user_errors })
    }

    /// Says that an organisation does not want to take part: what had been saved of it is deleted, and nobody writes to it
    /// about this study again. What was sent already stays.
    async fn response_refuse(&self, ctx: &Context<'_>, input: ResponseRefuseInput) -> Result<ResponseRefusePayload> {
        let (access, _) = access(ctx)?;
        let done = match link::answering(&access.ctx, &input.link).await {
            Ok(followed) => answer::refuse(&access.ctx, &followed).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        Ok(ResponseRefusePayload { is_refused: done.is_some(), user_errors })
    }

    /// Says that something in answers that were sent is wrong. They stay as they were sent; whoever reviews them reads it,
    /// and it is published nowhere.
    async fn response_mistake_tell(
        &self,
        ctx: &Context<'_>,
        input: ResponseMistakeTellInput,
    ) -> Result<ResponseMistakeTellPayload> {
        let (access, _) = access(ctx)?;
        let done = match link::answering(&access.ctx, &input.link).await {
            Ok(followed) => mistake::tell(&access.ctx, &followed, &input.text).await,
            Err(error) => Err(error),
        };
        let (done, user_errors) = settle(done)?;
        Ok(ResponseMistakeTellPayload { is_told: done.is_some(), user_errors })
    }
}

async fn save_all(ctx: &Record, input: ResponseSaveInput) -> Result<ResponseProgress, app::Error> {
    let followed = link::answering(ctx, &input.link).await?;
    let (mut said, mut faults) = (Vec::new(), Vec::new());
    for one in input.answers {
        match one.said() {
            Ok(one) => said.push(one),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(app::Error::Invalid(faults));
    }
    let named: Vec<String> = said.iter().map(|one| one.question.clone()).collect();
    save::save(ctx, &followed, said, input.lang.as_deref()).await?;
    let state = answer::state(ctx, &link::follow(ctx, &input.link).await?).await?;
    let confirmed = answer::confirmed(&state.answers);
    let done = progress(&state.instrument, &confirmed);
    Ok(ResponseProgress {
        status: state.status.into(),
        asked: done.asked,
        answered: done.answered,
        left: left(&state.instrument, &confirmed).into_iter().map(|question| question.key.clone()).collect(),
        revisions: named
            .iter()
            .filter_map(|key| state.instrument.question(key))
            .map(|question| AnswerRevision { question: question.key.clone(), revision: state.revision(question) })
            .collect(),
    })
}

impl AnswerInput {
    fn said(self) -> Result<Said, Violation> {
        let question = self.question;
        let fault = |message: &str| Violation::new(question.clone(), message);
        let visibility = match self.visibility.as_deref().map(str::parse) {
            None => None,
            Some(Ok(visibility)) => Some(visibility),
            Some(Err(_)) => return Err(fault("the visibility is public, aggregate_only or private")),
        };
        let uses = self.uses.map(|rows| rows.into_iter().map(UseInput::named).collect::<Option<Vec<_>>>());
        let Some(uses) = uses.map_or(Some(None), |rows| rows.map(Some)) else {
            return Err(fault("each use names one of datasetId, publisherId and unlisted"));
        };
        let requests = self.requests.map(|rows| rows.into_iter().map(WantedInput::wanted).collect::<Option<Vec<_>>>());
        let Some(requests) = requests.map_or(Some(None), |rows| rows.map(Some)) else {
            return Err(fault("a reason is one of the closed set, such as not_published"));
        };
        let mut given: Vec<Given> = [
            self.text.map(Value::Text),
            self.choice.map(Value::Choice),
            self.choices.map(Value::Choices),
            self.number.map(|number| Value::Number(number.into())),
            self.date.map(Value::Date),
            self.consent.map(Value::Consent),
            uses.map(Value::Uses),
            requests.map(Value::Requests),
        ]
        .into_iter()
        .flatten()
        .map(Given::Value)
        .collect();
        given.extend(self.missing.map(|missing| Given::Missing(missing.into())));
        if given.len() > 1 {
            return Err(fault("give one value, or why there is none"));
        }
        Ok(Said { question, given: given.pop(), beside: None, visibility, person: None, shown: self.revision })
    }
}

impl UseInput {
    fn named(self) -> Option<Use> {
        let dataset = self.dataset_id.map(|id| uuid_of("dataset", &id).map(|id| Named::Dataset(id.into())));
        let body = self.publisher_id.map(|id| uuid_of("publisher", &id).map(|id| Named::Publisher(id.into())));
        let named: Vec<_> =
            [dataset, body, self.unlisted.map(|text| Some(Named::Unlisted(text)))].into_iter().flatten().collect();
        let [Some(what)] = named.as_slice() else { return None };
        Some(Use {
            what: what.clone(),
            publisher: self.published_by,
            criticality: self.criticality.map_or(entity::vocabulary::Criticality::Unknown, Into::into),
            access: self.access.map_or(entity::vocabulary::AccessMode::Unknown, Into::into),
            since: self.since,
            rating: self.rating,
        })
    }
}

impl WantedInput {
    fn wanted(self) -> Option<Wanted> {
        let reason = self.reason.map(|word| word.parse().ok());
        if matches!(reason, Some(None)) {
            return None;
        }
        let reason = reason.flatten();
        Some(Wanted { title: self.title, publisher: self.published_by, reason, purpose: self.purpose })
    }
}
