//! The charts of embedded pages with the tables that say the same: numbers come from `analysis`, drawings from
//! `picture`.

use std::cmp::Reverse;

use entity::vocabulary::Missing;
use maud::{Markup, html};

use super::{
    embed::{Chart, Kind, Note, Shown, With, drawn},
    titled::{among, marked, within},
};
use crate::{
    analysis::{
        Figure,
        counts::counts,
        flow::{Flow, Level, Node, Window, flow, flow_within},
    },
    atlas::{self, Dimension, Text, Value},
    domain::text::fold,
    picture::{
        chart,
        counts::{classes_of, places},
        look::FAMILIES,
        projection::Ground,
    },
    texts::{nodes, value_label},
};

/// Nodes of a level that a flow tells apart.
const NODES: usize = 10;
/// Rows of a list of publishers.
const ROWS: usize = 15;

pub(super) fn chart(shown: &Shown, kind: Kind) -> Chart {
    match kind {
        Kind::Map => map(shown),
        Kind::Flow => bands(shown),
        Kind::Sectors => rows(shown, Dimension::Sector, usize::MAX),
        Kind::Publishers => rows(shown, Dimension::Publisher, ROWS),
    }
}

fn map(shown: &Shown) -> Chart {
    let (atlas, texts, lang) = (&shown.view.atlas, shown.view.texts, shown.view.lang);
    let found = places(atlas, &shown.selection.organisations);
    // A cell of the grid is about a tenth of the picture.
    let zoom = found.as_ref().map_or(1.0, |places| if places.ground == Ground::World { 1.0 } else { 4.0 });
    let at = |zoom: f64| atlas.map_points(shown.selection, atlas::View { bbox: None, zoom: Some(zoom) });
    let whole = at(zoom);
    let times = found.as_ref().map_or(1.0, |places| chart::map::enlarged(places, &whole));
    let points = if times > 1.0 { at(zoom + times.log2()) } else { whole };
    let drawing =
        found.as_ref().map(|places| (places, chart::map::drawn(atlas, places, &points, shown.headline, lang)));
    let part = drawing.as_ref().and_then(|(_, map)| map.part);
    let picture = html! {
        @if let Some((places, map)) = drawing {
            (hatching())
            (drawn(map.svg))
            p.note { (texts.get("map.key")) }
            ul.key aria-label=(texts.get("map.key")) { @for (class, name) in classes_of(places.counts.values().copied()) {
                li { svg viewBox="0 0 14 14" aria-hidden="true" { rect class={ "q" (class) } x="1" y="1" width="12" height="12" {} } (name) }
            } }
            ul.key aria-label=(texts.get("facet.FAMILY")) { @for family in families(shown) { li { (swatch(&format!("f-{family}"))) (texts.get(&format!("family.{family}"))) } } }
        }
    };
    let mut notes = vec![Note::new(texts.get("map.areaTrue"))];
    if let Some([count, all]) = part.map(|part| part.map(|n| texts.number(n))) {
        let part = texts.fill("map.ofAll", &[("count", &count), ("all", &all)]);
        notes.push(Note::new(&texts.fill("map.partKey", &[("part", &part), ("count", &count), ("all", &all)])));
    }
    if points.unplaced > 0 {
        notes.push(Note::new(&texts.count("map.unplaced", points.unplaced, &[])));
    }
    let mut areas: Vec<_> = points.areas.clone();
    areas.sort_by_cached_key(|&(area, count)| (Reverse(count), fold(atlas.label(atlas.area(area).name, lang).value)));
    let table = html! {
        table {
            caption { (among(shown.view.lang, shown.headline, shown.names)) }
            thead { tr { th scope="col" { (texts.get("facet.AREA")) } th scope="col" { (texts.get("home.organisations")) } } }
            tbody { @for (area, count) in areas { tr {
                th scope="row" { (marked(shown.view, atlas.label(atlas.area(area).name, lang))) }
                td { (texts.number(count)) }
            } } }
        }
    };
    let figure = Figure::new(atlas, shown.filter, shown.selection, Dimension::Area);
    Chart { picture, notes, table, figure }
}

/// The families that are in a selection.
fn families<'a>(shown: &'a Shown) -> impl Iterator<Item = &'static str> + 'a {
    let atlas = &shown.view.atlas;
    FAMILIES.into_iter().filter(move |&family| {
        let known = atlas.families().iter().find(|known| atlas.str(**known) == family);
        known.is_some_and(|&of| atlas.has_any(Dimension::Family, Value::Family(of), &shown.selection.organisations))
    })
}

fn swatch(class: &str) -> Markup {
    let (class, fill) = painted(class);
    html! { svg viewBox="0 0 14 14" aria-hidden="true" { rect class=(class) fill=[fill] x="1" y="1" width="12" height="12" {} } }
}

