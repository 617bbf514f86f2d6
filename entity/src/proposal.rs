//! Something that an answer says of an organisation, and that waits for a decision.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{OrganisationId, ProposalId, ResponseId, WaveId};
use crate::vocabulary::{ClaimStatus, ProposalKind, RowVisibility};

/// Something that an answer says of an organisation, and that waits for a decision.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProposalId,
    pub organisation_id: OrganisationId,
    pub wave_id: WaveId,
    pub response_id: ResponseId,
    pub question: String,
    pub kind: ProposalKind,
    pub content: String,
    pub status: ClaimStatus,
    pub visibility: RowVisibility,
    pub mentions_person: bool,
    pub created_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<Uuid>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
