//! A version of a questionnaire, for one study.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{InstrumentId, StudyId};
use crate::vocabulary::InstrumentState;

/// A version of a questionnaire, for one study.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "instrument")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InstrumentId,
    pub study_id: StudyId,
    pub key: String,
    pub version: String,
    pub state: InstrumentState,
    pub content: String,
    pub based_on_id: Option<InstrumentId>,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<Uuid>,
    pub published_at: Option<DateTime<Utc>>,
    pub published_by: Option<Uuid>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
