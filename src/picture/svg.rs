//! Writing SVG: what stands in it is escaped here and nowhere else, numbers are as short as can be seen.

use std::fmt::Write as _;

/// A text as SVG may hold it: markup becomes harmless; what XML forbids and what turns the direction of
/// the text around it is left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars().filter(|&sign| is_sound(sign)) {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// Whether a sign may stand in a drawn text.
pub(super) fn is_sound(sign: char) -> bool {
    match sign {
        '\t' | '\n' | '\r' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{fffe}' | '\u{ffff}' => false,
        other => !other.is_control(),
    }
}

/// A coordinate with one decimal, or none where it is whole.
pub(super) fn short(number: f64) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    // Minus zero is zero.
    format!("{}", rounded + 0.0)
}

/// How a text stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    /// Its class, which says face, weight and colour.
    pub(super) class: &'static str,
    /// In pixels.
    pub(super) size: f64,
    /// `start`, `middle` or `end`.
    pub(super) anchor: &'static str,
}

/// What fills a shape that is hatched: no style sheet can name the pattern of a page, so the shape does.
fn pattern(class: &str) -> &'static str {
    if class.split(' ').any(|one| one == "hatched") { r#" fill="url(#hatch)""# } else { "" }
}

/// A drawing that grows element by element.
#[derive(Debug, Default)]
pub(super) struct Drawing(String);

impl Drawing {
    pub(super) fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    pub(super) fn rect(&mut self, class: &str, [x, y, width, height]: [f64; 4], radius: f64) -> &mut Self {
        let [x, y, width, height, radius] = [x, y, width.max(0.0), height.max(0.0), radius].map(short);
        let _ = write!(
            self.0,
            r#"<rect class="{class}"{} x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/>"#,
            pattern(class)
        );
        self
    }

    pub(super) fn circle(&mut self, class: &str, [x, y, radius]: [f64; 3]) -> &mut Self {
        let [x, y, radius] = [x, y, radius].map(short);
        let _ = write!(self.0, r#"<circle class="{class}"{} cx="{x}" cy="{y}" r="{radius}"/>"#, pattern(class));
        self
    }

    pub(super) fn path(&mut self, class: &str, path: &str) -> &mut Self {
        let _ = write!(self.0, r#"<path class="{class}"{} d="{path}"/>"#, pattern(class));
        self
    }

    pub(super) fn text(&mut self, how: Type, x: f64, y: f64, text: &str) -> &mut Self {
        let Type { class, size, anchor } = how;
        let (x, y, size, text) = (short(x), short(y), short(size), escaped(text));
        let _ = write!(
            self.0,
            r#"<text class="{class}" x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}">{text}</text>"#
        );
        self
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// A share that is drawn as the whole: at two decimals its ends would be one point, and no arc is drawn between them.
const WHOLE: f64 = 0.999;

/// A slice of a ring, clockwise from the top: `from` and `to` are shares of the whole.
pub(super) fn slice([x, y]: [f64; 2], outer: f64, inner: f64, from: f64, to: f64) -> String {
    // A slice that meets itself has no direction to be drawn in: the whole is two halves, and its hole runs the other way.
    if to - from > WHOLE {
        let circle = |radius: f64, sweep: u8| {
            let (left, right) = (x - radius, x + radius);
            format!(
                "M{left:.2} {y:.2}A{radius:.2} {radius:.2} 0 1 {sweep} {right:.2} {y:.2}A{radius:.2} {radius:.2} 0 1 {sweep} {left:.2} {y:.2}Z"
            )
        };
        return if inner > 0.0 { circle(outer, 1) + &circle(inner, 0) } else { circle(outer, 1) };
    }
    let at = |radius: f64, share: f64| {
        let (sin, cos) = (share * std::f64::consts::TAU).sin_cos();
        format!("{:.2} {:.2}", x + radius * sin, y - radius * cos)
    };
    let large = u8::from(to - from > 0.5);
    format!(
        "M{}A{outer:.2} {outer:.2} 0 {large} 1 {}L{}A{inner:.2} {inner:.2} 0 {large} 0 {}Z",
        at(outer, from),
        at(outer, to),
        at(inner, to),
        at(inner, from)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let text = escaped("</text><script>alert(\"1\" & '2')</script>\u{0}\u{8}\u{202e}\u{ffff}\nñ");
        assert_eq!(text, "&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt; ñ");
    }

    #[test]
    fn what_is_hatched_names_its_pattern_and_nothing_else_does() {
        let mut drawing = Drawing::default();
        drawing.circle("hatched", [1.0, 2.0, 3.0]).path("hatched", "M0 0").rect("hatched", [0.0; 4], 0.0);
        assert_eq!(drawing.finish().matches(r#"class="hatched" fill="url(#hatch)""#).count(), 3);
        let mut drawing = Drawing::default();
        drawing.circle("f-data", [1.0, 2.0, 3.0]).path("band f-none", "M0 0").rect("others", [0.0; 4], 0.0);
        assert!(!drawing.finish().contains("fill="));
    }

    #[test]
    fn a_slice_that_is_the_whole_is_drawn() {
        for (outer, inner) in [(11.77, 5.0), (4.0, 0.0), (40.0, 22.5)] {
            let whole = slice([268.13, 263.5], outer, inner, 0.0, 1.0);
            let arcs = whole.split('A').count() - 1;
            assert_eq!(arcs, if inner > 0.0 { 4 } else { 2 }, "{whole}");
            // An arc that ends where it starts is none.
            for part in whole.split_terminator('Z').filter_map(|ring| ring.strip_prefix('M')) {
                let points: Vec<&str> = part.split('A').collect();
                let ends = points.iter().map(|arc| arc.rsplitn(3, ' ').take(2).collect::<Vec<_>>());
                let ends: Vec<_> = ends.collect();
                assert!(ends.windows(2).all(|pair| pair[0] != pair[1]), "{whole}");
            }
        }
        assert_eq!(slice([0.0, 0.0], 10.0, 0.0, 0.0, 0.5).matches('A').count(), 2);
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([1.0, 1.04, 1.06, -0.01, 1200.25].map(short), ["1", "1", "1.1", "0", "1200.3"]);
    }
}
