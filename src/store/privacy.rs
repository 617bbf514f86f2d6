//! The rows that are about a person: what is handed over to them, what becomes of it when they are to be forgotten,
//! and when its time is over. One rule for each table; a test holds that no table about people is without one.

mod rules;

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::erasure::{Column, Entity};
use entity::id::{AccountId, ErasureId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, IntoActiveModel, JsonValue, QueryFilter,
    QueryOrder, QuerySelect, Statement, Value,
};

use super::{Db, Error, Transaction, sql};
use crate::domain::privacy::digest_of;
pub use rules::{Erase, RULES, Rule};

/// Somebody who has asked to be forgotten, as it is stored.
pub type Erasure = entity::erasure::Model;

/// By what a person is known in the rows.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their account, where there is one.
    pub account: Option<AccountId>,
    /// Their address as it is compared.
    pub email_key: String,
}

/// Fills `{account}`, `{email}` and `{digest}` of a condition in.
fn about(person: &Person, condition: &str) -> (String, Vec<Value>) {
    let (mut text, mut values, mut rest) = (String::new(), Vec::new(), condition);
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        text.push('?');
        values.push(match name {
            "account" => Value::Uuid(person.account.map(|id| id.0)),
            "digest" => digest_of(&person.email_key).into(),
            _ => person.email_key.as_str().into(),
        });
        rest = after;
    }
    text.push_str(rest);
    (text, values)
}

/// Everything that is kept of a person and may be handed over, by table.
pub async fn export(db: &Db, person: &Person) -> Result<BTreeMap<&'static str, Vec<JsonValue>>, Error> {
    let on = db.backend();
    let mut found = BTreeMap::new();
    for rule in RULES.iter().filter(|rule| !rule.shown.is_empty()) {
        let (condition, values) = about(person, rule.whose);
        let text = format!("select {} from {} where {condition}", rule.shown, rule.table);
        let rows = db.reader.query_all_raw(sql(on, &text, values)).await?;
        let rows = rows.iter().map(|row| JsonValue::from_query_result(row, ""));
        let rows: Vec<_> = rows.collect::<Result<_, Error>>()?;
        if !rows.is_empty() {
            found.insert(rule.table, rows);
        }
    }
    Ok(found)
}

/// What was sent in the responses that a person gave, or was asked to give.
pub async fn answers(db: &Db, person: &Person) -> Result<Vec<entity::answer::Model>, Error> {
    use entity::{answer, respondent};
    let asked = respondent::Entity::find().filter(respondent::Column::EmailKey.eq(&person.email_key)).all(&db.reader);
    let asked: Vec<_> = asked.await?.into_iter().map(|one| one.response_id).collect();
    let sent = answer::Entity::find().filter(answer::Column::ResponseId.is_in(asked));
    sent.order_by_asc(answer::Column::Id).all(&db.reader).await
}

/// Ends what a person has open: from here on nobody reads or writes in their name, and nobody writes to them.
pub async fn block(transaction: &Transaction, person: &Person, at: DateTime<Utc>) -> Result<(), Error> {
    let on = transaction.get_database_backend();
    for (condition, statement) in rules::BLOCK {
        let (condition, values) = about(person, condition);
        let text = format!("{statement} where {condition}");
        let moments = statement.matches('?').count();
        let values = std::iter::repeat_n(Value::from(at), moments).chain(values);
        transaction.execute_raw(sql(on, &text, values)).await?;
    }
    Ok(())
}

/// How many letters wait for a person.
pub async fn letters(transaction: &Transaction, person: &Person) -> Result<u64, Error> {
    let (condition, values) = about(person, rules::WAITING_LETTERS);
    let text = format!("select count(*) from outbox_message where {condition}");
    let row = transaction.query_one_raw(statement(transaction, &text, values)).await?;
    Ok(row.map(|row| row.try_get_by_index::<i64>(0)).transpose()?.unwrap_or_default().cast_unsigned())
}

/// Deletes or blanks every row about a person; says how many there were.
pub async fn purge(transaction: &Transaction, person: &Person, name: &str) -> Result<u64, Error> {
    let mut count = 0;
    for rule in RULES {
        let (condition, values) = about(person, rule.whose);
        let statement = match rule.erase {
            Erase::Keep(_) => continue,
            Erase::Delete => statement(transaction, &format!("delete from {} where {condition}", rule.table), values),
            Erase::Blank(assignments) => {
                let text = format!("update {} set {assignments} where {condition}", rule.table);
                let names = std::iter::repeat_n(Value::from(name), assignments.matches('?').count());
                statement(transaction, &text, names.chain(values).collect())
            }
        };
        count += transaction.execute_raw(statement).await?.rows_affected();
    }
    Ok(count)
}

