//! A link in a letter that answers one claim in the name of its publisher.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, UseClaimId, VerificationLinkId};
use crate::vocabulary::VerificationDecision;

/// A link in a letter that answers one claim in the name of its publisher.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "verification_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VerificationLinkId,
    pub secret_hash: String,
    pub account_id: AccountId,
    pub use_claim_id: UseClaimId,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
    pub decision: Option<VerificationDecision>,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
