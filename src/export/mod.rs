//! Rows of the atlas as bytes: CSV, JSON and GeoJSON, a chunk at a time, every row with its licence and
//! whom to name. No database, no transport.

pub mod cell;
mod figures;
pub mod query;
mod requests;
mod row;
pub mod shape;
pub mod sort;
mod tables;

use std::{str::FromStr, sync::Arc};

use chrono::SecondsFormat;
use serde_json::json;

use crate::analysis::demand::Asked;
use crate::analysis::method::METHOD_VERSION;
use crate::analysis::studies::users_by_study;
use crate::atlas::{Atlas, Filter, Lang, StudyIx};
use crate::texts;
use cell::{Cell, Guard};
use shape::{Shape, TableColumn};

/// What stands in each column of each file, for people.
pub const COLUMNS: &str = include_str!("../../docs/columns.md");

/// The name of a file names so many studies that nobody chose; of more it has the number.
const NAMED_STUDIES: usize = 6;

/// About this many bytes make a chunk.
const CHUNK: usize = 32 * 1024;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Organisations,
    Claims,
    Publishers,
    Datasets,
    Observations,
    Requests,
    /// The links of a flow, in the form that the address shows.
    Flow,
    /// Distinct organisations by a facet.
    Counts,
}

impl What {
    /// Everything that can be written.
    pub const ALL: [Self; 8] = [
        Self::Organisations,
        Self::Claims,
        Self::Publishers,
        Self::Datasets,
        Self::Observations,
        Self::Requests,
        Self::Flow,
        Self::Counts,
    ];

    /// Whether its rows lie anywhere, and can be written as GeoJSON.
    pub const fn has_places(self) -> bool {
        matches!(self, Self::Organisations | Self::Publishers | Self::Claims | Self::Datasets)
    }

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Organisations => "organisations",
            Self::Claims => "claims",
            Self::Publishers => "publishers",
            Self::Datasets => "datasets",
            Self::Observations => "observations",
            Self::Requests => "requests",
            Self::Flow => "flow",
            Self::Counts => "counts",
        }
    }
}

/// The columns that the document describes for a file, in their order.
#[cfg(test)]
pub(crate) fn described(file: &str) -> Vec<&'static str> {
    let sections = COLUMNS.split("\n## ").filter_map(|section| section.split_once('\n'));
    let own = sections.filter(|(title, _)| *title == file).flat_map(|(_, body)| body.lines());
    // Headed tables of columns alone: a section may have others below.
    own.skip_while(|line| !line.starts_with("| column "))
        .skip(2)
        .map_while(|line| line.strip_prefix("| `"))
        .filter_map(|line| line.split_once('`').map(|(column, _)| column))
        .collect()
}

impl FromStr for What {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|what| what.as_str() == word).ok_or(())
    }
}

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Json,
    GeoJson,
}

impl Format {
    /// How the name of a file ends.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::GeoJson => "geojson",
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json; charset=utf-8",
            Self::GeoJson => "application/geo+json",
        }
    }
}

impl FromStr for Format {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            "geojson" => Ok(Self::GeoJson),
            _ => Err(()),
        }
    }
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Order {
    pub what: What,
    pub format: Format,
    pub filter: Filter,
    /// Which requests for data are asked for, where they are what is written.
    pub requests: Asked,
    /// What of it is shown, and how.
    pub shape: Shape,
    pub lang: Lang,
    /// Whether cells that a spreadsheet would run are made harmless (CSV only; the other forms stay verbatim).
    pub guard: Guard,
    /// The address that pages of records begin with.
    pub base_url: String,
}

/// A file under way: an iterator over its chunks.
pub struct Export {
    atlas: Arc<Atlas>,
    order: Order,
    whole: tables::Whole,
    /// The studies that its organisations are of, each with how many.
    studies: Vec<(StudyIx, u64)>,
    /// Which of the columns are written.
    kept: Vec<usize>,
    rows: std::vec::IntoIter<u32>,
    total: usize,
    written: usize,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Head,
    Rows,
    Done,
}

impl Export {
    /// Selects the rows; nothing is written yet.
    pub fn new(atlas: Arc<Atlas>, order: Order) -> Self {
        let whole = tables::Whole::of(&atlas, &order);
        let rows = tables::rows(&atlas, &order, &whole);
        let studies = match order.what {
            What::Observations | What::Requests => Vec::new(),
            _ => users_by_study(&atlas, &order.filter),
        };
        let columns = tables::columns(order.what).iter().enumerate();
        let is_kept =
            |column: &str| order.what != What::Organisations || TableColumn::is_chosen(&order.shape.columns, column);
        let kept = columns.filter(|(_, column)| is_kept(column)).map(|(at, _)| at).collect();
        let (total, rows) = (rows.len(), rows.into_iter());
        Self { atlas, total, rows, order, whole, studies, kept, written: 0, stage: Stage::Head }
    }

    /// How many rows there are.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Whether anything is recorded of the day; what is asked for in public is dated itself.
    fn is_recorded(&self) -> bool {
        self.order.what == What::Requests || self.atlas.tells(&self.order.filter, self.total as u64)
    }

