//! How a code of one scheme relates to a code of another.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{CodeId, CodeMappingId};
use crate::vocabulary::{Confidence, MappingRelation};

/// How a code of one scheme relates to a code of another.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "code_mapping")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CodeMappingId,
    pub from_id: CodeId,
    pub to_id: CodeId,
    pub relation: MappingRelation,
    pub confidence: Confidence,
    pub note: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
