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
    counted,
    output::{Output, Readers},
    progress::Progress,
    record, say,
};
use crate::{
    app::{
        Context, batches,
        ingest::{self, FileStamp, Options, Outcome},
    },
    config::Common,
    domain::draft::{Header, OrganisationDraft},
    import::{
        fetch, indicators,
        od500::{self, Chapter, Files},
        report::{self, Report},
    },
    store,
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
    let names = [chapter.companies_file(), chapter.agencies_file()];
    let sources = what.from.iter().flat_map(|folder| names.iter().map(|name| folder.join(name))).collect::<Vec<_>>();
    let output = report_file(common, &what.how, &sources)?;
    let (companies, agencies) = if let (Some(folder), [companies, agencies]) = (&what.from, &sources[..]) {
        let_files_be_there(folder, chapter)?;
        (read(companies)?, read(agencies)?)
    } else {
        let base = what.base_url.as_str();
        let fetched = fetch::fetch_chapter(chapter, base).await?;
        (fetched.companies, fetched.agencies)
    };
    // Files that are none are refused before the database is touched.
    let read = od500::read_chapter(chapter, Files { companies: &companies, agencies: &agencies })?;
    let report = Report::of_chapter(&read);
    let files = vec![stamp(&names[0], &companies), stamp(&names[1], &agencies)];
    let read = Taken { kind: "od500", header: read.header, organisations: read.organisations, files, report };
    take(common, read, &what.how, output).await
}

async fn observations(common: &Common, file: &Path, how: &How) -> anyhow::Result<()> {
    let output = report_file(common, how, &[file.to_owned()])?;
    let bytes = read(file)?;
    let name = file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
    let mut read = indicators::read(&name, &bytes, &indicators::embedded_definitions())?;
    if let Some(ctx) = place(common, how).await? {
        let known = ingest::known_subjects(&ctx, &read.header.observations).await?;
        read.leave_out_unknown(&name, &known);
    }
    let counts = report::Counts { observations: read.header.observations.len(), ..report::Counts::default() };
    let report = Report::new(&read.header.source, &read.header.importer_version, counts, read.problems);
    let files = vec![stamp(&name, &bytes)];
    let read = Taken { kind: "indicators", header: read.header, organisations: Vec::new(), files, report };
    take(common, read, how, output).await
}

/// Where a run goes: the record, made when it is not there. A dry run makes nothing, so that it may have none.
async fn place(common: &Common, how: &How) -> anyhow::Result<Option<Context>> {
    match (how.dry_run, store::missing_file(&common.database_url)) {
        (true, Some(_)) => Ok(None),
        (true, None) => record::read(common).await.map(Some),
        (false, _) => record::open(common).await.map(Some),
    }
}

/// What has been read from files, and from which.
struct Taken {
    kind: &'static str,
    header: Header,
    organisations: Vec<OrganisationDraft>,
    files: Vec<FileStamp>,
    report: Report,
}

/// Where the report goes, if anywhere; refused before anything is read where it may not.
fn report_file<'a>(common: &Common, how: &'a How, sources: &[PathBuf]) -> anyhow::Result<Option<Output<'a>>> {
    how.report.as_deref().map(|path| Output::new(path, &common.database_url, sources)).transpose()
}

/// Takes what has been read into the record, writes the report, and says what happened.
async fn take(common: &Common, read: Taken, how: &How, output: Option<Output<'_>>) -> anyhow::Result<()> {
    let Taken { kind, header, organisations, files, report } = read;
    if let Some(output) = output {
        let json = report.to_json().context("the report cannot be printed")?;
        output.write(Readers::Usual, |file| Ok(file.write_all(json.as_bytes())?))?;
    }
    if how.strict && report.refused > 0 {
        say(report.to_text(how.report.as_deref()).trim_end());
        bail!("{}; --strict takes all or nothing, so nothing was written", left_out(report.refused));
    }
    let unmatched = report.problem_counts.get("used_by.unknown").copied().unwrap_or_default();
    let use_rows = report.raw.as_ref().map_or(0, |raw| raw.use_rows);
    if !how.allow_loss && unmatched > 10 && unmatched * 10 > use_rows {
        say(report.to_text(how.report.as_deref()).trim_end());
        bail!(
            "{unmatched} of {use_rows} rows name an organisation that the other file does not have: one of the files is \
             incomplete, or they do not belong together; --allow-loss takes what there is. Nothing was written"
        );
    }
    let Some(ctx) = place(common, how).await? else {
        say(report.to_text(how.report.as_deref()).trim_end());
        say("Dry run: nothing was written; there is no database yet, so all of it would be new.");
        return Ok(());
    };
    let total = organisations.len();
    let mut progress = Progress::new();
    let mut step = |done: u64| progress.step("organisations", done as usize, total);
    let options = Options {
        is_dry_run: how.dry_run,
        files,
        report: serde_json::to_value(&report).ok(),
        refuses_loss: !how.allow_loss,
        progress: Some(&mut step),
    };
    let outcome = ingest::ingest(&ctx, kind, header, organisations.into_iter(), options).await?;
    drop(progress);
    say(report.to_text(how.report.as_deref()).trim_end());
    let taken = report.counts.organisations + report.counts.observations;
    say(&summary(&outcome, taken, report.refused));
    Ok(())
}