fn bands(shown: &Shown) -> Chart {
    let (atlas, texts, lang) = (&shown.view.atlas, shown.view.texts, shown.view.lang);
    let flow = flow(atlas, shown.filter, &[Level::Publisher, Level::Sector], Some(NODES));
    let (from, to) = (&flow.nodes[0], &flow.nodes[1]);
    let most = from.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    // Bars are cut by family: none of the sectors may be gathered, of whatever publishers.
    let fine = flow_within(
        atlas,
        shown.filter,
        &[Level::Publisher, Level::Sector],
        Window { tops: &[NODES, usize::MAX], ..Window::default() },
    );
    let cut: Vec<Vec<(String, u64)>> = from.iter().map(|&(node, _)| pieces(shown, &fine, node)).collect();
    let has_piece = |family: &str| cut.iter().flatten().any(|(class, _)| class.strip_prefix("f-") == Some(family));
    let picture = html! {
        @if from.is_empty() { p.note { (texts.get("flow.empty")) } } @else {
            (hatching())
            div.wide { (drawn(chart::flow::svg(atlas, &flow, shown.headline, lang))) }
            div.narrow {
                ul.bars { @for (&(node, count), pieces) in from.iter().zip(&cut) { li {
                    div.row { span { (node_name(shown, &flow, node)) } b { (texts.number(count)) } }
                    (stack(pieces, count as f64 / most as f64))
                } } }
                ul.key aria-label=(texts.get("facet.FAMILY")) {
                    @for family in FAMILIES.into_iter().filter(|family| has_piece(family)) { li { (swatch(&format!("f-{family}"))) (texts.get(&format!("family.{family}"))) } }
                }
            }
        }
    };
    let table = html! {
        table {
            caption { (among(shown.view.lang, shown.headline, shown.names)) }
            thead { tr {
                th scope="col" { (texts.get("flow.namePublisher")) }
                @for &(node, _) in to { th scope="col" { (node_name(shown, &flow, node)) } }
                th scope="col" { (texts.get("flow.allSectors")) }
            } }
            tbody { @for &(row, count) in from { tr {
                th scope="row" { (node_name(shown, &flow, row)) }
                @for &(column, _) in to { td { (texts.number(chart::flow::cell(&flow, row, column))) } }
                td { (texts.number(count)) }
            } } }
        }
    };
    let parts: u64 = flow.cells.iter().map(|cell| cell.organisations).sum();
    let using: u64 = to.iter().map(|(_, count)| *count).sum();
    // What stands for a number is another thing in each of the two pictures.
    let mut notes = Vec::new();
    let pictures = [(With::Wide, "flow.note", "flow.parts"), (With::Narrow, "flow.noteBars", "flow.partsBars")];
    for (with, what, sum) in pictures {
        if !from.is_empty() {
            notes.push(Note { with, text: texts.get(what).to_owned() });
        }
        if parts > using {
            let n = texts.count("list.organisations", using, &[]);
            let text = texts.fill(sum, &[("parts", &texts.number(parts)), ("n", &n)]);
            notes.push(Note { with, text });
        }
    }
    let left = flow.unlinked;
    let told = [("flow.noPublisher", left.silent), ("flow.noBody", left.unnamed), ("flow.ownData", left.own)];
    notes.extend(told.into_iter().filter(|&(_, n)| n > 0).map(|(key, n)| Note::new(&texts.count(key, n, &[]))));
    Chart { picture, notes, table, figure: flow.figure }
}

/// The name of a node, with its language.
fn node_name(shown: &Shown, flow: &Flow, node: Node) -> Markup {
    let (atlas, lang) = (&shown.view.atlas, shown.view.lang);
    let label = chart::flow::name(atlas, flow, node, lang);
    nodes::named(atlas, node, lang).map_or_else(|| html! { (label) }, |name| within(lang, &label, name))
}

/// One publisher's bands by the class of where they lead, in the order of legends.
fn pieces(shown: &Shown, flow: &Flow, from: Node) -> Vec<(String, u64)> {
    let atlas = &shown.view.atlas;
    let mut pieces: Vec<(String, u64)> = Vec::new();
    for &(to, _) in &flow.nodes[1] {
        let (class, count) = (chart::flow::class(atlas, to), chart::flow::cell(flow, from, to));
        match pieces.iter_mut().find(|(of, _)| *of == class) {
            Some((_, sum)) => *sum += count,
            None => pieces.push((class, count)),
        }
    }
    let place = |class: &str| FAMILIES.iter().position(|family| class.strip_prefix("f-") == Some(family));
    pieces.retain(|(_, count)| *count > 0);
    pieces.sort_by_key(|(class, _)| place(class).unwrap_or(FAMILIES.len()));
    pieces
}

/// A bar cut into pieces, as long as its share of the longest.
fn stack(pieces: &[(String, u64)], share: f64) -> Markup {
    let total = pieces.iter().map(|(_, count)| count).sum::<u64>().max(1) as f64;
    let mut from = 0.0;
    html! {
        svg aria-hidden="true" {
            @for (class, count) in pieces {
                @let (class, fill) = painted(class);
                @let wide = *count as f64 / total * share * 100.0;
                rect class=(class) fill=[fill] x=(format!("{from:.2}%")) y="0" width=(format!("{wide:.2}%")) height="12" {}
                @let () = from += wide;
            }
        }
    }
}

