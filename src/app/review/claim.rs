//! A claim of the record with what supports it, and what its reader may do about it: also where no case is about it, as
//! with claims that were imported.

use entity::id::OrganisationId;
use entity::vocabulary::{CaseKind, ClaimStatus, Grade, RowVisibility, VerificationDecision, VerificationRole};

use super::accept::{Basis, Desk, target};
use super::case::{self, Evidence};
use super::difference::{self, Compared};
use super::names::Names;
use super::object;
use super::propose::{claim_seen, publisher_of, seen, speaks_for};
use crate::app::permit::permit;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object};
use crate::domain::review::{Subject, is_open};
use crate::store::review::{self as stored, On, facts};

/// A claim as somebody sees it who may doubt it.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says on its own what the reader may do")]
pub struct Standing {
    pub claim: Subject,
    /// Whose claim it is: name, and the end of the address of its page.
    pub organisation: (String, String),
    /// Whether everybody may see that organisation.
    pub is_public: bool,
    /// What it is about, in a line.
    pub what: String,
    pub fields: Vec<Compared>,
    pub status: ClaimStatus,
    pub grade: Option<Grade>,
    pub evidence: Vec<Evidence>,
    /// What each side has said; what it wrote to go with it is not for everybody.
    pub verified: Vec<(VerificationRole, VerificationDecision)>,
    /// Whether a doubt about it waits for a decision.
    pub is_in_dispute: bool,
    pub may_dispute: bool,
    pub may_retract: bool,
    /// Whether the reader says in the name of the organisation whether it is right.
    pub may_verify: bool,
    /// Whether the reader answers it in the name of the body whose data it is.
    pub may_acknowledge: bool,
}

/// What sort of claim one is, in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The use of data.
    Use,
    /// What came of it.
    Impact,
    /// A goal of sustainable development that it serves.
    Sdg,
}

impl Sort {
    /// Every sort.
    pub const ALL: [Self; 3] = [Self::Use, Self::Impact, Self::Sdg];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Use => "use",
            Self::Impact => "impact",
            Self::Sdg => "sdg",
        }
    }

    /// The sort of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word)
    }
}

/// A claim in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub claim: Subject,
    pub sort: Sort,
    /// What it is about, in a line.
    pub what: String,
    pub status: ClaimStatus,
}

/// The claims of an organisation that everybody may see, of every sort, for whoever may doubt them.
pub async fn of_organisation(
    ctx: &Context,
    actor: &Actor,
    organisation: OrganisationId,
    lang: &str,
) -> Result<Vec<Listed>, Error> {
    let (on, at) = (On::Record(&ctx.db), ctx.now());
    permit(actor, Action::DisputeClaim, &Object::platform(at))?;
    seen(on, actor, organisation, at).await?;
    let is_seen = |status: ClaimStatus, visibility: RowVisibility| {
        matches!(status, ClaimStatus::Accepted | ClaimStatus::Disputed) && visibility == RowVisibility::Public
    };
    let mut uses = facts::uses_of(on, organisation).await?;
    uses.retain(|row| is_seen(row.status, row.visibility));
    let mut impacts = facts::impacts_of(on, organisation).await?;
    impacts.retain(|row| is_seen(row.status, row.visibility));
    let mut names = Names::of(on, &[], lang).await?;
    let mut wanted: Vec<uuid::Uuid> = uses.iter().flat_map(target).flatten().collect();
    wanted.extend(impacts.iter().filter_map(|row| row.code_id).map(|code| code.0));
    names.read(on, wanted).await?;
    let label = |id: Option<uuid::Uuid>| id.and_then(|id| names.label(id)).map(str::to_owned);
    let uses = uses.iter().map(|row| Listed {
        claim: Subject::UseClaim(row.entity_id),
        sort: Sort::Use,
        what: label(target(row).into_iter().flatten().next()).unwrap_or_default(),
        status: row.status,
    });
    let impacts = impacts.iter().map(|row| Listed {
        claim: Subject::ImpactClaim(row.entity_id),
        sort: if row.dimension == "sdg" { Sort::Sdg } else { Sort::Impact },
        what: label(row.code_id.map(|code| code.0)).or_else(|| row.text.clone()).unwrap_or_default(),
        status: row.status,
    });
    Ok(uses.chain(impacts).collect())
}

