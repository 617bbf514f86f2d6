//! The desk of those who speak for a publisher: links in letters that answer one claim, how often they are written
//! to, and what users say about datasets.

use crate::statements::{APPEND_ONLY, run};
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

/// The migration.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, STATEMENTS).await?;
        // An answer stays as it was given; a batch that brought one may take it back.
        APPEND_ONLY.updates_unless(manager, "verification", GIVEN).await
    }
}

const GIVEN: &str = "old.import_batch_id is not null or (new.id = old.id and new.role = old.role \
    and new.decision = old.decision and new.verified_at = old.verified_at)";

const STATEMENTS: &[&str] = &[
    "create table verification_link (
        id {uuid} not null,
        secret_hash {key} not null,
        account_id {uuid} not null,
        use_claim_id {uuid} not null,
        created_at {time} not null,
        expires_at {time} not null,
        used_at {time},
        decision {key},
        revoked_at {time},
        primary key (id),
        foreign key (account_id) references account (id),
        foreign key (use_claim_id) references use_claim (id),
        check ((used_at is null) = (decision is null))
    )",
    "create unique index verification_link_secret_hash on verification_link (secret_hash)",
    "create index verification_link_account_id on verification_link (account_id)",
    "create index verification_link_use_claim_id on verification_link (use_claim_id)",
    "create table digest_setting (
        account_id {uuid} not null,
        every {key} not null,
        last_at {time},
        changed_at {time} not null,
        primary key (account_id),
        foreign key (account_id) references account (id)
    )",
    "create table dataset_feedback (
        id {uuid} not null,
        dataset_id {uuid} not null,
        organisation_id {uuid},
        response_id {uuid},
        rating smallint,
        dimension {key},
        severity {key},
        comment text,
        lang {key},
        sample_url text,
        origin {key} not null,
        submitted_at {time} not null,
        moderation {key} not null,
        moderation_reason text,
        moderated_at {time},
        moderated_by {uuid},
        state {key} not null,
        reply text,
        replied_at {time},
        replied_by {uuid},
        fixed_on {date},
        entity_id {uuid} not null,
        visibility {key} not null,
        recorded_at {time} not null,
        superseded_at {time},
        import_batch_id {uuid},
        created_by {uuid},
        primary key (id),
        foreign key (dataset_id) references dataset (id),
        foreign key (organisation_id) references organisation (id),
        foreign key (response_id) references response (id),
        foreign key (import_batch_id) references import_batch (id),
        check (rating is null or (rating >= 1 and rating <= 4)),
        check (rating is not null or comment is not null),
        check ((comment is null) = (lang is null)),
        check ((moderation = 'pending') = (moderated_at is null)),
        check ((reply is null) = (replied_at is null))
    )",
    "create index dataset_feedback_dataset_id on dataset_feedback (dataset_id)",
    "create index dataset_feedback_organisation_id on dataset_feedback (organisation_id) where organisation_id is not null",
    "create index dataset_feedback_response_id on dataset_feedback (response_id) where response_id is not null",
    "create index dataset_feedback_moderation on dataset_feedback (moderation, submitted_at) where superseded_at is null",
];
