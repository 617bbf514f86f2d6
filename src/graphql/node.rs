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
use super::request::DataRequest;
use super::study::{Study, Wave};
use crate::atlas::Atlas;

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
    /// A request for data.
    DataRequest(DataRequest),
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
}

/// The uuid of an id of one type, for fields that take only that type.
pub(crate) fn uuid_of(kind: &str, id: &ID) -> Option<Uuid> {
    id.0.strip_prefix(kind)?.strip_prefix(':')?.parse().ok()
}

/// Finds what an id names; `None` when nothing public bears it.
pub(crate) fn find(atlas: &Arc<Atlas>, id: &ID) -> Option<Node> {
    let (kind, uuid) = id.0.split_once(':')?;
    let uuid: Uuid = uuid.parse().ok()?;
    Some(match kind {
        "organisation" => {
            let ix = atlas.organisation_by_id(uuid.into()).filter(|&ix| atlas.is_shown(ix))?;
            Node::Organisation(Organisation::new(atlas, ix))
        }
        "publisher" => {
            let ix = atlas.organisation_by_id(uuid.into()).filter(|&ix| atlas.publisher(ix).is_some())?;
            Node::Publisher(Publisher::new(atlas, ix))
        }
        "dataset" => Node::Dataset(Dataset::new(atlas, atlas.dataset_by_id(uuid.into())?)),
        "data_request" => Node::DataRequest(DataRequest::new(atlas, atlas.request_by_id(uuid.into())?)),
        "use_claim" => {
            let ix = atlas.claim_by_id(uuid.into()).filter(|&ix| atlas.is_shown(atlas.claim(ix).organisation))?;
            Node::UseClaim(UseClaim::new(atlas, ix))
        }
        "impact_claim" => {
            let ix = atlas.impact_by_id(uuid.into()).filter(|&ix| atlas.is_shown(atlas.impact(ix).organisation))?;
            Node::ImpactClaim(ImpactClaim::new(atlas, ix))
        }
        "code" => Node::Code(Code::new(atlas, atlas.code_by_id(uuid.into())?)),
        "area" => Node::Area(Area::new(atlas, atlas.area_by_id(uuid.into())?)),
        "study" => Node::Study(Study::new(atlas, atlas.study_by_id(uuid.into())?)),
        "wave" => Node::Wave(Wave::new(atlas, atlas.wave_by_id(uuid.into())?)),
        "indicator" => Node::Indicator(Indicator::new(atlas, atlas.indicator_by_id(uuid.into())?)),
        "observation" => Node::Observation(Observation::new(atlas, atlas.observation_by_id(uuid.into())?)),
        _ => return None,
    })
}
