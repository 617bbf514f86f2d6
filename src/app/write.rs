//! The frame of every write: one transaction that holds the rows, the history of what changed, the answer
//! for whoever repeats the request, the letters it causes, and the revision. Either all of it or nothing.

mod once;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{AccessEventId, AccountId, OutboxMessageId, RecordChangeId};
use entity::vocabulary::{AccessEventKind, ActorKind, LetterKind, LetterStatus};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use super::{Context, Error};
use crate::domain::access::Actor;
use crate::domain::history::{Link, chain, content_digest, difference};
use crate::store::access::event::Event;
use crate::store::fact::Fact;
use crate::store::history::RecordChange;
use crate::store::outbox::Message;
use crate::store::{self, Transaction};
use once::Claim;
pub use once::{Once, REUSED, answered};

/// A write under way.
pub struct Write<'c> {
    ctx: &'c Context,
    actor: &'c Actor,
    transaction: Transaction,
    at: DateTime<Utc>,
    changes: Vec<Change>,
    touched: Vec<(&'static str, Uuid)>,
    claimed: Option<Claim>,
}

/// What a write does to one record.
#[derive(Clone, Debug)]
pub struct Change {
    /// The table.
    pub kind: &'static str,
    /// The row.
    pub record: Uuid,
    /// What the record belongs to, such as its organisation: the history of that is one chain.
    pub subject: Uuid,
    /// Whether the atlas has to learn of it.
    pub is_public: bool,
    /// The record as it was; `None` for a new one.
    pub before: Option<Value>,
    /// The record as it is; `None` for one that is gone.
    pub after: Option<Value>,
}

impl Change {
    /// What becomes of a fact. Whoever commits it lets the atlas know.
    fn of<M: Fact>(subject: Uuid, before: Option<&M>, after: Option<&M>) -> Result<Self, Error> {
        let image = |row: Option<&M>| row.map(serde_json::to_value).transpose();
        let (Ok(old), Ok(new)) = (image(before), image(after)) else {
            return Err(Error::Internal(anyhow::anyhow!("a row of {} cannot be written down", M::TABLE)));
        };
        let record = before.or(after).map_or(Uuid::nil(), Fact::entity_id);
        Ok(Self { kind: M::TABLE, record, subject, is_public: true, before: old, after: new })
    }
}

/// A letter that a write causes. It holds no secret: those are made when it is sent.
#[derive(Clone, Debug)]
pub struct Letter {
    pub kind: LetterKind,
    /// Whom it is for; without one it is written down and never sent.
    pub account: Option<AccountId>,
    /// The language it is written in, `es` or `en`.
    pub lang: String,
    /// What its text needs to know.
    pub facts: Value,
    /// Letters with the same key are sent once.
    pub dedupe_key: Option<String>,
}

impl<'c> Write<'c> {
    /// Begins one. On SQLite other writers wait from here on.
    pub async fn begin(ctx: &'c Context, actor: &'c Actor) -> Result<Self, Error> {
        let (at, transaction) = (ctx.now(), store::begin(&ctx.db).await?);
        Ok(Self { ctx, actor, transaction, at, changes: Vec::new(), touched: Vec::new(), claimed: None })
    }

    /// The transaction, for statements of `store`. While it is open nothing else is read from the database:
    /// writers that each waited for a second connection would wait for one another.
    pub fn transaction(&self) -> &Transaction {
        &self.transaction
    }

