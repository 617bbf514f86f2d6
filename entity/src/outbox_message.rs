//! A letter to be sent, without the secrets it will carry.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, OutboxMessageId};
use crate::vocabulary::{LetterKind, LetterStatus};

/// A letter to be sent, without the secrets it will carry.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "outbox_message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutboxMessageId,
    pub kind: LetterKind,
    pub account_id: Option<AccountId>,
    pub recipient: Option<String>,
    pub lang: String,
    pub facts: String,
    pub dedupe_key: Option<String>,
    pub status: LetterStatus,
    pub attempts: i64,
    pub next_attempt_at: DateTime<Utc>,
    pub claimed_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub last_error: Option<String>,
    pub created_at: DateTime<Utc>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
