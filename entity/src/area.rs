//! A country, state or municipality.

use chrono::NaiveDate;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::AreaId;
use crate::vocabulary::AreaScheme;

/// A country, state or municipality.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "area")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AreaId,
    pub scheme: AreaScheme,
    pub code: String,
    pub name: String,
    pub parent_id: Option<AreaId>,
    #[serde(with = "crate::exact")]
    pub latitude: Option<f64>,
    #[serde(with = "crate::exact")]
    pub longitude: Option<f64>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    pub aliases: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
