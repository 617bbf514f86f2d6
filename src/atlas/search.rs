//! Search as you type, accents ignored: over the names of organisations and publishers (former names and
//! acronyms too), titles of datasets, and labels of sectors, areas and goals.

use std::cmp::Reverse;
use std::ops::Range;

use fst::{Automaton, IntoStreamer, Map, MapBuilder, Streamer};
use roaring::RoaringBitmap;

use super::bits::Bits;
use super::strings::{Strings, StringsBuilder};
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
    words: Option<Map<Vec<u8>>>,
    /// Documents of each word, in the order of the words.
    postings: Vec<u32>,
    posting_ends: Vec<u32>,
}

/// Words shorter than this are never corrected.
const SHORTEST_CORRECTED: usize = 4;
/// Shorter words are no plurals: what ends in s may be all of a word.
const SHORTEST_PLURAL: usize = 5;

/// What a word may be the plural of, in Spanish and English, folded: `censos` and `bases`, `indicadores`, `cities`.
fn singulars(word: &str) -> Vec<String> {
    if word.len() < SHORTEST_PLURAL {
        return Vec::new();
    }
    let stem = |ending: &str, instead: &str| word.strip_suffix(ending).map(|stem| format!("{stem}{instead}"));
    [stem("s", ""), stem("es", ""), stem("ces", "z"), stem("ies", "y")].into_iter().flatten().collect()
}

/// Nor are longer ones: no name has them, and the row of the edit distance counts in bytes.
const LONGEST_CORRECTED: usize = 64;

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

    /// The ordinals of the words that begin with something.
    fn words_from(&self, prefix: &str) -> Range<usize> {
        let Some(words) = &self.words else { return 0..0 };
        let first = |bound: &[u8]| {
            let mut stream = words.range().ge(bound).into_stream();
            stream.next().map_or(words.len(), |(_, ordinal)| ordinal as usize)
        };
        let mut end = prefix.as_bytes().to_vec();
        // No UTF-8 byte is 255, so this is past every word that begins so.
        end.push(u8::MAX);
        first(prefix.as_bytes())..first(&end)
    }

    /// The ordinal of a whole word.
    fn ordinal(&self, word: &str) -> Option<usize> {
        self.words.as_ref()?.get(word).map(|ordinal| ordinal as usize)
    }

    fn mark(&self, ordinals: Range<usize>, set: &mut Bits) {
        if ordinals.is_empty() {
            return;
        }
        let start = if ordinals.start == 0 { 0 } else { self.posting_ends[ordinals.start - 1] as usize };
        for &document in &self.postings[start..self.posting_ends[ordinals.end - 1] as usize] {
            set.insert(document);
        }
    }

    /// The documents that bear every word, and whether a word had to be corrected.
    fn matching(&self, query: &str) -> (Bits, bool) {
        let mut all: Option<Bits> = None;
        let mut corrected = false;
        for word in query.split(' ').filter(|word| !word.is_empty()) {
            let mut set = Bits::new(self.documents.len());
            let exact = self.words_from(word);
            // Of several things one is meant too: a plural finds the names that have the one.
            let ones: Vec<usize> = singulars(word).iter().filter_map(|one| self.ordinal(one)).collect();
            for &ordinal in &ones {
                self.mark(ordinal..ordinal + 1, &mut set);
            }
            if exact.is_empty() && ones.is_empty() && (SHORTEST_CORRECTED..=LONGEST_CORRECTED).contains(&word.len()) {
                corrected = true;
                let Some(words) = &self.words else { continue };
                let mut stream = words.search(Typo { word: word.as_bytes() }).into_stream();
                while let Some((_, ordinal)) = stream.next() {
                    self.mark(ordinal as usize..ordinal as usize + 1, &mut set);
                }
            } else {
                self.mark(exact, &mut set);
            }
            match &mut all {
                None => all = Some(set),
                Some(all) => all.intersect(&set),
            }
        }
        (all.unwrap_or_else(|| Bits::new(self.documents.len())), corrected)
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

    /// Organisations that may be shown and whose names have all the words of a text.
    pub(crate) fn organisations_matching(&self, text: &str) -> RoaringBitmap {
        let (matching, _) = self.search.matching(&fold(text));
        let found = matching.iter().filter_map(|document| match self.search.documents[document as usize].0 {
            Found::Organisation(org) => Some(org.get()),
            _ => None,
        });
        found.collect()
    }
}

/// Collects documents.
#[derive(Default)]
struct IndexBuilder {
    documents: Vec<(Found, u32)>,
    entries: Vec<Entry>,
    texts: StringsBuilder,
    words: StringsBuilder,
    postings: Vec<(StrIx, u32)>,
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
            for word in text.split(' ') {
                let word = self.words.intern(word);
                self.postings.push((word, document));
            }
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
        self.postings.iter_mut().for_each(|(_, document)| *document = rank[*document as usize]);
    }

    fn finish(mut self) -> Index {
        self.rank();
        let words = self.words.strings();
        let count = words.len();
        let mut order: Vec<u32> = (0..count as u32).collect();
        order.sort_unstable_by_key(|&word| words.get(StrIx::new(word)));
        let mut ordinal = vec![0_u32; count];
        let mut map = MapBuilder::memory();
        let mut last: Option<&str> = None;
        let mut distinct = 0_u32;
        for &word in &order {
            let text = words.get(StrIx::new(word));
            if last != Some(text) {
                // The words are sorted and distinct, which is all that the builder asks for.
                map.insert(text, u64::from(distinct)).expect("words in order");
                distinct += 1;
                last = Some(text);
            }
            ordinal[word as usize] = distinct - 1;
        }
        let map = map.into_inner().ok().and_then(|bytes| Map::new(bytes).ok());
        let mut postings: Vec<(u32, u32)> =
            self.postings.iter().map(|&(word, document)| (ordinal[word.at()], document)).collect();
        postings.sort_unstable();
        postings.dedup();
        let mut posting_ends = vec![0; distinct as usize];
        for (at, (word, _)) in postings.iter().enumerate() {
            posting_ends[*word as usize] = at as u32 + 1;
        }
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
            words: map,
            postings: postings.into_iter().map(|(_, document)| document).collect(),
            posting_ends,
        }
    }
}

/// Words that begin within one letter of a word: an edit more, less or other.
struct Typo<'a> {
    word: &'a [u8],
}

/// The row of the edit distance so far; `None` once the word is met, whatever follows.
type Row = Option<Vec<u8>>;

const MOST_EDITS: u8 = 1;

impl Automaton for Typo<'_> {
    type State = Row;

    fn start(&self) -> Row {
        Some((0..=self.word.len() as u8).collect())
    }

    fn is_match(&self, row: &Row) -> bool {
        row.as_ref().is_none_or(|row| row.last().is_some_and(|&edits| edits <= MOST_EDITS))
    }

    fn can_match(&self, row: &Row) -> bool {
        row.as_ref().is_none_or(|row| row.iter().any(|&edits| edits <= MOST_EDITS))
    }

    fn accept(&self, row: &Row, byte: u8) -> Row {
        if self.is_match(row) {
            return None;
        }
        let row = row.as_ref()?;
        let mut next = Vec::with_capacity(row.len());
        next.push(row[0].saturating_add(1));
        for (at, &letter) in self.word.iter().enumerate() {
            let change = row[at].saturating_add(u8::from(letter != byte));
            next.push(change.min(row[at + 1].saturating_add(1)).min(next[at].saturating_add(1)));
        }
        Some(next)
    }
}
