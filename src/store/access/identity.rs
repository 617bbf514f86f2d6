//! Who people are at a provider of identities, and who is on the way there.

use chrono::{DateTime, Utc};
use entity::id::AccountId;
use entity::identity::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

use super::PAGE;
use crate::store::{Db, Error, Transaction};

/// A link to somebody at a provider, as it is stored.
pub type Identity = entity::identity::Model;
/// A visit to a provider, as it is stored.
pub type Visit = entity::provider_visit::Model;

/// Stores that a browser was sent to the provider.
pub async fn begin(transaction: &Transaction, visit: Visit) -> Result<(), Error> {
    entity::provider_visit::Entity::insert(visit.into_active_model()).exec_without_returning(transaction).await?;
    Ok(())
}

/// Ends a visit; says whether it was under way: of those who come back with one secret exactly one did.
pub async fn end(transaction: &Transaction, secret_hash: &str, at: DateTime<Utc>) -> Result<bool, Error> {
    use entity::provider_visit::{Column, Entity};
    let done = Entity::update_many()
        .col_expr(Column::UsedAt, at.into())
        .filter(Column::SecretHash.eq(secret_hash).and(Column::UsedAt.is_null()).and(Column::ExpiresAt.gt(at)))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Who somebody at a provider is here.
pub async fn by_subject(transaction: &Transaction, issuer: &str, subject: &str) -> Result<Option<Identity>, Error> {
    Entity::find_by_id((issuer.to_owned(), subject.to_owned())).one(transaction).await
}

/// Stores a link.
pub async fn insert(transaction: &Transaction, identity: Identity) -> Result<(), Error> {
    Entity::insert(identity.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// What is linked to an account.
pub async fn of(db: &Db, account: AccountId) -> Result<Vec<Identity>, Error> {
    Entity::find().filter(Column::AccountId.eq(account)).order_by_asc(Column::Issuer).limit(PAGE).all(&db.reader).await
}

/// Whether an account is linked to anybody at a provider.
pub async fn is_linked(transaction: &Transaction, account: AccountId, issuer: &str) -> Result<bool, Error> {
    let found = Entity::find().filter(Column::AccountId.eq(account).and(Column::Issuer.eq(issuer)));
    Ok(found.one(transaction).await?.is_some())
}

/// Ends the link of an account; says whether there was one.
pub async fn remove(transaction: &Transaction, account: AccountId, issuer: &str) -> Result<bool, Error> {
    let those = Entity::delete_many().filter(Column::AccountId.eq(account).and(Column::Issuer.eq(issuer)));
    Ok(those.exec(transaction).await?.rows_affected > 0)
}
