//! `od100 migrate`: the newest schema and reference data.

use anyhow::Context as _;

use super::{record, say};
use crate::{app, config::Common};

pub(super) async fn run(common: &Common) -> anyhow::Result<()> {
    let ctx = record::connect(common).await?;
    let count = app::migrate(&ctx).await.context("the database cannot be brought to the newest schema")?;
    match count {
        0 => say("The database is at the newest schema."),
        1 => say("One migration has run; the database is at the newest schema."),
        count => say(&format!("{count} migrations have run; the database is at the newest schema.")),
    }
    Ok(())
}
