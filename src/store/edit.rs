//! Writes single facts that a person adds, changes or ends. What stood before stays beside the row as a former
//! version, so that `known at` can be answered; two who change the same row at once are told apart by when the row
//! was recorded.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect};
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
    // Whoever made a row stays named; a row that an import made is from here on a person's.
    let author = *former.record().created_by;
    let record = after.record();
    *record.recorded_at = at;
    *record.created_by = author.or(by);
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

/// The current rows that name one of `ids` in a column, in the order of their ids. They are locked until the
/// transaction ends, where the database locks rows.
pub async fn naming<M: Fact>(transaction: &Transaction, column: &str, ids: &[Uuid]) -> Result<Vec<M>, Error> {
    let (Some(named), Some(open)) = (column_of::<M>(column), column_of::<M>("superseded_at")) else {
        return Err(Error::Custom(format!("{} has no column {column}", M::TABLE)));
    };
    let mut rows = Vec::new();
    for ids in ids.chunks(super::fact::ROWS) {
        let these = M::Entity::find().filter(named.is_in(ids.iter().copied())).filter(open.is_null());
        rows.extend(these.order_by_asc(id_column::<M>()).lock_exclusive().all(transaction).await?);
    }
    Ok(rows)
}

/// Puts new versions in the place of rows that this transaction has locked, and keeps the former ones.
pub async fn replace_all<M: Fact>(
    transaction: &Transaction,
    rows: Vec<(M, M)>,
    mut version: impl FnMut() -> Uuid + Send,
    (at, by): (DateTime<Utc>, Option<Uuid>),
) -> Result<(), Error> {
    let (mut formers, mut afters) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for (before, mut after) in rows {
        let mut former = before.with_id(version());
        former.record().superseded_at.get_or_insert(at);
        formers.push(former);
        let record = after.record();
        *record.recorded_at = at;
        *record.created_by = by;
        afters.push(after);
    }
    insert(transaction, formers).await?;
    upsert(transaction, afters).await
}

/// Ends rows that this transaction has locked.
pub async fn end_all<M: Fact>(
    transaction: &Transaction,
    mut rows: Vec<M>,
    (at, by): (DateTime<Utc>, Option<Uuid>),
) -> Result<(), Error> {
    for row in &mut rows {
        let record = row.record();
        *record.superseded_at = Some(at);
        *record.created_by = by;
    }
    upsert(transaction, rows).await
}

/// What becomes of one row when something is taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// The id that all versions share.
    pub record: Uuid,
    /// The row as it was left; `None` where it had been ended.
    pub before: Option<serde_json::Value>,
    /// The row as it stands again; `None` where it had been added.
    pub after: Option<serde_json::Value>,
}

/// Puts rows back as they stood before `left_at`, when one write changed, ended or added them. What they said since
/// stays as a former version. `None` where one of them has been changed again, and does not say by now what that write left.
pub(super) async fn take_back<M: Fact>(
    transaction: &Transaction,
    images: &[(Uuid, Option<serde_json::Value>)],
    version: &mut (dyn FnMut() -> Uuid + Send),
    (left_at, at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Option<Vec<Restored>>, Error> {
    let ids: Vec<Uuid> = images.iter().map(|(id, _)| *id).collect();
    let mut now = HashMap::new();
    for ids in ids.chunks(super::fact::ROWS) {
        let these = M::Entity::find().filter(id_column::<M>().is_in(ids.iter().copied())).lock_exclusive();
        now.extend(these.all(transaction).await?.into_iter().map(|row| (row.id(), row)));
    }
    let later = now.values_mut().filter_map(|row| is_later(row, left_at).then(|| row.entity_id()));
    let later: Vec<Uuid> = later.collect();
    let left = written_at::<M>(transaction, &later, left_at).await?;
    let (mut formers, mut rows, mut done) = (Vec::new(), Vec::new(), Vec::new());
    for (id, image) in images {
        let Some(mut row) = now.remove(id) else { return Ok(None) };
        let ended = *row.record().superseded_at;
        let is_as_left = match ended {
            Some(ended) => ended == left_at,
            // What was done on top of this write and taken back since is no change.
            None if is_later(&mut row, left_at) => {
                left.get(&row.entity_id()).is_some_and(|one| content(one.clone()) == content(row.clone()))
            }
            None => true,
        };
        if !is_as_left {
            return Ok(None);
        }
        let written = |row: &M| serde_json::to_value(row).map_err(|e| Error::Json(e.to_string()));
        let before = if ended.is_none() { Some(written(&row)?) } else { None };
        let after = if let Some(image) = image {
            let mut restored: M = serde_json::from_value(image.clone()).map_err(|e| Error::Json(e.to_string()))?;
            let mut former = row.clone().with_id(version());
            former.record().superseded_at.get_or_insert(at);
            formers.push(former);
            *restored.record().recorded_at = at;
            let after = Some(written(&restored)?);
            rows.push(restored);
            after
        } else {
            *row.record().superseded_at = Some(at);
            rows.push(row.clone());
            None
        };
        done.push(Restored { record: row.entity_id(), before, after });
    }
    insert(transaction, formers).await?;
    upsert(transaction, rows).await?;
    Ok(Some(done))
}

/// The versions of some records that were written at a moment, by the id that all versions share.
async fn written_at<M: Fact>(
    transaction: &Transaction,
    records: &[Uuid],
    at: DateTime<Utc>,
) -> Result<HashMap<Uuid, M>, Error> {
    let mut found = HashMap::new();
    let (Some(entity), Some(recorded)) = (column_of::<M>("entity_id"), column_of::<M>("recorded_at")) else {
        return Ok(found);
    };
    for records in records.chunks(super::fact::ROWS) {
        let these = M::Entity::find().filter(entity.is_in(records.iter().copied())).filter(recorded.eq(at));
        found.extend(these.all(transaction).await?.into_iter().map(|row| (row.entity_id(), row)));
    }
    Ok(found)
}

/// Whether a row that stands was written at another moment.
fn is_later<M: Fact>(row: &mut M, than: DateTime<Utc>) -> bool {
    let record = row.record();
    record.superseded_at.is_none() && *record.recorded_at != than
}

/// What a version says, without its id, the time that it stood, and who wrote or ended it.
fn content<M: Fact>(version: M) -> M {
    let mut row = version.with_id(Uuid::nil());
    let record = row.record();
    *record.recorded_at = DateTime::UNIX_EPOCH;
    *record.superseded_at = None;
    *record.created_by = None;
    row
}

fn column_of<M: Fact>(name: &str) -> Option<<M::Entity as EntityTrait>::Column> {
    <M::Entity as EntityTrait>::Column::iter().find(|column| is_named(column, name))
}

/// Whether a row still says what was read. It is locked from here on, where the database locks rows.
async fn is_as_read<M: Fact>(transaction: &Transaction, row: &mut M) -> Result<bool, Error> {
    let (recorded, open) = (column_of::<M>("recorded_at"), column_of::<M>("superseded_at"));
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
