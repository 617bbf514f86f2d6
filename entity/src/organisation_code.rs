//! A code of an organisation, or a text outside the list.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{CodeId, ImportBatchId, OrganisationCodeId, OrganisationId, WaveId};
use crate::vocabulary::{AssertedBy, CodeRole, Confidence, RowVisibility};

/// A code of an organisation, or a text outside the list.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "organisation_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganisationCodeId,
    pub organisation_id: OrganisationId,
    pub scheme: String,
    pub code_id: Option<CodeId>,
    pub text: Option<String>,
    pub role: CodeRole,
    pub assigned_by: AssertedBy,
    pub confidence: Confidence,
    pub wave_id: Option<WaveId>,
    pub entity_id: OrganisationCodeId,
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
