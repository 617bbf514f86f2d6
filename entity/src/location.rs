//! Where an organisation is; at most one head office at a time.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{AreaId, ImportBatchId, LocationId, OrganisationId};
use crate::vocabulary::{LocationRole, Precision, RowVisibility};

/// Where an organisation is; at most one head office at a time.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "location")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LocationId,
    pub organisation_id: OrganisationId,
    pub role: LocationRole,
    pub address: Option<String>,
    pub locality: Option<String>,
    pub postal_code: Option<String>,
    pub area_id: Option<AreaId>,
    #[serde(with = "crate::exact")]
    pub latitude: Option<f64>,
    #[serde(with = "crate::exact")]
    pub longitude: Option<f64>,
    pub precision: Option<Precision>,
    pub entity_id: LocationId,
    pub visibility: RowVisibility,
    pub recorded_at: DateTime<Utc>,
    pub superseded_at: Option<DateTime<Utc>>,
    pub import_batch_id: Option<ImportBatchId>,
    pub created_by: Option<Uuid>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
