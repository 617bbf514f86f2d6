//! Requests for data and what came of them.

use entity::data_request::{Column, Entity};
use entity::id::{DataRequestId, DatasetId, OrganisationId};
use entity::vocabulary::{RequestStatus, RowVisibility};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::domain::demand::THEMES;
use crate::store::{Db, Error, Transaction};

/// A request as it is stored.
pub type Request = entity::data_request::Model;
/// A dataset that a request has led to.
pub type Led = entity::data_request_dataset::Model;

/// The most that one page holds.
const PAGE: u64 = 100;

/// A request.
pub async fn by_id(db: &Db, id: DataRequestId) -> Result<Option<Request>, Error> {
    at(&db.reader, id).await
}

/// A request, as the transaction sees it.
pub async fn by_id_in(transaction: &Transaction, id: DataRequestId) -> Result<Option<Request>, Error> {
    at(transaction, id).await
}

async fn at(connection: &impl ConnectionTrait, id: DataRequestId) -> Result<Option<Request>, Error> {
    Entity::find().filter(Column::EntityId.eq(id)).filter(Column::SupersededAt.is_null()).one(connection).await
}

/// The requests that wait for their publisher's answer, those that are due first first.
pub async fn waiting(db: &Db) -> Result<Vec<Request>, Error> {
    Entity::find()
        .filter(Column::Status.eq(RequestStatus::Forwarded))
        .filter(Column::AnsweredOn.is_null())
        .filter(Column::SupersededAt.is_null())
        .filter(Column::Visibility.eq(RowVisibility::Public))
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::EntityId)
        .all(&db.reader)
        .await
}

/// A request that everybody may see, by its slug.
pub async fn by_slug(db: &Db, slug: &str) -> Result<Option<Request>, Error> {
    shown(&db.reader, slug).await
}

/// The same, as the transaction sees it.
pub async fn by_slug_in(transaction: &Transaction, slug: &str) -> Result<Option<Request>, Error> {
    shown(transaction, slug).await
}

async fn shown(connection: &impl ConnectionTrait, slug: &str) -> Result<Option<Request>, Error> {
    Entity::find()
        .filter(Column::Slug.eq(slug))
        .filter(Column::SupersededAt.is_null())
        .filter(Column::Visibility.eq(RowVisibility::Public))
        .one(connection)
        .await
}

/// Which requests are listed.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    pub statuses: Vec<RequestStatus>,
    /// Only those about one of these bodies, where it is not `None`.
    pub publishers: Option<Vec<OrganisationId>>,
}

/// A page of requests, those waiting longest first, and one more where there is one; `after` is the last one seen.
pub async fn page(
    db: &Db,
    listed: &Listed,
    after: Option<(chrono::NaiveDate, Uuid)>,
    first: u64,
) -> Result<Vec<Request>, Error> {
    let mut query = Entity::find()
        .filter(Column::SupersededAt.is_null())
        .filter(Column::Status.is_in(listed.statuses.iter().copied()))
        .order_by_asc(Column::SubmittedOn)
        .order_by_asc(Column::Id)
        .limit(std::cmp::min(first, PAGE) + 1);
    if let Some(bodies) = &listed.publishers {
        query = query.filter(Column::PublisherId.is_in(bodies.iter().copied()));
    }
    if let Some((day, id)) = after {
        let later = Column::SubmittedOn.eq(day).and(Column::Id.gt(id));
        query = query.filter(Column::SubmittedOn.gt(day).or(later));
    }
    query.all(&db.reader).await
}

/// How many requests there are in each of some states.
pub async fn counts(db: &Db, listed: &Listed) -> Result<Vec<(RequestStatus, i64)>, Error> {
    let mut query = Entity::find()
        .select_only()
        .column(Column::Status)
        .column_as(Column::Id.count(), "n")
        .filter(Column::SupersededAt.is_null())
        .filter(Column::Status.is_in(listed.statuses.iter().copied()))
        .group_by(Column::Status);
    if let Some(bodies) = &listed.publishers {
        query = query.filter(Column::PublisherId.is_in(bodies.iter().copied()));
    }
    query.into_tuple().all(&db.reader).await
}

/// What a request has led to.
pub async fn datasets(db: &Db, id: DataRequestId) -> Result<Vec<DatasetId>, Error> {
    of(&db.reader, id).await
}

/// What a request has led to, as the transaction sees it.
pub async fn datasets_in(transaction: &Transaction, id: DataRequestId) -> Result<Vec<DatasetId>, Error> {
    of(transaction, id).await
}

async fn of(connection: &impl ConnectionTrait, id: DataRequestId) -> Result<Vec<DatasetId>, Error> {
    use entity::data_request_dataset::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::DataRequestId.eq(id))
        .filter(Column::SupersededAt.is_null())
        .order_by_asc(Column::DatasetId)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.dataset_id).collect())
}

/// The codes of what a request may be about.
pub async fn themes(db: &Db) -> Result<Vec<String>, Error> {
    use entity::code::{Column, Entity};
    let rows = Entity::find().filter(Column::Scheme.eq(THEMES)).all(&db.reader).await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

/// The ids of public datasets by their slugs.
pub async fn datasets_named(transaction: &Transaction, slugs: &[String]) -> Result<Vec<(String, DatasetId)>, Error> {
    use entity::dataset::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::Slug.is_in(slugs.iter().cloned()))
        .filter(Column::SupersededAt.is_null())
        .filter(Column::Visibility.eq(RowVisibility::Public))
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.entity_id)).collect())
}
