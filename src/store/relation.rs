//! Reads relations for the checks that need all of them at once.

use entity::id::OrganisationId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Error, Transaction};

/// A relation as it is stored.
pub type Relation = entity::relation::Model;

/// All current relations.
pub async fn current(transaction: &Transaction) -> Result<Vec<Relation>, Error> {
    use entity::relation::{Column, Entity};
    Entity::find().filter(Column::SupersededAt.is_null()).all(transaction).await
}

/// The slug of an organisation, for messages.
pub async fn name_of(transaction: &Transaction, id: OrganisationId) -> Result<String, Error> {
    let found = entity::organisation::Entity::find_by_id(id).one(transaction).await?;
    Ok(found.map_or_else(|| id.to_string(), |organisation| organisation.slug))
}
