//! One browser that is signed in.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, SessionId};
use crate::vocabulary::{FactorKind, SignInMethod};

/// One browser that is signed in.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    pub secret_hash: String,
    pub account_id: AccountId,
    pub method: SignInMethod,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub factor: Option<FactorKind>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
