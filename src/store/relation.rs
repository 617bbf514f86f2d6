//! Reads relations for the checks that need all of them at once.

use entity::id::OrganisationId;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter};

use super::{Db, Error, Transaction};
use crate::domain::subtree::PartOf;

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

/// All accepted parts of bodies, of all times.
pub async fn accepted_parts(connection: &impl ConnectionTrait) -> Result<Vec<PartOf>, Error> {
    use entity::relation::{Column, Entity};
    use entity::vocabulary::{Decision, RelationKind};
    let current = Column::SupersededAt.is_null();
    let accepted = Column::Kind.eq(RelationKind::PartOf).and(Column::Decision.eq(Decision::Accepted));
    let rows = Entity::find().filter(current.and(accepted)).all(connection).await?;
    let parts = rows.into_iter().map(|row| PartOf {
        body: row.from_id,
        parent: row.to_id,
        from: row.valid_from,
        to: row.valid_to,
    });
    Ok(parts.collect())
}

/// The same past every transaction.
pub async fn accepted_parts_now(db: &Db) -> Result<Vec<PartOf>, Error> {
    accepted_parts(&db.reader).await
}
