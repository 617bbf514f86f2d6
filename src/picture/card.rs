//! A page as a picture, 1200 by 630: what it is about, its one figure with its conditions, whom to name, and
//! a small mark.

use roaring::RoaringBitmap;

use super::fonts::{Face, balanced, fitted, lines, width};
use super::look;
use super::mark::{LEFT as MARK, Mark};
use super::svg::{Drawing, Type};
use super::{credit, figure};
use crate::atlas::{Atlas, Lang};
use crate::texts::phrases::Texts;

/// The size of a picture in pixels.
pub const SIZE: [u32; 2] = [1200, 630];

/// What a picture says.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// What the page is about, above its title; may be empty.
    pub kicker: String,
    /// The title.
    pub title: String,
    /// The headline figure; `None` where nobody was asked, which is no zero.
    pub count: Option<u64>,
    /// What is counted, to be read after the figure.
    pub label: String,
    /// The organisations that it rests on.
    pub organisations: RoaringBitmap,
    /// The chapters whose waves it rests on; all where none is named.
    pub chapters: Vec<String>,
    /// What stands beside it.
    pub mark: Mark,
}

const LEFT: f64 = 72.0;
const RIGHT: f64 = 1128.0;
/// Between the texts and the mark.
const GUTTER: f64 = 56.0;
/// Sizes of a title with the lines that each may have, largest first.
const TITLES: [(f64, usize); 4] = [(68.0, 2), (58.0, 3), (48.0, 4), (40.0, 5)];

impl Card {
    /// A picture of which nothing is known but whom it counts.
    pub fn of(organisations: RoaringBitmap) -> Self {
        Self { count: Some(organisations.len()), organisations, ..Self::default() }
    }

    /// The picture in words, for whoever does not see it.
    pub fn spoken(&self, lang: Lang) -> String {
        let figure = match self.count {
            Some(count) => format!("{} {}", Texts::of(lang).number(count), self.label),
            None => self.label.clone(),
        };
        if self.title.is_empty() { figure } else { format!("{}: {figure}", self.title) }
    }

