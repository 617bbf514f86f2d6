//! Browsers that have shown one factor and are asked for the second.

use chrono::{DateTime, Utc};
use entity::id::AccountId;
use entity::pending_sign_in::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter};

use crate::store::{Db, Error, Transaction};

/// A sign-in that waits for a code, as it is stored.
pub type Pending = entity::pending_sign_in::Model;

/// Stores one.
pub async fn insert(transaction: &Transaction, pending: Pending) -> Result<(), Error> {
    Entity::insert(pending.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// The one with this secret, if it still waits.
async fn waiting(
    connection: &impl ConnectionTrait,
    secret_hash: &str,
    at: DateTime<Utc>,
) -> Result<Option<Pending>, Error> {
    let waits = Column::SecretHash.eq(secret_hash).and(Column::UsedAt.is_null()).and(Column::ExpiresAt.gt(at));
    Entity::find().filter(waits).one(connection).await
}

/// The same, read outside a transaction.
pub async fn one(db: &Db, secret_hash: &str, at: DateTime<Utc>) -> Result<Option<Pending>, Error> {
    waiting(&db.reader, secret_hash, at).await
}

/// Uses one up: of those who try at the same time exactly one gets it.
pub async fn end(transaction: &Transaction, secret_hash: &str, at: DateTime<Utc>) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::UsedAt, at.into())
        .filter(Column::SecretHash.eq(secret_hash).and(Column::UsedAt.is_null()).and(Column::ExpiresAt.gt(at)))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Takes away those of an account.
pub async fn void(transaction: &Transaction, account: AccountId) -> Result<(), Error> {
    Entity::delete_many().filter(Column::AccountId.eq(account)).exec(transaction).await.map(|_| ())
}

/// Takes away those of everybody.
pub async fn void_everybodys(transaction: &Transaction) -> Result<(), Error> {
    Entity::delete_many().exec(transaction).await.map(|_| ())
}
