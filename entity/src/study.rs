//! A programme of survey waves, with the licence and attribution of its rows.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ImportBatchId, StudyId};
use crate::vocabulary::RowVisibility;

/// A programme of survey waves, with the licence and attribution of its rows.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "study")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StudyId,
    pub slug: String,
    pub chapter: String,
    pub title: String,
    pub country: String,
    pub licence: String,
    pub licence_url: String,
    pub attribution: String,
    pub url: String,
    pub entity_id: StudyId,
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
