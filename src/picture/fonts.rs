//! The fonts of drawn texts, and how much room a text takes: SVG does not break lines by itself.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::Database;
use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
};

use crate::reference;

/// A face of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// For names and figures.
    Serif,
    /// For all else.
    Sans,
    /// What stands out in it.
    Strong,
}

/// The families, as the files name themselves.
pub(super) const SERIF: &str = "OD100 Serif";
pub(super) const SANS: &str = "OD100 Sans";

impl Face {
    const ALL: [Self; 3] = [Self::Serif, Self::Sans, Self::Strong];

    const fn file(self) -> &'static str {
        match self {
            Self::Serif => "fonts/od100-serif-600.ttf",
            Self::Sans => "fonts/od100-sans-400.ttf",
            Self::Strong => "fonts/od100-sans-600.ttf",
        }
    }
}

static FILES: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| {
    Face::ALL.map(|face| reference::file(face.file()).map(std::borrow::Cow::into_owned).unwrap_or_default())
});

/// The faces for whoever draws texts.
pub(super) fn database() -> Arc<Database> {
    static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut database = Database::new();
        for file in FILES.iter() {
            database.load_font_data(file.clone());
        }
        database.set_serif_family(SERIF);
        database.set_sans_serif_family(SANS);
        Arc::new(database)
    });
    Arc::clone(&DATABASE)
}

/// The width of a text, kerning aside, which mostly takes a little away.
pub(super) fn width(face: Face, size: f64, text: &str) -> f64 {
    let Some(Ok(font)) = FILES.get(face as usize).map(|file| FontRef::new(file)) else { return 0.0 };
    let (letters, metrics) = (font.charmap(), font.glyph_metrics(Size::unscaled(), LocationRef::default()));
    let em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
    let units: f64 = text
        .chars()
        .map(|sign| letters.map(sign).and_then(|glyph| metrics.advance_width(glyph)).map_or(em, f64::from))
        .sum();
    units * size / em
}

/// A text in lines of at most `room`, as many as `most`; what does not fit ends with an ellipsis.
pub(super) fn lines(face: Face, size: f64, text: &str, room: f64, most: usize) -> Vec<String> {
    let fits = |text: &str| width(face, size, text) <= room;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace().flat_map(|word| pieces(word, &fits)) {
        let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
        if line.is_empty() || fits(&longer) {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, word));
        }
        // One line more than there is room for tells that something is left.
        if lines.len() > most {
            break;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = ended(last, &fits);
        }
    }
    lines
}

/// The same number of lines, of about the same length.
pub(super) fn balanced(face: Face, size: f64, text: &str, room: f64, most: usize) -> Vec<String> {
    let broken = lines(face, size, text, room, most);
    if broken.len() < 2 || broken.last().is_some_and(|last| last.ends_with('…')) {
        return broken;
    }
    let (mut low, mut high) = (room / 2.0, room);
    for _ in 0..8 {
        let middle = f64::midpoint(low, high);
        let tried = lines(face, size, text, middle, broken.len() + 1);
        let whole = text.split_whitespace().all(|word| width(face, size, word) <= middle);
        if whole && tried.len() <= broken.len() { high = middle } else { low = middle }
    }
    lines(face, size, text, high, most)
}

/// A text in one line, its end left out where it is too long.
pub(super) fn fitted(face: Face, size: f64, text: &str, room: f64) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = |text: &str| width(face, size, text) <= room;
    if fits(&text) { text } else { ended(&text, &fits) }
}

/// Texts in one line each. Where what is left of two would be alike, their middle is left out instead of their end.
pub(super) fn fitted_apart(face: Face, size: f64, texts: &[String], room: f64) -> Vec<String> {
    let cut: Vec<String> = texts.iter().map(|text| fitted(face, size, text, room)).collect();
    let fits = |text: &str| width(face, size, text) <= room;
    let is_alone = |at: usize| !(0..texts.len()).any(|other| cut[other] == cut[at] && texts[other] != texts[at]);
    (0..texts.len()).map(|at| if is_alone(at) { cut[at].clone() } else { without_middle(&texts[at], &fits) }).collect()
}

