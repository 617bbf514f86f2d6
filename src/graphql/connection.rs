//! Lists of organisations and publishers: a page, the total, the facets, and what the figure says about itself.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, Result, SimpleObject};

use super::claim::UseClaim;
use super::figure::{Coverage, LazyFigure, aggregate, label_of, lazily};
use super::filter::Dimension;
use super::language::{Language, lang};
use super::list::List;
use super::organisation::Organisation;
use super::page::{Page, PageInfo, bad_cursor, first_of, slice};
use super::publisher::Publisher;
use super::vocabulary::Missing;
use crate::analysis;
use crate::atlas::{self, Atlas, Cursor, Lang, OrgIx, Selection, Value};

/// How a list of organisations is ordered. Equal ones stand by name, and what is not known comes last, also in reverse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "atlas::OrganisationOrder")]
pub enum OrganisationOrder {
    /// By name, in the order of the language asked for.
    Name,
    /// By distinct publishers used, most first; those that name none last.
    PublishersUsed,
    /// By distinct datasets used, most first; those that name none last.
    DatasetsUsed,
    /// By counted claims, most first.
    Claims,
    /// By year founded, oldest first.
    Founded,
    /// By last change, newest first.
    Updated,
    /// By sector, in the order of the language asked for.
    Sector,
    /// By area, in the order of the language asked for, else by the place that was stated.
    Place,
    /// By kind, in the order of `OrganisationKind`.
    Kind,
    /// By employees, most first.
    Size,
    /// By the best grade of its counted claims, best first.
    Evidence,
}

/// An order of organisations and the way it runs.
pub(crate) fn sorted(
    order_by: Option<OrganisationOrder>,
    reverse: Option<bool>,
    usual: OrganisationOrder,
) -> atlas::Sort {
    atlas::Sort { by: order_by.unwrap_or(usual).into(), is_turned: reverse.unwrap_or(false) }
}

/// How a list of publishers is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PublisherOrder {
    /// By distinct users, most first.
    Users,
    /// By name.
    Name,
}

/// How a list of datasets is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DatasetOrder {
    /// By distinct users, most first.
    Users,
    /// By title.
    Title,
    /// By last change of the data, newest first; unknown last.
    Modified,
}

/// A page of organisations. The total is of those that may be shown.
pub struct OrganisationConnection {
    pub(crate) atlas: Arc<Atlas>,
    figure: LazyFigure,
    filter: atlas::Filter,
    selection: Arc<Selection>,
    sort: atlas::Sort,
    lang: Lang,
    items: Vec<OrgIx>,
    info: PageInfo,
}

impl OrganisationConnection {
    pub(crate) fn new(
        ctx: &Context<'_>,
        atlas: &Arc<Atlas>,
        filter: atlas::Filter,
        sort: atlas::Sort,
        page: &Page,
    ) -> Result<Self> {
        let lang = lang(ctx, None);
        let after = match &page.after {
            None => None,
            Some(text) => Some(Cursor::decode(text).ok_or_else(bad_cursor)?),
        };
        let selection = atlas.select(&filter);
        let found =
            atlas.page(&selection.organisations, sort, lang, page.first, after.as_ref()).map_err(|_| bad_cursor())?;
        let items = found.items;
        let cursor = |&ix: &OrgIx| atlas.cursor(ix, sort, lang).encode();
        let info = PageInfo {
            has_next_page: found.has_next,
            has_previous_page: found.has_previous,
            start_cursor: items.first().map(cursor),
            end_cursor: items.last().map(cursor),
        };
        let selection = Arc::new(selection);
        let (whole, wanted, chosen) = (Arc::clone(atlas), filter.clone(), Arc::clone(&selection));
        let figure = lazily(move || analysis::Figure::new(&whole, &wanted, &chosen, atlas::Dimension::Publisher));
        Ok(Self { atlas: Arc::clone(atlas), figure, filter, selection, sort, lang, items, info })
    }
}

