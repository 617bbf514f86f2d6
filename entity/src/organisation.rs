//! An organisation: a reuser, a public body, or both.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ImportBatchId, OrganisationId, SourceId};
use crate::vocabulary::{
    Consent, DatePrecision, Dependence, OrganisationKind, OrganisationStatus, Ownership, RowVisibility, SizeBand, YesNo,
};

/// An organisation: a reuser, a public body, or both.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganisationId,
    pub slug: String,
    pub name: String,
    pub folded: String,
    pub legal_name: Option<String>,
    pub legal_form: Option<String>,
    pub kind: OrganisationKind,
    pub ownership: Ownership,
    pub status: OrganisationStatus,
    pub status_since: Option<NaiveDate>,
    pub founded_on: Option<NaiveDate>,
    pub founded_on_precision: Option<DatePrecision>,
    pub website: Option<String>,
    pub description: Option<String>,
    pub summary: Option<String>,
    pub size_band: Option<SizeBand>,
    pub business_models: String,
    pub use_types: String,
    pub dependence: Dependence,
    pub based_in_country: YesNo,
    pub earns_revenue: YesNo,
    pub uses_data: YesNo,
    pub consent: Consent,
    pub source_id: Option<SourceId>,
    pub stated_at: Option<DateTime<Utc>>,
    pub entity_id: OrganisationId,
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
