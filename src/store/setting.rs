//! The few values that the program keeps about the database itself.

use sea_orm::ConnectionTrait;

use super::{Db, Error, Transaction, sql};

/// The value of a setting.
pub async fn value(db: &Db, key: &str) -> Result<Option<String>, Error> {
    let row =
        db.reader.query_one_raw(sql(db.backend(), "select value from setting where key = ?", [key.into()])).await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}

/// Sets it.
pub async fn set(transaction: &Transaction, key: &str, value: &str) -> Result<(), Error> {
    let statement = sql(
        transaction.get_database_backend(),
        "insert into setting (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
        [key.into(), value.into()],
    );
    transaction.execute_raw(statement).await.map(|_| ())
}
