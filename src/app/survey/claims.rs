//! What sent answers say, as rows that wait for a decision: claims with the answers as their evidence, and
//! proposals for all that the record has no row for before somebody has decided.
//!
//! Requests for data are proposals of the kind `request`: whoever keeps a register of requests takes them from
//! there, with their question, response and visibility.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::id::{
    DatasetFeedbackId, DatasetId, EvidenceId, ImpactClaimId, OrganisationId, ProposalId, ResponseId, UseClaimId,
};
use entity::vocabulary::{
    AssertedBy, ClaimStatus, DatePrecision, Direction, FeedbackOrigin, Grade, Origin, Polarity, ProposalKind,
    PublisherAck, RowVisibility, Strength, UseType,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::link::Followed;
use super::study::source_of;
use crate::app::{Context, Error, feedback};
use crate::domain::access::Terms;
use crate::domain::contact::mentions_a_person;
use crate::domain::instrument::{Answers, Claimed, ConsentTo, Instrument, Named, Outcome, Use, outcomes};
use crate::store::Transaction;
use crate::store::reference::Codes;
use crate::store::survey::organisation;
use crate::store::survey::sent::{self, Proposal, Sent};

/// Who sends answers, and how.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    pub(super) link: &'a Followed,
    /// The language they are written in.
    pub(super) lang: &'a str,
    /// Whether they come from the organisation or from the desk.
    pub(super) terms: Terms,
}

/// The rows that answers make.
pub(super) async fn of(
    ctx: &Context,
    transaction: &Transaction,
    codes: &Codes,
    from: From<'_>,
    (instrument, answers): (&Instrument, &Answers),
    at: DateTime<Utc>,
) -> Result<Sent, Error> {
    let mut outcomes = outcomes(instrument, answers);
    // Cases stand in this order, and what may stand on a profile depends on whether it may be shown: that comes first.
    outcomes.sort_by_key(|one| !matches!(one.claimed, Claimed::Consent { of: ConsentTo::Display, .. }));
    let named: Vec<DatasetId> = outcomes
        .iter()
        .filter_map(|outcome| match &outcome.claimed {
            Claimed::Use(Use { what: Named::Dataset(id), .. }) => Some(*id),
            _ => None,
        })
        .collect();
    let found = sent::datasets(transaction, &named).await?;
    let series = found.into_iter().map(|(id, _, is_series)| (id, is_series)).collect();
    let known = known_uses(transaction, from.link.response.organisation_id).await?;
    let From { link, lang, terms } = from;
    // What is filled in at the desk is no self-report.
    let (asserted_by, grade) =
        if terms == Terms::Desk { (AssertedBy::Curator, Grade::D) } else { (AssertedBy::SelfReported, Grade::C) };
    let (is_shown, sent) = (is_shown(&outcomes), Sent::default());
    let mut rows = Rows { ctx, codes, link, at, lang, series, known, is_shown, asserted_by, grade, sent };
    for outcome in outcomes {
        rows.take(outcome);
    }
    Ok(rows.sent)
}

/// Whether the organisation may be shown: only where it has said so.
pub(super) fn is_shown(outcomes: &[Outcome]) -> bool {
    outcomes.iter().any(|one| one.claimed == Claimed::Consent { of: ConsentTo::Display, given: true })
}

/// The accepted uses of an organisation, the newest first. What was rebuilt from damage in a source comes last: it
/// counts apart and is no statement.
async fn known_uses(
    transaction: &Transaction,
    organisation: OrganisationId,
) -> Result<Vec<entity::use_claim::Model>, Error> {
    let mut known = organisation::uses(transaction, organisation).await?;
    known.sort_by_key(|one| (one.origin == Origin::Recovered, Reverse(one.last_observed_on), one.id));
    Ok(known)
}

/// Since when a use holds: since the year that was answered, else since the wave opened. Before, nobody was asked.
pub(in crate::app) fn held_from(started_on: Option<NaiveDate>, opens_on: NaiveDate) -> (NaiveDate, DatePrecision) {
    started_on.map_or((opens_on, DatePrecision::Day), |day| (day, DatePrecision::Year))
}

