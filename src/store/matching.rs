//! What is compared to find records that may be one thing, and the pairs that were found.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{MatchCandidateId, OrganisationId};
use entity::match_candidate::{Column, Entity};
use entity::vocabulary::{
    AreaScheme, IdentifierScheme, LocationRole, MatchDecision, MatchKind, MatchVerdict, NameKind, RearrangementKind,
    RowVisibility,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use super::{Db, Error, Transaction, fact};

/// A pair as it is stored.
pub type Candidate = entity::match_candidate::Model;

/// What is known of organisations and bodies, as far as they are compared.
#[derive(Debug, Default)]
pub struct Compared {
    pub organisations: Vec<entity::organisation::Model>,
    pub names: Vec<entity::organisation_name::Model>,
    pub identifiers: Vec<entity::organisation_identifier::Model>,
    /// ISO 3166-2 code of the seat.
    pub states: HashMap<OrganisationId, String>,
    pub publishers: Vec<OrganisationId>,
    pub datasets: Vec<entity::dataset::Model>,
}

/// Reads all that is compared.
pub async fn compared(db: &Db) -> Result<Compared, Error> {
    let db = &db.reader;
    let codes: HashMap<_, String> = entity::area::Entity::find()
        .filter(entity::area::Column::Scheme.eq(AreaScheme::Subdivision))
        .all(db)
        .await?
        .into_iter()
        .map(|area| (area.id, area.code))
        .collect();
    let seats = entity::location::Entity::find()
        .filter(entity::location::Column::SupersededAt.is_null())
        .filter(entity::location::Column::Role.eq(LocationRole::Hq))
        .all(db)
        .await?;
    let states = seats.into_iter().filter_map(|row| Some((row.organisation_id, codes.get(&row.area_id?)?.clone())));
    macro_rules! current {
        ($table:ident) => {
            entity::$table::Entity::find()
                .filter(entity::$table::Column::SupersededAt.is_null())
                .filter(entity::$table::Column::Visibility.eq(RowVisibility::Public))
                .order_by_asc(entity::$table::Column::Id)
                .all(db)
                .await?
        };
    }
    let profiles: Vec<entity::publisher_profile::Model> = current!(publisher_profile);
    // The keyed hash of an RFC is private, and compared for all that.
    let identifiers = {
        use entity::organisation_identifier::{Column, Entity};
        let compared = Column::Visibility.eq(RowVisibility::Public).or(Column::Scheme.eq(IdentifierScheme::RfcHmac));
        Entity::find().filter(Column::SupersededAt.is_null().and(compared)).order_by_asc(Column::Id).all(db).await?
    };
    Ok(Compared {
        organisations: current!(organisation),
        names: current!(organisation_name).into_iter().filter(|row| row.kind != NameKind::Official).collect(),
        identifiers,
        states: states.collect(),
        publishers: profiles.into_iter().map(|row| row.organisation_id).collect(),
        datasets: current!(dataset),
    })
}

/// Writes pairs down. What a person has decided stays; what was found before and is not found any more goes.
pub async fn put(
    transaction: &Transaction,
    kinds: &[MatchKind],
    found: Vec<Candidate>,
    at: DateTime<Utc>,
) -> Result<u64, Error> {
    let before = Entity::find().count(transaction).await?;
    for chunk in found.chunks(fact::ROWS) {
        let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
        let again = OnConflict::columns([Column::Kind, Column::LeftId, Column::RightId])
            .update_columns([Column::Verdict, Column::Score, Column::Features, Column::FoundAt])
            .to_owned();
        Entity::insert_many(rows).on_conflict(again).exec_without_returning(transaction).await?;
    }
    let fresh = Entity::find().count(transaction).await?.saturating_sub(before);
    let stale = Column::Decision.is_null().and(Column::FoundAt.lt(at)).and(Column::Kind.is_in(kinds.iter().copied()));
    Entity::delete_many().filter(stale).exec(transaction).await?;
    Ok(fresh)
}

/// Keeps one pair, and says as what: one that was there keeps its id and what a person has made of it.
pub async fn keep(transaction: &Transaction, found: Candidate) -> Result<MatchCandidateId, Error> {
    let (kind, pair) = (found.kind, (found.left_id, found.right_id));
    let again = OnConflict::columns([Column::Kind, Column::LeftId, Column::RightId])
        .update_columns([Column::Verdict, Column::Score, Column::Features, Column::FoundAt])
        .to_owned();
    let id = found.id;
    Entity::insert(found.into_active_model()).on_conflict(again).exec_without_returning(transaction).await?;
    let kept = Entity::find().filter(of_pair(pair).and(Column::Kind.eq(kind))).one(transaction).await?;
    Ok(kept.map_or(id, |row| row.id))
}

/// Which pairs are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    pub kind: Option<MatchKind>,
    /// `None` are those that nobody has decided.
    pub decision: Option<MatchDecision>,
}

