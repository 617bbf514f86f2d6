//! What was decided about access.

use entity::access_event::{Column, Entity};
use entity::id::AccountId;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

use super::PAGE;
use crate::store::{Db, Error, Transaction};

/// An event as it is stored.
pub type Event = entity::access_event::Model;

/// Writes an event down.
pub async fn insert(transaction: &Transaction, event: Event) -> Result<(), Error> {
    Entity::insert(event.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// What happened of one sort, the latest first.
pub async fn of_kind(db: &Db, kind: entity::vocabulary::AccessEventKind) -> Result<Vec<Event>, Error> {
    Entity::find()
        .filter(Column::Kind.eq(kind))
        .order_by_desc(Column::RecordedAt)
        .order_by_desc(Column::Id)
        .limit(PAGE)
        .all(&db.reader)
        .await
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
