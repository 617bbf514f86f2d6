//! What enters the queue when answers are sent: each claim and each proposal is a case under its own id.

use std::collections::HashMap;

use entity::id::{DatasetId, OrganisationId, ReviewCaseId, StudyId, WaveId};
use entity::vocabulary::{CaseKind, CaseProblem, CaseStatus, CaseStep, ProposalKind, RowVisibility};
use uuid::Uuid;

use super::{Case, note_down};
use crate::app::write::Write;
use crate::app::{Context, Error};
use crate::domain::contact::mentions_a_person;
use crate::store::review::{self as stored, On, facts};
use crate::store::survey::sent::Sent;

/// A case that has just been opened.
pub(super) fn opened(write: &Write<'_>, id: Uuid, kind: CaseKind, visibility: RowVisibility) -> Case {
    Case {
        id: ReviewCaseId(id),
        kind,
        status: CaseStatus::Open,
        subject_id: None,
        organisation_id: None,
        publisher_id: None,
        study_id: None,
        wave_id: None,
        proposer_kind: write.actor().kind(),
        proposer_id: write.actor().id(),
        visibility,
        content: None,
        rfc_hash: None,
        note: None,
        problem: None,
        mentions_person: false,
        opened_at: write.at(),
        assignee_id: None,
        version: 1,
        decided_at: None,
        decided_by: None,
        reason: None,
    }
}

/// Opens a case.
pub(super) async fn open(write: &Write<'_>, ctx: &Context, case: Case) -> Result<Case, Error> {
    stored::insert(write.transaction(), vec![case.clone()]).await?;
    note_down(write, ctx, &case, (CaseStep::Opened, case.note.as_deref().unwrap_or_default(), None)).await?;
    Ok(case)
}

/// Opens a case for a claim that a publisher puts in the place of one on its data.
pub(in crate::app) async fn of_correction(
    write: &Write<'_>,
    ctx: &Context,
    claim: &entity::use_claim::Model,
    (publisher, note): (OrganisationId, Option<String>),
) -> Result<(), Error> {
    let case = Case {
        subject_id: Some(claim.entity_id.0),
        organisation_id: Some(claim.organisation_id),
        publisher_id: Some(publisher),
        wave_id: claim.wave_id,
        mentions_person: note.as_deref().is_some_and(mentions_a_person),
        note,
        ..opened(write, claim.entity_id.0, CaseKind::UseClaim, claim.visibility)
    };
    open(write, ctx, case).await.map(|_| ())
}

/// Opens a case for each thing that sent answers say.
pub(in crate::app) async fn of_sent(
    write: &Write<'_>,
    sent: &Sent,
    (study, wave): (StudyId, WaveId),
) -> Result<(), Error> {
    let datasets: Vec<DatasetId> = sent.uses.iter().filter_map(|row| row.dataset_id.or(row.series_id)).collect();
    let publishers: HashMap<DatasetId, OrganisationId> = facts::datasets(On::Write(write.transaction()), &datasets)
        .await?
        .into_iter()
        .map(|row| (row.entity_id, row.publisher_id))
        .collect();
    let mut cases = Vec::new();
    let base = |id: Uuid, kind, visibility, organisation| Case {
        subject_id: Some(id),
        organisation_id: Some(organisation),
        study_id: Some(study),
        wave_id: Some(wave),
        ..opened(write, id, kind, visibility)
    };
    for row in &sent.uses {
        let dataset = row.dataset_id.or(row.series_id);
        cases.push(Case {
            publisher_id: row.publisher_id.or(dataset.and_then(|id| publishers.get(&id).copied())),
            ..base(row.id.0, CaseKind::UseClaim, row.visibility, row.organisation_id)
        });
    }
    for row in &sent.impacts {
        cases.push(Case {
            problem: row.code_id.is_none().then_some(CaseProblem::NoCode),
            mentions_person: row.rationale.as_deref().is_some_and(mentions_a_person),
            ..base(row.id.0, CaseKind::ImpactClaim, row.visibility, row.organisation_id)
        });
    }
    for row in &sent.proposals {
        let kind = match row.kind {
            ProposalKind::Attribute => CaseKind::Attribute,
            ProposalKind::Code => CaseKind::Code,
            ProposalKind::Use => CaseKind::Use,
            ProposalKind::Observation => CaseKind::Observation,
            ProposalKind::Display => CaseKind::Display,
            // Others decide on these.
            ProposalKind::Rating | ProposalKind::Request => continue,
        };
        // Whether an organisation may be shown is no secret of its answers: it is what the rest depends on.
        let visibility = if kind == CaseKind::Display { RowVisibility::Public } else { row.visibility };
        cases.push(Case {
            problem: (kind == CaseKind::Use).then_some(CaseProblem::Unlisted),
            mentions_person: row.mentions_person,
            ..base(row.id.0, kind, visibility, row.organisation_id)
        });
    }
    Ok(stored::insert(write.transaction(), cases).await?)
}
