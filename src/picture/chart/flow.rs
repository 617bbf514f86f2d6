//! The flow from publishers to sectors: bands as wide as the organisations that they stand for.

use super::super::fonts::{Face, fitted_apart, width};
use super::super::mark::{class_of_family, shape};
use super::super::svg::{Drawing, Type, escaped};
use crate::analysis::flow::{Flow, Level, Node};
use crate::atlas::{Atlas, Body, Lang, Value};
use crate::texts::{phrases::Texts, value_label};

/// The width of the drawing; texts in it are legible from nine tenths of it on.
const WIDTH: f64 = 1000.0;
/// The least and the most room for the labels of publishers, and of sectors; what is left between them shows the bands.
const SIDES: [(f64, f64); 2] = [(180.0, 440.0), (180.0, 300.0)];
const BAR: f64 = 10.0;
/// A label with air.
const SLOT: f64 = 25.0;
const GAP: f64 = 4.0;
const LABEL: f64 = 15.0;

/// The name of a node.
pub fn name(atlas: &Atlas, flow: &Flow, node: Node, lang: Lang) -> String {
    let texts = Texts::of(lang);
    let folded = flow.folded.iter().find(|(of, _)| *of == node).map_or(0, |(_, count)| *count as u64);
    match node {
        Node::Body(Body::Organisation(body)) => value_label(atlas, Value::Publisher(body), lang),
        Node::Body(Body::Level(level)) => value_label(atlas, Value::Level(level), lang),
        Node::Sector(code) => value_label(atlas, Value::Code(code), lang),
        Node::Other(Level::Publisher) => texts.count("flow.otherPublishers", folded, &[]),
        Node::Other(_) => texts.count("flow.otherSectors", folded, &[]),
        _ => texts.get("family.none").to_owned(),
    }
}

/// The short name of a node, for a picture.
fn short_name(atlas: &Atlas, flow: &Flow, node: Node, lang: Lang) -> String {
    match node {
        Node::Body(Body::Organisation(body)) => atlas.short_name(body, lang).to_owned(),
        _ => name(atlas, flow, node, lang),
    }
}

/// The class that colours a node of the last level.
pub fn class(atlas: &Atlas, node: Node) -> String {
    match node {
        Node::Sector(code) => class_of_family(atlas.code_row(code).family.map_or("none", |family| atlas.str(family))),
        Node::Other(_) => "others".to_owned(),
        _ => class_of_family("none"),
    }
}

/// The distinct organisations on the link between two nodes of adjacent levels.
pub fn cell(flow: &Flow, from: Node, to: Node) -> u64 {
    flow.cells.iter().find(|cell| cell.from == from && cell.to == to).map_or(0, |cell| cell.organisations)
}

/// Where a node stands: its top, its height, and the middle of its slot.
#[derive(Clone, Copy, Debug)]
struct Place {
    top: f64,
    height: f64,
    middle: f64,
}

/// The drawing of a flow of two levels, with a name for those who do not see it.
pub fn svg(atlas: &Atlas, flow: &Flow, spoken: &str, lang: Lang) -> String {
    let [from, to] = [0, 1].map(|level| flow.nodes.get(level).map(Vec::as_slice).unwrap_or_default());
    let through = |node: Node, level: usize| -> f64 {
        let ends = flow.cells.iter().filter(|cell| if level == 0 { cell.from == node } else { cell.to == node });
        ends.map(|cell| cell.organisations as f64).sum()
    };
    let values = [
        from.iter().map(|(node, _)| through(*node, 0)).collect::<Vec<f64>>(),
        to.iter().map(|(node, _)| through(*node, 1)).collect::<Vec<f64>>(),
    ];
    let height = (from.len().max(to.len()) as f64 * (SLOT + 14.0)).clamp(200.0, 620.0);
    let scale = scale(&values, height);
    let places = values.each_ref().map(|values| column(values, scale, height));
    let mut drawing = Drawing::default();
    drawing.raw(&format!(
        r#"<svg class="flow" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{}">"#,
        escaped(spoken)
    ));
    let names = [
        from.iter().map(|&(node, _)| short_name(atlas, flow, node, lang)).collect::<Vec<_>>(),
        to.iter().map(|&(node, _)| name(atlas, flow, node, lang)).collect::<Vec<_>>(),
    ];
    let sides = [side(0, Face::Strong, &names[0]), side(1, Face::Sans, &names[1])];
    let (left, right) = (sides[0], WIDTH - sides[1]);
    bands(&mut drawing, atlas, flow, &places, (left + BAR, right - BAR), scale);
    for (at, (name, &(_, count))) in
        fitted_apart(Face::Strong, LABEL, &names[0], room(left)).iter().zip(from).enumerate()
    {
        let place = places[0][at];
        drawing.rect("ink", [left, place.top, BAR, place.height], 0.0);
        label(&mut drawing, name, count, (left - 10.0, place.middle), "end", lang);
    }
    for (at, (name, &(node, count))) in
        fitted_apart(Face::Sans, LABEL, &names[1], room(sides[1])).iter().zip(to).enumerate()
    {
        let place = places[1][at];
        drawing.rect(shape(&class(atlas, node)), [right - BAR, place.top, BAR, place.height], 0.0);
        label(&mut drawing, name, count, (right + 10.0, place.middle), "start", lang);
    }
    drawing.raw("</svg>");
    drawing.finish()
}

