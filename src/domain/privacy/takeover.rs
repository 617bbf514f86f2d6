//! The columns of attempts to speak for an organisation.

use super::Class::{Internal, Personal, Secret};
use super::Kept;
use super::Reader::{Curator, Nobody, Operator, Owner};
use super::Retention::{Days, WithTheAccount};

/// What is kept of who asks to speak for whom.
pub(super) const TAKEOVER: &[Kept] = &[
    Kept {
        table: "profile_takeover",
        columns: "token_hash",
        class: Secret,
        purpose: "to know the token of a record, a file or a letter",
        readers: &[Nobody],
        retention: Days(90),
    },
    Kept {
        table: "profile_takeover",
        columns: "note",
        class: Personal,
        purpose: "to decide whether somebody may speak for an organisation",
        readers: &[Owner, Curator],
        retention: Days(90),
    },
    Kept {
        table: "profile_takeover",
        columns: "id organisation_id account_id proof status domain begun_at expires_at looks looked_at proved_at \
            found_in ended_at decided_by reason grant_id",
        class: Internal,
        purpose: "to know why somebody speaks for an organisation",
        readers: &[Owner, Curator, Operator],
        retention: WithTheAccount,
    },
];
