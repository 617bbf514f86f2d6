//! An organisation as its representative sees it: the own record, what is said of it and in which role, the own answers,
//! and what waits. The representative confirms claims or says that they are wrong.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use entity::id::{AccountId, OrganisationId, UseClaimId, VerificationId};
use entity::vocabulary::{ActorKind, AssertedPart, Role, RowVisibility, VerificationDecision, VerificationRole};

use super::Case;
use super::accept::{Basis, Desk};
use super::names::Names;
use super::propose::publisher_of;
use super::row::{self, Op};
use crate::app::permit::{account, permit};
use crate::app::write::{Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object, Scope};
use crate::domain::instrument::Instrument;
use crate::domain::text::one_line;
use crate::domain::violation::{Fault, Violation};
use crate::store;
use crate::store::review::{self as stored, On, facts};

/// How many cases are shown.
const CASES: u64 = 100;

/// A use claim with its evidence and verifications.
#[derive(Clone, Debug)]
pub struct Claim {
    pub row: entity::use_claim::Model,
    pub what: String,
    pub evidence: usize,
    pub verifications: Vec<entity::verification::Model>,
    /// The names under which it was made, where a merge or a split has changed them since.
    pub asserted: Vec<(AssertedPart, String)>,
}

/// All that is recorded of an organisation, for those who speak for it.
#[derive(Clone, Debug)]
pub struct Own {
    pub row: entity::organisation::Model,
    pub name: String,
    pub claims: Vec<Claim>,
    /// Each with what its wave asked, where that is kept.
    pub answers: Vec<(entity::answer::Model, Option<Arc<Instrument>>)>,
    /// Each with what it is about, and the role in which an account proposed it.
    pub cases: Vec<(Case, String, Option<Role>)>,
}

