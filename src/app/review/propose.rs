//! What contributors, representatives and all others with a role propose. It waits unseen until a second person has
//! decided.

use chrono::{Datelike as _, NaiveDate};
use entity::id::{EvidenceId, ImpactClaimId, OrganisationId, ReviewCaseId, SourceId, UseClaimId};
use entity::vocabulary::{
    AccessMode, AssertedBy, CaseKind, CaseStatus, ClaimStatus, Consent, Criticality, DatePrecision, Direction, Grade,
    Origin, PublisherAck, Role, RowVisibility, Strength, UseType,
};
use serde::Serialize;
use uuid::Uuid;

use super::accept::{evidence_row, source_of, worded};
use super::intake::{open, opened};
use super::{Case, Event, merged, names::Names, seat, value};
use crate::app::permit::{account, permit};
use crate::app::write::{Once, Write};
use crate::app::{Context, Error};
use crate::domain::access::{Action, Actor, Object, Scope};
use crate::domain::contact::{contact_fault, mentions_a_person};
use crate::domain::instrument::AHEAD;
use crate::domain::review::{Cited, Field, Proposed, Subject, Target, check_cited, check_proposed};
use crate::domain::rfc::PlainRfc;
use crate::domain::violation::{Fault, Violation, of_language};
use crate::store::review::{self as stored, On, facts};

/// How many of their own proposals somebody sees.
const OWN: u64 = 100;
/// The longest purpose and rationale.
const LONGEST: usize = 600;

/// A use of data.
#[derive(Clone, Debug, Serialize)]
pub struct NewUse {
    pub organisation: OrganisationId,
    pub target: Target,
    pub purpose: Option<String>,
    pub lang: String,
    pub criticality: Criticality,
    pub access: AccessMode,
    pub since: Option<i16>,
    pub cited: Cited,
}

/// An impact.
#[derive(Clone, Debug, Serialize)]
pub struct NewImpact {
    pub organisation: OrganisationId,
    /// `sdg` or another list.
    pub dimension: String,
    pub code: String,
    pub rationale: Option<String>,
    pub lang: String,
    pub cited: Cited,
}

/// Something to propose.
#[derive(Clone, Debug, Serialize)]
pub enum New {
    Content(Proposed),
    /// An organisation with the RFC that it gives.
    Registered(Proposed, #[serde(skip)] PlainRfc),
    Use(NewUse),
    Impact(NewImpact),
}

impl New {
    fn mutation(&self) -> &'static str {
        match self {
            Self::Content(Proposed::Organisation { .. }) | Self::Registered(..) => "organisationSubmit",
            Self::Content(Proposed::Dataset { .. }) => "datasetSubmit",
            Self::Content(Proposed::Evidence { .. }) => "evidenceAdd",
            Self::Content(_) => "correctionPropose",
            Self::Use(_) => "useClaimPropose",
            Self::Impact(_) => "impactClaimPropose",
        }
    }
}

/// Proposes something; the case in which it waits.
pub async fn propose(
    ctx: &Context,
    actor: &Actor,
    new: New,
    note: Option<String>,
    key: Option<&str>,
) -> Result<Case, Error> {
    permit(actor, Action::Propose, &Object::platform(ctx.now()))?;
    account(actor)?;
    let (new, rfc_hash) = sealed(ctx, new)?;
    let new = match new {
        New::Registered(proposed, _) | New::Content(proposed) => {
            New::Content(begun(check_proposed(proposed).map_err(Error::Invalid)?, ctx.today())?)
        }
        New::Use(new) => New::Use(checked_use(new, ctx.today())?),
        New::Impact(new) => New::Impact(checked_impact(new)?),
    };
    let note = checked_note(note)?;
    let mut write = Write::begin(ctx, actor).await?;
    let once = Once { mutation: new.mutation(), key };
    if let Some(before) = write.repeated::<Uuid>(once, &(&new, &note, &rfc_hash)).await? {
        let known = stored::case(On::Write(write.transaction()), ReviewCaseId(before)).await?;
        return known.ok_or(Error::NotFound);
    }
    let case = match new {
        New::Registered(proposed, _) | New::Content(proposed) => content(ctx, &write, actor, proposed).await?,
        New::Use(new) => used(ctx, &mut write, actor, new).await?,
        New::Impact(new) => impact(ctx, &mut write, actor, new).await?,
    };
    let mentions = case.content.iter().chain(&note).any(|text| mentions_a_person(text));
    let case = Case { mentions_person: case.mentions_person || mentions, note, rfc_hash, ..case };
    let case = open(&write, ctx, case).await?;
    write.commit("proposed", &case.id.0).await?;
    Ok(case)
}

