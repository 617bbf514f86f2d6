//! Import batches and the revisions they make: beginning, publishing, listing and undoing.

mod by_hand;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::id::ImportBatchId;
use entity::vocabulary::BatchStatus;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QueryResult, Value,
};
use uuid::Uuid;

use super::{Db, Error, Transaction, fact, head_in, listen, sql};

pub use by_hand::{Did, Worked, by_hand};

/// A batch as it is stored.
pub type Batch = entity::import_batch::Model;

/// Stores a batch that begins.
pub async fn insert(transaction: &Transaction, batch: Batch) -> Result<(), Error> {
    entity::import_batch::Entity::insert(batch.into_active_model()).exec_without_returning(transaction).await?;
    Ok(())
}

/// Stores how a batch ended.
pub async fn finish(transaction: &Transaction, batch: &Batch) -> Result<(), Error> {
    let text = "update import_batch set status = ?, finished_at = ?, counts = ?, revision = ? where id = ?";
    let values: [Value; 5] = [
        batch.status.as_str().into(),
        batch.finished_at.into(),
        batch.counts.clone().into(),
        batch.revision.into(),
        batch.id.0.into(),
    ];
    transaction.execute_raw(sql(transaction.get_database_backend(), text, values)).await.map(|_| ())
}

/// All batches, the newest first.
pub async fn all(db: &Db) -> Result<Vec<Batch>, Error> {
    use entity::import_batch::{Column, Entity};
    Entity::find().order_by_desc(Column::StartedAt).order_by_desc(Column::Id).all(&db.reader).await
}

/// One batch.
pub async fn by_id(transaction: &Transaction, id: ImportBatchId) -> Result<Option<Batch>, Error> {
    entity::import_batch::Entity::find_by_id(id).one(transaction).await
}

/// What a revision is about.
#[derive(Debug)]
pub struct Change<'c> {
    /// `import`, `undo` or `reference`.
    pub kind: &'c str,
    /// The batch behind it.
    pub batch: Option<ImportBatchId>,
    /// How many rows changed.
    pub count: u64,
    /// (table, id) of each changed record; empty with a count above zero is a bulk change.
    pub records: Vec<(&'static str, Uuid)>,
}

/// Takes the next revision. It is the last statement of a transaction: the lock on the one row of
/// `record_head` makes revisions commit in their order.
pub async fn revise(transaction: &Transaction, at: DateTime<Utc>, change: Change<'_>) -> Result<i64, Error> {
    let on = transaction.get_database_backend();
    let step = "update record_head set revision = revision + 1, changed_at = ? where id = 1";
    transaction.execute_raw(sql(on, step, [at.into()])).await?;
    let (number, _) = head_in(transaction).await?;
    let is_bulk = change.records.is_empty() && change.count > 0;
    let row = entity::revision::Model {
        number,
        recorded_at: at,
        kind: change.kind.to_owned(),
        import_batch_id: change.batch,
        changed_count: change.count.cast_signed(),
        is_bulk,
    };
    entity::revision::Entity::insert(row.into_active_model()).exec_without_returning(transaction).await?;
    let mut records = change.records;
    records.sort_unstable();
    records.dedup();
    for chunk in records.chunks(fact::ROWS) {
        let rows = chunk.iter().map(|(kind, record_id)| {
            let kind = (*kind).to_owned();
            entity::revision_change::Model { revision: number, kind, record_id: *record_id }.into_active_model()
        });
        entity::revision_change::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    }
    if on == sea_orm::DbBackend::Postgres {
        let notify = sql(on, "select pg_notify(?, ?)", [listen::CHANNEL.into(), number.to_string().into()]);
        transaction.query_one_raw(notify).await?;
    }
    Ok(number)
}