    fn head(&self, out: &mut String) {
        match self.order.format {
            Format::Csv => cell::csv_row(out, self.columns().into_iter().map(Cell::from), self.order.guard),
            Format::Json => {
                out.push_str("{\"meta\":");
                out.push_str(&self.meta().to_string());
                out.push_str(",\"rows\":[");
            }
            // RFC 7946 lets a collection have members of its own.
            Format::GeoJson => {
                out.push_str("{\"type\":\"FeatureCollection\",\"meta\":");
                out.push_str(&self.meta().to_string());
                out.push_str(",\"features\":[");
            }
        }
    }

    /// The columns that are written.
    fn columns(&self) -> Vec<&'static str> {
        let columns = tables::columns(self.order.what);
        self.kept.iter().map(|&at| columns[at]).collect()
    }

    /// Under what conditions the rows hold.
    fn meta(&self) -> serde_json::Value {
        json!({
            "what": self.order.what.as_str(),
            "asOf": self.atlas.as_of.to_string(),
            "knownAt": self.atlas.known_at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            "isRecorded": self.is_recorded(),
            "revision": self.atlas.revision,
            "method": METHOD_VERSION,
            "filters": match self.order.what {
                What::Requests => self.order.requests.canonical(&self.atlas),
                _ => self.order.filter.canonical(),
            },
            "recordedAt": self.atlas.recorded_at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            "count": self.total,
            "n": self.whole.figure().map(|figure| figure.n),
            "coverage": self.whole.figure().map(|figure| {
                let of = &figure.coverage;
                json!({ "attribute": of.attribute.as_str(), "answered": of.answered, "asked": of.asked })
            }),
            "rollup": self.whole.figure().map(|figure| figure.rollup.as_str()),
            "studies": self.studies.iter().map(|&(study, n)| {
                let study = self.atlas.study(study);
                let title = self.atlas.label(study.title, self.order.lang).value;
                json!({ "chapter": self.atlas.str(study.chapter), "title": title, "n": n })
            }).collect::<Vec<_>>(),
            // Samples of other times and places, counted together: a file is read far from the page that says so.
            "note": (self.studies.len() > 1).then(|| texts::text(self.order.lang, "page.file.pooled")),
            "licence": "each row names its own",
        })
    }

    /// What the file is called: its rows, the studies that the filter names or that are in it together, and the day.
    pub fn name(&self) -> String {
        let Order { what, format, filter, .. } = &self.order;
        let mut name = format!("od100-{}", what.as_str());
        let mut chapters = filter.chapter.clone();
        if chapters.is_empty() && self.studies.len() > NAMED_STUDIES {
            name = format!("{name}-{}-studies", self.studies.len());
        } else if chapters.is_empty() && self.studies.len() > 1 {
            let all = self.studies.iter().map(|&(study, _)| self.atlas.str(self.atlas.study(study).chapter).to_owned());
            chapters.extend(all);
        }
        for chapter in &chapters {
            name.push('-');
            name.extend(chapter.chars().filter(char::is_ascii_alphanumeric));
        }
        format!("{name}-{}.{}", self.atlas.as_of, format.ending())
    }

    fn row(&self, out: &mut String, row: u32) {
        let columns = self.columns();
        let mut cells = row::cells(&self.atlas, &self.order, &self.whole, row);
        if self.kept.len() < cells.len() {
            cells = self.kept.iter().map(|&at| cells[at].clone()).collect();
        }
        if self.order.format != Format::Csv && self.written > 0 {
            out.push(',');
        }
        match self.order.format {
            Format::Csv => cell::csv_row(out, cells.into_iter(), self.order.guard),
            Format::Json => {
                out.push('\n');
                cell::json_object(out, &columns, &cells);
            }
            Format::GeoJson => {
                out.push_str("\n{\"type\":\"Feature\",\"geometry\":");
                match tables::place(&self.atlas, self.order.what, row) {
                    Some((lon, lat)) => {
                        let point = json!({ "type": "Point", "coordinates": [degrees(lon), degrees(lat)] });
                        out.push_str(&point.to_string());
                    }
                    None => out.push_str("null"),
                }
                out.push_str(",\"properties\":");
                cell::json_object(out, &columns, &cells);
                out.push('}');
            }
        }
    }
}

impl Iterator for Export {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut out = String::with_capacity(CHUNK + CHUNK / 4);
        if self.stage == Stage::Done {
            return None;
        }
        if self.stage == Stage::Head {
            self.head(&mut out);
            self.stage = Stage::Rows;
        }
        while out.len() < CHUNK {
            let Some(row) = self.rows.next() else {
                self.stage = Stage::Done;
                match self.order.format {
                    Format::Csv => {}
                    Format::Json | Format::GeoJson => out.push_str("\n]}\n"),
                }
                break;
            };
            self.row(&mut out, row);
            self.written += 1;
        }
        (!out.is_empty()).then(|| out.into_bytes())
    }
}

/// Seven decimals are a centimetre; more would pretend.
fn degrees(value: f64) -> f64 {
    (value * 1e7).round() / 1e7
}
