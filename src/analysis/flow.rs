//! Flows: distinct organisations on the links between levels. A node shows distinct organisations, not the
//! sum of its links. Claims that name no dataset pass through "unspecified at" their body, organisations
//! without a sector through "unclassified"; uses of one's own data are left out.

use std::collections::{HashMap, HashSet};

use super::{Figure, method};
use crate::atlas::{Atlas, Body, Claim, CodeIx, DatasetIx, Dimension, Filter, OrgIx, Rollup};

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

/// An organisation with the paths of its claims: a node per level, and the claim's weight.
type Paths = (OrgIx, Vec<(Vec<Node>, f64)>);

/// The flow of a selection. `top` is how many nodes a level keeps; the others become one.
pub fn flow(atlas: &Atlas, filter: &Filter, levels: &[Level], top: Option<usize>) -> Flow {
    let selection = atlas.select(filter);
    let reader = Reader { atlas, rollup: filter.rollup };
    let paths: Vec<Paths> = selection
        .organisations
        .iter()
        .map(|org| {
            let org = OrgIx::new(org);
            let mut paths = Vec::new();
            for (_, claim) in selection.claims_of(atlas, org) {
                reader.paths(org, claim, levels, &mut paths);
            }
            (org, paths)
        })
        .filter(|(_, paths)| !paths.is_empty())
        .collect();
    let links =
        paths.iter().map(|(_, paths)| paths.iter().map(|(path, _)| path[0]).collect::<HashSet<_>>().len() as u64);
    let links = if levels.is_empty() { 0 } else { links.sum() };
    let kept = kept(&paths, levels, top);
    let fold = |at: usize, node: Node| if kept[at].contains(&node) { node } else { Node::Other(levels[at]) };

    let mut nodes: Vec<HashMap<Node, u64>> = vec![HashMap::new(); levels.len()];
    let mut cells: HashMap<(usize, Node, Node), (u64, f64)> = HashMap::new();
    for (_, paths) in &paths {
        let mut own: HashSet<(usize, Node)> = HashSet::new();
        let mut own_links: HashMap<(usize, Node, Node), f64> = HashMap::new();
        for (path, weight) in paths {
            for (at, &node) in path.iter().enumerate() {
                own.insert((at, fold(at, node)));
            }
            for (step, pair) in path.windows(2).enumerate() {
                let link = own_links.entry((step, fold(step, pair[0]), fold(step + 1, pair[1]))).or_insert(0.0);
                *link = link.max(*weight);
            }
        }
        for (at, node) in own {
            *nodes[at].entry(node).or_default() += 1;
        }
        for (link, weight) in own_links {
            let cell = cells.entry(link).or_default();
            cell.0 += 1;
            cell.1 += weight;
        }
    }
    let nodes = nodes.into_iter().map(sorted).collect();
    let mut cells: Vec<Cell> = cells
        .into_iter()
        .map(|((step, from, to), (organisations, weight))| Cell { step, from, to, organisations, weight })
        .collect();
    cells.sort_unstable_by(|a, b| {
        a.step.cmp(&b.step).then(b.organisations.cmp(&a.organisations)).then((a.from, a.to).cmp(&(b.from, b.to)))
    });
    Flow {
        figure: Figure::new(atlas, filter, &selection, Dimension::Publisher),
        levels: levels.to_vec(),
        nodes,
        cells,
        links,
    }
}

/// Most first; what is no node of its own comes last.
fn sorted(counts: HashMap<Node, u64>) -> Vec<(Node, u64)> {
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

/// The nodes that each level keeps.
fn kept(paths: &[Paths], levels: &[Level], top: Option<usize>) -> Vec<HashSet<Node>> {
    let mut counts: Vec<HashMap<Node, u64>> = vec![HashMap::new(); levels.len()];
    for (_, paths) in paths {
        let own: HashSet<(usize, Node)> = paths.iter().flat_map(|(path, _)| path.iter().copied().enumerate()).collect();
        for (at, node) in own {
            *counts[at].entry(node).or_default() += 1;
        }
    }
    let keep = top.unwrap_or(usize::MAX);
    counts.into_iter().map(|counts| sorted(counts).into_iter().take(keep).map(|(node, _)| node).collect()).collect()
}

struct Reader<'a> {
    atlas: &'a Atlas,
    rollup: Option<Rollup>,
}

impl Reader<'_> {
    /// The paths of a claim: one per declared goal where goals are a level, else one. A claim that names no
    /// body has none.
    fn paths(&self, org: OrgIx, claim: &Claim, levels: &[Level], out: &mut Vec<(Vec<Node>, f64)>) {
        let Some(body) = self.atlas.body(claim, self.rollup) else { return };
        let goals = if levels.contains(&Level::Sdg) { self.atlas.goals_of(org) } else { Vec::new() };
        let goals: Vec<Node> =
            if goals.is_empty() { vec![Node::NoGoal] } else { goals.into_iter().map(Node::Goal).collect() };
        let weight = method::grade_weight(claim.grade);
        for goal in goals {
            let path = levels.iter().map(|level| match level {
                Level::Publisher => Node::Body(body),
                Level::Dataset => claim.dataset.map_or(Node::UnspecifiedAt(body), Node::Dataset),
                Level::Sector => self.atlas.organisation(org).sector.map_or(Node::Unclassified, Node::Sector),
                Level::Sdg => goal,
            });
            out.push((path.collect(), weight));
        }
    }
}
