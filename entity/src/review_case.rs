//! Something that waits for a decision, or has had one: the queue of the review.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{AccountId, OrganisationId, ReviewCaseId, StudyId, WaveId};
use crate::vocabulary::{ActorKind, CaseKind, CaseProblem, CaseStatus, RowVisibility};

/// Something that waits for a decision, or has had one.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "review_case")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewCaseId,
    pub kind: CaseKind,
    pub status: CaseStatus,
    /// The claim, proposal or record that it is about; `None` where its content is all there is.
    pub subject_id: Option<Uuid>,
    pub organisation_id: Option<OrganisationId>,
    pub publisher_id: Option<OrganisationId>,
    pub study_id: Option<StudyId>,
    pub wave_id: Option<WaveId>,
    /// Who proposed it; `None` for a visitor.
    pub proposer_kind: Option<ActorKind>,
    pub proposer_id: Option<Uuid>,
    pub visibility: RowVisibility,
    /// What is proposed, where no other table holds it.
    pub content: Option<String>,
    /// The keyed hash of an RFC that came with it: compared, never shown.
    pub rfc_hash: Option<String>,
    pub note: Option<String>,
    pub problem: Option<CaseProblem>,
    pub mentions_person: bool,
    pub opened_at: DateTime<Utc>,
    pub assignee_id: Option<AccountId>,
    /// Grows with each step, so that two who decide at once are told apart.
    pub version: i64,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<AccountId>,
    pub reason: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
