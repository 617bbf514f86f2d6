//! The publisher's answer to a claim on its data: it is so, it is otherwise, it is not known here, or nobody can tell.
//! An answer is a row that never changes; how the claim stands with its publisher and its grade follow from the last.

use entity::id::{DatasetId, EvidenceId, OrganisationId, SourceId, UseClaimId, VerificationId};
use entity::vocabulary::{
    AssertedBy, ClaimStatus, Criticality, Grade, Polarity, PublisherAck, RowVisibility, SourceKind,
    VerificationDecision, VerificationRole,
};
use serde::{Deserialize, Serialize};

use super::{Spoken, spoken_in};
use crate::app::permit::permit;
use crate::app::review;
use crate::app::write::{Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::acknowledgement::{after, note, weighed_as};
use crate::domain::grade::{Weighed, derive};
use crate::domain::violation::{Fault, Violation};
use crate::store;
use crate::store::Transaction;
use crate::store::publisher::claim::{self as stored, Claim, UseClaim};

/// What a publisher answers.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    pub claim: UseClaimId,
    pub decision: VerificationDecision,
    pub note: Option<String>,
    /// What is right, where the claim is corrected.
    pub right: Right,
}

impl Said {
    /// An answer without words.
    pub fn plain(claim: UseClaimId, decision: VerificationDecision) -> Self {
        Self { claim, decision, note: None, right: Right::default() }
    }
}

/// What is right in place of what a claim says; what is left out stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Right {
    pub dataset: Option<DatasetId>,
    pub criticality: Option<Criticality>,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    pub claim: UseClaimId,
    pub ack: PublisherAck,
    pub grade: Grade,
    /// The claim that waits for review in place of a corrected one.
    pub proposed: Option<UseClaimId>,
}

/// Answers a claim in the name of its publisher.
pub async fn verify(ctx: &Context, actor: &Actor, said: &Said, key: Option<&str>) -> Result<Done, Error> {
    let mut write = Write::begin(ctx, actor).await?;
    if let Some(done) = write.repeated(Once { mutation: "claimConfirm", key }, said).await? {
        return Ok(done);
    }
    let done = answer(ctx, &mut write, actor, said).await?;
    write.commit(reason(said.decision), &done).await?;
    Ok(done)
}

/// What stands in the history.
pub(super) fn reason(decision: VerificationDecision) -> &'static str {
    match decision {
        VerificationDecision::Confirmed => "confirmed by the publisher",
        VerificationDecision::Corrected => "corrected by the publisher",
        VerificationDecision::NotRecognised => "not recognised by the publisher",
        VerificationDecision::CannotTell => "the publisher cannot tell",
    }
}

/// Answers one claim inside a write.
pub(super) async fn answer(ctx: &Context, write: &mut Write<'_>, actor: &Actor, said: &Said) -> Result<Done, Error> {
    let spoken = spoken_in(write.transaction(), actor, write.at()).await?;
    let claim = stored::one(write.transaction(), said.claim, spoken.day()).await?.ok_or(Error::NotFound)?;
    permit(actor, Action::ConfirmAsPublisher, &spoken.about(claim.body))?;
    let mut faults = Vec::new();
    let words = note(said.note.as_deref(), &mut faults);
    let right = right(write.transaction(), &spoken, &claim, said, &mut faults).await?;
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let row: UseClaim = store::edit::by_id(write.transaction(), claim.id.0).await?.ok_or(Error::NotFound)?;
    let last = stored::answer_to(write.transaction(), claim.id).await?;
    let is_said = last.is_some_and(|last| last.decision == said.decision && last.note == words);
    if is_said && said.decision != VerificationDecision::Corrected {
        return Ok(Done { claim: claim.id, ack: row.publisher_ack, grade: row.grade, proposed: None });
    }
    let behalf = spoken.on_behalf_of(claim.body);
    let words_for_review = words.clone();
    note_answer(ctx, write, &row, (said.decision, words), behalf).await?;
    let (ack, grade) = settle(write, row.clone(), said.decision).await?;
    let proposed = match right {
        Some(right) => {
            let id = propose(ctx, write, row, right, behalf).await?;
            let proposed: UseClaim = store::edit::by_id(write.transaction(), id.0).await?.ok_or(Error::NotFound)?;
            review::intake::of_correction(write, ctx, &proposed, (claim.body, words_for_review)).await?;
            Some(id)
        }
        None => None,
    };
    Ok(Done { claim: claim.id, ack, grade, proposed })
}

/// What is right, or what is wrong with it.
async fn right(
    transaction: &Transaction,
    spoken: &Spoken,
    claim: &Claim,
    said: &Said,
    faults: &mut Vec<Violation>,
) -> Result<Option<Corrected>, Error> {
    let Right { dataset, criticality } = said.right;
    if said.decision != VerificationDecision::Corrected {
        if said.right != Right::default() {
            faults.push(Violation::new("right", "only a correction says what is right instead"));
        }
        return Ok(None);
    }
    let dataset = dataset.filter(|&id| claim.dataset != Some(id));
    let criticality = criticality.filter(|&criticality| criticality != claim.criticality);
    if dataset.is_none() && criticality.is_none() {
        let message = "say what is right: another dataset, or how much depends on it";
        faults.push(Violation::new("right", message).of(Fault::Missing));
        return Ok(None);
    }
    let Some(id) = dataset else { return Ok(Some(Corrected { dataset: None, criticality })) };
    match stored::dataset(transaction, id).await? {
        Some((publisher, is_series)) if spoken.bodies.contains(&publisher) => {
            Ok(Some(Corrected { dataset: Some((id, is_series)), criticality }))
        }
        Some(_) => {
            let message =
                "this dataset is of a body that you do not speak for; say 'not recognised' and name it in the note";
            faults.push(Violation::new("right.dataset", message));
            Ok(None)
        }
        None => {
            faults.push(Violation::new("right.dataset", "there is no dataset of this id"));
            Ok(None)
        }
    }
}

