//! Flows between levels, top datasets, and concentration.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};

use super::dataset::Dataset;
use super::figure::aggregate;
use super::filter::Dimension;
use super::language::Language;
use super::publisher::Publisher;
use crate::analysis;
use crate::atlas::{self, Atlas};

/// A level of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::analysis::flow::Level")]
pub enum FlowLevel {
    /// Publishers, under the roll-up.
    Publisher,
    /// Datasets; claims without one pass through "unspecified at" their publisher.
    Dataset,
    /// Primary reuse sectors; organisations without one are unclassified.
    Sector,
    /// Declared goals; organisations without one are unclassified.
    Sdg,
}

/// Distinct organisations on each link between adjacent levels.
pub struct Flow {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) flow: analysis::flow::Flow,
    pub(crate) figure: analysis::Figure,
}

/// A node of a flow.
pub struct FlowNode {
    atlas: Arc<Atlas>,
    row: analysis::flow::Node,
}

/// Distinct organisations on one link.
#[derive(SimpleObject)]
pub struct FlowCell {
    /// Slug of the publisher, where the link touches that level.
    publisher: Option<String>,
    /// Code of the sector, where the link touches that level.
    sector: Option<String>,
    /// Key of the node it comes from.
    source: String,
    /// Key of the node it goes to.
    target: String,
    /// Distinct organisations.
    organisation_count: u64,
}

#[Object]
impl FlowNode {
    /// Unique in the flow: the level and the word of its value.
    async fn key(&self) -> String {
        self.row.key(&self.atlas)
    }

    /// Its level.
    async fn level(&self) -> FlowLevel {
        self.row.level.into()
    }

    /// Its label.
    async fn label(&self, ctx: &Context<'_>, lang: Option<Language>) -> String {
        let lang = super::language::lang(ctx, lang);
        match &self.row.what {
            analysis::flow::What::Value(value) => super::figure::label_of(&self.atlas, *value, lang),
            analysis::flow::What::Unspecified(body) => {
                crate::texts::text(lang, "flow.unspecified").replace("{name}", self.atlas.name(*body, lang).value)
            }
            analysis::flow::What::Unclassified => crate::texts::text(lang, "flow.unclassified").to_owned(),
            analysis::flow::What::Other(count) => {
                crate::texts::text(lang, "flow.other").replace("{n}", &count.to_string())
            }
        }
    }

    /// Distinct organisations, not the sum of its links.
    async fn organisation_count(&self) -> u64 {
        self.row.organisations
    }

    /// Sector family, for colour; sectors only.
    async fn family(&self) -> Option<&str> {
        match self.row.what {
            analysis::flow::What::Value(atlas::Value::Code(ix)) => super::code::family_of(&self.atlas, Some(ix)),
            _ => None,
        }
    }

    /// `unspecified`, `unclassified` or `other`; null for a node that is a record.
    async fn special(&self) -> Option<&'static str> {
        match self.row.what {
            analysis::flow::What::Value(_) => None,
            analysis::flow::What::Unspecified(_) => Some("unspecified"),
            analysis::flow::What::Unclassified => Some("unclassified"),
            analysis::flow::What::Other(_) => Some("other"),
        }
    }
}

impl Flow {
    fn nodes_of(&self, level: usize) -> Vec<FlowNode> {
        self.flow.levels[level].nodes.iter().map(|row| FlowNode { atlas: Arc::clone(&self.atlas), row: row.clone() }).collect()
    }
}

