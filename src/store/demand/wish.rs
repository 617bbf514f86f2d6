//! The wishes that answers to surveys have left: proposals of the kind `request`.

use chrono::{DateTime, Utc};
use entity::id::ProposalId;
use entity::proposal::{Column, Entity};
use entity::vocabulary::{ClaimStatus, ProposalKind, RowVisibility};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::store::{Db, Error, Transaction};

/// A wish as it is stored.
pub type Wish = entity::proposal::Model;

/// The wishes that wait, the oldest first. What was answered in private stays with those who ran the study.
pub async fn waiting(db: &Db, first: u64) -> Result<Vec<Wish>, Error> {
    Entity::find()
        .filter(Column::Kind.eq(ProposalKind::Request))
        .filter(Column::Status.eq(ClaimStatus::Proposed))
        .filter(Column::Visibility.ne(RowVisibility::Private))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(first)
        .all(&db.reader)
        .await
}

/// A wish that may be dealt with here.
pub async fn by_id(transaction: &Transaction, id: ProposalId) -> Result<Option<Wish>, Error> {
    Entity::find_by_id(id)
        .filter(Column::Kind.eq(ProposalKind::Request))
        .filter(Column::Visibility.ne(RowVisibility::Private))
        .one(transaction)
        .await
}

/// Decides about a wish; says whether it still waited.
pub async fn decide(
    transaction: &Transaction,
    id: ProposalId,
    to: ClaimStatus,
    (at, by): (DateTime<Utc>, Option<Uuid>),
) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::Status, to.as_str().into())
        .col_expr(Column::DecidedAt, Expr::value(at))
        .col_expr(Column::DecidedBy, Expr::value(by))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(ClaimStatus::Proposed))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}
