//! The columns of questionnaires and of those who answer them.

use super::Class::{Internal, Personal, Secret};
use super::Kept;
use super::Reader::{Curator, Nobody, Operator, Owner, Researcher};
use super::Retention::{Days, WithTheRecord};

/// What is kept of surveys.
pub(super) const SURVEY: &[Kept] = &[
    Kept {
        table: "instrument",
        columns: "id study_id key version state content based_on_id created_at created_by published_at published_by",
        class: Internal,
        purpose: "what was asked",
        readers: &[Researcher, Operator],
        retention: WithTheRecord,
    },
    Kept {
        table: "answering",
        columns: "response_id instrument_id lang started_at saved_at submitted_at consent_version reminded_at reminders",
        class: Internal,
        purpose: "to go on where one stopped, and to prove consent",
        readers: &[Owner, Researcher],
        retention: WithTheRecord,
    },
    Kept {
        table: "answer_draft",
        columns: "question value missing visibility",
        class: Personal,
        purpose: "to go on where one stopped",
        readers: &[Owner, Researcher],
        retention: Days(30),
    },
    Kept {
        table: "answer_draft",
        columns: "response_id is_prefilled saved_at",
        class: Internal,
        purpose: "to go on where one stopped",
        readers: &[Owner, Researcher],
        retention: Days(30),
    },
    Kept {
        table: "respondent",
        columns: "name email email_key",
        class: Personal,
        purpose: "to be invited and written to about the study",
        readers: &[Owner, Researcher],
        retention: Days(730),
    },
    Kept {
        table: "respondent",
        columns: "response_id may_contact consent_version confirmed_at",
        class: Internal,
        purpose: "to prove consent",
        readers: &[Owner, Researcher],
        retention: Days(730),
    },
    Kept {
        table: "invitation",
        columns: "secret_hash",
        class: Secret,
        purpose: "to know an answer link",
        readers: &[Nobody],
        retention: Days(7),
    },
    Kept {
        table: "invitation",
        columns: "id response_id hint lang created_at created_by expires_at sent_at opened_at revoked_at",
        class: Internal,
        purpose: "to show and end answer links",
        readers: &[Researcher, Operator],
        retention: Days(7),
    },
    Kept {
        table: "proposal",
        columns: "content",
        class: Personal,
        purpose: "what waits for a decision",
        readers: &[Owner, Researcher, Curator],
        retention: WithTheRecord,
    },
    Kept {
        table: "proposal",
        columns: "id organisation_id wave_id response_id question kind status visibility mentions_person created_at decided_at decided_by",
        class: Internal,
        purpose: "what waits for a decision",
        readers: &[Researcher, Curator],
        retention: WithTheRecord,
    },
    Kept {
        table: "review_case",
        columns: "content note reason",
        class: Personal,
        purpose: "what is proposed, and why it was decided so",
        readers: &[Owner, Curator],
        retention: WithTheRecord,
    },
    Kept {
        table: "review_case",
        columns: "id kind status subject_id organisation_id publisher_id study_id wave_id proposer_kind proposer_id visibility problem mentions_person opened_at assignee_id version decided_at decided_by",
        class: Internal,
        purpose: "to decide on what is proposed, by two persons",
        readers: &[Owner, Curator],
        retention: WithTheRecord,
    },
    Kept {
        table: "review_event",
        columns: "note written",
        class: Personal,
        purpose: "questions, answers and reasons; to undo a decision",
        readers: &[Owner, Curator],
        retention: WithTheRecord,
    },
    Kept {
        table: "review_event",
        columns: "id case_id number step actor_kind actor_id happened_at",
        class: Internal,
        purpose: "to know how a decision came about",
        readers: &[Owner, Curator],
        retention: WithTheRecord,
    },
];