    /// Who writes.
    pub fn actor(&self) -> &'c Actor {
        self.actor
    }

    /// Whom its deeds are written down for.
    pub fn actor_id(&self) -> Option<Uuid> {
        self.actor.id()
    }

    /// An id for a new row.
    pub fn fresh_id(&self) -> Uuid {
        self.ctx.id()
    }

    /// When it happens: one moment for all its rows.
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// The answer that the same request was given before, within 24 hours, by the same actor. `None` is the
    /// first time, or no key. The same key for something else is refused.
    pub async fn repeated<T: DeserializeOwned>(
        &mut self,
        once: Once<'_>,
        input: &impl Serialize,
    ) -> Result<Option<T>, Error> {
        self.repeated_by(self.actor.id(), once, input).await
    }

    /// The same where whoever acts begins to be somebody with this very request: it is known again by what was sent.
    pub async fn repeated_by_anybody<T: DeserializeOwned>(
        &mut self,
        once: Once<'_>,
        input: &impl Serialize,
    ) -> Result<Option<T>, Error> {
        self.repeated_by(None, once, input).await
    }

    async fn repeated_by<T: DeserializeOwned>(
        &mut self,
        sender: Option<Uuid>,
        once: Once<'_>,
        input: &impl Serialize,
    ) -> Result<Option<T>, Error> {
        let Some(claim) = Claim::of(sender, once, input)? else { return Ok(None) };
        let before = store::history::claim(&self.transaction, claim.row(self.at), self.at).await?;
        if let Some(before) = before {
            return claim.answer(&before).map(Some);
        }
        self.claimed = Some(claim);
        Ok(None)
    }

    /// Notes what the write does to a record; it is written down when the write is committed.
    pub fn change(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Adds a fact that nothing said before, and notes it.
    pub async fn add<M: Fact>(&mut self, mut row: M, subject: Uuid) -> Result<(), Error> {
        *row.record().created_by = self.actor.id();
        let change = Change::of(subject, None, Some(&row))?;
        store::edit::add(&self.transaction, row).await?;
        self.change(change);
        Ok(())
    }

    /// Adds a fact that nobody sees yet: the atlas does not have to learn of it.
    pub async fn add_unseen<M: Fact>(&mut self, mut row: M, subject: Uuid) -> Result<(), Error> {
        *row.record().created_by = self.actor.id();
        let change = Change { is_public: false, ..Change::of(subject, None, Some(&row))? };
        store::edit::add(&self.transaction, row).await?;
        self.change(change);
        Ok(())
    }

    /// Puts a new version in the place of a fact, keeps the former one, and notes it. Refused where somebody else
    /// has changed it since it was read.
    pub async fn replace<M: Fact>(&mut self, before: M, after: M, subject: Uuid) -> Result<(), Error> {
        let change = Change::of(subject, Some(&before), Some(&after))?;
        let by = (self.at, self.actor.id());
        if !store::edit::replace(&self.transaction, (before, after), self.ctx.id(), by).await? {
            return Err(Error::Conflict("somebody has just changed this; look at it again".to_owned()));
        }
        self.change(change);
        Ok(())
    }

    /// Ends a fact: it stays in the history and is no longer current.
    pub async fn end<M: Fact>(&mut self, mut row: M, subject: Uuid) -> Result<(), Error> {
        let change = Change::of(subject, Some(&row), None)?;
        // Running an import again does not bring back what a person has ended.
        *row.record().created_by = self.actor.id();
        if !store::edit::end(&self.transaction, row, self.at).await? {
            return Err(Error::Conflict("somebody has just changed this; look at it again".to_owned()));
        }
        self.change(change);
        Ok(())
    }

    /// Puts new versions in the place of facts that the transaction has locked (see [`store::edit::naming`]), and
    /// notes them; `subject` says whose history each is.
    pub async fn replace_all<M: Fact>(&mut self, rows: Vec<(M, M)>, subject: impl Fn(&M) -> Uuid) -> Result<(), Error> {
        for (before, after) in &rows {
            let change = Change::of(subject(after), Some(before), Some(after))?;
            self.changes.push(change);
        }
        let (ctx, by) = (self.ctx, (self.at, self.actor.id()));
        Ok(store::edit::replace_all(&self.transaction, rows, || ctx.id(), by).await?)
    }

    /// Ends facts that the transaction has locked, and notes it.
    pub async fn end_all<M: Fact>(&mut self, rows: Vec<M>, subject: impl Fn(&M) -> Uuid) -> Result<(), Error> {
        for row in &rows {
            let change = Change::of(subject(row), Some(row), None)?;
            self.changes.push(change);
        }
        Ok(store::edit::end_all(&self.transaction, rows, (self.at, self.actor.id())).await?)
    }

    /// Lets the atlas read a record again that the write changes only by what hangs on it.
    pub fn touch(&mut self, kind: &'static str, record: Uuid) {
        self.touched.push((kind, record));
    }

    /// Writes a decision about access down.
    pub async fn event(
        &self,
        kind: AccessEventKind,
        account_id: Option<AccountId>,
        subject_id: Option<Uuid>,
        detail: &str,
    ) -> Result<(), Error> {
        let event = Event {
            id: AccessEventId(self.ctx.id()),
            recorded_at: self.at,
            kind,
            actor_id: self.actor.account().map(|account| account.id),
            account_id,
            subject_id,
            detail: detail.to_owned(),
        };
        Ok(store::access::event::insert(&self.transaction, event).await?)
    }

    /// Puts a letter into the outbox; says whether there was none with its key.
    pub async fn post(&self, letter: Letter) -> Result<bool, Error> {
        Ok(store::outbox::insert(&self.transaction, self.message(letter, None)).await?)
    }

    /// Puts a letter to somebody who has no account into the outbox.
    pub async fn post_to(&self, kind: LetterKind, recipient: &str, lang: &str) -> Result<(), Error> {
        let (lang, facts) = (lang.to_owned(), Value::Object(serde_json::Map::new()));
        let letter = Letter { kind, account: None, lang, facts, dedupe_key: None };
        store::outbox::insert(&self.transaction, self.message(letter, Some(recipient.to_owned()))).await?;
        Ok(())
    }

    fn message(&self, letter: Letter, recipient: Option<String>) -> Message {
        let has_reader = letter.account.is_some() || recipient.is_some();
        let status = if has_reader { LetterStatus::Waiting } else { LetterStatus::Void };
        Message {
            id: OutboxMessageId(self.ctx.id()),
            kind: letter.kind,
            account_id: letter.account,
            recipient,
            lang: letter.lang,
            facts: letter.facts.to_string(),
            dedupe_key: letter.dedupe_key,
            status,
            attempts: 0,
            next_attempt_at: self.at,
            claimed_at: None,
            finished_at: (status == LetterStatus::Void).then_some(self.at),
            last_error: None,
            created_at: self.at,
        }
    }

    /// Ends the write and keeps its answer for whoever repeats the request; says which revision shows it,
    /// where it touched public rows. `reason` stands in the history.
    pub async fn commit(mut self, reason: &str, answer: &impl Serialize) -> Result<Option<i64>, Error> {
        if let Some(claim) = self.claimed.take() {
            store::history::answer(&self.transaction, claim.owner, &claim.key_hash, json(answer)?).await?;
        }
        let changes = std::mem::take(&mut self.changes);
        let mut touched: Vec<_> = changes.iter().filter(|c| c.is_public).map(|c| (c.kind, c.record)).collect();
        touched.append(&mut self.touched);
        // The head of the record is locked from here to the commit; only then are chains.
        let revision = if touched.is_empty() {
            None
        } else {
            let change =
                store::batch::Change { kind: "edit", batch: None, count: touched.len() as u64, records: touched };
            Some(store::batch::revise(&self.transaction, self.at, change).await?)
        };
        self.write_down(changes, revision, reason).await?;
        self.transaction.commit().await?;
        Ok(revision)
    }

    async fn write_down(&self, changes: Vec<Change>, revision: Option<i64>, reason: &str) -> Result<(), Error> {
        let mut subjects: Vec<Uuid> = changes.iter().map(|change| change.subject).collect();
        subjects.sort_unstable();
        subjects.dedup();
        store::history::queue_for(&self.transaction, &subjects).await?;
        let mut ends: HashMap<Uuid, Option<(i64, String)>> = HashMap::new();
        for subject in subjects {
            let last = store::history::last_of(&self.transaction, subject).await?;
            ends.insert(subject, last.map(|last| (last.number, last.digest)));
        }
        let mut rows = Vec::with_capacity(changes.len());
        for change in changes {
            let end = ends.entry(change.subject).or_default();
            let row = self.row(&change, end.as_ref(), revision, reason)?;
            *end = Some((row.number, row.digest.clone()));
            rows.push(row);
        }
        Ok(store::history::insert(&self.transaction, rows).await?)
    }

    fn row(
        &self,
        change: &Change,
        last: Option<&(i64, String)>,
        revision: Option<i64>,
        reason: &str,
    ) -> Result<RecordChange, Error> {
        let Some(actor_kind) = self.actor.kind() else { return Err(Error::Unauthenticated) };
        let (before, after) = difference(change.before.as_ref(), change.after.as_ref());
        let salt = self.ctx.secret().digest();
        let mut row = RecordChange {
            id: RecordChangeId(self.ctx.id()),
            revision,
            subject_id: change.subject,
            number: last.map_or(1, |(number, _)| number + 1),
            kind: change.kind.to_owned(),
            record_id: change.record,
            actor_kind,
            actor_id: self.actor.id(),
            reason: reason.to_owned(),
            content_digest: content_digest(&salt, before.as_deref(), after.as_deref()),
            before,
            after,
            salt: Some(salt),
            digest: String::new(),
            recorded_at: self.at,
        };
        row.digest = link_digest(last.map_or("", |(_, digest)| digest), &row);
        Ok(row)
    }
}

/// The digest of a stored change, given that of the one before.
pub(super) fn link_digest(before: &str, row: &RecordChange) -> String {
    let actor_kind: ActorKind = row.actor_kind;
    chain(
        before,
        &Link {
            subject: &row.subject_id.to_string(),
            number: row.number,
            kind: &row.kind,
            record: &row.record_id.to_string(),
            actor_kind: actor_kind.as_str(),
            actor: &row.actor_id.map(|id| id.to_string()).unwrap_or_default(),
            reason: &row.reason,
            recorded_at: &row.recorded_at.timestamp_micros().to_string(),
            content_digest: &row.content_digest,
        },
    )
}

fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.into()))
}