/// The batch that stands in the way of undoing `batch`: a later one that changed its rows or points at
/// them. `Some(None)` is a row made or changed by hand.
pub async fn in_the_way(transaction: &Transaction, batch: &Batch) -> Result<Option<Option<ImportBatchId>>, Error> {
    let on = transaction.get_database_backend();
    let id = batch.id.0;
    let later = "b.status = 'published' and b.id <> ? and b.revision > ?";
    let revision = batch.revision.unwrap_or_default();
    let same_row = format!(
        "select c.import_batch_id from import_change c join import_batch b on b.id = c.import_batch_id
         join import_change mine on mine.row_id = c.row_id and mine.table_name = c.table_name
         where mine.import_batch_id = ? and {later} limit 1"
    );
    if let Some(row) = first(transaction, sql(on, &same_row, [id.into(), id.into(), revision.into()])).await? {
        return Ok(Some(Some(ImportBatchId(row))));
    }
    for table in fact::TABLES {
        let made_here = format!(
            "select c.import_batch_id from import_change c join import_batch b on b.id = c.import_batch_id
             join {table} t on t.id = c.row_id
             where c.table_name = '{table}' and t.import_batch_id = ? and {later} limit 1"
        );
        if let Some(row) = first(transaction, sql(on, &made_here, [id.into(), id.into(), revision.into()])).await? {
            return Ok(Some(Some(ImportBatchId(row))));
        }
    }
    for table in fact::TABLES {
        let text = format!(
            "select 1 from {table} where import_batch_id = ? and created_by is not null and superseded_at is null limit 1"
        );
        if transaction.query_one_raw(sql(on, &text, [id.into()])).await?.is_some() {
            return Ok(Some(None));
        }
    }
    for (child, column, parent) in references(transaction).await? {
        let points = format!(
            "select c.import_batch_id from {child} c join {parent} p on p.id = c.{column}
             where p.import_batch_id = ? and (c.import_batch_id is null or c.import_batch_id <> ?) limit 1"
        );
        let statement = sql(on, &points, [id.into(), id.into()]);
        if let Some(row) = transaction.query_one_raw(statement).await? {
            let by: Option<Uuid> = row.try_get_by_index(0)?;
            return Ok(Some(by.map(ImportBatchId)));
        }
    }
    Ok(None)
}

async fn first(transaction: &Transaction, statement: sea_orm::Statement) -> Result<Option<Uuid>, Error> {
    transaction.query_one_raw(statement).await?.map(|row| row.try_get_by_index(0)).transpose()
}

/// (child, column, parent) of every foreign key between tables of facts, as the database has them.
async fn references(transaction: &Transaction) -> Result<Vec<(String, String, String)>, Error> {
    let on = transaction.get_database_backend();
    let text = match on {
        sea_orm::DbBackend::Postgres => {
            "select c.relname::text, a.attname::text, p.relname::text from pg_constraint k
             join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
             join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
             where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace order by 1, 2"
        }
        _ => {
            "select m.name, f.\"from\", f.\"table\" from sqlite_master m, pragma_foreign_key_list(m.name) f
             where m.type = 'table' order by 1, 2"
        }
    };
    let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?));
    let all: Vec<(String, String, String)> =
        transaction.query_all_raw(sql(on, text, [])).await?.iter().map(read).collect::<Result<_, Error>>()?;
    let is_fact = |table: &String| fact::TABLES.contains(&table.as_str());
    Ok(all.into_iter().filter(|(child, _, parent)| is_fact(child) && is_fact(parent)).collect())
}

/// Puts back what stood before the batch and deletes what it brought; says how many rows that were.
pub async fn take_back(transaction: &Transaction, batch: ImportBatchId, at: DateTime<Utc>) -> Result<u64, Error> {
    use entity::import_change::{Column, Entity};
    let on = transaction.get_database_backend();
    // Its rows step aside first, so that no restored row meets them in a unique index.
    for table in fact::TABLES {
        let aside = format!("update {table} set superseded_at = ? where import_batch_id = ? and superseded_at is null");
        transaction.execute_raw(sql(on, &aside, [at.into(), batch.0.into()])).await?;
    }
    let mut count = 0;
    let mut position = 0;
    loop {
        let changes = Entity::find()
            .filter(Column::ImportBatchId.eq(batch))
            .filter(Column::Position.gt(position))
            .order_by_asc(Column::Position);
        let changes = sea_orm::QuerySelect::limit(changes, fact::ROWS as u64).all(transaction).await?;
        let Some(last) = changes.last() else { break };
        position = last.position;
        count += changes.len() as u64;
        let mut images: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for change in changes {
            images.entry(change.table_name).or_default().push(change.before);
        }
        for (table, images) in images {
            fact::restore(transaction, &table, &images).await?;
        }
    }
    for table in fact::TABLES.iter().rev() {
        let delete = sql(on, &format!("delete from {table} where import_batch_id = ?"), [batch.0.into()]);
        count += transaction.execute_raw(delete).await?.rows_affected();
    }
    Ok(count)
}

/// Marks the batch as undone.
pub async fn mark_undone(transaction: &Transaction, id: ImportBatchId) -> Result<(), Error> {
    let text = "update import_batch set status = ? where id = ?";
    let values: [Value; 2] = [BatchStatus::Undone.as_str().into(), id.0.into()];
    transaction.execute_raw(sql(transaction.get_database_backend(), text, values)).await.map(|_| ())
}
