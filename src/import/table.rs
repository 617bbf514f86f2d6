//! A CSV file as records: refuses what is no such file in one sentence, numbers records (never lines:
//! cells hold line breaks) and gives cells by column name.

use super::problem::{Problems, SourceError, Spot};
use std::collections::HashMap;

/// One record.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its number: the header is 0, the first record 1.
    pub number: u64,
    cells: Vec<String>,
}

/// A read file.
#[derive(Clone, Debug)]
pub struct Table {
    /// The file's name, for problems.
    pub file: String,
    columns: HashMap<String, usize>,
    /// All records with the right number of cells.
    pub records: Vec<Record>,
}

impl Table {
    /// Reads a file with these columns, and perhaps the optional ones; more columns are refused, since the
    /// study also has files with private columns.
    pub fn read(
        file: &str,
        bytes: &[u8],
        required: &[&str],
        optional: &[&str],
        problems: &mut Problems,
    ) -> Result<Self, SourceError> {
        let text = decode(file, bytes)?;
        let separator = separator(text, required);
        if let Some(record) = open_quote(text, separator) {
            return Err(SourceError::new(
                file,
                format!(
                    "the file is truncated: a quoted value that starts in record {record} never ends; fetch the file again"
                ),
            ));
        }
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        let mut rows = reader.records();
        let header = rows.next().transpose().map_err(|e| SourceError::new(file, format!("is no CSV file: {e}")))?;
        let names: Vec<String> =
            header.as_ref().map_or_else(Vec::new, |h| h.iter().map(|c| c.trim().to_owned()).collect());
        check_header(file, &names, required, optional)?;
        if separator != b',' {
            let name = if separator == b';' { "semicolons" } else { "tabs" };
            let reason = format!("the values are separated by {name} instead of commas; read so");
            problems.warn(Spot { file, row: 0, field: "" }, "", "file.separator", reason);
        }
        let mut records = Vec::new();
        let mut ragged = None;
        for (number, row) in (1..).zip(rows) {
            let row = row.map_err(|e| SourceError::new(file, format!("record {number} is no CSV: {e}")))?;
            if row.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if row.iter().map(str::trim).eq(names.iter().map(String::as_str)) {
                let spot = Spot { file, row: number, field: "" };
                let reason = "repeats the header, as where two files were joined; the row was left out";
                problems.refuse(spot, "", "row.header", reason);
                continue;
            }
            if row.len() == names.len() {
                records.push(Record { number, cells: row.iter().map(ToOwned::to_owned).collect() });
            } else {
                ragged = Some(number);
                let spot = Spot { file, row: number, field: "" };
                let reason = format!("the record has {} cells instead of {} and was left out", row.len(), names.len());
                problems.refuse(spot, row.get(0).unwrap_or_default(), "row.ragged", reason);
            }
        }
        let last = records.last().map(|record: &Record| record.number).max(ragged);
        if let (Some(number), false) = (last, text.ends_with(['\n', '\r'])) {
            return Err(SourceError::new(
                file,
                format!(
                    "the file is truncated: no line end follows its last record, {number}, so that it may break off; \
                     fetch the file again or, if it is whole, end it with a line end"
                ),
            ));
        }
        let columns = names.into_iter().enumerate().map(|(at, name)| (name, at)).collect();
        Ok(Self { file: file.to_owned(), columns, records })
    }

    /// The trimmed cell; empty when the optional column is not there.
    pub fn get<'a>(&self, record: &'a Record, column: &str) -> &'a str {
        self.raw(record, column).trim()
    }

    /// The cell with its blanks.
    pub fn raw<'a>(&self, record: &'a Record, column: &str) -> &'a str {
        self.columns.get(column).and_then(|at| record.cells.get(*at)).map_or("", String::as_str)
    }

    /// Where a record stands, for its evidence, in no language: by RFC 7111, whose first row is the header.
    pub fn locator(&self, record: &Record) -> String {
        format!("{}#row={}", self.file, record.number + 1)
    }

    /// Where a cell stands.
    pub fn spot<'a>(&'a self, record: &Record, field: &'a str) -> Spot<'a> {
        Spot { file: &self.file, row: record.number, field }
    }
}