/// Pairs, the likeliest first, after one of them.
pub async fn page(
    db: &Db,
    wanted: Wanted,
    after: Option<(i32, MatchCandidateId)>,
    first: u64,
) -> Result<Vec<Candidate>, Error> {
    let mut query = of(wanted);
    if let Some((score, id)) = after {
        query = query.filter(Column::Score.lt(score).or(Column::Score.eq(score).and(Column::Id.gt(id))));
    }
    query.order_by_desc(Column::Score).order_by_asc(Column::Id).limit(first).all(&db.reader).await
}

/// How many pairs stand before one of them, and how many there are: of those that nobody has decided only those whose
/// sides are both there.
pub async fn standing(db: &Db, wanted: Wanted, (score, id): (i32, MatchCandidateId)) -> Result<(u64, u64), Error> {
    let query = match wanted.decision {
        None => of(wanted).filter(is_there(Column::LeftId).and(is_there(Column::RightId))),
        Some(_) => of(wanted),
    };
    let ahead = Column::Score.gt(score).or(Column::Score.eq(score).and(Column::Id.lt(id)));
    let before = query.clone().filter(ahead).count(&db.reader).await?;
    Ok((before, query.count(&db.reader).await?))
}

fn of(wanted: Wanted) -> Select<Entity> {
    let query = match wanted.decision {
        None => Entity::find().filter(undecided()),
        Some(decision) => Entity::find().filter(Column::Decision.eq(decision)),
    };
    match wanted.kind {
        Some(kind) => query.filter(Column::Kind.eq(kind)),
        None => query,
    }
}

/// Whether a side is a record that has not ended.
fn is_there(side: Column) -> sea_orm::sea_query::SimpleExpr {
    use entity::{dataset, organisation};
    let organisations = organisation::Entity::find().select_only().column(organisation::Column::Id);
    let datasets = dataset::Entity::find().select_only().column(dataset::Column::Id);
    side.in_subquery(organisations.filter(organisation::Column::SupersededAt.is_null()).into_query())
        .or(side.in_subquery(datasets.filter(dataset::Column::SupersededAt.is_null()).into_query()))
}

/// How many pairs wait for a decision.
pub async fn waiting(db: &Db) -> Result<u64, Error> {
    Entity::find().filter(undecided()).count(&db.reader).await
}

/// What waits for a decision: not what somebody only wished to see beside something else.
fn undecided() -> sea_orm::sea_query::SimpleExpr {
    Column::Decision.is_null().and(Column::Verdict.ne(MatchVerdict::Different))
}

/// One pair.
pub async fn by_id(db: &Db, id: MatchCandidateId) -> Result<Option<Candidate>, Error> {
    Entity::find_by_id(id).one(&db.reader).await
}

/// One pair; whoever decides it at the same time waits.
pub async fn locked(transaction: &Transaction, id: MatchCandidateId) -> Result<Option<Candidate>, Error> {
    Entity::find_by_id(id).lock_exclusive().one(transaction).await
}

/// The pairs of a record that nobody has told apart, the likeliest first.
pub async fn of_record(db: &Db, record: Uuid, first: u64) -> Result<Vec<Candidate>, Error> {
    let apart = Column::Decision.eq(MatchDecision::Different);
    Entity::find()
        .filter(Column::LeftId.eq(record).or(Column::RightId.eq(record)))
        .filter(Column::Decision.is_null().or(apart.not()))
        .order_by_desc(Column::Score)
        .order_by_asc(Column::Id)
        .limit(first)
        .all(&db.reader)
        .await
}

/// Writes a decision down.
pub async fn decide(transaction: &Transaction, row: Candidate) -> Result<(), Error> {
    Entity::update(row.into_active_model().reset_all_but_key()).exec(transaction).await.map(|_| ())
}

/// Marks all columns but the key as changed.
trait ResetAll {
    fn reset_all_but_key(self) -> Self;
}

impl ResetAll for entity::match_candidate::ActiveModel {
    fn reset_all_but_key(self) -> Self {
        let id = self.id.clone();
        Self { id, ..sea_orm::ActiveModelTrait::reset_all(self) }
    }
}

/// Whether somebody has told two records apart; who says so at the same time waits.
pub async fn are_apart(transaction: &Transaction, pair: (Uuid, Uuid)) -> Result<bool, Error> {
    let found = Entity::find().filter(of_pair(pair)).lock_exclusive().all(transaction).await?;
    Ok(found.iter().any(|row| row.decision == Some(MatchDecision::Different)))
}

/// A merge, or a series, decides the pair that it is about.
pub async fn settle(
    transaction: &Transaction,
    kind: RearrangementKind,
    pair: (Uuid, Uuid),
    (by, at): (Uuid, DateTime<Utc>),
) -> Result<(), Error> {
    if matches!(kind, RearrangementKind::OrganisationSplit | RearrangementKind::DatasetSplit) {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::Decision, MatchDecision::Same.as_str().into())
        .col_expr(Column::DecidedBy, by.into())
        .col_expr(Column::DecidedAt, at.into())
        .filter(of_pair(pair))
        .exec(transaction)
        .await
        .map(|_| ())
}

