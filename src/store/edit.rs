//! Writes single facts that a person adds, changes or ends. What stood before stays beside the row as a former
//! version, so that `known at` can be answered; two who change the same row at once are told apart by when the row
//! was recorded.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, Iterable, QueryFilter};
use uuid::Uuid;

use super::fact::{Fact, id_column, insert, rows_by_id, upsert};
use super::{Error, Transaction};

/// Writes a new row.
pub async fn add<M: Fact>(transaction: &Transaction, row: M) -> Result<(), Error> {
    M::Entity::insert(row.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// The row as it stands.
pub async fn by_id<M: Fact>(transaction: &Transaction, id: Uuid) -> Result<Option<M>, Error> {
    Ok(rows_by_id::<M>(transaction, std::iter::once(id)).await?.remove(&id))
}

/// Puts `after` in the place of `before` and keeps `before` as a former version under `version`; `false` where
/// somebody else was quicker.
pub async fn replace<M: Fact>(
    transaction: &Transaction,
    (mut before, mut after): (M, M),
    version: Uuid,
    (at, by): (DateTime<Utc>, Option<Uuid>),
) -> Result<bool, Error> {
    if !is_as_read(transaction, &mut before).await? {
        return Ok(false);
    }
    let mut former = before.with_id(version);
    former.record().superseded_at.get_or_insert(at);
    let record = after.record();
    *record.recorded_at = at;
    *record.created_by = by;
    insert(transaction, vec![former]).await?;
    upsert(transaction, vec![after]).await?;
    Ok(true)
}

/// Ends a row: it stays as a former version and is no longer current; `false` where somebody else was quicker.
pub async fn end<M: Fact>(transaction: &Transaction, mut row: M, at: DateTime<Utc>) -> Result<bool, Error> {
    if !is_as_read(transaction, &mut row).await? {
        return Ok(false);
    }
    *row.record().superseded_at = Some(at);
    upsert(transaction, vec![row]).await?;
    Ok(true)
}

/// Whether a row still says what was read. It is locked from here on, where the database locks rows.
async fn is_as_read<M: Fact>(transaction: &Transaction, row: &mut M) -> Result<bool, Error> {
    let recorded = <M::Entity as EntityTrait>::Column::iter().find(|column| is_named(column, "recorded_at"));
    let open = <M::Entity as EntityTrait>::Column::iter().find(|column| is_named(column, "superseded_at"));
    let (Some(recorded), Some(open)) = (recorded, open) else { return Ok(false) };
    let at = *row.record().recorded_at;
    let touch = M::Entity::update_many()
        .col_expr(recorded, sea_orm::sea_query::Expr::value(at))
        .filter(id_column::<M>().eq(row.id()))
        .filter(recorded.eq(at))
        .filter(open.is_null());
    Ok(touch.exec(transaction).await?.rows_affected == 1)
}

fn is_named<C: sea_orm::IdenStatic>(column: &C, name: &str) -> bool {
    column.as_str() == name
}
