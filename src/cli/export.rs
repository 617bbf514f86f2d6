//! `od100 export`: what the downloads of the site hold, written by the command line.

use std::{
    io::{self, IsTerminal, Write},
    sync::Arc,
};

use super::{
    args::Export,
    note,
    output::{self, Output, Readers},
    progress::Progress,
    record, say,
};
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
    let output =
        output::file(what.out.as_deref()).map(|path| Output::new(path, &common.database_url, &[])).transpose()?;
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
    match output {
        None => write(export, &mut io::stdout().lock())?,
        Some(output) => {
            output.write(Readers::Usual, |file| write(export, file))?;
            say(&format!("{total} {} are in {output}.", export::What::from(name).as_str()));
        }
    }
    Ok(())
}

fn write(export: export::Export, out: &mut dyn Write) -> anyhow::Result<()> {
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
