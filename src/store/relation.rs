//! Reads relations: all at once for checks, and those that wait for a decision.

use entity::id::{OrganisationId, RelationId};
use entity::vocabulary::{Decision, RelationKind};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Value};
use uuid::Uuid;

use super::{Db, Error, Transaction, fact, sql};
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

/// A body to which proposed relations lead.
#[derive(Clone, Copy, Debug)]
pub struct Parent {
    pub id: Uuid,
    pub waiting: u64,
    /// How many relations to it have been decided.
    pub decided: u64,
}

/// Bodies to which proposed relations lead, those with the most first.
pub async fn parents(db: &Db, first: u64) -> Result<Vec<Parent>, Error> {
    let text = "select to_id, sum(case when decision = 'proposed' then 1 else 0 end), \
                sum(case when decision = 'proposed' then 0 else 1 end) from relation where superseded_at is null \
                group by to_id having sum(case when decision = 'proposed' then 1 else 0 end) > 0 \
                order by 2 desc, to_id limit ?";
    let statement = sql(db.backend(), text, [first.cast_signed().into()]);
    let rows = db.reader.query_all_raw(statement).await?;
    let read = |row: &sea_orm::QueryResult| {
        let (waiting, decided): (i64, i64) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        Ok(Parent { id: row.try_get_by_index(0)?, waiting: waiting.cast_unsigned(), decided: decided.cast_unsigned() })
    };
    rows.iter().map(read).collect()
}

/// Relations in a state, in the order of their ids.
pub async fn page(
    db: &Db,
    decision: Decision,
    parent: Option<OrganisationId>,
    after: Option<RelationId>,
    first: u64,
) -> Result<Vec<Relation>, Error> {
    use entity::relation::{Column, Entity};
    let mut query = Entity::find().filter(Column::SupersededAt.is_null().and(Column::Decision.eq(decision)));
    if let Some(parent) = parent {
        query = query.filter(Column::ToId.eq(parent));
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query.order_by_asc(Column::Id).limit(first).all(&db.reader).await
}

/// One current relation.
pub async fn by_id(db: &Db, id: RelationId) -> Result<Option<Relation>, Error> {
    let found = entity::relation::Entity::find_by_id(id).one(&db.reader).await?;
    Ok(found.filter(|row| row.superseded_at.is_none()))
}

/// How many relations of belonging to a body have been decided.
pub async fn decided_under(transaction: &Transaction, parent: OrganisationId) -> Result<u64, Error> {
    use entity::relation::{Column, Entity};
    let decided = Entity::find()
        .filter(Column::ToId.eq(parent).and(Column::Kind.eq(RelationKind::PartOf)))
        .filter(Column::SupersededAt.is_null().and(Column::Decision.ne(Decision::Proposed)));
    sea_orm::PaginatorTrait::count(decided, transaction).await
}

/// How many current claims name one of some bodies, or a dataset of theirs.
pub async fn claims_on(transaction: &Transaction, bodies: &[Uuid]) -> Result<u64, Error> {
    let mut count = 0_u64;
    for bodies in bodies.chunks(fact::ROWS) {
        let marks = vec!["?"; bodies.len()].join(", ");
        let text = format!(
            "select count(*) from use_claim c left join dataset d on d.id = coalesce(c.dataset_id, c.series_id) \
             where c.superseded_at is null and c.status = 'accepted' \
             and (c.publisher_id in ({marks}) or d.publisher_id in ({marks}))"
        );
        let values = bodies.iter().chain(bodies).map(|id| Value::from(*id));
        let statement = sql(transaction.get_database_backend(), &text, values);
        if let Some(row) = transaction.query_one_raw(statement).await? {
            count += row.try_get_by_index::<i64>(0)?.cast_unsigned();
        }
    }
    Ok(count)
}

/// All bodies with their folded names.
pub async fn bodies(db: &Db) -> Result<Vec<(OrganisationId, String)>, Error> {
    let text = "select o.id, o.folded from organisation o join publisher_profile p on p.organisation_id = o.id \
                where o.superseded_at is null and p.superseded_at is null order by o.id";
    let rows = db.reader.query_all_raw(sql(db.backend(), text, [])).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// Whether a relation is recorded, or was under this id.
pub async fn is_there(
    transaction: &Transaction,
    (from, to, kind): (OrganisationId, OrganisationId, RelationKind),
    id: RelationId,
) -> Result<bool, Error> {
    use entity::relation::{Column, Entity};
    let same = Column::FromId.eq(from).and(Column::ToId.eq(to)).and(Column::Kind.eq(kind));
    let same = same.and(Column::SupersededAt.is_null()).or(Column::Id.eq(id));
    Ok(Entity::find().filter(same).one(transaction).await?.is_some())
}
