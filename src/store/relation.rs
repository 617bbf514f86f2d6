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

/// All accepted parts of bodies, of all times, and the bodies that others have succeeded: whoever speaks for a body speaks
/// for those that it succeeded too.
pub async fn accepted_parts(connection: &impl ConnectionTrait) -> Result<Vec<PartOf>, Error> {
    use entity::relation::{Column, Entity};
    let current = Column::SupersededAt.is_null();
    let leads_up = Column::Kind.is_in([RelationKind::PartOf, RelationKind::SucceededBy, RelationKind::MergedInto]);
    let accepted = leads_up.and(Column::Decision.eq(Decision::Accepted));
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
    /// How many of them say that a body is part of it.
    pub parts: u64,
    /// How many of its parts have been decided.
    pub decided: u64,
}

/// Bodies to which proposed relations lead, those with the most first.
pub async fn parents(db: &Db, first: u64) -> Result<Vec<Parent>, Error> {
    let text = "select to_id, sum(case when decision = 'proposed' then 1 else 0 end), \
                sum(case when decision = 'proposed' and kind = 'part_of' then 1 else 0 end), \
                sum(case when decision <> 'proposed' and kind = 'part_of' then 1 else 0 end) \
                from relation where superseded_at is null \
                group by to_id having sum(case when decision = 'proposed' then 1 else 0 end) > 0 \
                order by 2 desc, to_id limit ?";
    let statement = sql(db.backend(), text, [first.cast_signed().into()]);
    let rows = db.reader.query_all_raw(statement).await?;
    let read = |row: &sea_orm::QueryResult| {
        let count = |at: usize| row.try_get_by_index::<i64>(at).map(i64::cast_unsigned);
        Ok(Parent { id: row.try_get_by_index(0)?, waiting: count(1)?, parts: count(2)?, decided: count(3)? })
    };
    rows.iter().map(read).collect()
}

/// Relations in a state, of some kinds or of all, in the order of their ids.
pub async fn page(
    db: &Db,
    (decision, parent, kinds): (Decision, Option<OrganisationId>, &[RelationKind]),
    after: Option<RelationId>,
    first: u64,
) -> Result<Vec<Relation>, Error> {
    use entity::relation::{Column, Entity};
    let mut query = Entity::find().filter(Column::SupersededAt.is_null().and(Column::Decision.eq(decision)));
    if let Some(parent) = parent {
        query = query.filter(Column::ToId.eq(parent));
    }
    if !kinds.is_empty() {
        query = query.filter(Column::Kind.is_in(kinds.iter().copied()));
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

/// A body by one of its names.
#[derive(Clone, Debug)]
pub struct Named {
    pub id: OrganisationId,
    pub folded: String,
    /// Whether it is called so now.
    pub is_own: bool,
    /// Whether a relation that nobody has rejected says that it is part of another.
    pub is_part: bool,
}

/// All bodies with their names, acronyms left out.
pub async fn bodies(db: &Db) -> Result<Vec<Named>, Error> {
    let text = "select b.id, b.folded, b.is_own, case when exists (select 1 from relation r where r.from_id = b.id \
                and r.superseded_at is null and r.kind = 'part_of' and r.decision <> 'rejected') then 1 else 0 end \
                from (select id, folded, 1 as is_own from organisation where superseded_at is null \
                union all select organisation_id, folded, 0 from organisation_name where superseded_at is null \
                and kind <> 'acronym') b \
                where exists (select 1 from publisher_profile p where p.organisation_id = b.id \
                and p.superseded_at is null) order by b.id";
    let rows = db.reader.query_all_raw(sql(db.backend(), text, [])).await?;
    let flag = |row: &sea_orm::QueryResult, at: usize| Ok::<_, Error>(row.try_get_by_index::<i32>(at)? != 0);
    let read = |row: &sea_orm::QueryResult| {
        Ok(Named {
            id: row.try_get_by_index(0)?,
            folded: row.try_get_by_index(1)?,
            is_own: flag(row, 2)?,
            is_part: flag(row, 3)?,
        })
    };
    rows.iter().map(read).collect()
}

/// A relation as it is recorded; else as it was under this id before it was taken away.
pub async fn find(
    transaction: &Transaction,
    (from, to, kind): (OrganisationId, OrganisationId, RelationKind),
    id: RelationId,
) -> Result<Option<Relation>, Error> {
    use entity::relation::{Column, Entity};
    let same = Column::FromId.eq(from).and(Column::ToId.eq(to)).and(Column::Kind.eq(kind));
    let found = Entity::find().filter(same.and(Column::SupersededAt.is_null())).one(transaction).await?;
    if found.is_some() {
        return Ok(found);
    }
    Entity::find_by_id(id).one(transaction).await
}

/// Whether an accepted relation leads to a body or from it.
pub async fn is_held(transaction: &Transaction, body: OrganisationId) -> Result<bool, Error> {
    use entity::relation::{Column, Entity};
    let of = Column::FromId.eq(body).or(Column::ToId.eq(body));
    let holds = Column::SupersededAt.is_null().and(Column::Decision.eq(Decision::Accepted));
    Ok(Entity::find().filter(of.and(holds)).one(transaction).await?.is_some())
}

/// Whether nothing but relations that nobody has accepted hangs on a body.
pub async fn is_bare(transaction: &Transaction, body: OrganisationId) -> Result<bool, Error> {
    let text = "select case when \
                exists (select 1 from relation where superseded_at is null and decision = 'accepted' \
                and (from_id = ? or to_id = ?)) \
                or exists (select 1 from dataset where superseded_at is null and publisher_id = ?) \
                or exists (select 1 from use_claim where superseded_at is null \
                and (organisation_id = ? or publisher_id = ? or stated_publisher_id = ?)) \
                or exists (select 1 from data_request where superseded_at is null and publisher_id = ?) \
                or exists (select 1 from role_grant where revoked_at is null and scope_id = ?) \
                then 0 else 1 end";
    let statement = sql(transaction.get_database_backend(), text, std::iter::repeat_n(Value::from(body.0), 8));
    let row = transaction.query_one_raw(statement).await?;
    Ok(row.map(|row| row.try_get_by_index::<i32>(0)).transpose()? == Some(1))
}
