//! The parts of the method's page that hold numbers: what was answered, the formulas with what they assume, and the
//! printed report beside the record.

use maud::{Markup, html};

use super::{
    View, study, subject,
    titled::{self, marked, within},
};
use crate::{
    analysis::{Figure, method, questions::Answered},
    atlas::{Dimension, Filter, StudyIx},
    graphql::{
        formula::Formula,
        printed::{PrintedBy, PrintedFigure, PrintedRow},
    },
    texts,
};

/// The properties whose coverage is told.
const COVERED: [Dimension; 8] = [
    Dimension::Publisher,
    Dimension::Dataset,
    Dimension::Sector,
    Dimension::Area,
    Dimension::Size,
    Dimension::Kind,
    Dimension::Model,
    Dimension::Sdg,
];

/// How many of those asked answered each question, in each study.
pub(super) fn coverage(view: &View) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    html! {
        h2 { (texts.get("method.coverage")) }
        p { (texts.get("method.coverageNote")) }
        @for study in atlas.studies() {
            @let title = titled::study(view, study);
            h3 { (marked(view, title)) }
            (study::coverage(view, title.value, &of_study(view, study), &[]))
        }
    }
}

fn of_study(view: &View, study: StudyIx) -> Vec<Answered> {
    let atlas = &view.atlas;
    let chapter = vec![atlas.str(atlas.study(study).chapter).to_owned()];
    let filter = Filter { chapter, ..Filter::default() };
    let selection = atlas.select(&filter);
    COVERED.iter().map(|&dimension| Figure::new(atlas, &filter, &selection, dimension).coverage.into()).collect()
}

/// The formulas in words, with the numbers that they assume.
pub(super) fn formulas(view: &View) -> Markup {
    let texts = view.texts;
    html! {
        h2 { (texts.get("formulas.title")) }
        p { (texts.fill("formulas.note", &[("version", method::METHOD_VERSION)])) }
        dl { @for formula in Formula::list(view.lang) {
            dt { (formula.name) }
            dd {
                @for line in &formula.lines { p { code { (line) } } }
                @for note in &formula.notes { p { (note) } }
            }
        } }
    }
}

/// The figures of the printed reports, each row beside the same count now.
pub(super) fn printed(view: &View) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    let figures: Vec<(StudyIx, PrintedFigure)> = atlas
        .studies()
        .flat_map(|study| PrintedFigure::list(atlas, study).into_iter().map(move |figure| (study, figure)))
        .collect();
    html! {
        @if !figures.is_empty() {
            h2 { (texts.get("printed.title")) }
            p { (texts.get("printed.note")) }
            @for (study, figure) in &figures { (compared(view, *study, figure)) }
        }
    }
}

fn compared(view: &View, study: StudyIx, figure: &PrintedFigure) -> Markup {
    let texts = view.texts;
    let (key, what) = match figure.by {
        PrintedBy::Sector => ("printed.sectors", "publisher.sector"),
        PrintedBy::Publisher => ("printed.publishers", "claims.publisher"),
    };
    let named = titled::study(view, study);
    let title = texts.fill(key, &[("title", named.value)]);
    let stated: Vec<&PrintedRow> = figure.rows.iter().filter(|row| row.printed.is_some()).collect();
    let same = stated.iter().filter(|row| row.printed == Some(row.now)).count() as u64;
    html! {
        h3 { (within(view.lang, &title, named)) }
        p { (texts.count("printed.same", stated.len() as u64, &[("same", &texts.number(same))])) }
        (subject::scrolls(view, 5))
        div.scroll tabindex="0" role="region" aria-label=(title) { table {
            thead { tr {
                th scope="col" { (texts.get(what)) }
                @for key in ["printed.printed", "printed.now", "printed.difference"] {
                    th scope="col" class="num" { (texts.get(key)) }
                }
                th scope="col" { (texts.get("printed.why")) }
            } }
            tbody { @for row in &figure.rows { tr {
                th scope="row" { @if let Some(name) = row.named(view.lang) { (marked(view, name)) } @else { (row.name(view.lang)) } }
                td class="num" { (row.printed.map_or_else(|| texts.get("printed.omitted").to_owned(), |count| texts.number(count))) }
                td class="num" { (texts.number(row.now)) }
                td class="num" { @if let Some(printed) = row.printed { (difference(view, printed, row.now)) } }
                td { @if !row.note.is_empty() { (texts::words_of(view.lang, "api.printed", row.note)) } }
            } } }
        } }
    }
}

/// A difference always carries its sign; none is said in words.
fn difference(view: &View, printed: u64, now: u64) -> String {
    let texts = view.texts;
    match now.cmp(&printed) {
        std::cmp::Ordering::Equal => texts.get("printed.equal").to_owned(),
        std::cmp::Ordering::Greater => format!("+{}", texts.number(now - printed)),
        std::cmp::Ordering::Less => format!("−{}", texts.number(printed - now)),
    }
}
