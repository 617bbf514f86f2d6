//! The small mark of a preview: what its organisations look like, in one glance.

use roaring::RoaringBitmap;

use super::counts::{self, CLASSES, Places, class_of};
use super::fonts::{Face, fitted};
use super::look::FAMILIES;
use super::shapes::{self, WIDTH};
use super::svg::{Drawing, Type, slice};
use crate::atlas::{AreaIx, Atlas, CodeIx, Dimension, Lang, OrgIx, Value};
use crate::texts::{percent, phrases::Texts, words_of};

/// What a preview shows beside its figure.
#[derive(Clone, Debug, Default)]
pub enum Mark {
    /// Nothing: the title has all the room.
    #[default]
    None,
    /// Organisations by family of their sector.
    Families(RoaringBitmap),
    /// One sector within all.
    Sector(CodeIx, RoaringBitmap),
    /// Where organisations are; one area may stand out.
    Map(RoaringBitmap, Option<AreaIx>),
    /// Where one organisation is, in the colour of its sector.
    Place(OrgIx),
    /// Names with a count each, most first.
    Ranking(Vec<(String, u64)>),
}

/// Where a mark stands.
pub(super) const LEFT: f64 = 736.0;
const RIGHT: f64 = 1128.0;
const TOP: f64 = 128.0;
const BOTTOM: f64 = 486.0;
/// Rows of a list.
const ROWS: usize = 8;

const NAME: Type = Type { class: "t", size: 21.0, anchor: "start" };
const COUNT: Type = Type { class: "tb", size: 21.0, anchor: "end" };
const NOTE: Type = Type { class: "t3", size: 18.0, anchor: "middle" };

impl Mark {
    /// Draws it; says whether there was anything to draw.
    pub(super) fn draw(&self, drawing: &mut Drawing, atlas: &Atlas, lang: Lang) -> bool {
        match self {
            Self::None => false,
            Self::Families(organisations) => {
                let mut rows: Vec<(String, String, u64)> = counts::families(atlas, organisations)
                    .into_iter()
                    .map(|(family, count)| (class_of_family(&family), words_of(lang, "family", &family), count))
                    .collect();
                // Most first; those without a sector last.
                rows.sort_by(|a, b| (a.0 == "f-none").cmp(&(b.0 == "f-none")).then(b.2.cmp(&a.2)));
                bars(drawing, &rows, lang)
            }
            Self::Ranking(rows) => {
                let rows: Vec<_> =
                    rows.iter().take(ROWS).map(|(name, count)| ("accent".to_owned(), name.clone(), *count)).collect();
                bars(drawing, &rows, lang)
            }
            Self::Sector(sector, whole) => ring(drawing, atlas, *sector, whole, lang),
            Self::Map(organisations, marked) => {
                let marked = marked.map(|area| atlas.str(atlas.area(area).code));
                counts::places(atlas, organisations).is_some_and(|places| {
                    map(drawing, &places, marked, lang);
                    true
                })
            }
            Self::Place(org) => place(drawing, atlas, *org, lang),
        }
    }
}

/// The class that colours a family; one that is not known here is drawn as not classified.
pub fn class_of_family(family: &str) -> String {
    format!("f-{}", FAMILIES.iter().find(|one| **one == family).unwrap_or(&"none"))
}

/// The class of a shape of its own: what is not classified is hatched, never a colour of its own.
pub fn shape_of_family(family: &str) -> String {
    shape(&class_of_family(family)).to_owned()
}

/// The same of what has a class already.
pub fn shape(class: &str) -> &str {
    if class == "f-none" { "hatched" } else { class }
}