/// Takes the RFC out of what is proposed and leaves its keyed hash, before anything is stored, compared or printed.
fn sealed(ctx: &Context, new: New) -> Result<(New, Option<String>), Error> {
    let hash = |field: &str, rfc: &str| {
        let key = ctx.rfc_key.as_ref();
        let key =
            key.ok_or_else(|| Violation::new(field, "this site has no key to keep an RFC under; leave it out"))?;
        key.hash(rfc).map_err(|error| Violation::new(field, error.to_string()))
    };
    Ok(match new {
        New::Registered(proposed, rfc) if rfc.0.trim().is_empty() => (New::Content(proposed), None),
        New::Registered(proposed, rfc) => (New::Content(proposed), Some(hash("rfc", &rfc.0)?)),
        New::Content(Proposed::Correction { subject, field: Field::Rfc, value, lang, cited }) => {
            let kept = Some(hash("value", &value)?);
            (New::Content(Proposed::Correction { subject, field: Field::Rfc, value: String::new(), lang, cited }), kept)
        }
        other => (other, None),
    })
}

/// Sectors and areas by their codes, whichever way they were named.
async fn coded(on: On<'_>, proposed: Proposed) -> Result<Proposed, Error> {
    Ok(match proposed {
        Proposed::Organisation { name, lang, kind, website, description, sector, area, locality, cited } => {
            let sector = match sector {
                Some(named) => Some(seat::sector(on, "sector", &named).await?),
                None => None,
            };
            let area = match area {
                Some(named) => Some(seat::area(on, "area", &named).await?.code),
                None => None,
            };
            Proposed::Organisation { name, lang, kind, website, description, sector, area, locality, cited }
        }
        Proposed::Correction { subject, field: field @ (Field::Sector | Field::Area), value, lang, cited } => {
            let value = match field {
                Field::Sector => seat::sector(on, "value", &value).await?,
                _ => seat::area(on, "value", &value).await?.code,
            };
            Proposed::Correction { subject, field, value, lang, cited }
        }
        other => other,
    })
}

async fn content(ctx: &Context, write: &Write<'_>, actor: &Actor, proposed: Proposed) -> Result<Case, Error> {
    let on = On::Write(write.transaction());
    let mut case = opened(write, ctx.id(), CaseKind::Correction, RowVisibility::Public);
    let proposed = coded(on, proposed).await?;
    match &proposed {
        Proposed::Organisation { .. } => case.kind = CaseKind::Organisation,
        Proposed::Dataset { publisher, .. } => {
            if !facts::is_publisher(on, *publisher).await? {
                return Err(Violation::new("publisherId", "this organisation publishes no data").into());
            }
            case.kind = CaseKind::Dataset;
            case.publisher_id = Some(*publisher);
        }
        Proposed::Correction { subject, .. } => about(on, actor, *subject, write.at(), &mut case).await?,
        Proposed::Evidence { claim, .. } => {
            case.kind = CaseKind::Evidence;
            about(on, actor, *claim, write.at(), &mut case).await?;
        }
        // These have ways of their own.
        Proposed::ErrorReport { .. } | Proposed::Dispute { .. } | Proposed::Retraction { .. } => {
            return Err(Error::Forbidden);
        }
    }
    case.content = Some(serde_json::to_string(&proposed).map_err(|error| Error::Internal(error.into()))?);
    Ok(case)
}

