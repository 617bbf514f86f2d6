//! Who supports a request.

use entity::id::{AccountId, DataRequestId, OrganisationId};
use entity::request_support::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::store::{Db, Error, Transaction};

/// A support as it is stored.
pub type Support = entity::request_support::Model;

/// Whose support it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Organisation(OrganisationId),
    Account(AccountId),
}

/// The support that somebody gives to a request.
pub async fn find(transaction: &Transaction, request: DataRequestId, whose: Whose) -> Result<Option<Support>, Error> {
    let query = Entity::find().filter(Column::DataRequestId.eq(request)).filter(Column::SupersededAt.is_null());
    let query = match whose {
        Whose::Organisation(id) => query.filter(Column::OrganisationId.eq(id)),
        Whose::Account(id) => query.filter(Column::AccountId.eq(id)),
    };
    query.one(transaction).await
}

/// All supports of some requests, the oldest first.
pub async fn of(db: &Db, requests: &[DataRequestId]) -> Result<Vec<Support>, Error> {
    Entity::find()
        .filter(Column::DataRequestId.is_in(requests.iter().copied()))
        .filter(Column::SupersededAt.is_null())
        .order_by_asc(Column::SupportedOn)
        .order_by_asc(Column::Id)
        .all(&db.reader)
        .await
}

/// All supports of a request, as the transaction sees them.
pub async fn of_in(transaction: &Transaction, request: DataRequestId) -> Result<Vec<Support>, Error> {
    Entity::find()
        .filter(Column::DataRequestId.eq(request))
        .filter(Column::SupersededAt.is_null())
        .order_by_asc(Column::Id)
        .all(transaction)
        .await
}
