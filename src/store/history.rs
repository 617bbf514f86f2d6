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

/// Writes a change down.
pub async fn insert(transaction: &Transaction, change: RecordChange) -> Result<(), Error> {
    Entity::insert(change.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
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
