//! Flows: distinct organisations on the links between levels. A node shows distinct organisations, not the
//! sum of its links. Claims that name no dataset pass through "unspecified at" their body, organisations
//! without a sector through "unclassified"; uses of one's own data are left out.

use std::collections::HashSet;

use roaring::RoaringBitmap;

use super::sdg::GOALS;
use super::{Figure, method};
use crate::atlas::{Atlas, Body, Claim, CodeIx, DatasetIx, Dimension, FastMap, Filter, OrgIx, Rollup, Selection};

/// A level of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    Publisher,
    Dataset,
    Sector,
    Sdg,
}

impl Level {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Dataset => "dataset",
            Self::Sector => "sector",
            Self::Sdg => "sdg",
        }
    }
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
    /// A goal that published rules infer of organisations which declare none: never added to what is declared.
    InferredGoal(u8),
    /// Organisations that declare no goal and of which none is inferred.
    NoGoal,
    /// All nodes of a level beyond the first few.
    Other(Level),
    /// Uses that name no dataset, of the bodies beyond the first few: never mixed with datasets.
    OtherUnspecified,
}

impl Node {
    const UNSPECIFIED: u8 = 2;
    const INFERRED: u8 = 4;
    const WITHOUT: u8 = 5;

    /// Its place among the nodes of its level: records, the rest of them, uses without a dataset, the rest of
    /// those, goals that are inferred, and organisations without a value.
    const fn rank(self) -> u8 {
        match self {
            Self::Body(_) | Self::Dataset(_) | Self::Sector(_) | Self::Goal(_) => 0,
            Self::Other(_) => 1,
            Self::UnspecifiedAt(_) => Self::UNSPECIFIED,
            Self::OtherUnspecified => 3,
            Self::InferredGoal(_) => Self::INFERRED,
            Self::Unclassified | Self::NoGoal => Self::WITHOUT,
        }
    }
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
    /// How many nodes each of those stands for that gather others.
    pub folded: Vec<(Node, usize)>,
    pub cells: Vec<Cell>,
    /// Distinct pairs of an organisation and a node of the first level, before any are folded together.
    pub links: u64,
    /// Who of the selection is in no node.
    pub unlinked: Unlinked,
}

/// Organisations of a selection from which nothing flows, by why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unlinked {
    /// They use data of their own alone.
    pub own: u64,
    /// They use data and name no single body whose data it is.
    pub unnamed: u64,
    /// They were asked whose data they use, and named nobody.
    pub silent: u64,
}

/// There are as many levels as kinds of them.
const MOST_LEVELS: usize = 4;

/// The paths of an organisation's claims: a node per level, and the claim's weight.
type Paths = Vec<([Node; MOST_LEVELS], f64)>;

/// How much of each level is told apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct Window<'a> {
    /// How many nodes a level keeps; the others become one.
    pub top: Option<usize>,
    /// The same for each level in turn, where it is not `top`.
    pub tops: &'a [usize],
    /// How many records of each level to pass over, most organisations first, together with what flows
    /// through them: what "others" gathers, opened.
    pub skip: &'a [usize],
}

impl Flow {
    /// How many nodes one gathers; 0 for a node of its own.
    pub fn folded_in(&self, node: Node) -> usize {
        self.folded.iter().find(|(of, _)| *of == node).map_or(0, |(_, count)| *count)
    }
}

/// The flow of a selection. `top` is how many nodes a level keeps; the others become one.
pub fn flow(atlas: &Atlas, filter: &Filter, levels: &[Level], top: Option<usize>) -> Flow {
    flow_within(atlas, filter, levels, Window { top, ..Window::default() })
}

/// The flow of a selection through a window.
pub fn flow_within(atlas: &Atlas, filter: &Filter, levels: &[Level], window: Window<'_>) -> Flow {
    let levels = &levels[..levels.len().min(MOST_LEVELS)];
    let selection = atlas.select(filter);
    let (mut paths, linked) = paths_of(atlas, filter, &selection, levels);
    let unlinked = unlinked(atlas, filter, &(&selection.organisations - &linked));
    let mut ranked: Vec<Vec<(Node, u64)>> = counts(&paths, levels.len()).into_iter().map(sorted).collect();
    pass_over(&mut paths, &mut ranked, window.skip);
    let links = ranked.first().map_or(0, |nodes| nodes.iter().map(|(_, count)| count).sum());

    let keep = |level: usize| window.tops.get(level).copied().or(window.top).unwrap_or(usize::MAX);
    let kept: Vec<HashSet<Node>> = ranked.iter().enumerate().map(|(at, nodes)| kept(nodes, keep(at))).collect();
    let folded = fold(&mut paths, &mut ranked, &kept, levels);
    let figure = Figure::new(atlas, filter, &selection, Dimension::Publisher);
    let cells = cells(&paths, levels.len());
    Flow { figure, levels: levels.to_vec(), nodes: ranked, folded, cells, links, unlinked }
}

