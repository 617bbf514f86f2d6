//! Roles that accounts have.

use chrono::{DateTime, Utc};
use entity::id::{AccountId, RoleGrantId};
use entity::role_grant::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::store::{Db, Error, Transaction, sql};

/// A grant as it is stored.
pub type Grant = entity::role_grant::Model;

/// Stores a new grant.
pub async fn insert(transaction: &Transaction, grant: Grant) -> Result<(), Error> {
    Entity::insert(grant.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// Ends a grant that has not been ended; says whether it did.
pub async fn revoke(
    transaction: &Transaction,
    id: RoleGrantId,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, at.into())
        .col_expr(Column::RevokedBy, sea_orm::sea_query::Expr::val(by.map(|by| by.0)))
        .filter(Column::Id.eq(id).and(Column::RevokedAt.is_null()))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// One grant.
pub async fn by_id(transaction: &Transaction, id: RoleGrantId) -> Result<Option<Grant>, Error> {
    Entity::find_by_id(id).one(transaction).await
}

/// The grants of accounts, ended ones included, the oldest first.
pub async fn of(db: &Db, accounts: &[AccountId]) -> Result<Vec<Grant>, Error> {
    of_in(&db.reader, accounts).await
}

pub(crate) async fn of_in(connection: &impl ConnectionTrait, accounts: &[AccountId]) -> Result<Vec<Grant>, Error> {
    Entity::find()
        .filter(Column::AccountId.is_in(accounts.iter().copied()))
        .order_by_asc(Column::GrantedAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await
}

/// The accounts that have a role at a moment.
pub async fn holders(db: &Db, role: entity::vocabulary::Role, at: DateTime<Utc>) -> Result<Vec<AccountId>, Error> {
    let open = Column::EndsAt.is_null().or(Column::EndsAt.gt(at));
    let held = Column::Role.eq(role).and(Column::RevokedAt.is_null()).and(Column::StartsAt.lte(at)).and(open);
    let rows = Entity::find().filter(held).order_by_asc(Column::AccountId).all(&db.reader).await?;
    let mut found: Vec<_> = rows.into_iter().map(|row| row.account_id).collect();
    found.dedup();
    Ok(found)
}

/// Whether there is an organisation, study or body of this id now.
pub async fn is_place(transaction: &Transaction, table: Place, id: uuid::Uuid) -> Result<bool, Error> {
    let text = format!("select 1 from {} where entity_id = ? and superseded_at is null", table.as_str());
    let found = transaction.query_one_raw(sql(transaction.get_database_backend(), &text, [id.into()])).await?;
    Ok(found.is_some())
}

/// The id of the study or organisation with this slug.
pub async fn place_of(db: &Db, table: Place, slug: &str) -> Result<Option<uuid::Uuid>, Error> {
    let text = format!("select entity_id from {} where slug = ? and superseded_at is null", table.as_str());
    let row = db.reader.query_one_raw(sql(db.backend(), &text, [slug.into()])).await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}

/// The slugs of studies or organisations, by id.
pub async fn slugs_of(db: &Db, table: Place, ids: &[uuid::Uuid]) -> Result<Vec<(uuid::Uuid, String)>, Error> {
    let mut found = Vec::new();
    for id in ids {
        let text = format!("select slug from {} where entity_id = ? and superseded_at is null", table.as_str());
        if let Some(row) = db.reader.query_one_raw(sql(db.backend(), &text, [(*id).into()])).await? {
            found.push((*id, row.try_get_by_index(0)?));
        }
    }
    Ok(found)
}

/// Where a grant's place is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Study,
    Organisation,
}

impl Place {
    /// The table, which is also the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Study => "study",
            Self::Organisation => "organisation",
        }
    }
}
