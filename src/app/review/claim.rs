//! A claim of the record with what supports it, and what its reader may do about it: also where no case is about it, as
//! with claims that were imported.

use chrono::{DateTime, Utc};
use entity::id::{OrganisationId, WaveId};
use entity::vocabulary::{CaseKind, ClaimStatus, Grade, RowVisibility, VerificationDecision, VerificationRole};

use super::accept::{Basis, Desk, target};
use super::case::{self, Evidence};
use super::difference::{self, Compared};
use super::names::Names;
use super::propose::{claim_seen, publisher_of, seen, speaks_for};
use super::whole::{self, Waiting};
use super::{Case, amount, decides, value};
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
    /// Whose claim it is: name, and the end of the address of its page. A value may be of an area, a sector or a dataset.
    pub organisation: Option<(String, String)>,
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
    /// All that the sides have said, the newest first, with what they wrote: for those who review.
    pub said: Vec<entity::verification::Model>,
    /// Whether a doubt about it waits for a decision.
    pub is_in_dispute: bool,
    /// The response that it came from, where the whole of it waits to be validated.
    pub response: Option<Waiting>,
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
    /// A value of an indicator.
    Observation,
}

impl Sort {
    /// Every sort.
    pub const ALL: [Self; 4] = [Self::Use, Self::Impact, Self::Sdg, Self::Observation];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Use => "use",
            Self::Impact => "impact",
            Self::Sdg => "sdg",
            Self::Observation => "observation",
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
    let mut values = Vec::new();
    for row in facts::observations_of(on, organisation).await? {
        let is_there = matches!(row.claim_status, ClaimStatus::Accepted | ClaimStatus::Disputed);
        match value::seen(on, actor, &row, at).await {
            Ok(()) if is_there => values.push(row),
            Ok(()) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let mut names = Names::of(on, &[], lang).await?;
    let mut wanted: Vec<uuid::Uuid> = uses.iter().flat_map(target).flatten().collect();
    wanted.extend(impacts.iter().filter_map(|row| row.code_id).map(|code| code.0));
    wanted.extend(values.iter().map(|row| row.indicator_definition_id.0));
    names.read(on, wanted).await?;
    let values: Vec<_> = values
        .iter()
        .map(|row| Listed {
            claim: Subject::Observation(row.entity_id),
            sort: Sort::Observation,
            what: value::line(&names, row),
            status: row.claim_status,
        })
        .collect();
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
    Ok(uses.chain(impacts).chain(values).collect())
}

/// What is read of a claim before it is put into words.
struct Found {
    id: uuid::Uuid,
    organisation: Option<OrganisationId>,
    wave: Option<WaveId>,
    status: ClaimStatus,
    grade: Option<Grade>,
    /// The body whose data it is.
    body: Option<OrganisationId>,
    about: Option<uuid::Uuid>,
    image: serde_json::Value,
    value: Option<value::Observation>,
}

/// Reads a claim that somebody sees.
async fn found(on: On<'_>, actor: &Actor, claim: Subject, at: DateTime<Utc>) -> Result<Found, Error> {
    let internal = |error: serde_json::Error| Error::Internal(error.into());
    Ok(match claim {
        Subject::UseClaim(id) => {
            let row = facts::use_claim(on, id).await?.ok_or(Error::NotFound)?;
            claim_seen(on, actor, (row.organisation_id, row.status, row.visibility), at).await?;
            Found {
                id: id.0,
                organisation: Some(row.organisation_id),
                wave: row.wave_id,
                status: row.status,
                grade: Some(row.grade),
                body: publisher_of(on, &row).await?,
                about: target(&row).into_iter().flatten().next(),
                image: serde_json::to_value(&row).map_err(internal)?,
                value: None,
            }
        }
        Subject::ImpactClaim(id) => {
            let row = facts::impact_claim(on, id).await?.ok_or(Error::NotFound)?;
            claim_seen(on, actor, (row.organisation_id, row.status, row.visibility), at).await?;
            Found {
                id: id.0,
                organisation: Some(row.organisation_id),
                wave: row.wave_id,
                status: row.status,
                grade: None,
                body: None,
                about: row.code_id.map(|code| code.0),
                image: serde_json::to_value(&row).map_err(internal)?,
                value: None,
            }
        }
        Subject::Observation(id) => {
            let row = facts::observation(on, id).await?.ok_or(Error::NotFound)?;
            value::seen(on, actor, &row, at).await?;
            Found {
                id: id.0,
                organisation: row.organisation_id,
                wave: row.wave_id,
                status: row.claim_status,
                grade: None,
                body: None,
                about: Some(row.indicator_definition_id.0),
                image: amount::together(serde_json::to_value(&row).map_err(internal)?),
                value: Some(row),
            }
        }
        Subject::Organisation(_) | Subject::Dataset(_) => return Err(Error::NotFound),
    })
}

/// The cases by which a claim came into the record.
pub(super) async fn origins(on: On<'_>, claim: Subject) -> Result<Vec<Case>, Error> {
    let id = match claim {
        Subject::Observation(id) => {
            let row = facts::observation(on, id).await?.ok_or(Error::NotFound)?;
            return value::origins(on, &row).await;
        }
        Subject::UseClaim(id) => id.0,
        Subject::ImpactClaim(id) => id.0,
        Subject::Organisation(_) | Subject::Dataset(_) => return Ok(Vec::new()),
    };
    let mut cases = stored::of_subject(on, id).await?;
    cases.retain(|case| matches!(case.kind, CaseKind::UseClaim | CaseKind::ImpactClaim));
    Ok(cases)
}

/// Whether somebody may take a claim back: not alone whoever proposed it or had a hand in it.
async fn retracts(on: On<'_>, actor: &Actor, claim: Subject, at: DateTime<Utc>) -> Result<bool, Error> {
    if permit(actor, Action::ReadQueue, &Object::platform(at)).is_err() {
        return Ok(false);
    }
    for case in origins(on, claim).await? {
        match decides(on, actor, &case, at).await {
            Ok(()) => {}
            Err(error @ Error::Internal(_)) => return Err(error),
            Err(_) => return Ok(false),
        }
    }
    Ok(true)
}

/// A claim; what the reader may not see is not found.
pub async fn standing(ctx: &Context, actor: &Actor, claim: Subject, lang: &str) -> Result<Standing, Error> {
    let (on, at) = (On::Record(&ctx.db), ctx.now());
    let disputes = permit(actor, Action::DisputeClaim, &Object::platform(at));
    let found = found(on, actor, claim, at).await?;
    let Found { id, organisation, wave, status, grade, body, about, image, value } = found;
    // What can be seen and not doubted is refused as such.
    disputes?;
    let mut raw = Vec::new();
    difference::fields(table(claim), &serde_json::Value::Null, &image, &mut raw);
    let mut names = Names::of(on, &[], lang).await?;
    let mut wanted = difference::ids(&raw);
    wanted.extend(about);
    wanted.extend(organisation.map(|id| id.0));
    names.read(on, wanted).await?;
    let cases = stored::of_subject(on, id).await?;
    let is_in_dispute = cases.iter().any(|case| case.kind == CaseKind::Dispute && is_open(case.status));
    let stands = status == ClaimStatus::Accepted;
    let row = match organisation {
        Some(id) => Some(facts::organisation(on, id).await?.ok_or(Error::NotFound)?),
        None => None,
    };
    let basis = seen_by_all(Desk { ctx, on, at, target: None }.basis(id).await?);
    let is_reviewer = permit(actor, Action::ReadQueue, &Object::platform(at)).is_ok();
    let label = about.and_then(|id| names.label(id)).unwrap_or_default().to_owned();
    Ok(Standing {
        claim,
        is_public: row.as_ref().is_none_or(|row| {
            row.visibility == RowVisibility::Public && row.consent != entity::vocabulary::Consent::No
        }),
        organisation: row.map(|row| (names.worded(&row.name), row.slug)),
        what: value.as_ref().map_or(label, |row| value::line(&names, row)),
        fields: difference::worded(raw, &names),
        status,
        grade,
        evidence: case::evidence(&basis, None),
        verified: latest(&basis),
        said: if is_reviewer { basis.verifications } else { Vec::new() },
        is_in_dispute,
        response: whole::waiting(ctx, actor, (organisation, wave)).await?,
        may_dispute: stands && !is_in_dispute,
        may_retract: matches!(status, ClaimStatus::Accepted | ClaimStatus::Disputed)
            && retracts(on, actor, claim, at).await?,
        may_verify: grade.is_some() && organisation.is_some_and(|id| speaks_for(actor, id, at)),
        may_acknowledge: match body {
            Some(body) => acknowledges(ctx, actor, body).await?,
            None => false,
        },
    })
}

fn table(claim: Subject) -> &'static str {
    match claim {
        Subject::ImpactClaim(_) => "impact_claim",
        Subject::Observation(_) => "indicator_observation",
        _ => "use_claim",
    }
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
