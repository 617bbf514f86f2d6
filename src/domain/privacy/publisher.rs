//! The columns of the publisher's desk and of what users say about datasets.

use super::Class::{Internal, Personal, Public, Secret};
use super::Kept;
use super::Reader::{Curator, Everyone, Nobody, Operator, Owner};
use super::Retention::{Days, WithTheAccount, WithTheRecord};

/// What is kept of publishers' answers.
pub(super) const PUBLISHER: &[Kept] = &[
    Kept {
        table: "verification_link",
        columns: "secret_hash",
        class: Secret,
        purpose: "to know the link of a letter",
        readers: &[Nobody],
        retention: Days(30),
    },
    Kept {
        table: "verification_link",
        columns: "id account_id use_claim_id created_at expires_at used_at decision revoked_at",
        class: Internal,
        purpose: "to answer one claim by one link, once",
        readers: &[Owner, Operator],
        retention: Days(30),
    },
    Kept {
        table: "digest_setting",
        columns: "account_id every last_at changed_at",
        class: Internal,
        purpose: "to write no more often than somebody wants",
        readers: &[Owner, Operator],
        retention: WithTheAccount,
    },
    Kept {
        table: "dataset_feedback",
        columns: "comment sample_url",
        class: Personal,
        purpose: "what users say about a dataset; public once somebody has looked at it",
        readers: &[Owner, Curator],
        retention: WithTheRecord,
    },
    Kept {
        table: "dataset_feedback",
        columns: "id dataset_id rating dimension severity lang origin submitted_at moderation state reply replied_at \
            fixed_on entity_id visibility recorded_at superseded_at",
        class: Public,
        purpose: "how good data is, and what its publisher does about it",
        readers: &[Everyone],
        retention: WithTheRecord,
    },
    Kept {
        table: "dataset_feedback",
        columns: "organisation_id response_id moderation_reason moderated_at moderated_by replied_by import_batch_id \
            created_by",
        class: Internal,
        purpose: "who said and who decided something",
        readers: &[Curator, Operator],
        retention: WithTheRecord,
    },
];
