//! Datasets that the survey names: one per agency and folded title, with editions of one series proposed
//! where titles differ by their years only. Nothing is merged by similarity.

use super::bodies::{Bodies, Named, key_part};
use super::chapter::Chapter;
use super::value::{Reading, is_blank, names_nothing, web_address};
use crate::domain::draft::{DatasetDraft, lang_text};
use crate::domain::resolve::{fold_title, split_years};
use crate::import::problem::Problems;
use crate::import::table::{Record, Table};
use crate::import::text::{clean_line, mask_contacts};
use entity::vocabulary::{DatasetAccess, DatasetIdentifierScheme, DatasetStatus, Decision};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The longest title, in characters; longer ones are descriptions that stood in the wrong column.
const TITLE_LENGTH: usize = 300;

/// A dataset while it is put together.
#[derive(Debug)]
struct Dataset {
    key: String,
    title: String,
    publisher: usize,
    addresses: Vec<String>,
}

/// All datasets of a chapter.
#[derive(Debug, Default)]
pub struct Datasets {
    list: Vec<Dataset>,
    by_key: HashMap<String, usize>,
    /// Sub-bodies that rows name for an agency and folded title.
    publishers: HashMap<(usize, String), BTreeSet<usize>>,
}

/// Whether a cell names a dataset.
pub fn is_named(cell: &str) -> bool {
    !names_nothing(cell)
}

impl Datasets {
    /// Reads all datasets of the file of uses.
    pub fn read(chapter: Chapter, table: &Table, bodies: &Bodies, problems: &mut Problems) -> Self {
        let mut out = Self::default();
        let named = |record: &Record| match bodies.named(chapter, table, record) {
            Some(Named::Body { agency, body }) if is_named(table.get(record, "dataset_name")) => Some((agency, body)),
            _ => None,
        };
        for record in &table.records {
            if let Some((agency, body)) = named(record) {
                let folded = fold_title(table.get(record, "dataset_name"));
                let subs = out.publishers.entry((agency, folded)).or_default();
                if body != agency {
                    subs.insert(body);
                }
            }
        }
        for record in &table.records {
            let cell = table.get(record, "dataset_name");
            if names_nothing(cell) && !is_blank(cell) {
                let reason = "names nothing without its markup; the row was taken as one that names no dataset";
                problems.refuse(table.spot(record, "dataset_name"), cell, "dataset.blank", reason);
            }
            if let Some((agency, body)) = named(record) {
                out.take(table, record, bodies, (agency, body), problems);
            }
        }
        out
    }

    /// The key of the dataset that a record names.
    pub fn key_of(&self, table: &Table, record: &Record, bodies: &Bodies, agency: usize, body: usize) -> String {
        let folded = fold_title(table.get(record, "dataset_name"));
        let publisher = self.publisher_of(agency, body, &folded);
        // Two sub-bodies may have each its own dataset of that title.
        let owner = if self.has_rivals(agency, &folded) { publisher } else { agency };
        format!("{}/{}", bodies.at(owner).key.replacen("/body/", "/dataset/", 1), key_part(&folded))
    }

    fn has_rivals(&self, agency: usize, folded: &str) -> bool {
        self.publishers.get(&(agency, folded.to_owned())).is_some_and(|subs| subs.len() > 1)
    }

    /// The sub-body if exactly one is named with this title, else the body of the row.
    fn publisher_of(&self, agency: usize, body: usize, folded: &str) -> usize {
        match self.publishers.get(&(agency, folded.to_owned())) {
            Some(subs) if subs.len() == 1 => subs.first().copied().unwrap_or(body),
            _ => body,
        }
    }

    fn take(
        &mut self,
        table: &Table,
        record: &Record,
        bodies: &Bodies,
        (agency, body): (usize, usize),
        problems: &mut Problems,
    ) {
        let raw = table.get(record, "dataset_name");
        let spot = table.spot(record, "dataset_name");
        let (title, contacts) = mask_contacts(&clean_line(raw));
        if contacts > 0 {
            problems.warn(spot, raw, "text.contact", "an address or telephone number was masked");
        }
        let title = if title.chars().count() > TITLE_LENGTH {
            problems.warn(spot, raw, "dataset.long_title", "is no title but a description; cut to 300 characters");
            title.chars().take(TITLE_LENGTH - 1).chain(['…']).collect()
        } else {
            title
        };
        let folded = fold_title(raw);
        let key = self.key_of(table, record, bodies, agency, body);
        let publisher = self.publisher_of(agency, body, &folded);
        if publisher != body {
            let reason = format!("other rows name {} as its publisher; taken from there", bodies.at(publisher).name);
            problems.warn(spot, raw, "dataset.publisher_of_other_row", reason);
        }
        let at = self.by_key.get(&key).copied().unwrap_or_else(|| {
            self.list.push(Dataset { key: key.clone(), title, publisher, addresses: Vec::new() });
            self.by_key.insert(key, self.list.len() - 1);
            self.list.len() - 1
        });
        let addresses = &mut self.list[at].addresses;
        for part in split_addresses(table.get(record, "dataset_url")) {
            let reading = web_address(part);
            if let Reading::Repaired(_, code, reason) = reading {
                problems.warn(table.spot(record, "dataset_url"), part, code, reason);
            }
            match reading {
                Reading::Plain(url) | Reading::Repaired(url, ..) => {
                    if !addresses.contains(&url) {
                        addresses.push(url);
                    }
                }
                Reading::Blank => {}
                Reading::Refused(code, reason) => {
                    problems.refuse(table.spot(record, "dataset_url"), part, code, reason);
                }
            }
        }
    }

