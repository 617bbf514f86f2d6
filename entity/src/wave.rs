//! One wave of a study.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ImportBatchId, StudyId, WaveId};
use crate::vocabulary::{Frame, RowVisibility, WaveState};

/// One wave of a study.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "wave")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WaveId,
    pub study_id: StudyId,
    pub slug: String,
    pub title: String,
    pub opens_on: NaiveDate,
    pub closes_on: Option<NaiveDate>,
    pub population: String,
    pub frame: Frame,
    pub state: WaveState,
    pub instrument: String,
    pub asked: String,
    pub asked_goals: String,
    /// Whether organisations may put themselves forward while it is open.
    #[serde(default)]
    pub takes_nominations: bool,
    pub entity_id: WaveId,
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
