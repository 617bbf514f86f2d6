//! A case as its reviewer sees it: what is proposed beside what stands, the evidence, what happened so far.

use entity::id::{ImpactClaimId, IndicatorObservationId, ReviewCaseId, UseClaimId};
use entity::vocabulary::{CaseKind, ClaimStatus, Grade, Polarity, ResponseStatus, SourceKind};

use super::accept::{Basis, Desk, content_of, target};
pub use super::difference::Compared;
use super::difference::{self, Raw};
pub use super::duplicates::Duplicate;
use super::names::Names;
use super::row::Image;
use super::whole::{self, Waiting};
use super::{Case, Event, duplicates, is_sealed, object, shown};
use crate::app::permit::permit;
use crate::app::survey::hand;
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor};
use crate::domain::instrument::{Named, Use, take_language};
use crate::domain::review::{Cited, Proposed, Subject, is_open};
use crate::store::review::{self as stored, On, facts};

/// Evidence with its source.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub kind: SourceKind,
    pub title: String,
    pub url: Option<String>,
    pub polarity: Polarity,
    pub locator: Option<String>,
    pub quote: Option<String>,
}

/// Whether the case can be accepted as it is.
#[derive(Clone, Debug)]
pub enum Outlook {
    /// It can; the grade of the claim then, where it is one.
    Ready(Option<Grade>),
    /// It cannot, and why.
    Stuck(String),
    Decided,
}

/// A case with all that a decision needs.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says on its own what the reader may do")]
pub struct Sheet {
    pub case: Case,
    pub headline: String,
    pub names: Names,
    /// Whether what it holds is closed until the reader takes it; then the rest is empty.
    pub is_sealed: bool,
    pub compared: Vec<Compared>,
    pub evidence: Vec<Evidence>,
    pub verifications: Vec<entity::verification::Model>,
    pub outlook: Outlook,
    pub events: Vec<Event>,
    /// Other cases about the same organisation that wait.
    pub others: u64,
    /// Records that may be the same thing, the likeliest first.
    pub duplicates: Vec<Duplicate>,
    /// Whether the reader proposed it, and so may not decide.
    pub is_own: bool,
    /// Whether the reader had a hand in the answers that it came from, and so may not decide.
    pub has_hand: bool,
    /// The value of an indicator that it has brought.
    pub value: Option<IndicatorObservationId>,
    /// The response that it came from, where the whole of it waits to be validated.
    pub response: Option<Waiting>,
    /// What the study has decided of that response, where it is not to count: that it is a duplicate, or not eligible.
    pub set_aside: Option<ResponseStatus>,
    /// All that whoever opened it has written: the note to a proposal, a report, a doubt.
    pub words: Option<String>,
    /// Whether the reader decides on cases.
    pub may_decide: bool,
    /// Whether the reader says what should become of it, and somebody else decides.
    pub may_recommend: bool,
}

/// A case.
pub async fn sheet(ctx: &Context, actor: &Actor, id: ReviewCaseId, lang: &str) -> Result<Sheet, Error> {
    let on = On::Record(&ctx.db);
    let case = stored::case(on, id).await?.ok_or(Error::NotFound)?;
    let about = object(&case, ctx.now());
    let decides = permit(actor, Action::ReadQueue, &about);
    let recommends = permit(actor, Action::RecommendClaim, &about).is_ok();
    let may_decide = decides.is_ok();
    if !recommends {
        decides?;
    }
    let mut names = Names::of(on, std::slice::from_ref(&case), lang).await?;
    let is_own = actor.account().is_some_and(|account| case.proposer_id == Some(account.id.0));
    let has_hand = match hand::apart(on, actor, hand::answered_by(&case)).await {
        Ok(()) => false,
        Err(Error::Conflict(_)) => true,
        Err(error) => return Err(error),
    };
    let others = match case.organisation_id {
        Some(id) => {
            let waiting = stored::Filter { is_open: Some(true), organisation: Some(id), ..Default::default() };
            stored::count(&ctx.db, &waiting).await?.saturating_sub(u64::from(is_open(case.status)))
        }
        None => 0,
    };
    let mut sheet = Sheet {
        headline: String::new(),
        is_sealed: is_sealed(actor, &case, ctx.now()),
        compared: Vec::new(),
        evidence: Vec::new(),
        verifications: Vec::new(),
        outlook: Outlook::Decided,
        events: Vec::new(),
        duplicates: Vec::new(),
        others,
        is_own,
        has_hand,
        value: None,
        response: None,
        set_aside: None,
        words: None,
        may_decide,
        may_recommend: recommends && !is_own,
        names: Names::default(),
        case,
    };
    if sheet.is_sealed {
        sheet.case = Case { content: None, note: None, reason: None, ..sheet.case };
        sheet.names = names;
        return Ok(sheet);
    }
    let desk = Desk { ctx, on, at: ctx.now(), target: None };
    let raw = compare(&desk, &sheet.case, &mut sheet.outlook).await?;
    let (basis, cited) = grounds(&desk, &sheet.case).await?;
    sheet.events = stored::events(on, id).await?;
    sheet.response = whole::waiting(ctx, actor, (sheet.case.organisation_id, sheet.case.wave_id)).await?;
    sheet.set_aside = whole::set_aside(ctx, &sheet.case).await?;
    sheet.value = sheet.events.iter().rev().find_map(brought);
    let mut wanted = difference::ids(&raw);
    wanted.extend(sheet.events.iter().filter_map(|event| event.actor_id));
    names.read(on, wanted).await?;
    sheet.compared = difference::worded(raw, &names);
    sheet.evidence = evidence(&basis, cited);
    sheet.verifications = basis.verifications;
    if may_decide {
        sheet.duplicates = duplicates::of(ctx, actor, &sheet.case).await?;
    }
    sheet.headline = names.headline(&sheet.case);
    sheet.words = written(&sheet.case);
    sheet.names = names;
    Ok(sheet)
}

