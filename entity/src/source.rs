//! Where evidence is found.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ImportBatchId, SourceId, StudyId};
use crate::vocabulary::{RowVisibility, SourceKind};

/// Where evidence is found.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "source")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SourceId,
    pub kind: SourceKind,
    pub title: String,
    pub url: Option<String>,
    pub archived_url: Option<String>,
    pub author: Option<String>,
    pub published_on: Option<NaiveDate>,
    pub accessed_at: Option<DateTime<Utc>>,
    pub licence: Option<String>,
    pub lang: Option<String>,
    pub content_hash: Option<String>,
    pub study_id: Option<StudyId>,
    pub entity_id: SourceId,
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
