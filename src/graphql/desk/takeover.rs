//! Attempts to speak for an organisation.

use async_graphql::{Enum, ID, InputObject, Object, SimpleObject};
use entity::vocabulary as words;

use crate::app::takeover::{self, Listed};
use crate::graphql::node::id;
use crate::graphql::outcome::UserError;
use crate::graphql::scalar::DateTime;

/// What shows that somebody may speak for an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "words::TakeoverProof")]
pub enum TakeoverProof {
    /// The account's mailbox is at the domain of the website, or below it.
    EmailDomain,
    /// A TXT record of that domain says the token.
    Dns,
    /// The website serves the token at `/.well-known/od100.txt`, or its page links to the profile with it.
    Website,
    /// A curator decides.
    Curator,
}

/// How far an attempt has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "words::TakeoverStatus")]
pub enum TakeoverStatus {
    /// The proof is awaited.
    Open,
    /// A curator decides.
    Waiting,
    /// The role was given.
    Granted,
    /// A curator has refused it.
    Rejected,
    /// Taken back, or begun anew.
    Withdrawn,
}

/// An attempt to speak for an organisation.
pub struct ProfileTakeover {
    pub(super) one: Listed,
    pub(super) is_expired: bool,
}

/// An attempt to speak for an organisation.
#[Object]
impl ProfileTakeover {
    /// Global id, `takeover:uuid`.
    async fn id(&self) -> ID {
        id("takeover", self.one.row.id.0)
    }

    /// The organisation, `organisation:uuid`.
    async fn organisation_id(&self) -> ID {
        id("organisation", self.one.row.organisation_id.0)
    }

    /// The address of the organisation.
    async fn organisation_slug(&self) -> &str {
        &self.one.slug
    }

    /// What shows that they may.
    async fn proof(&self) -> TakeoverProof {
        self.one.row.proof.into()
    }

    /// How far it has come.
    async fn status(&self) -> TakeoverStatus {
        self.one.row.status.into()
    }

    /// Whether its time was over before anything was proved.
    async fn is_expired(&self) -> bool {
        self.is_expired
    }

    /// The domain that has to be theirs; null where a curator alone decides.
    async fn domain(&self) -> Option<&str> {
        self.one.row.domain.as_deref()
    }

    /// What they say of themselves.
    async fn note(&self) -> Option<&str> {
        self.one.row.note.as_deref()
    }

    /// Since when they ask.
    async fn begun_at(&self) -> DateTime {
        DateTime(self.one.row.begun_at)
    }

    /// The proof has to be there by then.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.one.row.expires_at)
    }

    /// How often the domain or the website may still be looked at.
    async fn looks_left(&self) -> i32 {
        (takeover::LOOKS - self.one.row.looks).max(0)
    }

    /// When the proof was found.
    async fn proved_at(&self) -> Option<DateTime> {
        self.one.row.proved_at.map(DateTime)
    }

    /// Where it was found.
    async fn found_in(&self) -> Option<&str> {
        self.one.row.found_in.as_deref()
    }

    /// When it ended.
    async fn ended_at(&self) -> Option<DateTime> {
        self.one.row.ended_at.map(DateTime)
    }

    /// Why a curator has decided so.
    async fn reason(&self) -> Option<&str> {
        self.one.row.reason.as_deref()
    }

    /// The name of the account that asks; for the curator alone.
    async fn account_name(&self) -> Option<&str> {
        self.one.account_name.as_deref()
    }

    /// Its address; for the curator alone.
    async fn account_email(&self) -> Option<&str> {
        self.one.email.as_deref()
    }

    /// How many speak for the organisation already; for the curator alone.
    async fn representative_count(&self) -> Option<i32> {
        self.one.representatives.map(|count| i32::try_from(count).unwrap_or(i32::MAX))
    }
}

/// What `takeoverBegin` takes.
#[derive(InputObject)]
pub struct TakeoverBeginInput {
    /// The organisation, `organisation:uuid`.
    pub(super) organisation_id: ID,
    /// What is to show that the sender may.
    pub(super) proof: TakeoverProof,
    /// What the sender says of themselves; needed for `CURATOR`.
    #[graphql(default)]
    pub(super) note: String,
    /// The sender's name for this request: repeated within 24 hours, it is not done twice.
    pub(super) idempotency_key: Option<String>,
}

/// An attempt that was begun.
#[derive(SimpleObject)]
pub struct TakeoverBeginPayload {
    /// The attempt; null where nothing was done.
    pub(super) takeover: Option<ProfileTakeover>,
    /// What a record, a file or a link has to say, such as `od100-verification=…`; shown once.
    pub(super) line: Option<String>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}

/// What names an attempt.
#[derive(InputObject)]
pub struct TakeoverInput {
    /// The attempt, `takeover:uuid`.
    pub(super) takeover_id: ID,
}

/// What `takeoverConfirm` takes.
#[derive(InputObject)]
pub struct TakeoverConfirmInput {
    /// The end of the link that came by letter.
    pub(super) token: String,
}

/// What a curator makes of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "takeover::Verdict")]
pub enum TakeoverVerdict {
    /// They may speak for the organisation.
    Grant,
    /// They may not.
    Reject,
}

/// What `takeoverDecide` takes.
#[derive(InputObject)]
pub struct TakeoverDecideInput {
    /// The attempt, `takeover:uuid`.
    pub(super) takeover_id: ID,
    /// What is decided.
    pub(super) verdict: TakeoverVerdict,
    /// Why; whoever asked is told.
    pub(super) reason: String,
}

/// An attempt as it has become.
#[derive(SimpleObject)]
pub struct TakeoverPayload {
    /// The attempt; null where nothing was done.
    pub(super) takeover: Option<ProfileTakeover>,
    /// What the sender can put right.
    pub(super) user_errors: Vec<UserError>,
}
