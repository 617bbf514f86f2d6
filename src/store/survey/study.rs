//! Studies and waves as they are run.

use chrono::NaiveDate;
use entity::id::{StudyId, WaveId};
use entity::vocabulary::{RowVisibility, WaveState};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::store::{Db, Error, Transaction};

/// A study as it is stored.
pub type Study = entity::study::Model;
/// A wave as it is stored.
pub type Wave = entity::wave::Model;

/// Stores a new study.
pub async fn insert(transaction: &Transaction, study: Study) -> Result<(), Error> {
    entity::study::Entity::insert(study.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// Stores a new wave.
pub async fn insert_wave(transaction: &Transaction, wave: Wave) -> Result<(), Error> {
    entity::wave::Entity::insert(wave.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// Moves a wave from one state to another; says whether it was in the first.
pub async fn move_wave(
    transaction: &Transaction,
    id: WaveId,
    (from, to): (WaveState, WaveState),
    (visibility, closes_on): (RowVisibility, Option<NaiveDate>),
) -> Result<bool, Error> {
    use entity::wave::{Column, Entity};
    let done = Entity::update_many()
        .col_expr(Column::State, to.as_str().into())
        .col_expr(Column::ClosesOn, Expr::value(closes_on))
        .col_expr(Column::Visibility, visibility.as_str().into())
        .filter(Column::EntityId.eq(id).and(Column::State.eq(from)).and(Column::SupersededAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Writes what may be changed of a wave; says whether it was in that state.
pub async fn edit_wave(
    transaction: &Transaction,
    (id, state): (WaveId, WaveState),
    after: &Wave,
) -> Result<bool, Error> {
    use entity::wave::{Column, Entity};
    let done = Entity::update_many()
        .col_expr(Column::ClosesOn, sea_orm::sea_query::Expr::val(after.closes_on))
        .col_expr(Column::TakesNominations, after.takes_nominations.into())
        .col_expr(Column::Title, after.title.clone().into())
        .col_expr(Column::Population, after.population.clone().into())
        .filter(Column::EntityId.eq(id).and(Column::State.eq(state)).and(Column::SupersededAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// All studies, the latest first.
pub async fn all(db: &Db) -> Result<Vec<Study>, Error> {
    use entity::study::{Column, Entity};
    let current = Entity::find().filter(Column::SupersededAt.is_null());
    current.order_by_desc(Column::RecordedAt).order_by_asc(Column::Id).all(&db.reader).await
}

/// A study.
pub async fn by_id(db: &Db, id: StudyId) -> Result<Option<Study>, Error> {
    study_at(&db.reader, id).await
}

/// A study, as the transaction sees it.
pub async fn by_id_in(transaction: &Transaction, id: StudyId) -> Result<Option<Study>, Error> {
    study_at(transaction, id).await
}

async fn study_at(connection: &impl ConnectionTrait, id: StudyId) -> Result<Option<Study>, Error> {
    use entity::study::{Column, Entity};
    Entity::find().filter(Column::EntityId.eq(id).and(Column::SupersededAt.is_null())).one(connection).await
}

/// A wave.
pub async fn wave(db: &Db, id: WaveId) -> Result<Option<Wave>, Error> {
    wave_at(&db.reader, id).await
}

/// A wave, as the transaction sees it.
pub async fn wave_in(transaction: &Transaction, id: WaveId) -> Result<Option<Wave>, Error> {
    wave_at(transaction, id).await
}

async fn wave_at(connection: &impl ConnectionTrait, id: WaveId) -> Result<Option<Wave>, Error> {
    use entity::wave::{Column, Entity};
    Entity::find().filter(Column::EntityId.eq(id).and(Column::SupersededAt.is_null())).one(connection).await
}

/// The open wave with this slug, of any study.
pub async fn open_wave(db: &Db, slug: &str) -> Result<Option<Wave>, Error> {
    use entity::wave::{Column, Entity};
    Entity::find()
        .filter(Column::Slug.eq(slug).and(Column::State.eq(WaveState::Open)).and(Column::SupersededAt.is_null()))
        .order_by_desc(Column::OpensOn)
        .one(&db.reader)
        .await
}

/// The wave with this slug that has opened, of any study: the one opened last where several bear it.
pub async fn begun_wave(db: &Db, slug: &str) -> Result<Option<Wave>, Error> {
    use entity::wave::{Column, Entity};
    Entity::find()
        .filter(Column::Slug.eq(slug).and(Column::State.ne(WaveState::Draft)).and(Column::SupersededAt.is_null()))
        .order_by_desc(Column::OpensOn)
        .one(&db.reader)
        .await
}

/// The waves of a study, the newest first.
pub async fn waves(db: &Db, study: StudyId) -> Result<Vec<Wave>, Error> {
    use entity::wave::{Column, Entity};
    Entity::find()
        .filter(Column::StudyId.eq(study).and(Column::SupersededAt.is_null()))
        .order_by_desc(Column::OpensOn)
        .all(&db.reader)
        .await
}

/// These waves, the newest first.
pub async fn these_waves(db: &Db, ids: impl IntoIterator<Item = WaveId>) -> Result<Vec<Wave>, Error> {
    use entity::wave::{Column, Entity};
    Entity::find()
        .filter(Column::EntityId.is_in(ids).and(Column::SupersededAt.is_null()))
        .order_by_desc(Column::OpensOn)
        .all(&db.reader)
        .await
}

/// Shows a study to everyone.
pub async fn show(transaction: &Transaction, id: StudyId) -> Result<(), Error> {
    use entity::study::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::Visibility, RowVisibility::Public.as_str().into())
        .filter(Column::EntityId.eq(id).and(Column::SupersededAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(())
}