/// What a run did to the record, in a sentence, and what it left out.
pub(super) fn summary(outcome: &Outcome, taken: usize, refused: usize) -> String {
    let did = match (outcome.is_dry_run, outcome.changed(), outcome.batch) {
        (true, rows, _) => {
            format!("Dry run: nothing was written; {} would change.", counted(rows, "row", "rows"))
        }
        (false, 0, _) if refused > 0 && taken == 0 => "Nothing could be taken, and nothing has changed.".to_owned(),
        (false, 0, _) if refused > 0 => "Nothing has changed: the record holds what could be taken.".to_owned(),
        (false, 0, _) => "Nothing has changed: the record holds all of this already.".to_owned(),
        (false, rows, Some(batch)) => {
            let rows = counted(rows, "row", "rows");
            format!("{rows} changed in batch {batch}; od100 import undo {batch} takes it back.")
        }
        (false, rows, None) => format!("{} changed.", counted(rows, "row", "rows")),
    };
    let did = match (outcome.lost(), outcome.is_dry_run) {
        (0, _) => did,
        (lost, false) => format!("{did} {} left the record.", lost_of(lost)),
        (lost, true) => format!("{did} {} would leave the record.", lost_of(lost)),
    };
    if refused == 0 { did } else { format!("{did} But {}, listed above.", left_out(refused)) }
}

/// What is in the record and no more in its source.
fn lost_of(lost: u64) -> String {
    counted(
        lost,
        "organisation or public body that is no more in its source",
        "organisations or public bodies that are no more in their source",
    )
}

/// How much could not be taken.
fn left_out(refused: usize) -> String {
    match refused {
        1 => "1 value or row of the files was left out".to_owned(),
        more => format!("{more} values or rows of the files were left out"),
    }
}

async fn list(common: &Common) -> anyhow::Result<()> {
    let ctx = record::read(common).await?;
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
    let ctx = record::open_existing(common).await?;
    match batches::undo(&ctx, ImportBatchId(id)).await {
        Ok(batches::Undone { rows, proposals }) => {
            let rows = counted(rows, "row is as it was", "rows are as they were");
            say(&format!("Batch {batch} is undone: {rows} before it."));
            say("What cites a moment between (knownAt) now says what stood before it, too.");
            if proposals > 0 {
                let withdrawn = counted(
                    proposals,
                    "known succession that waited for a decision is",
                    "known successions that waited for a decision are",
                );
                say(&format!(
                    "{withdrawn} withdrawn; od100 relations propose puts forward again what the record has bodies for."
                ));
            }
        }
        Err(crate::app::Error::NotFound) => bail!("there is no batch {batch}; od100 import list shows them"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Says which files a folder has where it lacks those of the chapter.
fn let_files_be_there(folder: &Path, chapter: Chapter) -> anyhow::Result<()> {
    let wanted = [chapter.companies_file(), chapter.agencies_file()];
    let lacking: Vec<&str> = wanted.iter().map(String::as_str).filter(|name| !folder.join(name).is_file()).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let fault = || format!("the folder '{}' cannot be read", folder.display());
    let entries: Vec<_> = fs::read_dir(folder).with_context(fault)?.collect::<Result<_, _>>().with_context(fault)?;
    let mut found: Vec<String> = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    found.sort();
    let found = match found.len() {
        0 => "is empty".to_owned(),
        1..=8 => format!("holds {}", found.join(", ")),
        more => format!("holds {} and {} more", found[..8].join(", "), more - 8),
    };
    bail!("'{}' lacks {}; it {found}; check --from and --chapter", folder.display(), lacking.join(" and "))
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn stamp(name: &str, bytes: &[u8]) -> FileStamp {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    // Two big-endian halves print every leading zero.
    let (high, low) = digest.split_at(16);
    let half = |bytes: &[u8]| bytes.iter().fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
    FileStamp { name: name.to_owned(), sha256: format!("{:032x}{:032x}", half(high), half(low)) }
}
