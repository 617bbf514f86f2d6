//! What the record knows of an organisation that is invited, and new ones that nobody sees yet.

use entity::id::{AreaId, OrganisationId};
use entity::organisation::{Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::store::{Db, Error, Transaction, fact};

/// An organisation as it is stored.
pub type Organisation = entity::organisation::Model;

/// Stores a new organisation.
pub async fn insert(transaction: &Transaction, organisation: Organisation) -> Result<(), Error> {
    Entity::insert(organisation.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// The organisations with these slugs.
pub async fn by_slugs(db: &Db, slugs: &[String]) -> Result<Vec<Organisation>, Error> {
    let mut out = Vec::new();
    for some in slugs.chunks(fact::ROWS) {
        let these = Column::Slug.is_in(some.iter().map(String::as_str)).and(Column::SupersededAt.is_null());
        out.extend(Entity::find().filter(these).all(&db.reader).await?);
    }
    Ok(out)
}

/// An organisation.
pub async fn by_id(db: &Db, id: OrganisationId) -> Result<Option<Organisation>, Error> {
    at(&db.reader, id).await
}

/// An organisation, as the transaction sees it.
pub async fn by_id_in(transaction: &Transaction, id: OrganisationId) -> Result<Option<Organisation>, Error> {
    at(transaction, id).await
}

async fn at(connection: &impl ConnectionTrait, id: OrganisationId) -> Result<Option<Organisation>, Error> {
    Entity::find().filter(Column::EntityId.eq(id).and(Column::SupersededAt.is_null())).one(connection).await
}

/// Several organisations, each as it stands, or as it was last where it has been merged into another.
pub async fn last_of(db: &Db, ids: &[OrganisationId]) -> Result<Vec<Organisation>, Error> {
    let these = |ids: &[OrganisationId]| Column::EntityId.is_in(ids.iter().copied());
    let mut out = Entity::find().filter(these(ids).and(Column::SupersededAt.is_null())).all(&db.reader).await?;
    let gone: Vec<_> = ids.iter().filter(|id| out.iter().all(|one| one.entity_id != **id)).copied().collect();
    if gone.is_empty() {
        return Ok(out);
    }
    // The newest of each comes first.
    let past = Entity::find().filter(these(&gone)).order_by_desc(Column::RecordedAt).order_by_desc(Column::Id);
    for one in past.all(&db.reader).await? {
        if out.iter().all(|known| known.entity_id != one.entity_id) {
            out.push(one);
        }
    }
    Ok(out)
}

/// The organisations whose names fold to these.
pub async fn of_names(db: &Db, folded: &[String]) -> Result<Vec<Organisation>, Error> {
    let mut out = Vec::new();
    for some in folded.chunks(fact::ROWS) {
        let these = Column::Folded.is_in(some.iter().map(String::as_str)).and(Column::SupersededAt.is_null());
        out.extend(Entity::find().filter(these).order_by_asc(Column::Id).all(&db.reader).await?);
    }
    Ok(out)
}

/// These organisations, those left out that are no more.
pub async fn by_ids(db: &Db, ids: &[OrganisationId]) -> Result<Vec<Organisation>, Error> {
    let mut out = Vec::new();
    for some in ids.chunks(fact::ROWS) {
        let these = Column::EntityId.is_in(some.iter().copied()).and(Column::SupersededAt.is_null());
        out.extend(Entity::find().filter(these).order_by_asc(Column::Id).all(&db.reader).await?);
    }
    Ok(out)
}

/// The organisations that are no more and whose last names fold to these.
pub async fn gone_of_names(db: &Db, folded: &[String]) -> Result<Vec<Organisation>, Error> {
    let mut out = Vec::new();
    for some in folded.chunks(fact::ROWS) {
        let these = Column::Folded.is_in(some.iter().map(String::as_str)).and(Column::SupersededAt.is_not_null());
        // The last version of an organisation has its own id; those before it have others.
        let last = Expr::col((Entity, Column::Id)).equals((Entity, Column::EntityId));
        out.extend(Entity::find().filter(these.and(last)).order_by_asc(Column::Id).all(&db.reader).await?);
    }
    Ok(out)
}

/// What is known of an organisation beyond its own row.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Codes it has, as (scheme, code, role).
    pub codes: Vec<(String, String, entity::vocabulary::CodeRole)>,
    /// Where its seat is: the locality, and the code of the subdivision.
    pub seat: (Option<String>, Option<String>),
    /// The accepted uses, as the rows say them.
    pub uses: Vec<entity::use_claim::Model>,
}

/// What is known of an organisation beyond its own row.
pub async fn known(transaction: &Transaction, id: OrganisationId) -> Result<Known, Error> {
    Ok(Known {
        codes: codes(transaction, id).await?,
        seat: seat(transaction, id).await?,
        uses: uses(transaction, id).await?,
    })
}

async fn codes(
    transaction: &Transaction,
    id: OrganisationId,
) -> Result<Vec<(String, String, entity::vocabulary::CodeRole)>, Error> {
    use entity::organisation_code::{Column, Entity};
    let own = Column::OrganisationId.eq(id).and(Column::SupersededAt.is_null());
    let mut out = Vec::new();
    for row in Entity::find().filter(own).order_by_asc(Column::Id).all(transaction).await? {
        let Some(code_id) = row.code_id else { continue };
        if let Some(code) = entity::code::Entity::find_by_id(code_id).one(transaction).await? {
            out.push((code.scheme, code.code, row.role));
        }
    }
    Ok(out)
}

async fn seat(transaction: &Transaction, id: OrganisationId) -> Result<(Option<String>, Option<String>), Error> {
    use entity::location::{Column, Entity};
    let own = Column::OrganisationId.eq(id).and(Column::SupersededAt.is_null());
    let Some(seat) = Entity::find().filter(own).order_by_asc(Column::Role).one(transaction).await? else {
        return Ok((None, None));
    };
    Ok((seat.locality, area(transaction, seat.area_id).await?))
}

async fn area(transaction: &Transaction, id: Option<AreaId>) -> Result<Option<String>, Error> {
    let Some(id) = id else { return Ok(None) };
    Ok(entity::area::Entity::find_by_id(id).one(transaction).await?.map(|area| area.code))
}

/// The uses of an organisation that are accepted.
pub async fn uses(transaction: &Transaction, id: OrganisationId) -> Result<Vec<entity::use_claim::Model>, Error> {
    use entity::use_claim::{Column, Entity};
    Entity::find()
        .filter(Column::OrganisationId.eq(id).and(Column::SupersededAt.is_null()))
        .filter(Column::Status.eq(entity::vocabulary::ClaimStatus::Accepted))
        .order_by_asc(Column::Id)
        .all(transaction)
        .await
}
