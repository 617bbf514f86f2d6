//! The history of the schema. Literal names only, never `entity`: history must not change when
//! today's structs do. A released migration is never edited; a change is a new one.

mod m20261123_190000_create_record;
mod m20261123_190100_create_reference;
mod m20261123_190200_create_study;
mod m20261123_190300_create_organisation;
mod m20261123_190400_create_dataset;
mod m20261123_190500_create_claim;
mod m20261125_160000_create_access;
mod m20261125_160100_create_history;
mod m20261125_170000_create_survey;
mod m20261127_110000_create_matching;
mod m20261127_112000_create_identities;
mod m20261127_112000_create_review;
mod m20261127_115000_create_sign_up;
mod m20261127_120000_create_erasure;
mod m20261127_140000_create_demand;
mod m20261127_150000_wave_nominations;
mod m20261127_160000_create_publisher_desk;
mod m20261127_170000_create_takeover;
mod m20261127_190000_case_rfc_hash;
mod m20261127_195000_create_second_factor;
mod m20261127_200000_request_themes;
mod m20261127_201000_create_invite_draft;
mod m20261128_160000_observation_claim_status;
mod m20261128_161000_response_hand;
mod m20261129_190000_response_versions;
mod m20261130_100000_feedback_versions;
mod m20261130_140000_letter_wish;
mod m20261201_100000_letter_wish_response;
mod m20261201_110000_invitation_sent_to;
mod statements;

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::{MigrationTrait, async_trait};

/// All migrations, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_190000_create_record::Migration),
            Box::new(m20261123_190100_create_reference::Migration),
            Box::new(m20261123_190200_create_study::Migration),
            Box::new(m20261123_190300_create_organisation::Migration),
            Box::new(m20261123_190400_create_dataset::Migration),
            Box::new(m20261123_190500_create_claim::Migration),
            Box::new(m20261125_160000_create_access::Migration),
            Box::new(m20261125_160100_create_history::Migration),
            Box::new(m20261125_170000_create_survey::Migration),
            Box::new(m20261127_110000_create_matching::Migration),
            Box::new(m20261127_112000_create_identities::Migration),
            Box::new(m20261127_112000_create_review::Migration),
            Box::new(m20261127_115000_create_sign_up::Migration),
            Box::new(m20261127_120000_create_erasure::Migration),
            Box::new(m20261127_140000_create_demand::Migration),
            Box::new(m20261127_150000_wave_nominations::Migration),
            Box::new(m20261127_160000_create_publisher_desk::Migration),
            Box::new(m20261127_170000_create_takeover::Migration),
            Box::new(m20261127_190000_case_rfc_hash::Migration),
            Box::new(m20261127_195000_create_second_factor::Migration),
            Box::new(m20261127_200000_request_themes::Migration),
            Box::new(m20261127_201000_create_invite_draft::Migration),
            Box::new(m20261128_160000_observation_claim_status::Migration),
            Box::new(m20261128_161000_response_hand::Migration),
            Box::new(m20261129_190000_response_versions::Migration),
            Box::new(m20261130_100000_feedback_versions::Migration),
            Box::new(m20261130_140000_letter_wish::Migration),
            Box::new(m20261201_100000_letter_wish_response::Migration),
            Box::new(m20261201_110000_invitation_sent_to::Migration),
        ]
    }
}
