//! Who belongs to whom among public bodies, and since when: parents, successors, and the body that a claim
//! counts for under each roll-up. Only accepted relations move a figure.

use chrono::NaiveDate;
use entity::vocabulary::{Decision, RelationKind};

use super::Atlas;
use super::handle::{Groups, OrgIx};
use super::model::{Claim, Relation};

/// How the users of bodies are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rollup {
    /// The body that was named.
    Publisher,
    /// The parent body as the survey states it.
    AsStated,
    /// The topmost body today, by accepted relations: its successor's where it has been succeeded, else its parent's.
    Root,
    /// The level of government.
    Level,
    /// The body that has succeeded the one named.
    SuccessorChain,
}

impl Rollup {
    /// Every roll-up.
    pub const ALL: [Self; 5] = [Self::Publisher, Self::AsStated, Self::Root, Self::Level, Self::SuccessorChain];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::AsStated => "as_stated",
            Self::Root => "root",
            Self::Level => "level",
            Self::SuccessorChain => "successor_chain",
        }
    }

    /// The same where bodies are listed: a level of government is none, so each body counts as it was named.
    #[must_use]
    pub const fn of_bodies(self) -> Self {
        match self {
            Self::Level => Self::Publisher,
            other => other,
        }
    }
}

/// How an answer says that it has added bodies up: under one roll-up, or by the rule of the default where that takes some
/// claims as stated and others to the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RolledUp {
    /// One roll-up holds for every claim.
    By(Rollup),
    /// Each claim as it has been decided: to the root where somebody has decided about its bodies, else as stated.
    AsDecided,
}

impl RolledUp {
    /// The word of the default rule, in answers and in addresses.
    pub const AS_DECIDED: &'static str = "as_decided";

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::By(rollup) => rollup.as_str(),
            Self::AsDecided => Self::AS_DECIDED,
        }
    }
}

/// What a claim counts for: a body, or a level of government (place in `PublisherLevel::ALL`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Body {
    /// A body.
    Organisation(OrgIx),
    /// A level of government.
    Level(u8),
}

/// The relations of bodies, laid out for counting.
#[derive(Debug, Default)]
pub struct Hierarchy {
    pub(crate) parent: Vec<Option<OrgIx>>,
    pub(crate) root: Vec<OrgIx>,
    pub(crate) successor: Vec<OrgIx>,
    /// Whether a relation of its family has been decided.
    pub(crate) decided: Vec<bool>,
    /// Each body with all it counts for: itself, its parents, its successors, theirs.
    pub(crate) up: Groups<OrgIx, OrgIx>,
    /// The other way: each body with all that count for it, itself left out; (body, through a parent relation).
    pub(crate) children: Groups<OrgIx, OrgIx>,
    pub(crate) predecessors: Groups<OrgIx, OrgIx>,
}

/// Whether a relation holds at a date.
pub(crate) fn holds(relation: &Relation, on: NaiveDate) -> bool {
    relation.valid_from.is_none_or(|from| from.on <= on) && relation.valid_to.is_none_or(|to| to.on > on)
}

impl Hierarchy {
    /// The body that it is part of.
    pub fn parent(&self, body: OrgIx) -> Option<OrgIx> {
        self.parent[body.at()]
    }

    /// The body that stands at the end of its succession; none where it has not been succeeded.
    pub fn successor(&self, body: OrgIx) -> Option<OrgIx> {
        Some(self.successor[body.at()]).filter(|&last| last != body)
    }

    /// Lays out the relations of `count` organisations at a date.
    pub(crate) fn new(count: usize, relations: &Groups<OrgIx, Relation>, on: NaiveDate) -> Self {
        let orgs = || (0..count as u32).map(OrgIx::new);
        let mut parent = vec![None; count];
        let mut successor: Vec<Option<OrgIx>> = vec![None; count];
        let mut children = Vec::new();
        let mut predecessors = Vec::new();
        let mut decided = vec![false; count];
        for org in orgs() {
            for relation in relations.of(org).iter().filter(|r| r.outgoing) {
                let accepted = relation.decision == Decision::Accepted;
                match relation.kind {
                    RelationKind::PartOf => {
                        if relation.decision != Decision::Proposed {
                            decided[org.at()] = true;
                            decided[relation.other.at()] = true;
                        }
                        if accepted && holds(relation, on) && parent[org.at()].is_none() && relation.other != org {
                            parent[org.at()] = Some(relation.other);
                            children.push((relation.other, org));
                        }
                    }
                    // The past stays: a succession of 2014 still leads from the old body to the new one.
                    RelationKind::SucceededBy | RelationKind::MergedInto
                        if accepted
                            && relation.other != org
                            && relation.valid_from.is_none_or(|from| from.on <= on) =>
                    {
                        predecessors.push((relation.other, org));
                        successor[org.at()].get_or_insert(relation.other);
                    }
                    _ => {}
                }
            }
        }
        // Whoever takes over a body takes over its users, as they do where a body's users are listed.
        let above: Vec<Option<OrgIx>> = successor.iter().zip(&parent).map(|(next, parent)| next.or(*parent)).collect();
        let root: Vec<OrgIx> = orgs().map(|org| last(org, &above)).collect();
        let last_successor = orgs().map(|org| last(org, &successor)).collect();
        for org in orgs() {
            if decided[org.at()] {
                let mut at = org;
                for _ in 0..count {
                    let Some(next) = parent[at.at()] else { break };
                    if decided[next.at()] {
                        break;
                    }
                    decided[next.at()] = true;
                    at = next;
                }
            }
        }
        let successors = Groups::new(count, predecessors.iter().map(|&(to, from)| (from, to)).collect());
        let mut up = Vec::with_capacity(count);
        for org in orgs() {
            let mut reached = vec![org];
            let mut at = 0;
            while at < reached.len() {
                let body = reached[at];
                at += 1;
                for &next in parent[body.at()].iter().chain(successors.of(body)) {
                    if !reached.contains(&next) {
                        reached.push(next);
                    }
                }
            }
            up.extend(reached.into_iter().map(|body| (org, body)));
        }
        Self {
            parent,
            root,
            successor: last_successor,
            decided,
            up: Groups::new(count, up),
            children: Groups::new(count, children),
            predecessors: Groups::new(count, predecessors),
        }
    }

