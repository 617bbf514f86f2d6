//! A dataset, or a series of editions.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{CatalogueId, DatasetId, ImportBatchId, OrganisationId, SourceId};
use crate::vocabulary::{DatasetAccess, DatasetStatus, Decision, RowVisibility};

/// A dataset, or a series of editions.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "dataset")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DatasetId,
    pub slug: String,
    pub title: String,
    pub folded: String,
    pub description: Option<String>,
    pub publisher_id: OrganisationId,
    pub is_series: bool,
    pub series_id: Option<DatasetId>,
    pub series_decision: Option<Decision>,
    pub edition: Option<String>,
    pub status: DatasetStatus,
    pub access: DatasetAccess,
    pub landing_page: Option<String>,
    pub licence: Option<String>,
    pub licence_url: Option<String>,
    pub frequency: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub modified_on: Option<NaiveDate>,
    pub metadata_modified_on: Option<NaiveDate>,
    pub keywords: Option<String>,
    pub lang: Option<String>,
    pub has_personal_data: Option<bool>,
    pub catalogue_id: Option<CatalogueId>,
    pub source_id: Option<SourceId>,
    pub entity_id: DatasetId,
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