aggregate! {
    impl Flow {
        /// Its levels, left to right.
        async fn levels(&self) -> Vec<FlowLevel> {
            self.flow.levels.iter().map(|level| level.level.into()).collect()
        }

        /// Nodes of the first level, most organisations first.
        async fn rows(&self) -> Vec<FlowNode> {
            self.nodes_of(0)
        }

        /// Nodes of the last level, most organisations first.
        async fn columns(&self) -> Vec<FlowNode> {
            self.nodes_of(self.flow.levels.len() - 1)
        }

        /// Nodes of every level.
        async fn nodes(&self) -> Vec<FlowNode> {
            (0..self.flow.levels.len()).flat_map(|level| self.nodes_of(level)).collect()
        }

        /// Links between adjacent levels, most organisations first.
        async fn cells(&self) -> Vec<FlowCell> {
            use analysis::flow::Level;
            let mut cells: Vec<_> = self
                .flow
                .links
                .iter()
                .map(|link| {
                    let ends = [
                        &self.flow.levels[link.level].nodes[link.source],
                        &self.flow.levels[link.level + 1].nodes[link.target],
                    ];
                    let word = |level: Level| ends.iter().find(|n| n.level == level).map(|n| n.word(&self.atlas));
                    FlowCell {
                        publisher: word(Level::Publisher),
                        sector: word(Level::Sector),
                        source: ends[0].key(&self.atlas),
                        target: ends[1].key(&self.atlas),
                        organisation_count: link.organisations,
                    }
                })
                .collect();
            cells.sort_by_key(|cell| std::cmp::Reverse(cell.organisation_count));
            cells
        }

        /// Sum over links of distinct organisations.
        async fn link_count(&self) -> u64 {
            self.flow.links.iter().map(|link| link.organisations).sum()
        }
    }
}

/// A dataset and its distinct organisations.
#[derive(SimpleObject)]
pub struct TopDataset {
    /// The dataset or series.
    dataset: Dataset,
    /// Distinct organisations.
    organisation_count: u64,
    /// Sum over organisations of the best grade's weight.
    weighted: f64,
}

/// Organisations that name a publisher and none of its datasets.
#[derive(SimpleObject)]
pub struct UnspecifiedUse {
    /// The publisher.
    publisher: Publisher,
    /// Distinct organisations.
    organisation_count: u64,
}

/// Datasets by distinct organisations; uses that name no dataset are listed apart and never spread over datasets.
pub struct TopDatasets {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: analysis::Figure,
    top: analysis::top_datasets::TopDatasets,
    first: usize,
}

impl TopDatasets {
    pub(crate) fn new(atlas: &Arc<Atlas>, filter: &atlas::Filter, first: usize) -> Self {
        let top = analysis::top_datasets::top_datasets(atlas, filter);
        Self { atlas: Arc::clone(atlas), figure: top.figure.clone(), top, first }
    }
}

aggregate! {
    impl TopDatasets {
        /// Datasets, most organisations first.
        async fn rows(&self) -> Vec<TopDataset> {
            self.top
                .rows
                .iter()
                .take(self.first)
                .map(|row| TopDataset {
                    dataset: Dataset::new(&self.atlas, row.dataset),
                    organisation_count: row.organisations,
                    weighted: row.weighted,
                })
                .collect()
        }

        /// Distinct datasets named.
        async fn total_count(&self) -> usize {
            self.top.rows.len()
        }

        /// Uses that name a publisher and no dataset of it.
        async fn unspecified(&self) -> Vec<UnspecifiedUse> {
            self.top
                .unspecified
                .iter()
                .take(self.first)
                .map(|&(ix, organisation_count)| UnspecifiedUse {
                    publisher: Publisher::new(&self.atlas, ix),
                    organisation_count,
                })
                .collect()
        }
    }
}

/// How concentrated links are on few values.
pub struct Concentration {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: analysis::Figure,
    pub(crate) by: atlas::Dimension,
    pub(crate) value: analysis::concentration::Concentration,
}

aggregate! {
    impl Concentration {
        /// What the links go to.
        async fn by(&self) -> Dimension {
            self.by.into()
        }

        /// Herfindahl-Hirschman index, from 0 to 10,000.
        async fn hhi(&self) -> f64 {
            self.value.hhi
        }

        /// From 0 (even) to 1 (all on one); null with a single value.
        async fn normalised(&self) -> Option<f64> {
            self.value.normalised
        }

        /// How many values of equal size would be as concentrated.
        async fn effective_number(&self) -> Option<f64> {
            self.value.effective_number
        }

        /// Links counted: organisation and value.
        async fn links(&self) -> u64 {
            self.value.links
        }

        /// Values with at least one link.
        async fn values(&self) -> usize {
            self.value.values
        }
    }
}
