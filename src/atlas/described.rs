//! The filter by text: organisations by their names, and by what they say they do.

use roaring::RoaringBitmap;

use super::words::{Words, WordsBuilder, bearing_all};
use super::{Atlas, OrgIx};
use crate::domain::text::fold;

impl Atlas {
    /// Organisations that may be shown and have all the words of a text in their names or in what they say they do.
    pub(crate) fn organisations_matching(&self, text: &str) -> RoaringBitmap {
        let described = self.described();
        let all = bearing_all(&fold(text), self.organisations.len(), |word, set| {
            let is_known = described.mark(word, set);
            self.search.mark_organisations(word, is_known, set);
        });
        all.iter().collect()
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
