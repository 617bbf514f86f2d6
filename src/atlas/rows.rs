//! The plain rows that `store` fills and the atlas is built from: the public, current facts at one
//! validity date and one recording time. Private columns do not exist here, so they cannot leak.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::id::{
    AreaId, CodeId, DataRequestId, DatasetFeedbackId, DatasetId, ImpactClaimId, IndicatorDefinitionId,
    IndicatorObservationId, OrganisationId, SourceId, StudyId, UseClaimId, WaveId,
};
use entity::vocabulary::{
    AccessMode, AreaScheme, AssertedBy, Attribute, BlockingReason, ChainStage, Channel, ClaimStatus, CodeRole,
    CompletedBy, Confidence, Consent, Criticality, DatasetAccess, DatasetIdentifierScheme, DatasetStatus,
    DatePrecision, Decision, Dependence, DesignationKind, Direction, FeedbackDimension, FeedbackSeverity,
    FeedbackState, Frame, Grade, HttpState, IdentifierScheme, IndicatorScheme, LocationRole, MappingRelation, Measure,
    Missing, NameKind, ObservationStatus, OrganisationKind, OrganisationStatus, Origin, Ownership, Polarity, Precision,
    PublisherAck, PublisherLevel, RelationKind, RequestOrigin, RequestStatus, ResponseStatus, RowVisibility, SizeBand,
    SourceKind, Strength, UseType, WaveState, YesNo,
};

use crate::domain::draft::{Decimal, LangText, PartialDate};

/// All public rows at one revision.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The revision of the record that the rows were read at.
    pub revision: i64,
    /// When that revision was recorded.
    pub recorded_at: Option<DateTime<Utc>>,
    /// When the first revision was recorded.
    pub recorded_from: Option<DateTime<Utc>>,
    /// Validity date: rows not valid on it are left out (claims without end stay).
    pub as_of: NaiveDate,
    /// Recording time asked for; `None` is now.
    pub known_at: Option<DateTime<Utc>>,
    pub areas: Vec<AreaRow>,
    pub schemes: Vec<SchemeRow>,
    pub codes: Vec<CodeRow>,
    pub mappings: Vec<MappingRow>,
    pub sources: Vec<SourceRow>,
    pub studies: Vec<StudyRow>,
    pub waves: Vec<WaveRow>,
    /// Every organisation, public bodies included; those with consent `no` come too (the atlas hides them).
    pub organisations: Vec<OrganisationRow>,
    pub names: Vec<NameRow>,
    pub identifiers: Vec<IdentifierRow>,
    pub locations: Vec<LocationRow>,
    pub relations: Vec<RelationRow>,
    pub profiles: Vec<PublisherRow>,
    pub organisation_codes: Vec<OrganisationCodeRow>,
    pub missing: Vec<MissingRow>,
    pub datasets: Vec<DatasetRow>,
    pub dataset_codes: Vec<(DatasetId, CodeId)>,
    pub dataset_identifiers: Vec<(DatasetId, DatasetIdentifierScheme, String)>,
    pub distributions: Vec<DistributionRow>,
    pub designations: Vec<DesignationRow>,
    pub feedback: Vec<FeedbackRow>,
    /// Public claims in status accepted or disputed.
    pub use_claims: Vec<UseClaimRow>,
    /// Public claims in status accepted or disputed.
    pub impact_claims: Vec<ImpactClaimRow>,
    pub evidence: Vec<EvidenceRow>,
    pub responses: Vec<ResponseRow>,
    /// Public answers only.
    pub answers: Vec<AnswerRow>,
    pub indicators: Vec<IndicatorRow>,
    /// Public and `aggregate_only` observations; the latter go into the sealed column.
    pub observations: Vec<ObservationRow>,
    /// (kind, old slug, organisation or dataset id) of moved records.
    pub redirects: Vec<RedirectRow>,
    /// Requests for data that a curator has shown to everyone.
    pub requests: Vec<RequestRow>,
    pub request_datasets: Vec<(DataRequestId, DatasetId)>,
    /// Supports of organisations, and how many persons support since which day.
    pub request_supports: Vec<RequestSupportRow>,
    pub batches: Vec<BatchRow>,
}

/// The records whose rows, and all that hangs on them, a patch brings anew. One of them that comes with no
/// row is gone.
#[derive(Clone, Debug, Default)]
pub struct Changed {
    pub organisations: HashSet<OrganisationId>,
    pub datasets: HashSet<DatasetId>,
}

