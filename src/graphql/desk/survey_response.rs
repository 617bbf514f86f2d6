//! Responses of a wave: whose they are, how far they have come, what they sent, and how many did.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

use super::survey_study::{SurveyDecision, SurveyText};
use crate::app::survey::{contact_log, response};
use crate::graphql::caller::access;
use crate::graphql::node::id;
use crate::graphql::outcome::{UserError, refuse};
use crate::graphql::page::{PageInfo, seal};
use crate::graphql::scalar::DateTime;
use crate::graphql::vocabulary::{Channel, CompletedBy, Missing, ResponseStatus};

/// An organisation's part in a wave, and whether it is written down already that its contact is shown.
pub struct SurveyResponse(response::Listed, bool);

impl SurveyResponse {
    /// One by itself: whoever asks for its contact is written down.
    pub(super) fn of(listed: response::Listed) -> Self {
        Self(listed, false)
    }
}

/// An organisation's part in a wave.
#[Object]
impl SurveyResponse {
    /// Global id, `response:uuid`.
    async fn id(&self) -> ID {
        id("response", self.0.response.entity_id.0)
    }

    /// Global id of the organisation; it may be one that nobody else sees yet.
    async fn organisation_id(&self) -> ID {
        id("organisation", self.0.response.organisation_id.0)
    }

    /// The last part of the organisation's address.
    async fn organisation_slug(&self) -> &str {
        &self.0.organisation.slug
    }

    /// The organisation's name.
    async fn organisation_name(&self) -> SurveyText {
        SurveyText::of(&self.0.organisation.name)
    }

    /// How far it has come.
    async fn status(&self) -> ResponseStatus {
        self.0.response.status.into()
    }

    /// How the organisation came into the wave.
    async fn channel(&self) -> Channel {
        self.0.response.channel.into()
    }

    /// Who filled it in.
    async fn completed_by(&self) -> CompletedBy {
        self.0.response.completed_by.into()
    }

    /// When somebody answered last; null before.
    async fn saved_at(&self) -> Option<DateTime> {
        self.0.answering.as_ref().and_then(|one| one.saved_at).map(DateTime)
    }

    /// When the answers were sent; null before.
    async fn submitted_at(&self) -> Option<DateTime> {
        self.0.answering.as_ref().and_then(|one| one.submitted_at).map(DateTime)
    }

    /// How often it was reminded.
    async fn reminders(&self) -> i16 {
        self.0.answering.as_ref().map_or(0, |one| one.reminders)
    }

    /// Who answers, where that is known and they have not asked to be forgotten. For those who run the study alone;
    /// that they have looked is written down.
    async fn contact(&self, ctx: &Context<'_>) -> Result<Option<SurveyContact>> {
        let Some(one) = self.0.respondent.as_ref() else { return Ok(None) };
        let (access, actor) = access(ctx)?;
        if !self.1 {
            contact_log::note(&access.ctx, actor, self.0.response.entity_id).await.map_err(refuse)?;
        }
        let (name, email) = (one.name.clone(), one.email.clone());
        Ok(Some(SurveyContact { name, email, may_contact: one.may_contact, is_unwilling: self.0.is_unwilling }))
    }

    /// Its answer links, the newest first, without what would open them.
    #[graphql(complexity = "5 + 3 * child_complexity")]
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<SurveyLink>> {
        let (access, actor) = access(ctx)?;
        let found = response::links(&access.ctx, actor, self.0.response.entity_id).await.map_err(refuse)?;
        Ok(found.into_iter().map(SurveyLink).collect())
    }

    /// What was sent, one for each question; empty before.
    #[graphql(complexity = "5 + 30 * child_complexity")]
    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<SurveyAnswer>> {
        let (access, actor) = access(ctx)?;
        let found = response::sent_of(&access.ctx, actor, self.0.response.entity_id).await.map_err(refuse)?;
        let shown = found.into_iter().map(|row| SurveyAnswer {
            question: row.question,
            value: row.value,
            missing: row.missing.map(Into::into),
        });
        Ok(shown.collect())
    }
}

/// Who answers for an organisation.
#[derive(SimpleObject)]
pub struct SurveyContact {
    /// The person's name; may be empty.
    name: String,
    /// The address that letters go to.
    email: String,
    /// Whether the person may be written to beyond this wave.
    may_contact: bool,
    /// Whether the study does not write to the address, under whatever organisation: its owner has refused to take part,
    /// has said that nobody may write, or was forgotten.
    is_unwilling: bool,
}

/// A link that lets an organisation answer.
pub struct SurveyLink(response::Invitation);

/// A link that lets an organisation answer.
#[Object]
impl SurveyLink {
    /// Global id, `invitation:uuid`.
    async fn id(&self) -> ID {
        id("invitation", self.0.id.0)
    }

    /// The last characters of it, to tell links apart.
    async fn hint(&self) -> &str {
        &self.0.hint
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it ends by itself.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }

    /// When it was given to the post; null where it was handed over otherwise.
    async fn sent_at(&self) -> Option<DateTime> {
        self.0.sent_at.map(DateTime)
    }

    /// When somebody began to answer by it.
    async fn opened_at(&self) -> Option<DateTime> {
        self.0.opened_at.map(DateTime)
    }

    /// When it was revoked.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }
}

