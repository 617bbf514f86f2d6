//! Letters to be sent. A letter is claimed before it is sent, so that no two senders send it.

use chrono::{DateTime, Utc};
use entity::id::{AccountId, OutboxMessageId};
use entity::outbox_message::{Column, Entity};
use entity::vocabulary::{LetterKind, LetterStatus};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use super::{Db, Error, Transaction, begin};

/// A letter as it is stored.
pub type Message = entity::outbox_message::Model;

/// Stores a letter, unless there is one with its dedupe key.
pub async fn insert(transaction: &Transaction, message: Message) -> Result<bool, Error> {
    let same = OnConflict::column(Column::DedupeKey).do_nothing().to_owned();
    let row = Entity::insert(message.into_active_model()).on_conflict(same);
    match row.exec_without_returning(transaction).await {
        Ok(count) => Ok(count == 1),
        Err(Error::RecordNotInserted) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether a letter of a kind went to an account, or to an address, since a moment, or waits to go.
pub async fn has_one(
    transaction: &Transaction,
    kind: LetterKind,
    (account, recipient): (Option<AccountId>, &str),
    since: DateTime<Utc>,
) -> Result<bool, Error> {
    let reader = match account {
        Some(account) => Column::AccountId.eq(account),
        None => Column::Recipient.eq(recipient),
    };
    let sent = Column::Kind.eq(kind).and(Column::CreatedAt.gt(since)).and(reader);
    let found = Entity::find().filter(sent).filter(Column::Status.ne(LetterStatus::Failed)).one(transaction).await?;
    Ok(found.is_some())
}

/// Of these facts those that a letter of some kinds tells which waits to go, or has gone after a moment.
pub async fn told(db: &Db, kinds: &[LetterKind], facts: &[String], after: DateTime<Utc>) -> Result<Vec<String>, Error> {
    told_on(&db.reader, kinds, facts, after).await
}

/// The same, as the transaction sees it.
pub async fn told_in(
    transaction: &Transaction,
    kinds: &[LetterKind],
    facts: &[String],
    after: DateTime<Utc>,
) -> Result<Vec<String>, Error> {
    told_on(transaction, kinds, facts, after).await
}

async fn told_on(
    connection: &impl ConnectionTrait,
    kinds: &[LetterKind],
    facts: &[String],
    after: DateTime<Utc>,
) -> Result<Vec<String>, Error> {
    let goes = Column::Status.is_in([LetterStatus::Waiting, LetterStatus::Sending]);
    let went = Column::Status.is_in([LetterStatus::Sent, LetterStatus::Unknown]).and(Column::FinishedAt.gt(after));
    let these = Column::Kind.is_in(kinds.iter().copied()).and(Column::Facts.is_in(facts.iter().cloned()));
    let these = these.and(goes.or(went));
    Ok(Entity::find().filter(these).all(connection).await?.into_iter().map(|letter| letter.facts).collect())
}

/// The letters whose time has come, the oldest first.
pub async fn due(db: &Db, now: DateTime<Utc>, first: u64) -> Result<Vec<Message>, Error> {
    Entity::find()
        .filter(Column::Status.eq(LetterStatus::Waiting).and(Column::NextAttemptAt.lte(now)))
        .order_by_asc(Column::NextAttemptAt)
        .order_by_asc(Column::Id)
        .limit(first)
        .all(&db.reader)
        .await
}

/// Takes a letter to send it; `false` when another sender has it.
pub async fn claim(transaction: &Transaction, id: OutboxMessageId, at: DateTime<Utc>) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::Status, LetterStatus::Sending.as_str().into())
        .col_expr(Column::ClaimedAt, Expr::val(Some(at)))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Id.eq(id).and(Column::Status.eq(LetterStatus::Waiting)))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// How an attempt ended.
#[derive(Clone, Debug)]
pub struct Ending {
    pub status: LetterStatus,
    /// When to try again, where the letter waits.
    pub next_attempt_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub error: Option<String>,
}

/// Stores how an attempt ended.
pub async fn settle(db: &Db, id: OutboxMessageId, ending: Ending) -> Result<(), Error> {
    let transaction = begin(db).await?;
    Entity::update_many()
        .col_expr(Column::Status, ending.status.as_str().into())
        .col_expr(Column::NextAttemptAt, ending.next_attempt_at.into())
        .col_expr(Column::FinishedAt, Expr::val(ending.finished_at))
        .col_expr(Column::LastError, Expr::val(ending.error))
        .filter(Column::Id.eq(id).and(Column::Status.eq(LetterStatus::Sending)))
        .exec(&transaction)
        .await?;
    transaction.commit().await
}

/// Lets letters wait again that nobody waited for when their turn came, since a moment: none of them has gone. Says how
/// many they are.
pub async fn wait_again(
    transaction: &Transaction,
    kinds: &[LetterKind],
    facts: &[String],
    (since, at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<u64, Error> {
    let these = Column::Kind.is_in(kinds.iter().copied()).and(Column::Facts.is_in(facts.iter().cloned()));
    let done = Entity::update_many()
        .col_expr(Column::Status, LetterStatus::Waiting.as_str().into())
        .col_expr(Column::NextAttemptAt, at.into())
        .col_expr(Column::ClaimedAt, Expr::val(None::<DateTime<Utc>>))
        .col_expr(Column::FinishedAt, Expr::val(None::<DateTime<Utc>>))
        .filter(these.and(Column::Status.eq(LetterStatus::Void)).and(Column::FinishedAt.gte(since)))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected)
}

/// Gives up letters that were claimed before a moment and never settled: whether they arrived is unknown.
pub async fn give_up(db: &Db, claimed_before: DateTime<Utc>, at: DateTime<Utc>) -> Result<u64, Error> {
    let transaction = begin(db).await?;
    let done = Entity::update_many()
        .col_expr(Column::Status, LetterStatus::Unknown.as_str().into())
        .col_expr(Column::FinishedAt, Expr::val(Some(at)))
        .filter(Column::Status.eq(LetterStatus::Sending).and(Column::ClaimedAt.lt(claimed_before)))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(done.rows_affected)
}