/// Named bars: class, name, count.
fn bars(drawing: &mut Drawing, rows: &[(String, String, u64)], lang: Lang) -> bool {
    let most = rows.iter().map(|(.., count)| *count).max().unwrap_or(0);
    if most == 0 {
        return false;
    }
    let pitch = ((BOTTOM - TOP) / rows.len() as f64).clamp(38.0, 58.0);
    let top = TOP + (BOTTOM - TOP - pitch * rows.len() as f64) / 2.0;
    for (at, (class, name, count)) in rows.iter().enumerate() {
        let y = top + pitch * at as f64;
        let name = fitted(Face::Sans, NAME.size, name, RIGHT - LEFT - 76.0);
        drawing.text(NAME, LEFT, y + 17.0, &name);
        drawing.text(COUNT, RIGHT, y + 17.0, &Texts::of(lang).number(*count));
        drawing.rect("track", [LEFT, y + 25.0, RIGHT - LEFT, 8.0], 1.5);
        let wide = (RIGHT - LEFT) * *count as f64 / most as f64;
        drawing.rect(shape(class), [LEFT, y + 25.0, wide.max(2.0), 8.0], 1.5);
    }
    true
}

/// All sectors as a ring in the colours of their families, one of them in full.
fn ring(drawing: &mut Drawing, atlas: &Atlas, sector: CodeIx, whole: &RoaringBitmap, lang: Lang) -> bool {
    let count = |code: CodeIx| atlas.organisations_with(Dimension::Sector, Value::Code(code)).intersection_len(whole);
    let family = |code: CodeIx| atlas.code_row(code).family.map_or("none", |family| atlas.str(family));
    let mut codes: Vec<(usize, CodeIx, u64)> = atlas
        .codes_of("od500_category")
        .map(|code| (FAMILIES.iter().position(|one| *one == family(code)).unwrap_or(FAMILIES.len()), code, count(code)))
        .filter(|(.., count)| *count > 0)
        .collect();
    codes.sort_by_key(|&(family, code, count)| (family, std::cmp::Reverse(count), code));
    let (total, all) = (codes.iter().map(|(.., count)| count).sum::<u64>(), whole.len());
    if total == 0 {
        return false;
    }
    let middle = [f64::midpoint(LEFT, RIGHT), f64::midpoint(TOP, BOTTOM)];
    // A hair of paper between two slices.
    let gap = if codes.len() > 1 { 0.0016 } else { 0.0 };
    let mut from = 0.0;
    for (_, code, count) in codes {
        let to = from + count as f64 / total as f64;
        let (outer, faint) = if code == sector { (172.0, "") } else { (164.0, " faint") };
        let class = format!("{}{faint}", class_of_family(family(code)));
        drawing.path(&class, &slice(middle, outer, 108.0, from + gap, (to - gap).max(from + gap)));
        from = to;
    }
    let share = (count(sector) as f64 * 100.0 / all.max(1) as f64).round();
    let figure = Type { class: "ts", size: 56.0, anchor: "middle" };
    drawing.text(figure, middle[0], middle[1] + 12.0, &percent(lang, format_args!("{share:.0}")));
    drawing.text(NOTE, middle[0], middle[1] + 42.0, Texts::of(lang).get("page.preview.ofAll"));
    true
}

/// Scales a map to the room of a mark; returns its scale and offset.
fn fit(height: f64, below: f64) -> (f64, f64, f64) {
    let scale = ((RIGHT - LEFT) / WIDTH).min((BOTTOM - TOP - below) / height);
    (scale, LEFT + (RIGHT - LEFT - WIDTH * scale) / 2.0, TOP + (BOTTOM - TOP - below - height * scale) / 2.0)
}

