//! A dated relation between two organisations; a proposed one never moves a figure.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ImportBatchId, OrganisationId, RelationId, SourceId};
use crate::vocabulary::{DatePrecision, Decision, RelationKind, RowVisibility};

/// A dated relation between two organisations; a proposed one never moves a figure.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "relation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RelationId,
    pub from_id: OrganisationId,
    pub to_id: OrganisationId,
    pub kind: RelationKind,
    pub decision: Decision,
    pub valid_from: Option<NaiveDate>,
    pub valid_from_precision: Option<DatePrecision>,
    pub valid_to: Option<NaiveDate>,
    pub valid_to_precision: Option<DatePrecision>,
    pub source_id: Option<SourceId>,
    pub note: Option<String>,
    pub share_bp: Option<i32>,
    pub entity_id: RelationId,
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
