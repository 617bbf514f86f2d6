//! The map of a selection: areas shaded by organisations, circles where they are.

use super::super::counts::{Places, class_of};
use super::super::mark::shape_of_family;
use super::super::projection::Ground;
use super::super::shapes::{self, WIDTH};
use super::super::svg::{Drawing, Type, escaped, slice};
use crate::atlas::{Atlas, Lang, MapPoints, Value};
use crate::texts::{phrases::Texts, value_label};

/// The radius of the largest circle.
const LARGEST: f64 = 30.0;
/// The radius of the smallest.
const SMALLEST: f64 = 3.2;
/// Between two circles.
const AIR: f64 = 1.0;
/// How often circles push each other aside.
const ROUNDS: usize = 80;
/// From this far from its place on, a line leads a circle back.
const FAR: f64 = 7.0;

/// One circle: where it belongs, where it stands, how large, and of which families.
#[derive(Debug)]
struct Circle {
    home: [f64; 2],
    at: [f64; 2],
    radius: f64,
    count: u64,
    families: Vec<(String, u64)>,
    /// Where its organisations are, in words; empty where it is not known.
    name: String,
    /// How many its area has, where the circle holds some of them alone: the name says so.
    all: Option<u64>,
}

/// The part of a map that is shown: its corner, and how many times it is enlarged.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cut {
    corner: [f64; 2],
    times: f64,
}

/// The outlines are drawn for the whole; enlarged further, they would be seen to be coarse.
const CLOSEST: f64 = 3.2;
/// What is kept free around the outermost places, as a share of their extent.
const AROUND: f64 = 0.3;

impl Cut {
    const WHOLE: Self = Self { corner: [0.0, 0.0], times: 1.0 };

    /// The part around some places, in the proportions of the whole and nowhere beyond it.
    fn around(places: &[[f64; 2]], height: f64) -> Self {
        let extent = |axis: usize, whole: f64| {
            let (low, high) = places
                .iter()
                .fold((whole, 0.0_f64), |(low, high), place| (low.min(place[axis]), high.max(place[axis])));
            (f64::midpoint(low, high), (high - low).max(0.0) * (1.0 + AROUND))
        };
        if places.is_empty() {
            return Self::WHOLE;
        }
        let ((x, wide), (y, high)) = (extent(0, WIDTH), extent(1, height));
        let times = (WIDTH / wide.max(1.0)).min(height / high.max(1.0)).clamp(1.0, CLOSEST);
        let corner = |middle: f64, whole: f64| {
            let shown = whole / times;
            (middle - shown / 2.0).clamp(0.0, whole - shown)
        };
        Self { corner: [corner(x, WIDTH), corner(y, height)], times }
    }

    fn place(self, [x, y]: [f64; 2]) -> [f64; 2] {
        [(x - self.corner[0]) * self.times, (y - self.corner[1]) * self.times]
    }
}

/// A country is shown whole: what is empty says as much as what is full. Of the world, the part with organisations.
fn cut(places: &Places, points: &MapPoints) -> Cut {
    let frame = places.ground.frame();
    if places.ground != Ground::World {
        return Cut::WHOLE;
    }
    let (single, symbols) = (&points.points, &points.symbols);
    let singles = single.longitude.iter().zip(&single.latitude);
    let crowds = symbols.longitude.iter().zip(&symbols.latitude);
    let all: Vec<[f64; 2]> = singles.chain(crowds).map(|(&x, &y)| frame.place(x, y)).collect();
    Cut::around(&all, frame.height)
}

/// How many times the map of some places is enlarged.
pub fn enlarged(places: &Places, points: &MapPoints) -> f64 {
    cut(places, points).times
}

/// A map, and what has to be known to read it.
pub struct Map {
    /// The drawing, with a name for those who do not see it.
    pub svg: String,
    /// Of the largest circle whose name says that it holds a part of its area: so many, of so many.
    pub part: Option<[u64; 2]>,
}