/// Shaded areas with their key.
fn map(drawing: &mut Drawing, places: &Places, marked: Option<&str>, lang: Lang) {
    const KEY: f64 = 60.0;
    let frame = places.ground.frame();
    let (scale, x, y) = fit(frame.height, KEY);
    drawing.raw(&format!(r#"<g transform="translate({x:.2} {y:.2}) scale({scale:.4})">"#));
    for shape in shapes::of(places.ground) {
        let class = class_of(places.counts.get(&shape.code).copied().unwrap_or(0));
        drawing.path(
            if class == 0 { "st" } else { ["st", "st q1", "st q2", "st q3", "st q4", "st q5"][class] },
            &shape.path,
        );
    }
    let shape_of = |code: &str| shapes::of(places.ground).iter().find(|shape| shape.code == code);
    if let Some(shape) = marked.and_then(shape_of) {
        drawing.path("marked", &shape.path);
    }
    // What stands out, else the area with the most: where it is too small to be seen, a line leads to it.
    let most = places.counts.iter().max_by_key(|(code, count)| (**count, std::cmp::Reverse(*code)));
    let spoken = marked.and_then(|code| places.counts.get_key_value(code)).or(most);
    if let Some((code, count)) = spoken
        && let Some(shape) = shape_of(code)
    {
        leader(drawing, shape.bounds, *count, lang);
    }
    drawing.raw("</g>");
    key(drawing);
}

/// A line and a number for a small area.
fn leader(drawing: &mut Drawing, [west, north, east, south]: [f64; 4], count: u64, lang: Lang) {
    const SMALL: f64 = 30.0;
    if east - west > SMALL || south - north > SMALL {
        return;
    }
    let (x, y) = (f64::midpoint(west, east), f64::midpoint(north, south));
    drawing.path("leader", &format!("M{x:.1} {y:.1}l-44 62"));
    drawing.circle("ink", [x, y, 3.6]);
    let number = Type { class: "tb", size: 30.0, anchor: "end" };
    drawing.text(number, x - 48.0, y + 82.0, &Texts::of(lang).number(count));
}

/// The key of the shades: round breaks, zero apart.
fn key(drawing: &mut Drawing) {
    let wide = (RIGHT - LEFT) / CLASSES.len() as f64;
    for (class, name) in CLASSES.iter().enumerate() {
        let x = LEFT + wide * class as f64;
        let shade = ["q0", "q1", "q2", "q3", "q4", "q5"][class];
        drawing.rect(shade, [x + 2.0, BOTTOM - 34.0, wide - 4.0, 10.0], 1.0);
        drawing.text(NOTE, x + wide / 2.0, BOTTOM - 4.0, name);
    }
}

/// The area of one organisation in the colour of its sector, which is named below.
fn place(drawing: &mut Drawing, atlas: &Atlas, org: OrgIx, lang: Lang) -> bool {
    const NAMED: f64 = 56.0;
    let here = RoaringBitmap::from_iter([org.get()]);
    let Some(places) = counts::places(atlas, &here) else { return false };
    let row = atlas.organisation(org);
    let class = format!("st {}", class_of_family(atlas.str(atlas.family(org))));
    let frame = places.ground.frame();
    let (scale, x, y) = fit(frame.height, NAMED);
    drawing.raw(&format!(r#"<g transform="translate({x:.2} {y:.2}) scale({scale:.4})">"#));
    let mut own = None;
    for shape in shapes::of(places.ground) {
        let is_own = places.counts.contains_key(&shape.code);
        drawing.path(if is_own { &class } else { "st" }, &shape.path);
        own = own.or(is_own.then_some(shape.bounds));
    }
    if let Some([west, north, east, south]) = own
        && (east - west).max(south - north) < 30.0
    {
        // A state that small is found by a point.
        let point = [f64::midpoint(west, east), f64::midpoint(north, south), 17.0];
        drawing.circle(&format!("pin {}", class_of_family(atlas.str(atlas.family(org)))), point);
    }
    drawing.raw("</g>");
    let sector = row.sector.map_or_else(
        || Texts::of(lang).get("family.none").to_owned(),
        |code| atlas.label(atlas.code_row(code).label, lang).value.to_owned(),
    );
    let name = fitted(Face::Sans, NAME.size, &sector, RIGHT - LEFT - 28.0);
    let wide = super::fonts::width(Face::Sans, NAME.size, &name) + 26.0;
    let left = LEFT + (RIGHT - LEFT - wide) / 2.0;
    drawing.rect(&class_of_family(atlas.str(atlas.family(org))), [left, BOTTOM - 17.0, 16.0, 16.0], 2.0);
    drawing.text(NAME, left + 26.0, BOTTOM - 2.0, &name);
    true
}
