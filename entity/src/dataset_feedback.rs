//! What somebody who uses a dataset says about it, and what its publisher answers.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{DatasetFeedbackId, DatasetId, ImportBatchId, OrganisationId, ResponseId};
use crate::vocabulary::{
    FeedbackDimension, FeedbackOrigin, FeedbackSeverity, FeedbackState, Moderation, RowVisibility,
};

/// What somebody who uses a dataset says about it, and what its publisher answers.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "dataset_feedback")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DatasetFeedbackId,
    pub dataset_id: DatasetId,
    pub organisation_id: Option<OrganisationId>,
    pub response_id: Option<ResponseId>,
    pub rating: Option<i16>,
    pub dimension: Option<FeedbackDimension>,
    pub severity: Option<FeedbackSeverity>,
    pub comment: Option<String>,
    pub lang: Option<String>,
    pub sample_url: Option<String>,
    pub origin: FeedbackOrigin,
    pub submitted_at: DateTime<Utc>,
    pub moderation: Moderation,
    pub moderation_reason: Option<String>,
    pub moderated_at: Option<DateTime<Utc>>,
    pub moderated_by: Option<Uuid>,
    pub state: FeedbackState,
    pub reply: Option<String>,
    pub replied_at: Option<DateTime<Utc>>,
    pub replied_by: Option<Uuid>,
    pub fixed_on: Option<NaiveDate>,
    pub entity_id: DatasetFeedbackId,
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
