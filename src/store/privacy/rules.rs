//! What happens to the rows about people, table by table. `{account}`, `{email}` and `{digest}` (of it) stand for the person, `?` in
//! `over` for the moment before which a row's time is over, `?` in an assignment for a name that is nobody's.

/// What becomes of rows about a person who is forgotten.
#[derive(Clone, Copy, Debug)]
pub enum Erase {
    Delete,
    /// Some columns are overwritten: other rows point at the row.
    Blank(&'static str),
    /// They say nothing that leads to the person once the other rows are gone; why.
    Keep(&'static str),
}

/// What holds for the rows of one table.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub table: &'static str,
    /// Which rows are about a person.
    pub whose: &'static str,
    /// The columns that are handed over, where any are.
    pub shown: &'static str,
    pub erase: Erase,
    /// When the time of a row is over, and how many days ago that has to be.
    pub over: Option<(&'static str, i64)>,
}

/// The responses that a person answered, or was asked to answer.
const RESPONSES: &str = "response_id in (select response_id from respondent where email_key = {email})";

/// The lists of invitations that a person has pasted, or stands in.
const INVITE_LISTS: &str = "(account_id = {account} or lower(list) like '%' || {email} || '%')";

/// All rules, rows that are found by others first. The days are those that `domain::privacy` promises.
pub const RULES: &[Rule] = &[
    Rule {
        table: "answered_request",
        whose: "actor_id = {account}",
        shown: "",
        erase: Erase::Delete,
        over: Some(("created_at < ?", 1)),
    },
    Rule {
        table: "sign_in_token",
        whose: "account_id = {account}",
        shown: "",
        erase: Erase::Delete,
        over: Some(("expires_at < ?", 7)),
    },
    Rule {
        table: "session",
        whose: "account_id = {account}",
        shown: "method, factor, created_at, seen_at, revoked_at",
        erase: Erase::Delete,
        // Seven days of life, then seven of memory.
        over: Some(("created_at < ?", 14)),
    },
    Rule {
        table: "api_token",
        whose: "account_id = {account}",
        shown: "name, hint, scopes, created_at, expires_at, used_at, revoked_at",
        erase: Erase::Delete,
        over: Some(("coalesce(revoked_at, expires_at) < ?", 90)),
    },
    Rule {
        table: "provider_visit",
        whose: "1 = 0",
        shown: "",
        erase: Erase::Keep("it is about a browser and nobody, for some minutes"),
        over: Some(("expires_at < ?", 1)),
    },
    Rule {
        table: "sign_up",
        whose: "email_key = {email}",
        shown: "",
        erase: Erase::Delete,
        over: Some(("expires_at < ?", 7)),
    },
    Rule {
        table: "identity",
        whose: "account_id = {account}",
        shown: "issuer, subject",
        erase: Erase::Delete,
        over: None,
    },
    Rule {
        table: "credential",
        whose: "account_id = {account}",
        shown: "changed_at",
        erase: Erase::Delete,
        over: None,
    },
    Rule { table: "second_factor", whose: "account_id = {account}", shown: "since", erase: Erase::Delete, over: None },
    Rule {
        table: "second_factor_offer",
        whose: "account_id = {account}",
        shown: "",
        erase: Erase::Delete,
        over: Some(("offered_at < ?", 1)),
    },
    Rule {
        table: "recovery_code",
        whose: "account_id = {account}",
        shown: "made_at, used_at",
        erase: Erase::Delete,
        over: None,
    },
    Rule {
        table: "pending_sign_in",
        whose: "account_id = {account}",
        shown: "",
        erase: Erase::Delete,
        over: Some(("expires_at < ?", 1)),
    },
    Rule {
        table: "outbox_message",
        whose: "(account_id = {account} or recipient = {email})",
        shown: "kind, lang, status, created_at, finished_at",
        erase: Erase::Delete,
        over: Some(("finished_at < ?", 90)),
    },
    Rule {
        table: "access_event",
        whose: "(account_id = {account} or actor_id = {account})",
        shown: "kind, detail, recorded_at",
        erase: Erase::Keep("it names accounts by their id, and the account has no name any more"),
        over: Some(("recorded_at < ?", 730)),
    },
    Rule {
        table: "profile_takeover",
        whose: "account_id = {account}",
        shown: "proof, status, domain, note, begun_at, proved_at, ended_at, reason",
        erase: Erase::Blank("note = null, token_hash = null"),
        over: Some(("coalesce(ended_at, expires_at) < ? and status not in ('granted', 'waiting')", 90)),
    },
    Rule {
        table: "role_grant",
        whose: "account_id = {account}",
        shown: "role, scope_kind, starts_at, ends_at, granted_at, reason, revoked_at",
        erase: Erase::Blank("reason = ''"),
        over: Some(("coalesce(revoked_at, ends_at) < ?", 730)),
    },
    Rule {
        table: "record_change",
        whose: "(record_id = {account} or actor_id = {account})",
        shown: "kind, reason, recorded_at",
        erase: Erase::Keep("the history names accounts by their id; what it says is about records, not people"),
        over: None,
    },
    Rule {
        table: "answer_draft",
        whose: RESPONSES,
        shown: "question, value, missing, visibility, saved_at",
        erase: Erase::Delete,
        // What waits to be sent in an open wave is kept as long as it is open.
        over: Some((
            "saved_at < ? and response_id in (select r.id from response r join wave w on w.id = r.wave_id
             where w.state <> 'open' or r.status in ('submitted', 'validated'))",
            30,
        )),
    },
    Rule {
        table: "invite_draft",
        // That of others who would invite this person is not theirs to have; it goes all the same.
        whose: INVITE_LISTS,
        shown: "saved_at",
        erase: Erase::Delete,
        over: Some(("saved_at < ?", 1)),
    },
    Rule {
        table: "answer",
        whose: RESPONSES,
        // An answer itself is shown to nobody: who may see what it says is told from its claims, in `app::privacy`.
        shown: "question, value, missing, visibility, recorded_at",
        erase: Erase::Keep("it is what an organisation has answered, without who wrote it"),
        over: None,
    },
    Rule {
        table: "proposal",
        whose: RESPONSES,
        shown: "question, kind, content, status, created_at, decided_at",
        erase: Erase::Keep("it is what an organisation has answered, without who wrote it"),
        over: None,
    },
    Rule {
        table: "verification",
        whose: "created_by = {account}",
        shown: "role, decision, note, verified_at",
        erase: Erase::Keep("it is what a body or an organisation has said, by the id of whoever wrote it"),
        over: None,
    },
    Rule {
        table: "verification_link",
        whose: "account_id = {account}",
        shown: "created_at, expires_at, used_at, decision, revoked_at",
        erase: Erase::Delete,
        over: Some(("expires_at < ?", 30)),
    },
    Rule {
        table: "digest_setting",
        whose: "account_id = {account}",
        shown: "every, last_at, changed_at",
        erase: Erase::Delete,
        over: None,
    },
    Rule {
        table: "dataset_feedback",
        whose: "created_by = {account}",
        shown: "rating, dimension, severity, comment, sample_url, submitted_at, state, reply",
        erase: Erase::Keep("it is what a user has said about data, by the id of whoever wrote it"),
        over: None,
    },
    Rule {
        table: "review_case",
        whose: "proposer_id = {account}",
        shown: "kind, status, content, note, opened_at, decided_at, reason",
        erase: Erase::Keep("it is what was proposed for a record, by the id of whoever did"),
        over: None,
    },
    Rule {
        table: "review_event",
        whose: "actor_id = {account}",
        shown: "step, note, happened_at",
        erase: Erase::Blank("note = ''"),
        over: None,
    },
    Rule {
        table: "data_request",
        whose: "requested_by = {account}",
        shown: "title, description, purpose, status, submitted_on",
        erase: Erase::Keep("it is a request for data, by the id of whoever made it"),
        over: None,
    },
    Rule {
        table: "request_support",
        whose: "account_id = {account}",
        shown: "supported_on, blocks_project, comment",
        erase: Erase::Blank("comment = null"),
        over: None,
    },
    Rule {
        table: "response_hand",
        whose: "account_id = {account}",
        shown: "response_id",
        erase: Erase::Keep("it names accounts by their id, and the account has no name any more"),
        over: None,
    },
    Rule {
        table: "invitation",
        whose: RESPONSES,
        shown: "lang, created_at, expires_at, sent_at, opened_at, revoked_at",
        erase: Erase::Delete,
        over: Some(("coalesce(revoked_at, expires_at) < ?", 7)),
    },
    Rule {
        // One that somebody else answers by now stays theirs, and says no more to whom it was mailed.
        table: "invitation",
        whose: "sent_to = {digest}",
        shown: "",
        erase: Erase::Blank("sent_to = null"),
        over: Some(("coalesce(revoked_at, expires_at) < ?", 7)),
    },
    Rule {
        table: "respondent",
        whose: "email_key = {email}",
        shown: "name, email, may_contact, consent_version, confirmed_at",
        erase: Erase::Delete,
        // Two years after it was confirmed, and not while the wave is open.
        over: Some((
            "confirmed_at < ? and response_id in (select r.id from response r join wave w on w.id = r.wave_id
             where w.state <> 'open')",
            730,
        )),
    },
    Rule {
        table: "letter_wish",
        whose: "email_digest = {digest}",
        shown: "study_id, response_id, may_write, said_at",
        // The wish to be forgotten says no for all studies, and is kept.
        erase: Erase::Delete,
        over: None,
    },
    Rule {
        table: "account",
        whose: "id = {account}",
        shown: "email, display_name, lang, created_at, disabled_at",
        erase: Erase::Blank("email = ?, email_key = ?, display_name = '', folded = ''"),
        over: None,
    },
];

/// Letters to somebody that have not gone out.
pub(super) const WAITING_LETTERS: &str = "(account_id = {account} or recipient = {email}) and status = 'waiting'";

/// What ends at once when somebody asks to be forgotten: a condition, and a statement with the moment.
pub(super) const BLOCK: &[(&str, &str)] = &[
    ("id = {account} and disabled_at is null", "update account set disabled_at = ?"),
    ("account_id = {account} and revoked_at is null", "update session set revoked_at = ?"),
    ("account_id = {account} and revoked_at is null", "update api_token set revoked_at = ?"),
    ("account_id = {account}", "delete from sign_in_token"),
    ("account_id = {account}", "delete from pending_sign_in"),
    (
        "account_id = {account} and ended_at is null",
        "update profile_takeover set token_hash = null, status = 'withdrawn', ended_at = ?",
    ),
    (WAITING_LETTERS, "delete from outbox_message"),
    (INVITE_LISTS, "delete from invite_draft"),
    (
        "revoked_at is null and response_id in (select response_id from respondent where email_key = {email})",
        "update invitation set revoked_at = ?",
    ),
];
