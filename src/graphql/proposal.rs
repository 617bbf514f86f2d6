//! What contributors propose and visitors report. It waits for a second person; nobody else sees it before.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use entity::id::OrganisationId;

use super::caller::{access, caller};
use super::language::Language;
use super::may::May;
use super::node::{id, uuid_of};
use super::outcome::{UserError, settle};
use super::snapshot::current;
use super::vocabulary::{AccessMode, Criticality, OrganisationKind, Polarity, SourceKind};
use crate::app;
use crate::app::review::Case;
use crate::app::review::propose::{self, New, NewImpact, NewUse};
use crate::app::review::report::{self, Said};
use crate::domain::access::Action;
use crate::domain::review::{Cited, Field, Proposed, Subject, Target};

/// Proposals and reports.
#[derive(Default)]
pub struct ProposalMutation;

/// How far a proposal has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::CaseStatus")]
pub enum ProposalStatus {
    /// Nobody has begun.
    Open,
    /// Somebody looks at it.
    UnderReview,
    /// There is a question to be answered.
    Asked,
    /// It was accepted.
    Accepted,
    /// It was rejected.
    Rejected,
}

/// Something that was proposed and waits.
#[derive(Clone, Debug, SimpleObject)]
pub struct Proposal {
    /// Global id, `case:uuid`.
    id: ID,
    /// How far it has come.
    status: ProposalStatus,
}

/// What a proposal came to.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProposalPayload {
    /// What was proposed; null where nothing was.
    proposal: Option<Proposal>,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// Where something can be read.
#[derive(Clone, Debug, InputObject)]
pub struct EvidenceInput {
    /// An address that anybody can open.
    url: String,
    /// What sort of source it is.
    kind: SourceKind,
    /// Its title; without one, the name of its site.
    title: Option<String>,
    /// The sentence that says it, at most 300 characters.
    quote: Option<String>,
    /// What it does to the claim.
    #[graphql(default_with = "Polarity::Supports")]
    polarity: Polarity,
}

impl From<EvidenceInput> for Cited {
    fn from(input: EvidenceInput) -> Self {
        Self {
            url: input.url,
            kind: input.kind.into(),
            title: input.title.unwrap_or_default(),
            quote: input.quote,
            polarity: input.polarity.into(),
        }
    }
}

/// What `organisationSubmit` takes.
#[derive(Clone, Debug, InputObject)]
pub struct OrganisationSubmitInput {
    /// Its name.
    name: String,
    /// The language of the texts.
    lang: Language,
    /// What sort of organisation it is.
    kind: OrganisationKind,
    /// Its website.
    website: Option<String>,
    /// What it does.
    description: Option<String>,
    /// The sector in which it uses data, a code of `od500_category` such as `energy`.
    sector: Option<String>,
    /// The state or country of its seat, by its ISO 3166 code, such as `MX-JAL` or `MX`; without one it is on no map.
    area: Option<String>,
    /// The city or town of its seat; needs the area.
    locality: Option<String>,
    /// Where it can be read that it uses government data.
    evidence: EvidenceInput,
    /// A word to whoever decides.
    note: Option<String>,
    /// The sender's own name for this request: repeated, it is done once.
    idempotency_key: Option<String>,
}

/// What `datasetSubmit` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DatasetSubmitInput {
    /// Its title.
    title: String,
    /// The language of the texts.
    lang: Language,
    /// Who publishes it, `publisher:uuid`.
    publisher_id: ID,
    /// Where it is offered.
    landing_page: Option<String>,
    /// What it holds.
    description: Option<String>,
    /// Where it can be seen.
    evidence: EvidenceInput,
    /// A word to whoever decides.
    note: Option<String>,
    /// The sender's own name for this request: repeated, it is done once.
    idempotency_key: Option<String>,
}

/// What `useClaimPropose` takes.
#[derive(Clone, Debug, InputObject)]
pub struct UseClaimProposeInput {
    /// Who uses it, `organisation:uuid`.
    organisation_id: ID,
    /// What is used, `dataset:uuid` or `publisher:uuid`.
    target_id: ID,
    /// What it is used for, at most 600 characters.
    purpose: Option<String>,
    /// The language of the text.
    lang: Language,
    /// How much it matters.
    criticality: Criticality,
    /// How it is obtained.
    access_mode: AccessMode,
    /// The year since when.
    since: Option<i32>,
    /// Where it can be read.
    evidence: EvidenceInput,
    /// A word to whoever decides.
    note: Option<String>,
    /// The sender's own name for this request: repeated, it is done once.
    idempotency_key: Option<String>,
}

