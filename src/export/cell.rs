//! One value of a row, and how each form writes it. A spreadsheet runs what looks like a formula, so a
//! text that does is marked as text; what it says stays readable.

use std::{borrow::Cow, fmt::Write};

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Number(f64),
    Count(i64),
    Flag(bool),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<f64> for Cell<'_> {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<u32> for Cell<'_> {
    fn from(value: u32) -> Self {
        Self::Count(value.into())
    }
}

impl From<bool> for Cell<'_> {
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

/// Whether formulas are made harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    On,
    /// For programs, which run nothing.
    Off,
}

/// Writes a line of CSV: every field quoted, lines ended as RFC 4180 has it.
pub fn csv_row<'a>(out: &mut String, cells: impl Iterator<Item = Cell<'a>>, guard: Guard) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('"');
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => {
                let text = if guard == Guard::On { harmless(&text) } else { text };
                out.push_str(&text.replace('"', "\"\""));
            }
            // Writing into a string cannot fail.
            Cell::Number(value) => drop(write!(out, "{value}")),
            Cell::Count(value) => drop(write!(out, "{value}")),
            Cell::Flag(value) => drop(write!(out, "{value}")),
        }
        out.push('"');
    }
    out.push_str("\r\n");
}

/// Writes an object with the columns as keys; what is empty is null.
pub fn json_object(out: &mut String, columns: &[&str], cells: &[Cell<'_>]) {
    out.push('{');
    for (at, (column, cell)) in columns.iter().zip(cells).enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(&quoted(column));
        out.push(':');
        match cell {
            Cell::Empty => out.push_str("null"),
            Cell::Text(text) => out.push_str(&quoted(text)),
            Cell::Number(value) => out.push_str(&serde_json::Value::from(*value).to_string()),
            Cell::Count(value) => drop(write!(out, "{value}")),
            Cell::Flag(value) => drop(write!(out, "{value}")),
        }
    }
    out.push('}');
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The text, with an apostrophe before each line that a spreadsheet would take for a formula. A plain
/// number stays one.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.split(['\n', '\r']).any(is_dangerous) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 2);
    for line in text.split_inclusive(['\n', '\r']) {
        if is_dangerous(line) {
            out.push('\'');
        }
        out.push_str(line);
    }
    Cow::Owned(out)
}

fn is_dangerous(line: &str) -> bool {
    let bare = line
        .trim_start_matches(|c: char| c != '\t' && (c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0')));
    let signs = ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠', '−'];
    bare.starts_with(signs) && bare.trim().parse::<f64>().is_err()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(text: &str, guard: Guard) -> String {
        let mut out = String::new();
        csv_row(&mut out, [Cell::from(text)].into_iter(), guard);
        out
    }

    #[test]
    fn formulas_are_marked_as_text() {
        for text in
            ["=cmd()", " =1+1", "\u{a0}=1", "\u{feff}@SUM(A1)", "+1+1", "-x", "\t=1", "＝1+1", "a\n=1", "a\r\n@b"]
        {
            assert!(line(text, Guard::On).contains('\''), "{text:?}");
            assert!(!line(text, Guard::Off).contains('\''), "{text:?}");
        }
        for text in ["", "-1.5", "+52", "Ñandú", "a=b", "1-2", "a\nb", "https://x"] {
            assert_eq!(harmless(text), text, "{text:?}");
        }
    }

    #[test]
    fn every_field_is_quoted() {
        let mut out = String::new();
        let cells = [Cell::from("a\"b,c\nd"), Cell::Empty, Cell::Count(3), Cell::Number(1.5), Cell::Flag(true)];
        csv_row(&mut out, cells.iter().cloned(), Guard::On);
        assert_eq!(out, "\"a\"\"b,c\nd\",\"\",\"3\",\"1.5\",\"true\"\r\n");
        out.clear();
        json_object(&mut out, &["a", "b", "c", "d", "e"], &cells);
        assert_eq!(out, r#"{"a":"a\"b,c\nd","b":null,"c":3,"d":1.5,"e":true}"#);
    }

    proptest! {
        #[test]
        fn no_line_begins_like_a_formula_and_nothing_is_lost(text in "[ \t\u{a0}\u{feff}=+@＝0-9a-z\n\r\"',-]{0,24}") {
            let written = line(&text, Guard::On);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_bytes());
            let read = reader.records().next().unwrap().unwrap()[0].to_owned();
            for one in read.split(['\n', '\r']) {
                prop_assert!(!is_dangerous(one), "{one:?}");
            }
            let restored: String = read
                .split_inclusive(['\n', '\r'])
                .map(|line| line.strip_prefix('\'').filter(|rest| is_dangerous(rest)).unwrap_or(line))
                .collect();
            let plain = text.split_inclusive(['\n', '\r']).all(|line| !line.starts_with('\''));
            prop_assert!(!plain || restored == text);
        }
    }
}
