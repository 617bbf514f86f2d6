//! Withdraws known successions that nobody has decided.

use entity::id::{ImportBatchId, SourceId};
use sea_orm::{ConnectionTrait, Value};

use super::{Error, Transaction, sql};

/// Relations of the list as they were put forward, that nobody has touched.
const UNDECIDED: &str = "source_id = ? and import_batch_id is null and created_by is null \
                         and superseded_at is null and decision = 'proposed'";

/// Deletes the relations that a list put forward and nobody has decided, with the unseen bodies that only they name, if
/// one of them leads to a body of a batch; says how many relations that were. Putting them forward again brings them
/// back, as far as the record then has their bodies.
pub async fn withdraw(transaction: &Transaction, batch: ImportBatchId, list: SourceId) -> Result<u64, Error> {
    let on = transaction.get_database_backend();
    let touched = format!(
        "select 1 from relation where {UNDECIDED} and (from_id in (select id from organisation where import_batch_id = ?) \
         or to_id in (select id from organisation where import_batch_id = ?)) limit 1"
    );
    let values: [Value; 3] = [list.0.into(), batch.0.into(), batch.0.into()];
    if transaction.query_one_raw(sql(on, &touched, values)).await?.is_none() {
        return Ok(0);
    }
    let delete = sql(on, &format!("delete from relation where {UNDECIDED}"), [list.0.into()]);
    let count = transaction.execute_raw(delete).await?.rows_affected();
    // A body that something else leads to, a decided relation or a claim, stays.
    let bare = "select o.id from organisation o where o.source_id = ? and o.import_batch_id is null \
                and o.created_by is null and o.superseded_at is null and o.visibility = 'private' \
                and not exists (select 1 from relation r where r.from_id = o.id or r.to_id = o.id) \
                and not exists (select 1 from dataset d where d.publisher_id = o.id) \
                and not exists (select 1 from use_claim c where c.organisation_id = o.id or c.publisher_id = o.id \
                or c.stated_publisher_id = o.id) \
                and not exists (select 1 from data_request q where q.publisher_id = o.id) \
                and not exists (select 1 from role_grant g where g.scope_id = o.id)";
    for (table, column) in
        [("publisher_profile", "organisation_id"), ("organisation_name", "organisation_id"), ("organisation", "id")]
    {
        let delete = format!("delete from {table} where {column} in ({bare})");
        transaction.execute_raw(sql(on, &delete, [list.0.into()])).await?;
    }
    Ok(count)
}
