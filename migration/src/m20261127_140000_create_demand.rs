//! Requests for data, who supports them, what came of them, and the days that are no business days.

use crate::statements::run;
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

/// The migration.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, STATEMENTS).await
    }
}

const STATEMENTS: &[&str] = &[
    "create table data_request (
        id {uuid} not null,
        slug {key} not null,
        title text not null,
        description text,
        purpose text,
        lang {key} not null,
        publisher_id {uuid},
        organisation_id {uuid},
        requested_by {uuid},
        blocking {key} not null,
        frequency text,
        format text,
        origin {key} not null,
        status {key} not null,
        submitted_on {date} not null,
        triaged_on {date},
        forwarded_on {date},
        due_on {date},
        answered_on {date},
        planned_on {date},
        published_on {date},
        closed_on {date},
        answer text,
        answer_lang {key},
        legal_basis text,
        duplicate_of_id {uuid},
        entity_id {uuid} not null,
        visibility {key} not null,
        recorded_at {time} not null,
        superseded_at {time},
        import_batch_id {uuid},
        created_by {uuid},
        primary key (id),
        foreign key (publisher_id) references organisation (id),
        foreign key (organisation_id) references organisation (id),
        foreign key (duplicate_of_id) references data_request (id),
        foreign key (import_batch_id) references import_batch (id),
        check ((status = 'duplicate') = (duplicate_of_id is not null)),
        check (status <> 'rejected' or legal_basis is not null),
        check ((forwarded_on is null) = (due_on is null)),
        check (forwarded_on is null or publisher_id is not null)
    )",
    "create unique index data_request_current on data_request (slug) where superseded_at is null",
    "create index data_request_entity_id on data_request (entity_id)",
    "create index data_request_open on data_request (status, submitted_on) where superseded_at is null",
    "create index data_request_publisher_id on data_request (publisher_id)",
    "create table data_request_dataset (
        id {uuid} not null,
        data_request_id {uuid} not null,
        dataset_id {uuid} not null,
        entity_id {uuid} not null,
        visibility {key} not null,
        recorded_at {time} not null,
        superseded_at {time},
        import_batch_id {uuid},
        created_by {uuid},
        primary key (id),
        foreign key (data_request_id) references data_request (id),
        foreign key (dataset_id) references dataset (id),
        foreign key (import_batch_id) references import_batch (id)
    )",
    "create unique index data_request_dataset_current on data_request_dataset (data_request_id, dataset_id) \
     where superseded_at is null",
    "create table request_support (
        id {uuid} not null,
        data_request_id {uuid} not null,
        organisation_id {uuid},
        account_id {uuid},
        supported_on {date} not null,
        blocks_project boolean not null,
        comment text,
        entity_id {uuid} not null,
        visibility {key} not null,
        recorded_at {time} not null,
        superseded_at {time},
        import_batch_id {uuid},
        created_by {uuid},
        primary key (id),
        foreign key (data_request_id) references data_request (id),
        foreign key (organisation_id) references organisation (id),
        foreign key (account_id) references account (id),
        foreign key (import_batch_id) references import_batch (id),
        check ((organisation_id is null) <> (account_id is null)),
        check (account_id is null or visibility <> 'public')
    )",
    "create unique index request_support_organisation on request_support (data_request_id, organisation_id) \
     where superseded_at is null and organisation_id is not null",
    "create unique index request_support_account on request_support (data_request_id, account_id) \
     where superseded_at is null and account_id is not null",
    "create table holiday (
        day {date} not null,
        name text not null,
        primary key (day)
    )",
];
