//! Who answers for an organisation. Private: only those who run the study and the person read it. Whoever has asked to be
//! forgotten is read by nobody here from then on; what is handed over to them is read in `store::privacy`.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::id::{ResponseId, StudyId, WaveId};
use entity::respondent::{Column, Entity};
use entity::vocabulary::ResponseStatus;
use sea_orm::sea_query::{Expr, OnConflict, Query, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QuerySelect};

use crate::store::privacy::leaving;
use crate::store::{Db, Error, Transaction, fact};

/// A respondent as it is stored.
pub type Respondent = entity::respondent::Model;

/// Stores who answers, over who did before.
pub async fn put(transaction: &Transaction, respondent: Respondent) -> Result<(), Error> {
    let again = OnConflict::column(Column::ResponseId)
        .update_columns([
            Column::Name,
            Column::Email,
            Column::EmailKey,
            Column::MayContact,
            Column::ConsentVersion,
            Column::ConfirmedAt,
        ])
        .to_owned();
    let row = Entity::insert(respondent.into_active_model()).on_conflict(again);
    row.exec_without_returning(transaction).await.map(|_| ())
}

/// Who answers; `None` also where they have asked to be forgotten.
pub async fn of(db: &Db, response: ResponseId) -> Result<Option<Respondent>, Error> {
    shown(&db.reader, response).await
}

/// Who answers, as the transaction sees it; `None` also where they have asked to be forgotten.
pub async fn of_in(transaction: &Transaction, response: ResponseId) -> Result<Option<Respondent>, Error> {
    shown(transaction, response).await
}

async fn shown(on: &impl ConnectionTrait, response: ResponseId) -> Result<Option<Respondent>, Error> {
    // The wishes come first: who is gone by the time that the row is read is gone.
    let leaving = leaving(on).await?;
    Ok(Entity::find_by_id(response).one(on).await?.filter(|row| !leaving.has(&row.email_key)))
}

/// The address of whoever answers as it is compared, also of those who have asked to be forgotten: to know their account
/// again, and not to be shown or written to.
pub async fn key_in(transaction: &Transaction, response: ResponseId) -> Result<Option<String>, Error> {
    let key = Entity::find_by_id(response).select_only().column(Column::EmailKey);
    key.into_tuple().one(transaction).await
}

/// Who answers some responses.
#[derive(Debug, Default)]
pub struct Answerers {
    pub shown: Vec<Respondent>,
    /// The responses of those who have asked to be forgotten: nothing else of them is told.
    pub leaving: Vec<ResponseId>,
}

/// Who answers these responses.
pub async fn of_all(db: &Db, responses: &[ResponseId]) -> Result<Answerers, Error> {
    let leaving = leaving(&db.reader).await?;
    let mut out = Answerers::default();
    for some in responses.chunks(fact::ROWS) {
        for row in Entity::find().filter(Column::ResponseId.is_in(some.iter().copied())).all(&db.reader).await? {
            if leaving.has(&row.email_key) {
                out.leaving.push(row.response_id);
            } else {
                out.shown.push(row);
            }
        }
    }
    Ok(out)
}

/// How many who answer in a wave have said themselves that they may be written to. Whose address came with a list of
/// invitations has said nothing, and whoever has asked to be forgotten says nothing any more.
pub async fn consenting(db: &Db, wave: WaveId) -> Result<u64, Error> {
    use entity::response;
    let theirs = response::Column::WaveId.eq(wave).and(response::Column::SupersededAt.is_null());
    let theirs = Query::select().column(response::Column::EntityId).from(response::Entity).cond_where(theirs).take();
    let said = Column::MayContact.eq(true).and(Column::ConsentVersion.is_not_null());
    let leaving = leaving(&db.reader).await?;
    let said =
        Entity::find().select_only().column(Column::EmailKey).filter(said.and(Column::ResponseId.in_subquery(theirs)));
    let keys: Vec<String> = said.into_tuple().all(&db.reader).await?;
    Ok(keys.iter().filter(|key| !leaving.has(key)).count() as u64)
}

/// Those of some addresses, as they are compared, that are not written to for a study unless they ask for it: who has
/// refused to take part in one of its waves, has said last that nobody may write, or has asked to be forgotten.
pub async fn unwilling(db: &Db, study: StudyId, keys: &[String]) -> Result<HashSet<String>, Error> {
    wants_none(&db.reader, study, keys).await
}

/// The same as the transaction sees it.
pub async fn unwilling_in(
    transaction: &Transaction,
    study: StudyId,
    keys: &[String],
) -> Result<HashSet<String>, Error> {
    wants_none(transaction, study, keys).await
}

async fn wants_none(on: &impl ConnectionTrait, study: StudyId, keys: &[String]) -> Result<HashSet<String>, Error> {
    use entity::{response, wave};
    let own = Query::select()
        .column(wave::Column::EntityId)
        .from(wave::Entity)
        .cond_where(wave::Column::StudyId.eq(study).and(wave::Column::SupersededAt.is_null()))
        .take();
    let own = response::Column::WaveId.in_subquery(own).and(response::Column::SupersededAt.is_null());
    let refused = own.clone().and(response::Column::Status.eq(ResponseStatus::Refused));
    let responses = |which: SimpleExpr| {
        Query::select().column(response::Column::EntityId).from(response::Entity).cond_where(which).take()
    };
    let (own, refused) = (responses(own), responses(refused));
    // Whose address came with a list of invitations has said nothing.
    let said = Column::MayContact.eq(false).or(Column::ConsentVersion.is_not_null());
    let mut last: HashMap<String, (DateTime<Utc>, bool)> = HashMap::new();
    let mut out_of_it: HashSet<String> = HashSet::new();
    for some in keys.chunks(fact::ROWS) {
        let these = Column::EmailKey.is_in(some).and(Column::ResponseId.in_subquery(own.clone())).and(said.clone());
        for row in Entity::find().filter(these).all(on).await? {
            let held = last.entry(row.email_key).or_insert((row.confirmed_at, row.may_contact));
            *held = (row.confirmed_at, row.may_contact).max(*held);
        }
        let these = Column::EmailKey.is_in(some).and(Column::ResponseId.in_subquery(refused.clone()));
        let those = Entity::find().select_only().column(Column::EmailKey).filter(these);
        out_of_it.extend(those.into_tuple::<String>().all(on).await?);
    }
    let leaving = leaving(on).await?;
    let may_not =
        |key: &&String| leaving.has(key) || out_of_it.contains(*key) || last.get(*key).is_some_and(|(_, may)| !may);
    Ok(keys.iter().filter(may_not).cloned().collect())
}

/// Takes back what somebody has said on their link to whether they may be written to; a no stays one.
pub async fn unsay(transaction: &Transaction, response: ResponseId) -> Result<(), Error> {
    let said = Column::ResponseId.eq(response).and(Column::MayContact.eq(true));
    let nothing = Expr::value(Option::<String>::None);
    let unsaid = Entity::update_many().col_expr(Column::ConsentVersion, nothing).filter(said);
    unsaid.exec(transaction).await.map(|_| ())
}

/// Forgets who answered.
pub async fn forget(transaction: &Transaction, response: ResponseId) -> Result<(), Error> {
    Entity::delete_by_id(response).exec(transaction).await.map(|_| ())
}