impl Changed {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.organisations.len() + self.datasets.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[derive(Clone, Debug)]
pub struct AreaRow {
    pub id: AreaId,
    pub scheme: AreaScheme,
    pub code: String,
    pub name: LangText,
    pub parent: Option<AreaId>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
}

#[derive(Clone, Debug)]
pub struct SchemeRow {
    /// Such as `od500_category`.
    pub id: String,
    pub version: String,
    pub name: LangText,
    pub publisher: LangText,
    pub licence: LangText,
    pub url: String,
}

#[derive(Clone, Debug)]
pub struct CodeRow {
    pub id: CodeId,
    pub scheme: String,
    pub code: String,
    pub label: LangText,
    pub parent: Option<CodeId>,
    pub definition: Option<LangText>,
    /// Place in its scheme's list.
    pub position: i32,
    /// `family=…`, `color=…` and the like.
    pub extra: Option<String>,
}

#[derive(Clone, Debug)]
pub struct MappingRow {
    pub from: CodeId,
    pub to: CodeId,
    pub relation: MappingRelation,
    pub confidence: Confidence,
    pub note: Option<LangText>,
}

#[derive(Clone, Debug)]
pub struct SourceRow {
    pub id: SourceId,
    pub kind: SourceKind,
    pub title: String,
    /// The language of the title, ISO 639-1, where it is known.
    pub lang: Option<String>,
    pub url: Option<String>,
    pub author: Option<String>,
    pub published_on: Option<NaiveDate>,
    pub accessed_at: Option<DateTime<Utc>>,
    pub licence: Option<String>,
    /// The study whose licence and attribution apply to rows that cite it.
    pub study: Option<StudyId>,
}

#[derive(Clone, Debug)]
pub struct StudyRow {
    pub id: StudyId,
    pub slug: String,
    /// Lower-case ISO 3166-1 alpha-2, or `sample`.
    pub chapter: String,
    pub title: LangText,
    pub licence: String,
    pub licence_url: String,
    pub attribution: String,
    pub url: String,
}

#[derive(Clone, Debug)]
pub struct WaveRow {
    pub id: WaveId,
    pub study: StudyId,
    pub slug: String,
    pub title: LangText,
    pub opens_on: NaiveDate,
    pub closes_on: Option<NaiveDate>,
    pub population: LangText,
    pub frame: Frame,
    pub state: WaveState,
    pub instrument: String,
    pub asked: Vec<Attribute>,
    pub asked_goals: Vec<u8>,
    /// Whether organisations may put themselves forward while it is open.
    pub takes_nominations: bool,
    /// What came back, where it is answered here; `None` for a wave that was brought in.
    pub returned: Option<Returned>,
}

/// What came back of a wave that is answered here: numbers of all its responses, which say of none whose it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// How many responses have each status, by who filled them in.
    pub responses: Vec<(ResponseStatus, CompletedBy, u64)>,
    /// How the question of each property was answered.
    pub answers: Vec<ReturnedAnswers>,
    /// How many have sent their answers.
    pub sent: u64,
    /// Whether the wave is closed, and every answer that it ever took had been sent by the moment that is read.
    pub is_complete: bool,
    /// How many of those that wait to be looked through have no use that all can see.
    pub without_uses: u64,
}

impl Returned {
    /// How many have sent their answers and wait for somebody to look through them.
    pub fn awaiting(&self) -> u64 {
        let waits = |status: ResponseStatus| status == ResponseStatus::Submitted;
        self.responses.iter().filter(|(status, ..)| waits(*status)).map(|(.., count)| count).sum()
    }
}

/// How the question of a property was answered in a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnedAnswers {
    pub attribute: Attribute,
    /// How many gave a value.
    pub answered: u64,
    /// How many of them wait for somebody to look through what they sent.
    pub awaiting: u64,
    /// How many gave each reason for no value, in the order of `Missing::ALL`.
    pub missing: [u64; 6],
}

#[derive(Clone, Debug)]
pub struct OrganisationRow {
    pub id: OrganisationId,
    pub slug: String,
    pub name: LangText,
    pub kind: OrganisationKind,
    pub ownership: Ownership,
    pub status: OrganisationStatus,
    pub legal_form: Option<String>,
    pub founded: Option<PartialDate>,
    pub website: Option<String>,
    pub description: Option<LangText>,
    pub summary: Option<LangText>,
    pub size_band: Option<SizeBand>,
    pub business_models: Vec<entity::vocabulary::BusinessModel>,
    pub use_types: Vec<UseType>,
    pub dependence: Dependence,
    pub based_in_country: YesNo,
    pub earns_revenue: YesNo,
    pub uses_data: YesNo,
    pub consent: Consent,
    pub source: Option<SourceId>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Clone, Debug)]
pub struct NameRow {
    pub organisation: OrganisationId,
    pub text: String,
    pub lang: String,
    pub kind: NameKind,
    pub valid_from: Option<PartialDate>,
    pub valid_to: Option<PartialDate>,
}

