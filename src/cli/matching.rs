//! `od100 match` and `od100 relations`: pairs that may be one thing, and relations that are known of. Both are put
//! before the desk; nothing is decided here.

use anyhow::anyhow;
use entity::vocabulary as words;

use super::args::MatchKind;
use super::progress::Progress;
use super::{counted, note, record, say};
use crate::app::{matching, relations};
use crate::config::Common;
use crate::domain::access::Actor;
use crate::embedded;

const OPERATOR: Actor = Actor::Operator;

pub(super) async fn find(common: &Common, kind: Option<MatchKind>) -> anyhow::Result<()> {
    let ctx = record::open_existing(common).await?;
    let kinds = match kind {
        None => words::MatchKind::ALL.to_vec(),
        Some(MatchKind::Organisation) => vec![words::MatchKind::Organisation],
        Some(MatchKind::Body) => vec![words::MatchKind::Body],
        Some(MatchKind::Dataset) => vec![words::MatchKind::Dataset],
    };
    let mut progress = Progress::new();
    let found =
        matching::find(&ctx, &OPERATOR, &kinds, move |done, total| progress.step("records", done, total)).await?;
    say(&format!(
        "Compared: {}; may be one thing: {}, {} new. The desk decides.",
        counted(found.compared, "record", "records"),
        counted(found.pairs, "pair", "pairs"),
        found.fresh
    ));
    Ok(())
}

pub(super) async fn propose(common: &Common) -> anyhow::Result<()> {
    let ctx = record::open_existing(common).await?;
    let known = embedded::records("successions").map(|row| {
        let kind = row.get("kind").parse().map_err(|error| anyhow!("{error}"))?;
        Ok(relations::Known {
            from: row.get("from_name").to_owned(),
            to: row.get("to_name").to_owned(),
            kind,
            year: row.get("on").parse().ok(),
            is_verified: row.get("verified") == "yes",
            note: row.some("note").map(ToOwned::to_owned),
        })
    });
    let known = known.collect::<anyhow::Result<Vec<_>>>()?;
    let done = relations::propose(&ctx, &OPERATOR, &known).await?;
    let fresh = counted(done.fresh, "relation waits", "relations wait");
    let known = counted(done.known, "was", "were");
    say(&format!("{fresh} for a decision now; {known} there already."));
    if !done.unknown.is_empty() {
        note(&format!("no body of the record is named: {}", done.unknown.join("; ")));
    }
    Ok(())
}