/// Why nothing flows from some organisations. What the figure's coverage is of depends on its filter, so it cannot say.
fn unlinked(atlas: &Atlas, filter: &Filter, organisations: &RoaringBitmap) -> Unlinked {
    let coverage = atlas.coverage_of(filter, organisations, Dimension::Publisher);
    let unnamed = organisations.iter().filter(|&org| atlas.names_no_body(OrgIx::new(org))).count() as u64;
    let own = coverage.answered.saturating_sub(unnamed);
    Unlinked { own, unnamed, silent: coverage.asked.saturating_sub(coverage.answered) }
}

/// The paths of each organisation that has any, and which have.
fn paths_of(atlas: &Atlas, filter: &Filter, selection: &Selection, levels: &[Level]) -> (Vec<Paths>, RoaringBitmap) {
    let inferred = if levels.contains(&Level::Sdg) { inferred_goals(atlas, filter) } else { Vec::new() };
    let reader = Reader { atlas, rollup: filter.rollup, inferred };
    let of = |org: OrgIx| {
        let mut own = Vec::new();
        for (_, claim) in selection.claims_of(atlas, org) {
            reader.paths(org, claim, levels, &mut own);
        }
        own
    };
    let (mut paths, mut linked) = (Vec::new(), RoaringBitmap::new());
    for org in &selection.organisations {
        let own = of(OrgIx::new(org));
        if !own.is_empty() {
            paths.push(own);
            linked.insert(org);
        }
    }
    (paths, linked)
}

/// Distinct organisations per node of each level.
fn counts(paths: &[Paths], levels: usize) -> Vec<FastMap<Node, u64>> {
    let mut nodes: Vec<FastMap<Node, u64>> = vec![FastMap::default(); levels];
    for own in paths {
        for (at, nodes) in nodes.iter_mut().enumerate() {
            for node in distinct(own.iter().map(|(path, _)| path[at])) {
                *nodes.entry(node).or_default() += 1;
            }
        }
    }
    nodes
}

/// Leaves out the first records of each level and what flows through them. The order stays that of the whole.
fn pass_over(paths: &mut Vec<Paths>, ranked: &mut [Vec<(Node, u64)>], skip: &[usize]) {
    if skip.iter().all(|&count| count == 0) {
        return;
    }
    let passed: Vec<HashSet<Node>> = ranked
        .iter()
        .enumerate()
        .map(|(at, nodes)| {
            let records = nodes.iter().map(|(node, _)| *node).filter(|node| node.rank() == 0);
            records.take(skip.get(at).copied().unwrap_or(0)).collect()
        })
        .collect();
    for own in paths.iter_mut() {
        own.retain(|(path, _)| passed.iter().zip(path).all(|(passed, node)| !passed.contains(node)));
    }
    paths.retain(|own| !own.is_empty());
    for (nodes, counts) in ranked.iter_mut().zip(counts(paths, passed.len())) {
        nodes.retain_mut(|(node, count)| {
            *count = counts.get(node).copied().unwrap_or(0);
            *count > 0
        });
    }
}

/// The nodes that stay themselves: the first records, the first bodies whose datasets are not named, and what
/// stands for no value.
fn kept(nodes: &[(Node, u64)], keep: usize) -> HashSet<Node> {
    let of = |rank: u8| nodes.iter().map(|(node, _)| *node).filter(move |node| node.rank() == rank);
    let apart = of(Node::INFERRED).chain(of(Node::WITHOUT));
    of(0).take(keep).chain(of(Node::UNSPECIFIED).take(keep)).chain(apart).collect()
}