#[derive(Clone, Debug)]
pub struct IdentifierRow {
    pub organisation: OrganisationId,
    pub scheme: IdentifierScheme,
    pub value: String,
    pub verified: bool,
}

#[derive(Clone, Debug)]
pub struct LocationRow {
    pub organisation: OrganisationId,
    pub role: LocationRole,
    pub locality: Option<String>,
    pub postal_code: Option<String>,
    pub area: Option<AreaId>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub precision: Option<Precision>,
}

/// All relations whatever their date: succession needs the past.
#[derive(Clone, Debug)]
pub struct RelationRow {
    pub from: OrganisationId,
    pub to: OrganisationId,
    pub kind: RelationKind,
    pub decision: Decision,
    pub valid_from: Option<PartialDate>,
    pub valid_to: Option<PartialDate>,
    pub note: Option<String>,
    pub source: Option<SourceId>,
}

#[derive(Clone, Debug)]
pub struct PublisherRow {
    pub organisation: OrganisationId,
    pub level: PublisherLevel,
    pub portal_slug: Option<String>,
    pub area: Option<AreaId>,
    pub accepts_requests: bool,
}

#[derive(Clone, Debug)]
pub struct OrganisationCodeRow {
    pub organisation: OrganisationId,
    pub code: Option<CodeId>,
    /// The text, when it is outside the list.
    pub text: Option<String>,
    pub role: CodeRole,
    pub assigned_by: AssertedBy,
    pub confidence: Confidence,
    pub wave: Option<WaveId>,
}

#[derive(Clone, Debug)]
pub struct MissingRow {
    pub organisation: OrganisationId,
    pub attribute: Attribute,
    pub missing: Missing,
}

#[derive(Clone, Debug)]
pub struct DatasetRow {
    pub id: DatasetId,
    pub slug: String,
    pub title: LangText,
    pub description: Option<LangText>,
    pub publisher: OrganisationId,
    pub is_series: bool,
    /// Accepted or proposed series; a proposed one never moves a figure.
    pub series: Option<(DatasetId, Decision)>,
    pub edition: Option<String>,
    pub status: DatasetStatus,
    pub access: DatasetAccess,
    pub landing_page: Option<String>,
    pub licence: Option<String>,
    pub frequency: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub modified_on: Option<NaiveDate>,
    pub source: Option<SourceId>,
}

#[derive(Clone, Debug)]
pub struct DistributionRow {
    pub dataset: DatasetId,
    pub url: String,
    pub format: Option<String>,
    pub http_state: HttpState,
}

#[derive(Clone, Debug)]
pub struct DesignationRow {
    pub dataset: DatasetId,
    pub kind: DesignationKind,
    pub code: Option<String>,
    pub by: String,
    pub valid_from: Option<PartialDate>,
}

/// What a user says about a dataset. Of what is counted only, there are no words.
#[derive(Clone, Debug)]
pub struct FeedbackRow {
    pub id: DatasetFeedbackId,
    pub dataset: DatasetId,
    pub visibility: RowVisibility,
    /// Tells who says it from who says another: the organisation, else the account; what nobody has signed speaks for
    /// itself alone. A digest, so that it names none of them.
    pub voice: u64,
    pub rating: Option<i16>,
    pub dimension: Option<FeedbackDimension>,
    pub severity: Option<FeedbackSeverity>,
    pub comment: Option<String>,
    pub lang: Option<String>,
    pub sample_url: Option<String>,
    pub at: DateTime<Utc>,
    pub state: FeedbackState,
    pub reply: Option<String>,
    pub fixed_on: Option<NaiveDate>,
}

/// What a claim points at; exactly one (invariant I1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetRow {
    Distribution(DatasetId),
    Dataset(DatasetId),
    Series(DatasetId),
    Publisher(OrganisationId),
    Theme(CodeId),
}

#[derive(Clone, Debug)]
pub struct UseClaimRow {
    pub id: UseClaimId,
    pub organisation: OrganisationId,
    pub target: TargetRow,
    pub stated_publisher: Option<OrganisationId>,
    pub purpose: Option<LangText>,
    pub use_type: UseType,
    pub criticality: Criticality,
    pub access_mode: AccessMode,
    pub via: Option<OrganisationId>,
    pub started: Option<PartialDate>,
    pub last_observed_on: Option<NaiveDate>,
    pub valid_from: Option<PartialDate>,
    pub wave: Option<WaveId>,
    pub asserted_by: AssertedBy,
    pub origin: Origin,
    pub status: ClaimStatus,
    pub grade: Grade,
    pub publisher_ack: PublisherAck,
}

