//! The queue of the review. What already waits in other tables enters it under its own id.

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
    "create table review_case (
        id {uuid} not null,
        kind {key} not null,
        status {key} not null,
        subject_id {uuid},
        organisation_id {uuid},
        publisher_id {uuid},
        study_id {uuid},
        wave_id {uuid},
        proposer_kind {key},
        proposer_id {uuid},
        visibility {key} not null,
        content text,
        note text,
        problem {key},
        mentions_person boolean not null,
        opened_at {time} not null,
        assignee_id {uuid},
        version bigint not null,
        decided_at {time},
        decided_by {uuid},
        reason text,
        primary key (id),
        foreign key (organisation_id) references organisation (id),
        foreign key (publisher_id) references organisation (id),
        foreign key (study_id) references study (id),
        foreign key (wave_id) references wave (id),
        foreign key (assignee_id) references account (id),
        foreign key (decided_by) references account (id),
        check ((status in ('accepted', 'rejected')) = (decided_at is not null)),
        check (subject_id is not null or content is not null)
    )",
    "create index review_case_queue on review_case (status, opened_at, id)",
    "create index review_case_subject on review_case (subject_id) where subject_id is not null",
    "create index review_case_organisation_id on review_case (organisation_id) where organisation_id is not null",
    "create index review_case_publisher_id on review_case (publisher_id) where publisher_id is not null",
    "create index review_case_proposer_id on review_case (proposer_id) where proposer_id is not null",
    "create table review_event (
        id {uuid} not null,
        case_id {uuid} not null,
        number bigint not null,
        step {key} not null,
        actor_kind {key},
        actor_id {uuid},
        note text not null,
        written text,
        happened_at {time} not null,
        primary key (id),
        foreign key (case_id) references review_case (id)
    )",
    "create unique index review_event_number on review_event (case_id, number)",
    "insert into review_case (id, kind, status, subject_id, organisation_id, study_id, wave_id, proposer_kind,
        proposer_id, visibility, problem, mentions_person, opened_at, version)
     select p.id, p.kind, 'open', p.id, p.organisation_id, w.study_id, p.wave_id, 'respondent', p.response_id,
        case when p.kind = 'display' then 'public' else p.visibility end, case when p.kind = 'use' then 'unlisted' end, p.mentions_person, p.created_at, 1
     from proposal p join wave w on w.id = p.wave_id
     where p.status = 'proposed' and p.kind not in ('request', 'rating')",
    "insert into review_case (id, kind, status, subject_id, organisation_id, publisher_id, study_id, wave_id,
        proposer_kind, proposer_id, visibility, mentions_person, opened_at, version)
     select c.id, 'use_claim', 'open', c.id, c.organisation_id, coalesce(c.publisher_id, d.publisher_id), w.study_id,
        c.wave_id, case when c.created_by = c.response_id then 'respondent' when c.created_by is not null then 'account'
        end, c.created_by, c.visibility, false, c.recorded_at, 1
     from use_claim c left join dataset d on d.id = coalesce(c.dataset_id, c.series_id)
     left join wave w on w.id = c.wave_id
     where c.status = 'proposed' and c.superseded_at is null",
    "insert into review_case (id, kind, status, subject_id, organisation_id, study_id, wave_id, proposer_kind,
        proposer_id, visibility, problem, mentions_person, opened_at, version)
     select c.id, 'impact_claim', 'open', c.id, c.organisation_id, w.study_id, c.wave_id,
        case when r.id is not null then 'respondent' when c.created_by is not null then 'account' end, c.created_by,
        c.visibility, case when c.code_id is null then 'no_code' end, false, c.recorded_at, 1
     from impact_claim c left join wave w on w.id = c.wave_id left join response r on r.id = c.created_by
     where c.status = 'proposed' and c.superseded_at is null",
];