/// What `impactClaimPropose` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ImpactClaimProposeInput {
    /// Whose impact it is, `organisation:uuid`.
    organisation_id: ID,
    /// The list, such as `sdg`.
    dimension: String,
    /// The code in the list, such as `13`.
    code: String,
    /// How; needed for goals, at most 600 characters.
    rationale: Option<String>,
    /// The language of the text.
    lang: Language,
    /// Where it can be read.
    evidence: EvidenceInput,
    /// A word to whoever decides.
    note: Option<String>,
    /// The sender's own name for this request: repeated, it is done once.
    idempotency_key: Option<String>,
}

/// What `correctionPropose` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CorrectionProposeInput {
    /// The record, `organisation:uuid`, `publisher:uuid` or `dataset:uuid`.
    subject_id: ID,
    /// The property: `name`, `website`, `description`, `kind`, `size_band`, `founded`, `status`, `sector`, `area`, `locality`, `landing_page`, `licence`; `rfc`,
    /// of which a keyed hash is kept and nothing else.
    field: String,
    /// What would be right.
    value: String,
    /// The language of a text.
    lang: Language,
    /// Where it can be read.
    evidence: Option<EvidenceInput>,
    /// A word to whoever decides.
    note: Option<String>,
    /// The sender's own name for this request: repeated, it is done once.
    idempotency_key: Option<String>,
}

/// What `evidenceAdd` takes.
#[derive(Clone, Debug, InputObject)]
pub struct EvidenceAddInput {
    /// The claim, `use_claim:uuid`, `impact_claim:uuid` or `observation:uuid`.
    claim_id: ID,
    /// Where it can be read.
    evidence: EvidenceInput,
    /// A word to whoever decides.
    note: Option<String>,
    /// The sender's own name for this request: repeated, it is done once.
    idempotency_key: Option<String>,
}

/// What `errorReport` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ErrorReportInput {
    /// The page, such as `/organisations/empresa`.
    about: String,
    /// What is wrong on it. Name no persons.
    text: String,
    /// The sender's own name for this request: repeated within 24 hours, it is one report.
    idempotency_key: Option<String>,
}

/// Whether a report was taken.
#[derive(Clone, Debug, SimpleObject)]
pub struct ErrorReportPayload {
    /// Whether it waits for somebody to look at it now.
    is_accepted: bool,
    /// What the sender can put right.
    user_errors: Vec<UserError>,
}

/// Proposals and reports.
#[Object]
impl ProposalMutation {
    /// Proposes an organisation that is not in the register.
    #[graphql(guard = "May(Action::Propose)")]
    async fn organisation_submit(&self, ctx: &Context<'_>, input: OrganisationSubmitInput) -> Result<ProposalPayload> {
        let new = New::Content(Proposed::Organisation {
            name: input.name,
            lang: word(input.lang),
            kind: input.kind.into(),
            website: input.website,
            description: input.description,
            sector: input.sector,
            area: input.area,
            locality: input.locality,
            cited: input.evidence.into(),
        });
        send(ctx, Ok(new), input.note, input.idempotency_key).await
    }

    /// Proposes a dataset that is not in the register.
    #[graphql(guard = "May(Action::Propose)")]
    async fn dataset_submit(&self, ctx: &Context<'_>, input: DatasetSubmitInput) -> Result<ProposalPayload> {
        let publisher = uuid_of("publisher", &input.publisher_id).ok_or(app::Error::NotFound);
        let new = publisher.map(|publisher| {
            New::Content(Proposed::Dataset {
                title: input.title,
                lang: word(input.lang),
                publisher: OrganisationId(publisher),
                landing_page: input.landing_page,
                description: input.description,
                cited: input.evidence.into(),
            })
        });
        send(ctx, new, input.note, input.idempotency_key).await
    }

    /// Proposes that an organisation uses some data.
    #[graphql(guard = "May(Action::Propose)")]
    async fn use_claim_propose(&self, ctx: &Context<'_>, input: UseClaimProposeInput) -> Result<ProposalPayload> {
        let organisation = uuid_of("organisation", &input.organisation_id).ok_or(app::Error::NotFound);
        let new = organisation.and_then(|organisation| {
            Ok(New::Use(NewUse {
                organisation: OrganisationId(organisation),
                target: target(&input.target_id)?,
                purpose: input.purpose,
                lang: word(input.lang),
                criticality: input.criticality.into(),
                access: input.access_mode.into(),
                since: input.since.map(|year| i16::try_from(year).unwrap_or(0)),
                cited: input.evidence.into(),
            }))
        });
        send(ctx, new, input.note, input.idempotency_key).await
    }

