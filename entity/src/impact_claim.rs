//! "This organisation has this impact."

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{CodeId, DatasetId, ImpactClaimId, ImportBatchId, OrganisationId, UseClaimId, WaveId};
use crate::vocabulary::{
    AssertedBy, ClaimStatus, Confidence, DatePrecision, Direction, Origin, RowVisibility, Strength,
};

/// "This organisation has this impact."
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "impact_claim")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImpactClaimId,
    pub organisation_id: OrganisationId,
    pub dataset_id: Option<DatasetId>,
    pub use_claim_id: Option<UseClaimId>,
    pub dimension: String,
    pub code_id: Option<CodeId>,
    pub text: Option<String>,
    pub direction: Direction,
    pub strength: Strength,
    pub evidence_level: i16,
    pub rationale: Option<String>,
    pub asserted_by: AssertedBy,
    pub origin: Origin,
    pub confidence: Option<Confidence>,
    pub wave_id: Option<WaveId>,
    pub status: ClaimStatus,
    pub valid_from: Option<NaiveDate>,
    pub valid_from_precision: Option<DatePrecision>,
    pub valid_to: Option<NaiveDate>,
    pub valid_to_precision: Option<DatePrecision>,
    pub entity_id: ImpactClaimId,
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
