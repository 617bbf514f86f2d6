//! Whether a person has said that a study may write to them. It outlives their response, its address and its state.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{ResponseId, StudyId};

/// What a person has said last of whether a study may write to them; the address is kept as its digest alone.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "letter_wish")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub study_id: StudyId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub email_digest: String,
    pub may_write: bool,
    pub said_at: DateTime<Utc>,
    /// The response that it was said in, as long as that is kept and where it is known.
    pub response_id: Option<ResponseId>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