/// Notes what a case is about; what the proposer may not see is not found.
pub(super) async fn about(
    on: On<'_>,
    actor: &Actor,
    subject: Subject,
    at: chrono::DateTime<chrono::Utc>,
    case: &mut Case,
) -> Result<(), Error> {
    match subject {
        Subject::Organisation(id) => {
            there(on, actor, id, at).await?;
            (case.subject_id, case.organisation_id) = (Some(id.0), Some(id));
        }
        Subject::Dataset(id) => {
            let public = |row: &entity::dataset::Model| row.visibility == RowVisibility::Public;
            let Some(row) = facts::dataset(on, id).await?.filter(public) else {
                return Err(merged::absent(on, actor, id.0, at).await?);
            };
            (case.subject_id, case.publisher_id) = (Some(id.0), Some(row.publisher_id));
        }
        Subject::UseClaim(id) => {
            let row = facts::use_claim(on, id).await?.ok_or(Error::NotFound)?;
            claim_seen(on, actor, (row.organisation_id, row.status, row.visibility), at).await?;
            (case.subject_id, case.organisation_id) = (Some(id.0), Some(row.organisation_id));
            case.publisher_id = publisher_of(on, &row).await?;
        }
        Subject::ImpactClaim(id) => {
            let row = facts::impact_claim(on, id).await?.ok_or(Error::NotFound)?;
            claim_seen(on, actor, (row.organisation_id, row.status, row.visibility), at).await?;
            (case.subject_id, case.organisation_id) = (Some(id.0), Some(row.organisation_id));
        }
        Subject::Observation(id) => {
            let row = facts::observation(on, id).await?.ok_or(Error::NotFound)?;
            value::seen(on, actor, &row, at).await?;
            (case.subject_id, case.organisation_id) = (Some(id.0), row.organisation_id);
            // What is for sums only is for the reviewer who takes the case.
            case.visibility = row.visibility;
        }
    }
    Ok(())
}

/// Who publishes the data of a claim.
pub(super) async fn publisher_of(on: On<'_>, row: &entity::use_claim::Model) -> Result<Option<OrganisationId>, Error> {
    let dataset = match row.dataset_id.or(row.series_id) {
        Some(id) => facts::dataset(on, id).await?,
        None => None,
    };
    Ok(row.publisher_id.or(dataset.map(|dataset| dataset.publisher_id)))
}

/// Whether somebody may speak for an organisation.
pub(super) fn speaks_for(actor: &Actor, id: OrganisationId, at: chrono::DateTime<chrono::Utc>) -> bool {
    permit(actor, Action::SpeakForOrganisation, &Object::hidden(at).about(id)).is_ok()
}

pub(super) async fn claim_seen(
    on: On<'_>,
    actor: &Actor,
    (organisation, status, visibility): (OrganisationId, ClaimStatus, RowVisibility),
    at: chrono::DateTime<chrono::Utc>,
) -> Result<(), Error> {
    let is_shown =
        matches!(status, ClaimStatus::Accepted | ClaimStatus::Disputed) && visibility == RowVisibility::Public;
    if !is_shown && !speaks_for(actor, organisation, at) && !actor.is(Role::Curator, at) {
        return Err(Error::NotFound);
    }
    seen(on, actor, organisation, at).await
}

