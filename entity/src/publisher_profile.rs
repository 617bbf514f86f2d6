//! What an organisation is as a publisher of data.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{AreaId, ImportBatchId, OrganisationId, PublisherProfileId};
use crate::vocabulary::{DayKind, PublisherLevel, RowVisibility};

/// What an organisation is as a publisher of data.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "publisher_profile")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PublisherProfileId,
    pub organisation_id: OrganisationId,
    pub level: PublisherLevel,
    pub branch: Option<String>,
    pub area_id: Option<AreaId>,
    pub portal_slug: Option<String>,
    pub answer_days: i32,
    pub day_kind: DayKind,
    pub accepts_requests: bool,
    pub entity_id: PublisherProfileId,
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
