//! `od100 privacy`: what is kept of a person, and forgetting it.

use std::fs;
use std::io::{BufRead as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, anyhow};

use super::args::Privacy;
use super::output::{self, Output, Readers};
use super::{counted, record, say};
use crate::app::{Context, Error, privacy};
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
                let state = match wish.purged_at {
                    Some(at) => format!("forgotten {}", at.format("%Y-%m-%d")),
                    None => format!("until {}", wish.due_at.format("%Y-%m-%d")),
                };
                say(&format!("{} asked {}, {state}", wish.email_digest, wish.asked_at.format("%Y-%m-%d")));
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

/// Reads what `od100 privacy forgotten` printed: the first word of each line.
async fn again(ctx: &Context, list: &Path) -> anyhow::Result<()> {
    let file = fs::File::open(list).with_context(|| format!("'{}' cannot be read", list.display()))?;
    let mut digests = Vec::new();
    for (number, line) in std::io::BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("'{}' is no text", list.display()))?;
        let Some(word) = line.split_whitespace().next() else { continue };
        if word.len() != 64 || !word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(anyhow!(
                "line {} of '{}' does not begin with a digest as `od100 privacy forgotten` prints them",
                number + 1,
                list.display()
            ));
        }
        digests.push(word.to_owned());
    }
    let count = privacy::again(ctx, &OPERATOR, &digests).await?;
    let people = counted(digests.len(), "person", "people");
    say(&format!("In this database, and forgotten again: {count} of {people}."));
    Ok(())
}

fn of_nobody(error: Error, email: &str) -> anyhow::Error {
    match error {
        Error::NotFound => anyhow!("nothing is kept of {email}"),
        error => error.into(),
    }
}
