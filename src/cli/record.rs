//! Opening the record for a command: the database, its schema, the use cases' context.

use anyhow::Context as _;

use crate::{app, config::Common, store};

/// Opens the database and brings it to the newest schema and reference data.
pub(super) async fn open(common: &Common) -> anyhow::Result<app::Context> {
    let ctx = connect(common).await?;
    app::migrate(&ctx).await.context("the database cannot be brought to the newest schema")?;
    Ok(ctx)
}

/// Opens the database as it is.
pub(super) async fn connect(common: &Common) -> anyhow::Result<app::Context> {
    Ok(app::Context::new(store::connect(&common.database_url).await?))
}