    /// The drawing: the same atlas, card and language give the same bytes.
    pub fn svg(&self, atlas: &Atlas, lang: Lang) -> String {
        let mut drawing = Drawing::default();
        let [wide, high] = SIZE;
        drawing.raw(&format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"><style>{}</style>{}"#,
            look::sheet(),
            look::hatch()
        ));
        drawing.rect("paper", [0.0, 0.0, f64::from(wide), f64::from(high)], 0.0);
        brand(&mut drawing);
        let room = if self.mark.draw(&mut drawing, atlas, lang) { MARK - GUTTER - LEFT } else { RIGHT - LEFT };
        let below = self.words(&mut drawing, room);
        self.figure(&mut drawing, room, below, lang);
        self.foot(&mut drawing, atlas, lang);
        drawing.raw("</svg>");
        drawing.finish()
    }

    /// Kicker and title, in the largest size that they fit in; says where they end.
    fn words(&self, drawing: &mut Drawing, room: f64) -> f64 {
        let mut top = 168.0;
        if !self.kicker.is_empty() {
            let kicker = Type { class: "t3", size: 24.0, anchor: "start" };
            drawing.text(kicker, LEFT, 158.0, &fitted(Face::Sans, kicker.size, &self.kicker, room));
            top = 184.0;
        }
        let fits = |&(size, most): &(f64, usize)| {
            let broken = lines(Face::Serif, size, &self.title, room, most + 1);
            // A word that had to be cut says that the size is too large.
            let whole = self.title.split_whitespace().all(|word| width(Face::Serif, size, word) <= room);
            broken.len() <= most && whole
        };
        let (size, most) = TITLES.into_iter().find(fits).unwrap_or(TITLES[TITLES.len() - 1]);
        let title = Type { class: "ts", size, anchor: "start" };
        // The figure below keeps its room.
        let most = most.min(if size < 50.0 { 4 } else { most });
        let mut base = top + size * 0.78 - size * 1.12;
        for line in balanced(Face::Serif, size, &self.title, room, most) {
            base += size * 1.12;
            drawing.text(title, LEFT, base, &line);
        }
        base
    }

    /// The figure, large, and what it counts.
    fn figure(&self, drawing: &mut Drawing, room: f64, below: f64, lang: Lang) {
        const BASE: f64 = 482.0;
        let Some(count) = self.count else {
            let words = Type { class: "t2", size: 32.0, anchor: "start" };
            for (at, line) in balanced(Face::Sans, words.size, &self.label, room, 3).iter().rev().enumerate() {
                drawing.text(words, LEFT, BASE - 2.0 - at as f64 * words.size * 1.24, line);
            }
            return;
        };
        let number = Texts::of(lang).number(count);
        // Under a long title it is smaller, so that both can be told apart.
        let size = if below > 360.0 { 84.0 } else { 112.0 };
        let figure = Type { class: "ts", size, anchor: "start" };
        drawing.text(figure, LEFT - 3.0, BASE, &number);
        let left = LEFT + width(Face::Serif, figure.size, &number) + 20.0;
        let label = Type { class: "t2", size: 28.0, anchor: "start" };
        let broken = balanced(Face::Sans, label.size, &self.label, (LEFT + room - left).clamp(180.0, 340.0), 3);
        for (at, line) in broken.iter().enumerate() {
            let up = (broken.len() - 1 - at) as f64 * label.size * 1.24;
            drawing.text(label, left, BASE - 2.0 - up, line);
        }
    }

    /// The conditions of the figure, and whom to name.
    fn foot(&self, drawing: &mut Drawing, atlas: &Atlas, lang: Lang) {
        drawing.path("rule", &format!("M{LEFT} 522H{RIGHT}"));
        // Where nobody is counted, the waves are those that could have found somebody.
        let of = if self.organisations.is_empty() { atlas.listed() } else { &self.organisations };
        let waves = figure::waves_of(atlas, of, &self.chapters);
        let [n, wave, day] = figure::brief(atlas, self.organisations.len(), &waves, atlas.as_of, lang);
        let strong = Type { class: "tb", size: 22.0, anchor: "start" };
        let mut left = LEFT;
        if self.count.is_some() {
            drawing.text(strong, left, 559.0, &n);
            left += width(Face::Strong, strong.size, &n) + 28.0;
        }
        let plain = Type { class: "t2", ..strong };
        let last = width(Face::Sans, plain.size, &day);
        let wave = fitted(Face::Sans, plain.size, &wave, RIGHT - left - last - 28.0);
        drawing.text(plain, left, 559.0, &wave);
        drawing.text(plain, left + width(Face::Sans, plain.size, &wave) + 28.0, 559.0, &day);
        let named = credit::lines(atlas, &waves, Texts::of(lang)).join(" · ");
        if !named.is_empty() {
            let quiet = Type { class: "t3", size: 19.0, anchor: "start" };
            let text = Texts::of(lang).fill("page.preview.data", &[("source", &named)]);
            drawing.text(quiet, LEFT, 592.0, &fitted(Face::Sans, quiet.size, &text, RIGHT - LEFT));
        }
    }
}

/// The mark and name of the site.
fn brand(drawing: &mut Drawing) {
    const ACCENTED: [usize; 3] = [2, 4, 6];
    for at in 0..9_usize {
        let (x, y) = (LEFT + 6.0 + 13.0 * (at % 3) as f64, 57.0 + 13.0 * (at / 3) as f64);
        drawing.circle(if ACCENTED.contains(&at) { "accent" } else { "strong" }, [x, y, 4.4]);
    }
    drawing.text(Type { class: "ts", size: 28.0, anchor: "start" }, LEFT + 54.0, 80.0, "Open Data 100");
}
