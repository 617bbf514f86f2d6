//! Attempts to speak for an organisation, and who speaks for one.

use chrono::{DateTime, Utc};
use entity::id::{AccountId, OrganisationId, ProfileTakeoverId};
use entity::profile_takeover::{Column, Entity};
use entity::role_grant;
use entity::vocabulary::{Role, TakeoverStatus};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::store::{Db, Error, Transaction};

/// An attempt as it is stored.
pub type Takeover = entity::profile_takeover::Model;
/// An organisation as it is stored.
pub type Organisation = entity::organisation::Model;

/// Stores a new attempt.
pub async fn insert(transaction: &Transaction, row: Takeover) -> Result<(), Error> {
    Entity::insert(row.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// One attempt.
pub async fn by_id(db: &Db, id: ProfileTakeoverId) -> Result<Option<Takeover>, Error> {
    Entity::find_by_id(id).one(&db.reader).await
}

/// One attempt; whoever changes it at the same time waits.
pub async fn locked(transaction: &Transaction, id: ProfileTakeoverId) -> Result<Option<Takeover>, Error> {
    Entity::find_by_id(id).lock_exclusive().one(transaction).await
}

/// The attempt whose letter carried this token.
pub async fn by_token(db: &Db, token_hash: &str) -> Result<Option<Takeover>, Error> {
    Entity::find().filter(Column::TokenHash.eq(token_hash)).one(&db.reader).await
}

/// Puts an attempt as it has become in its place, where it still stands as it was read; says whether it did.
pub async fn replace(transaction: &Transaction, before: TakeoverStatus, after: Takeover) -> Result<bool, Error> {
    let (id, after) = (after.id, after.into_active_model());
    let key = after.id.clone();
    let after = entity::profile_takeover::ActiveModel { id: key, ..after.reset_all() };
    let done = Entity::update_many()
        .set(after)
        .filter(Column::Id.eq(id).and(Column::Status.eq(before)))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Counts a look at the domain or website, unless there were too many, or one just now; says whether it did.
pub async fn look(
    transaction: &Transaction,
    id: ProfileTakeoverId,
    (at, not_since): (DateTime<Utc>, DateTime<Utc>),
    most: i32,
) -> Result<bool, Error> {
    let rested = Column::LookedAt.is_null().or(Column::LookedAt.lte(not_since));
    let done = Entity::update_many()
        .col_expr(Column::Looks, Expr::col(Column::Looks).add(1))
        .col_expr(Column::LookedAt, at.into())
        .filter(Column::Id.eq(id).and(Column::Looks.lt(most)).and(rested))
        .exec(transaction)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The attempts of an account, the newest first.
pub async fn of_account(db: &Db, account: AccountId, first: u64) -> Result<Vec<Takeover>, Error> {
    let own = Entity::find().filter(Column::AccountId.eq(account));
    own.order_by_desc(Column::BegunAt).order_by_desc(Column::Id).limit(first).all(&db.reader).await
}

/// The attempts of an account at one organisation that have not ended.
pub async fn unended(
    transaction: &Transaction,
    account: AccountId,
    organisation: OrganisationId,
) -> Result<Vec<Takeover>, Error> {
    let these = Column::AccountId.eq(account).and(Column::OrganisationId.eq(organisation));
    Entity::find().filter(these.and(Column::EndedAt.is_null())).lock_exclusive().all(transaction).await
}

/// How many attempts an account has begun since a moment. Others of the same account wait.
pub async fn begun_since(transaction: &Transaction, account: AccountId, at: DateTime<Utc>) -> Result<u64, Error> {
    entity::account::Entity::find_by_id(account).lock_exclusive().one(transaction).await?;
    Entity::find().filter(Column::AccountId.eq(account).and(Column::BegunAt.gt(at))).count(transaction).await
}

/// What waits for a curator, the oldest first.
pub async fn waiting(db: &Db, first: u64) -> Result<Vec<Takeover>, Error> {
    let these = Entity::find().filter(Column::Status.eq(TakeoverStatus::Waiting));
    these.order_by_asc(Column::BegunAt).order_by_asc(Column::Id).limit(first).all(&db.reader).await
}

/// An organisation; whoever asks about it for the same reason waits.
pub async fn organisation_locked(transaction: &Transaction, id: OrganisationId) -> Result<Option<Organisation>, Error> {
    use entity::organisation::{Column as Of, Entity as Organisations};
    let current = Of::EntityId.eq(id).and(Of::SupersededAt.is_null());
    Organisations::find().filter(current).lock_exclusive().one(transaction).await
}

/// Organisations, by id, whether they may be shown or not.
pub async fn organisations(db: &Db, ids: &[OrganisationId]) -> Result<Vec<Organisation>, Error> {
    use entity::organisation::{Column as Of, Entity as Organisations};
    let these = Of::EntityId.is_in(ids.iter().copied()).and(Of::SupersededAt.is_null());
    Organisations::find().filter(these).all(&db.reader).await
}

/// An organisation, for a letter about it.
pub async fn organisation(transaction: &Transaction, id: OrganisationId) -> Result<Option<Organisation>, Error> {
    use entity::organisation::{Column as Of, Entity as Organisations};
    Organisations::find().filter(Of::EntityId.eq(id).and(Of::SupersededAt.is_null())).one(transaction).await
}

/// The accounts that speak for an organisation at a moment. Those that may not sign in speak for nobody.
pub async fn representatives(
    transaction: &Transaction,
    organisation: OrganisationId,
    at: DateTime<Utc>,
) -> Result<Vec<entity::account::Model>, Error> {
    use entity::account::{Column as Of, Entity as Accounts};
    let ids = holders(organisation, at).select_only().column(role_grant::Column::AccountId);
    let ids: Vec<AccountId> = ids.into_tuple().all(transaction).await?;
    let these = Of::Id.is_in(ids).and(Of::DisabledAt.is_null());
    Accounts::find().filter(these).order_by_asc(Of::Id).all(transaction).await
}

/// How many speak for an organisation at a moment.
pub async fn count_representatives(db: &Db, organisation: OrganisationId, at: DateTime<Utc>) -> Result<u64, Error> {
    use entity::account::{Column as Of, Entity as Accounts};
    let ids = holders(organisation, at).select_only().column(role_grant::Column::AccountId);
    let ids: Vec<AccountId> = ids.into_tuple().all(&db.reader).await?;
    Accounts::find().filter(Of::Id.is_in(ids).and(Of::DisabledAt.is_null())).count(&db.reader).await
}

fn holders(organisation: OrganisationId, at: DateTime<Utc>) -> sea_orm::Select<role_grant::Entity> {
    use role_grant::Column as Of;
    let open = Of::EndsAt.is_null().or(Of::EndsAt.gt(at));
    let held = Of::RevokedAt.is_null().and(Of::StartsAt.lte(at)).and(open);
    let these = Of::Role.eq(Role::OrganisationRepresentative).and(Of::ScopeId.eq(organisation.0));
    role_grant::Entity::find().filter(these.and(held))
}