/// An organisation of a list and its cursor.
pub struct OrganisationEdge {
    atlas: Arc<Atlas>,
    selection: Arc<Selection>,
    cursor: String,
    ix: OrgIx,
}

/// An organisation of a list and its cursor.
#[Object(serial)]
impl OrganisationEdge {
    /// Opaque: pass it as `after`.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The organisation.
    async fn node(&self) -> Organisation {
        Organisation::new(&self.atlas, self.ix)
    }

    /// The claims that the selection counts for it, 100 at most.
    async fn claims(&self) -> List<UseClaim> {
        self.selection.claims_of(&self.atlas, self.ix).take(100).map(|(ix, _)| UseClaim::new(&self.atlas, ix)).collect()
    }
}

/// The values of one dimension, with counts that ignore the facet's own selection.
pub struct Facet {
    atlas: Arc<Atlas>,
    row: atlas::Facet,
    top: usize,
}

/// One value of a facet.
pub struct FacetValue {
    atlas: Arc<Atlas>,
    row: atlas::FacetValue,
}

/// One value of a facet.
#[Object(serial)]
impl FacetValue {
    /// What to put into the filter.
    async fn value(&self) -> String {
        self.atlas.word_of(self.row.value)
    }

    /// Its label.
    async fn label(&self, ctx: &Context<'_>, lang: Option<Language>) -> String {
        label_of(&self.atlas, self.row.value, super::language::lang(ctx, lang))
    }

    /// Distinct organisations that it would select.
    async fn count(&self) -> u64 {
        self.row.count
    }

    /// Whether the filter names it.
    async fn selected(&self) -> bool {
        self.row.selected
    }

    /// Set on the entries of those without a value.
    async fn missing(&self) -> Option<Missing> {
        match self.row.value {
            Value::Unknown(code) => Some(code.into()),
            _ => None,
        }
    }

    /// Sector family, for colour; sectors and families only.
    async fn family(&self) -> Option<&str> {
        match self.row.value {
            Value::Code(ix) => super::code::family_of(&self.atlas, Some(ix)),
            Value::Family(ix) => Some(self.atlas.str(ix)),
            _ => None,
        }
    }
}

impl Facet {
    /// The values shown: the first `top`, those selected, and those without a value.
    fn shown(&self) -> impl Iterator<Item = &atlas::FacetValue> {
        let keep = |at: usize, v: &atlas::FacetValue| {
            at < self.top || v.selected || matches!(v.value, Value::Unknown(_) | Value::Unlisted | Value::Unspecified)
        };
        self.row.values.iter().enumerate().filter(move |(at, v)| keep(*at, v)).map(|(_, v)| v)
    }
}

/// The values of one dimension, with counts that ignore the facet's own selection.
#[Object(serial)]
impl Facet {
    /// What it counts by.
    async fn key(&self) -> Dimension {
        self.row.dimension.into()
    }

    /// Its values, most first, unknown last.
    async fn values(&self) -> List<FacetValue> {
        self.shown().map(|row| FacetValue { atlas: Arc::clone(&self.atlas), row: *row }).collect()
    }

    /// How many answered, of how many asked.
    async fn coverage(&self) -> Coverage {
        Coverage(self.row.coverage)
    }

    /// Values beyond those shown.
    async fn more(&self) -> usize {
        self.row.values.len() - self.shown().count()
    }
}

