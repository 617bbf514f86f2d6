//! Takes what an importer or the sample generator yields into the record: expands drafts into rows
//! with stable ids, checks the invariants, and publishes everything in one transaction. Interrupted at
//! any point it leaves nothing; run again with the same input it changes nothing.

pub(super) mod check;
mod claims;
mod demand;
mod expand;
mod header;
mod organisation;
mod rows;
mod subjects;

pub use subjects::known_subjects;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::id::ImportBatchId;
use entity::vocabulary::BatchStatus;
use serde::Serialize;

use super::{Context, Error};
use crate::domain::draft::{Header, OrganisationDraft};
use crate::domain::violation::Violation;
use crate::store;
use crate::store::Transaction;
use crate::store::batch::{Batch, Change};
use crate::store::fact::{Counts, Writer};
use expand::Expand;

/// How many organisations are expanded and written at a time.
const CHUNK: usize = 500;

/// One file that the run has read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileStamp {
    /// Its name, without folders.
    pub name: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// What to do beside writing.
#[derive(Default)]
pub struct Options<'o> {
    /// Do everything, count it, and take it back.
    pub is_dry_run: bool,
    /// The files that were read.
    pub files: Vec<FileStamp>,
    /// The importer's report, kept with the batch.
    pub report: Option<serde_json::Value>,
    /// Refuse a run that would take much of what its source delivered before out of the record.
    pub refuses_loss: bool,
    /// Hears how many organisations have been written.
    pub progress: Option<&'o mut (dyn FnMut(u64) + Send)>,
}

/// What a run did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The batch, unless nothing changed or it was a dry run.
    pub batch: Option<ImportBatchId>,
    /// The revision that shows it.
    pub revision: Option<i64>,
    /// How many organisations the run delivered.
    pub organisations: u64,
    /// Rows that said the same as another of the run, merged into it.
    pub merged: u64,
    /// What happened to each table.
    pub counts: BTreeMap<&'static str, Counts>,
    /// Whether it was taken back.
    pub is_dry_run: bool,
}

impl Outcome {
    /// How many organisations and public bodies leave the record, because the source no longer has them.
    pub fn lost(&self) -> u64 {
        self.counts.get("organisation").map_or(0, |counts| counts.removed)
    }

    /// How many rows the run changed, or would have.
    pub fn changed(&self) -> u64 {
        changed(&self.counts)
    }
}

fn changed(counts: &BTreeMap<&'static str, Counts>) -> u64 {
    counts.values().map(|counts| counts.inserted + counts.updated + counts.removed).sum()
}

/// Takes a run into the record. `kind` names the importer (`od500`, `sample`, `indicators`).
pub async fn ingest(
    ctx: &Context,
    kind: &str,
    header: Header,
    organisations: impl Iterator<Item = OrganisationDraft> + Send,
    mut options: Options<'_>,
) -> Result<Outcome, Error> {
    if header.source.is_empty() {
        return Err(Error::Invalid(vec![Violation::new("source", "a run needs the name of its source")]));
    }
    let at = ctx.now();
    let codes = store::reference::codes(&ctx.db).await?;
    let transaction = store::begin_long(&ctx.db).await?;
    // Without a chapter a run adds to what its source said before; with one it replaces it.
    let earlier = match header.chapter.as_str() {
        "" => Vec::new(),
        chapter => store::fact::earlier(&transaction, &header.source, chapter).await?,
    };
    let mut batch = begin_batch(ctx, kind, &header, &mut options, at);
    store::batch::insert(&transaction, batch.clone()).await?;
    let mut writer = Writer::new(&transaction, batch.id, at, &earlier).await?;
    let mut expand = Expand::new(&header.source, &codes);

    expand.header(&header);
    write(&transaction, &mut writer, &mut expand).await?;
    let mut count = 0;
    let mut organisations = organisations.peekable();
    while organisations.peek().is_some() {
        for draft in organisations.by_ref().take(CHUNK) {
            expand.organisation(&draft);
            count += 1;
        }
        write(&transaction, &mut writer, &mut expand).await?;
        if let Some(progress) = options.progress.as_deref_mut() {
            progress(count);
        }
    }
    expand.tail(&header);
    write(&transaction, &mut writer, &mut expand).await?;
    writer.remove_leftover().await.map_err(taken)?;
    check::relations(&transaction).await?;

    let (counts, merged) = (writer.counts(), expand.merged);
    if options.refuses_loss {
        check_loss(counts.get("organisation").copied().unwrap_or_default())?;
    }
    let mut outcome =
        Outcome { batch: None, revision: None, organisations: count, merged, counts, is_dry_run: options.is_dry_run };
    if options.is_dry_run || outcome.changed() == 0 {
        transaction.rollback().await?;
        return Ok(outcome);
    }
    let (touched, records) = writer.into_touched();
    let change = Change { kind: "import", batch: Some(batch.id), count: touched, records };
    batch.counts = json(&outcome.counts);
    batch.status = BatchStatus::Published;
    batch.finished_at = Some(ctx.now());
    store::batch::finish(&transaction, &batch).await?;
    // Last: from here to the commit other writers of public rows wait.
    let revision = store::batch::revise(&transaction, at, change).await?;
    batch.revision = Some(revision);
    store::batch::finish(&transaction, &batch).await?;
    transaction.commit().await?;
    outcome.batch = Some(batch.id);
    outcome.revision = Some(revision);
    Ok(outcome)
}

/// So many may leave the record without a question, and a tenth of what the source had before.
const LOSS: u64 = 10;

/// Files that were cut between two records look like files that have become shorter.
fn check_loss(counts: Counts) -> Result<(), Error> {
    let before = counts.removed + counts.updated + counts.unchanged;
    if counts.removed <= LOSS || counts.removed * LOSS <= before {
        return Ok(());
    }
    Err(Error::Conflict(format!(
        "{} of {before} organisations and public bodies that this source delivered before are in the files no more, and \
         would leave the record; if the files are not incomplete, run it again with --allow-loss. Nothing was written",
        counts.removed
    )))
}

fn begin_batch(ctx: &Context, kind: &str, header: &Header, options: &mut Options<'_>, at: DateTime<Utc>) -> Batch {
    Batch {
        id: ImportBatchId(ctx.id()),
        kind: kind.to_owned(),
        source: header.source.clone(),
        chapter: Some(header.chapter.clone()),
        importer_version: header.importer_version.clone(),
        status: BatchStatus::Running,
        started_at: at,
        finished_at: None,
        files: json(&options.files),
        counts: "{}".to_owned(),
        report: options.report.take().map(|report| report.to_string()),
        revision: None,
    }
}

/// Writes what has been expanded so far, unless it breaks a rule or names what does not exist.
async fn write(transaction: &Transaction, writer: &mut Writer<'_>, expand: &mut Expand<'_>) -> Result<(), Error> {
    let mut faults = std::mem::take(&mut expand.faults);
    faults.extend(check::dangling(transaction, expand).await?);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    expand.merged += std::mem::take(&mut expand.rows).write(writer).await.map_err(taken)?;
    Ok(())
}

/// A unique value that another row holds is the source's fault, not ours.
fn taken(error: store::Error) -> Error {
    if store::is_taken(&error) {
        Error::Conflict(format!("a value that must be unique is taken by a row of another source: {error}"))
    } else {
        error.into()
    }
}

/// JSON with sorted keys, as text columns hold it.
pub(in crate::app) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain values are JSON")
}
