//! Lists of who is to be invited, while their preview is looked at: one for each account and wave.

use chrono::{DateTime, Utc};
use entity::id::{AccountId, WaveId};
use entity::invite_draft::{Column, Entity};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter};

use crate::store::{Db, Error, Transaction};

/// A list as it is stored.
pub type InviteDraft = entity::invite_draft::Model;

/// Stores a list over the one before.
pub async fn put(transaction: &Transaction, draft: InviteDraft) -> Result<(), Error> {
    let again = OnConflict::columns([Column::AccountId, Column::WaveId])
        .update_columns([Column::List, Column::ByLetter, Column::SavedAt])
        .to_owned();
    Entity::insert(draft.into_active_model()).on_conflict(again).exec_without_returning(transaction).await.map(|_| ())
}

/// The list of an account for a wave, unless it was stored before a moment.
pub async fn of(db: &Db, account: AccountId, wave: WaveId, since: DateTime<Utc>) -> Result<Option<InviteDraft>, Error> {
    let whose = Column::AccountId.eq(account).and(Column::WaveId.eq(wave));
    Entity::find().filter(whose).filter(Column::SavedAt.gte(since)).one(&db.reader).await
}

/// Takes the list of an account for a wave away.
pub async fn clear(transaction: &Transaction, account: AccountId, wave: WaveId) -> Result<(), Error> {
    let whose = Column::AccountId.eq(account).and(Column::WaveId.eq(wave));
    Entity::delete_many().filter(whose).exec(transaction).await.map(|_| ())
}