/// A claim; what the reader may not see is not found.
pub async fn standing(ctx: &Context, actor: &Actor, claim: Subject, lang: &str) -> Result<Standing, Error> {
    let (on, at) = (On::Record(&ctx.db), ctx.now());
    let disputes = permit(actor, Action::DisputeClaim, &Object::platform(at));
    let found = match claim {
        Subject::UseClaim(id) => {
            let row = facts::use_claim(on, id).await?.ok_or(Error::NotFound)?;
            let body = publisher_of(on, &row).await?;
            let about = target(&row).into_iter().flatten().next();
            let image = serde_json::to_value(&row);
            (id.0, row.organisation_id, row.status, row.visibility, Some(row.grade), body, about, image)
        }
        Subject::ImpactClaim(id) => {
            let row = facts::impact_claim(on, id).await?.ok_or(Error::NotFound)?;
            let about = row.code_id.map(|code| code.0);
            let image = serde_json::to_value(&row);
            (id.0, row.organisation_id, row.status, row.visibility, None, None, about, image)
        }
        Subject::Organisation(_) | Subject::Dataset(_) => return Err(Error::NotFound),
    };
    let (id, organisation, status, visibility, grade, body, about, image) = found;
    claim_seen(on, actor, (organisation, status, visibility), at).await?;
    // What can be seen and not doubted is refused as such.
    disputes?;
    let image = image.map_err(|error| Error::Internal(error.into()))?;
    let mut raw = Vec::new();
    difference::fields(table(claim), &serde_json::Value::Null, &image, &mut raw);
    let mut names = Names::of(on, &[], lang).await?;
    let mut wanted = difference::ids(&raw);
    wanted.extend(about);
    wanted.push(organisation.0);
    names.read(on, wanted).await?;
    let cases = stored::of_subject(on, id).await?;
    let is_in_dispute = cases.iter().any(|case| case.kind == CaseKind::Dispute && is_open(case.status));
    let stands = status == ClaimStatus::Accepted;
    // Whoever proposed the claim does not take it back alone.
    let retracts = permit(actor, Action::ReadQueue, &Object::platform(at)).is_ok()
        && cases
            .iter()
            .filter(|case| matches!(case.kind, CaseKind::UseClaim | CaseKind::ImpactClaim))
            .all(|case| permit(actor, Action::DecideClaim, &object(case, at)).is_ok());
    let row = facts::organisation(on, organisation).await?.ok_or(Error::NotFound)?;
    let basis = seen_by_all(Desk { ctx, on, at, target: None }.basis(id).await?);
    Ok(Standing {
        claim,
        organisation: (names.worded(&row.name), row.slug),
        is_public: row.visibility == RowVisibility::Public && row.consent != entity::vocabulary::Consent::No,
        what: about.and_then(|id| names.label(id)).unwrap_or_default().to_owned(),
        fields: difference::worded(raw, &names),
        status,
        grade,
        evidence: case::evidence(&basis, None),
        verified: latest(&basis),
        is_in_dispute,
        may_dispute: stands && !is_in_dispute,
        may_retract: retracts && matches!(status, ClaimStatus::Accepted | ClaimStatus::Disputed),
        may_verify: grade.is_some() && speaks_for(actor, organisation, at),
        may_acknowledge: match body {
            Some(body) => acknowledges(ctx, actor, body).await?,
            None => false,
        },
    })
}

fn table(claim: Subject) -> &'static str {
    if matches!(claim, Subject::ImpactClaim(_)) { "impact_claim" } else { "use_claim" }
}

async fn acknowledges(ctx: &Context, actor: &Actor, body: OrganisationId) -> Result<bool, Error> {
    match crate::app::publisher::claim::bodies(ctx, actor).await {
        Ok(bodies) => Ok(bodies.iter().any(|one| one.id == body)),
        Err(Error::Forbidden | Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The grounds that are not of one side alone.
fn seen_by_all(mut basis: Basis) -> Basis {
    basis.evidence.retain(|one| one.visibility == RowVisibility::Public);
    basis.sources.retain(|one| one.visibility == RowVisibility::Public);
    basis
}

/// The latest word of each side.
fn latest(basis: &Basis) -> Vec<(VerificationRole, VerificationDecision)> {
    let mut latest: Vec<(VerificationRole, VerificationDecision)> = Vec::new();
    for one in &basis.verifications {
        if latest.iter().all(|(role, _)| *role != one.role) {
            latest.push((one.role, one.decision));
        }
    }
    latest
}
