//! Instruments, invitations and answering. What is being answered stands apart from the record until it is
//! sent; the address of whoever answers stands apart from both.

use crate::statements::{APPEND_ONLY, run};
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

/// The migration.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, STATEMENTS).await?;
        APPEND_ONLY.updates_unless(manager, "instrument", "old.state = 'draft'").await?;
        APPEND_ONLY.deletes_of(manager, "instrument").await?;
        // What was sent stays as it was sent; a batch that brought answers may take them back.
        APPEND_ONLY.updates_unless(manager, "answer", SENT).await
    }
}

const SENT: &str = "old.import_batch_id is not null or (new.id = old.id and new.response_id = old.response_id \
    and new.question = old.question and new.value is not distinct from old.value \
    and new.missing is not distinct from old.missing and new.visibility = old.visibility)";

const STATEMENTS: &[&str] = &[
    "create table instrument (
        id {uuid} not null,
        study_id {uuid} not null,
        key {key} not null,
        version {key} not null,
        state {key} not null,
        content text not null,
        based_on_id {uuid},
        created_at {time} not null,
        created_by {uuid},
        published_at {time},
        published_by {uuid},
        primary key (id),
        foreign key (study_id) references study (id),
        foreign key (based_on_id) references instrument (id),
        check ((state = 'published') = (published_at is not null))
    )",
    "create unique index instrument_version on instrument (study_id, key, version)",
    "create table answering (
        response_id {uuid} not null,
        instrument_id {uuid} not null,
        lang {key} not null,
        started_at {time},
        saved_at {time},
        submitted_at {time},
        consent_version {key},
        reminded_at {time},
        reminders smallint not null,
        primary key (response_id),
        foreign key (response_id) references response (id),
        foreign key (instrument_id) references instrument (id)
    )",
    "create table answer_draft (
        response_id {uuid} not null,
        question {key} not null,
        value text,
        missing {key},
        visibility {key} not null,
        is_prefilled boolean not null,
        saved_at {time} not null,
        primary key (response_id, question),
        foreign key (response_id) references answering (response_id),
        check ((value is null) <> (missing is null))
    )",
    "create table respondent (
        response_id {uuid} not null,
        name text not null,
        email text not null,
        email_key {key} not null,
        may_contact boolean not null,
        consent_version {key},
        confirmed_at {time} not null,
        primary key (response_id),
        foreign key (response_id) references response (id)
    )",
    "create index respondent_email_key on respondent (email_key)",
    "create table invitation (
        id {uuid} not null,
        response_id {uuid} not null,
        secret_hash {key} not null,
        hint text not null,
        lang {key} not null,
        created_at {time} not null,
        created_by {uuid},
        expires_at {time} not null,
        sent_at {time},
        opened_at {time},
        revoked_at {time},
        primary key (id),
        foreign key (response_id) references response (id)
    )",
    "create unique index invitation_secret_hash on invitation (secret_hash)",
    "create index invitation_response_id on invitation (response_id)",
    "create table proposal (
        id {uuid} not null,
        organisation_id {uuid} not null,
        wave_id {uuid} not null,
        response_id {uuid} not null,
        question {key} not null,
        kind {key} not null,
        content text not null,
        status {key} not null,
        visibility {key} not null,
        mentions_person boolean not null,
        created_at {time} not null,
        decided_at {time},
        decided_by {uuid},
        primary key (id),
        foreign key (organisation_id) references organisation (id),
        foreign key (wave_id) references wave (id),
        foreign key (response_id) references response (id)
    )",
    "create index proposal_open on proposal (status, created_at)",
    "create index proposal_response_id on proposal (response_id)",
    "create index proposal_organisation_id on proposal (organisation_id)",
];
