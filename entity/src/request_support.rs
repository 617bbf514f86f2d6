//! That an organisation or a person needs what a request asks for. Persons are counted and never shown.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{AccountId, DataRequestId, ImportBatchId, OrganisationId, RequestSupportId};
use crate::vocabulary::RowVisibility;

/// That an organisation or a person needs what a request asks for. Persons are counted and never shown.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "request_support")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RequestSupportId,
    pub data_request_id: DataRequestId,
    pub organisation_id: Option<OrganisationId>,
    pub account_id: Option<AccountId>,
    pub supported_on: NaiveDate,
    pub blocks_project: bool,
    pub comment: Option<String>,
    pub entity_id: RequestSupportId,
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
