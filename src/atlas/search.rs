//! Search as you type, accents ignored: over the names of organisations and publishers (former names and
//! acronyms too), titles of datasets, and labels of sectors, areas and goals.

use std::cmp::Reverse;

use super::bits::Bits;
use super::strings::{Strings, StringsBuilder};
use super::words::{Words, WordsBuilder, bearing_all};
use super::{AreaIx, Atlas, CodeIx, DatasetIx, Dimension, FastMap, LabelIx, Lang, OrgIx, StrIx, Value};
use crate::domain::text::fold;

/// What a search may find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SearchKind {
    Organisation,
    Publisher,
    Dataset,
    Sector,
    Area,
    Sdg,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Found {
    Organisation(OrgIx),
    Publisher(OrgIx),
    Dataset(DatasetIx),
    Sector(CodeIx),
    Area(AreaIx),
    Sdg(CodeIx),
}

impl Found {
    /// Its kind.
    pub const fn kind(self) -> SearchKind {
        match self {
            Self::Organisation(_) => SearchKind::Organisation,
            Self::Publisher(_) => SearchKind::Publisher,
            Self::Dataset(_) => SearchKind::Dataset,
            Self::Sector(_) => SearchKind::Sector,
            Self::Area(_) => SearchKind::Area,
            Self::Sdg(_) => SearchKind::Sdg,
        }
    }
}

/// One record that a search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The record.
    pub found: Found,
    /// The name that matched.
    pub matched: StrIx,
    /// Distinct organisations: users of a publisher or dataset, those of a sector, area or goal; for an
    /// organisation its claims.
    pub weight: u32,
}

/// What a search answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The best, best first.
    pub hits: Vec<Hit>,
    /// All that match.
    pub total: u64,
    /// Whether words were taken for others that differ by one letter.
    pub corrected: bool,
}

/// One name of a record.
#[derive(Clone, Copy, Debug)]
struct Entry {
    document: u32,
    /// As it is written.
    name: StrIx,
    /// As it is compared.
    folded: StrIx,
}

/// The index: names in the order of their folded text, and words with the documents that bear them. Documents are
/// numbered by weight, so that the first of a set are the best of it.
#[derive(Debug, Default)]
pub(crate) struct Index {
    documents: Vec<(Found, u32)>,
    entries: Vec<Entry>,
    /// Places in `entries`, by document.
    by_document: Vec<u32>,
    document_ends: Vec<u32>,
    folded: Strings,
    words: Words,
}

impl Index {
    /// The documents that bear every word, and whether a word had to be corrected.
    fn matching(&self, query: &str) -> (Bits, bool) {
        let mut corrected = false;
        let all = bearing_all(query, self.documents.len(), |word, set| corrected |= self.mark(word, false, set));
        (all, corrected)
    }

    /// Marks the organisations that bear a word in one of their names. It may be a slip unless another text has it.
    pub(super) fn mark_organisations(&self, word: &str, is_known: bool, set: &mut Bits) {
        let mut named = Bits::new(self.documents.len());
        self.mark(word, is_known, &mut named);
        for document in named.iter() {
            if let Found::Organisation(org) = self.documents[document as usize].0 {
                set.insert(org.get());
            }
        }
    }

    /// Marks the documents that bear a word. Where there is none and no other text has it, it may be a slip: says whether
    /// it was corrected.
    fn mark(&self, word: &str, is_known: bool, set: &mut Bits) -> bool {
        let corrects = !self.words.mark(word, set) && !is_known && Words::may_be_corrected(word);
        if corrects {
            self.words.mark_near(word, set);
        }
        corrects
    }

    /// The names that begin with a query, in order.
    fn names_from(&self, query: &str) -> &[Entry] {
        let folded = |entry: &Entry| self.folded.get(entry.folded);
        let start = self.entries.partition_point(|entry| folded(entry) < query);
        let rest = &self.entries[start..];
        &rest[..rest.partition_point(|entry| folded(entry).starts_with(query))]
    }

    fn entries_of(&self, document: u32) -> impl Iterator<Item = &Entry> {
        let at = document as usize;
        let start = if at == 0 { 0 } else { self.document_ends[at - 1] as usize };
        self.by_document[start..self.document_ends[at] as usize].iter().map(|&entry| &self.entries[entry as usize])
    }

