//! A decision about a claim by one of its sides; append-only, the latest per role counts.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ImpactClaimId, ImportBatchId, OrganisationId, UseClaimId, VerificationId};
use crate::vocabulary::{RowVisibility, VerificationDecision, VerificationRole};

/// A decision about a claim by one of its sides; append-only, the latest per role counts.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "verification")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VerificationId,
    pub use_claim_id: Option<UseClaimId>,
    pub impact_claim_id: Option<ImpactClaimId>,
    pub organisation_id: Option<OrganisationId>,
    pub role: VerificationRole,
    pub decision: VerificationDecision,
    pub note: Option<String>,
    pub verified_at: DateTime<Utc>,
    pub entity_id: VerificationId,
    pub visibility: RowVisibility,
    pub recorded_at: DateTime<Utc>,
    pub superseded_at: Option<DateTime<Utc>>,
    pub import_batch_id: Option<ImportBatchId>,
    pub created_by: Option<Uuid>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
