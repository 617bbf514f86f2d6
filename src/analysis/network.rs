//! What stands around a node: organisations, the datasets they use, the bodies that publish those. An
//! organisation is linked to each dataset that it names, and to a body where it names none of its datasets; a
//! dataset is linked to the body that its uses count for. Cut to a few hundred nodes, and says how many it left out.

use std::cmp::Reverse;
use std::collections::HashSet;

use entity::vocabulary::Grade;

use super::Figure;
use crate::atlas::{Atlas, Body, Claim, DatasetIx, Dimension, FastMap, Filter, OrgIx, Rollup, Selection};

/// A node of a network. An organisation that publishes too is two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    Organisation(OrgIx),
    Dataset(DatasetIx),
    Body(OrgIx),
}

/// A node with its place in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    pub node: Node,
    /// Steps from the centre.
    pub depth: u8,
    /// Of an organisation: the distinct datasets and bodies that it uses. Of the others: their distinct users.
    pub size: u64,
}

/// Two nodes that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub from: Node,
    pub to: Node,
    /// The best grade among the claims; `None` between a dataset and its body.
    pub grade: Option<Grade>,
}

/// The surroundings of a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    pub figure: Figure,
    /// The centre first, then by steps from it, the most closely linked first.
    pub members: Vec<Member>,
    pub links: Vec<Link>,
    /// Nodes within reach that the limit left out.
    pub beyond: u64,
}

/// The surroundings of `centre` to `depth` steps, at most `limit` nodes, over the claims that a filter selects.
pub fn network(atlas: &Atlas, filter: &Filter, centre: Node, depth: u8, limit: usize) -> Network {
    let selection = atlas.select(filter);
    let reader = Reader { atlas, selection: &selection, rollup: filter.rollup };
    let mut kept: FastMap<Node, u8> = FastMap::default();
    kept.insert(centre, 0);
    let mut order = vec![centre];
    let mut beyond = 0;
    for step in 1..=depth {
        let mut candidates = reader.around(&kept, step - 1);
        candidates.sort_unstable_by_key(|&(node, links)| (Reverse(links), node));
        let room = limit.saturating_sub(order.len());
        beyond += candidates.len().saturating_sub(room) as u64;
        for (node, _) in candidates.into_iter().take(room) {
            kept.insert(node, step);
            order.push(node);
        }
    }
    let (sizes, links) = reader.links(&kept);
    let member = |node: Node| Member { node, depth: kept[&node], size: sizes.get(&node).copied().unwrap_or(0) };
    let figure = Figure::new(atlas, filter, &selection, Dimension::Dataset);
    Network { figure, members: order.into_iter().map(member).collect(), links, beyond }
}

struct Reader<'a> {
    atlas: &'a Atlas,
    selection: &'a Selection,
    rollup: Option<Rollup>,
}

impl Reader<'_> {
    /// What a claim links: the user with what it uses, and a dataset with its body.
    fn ends(&self, claim: &Claim) -> [Option<(Node, Node)>; 2] {
        let user = Node::Organisation(claim.organisation);
        let body = match self.atlas.body(claim, self.rollup) {
            Some(Body::Organisation(ix)) => Some(Node::Body(ix)),
            _ => None,
        };
        match claim.dataset.map(Node::Dataset) {
            Some(dataset) => [Some((user, dataset)), body.map(|body| (dataset, body))],
            None => [body.map(|body| (user, body)), None],
        }
    }

    /// The nodes one step from those at `depth`, with how many claims link them.
    fn around(&self, kept: &FastMap<Node, u8>, depth: u8) -> Vec<(Node, u64)> {
        let mut found: FastMap<Node, u64> = FastMap::default();
        for (_, claim) in self.selection.all_claims(self.atlas) {
            for (a, b) in self.ends(claim).into_iter().flatten() {
                for (near, far) in [(a, b), (b, a)] {
                    if kept.get(&near) == Some(&depth) && !kept.contains_key(&far) {
                        *found.entry(far).or_default() += 1;
                    }
                }
            }
        }
        found.into_iter().collect()
    }

    /// The size of each node kept, and the links between them.
    fn links(&self, kept: &FastMap<Node, u8>) -> (FastMap<Node, u64>, Vec<Link>) {
        let mut sizes: FastMap<Node, u64> = FastMap::default();
        let mut links = Vec::new();
        let mut published: HashSet<(Node, Node)> = HashSet::new();
        let mut uses: Vec<(Node, Grade)> = Vec::new();
        for org in self.selection.organisations.iter().map(OrgIx::new) {
            let user = Node::Organisation(org);
            let mut used: HashSet<Node> = HashSet::new();
            uses.clear();
            for (_, claim) in self.selection.claims_of(self.atlas, org) {
                let [use_of, publishing] = self.ends(claim);
                uses.extend(use_of.map(|(_, target)| (target, claim.grade)));
                used.extend([use_of, publishing].into_iter().flatten().map(|(_, target)| target));
                published.extend(publishing.filter(|(a, b)| kept.contains_key(a) && kept.contains_key(b)));
            }
            for node in used.iter().filter(|node| kept.contains_key(node)) {
                *sizes.entry(*node).or_default() += 1;
            }
            if !kept.contains_key(&user) {
                continue;
            }
            uses.sort_unstable();
            uses.dedup_by_key(|(target, _)| *target);
            sizes.insert(user, uses.len() as u64);
            let seen = uses.iter().filter(|(target, _)| kept.contains_key(target));
            links.extend(seen.map(|&(to, grade)| Link { from: user, to, grade: Some(grade) }));
        }
        let mut published: Vec<_> = published.into_iter().collect();
        published.sort_unstable();
        links.extend(published.into_iter().map(|(from, to)| Link { from, to, grade: None }));
        (sizes, links)
    }
}
