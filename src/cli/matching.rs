//! `od100 match` and `od100 relations`: pairs that may be one thing, and relations that are known of. Both are put
//! before the desk; nothing is decided here.

use anyhow::anyhow;
use entity::vocabulary as words;

use super::args::MatchKind;
use super::progress::Progress;
use super::{counted, record, say};
use crate::app::relations::Fate;
use crate::app::{matching, relations};
use crate::atlas::Lang;
use crate::config::Common;
use crate::domain::access::Actor;
use crate::{embedded, texts};

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
    let bodies = embedded::records("bodies_mx").map(|row| relations::KnownBody {
        name: row.get("name").to_owned(),
        acronym: row.some("acronym").map(ToOwned::to_owned),
        level: row.get("level").parse().unwrap_or(words::PublisherLevel::Unknown),
    });
    let done = relations::propose(&ctx, &OPERATOR, &known, &bodies.collect::<Vec<_>>()).await?;
    report(&done);
    Ok(())
}

/// Lists each relation with what became of it; those that could not be put forward come last, with the reason.
fn report(done: &relations::Proposed) {
    for (title, is) in GROUPS {
        let rows: Vec<_> = done.rows.iter().filter(|(_, fate)| is(*fate)).collect();
        if !rows.is_empty() {
            say(&format!("{title}:"));
            for (known, _) in rows {
                say(&format!("  {}", line(known)));
            }
        }
    }
    if !done.bodies.is_empty() {
        say("Written down with them, and shown once a relation that names them is accepted:");
        for name in &done.bodies {
            say(&format!("  {name}"));
        }
    }
    let waiting = done.count(|fate| matches!(fate, Fate::Fresh | Fate::There(words::Decision::Proposed)));
    let fresh = done.count(|fate| fate == Fate::Fresh);
    say(&format!(
        "Of {}: {} for a decision, {fresh} of them new. The desk decides, at /desk/relations.",
        counted(done.rows.len(), "relation", "relations"),
        counted(waiting, "waits", "wait"),
    ));
}

type Group = (&'static str, fn(Fate) -> bool);

const GROUPS: [Group; 6] = [
    ("Waiting for a decision", |fate| matches!(fate, Fate::Fresh | Fate::There(words::Decision::Proposed))),
    ("Accepted before", |fate| fate == Fate::There(words::Decision::Accepted)),
    ("Rejected before", |fate| fate == Fate::There(words::Decision::Rejected)),
    ("Not put forward, because somebody has taken it away before", |fate| fate == Fate::Ended),
    ("Not put forward, because the record has neither of the bodies, nor one that other relations lead to", |fate| {
        fate == Fate::Unlinked
    }),
    ("Not put forward, because several bodies of the record bear the name of one", |fate| fate == Fate::Ambiguous),
];

/// `SCT was succeeded by SICT (2021; date not verified)`.
fn line(known: &relations::Known) -> String {
    let what = texts::words_of(Lang::EN, "page.relations.kind", known.kind.as_str());
    let when = known.year.map(|year| year.to_string());
    let unverified = (!known.is_verified).then(|| "date not verified".to_owned());
    let facts: Vec<String> = when.into_iter().chain(known.note.clone()).chain(unverified).collect();
    let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join("; ")) };
    format!("{} {what} {}{facts}", known.from, known.to)
}
