//! What a batch did to a row that stood before it, with the row as it was.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ImportBatchId, ImportChangeId};
use crate::vocabulary::RowChange;

/// What a batch did to a row that stood before it, with the row as it was.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "import_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImportChangeId,
    pub import_batch_id: ImportBatchId,
    pub position: i64,
    pub table_name: String,
    pub row_id: Uuid,
    pub change: RowChange,
    pub before: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
