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
use crate::app::review::{self, correction};
use crate::app::write::{Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::acknowledgement::{after, note, weighed_as};
use crate::domain::review::{Grounds, Verified, grade as derived};
use crate::domain::violation::{Fault, Violation};
use crate::store;
use crate::store::Transaction;
use crate::store::publisher::claim::{self as stored, Claim, UseClaim};
use crate::store::review::{On, facts};

/// What a publisher answers.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    pub claim: UseClaimId,
    pub decision: VerificationDecision,
    pub note: Option<String>,
    /// What is right, where the claim is corrected.
    pub right: Right,
    /// The answer that stood when this one was made up; left out, whatever stands is answered anew.
    pub seen: Option<Seen>,
}

/// The answer that somebody has seen, where there was one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Seen(pub Option<VerificationId>);

impl Seen {
    /// What a form holds where nothing was answered.
    const NOTHING: &str = "none";

    /// As a form holds it.
    pub fn word(self) -> String {
        self.0.map_or_else(|| Self::NOTHING.to_owned(), |id| id.to_string())
    }

    /// What a form holds; `None` where it says nothing.
    pub fn of(word: &str) -> Option<Self> {
        if word == Self::NOTHING {
            Some(Self(None))
        } else {
            word.parse().ok().map(|id| Self(Some(VerificationId(id))))
        }
    }
}

