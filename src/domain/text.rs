//! Texts as they are kept, compared and addressed: cleaning, folding for search and comparison, what a text looks
//! like, and slugs. One of each for every room: what the search finds is what the importer compares.

use std::collections::BTreeMap;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest slug, in characters, before a numeric suffix.
pub const SLUG_LENGTH: usize = 60;

/// A text on one line, composed (NFC), without what cannot be seen and what could steer a terminal, a log, a letter
/// or the direction of what follows. Joiners stay between letters of scripts that are written with them.
pub fn one_line(text: &str) -> String {
    cleaned(text, false).split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The same for a text of several lines, which it keeps.
pub fn several_lines(text: &str) -> String {
    cleaned(&text.replace("\r\n", "\n"), true).trim().to_owned()
}

/// A text in its languages, as the record keeps it: a JSON object of texts by language; none where it is no such object.
pub fn by_language(json: &str) -> BTreeMap<String, String> {
    serde_json::from_str(json).unwrap_or_default()
}

/// Such a text in a language, else in the first that it has.
pub fn in_language(json: &str, lang: &str) -> Option<String> {
    let mut texts = by_language(json);
    texts.remove(lang).or_else(|| texts.into_values().next())
}

/// The longest web address that is kept.
const LONGEST_ADDRESS: usize = 500;

/// Whether a text is the address of something on the web that anybody can open: it names a host, and nobody's name or
/// password.
fn is_web_address(text: &str) -> bool {
    let is_bare = |c: char| !c.is_whitespace() && !c.is_control();
    let parsed = url::Url::parse(text).ok().filter(|_| text.len() <= LONGEST_ADDRESS && text.chars().all(is_bare));
    parsed.is_some_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(|host| host.contains('.'))
            && url.username().is_empty()
            && url.password().is_none()
    })
}

/// The web address that somebody has typed: without a scheme it is one of https. None where nobody could open it.
pub fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    if is_web_address(text) {
        return Some(text.to_owned());
    }
    let whole = format!("https://{text}");
    let begins_with_a_name = text.chars().next().is_some_and(char::is_alphanumeric);
    // A number with a point is an address of its own to a browser, and hardly what was meant.
    let is_named = |url: url::Url| {
        url.domain().is_some_and(|host| {
            let last = host.rsplit('.').next().unwrap_or_default();
            last.chars().count() > 1 && host.split('.').all(|part| !part.is_empty())
        })
    };
    let is_one = begins_with_a_name && is_web_address(&whole) && url::Url::parse(&whole).is_ok_and(is_named);
    is_one.then_some(whole)
}

fn cleaned(text: &str, keeps_lines: bool) -> String {
    let all: Vec<char> = text.nfc().collect();
    let joins = |c: Option<&char>| c.is_some_and(|c| !c.is_ascii() && !c.is_whitespace() && !is_steering(*c));
    let mut kept = String::with_capacity(text.len());
    for (at, c) in all.iter().copied().enumerate() {
        match c {
            '\n' if keeps_lines => kept.push(c),
            c if c.is_whitespace() => kept.push(' '),
            '\u{200c}' | '\u{200d}' if at > 0 && joins(all.get(at - 1)) && joins(all.get(at + 1)) => kept.push(c),
            c if is_steering(c) => {}
            c => kept.push(c),
        }
    }
    kept
}

/// Controls, marks of direction, and what cannot be seen.
fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
                | '\u{fe00}'..='\u{fe0e}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}

/// What a name looks like to the eye, by the table of confusable characters of Unicode (UTS 39): two names with one
/// look may be told apart by nobody. Case and marks are folded first, as they are where names are compared.
pub fn look(name: &str) -> String {
    // Small letters again afterwards: the prototypes of some letters are capitals.
    let seen = unicode_security::skeleton(&name.nfkc().collect::<String>()).collect::<String>();
    fold(&unicode_security::skeleton(&fold(&seen)).collect::<String>())
}

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

/// The slug of a name in a language, an ASCII one of at most [`SLUG_LENGTH`] characters; `record` when nothing ASCII is
/// left. Where the name is English, `&` is said so.
pub fn slug(lang: &str, text: &str) -> String {
    if lang == "en" { ascii(&text.replace('&', " and ")) } else { ascii(text) }
}

