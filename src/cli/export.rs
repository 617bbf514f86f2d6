//! `od100 export`: what the downloads of the site hold, written by the command line.

use std::{
    fs,
    io::{self, BufWriter, IsTerminal, Write},
    path::Path,
    sync::Arc,
};

use anyhow::Context as _;

use super::{args::Export, note, progress::Progress, record, say};
use crate::{
    app::publish,
    atlas::Lang,
    config::Common,
    export::{self, Order, cell::Guard, query},
};

pub(super) async fn run(common: &Common, what: Export) -> anyhow::Result<()> {
    let kind = export::What::from(what.what);
    if export::Format::from(what.format) == export::Format::GeoJson && !kind.has_places() {
        anyhow::bail!("{} lie nowhere and cannot be written as geojson; csv and json hold them", kind.as_str());
    }
    let pairs = what.filters.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let is_of_requests = export::What::from(what.what) == export::What::Requests;
    let query = if is_of_requests { query::requests(pairs)? } else { query::read(pairs)? };
    let ctx = record::read(common).await?;
    let (as_of, known_at) = (query.moment.as_of, query.moment.known_at);
    let atlas = Arc::new(publish::load(&ctx, as_of, known_at).await?);
    query.check(&atlas)?;
    if !is_of_requests && !atlas.reaches_for(&query.filter) {
        let begins = atlas
            .begins_for(&query.filter.chapter)
            .map(|day| format!("; the record begins on {day}"))
            .unwrap_or_default();
        note(&format!("nothing is recorded for {}{begins}", atlas.as_of));
    }
    let (filter, shape) = (query.filter, query.shape);
    let requests = query.requests.asked(&atlas)?;
    let order = Order {
        what: what.what.into(),
        format: what.format.into(),
        filter,
        requests,
        shape,
        lang: Lang::new(&what.lang),
        guard: if what.raw { Guard::Off } else { Guard::On },
        base_url: what.public_url.as_ref().map_or("", |url| url.as_str().trim_end_matches('/')).to_owned(),
    };
    let export = export::Export::new(atlas, order);
    let (total, name) = (export.total(), what.what);
    match &what.out {
        None => write(export, &mut io::stdout().lock())?,
        Some(path) => {
            whole(export, path)?;
            say(&format!("{total} {} are in {}.", export::What::from(name).as_str(), path.display()));
        }
    }
    Ok(())
}

/// Writes beside the file and moves it into place at the end, so that nobody finds half of one.
fn whole(export: export::Export, path: &Path) -> anyhow::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let fault = || format!("{} cannot be written", path.display());
    let mut file = BufWriter::new(fs::File::create(&beside).with_context(fault)?);
    let written = write(export, &mut file).and_then(|()| {
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(fs::rename(&beside, path)?)
    });
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written.with_context(fault)
}

fn write(export: export::Export, out: &mut impl Write) -> anyhow::Result<()> {
    let total = export.total();
    let mut progress = (total > 10_000 && io::stderr().is_terminal()).then(Progress::new);
    let mut bytes = 0;
    for chunk in export {
        bytes += chunk.len();
        match out.write_all(&chunk) {
            // A reader who has seen enough, as `head` does.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            other => other?,
        }
        if let Some(progress) = &mut progress {
            progress.step("kilobytes", bytes / 1024, 0);
        }
    }
    Ok(out.flush()?)
}
