//! `od100 import …`: reads the files, hands the drafts to the record, and reports what could not be taken.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow, bail};
use entity::id::ImportBatchId;
use sha2::{Digest, Sha256};

use super::{
    args::{How, Import, Od500},
    progress::Progress,
    record, say,
};
use crate::{
    app::{
        batches,
        ingest::{self, FileStamp, Options, Outcome},
    },
    config::Common,
    domain::draft::{Header, OrganisationDraft},
    import::{
        fetch, indicators,
        od500::{self, Chapter, Files},
        report::{self, Report},
    },
};

pub(super) async fn run(common: &Common, import: Import) -> anyhow::Result<()> {
    match import {
        Import::Od500(what) => chapter(common, what).await,
        Import::Indicators { file, how } => observations(common, &file, &how).await,
        Import::List => list(common).await,
        Import::Undo { batch } => undo(common, &batch).await,
    }
}

async fn chapter(common: &Common, what: Od500) -> anyhow::Result<()> {
    let chapter = Chapter::from_code(&what.chapter.to_ascii_lowercase())
        .ok_or_else(|| anyhow!("--chapter cannot be '{}'; it may be us, mx, kr or au", what.chapter))?;
    let (companies, agencies) = if let Some(folder) = &what.from {
        (read(&folder.join(chapter.companies_file()))?, read(&folder.join(chapter.agencies_file()))?)
    } else {
        let base = what.base_url.as_ref().map_or(fetch::DEFAULT_BASE_URL, url::Url::as_str);
        let fetched = fetch::fetch_chapter(chapter, base).await?;
        (fetched.companies, fetched.agencies)
    };
    // Files that are none are refused before the database is touched.
    let read = od500::read_chapter(chapter, Files { companies: &companies, agencies: &agencies })?;
    let report = Report::of_chapter(&read);
    let files = vec![stamp(&chapter.companies_file(), &companies), stamp(&chapter.agencies_file(), &agencies)];
    take(common, "od500", read.header, read.organisations, &what.how, files, &report).await
}

async fn observations(common: &Common, file: &Path, how: &How) -> anyhow::Result<()> {
    let bytes = read(file)?;
    let name = file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
    let read = indicators::read(&name, &bytes, &indicators::embedded_definitions())?;
    let counts = report::Counts { observations: read.header.observations.len(), ..report::Counts::default() };
    let report = Report::new(&read.header.source, &read.header.importer_version, counts, read.problems);
    take(common, "indicators", read.header, Vec::new(), how, vec![stamp(&name, &bytes)], &report).await
}

/// Takes what has been read into the record, writes the report, and says what happened.
async fn take(
    common: &Common,
    kind: &str,
    header: Header,
    organisations: Vec<OrganisationDraft>,
    how: &How,
    files: Vec<FileStamp>,
    report: &Report,
) -> anyhow::Result<()> {
    if let Some(path) = &how.report {
        let json = report.to_json().context("the report cannot be printed")?;
        write(path, &json)?;
    }
    let ctx = record::open(common).await?;
    let total = organisations.len();
    let mut progress = Progress::new();
    let mut step = |done: u64| progress.step("organisations", done as usize, total);
    let options = Options {
        is_dry_run: how.dry_run,
        files,
        report: serde_json::to_value(report).ok(),
        progress: Some(&mut step),
    };
    let outcome = ingest::ingest(&ctx, kind, header, organisations.into_iter(), options).await?;
    drop(progress);
    say(report.to_text().trim_end());
    say(&summary(&outcome));
    Ok(())
}

/// What a run did to the record, in a sentence.
pub(super) fn summary(outcome: &Outcome) -> String {
    match (outcome.is_dry_run, outcome.changed(), outcome.batch) {
        (true, rows, _) => format!("Dry run: nothing was written; {rows} rows would change."),
        (false, 0, _) => "Nothing has changed: the record holds all of this already.".to_owned(),
        (false, rows, Some(batch)) => {
            format!("{rows} rows changed in batch {batch}; od100 import undo {batch} takes it back.")
        }
        (false, rows, None) => format!("{rows} rows changed."),
    }
}

async fn list(common: &Common) -> anyhow::Result<()> {
    let ctx = record::open(common).await?;
    let all = batches::all(&ctx).await?;
    if all.is_empty() {
        say("No import has been run.");
    }
    for batch in all {
        say(&format!(
            "{}  {}  {:9}  {}",
            batch.id,
            batch.started_at.format("%Y-%m-%d %H:%M"),
            batch.status.as_str(),
            batches::name(&batch).split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')')),
        ));
    }
    Ok(())
}

async fn undo(common: &Common, batch: &str) -> anyhow::Result<()> {
    let id = batch.parse().map_err(|_| anyhow!("'{batch}' is not the id of a batch; od100 import list shows them"))?;
    let ctx = record::open(common).await?;
    match batches::undo(&ctx, ImportBatchId(id)).await {
        Ok(rows) => say(&format!("Batch {batch} is undone: {rows} rows are as they were before it.")),
        Err(crate::app::Error::NotFound) => bail!("there is no batch {batch}; od100 import list shows them"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn write(path: &PathBuf, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

fn stamp(name: &str, bytes: &[u8]) -> FileStamp {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    // Two big-endian halves print every leading zero.
    let (high, low) = digest.split_at(16);
    let half = |bytes: &[u8]| bytes.iter().fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
    FileStamp { name: name.to_owned(), sha256: format!("{:032x}{:032x}", half(high), half(low)) }
}