    /// The name of a document that a query met.
    fn matched(&self, document: u32, query: &str) -> StrIx {
        let begins = |entry: &&Entry| self.folded.get(entry.folded).starts_with(query);
        let has_words = |entry: &&Entry| {
            let name = self.folded.get(entry.folded);
            query.split(' ').all(|wanted| name.split(' ').any(|word| word.starts_with(wanted)))
        };
        let found = self.entries_of(document).find(begins).or_else(|| self.entries_of(document).find(has_words));
        found.or_else(|| self.entries_of(document).next()).map_or(StrIx::new(0), |entry| entry.name)
    }
}

impl Atlas {
    /// Searches as one types: the last word may be unfinished, and so may the others. Exact names and
    /// acronyms first, then names that begin so, then names with all the words; ties by use.
    pub fn find(&self, text: &str, first: usize, kinds: &[SearchKind]) -> Hits {
        let index = &self.search;
        let of_kinds = |query: String| {
            let (mut matching, corrected) = index.matching(&query);
            if !kinds.is_empty() {
                matching.retain(|document| kinds.contains(&index.documents[document as usize].0.kind()));
            }
            (query, matching, corrected)
        };
        let mut found = readings(text).into_iter().map(of_kinds);
        let Some(read) = found.next().filter(|_| first > 0) else { return Hits::default() };
        let is_met = |(_, matching, _): &(String, Bits, bool)| matching.len() > 0;
        let (query, mut matching, corrected) = if is_met(&read) { read } else { found.find(is_met).unwrap_or(read) };
        let total = matching.len();
        // A correction that finds nothing is none.
        let corrected = corrected && total > 0;
        // Names in order: first those that are the query, then those that go on after it.
        let beginning = index.names_from(&query);
        let exact = beginning.partition_point(|entry| index.folded.get(entry.folded).len() == query.len());
        let mut best: Vec<u32> = Vec::with_capacity(first);
        for names in [&beginning[..exact], &beginning[exact..]] {
            let mut tier = Bits::new(index.documents.len());
            names.iter().filter(|entry| matching.take(entry.document)).for_each(|entry| tier.insert(entry.document));
            best.extend(tier.iter().take(first - best.len()));
        }
        best.extend(matching.iter().take(first - best.len()));
        let hit = |document: u32| {
            let (found, weight) = index.documents[document as usize];
            Hit { found, matched: index.matched(document, &query), weight }
        };
        Hits { hits: best.into_iter().map(hit).collect(), total, corrected }
    }
}

/// What a text may mean, the likeliest first: initials with dots are one word, and the address of a site is looked for by
/// its name where nothing has all of it. Signs alone mean nothing.
fn readings(text: &str) -> Vec<String> {
    /// What begins or ends an address and is no part of a name.
    const FRAME: [&str; 12] = ["https", "http", "www", "com", "org", "net", "gob", "gov", "edu", "mx", "us", "io"];
    if !text.contains(char::is_alphanumeric) {
        return Vec::new();
    }
    let whole = fold(text);
    if !text.contains('.') {
        return vec![whole];
    }
    let parts: Vec<&str> = whole.split(' ').collect();
    if parts.len() > 1 && parts.iter().all(|part| part.chars().count() == 1) {
        return vec![parts.concat(), whole];
    }
    let named: Vec<&str> = parts.iter().copied().filter(|part| !FRAME.contains(part)).collect();
    let is_framed = !named.is_empty() && named.len() < parts.len();
    let named = is_framed.then(|| named.join(" "));
    [Some(whole), named].into_iter().flatten().collect()
}

/// Everything that can be found, by its names, before it is known how much each is used.
#[derive(Default)]
pub(crate) struct Named {
    documents: Vec<Found>,
    entries: Vec<Entry>,
    texts: StringsBuilder,
    words: WordsBuilder,
}

impl Named {
    /// The names of an atlas whose records are complete.
    pub(crate) fn of(atlas: &Atlas) -> Self {
        let mut named = Self::default();
        let names = |org| atlas.names_of(org).iter().map(|name| name.text);
        for org in atlas.listed().iter().map(OrgIx::new) {
            named.add(atlas, Found::Organisation(org), atlas.organisation(org).name, names(org));
        }
        for org in atlas.publishers.iter().map(|publisher| publisher.organisation) {
            named.add(atlas, Found::Publisher(org), atlas.organisation(org).name, names(org));
        }
        for dataset in atlas.datasets() {
            named.add(atlas, Found::Dataset(dataset), atlas.dataset(dataset).title, std::iter::empty());
        }
        for code in atlas.codes_of("od500_category") {
            named.add(atlas, Found::Sector(code), atlas.code_row(code).label, std::iter::empty());
        }
        for area in atlas.areas() {
            let row = atlas.area(area);
            named.add(atlas, Found::Area(area), row.name, std::iter::once(row.code));
        }
        for code in atlas.codes_of("sdg") {
            let row = atlas.code_row(code);
            named.add(atlas, Found::Sdg(code), row.label, std::iter::empty());
            named.number(atlas, row.label, atlas.str(row.code));
        }
        named
    }

