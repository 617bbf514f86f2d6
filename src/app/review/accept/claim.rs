//! Claims: accepted with the grade that their evidence gives, rejected, disputed, retracted.

use entity::id::{ImpactClaimId, IndicatorObservationId, UseClaimId};
use entity::vocabulary::{AssertedBy, ClaimStatus, Grade, PublisherAck, RowVisibility};
use uuid::Uuid;

use super::{Desk, Plan, conflict, gone};
use crate::app::Error;
use crate::app::review::correction;
use crate::app::review::row::Op;
use crate::domain::grade::Weighed;
use crate::domain::review::{Grounds, Step, Verified, after, grade, is_supported};
use crate::store::review::facts;

/// What the grade of a claim follows from, as it is recorded.
#[derive(Clone, Debug, Default)]
pub(in crate::app::review) struct Basis {
    pub(in crate::app::review) evidence: Vec<entity::evidence::Model>,
    pub(in crate::app::review) sources: Vec<entity::source::Model>,
    pub(in crate::app::review) verifications: Vec<entity::verification::Model>,
}

impl Basis {
    pub(in crate::app::review) fn weighed(&self) -> Vec<Weighed> {
        let kind = |id| self.sources.iter().find(|source| source.entity_id == id).map(|source| source.kind);
        let weigh =
            |one: &entity::evidence::Model| Some(Weighed { kind: kind(one.source_id)?, polarity: one.polarity });
        self.evidence.iter().filter_map(weigh).collect()
    }

    /// The latest word of each side; verifications stand newest first.
    fn verified(&self) -> Vec<Verified> {
        let mut latest: Vec<Verified> = Vec::new();
        for one in &self.verifications {
            if latest.iter().all(|known| known.role != one.role) {
                latest.push(Verified { role: one.role, decision: one.decision });
            }
        }
        latest
    }

    /// The grade with more evidence than is recorded.
    pub(in crate::app::review) fn grade(
        &self,
        more: &[Weighed],
        (ack, asserted_by): (PublisherAck, AssertedBy),
        status: ClaimStatus,
    ) -> Grade {
        let evidence: Vec<Weighed> = self.weighed().into_iter().chain(more.iter().copied()).collect();
        grade(&Grounds { evidence: &evidence, verified: &self.verified(), ack, asserted_by }, status)
    }
}