    /// The bodies that count for one: itself, with its descendants and predecessors where asked.
    pub fn below(&self, body: OrgIx, descendants: bool, predecessors: bool) -> Vec<OrgIx> {
        let mut reached = vec![body];
        let mut at = 0;
        while at < reached.len() {
            let body = reached[at];
            at += 1;
            let children = if descendants { self.children.of(body) } else { &[] };
            let earlier = if predecessors { self.predecessors.of(body) } else { &[] };
            for &next in children.iter().chain(earlier) {
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
        }
        reached
    }
}

/// The end of a chain; a chain that runs in a circle ends where it closes.
fn last(from: OrgIx, next: &[Option<OrgIx>]) -> OrgIx {
    let mut seen = vec![from];
    let mut at = from;
    while let Some(further) = next[at.at()] {
        if seen.contains(&further) {
            break;
        }
        seen.push(further);
        at = further;
    }
    at
}

impl Atlas {
    /// The body a claim counts for; `None` asks for the default: as stated until a relation of that root has
    /// been decided, then the root.
    pub fn body(&self, claim: &Claim, rollup: Option<Rollup>) -> Option<Body> {
        let publisher = claim.publisher?;
        let tree = &self.hierarchy;
        let stated = claim.stated.unwrap_or(publisher);
        let body = match rollup {
            None if !self.counts_as_stated(claim) => tree.root[publisher.at()],
            None | Some(Rollup::AsStated) => stated,
            Some(Rollup::Publisher) => publisher,
            Some(Rollup::Root) => tree.root[publisher.at()],
            Some(Rollup::SuccessorChain) => tree.successor[publisher.at()],
            Some(Rollup::Level) => {
                let level = self.publisher(publisher).map_or(entity::vocabulary::PublisherLevel::Unknown, |p| p.level);
                return Some(Body::Level(level.index() as u8));
            }
        };
        Some(Body::Organisation(body))
    }

    /// The name of the roll-up that an answer about some organisations uses. The default goes claim by claim: it is named
    /// by one roll-up where that holds for all of theirs.
    pub fn rollup_of(&self, asked: Option<Rollup>, organisations: &roaring::RoaringBitmap) -> RolledUp {
        match asked {
            Some(rollup) => RolledUp::By(rollup),
            None if self.decided.is_disjoint(organisations) => RolledUp::By(Rollup::AsStated),
            None if self.stated_parts.elsewhere.is_disjoint(organisations) => RolledUp::By(Rollup::Root),
            None => RolledUp::AsDecided,
        }
    }

    /// The roll-up of the whole when nothing is asked.
    pub fn default_rollup(&self) -> RolledUp {
        self.rollup_of(None, self.listed())
    }

    /// The parent of a body, by an accepted relation that holds.
    pub fn parent_of(&self, body: OrgIx) -> Option<OrgIx> {
        self.hierarchy.parent[body.at()]
    }

    /// The topmost body that a body counts for today, see [`Rollup::Root`].
    pub fn root_of(&self, body: OrgIx) -> OrgIx {
        self.hierarchy.root[body.at()]
    }

    /// Whether the default roll-up of a claim is the stated parent: nobody has decided about the body named, the one
    /// stated, or the one on top of it today.
    pub(crate) fn counts_as_stated(&self, claim: &Claim) -> bool {
        self.is_undecided(claim.publisher, claim.stated)
    }

    /// The same of the body named and the one stated.
    pub(super) fn is_undecided(&self, named: Option<OrgIx>, stated: Option<OrgIx>) -> bool {
        let top = named.map(|body| self.root_of(body));
        !([stated, named, top].into_iter().flatten()).any(|body| self.hierarchy.decided[body.at()])
    }
}
