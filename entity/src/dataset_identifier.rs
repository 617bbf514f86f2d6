//! An identifier of a dataset; dated, so that dead links keep their history.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{DatasetId, DatasetIdentifierId, ImportBatchId};
use crate::vocabulary::{DatasetIdentifierScheme, RowVisibility};

/// An identifier of a dataset; dated, so that dead links keep their history.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "dataset_identifier")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DatasetIdentifierId,
    pub dataset_id: DatasetId,
    pub scheme: DatasetIdentifierScheme,
    pub value: String,
    pub first_seen_on: Option<NaiveDate>,
    pub last_seen_on: Option<NaiveDate>,
    pub entity_id: DatasetIdentifierId,
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