impl Record {
    /// All cells without the blanks around them, for comparing whole records.
    pub fn trimmed(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.trim())
    }
}

/// The bytes as text, or a sentence that says what they are instead.
fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, SourceError> {
    let fail = |what: String| Err(SourceError::new(file, what));
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return fail("the file is UTF-16; save it as UTF-8 and try again".to_owned());
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return fail("the file is empty; expected a CSV file with a header".to_owned());
    }
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        return fail(format!("the file is binary (a NUL byte at position {at}); expected a CSV file in UTF-8"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.lines().any(|l| l.starts_with("<<<<<<< ") || l.starts_with(">>>>>>> ")) => {
            fail("the file holds conflict markers of version control; take the file without .orig".to_owned())
        }
        Ok(text) => Ok(text),
        Err(e) => {
            let line = bytes[..e.valid_up_to()].split(|b| *b == b'\n').count();
            fail(format!(
                "the file is not UTF-8 (line {line}, byte {}); save it as UTF-8 and try again",
                e.valid_up_to()
            ))
        }
    }
}

/// What separates the values: a comma, unless the header has the wanted columns between semicolons or tabs, as
/// spreadsheets write them where the comma is in numbers.
fn separator(text: &str, required: &[&str]) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let has_all = |separator: &u8| {
        let names: Vec<&str> =
            header.split(char::from(*separator)).map(|name| name.trim().trim_matches('"').trim()).collect();
        required.len() > 1 && required.iter().all(|column| names.contains(column))
    };
    [b';', b'\t'].into_iter().find(has_all).unwrap_or(b',')
}

/// The record in which a quote opens that never closes.
fn open_quote(text: &str, separator: u8) -> Option<u64> {
    let (mut record, mut opened, mut quoted, mut at_start) = (0_u64, 0, false, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (quoted, byte) {
            (true, b'"') if bytes.peek() == Some(&b'"') => {
                bytes.next();
            }
            (true, b'"') => quoted = false,
            (true, _) => {}
            (false, b'"') if at_start => (quoted, opened, at_start) = (true, record, false),
            (false, byte) if byte == separator => at_start = true,
            (false, b'\n' | b'\r') => {
                if byte == b'\n' || bytes.peek() != Some(&b'\n') {
                    record += 1;
                }
                at_start = true;
            }
            (false, _) => at_start = false,
        }
    }
    quoted.then_some(opened)
}

