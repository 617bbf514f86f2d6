//! Flows: distinct organisations on the links between levels. A node shows distinct organisations, not the
//! sum of its links. Claims that name no dataset pass through "unspecified at" their body, organisations
//! without a sector through "unclassified"; uses of one's own data are left out.

use std::collections::HashSet;

use super::{Figure, method};
use crate::atlas::{Atlas, Body, Claim, CodeIx, DatasetIx, Dimension, FastMap, Filter, OrgIx, Rollup};

/// A level of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    Publisher,
    Dataset,
    Sector,
    Sdg,
}

/// A node of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    Body(Body),
    Dataset(DatasetIx),
    Sector(CodeIx),
    Goal(u8),
    /// Uses of a body's data that name no dataset.
    UnspecifiedAt(Body),
    /// Organisations without a sector of the list.
    Unclassified,
    /// Organisations that declare no goal.
    NoGoal,
    /// All nodes of a level beyond the first few.
    Other(Level),
}

/// Distinct organisations on one link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Which step: from `levels[step]` to `levels[step + 1]`.
    pub step: usize,
    pub from: Node,
    pub to: Node,
    pub organisations: u64,
    /// Σ over organisations of the greatest weight of their claims.
    pub weight: f64,
}

/// A flow through two or more levels.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    pub figure: Figure,
    pub levels: Vec<Level>,
    /// The nodes of each level with their distinct organisations, most first; the special ones last.
    pub nodes: Vec<Vec<(Node, u64)>>,
    pub cells: Vec<Cell>,
    /// Distinct pairs of an organisation and a node of the first level, before any are folded together.
    pub links: u64,
}

/// There are as many levels as kinds of them.
const MOST_LEVELS: usize = 4;

/// The paths of an organisation's claims: a node per level, and the claim's weight.
type Paths = Vec<([Node; MOST_LEVELS], f64)>;

/// The flow of a selection. `top` is how many nodes a level keeps; the others become one.
pub fn flow(atlas: &Atlas, filter: &Filter, levels: &[Level], top: Option<usize>) -> Flow {
    let levels = &levels[..levels.len().min(MOST_LEVELS)];
    let selection = atlas.select(filter);
    let reader = Reader { atlas, rollup: filter.rollup };
    let mut paths: Vec<Paths> = Vec::new();
    let mut links = 0;
    let mut nodes: Vec<FastMap<Node, u64>> = levels.iter().map(|_| FastMap::default()).collect();
    for org in selection.organisations.iter().map(OrgIx::new) {
        let mut own = Vec::new();
        for (_, claim) in selection.claims_of(atlas, org) {
            reader.paths(org, claim, levels, &mut own);
        }
        if own.is_empty() {
            continue;
        }
        for (at, nodes) in nodes.iter_mut().enumerate() {
            let distinct = distinct(own.iter().map(|(path, _)| path[at]));
            links += if at == 0 { distinct.len() as u64 } else { 0 };
            for node in distinct {
                *nodes.entry(node).or_default() += 1;
            }
        }
        paths.push(own);
    }
    let ranked: Vec<Vec<(Node, u64)>> = nodes.into_iter().map(sorted).collect();
    let keep = top.unwrap_or(usize::MAX);
    let folds = ranked.iter().any(|nodes| nodes.len() > keep);
    let kept: Vec<HashSet<Node>> =
        ranked.iter().map(|nodes| nodes.iter().take(keep).map(|(node, _)| *node).collect()).collect();
    let fold = |at: usize, node: Node| if !folds || kept[at].contains(&node) { node } else { Node::Other(levels[at]) };

    let mut others = vec![0_u64; levels.len()];
    let mut cells: FastMap<(usize, Node, Node), (u64, f64)> = FastMap::default();
    let mut own: Vec<((usize, Node, Node), f64)> = Vec::new();
    for mut paths in paths {
        own.clear();
        for (path, weight) in &mut paths {
            let path = &mut path[..levels.len()];
            for (at, node) in path.iter_mut().enumerate() {
                *node = fold(at, *node);
            }
            own.extend(path.windows(2).enumerate().map(|(step, pair)| ((step, pair[0], pair[1]), *weight)));
        }
        for (at, others) in others.iter_mut().enumerate() {
            *others += u64::from(paths.iter().any(|(path, _)| path[at] == Node::Other(levels[at])));
        }
        own.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        own.dedup_by_key(|(link, _)| *link);
        for &(link, weight) in &own {
            let cell = cells.entry(link).or_default();
            cell.0 += 1;
            cell.1 += weight;
        }
    }
    let nodes = ranked.into_iter().zip(others).zip(levels).map(|((mut nodes, others), &level)| {
        nodes.truncate(keep);
        nodes.extend((others > 0).then_some((Node::Other(level), others)));
        nodes
    });
    let nodes = nodes.collect();
    let mut cells: Vec<Cell> = cells
        .into_iter()
        .map(|((step, from, to), (organisations, weight))| Cell { step, from, to, organisations, weight })
        .collect();
    cells.sort_unstable_by(|a, b| {
        a.step.cmp(&b.step).then(b.organisations.cmp(&a.organisations)).then((a.from, a.to).cmp(&(b.from, b.to)))
    });
    let figure = Figure::new(atlas, filter, &selection, Dimension::Publisher);
    Flow { figure, levels: levels.to_vec(), nodes, cells, links }
}

/// Each node once.
fn distinct(nodes: impl Iterator<Item = Node>) -> Vec<Node> {
    let mut nodes: Vec<Node> = nodes.collect();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// Most first; what is no node of its own comes last.
fn sorted(counts: FastMap<Node, u64>) -> Vec<(Node, u64)> {
    let special = |node: Node| match node {
        Node::Body(_) | Node::Dataset(_) | Node::Sector(_) | Node::Goal(_) => 0,
        Node::UnspecifiedAt(_) => 1,
        Node::Unclassified | Node::NoGoal => 2,
        Node::Other(_) => 3,
    };
    let mut counts: Vec<(Node, u64)> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|&(node, count)| (special(node), std::cmp::Reverse(count), node));
    counts
}

struct Reader<'a> {
    atlas: &'a Atlas,
    rollup: Option<Rollup>,
}

impl Reader<'_> {
    /// The paths of a claim: one per declared goal where goals are a level, else one. A claim that names no
    /// body has none.
    fn paths(&self, org: OrgIx, claim: &Claim, levels: &[Level], out: &mut Paths) {
        let Some(body) = self.atlas.body(claim, self.rollup) else { return };
        let goals = if levels.contains(&Level::Sdg) { self.atlas.goals_of(org) } else { Vec::new() };
        let goals: Vec<Node> =
            if goals.is_empty() { vec![Node::NoGoal] } else { goals.into_iter().map(Node::Goal).collect() };
        let weight = method::grade_weight(claim.grade);
        for goal in goals {
            let mut path = [goal; MOST_LEVELS];
            for (node, level) in path.iter_mut().zip(levels) {
                *node = match level {
                    Level::Publisher => Node::Body(body),
                    Level::Dataset => claim.dataset.map_or(Node::UnspecifiedAt(body), Node::Dataset),
                    Level::Sector => self.atlas.organisation(org).sector.map_or(Node::Unclassified, Node::Sector),
                    Level::Sdg => goal,
                };
            }
            out.push((path, weight));
        }
    }
}
