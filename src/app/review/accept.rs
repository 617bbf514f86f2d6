//! What accepting a case would write, computed before anything is written: the preview, the difference that a reviewer
//! sees, and the decision itself are the same plan.

mod answer;
mod claim;
mod proposed;
mod whereabouts;

pub(super) use claim::{Basis, target};
pub(super) use proposed::content_of;

use chrono::{DateTime, Utc};
use entity::vocabulary::{CaseKind, Grade, SourceKind};
use uuid::Uuid;

use super::row::Op;
use super::shown;
use crate::app::{Context, Error};
use crate::domain::review::{Cited, Target};
use crate::store::review::{Case, On, facts};
use crate::store::slug::{self, Kind};

/// What a decision writes.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) ops: Vec<Op>,
    /// The grade that the claim has then, where it is one.
    pub(super) grade: Option<Grade>,
    /// The record that the case is about from then on, where it makes one.
    pub(super) made: Option<Uuid>,
}

/// Where plans are made.
#[derive(Clone, Copy)]
pub(super) struct Desk<'d> {
    pub(super) ctx: &'d Context,
    pub(super) on: On<'d>,
    pub(super) at: DateTime<Utc>,
    /// What data an unlisted use is of, as the reviewer says.
    pub(super) target: Option<Target>,
}

impl Desk<'_> {
    /// What accepting a case would write, or why it cannot be accepted as it is.
    pub(super) async fn accept(&self, case: &Case) -> Result<Plan, Error> {
        let plan = self.plan(case).await?;
        shown::check(&plan.ops)?;
        Ok(plan)
    }

    /// The same before anybody has looked whether its words are for everybody.
    pub(super) async fn plan(&self, case: &Case) -> Result<Plan, Error> {
        match case.kind {
            CaseKind::UseClaim => self.use_claim(subject(case)?).await,
            CaseKind::ImpactClaim => self.impact_claim(subject(case)?).await,
            CaseKind::Attribute | CaseKind::Code | CaseKind::Observation | CaseKind::Display | CaseKind::Use => {
                self.answer(subject(case)?).await
            }
            CaseKind::Organisation
            | CaseKind::Dataset
            | CaseKind::Correction
            | CaseKind::Evidence
            | CaseKind::ErrorReport
            | CaseKind::Dispute
            | CaseKind::Retraction => self.proposed(case).await,
        }
    }

    /// What rejecting a case would write.
    pub(super) async fn reject(&self, case: &Case) -> Result<Plan, Error> {
        match case.kind {
            CaseKind::UseClaim => self.use_claim_step(subject(case)?, crate::domain::review::Step::Reject).await,
            CaseKind::ImpactClaim => self.impact_claim_step(subject(case)?, crate::domain::review::Step::Reject).await,
            CaseKind::Dispute => self.dismissed(case).await,
            _ => Ok(Plan::default()),
        }
    }

    /// The source of an address, with what has to be written so that it is there.
    async fn source(&self, cited: &Cited, ops: &mut Vec<Op>) -> Result<(entity::id::SourceId, SourceKind), Error> {
        if let Some(known) = facts::source_at(self.on, &cited.url).await? {
            if known.visibility != entity::vocabulary::RowVisibility::Public {
                let shown =
                    entity::source::Model { visibility: entity::vocabulary::RowVisibility::Public, ..known.clone() };
                ops.push(Op::Replace(known.clone().into(), shown.into()));
            }
            return Ok((known.entity_id, known.kind));
        }
        let row = source_of(entity::id::SourceId(self.ctx.id()), cited, self.at);
        let found = (row.entity_id, row.kind);
        ops.push(Op::Add(row.into()));
        Ok(found)
    }

    /// A slug that nobody has.
    async fn free_slug(&self, kind: Kind, (lang, name): (&str, &str)) -> Result<String, Error> {
        Ok(slug::free(self.on, kind, crate::domain::text::slug(lang, name)).await?)
    }
}

/// A source that somebody cites.
pub(super) fn source_of(id: entity::id::SourceId, cited: &Cited, at: DateTime<Utc>) -> entity::source::Model {
    entity::source::Model {
        id,
        kind: cited.kind,
        title: cited.title.clone(),
        url: Some(cited.url.clone()),
        archived_url: None,
        author: None,
        published_on: None,
        accessed_at: Some(at),
        licence: None,
        lang: None,
        content_hash: None,
        study_id: None,
        entity_id: id,
        visibility: entity::vocabulary::RowVisibility::Public,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    }
}

/// Evidence for or against a claim.
pub(super) fn evidence_row(
    id: Uuid,
    (use_claim_id, impact_claim_id): (Option<entity::id::UseClaimId>, Option<entity::id::ImpactClaimId>),
    source_id: entity::id::SourceId,
    cited: &Cited,
    at: DateTime<Utc>,
) -> entity::evidence::Model {
    entity::evidence::Model {
        id: entity::id::EvidenceId(id),
        use_claim_id,
        impact_claim_id,
        observation_id: None,
        relation_id: None,
        source_id,
        polarity: cited.polarity,
        locator: None,
        quote: cited.quote.clone(),
        entity_id: entity::id::EvidenceId(id),
        visibility: entity::vocabulary::RowVisibility::Public,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    }
}

fn subject(case: &Case) -> Result<Uuid, Error> {
    case.subject_id.ok_or_else(|| Error::Internal(anyhow::anyhow!("the case {} is about nothing", case.id)))
}

/// A text of one language, as the record keeps it.
pub(super) fn worded(lang: &str, text: &str) -> String {
    serde_json::json!({ lang: text }).to_string()
}

fn gone() -> Error {
    let message = "the record that this is about is no longer there, or was merged into another: look it up by its name \
                   and propose this anew";
    Error::Conflict(message.to_owned())
}

fn conflict(message: &str) -> Error {
    Error::Conflict(message.to_owned())
}
