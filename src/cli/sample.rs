//! `od100 sample`: loads the fictional ecosystem, or takes it away.

use anyhow::{Context as _, bail};
use entity::vocabulary::Consent;

use super::{args::Sample, counted, import, progress::Progress, record, say};
use crate::{
    app::{
        batches,
        ingest::{self, Options},
    },
    config::Common,
    sample,
};

pub(super) async fn run(common: &Common, what: Sample) -> anyhow::Result<()> {
    if what.remove {
        return remove(&record::open_existing(common).await?).await;
    }
    let ctx = record::open(common).await?;
    if what.if_empty && !batches::all(&ctx).await?.is_empty() {
        say("The database holds imports already; the sample was left out.");
        return Ok(());
    }
    let total = what.organisations as usize;
    let (header, organisations) = sample::sample(total, what.seed, what.countries.into());
    let mut hidden = 0_u32;
    let organisations = organisations.inspect(|draft| hidden += u32::from(draft.consent == Consent::No));
    let mut progress = Progress::new();
    let mut step = |done: u64| progress.step("organisations", done as usize, total);
    let options = Options { progress: Some(&mut step), ..Options::default() };
    let outcome = ingest::ingest(&ctx, sample::SOURCE, header, organisations, options)
        .await
        .context("the sample cannot be loaded")?;
    drop(progress);
    let organisations = counted(total, "fictional organisation", "fictional organisations");
    let hidden = counted(hidden, "does not consent to be shown and is", "do not consent to be shown and are");
    say(&format!("The record holds {organisations} of seed {}; of these, {hidden} on no page.", what.seed));
    say(&import::summary(&outcome, outcome.organisations as usize, 0));
    Ok(())
}

async fn remove(ctx: &crate::app::Context) -> anyhow::Result<()> {
    // Newest first: each restores what the one before it had left.
    let published = batches::of(ctx, sample::SOURCE, sample::SOURCE).await?;
    if published.is_empty() {
        bail!("no sample is loaded");
    }
    let mut rows = 0;
    for batch in published {
        rows += batches::undo(ctx, batch.id).await?.rows;
    }
    say(&format!("The sample is gone: {} taken back.", counted(rows, "row was", "rows were")));
    Ok(())
}