/// Room for a count between its bar and the name.
const COUNT: f64 = 42.0;

/// Embedded charts have the typefaces of their reader, and bold ones are that much wider than ours.
const WIDER: f64 = 1.36;
/// Between a label and the edge.
const EDGE: f64 = 12.0;

/// How wide a side is: as its longest name needs it, within limits.
fn side(level: usize, face: Face, names: &[String]) -> f64 {
    let longest = names.iter().map(|name| width(face, LABEL, name)).fold(0.0, f64::max);
    let (least, most) = SIDES[level];
    (longest * WIDER + COUNT + EDGE).clamp(least, most)
}

/// The room for a name on a side of some width.
fn room(side: f64) -> f64 {
    (side - COUNT - EDGE) / WIDER
}

/// A count beside its bar and the name beyond it.
fn label(drawing: &mut Drawing, name: &str, count: u64, (x, middle): (f64, f64), anchor: &'static str, lang: Lang) {
    let y = middle + LABEL * 0.35;
    let number = Texts::of(lang).number(count);
    let (class, side) = if anchor == "end" { ("tb", -1.0) } else { ("t", 1.0) };
    drawing.text(Type { class: "t2", size: LABEL, anchor }, x, y, &number);
    drawing.text(Type { class, size: LABEL, anchor }, x + side * COUNT, y, name);
}

/// Bands leave in the order of where they lead and arrive in the order of where they come from: few cross.
fn bands(
    drawing: &mut Drawing,
    atlas: &Atlas,
    flow: &Flow,
    places: &[Vec<Place>; 2],
    (left, right): (f64, f64),
    scale: f64,
) {
    let middle = f64::midpoint(left, right);
    let mut arrived: Vec<f64> = places[1].iter().map(|place| place.top).collect();
    for (at, (from, _)) in flow.nodes[0].iter().enumerate() {
        let mut leaving = places[0][at].top;
        for (end, (to, _)) in flow.nodes[1].iter().enumerate() {
            let thick = cell(flow, *from, *to) as f64 * scale;
            if thick <= 0.0 {
                continue;
            }
            let (y, v) = (leaving, arrived[end]);
            let path = format!(
                "M{left} {y:.1}C{middle} {y:.1} {middle} {v:.1} {right} {v:.1}V{:.1}C{middle} {:.1} {middle} {:.1} {left} {:.1}Z",
                v + thick,
                v + thick,
                y + thick,
                y + thick
            );
            drawing.path(&format!("band {}", class(atlas, *to)), &path);
            leaving += thick;
            arrived[end] += thick;
        }
    }
}

/// Units of height per organisation: as many as let the fullest column fit.
fn scale(columns: &[Vec<f64>; 2], height: f64) -> f64 {
    let fits = |per: f64| {
        columns.iter().all(|values| {
            let slots: f64 = values.iter().map(|value| (value * per).max(SLOT)).sum();
            slots + GAP * values.len().saturating_sub(1) as f64 <= height
        })
    };
    let (mut low, mut high) = (0.0, height);
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if fits(middle) { low = middle } else { high = middle }
    }
    low
}

fn column(values: &[f64], scale: f64, height: f64) -> Vec<Place> {
    let slots: Vec<f64> = values.iter().map(|value| (value * scale).max(SLOT)).collect();
    let used: f64 = slots.iter().sum();
    let gap = if values.len() > 1 { ((height - used) / (values.len() - 1) as f64).clamp(0.0, 40.0) } else { 0.0 };
    let mut top = ((height - used - gap * values.len().saturating_sub(1) as f64) / 2.0).max(0.0);
    let mut places = Vec::with_capacity(values.len());
    for (value, slot) in values.iter().zip(slots) {
        let tall = (value * scale).max(1.0);
        places.push(Place { top: top + (slot - tall) / 2.0, height: tall, middle: top + slot / 2.0 });
        top += slot + gap;
    }
    places
}
