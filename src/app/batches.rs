//! Lists the runs of importers, and takes one back.

use std::collections::BTreeMap;

use entity::id::ImportBatchId;
use entity::vocabulary::BatchStatus;

use super::{Context, Error};
use crate::store;
use crate::store::batch::{Batch, Change, Did, Worked};

/// The most records that a refusal names.
const NAMED: usize = 20;

/// All batches, the newest first.
pub async fn all(ctx: &Context) -> Result<Vec<Batch>, Error> {
    Ok(store::batch::all(&ctx.db).await?)
}

/// The published batches of a source and chapter, the newest first.
pub async fn of(ctx: &Context, source: &str, chapter: &str) -> Result<Vec<Batch>, Error> {
    let is_wanted = |batch: &Batch| {
        batch.status == BatchStatus::Published
            && batch.source == source
            && batch.chapter.as_deref().unwrap_or_default() == chapter
    };
    Ok(all(ctx).await?.into_iter().filter(is_wanted).collect())
}

/// What the undoing of a batch has taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undone {
    /// How many rows the batch had changed: as many as the import said.
    pub rows: u64,
    /// How many known successions that nobody had decided were withdrawn with it.
    pub proposals: u64,
}

/// Restores what stood before a batch. Refuses when a later batch has changed its rows or points at them, which has to
/// be undone first, and when people have: what they did is named. Known successions that only wait for a decision are
/// no work of people: they are withdrawn where they lead to bodies of the batch.
pub async fn undo(ctx: &Context, id: ImportBatchId) -> Result<Undone, Error> {
    let at = ctx.now();
    let transaction = store::begin_long(&ctx.db).await?;
    let Some(batch) = store::batch::by_id(&transaction, id).await? else { return Err(Error::NotFound) };
    if batch.status != BatchStatus::Published {
        return Err(Error::Conflict(format!("batch {id} is not published (it is '{}')", batch.status.as_str())));
    }
    let proposals = store::proposal::withdraw(&transaction, id, super::relations::source_id()).await?;
    match store::batch::in_the_way(&transaction, &batch).await? {
        None => {}
        Some(None) => {
            let (worked, count) = store::batch::by_hand(&transaction, id, NAMED).await?;
            let list = listed(&worked, count);
            return Err(Error::Conflict(format!(
                "batch {id} cannot be undone: people have worked on records of it since: {list}. Take that back at the desk first, then undo the batch; or keep the batch and import a corrected file: what has left the file goes, what people have changed stays"
            )));
        }
        Some(Some(later)) => {
            let name = match store::batch::by_id(&transaction, later).await? {
                Some(batch) => name(&batch),
                None => later.to_string(),
            };
            return Err(Error::Conflict(format!(
                "batch {id} cannot be undone: {name} builds on its rows and has to be undone first"
            )));
        }
    }
    let owners = store::load::owners_of_batch(&transaction, id).await?.unwrap_or_default();
    // Without names everything is read again: proposals may stand on bodies of other batches too.
    let is_bulk = proposals > 0 || owners.len() > store::fact::NAMED;
    let records = if is_bulk { Vec::new() } else { owners.into_iter().collect() };
    let count = store::batch::take_back(&transaction, id, at).await?;
    store::batch::mark_undone(&transaction, id).await?;
    let change = Change { kind: "undo", batch: Some(id), count, records };
    store::batch::revise(&transaction, at, change).await?;
    transaction.commit().await?;
    Ok(Undone { rows: changed(&batch.counts).unwrap_or(count), proposals })
}

/// Records that people have worked on, in words; those that words do not tell apart are counted.
fn listed(worked: &[Worked], count: usize) -> String {
    let called = |one: &Worked| {
        let kind = one.table.replace('_', " ");
        let is_itself = matches!(one.table, "organisation" | "dataset");
        match one.name.as_deref().map(plain) {
            Some(name) if is_itself => format!("{kind} '{name}'"),
            Some(name) => format!("{kind} of '{name}'"),
            None => format!("{kind} {}", one.id),
        }
    };
    let mut groups: Vec<(String, Did, usize)> = Vec::new();
    for (name, did) in worked.iter().map(|one| (called(one), one.did)) {
        match groups.iter_mut().find(|(other, of, _)| (other, *of) == (&name, did)) {
            Some((.., times)) => *times += 1,
            None => groups.push((name, did, 1)),
        }
    }
    let one = |(name, did, times): &(String, Did, usize)| {
        let did = match did {
            Did::Changed => "changed",
            Did::Added => "added",
        };
        if *times == 1 { format!("{name} ({did})") } else { format!("{name} ({times} {did})") }
    };
    let mut list = groups.iter().map(one).collect::<Vec<_>>().join(", ");
    if count > worked.len() {
        list.push_str(&format!(" and {} more", count - worked.len()));
    }
    list
}

/// A stored name, in the first of its languages.
fn plain(stored: &str) -> String {
    let texts: Option<BTreeMap<String, String>> = serde_json::from_str(stored).ok();
    texts.and_then(|texts| texts.into_values().next()).unwrap_or_else(|| stored.to_owned())
}

/// How many rows a batch inserted, updated and removed, by its own counts.
fn changed(counts: &str) -> Option<u64> {
    let counts: BTreeMap<String, BTreeMap<String, u64>> = serde_json::from_str(counts).ok()?;
    let of = |table: &BTreeMap<String, u64>| -> u64 {
        ["inserted", "updated", "removed"].iter().filter_map(|did| table.get(*did)).sum()
    };
    Some(counts.values().map(of).sum())
}

/// A batch in words.
pub fn name(batch: &Batch) -> String {
    match batch.chapter.as_deref() {
        None | Some("") => format!("batch {} ({})", batch.id, batch.kind),
        Some(chapter) => format!("batch {} ({} {chapter})", batch.id, batch.kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_named_and_the_rest_is_counted() {
        let worked = |table, name: Option<&str>, did| Worked {
            table,
            id: uuid::Uuid::from_u128(7),
            name: name.map(str::to_owned),
            did,
        };
        let all = [
            worked("organisation", Some(r#"{"en":"Maps","es":"Mapas"}"#), Did::Changed),
            worked("use_claim", Some(r#"{"es":"Mapas"}"#), Did::Added),
            worked("use_claim", Some(r#"{"es":"Atlas"}"#), Did::Added),
            worked("use_claim", Some(r#"{"es":"Mapas"}"#), Did::Added),
            worked("use_claim", Some(r#"{"es":"Mapas"}"#), Did::Changed),
            worked("wave", None, Did::Changed),
        ];
        let said = "organisation 'Maps' (changed), use claim of 'Mapas' (2 added), \
            use claim of 'Atlas' (added), use claim of 'Mapas' (changed), wave 00000000-0000-0000-0000-000000000007 (changed)";
        assert_eq!(listed(&all, 6), said);
        assert_eq!(listed(&all, 28), format!("{said} and 22 more"));
    }
}
