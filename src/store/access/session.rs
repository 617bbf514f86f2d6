//! Sessions of browsers, and the links that begin one.

use chrono::{DateTime, Utc};
use entity::id::{AccountId, SessionId};
use entity::session::{Column, Entity};
use entity::vocabulary::{FactorKind, SignInMethod};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

use super::{PAGE, pending};
use crate::store::{Db, Error, Transaction};

/// A session as it is stored.
pub type Session = entity::session::Model;
/// A sign-in link as it is stored.
pub type Link = entity::sign_in_token::Model;

/// Stores a new session.
pub async fn insert(transaction: &Transaction, session: Session) -> Result<(), Error> {
    Entity::insert(session.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// The session with this secret.
pub async fn by_secret(db: &Db, secret_hash: &str) -> Result<Option<Session>, Error> {
    Entity::find().filter(Column::SecretHash.eq(secret_hash)).one(&db.reader).await
}

/// How somebody has signed in, in a session that has not been ended.
pub async fn method(transaction: &Transaction, id: SessionId) -> Result<Option<SignInMethod>, Error> {
    let found = Entity::find_by_id(id).filter(Column::RevokedAt.is_null()).one(transaction).await?;
    Ok(found.map(|session| session.method))
}

/// When a session began.
pub async fn began_at(transaction: &Transaction, id: SessionId) -> Result<Option<DateTime<Utc>>, Error> {
    Ok(Entity::find_by_id(id).one(transaction).await?.map(|session| session.created_at))
}

/// Notes what a session has been proven with besides the first factor.
pub async fn set_factor(transaction: &Transaction, id: SessionId, factor: Option<FactorKind>) -> Result<(), Error> {
    let value = sea_orm::sea_query::Expr::val(factor.map(FactorKind::as_str));
    Entity::update_many().col_expr(Column::Factor, value).filter(Column::Id.eq(id)).exec(transaction).await?;
    Ok(())
}

/// Notes that a session has been seen.
pub async fn touch(transaction: &Transaction, id: SessionId, at: DateTime<Utc>) -> Result<(), Error> {
    Entity::update_many().col_expr(Column::SeenAt, at.into()).filter(Column::Id.eq(id)).exec(transaction).await?;
    Ok(())
}

/// Ends one session of an account; says whether it was open.
pub async fn revoke(
    transaction: &Transaction,
    account: AccountId,
    id: SessionId,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, at.into())
        .filter(Column::Id.eq(id).and(Column::AccountId.eq(account)).and(Column::RevokedAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Ends all sessions of an account but one, and sign-ins that wait for a code.
pub async fn revoke_all(
    transaction: &Transaction,
    account: AccountId,
    but: Option<SessionId>,
    at: DateTime<Utc>,
) -> Result<u64, Error> {
    let mut query = Entity::update_many()
        .col_expr(Column::RevokedAt, at.into())
        .filter(Column::AccountId.eq(account).and(Column::RevokedAt.is_null()));
    if let Some(kept) = but {
        query = query.filter(Column::Id.ne(kept));
    }
    pending::void(transaction, account).await?;
    Ok(query.exec(transaction).await?.rows_affected)
}

/// Ends the sessions of everybody, and sign-ins that wait for a code; says how many sessions were open.
pub async fn revoke_everybodys(transaction: &Transaction, at: DateTime<Utc>) -> Result<u64, Error> {
    pending::void_everybodys(transaction).await?;
    let those = Entity::update_many().col_expr(Column::RevokedAt, at.into()).filter(Column::RevokedAt.is_null());
    Ok(those.exec(transaction).await?.rows_affected)
}

/// The sessions of an account that nobody has ended and that were seen after a moment, the latest first.
pub async fn open_of(db: &Db, account: AccountId, seen_after: DateTime<Utc>) -> Result<Vec<Session>, Error> {
    Entity::find()
        .filter(Column::AccountId.eq(account).and(Column::RevokedAt.is_null()).and(Column::SeenAt.gt(seen_after)))
        .order_by_desc(Column::SeenAt)
        .order_by_desc(Column::Id)
        .limit(PAGE)
        .all(&db.reader)
        .await
}

/// Stores a sign-in link.
pub async fn insert_link(transaction: &Transaction, link: Link) -> Result<(), Error> {
    entity::sign_in_token::Entity::insert(link.into_active_model()).exec_without_returning(transaction).await?;
    Ok(())
}

/// Uses up the link with this secret: exactly one of those who try at the same time gets it.
pub async fn redeem(transaction: &Transaction, secret_hash: &str, at: DateTime<Utc>) -> Result<Option<Link>, Error> {
    use entity::sign_in_token::{Column, Entity};
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

/// Makes the links of everybody worthless.
pub async fn void_everybodys(transaction: &Transaction, at: DateTime<Utc>) -> Result<(), Error> {
    use entity::sign_in_token::{Column, Entity};
    let those = Entity::update_many().col_expr(Column::UsedAt, at.into()).filter(Column::UsedAt.is_null());
    those.exec(transaction).await?;
    Ok(())
}

/// Makes all links of an account worthless.
pub async fn void_links(transaction: &Transaction, account: AccountId, at: DateTime<Utc>) -> Result<(), Error> {
    use entity::sign_in_token::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::UsedAt, at.into())
        .filter(Column::AccountId.eq(account).and(Column::UsedAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(())
}
