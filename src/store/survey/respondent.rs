//! Who answers for an organisation. Private: only those who run the study and the person read it. Whoever has asked to be
//! forgotten is read by nobody here from then on; what is handed over to them is read in `store::privacy`.

use entity::id::{ResponseId, StudyId, WaveId};
use entity::respondent::{Column, Entity};
use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QuerySelect};

use super::letter_wish;
use crate::store::privacy::leaving;
use crate::store::{Db, Error, Transaction, fact};

/// A respondent as it is stored.
pub type Respondent = entity::respondent::Model;

/// Whether somebody has said themselves who they are, or whether they may be written to: nobody who invites writes over it.
pub fn has_spoken(respondent: &Respondent) -> bool {
    respondent.consent_version.is_some() || !respondent.may_contact
}

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
/// invitations has said nothing; whom the study does not write to all the same is not counted.
pub async fn consenting(db: &Db, (study, wave): (StudyId, WaveId)) -> Result<u64, Error> {
    use entity::response;
    let theirs = response::Column::WaveId.eq(wave).and(response::Column::SupersededAt.is_null());
    let theirs = Query::select().column(response::Column::EntityId).from(response::Entity).cond_where(theirs).take();
    let said = Column::MayContact.eq(true).and(Column::ConsentVersion.is_not_null());
    let said =
        Entity::find().select_only().column(Column::EmailKey).filter(said.and(Column::ResponseId.in_subquery(theirs)));
    let keys: Vec<String> = said.into_tuple().all(&db.reader).await?;
    let unwilling = letter_wish::unwilling(db, study, &keys).await?;
    Ok(keys.iter().filter(|key| !unwilling.contains(*key)).count() as u64)
}

/// Takes back that somebody has said on their link that they may be written to; a no stays one.
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
