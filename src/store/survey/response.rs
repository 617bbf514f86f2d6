//! Responses and how far they have come. Every move is compare-and-set. The version of a response that stands has the
//! response's own id, so it is found by its primary key.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::id::{OrganisationId, ResponseId, StudyId, WaveId};
use entity::response::{Column, Entity};
use entity::vocabulary::{CompletedBy, ResponseStatus, RowVisibility};
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use crate::domain::participation::SET_ASIDE;
use crate::store::edit::Restored;
use crate::store::{Db, Error, Transaction, fact, sql};

/// A response as it is stored.
pub type Response = entity::response::Model;
/// How far one has come.
pub type Answering = entity::answering::Model;

/// Stores a new response.
pub async fn insert(transaction: &Transaction, response: Response, answering: Answering) -> Result<(), Error> {
    Entity::insert(response.into_active_model()).exec_without_returning(transaction).await?;
    let answering = answering.into_active_model();
    entity::answering::Entity::insert(answering).exec_without_returning(transaction).await.map(|_| ())
}

/// A move of a response from one status to another.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    pub from: ResponseStatus,
    pub to: ResponseStatus,
    /// When it happens, as far as whoever moves it knows.
    pub at: DateTime<Utc>,
    /// The id under which what stood before is kept.
    pub version: ResponseId,
}

/// Moves a response; says whether it had the first status. The one it had stays as a former version, so that how many had
/// answered at a moment can be told.
pub async fn move_status(transaction: &Transaction, id: ResponseId, step: Move) -> Result<bool, Error> {
    let this = || standing(id).and(Column::Status.eq(step.from));
    let mut update = Entity::update_many().col_expr(Column::Status, step.to.as_str().into());
    let mut former = None;
    if step.from != step.to {
        let before = Entity::find().filter(this()).lock_exclusive().one(transaction).await?;
        let Some(before) = before else { return Ok(false) };
        // Who waited for another's move has read the clock before it: of any moment one version is the one that stood.
        let at = std::cmp::max(step.at, before.recorded_at);
        update = update.col_expr(Column::RecordedAt, at.into());
        former = Some(Response { id: step.version, superseded_at: Some(at), ..before });
    }
    let is_moved = update.filter(this()).exec(transaction).await?.rows_affected == 1;
    if let Some(former) = former.filter(|_| is_moved) {
        Entity::insert(former.into_active_model()).exec_without_returning(transaction).await?;
    }
    Ok(is_moved)
}

/// The version of a response that stands.
fn standing(id: ResponseId) -> SimpleExpr {
    Column::Id.eq(id).and(Column::SupersededAt.is_null())
}

/// How far a response had come before it was set aside; `None` where it has never stood otherwise.
pub async fn before_aside(transaction: &Transaction, id: ResponseId) -> Result<Option<ResponseStatus>, Error> {
    let former =
        Column::EntityId.eq(id).and(Column::SupersededAt.is_not_null()).and(Column::Status.is_not_in(SET_ASIDE));
    // Of one moment the version that was made last: ids go up.
    let latest = Entity::find().filter(former).order_by_desc(Column::SupersededAt).order_by_desc(Column::Id);
    let last = latest.one(transaction).await?;
    Ok(last.map(|row| row.status))
}