/// The map of some places.
pub fn drawn(atlas: &Atlas, places: &Places, points: &MapPoints, name: &str, lang: Lang) -> Map {
    let frame = places.ground.frame();
    let mut drawing = Drawing::default();
    drawing.raw(&format!(
        r#"<svg class="map" viewBox="0 0 {WIDTH} {}" role="img" aria-label="{}">"#,
        frame.height,
        escaped(name)
    ));
    let cut = cut(places, points);
    let [left, top] = cut.corner.map(|edge| -edge);
    drawing.raw(&format!(r#"<g transform="scale({:.3}) translate({left:.1} {top:.1})">"#, cut.times));
    for shape in shapes::of(places.ground) {
        let class = class_of(places.counts.get(&shape.code).copied().unwrap_or(0));
        drawing.path(["st", "st q1", "st q2", "st q3", "st q4", "st q5"][class], &shape.path);
    }
    drawing.raw("</g>");
    let place = |longitude, latitude| cut.place(frame.place(longitude, latitude));
    let circles = placed(circles(atlas, points, lang, place), frame.height);
    for circle in &circles {
        let ([x, y], [u, v]) = (circle.home, circle.at);
        if (x - u).hypot(y - v) > FAR {
            drawing.path("leader", &format!("M{x:.1} {y:.1}L{u:.1} {v:.1}"));
            drawing.circle("ink", [x, y, 1.8]);
        }
    }
    for circle in &circles {
        draw(&mut drawing, circle, lang);
    }
    let mut part = None;
    for (circle, [x, y], anchor) in names(&circles, frame.height) {
        drawing.text(Type { class: "place", size: NAME, anchor }, x, y, &circle.name);
        part = part.or_else(|| circle.all.map(|all| [circle.count, all]));
    }
    drawing.raw("</svg>");
    Map { svg: drawing.finish(), part }
}

/// A place with its organisations, how many are of which family, its name, and how many its area has.
type Gathered = ([f64; 2], u64, Vec<(String, u64)>, String, Option<u64>);

/// What a circle of several organisations is called: its area, or the one with most of them and how many more; where an
/// area has others elsewhere, so many of all.
fn name_of(atlas: &Atlas, points: &MapPoints, at: usize, lang: Lang) -> String {
    let (texts, count) = (Texts::of(lang), u64::from(points.symbols.count[at]));
    let [first, others @ ..] = points.symbols.areas_of(at) else { return String::new() };
    let label = value_label(atlas, Value::Area(*first), lang);
    if !others.is_empty() {
        return texts.count("map.inAreas", others.len() as u64, &[("area", &label)]);
    }
    let Some(all) = all_of(points, at) else { return label };
    let part = texts.fill("map.ofAll", &[("count", &texts.number(count)), ("all", &texts.number(all))]);
    format!("{label} {part}")
}

/// How many the area of a circle has, where the circle holds some of them alone.
fn all_of(points: &MapPoints, at: usize) -> Option<u64> {
    let [only] = points.symbols.areas_of(at) else { return None };
    let (_, all) = points.areas.iter().find(|(area, _)| area == only)?;
    (*all != u64::from(points.symbols.count[at])).then_some(*all)
}

fn circles(atlas: &Atlas, points: &MapPoints, lang: Lang, place: impl Fn(f64, f64) -> [f64; 2]) -> Vec<Circle> {
    let family = |at: usize| atlas.families().get(at).map_or("none", |family| atlas.str(*family)).to_owned();
    let (single, symbols) = (&points.points, &points.symbols);
    let singles = single.organisation.iter().enumerate().map(|(at, &org)| {
        let home = place(single.longitude[at], single.latitude[at]);
        (home, 1, vec![(atlas.str(atlas.family(org)).to_owned(), 1)], String::new(), None)
    });
    let crowds = symbols.count.iter().enumerate().map(|(at, &count)| {
        let home = place(symbols.longitude[at], symbols.latitude[at]);
        let families = symbols.families[at].iter().enumerate().filter(|(_, count)| **count > 0);
        let families = families.map(|(at, &count)| (family(at), u64::from(count))).collect();
        (home, u64::from(count), families, name_of(atlas, points, at, lang), all_of(points, at))
    });
    let all: Vec<Gathered> = crowds.chain(singles).collect();
    let most = all.iter().map(|(_, count, ..)| *count).max().unwrap_or(1).max(9) as f64;
    let mut circles: Vec<Circle> = all
        .into_iter()
        .map(|(home, count, families, name, all)| {
            let radius = (LARGEST * (count as f64 / most).sqrt()).max(SMALLEST);
            Circle { home, at: home, radius, count, families, name, all }
        })
        .collect();
    circles.sort_by(|a, b| {
        b.count.cmp(&a.count).then(a.home[0].total_cmp(&b.home[0])).then(a.home[1].total_cmp(&b.home[1]))
    });
    circles
}

/// Pushes circles that overlap apart; the larger one gives way less. The same circles end in the same places.
fn placed(mut circles: Vec<Circle>, height: f64) -> Vec<Circle> {
    // So many circles would only shove each other off the map.
    if circles.len() > 400 {
        return circles;
    }
    for _ in 0..ROUNDS {
        let mut moved = false;
        for first in 0..circles.len() {
            for second in first + 1..circles.len() {
                moved |= push(&mut circles, first, second);
            }
        }
        for circle in &mut circles {
            circle.at[0] = circle.at[0].clamp(circle.radius, WIDTH - circle.radius);
            circle.at[1] = circle.at[1].clamp(circle.radius, height - circle.radius);
        }
        if !moved {
            break;
        }
    }
    circles
}

fn push(circles: &mut [Circle], first: usize, second: usize) -> bool {
    let (a, b) = (&circles[first], &circles[second]);
    let wanted = a.radius + b.radius + AIR;
    let (mut dx, mut dy) = (b.at[0] - a.at[0], b.at[1] - a.at[1]);
    let mut distance = dx.hypot(dy);
    if distance >= wanted - 0.05 {
        return false;
    }
    if distance < 0.01 {
        // Two circles on one spot part in a direction of their own, the same each time.
        (dy, dx) = (second as f64 * 2.4).sin_cos();
        distance = 1.0;
    }
    let step = wanted - distance.min(wanted);
    let share = (b.radius * b.radius) / (a.radius * a.radius + b.radius * b.radius);
    let (ux, uy) = (dx / distance, dy / distance);
    circles[first].at[0] -= ux * step * share;
    circles[first].at[1] -= uy * step * share;
    circles[second].at[0] += ux * step * (1.0 - share);
    circles[second].at[1] += uy * step * (1.0 - share);
    true
}

/// The type of a name, in units of the drawing, and what a letter of it takes.
const NAME: f64 = 10.5;
const LETTER: f64 = 5.6;

/// A box: left, top, right, bottom.
type Room = [f64; 4];

/// The names of the circles that say their number, beside them: only where they cover no circle and no other name.
fn names(circles: &[Circle], height: f64) -> Vec<(&Circle, [f64; 2], &'static str)> {
    let mut taken: Vec<Room> = Vec::new();
    let mut found = Vec::new();
    for circle in circles.iter().filter(|circle| circle.has_number() && !circle.name.is_empty()) {
        let ([x, y], radius) = (circle.at, circle.radius);
        let wide = circle.name.chars().count() as f64 * LETTER;
        let sides = [
            ([x + radius + 4.0, y + 3.5], "start", 0.0),
            ([x - radius - 4.0, y + 3.5], "end", 1.0),
            ([x, y + radius + NAME + 1.0], "middle", 0.5),
            ([x, y - radius - 4.0], "middle", 0.5),
        ];
        let room = |[x, y]: [f64; 2], before: f64| {
            let left = x - wide * before;
            [left, y - NAME, left + wide, y + 3.0]
        };
        let free = sides.into_iter().map(|(at, anchor, before)| (at, anchor, room(at, before))).find(|(.., room)| {
            let [left, top, right, bottom] = *room;
            let inside = left >= 0.0 && top >= 0.0 && right <= WIDTH && bottom <= height;
            let covers = |other: &Circle| {
                let near = [other.at[0].clamp(left, right), other.at[1].clamp(top, bottom)];
                (near[0] - other.at[0]).hypot(near[1] - other.at[1]) < other.radius
            };
            inside && !circles.iter().any(covers) && !taken.iter().any(|other| overlap(*room, *other))
        });
        if let Some((at, anchor, room)) = free {
            taken.push(room);
            found.push((circle, at, anchor));
        }
    }
    found
}

fn overlap([left, top, right, bottom]: Room, other: Room) -> bool {
    left < other[2] && other[0] < right && top < other[3] && other[1] < bottom
}

impl Circle {
    /// Whether its number stands in it.
    fn has_number(&self) -> bool {
        self.count >= 10 && self.radius >= 11.0
    }
}

fn draw(drawing: &mut Drawing, circle: &Circle, lang: Lang) {
    let ([x, y], radius) = (circle.at, circle.radius);
    drawing.circle("halo", [x, y, radius + 0.8]);
    if let [(family, _)] = circle.families[..].as_ref()
        && radius < 8.0
    {
        drawing.circle(&shape_of_family(family), [x, y, radius]);
        return;
    }
    let hole = if circle.has_number() { radius * 0.66 } else { 0.0 };
    let total = circle.families.iter().map(|(_, count)| count).sum::<u64>().max(1) as f64;
    let mut from = 0.0;
    for (family, count) in &circle.families {
        let to = from + *count as f64 / total;
        drawing.path(&shape_of_family(family), &slice([x, y], radius, hole, from, to));
        from = to;
    }
    if hole > 0.0 {
        let number = Texts::of(lang).number(circle.count);
        let size = (hole * 0.92).min(hole * 2.5 / number.len() as f64).clamp(8.0, 17.0);
        // In a narrow frame only the large ones have room for a number that can be read.
        let class = if hole >= 16.0 { "tb large" } else { "tb" };
        drawing.text(Type { class, size, anchor: "middle" }, x, y + size * 0.35, &number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_of_the_world_shows_the_part_with_places() {
        assert_eq!(Cut::around(&[], 280.0), Cut::WHOLE);
        assert_eq!(Cut::around(&[[0.0, 0.0], [600.0, 280.0]], 280.0), Cut::WHOLE);
        let places = [[100.0, 90.0], [190.0, 130.0]];
        let cut = Cut::around(&places, 280.0);
        assert!(cut.times > 2.0, "{cut:?}");
        for place in places.map(|place| cut.place(place)) {
            assert!((0.0..=WIDTH).contains(&place[0]) && (0.0..=280.0).contains(&place[1]), "{place:?}");
        }
        // At the edge of the world nothing beyond it is shown.
        let edge = Cut::around(&[[2.0, 2.0]], 280.0);
        assert_eq!((edge.corner, edge.times), ([0.0, 0.0], CLOSEST));
    }

    fn at(x: f64, y: f64) -> Circle {
        Circle {
            home: [x, y],
            at: [x, y],
            radius: 15.0,
            count: 20,
            families: vec![],
            name: "Jalisco".to_owned(),
            all: None,
        }
    }

    #[test]
    fn names_stand_beside_their_circles_and_over_nothing() {
        let circles =
            [at(100.0, 100.0), at(135.0, 100.0), at(WIDTH - 15.0, 50.0), Circle { count: 3, ..at(300.0, 90.0) }];
        let found = names(&circles, 200.0);
        let anchors: Vec<_> = found.iter().map(|(_, _, anchor)| *anchor).collect();
        assert_eq!(anchors, ["end", "start", "end"], "{found:?}");
        let crowd: Vec<Circle> =
            (0..9).map(|nr| at(60.0 + f64::from(nr % 3) * 32.0, 60.0 + f64::from(nr / 3) * 32.0)).collect();
        assert!(names(&crowd, 200.0).len() < crowd.len(), "who has no room has no name");
    }

    #[test]
    fn circles_do_not_overlap_and_stay_on_the_map() {
        let circle = |x: f64, radius: f64| Circle { radius, ..at(x, 100.0) };
        let circles =
            placed(vec![circle(100.0, 30.0), circle(100.0, 5.0), circle(104.0, 5.0), circle(2.0, 5.0)], 200.0);
        for (at, a) in circles.iter().enumerate() {
            assert!(a.at[0] >= a.radius && a.at[1] >= a.radius);
            for b in &circles[at + 1..] {
                let apart = (a.at[0] - b.at[0]).hypot(a.at[1] - b.at[1]);
                assert!(apart >= a.radius + b.radius, "{apart}");
            }
        }
    }
}
