//! What has to be known of public bodies: the bodies above and below one, and how long one has to answer.

use chrono::NaiveDate;
use entity::id::OrganisationId;
use entity::vocabulary::RowVisibility;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::domain::subtree;
use crate::store::{Db, Error, Transaction, relation};

/// What an organisation is as a publisher.
pub type Profile = entity::publisher_profile::Model;

/// A body and the bodies above it on a day, the nearest first: by relations that were accepted.
pub async fn above(db: &Db, body: OrganisationId, on: NaiveDate) -> Result<Vec<OrganisationId>, Error> {
    Ok(subtree::above(&relation::accepted_parts_now(db).await?, body, on))
}

/// Some bodies and all that belong to them on a day.
pub async fn below(db: &Db, bodies: &[OrganisationId], on: NaiveDate) -> Result<Vec<OrganisationId>, Error> {
    Ok(subtree::below(&relation::accepted_parts_now(db).await?, bodies, on).into_iter().collect())
}

/// What a body is as a publisher.
pub async fn profile(transaction: &Transaction, body: OrganisationId) -> Result<Option<Profile>, Error> {
    use entity::publisher_profile::{Column, Entity};
    Entity::find()
        .filter(Column::OrganisationId.eq(body))
        .filter(Column::SupersededAt.is_null())
        .filter(Column::Visibility.eq(RowVisibility::Public))
        .one(transaction)
        .await
}

/// The organisation with a slug that everybody may see, and its name as it is stored.
pub async fn organisation(db: &Db, slug: &str) -> Result<Option<entity::organisation::Model>, Error> {
    use entity::organisation::{Column, Entity};
    Entity::find()
        .filter(Column::Slug.eq(slug))
        .filter(Column::SupersededAt.is_null())
        .filter(Column::Visibility.eq(RowVisibility::Public))
        .one(&db.reader)
        .await
}

/// Names of organisations by their ids.
pub async fn names(db: &Db, ids: &[OrganisationId]) -> Result<Vec<(OrganisationId, String, String)>, Error> {
    named(&db.reader, ids).await
}

async fn named(
    connection: &impl ConnectionTrait,
    ids: &[OrganisationId],
) -> Result<Vec<(OrganisationId, String, String)>, Error> {
    use entity::organisation::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::EntityId.is_in(ids.iter().copied()))
        .filter(Column::SupersededAt.is_null())
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.entity_id, row.slug, row.name)).collect())
}
