//! The map of a selection: areas shaded by organisations, circles where they are.

use super::super::counts::{Places, class_of};
use super::super::mark::class_of_family;
use super::super::shapes::{self, WIDTH};
use super::super::svg::{Drawing, Type, escaped, slice};
use crate::atlas::{Atlas, Lang, MapPoints};
use crate::texts::phrases::Texts;

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
struct Circle {
    home: [f64; 2],
    at: [f64; 2],
    radius: f64,
    count: u64,
    families: Vec<(String, u64)>,
}

/// The drawing, with a name for those who do not see it.
pub fn svg(atlas: &Atlas, places: &Places, points: &MapPoints, name: &str, lang: Lang) -> String {
    let frame = places.ground.frame();
    let mut drawing = Drawing::default();
    drawing.raw(&format!(
        r#"<svg class="map" viewBox="0 0 {WIDTH} {}" role="img" aria-label="{}">"#,
        frame.height,
        escaped(name)
    ));
    for shape in shapes::of(places.ground) {
        let class = class_of(places.counts.get(&shape.code).copied().unwrap_or(0));
        drawing.path(["st", "st q1", "st q2", "st q3", "st q4", "st q5"][class], &shape.path);
    }
    let circles = placed(circles(atlas, points, |longitude, latitude| frame.place(longitude, latitude)), frame.height);
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
    drawing.raw("</svg>");
    drawing.finish()
}

/// A place with its organisations, and how many are of which family.
type Gathered = ([f64; 2], u64, Vec<(String, u64)>);

fn circles(atlas: &Atlas, points: &MapPoints, place: impl Fn(f64, f64) -> [f64; 2]) -> Vec<Circle> {
    let family = |at: usize| atlas.families().get(at).map_or("none", |family| atlas.str(*family)).to_owned();
    let (single, symbols) = (&points.points, &points.symbols);
    let singles = single.organisation.iter().enumerate().map(|(at, &org)| {
        let home = place(single.longitude[at], single.latitude[at]);
        (home, 1, vec![(atlas.str(atlas.family(org)).to_owned(), 1)])
    });
    let crowds = symbols.count.iter().enumerate().map(|(at, &count)| {
        let home = place(symbols.longitude[at], symbols.latitude[at]);
        let families = symbols.families[at].iter().enumerate().filter(|(_, count)| **count > 0);
        (home, u64::from(count), families.map(|(at, &count)| (family(at), u64::from(count))).collect())
    });
    let all: Vec<Gathered> = crowds.chain(singles).collect();
    let most = all.iter().map(|(_, count, _)| *count).max().unwrap_or(1).max(9) as f64;
    let mut circles: Vec<Circle> = all
        .into_iter()
        .map(|(home, count, families)| {
            let radius = (LARGEST * (count as f64 / most).sqrt()).max(SMALLEST);
            Circle { home, at: home, radius, count, families }
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

fn draw(drawing: &mut Drawing, circle: &Circle, lang: Lang) {
    let ([x, y], radius) = (circle.at, circle.radius);
    drawing.circle("halo", [x, y, radius + 0.8]);
    if let [(family, _)] = circle.families[..].as_ref()
        && radius < 8.0
    {
        drawing.circle(&class_of_family(family), [x, y, radius]);
        return;
    }
    let hole = if circle.count >= 10 && radius >= 11.0 { radius * 0.66 } else { 0.0 };
    let total = circle.families.iter().map(|(_, count)| count).sum::<u64>().max(1) as f64;
    let mut from = 0.0;
    for (family, count) in &circle.families {
        let to = from + *count as f64 / total;
        drawing.path(&class_of_family(family), &slice([x, y], radius, hole, from, to));
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
    fn circles_do_not_overlap_and_stay_on_the_map() {
        let circle =
            |x: f64, radius: f64| Circle { home: [x, 100.0], at: [x, 100.0], radius, count: 1, families: vec![] };
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