/// What an organisation thinks of a dataset: counted once somebody has looked at it, and never shown by itself.
pub(in crate::app) fn rating_of(
    id: DatasetFeedbackId,
    (organisation, response, by): (OrganisationId, ResponseId, Option<Uuid>),
    (dataset_id, rating): (DatasetId, i16),
    at: DateTime<Utc>,
) -> entity::dataset_feedback::Model {
    entity::dataset_feedback::Model {
        organisation_id: Some(organisation),
        response_id: Some(response),
        rating: Some(rating),
        ..feedback::unread(id, dataset_id, (by, FeedbackOrigin::Survey), at)
    }
}

struct Rows<'a> {
    ctx: &'a Context,
    codes: &'a Codes,
    link: &'a Followed,
    at: DateTime<Utc>,
    lang: &'a str,
    series: BTreeMap<DatasetId, bool>,
    /// The uses of the organisation that stand, the newest first.
    known: Vec<entity::use_claim::Model>,
    is_shown: bool,
    asserted_by: AssertedBy,
    grade: Grade,
    sent: Sent,
}

impl Rows<'_> {
    fn take(&mut self, outcome: Outcome) {
        let visibility = match outcome.visibility {
            RowVisibility::Public if !self.is_shown => RowVisibility::AggregateOnly,
            other => other,
        };
        let question = outcome.question;
        match outcome.claimed {
            Claimed::Use(row) => self.used(&question, &row, visibility),
            Claimed::Impact { dimension, code, rationale } => {
                self.impact(&question, &dimension, &code, rationale, visibility);
            }
            Claimed::Attribute { field, values } => {
                self.propose(
                    &question,
                    ProposalKind::Attribute,
                    &json!({ "field": field, "values": values }),
                    visibility,
                );
            }
            Claimed::Code { scheme, role, code } => {
                let content = json!({ "scheme": scheme, "role": role, "code": code });
                self.propose(&question, ProposalKind::Code, &content, visibility);
            }
            Claimed::Observation { indicator, low, high, currency, is_share } => {
                let content = json!({
                    "indicator": indicator, "low": low, "high": high, "currency": currency, "isShare": is_share,
                    "period": self.link.wave.opens_on.format("%Y").to_string(),
                });
                self.propose(&question, ProposalKind::Observation, &content, visibility);
            }
            Claimed::Request(wanted) => self.propose(&question, ProposalKind::Request, &json!(wanted), visibility),
            Claimed::Consent { of: ConsentTo::Display, given } => {
                self.propose(&question, ProposalKind::Display, &json!({ "given": given }), RowVisibility::Private);
            }
            // Who may be written to is kept with their address, and nowhere else.
            Claimed::Consent { of: ConsentTo::Contact, .. } => {}
        }
    }

    fn used(&mut self, question: &str, row: &Use, visibility: RowVisibility) {
        let series = match &row.what {
            Named::Dataset(id) => self.series.get(id).copied(),
            Named::Publisher(_) => Some(false),
            Named::Unlisted(_) => None,
        };
        let Some(is_series) = series else {
            self.propose(question, ProposalKind::Use, &json!(row), visibility);
            return;
        };
        let (dataset, publisher) = match &row.what {
            Named::Dataset(id) => (Some(*id), None),
            Named::Publisher(id) => (None, Some(*id)),
            Named::Unlisted(_) => (None, None),
        };
        let id = UseClaimId(self.ctx.id());
        // Who confirms a use that stands says the same of the same data: what was stated of it stays with it.
        let (dataset_id, series_id) = (dataset.filter(|_| !is_series), dataset.filter(|_| is_series));
        let same = |one: &&entity::use_claim::Model| {
            (one.dataset_id, one.series_id, one.publisher_id) == (dataset_id, series_id, publisher)
        };
        let stood = self.known.iter().find(same);
        let started_on = row.since.and_then(|year| NaiveDate::from_ymd_opt(year.into(), 1, 1));
        let (valid_from, valid_from_precision) = held_from(started_on, self.link.wave.opens_on);
        let today = self.at.date_naive();
        self.sent.uses.push(entity::use_claim::Model {
            id,
            organisation_id: self.link.response.organisation_id,
            distribution_id: None,
            dataset_id,
            series_id,
            publisher_id: publisher,
            theme_id: None,
            stated_publisher_id: stood.and_then(|one| one.stated_publisher_id),
            via_id: stood.and_then(|one| one.via_id),
            purpose: stood.and_then(|one| one.purpose.clone()),
            use_type: stood.map_or(UseType::Unknown, |one| one.use_type),
            criticality: row.criticality,
            access_mode: row.access,
            started_on,
            started_on_precision: started_on.map(|_| DatePrecision::Year),
            ended_on: None,
            ended_on_precision: None,
            first_observed_on: Some(today),
            last_observed_on: Some(today),
            wave_id: Some(self.link.response.wave_id),
            response_id: Some(self.link.response.entity_id),
            asserted_by: self.asserted_by,
            origin: Origin::Declared,
            status: ClaimStatus::Proposed,
            grade: self.grade,
            publisher_ack: PublisherAck::None,
            valid_from: Some(valid_from),
            valid_from_precision: Some(valid_from_precision),
            valid_to: None,
            valid_to_precision: None,
            entity_id: id,
            visibility,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: self.link.actor.id(),
        });
        self.evidence(question, (Some(id), None), visibility);
        if let Some(rating) = row.rating {
            if let Some(dataset) = dataset {
                self.rated(dataset, i16::from(rating));
            } else {
                // Of what is in no register yet, somebody has to say first what it is.
                let content = json!({ "what": row.what, "rating": rating });
                self.propose(question, ProposalKind::Rating, &content, RowVisibility::AggregateOnly);
            }
        }
    }

    /// What it thinks of a dataset.
    fn rated(&mut self, dataset: DatasetId, rating: i16) {
        let response = &self.link.response;
        let said = (response.organisation_id, response.entity_id, self.link.actor.id());
        self.sent.feedback.push(rating_of(DatasetFeedbackId(self.ctx.id()), said, (dataset, rating), self.at));
    }

    fn impact(
        &mut self,
        question: &str,
        dimension: &str,
        code: &str,
        rationale: Option<String>,
        visibility: RowVisibility,
    ) {
        let id = ImpactClaimId(self.ctx.id());
        let code_id = self.codes.code(dimension, code).map(|(id, _)| id);
        self.sent.impacts.push(entity::impact_claim::Model {
            id,
            organisation_id: self.link.response.organisation_id,
            dataset_id: None,
            use_claim_id: None,
            dimension: dimension.to_owned(),
            code_id,
            text: code_id.is_none().then(|| code.to_owned()),
            direction: Direction::Positive,
            strength: Strength::Primary,
            evidence_level: 1,
            rationale: rationale.map(|text| json!({ self.lang: text }).to_string()),
            asserted_by: self.asserted_by,
            origin: Origin::Declared,
            confidence: None,
            wave_id: Some(self.link.response.wave_id),
            status: ClaimStatus::Proposed,
            valid_from: Some(self.link.wave.opens_on),
            valid_from_precision: Some(DatePrecision::Day),
            valid_to: None,
            valid_to_precision: None,
            entity_id: id,
            visibility,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: self.link.actor.id(),
        });
        self.evidence(question, (None, Some(id)), visibility);
    }

    /// The answer supports the claim; the wave's answers are the source, the question is the place in it.
    fn evidence(
        &mut self,
        question: &str,
        (use_claim_id, impact_claim_id): (Option<UseClaimId>, Option<ImpactClaimId>),
        visibility: RowVisibility,
    ) {
        let id = EvidenceId(self.ctx.id());
        self.sent.evidence.push(entity::evidence::Model {
            id,
            use_claim_id,
            impact_claim_id,
            observation_id: None,
            relation_id: None,
            source_id: source_of(self.link.response.wave_id),
            polarity: Polarity::Supports,
            locator: Some(question.to_owned()),
            quote: None,
            entity_id: id,
            visibility,
            recorded_at: self.at,
            superseded_at: None,
            import_batch_id: None,
            created_by: self.link.actor.id(),
        });
    }

    /// What is said, with the language in which the organisation answered: its texts are marked with it.
    fn propose(&mut self, question: &str, kind: ProposalKind, content: &Value, visibility: RowVisibility) {
        let mut content = content.clone();
        if let Some(fields) = content.as_object_mut() {
            fields.insert("lang".to_owned(), json!(self.lang));
        }
        let content = content.to_string();
        self.sent.proposals.push(Proposal {
            id: ProposalId(self.ctx.id()),
            organisation_id: self.link.response.organisation_id,
            wave_id: self.link.response.wave_id,
            response_id: self.link.response.entity_id,
            question: question.to_owned(),
            kind,
            status: ClaimStatus::Proposed,
            visibility,
            mentions_person: mentions_a_person(&content),
            content,
            created_at: self.at,
            decided_at: None,
            decided_by: None,
        });
    }
}
