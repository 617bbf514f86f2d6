//! Who answers for an organisation. Private: only those who run the study and the person read it.

use entity::id::{ResponseId, WaveId};
use entity::respondent::{Column, Entity};
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

use crate::store::{Db, Error, Transaction, fact};

/// A respondent as it is stored.
pub type Respondent = entity::respondent::Model;

/// Stores who answers, over who did before.
pub async fn put(transaction: &Transaction, respondent: Respondent) -> Result<(), Error> {
    let again = OnConflict::column(Column::ResponseId)
        .update_columns([
            Column::Name,
            Column::Email,
            Column::EmailKey,
            Column::MayContact,
            Column::ConsentVersion,
            Column::ConfirmedAt,
        ])
        .to_owned();
    let row = Entity::insert(respondent.into_active_model()).on_conflict(again);
    row.exec_without_returning(transaction).await.map(|_| ())
}

/// Who answers.
pub async fn of(db: &Db, response: ResponseId) -> Result<Option<Respondent>, Error> {
    Entity::find_by_id(response).one(&db.reader).await
}

/// Who answers, as the transaction sees it.
pub async fn of_in(transaction: &Transaction, response: ResponseId) -> Result<Option<Respondent>, Error> {
    Entity::find_by_id(response).one(transaction).await
}

/// Who answers these responses.
pub async fn of_all(db: &Db, responses: &[ResponseId]) -> Result<Vec<Respondent>, Error> {
    let mut out = Vec::new();
    for some in responses.chunks(fact::ROWS) {
        out.extend(Entity::find().filter(Column::ResponseId.is_in(some.iter().copied())).all(&db.reader).await?);
    }
    Ok(out)
}

/// How many who answer in a wave have said themselves that they may be written to. Whose address came with a list of
/// invitations has said nothing.
pub async fn consenting(db: &Db, wave: WaveId) -> Result<u64, Error> {
    use entity::response;
    let theirs = response::Column::WaveId.eq(wave).and(response::Column::SupersededAt.is_null());
    let theirs = Query::select().column(response::Column::EntityId).from(response::Entity).cond_where(theirs).take();
    let said = Column::MayContact.eq(true).and(Column::ConsentVersion.is_not_null());
    Entity::find().filter(said.and(Column::ResponseId.in_subquery(theirs))).count(&db.reader).await
}

/// Forgets who answered.
pub async fn forget(transaction: &Transaction, response: ResponseId) -> Result<(), Error> {
    Entity::delete_by_id(response).exec(transaction).await.map(|_| ())
}
