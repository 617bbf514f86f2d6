//! Accounts and their passwords.

use chrono::{DateTime, Utc};
use entity::account::{Column, Entity};
use entity::id::AccountId;
use sea_orm::sea_query::{LikeExpr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use super::PAGE;
use crate::store::{Db, Error, Transaction};

/// An account as it is stored.
pub type Account = entity::account::Model;

/// Stores a new account.
pub async fn insert(transaction: &Transaction, account: Account) -> Result<(), Error> {
    Entity::insert(account.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// Stores what an account is now.
pub async fn update(transaction: &Transaction, account: Account) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Email, account.email.into())
        .col_expr(Column::EmailKey, account.email_key.into())
        .col_expr(Column::DisplayName, account.display_name.into())
        .col_expr(Column::Folded, account.folded.into())
        .col_expr(Column::Lang, account.lang.into())
        .col_expr(Column::DisabledAt, sea_orm::sea_query::Expr::val(account.disabled_at))
        .filter(Column::Id.eq(account.id))
        .exec(transaction)
        .await
        .map(|_| ())
}

/// One account.
pub async fn by_id(connection: &impl ConnectionTrait, id: AccountId) -> Result<Option<Account>, Error> {
    Entity::find_by_id(id).one(connection).await
}

/// One account, read outside a transaction.
pub async fn one(db: &Db, id: AccountId) -> Result<Option<Account>, Error> {
    by_id(&db.reader, id).await
}

/// The account of an address, and the hash of its password if it has one.
pub async fn by_email(db: &Db, email_key: &str) -> Result<Option<(Account, Option<String>)>, Error> {
    let Some(account) = Entity::find().filter(Column::EmailKey.eq(email_key)).one(&db.reader).await? else {
        return Ok(None);
    };
    let credential = entity::credential::Entity::find_by_id(account.id).one(&db.reader).await?;
    Ok(Some((account, credential.map(|credential| credential.password_hash))))
}

/// The account of an address, inside a transaction.
pub async fn by_email_in(transaction: &Transaction, email_key: &str) -> Result<Option<Account>, Error> {
    Entity::find().filter(Column::EmailKey.eq(email_key)).one(transaction).await
}

/// Whether an account has a password.
pub async fn has_password(db: &Db, id: AccountId) -> Result<bool, Error> {
    Ok(entity::credential::Entity::find_by_id(id).one(&db.reader).await?.is_some())
}

/// Accounts in the order of their addresses, after one of them, whose address or folded name holds a text.
pub async fn page(
    db: &Db,
    after: Option<&str>,
    holds: Option<(&str, &str)>,
    first: u64,
) -> Result<Vec<Account>, Error> {
    let mut query = Entity::find().order_by_asc(Column::EmailKey).limit(std::cmp::min(first, PAGE) + 1);
    if let Some(after) = after {
        query = query.filter(Column::EmailKey.gt(after));
    }
    if let Some((key, folded)) = holds {
        let like = |text: &str| {
            let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            LikeExpr::new(format!("%{escaped}%")).escape('\\')
        };
        let mut any = Condition::any().add(Column::EmailKey.like(like(key)));
        if !folded.is_empty() {
            any = any.add(Column::Folded.like(like(folded)));
        }
        query = query.filter(any);
    }
    query.all(&db.reader).await
}

/// Sets the password of an account.
pub async fn set_password(
    transaction: &Transaction,
    account_id: AccountId,
    password_hash: String,
    changed_at: DateTime<Utc>,
) -> Result<(), Error> {
    use entity::credential::{Column, Entity, Model};
    Entity::insert(Model { account_id, password_hash, changed_at }.into_active_model())
        .on_conflict(
            OnConflict::column(Column::AccountId).update_columns([Column::PasswordHash, Column::ChangedAt]).to_owned(),
        )
        .exec_without_returning(transaction)
        .await
        .map(|_| ())
}
