//! Which accounts had a hand in what a response answers.

use entity::id::{AccountId, ResponseId};
use entity::response_hand::{Column, Entity, Model};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter};

use crate::store::review::On;
use crate::store::{Error, Transaction};

/// Writes down that an account had a hand in a response; once.
pub async fn note(transaction: &Transaction, response_id: ResponseId, account_id: AccountId) -> Result<(), Error> {
    let known = OnConflict::columns([Column::ResponseId, Column::AccountId]).do_nothing().to_owned();
    let row = Model { response_id, account_id }.into_active_model();
    Entity::insert(row).on_conflict(known).exec_without_returning(transaction).await.map(|_| ())
}

/// Whether an account had a hand in a response.
pub async fn is_noted(on: On<'_>, response: ResponseId, account: AccountId) -> Result<bool, Error> {
    let this = Column::ResponseId.eq(response).and(Column::AccountId.eq(account));
    Ok(on.one(Entity::find().filter(this)).await?.is_some())
}
