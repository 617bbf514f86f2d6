//! Opening the record for a command: the database, its schema, the use cases' context.

use anyhow::{Context as _, bail};

use crate::{app, config::Common, store};

/// Opens the database, made when it is not there, and brings it to the newest schema and reference data.
pub(super) async fn open(common: &Common) -> anyhow::Result<app::Context> {
    let ctx = connect(common).await?;
    app::migrate(&ctx).await.context("the database cannot be brought to the newest schema")?;
    Ok(ctx)
}

/// Opens a database that is there, and brings it to the newest schema and reference data.
pub(super) async fn open_existing(common: &Common) -> anyhow::Result<app::Context> {
    must_exist(common)?;
    open(common).await
}

/// Opens a database that is there and current, to read: nothing is written to it.
pub(super) async fn read(common: &Common) -> anyhow::Result<app::Context> {
    must_exist(common)?;
    let ctx = connect(common).await?;
    if !store::pending(&ctx.db).await?.is_empty() {
        bail!("the database is empty or of an older version of od100; od100 migrate brings it up to date");
    }
    Ok(ctx)
}

/// Opens a database that is there, as it is.
pub(super) async fn connect_existing(common: &Common) -> anyhow::Result<app::Context> {
    must_exist(common)?;
    connect(common).await
}

/// Opens the database as it is.
pub(super) async fn connect(common: &Common) -> anyhow::Result<app::Context> {
    Ok(app::Context::new(store::connect(&common.database_url).await?))
}

fn must_exist(common: &Common) -> anyhow::Result<()> {
    if let Some(path) = store::missing_file(&common.database_url) {
        bail!(
            "there is no database '{}'; DATABASE_URL or --database-url names another, and od100 migrate makes one",
            path.display()
        );
    }
    Ok(())
}
