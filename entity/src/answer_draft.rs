//! An answer that has not been sent.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::ResponseId;
use crate::vocabulary::{Missing, RowVisibility};

/// An answer that has not been sent.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "answer_draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub response_id: ResponseId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub question: String,
    pub value: Option<String>,
    pub missing: Option<Missing>,
    pub visibility: RowVisibility,
    pub is_prefilled: bool,
    pub saved_at: DateTime<Utc>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