struct Corrected {
    dataset: Option<(DatasetId, bool)>,
    criticality: Option<Criticality>,
}

/// Writes the answer down.
async fn note_answer(
    ctx: &Context,
    write: &mut Write<'_>,
    claim: &UseClaim,
    (decision, note): (VerificationDecision, Option<String>),
    behalf: Option<OrganisationId>,
) -> Result<(), Error> {
    let id = VerificationId(ctx.id());
    let row = entity::verification::Model {
        id,
        use_claim_id: Some(claim.entity_id),
        impact_claim_id: None,
        organisation_id: behalf,
        role: VerificationRole::Publisher,
        decision,
        note,
        verified_at: write.at(),
        entity_id: id,
        visibility: claim.visibility,
        recorded_at: write.at(),
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    };
    write.add(row, claim.organisation_id.0).await
}

/// How the claim stands now, and its grade.
async fn settle(
    write: &mut Write<'_>,
    row: UseClaim,
    decision: VerificationDecision,
) -> Result<(PublisherAck, Grade), Error> {
    let ack = after(decision);
    let grade = grade(write.transaction(), &row, ack).await?;
    if (ack, grade) != (row.publisher_ack, row.grade) {
        let organisation = row.organisation_id.0;
        let now = UseClaim { publisher_ack: ack, grade, ..row.clone() };
        write.replace(row, now, organisation).await?;
    }
    Ok((ack, grade))
}

/// The grade that a claim has when it stands so with its publisher.
pub(super) async fn grade(transaction: &Transaction, row: &UseClaim, ack: PublisherAck) -> Result<Grade, Error> {
    let evidence = stored::weighed(transaction, row.entity_id).await?;
    let evidence: Vec<Weighed> =
        evidence.into_iter().map(|one| Weighed { kind: weighed_as(one.kind, row.asserted_by), ..one }).collect();
    Ok(derive(&evidence, ack, row.status))
}

/// The claim as the publisher knows it, to be reviewed by somebody else. What supported the former one is mentioned.
async fn propose(
    ctx: &Context,
    write: &mut Write<'_>,
    former: UseClaim,
    right: Corrected,
    behalf: Option<OrganisationId>,
) -> Result<UseClaimId, Error> {
    let id = UseClaimId(ctx.id());
    let (subject, at) = (former.organisation_id.0, write.at());
    let mentioned = stored::evidence_rows(write.transaction(), former.entity_id).await?;
    let mut row = UseClaim {
        id,
        entity_id: id,
        criticality: right.criticality.unwrap_or(former.criticality),
        asserted_by: AssertedBy::Publisher,
        status: ClaimStatus::Proposed,
        publisher_ack: PublisherAck::Confirmed,
        grade: Grade::B,
        visibility: RowVisibility::Public,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
        ..former
    };
    if let Some((dataset, is_series)) = right.dataset {
        (row.distribution_id, row.publisher_id, row.theme_id) = (None, None, None);
        row.dataset_id = (!is_series).then_some(dataset);
        row.series_id = is_series.then_some(dataset);
    }
    write.add(row.clone(), subject).await?;
    for mut one in mentioned {
        one.id = EvidenceId(ctx.id());
        one.entity_id = one.id;
        one.use_claim_id = Some(id);
        one.polarity = Polarity::Mentions;
        (one.recorded_at, one.import_batch_id) = (at, None);
        write.add(one, subject).await?;
    }
    let source = word_of_the_publisher(ctx, write).await?;
    let evidence = EvidenceId(ctx.id());
    let supports = entity::evidence::Model {
        id: evidence,
        use_claim_id: Some(id),
        impact_claim_id: None,
        observation_id: None,
        relation_id: None,
        source_id: source,
        polarity: Polarity::Supports,
        locator: Some(format!("use_claim:{}", former.entity_id)),
        quote: None,
        entity_id: evidence,
        visibility: RowVisibility::Public,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    };
    write.add(supports, subject).await?;
    note_answer(ctx, write, &row, (VerificationDecision::Confirmed, None), behalf).await?;
    Ok(id)
}

/// The source that a correction is cited as.
async fn word_of_the_publisher(ctx: &Context, write: &mut Write<'_>) -> Result<SourceId, Error> {
    let id = SourceId(ctx.id());
    let source = entity::source::Model {
        id,
        kind: SourceKind::CuratorNote,
        title: "Correction by the publisher".to_owned(),
        url: None,
        archived_url: None,
        author: None,
        published_on: None,
        accessed_at: Some(write.at()),
        licence: None,
        lang: Some("en".to_owned()),
        content_hash: None,
        study_id: None,
        entity_id: id,
        visibility: RowVisibility::Public,
        recorded_at: write.at(),
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
    };
    write.add(source, id.0).await?;
    Ok(id)
}
