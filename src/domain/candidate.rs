//! Organisations to invite, as somebody lists them: rows of a table, each read on its own, with all that is
//! wrong with it.

use super::email::Email;
use super::text::{one_line, web_address};
use super::violation::{Fault, Violation, of_language};

/// No list is longer.
pub const MOST_ROWS: usize = 2_000;
/// The columns that a list may have, in any order; they are named in this one.
pub const COLUMNS: [&str; 6] = ["name", "email", "contact", "website", "lang", "organisation"];
/// The longest name.
const LONGEST_NAME: usize = 200;

/// An organisation to invite.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Candidate {
    /// The last part of its address, where it is in the register.
    pub slug: Option<String>,
    pub name: String,
    pub website: Option<String>,
    /// The person who answers.
    pub contact: String,
    pub email: Option<String>,
    /// `es` or `en`.
    pub lang: String,
}

/// A row: its line in the table, counted from 1 with the header, what it says and all that is wrong with that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub line: u64,
    /// What it calls the organisation, also where the row cannot be taken: its name, or else the last part of an address.
    pub name: String,
    pub candidate: Candidate,
    pub faults: Vec<Violation>,
}

/// A list without what programs put before and into it, and what stands between its cells.
fn plain(text: &str) -> (String, u8) {
    // Forms end lines as no program here counts them.
    let mut text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    // A quote that nobody closes runs over the end of its line, also on the last one.
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let separator = if text.lines().next().is_some_and(|line| line.contains('\t')) { b'\t' } else { b',' };
    (text, separator)
}

/// The list of some lines of a list alone, under the same header: what is to be mended and sent again.
pub fn only(text: &str, lines: &[u64]) -> String {
    let (text, separator) = plain(text);
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(separator).flexible(true).from_writer(Vec::new());
    let wanted = |record: &csv::StringRecord| record.position().is_some_and(|at| lines.contains(&at.line()));
    // What is written goes to memory, and every record was text before.
    if let Ok(header) = reader.headers().cloned() {
        let _ = writer.write_record(&header);
    }
    for record in reader.records().flatten().filter(wanted) {
        let _ = writer.write_record(&record);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Reads a table with a header that names some of [`COLUMNS`].
pub fn read(text: &str) -> Result<Vec<Row>, Violation> {
    let (text, separator) = plain(text);
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| Violation::new("list", "the first line cannot be read"))?.clone();
    if is_torn(&header) {
        return Err(unclosed());
    }
    let names: Vec<String> = header.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    if let Some(other) = names.iter().find(|name| !COLUMNS.contains(&name.as_str())) {
        let message = format!("'{other}' is not a column; name some of {}", COLUMNS.join(", "));
        return Err(Violation::new("list", message));
    }
    if let Some((_, twice)) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
        return Err(Violation::new("list", format!("the column '{twice}' is named twice; keep one of them")));
    }
    if !names.iter().any(|name| name == "name" || name == "organisation") {
        return Err(Violation::new("list", "a column 'name' or 'organisation' is needed").of(Fault::Missing));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        if rows.len() >= MOST_ROWS {
            let message = format!("a list has at most {MOST_ROWS} rows");
            return Err(Violation::new("list", message).of(Fault::TooLong));
        }
        let line = record.as_ref().ok().and_then(csv::StringRecord::position).map_or(0, csv::Position::line);
        let (name, (candidate, faults)) = match &record {
            Ok(record) => {
                let cell = |name: &str| {
                    let at = names.iter().position(|one| one == name);
                    at.and_then(|at| record.get(at)).map(str::trim).unwrap_or_default()
                };
                let read = if is_torn(record) { (Candidate::default(), vec![unclosed()]) } else { candidate(&cell) };
                (called(&cell), read)
            }
            Err(_) => (String::new(), (Candidate::default(), vec![Violation::new("list", "this line cannot be read")])),
        };
        rows.push(Row { line, name, candidate, faults });
    }
    Ok(rows)
}

/// Whether a cell runs over the end of its line: it has taken the rows after it into itself.
fn is_torn(record: &csv::StringRecord) -> bool {
    record.iter().any(|cell| cell.contains(['\n', '\r']))
}

/// The problem of a line with such a cell.
fn unclosed() -> Violation {
    Violation::new("list", "a quote is opened on this line and not closed on it; close it, or take it away")
}

/// What a row calls the organisation, cut where it is longer than a name may be.
fn called<'c>(cell: &dyn Fn(&str) -> &'c str) -> String {
    let name = if cell("name").is_empty() { cell("organisation") } else { cell("name") };
    let name = one_line(name.lines().next().unwrap_or_default());
    let cut: String = name.chars().take(LONGEST_NAME).collect();
    if cut.len() < name.len() { format!("{cut}…") } else { name }
}

