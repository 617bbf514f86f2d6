//! Search as you type over everything that has a page.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};

use super::language::{Language, lang};
use crate::atlas::{self, Atlas, Found, Hit};
use crate::texts::phrases::DOT;

/// What a search may find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "atlas::SearchKind")]
pub enum SearchType {
    /// Organisations that reuse data.
    Organisation,
    /// Bodies that publish it.
    Publisher,
    /// Datasets.
    Dataset,
    /// Reuse sectors.
    Sector,
    /// Countries and states.
    Area,
    /// Goals.
    Sdg,
}

/// Something found.
pub struct SearchHit {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) hit: Hit,
}

/// Something found.
#[Object(serial)]
impl SearchHit {
    /// What it is.
    #[graphql(name = "type")]
    async fn kind(&self) -> SearchType {
        self.hit.found.kind().into()
    }

    /// Its name or title.
    async fn title(&self, ctx: &Context<'_>, lang: Option<Language>) -> String {
        self.hit.title(&self.atlas, super::language::lang(ctx, lang)).value.to_owned()
    }

    /// Path of its page.
    async fn path(&self) -> String {
        self.hit.path(&self.atlas)
    }

    /// What tells it from others of the same name: sector and place, publisher, the body above, or level.
    async fn subtitle(&self, ctx: &Context<'_>, lang: Option<Language>) -> Option<String> {
        let lang = super::language::lang(ctx, lang);
        let atlas = &self.atlas;
        let label = |ix| atlas.label(ix, lang).value.to_owned();
        match self.hit.found {
            Found::Organisation(ix) => {
                let row = atlas.organisation(ix);
                let sector = row.sector.map(|ix| label(atlas.code_row(ix).label));
                let area = row.area.map(|ix| label(atlas.area(ix).name));
                let parts: Vec<_> = sector.into_iter().chain(area).collect();
                (!parts.is_empty()).then(|| parts.join(DOT))
            }
            Found::Publisher(ix) => {
                let level = crate::texts::label(lang, "api.level", atlas.publisher(ix)?.level.as_str());
                let above = atlas.known_under(ix).map(|above| atlas.name(above, lang).value);
                Some(above.unwrap_or(level).to_owned())
            }
            Found::Dataset(ix) => Some(atlas.name(atlas.dataset(ix).publisher, lang).value.to_owned()),
            _ => None,
        }
    }

    /// The name that matched, when it is not the title.
    async fn matched(&self, ctx: &Context<'_>) -> Option<String> {
        let matched = self.atlas.str(self.hit.matched);
        (matched != self.hit.title(&self.atlas, lang(ctx, None)).value).then(|| matched.to_owned())
    }

    /// Distinct organisations that use it or belong to it; null for organisations.
    async fn organisation_count(&self) -> Option<u32> {
        (!matches!(self.hit.found, Found::Organisation(_))).then_some(self.hit.weight)
    }
}

/// What a search found, best first.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct SearchResults {
    /// Everything that matches.
    pub(crate) total_count: u64,
    /// Whether words were taken for others that differ by one letter.
    pub(crate) corrected: bool,
    /// The first of them.
    pub(crate) hits: Vec<SearchHit>,
}
