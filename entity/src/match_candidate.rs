//! A pair of records that may be one thing, and what a person made of it.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::MatchCandidateId;
use crate::vocabulary::{MatchDecision, MatchKind, MatchVerdict};

/// A pair of records that may be one thing, and what a person made of it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "match_candidate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MatchCandidateId,
    pub kind: MatchKind,
    pub left_id: Uuid,
    pub right_id: Uuid,
    pub verdict: MatchVerdict,
    pub score: i32,
    pub features: String,
    pub found_at: DateTime<Utc>,
    pub decision: Option<MatchDecision>,
    pub reason: Option<String>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
