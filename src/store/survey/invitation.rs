//! Answer links. Only the hash of one is stored.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::id::{InvitationId, ResponseId};
use entity::invitation::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

use crate::domain::privacy::digest_of;
use crate::store::{Db, Error, Transaction, fact};

/// An invitation as it is stored.
pub type Invitation = entity::invitation::Model;

/// Stores a new one.
pub async fn insert(transaction: &Transaction, invitation: Invitation) -> Result<(), Error> {
    Entity::insert(invitation.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// The invitation with this secret, as long as it is neither revoked nor expired.
pub async fn by_secret(db: &Db, secret_hash: &str, now: DateTime<Utc>) -> Result<Option<Invitation>, Error> {
    Entity::find()
        .filter(Column::SecretHash.eq(secret_hash).and(Column::RevokedAt.is_null()).and(Column::ExpiresAt.gt(now)))
        .one(&db.reader)
        .await
}

/// One invitation.
pub async fn by_id(db: &Db, id: InvitationId) -> Result<Option<Invitation>, Error> {
    Entity::find_by_id(id).one(&db.reader).await
}

/// The invitations of a response, the newest first.
pub async fn of(db: &Db, response: ResponseId) -> Result<Vec<Invitation>, Error> {
    let newest = Entity::find().filter(Column::ResponseId.eq(response)).order_by_desc(Column::CreatedAt);
    newest.order_by_desc(Column::Id).all(&db.reader).await
}

/// The invitation with this secret that has expired and that nobody has revoked.
pub async fn expired_by_secret(db: &Db, secret_hash: &str, now: DateTime<Utc>) -> Result<Option<Invitation>, Error> {
    Entity::find()
        .filter(Column::SecretHash.eq(secret_hash).and(Column::RevokedAt.is_null()).and(Column::ExpiresAt.lte(now)))
        .one(&db.reader)
        .await
}

/// Whether a response has a link that nobody has ended.
pub async fn has_unrevoked(transaction: &Transaction, response: ResponseId) -> Result<bool, Error> {
    let own = Column::ResponseId.eq(response).and(Column::RevokedAt.is_null());
    Ok(Entity::find().filter(own).one(transaction).await?.is_some())
}

/// Which of these responses have a link that can be followed.
pub async fn followable(db: &Db, responses: &[ResponseId], now: DateTime<Utc>) -> Result<HashSet<ResponseId>, Error> {
    let mut out = HashSet::new();
    for some in responses.chunks(fact::ROWS) {
        let own = Column::ResponseId.is_in(some.iter().copied());
        let open = own.and(Column::RevokedAt.is_null()).and(Column::ExpiresAt.gt(now));
        let those = Entity::find().select_only().column(Column::ResponseId).filter(open);
        out.extend(those.into_tuple::<ResponseId>().all(&db.reader).await?);
    }
    Ok(out)
}

/// Notes that a link was given to the post, and for which address.
pub async fn sent(
    transaction: &Transaction,
    secret_hash: &str,
    (email_key, at): (&str, DateTime<Utc>),
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::SentAt, at.into())
        .col_expr(Column::SentTo, digest_of(email_key).into())
        .filter(Column::SecretHash.eq(secret_hash))
        .exec(transaction)
        .await?;
    Ok(())
}

/// The digest of the address that a link of a response was mailed to last.
pub async fn mailed_to(transaction: &Transaction, response: ResponseId) -> Result<Option<String>, Error> {
    let mailed = Entity::find().filter(Column::ResponseId.eq(response).and(Column::SentTo.is_not_null()));
    let last = mailed.order_by_desc(Column::SentAt).order_by_desc(Column::Id).one(transaction).await?;
    Ok(last.and_then(|one| one.sent_to))
}

/// Ends all links of a response that are open; says how many.
pub async fn revoke_all(transaction: &Transaction, response: ResponseId, at: DateTime<Utc>) -> Result<u64, Error> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, at.into())
        .filter(Column::ResponseId.eq(response).and(Column::RevokedAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected)
}

/// Ends one link; says whether it was open.
pub async fn revoke(transaction: &Transaction, id: InvitationId, at: DateTime<Utc>) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, at.into())
        .filter(Column::Id.eq(id).and(Column::RevokedAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes that somebody has begun by a link.
pub async fn open(transaction: &Transaction, id: InvitationId, at: DateTime<Utc>) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::OpenedAt, at.into())
        .filter(Column::Id.eq(id).and(Column::OpenedAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(())
}
