//! An identifier of an organisation; unique in its scheme, but for web domains, which may be shared.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ImportBatchId, OrganisationId, OrganisationIdentifierId};
use crate::vocabulary::{IdentifierScheme, RowVisibility};

/// An identifier of an organisation; unique in its scheme, but for web domains, which may be shared.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "organisation_identifier")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganisationIdentifierId,
    pub organisation_id: OrganisationId,
    pub scheme: IdentifierScheme,
    pub value: String,
    pub is_verified: bool,
    pub entity_id: OrganisationIdentifierId,
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
