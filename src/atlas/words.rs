//! An index of words: the documents that bear a word, one that begins with it, its singular, or one that differs by a
//! letter. Words are folded, documents are numbers.

use std::ops::Range;

use fst::{Automaton, IntoStreamer, Map, MapBuilder, Streamer};

use super::StrIx;
use super::bits::Bits;
use super::strings::StringsBuilder;

/// Words and the documents that bear them.
#[derive(Debug, Default)]
pub(crate) struct Words {
    map: Option<Map<Vec<u8>>>,
    /// Documents of each word, in the order of the words.
    postings: Vec<u32>,
    ends: Vec<u32>,
}

/// Words shorter than this are never corrected.
const SHORTEST_CORRECTED: usize = 4;
/// Nor are longer ones: no name has them, and the row of the edit distance counts in bytes.
const LONGEST_CORRECTED: usize = 64;
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

impl Words {
    /// Marks the documents with a word that begins with `word`, or with what it is the plural of: of several things one
    /// is meant too. Says whether there is such a word.
    pub(crate) fn mark(&self, word: &str, set: &mut Bits) -> bool {
        let beginning = self.words_from(word);
        let ones: Vec<usize> = singulars(word).iter().filter_map(|one| self.ordinal(one)).collect();
        let is_known = !beginning.is_empty() || !ones.is_empty();
        self.mark_all(beginning, set);
        for ordinal in ones {
            self.mark_all(ordinal..ordinal + 1, set);
        }
        is_known
    }

    /// Whether a word that nobody bears may be a slip.
    pub(crate) fn may_be_corrected(word: &str) -> bool {
        (SHORTEST_CORRECTED..=LONGEST_CORRECTED).contains(&word.len())
    }

    /// Marks the documents with a word that begins within one letter of `word`.
    pub(crate) fn mark_near(&self, word: &str, set: &mut Bits) {
        let Some(map) = &self.map else { return };
        let mut stream = map.search(Typo { word: word.as_bytes() }).into_stream();
        while let Some((_, ordinal)) = stream.next() {
            self.mark_all(ordinal as usize..ordinal as usize + 1, set);
        }
    }

    /// The ordinals of the words that begin with something.
    fn words_from(&self, prefix: &str) -> Range<usize> {
        let Some(map) = &self.map else { return 0..0 };
        let first = |bound: &[u8]| {
            let mut stream = map.range().ge(bound).into_stream();
            stream.next().map_or(map.len(), |(_, ordinal)| ordinal as usize)
        };
        let mut end = prefix.as_bytes().to_vec();
        // No UTF-8 byte is 255, so this is past every word that begins so.
        end.push(u8::MAX);
        first(prefix.as_bytes())..first(&end)
    }

    /// The ordinal of a whole word.
    fn ordinal(&self, word: &str) -> Option<usize> {
        self.map.as_ref()?.get(word).map(|ordinal| ordinal as usize)
    }

    fn mark_all(&self, ordinals: Range<usize>, set: &mut Bits) {
        if ordinals.is_empty() {
            return;
        }
        let start = if ordinals.start == 0 { 0 } else { self.ends[ordinals.start - 1] as usize };
        for &document in &self.postings[start..self.ends[ordinals.end - 1] as usize] {
            set.insert(document);
        }
    }
}

/// The documents that bear every word of a folded text, of so many documents; `mark` marks those with one word.
pub(crate) fn bearing_all(text: &str, documents: usize, mut mark: impl FnMut(&str, &mut Bits)) -> Bits {
    let mut all: Option<Bits> = None;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut set = Bits::new(documents);
        mark(word, &mut set);
        match &mut all {
            None => all = Some(set),
            Some(all) => all.intersect(&set),
        }
    }
    all.unwrap_or_else(|| Bits::new(documents))
}

/// Collects words.
#[derive(Default)]
pub(crate) struct WordsBuilder {
    words: StringsBuilder,
    postings: Vec<(StrIx, u32)>,
}

impl WordsBuilder {
    /// Takes the words of a folded text.
    pub(crate) fn add(&mut self, text: &str, document: u32) {
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let word = self.words.intern(word);
            self.postings.push((word, document));
        }
    }

    /// Gives each document another number.
    pub(crate) fn renumber(&mut self, numbers: &[u32]) {
        self.postings.iter_mut().for_each(|(_, document)| *document = numbers[*document as usize]);
    }

    pub(crate) fn finish(self) -> Words {
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
        let mut ends = vec![0; distinct as usize];
        for (at, (word, _)) in postings.iter().enumerate() {
            ends[*word as usize] = at as u32 + 1;
        }
        Words { map, postings: postings.into_iter().map(|(_, document)| document).collect(), ends }
    }
}

/// Words that begin within one letter of a word: one more, less or other, or two that have changed places.
struct Typo<'a> {
    word: &'a [u8],
}

/// How far the edit distance has been worked out.
#[derive(Clone)]
struct Distance {
    now: Vec<u8>,
    /// The row before, and the letter that led from it: two letters may have changed places.
    before: Option<(Vec<u8>, u8)>,
}

/// `None` once the word is met, whatever follows.
type State = Option<Distance>;

const MOST_EDITS: u8 = 1;

impl Automaton for Typo<'_> {
    type State = State;

    fn start(&self) -> State {
        Some(Distance { now: (0..=self.word.len() as u8).collect(), before: None })
    }

    fn is_match(&self, rows: &State) -> bool {
        rows.as_ref().is_none_or(|rows| rows.now.last().is_some_and(|&edits| edits <= MOST_EDITS))
    }

    fn can_match(&self, rows: &State) -> bool {
        rows.as_ref().is_none_or(|rows| rows.now.iter().any(|&edits| edits <= MOST_EDITS))
    }

    fn accept(&self, rows: &State, byte: u8) -> State {
        if self.is_match(rows) {
            return None;
        }
        let Distance { now: row, before } = rows.as_ref()?;
        let mut next = Vec::with_capacity(row.len());
        next.push(row[0].saturating_add(1));
        for (at, &letter) in self.word.iter().enumerate() {
            let change = row[at].saturating_add(u8::from(letter != byte));
            let mut edits = change.min(row[at + 1].saturating_add(1)).min(next[at].saturating_add(1));
            if let (Some((before, last)), Some(earlier)) = (before, at.checked_sub(1))
                && self.word[earlier] == byte
                && *last == letter
            {
                edits = edits.min(before[earlier].saturating_add(1));
            }
            next.push(edits);
        }
        Some(Distance { now: next, before: Some((row.clone(), byte)) })
    }
}
