//! What happened to a case of the review, and what a decision wrote, so that it can be undone.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ReviewCaseId, ReviewEventId};
use crate::vocabulary::{ActorKind, CaseStep};

/// What happened to a case of the review.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "review_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewEventId,
    pub case_id: ReviewCaseId,
    /// The version that the case had then.
    pub number: i64,
    pub step: CaseStep,
    pub actor_kind: Option<ActorKind>,
    pub actor_id: Option<Uuid>,
    pub note: String,
    /// The rows that were written, before and after.
    pub written: Option<String>,
    pub happened_at: DateTime<Utc>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
