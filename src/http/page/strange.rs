//! What the address of the explorer says and means nothing there: passed over, but not in silence. The application says
//! the same (`web/src/strange.ts`).

use super::View;
use crate::{
    atlas::Cursor,
    export::{query, sort::sort_of},
};

/// The pictures of the explorer, in the words of its address.
const VIEWS: [&str; 4] = ["map", "flow", "network", "table"];

/// What the address of the explorer says and means nothing there: passed over, but not in silence.
pub(super) fn strange(view: &View) -> Vec<String> {
    let say = |(key, value): (&str, &str)| match key {
        _ if view.path != "/explore" || !is_strange(key, value) => None,
        "view" => Some(view.texts.fill("strange.view", &[("value", &shortened(value))])),
        "sort" => Some(view.texts.fill("strange.sort", &[("value", &shortened(value))])),
        "after" => Some(view.texts.get("strange.after").to_owned()),
        _ if !look_says(key, value) => {
            Some(view.texts.fill("strange.look", &[("name", key), ("value", &shortened(value))]))
        }
        _ => Some(view.texts.fill("strange.word", &[("name", &shortened(key))])),
    };
    let mut said = Vec::new();
    for one in view.pairs().filter_map(say) {
        // Nobody reads the same twice.
        if said.len() < STRANGE && !said.contains(&one) {
            said.push(one);
        }
    }
    said
}

/// Whether a word of the explorer's address means nothing.
pub(super) fn is_strange(key: &str, value: &str) -> bool {
    match key {
        _ if value.is_empty() => false,
        "view" => !VIEWS.contains(&value),
        "sort" => sort_of(value).is_none(),
        "after" => Cursor::decode(value).is_none(),
        _ => !look_says(key, value) || !query::is_known(key),
    }
}

/// What the words of a picture can say, as `web/src/looks.ts` has them.
const LOOKS: [(&str, &[&str]); 5] = [
    ("form", &["bands", "long", "matrix", "chord"]),
    ("layer", &["both", "circles", "areas"]),
    ("colour", &["family", "kind", "steps"]),
    ("sized", &["links", "equal"]),
    ("depth", &["1", "2", "3"]),
];
/// What can stand in the middle of a network.
const CENTRES: [&str; 3] = ["organisation:", "dataset:", "publisher:"];
/// The columns of the table beside the name.
const COLUMNS: [&str; 10] =
    ["sector", "place", "kind", "founded", "size", "publishers", "datasets", "claims", "evidence", "updated"];

/// Whether a word of a picture says something; other words are not looked at.
fn look_says(key: &str, value: &str) -> bool {
    match key {
        "skip" => value.split(',').all(|count| !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit())),
        "node" => CENTRES.iter().any(|kind| value.starts_with(kind)),
        "columns" => value.split(',').all(|column| COLUMNS.contains(&column)),
        "at" => stands(value),
        _ => LOOKS.iter().find(|(name, _)| *name == key).is_none_or(|(_, words)| words.contains(&value)),
    }
}

/// Whether a word says where the map stands, as `web/src/stand.ts` reads it: latitude, longitude and zoom.
fn stands(value: &str) -> bool {
    // A number as addresses have it: no exponent, no infinity, a digit on both sides of its point.
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = |word: &str| -> Option<f64> {
        word.strip_prefix('-').unwrap_or(word).splitn(2, '.').all(digits).then(|| word.parse().ok())?
    };
    match value.split(',').map(number).collect::<Option<Vec<f64>>>().as_deref() {
        Some([lat, lon, zoom]) => lat.abs() <= 85.0 && lon.abs() <= 180.0 && (1.0..=14.0).contains(zoom),
        _ => false,
    }
}

/// So many strange words are named.
const STRANGE: usize = 5;

/// A word as long as one reads.
fn shortened(word: &str) -> String {
    const LENGTH: usize = 40;
    match word.char_indices().nth(LENGTH) {
        Some((at, _)) => format!("{}…", &word[..at]),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_says_what_it_can_say() {
        for (key, value) in [
            ("form", "long"),
            ("skip", "5,0"),
            ("node", "dataset:censo"),
            ("columns", "sector,size"),
            ("depth", "3"),
            ("at", "19.43,-99.13,8.5"),
            ("theme", "zz"),
        ] {
            assert!(look_says(key, value), "{key}={value}");
        }
        for (key, value) in [
            ("form", "zz"),
            ("depth", "99"),
            ("node", "zzz"),
            ("skip", "-3"),
            ("skip", "1,"),
            ("columns", "name,zz"),
            ("at", "91,0,5"),
        ] {
            assert!(!look_says(key, value), "{key}={value}");
        }
    }

    /// The same words are in `web/test/stand.test.ts`.
    #[test]
    fn a_place_on_the_map_is_read_as_the_application_reads_it() {
        let theirs = include_str!("../../../web/test/stand.test.ts");
        let places = "23.61,-101.99,3.6|19.43261,-99.13321,12.35|-85,180,1|-0.5,0,14";
        let none = "here|19,-99|19,-99,5,1|86,0,5|91,0,5|0,181,5|0,0,0.5|0,0,15|19,-99,40|1e1,0,5|inf,0,5| 19,-99,5\
                    |19,-99,-5|19.,-99,8|.5,0,5|19,-99,8.|1.2.3,0,5|--5,0,5|+5,0,5|-,0,5|19,,5";
        for (words, holds) in [(places, true), (none, false)] {
            for word in words.split('|') {
                assert_eq!(stands(word), holds, "{word}");
                assert!(theirs.contains(&format!("'{word}'")), "{word} is not in web/test/stand.test.ts");
            }
        }
    }

    #[test]
    fn both_sides_know_the_same_words() {
        let theirs = include_str!("../../../web/src/looks.ts");
        let quoted = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| format!("'{}'", word.trim_end_matches(':'))).collect();
            format!("[{}] as const", words.join(", "))
        };
        for words in LOOKS.iter().map(|(_, words)| *words).chain([&CENTRES[..], &COLUMNS[..]]) {
            assert!(theirs.contains(&quoted(words)), "{words:?} is not what web/src/looks.ts has");
        }
    }
}
