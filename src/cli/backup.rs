//! `od100 backup`: a copy of the database, made while it is in use.

use std::path::Path;

use super::{record, say};
use crate::{config::Common, store};

pub(super) async fn run(common: &Common, file: &Path) -> anyhow::Result<()> {
    // The schema stays as it is: a backup before a new version holds what the old one had.
    let ctx = record::connect_existing(common).await?;
    let bytes = store::backup(&ctx.db, file).await?;
    say(&format!(
        "{} holds the database as it is now, {:.1} MB, read through and found whole. It names persons: keep it as you keep the database.",
        file.display(),
        bytes as f64 / 1_000_000.0
    ));
    Ok(())
}
