//! Tokens that programs send.

use chrono::{DateTime, Utc};
use entity::api_token::{Column, Entity};
use entity::id::{AccountId, ApiTokenId};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

use super::PAGE;
use crate::store::{Db, Error, Transaction};

/// A token as it is stored.
pub type Token = entity::api_token::Model;

/// Stores a new token.
pub async fn insert(transaction: &Transaction, token: Token) -> Result<(), Error> {
    Entity::insert(token.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// The token with this secret.
pub async fn by_secret(db: &Db, secret_hash: &str) -> Result<Option<Token>, Error> {
    Entity::find().filter(Column::SecretHash.eq(secret_hash)).one(&db.reader).await
}

/// Forgets that tokens of an account were made with a second factor: there is none any more.
pub async fn forget_factor(transaction: &Transaction, account: AccountId) -> Result<(), Error> {
    let none = sea_orm::sea_query::Expr::val(None::<String>);
    Entity::update_many()
        .col_expr(Column::Factor, none)
        .filter(Column::AccountId.eq(account))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Notes that a token has been used.
pub async fn touch(transaction: &Transaction, id: ApiTokenId, at: DateTime<Utc>) -> Result<(), Error> {
    Entity::update_many().col_expr(Column::UsedAt, at.into()).filter(Column::Id.eq(id)).exec(transaction).await?;
    Ok(())
}

/// Ends one token of an account; says whether it was open.
pub async fn revoke(
    transaction: &Transaction,
    account: AccountId,
    id: ApiTokenId,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, at.into())
        .filter(Column::Id.eq(id).and(Column::AccountId.eq(account)).and(Column::RevokedAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Ends all tokens of an account.
pub async fn revoke_all(transaction: &Transaction, account: AccountId, at: DateTime<Utc>) -> Result<u64, Error> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, at.into())
        .filter(Column::AccountId.eq(account).and(Column::RevokedAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected)
}

/// Ends the tokens of everybody; says how many were open.
pub async fn revoke_everybodys(transaction: &Transaction, at: DateTime<Utc>) -> Result<u64, Error> {
    let those = Entity::update_many().col_expr(Column::RevokedAt, at.into()).filter(Column::RevokedAt.is_null());
    Ok(those.exec(transaction).await?.rows_affected)
}

/// The tokens of an account that nobody has ended, the newest first.
pub async fn of(db: &Db, account: AccountId) -> Result<Vec<Token>, Error> {
    Entity::find()
        .filter(Column::AccountId.eq(account).and(Column::RevokedAt.is_null()))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(PAGE)
        .all(&db.reader)
        .await
}

/// One token.
pub async fn by_id(transaction: &Transaction, id: ApiTokenId) -> Result<Option<Token>, Error> {
    Entity::find_by_id(id).one(transaction).await
}