/// A merge that was taken back leaves its pair to be decided anew.
pub async fn reopen(transaction: &Transaction, kind: RearrangementKind, pair: (Uuid, Uuid)) -> Result<(), Error> {
    if matches!(kind, RearrangementKind::OrganisationSplit | RearrangementKind::DatasetSplit) {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::Decision, sea_orm::sea_query::Expr::val(None::<String>))
        .col_expr(Column::DecidedBy, sea_orm::sea_query::Expr::val(None::<Uuid>))
        .col_expr(Column::DecidedAt, sea_orm::sea_query::Expr::val(None::<DateTime<Utc>>))
        .filter(of_pair(pair).and(Column::Decision.eq(MatchDecision::Same)))
        .exec(transaction)
        .await
        .map(|_| ())
}

fn of_pair((one, other): (Uuid, Uuid)) -> sea_orm::sea_query::SimpleExpr {
    let (left, right) = if one < other { (one, other) } else { (other, one) };
    Column::LeftId.eq(left).and(Column::RightId.eq(right))
}

/// What those who decide see of some records.
#[derive(Debug, Default)]
pub struct Seen {
    pub organisations: Vec<entity::organisation::Model>,
    pub names: Vec<entity::organisation_name::Model>,
    pub identifiers: Vec<entity::organisation_identifier::Model>,
    pub levels: HashMap<OrganisationId, entity::vocabulary::PublisherLevel>,
    /// ISO 3166-2 code of the seat.
    pub states: HashMap<OrganisationId, String>,
    pub datasets: Vec<entity::dataset::Model>,
    /// Names of the publishers of the datasets, as they are stored.
    pub publisher_names: HashMap<OrganisationId, String>,
    /// How many current claims name a record.
    pub claims: HashMap<Uuid, u64>,
}

/// Reads some records with what tells them apart; a record that is not current is not there.
pub async fn seen(db: &Db, organisations: &[Uuid], datasets: &[Uuid]) -> Result<Seen, Error> {
    let reader = &db.reader;
    let mut seen = Seen::default();
    macro_rules! current {
        ($table:ident, $column:ident, $ids:expr) => {
            entity::$table::Entity::find()
                .filter(entity::$table::Column::$column.is_in($ids.iter().copied()))
                .filter(entity::$table::Column::SupersededAt.is_null())
                .order_by_asc(entity::$table::Column::Id)
                .all(reader)
                .await?
        };
    }
    if !organisations.is_empty() {
        seen.organisations = current!(organisation, Id, organisations);
        seen.names = current!(organisation_name, OrganisationId, organisations);
        seen.identifiers = current!(organisation_identifier, OrganisationId, organisations);
        let profiles: Vec<entity::publisher_profile::Model> =
            current!(publisher_profile, OrganisationId, organisations);
        seen.levels = profiles.into_iter().map(|row| (row.organisation_id, row.level)).collect();
        let seats: Vec<entity::location::Model> = current!(location, OrganisationId, organisations);
        let areas: Vec<_> = seats.iter().filter_map(|row| row.area_id).collect();
        let areas = entity::area::Entity::find().filter(entity::area::Column::Id.is_in(areas)).all(reader).await?;
        let codes: HashMap<_, String> = areas.into_iter().map(|area| (area.id, area.code)).collect();
        let coded = |row: entity::location::Model| Some((row.organisation_id, codes.get(&row.area_id?)?.clone()));
        seen.states = seats.into_iter().filter_map(coded).collect();
    }
    if !datasets.is_empty() {
        seen.datasets = current!(dataset, Id, datasets);
        let publishers: Vec<Uuid> = seen.datasets.iter().map(|row| row.publisher_id.0).collect();
        let publishers: Vec<entity::organisation::Model> = current!(organisation, Id, publishers);
        seen.publisher_names = publishers.into_iter().map(|row| (row.id, row.name)).collect();
    }
    let counted: [(&[Uuid], &[&str]); 2] =
        [(organisations, &["organisation_id", "publisher_id"]), (datasets, &["dataset_id", "series_id"])];
    for (ids, columns) in counted {
        for column in columns {
            for ids in ids.chunks(fact::ROWS) {
                let marks = vec!["?"; ids.len()].join(", ");
                let text = format!(
                    "select {column}, count(*) from use_claim where {column} in ({marks}) and superseded_at is null \
                     group by {column}"
                );
                let values = ids.iter().map(|id| sea_orm::Value::from(*id));
                let statement = super::sql(db.backend(), &text, values);
                for row in sea_orm::ConnectionTrait::query_all_raw(reader, statement).await? {
                    let (id, count): (Uuid, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
                    *seen.claims.entry(id).or_default() += count.cast_unsigned();
                }
            }
        }
    }
    Ok(seen)
}