/// Gathers what is not kept; says how many nodes each gathering node stands for.
fn fold(
    paths: &mut [Paths],
    ranked: &mut [Vec<(Node, u64)>],
    kept: &[HashSet<Node>],
    levels: &[Level],
) -> Vec<(Node, usize)> {
    let mut folded: Vec<(Node, usize)> = Vec::new();
    for ((nodes, kept), &level) in ranked.iter_mut().zip(kept).zip(levels) {
        for (node, _) in nodes.iter().filter(|(node, _)| !kept.contains(node)) {
            let into = gathered(*node, level);
            match folded.iter_mut().find(|(of, _)| *of == into) {
                None => folded.push((into, 1)),
                Some((_, count)) => *count += 1,
            }
        }
        nodes.retain(|(node, _)| kept.contains(node));
    }
    if folded.is_empty() {
        return folded;
    }
    let mut organisations: FastMap<Node, u64> = FastMap::default();
    let mut seen: Vec<Node> = Vec::new();
    for own in paths {
        seen.clear();
        for (path, _) in own {
            for ((node, kept), &level) in path.iter_mut().zip(kept).zip(levels) {
                if !kept.contains(node) {
                    *node = gathered(*node, level);
                    if !seen.contains(node) {
                        seen.push(*node);
                    }
                }
            }
        }
        for &node in &seen {
            *organisations.entry(node).or_default() += 1;
        }
    }
    for (nodes, &level) in ranked.iter_mut().zip(levels) {
        let here = |node: &Node| match node {
            Node::OtherUnspecified => level == Level::Dataset,
            Node::Other(of) => *of == level,
            _ => false,
        };
        nodes.extend(organisations.iter().filter(|(node, _)| here(node)).map(|(node, count)| (*node, *count)));
        nodes.sort_by_key(|(node, _)| node.rank());
    }
    folded
}

const fn gathered(node: Node, level: Level) -> Node {
    if let Node::UnspecifiedAt(_) = node { Node::OtherUnspecified } else { Node::Other(level) }
}

/// Distinct organisations on each link between adjacent levels, most first within a step.
fn cells(paths: &[Paths], levels: usize) -> Vec<Cell> {
    let mut cells: FastMap<(usize, Node, Node), (u64, f64)> = FastMap::default();
    let mut own: Vec<((usize, Node, Node), f64)> = Vec::new();
    for paths in paths {
        own.clear();
        for (path, weight) in paths {
            own.extend(path[..levels].windows(2).enumerate().map(|(step, pair)| ((step, pair[0], pair[1]), *weight)));
        }
        own.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        own.dedup_by_key(|(link, _)| *link);
        for &(link, weight) in &own {
            let cell = cells.entry(link).or_default();
            cell.0 += 1;
            cell.1 += weight;
        }
    }
    let mut cells: Vec<Cell> = cells
        .into_iter()
        .map(|((step, from, to), (organisations, weight))| Cell { step, from, to, organisations, weight })
        .collect();
    cells.sort_unstable_by(|a, b| {
        a.step.cmp(&b.step).then(b.organisations.cmp(&a.organisations)).then((a.from, a.to).cmp(&(b.from, b.to)))
    });
    cells
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
    let mut counts: Vec<(Node, u64)> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|&(node, count)| (node.rank(), std::cmp::Reverse(count), node));
    counts
}

/// Each goal with the organisations of which it is inferred.
fn inferred_goals(atlas: &Atlas, filter: &Filter) -> Vec<(u8, RoaringBitmap)> {
    GOALS.map(|goal| (goal, atlas.goal_inferred(goal, filter.include_recovered))).collect()
}

struct Reader<'a> {
    atlas: &'a Atlas,
    rollup: Option<Rollup>,
    /// Empty where goals are no level.
    inferred: Vec<(u8, RoaringBitmap)>,
}

impl Reader<'_> {
    /// The goals of an organisation: those it declares, else those that are inferred, else none.
    fn goals(&self, org: OrgIx) -> Vec<Node> {
        let mut goals: Vec<Node> = self.atlas.goals_of(org).into_iter().map(Node::Goal).collect();
        if goals.is_empty() {
            let own = self.inferred.iter().filter(|(_, organisations)| organisations.contains(org.get()));
            goals.extend(own.map(|&(goal, _)| Node::InferredGoal(goal)));
        }
        if goals.is_empty() {
            goals.push(Node::NoGoal);
        }
        goals
    }

    /// The paths of a claim: one per goal where goals are a level, else one. A claim that names no body has none.
    fn paths(&self, org: OrgIx, claim: &Claim, levels: &[Level], out: &mut Paths) {
        let Some(body) = self.atlas.body(claim, self.rollup) else { return };
        let goals = if levels.contains(&Level::Sdg) { self.goals(org) } else { vec![Node::NoGoal] };
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
