//! How often whom to write to about what waits for an answer.

use chrono::{DateTime, Utc};
use entity::digest_setting::{Column, Entity};
use entity::id::AccountId;
use entity::vocabulary::{DigestEvery, Role};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::store::{Db, Error, Transaction};

/// A setting as it is stored.
pub type Setting = entity::digest_setting::Model;

/// The setting of an account; `None` where it has never said anything.
pub async fn of(db: &Db, account: AccountId) -> Result<Option<Setting>, Error> {
    Entity::find_by_id(account).one(&db.reader).await
}

/// The same inside a transaction.
pub async fn of_in(transaction: &Transaction, account: AccountId) -> Result<Option<Setting>, Error> {
    Entity::find_by_id(account).one(transaction).await
}

/// Stores a setting in place of the former one.
pub async fn put(transaction: &Transaction, setting: Setting) -> Result<(), Error> {
    let same = OnConflict::column(Column::AccountId)
        .update_columns([Column::Every, Column::LastAt, Column::ChangedAt])
        .to_owned();
    Entity::insert(setting.into_active_model().reset_all())
        .on_conflict(same)
        .exec_without_returning(transaction)
        .await
        .map(|_| ())
}

/// Notes that an account is written to now, unless somebody else has just noted it.
pub async fn note(
    transaction: &Transaction,
    account: AccountId,
    before: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
) -> Result<bool, Error> {
    let unchanged = match before {
        Some(before) => Column::LastAt.eq(before),
        None => Column::LastAt.is_null(),
    };
    let done = Entity::update_many()
        .col_expr(Column::LastAt, Expr::val(Some(at)))
        .filter(Column::AccountId.eq(account))
        .filter(unchanged)
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The accounts that have ever spoken for a publisher and may sign in, oldest grant first.
pub async fn liaisons(db: &Db) -> Result<Vec<AccountId>, Error> {
    use entity::role_grant::{Column as Of, Entity as Grants};
    let rows = Grants::find()
        .filter(Of::Role.eq(Role::AgencyLiaison))
        .filter(Of::RevokedAt.is_null())
        .order_by_asc(Of::GrantedAt)
        .order_by_asc(Of::Id)
        .all(&db.reader)
        .await?;
    let mut found: Vec<AccountId> = Vec::new();
    for row in rows {
        if !found.contains(&row.account_id) {
            found.push(row.account_id);
        }
    }
    Ok(found)
}

/// What holds where an account has never said anything.
pub const UNSAID: DigestEvery = DigestEvery::Week;
