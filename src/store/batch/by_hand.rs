//! What people have done to the rows of a batch: it stands in the way of taking the batch back.

use std::collections::BTreeSet;

use entity::id::ImportBatchId;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Error, Transaction, fact, references, sql};

/// What was done to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Did {
    /// A row of the batch says something else now.
    Changed,
    /// A row that no import brought names one of the batch.
    Added,
}

/// A record that people have worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    pub table: &'static str,
    pub id: Uuid,
    /// The name of the organisation, or the title of the dataset, that it is or belongs to, as it is stored.
    pub name: Option<String>,
    pub did: Did,
}

/// The records that people have worked on, at most so many, and how many there are.
pub async fn by_hand(
    transaction: &Transaction,
    batch: ImportBatchId,
    most: usize,
) -> Result<(Vec<Worked>, usize), Error> {
    let on = transaction.get_database_backend();
    let mut found: BTreeSet<(usize, Uuid, Did)> = BTreeSet::new();
    for (at, table) in fact::TABLES.iter().enumerate() {
        let text = format!(
            "select entity_id from {table} where import_batch_id = ? and created_by is not null and superseded_at is null"
        );
        for row in transaction.query_all_raw(sql(on, &text, [batch.0.into()])).await? {
            found.insert((at, row.try_get_by_index(0)?, Did::Changed));
        }
    }
    let references = references(transaction).await?;
    for (child, column, parent) in &references {
        let Some(at) = fact::TABLES.iter().position(|table| table == child) else { continue };
        let text = format!(
            "select distinct c.entity_id from {child} c join {parent} p on p.id = c.{column}
             where p.import_batch_id = ? and c.import_batch_id is null"
        );
        for row in transaction.query_all_raw(sql(on, &text, [batch.0.into()])).await? {
            found.insert((at, row.try_get_by_index(0)?, Did::Added));
        }
    }
    let mut worked = Vec::new();
    for (at, id, did) in found.iter().copied().take(most) {
        let table = fact::TABLES[at];
        worked.push(Worked { table, id, name: name_of(transaction, table, id, &references).await?, did });
    }
    Ok((worked, found.len()))
}

/// What a record is called: itself, or what it belongs to.
async fn name_of(
    transaction: &Transaction,
    table: &str,
    id: Uuid,
    references: &[(String, String, String)],
) -> Result<Option<String>, Error> {
    let column_to = |parent: &str| references.iter().find(|(child, _, to)| child == table && to == parent);
    let text = match table {
        "organisation" => "select name from organisation where entity_id = ? and superseded_at is null".to_owned(),
        "dataset" => "select title from dataset where entity_id = ? and superseded_at is null".to_owned(),
        _ => match (column_to("organisation"), column_to("dataset")) {
            (Some((_, column, _)), _) => {
                format!("select p.name from {table} c join organisation p on p.id = c.{column} where c.entity_id = ?")
            }
            (None, Some((_, column, _))) => {
                format!("select p.title from {table} c join dataset p on p.id = c.{column} where c.entity_id = ?")
            }
            (None, None) => return Ok(None),
        },
    };
    let statement = sql(transaction.get_database_backend(), &text, [id.into()]);
    transaction.query_one_raw(statement).await?.map(|row| row.try_get_by_index(0)).transpose()
}
