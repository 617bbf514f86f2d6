//! People who ask for an account themselves.

use chrono::{DateTime, Utc};
use entity::sign_up::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter};

use crate::store::{Error, Transaction};

/// A link that makes an account, as it is stored.
pub type SignUp = entity::sign_up::Model;

/// Stores a link; those sent to the same address before are worthless from then on.
pub async fn insert(transaction: &Transaction, row: SignUp) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::UsedAt, row.created_at.into())
        .filter(Column::EmailKey.eq(&row.email_key).and(Column::UsedAt.is_null()))
        .exec(transaction)
        .await?;
    Entity::insert(row.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// Uses up the link with this secret: exactly one of those who try at the same time gets it.
pub async fn redeem(transaction: &Transaction, secret_hash: &str, at: DateTime<Utc>) -> Result<Option<SignUp>, Error> {
    let used = Entity::update_many()
        .col_expr(Column::UsedAt, at.into())
        .filter(Column::SecretHash.eq(secret_hash).and(Column::UsedAt.is_null()).and(Column::ExpiresAt.gt(at)))
        .exec(transaction)
        .await?;
    if used.rows_affected == 0 {
        return Ok(None);
    }
    Entity::find().filter(Column::SecretHash.eq(secret_hash)).one(transaction).await
}
