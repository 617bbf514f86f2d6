//! Global ids that name their type, and everything that has one.

use std::sync::Arc;

use async_graphql::{ID, Interface};
use uuid::Uuid;

use super::area::Area;
use super::claim::{ImpactClaim, UseClaim};
use super::code::Code;
use super::dataset::Dataset;
use super::indicator::{Indicator, Observation};
use super::organisation::Organisation;
use super::publisher::Publisher;
use super::source::Source;
use super::study::{Study, Wave};
use crate::atlas::{Atlas, model};

/// The id of a record: `type:uuid`.
pub(crate) fn id(kind: &str, uuid: Uuid) -> ID {
    ID(format!("{kind}:{uuid}"))
}

/// Anything with a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Global id, `type:uuid`."))]
pub enum Node {
    /// An organisation.
    Organisation(Organisation),
    /// A publisher.
    Publisher(Publisher),
    /// A dataset.
    Dataset(Dataset),
    /// A use claim.
    UseClaim(UseClaim),
    /// An impact claim.
    ImpactClaim(ImpactClaim),
    /// A code.
    Code(Code),
    /// An area.
    Area(Area),
    /// A study.
    Study(Study),
    /// A wave.
    Wave(Wave),
    /// An indicator.
    Indicator(Indicator),
    /// An observation.
    Observation(Observation),
    /// A source.
    Source(Source),
}

/// The uuid of an id of one type, for fields that take only that type.
pub(crate) fn uuid_of(kind: &str, id: &ID) -> Option<Uuid> {
    id.0.strip_prefix(kind)?.strip_prefix(':')?.parse().ok()
}

/// Finds what an id names; `None` when nothing public bears it.
pub(crate) fn find(atlas: &Arc<Atlas>, id: &ID) -> Option<Node> {
    let (kind, uuid) = id.0.split_once(':')?;
    let node = atlas.node(uuid.parse().ok()?)?;
    Some(match (kind, node) {
        ("organisation", atlas::Node::Organisation(ix)) => Node::Organisation(Organisation::new(atlas, ix)),
        ("publisher", atlas::Node::Organisation(ix)) => {
            atlas.publisher(ix)?;
            Node::Publisher(Publisher::new(atlas, ix))
        }
        ("dataset", atlas::Node::Dataset(ix)) => Node::Dataset(Dataset::new(atlas, ix)),
        ("use_claim", atlas::Node::Claim(ix)) => Node::UseClaim(UseClaim::new(atlas, ix)),
        ("impact_claim", atlas::Node::Impact(ix)) => Node::ImpactClaim(ImpactClaim::new(atlas, ix)),
        ("code", atlas::Node::Code(ix)) => Node::Code(Code::new(atlas, ix)),
        ("area", atlas::Node::Area(ix)) => Node::Area(Area::new(atlas, ix)),
        ("study", atlas::Node::Study(ix)) => Node::Study(Study::new(atlas, ix)),
        ("wave", atlas::Node::Wave(ix)) => Node::Wave(Wave::new(atlas, ix)),
        ("indicator", atlas::Node::Indicator(ix)) => Node::Indicator(Indicator::new(atlas, ix)),
        ("observation", atlas::Node::Observation(ix)) => Node::Observation(Observation::new(atlas, ix)),
        ("source", atlas::Node::Source(ix)) => Node::Source(Source::new(atlas, ix)),
        _ => return None,
    })
}
