//! `od100 holidays`: the days that are no business days.

use std::path::Path;

use anyhow::Context as _;

use super::args::Holidays;
use super::{record, say};
use crate::app::demand::holidays;
use crate::app::{Context, Error};
use crate::config::Common;
use crate::domain::access::Actor;

pub(super) async fn run(common: &Common, what: Holidays) -> anyhow::Result<()> {
    match what {
        Holidays::List => {
            let ctx = record::open_existing(common).await?;
            for (day, name) in holidays::all(&ctx).await? {
                say(format!("{day} {name}").trim_end());
            }
            Ok(ctx.db.close().await?)
        }
        Holidays::Set { file } => {
            let text =
                std::fs::read_to_string(&file).with_context(|| format!("'{}' cannot be read", file.display()))?;
            let ctx = record::open_existing(common).await?;
            let count = set(&ctx, &file, &text).await?;
            let days =
                if count == 1 { "1 day is no business day" } else { &format!("{count} days are no business days") };
            say(&format!("{days} now; terms that run already keep their end."));
            Ok(ctx.db.close().await?)
        }
    }
}

/// Puts a list in place; the first line that cannot be read is named.
async fn set(ctx: &Context, file: &Path, text: &str) -> anyhow::Result<usize> {
    match holidays::replace(ctx, &Actor::Operator, text).await {
        Err(Error::Invalid(faults)) => {
            let first = faults.first().map(|fault| format!("{}: {}", fault.field, fault.message)).unwrap_or_default();
            anyhow::bail!("the record is unchanged; '{}', {first}", file.display())
        }
        done => Ok(done?),
    }
}
