//! The days that are no business days.

use chrono::NaiveDate;
use entity::holiday::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use crate::store::{Db, Error, Transaction};

/// All of them, in order.
pub async fn all(db: &Db) -> Result<Vec<(NaiveDate, String)>, Error> {
    let rows = Entity::find().order_by_asc(Column::Day).all(&db.reader).await?;
    Ok(rows.into_iter().map(|row| (row.day, row.name)).collect())
}

/// Those from a day on.
pub async fn from(transaction: &Transaction, day: NaiveDate) -> Result<Vec<NaiveDate>, Error> {
    let rows = Entity::find().filter(Column::Day.gte(day)).order_by_asc(Column::Day).all(transaction).await?;
    Ok(rows.into_iter().map(|row| row.day).collect())
}

/// Puts a list in the place of the one before.
pub async fn replace(transaction: &Transaction, days: Vec<(NaiveDate, String)>) -> Result<(), Error> {
    Entity::delete_many().exec(transaction).await?;
    for days in days.chunks(crate::store::fact::ROWS) {
        let rows = days.iter().map(|(day, name)| Model { day: *day, name: name.clone() }.into_active_model());
        Entity::insert_many(rows).exec_without_returning(transaction).await?;
    }
    Ok(())
}
