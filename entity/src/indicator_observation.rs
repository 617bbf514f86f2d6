//! An observed value of an indicator, as an interval; an open top has no high.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{
    AreaId, CodeId, DatasetId, ImportBatchId, IndicatorDefinitionId, IndicatorObservationId, OrganisationId, SourceId,
    WaveId,
};
use crate::vocabulary::{ClaimStatus, Missing, ObservationStatus, RowVisibility};

/// An observed value of an indicator, as an interval; an open top has no high.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "indicator_observation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IndicatorObservationId,
    pub indicator_definition_id: IndicatorDefinitionId,
    pub organisation_id: Option<OrganisationId>,
    pub code_id: Option<CodeId>,
    pub area_id: Option<AreaId>,
    pub dataset_id: Option<DatasetId>,
    pub period: String,
    pub low_mantissa: Option<i64>,
    pub low_scale: Option<i16>,
    pub central_mantissa: Option<i64>,
    pub central_scale: Option<i16>,
    pub high_mantissa: Option<i64>,
    pub high_scale: Option<i16>,
    pub missing: Option<Missing>,
    pub currency: Option<String>,
    pub price_base: Option<String>,
    pub status: ObservationStatus,
    /// Whether it stands, as with claims. Images of rows from before it could be disputed do not say it: they stood.
    #[serde(default = "stands")]
    pub claim_status: ClaimStatus,
    pub wave_id: Option<WaveId>,
    pub source_id: Option<SourceId>,
    pub entity_id: IndicatorObservationId,
    pub visibility: RowVisibility,
    pub recorded_at: DateTime<Utc>,
    pub superseded_at: Option<DateTime<Utc>>,
    pub import_batch_id: Option<ImportBatchId>,
    pub created_by: Option<Uuid>,
}

fn stands() -> ClaimStatus {
    ClaimStatus::Accepted
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