/// The organisations that somebody speaks for.
pub fn spoken_for(actor: &Actor, at: chrono::DateTime<chrono::Utc>) -> Vec<OrganisationId> {
    let held = actor.account().into_iter().flat_map(|account| account.held(at));
    let held = held.filter(|grant| grant.role == Role::OrganisationRepresentative);
    let mut found: Vec<_> = held
        .filter_map(|grant| match grant.scope {
            Scope::Organisation(id) => Some(id),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The own organisation.
pub async fn own(ctx: &Context, actor: &Actor, id: OrganisationId, lang: &str) -> Result<Own, Error> {
    permit(actor, Action::SpeakForOrganisation, &Object::hidden(ctx.now()).about(id))?;
    let on = On::Record(&ctx.db);
    let row = facts::organisation(on, id).await?.ok_or(Error::NotFound)?;
    let mut cases = stored::about(&ctx.db, id, CASES).await?;
    for case in &mut cases {
        // Who reviews and who reported is a matter of the desk.
        case.assignee_id = None;
    }
    let mut names = Names::of(on, &cases, lang).await?;
    let uses = facts::uses_of(on, id).await?;
    names.read(on, uses.iter().flat_map(super::accept::target).flatten().collect()).await?;
    let ids: Vec<_> = uses.iter().map(|row| row.entity_id.0).collect();
    let asserted = store::rearrangement::names_of(&ctx.db, &ids).await?;
    let mut claims = Vec::with_capacity(uses.len());
    for row in uses {
        let target = super::accept::target(&row).into_iter().flatten().next();
        let evidence = facts::evidence_of(on, row.entity_id.0).await?.len();
        let verifications = facts::verifications_of(on, row.entity_id.0).await?;
        let what = target.and_then(|id| names.label(id)).unwrap_or_default().to_owned();
        let mut names: Vec<(AssertedPart, String)> = Vec::new();
        // The oldest is the one under which it was made.
        for name in asserted.iter().filter(|name| name.claim_id == row.entity_id.0) {
            if !names.iter().any(|(part, _)| *part == name.part) {
                names.push((name.part, name.text.clone()));
            }
        }
        claims.push(Claim { row, what, evidence, verifications, asserted: names });
    }
    let mut listed = Vec::with_capacity(cases.len());
    for case in cases {
        let role = proposed_as(on, &case).await?;
        // What names a person is for the reviewer alone.
        let headline = if case.mentions_person { String::new() } else { names.headline(&case) };
        listed.push((case, headline, role));
    }
    let mut asked = HashMap::new();
    let mut answers = Vec::new();
    for answer in facts::answers_of(on, id).await? {
        let of = answer.response_id;
        if let Entry::Vacant(free) = asked.entry(of) {
            free.insert(ctx.instruments.of_response(&ctx.db, of).await?);
        }
        answers.push((answer, asked[&of].clone()));
    }
    Ok(Own { name: names.worded(&row.name), row, claims, answers, cases: listed })
}

/// The role in which an account proposed a case, of those that it held then: those that decide before those that propose.
async fn proposed_as(on: On<'_>, case: &Case) -> Result<Option<Role>, Error> {
    const ORDER: [Role; 4] = [Role::Curator, Role::AgencyLiaison, Role::Researcher, Role::OrganisationRepresentative];
    let account = case.proposer_id.filter(|_| case.proposer_kind == Some(ActorKind::Account));
    let Some(account) = account else { return Ok(None) };
    let at = case.opened_at;
    let mut held = facts::grants_of(on, AccountId(account)).await?;
    held.retain(|grant| {
        let ends = [grant.ends_at, grant.revoked_at].into_iter().flatten();
        // Whoever speaks for something else proposes as anybody does.
        let about = match grant.role {
            Role::OrganisationRepresentative => case.organisation_id.map(|id| id.0),
            Role::AgencyLiaison => case.publisher_id.map(|id| id.0),
            Role::Researcher => case.study_id.map(|id| id.0),
            _ => grant.scope_id,
        };
        let is_meant = grant.scope_id == about && (about.is_some() || grant.role == Role::Curator);
        is_meant && grant.starts_at <= at && ends.into_iter().all(|end| at < end)
    });
    Ok(ORDER.into_iter().find(|role| held.iter().any(|grant| grant.role == *role)))
}

/// Says in the name of the organisation whether a claim about it is right.
pub async fn confirm(
    ctx: &Context,
    actor: &Actor,
    claim: UseClaimId,
    (decision, note): (VerificationDecision, &str),
    key: Option<&str>,
) -> Result<entity::use_claim::Model, Error> {
    let note = Some(one_line(note)).filter(|text| !text.is_empty());
    let needs_note = matches!(decision, VerificationDecision::NotRecognised | VerificationDecision::Corrected);
    if needs_note && note.is_none() {
        return Err(Violation::new("note", "say what is wrong").of(Fault::Missing).into());
    }
    if note.as_deref().is_some_and(|text| text.chars().count() > 600) {
        return Err(Violation::new("note", "a note has at most 600 characters").of(Fault::TooLong).into());
    }
    let mut write = Write::begin(ctx, actor).await?;
    let once = Once { mutation: "claimVerify", key };
    let is_repeated = write.repeated::<()>(once, &(claim, decision, &note)).await?.is_some();
    let on = On::Write(write.transaction());
    let row = facts::use_claim(on, claim).await?.ok_or(Error::NotFound)?;
    let object = Object::hidden(write.at()).about(row.organisation_id);
    permit(actor, Action::SpeakForOrganisation, &object)?;
    account(actor)?;
    if is_repeated {
        return Ok(row);
    }
    let id = VerificationId(ctx.id());
    let verification = entity::verification::Model {
        id,
        use_claim_id: Some(claim),
        impact_claim_id: None,
        organisation_id: Some(row.organisation_id),
        role: VerificationRole::Organisation,
        decision,
        note,
        verified_at: write.at(),
        entity_id: id,
        visibility: RowVisibility::Private,
        recorded_at: write.at(),
        superseded_at: None,
        import_batch_id: None,
        created_by: actor.id(),
    };
    let desk = Desk { ctx, on, at: write.at(), target: None };
    let mut basis: Basis = desk.basis(claim.0).await?;
    basis.verifications.insert(0, verification.clone());
    let grade = basis.grade(&[], (row.publisher_ack, row.asserted_by), row.status);
    // Who confirms a use, or puts it right, has seen it now; who denies it has not.
    let is_seen = matches!(decision, VerificationDecision::Confirmed | VerificationDecision::Corrected);
    let last_observed_on = if is_seen { Some(write.at().date_naive()) } else { row.last_observed_on };
    let graded = entity::use_claim::Model { grade, last_observed_on, ..row.clone() };
    let subject = row.organisation_id.0;
    write.add_unseen(verification, subject).await?;
    let ops = vec![Op::Replace(row.into(), graded.clone().into())];
    row::apply(&mut write, ops, subject).await?;
    write.commit(reason(decision), &()).await?;
    Ok(graded)
}

/// What stands in the history.
fn reason(decision: VerificationDecision) -> &'static str {
    match decision {
        VerificationDecision::Confirmed => "claim confirmed by its organisation",
        VerificationDecision::Corrected => "claim corrected by its organisation",
        VerificationDecision::NotRecognised => "claim not recognised by its organisation",
        VerificationDecision::CannotTell => "its organisation cannot tell",
    }
}

/// Who publishes the data of a claim, for those who list claims.
pub async fn publisher(ctx: &Context, row: &entity::use_claim::Model) -> Result<Option<OrganisationId>, Error> {
    publisher_of(On::Record(&ctx.db), row).await
}
