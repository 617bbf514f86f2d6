//! Reads what everything else refers to: areas, codes, indicators, studies, waves and sources.

use super::{Columns, Error, Reader, returned};
use crate::atlas::rows::{
    AreaRow, BatchRow, CodeRow, IndicatorRow, MappingRow, RedirectRow, Rows, SchemeRow, SourceRow, StudyRow, WaveRow,
};
use crate::domain::draft::{LangText, lang_text};

pub(super) async fn read(reader: &Reader<'_>, rows: &mut Rows) -> Result<(), Error> {
    reference(reader, rows).await?;
    studies(reader, rows).await?;
    let columns = "select kind, slug, target_id from slug_redirect order by kind, slug";
    reader
        .all(columns, &mut rows.redirects, |row| {
            Ok(RedirectRow { kind: row.take()?, slug: row.take()?, target: row.take()? })
        })
        .await?;
    let columns = "select kind, chapter, finished_at from import_batch where status = 'published' order by revision";
    reader
        .all(columns, &mut rows.batches, |row| {
            Ok(BatchRow { kind: row.take()?, chapter: row.take()?, finished_at: row.take()? })
        })
        .await
}

async fn reference(reader: &Reader<'_>, rows: &mut Rows) -> Result<(), Error> {
    let areas = "select id, scheme, code, name, parent_id, latitude, longitude from area order by scheme, code";
    reader
        .all(areas, &mut rows.areas, |row| {
            Ok(AreaRow {
                id: row.take()?,
                scheme: row.word()?,
                code: row.take()?,
                name: row.text()?,
                parent: row.take()?,
                latitude: row.take()?,
                longitude: row.take()?,
            })
        })
        .await?;
    let schemes = "select id, version, name, publisher, licence, url from code_scheme order by id";
    reader
        .all(schemes, &mut rows.schemes, |row| {
            Ok(SchemeRow {
                id: row.take()?,
                version: row.take()?,
                name: row.text()?,
                publisher: published_by(row.take()?),
                licence: row.text()?,
                url: row.take()?,
            })
        })
        .await?;
    let codes = "select id, scheme, code, label, parent_id, definition, position, extra from code \
                 order by scheme, position, code";
    reader.all(codes, &mut rows.codes, code).await?;
    let mappings = "select from_id, to_id, relation, confidence, note from code_mapping order by id";
    reader
        .all(mappings, &mut rows.mappings, |row| {
            Ok(MappingRow {
                from: row.take()?,
                to: row.take()?,
                relation: row.word()?,
                confidence: row.word()?,
                note: row.text_if()?,
            })
        })
        .await?;
    let indicators = "select id, key, name, definition, concept, unit, chain_stage, measure, subject_levels, \
                      frequency, source_scheme, source_code from indicator_definition order by key";
    reader.all(indicators, &mut rows.indicators, indicator).await
}

/// Who publishes a list of codes: by language, or as records of before have it.
fn published_by(text: String) -> LangText {
    serde_json::from_str(&text).unwrap_or_else(|_| lang_text("en", text))
}

fn code(row: &mut Columns<'_>) -> Result<CodeRow, Error> {
    Ok(CodeRow {
        id: row.take()?,
        scheme: row.take()?,
        code: row.take()?,
        label: row.text()?,
        parent: row.take()?,
        definition: row.text_if()?,
        position: row.take()?,
        extra: row.take()?,
    })
}

fn indicator(row: &mut Columns<'_>) -> Result<IndicatorRow, Error> {
    Ok(IndicatorRow {
        id: row.take()?,
        key: row.take()?,
        name: row.text()?,
        definition: row.text()?,
        concept: row.take()?,
        unit: row.take()?,
        chain_stage: row.word()?,
        measure: row.word()?,
        subject_levels: row.words()?,
        frequency: row.take()?,
        source_scheme: row.word()?,
        source_code: row.take()?,
    })
}

async fn studies(reader: &Reader<'_>, rows: &mut Rows) -> Result<(), Error> {
    let columns = "entity_id, slug, chapter, title, licence, licence_url, attribution, url";
    reader
        .public(columns, "study", &mut rows.studies, |row| {
            Ok(StudyRow {
                id: row.take()?,
                slug: row.take()?,
                chapter: row.take()?,
                title: row.text()?,
                licence: row.take()?,
                licence_url: row.take()?,
                attribution: row.take()?,
                url: row.take()?,
            })
        })
        .await?;
    let columns = "entity_id, study_id, slug, title, opens_on, closes_on, population, frame, state, instrument, \
                   asked, asked_goals, takes_nominations";
    reader.public(columns, "wave", &mut rows.waves, wave).await?;
    returned::read(reader, &mut rows.waves).await?;
    let columns = "entity_id, kind, title, lang, url, author, published_on, accessed_at, licence, study_id";
    reader
        .public(columns, "source", &mut rows.sources, |row| {
            Ok(SourceRow {
                id: row.take()?,
                kind: row.word()?,
                title: row.take()?,
                lang: row.take()?,
                url: row.take()?,
                author: row.take()?,
                published_on: row.take()?,
                accessed_at: row.take()?,
                licence: row.take()?,
                study: row.take()?,
            })
        })
        .await
}

fn wave(row: &mut Columns<'_>) -> Result<WaveRow, Error> {
    Ok(WaveRow {
        id: row.take()?,
        study: row.take()?,
        slug: row.take()?,
        title: row.text()?,
        opens_on: row.take()?,
        closes_on: row.take()?,
        population: row.text()?,
        frame: row.word()?,
        state: row.word()?,
        instrument: row.take()?,
        asked: row.words()?,
        asked_goals: row.json()?,
        takes_nominations: row.take()?,
        returned: None,
    })
}