/// The beginning and the end of a text with an ellipsis between them.
fn without_middle(text: &str, fits: &impl Fn(&str) -> bool) -> String {
    let signs: Vec<char> = text.chars().collect();
    let of = |part: &[char]| part.iter().collect::<String>();
    for kept in (0..signs.len()).rev() {
        let (head, tail) = (of(&signs[..kept / 2]), of(&signs[signs.len() - kept.div_ceil(2)..]));
        let candidate = format!("{}…{}", head.trim_end(), tail.trim_start());
        if fits(&candidate) {
            return candidate;
        }
    }
    "…".to_owned()
}

/// The beginning of a text with an ellipsis after it.
fn ended(text: &str, fits: &impl Fn(&str) -> bool) -> String {
    let mut kept = text.to_owned();
    loop {
        let candidate = format!("{}…", kept.trim_end_matches([' ', ',', '.', ';', ':', '-', '–']));
        if kept.pop().is_none() || fits(&candidate) {
            return candidate;
        }
    }
}

/// A word in pieces that fit into a line; most words are one.
fn pieces(word: &str, fits: &impl Fn(&str) -> bool) -> Vec<String> {
    if fits(word) {
        return vec![word.to_owned()];
    }
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for sign in word.chars() {
        piece.push(sign);
        if !fits(&piece) && piece.chars().count() > 1 {
            piece.pop();
            pieces.push(std::mem::take(&mut piece));
            piece.push(sign);
        }
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_begin_alike_stay_apart() {
        let names = ["Gobierno Ficticio de Baja California", "Gobierno Ficticio de Baja California Sur", "Aduana"];
        let found = fitted_apart(Face::Strong, 15.0, &names.map(str::to_owned), 150.0);
        assert_ne!(found[0], found[1]);
        assert!(found[1].contains('…') && found[1].ends_with("Sur"), "{found:?}");
        assert_eq!(found[2], "Aduana");
        for one in &found {
            assert!(width(Face::Strong, 15.0, one) <= 150.0, "{one}");
        }
    }

    #[test]
    fn every_face_is_there_and_knows_spanish() {
        assert_eq!(database().faces().count(), 3);
        for face in Face::ALL {
            assert!(!FILES[face as usize].is_empty(), "{face:?}");
            let font = FontRef::new(&FILES[face as usize]).unwrap();
            for sign in "áéíóúüñÁÉÍÓÚÜÑ¿¡«»“”’…–—·€Łőž".chars() {
                assert!(font.charmap().map(sign).is_some_and(|glyph| glyph.to_u32() > 0), "{face:?} {sign}");
            }
        }
        assert!(width(Face::Strong, 20.0, "Datos") > width(Face::Sans, 20.0, "Datos"));
    }

    #[test]
    fn lines_hold_what_fits_and_say_that_more_follows() {
        let name = "Instituto Nacional de Transparencia, Acceso a la Información y Protección de Datos Personales";
        let broken = lines(Face::Serif, 50.0, name, 600.0, 3);
        assert_eq!(broken.len(), 3);
        assert!(broken[2].ends_with('…'), "{broken:?}");
        assert!(broken.iter().all(|line| width(Face::Serif, 50.0, line) <= 600.0), "{broken:?}");
        assert_eq!(lines(Face::Serif, 50.0, name, 600.0, 9).join(" "), name);
        let word = "x".repeat(5_000);
        let broken = lines(Face::Sans, 50.0, &word, 600.0, 2);
        assert_eq!(broken.len(), 2);
        assert!(broken.iter().all(|line| width(Face::Sans, 50.0, line) <= 600.0), "{broken:?}");
        assert!(lines(Face::Sans, 50.0, "", 600.0, 2).is_empty());
        assert_eq!(
            balanced(Face::Sans, 28.0, "organisations work from here", 300.0, 3),
            ["organisations", "work from here"]
        );
        assert_eq!(fitted(Face::Sans, 20.0, " a\n b ", 600.0), "a b");
    }
}
