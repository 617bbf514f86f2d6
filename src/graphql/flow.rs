//! Flows between levels, top datasets, and concentration.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};

use super::dataset::Dataset;
use super::figure::aggregate;
use super::filter::Dimension;
use super::language::Language;
use super::list::List;
use super::publisher::Publisher;
use crate::analysis;
use crate::analysis::flow::{Level, Node};
use crate::atlas::{self, Atlas, Body, Value};
use crate::texts::nodes;

/// A level of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analysis::flow::Level")]
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
    level: Level,
    node: Node,
    count: u64,
    folded: usize,
}

/// Distinct organisations on one link.
#[derive(SimpleObject)]
#[graphql(serial)]
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

/// A node of a flow.
#[Object(serial)]
impl FlowNode {
    /// Unique in the flow: the level and the word of its value.
    async fn key(&self) -> String {
        nodes::key(&self.atlas, self.level, self.node)
    }

    /// Its level.
    async fn level(&self) -> FlowLevel {
        self.level.into()
    }

    /// Its label.
    async fn label(&self, ctx: &Context<'_>, lang: Option<Language>) -> String {
        nodes::label(&self.atlas, self.node, self.folded, super::language::lang(ctx, lang))
    }

    /// The language that `label` is in, ISO 639-1.
    async fn label_lang(&self, ctx: &Context<'_>) -> String {
        let lang = super::language::lang(ctx, None);
        let value = match self.node {
            Node::Body(Body::Organisation(ix)) => Value::Publisher(ix),
            Node::Dataset(ix) => Value::Dataset(ix),
            _ => return lang.to_string(),
        };
        self.atlas.value_label(value, lang).map_or(lang, |text| text.lang).to_string()
    }

    /// Distinct organisations, not the sum of its links.
    async fn organisation_count(&self) -> u64 {
        self.count
    }

    /// Sector family, for colour; sectors only.
    async fn family(&self) -> Option<&str> {
        match self.node {
            Node::Sector(ix) => super::code::family_of(&self.atlas, Some(ix)),
            _ => None,
        }
    }

    /// How many nodes it gathers; 0 for a node of its own.
    async fn folded(&self) -> usize {
        self.folded
    }

    /// The publisher: the node itself, the one of a dataset, or the one whose uses name no dataset.
    async fn publisher(&self) -> Option<Publisher> {
        let ix = match self.node {
            Node::Body(Body::Organisation(ix)) | Node::UnspecifiedAt(Body::Organisation(ix)) => Some(ix),
            Node::Dataset(ix) => Some(self.atlas.dataset(ix).publisher),
            _ => None,
        };
        ix.map(|ix| Publisher::new(&self.atlas, ix))
    }

    /// The dataset, where it is one.
    async fn dataset(&self) -> Option<Dataset> {
        match self.node {
            Node::Dataset(ix) => Some(Dataset::new(&self.atlas, ix)),
            _ => None,
        }
    }

    /// `unspecified`, `inferred`, `unclassified` or `other`; null for a node that is a record.
    async fn special(&self) -> Option<&'static str> {
        match self.node {
            Node::UnspecifiedAt(_) | Node::OtherUnspecified => Some("unspecified"),
            Node::Unclassified | Node::NoGoal => Some("unclassified"),
            Node::InferredGoal(_) => Some("inferred"),
            Node::Other(_) => Some("other"),
            _ => None,
        }
    }
}

impl Flow {
    fn nodes_of(&self, at: usize) -> Vec<FlowNode> {
        let (Some(&level), Some(nodes)) = (self.flow.levels.get(at), self.flow.nodes.get(at)) else {
            return Vec::new();
        };
        let folded = |node| self.flow.folded_in(node);
        nodes
            .iter()
            .map(|&(node, count)| FlowNode { atlas: Arc::clone(&self.atlas), level, node, count, folded: folded(node) })
            .collect()
    }
}

