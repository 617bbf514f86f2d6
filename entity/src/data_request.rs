//! A request for data that is not open, or not as it is needed.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{AccountId, DataRequestId, ImportBatchId, OrganisationId, WaveId};
use crate::vocabulary::{BlockingReason, RequestOrigin, RequestStatus, RowVisibility};

/// A request for data that is not open, or not as it is needed.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "data_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DataRequestId,
    pub slug: String,
    pub title: String,
    pub description: Option<String>,
    pub purpose: Option<String>,
    pub lang: String,
    pub publisher_id: Option<OrganisationId>,
    pub organisation_id: Option<OrganisationId>,
    pub requested_by: Option<AccountId>,
    pub blocking: BlockingReason,
    pub frequency: Option<String>,
    pub format: Option<String>,
    pub origin: RequestOrigin,
    pub status: RequestStatus,
    pub submitted_on: NaiveDate,
    pub triaged_on: Option<NaiveDate>,
    pub forwarded_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub answered_on: Option<NaiveDate>,
    pub planned_on: Option<NaiveDate>,
    pub published_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub answer: Option<String>,
    pub answer_lang: Option<String>,
    pub legal_basis: Option<String>,
    pub duplicate_of_id: Option<DataRequestId>,
    /// Codes of what it is about, as a list in JSON.
    pub themes: String,
    /// The wave in whose answers it was named.
    pub wave_id: Option<WaveId>,
    pub entity_id: DataRequestId,
    pub visibility: RowVisibility,
    pub recorded_at: DateTime<Utc>,
    pub superseded_at: Option<DateTime<Utc>>,
    pub import_batch_id: Option<ImportBatchId>,
    pub created_by: Option<Uuid>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl Model {
    /// The codes of what it is about.
    pub fn themes(&self) -> Vec<String> {
        serde_json::from_str(&self.themes).unwrap_or_default()
    }
}

impl ActiveModelBehavior for ActiveModel {}