fn ascii(text: &str) -> String {
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
    fn an_address_is_one_that_anybody_can_open() {
        for (text, is_one) in [
            ("https://example.org/a?b=c", true),
            ("http://example.org", true),
            ("example.org", false),
            ("https://localhost/x", false),
            ("https://ana:secret@example.org", false),
            ("ftp://example.org", false),
            ("javascript:alert(1)", false),
            ("https://a b.org", false),
            ("https://example.org/\n", false),
            (&format!("https://example.org/{}", "x".repeat(LONGEST_ADDRESS)), false),
            ("", false),
        ] {
            assert_eq!(is_web_address(text), is_one, "{text}");
        }
    }

    #[test]
    fn an_address_without_a_scheme_is_one_of_https() {
        for (text, kept) in [
            ("example.org", Some("https://example.org")),
            (" www.example.org/a?b=c ", Some("https://www.example.org/a?b=c")),
            ("example.org:8080/a", Some("https://example.org:8080/a")),
            ("méxico.example", Some("https://méxico.example")),
            ("http://example.org", Some("http://example.org")),
            ("https://example.org", Some("https://example.org")),
            ("example", None),
            ("localhost", None),
            ("we have none", None),
            ("no.", None),
            ("a..org", None),
            ("3.5", None),
            ("ana@example.org", None),
            ("mailto:ana@example.org", None),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("ftp://example.org", None),
            ("//example.org", None),
            (".org", None),
            ("", None),
        ] {
            assert_eq!(web_address(text).as_deref(), kept, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_not_kept() {
        for (text, kept) in [
            ("  Ana\r\n Bcc: x\u{202e}  Ruiz\u{0}\t", "Ana Bcc: x Ruiz"),
            ("e\u{301}", "é"),
            ("Da\u{200b}tos\u{feff} S\u{ad}A", "Datos SA"),
            ("a\u{200d}b", "ab"),
            ("\u{2066}txt.exe\u{2069}", "txt.exe"),
            ("tag\u{e0041}", "tag"),
            // Written with joiners, and not without.
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("क्\u{200d}ष", "क्\u{200d}ष"),
            ("\u{1f469}\u{200d}\u{1f4bb}", "\u{1f469}\u{200d}\u{1f4bb}"),
        ] {
            assert_eq!(one_line(text), kept, "{text:?}");
        }
        assert_eq!(several_lines("\r\n a\r\nb\u{0}\n\n c \u{202e}"), "a\nb\n\n c");
    }

    #[test]
    fn names_of_this_world_are_kept_as_they_are() {
        let names = include_str!("../../tests/fixtures/names.txt");
        let names: Vec<&str> = names.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(names.len() >= 200, "{}", names.len());
        for name in &names {
            assert_eq!(one_line(name), *name);
        }
        // And none of them is taken for another.
        let looks: std::collections::BTreeSet<String> = names.iter().map(|name| look(name)).collect();
        assert_eq!(looks.len(), names.len());
    }

    #[test]
    fn names_that_look_alike_have_one_look() {
        let pairs = include_str!("../../tests/fixtures/alike.txt");
        let pairs: Vec<(&str, &str)> = pairs.lines().filter_map(|line| line.split_once('\t')).collect();
        assert!(pairs.len() >= 60, "{}", pairs.len());
        for (name, other) in pairs {
            assert_ne!(name, other);
            assert_eq!(look(name), look(other), "{name} and {other}");
        }
        for (name, other) in [("Datos", "Dados"), ("Mapa", "Mapas"), ("Cívica", "Clínica"), ("Red 1", "Red 2")] {
            assert_ne!(look(name), look(other));
        }
    }

    #[test]
    fn slug_is_short_ascii() {
        for (text, expected) in [
            ("Buendía & Laredo, S.C.", "buendia-y-laredo-s-c"),
            ("¡!", "record"),
            ("Instituto Nacional de Estadística y Geografía", "instituto-nacional-de-estadistica-y-geografia"),
        ] {
            assert_eq!(slug("es", text), expected);
        }
        assert_eq!(slug("en", "Johnson & Johnson"), "johnson-and-johnson");
        assert_eq!(slug("en", "AT&T"), "at-and-t");
        assert_eq!(slug("es", "Buendía & Laredo"), "buendia-y-laredo");
        assert!(slug("es", &"palabra ".repeat(30)).len() <= SLUG_LENGTH);
        assert_eq!(slug("es", &"x".repeat(90)).len(), SLUG_LENGTH);
    }
}
