//! "This organisation uses this data"; exactly one of the five targets is set.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{CodeId, DatasetId, DistributionId, ImportBatchId, OrganisationId, ResponseId, UseClaimId, WaveId};
use crate::vocabulary::{
    AccessMode, AssertedBy, ClaimStatus, Criticality, DatePrecision, Grade, Origin, PublisherAck, RowVisibility,
    UseType,
};

/// "This organisation uses this data"; exactly one of the five targets is set.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "use_claim")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UseClaimId,
    pub organisation_id: OrganisationId,
    pub distribution_id: Option<DistributionId>,
    pub dataset_id: Option<DatasetId>,
    pub series_id: Option<DatasetId>,
    pub publisher_id: Option<OrganisationId>,
    pub theme_id: Option<CodeId>,
    pub stated_publisher_id: Option<OrganisationId>,
    pub via_id: Option<OrganisationId>,
    pub purpose: Option<String>,
    pub use_type: UseType,
    pub criticality: Criticality,
    pub access_mode: AccessMode,
    pub started_on: Option<NaiveDate>,
    pub started_on_precision: Option<DatePrecision>,
    pub ended_on: Option<NaiveDate>,
    pub ended_on_precision: Option<DatePrecision>,
    pub first_observed_on: Option<NaiveDate>,
    pub last_observed_on: Option<NaiveDate>,
    pub wave_id: Option<WaveId>,
    pub response_id: Option<ResponseId>,
    pub asserted_by: AssertedBy,
    pub origin: Origin,
    pub status: ClaimStatus,
    pub grade: Grade,
    pub publisher_ack: PublisherAck,
    pub valid_from: Option<NaiveDate>,
    pub valid_from_precision: Option<DatePrecision>,
    pub valid_to: Option<NaiveDate>,
    pub valid_to_precision: Option<DatePrecision>,
    pub entity_id: UseClaimId,
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
