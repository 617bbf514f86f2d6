//! What an indicator measures, of whom, and where its series comes from.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::IndicatorDefinitionId;
use crate::vocabulary::{ChainStage, IndicatorScheme, Measure};

/// What an indicator measures, of whom, and where its series comes from.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "indicator_definition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IndicatorDefinitionId,
    pub key: String,
    pub name: String,
    pub definition: String,
    pub concept: String,
    pub unit: String,
    pub chain_stage: ChainStage,
    pub measure: Measure,
    pub subject_levels: String,
    pub frequency: String,
    pub source_scheme: IndicatorScheme,
    pub source_code: Option<String>,
    pub is_higher_better: Option<bool>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