impl Desk<'_> {
    pub(in crate::app::review) async fn basis(&self, claim: Uuid) -> Result<Basis, Error> {
        let evidence = facts::evidence_of(self.on, claim).await?;
        let ids: Vec<_> = evidence.iter().map(|one| one.source_id).collect();
        let sources = facts::sources(self.on, &ids).await?;
        Ok(Basis { evidence, sources, verifications: facts::verifications_of(self.on, claim).await? })
    }

    pub(super) async fn use_claim(&self, id: Uuid) -> Result<Plan, Error> {
        let mut plan = self.use_claim_step(id, Step::Accept).await?;
        let claim = facts::use_claim(self.on, UseClaimId(id)).await?.ok_or_else(gone)?;
        let former = self.corrected(&claim).await?;
        for other in facts::uses_of(self.on, claim.organisation_id).await? {
            if other.entity_id == claim.entity_id || other.status != ClaimStatus::Accepted {
                continue;
            }
            // The newer answer of the same wave takes the place of the older one; a correction that of what it corrects,
            // whatever data the two name, and that of a correction of the same claim.
            let is_same = target(&other) == target(&claim) && other.wave_id == claim.wave_id;
            let gives_way = is_same
                || former == Some(other.entity_id)
                || former.is_some() && self.corrected(&other).await? == former;
            if gives_way {
                let superseded = entity::use_claim::Model { status: ClaimStatus::Superseded, ..other.clone() };
                plan.ops.push(Op::Replace(other.into(), superseded.into()));
            }
        }
        Ok(plan)
    }

    /// The claim in whose place its publisher puts this one.
    pub(in crate::app::review) async fn corrected(
        &self,
        claim: &entity::use_claim::Model,
    ) -> Result<Option<UseClaimId>, Error> {
        if claim.asserted_by != AssertedBy::Publisher {
            return Ok(None);
        }
        let evidence = facts::evidence_of(self.on, claim.entity_id.0).await?;
        Ok(evidence.iter().find_map(correction::corrects))
    }

    pub(super) async fn impact_claim(&self, id: Uuid) -> Result<Plan, Error> {
        let claim = facts::impact_claim(self.on, ImpactClaimId(id)).await?.ok_or_else(gone)?;
        if claim.code_id.is_none() && claim.dimension == "sdg" {
            return Err(conflict("the SDG is in no list; ask, or reject it"));
        }
        self.impact_claim_step(id, Step::Accept).await
    }

    /// A step of a use claim, with the grade that follows.
    pub(in crate::app::review) async fn use_claim_step(&self, id: Uuid, step: Step) -> Result<Plan, Error> {
        let claim = facts::use_claim(self.on, UseClaimId(id)).await?.ok_or_else(gone)?;
        let status = after(claim.status, step).ok_or_else(|| moved(claim.status))?;
        let basis = self.basis(id).await?;
        supported(&basis, status)?;
        let grade = basis.grade(&[], (claim.publisher_ack, claim.asserted_by), status);
        let mut ops = Vec::new();
        if step == Step::Accept {
            shown(&basis, claim.visibility, &mut ops);
        }
        let changed = entity::use_claim::Model { status, grade, ..claim.clone() };
        ops.push(Op::Replace(claim.into(), changed.into()));
        Ok(Plan { ops, grade: Some(grade), made: None })
    }

    /// A step of an impact claim.
    pub(in crate::app::review) async fn impact_claim_step(&self, id: Uuid, step: Step) -> Result<Plan, Error> {
        let claim = facts::impact_claim(self.on, ImpactClaimId(id)).await?.ok_or_else(gone)?;
        let status = after(claim.status, step).ok_or_else(|| moved(claim.status))?;
        let basis = self.basis(id).await?;
        supported(&basis, status)?;
        let grade = basis.grade(&[], (PublisherAck::None, claim.asserted_by), status);
        let mut ops = Vec::new();
        if step == Step::Accept {
            shown(&basis, claim.visibility, &mut ops);
        }
        let changed = entity::impact_claim::Model { status, ..claim.clone() };
        ops.push(Op::Replace(claim.into(), changed.into()));
        Ok(Plan { ops, grade: Some(grade), made: None })
    }
}

impl Desk<'_> {
    /// A step of a value of an indicator: while it does not stand, nobody sees it and no figure counts it, whoever may
    /// see it otherwise.
    pub(super) async fn observation_step(&self, id: IndicatorObservationId, step: Step) -> Result<Plan, Error> {
        let row = facts::observation(self.on, id).await?.ok_or_else(gone)?;
        let claim_status = after(row.claim_status, step).ok_or_else(|| moved(row.claim_status))?;
        let changed = entity::indicator_observation::Model { claim_status, ..row.clone() };
        Ok(Plan { ops: vec![Op::Replace(row.into(), changed.into())], ..Plan::default() })
    }
}

/// What data a claim is about.
pub(in crate::app::review) fn target(claim: &entity::use_claim::Model) -> [Option<Uuid>; 5] {
    [
        claim.distribution_id.map(|id| id.0),
        claim.dataset_id.map(|id| id.0),
        claim.series_id.map(|id| id.0),
        claim.publisher_id.map(|id| id.0),
        claim.theme_id.map(|id| id.0),
    ]
}

/// Invariant I2.
fn supported(basis: &Basis, status: ClaimStatus) -> Result<(), Error> {
    if status == ClaimStatus::Accepted && !is_supported(&basis.weighed()) {
        return Err(conflict("nothing supports this claim yet; add evidence, ask, or reject it"));
    }
    Ok(())
}

/// Evidence and sources that nobody was to see before the decision are seen with the claim.
fn shown(basis: &Basis, visibility: RowVisibility, ops: &mut Vec<Op>) {
    for source in &basis.sources {
        if source.visibility == RowVisibility::Private && visibility == RowVisibility::Public {
            let after = entity::source::Model { visibility, ..source.clone() };
            ops.push(Op::Replace(source.clone().into(), after.into()));
        }
    }
    for one in &basis.evidence {
        if one.visibility == RowVisibility::Private && visibility != RowVisibility::Private {
            let after = entity::evidence::Model { visibility, ..one.clone() };
            ops.push(Op::Replace(one.clone().into(), after.into()));
        }
    }
}

fn moved(status: ClaimStatus) -> Error {
    Error::Conflict(format!("this claim stands otherwise by now ({}); look at it again", status.as_str()))
}
