//! `od100 privacy`: what is kept of a person, and forgetting it.

use std::fs;
use std::io::{BufRead as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};

use super::args::Privacy;
use super::output::{self, Output, Readers};
use super::{counted, record, say};
use crate::app::privacy::{self, Forgotten};
use crate::app::{Context, Error};
use crate::config::Common;
use crate::domain::access::Actor;

const OPERATOR: Actor = Actor::Operator;

pub(super) async fn run(common: &Common, what: Privacy) -> anyhow::Result<()> {
    let ctx = record::open_existing(common).await?;
    match what {
        Privacy::Export { email, out } => {
            let output =
                output::file(out.as_deref()).map(|path| Output::new(path, &common.database_url, &[])).transpose()?;
            export(&ctx, &email, output).await
        }
        Privacy::Forget { email, now } => forget(&ctx, &email, now).await,
        Privacy::Keep { email } => {
            let kept = privacy::keep(&ctx, &OPERATOR, &email).await;
            let has_account = kept.map_err(|error| of_nobody(error, &email))?;
            let account = if has_account { "; its account may sign in again" } else { "" };
            say(&format!(
                "{email} is kept{account}. Links to answer that it had been sent have ended, and letters that waited \
                 for it when it asked to be forgotten are not sent: ask or invite anew what still matters."
            ));
            Ok(())
        }
        Privacy::Tidy => {
            let rows = counted(privacy::tidy(&ctx).await?, "row has", "rows have");
            say(&format!("{rows} had their time and are deleted."));
            Ok(())
        }
        Privacy::Forgotten => {
            for wish in privacy::wishes(&ctx, &OPERATOR).await? {
                let moment = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Micros, true);
                let state = match wish.purged_at {
                    Some(at) => format!("forgotten {}", moment(at)),
                    None => format!("until {}", moment(wish.due_at)),
                };
                say(&format!("{} asked {}, {state}", wish.email_digest, moment(wish.asked_at)));
            }
            Ok(())
        }
        Privacy::Again { list } => again(&ctx, &list).await,
    }
}

async fn export(ctx: &Context, email: &str, output: Option<Output<'_>>) -> anyhow::Result<()> {
    let kept = privacy::of(ctx, &OPERATOR, email).await.map_err(|error| of_nobody(error, email))?;
    let text = serde_json::to_string_pretty(&kept)? + "\n";
    let Some(output) = output else {
        std::io::stdout().write_all(text.as_bytes())?;
        return Ok(());
    };
    output.write(Readers::Owner, |file| Ok(file.write_all(text.as_bytes())?))?;
    say(&format!("What is kept of {email} is in {output}."));
    Ok(())
}

async fn forget(ctx: &Context, email: &str, now: bool) -> anyhow::Result<()> {
    let letters = privacy::letters(ctx, &OPERATOR, email).await.map_err(|error| of_nobody(error, email))?;
    let wish = privacy::forget(ctx, &OPERATOR, email).await.map_err(|error| of_nobody(error, email))?;
    if now {
        let rows = privacy::carry_out_now(ctx, &OPERATOR, &wish).await?;
        say(&format!("{email} is forgotten: {} deleted or blanked.", counted(rows, "row", "rows")));
    } else {
        let day = wish.due_at.format("%Y-%m-%d");
        say(&format!("{email} cannot sign in any more and is forgotten on {day}; until then `od100 privacy keep`."));
    }
    if letters > 0 {
        let letters = counted(letters, "letter that waited for it was", "letters that waited for it were");
        say(&format!("{letters} dropped; what waits for others goes out."));
    }
    Ok(())
}

/// Reads what `od100 privacy forgotten` printed.
async fn again(ctx: &Context, list: &Path) -> anyhow::Result<()> {
    let file = fs::File::open(list).with_context(|| format!("'{}' cannot be read", list.display()))?;
    let mut forgotten = Vec::new();
    for (number, line) in std::io::BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("'{}' is no text", list.display()))?;
        if line.trim().is_empty() {
            continue;
        }
        let Some(one) = said(&line) else {
            return Err(anyhow!(
                "line {} of '{}' is none of those that `od100 privacy forgotten` prints: a digest, and when",
                number + 1,
                list.display()
            ));
        };
        forgotten.push(one);
    }
    let count = privacy::again(ctx, &OPERATOR, &forgotten).await?;
    let people = counted(forgotten.len(), "person", "people");
    say(&format!(
        "In this database, and forgotten again: {count} of {people}. Who has come back since is left alone, and who may still \
         think again has until the day that the list gives: `od100 privacy keep`."
    ));
    Ok(())
}

/// Who a line tells of, and when they were forgotten, or else asked to be; `None` where it is no such line.
fn said(line: &str) -> Option<Forgotten> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let digest = words.first().filter(|word| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let after = |name: &str| words.iter().skip_while(|word| **word != name).nth(1);
    let moment_after = |name: &str| after(name).map(|word| moment(word.trim_end_matches(',')).ok_or(())).transpose();
    let at = moment_after("forgotten").ok()?.or(moment_after("asked").ok()?);
    let until = moment_after("until").ok()?;
    Some(Forgotten { email_digest: (*digest).to_owned(), at, until })
}

/// A moment, or the end of a day, as older lists have it.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let day =
        |text: &str| Some(text.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN).and_utc() + TimeDelta::days(1));
    DateTime::parse_from_rfc3339(text).map(|at| at.to_utc()).ok().or_else(|| day(text))
}

fn of_nobody(error: Error, email: &str) -> anyhow::Error {
    match error {
        Error::NotFound => anyhow!("nothing is kept of {email}"),
        error => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_forgotten_are_read_with_their_moment() {
        let digest = "0123456789abcdef".repeat(4);
        let at = |text: &str| Some(text.parse::<DateTime<Utc>>().unwrap());
        for (rest, read) in [
            (
                " asked 2026-01-02T10:00:00.000001Z, forgotten 2026-01-30T11:00:00.000002Z",
                Some((at("2026-01-30T11:00:00.000002Z"), None)),
            ),
            (
                " asked 2026-01-02T10:00:00.000001Z, until 2026-01-30T11:00:00.000002Z",
                Some((at("2026-01-02T10:00:00.000001Z"), at("2026-01-30T11:00:00.000002Z"))),
            ),
            (" asked 2026-01-02, forgotten 2026-01-30", Some((at("2026-01-31T00:00:00Z"), None))),
            ("", Some((None, None))),
            (" asked yesterday", None),
            (" asked 2026-01-02, until soon", None),
            ("0", None),
        ] {
            let read = read.map(|(at, until)| Forgotten { email_digest: digest.clone(), at, until });
            assert_eq!(said(&format!("{digest}{rest}")), read, "{rest}");
        }
        assert_eq!(said("ana@example.org"), None);
    }
}