impl Said {
    /// An answer without words.
    pub fn plain(claim: UseClaimId, decision: VerificationDecision) -> Self {
        Self { claim, decision, note: None, right: Right::default(), seen: None }
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
    // Two answers at once: the second waits here and then sees the first.
    let row = store::edit::naming::<UseClaim>(write.transaction(), "id", &[said.claim.0]).await?.pop();
    let spoken = spoken_in(write.transaction(), actor, write.at()).await?;
    let claim = stored::one(write.transaction(), said.claim, spoken.day()).await?.ok_or(Error::NotFound)?;
    permit(actor, Action::ConfirmAsPublisher, &spoken.about(claim.body))?;
    let mut faults = Vec::new();
    let words = note(said.note.as_deref(), &mut faults);
    let right = right(write.transaction(), &spoken, &claim, said, &mut faults).await?;
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let row = row.ok_or(Error::NotFound)?;
    let last = stored::answer_to(write.transaction(), claim.id).await?;
    let waiting = match &right {
        Some(right) => waiting(write.transaction(), &row, right).await?,
        None => None,
    };
    let is_said = last.as_ref().is_some_and(|last| last.decision == said.decision && last.note == words);
    // Said again: an answer stands, and a correction waits.
    if is_said && waiting.is_some() == (said.decision == VerificationDecision::Corrected) {
        return Ok(Done { claim: claim.id, ack: row.publisher_ack, grade: row.grade, proposed: waiting });
    }
    if said.seen.is_some_and(|seen| seen != Seen(last.map(|last| last.entity_id))) {
        return Err(Error::Conflict("this has been answered meanwhile; look at it again".to_owned()));
    }
    let behalf = spoken.on_behalf_of(claim.body);
    let words_for_review = words.clone();
    note_answer(ctx, write, &row, (said.decision, words), behalf).await?;
    let (ack, grade) = settle(write, row.clone(), said.decision).await?;
    let proposed = match right {
        // The same is proposed already; what is said now stands beside it.
        Some(_) if waiting.is_some() => waiting,
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

impl Corrected {
    /// What a claim says when it is put right.
    fn of(&self, former: UseClaim) -> UseClaim {
        let criticality = self.criticality.unwrap_or(former.criticality);
        match self.dataset {
            None => UseClaim { criticality, ..former },
            Some((dataset, is_series)) => UseClaim {
                criticality,
                distribution_id: None,
                publisher_id: None,
                theme_id: None,
                dataset_id: (!is_series).then_some(dataset),
                series_id: is_series.then_some(dataset),
                ..former
            },
        }
    }
}

/// The same correction of a claim, where it waits for review already.
async fn waiting(transaction: &Transaction, row: &UseClaim, right: &Corrected) -> Result<Option<UseClaimId>, Error> {
    let says = |one: &UseClaim| (one.dataset_id, one.series_id, one.publisher_id, one.criticality);
    let wanted = says(&right.of(row.clone()));
    for other in facts::uses_of(On::Write(transaction), row.organisation_id).await? {
        let is_open = matches!(other.status, ClaimStatus::Proposed | ClaimStatus::UnderReview);
        if is_open && other.asserted_by == AssertedBy::Publisher && says(&other) == wanted {
            let evidence = stored::evidence_rows(transaction, other.entity_id).await?;
            if evidence.iter().find_map(correction::corrects) == Some(row.entity_id) {
                return Ok(Some(other.entity_id));
            }
        }
    }
    Ok(None)
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
    let own = word_of_the_organisation(transaction, row).await?;
    let own = own.map(|own| Verified { role: own.role, decision: own.decision });
    let grounds = Grounds { evidence: &evidence, verified: own.as_slice(), ack, asserted_by: row.asserted_by };
    Ok(derived(&grounds, row.status))
}

/// What the organisation itself has said of a claim last.
async fn word_of_the_organisation(
    transaction: &Transaction,
    row: &UseClaim,
) -> Result<Option<entity::verification::Model>, Error> {
    let said = facts::verifications_of(On::Write(transaction), row.entity_id.0).await?;
    Ok(said.into_iter().find(|one| one.role == VerificationRole::Organisation))
}

/// The claim as the publisher knows it, to be reviewed by somebody else.
async fn propose(
    ctx: &Context,
    write: &mut Write<'_>,
    former: UseClaim,
    right: Corrected,
    behalf: Option<OrganisationId>,
) -> Result<UseClaimId, Error> {
    let id = UseClaimId(ctx.id());
    let (subject, at) = (former.organisation_id.0, write.at());
    let row = UseClaim {
        id,
        entity_id: id,
        asserted_by: AssertedBy::Publisher,
        status: ClaimStatus::Proposed,
        publisher_ack: PublisherAck::Confirmed,
        grade: Grade::B,
        visibility: RowVisibility::Public,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by: None,
        ..right.of(former.clone())
    };
    write.add(row.clone(), subject).await?;
    carry_over(ctx, write, (&former, id), &right).await?;
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
        locator: Some(correction::place(former.entity_id)),
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

/// What speaks of a claim speaks of the corrected one too, as long as both are of the same data (docs/decisions/0024).
async fn carry_over(
    ctx: &Context,
    write: &mut Write<'_>,
    (former, id): (&UseClaim, UseClaimId),
    right: &Corrected,
) -> Result<(), Error> {
    let (subject, at) = (former.organisation_id.0, write.at());
    let cited = stored::evidence_rows(write.transaction(), former.entity_id).await?;
    let ids: Vec<SourceId> = cited.iter().map(|one| one.source_id).collect();
    let sources = facts::sources(On::Write(write.transaction()), &ids).await?;
    for mut one in cited {
        // An earlier word of the publisher has said its part: the new one stands in its place.
        if correction::corrects(&one).is_some() {
            continue;
        }
        let kind = sources.iter().find(|source| source.entity_id == one.source_id).map(|source| source.kind);
        // Answers that were filled in at the desk would pass for the organisation's own word.
        let is_weighed_alike = kind.is_some_and(|kind| weighed_as(kind, former.asserted_by) == kind);
        if right.dataset.is_some() || !is_weighed_alike {
            one.polarity = Polarity::Mentions;
        }
        one.id = EvidenceId(ctx.id());
        (one.entity_id, one.use_claim_id) = (one.id, Some(id));
        (one.recorded_at, one.import_batch_id) = (at, None);
        write.add(one, subject).await?;
    }
    if right.dataset.is_none()
        && let Some(mut own) = word_of_the_organisation(write.transaction(), former).await?
    {
        own.id = VerificationId(ctx.id());
        (own.entity_id, own.use_claim_id) = (own.id, Some(id));
        // Its note is of the former claim, and stays there.
        (own.note, own.recorded_at, own.import_batch_id) = (None, at, None);
        write.add_unseen(own, subject).await?;
    }
    Ok(())
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