aggregate! {
    /// Distinct organisations on each link between adjacent levels.
    impl Flow {
        /// Its levels, left to right.
        async fn levels(&self) -> List<FlowLevel> {
            self.flow.levels.iter().map(|&level| level.into()).collect()
        }

        /// Nodes of the first level, most organisations first.
        async fn rows(&self) -> List<FlowNode> {
            self.nodes_of(0).into()
        }

        /// Nodes of the last level, most organisations first.
        async fn columns(&self) -> List<FlowNode> {
            self.nodes_of(self.flow.levels.len() - 1).into()
        }

        /// Nodes of every level.
        async fn nodes(&self) -> List<FlowNode> {
            (0..self.flow.levels.len()).flat_map(|at| self.nodes_of(at)).collect()
        }

        /// Links between adjacent levels, most organisations first.
        async fn cells(&self) -> List<FlowCell> {
            let mut cells: Vec<_> = self
                .flow
                .cells
                .iter()
                .map(|cell| {
                    let ends = [(self.flow.levels[cell.step], cell.from), (self.flow.levels[cell.step + 1], cell.to)];
                    let word_at = |level: Level| {
                        ends.iter().find(|(of, _)| *of == level).map(|(_, node)| nodes::word(&self.atlas, *node))
                    };
                    FlowCell {
                        publisher: word_at(Level::Publisher),
                        sector: word_at(Level::Sector),
                        source: nodes::key(&self.atlas, ends[0].0, ends[0].1),
                        target: nodes::key(&self.atlas, ends[1].0, ends[1].1),
                        organisation_count: cell.organisations,
                    }
                })
                .collect();
            cells.sort_by_key(|cell| std::cmp::Reverse(cell.organisation_count));
            cells.into()
        }

        /// Sum over the links between the first two levels of distinct organisations.
        async fn link_count(&self) -> u64 {
            self.flow.links
        }

        /// Organisations that use data of their own alone: they are in no node.
        async fn own_data_count(&self) -> u64 {
            self.flow.unlinked.own
        }

        /// Organisations that use data and name no single body whose data it is: they are in no node.
        async fn unnamed_count(&self) -> u64 {
            self.flow.unlinked.unnamed
        }

        /// Organisations that were asked whose data they use and named nobody: they are in no node.
        async fn silent_count(&self) -> u64 {
            self.flow.unlinked.silent
        }
    }
}

/// A dataset and its distinct organisations.
#[derive(SimpleObject)]
#[graphql(serial)]
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
#[graphql(serial)]
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
    top: analysis::top::TopDatasets,
    filter: atlas::Filter,
    first: usize,
}

impl TopDatasets {
    pub(crate) fn new(ctx: &Context<'_>, atlas: &Arc<Atlas>, filter: &atlas::Filter, first: usize) -> Self {
        let lang = super::language::lang(ctx, None);
        let top = analysis::top::top_datasets(atlas, filter).titled(atlas, lang);
        Self { atlas: Arc::clone(atlas), figure: top.figure.clone(), top, filter: filter.clone(), first }
    }
}

aggregate! {
    /// Datasets by distinct organisations; uses that name no dataset are listed apart and never spread over datasets.
    impl TopDatasets {
        /// Datasets, most organisations first.
        async fn rows(&self) -> List<TopDataset> {
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

        /// Distinct organisations that use any of the datasets after `rows`.
        async fn others_organisation_count(&self) -> u64 {
            let others = self.top.rows.get(self.first..).unwrap_or_default();
            analysis::top::users_of_any(&self.atlas, &self.filter, others)
        }

        /// Uses that name a publisher and no dataset of it.
        async fn unspecified(&self) -> List<UnspecifiedUse> {
            self.top
                .unspecified
                .iter()
                .filter_map(|&(body, organisation_count)| match body {
                    Body::Organisation(ix) => {
                        Some(UnspecifiedUse { publisher: Publisher::new(&self.atlas, ix), organisation_count })
                    }
                    Body::Level(_) => None,
                })
                .take(self.first)
                .collect()
        }
    }
}

/// How concentrated links are on few values.
pub struct Concentration {
    pub(crate) atlas: Arc<Atlas>,
    pub(crate) figure: analysis::Figure,
    pub(crate) value: analysis::concentration::Concentration,
}

aggregate! {
    /// How concentrated links are on few values.
    impl Concentration {
        /// What the links go to.
        async fn by(&self) -> Dimension {
            self.value.by.into()
        }

        /// Herfindahl-Hirschman index, from 0 to 10,000; null without links.
        async fn hhi(&self) -> Option<f64> {
            self.value.index.as_ref().map(analysis::concentration::Index::hhi_10000)
        }

        /// From 0 (even) to 1 (all on one); null with a single value.
        async fn normalised(&self) -> Option<f64> {
            self.value.index.as_ref().and_then(|index| index.normalised)
        }

        /// How many values of equal size would be as concentrated; null without links.
        async fn effective_number(&self) -> Option<f64> {
            self.value.index.as_ref().map(|index| index.effective)
        }

        /// Links counted: organisation and value.
        async fn links(&self) -> u64 {
            self.value.index.as_ref().map_or(0, |index| index.links)
        }

        /// Values with at least one link.
        async fn values(&self) -> usize {
            self.value.index.as_ref().map_or(0, |index| index.values)
        }
    }
}
