//! An attempt to speak for an organisation: who, by which proof, and what came of it.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, OrganisationId, ProfileTakeoverId, RoleGrantId};
use crate::vocabulary::{TakeoverProof, TakeoverStatus};

/// An attempt to speak for an organisation: who, by which proof, and what came of it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "profile_takeover")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProfileTakeoverId,
    /// An entity id.
    pub organisation_id: OrganisationId,
    pub account_id: AccountId,
    pub proof: TakeoverProof,
    pub status: TakeoverStatus,
    /// The domain that has to be theirs; none where a curator alone decides.
    pub domain: Option<String>,
    /// Of what has to be found there, or of the link in the letter.
    pub token_hash: Option<String>,
    /// What they say of themselves, for the curator.
    pub note: Option<String>,
    pub begun_at: DateTime<Utc>,
    /// The proof has to be there by then.
    pub expires_at: DateTime<Utc>,
    /// How often the domain or the website has been looked at.
    pub looks: i32,
    pub looked_at: Option<DateTime<Utc>>,
    pub proved_at: Option<DateTime<Utc>>,
    /// Where the proof was found.
    pub found_in: Option<String>,
    pub ended_at: Option<DateTime<Utc>>,
    pub decided_by: Option<AccountId>,
    pub reason: Option<String>,
    pub grant_id: Option<RoleGrantId>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