fn candidate<'c>(cell: &dyn Fn(&str) -> &'c str) -> (Candidate, Vec<Violation>) {
    let mut faults = Vec::new();
    let some = |name: &str| Some(cell(name)).filter(|text| !text.is_empty()).map(str::to_owned);
    let name = one_line(cell("name"));
    let slug = some("organisation");
    if name.is_empty() && slug.is_none() {
        faults.push(Violation::new("name", "a name is needed").of(Fault::Missing));
    }
    if name.chars().count() > LONGEST_NAME {
        faults.push(Violation::new("name", "a name has at most 200 characters").of(Fault::TooLong));
    }
    let typed = some("website");
    let website = typed.as_deref().and_then(web_address);
    if typed.is_some() && website.is_none() {
        faults.push(Violation::new("website", "give an address such as https://example.org"));
    }
    let email = some("email");
    if let Some(Err(fault)) = email.as_deref().map(|text| Email::parse("email", text)) {
        faults.push(fault);
    }
    let lang = some("lang").unwrap_or_else(|| "es".to_owned()).to_ascii_lowercase();
    faults.extend(of_language(&lang));
    (Candidate { slug, name, website, contact: one_line(cell("contact")), email, lang }, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_one_by_one() {
        let text = "\u{feff}Name,Email,lang,website\n\"Datos, S.C.\",ana@example.org,EN,https://example.org\n\
                    ,x,fr,ftp\nSolo nombre\n";
        let rows = read(text).unwrap();
        let first = &rows[0].candidate;
        assert_eq!((rows[0].line, first.name.as_str(), first.lang.as_str()), (2, "Datos, S.C.", "en"));
        let fields: Vec<_> = rows[1].faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!((rows[1].line, fields), (3, vec!["name", "website", "email", "lang"]));
        assert_eq!((rows[2].candidate.lang.as_str(), rows[2].faults.len()), ("es", 0));
        let names = |text: &str| read(text).unwrap().into_iter().map(|row| row.name).collect::<Vec<_>>();
        assert_eq!(
            names("name,organisation,email\n Con  error,,no es\n,datos-del-sur,no es\n,,no es\n"),
            ["Con error", "datos-del-sur", ""]
        );
        let long = names(&format!("name\n{}\n", "ñ".repeat(LONGEST_NAME + 1))).pop().unwrap();
        assert_eq!(
            (long.chars().count(), long.ends_with("ñ…")),
            (LONGEST_NAME + 1, true),
            "a name that is too long is cut"
        );
        let of_a_form = read("name\r\nUno\r\nDos\r\n").unwrap();
        assert_eq!(of_a_form.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn a_quote_that_is_not_closed_takes_no_row_in_silence() {
        for (text, expected) in [
            (
                "name,email\nUno,\n\"Dos,dos@example.org\nTres,tres@example.org\n",
                vec![(2, 0, "Uno"), (3, 1, "Dos,dos@example.org")],
            ),
            // Another quote further down closes it; what stands between is in no row of its own.
            (
                "name,email\n\"Uno,uno@example.org\n\"Dos, S.C.\",dos@example.org\nTres,\n",
                vec![(2, 1, "Uno,uno@example.org"), (4, 0, "Tres")],
            ),
            ("name,contact\nUno,\"Ana\nDos,Eva\n", vec![(2, 1, "Uno")]),
            ("name\nUno\n\"Dos", vec![(2, 0, "Uno"), (3, 1, "Dos")]),
            ("name\r\n\"Uno\"\r\n\"Dos\r\n", vec![(2, 0, "Uno"), (3, 1, "Dos")]),
            ("name\tlang\n\"Uno\tes\nDos\tes\n", vec![(2, 1, "Uno es")]),
            ("name\nEl \"Uno\n\"Dos \"\"y\"\" tres\"\n", vec![(2, 0, "El \"Uno"), (3, 0, "Dos \"y\" tres")]),
        ] {
            let rows = read(text).unwrap();
            let found: Vec<_> = rows.iter().map(|row| (row.line, row.faults.len(), row.name.as_str())).collect();
            assert_eq!(found, expected, "{text}");
            let faults: Vec<_> = rows.iter().flat_map(|row| &row.faults).collect();
            assert!(faults.iter().all(|fault| fault.message.starts_with("a quote is opened")), "{faults:?}");
            // What is kept to be mended has every row still.
            let torn: Vec<u64> = rows.iter().filter(|row| !row.faults.is_empty()).map(|row| row.line).collect();
            let rest = only(text, &torn);
            assert_eq!(read(&rest).unwrap().iter().filter(|row| row.faults.is_empty()).count(), 0, "{rest}");
        }
    }

    #[test]
    fn what_is_left_of_a_list_is_a_list() {
        let text = "\u{feff}name,email\r\nUno,uno@example.org\r\n\"Dos, S.C.\",no es\r\nTres\r\n";
        assert_eq!(only(text, &[3]), "name,email\n\"Dos, S.C.\",no es\n");
        assert_eq!(only(text, &[3, 4]).lines().last(), Some("Tres"));
        assert_eq!(only("name\temail\nUno\tno es\nDos\tno\n", &[2]), "name\temail\nUno\tno es\n");
        assert_eq!(read(&only(text, &[3])).unwrap()[0].name, "Dos, S.C.");
    }

    #[test]
    fn a_table_that_is_none_is_refused_as_a_whole() {
        let other = read("phone,name\n1,x\n").unwrap_err().message;
        assert!(other.contains("'phone' is not a column") && other.ends_with(&COLUMNS.join(", ")), "{other}");
        assert_eq!(read("email\na@b.mx\n").unwrap_err().fault, Fault::Missing);
        for (header, expected) in [
            ("name,email,Name \nUno,,Dos\n", "the column 'name' is named twice"),
            ("organisation\torganisation\nuno\tdos\n", "the column 'organisation' is named twice"),
            ("\"name,email\nUno,\n", "a quote is opened"),
        ] {
            let found = read(header).unwrap_err().message;
            assert!(found.starts_with(expected), "{found}");
        }
        let long = format!("name\n{}", "x\n".repeat(MOST_ROWS + 1));
        assert_eq!(read(&long).unwrap_err().fault, Fault::TooLong);
        assert_eq!(
            read("organisation\tlang\nempresa-1\tes\n").unwrap()[0].candidate.slug.as_deref(),
            Some("empresa-1")
        );
    }
}
