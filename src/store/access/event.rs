//! What was decided about access, and the rows whose time is over.

use chrono::{DateTime, TimeDelta, Utc};
use entity::access_event::{Column, Entity};
use entity::id::AccountId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

use super::PAGE;
use crate::store::{Db, Error, Transaction, sql};

/// An event as it is stored.
pub type Event = entity::access_event::Model;

/// Writes an event down.
pub async fn insert(transaction: &Transaction, event: Event) -> Result<(), Error> {
    Entity::insert(event.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// What happened to an account, the latest first.
pub async fn of(db: &Db, account: AccountId) -> Result<Vec<Event>, Error> {
    Entity::find()
        .filter(Column::AccountId.eq(account))
        .order_by_desc(Column::RecordedAt)
        .order_by_desc(Column::Id)
        .limit(PAGE)
        .all(&db.reader)
        .await
}

/// Table, the time that its rows are judged by, and the days that they are kept beyond it: what
/// `domain::privacy` promises.
const TERMS: &[(&str, &str, i64)] = &[
    ("answered_request", "created_at", 1),
    ("sign_in_token", "expires_at", 7),
    ("provider_visit", "expires_at", 1),
    ("sign_up", "expires_at", 7),
    // Seven days of life, then seven of memory.
    ("session", "created_at", 14),
    ("api_token", "coalesce(revoked_at, expires_at)", 90),
    ("outbox_message", "finished_at", 90),
    ("access_event", "recorded_at", 730),
];

/// Deletes the rows whose term is over; says how many they were.
pub async fn forget(transaction: &Transaction, now: DateTime<Utc>) -> Result<u64, Error> {
    let on = transaction.get_database_backend();
    let mut count = 0;
    for (table, column, days) in TERMS {
        let text = format!("delete from {table} where {column} < ?");
        let before = now - TimeDelta::days(*days);
        count += transaction.execute_raw(sql(on, &text, [before.into()])).await?.rows_affected();
    }
    Ok(count)
}