#[derive(Clone, Debug)]
pub struct ImpactClaimRow {
    pub id: ImpactClaimId,
    pub organisation: OrganisationId,
    /// `sdg`, `sdg_target`, `impact_type`, `od500_data_impact`, `od500_social_impact`.
    pub dimension: String,
    pub code: Option<CodeId>,
    pub text: Option<String>,
    pub direction: Direction,
    pub strength: Strength,
    pub evidence_level: u8,
    pub rationale: Option<LangText>,
    pub asserted_by: AssertedBy,
    pub origin: Origin,
    pub confidence: Option<Confidence>,
    pub wave: Option<WaveId>,
    pub status: ClaimStatus,
}

/// What evidence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidencedRow {
    Use(UseClaimId),
    Impact(ImpactClaimId),
    Observation(IndicatorObservationId),
}

#[derive(Clone, Debug)]
pub struct EvidenceRow {
    pub about: EvidencedRow,
    pub source: SourceId,
    pub polarity: Polarity,
    pub locator: Option<String>,
    pub quote: Option<String>,
}

#[derive(Clone, Debug)]
pub struct ResponseRow {
    pub organisation: OrganisationId,
    pub wave: WaveId,
    pub channel: Channel,
    pub status: ResponseStatus,
    pub completed_by: CompletedBy,
}

#[derive(Clone, Debug)]
pub struct AnswerRow {
    pub organisation: OrganisationId,
    pub wave: WaveId,
    pub question: String,
    pub value: Option<String>,
    pub missing: Option<Missing>,
}

#[derive(Clone, Debug)]
pub struct IndicatorRow {
    pub id: IndicatorDefinitionId,
    pub key: String,
    pub name: LangText,
    pub definition: LangText,
    pub concept: String,
    /// UCUM, ISO 4217, `persons`, `index`, …
    pub unit: String,
    pub chain_stage: ChainStage,
    pub measure: Measure,
    /// Words of `SubjectLevel`.
    pub subject_levels: Vec<entity::vocabulary::SubjectLevel>,
    pub frequency: String,
    pub source_scheme: IndicatorScheme,
    pub source_code: Option<String>,
}

/// Who an observation is of; exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubjectRow {
    Organisation(OrganisationId),
    Sector(CodeId),
    Area(AreaId),
    Dataset(DatasetId),
}

#[derive(Clone, Debug)]
pub struct ObservationRow {
    pub id: IndicatorObservationId,
    pub indicator: IndicatorDefinitionId,
    pub subject: SubjectRow,
    pub period: String,
    pub low: Option<Decimal>,
    pub central: Option<Decimal>,
    pub high: Option<Decimal>,
    pub missing: Option<Missing>,
    pub currency: Option<String>,
    pub status: ObservationStatus,
    /// `Public` or `AggregateOnly`.
    pub visibility: RowVisibility,
    pub wave: Option<WaveId>,
    pub source: Option<SourceId>,
}

#[derive(Clone, Debug)]
pub struct RequestRow {
    pub id: DataRequestId,
    pub slug: String,
    pub title: String,
    pub description: Option<String>,
    pub purpose: Option<String>,
    pub lang: String,
    pub publisher: Option<OrganisationId>,
    pub blocking: BlockingReason,
    pub frequency: Option<String>,
    pub format: Option<String>,
    pub origin: RequestOrigin,
    pub status: RequestStatus,
    pub submitted_on: NaiveDate,
    pub forwarded_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub answered_on: Option<NaiveDate>,
    pub planned_on: Option<NaiveDate>,
    pub published_on: Option<NaiveDate>,
    pub answer: Option<String>,
    pub answer_lang: Option<String>,
    pub legal_basis: Option<String>,
    pub duplicate_of: Option<DataRequestId>,
    pub triaged_on: Option<NaiveDate>,
    /// Codes of what it is about.
    pub themes: Vec<String>,
    /// The wave in whose answers it was named.
    pub wave: Option<WaveId>,
}

#[derive(Clone, Debug)]
pub struct RequestSupportRow {
    pub request: DataRequestId,
    /// `None` for persons, of whom only the number is read.
    pub organisation: Option<OrganisationId>,
    /// Whether the organisation may be named as a supporter.
    pub is_named: bool,
    pub supported_on: NaiveDate,
    pub blocks_project: bool,
    pub count: i64,
}

#[derive(Clone, Debug)]
pub struct RedirectRow {
    /// `organisation` or `dataset`.
    pub kind: String,
    pub slug: String,
    pub target: uuid::Uuid,
}

#[derive(Clone, Debug)]
pub struct BatchRow {
    pub kind: String,
    pub chapter: Option<String>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// Rows of partial dates share this reading: the precision travels with the first day.
pub fn partial(on: Option<NaiveDate>, precision: Option<DatePrecision>) -> Option<PartialDate> {
    on.map(|on| PartialDate { on, precision: precision.unwrap_or(DatePrecision::Day) })
}