/// Lets responses leave the place that each has in its wave, so that others can be written there; their new versions are
/// written next.
pub async fn make_room(transaction: &Transaction, ids: &[ResponseId], at: DateTime<Utc>) -> Result<(), Error> {
    for some in ids.chunks(fact::ROWS) {
        Entity::update_many()
            .col_expr(Column::SupersededAt, at.into())
            .filter(Column::Id.is_in(some.iter().copied()).and(Column::SupersededAt.is_null()))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

/// Puts responses back as they stood before a merge of `gone` into `kept`, which took them there or made them double: how far one
/// has come since stands. What it said before that stays as a former version. `None` where one was sent, looked through or
/// ruled double since, or has gone on to another: then more hangs on it than whose it is.
pub async fn take_back(
    transaction: &Transaction,
    before: Vec<Response>,
    merged: (OrganisationId, OrganisationId),
    (at, mut version): (DateTime<Utc>, impl FnMut() -> Uuid + Send),
) -> Result<Option<Vec<Restored>>, Error> {
    let (mut formers, mut rows, mut done) = (Vec::new(), Vec::new(), Vec::new());
    for before in before {
        let now = Entity::find().filter(standing(before.id)).lock_exclusive().one(transaction).await?;
        let Some((now, mut after)) = now.and_then(|now| put_back(&before, &now, merged).map(|after| (now, after)))
        else {
            return Ok(None);
        };
        after.recorded_at = std::cmp::max(at, now.recorded_at);
        let written = |row: &Response| serde_json::to_value(row).map_err(|error| Error::Json(error.to_string()));
        done.push(Restored { record: after.entity_id.0, before: Some(written(&now)?), after: Some(written(&after)?) });
        formers.push(Response { id: ResponseId(version()), superseded_at: Some(after.recorded_at), ..now });
        rows.push(after);
    }
    fact::insert(transaction, formers).await?;
    // Two that have changed places go back at once.
    let ids: Vec<ResponseId> = rows.iter().map(|row| row.id).collect();
    make_room(transaction, &ids, at).await?;
    fact::upsert(transaction, rows).await?;
    Ok(Some(done))
}

/// A response that stands, without what a merge made of it: it lies with the one that stays, or is double and lies with the one
/// that is gone.
fn put_back(before: &Response, now: &Response, (kept, gone): (OrganisationId, OrganisationId)) -> Option<Response> {
    use ResponseStatus::{Duplicate, Submitted, Validated};
    let is_with_gone = now.organisation_id == gone;
    let status = if is_with_gone && now.status == Duplicate { before.status } else { now.status };
    let came_since = matches!(status, Submitted | Validated | Duplicate) && status != before.status;
    if came_since || !(is_with_gone || now.organisation_id == kept) {
        return None;
    }
    Some(Response { organisation_id: before.organisation_id, status, created_by: before.created_by, ..now.clone() })
}

/// Shows a response that was sent to everyone, since the move that comes with it.
pub async fn show(transaction: &Transaction, id: ResponseId) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Visibility, RowVisibility::Public.as_str().into())
        .filter(standing(id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Notes who filled a response in.
pub async fn completed(transaction: &Transaction, id: ResponseId, by: CompletedBy) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::CompletedBy, by.as_str().into())
        .filter(standing(id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// A response.
pub async fn by_id(db: &Db, id: ResponseId) -> Result<Option<Response>, Error> {
    at(&db.reader, id).await
}

/// Responses and whose they are.
pub async fn organisations_of(db: &Db, ids: &[ResponseId]) -> Result<Vec<(ResponseId, OrganisationId)>, Error> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(crate::store::fact::ROWS) {
        let these = Column::Id.is_in(ids.iter().copied()).and(Column::SupersededAt.is_null());
        let rows = Entity::find().filter(these).all(&db.reader).await?;
        found.extend(rows.into_iter().map(|row| (row.entity_id, row.organisation_id)));
    }
    Ok(found)
}

/// A response, as the transaction sees it.
pub async fn by_id_in(transaction: &Transaction, id: ResponseId) -> Result<Option<Response>, Error> {
    at(transaction, id).await
}

async fn at(connection: &impl ConnectionTrait, id: ResponseId) -> Result<Option<Response>, Error> {
    Entity::find().filter(standing(id)).one(connection).await
}

/// The response of an organisation in a wave.
pub async fn of(
    transaction: &Transaction,
    wave: WaveId,
    organisation: OrganisationId,
) -> Result<Option<Response>, Error> {
    let one = Column::WaveId.eq(wave).and(Column::OrganisationId.eq(organisation));
    Entity::find().filter(one.and(Column::SupersededAt.is_null())).one(transaction).await
}

/// The responses of an organisation, in all waves.
pub async fn of_organisation(db: &Db, organisation: OrganisationId) -> Result<Vec<Response>, Error> {
    let own = Column::OrganisationId.eq(organisation).and(Column::SupersededAt.is_null());
    Entity::find().filter(own).order_by_asc(Column::EntityId).all(&db.reader).await
}

/// Which of these organisations are in a wave of a study.
pub async fn of_study(db: &Db, study: StudyId, ids: &[OrganisationId]) -> Result<Vec<OrganisationId>, Error> {
    in_study(db, study, ids, Some(Column::SupersededAt.is_null())).await
}

/// Which of these organisations have been in a wave of a study, also where a merge has taken their response along since.
pub async fn once_of_study(db: &Db, study: StudyId, ids: &[OrganisationId]) -> Result<Vec<OrganisationId>, Error> {
    in_study(db, study, ids, None).await
}

async fn in_study(
    db: &Db,
    study: StudyId,
    ids: &[OrganisationId],
    which: Option<SimpleExpr>,
) -> Result<Vec<OrganisationId>, Error> {
    use entity::wave;
    let waves = wave::Entity::find().filter(wave::Column::StudyId.eq(study)).all(&db.reader).await?;
    let waves: Vec<_> = waves.into_iter().map(|wave| wave.entity_id).collect();
    let mut out = Vec::new();
    for some in ids.chunks(fact::ROWS) {
        let these = Column::OrganisationId.is_in(some.iter().copied()).and(Column::WaveId.is_in(waves.clone()));
        let these = Entity::find().filter(which.iter().cloned().fold(these, ExprTrait::and));
        out.extend(these.all(&db.reader).await?.into_iter().map(|row| row.organisation_id));
    }
    Ok(out)
}

/// The responses of these organisations in a wave, those left out that are not in it.
pub async fn of_those(db: &Db, wave: WaveId, ids: &[OrganisationId]) -> Result<Vec<Response>, Error> {
    let mut out = Vec::new();
    for some in ids.chunks(fact::ROWS) {
        let these = Column::OrganisationId.is_in(some.iter().copied()).and(Column::WaveId.eq(wave));
        out.extend(Entity::find().filter(these.and(Column::SupersededAt.is_null())).all(&db.reader).await?);
    }
    Ok(out)
}

/// Which responses of a wave are looked for.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    pub status: Option<ResponseStatus>,
    /// What the folded name of the organisation holds.
    pub name: Option<String>,
}

/// The responses of a wave after an id, in the order of their ids.
pub async fn page(
    db: &Db,
    wave: WaveId,
    sought: &Sought,
    after: Option<ResponseId>,
    first: u64,
) -> Result<Vec<Response>, Error> {
    let mut query = Entity::find().filter(Column::WaveId.eq(wave).and(Column::SupersededAt.is_null()));
    if let Some(status) = sought.status {
        query = query.filter(Column::Status.eq(status));
    }
    if let Some(name) = &sought.name {
        use entity::organisation;
        let of_name = organisation::Entity::find()
            .select_only()
            .column(organisation::Column::EntityId)
            .filter(organisation::Column::Folded.contains(name))
            .into_query();
        query = query.filter(Column::OrganisationId.in_subquery(of_name));
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query.order_by_asc(Column::Id).limit(first).all(&db.reader).await
}

/// How many responses of a wave have each status, by who filled them in.
pub async fn counts(db: &Db, wave: WaveId) -> Result<Vec<(ResponseStatus, CompletedBy, u64)>, Error> {
    let text = "select status, completed_by, count(*) from response
                where wave_id = ? and superseded_at is null group by 1, 2 order by 1, 2";
    let rows = db.reader.query_all_raw(sql(db.backend(), text, [wave.0.into()])).await?;
    let read = |row: &sea_orm::QueryResult| {
        let (word, by): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let count: i64 = row.try_get_by_index(2)?;
        let unknown = |e: entity::vocabulary::UnknownWord| Error::Type(e.to_string());
        Ok((word.parse().map_err(unknown)?, by.parse().map_err(unknown)?, count.unsigned_abs()))
    };
    rows.iter().map(read).collect()
}

/// How many responses of each wave were sent and have not been looked through.
pub async fn to_validate(db: &Db) -> Result<Vec<(WaveId, u64)>, Error> {
    let counts = Entity::find()
        .select_only()
        .column(Column::WaveId)
        .column_as(Column::Id.count(), "n")
        .filter(Column::Status.eq(ResponseStatus::Submitted).and(Column::SupersededAt.is_null()))
        .group_by(Column::WaveId);
    let rows: Vec<(WaveId, i64)> = counts.into_tuple().all(&db.reader).await?;
    Ok(rows.into_iter().map(|(wave, count)| (wave, count.unsigned_abs())).collect())
}

/// For each question of a wave how many responses gave a value, and how many each reason for none. Those that are in no
/// rate, ruled out or double, are in none of these either.
pub async fn item_counts(db: &Db, wave: WaveId) -> Result<BTreeMap<String, BTreeMap<String, u64>>, Error> {
    let text = "select a.question, coalesce(a.missing, 'answered'), count(*) from answer a
                join response r on r.id = a.response_id
                where r.wave_id = ? and r.superseded_at is null and a.superseded_at is null
                and r.status not in ('ineligible', 'duplicate')
                and (a.created_by is null or a.created_by = a.response_id)
                group by 1, 2";
    let mut out: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for row in db.reader.query_all_raw(sql(db.backend(), text, [wave.0.into()])).await? {
        let (question, how): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let count: i64 = row.try_get_by_index(2)?;
        out.entry(question).or_default().insert(how, count.unsigned_abs());
    }
    Ok(out)
}

/// How far a response has come.
pub async fn answering(transaction: &Transaction, id: ResponseId) -> Result<Option<Answering>, Error> {
    entity::answering::Entity::find_by_id(id).one(transaction).await
}

/// How far a response has come, outside a write.
pub async fn answering_of(db: &Db, id: ResponseId) -> Result<Option<Answering>, Error> {
    entity::answering::Entity::find_by_id(id).one(&db.reader).await
}

/// How far these responses have come.
pub async fn answerings(db: &Db, ids: &[ResponseId]) -> Result<Vec<Answering>, Error> {
    use entity::answering::{Column, Entity};
    Entity::find().filter(Column::ResponseId.is_in(ids.iter().copied())).all(&db.reader).await
}

/// Stores how far a response has come.
pub async fn put_answering(transaction: &Transaction, answering: Answering) -> Result<(), Error> {
    use sea_orm::ActiveModelTrait;
    answering.into_active_model().reset_all().update(transaction).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ResponseStatus as S;

    fn of(organisation: u128, status: ResponseStatus) -> Response {
        Response {
            id: ResponseId(Uuid::from_u128(7)),
            wave_id: WaveId(Uuid::from_u128(8)),
            organisation_id: OrganisationId(Uuid::from_u128(organisation)),
            channel: entity::vocabulary::Channel::Invited,
            status,
            completed_by: CompletedBy::Unknown,
            entity_id: ResponseId(Uuid::from_u128(7)),
            visibility: RowVisibility::Private,
            recorded_at: DateTime::UNIX_EPOCH,
            superseded_at: None,
            import_batch_id: None,
            created_by: None,
        }
    }

    #[test]
    fn what_a_merge_did_is_taken_back_and_no_more() {
        const KEPT: u128 = 1;
        const GONE: u128 = 2;
        let merged = (OrganisationId(Uuid::from_u128(KEPT)), OrganisationId(Uuid::from_u128(GONE)));
        for (before, now, back) in [
            (S::Invited, (KEPT, S::Invited), Some(S::Invited)),
            (S::Invited, (KEPT, S::Partial), Some(S::Partial)),
            (S::Partial, (KEPT, S::Refused), Some(S::Refused)),
            (S::Validated, (KEPT, S::Validated), Some(S::Validated)),
            (S::Submitted, (GONE, S::Duplicate), Some(S::Submitted)),
            // What was sent since speaks for the one that stayed.
            (S::Invited, (KEPT, S::Submitted), None),
            (S::Submitted, (KEPT, S::Validated), None),
            // Another merge made it double, or took it on.
            (S::Invited, (KEPT, S::Duplicate), None),
            (S::Invited, (3, S::Invited), None),
        ] {
            let found = put_back(&of(GONE, before), &of(now.0, now.1), merged);
            assert_eq!(found, back.map(|status| of(GONE, status)), "{before:?} {now:?}");
        }
        // The one that stays had one that came less far, and lost its place to the other's.
        for (before, now, back) in [
            (S::Invited, (GONE, S::Duplicate), Some(S::Invited)),
            (S::Submitted, (GONE, S::Duplicate), Some(S::Submitted)),
            (S::Duplicate, (GONE, S::Duplicate), Some(S::Duplicate)),
            (S::Invited, (3, S::Duplicate), None),
        ] {
            let found = put_back(&of(KEPT, before), &of(now.0, now.1), merged);
            assert_eq!(found, back.map(|status| of(KEPT, status)), "{before:?} {now:?}");
        }
    }
}