    fn add(&mut self, atlas: &Atlas, found: Found, label: LabelIx, names: impl Iterator<Item = StrIx>) {
        let document = self.documents.len() as u32;
        self.documents.push(found);
        let from = self.entries.len();
        for name in atlas.strings().handles(label).chain(names) {
            let text = fold(atlas.str(name));
            let folded = self.texts.intern(&text);
            if text.is_empty() || self.entries[from..].iter().any(|entry| entry.folded == folded) {
                continue;
            }
            self.entries.push(Entry { document, name, folded });
            self.words.add(&text, document);
        }
    }

    /// Lets the goal that was added last be found by its number too, as people call it.
    fn number(&mut self, atlas: &Atlas, label: LabelIx, number: &str) {
        let document = self.documents.len() as u32 - 1;
        for (text, name) in atlas.strings().languages(label).zip(atlas.strings().handles(label)) {
            let [short, long] = if text.lang == Lang::ES { ["ods", "objetivo"] } else { ["sdg", "goal"] };
            for text in [format!("{short} {number}"), format!("{short}{number}"), format!("{long} {number}")] {
                let folded = self.texts.intern(&text);
                self.entries.push(Entry { document, name, folded });
                self.words.add(&text, document);
            }
        }
    }

    /// How much each of them is used, once the atlas knows it.
    pub(crate) fn weights(&self, atlas: &Atlas) -> Vec<u32> {
        let users: FastMap<OrgIx, u32> = atlas.publisher_users().iter().copied().collect();
        let count = |dimension, value| atlas.organisations_with(dimension, value).len() as u32;
        let weight = |found: &Found| match *found {
            Found::Organisation(org) => atlas.organisation(org).claim_count,
            Found::Publisher(org) => users.get(&org).copied().unwrap_or_default(),
            Found::Dataset(dataset) => atlas.dataset(dataset).users,
            Found::Sector(code) => count(Dimension::Sector, Value::Code(code)),
            Found::Area(area) => count(Dimension::Area, Value::Area(area)),
            Found::Sdg(code) => {
                let goal = atlas.str(atlas.code_row(code).code).parse().unwrap_or(0);
                count(Dimension::Sdg, Value::Goal(goal))
            }
        };
        self.documents.iter().map(weight).collect()
    }

    /// Numbers the documents by weight; equal ones stay in the order in which they came.
    fn rank(&mut self, weights: &[u32]) -> Vec<(Found, u32)> {
        let mut order: Vec<u32> = (0..self.documents.len() as u32).collect();
        order.sort_by_key(|&document| Reverse(weights[document as usize]));
        let mut rank = vec![0; order.len()];
        for (at, &document) in order.iter().enumerate() {
            rank[document as usize] = at as u32;
        }
        self.entries.iter_mut().for_each(|entry| entry.document = rank[entry.document as usize]);
        self.words.renumber(&rank);
        order.iter().map(|&document| (self.documents[document as usize], weights[document as usize])).collect()
    }

    /// The index of them, the most used first.
    pub(crate) fn index(mut self, weights: &[u32]) -> Index {
        let documents = self.rank(weights);
        let texts = self.texts.finish();
        self.entries.sort_by(|a, b| texts.get(a.folded).cmp(texts.get(b.folded)).then(a.document.cmp(&b.document)));
        let mut by_document: Vec<(u32, u32)> =
            self.entries.iter().enumerate().map(|(at, entry)| (entry.document, at as u32)).collect();
        by_document.sort_unstable();
        let mut document_ends = vec![0; documents.len()];
        let mut at = 0;
        for (document, end) in document_ends.iter_mut().enumerate() {
            while by_document.get(at).is_some_and(|(of, _)| *of as usize == document) {
                at += 1;
            }
            *end = at as u32;
        }
        Index {
            documents,
            entries: self.entries,
            by_document: by_document.into_iter().map(|(_, entry)| entry).collect(),
            document_ends,
            folded: texts,
            words: self.words.finish(),
        }
    }
}
