//! How far an organisation has come with a questionnaire.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{InstrumentId, ResponseId};

/// How far an organisation has come with a questionnaire.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "answering")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub response_id: ResponseId,
    pub instrument_id: InstrumentId,
    pub lang: String,
    pub started_at: Option<DateTime<Utc>>,
    pub saved_at: Option<DateTime<Utc>>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub consent_version: Option<String>,
    pub reminded_at: Option<DateTime<Utc>>,
    pub reminders: i16,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
