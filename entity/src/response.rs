//! An organisation's part in a wave.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ImportBatchId, OrganisationId, ResponseId, WaveId};
use crate::vocabulary::{Channel, CompletedBy, ResponseStatus, RowVisibility};

/// An organisation's part in a wave.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "response")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ResponseId,
    pub wave_id: WaveId,
    pub organisation_id: OrganisationId,
    pub channel: Channel,
    pub status: ResponseStatus,
    pub completed_by: CompletedBy,
    pub entity_id: ResponseId,
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