pub(super) async fn seen(
    on: On<'_>,
    actor: &Actor,
    id: OrganisationId,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<(), Error> {
    let row = facts::organisation(on, id).await?.ok_or(Error::NotFound)?;
    if is_seen(&row, actor, at) { Ok(()) } else { Err(Error::NotFound) }
}

/// The same of an organisation that is written about: of one that was merged into another it is said where it went.
async fn there(on: On<'_>, actor: &Actor, id: OrganisationId, at: chrono::DateTime<chrono::Utc>) -> Result<(), Error> {
    match seen(on, actor, id, at).await {
        Err(Error::NotFound) => Err(merged::absent(on, actor, id.0, at).await?),
        other => other,
    }
}

/// Whether an actor may see an organisation.
pub(super) fn is_seen(row: &entity::organisation::Model, actor: &Actor, at: chrono::DateTime<chrono::Utc>) -> bool {
    let is_shown = row.visibility == RowVisibility::Public && row.consent != Consent::No;
    is_shown || speaks_for(actor, row.entity_id, at) || actor.is(Role::Curator, at)
}

/// On whose word a claim stands.
fn asserted_by(
    actor: &Actor,
    organisation: OrganisationId,
    publisher: Option<OrganisationId>,
    at: chrono::DateTime<chrono::Utc>,
) -> AssertedBy {
    let of_publisher = actor.account().is_some_and(|account| {
        account.held(at).any(|grant| publisher.is_some_and(|body| grant.scope == Scope::PublisherSubtree(body)))
    });
    if speaks_for(actor, organisation, at) {
        AssertedBy::SelfReported
    } else if actor.is(Role::Curator, at) {
        AssertedBy::Curator
    } else if of_publisher {
        AssertedBy::Publisher
    } else {
        AssertedBy::Contributor
    }
}

async fn used(ctx: &Context, write: &mut Write<'_>, actor: &Actor, new: NewUse) -> Result<Case, Error> {
    let (on, at) = (On::Write(write.transaction()), write.at());
    there(on, actor, new.organisation, at).await?;
    let (dataset, series, publisher, owner) = match new.target {
        Target::Dataset(id) => {
            let public = |row: &entity::dataset::Model| row.visibility == RowVisibility::Public;
            let row = facts::dataset(on, id).await?.filter(public).ok_or(Error::NotFound)?;
            (Some(id).filter(|_| !row.is_series), Some(id).filter(|_| row.is_series), None, row.publisher_id)
        }
        Target::Publisher(id) => {
            if !facts::is_publisher(on, id).await? {
                return Err(Error::NotFound);
            }
            (None, None, Some(id), id)
        }
    };
    let id = UseClaimId(ctx.id());
    let started_on = new.since.and_then(|year| NaiveDate::from_ymd_opt(year.into(), 1, 1));
    let precision = started_on.map(|_| DatePrecision::Year);
    let row = entity::use_claim::Model {
        id,
        organisation_id: new.organisation,
        distribution_id: None,
        dataset_id: dataset,
        series_id: series,
        publisher_id: publisher,
        theme_id: None,
        stated_publisher_id: None,
        via_id: None,
        purpose: new.purpose.as_deref().map(|text| worded(&new.lang, text)),
        use_type: UseType::Unknown,
        criticality: new.criticality,
        access_mode: new.access,
        started_on,
        started_on_precision: precision,
        ended_on: None,
        ended_on_precision: None,
        first_observed_on: Some(at.date_naive()),
        last_observed_on: Some(at.date_naive()),
        wave_id: None,
        response_id: None,
        asserted_by: asserted_by(actor, new.organisation, Some(owner), at),
        origin: Origin::Declared,
        status: ClaimStatus::Proposed,
        grade: Grade::D,
        publisher_ack: PublisherAck::None,
        valid_from: started_on,
        valid_from_precision: precision,
        valid_to: None,
        valid_to_precision: None,
        entity_id: id,
        visibility: RowVisibility::Public,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by: actor.id(),
    };
    let same = |other: &entity::use_claim::Model| {
        super::accept::target(other) == super::accept::target(&row)
            && matches!(other.status, ClaimStatus::Proposed | ClaimStatus::Accepted | ClaimStatus::Disputed)
    };
    if facts::uses_of(on, new.organisation).await?.iter().any(same) {
        let message = "the record has this use already, or it waits for a decision; add evidence to it";
        return Err(Violation::new("targetId", message).of(Fault::Taken).into());
    }
    let case = Case {
        subject_id: Some(id.0),
        organisation_id: Some(new.organisation),
        publisher_id: Some(owner),
        mentions_person: row.purpose.as_deref().is_some_and(mentions_a_person),
        ..opened(write, id.0, CaseKind::UseClaim, RowVisibility::Public)
    };
    let cited = cite(ctx, write, (Some(id), None), &new.cited).await?;
    write.add_unseen(row, new.organisation.0).await?;
    write.add_unseen(cited, new.organisation.0).await?;
    Ok(case)
}

async fn impact(ctx: &Context, write: &mut Write<'_>, actor: &Actor, new: NewImpact) -> Result<Case, Error> {
    let (on, at) = (On::Write(write.transaction()), write.at());
    there(on, actor, new.organisation, at).await?;
    let code = facts::code(on, &new.dimension, &new.code).await?;
    let Some(code) = code else { return Err(Violation::new("code", "the list has no such code").into()) };
    let id = ImpactClaimId(ctx.id());
    let row = entity::impact_claim::Model {
        id,
        organisation_id: new.organisation,
        dataset_id: None,
        use_claim_id: None,
        dimension: new.dimension,
        code_id: Some(code.id),
        text: None,
        direction: Direction::Positive,
        strength: Strength::Primary,
        evidence_level: 1,
        rationale: new.rationale.as_deref().map(|text| worded(&new.lang, text)),
        asserted_by: asserted_by(actor, new.organisation, None, at),
        origin: Origin::Declared,
        confidence: None,
        wave_id: None,
        status: ClaimStatus::Proposed,
        valid_from: None,
        valid_from_precision: None,
        valid_to: None,
        valid_to_precision: None,
        entity_id: id,
        visibility: RowVisibility::Public,
        recorded_at: at,
        superseded_at: None,
        import_batch_id: None,
        created_by: actor.id(),
    };
    let case = Case {
        subject_id: Some(id.0),
        organisation_id: Some(new.organisation),
        mentions_person: row.rationale.as_deref().is_some_and(mentions_a_person),
        ..opened(write, id.0, CaseKind::ImpactClaim, RowVisibility::Public)
    };
    let cited = cite(ctx, write, (None, Some(id)), &new.cited).await?;
    write.add_unseen(row, new.organisation.0).await?;
    write.add_unseen(cited, new.organisation.0).await?;
    Ok(case)
}

/// The evidence of a claim that waits. Its source is seen with the claim, not before.
async fn cite(
    ctx: &Context,
    write: &mut Write<'_>,
    claim: (Option<UseClaimId>, Option<ImpactClaimId>),
    cited: &Cited,
) -> Result<entity::evidence::Model, Error> {
    let known = facts::source_at(On::Write(write.transaction()), &cited.url).await?;
    let source = if let Some(known) = known {
        known.entity_id
    } else {
        let row = source_of(SourceId(ctx.id()), cited, write.at());
        let id = row.entity_id;
        let row = entity::source::Model { visibility: RowVisibility::Private, ..row };
        write.add_unseen(row, id.0).await?;
        id
    };
    let row = evidence_row(ctx.id(), claim, source, cited, write.at());
    Ok(entity::evidence::Model { visibility: RowVisibility::Private, id: EvidenceId(row.id.0), ..row })
}

/// Refuses to correct the year of a founding into one that has not come.
fn begun(proposed: Proposed, today: NaiveDate) -> Result<Proposed, Error> {
    let Proposed::Correction { field: Field::Founded, value, .. } = &proposed else { return Ok(proposed) };
    if value.parse().is_ok_and(|year: i32| year > today.year()) {
        return Err(Violation::new("value", AHEAD).into());
    }
    Ok(proposed)
}

fn checked_use(new: NewUse, today: NaiveDate) -> Result<NewUse, Error> {
    let mut faults = Vec::new();
    let cited = check_cited(new.cited, &mut faults);
    let purpose = short("purpose", new.purpose, &mut faults);
    faults.extend(purpose.as_deref().and_then(|text| contact_fault("purpose", text)));
    faults.extend(of_language(&new.lang));
    if new.since.is_some_and(|year| !(1900..=2100).contains(&year)) {
        faults.push(Violation::new("since", "give a year such as 2014"));
    } else if new.since.is_some_and(|year| i32::from(year) > today.year()) {
        faults.push(Violation::new("since", AHEAD));
    }
    if faults.is_empty() { Ok(NewUse { purpose, cited, ..new }) } else { Err(Error::Invalid(faults)) }
}

fn checked_impact(new: NewImpact) -> Result<NewImpact, Error> {
    let mut faults = Vec::new();
    let cited = check_cited(new.cited, &mut faults);
    let rationale = short("rationale", new.rationale, &mut faults);
    faults.extend(rationale.as_deref().and_then(|text| contact_fault("rationale", text)));
    faults.extend(of_language(&new.lang));
    if new.dimension == "sdg" && rationale.is_none() {
        faults.push(Violation::new("rationale", "say how it contributes to the SDG").of(Fault::Missing));
    }
    if !matches!(new.dimension.as_str(), "sdg" | "sdg_target" | "od500_social_impact" | "od500_data_impact") {
        faults.push(Violation::new("dimension", "name sdg, sdg_target, od500_social_impact or od500_data_impact"));
    }
    if faults.is_empty() { Ok(NewImpact { rationale, cited, ..new }) } else { Err(Error::Invalid(faults)) }
}

fn short(field: &str, text: Option<String>, faults: &mut Vec<Violation>) -> Option<String> {
    let text = text.map(|text| crate::domain::text::one_line(&text)).filter(|text| !text.is_empty());
    if text.as_deref().is_some_and(|text| text.chars().count() > LONGEST) {
        faults.push(Violation::new(field, format!("this has at most {LONGEST} characters")).of(Fault::TooLong));
    }
    text
}

fn checked_note(note: Option<String>) -> Result<Option<String>, Error> {
    let mut faults = Vec::new();
    let note = short("note", note, &mut faults);
    if faults.is_empty() { Ok(note) } else { Err(Error::Invalid(faults)) }
}

/// Something that somebody has proposed.
#[derive(Clone, Debug)]
pub struct Own {
    pub case: Case,
    pub headline: String,
    /// Questions, answers and decisions, in order.
    pub events: Vec<Event>,
    /// The last part of the address of what it has brought into the register, once it is accepted.
    pub made: Option<String>,
}

/// What somebody has proposed, the newest first.
pub async fn own(ctx: &Context, actor: &Actor, lang: &str) -> Result<Vec<Own>, Error> {
    let by = account(actor)?.id;
    permit(actor, Action::Propose, &Object::platform(ctx.now()))?;
    let cases = stored::proposed_by(&ctx.db, by.0, OWN).await?;
    let names = Names::of(On::Record(&ctx.db), &cases, lang).await?;
    let mut out = Vec::with_capacity(cases.len());
    for case in cases {
        let events = stored::events(On::Record(&ctx.db), case.id).await?;
        let headline = names.headline(&case);
        let brings = matches!(case.kind, CaseKind::Organisation | CaseKind::Dataset);
        let made = case.subject_id.filter(|_| brings && case.status == CaseStatus::Accepted);
        let made = made.and_then(|id| names.slug(id)).map(str::to_owned);
        out.push(Own { case, headline, events, made });
    }
    Ok(out)
}

/// The use claims of an organisation that anybody can see, for those who bring evidence: each with what it is of.
pub async fn claims_of(
    ctx: &Context,
    actor: &Actor,
    organisation: OrganisationId,
    lang: &str,
) -> Result<Vec<(UseClaimId, String)>, Error> {
    permit(actor, Action::Propose, &Object::platform(ctx.now()))?;
    let on = On::Record(&ctx.db);
    seen(on, actor, organisation, ctx.now()).await?;
    let mut claims = facts::uses_of(on, organisation).await?;
    claims.retain(|row| {
        matches!(row.status, ClaimStatus::Accepted | ClaimStatus::Disputed) && row.visibility == RowVisibility::Public
    });
    let mut names = Names::of(on, &[], lang).await?;
    names.read(on, claims.iter().flat_map(super::accept::target).flatten().collect()).await?;
    let label = |row: &entity::use_claim::Model| {
        super::accept::target(row)
            .into_iter()
            .flatten()
            .next()
            .and_then(|id| names.label(id))
            .unwrap_or_default()
            .to_owned()
    };
    Ok(claims.iter().map(|row| (row.entity_id, label(row))).collect())
}
