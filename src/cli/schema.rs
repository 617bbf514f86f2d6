//! `od100 schema`: the contracts, as the code has them.

use std::path::Path;

use super::{
    output::{self, Output, Readers},
    say,
};
use crate::{config::Common, graphql};

pub(super) fn run(common: &Common, out: Option<&Path>, desk: bool) -> anyhow::Result<()> {
    let sdl = if desk { graphql::desk::sdl() } else { graphql::schema::sdl() };
    match output::file(out) {
        None => say(sdl.trim_end()),
        Some(path) => {
            let output = Output::new(path, &common.database_url, &[])?;
            output.write(Readers::Usual, |file| Ok(file.write_all(sdl.as_bytes())?))?;
            say(&format!("The schema is in {}.", path.display()));
        }
    }
    Ok(())
}
