//! Sign-ins through an identity provider.

use chrono::{DateTime, Utc};
use entity::id::AccountId;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter};

use crate::store::{Db, Error, Transaction};

/// A sign-in that waits for the provider.
pub type Attempt = entity::provider_attempt::Model;
/// Whom a provider says that an account is.
pub type Identity = entity::account_identity::Model;

/// Stores a sign-in that begins.
pub async fn begin(transaction: &Transaction, attempt: Attempt) -> Result<(), Error> {
    entity::provider_attempt::Entity::insert(attempt.into_active_model()).exec_without_returning(transaction).await?;
    Ok(())
}

/// Takes a sign-in away that began after a moment: it is answered once.
pub async fn take(
    transaction: &Transaction,
    state_hash: &str,
    begun_after: DateTime<Utc>,
) -> Result<Option<Attempt>, Error> {
    use entity::provider_attempt::{Column, Entity};
    let wanted = Column::StateHash.eq(state_hash).and(Column::CreatedAt.gt(begun_after));
    let Some(found) = Entity::find().filter(wanted).one(transaction).await? else { return Ok(None) };
    let gone = Entity::delete_many().filter(Column::StateHash.eq(state_hash)).exec(transaction).await?;
    Ok((gone.rows_affected == 1).then_some(found))
}

/// The account that a provider's subject is linked to.
pub async fn account_of(db: &Db, issuer: &str, subject: &str) -> Result<Option<AccountId>, Error> {
    let key = (issuer.to_owned(), subject.to_owned());
    let found = entity::account_identity::Entity::find_by_id(key).one(&db.reader).await?;
    Ok(found.map(|identity| identity.account_id))
}

/// Links an account to a provider's subject.
pub async fn link(transaction: &Transaction, identity: Identity) -> Result<(), Error> {
    entity::account_identity::Entity::insert(identity.into_active_model()).exec_without_returning(transaction).await?;
    Ok(())
}
