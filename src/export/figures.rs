//! Figures as rows: the links of a flow, and how many organisations each value of a facet has. A row says what it counts
//! and what it rests on, so that it holds by itself wherever it is pasted.

use super::{Order, cell::Cell};
use crate::{
    analysis::{
        Figure,
        counts::{Counts, counts},
        flow::{Flow, Window, flow_within},
    },
    atlas::{Atlas, StrIx, Study, StudyIx, Value},
    texts::{nodes, value_label},
};

/// The columns that every figure ends with, before whom to name.
macro_rules! with_figure {
    ($($column:literal),* $(,)?) => {
        &[$($column,)* "organisations", "of", "coverage_of", "answered", "asked", "rollup", "waves", "chapters", "as_of",
          "method", "filters", "attribution", "licence", "licence_url"]
    };
}

/// The columns of a flow.
pub(super) const FLOW: &[&str] = with_figure!("step", "from_level", "from", "from_label", "to_level", "to", "to_label");
/// The columns of counts.
pub(super) const COUNTS: &[&str] = with_figure!("by", "value", "label", "is_unknown");

/// A figure that is written out.
#[derive(Debug)]
pub(super) enum Rows {
    Flow(Flow),
    Counts(Counts),
}

impl Rows {
    /// The flow that the address shows: its form and what was opened of it.
    pub(super) fn flow(atlas: &Atlas, order: &Order) -> Self {
        let form = order.shape.form;
        let window = Window { top: Some(form.nodes()), skip: &order.shape.skip, ..Window::default() };
        let mut flow = flow_within(atlas, &order.filter, form.levels(), window);
        flow.cells.sort_by_key(|cell| (cell.step, std::cmp::Reverse(cell.organisations)));
        Self::Flow(flow)
    }

    /// The organisations that the filter selects by one facet.
    pub(super) fn counts(atlas: &Atlas, order: &Order) -> Self {
        Self::Counts(counts(atlas, order.shape.by, &order.filter))
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Flow(flow) => flow.cells.len(),
            Self::Counts(counts) => counts.rows.len(),
        }
    }

    /// What the rows say about themselves.
    pub(super) fn figure(&self) -> &Figure {
        match self {
            Self::Flow(flow) => &flow.figure,
            Self::Counts(counts) => &counts.figure,
        }
    }

    /// What stands in a row.
    pub(super) fn cells<'a>(&self, atlas: &'a Atlas, order: &Order, row: u32) -> Vec<Cell<'a>> {
        let row = row as usize;
        let (mut cells, organisations) = match self {
            Self::Flow(flow) => {
                let cell = flow.cells[row];
                let end = |step: usize, node| {
                    let label = nodes::label(atlas, node, flow.folded_in(node), order.lang);
                    [flow.levels[step].as_str().into(), nodes::word(atlas, node).into(), Cell::from(label)]
                };
                let mut cells = vec![Cell::from(cell.step as u32 + 1)];
                cells.extend(end(cell.step, cell.from).into_iter().chain(end(cell.step + 1, cell.to)));
                (cells, cell.organisations)
            }
            Self::Counts(counts) => {
                let (value, organisations) = counts.rows[row];
                let is_unknown = matches!(value, Value::Unknown(_));
                let label = value_label(atlas, value, order.lang);
                let by = order.shape.by.as_str();
                (vec![by.into(), atlas.word_of(value).into(), label.into(), is_unknown.into()], organisations)
            }
        };
        cells.push((organisations as u32).into());
        cells.extend(foot(atlas, self.figure(), order.filter.canonical()));
        cells
    }
}

/// The studies that a figure draws on: of several it holds organisations of samples that were taken apart.
pub(super) fn chapters(atlas: &Atlas, figure: &Figure) -> Option<String> {
    let mut all: Vec<&str> = Vec::new();
    for &wave in &figure.waves {
        let chapter = atlas.str(atlas.study(atlas.wave(wave).study).chapter);
        if !all.contains(&chapter) {
            all.push(chapter);
        }
    }
    Some(all.join(" ")).filter(|all| !all.is_empty())
}

/// What a figure rests on and is narrowed by, and whom to name for it.
fn foot<'a>(atlas: &'a Atlas, figure: &Figure, filters: String) -> Vec<Cell<'a>> {
    let coverage = &figure.coverage;
    let waves: Vec<&str> = figure.waves.iter().map(|&wave| atlas.str(atlas.wave(wave).slug)).collect();
    let mut studies: Vec<StudyIx> = figure.waves.iter().map(|&wave| atlas.wave(wave).study).collect();
    studies.sort_unstable();
    studies.dedup();
    let each = |of: fn(&Study) -> StrIx| {
        let mut texts: Vec<&str> = studies.iter().map(|&study| atlas.str(of(atlas.study(study)))).collect();
        texts.dedup();
        Cell::from(Some(texts.join("; ")).filter(|text| !text.is_empty()))
    };
    vec![
        (figure.n as u32).into(),
        coverage.attribute.as_str().into(),
        (coverage.answered as u32).into(),
        (coverage.asked as u32).into(),
        figure.rollup.as_str().into(),
        waves.join(" ").into(),
        chapters(atlas, figure).into(),
        figure.as_of.to_string().into(),
        figure.method_version.into(),
        Cell::from(Some(filters).filter(|words| !words.is_empty())),
        each(|study| study.attribution),
        each(|study| study.licence),
        each(|study| study.licence_url),
    ]
}