aggregate! {
    /// A page of organisations. The total is of those that may be shown.
    impl OrganisationConnection {
        /// Distinct organisations that match and may be shown.
        async fn total_count(&self) -> u64 {
            self.selection.organisations.len()
        }

        /// Organisations that match and may not be shown, where they are five or more; else null.
        async fn undisclosed_count(&self) -> Option<u64> {
            self.selection.undisclosed_count()
        }

        /// Counts per value of each dimension asked for (all by default), the `top` largest of each.
        async fn facets(
            &self,
            keys: Option<Vec<Dimension>>,
            #[graphql(default_with = "Some(20)", validator(minimum = 1, maximum = 100))] top: Option<i32>,
        ) -> List<Facet> {
            let keys: Vec<atlas::Dimension> = match keys {
                None => atlas::Dimension::ALL.to_vec(),
                Some(keys) => keys.into_iter().map(Into::into).take(atlas::Dimension::ALL.len()).collect(),
            };
            let facets = self.atlas.facets(&self.filter, &keys);
            facets.into_iter().map(|row| Facet { atlas: Arc::clone(&self.atlas), row, top: first_of(top, 20) }).collect()
        }

        /// This page, with cursors.
        async fn edges(&self) -> List<OrganisationEdge> {
            self.items
                .iter()
                .map(|&ix| OrganisationEdge {
                    atlas: Arc::clone(&self.atlas),
                    selection: Arc::clone(&self.selection),
                    cursor: self.atlas.cursor(ix, self.sort, self.lang).encode(),
                    ix,
                })
                .collect()
        }

        /// This page, without.
        async fn nodes(&self) -> List<Organisation> {
            self.items.iter().map(|&ix| Organisation::new(&self.atlas, ix)).collect()
        }

        /// Where it stands.
        async fn page_info(&self) -> PageInfo {
            self.info.clone()
        }
    }
}

/// A page of publishers used by the selection.
pub struct PublisherConnection {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: analysis::Figure,
    /// The roll-up that is named.
    rollup: Option<atlas::Rollup>,
    total: usize,
    items: Vec<(String, OrgIx, u64)>,
    info: PageInfo,
}

/// A publisher and its cursor.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct PublisherEdge {
    /// Opaque: pass it as `after`.
    cursor: String,
    /// The publisher.
    node: Publisher,
    /// Distinct organisations of the selection that use it.
    user_count: u64,
}

impl PublisherConnection {
    pub(crate) fn new(
        ctx: &Context<'_>,
        atlas: &Arc<Atlas>,
        filter: &atlas::Filter,
        order: PublisherOrder,
        page: &Page,
    ) -> Result<Self> {
        let filter = &atlas::Filter { rollup: filter.rollup.map(atlas::Rollup::of_bodies), ..filter.clone() };
        let selection = atlas.select(filter);
        let mut rows = analysis::publishers::users_per_publisher(atlas, &selection, filter.rollup);
        let lang = lang(ctx, None);
        match order {
            PublisherOrder::Users => rows.sort_by_key(|&(ix, users)| (std::cmp::Reverse(users), ix)),
            PublisherOrder::Name => atlas.sort_by_name(&mut rows, lang),
        }
        let slice = slice(&rows, page, |(ix, _)| atlas.organisation(ix).id.0)?;
        let figure = analysis::Figure::new(atlas, filter, &selection, atlas::Dimension::Publisher);
        Ok(Self {
            atlas: Arc::clone(atlas),
            figure,
            rollup: filter.rollup,
            total: rows.len(),
            items: slice.items.into_iter().map(|(cursor, (ix, users))| (cursor, ix, users)).collect(),
            info: slice.info,
        })
    }
}

aggregate! {
    /// A page of publishers used by the selection.
    impl PublisherConnection {
        /// Distinct publishers with at least one user in the selection, under the roll-up.
        async fn total_count(&self) -> usize {
            self.total
        }

        /// This page, with cursors.
        async fn edges(&self) -> List<PublisherEdge> {
            self.items
                .iter()
                .map(|(cursor, ix, users)| PublisherEdge {
                    cursor: cursor.clone(),
                    node: Publisher::counted(&self.atlas, *ix, *users, self.rollup),
                    user_count: *users,
                })
                .collect()
        }

        /// This page, without.
        async fn nodes(&self) -> List<Publisher> {
            self.items.iter().map(|(_, ix, users)| Publisher::counted(&self.atlas, *ix, *users, self.rollup)).collect()
        }

        /// Where it stands.
        async fn page_info(&self) -> PageInfo {
            self.info.clone()
        }
    }
}
