//! What people have said of whether a study may write to them. It is kept by a digest of their address, apart from any
//! response: neither a merge, nor another address of the organisation, nor a response that is begun anew takes it away.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::erasure;
use entity::id::{ResponseId, StudyId};
use entity::letter_wish::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter};

use crate::domain::privacy::digest_of;
use crate::store::{Db, Error, Transaction, fact};

/// Where and when something is said.
pub type Said = (ResponseId, DateTime<Utc>);

/// Keeps that nobody may write to an address. Of several such words the first counts, so that it is
/// [taken back](take_back) where it was said.
pub async fn refuse(transaction: &Transaction, (study, email_key): (StudyId, &str), said: Said) -> Result<(), Error> {
    refuse_of(transaction, (study, digest_of(email_key)), said).await
}

/// The same, of an address that is known by its digest alone.
pub async fn refuse_of(transaction: &Transaction, whose: (StudyId, String), said: Said) -> Result<(), Error> {
    let agreed = Expr::col((Entity, Column::MayWrite)).eq(true);
    let mut again = OnConflict::columns([Column::StudyId, Column::EmailDigest]);
    put(transaction, whose, (false, said), again.action_and_where(agreed)).await
}

/// Keeps that the owner of an address agrees to be written to, whatever was said before.
pub async fn agree(transaction: &Transaction, (study, email_key): (StudyId, &str), said: Said) -> Result<(), Error> {
    let whose = (study, digest_of(email_key));
    let mut again = OnConflict::columns([Column::StudyId, Column::EmailDigest]);
    put(transaction, whose, (true, said), &mut again).await
}

async fn put(
    transaction: &Transaction,
    (study_id, email_digest): (StudyId, String),
    (may_write, (response, said_at)): (bool, Said),
    again: &mut OnConflict,
) -> Result<(), Error> {
    let wish = Model { study_id, email_digest, may_write, said_at, response_id: Some(response) };
    let again = again.update_columns([Column::MayWrite, Column::SaidAt, Column::ResponseId]).to_owned();
    let row = Entity::insert(wish.into_active_model()).on_conflict(again);
    row.exec_without_returning(transaction).await.map(|_| ())
}

/// Takes back what was said against letters in a response; what was said in another stays.
pub async fn take_back(
    transaction: &Transaction,
    (study_id, email_key): (StudyId, &str),
    response: ResponseId,
) -> Result<(), Error> {
    let own = Column::StudyId.eq(study_id).and(Column::EmailDigest.eq(digest_of(email_key)));
    let own = own.and(Column::MayWrite.eq(false)).and(Column::ResponseId.eq(response));
    Entity::delete_many().filter(own).exec(transaction).await.map(|_| ())
}

/// Those of some addresses, as they are compared, that are not written to for a study unless they ask for it: who has
/// refused to take part in one of its waves, has said last that nobody may write, or has asked to be forgotten and has
/// not agreed again since they were.
pub async fn unwilling(db: &Db, study: StudyId, keys: &[String]) -> Result<HashSet<String>, Error> {
    among(&db.reader, study, keys).await
}

/// The same, as the transaction sees it.
pub async fn unwilling_in(
    transaction: &Transaction,
    study: StudyId,
    keys: &[String],
) -> Result<HashSet<String>, Error> {
    among(transaction, study, keys).await
}

async fn among(on: &impl ConnectionTrait, study: StudyId, keys: &[String]) -> Result<HashSet<String>, Error> {
    let mut out = HashSet::new();
    for some in keys.chunks(fact::ROWS) {
        let digests: HashMap<String, &String> = some.iter().map(|key| (digest_of(key), key)).collect();
        let said = Entity::find().filter(Column::StudyId.eq(study)).filter(Column::EmailDigest.is_in(digests.keys()));
        let said: HashMap<String, Model> =
            said.all(on).await?.into_iter().map(|wish| (wish.email_digest.clone(), wish)).collect();
        let gone = erasure::Entity::find().filter(erasure::Column::EmailDigest.is_in(digests.keys()));
        let gone: HashSet<String> = gone
            .all(on)
            .await?
            .into_iter()
            .filter(|wish| {
                let agreed = said.get(&wish.email_digest).filter(|said| said.may_write).map(|said| said.said_at);
                wish.purged_at.is_none_or(|purged| agreed.is_none_or(|agreed| agreed < purged))
            })
            .map(|wish| wish.email_digest)
            .collect();
        let wants_none =
            |digest: &String| gone.contains(digest) || said.get(digest).is_some_and(|said| !said.may_write);
        out.extend(digests.iter().filter(|(digest, _)| wants_none(digest)).map(|(_, key)| (*key).clone()));
    }
    Ok(out)
}
