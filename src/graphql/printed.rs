//! The figures of a study's printed report, row by row beside what the record gives now.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object};

use super::figure::label_of;
use super::language::Language;
use crate::analysis;
use crate::atlas::{Atlas, Dimension, Filter, Lang, Rollup, StudyIx, Text, Value};
use crate::{embedded, texts};

/// What a printed figure counts organisations by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PrintedBy {
    /// Reuse sectors.
    Sector,
    /// Publishers, as the survey states them.
    Publisher,
}

/// A figure of a printed report.
pub struct PrintedFigure {
    pub(crate) by: PrintedBy,
    pub(crate) rows: Vec<PrintedRow>,
}

/// One row of a printed figure.
pub struct PrintedRow {
    atlas: Arc<Atlas>,
    key: &'static str,
    value: Option<Value>,
    pub(crate) printed: Option<u64>,
    pub(crate) now: u64,
    /// The word for why the two differ; empty where they do not.
    pub(crate) note: &'static str,
}

impl PrintedRow {
    /// Its label.
    pub(crate) fn name(&self, lang: Lang) -> String {
        self.value.map_or_else(|| self.key.to_owned(), |value| label_of(&self.atlas, value, lang))
    }

    /// The same with its language, where it is a name of the record.
    pub(crate) fn named(&self, lang: Lang) -> Option<Text<'_>> {
        self.value.and_then(|value| self.atlas.value_label(value, lang))
    }
}

impl PrintedFigure {
    /// The printed figures of a study; most have none.
    pub(crate) fn list(atlas: &Arc<Atlas>, study: StudyIx) -> Vec<Self> {
        let chapter = atlas.str(atlas.study(study).chapter);
        let figures = [(PrintedBy::Sector, "sectors"), (PrintedBy::Publisher, "publishers")];
        let figure = |(by, word): (PrintedBy, &str)| {
            let now = counted(atlas, chapter, by);
            let records = embedded::records("printed");
            let own = records.filter(|record| record.get("chapter") == chapter && record.get("figure") == word);
            let row = |record: crate::reference::Record<'static>| {
                let key = record.get("key");
                let found = now.iter().find(|(value, _)| is_named(atlas, *value, key));
                PrintedRow {
                    atlas: Arc::clone(atlas),
                    key,
                    value: found.map(|(value, _)| *value),
                    printed: record.get("printed").parse().ok(),
                    now: found.map_or(0, |(_, count)| *count),
                    note: record.get("note"),
                }
            };
            Self { by, rows: own.map(row).collect() }
        };
        figures.map(figure).into_iter().filter(|figure| !figure.rows.is_empty()).collect()
    }
}

/// Organisations of a chapter per sector, or per publisher as the survey states it.
fn counted(atlas: &Atlas, chapter: &str, by: PrintedBy) -> Vec<(Value, u64)> {
    let filter = Filter { chapter: vec![chapter.to_owned()], rollup: Some(Rollup::AsStated), ..Filter::default() };
    match by {
        PrintedBy::Sector => analysis::counts::counts(atlas, Dimension::Sector, &filter).rows,
        PrintedBy::Publisher => {
            let rows = analysis::publishers::users_per_publisher(atlas, &atlas.select(&filter), filter.rollup);
            rows.into_iter().map(|(org, users)| (Value::Publisher(org), users)).collect()
        }
    }
}

/// Whether the table means this value: a sector by its code, a body by its name.
fn is_named(atlas: &Atlas, value: Value, key: &str) -> bool {
    match value {
        Value::Publisher(org) => atlas.name(org, Lang::ES).value == key,
        value => atlas.word_of(value) == key,
    }
}

/// A figure of a printed report.
#[Object(serial)]
impl PrintedFigure {
    /// What it counts organisations by.
    async fn by(&self) -> PrintedBy {
        self.by
    }

    /// Its rows, in the order of the report; those that the report leaves out stand where they belong.
    async fn rows(&self) -> &[PrintedRow] {
        &self.rows
    }

    /// The sum of the printed rows; for publishers it means nothing, as an organisation may use several.
    async fn printed_total(&self) -> Option<u64> {
        (self.by == PrintedBy::Sector).then(|| self.rows.iter().filter_map(|row| row.printed).sum())
    }

    /// The sum of the same rows now.
    async fn now_total(&self) -> Option<u64> {
        (self.by == PrintedBy::Sector).then(|| self.rows.iter().map(|row| row.now).sum())
    }
}

/// One row of a printed figure.
#[Object(serial)]
impl PrintedRow {
    /// Its label.
    async fn label(&self, ctx: &Context<'_>, lang: Option<Language>) -> String {
        self.name(super::language::lang(ctx, lang))
    }

    /// Path of its page.
    async fn path(&self) -> Option<String> {
        let atlas = &self.atlas;
        match self.value? {
            Value::Publisher(org) => Some(format!("/publishers/{}", atlas.str(atlas.organisation(org).slug))),
            Value::Code(code) => Some(format!("/sectors/{}", atlas.str(atlas.code_row(code).code))),
            _ => None,
        }
    }

    /// Organisations as printed; null where the report leaves the row out.
    async fn printed(&self) -> Option<u64> {
        self.printed
    }

    /// Distinct organisations in the record.
    async fn now(&self) -> u64 {
        self.now
    }

    /// Why the two differ.
    async fn note(&self, ctx: &Context<'_>, lang: Option<Language>) -> Option<String> {
        let lang = super::language::lang(ctx, lang);
        (!self.note.is_empty()).then(|| texts::words_of(lang, "api.printed", self.note))
    }
}
