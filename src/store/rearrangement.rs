//! Merges and splits with what stood before them, the addresses that lead on, and the names under which claims
//! were made.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::RearrangementId;
use entity::rearrangement::{Column, Entity};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Select, Value,
};
use uuid::Uuid;

use super::edit::Restored;
use super::review::On;
use super::{Db, Error, Transaction, fact, sql};

/// A merge or split as it is stored.
pub type Rearrangement = entity::rearrangement::Model;
/// The name under which a claim was made.
pub type AssertedName = entity::asserted_name::Model;

/// Writes one down.
pub async fn insert(transaction: &Transaction, row: Rearrangement) -> Result<(), Error> {
    Entity::insert(row.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// One of them; whoever undoes it at the same time waits.
pub async fn locked(transaction: &Transaction, id: RearrangementId) -> Result<Option<Rearrangement>, Error> {
    Entity::find_by_id(id).lock_exclusive().one(transaction).await
}

/// One of them.
pub async fn by_id(db: &Db, id: RearrangementId) -> Result<Option<Rearrangement>, Error> {
    Entity::find_by_id(id).one(&db.reader).await
}

/// The newest, at most `first`, after one of them.
pub async fn page(
    db: &Db,
    after: Option<(DateTime<Utc>, RearrangementId)>,
    first: u64,
) -> Result<Vec<Rearrangement>, Error> {
    let mut query = Entity::find();
    if let Some((at, id)) = after {
        query = query.filter(Column::DoneAt.lt(at).or(Column::DoneAt.eq(at).and(Column::Id.lt(id))));
    }
    query.order_by_desc(Column::DoneAt).order_by_desc(Column::Id).limit(first).all(&db.reader).await
}

/// What was done to a record and stands, the newest first.
pub async fn of_record(db: &Db, record: Uuid, first: u64) -> Result<Vec<Rearrangement>, Error> {
    Entity::find()
        .filter(Column::KeptId.eq(record).or(Column::OtherId.eq(record)))
        .order_by_desc(Column::DoneAt)
        .limit(first)
        .all(&db.reader)
        .await
}

/// Marks one as undone; `false` where it was already.
pub async fn mark_undone(
    transaction: &Transaction,
    id: RearrangementId,
    at: DateTime<Utc>,
    by: Uuid,
) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::UndoneAt, at.into())
        .col_expr(Column::UndoneBy, by.into())
        .filter(Column::Id.eq(id).and(Column::UndoneAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The record that merges in force led `record` into, one after another.
pub async fn led_into_at_last(on: On<'_>, record: Uuid) -> Result<Option<Uuid>, Error> {
    use entity::vocabulary::RearrangementKind::{DatasetMerge, OrganisationMerge};
    let mut passed = vec![record];
    while let Some(last) = passed.last() {
        let merge = Column::OtherId.eq(*last).and(Column::UndoneAt.is_null());
        let merge = merge.and(Column::Kind.is_in([OrganisationMerge, DatasetMerge]));
        match on.one(Entity::find().filter(merge)).await? {
            Some(row) if !passed.contains(&row.kept_id) => passed.push(row.kept_id),
            _ => break,
        }
    }
    Ok(passed.pop().filter(|last| *last != record))
}

/// The record that an old address leads to.
pub async fn led_on_to(on: On<'_>, kind: &str, slug: &str) -> Result<Option<Uuid>, Error> {
    use entity::slug_redirect::{Column, Entity};
    let found = on.one(Entity::find().filter(Column::Kind.eq(kind).and(Column::Slug.eq(slug)))).await?;
    Ok(found.map(|row| row.target_id))
}

/// Those of some old addresses that lead on, each with the record that it leads to.
pub async fn led_on(db: &Db, kind: &str, slugs: &[String]) -> Result<Vec<(String, Uuid)>, Error> {
    use entity::slug_redirect::{Column, Entity};
    let mut out = Vec::new();
    for some in slugs.chunks(fact::ROWS) {
        let these = Column::Kind.eq(kind).and(Column::Slug.is_in(some.iter().map(String::as_str)));
        let found = Entity::find().filter(these).all(&db.reader).await?;
        out.extend(found.into_iter().map(|row| (row.slug, row.target_id)));
    }
    Ok(out)
}

/// Those of some records that merges in force led into others, each with the one that it is part of at last.
pub async fn merged_of(db: &Db, records: &[Uuid]) -> Result<HashMap<Uuid, Uuid>, Error> {
    let mut into: HashMap<Uuid, Uuid> = HashMap::new();
    let mut next = records.to_vec();
    while !next.is_empty() {
        let mut found = Vec::new();
        for some in next.chunks(fact::ROWS) {
            let these = in_force().filter(Column::OtherId.is_in(some.iter().copied())).select_only();
            let pairs = these.column(Column::OtherId).column(Column::KeptId);
            found.extend(pairs.into_tuple::<(Uuid, Uuid)>().all(&db.reader).await?);
        }
        into.extend(found.iter().copied());
        next = found.into_iter().map(|(_, kept)| kept).filter(|kept| !into.contains_key(kept)).collect();
    }
    let ends = to_the_end(&into);
    Ok(records.iter().filter_map(|record| Some((*record, *ends.get(record)?))).collect())
}

/// The merges in force.
fn in_force() -> Select<Entity> {
    use entity::vocabulary::RearrangementKind::{DatasetMerge, OrganisationMerge};
    Entity::find().filter(Column::UndoneAt.is_null().and(Column::Kind.is_in([OrganisationMerge, DatasetMerge])))
}

/// Each record with the last of those that it was led into.
fn to_the_end(into: &HashMap<Uuid, Uuid>) -> HashMap<Uuid, Uuid> {
    let ends = into.iter().map(|(gone, kept)| {
        let (mut end, mut steps) = (*kept, 0);
        while let Some(next) = into.get(&end).filter(|_| steps < into.len()) {
            (end, steps) = (*next, steps + 1);
        }
        (*gone, end)
    });
    ends.collect()
}

/// The records that merges in force led others into, each to the end.
pub(super) async fn merged(transaction: &Transaction) -> Result<HashMap<Uuid, Uuid>, Error> {
    let found = in_force().all(transaction).await?;
    Ok(to_the_end(&found.into_iter().map(|row| (row.other_id, row.kept_id)).collect()))
}

/// Puts rows of one table back; see [`fact::take_back`].
pub async fn take_back(
    transaction: &Transaction,
    table: &str,
    images: &[(Uuid, Option<serde_json::Value>)],
    mut version: impl FnMut() -> Uuid + Send,
    times: (DateTime<Utc>, DateTime<Utc>),
) -> Result<Option<Vec<Restored>>, Error> {
    fact::take_back(transaction, table, images, &mut version, times).await
}

/// Lets an old address lead on.
pub async fn lead(
    transaction: &Transaction,
    kind: &str,
    slug: &str,
    target: Uuid,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = entity::slug_redirect::Model {
        kind: kind.to_owned(),
        slug: slug.to_owned(),
        target_id: target,
        recorded_at: at,
    };
    entity::slug_redirect::Entity::insert(row.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// Lets all addresses that lead to `from` lead to `to`; says which.
pub async fn lead_on(transaction: &Transaction, kind: &str, from: Uuid, to: Uuid) -> Result<Vec<String>, Error> {
    use entity::slug_redirect::{Column, Entity};
    let these = Column::Kind.eq(kind).and(Column::TargetId.eq(from));
    let found = Entity::find().filter(these.clone()).order_by_asc(Column::Slug).all(transaction).await?;
    Entity::update_many().col_expr(Column::TargetId, to.into()).filter(these).exec(transaction).await?;
    Ok(found.into_iter().map(|row| row.slug).collect())
}

/// Lets some addresses lead to `to`.
pub async fn lead_back(transaction: &Transaction, kind: &str, slugs: &[String], to: Uuid) -> Result<(), Error> {
    use entity::slug_redirect::{Column, Entity};
    let these = Column::Kind.eq(kind).and(Column::Slug.is_in(slugs));
    Entity::update_many().col_expr(Column::TargetId, to.into()).filter(these).exec(transaction).await?;
    Ok(())
}

/// Lets an address lead nowhere.
pub async fn lead_no_more(transaction: &Transaction, kind: &str, slug: &str) -> Result<(), Error> {
    use entity::slug_redirect::{Column, Entity};
    Entity::delete_many().filter(Column::Kind.eq(kind).and(Column::Slug.eq(slug))).exec(transaction).await?;
    Ok(())
}

/// Writes names down under which claims were made.
pub async fn assert_names(transaction: &Transaction, names: Vec<AssertedName>) -> Result<(), Error> {
    for chunk in names.chunks(fact::ROWS) {
        let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
        entity::asserted_name::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Forgets the names that a merge or split wrote down.
pub async fn forget_names(transaction: &Transaction, id: RearrangementId) -> Result<(), Error> {
    use entity::asserted_name::{Column, Entity};
    Entity::delete_many().filter(Column::RearrangementId.eq(id)).exec(transaction).await?;
    Ok(())
}

/// The names under which some claims were made.
pub async fn names_of(db: &Db, claims: &[Uuid]) -> Result<Vec<AssertedName>, Error> {
    use entity::asserted_name::{Column, Entity};
    let these = Entity::find().filter(Column::ClaimId.is_in(claims.iter().copied()));
    these.order_by_asc(Column::ClaimId).order_by_asc(Column::RearrangementId).all(&db.reader).await
}

/// What sort of source each of some sources is.
pub async fn source_kinds(
    transaction: &Transaction,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, entity::vocabulary::SourceKind>, Error> {
    use entity::source::{Column, Entity};
    let found = Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(transaction).await?;
    Ok(found.into_iter().map(|row| (row.id.0, row.kind)).collect())
}

/// Whether a current row that is not among `ours` names a record that was added.
pub async fn is_referred_to(transaction: &Transaction, table: &str, id: Uuid, ours: &[Uuid]) -> Result<bool, Error> {
    let columns: &[(&str, &str)] = match table {
        "organisation" => &[
            ("use_claim", "organisation_id"),
            ("use_claim", "publisher_id"),
            ("impact_claim", "organisation_id"),
            ("dataset", "publisher_id"),
            ("response", "organisation_id"),
            ("relation", "from_id"),
            ("relation", "to_id"),
            ("location", "organisation_id"),
            ("indicator_observation", "organisation_id"),
        ],
        "dataset" => &[
            ("use_claim", "dataset_id"),
            ("use_claim", "series_id"),
            ("impact_claim", "dataset_id"),
            ("dataset", "series_id"),
            ("distribution", "dataset_id"),
        ],
        _ => &[],
    };
    for (child, column) in columns {
        let text = format!("select id from {child} where {column} = ? and superseded_at is null");
        let statement = sql(transaction.get_database_backend(), &text, [Value::from(id)]);
        for row in transaction.query_all_raw(statement).await? {
            let child: Uuid = row.try_get_by_index(0)?;
            if !ours.contains(&child) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The current claims that name a body as such, a dataset or its series.
pub async fn claims_on(db: &Db, record: Uuid) -> Result<Vec<entity::use_claim::Model>, Error> {
    use entity::use_claim::{Column, Entity};
    let on = Column::PublisherId.eq(record).or(Column::DatasetId.eq(record)).or(Column::SeriesId.eq(record));
    Entity::find().filter(on.and(Column::SupersededAt.is_null())).order_by_asc(Column::Id).all(&db.reader).await
}

/// The current datasets of a body.
pub async fn datasets_of(db: &Db, body: Uuid) -> Result<Vec<entity::dataset::Model>, Error> {
    use entity::dataset::{Column, Entity};
    let own = Column::PublisherId.eq(body).and(Column::SupersededAt.is_null());
    Entity::find().filter(own).order_by_asc(Column::Id).all(&db.reader).await
}
