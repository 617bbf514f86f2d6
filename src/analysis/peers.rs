//! Organisations like one: which datasets, bodies, sector, goals and region they share. The answer names what
//! is shared, because a number alone persuades nobody.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use geo::{Distance, Haversine, Point};
use roaring::RoaringBitmap;

use super::method;
use crate::atlas::{Atlas, Body, Claim, DatasetIx, Dimension, OrgIx, Value};

/// How one organisation resembles another.
#[derive(Clone, Debug, PartialEq)]
pub struct Peer {
    pub organisation: OrgIx,
    /// Σ weight × component over the components that are known, divided by their weights.
    pub similarity: f64,
    pub components: Components,
    pub shared_datasets: Vec<DatasetIx>,
    /// Bodies under the default roll-up.
    pub shared_publishers: Vec<OrgIx>,
    pub shared_goals: Vec<u8>,
}

/// The parts of a similarity; `None` where one of the two does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Components {
    pub datasets: Option<f64>,
    pub publishers: Option<f64>,
    pub sector: Option<f64>,
    pub goals: Option<f64>,
    pub place: Option<f64>,
}

impl Components {
    /// Name, value and weight of each that is known.
    pub fn known(&self) -> impl Iterator<Item = (&'static str, f64, f64)> {
        let values = [self.datasets, self.publishers, self.sector, self.goals, self.place];
        let names = ["datasets", "publishers", "sector", "goals", "place"];
        let known = names.into_iter().zip(values).zip(method::PEER_WEIGHTS);
        known.filter_map(|((name, value), weight)| Some((name, value?, weight)))
    }

    /// Σ weight × component: what is not known adds nothing, so that nobody gains a place by saying little.
    fn common(&self) -> f64 {
        self.known().map(|(_, value, weight)| weight * value).sum()
    }

    fn similarity(&self) -> f64 {
        let (sum, weights) =
            self.known().fold((0.0, 0.0), |(sum, all), (_, value, weight)| (sum + weight * value, all + weight));
        if weights > 0.0 { sum / weights } else { 0.0 }
    }
}

/// How much a dataset tells: rare ones more.
pub fn idf(organisations: u64, users: u64) -> f64 {
    ((1.0 + organisations as f64) / (1.0 + users as f64)).ln() + 1.0
}

/// Great-circle kilometres between two points (longitude, latitude).
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    Haversine.distance(Point::new(a.0, a.1), Point::new(b.0, b.1)) / 1000.0
}

/// What is read of an organisation once and compared often.
struct Portrait {
    datasets: Vec<DatasetIx>,
    roots: Vec<OrgIx>,
    goals: Vec<u8>,
}

impl Portrait {
    fn new(atlas: &Atlas, org: OrgIx) -> Self {
        let mut datasets = atlas.datasets_used_by(org);
        datasets.sort_unstable();
        datasets.dedup();
        let claims = atlas.claims_of(org).iter().filter(|claim| claim.figures(false));
        // As `publishers_used` counts them, so that "7 of its 9" is of one kind of body.
        let mut roots: Vec<OrgIx> = claims.filter_map(|claim| counted(atlas, claim)).collect();
        roots.sort_unstable();
        roots.dedup();
        Self { datasets, roots, goals: atlas.goals_of(org) }
    }
}

/// The body that a claim counts for under the default roll-up.
fn counted(atlas: &Atlas, claim: &Claim) -> Option<OrgIx> {
    match atlas.body(claim, None)? {
        Body::Organisation(body) => Some(body),
        Body::Level(_) => None,
    }
}

/// How alike two organisations are; the same both ways.
pub fn similarity(atlas: &Atlas, one: OrgIx, other: OrgIx) -> Peer {
    compare(atlas, (one, &Portrait::new(atlas, one)), other, kind_of(atlas, one).as_ref())
}

/// The listed organisations of one's own kind where the record has two: nobody real resembles somebody fictional. `None`
/// where all are of one kind.
fn kind_of(atlas: &Atlas, org: OrgIx) -> Option<RoaringBitmap> {
    let chapter = atlas.study(atlas.studies().find(|&study| atlas.is_fictional(study))?).chapter;
    let fictional = atlas.organisations_with(Dimension::Chapter, Value::Chapter(chapter)) & atlas.listed();
    if fictional.is_empty() || fictional.len() == atlas.listed().len() {
        return None;
    }
    Some(if fictional.contains(org.get()) { fictional } else { atlas.listed() - &fictional })
}

