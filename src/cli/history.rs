//! `od100 history verify`: walks the chains of what was written down.

use anyhow::bail;

use super::args::History;
use super::{counted, record, say};
use crate::app::history;
use crate::config::Common;

pub(super) async fn run(common: &Common, what: History) -> anyhow::Result<()> {
    let ctx = record::read(common).await?;
    let History::Verify { record, all: _ } = what;
    let found = history::verify(&ctx, record).await?;
    if let Some((subject, number)) = found.broken {
        bail!(
            "the history of {subject} is broken at change {number}: it was altered past the program; \
             {} before it",
            counted(found.chains, "chain is unbroken", "chains are unbroken")
        );
    }
    let changes = counted(found.changes, "change", "changes");
    say(&format!("{}, with {changes}.", counted(found.chains, "chain is unbroken", "chains are unbroken")));
    Ok(())
}