fn statement(transaction: &Transaction, text: &str, values: Vec<Value>) -> Statement {
    sql(transaction.get_database_backend(), text, values)
}

/// Deletes the rows whose term is over; says how many they were.
pub async fn forget(transaction: &Transaction, now: DateTime<Utc>) -> Result<u64, Error> {
    let mut count = 0;
    for rule in RULES {
        let Some((over, days)) = rule.over else { continue };
        let before = Value::from(now - TimeDelta::days(days));
        let moments = std::iter::repeat_n(before, over.matches('?').count()).collect();
        let text = format!("delete from {} where {over}", rule.table);
        count += transaction.execute_raw(statement(transaction, &text, moments)).await?.rows_affected();
    }
    Ok(count)
}

/// Writes down who has asked.
pub async fn insert(transaction: &Transaction, erasure: Erasure) -> Result<(), Error> {
    Entity::insert(erasure.into_active_model()).exec_without_returning(transaction).await.map(|_| ())
}

/// Those who are still to be forgotten, and those who were, the latest first.
pub async fn all(transaction: &Transaction) -> Result<Vec<Erasure>, Error> {
    Entity::find().order_by_desc(Column::AskedAt).order_by_desc(Column::Id).all(transaction).await
}

/// The wish of an address that is not carried out yet.
pub async fn waiting(transaction: &Transaction, email_digest: &str) -> Result<Option<Erasure>, Error> {
    let wish = Entity::find().filter(Column::EmailDigest.eq(email_digest)).filter(Column::PurgedAt.is_null());
    wish.one(transaction).await
}

/// Whether all that is kept of a person is from after a moment at which they were forgotten: that was done here, or neither
/// their account nor their word as a respondent is older.
pub async fn has_come_back(transaction: &Transaction, person: &Person, since: DateTime<Utc>) -> Result<bool, Error> {
    use entity::{account, respondent};
    let done = Column::EmailDigest.eq(digest_of(&person.email_key)).and(Column::PurgedAt.gte(since));
    if Entity::find().filter(done).one(transaction).await?.is_some() {
        return Ok(true);
    }
    let key = person.email_key.as_str();
    let had = account::Column::EmailKey.eq(key).and(account::Column::CreatedAt.lte(since));
    let said = respondent::Column::EmailKey.eq(key).and(respondent::Column::ConfirmedAt.lte(since));
    let is_older = account::Entity::find().filter(had).one(transaction).await?.is_some()
        || respondent::Entity::find().filter(said).one(transaction).await?.is_some();
    Ok(!is_older)
}

/// The addresses that have asked to be forgotten and still are to be.
#[derive(Debug)]
pub struct Leaving(HashSet<String>);

impl Leaving {
    /// Whether an address is one of them.
    pub fn has(&self, email_key: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&digest_of(email_key))
    }
}

/// Who is still to be forgotten, as a reader or a transaction sees it.
pub async fn leaving(on: &impl ConnectionTrait) -> Result<Leaving, Error> {
    let wishes = Entity::find().select_only().column(Column::EmailDigest).filter(Column::PurgedAt.is_null());
    Ok(Leaving(wishes.into_tuple().all(on).await?.into_iter().collect()))
}

/// Marks a wish as carried out.
pub async fn done(transaction: &Transaction, id: ErasureId, at: DateTime<Utc>) -> Result<(), Error> {
    let done = sea_orm::sea_query::Expr::value(at);
    Entity::update_many().col_expr(Column::PurgedAt, done).filter(Column::Id.eq(id)).exec(transaction).await.map(|_| ())
}

/// Takes a wish back.
pub async fn withdraw(transaction: &Transaction, id: ErasureId) -> Result<(), Error> {
    Entity::delete_by_id(id).exec(transaction).await.map(|_| ())
}

/// Every address in the record with its account, to find the one that a digest is of.
pub async fn addresses(transaction: &Transaction) -> Result<Vec<Person>, Error> {
    let on = transaction.get_database_backend();
    let text = "select a.id, a.email_key from account a
                union all select null, r.email_key from respondent r
                where not exists (select 1 from account a where a.email_key = r.email_key) group by r.email_key";
    let rows = transaction.query_all_raw(sql(on, text, [])).await?;
    let person = |row: &sea_orm::QueryResult| {
        let account = row.try_get_by_index::<Option<uuid::Uuid>>(0)?.map(AccountId);
        Ok(Person { account, email_key: row.try_get_by_index(1)? })
    };
    rows.iter().map(person).collect()
}

/// Rewrites the file, so that nothing of what was deleted is left between its pages. Only SQLite needs it.
pub async fn compact(db: &Db) -> Result<(), Error> {
    if !db.is_postgres() {
        for text in ["vacuum", "pragma wal_checkpoint(truncate)"] {
            db.writer.execute_unprepared(text).await?;
        }
    }
    Ok(())
}