/// An answer that was sent.
#[derive(SimpleObject)]
pub struct SurveyAnswer {
    /// The key of the question.
    question: String,
    /// The value as JSON; null where there is none.
    value: Option<String>,
    /// Why there is none.
    missing: Option<Missing>,
}

/// A page of responses.
#[derive(SimpleObject)]
pub struct SurveyResponseConnection {
    /// One for each response.
    edges: Vec<SurveyResponseEdge>,
    /// Where the page stands.
    page_info: PageInfo,
}

/// A response in a list.
#[derive(SimpleObject)]
pub struct SurveyResponseEdge {
    /// The `after` of what follows.
    cursor: String,
    /// The response.
    node: SurveyResponse,
}

impl SurveyResponseConnection {
    /// Of one more row than the page holds, where there are as many; `is_noted` where it is written down that their
    /// contacts are shown.
    pub(super) fn of(mut found: Vec<response::Listed>, first: usize, (is_first, is_noted): (bool, bool)) -> Self {
        let has_next_page = found.len() > first;
        found.truncate(first);
        let edge = |row: response::Listed| SurveyResponseEdge {
            cursor: seal(&row.response.entity_id.to_string()),
            node: SurveyResponse(row, is_noted),
        };
        let edges: Vec<_> = found.into_iter().map(edge).collect();
        let page_info = PageInfo {
            has_next_page,
            has_previous_page: !is_first,
            start_cursor: edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: edges.last().map(|edge| edge.cursor.clone()),
        };
        Self { edges, page_info }
    }
}

/// How many of a wave answered.
pub struct SurveyOutcomes(pub(super) response::Outcomes);

/// How many of a wave answered.
#[Object]
impl SurveyOutcomes {
    /// All that are in the wave.
    async fn all(&self) -> u64 {
        self.0.rates.all
    }

    /// Those that belong to the population: all but the ineligible and the duplicates.
    async fn eligible(&self) -> u64 {
        self.0.rates.eligible
    }

    /// Those that sent their answers themselves.
    async fn complete(&self) -> u64 {
        self.0.rates.complete
    }

    /// Respondents who have agreed to be written to, as long as the study keeps their addresses and they have not
    /// asked to be forgotten.
    async fn contacts(&self) -> u64 {
        self.0.contacts
    }

    /// Those that were filled in at the desk, which are no answers.
    async fn desk(&self) -> u64 {
        self.0.rates.desk
    }

    /// Those that began and have not sent.
    async fn partial(&self) -> u64 {
        self.0.rates.partial
    }

    /// Those that do not want to take part.
    async fn refused(&self) -> u64 {
        self.0.rates.refused
    }

    /// Those that nobody could reach.
    async fn no_contact(&self) -> u64 {
        self.0.rates.no_contact
    }

    /// Complete over eligible; null where nobody is eligible.
    async fn response_rate(&self) -> Option<f64> {
        self.0.rates.response_rate()
    }

    /// How many have each status; those that nobody has are left out.
    async fn by_status(&self) -> Vec<SurveyStatusCount> {
        self.0
            .by_status
            .iter()
            .map(|(status, count)| SurveyStatusCount { status: (*status).into(), count: *count })
            .collect()
    }

    /// For each question how many who sent their answers gave a value, and how many gave none and why.
    async fn by_question(&self) -> Vec<SurveyQuestionOutcome> {
        let outcome = |(question, counts): (&String, &std::collections::BTreeMap<String, u64>)| {
            let of = |word: &str| counts.get(word).copied().unwrap_or_default();
            let missing = counts.iter().filter_map(|(word, count)| {
                let missing: entity::vocabulary::Missing = word.parse().ok()?;
                Some(SurveyMissingCount { missing: missing.into(), count: *count })
            });
            SurveyQuestionOutcome {
                question: question.clone(),
                asked: counts.values().sum::<u64>() - of("not_asked"),
                answered: of("answered"),
                missing: missing.collect(),
            }
        };
        self.0.by_question.iter().map(outcome).collect()
    }
}

/// How many have a status.
#[derive(SimpleObject)]
pub struct SurveyStatusCount {
    /// The status.
    status: ResponseStatus,
    /// How many have it.
    count: u64,
}

/// How many answered a question.
#[derive(SimpleObject)]
pub struct SurveyQuestionOutcome {
    /// The key of the question.
    question: String,
    /// How many were asked it, of those who sent their answers: the denominator.
    asked: u64,
    /// How many gave a value.
    answered: u64,
    /// How many gave none, by reason; those who were not asked stand apart from the rest and are in no denominator.
    missing: Vec<SurveyMissingCount>,
}

/// How many gave a reason for no answer.
#[derive(SimpleObject)]
pub struct SurveyMissingCount {
    /// The reason.
    missing: Missing,
    /// How many gave it.
    count: u64,
}

/// What `responseDecide` takes.
#[derive(InputObject)]
pub struct ResponseDecideInput {
    /// The response.
    pub(super) response_id: ID,
    /// What is decided.
    pub(super) decision: SurveyDecision,
    /// Why; it stands in the history.
    pub(super) reason: String,
}

/// A response that was decided on.
#[derive(SimpleObject)]
pub struct ResponsePayload {
    /// The response; null where nothing was done.
    pub(super) response: Option<SurveyResponse>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}