fn rows(shown: &Shown, by: Dimension, most: usize) -> Chart {
    let (atlas, texts, lang) = (&shown.view.atlas, shown.view.texts, shown.view.lang);
    let counted = counts(atlas, by, shown.filter);
    // That nobody is named is a row, but not a publisher; nor is one that is not named precisely.
    let is_named = |value: &Value| !matches!(value, Value::Unknown(_) | Value::Unspecified | Value::Unlisted);
    let mut rows: Vec<(Value, u64)> = counted.rows.iter().copied().take(most).collect();
    // Of as many by name, as publishers are: the order of a scheme says nothing to whoever reads a list.
    if by == Dimension::Sector {
        rows.sort_by_cached_key(|(value, count)| {
            let ranked = is_named(value).then(|| (Reverse(*count), fold(&value_label(atlas, *value, lang))));
            (ranked.is_none(), ranked)
        });
    }
    // Nobody has said anything where nobody was asked: no bar, as in the application.
    let has_bar = |value: Value| value != Value::Unknown(Missing::NotAsked);
    let barred = rows.iter().filter(|(value, _)| has_bar(*value));
    let longest = barred.map(|(_, count)| *count).max().unwrap_or(1).max(1);
    // What the bars are: the headline says of whom.
    let told = if by == Dimension::Sector {
        texts.get("dataset.whoNote").to_owned()
    } else {
        let named =
            |rows: &[(Value, u64)]| texts.number(rows.iter().filter(|(value, _)| is_named(value)).count() as u64);
        texts.fill("page.embed.publishers", &[("shown", &named(&rows)), ("n", &named(&counted.rows))])
    };
    let class = |value: Value| match value {
        Value::Code(code) => crate::picture::mark::class_of_family(
            atlas.code_row(code).family.map_or("none", |family| atlas.str(family)),
        ),
        Value::Publisher(_) | Value::Level(_) => "accent".to_owned(),
        Value::Unknown(Missing::NotApplicable) => "missing".to_owned(),
        Value::Unknown(Missing::Suppressed) => "held".to_owned(),
        Value::Unknown(_) => "unknown".to_owned(),
        _ => "f-none".to_owned(),
    };
    let picture = html! {
        (hatching())
        p.note { (told) }
        ul.bars.plain { @for &(value, count) in &rows { li {
            div.row { span { (row_name(shown, value)) } b { (texts.number(count)) } }
            @if has_bar(value) {
                @let drawn_as = class(value);
                @let (class, fill) = painted(&drawn_as);
                svg aria-hidden="true" {
                    rect class=(class) fill=[fill] x="0" y="0" width=(format!("{:.2}%", (count as f64 * 100.0 / longest as f64).max(0.3))) height="12" {}
                }
            }
        } } }
    };
    let name = if by == Dimension::Sector { "facet.SECTOR" } else { "flow.namePublisher" };
    let table = html! {
        table {
            caption { (among(shown.view.lang, shown.headline, shown.names)) }
            thead { tr { th scope="col" { (texts.get(name)) } th scope="col" { (texts.get("home.organisations")) } } }
            tbody { @for &(value, count) in &rows { tr {
                th scope="row" { (row_name(shown, value)) }
                td { (texts.number(count)) }
            } } }
        }
    };
    let left = counted.rows.iter().skip(rows.len()).filter(|(value, _)| is_named(value)).count();
    let notes = (left > 0).then(|| Note::new(&texts.count("flow.otherPublishers", left as u64, &[])));
    Chart { picture, notes: notes.into_iter().collect(), table, figure: counted.figure }
}

/// The label of a row with its language, beginning with a capital.
fn row_name(shown: &Shown, value: Value) -> Markup {
    let (atlas, lang) = (&shown.view.atlas, shown.view.lang);
    let label = capitalised(&value_label(atlas, value, lang));
    let of = atlas.value_label(value, lang).map_or(lang, |name| name.lang);
    marked(shown.view, Text { value: &label, lang: of })
}

/// The class and the fill of a shape: what is not known and what is not classified are hatched, as in the application,
/// where they are areas of their own. A style sheet cannot name the pattern of a page, so the shape does.
fn painted(class: &str) -> (&str, Option<&'static str>) {
    match class {
        "f-none" => ("hatched", Some("url(#hatch)")),
        "unknown" => ("unknown", Some("url(#hatch)")),
        _ => (class, None),
    }
}

/// The hatching that they are filled with; once in a page, and where every width of a frame draws it. As fine as the
/// smallest circle of a map needs it.
fn hatching() -> Markup {
    html! {
        svg.defs width="0" height="0" aria-hidden="true" { defs {
            pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { rect.hatch width="1.4" height="4" {} }
        } }
    }
}

/// Reasons for a missing value stand beside names, which begin with a capital.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
