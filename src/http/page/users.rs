//! Whose users a page of a body or a dataset counts: all there are, or those of the studies and waves that its address names.

use maud::{Markup, html};

use super::{
    View,
    titled::{among, studies as named},
};
use crate::{
    analysis::studies::users_by_study,
    atlas::{Filter, Refusal},
    export::query,
    texts::{phrases::DOT, studies},
};

/// The words of an address that such a page keeps to, and hands on to pages of the same kind.
const KEPT: [&str; 5] = ["lang", "asOf", "knownAt", "chapter", "wave"];

impl View {
    /// Whether this is the page of a body or of a dataset.
    pub(super) fn has_users(&self) -> bool {
        self.path.starts_with("/publishers/") || self.path.starts_with("/datasets/")
    }

    /// The studies and waves that the address names, and how it adds bodies up. A word that names none is refused, as it is
    /// by the explorer: an empty page would look like a finding.
    pub(super) fn users(&self) -> Result<Filter, Refusal> {
        let is_body = self.path.starts_with("/publishers/");
        let is_taken = |key: &str| matches!(key, "chapter" | "wave") || key == "rollup" && is_body;
        let asked = query::of_address(self.pairs().filter(|(key, _)| is_taken(key)))?;
        asked.check(&self.atlas)?;
        Ok(asked.filter)
    }

    /// A link to another body or dataset: it keeps the studies and waves.
    pub(super) fn users_link(&self, path: &str) -> String {
        self.with(path, &KEPT)
    }

    /// Which studies the users of a page belong to; nothing where there is one, and the address names none.
    pub(super) fn studies_of(&self, filter: &Filter) -> Markup {
        let found = users_by_study(&self.atlas, filter);
        let waves = filter.wave.iter().filter_map(|word| self.atlas.wave_by_slug(word));
        let waves = waves.map(|wave| self.atlas.label(self.atlas.wave(wave).title, self.lang));
        let names: Vec<_> = waves.chain(named(self)).collect();
        html! {
            @if let Some(sentence) = studies::of_users(&self.atlas, filter, &found, self.lang) {
                p {
                    (among(self.lang, &sentence, &names))
                    @if !is_of_all_studies(filter) {
                        (DOT) a href=(self.without(&["chapter", "wave", "after"])) { (self.texts.get("users.allStudies")) }
                    }
                }
            }
        }
    }
}

/// Whether a filter chooses no study and no wave.
pub(super) fn is_of_all_studies(filter: &Filter) -> bool {
    filter.chapter.is_empty() && filter.wave.is_empty()
}
