//! Second factors, the seeds that are offered, and the codes for a lost device.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::id::AccountId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

use crate::store::{Db, Error, Transaction};

/// A second factor as it is stored.
pub type Factor = entity::second_factor::Model;
/// A seed that is offered, as it is stored.
pub type Offer = entity::second_factor_offer::Model;

/// The second factor of an account.
pub async fn of(connection: &impl ConnectionTrait, account: AccountId) -> Result<Option<Factor>, Error> {
    entity::second_factor::Entity::find_by_id(account).one(connection).await
}

/// The same, read outside a transaction.
pub async fn one(db: &Db, account: AccountId) -> Result<Option<Factor>, Error> {
    of(&db.reader, account).await
}

/// Which of these accounts have one.
pub async fn among(db: &Db, accounts: &[AccountId]) -> Result<BTreeSet<AccountId>, Error> {
    use entity::second_factor::{Column, Entity};
    let found = Entity::find().filter(Column::AccountId.is_in(accounts.iter().copied())).all(&db.reader).await?;
    Ok(found.into_iter().map(|factor| factor.account_id).collect())
}

/// Stores what an account proves itself with from now on, in place of what it had.
pub async fn set(transaction: &Transaction, factor: Factor) -> Result<(), Error> {
    use entity::second_factor::{Column, Entity};
    let columns = [Column::Seed, Column::Since, Column::LastStep];
    Entity::insert(factor.into_active_model())
        .on_conflict(OnConflict::column(Column::AccountId).update_columns(columns).to_owned())
        .exec_without_returning(transaction)
        .await
        .map(|_| ())
}

/// Notes that the code of a step was used; false where it, or a later one, was used before.
pub async fn use_step(transaction: &Transaction, account: AccountId, step: i64) -> Result<bool, Error> {
    use entity::second_factor::{Column, Entity};
    let done = Entity::update_many()
        .col_expr(Column::LastStep, step.into())
        .filter(Column::AccountId.eq(account).and(Column::LastStep.lt(step)))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Keeps a seed in another way.
pub async fn reseal(transaction: &Transaction, account: AccountId, seed: String) -> Result<(), Error> {
    use entity::second_factor::{Column, Entity};
    let those = Entity::update_many().col_expr(Column::Seed, seed.into()).filter(Column::AccountId.eq(account));
    those.exec(transaction).await.map(|_| ())
}

/// Takes away all that an account has of a second factor; says whether there was one.
pub async fn end(transaction: &Transaction, account: AccountId) -> Result<bool, Error> {
    void_codes(transaction, account).await?;
    end_offer(transaction, account).await?;
    let done = entity::second_factor::Entity::delete_by_id(account).exec(transaction).await?;
    Ok(done.rows_affected == 1)
}

/// The seed that an account has been offered after a moment.
pub async fn offered(
    connection: &impl ConnectionTrait,
    account: AccountId,
    after: DateTime<Utc>,
) -> Result<Option<Offer>, Error> {
    use entity::second_factor_offer::{Column, Entity};
    Entity::find_by_id(account).filter(Column::OfferedAt.gt(after)).one(connection).await
}

/// The same, read outside a transaction.
pub async fn one_offered(db: &Db, account: AccountId, after: DateTime<Utc>) -> Result<Option<Offer>, Error> {
    offered(&db.reader, account, after).await
}

/// Stores a seed that is offered, in place of the one before.
pub async fn offer(transaction: &Transaction, offer: Offer) -> Result<(), Error> {
    use entity::second_factor_offer::{Column, Entity};
    Entity::insert(offer.into_active_model())
        .on_conflict(OnConflict::column(Column::AccountId).update_columns([Column::Seed, Column::OfferedAt]).to_owned())
        .exec_without_returning(transaction)
        .await
        .map(|_| ())
}

/// Takes back what an account was offered.
pub async fn end_offer(transaction: &Transaction, account: AccountId) -> Result<(), Error> {
    entity::second_factor_offer::Entity::delete_by_id(account).exec(transaction).await.map(|_| ())
}

/// Stores codes for a lost device in place of those before.
pub async fn set_codes(
    transaction: &Transaction,
    account: AccountId,
    hashes: Vec<String>,
    made_at: DateTime<Utc>,
) -> Result<(), Error> {
    use entity::recovery_code::{Entity, Model};
    void_codes(transaction, account).await?;
    let rows = hashes
        .into_iter()
        .map(|code_hash| Model { code_hash, account_id: account, made_at, used_at: None }.into_active_model());
    Entity::insert_many(rows).exec_without_returning(transaction).await.map(|_| ())
}

async fn void_codes(transaction: &Transaction, account: AccountId) -> Result<(), Error> {
    use entity::recovery_code::{Column, Entity};
    Entity::delete_many().filter(Column::AccountId.eq(account)).exec(transaction).await.map(|_| ())
}

/// Uses a code for a lost device up: of those who try at the same time exactly one does.
pub async fn use_code(
    transaction: &Transaction,
    account: AccountId,
    code_hash: &str,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    use entity::recovery_code::{Column, Entity};
    let is_open = Column::CodeHash.eq(code_hash).and(Column::AccountId.eq(account)).and(Column::UsedAt.is_null());
    let done = Entity::update_many().col_expr(Column::UsedAt, at.into()).filter(is_open).exec(transaction).await?;
    Ok(done.rows_affected == 1)
}

/// How many codes for a lost device are left.
pub async fn codes_left(connection: &impl ConnectionTrait, account: AccountId) -> Result<u64, Error> {
    use entity::recovery_code::{Column, Entity};
    Entity::find().filter(Column::AccountId.eq(account).and(Column::UsedAt.is_null())).count(connection).await
}

/// The same, read outside a transaction.
pub async fn count_left(db: &Db, account: AccountId) -> Result<u64, Error> {
    codes_left(&db.reader, account).await
}
