//! Answers that have not been sent. No public room reads them.

use entity::answer_draft::{Column, Entity};
use entity::id::ResponseId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter};

use crate::store::{Db, Error, Transaction};

/// A draft as it is stored.
pub type Draft = entity::answer_draft::Model;

/// Stores a draft over the one before.
pub async fn put(transaction: &Transaction, draft: Draft) -> Result<(), Error> {
    let again = OnConflict::columns([Column::ResponseId, Column::Question])
        .update_columns([Column::Value, Column::Missing, Column::Visibility, Column::IsPrefilled, Column::SavedAt])
        .to_owned();
    let row = Entity::insert(draft.into_active_model()).on_conflict(again);
    row.exec_without_returning(transaction).await.map(|_| ())
}

/// Takes a draft away.
pub async fn clear(transaction: &Transaction, response: ResponseId, question: &str) -> Result<(), Error> {
    let one = Column::ResponseId.eq(response).and(Column::Question.eq(question));
    Entity::delete_many().filter(one).exec(transaction).await.map(|_| ())
}

/// Takes all drafts of a response away.
pub async fn clear_all(transaction: &Transaction, response: ResponseId) -> Result<(), Error> {
    Entity::delete_many().filter(Column::ResponseId.eq(response)).exec(transaction).await.map(|_| ())
}

/// The drafts of a response.
pub async fn of(db: &Db, response: ResponseId) -> Result<Vec<Draft>, Error> {
    at(&db.reader, response).await
}

/// The drafts of a response, as the transaction sees them.
pub async fn of_in(transaction: &Transaction, response: ResponseId) -> Result<Vec<Draft>, Error> {
    at(transaction, response).await
}

async fn at(connection: &impl ConnectionTrait, response: ResponseId) -> Result<Vec<Draft>, Error> {
    Entity::find().filter(Column::ResponseId.eq(response)).all(connection).await
}