/// All that whoever opened a case has written; a headline shows the beginning of it.
fn written(case: &Case) -> Option<String> {
    let said = || match content_of(case).ok()? {
        Proposed::ErrorReport { text: said, .. }
        | Proposed::Dispute { reason: said, .. }
        | Proposed::Retraction { reason: said, .. } => Some(said),
        _ => None,
    };
    case.note.clone().or_else(said)
}

/// What accepting would change. A claim is compared as a whole with the one that stands in its place.
async fn compare(desk: &Desk<'_>, case: &Case, outlook: &mut Outlook) -> Result<Vec<Raw>, Error> {
    let planned = if is_open(case.status) { Some(desk.plan(case).await) } else { None };
    *outlook = match &planned {
        Some(Ok(plan)) => match shown::check(&plan.ops) {
            Ok(()) => Outlook::Ready(plan.grade),
            Err(error) => Outlook::Stuck(error.to_string()),
        },
        None | Some(Err(Error::Internal(_))) => Outlook::Decided,
        Some(Err(error)) => Outlook::Stuck(error.to_string()),
    };
    match planned {
        Some(Err(error @ Error::Internal(_))) => return Err(error),
        Some(Ok(plan)) if !matches!(case.kind, CaseKind::UseClaim | CaseKind::ImpactClaim) => {
            let mut raw = difference::of_ops(&plan.ops)?;
            difference::without_audience(&mut raw);
            return Ok(raw);
        }
        _ => {}
    }
    let mut out = Vec::new();
    let image = |row: serde_json::Result<serde_json::Value>| row.map_err(|error| Error::Internal(error.into()));
    match (case.kind, case.subject_id) {
        (CaseKind::UseClaim, Some(id)) => {
            let Some(claim) = facts::use_claim(desk.on, UseClaimId(id)).await? else { return Ok(out) };
            let others = facts::uses_of(desk.on, claim.organisation_id).await?;
            let former = desk.corrected(&claim).await?;
            let is_counted = |other: &&entity::use_claim::Model| {
                matches!(other.status, ClaimStatus::Accepted | ClaimStatus::Disputed)
            };
            let alike = |other: &entity::use_claim::Model| {
                other.entity_id != claim.entity_id && target(other) == target(&claim)
            };
            let mut stands = others.iter().filter(is_counted).find(|other| former == Some(other.entity_id));
            if stands.is_none() && former.is_some() {
                // Another correction of the same claim has taken its place.
                for other in others.iter().filter(is_counted) {
                    if other.entity_id != claim.entity_id && desk.corrected(other).await? == former {
                        stands = Some(other);
                    }
                }
            }
            let stands = stands.or_else(|| others.iter().rev().filter(is_counted).find(|other| alike(other)));
            let before = stands.map(serde_json::to_value).transpose();
            let before = before.map_err(|error| Error::Internal(error.into()))?.unwrap_or_default();
            difference::fields("use_claim", &before, &image(serde_json::to_value(&claim))?, &mut out);
            difference::without_grade(&mut out);
        }
        (CaseKind::Use, Some(id)) => {
            let Some(proposal) = facts::proposal(desk.on, id.into()).await? else { return Ok(out) };
            difference::fields("use_claim", &serde_json::Value::Null, &unlisted(&proposal)?, &mut out);
        }
        (CaseKind::ImpactClaim, Some(id)) => {
            let Some(claim) = facts::impact_claim(desk.on, ImpactClaimId(id)).await? else { return Ok(out) };
            let others = facts::impacts_of(desk.on, claim.organisation_id).await?;
            let stands = others.iter().rev().find(|other| {
                other.entity_id != claim.entity_id
                    && (&other.dimension, other.code_id) == (&claim.dimension, claim.code_id)
                    && matches!(other.status, ClaimStatus::Accepted | ClaimStatus::Disputed)
            });
            let before = stands.map(serde_json::to_value).transpose();
            let before = before.map_err(|error| Error::Internal(error.into()))?.unwrap_or_default();
            difference::fields("impact_claim", &before, &image(serde_json::to_value(&claim))?, &mut out);
        }
        _ => {}
    }
    Ok(out)
}

