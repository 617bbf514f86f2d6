//! The reference data that ships with the program: countries, subdivisions, code lists, mappings and
//! indicator definitions, as tab-separated files. A small reader; nothing here knows what a file means.

use std::borrow::Cow;
use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

#[derive(rust_embed::RustEmbed)]
#[folder = "data/"]
struct Files;

/// One table of text: a header and records of as many fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    header: Vec<String>,
    records: Vec<Vec<String>>,
}

impl Table {
    /// Reads tab-separated text; a record with another number of fields than the header is refused.
    pub fn parse(name: &str, text: &str) -> Result<Self, String> {
        let split = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
        let mut lines = text.lines();
        let header = split(lines.next().ok_or_else(|| format!("{name} is empty"))?);
        let mut records = Vec::new();
        for (number, line) in (2..).zip(lines).filter(|(_, line)| !line.is_empty()) {
            let record = split(line);
            if record.len() != header.len() {
                return Err(format!("{name} line {number} has {} fields, not {}", record.len(), header.len()));
            }
            records.push(record);
        }
        Ok(Self { header, records })
    }

    /// The records, each as a view that knows the names of its fields.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.records.iter().map(|fields| Record { header: &self.header, fields })
    }
}

/// One record of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct Record<'t> {
    header: &'t [String],
    fields: &'t [String],
}

impl<'t> Record<'t> {
    /// The field of a name; empty when the file has no such field.
    pub fn get(&self, name: &str) -> &'t str {
        self.header.iter().position(|field| field == name).map_or("", |at| self.fields[at].as_str())
    }

    /// The field, or `None` when it is empty.
    pub fn some(&self, name: &str) -> Option<&'t str> {
        Some(self.get(name)).filter(|text| !text.is_empty())
    }
}

/// The tables that become rows of the record; the others are read where they are needed.
const RECORDED: [&str; 5] = ["countries", "subdivisions", "schemes", "mappings", "indicators"];

/// The tables that become rows of the record: path under `data/`, without its ending, to text.
pub fn recorded() -> BTreeMap<String, String> {
    let wanted = |name: &str| RECORDED.contains(&name) || name.starts_with("schemes/");
    Files::iter()
        .filter_map(|path| {
            let name = path.strip_suffix(".tsv").filter(|name| wanted(name))?.to_owned();
            let file = Files::get(&path)?;
            Some((name, String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect()
}

/// One embedded file, such as `geo/mx_states.geojson`.
pub fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    Files::get(path).map(|file| file.data)
}

/// One embedded table, such as `countries` or `schemes/sdg`.
pub fn table(name: &str) -> Result<Table, String> {
    let file = Files::get(&format!("{name}.tsv")).ok_or_else(|| format!("there is no table '{name}'"))?;
    Table::parse(name, &String::from_utf8_lossy(&file.data))
}

/// The SHA-256 of all files, in hexadecimal.
pub fn stamp(files: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for (name, text) in files {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_by_name_and_short_records_are_refused() {
        let table = Table::parse("t", "code\tlabel\n1\tone\n2\t\n").unwrap();
        let records: Vec<_> = table.records().map(|r| (r.get("code"), r.some("label"), r.get("other"))).collect();
        assert_eq!(records, [("1", Some("one"), ""), ("2", None, "")]);
        assert_eq!(Table::parse("t", "a\tb\n1\n").unwrap_err(), "t line 2 has 1 fields, not 2");
    }

    #[test]
    fn the_stamp_sees_every_byte() {
        let of = |text: &str| stamp(&BTreeMap::from([("a".to_owned(), text.to_owned())]));
        assert_ne!(of("1"), of("2"));
        assert_eq!(of("1"), of("1"));
    }
}
