//! Folding for search and comparison, and slugs. One fold for every room: what the search finds is what
//! the importer compares.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest slug, in characters, before a numeric suffix.
pub const SLUG_LENGTH: usize = 60;

/// Lower case without marks, words separated by single spaces: `Buendía & Laredo` becomes `buendia y laredo`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char, gap: &mut bool| {
        if *gap && !out.is_empty() {
            out.push(' ');
        }
        *gap = false;
        out.push(c);
    };
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c == '&' {
            gap = true;
            push('y', &mut gap);
            gap = true;
        } else if c.is_alphanumeric() {
            push(c, &mut gap);
        } else if c != '\'' && c != '’' {
            gap = true;
        }
    }
    out
}

/// An ASCII slug of at most [`SLUG_LENGTH`] characters; `record` when nothing ASCII is left.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for word in fold(text).split(' ') {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if word.is_empty() {
            continue;
        }
        let room = SLUG_LENGTH - out.len();
        if out.is_empty() {
            out.extend(word.chars().take(room));
        } else if word.len() < room {
            out.push('-');
            out.push_str(&word);
        } else {
            break;
        }
    }
    if out.is_empty() { "record".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fold_drops_marks_case_and_punctuation() {
        for (text, folded) in [
            ("Buendía & Laredo", "buendia y laredo"),
            ("  MÉXICO,  D.F. ", "mexico d f"),
            ("Año—ÑANDÚ", "ano nandu"),
            ("L’Oréal", "loreal"),
            ("", ""),
            ("한국 데이터", "한국 데이터"),
        ] {
            // Hangul decomposes under NFKD: compare what both sides fold to.
            assert_eq!(fold(text), folded.nfkd().collect::<String>(), "{text}");
        }
    }

    #[test]
    fn slug_is_short_ascii() {
        for (text, expected) in [
            ("Buendía & Laredo, S.C.", "buendia-y-laredo-s-c"),
            ("¡!", "record"),
            ("Instituto Nacional de Estadística y Geografía", "instituto-nacional-de-estadistica-y-geografia"),
        ] {
            assert_eq!(slug(text), expected);
        }
        assert!(slug(&"palabra ".repeat(30)).len() <= SLUG_LENGTH);
        assert_eq!(slug(&"x".repeat(90)).len(), SLUG_LENGTH);
    }
}
