//! Versions of questionnaires.

use chrono::{DateTime, Utc};
use entity::id::{InstrumentId, StudyId};
use entity::instrument::{Column, Entity};
use entity::vocabulary::InstrumentState;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::store::history::queue_for;
use crate::store::{Db, Error, Transaction};

/// An instrument as it is stored.
pub type Instrument = entity::instrument::Model;

/// Stores a new one.
pub async fn insert(transaction: &Transaction, instrument: Instrument) -> Result<(), Error> {
    Entity::insert(instrument.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// Puts a content in the place of another; says whether that stood there, in a draft.
pub async fn save(
    transaction: &Transaction,
    id: InstrumentId,
    (before, content): (&str, String),
) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::Content, content.into())
        .filter(Column::Id.eq(id).and(Column::State.eq(InstrumentState::Draft)).and(Column::Content.eq(before)))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Publishes a draft; says whether it still was one.
pub async fn publish(
    transaction: &Transaction,
    id: InstrumentId,
    at: DateTime<Utc>,
    by: Option<Uuid>,
) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::State, InstrumentState::Published.as_str().into())
        .col_expr(Column::PublishedAt, at.into())
        .col_expr(Column::PublishedBy, sea_orm::sea_query::Expr::val(by))
        .filter(Column::Id.eq(id).and(Column::State.eq(InstrumentState::Draft)))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Sets a draft aside; says whether it still was one.
pub async fn discard(transaction: &Transaction, id: InstrumentId) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::State, InstrumentState::Discarded.as_str().into())
        .filter(Column::Id.eq(id).and(Column::State.eq(InstrumentState::Draft)))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// One instrument.
pub async fn by_id(db: &Db, id: InstrumentId) -> Result<Option<Instrument>, Error> {
    Entity::find_by_id(id).one(&db.reader).await
}

/// One instrument, as the transaction sees it.
pub async fn by_id_in(transaction: &Transaction, id: InstrumentId) -> Result<Option<Instrument>, Error> {
    Entity::find_by_id(id).one(transaction).await
}

/// The instruments of a study, the newest first, without drafts that were set aside.
pub async fn of(db: &Db, study: StudyId) -> Result<Vec<Instrument>, Error> {
    let there = Column::StudyId.eq(study).and(Column::State.ne(InstrumentState::Discarded));
    let newest = Entity::find().filter(there).order_by_desc(Column::CreatedAt);
    newest.order_by_desc(Column::Id).all(&db.reader).await
}

/// The versions that a study has had of an instrument, also those set aside. Whoever asks for them afterwards waits until
/// the transaction ends: of two who copy it at once the second counts on from the first.
pub async fn versions(transaction: &Transaction, study: StudyId, key: &str) -> Result<Vec<String>, Error> {
    queue_for(transaction, &[Uuid::new_v5(&study.0, key.as_bytes())]).await?;
    let of_study = Column::StudyId.eq(study).and(Column::Key.eq(key));
    let all = Entity::find().filter(of_study).select_only().column(Column::Version);
    all.into_tuple().all(transaction).await
}

/// The published instrument of a study that a wave names, as `key/version`.
pub async fn named(transaction: &Transaction, study: StudyId, name: &str) -> Result<Option<Instrument>, Error> {
    let Some((key, version)) = name.split_once('/') else { return Ok(None) };
    Entity::find()
        .filter(Column::StudyId.eq(study).and(Column::Key.eq(key)).and(Column::Version.eq(version)))
        .filter(Column::State.eq(InstrumentState::Published))
        .one(transaction)
        .await
}
