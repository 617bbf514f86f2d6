//! A merge, a split or the making of a series, with all that stood before it.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::RearrangementId;
use crate::vocabulary::RearrangementKind;

/// A merge, a split or the making of a series, with all that stood before it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "rearrangement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RearrangementId,
    pub kind: RearrangementKind,
    pub kept_id: Uuid,
    pub other_id: Uuid,
    pub reason: String,
    pub images: String,
    pub done_by: Uuid,
    pub done_at: DateTime<Utc>,
    pub undone_by: Option<Uuid>,
    pub undone_at: Option<DateTime<Utc>>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
