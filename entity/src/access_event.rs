//! A decision about access that may have to be explained later.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{AccessEventId, AccountId};
use crate::vocabulary::AccessEventKind;

/// A decision about access that may have to be explained later.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "access_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccessEventId,
    pub recorded_at: DateTime<Utc>,
    pub kind: AccessEventKind,
    pub actor_id: Option<AccountId>,
    pub account_id: Option<AccountId>,
    pub subject_id: Option<Uuid>,
    pub detail: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
