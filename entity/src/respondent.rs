//! Who answers for an organisation; private.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::ResponseId;

/// Who answers for an organisation; private.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "respondent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub response_id: ResponseId,
    pub name: String,
    pub email: String,
    pub email_key: String,
    pub may_contact: bool,
    pub consent_version: Option<String>,
    pub confirmed_at: DateTime<Utc>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