/// How many of a set are of a kind.
fn among(set: &RoaringBitmap, kind: Option<&RoaringBitmap>) -> u64 {
    kind.map_or_else(|| set.len(), |kind| set.intersection_len(kind))
}

/// The users of a dataset of a kind.
fn users(atlas: &Atlas, dataset: DatasetIx, kind: Option<&RoaringBitmap>) -> u64 {
    match kind {
        None => u64::from(atlas.dataset(dataset).users),
        kind => among(&atlas.dataset_users(dataset), kind),
    }
}

fn compare(atlas: &Atlas, (one, mine): (OrgIx, &Portrait), other: OrgIx, kind: Option<&RoaringBitmap>) -> Peer {
    let theirs = Portrait::new(atlas, other);
    let mut components = Components::default();
    let shared_datasets = shared(&mine.datasets, &theirs.datasets);
    if !mine.datasets.is_empty() && !theirs.datasets.is_empty() {
        let organisations = among(atlas.active(), kind);
        // A sum of nothing would be -0, which the API would print.
        let weigh = |datasets: &mut dyn Iterator<Item = DatasetIx>| -> f64 {
            let weights = datasets.map(|dataset| idf(organisations, users(atlas, dataset, kind)));
            weights.fold(0.0, |sum, weight| sum + weight)
        };
        let all: BTreeSet<DatasetIx> = mine.datasets.iter().chain(&theirs.datasets).copied().collect();
        let common = weigh(&mut shared_datasets.iter().copied());
        components.datasets = Some(common / weigh(&mut all.into_iter()));
    }
    let shared_publishers = shared(&mine.roots, &theirs.roots);
    components.publishers = jaccard(&mine.roots, &theirs.roots, shared_publishers.len());
    let shared_goals = shared(&mine.goals, &theirs.goals);
    components.goals = jaccard(&mine.goals, &theirs.goals, shared_goals.len());
    let (sector, their_sector) = (atlas.organisation(one).sector, atlas.organisation(other).sector);
    components.sector = sector.zip(their_sector).map(|(a, b)| {
        let (section, their_section) = (atlas.industry_section(one), atlas.industry_section(other));
        match () {
            () if a == b => 1.0,
            () if section.is_some() && section == their_section => method::SAME_SECTION,
            () => 0.0,
        }
    });
    components.place = atlas
        .position(one)
        .zip(atlas.position(other))
        .map(|(a, b)| (-kilometres((a.0, a.1), (b.0, b.1)) / method::PEER_KILOMETRES).exp());
    let similarity = components.similarity();
    Peer { organisation: other, similarity, components, shared_datasets, shared_publishers, shared_goals }
}

fn shared<T: Copy + Ord>(a: &[T], b: &[T]) -> Vec<T> {
    a.iter().copied().filter(|item| b.binary_search(item).is_ok()).collect()
}

fn jaccard<T>(a: &[T], b: &[T], shared: usize) -> Option<f64> {
    let all = a.len() + b.len() - shared;
    (!a.is_empty() && !b.is_empty()).then(|| shared as f64 / all as f64)
}

/// Beyond this many organisations only those that share a dataset, a goal or the sector are compared.
const COMPARE_ALL: u64 = 2_000;
/// And of those at most this many, the sharers of the rarest datasets first.
const MOST_COMPARED: u64 = 4_000;

/// The organisations most like one, those that share data with it first, then by all that is known to be alike;
/// it is not among them.
pub fn peers(atlas: &Atlas, org: OrgIx, first: usize) -> Vec<Peer> {
    let mut peers = ranked(atlas, org, &Portrait::new(atlas, org));
    peers.truncate(first);
    peers
}

/// What one uses and another does not, each by how many organisations use it, most first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beyond {
    /// Bodies under the default roll-up.
    pub publishers: Vec<OrgIx>,
    pub datasets: Vec<DatasetIx>,
}

/// What a peer uses that an organisation does not.
pub fn beyond(atlas: &Atlas, org: OrgIx, peer: OrgIx) -> Beyond {
    let data = gathered(atlas, &Portrait::new(atlas, org), &[peer]);
    Beyond {
        publishers: data.publishers.into_iter().map(|(body, _)| body).collect(),
        datasets: data.datasets.into_iter().map(|(dataset, _)| dataset).collect(),
    }
}

