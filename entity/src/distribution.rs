//! A file or service that carries a dataset.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{DatasetId, DistributionId, ImportBatchId};
use crate::vocabulary::{HttpState, RowVisibility};

/// A file or service that carries a dataset.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "distribution")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DistributionId,
    pub dataset_id: DatasetId,
    pub url: String,
    pub format: Option<String>,
    pub media_type: Option<String>,
    pub byte_size: Option<i64>,
    pub last_checked_at: Option<DateTime<Utc>>,
    pub http_state: HttpState,
    pub entity_id: DistributionId,
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
