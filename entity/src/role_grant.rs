//! A role that an account has, where, and how long.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{AccountId, RoleGrantId};
use crate::vocabulary::{Role, ScopeKind};

/// A role that an account has, where, and how long.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RoleGrantId,
    pub account_id: AccountId,
    pub role: Role,
    pub scope_kind: ScopeKind,
    pub scope_id: Option<Uuid>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub granted_at: DateTime<Utc>,
    pub granted_by: Option<AccountId>,
    pub reason: String,
    pub revoked_at: Option<DateTime<Utc>>,
    pub revoked_by: Option<AccountId>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
