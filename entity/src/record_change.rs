//! What one write did to one record, chained to the change before it.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::RecordChangeId;
use crate::vocabulary::ActorKind;

/// What one write did to one record, chained to the change before it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "record_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RecordChangeId,
    pub revision: Option<i64>,
    pub subject_id: Uuid,
    pub number: i64,
    pub kind: String,
    pub record_id: Uuid,
    pub actor_kind: ActorKind,
    pub actor_id: Option<Uuid>,
    pub reason: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub salt: Option<String>,
    pub content_digest: String,
    pub digest: String,
    pub recorded_at: DateTime<Utc>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