/// What the peers of an organisation use that it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataOfPeers {
    /// The peers looked at, most alike first.
    pub peers: Vec<OrgIx>,
    /// Whether they share data with it; where nobody does, they are the most alike that use any.
    pub sharing: bool,
    /// Bodies under the default roll-up with the peers that use each, most peers first, then most users.
    pub publishers: Vec<(OrgIx, Vec<OrgIx>)>,
    /// Datasets likewise.
    pub datasets: Vec<(DatasetIx, Vec<OrgIx>)>,
}

/// What the `among` organisations most like one use that it does not: the difference of their data.
pub fn data_of_peers(atlas: &Atlas, org: OrgIx, among: usize) -> DataOfPeers {
    let portrait = Portrait::new(atlas, org);
    let ranked = ranked(atlas, org, &portrait);
    let sharing = ranked.first().is_some_and(shares);
    let uses = |peer: &&Peer| atlas.organisation(peer.organisation).publishers_used > 0;
    let found = ranked.iter().filter(|peer| if sharing { shares(peer) } else { uses(peer) });
    let peers: Vec<OrgIx> = found.take(among).map(|peer| peer.organisation).collect();
    DataOfPeers { sharing, ..gathered(atlas, &portrait, &peers) }
}

fn gathered(atlas: &Atlas, mine: &Portrait, peers: &[OrgIx]) -> DataOfPeers {
    let (mut publishers, mut datasets) = (BTreeMap::new(), BTreeMap::new());
    for &peer in peers {
        let theirs = Portrait::new(atlas, peer);
        for body in theirs.roots.into_iter().filter(|body| mine.roots.binary_search(body).is_err()) {
            publishers.entry(body).or_insert_with(Vec::new).push(peer);
        }
        for dataset in theirs.datasets.into_iter().filter(|dataset| mine.datasets.binary_search(dataset).is_err()) {
            datasets.entry(dataset).or_insert_with(Vec::new).push(peer);
        }
    }
    let (mut publishers, mut datasets) = (Vec::from_iter(publishers), Vec::from_iter(datasets));
    publishers.sort_by_key(|(body, users)| (Reverse(users.len()), Reverse(atlas.users_of(*body).len()), *body));
    datasets.sort_by_key(|(dataset, users)| (Reverse(users.len()), Reverse(atlas.dataset(*dataset).users), *dataset));
    DataOfPeers { peers: peers.to_vec(), sharing: false, publishers, datasets }
}

/// One that says little is compared by little: it comes after all that share data.
const fn shares(peer: &Peer) -> bool {
    !peer.shared_datasets.is_empty() || !peer.shared_publishers.is_empty()
}

fn ranked(atlas: &Atlas, org: OrgIx, portrait: &Portrait) -> Vec<Peer> {
    let kind = kind_of(atlas, org);
    let mut peers: Vec<Peer> = candidates(atlas, org, portrait, kind.as_ref())
        .iter()
        .map(OrgIx::new)
        .filter(|&other| other != org)
        .map(|other| compare(atlas, (org, portrait), other, kind.as_ref()))
        .filter(|peer| peer.similarity > 0.0)
        .collect();
    peers.sort_by(|a, b| {
        let (likeness, other) = (a.components.common(), b.components.common());
        shares(b).cmp(&shares(a)).then(other.total_cmp(&likeness)).then(a.organisation.cmp(&b.organisation))
    });
    peers
}

fn candidates(atlas: &Atlas, org: OrgIx, portrait: &Portrait, kind: Option<&RoaringBitmap>) -> RoaringBitmap {
    let all = kind.unwrap_or_else(|| atlas.listed());
    if all.len() <= COMPARE_ALL {
        return all.clone();
    }
    let mut datasets = portrait.datasets.clone();
    datasets.sort_by_key(|&dataset| atlas.dataset(dataset).users);
    let mut found = RoaringBitmap::new();
    let groups = datasets
        .into_iter()
        .map(|dataset| atlas.dataset_users(dataset))
        .chain(portrait.goals.iter().map(|&goal| atlas.goal_declared(goal, 1)))
        .chain(
            atlas.organisation(org).sector.map(|code| atlas.organisations_with(Dimension::Sector, Value::Code(code))),
        );
    for group in groups {
        let room = MOST_COMPARED.saturating_sub(found.len());
        if room == 0 {
            break;
        }
        let group = if let Some(kind) = kind { group & kind } else { group };
        found.extend((group - &found).iter().take(room as usize));
    }
    found
}