fn check_header(file: &str, names: &[String], required: &[&str], optional: &[&str]) -> Result<(), SourceError> {
    let missing: Vec<&str> = required.iter().filter(|c| !names.iter().any(|n| n == *c)).copied().collect();
    let strange: Vec<&str> =
        names.iter().map(String::as_str).filter(|n| !required.contains(n) && !optional.contains(n)).collect();
    let twice = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
    let shorten = |list: &[&str]| {
        let text = list.join(", ");
        if text.chars().count() > 120 { format!("{}…", text.chars().take(120).collect::<String>()) } else { text }
    };
    if !missing.is_empty() {
        let found = shorten(&names.iter().map(String::as_str).collect::<Vec<_>>());
        return Err(SourceError::new(
            file,
            format!(
                "the header is wrong: it lacks the columns {}; it has {found}; check that this is the right file",
                shorten(&missing)
            ),
        ));
    }
    if !strange.is_empty() {
        return Err(SourceError::new(
            file,
            format!(
                "the header is wrong: unexpected columns {}; only these columns are read, since private ones stand beside them in some files: {}",
                shorten(&strange),
                shorten(&required.iter().chain(optional).copied().collect::<Vec<_>>())
            ),
        ));
    }
    if let Some((_, name)) = twice {
        return Err(SourceError::new(file, format!("the header is wrong: the column {name} stands there twice")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(Table, Vec<crate::domain::draft::Problem>), String> {
        let mut problems = Problems::default();
        Table::read("x.csv", bytes, &["a", "b"], &["c"], &mut problems)
            .map(|table| (table, problems.into_sorted()))
            .map_err(|e| e.to_string())
    }

    #[test]
    fn bad_files_are_one_clear_sentence() {
        for (bytes, part) in [
            (&b""[..], "the file is empty"),
            (b" \r\n", "the file is empty"),
            (b"\xff\xfea\0", "UTF-16"),
            (b"a,b\n1,\0\n", "NUL byte"),
            (b"a,b\n1,M\xe9xico\n", "not UTF-8 (line 2"),
            (b"<html><body>404", "lacks the columns a, b"),
            (b"a,b,email\n", "unexpected columns email"),
            (b"a,b,a\n", "twice"),
            (b"a\n1\n", "lacks the columns b"),
            (b"a,b\n1,\"two\nthree", "starts in record 1 never ends"),
            (b"a,b\n1,2\n3", "follows its last record, 2,"),
            (b"a,b\r\n1,2\r\n3,4", "follows its last record, 2,"),
            (b"a,b\n<<<<<<< HEAD\n1,2\n", "conflict markers"),
        ] {
            let error = read(bytes).unwrap_err();
            assert!(error.starts_with("x.csv: ") && error.contains(part), "{error}");
            assert!(!error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn records_are_counted_not_lines() {
        for text in ["b,a\n\"x\n,y\",1\n\n2,3\n", "\u{feff}b,a\r\n\"x\n,y\",1\r\n2,3\r\n", "b,a\r\"x\n,y\",1\r2,3\r"] {
            let (table, problems) = read(text.as_bytes()).unwrap();
            assert!(problems.is_empty(), "{problems:?}");
            assert_eq!(table.records.len(), 2, "{text:?}");
            assert_eq!(table.get(&table.records[0], "b"), "x\n,y");
            assert_eq!(table.get(&table.records[1], "a"), "3");
            assert_eq!(table.get(&table.records[1], "c"), "");
            assert_eq!(table.locator(&table.records[1]), "x.csv#row=3", "the header is the first row");
        }
    }

    #[test]
    fn other_separators_are_seen_and_named() {
        for text in ["b;a\nx,\"y;1\";2\n", "\"b\";\"a\"\r\nx,\"y;1\";2\r\n"] {
            // A quote inside a value is none that opens.
            let (table, problems) = read(text.replace("x,\"y", "\"x,y").as_bytes()).unwrap();
            assert_eq!((table.get(&table.records[0], "b"), table.get(&table.records[0], "a")), ("x,y;1", "2"));
            assert_eq!((problems.len(), problems[0].code.as_str()), (1, "file.separator"));
            assert!(problems[0].reason.contains("semicolons"));
        }
        assert!(read(b"a\tb\n1\t2\n").unwrap().1[0].reason.contains("tabs"));
        assert!(read(b"a;c\n1;2\n").is_err(), "columns are missing all the same");
    }

    #[test]
    fn a_header_among_the_records_is_none_of_them() {
        let (table, problems) = read(b"a,b\n1,2\na, b\n1,2\n").unwrap();
        assert_eq!(table.records.iter().map(|record| record.number).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(problems.iter().map(|p| (p.row, p.code.as_str())).collect::<Vec<_>>(), [(2, "row.header")]);
    }

    #[test]
    fn ragged_record_is_a_problem() {
        let (table, problems) = read(b"a,b\n1,2,3\n4\n5,6\n").unwrap();
        assert_eq!(table.records.len(), 1);
        assert_eq!(table.records[0].number, 3);
        let codes: Vec<&str> = problems.iter().map(|p| p.code.as_str()).collect();
        assert_eq!(codes, ["row.ragged", "row.ragged"]);
    }
}
