//! A link from a claim, an observation or a relation to a source.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{EvidenceId, ImpactClaimId, ImportBatchId, IndicatorObservationId, RelationId, SourceId, UseClaimId};
use crate::vocabulary::{Polarity, RowVisibility};

/// A link from a claim, an observation or a relation to a source.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EvidenceId,
    pub use_claim_id: Option<UseClaimId>,
    pub impact_claim_id: Option<ImpactClaimId>,
    pub observation_id: Option<IndicatorObservationId>,
    pub relation_id: Option<RelationId>,
    pub source_id: SourceId,
    pub polarity: Polarity,
    pub locator: Option<String>,
    pub quote: Option<String>,
    pub entity_id: EvidenceId,
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