    /// The datasets, heads of proposed series first.
    pub fn into_drafts(self, chapter: Chapter, bodies: &Bodies) -> Vec<DatasetDraft> {
        let mut families: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
        for (at, dataset) in self.list.iter().enumerate() {
            let (base, _) = split_years(&fold_title(&dataset.title));
            if base.chars().any(char::is_alphabetic) {
                families.entry((dataset.publisher, base)).or_default().push(at);
            }
        }
        let mut series: HashMap<usize, (String, String)> = HashMap::new();
        let mut heads = Vec::new();
        for ((publisher, base), members) in families.into_iter().filter(|(_, members)| members.len() > 1) {
            let years = |at: usize| split_years(&fold_title(&self.list[at].title)).1;
            let head = members.iter().copied().find(|at| years(*at).is_empty());
            let key = head.map_or_else(
                || {
                    format!(
                        "{}/series/{}",
                        bodies.at(publisher).key.replacen("/body/", "/dataset/", 1),
                        key_part(&base)
                    )
                },
                |at| self.list[at].key.clone(),
            );
            for at in members.iter().copied().filter(|at| !years(*at).is_empty()) {
                series.insert(at, (key.clone(), years(at).join("–")));
            }
            if head.is_none() {
                let title = without_years(&self.list[members[0]].title);
                heads.push(DatasetDraft {
                    is_series: true,
                    ..blank_draft(chapter, key, title, &bodies.at(publisher).key)
                });
            }
        }
        let mut plain = Vec::new();
        let mut editions = Vec::new();
        for (at, dataset) in self.list.into_iter().enumerate() {
            let mut draft = blank_draft(chapter, dataset.key, dataset.title, &bodies.at(dataset.publisher).key);
            draft.landing_page = dataset.addresses.first().cloned();
            draft.identifiers = dataset.addresses.into_iter().map(|url| (DatasetIdentifierScheme::Url, url)).collect();
            if let Some((key, label)) = series.remove(&at) {
                draft.series = Some((key, label, Decision::Proposed));
                editions.push(draft);
            } else {
                plain.push(draft);
            }
        }
        heads.extend(plain);
        heads.extend(editions);
        heads
    }
}

fn blank_draft(chapter: Chapter, key: String, title: String, publisher: &str) -> DatasetDraft {
    DatasetDraft {
        key,
        title: lang_text(chapter.lang(), title),
        description: None,
        publisher: publisher.to_owned(),
        is_series: false,
        series: None,
        status: DatasetStatus::Unknown,
        access: DatasetAccess::Unknown,
        landing_page: None,
        licence: None,
        frequency: None,
        issued_on: None,
        modified_on: None,
        themes: Vec::new(),
        identifiers: Vec::new(),
        designations: Vec::new(),
        distributions: Vec::new(),
    }
}

/// A title without its year words, as it was written otherwise.
fn without_years(title: &str) -> String {
    let words = title
        .split(' ')
        .filter(|word| split_years(&fold_title(word)).1.is_empty() || word.chars().any(char::is_alphabetic));
    words.collect::<Vec<_>>().join(" ").trim_end_matches([' ', ',', '-', '.']).to_owned()
}

/// A cell may hold several addresses; a comma or blank inside one stays.
fn split_addresses(cell: &str) -> Vec<&str> {
    let mut starts: Vec<usize> =
        cell.match_indices("http://").chain(cell.match_indices("https://")).map(|(at, _)| at).collect();
    starts.retain(|at| *at == 0 || cell[..*at].ends_with([' ', ',', ';', '\n', '\r', '\t']));
    starts.sort_unstable();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    starts
        .iter()
        .enumerate()
        .map(|(at, start)| {
            cell[*start..starts.get(at + 1).copied().unwrap_or(cell.len())]
                .trim_matches([' ', ',', ';', '\n', '\r', '\t'])
        })
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_apart() {
        for (cell, parts) in [
            ("", &[][..]),
            ("http://a.mx/x,y z", &["http://a.mx/x,y z"]),
            ("http://a.mx, https://b.mx\nhttp://c.mx", &["http://a.mx", "https://b.mx", "http://c.mx"]),
            ("www.a.mx http://b.mx", &["www.a.mx", "http://b.mx"]),
            ("http://a.mx/?u=http://b.mx", &["http://a.mx/?u=http://b.mx"]),
        ] {
            assert_eq!(split_addresses(cell), parts, "{cell}");
        }
    }

    #[test]
    fn years_leave_a_readable_title() {
        assert_eq!(without_years("Presupuesto de Egresos 2010"), "Presupuesto de Egresos");
        assert_eq!(without_years("Censo 2010, ampliado"), "Censo ampliado");
    }
}