/// A use of data that is not listed, as it was answered, while it is not known which dataset is meant.
fn unlisted(proposal: &entity::proposal::Model) -> Result<serde_json::Value, Error> {
    let internal = |error: serde_json::Error| Error::Internal(error.into());
    let mut content = serde_json::from_str(&proposal.content).map_err(internal)?;
    take_language(&mut content);
    let used: Use = serde_json::from_value(content).map_err(internal)?;
    let title = match used.what {
        Named::Unlisted(title) => Some(title),
        Named::Dataset(_) | Named::Publisher(_) => None,
    };
    Ok(serde_json::json!({
        "title": title,
        "publisher_id": used.publisher,
        "criticality": used.criticality,
        "access_mode": used.access,
        "started_on": used.since.map(|year| format!("{year}-01-01")),
        "rating": used.rating,
    }))
}

/// The value of an indicator that an event wrote.
fn brought(event: &Event) -> Option<IndicatorObservationId> {
    let images: Vec<Image> = serde_json::from_str(event.written.as_deref()?).ok()?;
    images.into_iter().find(|image| image.table == "indicator_observation").map(|image| image.id.into())
}

/// The recorded grounds of a claim, and what the case cites beside.
async fn grounds(desk: &Desk<'_>, case: &Case) -> Result<(Basis, Option<Cited>), Error> {
    let claim = |subject: Subject| match subject {
        Subject::UseClaim(id) => Some(id.0),
        Subject::ImpactClaim(id) => Some(id.0),
        Subject::Observation(id) => Some(id.0),
        Subject::Organisation(_) | Subject::Dataset(_) => None,
    };
    let (of, cited) = match case.kind {
        CaseKind::UseClaim | CaseKind::ImpactClaim => (case.subject_id, None),
        _ if case.content.is_some() => match content_of(case)? {
            Proposed::Organisation { cited, .. } | Proposed::Dataset { cited, .. } => (None, Some(cited)),
            Proposed::Correction { cited, .. } => (None, cited),
            Proposed::Evidence { claim: of, cited } => (claim(of), Some(cited)),
            Proposed::Dispute { claim: of, .. } | Proposed::Retraction { claim: of, .. } => (claim(of), None),
            Proposed::ErrorReport { .. } => (None, None),
        },
        _ => (None, None),
    };
    Ok((if let Some(id) = of { desk.basis(id).await? } else { Basis::default() }, cited))
}

pub(super) fn evidence(basis: &Basis, cited: Option<Cited>) -> Vec<Evidence> {
    let recorded = basis.evidence.iter().filter_map(|one| {
        let source = basis.sources.iter().find(|source| source.entity_id == one.source_id)?;
        Some(Evidence {
            kind: source.kind,
            title: source.title.clone(),
            url: source.url.clone(),
            polarity: one.polarity,
            locator: one.locator.clone(),
            quote: one.quote.clone(),
        })
    });
    let beside = cited.map(|cited| Evidence {
        kind: cited.kind,
        title: cited.title,
        url: Some(cited.url),
        polarity: cited.polarity,
        locator: None,
        quote: cited.quote,
    });
    recorded.chain(beside).collect()
}
