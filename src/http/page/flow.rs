//! The flow without its picture: the same numbers as tables, publishers by sectors or, of the long form, a table for each
//! step.

use maud::{Markup, html};

use super::{View, subject, titled::within, views};
use crate::{
    analysis::flow::{Flow, Level, Node, Window, flow_within},
    atlas::Filter,
    export::{query, shape::Form},
    texts::nodes,
};

/// The tables of the form that an address names, and the files of the same numbers.
pub(super) fn tables(view: &View, filter: &Filter) -> Markup {
    let (atlas, texts) = (&view.atlas, view.texts);
    let shape = query::shape(view.pairs());
    let window = Window { top: Some(shape.form.nodes()), skip: &shape.skip, ..Window::default() };
    let flow = flow_within(atlas, filter, shape.form.levels(), window);
    html! {
        h2 { (texts.get(if shape.form == Form::Matrix { "flow.matrix" } else { "explore.flow" })) }
        @if flow.cells.is_empty() { p { (texts.get("flow.empty")) } } @else {
            @if flow.levels.len() > 2 {
                p { (texts.get("flow.distinct")) }
                @if flow.nodes.iter().flatten().any(|(node, _)| matches!(node, Node::InferredGoal(_))) {
                    p { (texts.get("flow.noteInferred")) }
                }
                @for step in 0..flow.levels.len() - 1 { (step_table(view, &flow, step)) }
            } @else {
                p { (texts.get("flow.noteMatrix")) }
                (matrix(view, &flow))
            }
            p { @for ending in ["csv", "json"] {
                a href=(views::file(view, &format!("/download/flow.{ending}"))) { (texts.get("explore.flow")) " " (ending.to_uppercase()) } " "
            } }
        }
    }
}

fn name(view: &View, flow: &Flow, node: Node) -> Markup {
    let label = nodes::label(&view.atlas, node, flow.folded_in(node), view.lang);
    if let Some(name) = nodes::named(&view.atlas, node, view.lang) {
        within(view.lang, &label, name)
    } else {
        html! { (label) }
    }
}

/// Publishers down, sectors across.
fn matrix(view: &View, flow: &Flow) -> Markup {
    let texts = view.texts;
    let count = |from: Node, to: Node| {
        flow.cells.iter().find(|cell| cell.from == from && cell.to == to).map_or(0, |cell| cell.organisations)
    };
    html! {
        (subject::scrolls(view, flow.nodes[1].len()))
        div.scroll tabindex="0" role="region" aria-label=(texts.get("flow.matrix")) { table {
            thead { tr {
                th scope="col" { (texts.get("flow.namePublisher")) }
                @for &(node, _) in &flow.nodes[1] { th scope="col" class="num" { (name(view, flow, node)) } }
                th scope="col" class="num" { (texts.get("flow.allSectors")) }
            } }
            tbody { @for &(row, total) in &flow.nodes[0] { tr {
                th scope="row" { (name(view, flow, row)) }
                @for &(column, _) in &flow.nodes[1] { td class="num" { (texts.number(count(row, column))) } }
                td class="num" { (texts.number(total)) }
            } } }
        } }
    }
}

/// The links from one level to the next, most organisations first.
fn step_table(view: &View, flow: &Flow, step: usize) -> Markup {
    let texts = view.texts;
    let heading = |level: Level| {
        texts.get(match level {
            Level::Publisher => "flow.namePublisher",
            Level::Dataset => "flow.headDataset",
            Level::Sector => "flow.nameSector",
            Level::Sdg => "flow.headGoal",
        })
    };
    let (from, to) = (heading(flow.levels[step]), heading(flow.levels[step + 1]));
    let title = texts.fill("flow.step", &[("from", from), ("to", to)]);
    let mut cells: Vec<_> = flow.cells.iter().filter(|cell| cell.step == step).collect();
    cells.sort_by_key(|cell| std::cmp::Reverse(cell.organisations));
    html! {
        h3 { (title) }
        div.scroll tabindex="0" role="region" aria-label=(title) { table {
            thead { tr {
                th scope="col" { (from) } th scope="col" { (to) } th scope="col" class="num" { (texts.get("home.organisations")) }
            } }
            tbody { @for cell in cells { tr {
                th scope="row" { (name(view, flow, cell.from)) }
                td { (name(view, flow, cell.to)) }
                td class="num" { (texts.number(cell.organisations)) }
            } } }
        } }
    }
}
