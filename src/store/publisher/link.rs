//! Links in letters that answer one claim. Only the hash of one is stored.

use chrono::{DateTime, Utc};
use entity::id::{AccountId, VerificationLinkId};
use entity::verification_link::{Column, Entity};
use entity::vocabulary::VerificationDecision;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter};

use crate::store::{Db, Error, Transaction};

/// A link as it is stored.
pub type Link = entity::verification_link::Model;

/// Stores new ones.
pub async fn insert(transaction: &Transaction, links: Vec<Link>) -> Result<(), Error> {
    if links.is_empty() {
        return Ok(());
    }
    let rows = links.into_iter().map(IntoActiveModel::into_active_model);
    Entity::insert_many(rows).exec_without_returning(transaction).await.map(|_| ())
}

/// The link with this secret that is neither revoked nor too old, used or not.
pub async fn by_secret(db: &Db, secret_hash: &str, now: DateTime<Utc>) -> Result<Option<Link>, Error> {
    let open = Column::RevokedAt.is_null().and(Column::ExpiresAt.gt(now));
    Entity::find().filter(Column::SecretHash.eq(secret_hash).and(open)).one(&db.reader).await
}

/// Uses a link up; `false` when it was used, revoked or is too old.
pub async fn consume(
    transaction: &Transaction,
    id: VerificationLinkId,
    decision: VerificationDecision,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let open = Column::UsedAt.is_null().and(Column::RevokedAt.is_null()).and(Column::ExpiresAt.gt(at));
    let done = Entity::update_many()
        .col_expr(Column::UsedAt, at.into())
        .col_expr(Column::Decision, Expr::val(decision.as_str()))
        .filter(Column::Id.eq(id).and(open))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Ends all links of an account.
pub async fn revoke_all(transaction: &Transaction, account: AccountId, at: DateTime<Utc>) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::RevokedAt, at.into())
        .filter(Column::AccountId.eq(account).and(Column::RevokedAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(())
}
