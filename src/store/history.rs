//! What each write did to each record, and the answers that a repeated request is given again.

use chrono::{DateTime, TimeDelta, Utc};
use entity::record_change::{Column, Entity};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{Db, Error, Transaction, sql};

/// One change as it is stored.
pub type RecordChange = entity::record_change::Model;
/// One kept answer.
pub type Answered = entity::answered_request::Model;

/// Makes changes of these subjects wait for one another until the transaction ends.
pub async fn queue_for(transaction: &Transaction, subjects: &[Uuid]) -> Result<(), Error> {
    let on = transaction.get_database_backend();
    if on == sea_orm::DbBackend::Postgres {
        for subject in subjects {
            let lock = subject.as_u64_pair();
            let lock = (lock.0 ^ lock.1).cast_signed();
            transaction.execute_raw(sql(on, "select pg_advisory_xact_lock(?)", [lock.into()])).await?;
        }
    }
    Ok(())
}

/// The last change of a subject.
pub async fn last_of(transaction: &Transaction, subject: Uuid) -> Result<Option<RecordChange>, Error> {
    Entity::find().filter(Column::SubjectId.eq(subject)).order_by_desc(Column::Number).one(transaction).await
}

/// Writes changes down.
pub async fn insert(transaction: &Transaction, changes: Vec<RecordChange>) -> Result<(), Error> {
    let mut changes = changes.into_iter().peekable();
    while changes.peek().is_some() {
        let chunk = changes.by_ref().take(super::fact::ROWS).map(IntoActiveModel::into_active_model);
        Entity::insert_many(chunk).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// Changes of a subject after a number, in their order.
pub async fn of(db: &Db, subject: Uuid, after: i64, first: u64) -> Result<Vec<RecordChange>, Error> {
    Entity::find()
        .filter(Column::SubjectId.eq(subject).and(Column::Number.gt(after)))
        .order_by_asc(Column::Number)
        .limit(first)
        .all(&db.reader)
        .await
}

/// Erases what the changes of a record said; that there were changes, when and by whom stays.
pub async fn erase(transaction: &Transaction, record: Uuid) -> Result<u64, Error> {
    let none = || sea_orm::sea_query::Expr::val(None::<String>);
    let done = Entity::update_many()
        .col_expr(Column::Before, none())
        .col_expr(Column::After, none())
        .col_expr(Column::Salt, none())
        .filter(Column::RecordId.eq(record))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected)
}

/// Claims the key of a request; where it was used before, waits for that request and gives its row.
pub async fn claim(transaction: &Transaction, row: Answered, now: DateTime<Utc>) -> Result<Option<Answered>, Error> {
    use entity::answered_request::{Column, Entity};
    let mine = Column::ActorId.eq(row.actor_id).and(Column::KeyHash.eq(row.key_hash.as_str()));
    let old = Column::CreatedAt.lte(now - TimeDelta::hours(24));
    Entity::delete_many().filter(mine.clone().and(old)).exec(transaction).await?;
    let taken = OnConflict::columns([Column::ActorId, Column::KeyHash]).do_nothing().to_owned();
    let inserted = Entity::insert(row.into_active_model()).on_conflict(taken).exec_without_returning(transaction).await;
    match inserted {
        Ok(1) => Ok(None),
        Ok(_) | Err(Error::RecordNotInserted) => Entity::find().filter(mine).one(transaction).await,
        Err(error) => Err(error),
    }
}

/// The row of a request that was answered within 24 hours.
pub async fn answered(db: &Db, owner: Uuid, key_hash: &str, now: DateTime<Utc>) -> Result<Option<Answered>, Error> {
    use entity::answered_request::{Column, Entity};
    let its = Column::ActorId.eq(owner).and(Column::KeyHash.eq(key_hash));
    let young = Column::CreatedAt.gt(now - TimeDelta::hours(24));
    Entity::find().filter(its.and(young)).one(&db.reader).await
}

/// Keeps the answer of a claimed request.
pub async fn answer(transaction: &Transaction, actor: Uuid, key_hash: &str, answer: String) -> Result<(), Error> {
    use entity::answered_request::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::Answer, answer.into())
        .filter(Column::ActorId.eq(actor).and(Column::KeyHash.eq(key_hash)))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Changes of a subject before a number, or those of one of its records alone, the newest first.
pub async fn before(
    db: &Db,
    (subject, record): (Uuid, Option<Uuid>),
    number: i64,
    first: u64,
) -> Result<Vec<RecordChange>, Error> {
    let mut wanted = Column::SubjectId.eq(subject).and(Column::Number.lt(number));
    if let Some(record) = record {
        wanted = wanted.and(Column::RecordId.eq(record));
    }
    Entity::find().filter(wanted).order_by_desc(Column::Number).limit(first).all(&db.reader).await
}

/// How many changes a subject has: the number of its last.
pub async fn count(db: &Db, subject: Uuid) -> Result<i64, Error> {
    let last = Entity::find().filter(Column::SubjectId.eq(subject)).order_by_desc(Column::Number).one(&db.reader);
    Ok(last.await?.map_or(0, |last| last.number))
}

/// Subjects that have a history, in their order, after one of them.
pub async fn subjects(db: &Db, after: Option<Uuid>, first: u64) -> Result<Vec<Uuid>, Error> {
    let text = "select distinct subject_id from record_change where subject_id > ? order by subject_id limit ?";
    let values = [after.unwrap_or_default().into(), first.cast_signed().into()];
    let rows = db.reader.query_all_raw(sql(db.backend(), text, values)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Which of some records of a table are not public, or were not in one of their versions, and when the last such
/// version ended; without a moment they are not public now. Claims that nobody has accepted are not public either.
pub async fn not_public(db: &Db, table: &str, ids: &[Uuid]) -> Result<Vec<(Uuid, Option<DateTime<Utc>>)>, Error> {
    let mut found = Vec::new();
    for ids in ids.chunks(super::fact::ROWS) {
        let marks = vec!["?"; ids.len()].join(", ");
        let decided = match table {
            "use_claim" | "impact_claim" => {
                " or (superseded_at is null and status not in ('accepted', 'disputed', 'superseded', 'expired'))"
            }
            _ => "",
        };
        let text = format!(
            "select entity_id, superseded_at from {table} where entity_id in ({marks}) and (visibility <> 'public'{decided})"
        );
        let values = ids.iter().map(|id| sea_orm::Value::from(*id));
        for row in db.reader.query_all_raw(sql(db.backend(), &text, values)).await? {
            found.push((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        }
    }
    Ok(found)
}

/// The names of those organisations and the titles of those datasets and waves, present or former, that may be shown.
pub async fn public_names(db: &Db, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>, Error> {
    let mut found = Vec::new();
    for ids in ids.chunks(super::fact::ROWS) {
        let marks = vec!["?"; ids.len()].join(", ");
        let text = format!(
            "select id, name from organisation where id in ({marks}) and visibility = 'public' and consent <> 'no' \
             union all select id, title from dataset where id in ({marks}) and visibility = 'public' \
             union all select id, title from wave where id in ({marks}) and visibility = 'public'"
        );
        let values = ids.iter().chain(ids).chain(ids).map(|id| sea_orm::Value::from(*id));
        for row in db.reader.query_all_raw(sql(db.backend(), &text, values)).await? {
            found.push((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        }
    }
    Ok(found)
}

/// An account, a role of it, and since and until when it holds.
pub type Held = (Uuid, entity::vocabulary::Role, DateTime<Utc>, Option<DateTime<Utc>>);

/// The roles of some accounts.
pub async fn roles_of(db: &Db, accounts: &[Uuid]) -> Result<Vec<Held>, Error> {
    use entity::role_grant::{Column, Entity};
    let rows = Entity::find().filter(Column::AccountId.is_in(accounts.iter().copied())).all(&db.reader).await?;
    let held = rows.into_iter().map(|row| {
        let until = [row.ends_at, row.revoked_at].into_iter().flatten().min();
        (row.account_id.0, row.role, row.starts_at, until)
    });
    Ok(held.collect())
}

/// An import that brought something of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    pub at: DateTime<Utc>,
    pub source: String,
    pub is_undone: bool,
}

/// The imports that brought or changed rows of a record, and those of them that were taken back.
pub async fn batches_of(db: &Db, subject: Uuid) -> Result<Vec<Brought>, Error> {
    // The rows that stand say which import they are of; small revisions name what they touched, also when it is gone.
    let text = "select r.recorded_at, b.source, r.kind from revision r join import_batch b on b.id = r.import_batch_id \
        where r.import_batch_id in (\
            select import_batch_id from organisation where entity_id = ? \
            union select import_batch_id from dataset where entity_id = ? \
            union select import_batch_id from use_claim where organisation_id = ? \
            union select import_batch_id from publisher_profile where organisation_id = ? \
            union select import_batch_id from data_request where entity_id = ? \
            union select import_batch_id from study where entity_id = ? \
            union select import_batch_id from wave where entity_id = ?) \
        or r.number in (select revision from revision_change where record_id = ?) and r.kind in ('import', 'undo') \
        order by r.number desc limit 50";
    let values = [subject; 8].map(Into::into);
    let rows = db.reader.query_all_raw(sql(db.backend(), text, values)).await?;
    let read = |row: &sea_orm::QueryResult| {
        let kind: String = row.try_get_by_index(2)?;
        Ok(Brought { at: row.try_get_by_index(0)?, source: row.try_get_by_index(1)?, is_undone: kind == "undo" })
    };
    rows.iter().map(read).collect()
}
