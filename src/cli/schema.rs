//! `od100 schema`: the contracts, as the code has them.

use std::{fs, path::Path};

use anyhow::Context as _;

use super::say;
use crate::graphql;

pub(super) fn run(out: Option<&Path>, desk: bool) -> anyhow::Result<()> {
    let sdl = if desk { graphql::desk::sdl() } else { graphql::schema::sdl() };
    match out {
        None => say(sdl.trim_end()),
        Some(path) => {
            fs::write(path, sdl).with_context(|| format!("{} cannot be written", path.display()))?;
            say(&format!("The schema is in {}.", path.display()));
        }
    }
    Ok(())
}
