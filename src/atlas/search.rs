//! Search as you type, accents ignored: over the names of organisations and publishers (former names and
//! acronyms too), titles of datasets, and labels of sectors, areas and goals. A filter by text also finds organisations by
//! what they say they do.

use std::cmp::Reverse;

use roaring::RoaringBitmap;

use super::bits::Bits;
use super::strings::{Strings, StringsBuilder};
use super::words::{Words, WordsBuilder};
use super::{AreaIx, Atlas, CodeIx, DatasetIx, Dimension, OrgIx, StrIx, Value};
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
    pub(crate) fn build(atlas: &Atlas) -> Self {
        let mut builder = IndexBuilder::default();
        for org in atlas.listed().iter().map(OrgIx::new) {
            let row = atlas.organisation(org);
            let names = atlas.names_of(org).iter().map(|name| name.text);
            builder.add(atlas, Found::Organisation(org), row.claim_count, Some(row.name), names);
        }
        for &(org, users) in atlas.publisher_users() {
            let names = atlas.names_of(org).iter().map(|name| name.text);
            builder.add(atlas, Found::Publisher(org), users, Some(atlas.organisation(org).name), names);
        }
        for dataset in atlas.datasets() {
            let row = atlas.dataset(dataset);
            builder.add(atlas, Found::Dataset(dataset), row.users, Some(row.title), std::iter::empty());
        }
        let count = |dimension, value| atlas.organisations_with(dimension, value).len() as u32;
        for code in atlas.codes_of("od500_category") {
            let weight = count(Dimension::Sector, Value::Code(code));
            builder.add(atlas, Found::Sector(code), weight, Some(atlas.code_row(code).label), std::iter::empty());
        }
        for area in atlas.areas() {
            let weight = count(Dimension::Area, Value::Area(area));
            let row = atlas.area(area);
            builder.add(atlas, Found::Area(area), weight, Some(row.name), std::iter::once(row.code));
        }
        for code in atlas.codes_of("sdg") {
            let row = atlas.code_row(code);
            let goal = atlas.str(row.code).parse().unwrap_or(0);
            let weight = count(Dimension::Sdg, Value::Goal(goal));
            builder.add(atlas, Found::Sdg(code), weight, Some(row.label), std::iter::empty());
        }
        builder.finish()
    }

    /// The documents that bear every word, and whether a word had to be corrected.
    fn matching(&self, query: &str) -> (Bits, bool) {
        let mut all: Option<Bits> = None;
        let mut corrected = false;
        for word in query.split(' ').filter(|word| !word.is_empty()) {
            let mut set = Bits::new(self.documents.len());
            corrected |= self.mark(word, false, &mut set);
            match &mut all {
                None => all = Some(set),
                Some(all) => all.intersect(&set),
            }
        }
        (all.unwrap_or_else(|| Bits::new(self.documents.len())), corrected)
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
        let query = fold(text);
        if query.is_empty() || first == 0 {
            return Hits::default();
        }
        let index = &self.search;
        let (mut matching, corrected) = index.matching(&query);
        if !kinds.is_empty() {
            matching.retain(|document| kinds.contains(&index.documents[document as usize].0.kind()));
        }
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

    /// Organisations that may be shown and have all the words of a text in their names or in what they say they do.
    pub(crate) fn organisations_matching(&self, text: &str) -> RoaringBitmap {
        let described = self.described();
        let mut all: Option<Bits> = None;
        for word in fold(text).split(' ').filter(|word| !word.is_empty()) {
            let mut set = Bits::new(self.organisations.len());
            let is_known = described.mark(word, &mut set);
            let mut named = Bits::new(self.search.documents.len());
            self.search.mark(word, is_known, &mut named);
            for document in named.iter() {
                if let Found::Organisation(org) = self.search.documents[document as usize].0 {
                    set.insert(org.get());
                }
            }
            match &mut all {
                None => all = Some(set),
                Some(all) => all.intersect(&set),
            }
        }
        all.iter().flat_map(Bits::iter).collect()
    }

    /// Lays what is laid when it is first asked for.
    pub fn warm(&self) {
        self.described();
    }

    fn described(&self) -> &Words {
        self.described.get_or_init(|| self.words_of_descriptions())
    }

    /// What organisations that may be shown say they do, in every language.
    fn words_of_descriptions(&self) -> Words {
        let mut words = WordsBuilder::default();
        for org in self.listed().iter().map(OrgIx::new) {
            let row = self.organisation(org);
            for text in row.description.iter().chain(&row.summary).flat_map(|&label| self.strings().handles(label)) {
                words.add(&fold(self.str(text)), org.get());
            }
        }
        words.finish()
    }
}

/// Collects documents.
#[derive(Default)]
struct IndexBuilder {
    documents: Vec<(Found, u32)>,
    entries: Vec<Entry>,
    texts: StringsBuilder,
    words: WordsBuilder,
}

impl IndexBuilder {
    fn add(
        &mut self,
        atlas: &Atlas,
        found: Found,
        weight: u32,
        label: Option<super::LabelIx>,
        names: impl Iterator<Item = StrIx>,
    ) {
        let document = self.documents.len() as u32;
        self.documents.push((found, weight));
        let from = self.entries.len();
        let labels = label.into_iter().flat_map(|label| atlas.strings().handles(label));
        for name in labels.chain(names) {
            let text = fold(atlas.str(name));
            let folded = self.texts.intern(&text);
            if text.is_empty() || self.entries[from..].iter().any(|entry| entry.folded == folded) {
                continue;
            }
            self.entries.push(Entry { document, name, folded });
            self.words.add(&text, document);
        }
    }

    /// Numbers the documents by weight; equal ones stay in the order in which they came.
    fn rank(&mut self) {
        let mut order: Vec<u32> = (0..self.documents.len() as u32).collect();
        order.sort_by_key(|&document| Reverse(self.documents[document as usize].1));
        let mut rank = vec![0; order.len()];
        for (at, &document) in order.iter().enumerate() {
            rank[document as usize] = at as u32;
        }
        self.documents = order.iter().map(|&document| self.documents[document as usize]).collect();
        self.entries.iter_mut().for_each(|entry| entry.document = rank[entry.document as usize]);
        self.words.renumber(&rank);
    }

    fn finish(mut self) -> Index {
        self.rank();
        let texts = self.texts.finish();
        self.entries.sort_by(|a, b| texts.get(a.folded).cmp(texts.get(b.folded)).then(a.document.cmp(&b.document)));
        let mut by_document: Vec<(u32, u32)> =
            self.entries.iter().enumerate().map(|(at, entry)| (entry.document, at as u32)).collect();
        by_document.sort_unstable();
        let mut document_ends = vec![0; self.documents.len()];
        let mut at = 0;
        for (document, end) in document_ends.iter_mut().enumerate() {
            while by_document.get(at).is_some_and(|(of, _)| *of as usize == document) {
                at += 1;
            }
            *end = at as u32;
        }
        Index {
            documents: self.documents,
            entries: self.entries,
            by_document: by_document.into_iter().map(|(_, entry)| entry).collect(),
            document_ends,
            folded: texts,
            words: self.words.finish(),
        }
    }
}