    /// Proposes that an organisation has some impact.
    #[graphql(guard = "May(Action::Propose)")]
    async fn impact_claim_propose(&self, ctx: &Context<'_>, input: ImpactClaimProposeInput) -> Result<ProposalPayload> {
        let organisation = uuid_of("organisation", &input.organisation_id).ok_or(app::Error::NotFound);
        let new = organisation.map(|organisation| {
            New::Impact(NewImpact {
                organisation: OrganisationId(organisation),
                dimension: input.dimension,
                code: input.code,
                rationale: input.rationale,
                lang: word(input.lang),
                cited: input.evidence.into(),
            })
        });
        send(ctx, new, input.note, input.idempotency_key).await
    }

    /// Proposes another value for something that is recorded.
    #[graphql(guard = "May(Action::Propose)")]
    async fn correction_propose(&self, ctx: &Context<'_>, input: CorrectionProposeInput) -> Result<ProposalPayload> {
        let field = Field::of(&input.field).ok_or_else(|| {
            let names: Vec<_> = Field::ALL.iter().map(|field| field.as_str()).collect();
            crate::domain::violation::Violation::new("field", format!("name one of {}", names.join(", "))).into()
        });
        let new = field.and_then(|field| {
            Ok(New::Content(Proposed::Correction {
                subject: subject(&input.subject_id)?,
                field,
                value: input.value,
                lang: word(input.lang),
                cited: input.evidence.map(Into::into),
            }))
        });
        send(ctx, new, input.note, input.idempotency_key).await
    }

    /// Brings evidence for or against a claim.
    #[graphql(guard = "May(Action::Propose)")]
    async fn evidence_add(&self, ctx: &Context<'_>, input: EvidenceAddInput) -> Result<ProposalPayload> {
        let new = claim(&input.claim_id)
            .map(|claim| New::Content(Proposed::Evidence { claim, cited: input.evidence.into() }));
        send(ctx, new, input.note, input.idempotency_key).await
    }

    /// Says that something on a page is wrong. Anybody may; once per operation.
    #[graphql(guard = "May(Action::ReportError)")]
    async fn error_report(&self, ctx: &Context<'_>, input: ErrorReportInput) -> Result<ErrorReportPayload> {
        let ((access, actor), caller) = (access(ctx)?, caller(ctx)?);
        let atlas = current(ctx)?;
        let said = Said { path: &input.about, text: &input.text };
        let (door, key) = ((report::door(), caller.from), input.idempotency_key.as_deref());
        let done = report::report((&access.ctx, &atlas), door, actor, said, key).await;
        let (done, user_errors) = settle(done)?;
        Ok(ErrorReportPayload { is_accepted: done.is_some(), user_errors })
    }
}

async fn send(
    ctx: &Context<'_>,
    new: std::result::Result<New, app::Error>,
    note: Option<String>,
    key: Option<String>,
) -> Result<ProposalPayload> {
    let (access, actor) = access(ctx)?;
    let done = match new {
        Ok(new) => propose::propose(&access.ctx, actor, new, note, key.as_deref()).await,
        Err(error) => Err(error),
    };
    let (done, user_errors) = settle(done)?;
    let shown = |case: Case| Proposal { id: id("case", case.id.0), status: case.status.into() };
    Ok(ProposalPayload { proposal: done.map(shown), user_errors })
}

fn word(lang: Language) -> String {
    lang.lang().as_str().to_owned()
}

/// What data an id names.
pub(super) fn target(id: &ID) -> std::result::Result<Target, app::Error> {
    let dataset = uuid_of("dataset", id).map(|uuid| Target::Dataset(uuid.into()));
    let target = dataset.or_else(|| uuid_of("publisher", id).map(|uuid| Target::Publisher(uuid.into())));
    target.ok_or(app::Error::NotFound)
}

/// Which claim an id names.
pub(super) fn claim(id: &ID) -> std::result::Result<Subject, app::Error> {
    let used = uuid_of("use_claim", id).map(|uuid| Subject::UseClaim(uuid.into()));
    let found = used.or_else(|| uuid_of("impact_claim", id).map(|uuid| Subject::ImpactClaim(uuid.into())));
    let found = found.or_else(|| uuid_of("observation", id).map(|uuid| Subject::Observation(uuid.into())));
    found.ok_or(app::Error::NotFound)
}

/// Which record an id names.
fn subject(id: &ID) -> std::result::Result<Subject, app::Error> {
    let organisation = uuid_of("organisation", id).or_else(|| uuid_of("publisher", id));
    let found = organisation.map(|uuid| Subject::Organisation(uuid.into()));
    let found = found.or_else(|| uuid_of("dataset", id).map(|uuid| Subject::Dataset(uuid.into())));
    found.ok_or(app::Error::NotFound)
}
