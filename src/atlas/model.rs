//! What the atlas keeps of each record: small structs whose texts and references are handles.
//! The words are those of the closed vocabulary; private columns do not exist here.

use chrono::{DateTime, NaiveDate, Utc};
use entity::id::{
    AreaId, CodeId, DatasetFeedbackId, DatasetId, ImpactClaimId, IndicatorDefinitionId, IndicatorObservationId,
    OrganisationId, SourceId, StudyId, UseClaimId, WaveId,
};
use entity::vocabulary::{
    AccessMode, AreaScheme, AssertedBy, Attribute, BusinessModel, ChainStage, Channel, ClaimStatus, CodeRole,
    CompletedBy, Confidence, Consent, Criticality, DatasetAccess, DatasetIdentifierScheme, DatasetStatus, Decision,
    Dependence, DesignationKind, Direction, FeedbackDimension, FeedbackSeverity, FeedbackState, Frame, Grade,
    HttpState, IdentifierScheme, IndicatorScheme, LocationRole, MappingRelation, Measure, Missing, NameKind,
    ObservationStatus, OrganisationKind, OrganisationStatus, Origin, Ownership, Polarity, Precision, PublisherAck,
    PublisherLevel, RelationKind, ResponseStatus, SizeBand, SourceKind, Strength, SubjectLevel, UseType, WaveState,
    YesNo,
};

use super::handle::{
    AreaIx, CodeIx, DatasetIx, IndicatorIx, LabelIx, ObservationIx, OrgIx, SourceIx, StrIx, StudyIx, WaveIx,
};
use super::rows::Returned;
use super::strings::Lang;
use crate::domain::draft::{Decimal, PartialDate};

/// An organisation: a reuser, a public body, or both.
#[derive(Clone, Debug)]
pub struct Organisation {
    pub id: OrganisationId,
    pub slug: StrIx,
    pub name: LabelIx,
    pub kind: OrganisationKind,
    pub ownership: Ownership,
    pub status: OrganisationStatus,
    pub legal_form: Option<StrIx>,
    pub founded: Option<PartialDate>,
    pub website: Option<StrIx>,
    pub description: Option<LabelIx>,
    pub summary: Option<LabelIx>,
    pub size_band: Option<SizeBand>,
    pub business_models: Set<BusinessModel>,
    pub use_types: Set<UseType>,
    pub dependence: Dependence,
    pub based_in_country: YesNo,
    pub earns_revenue: YesNo,
    pub uses_data: YesNo,
    pub consent: Consent,
    pub source: Option<SourceIx>,
    pub updated_at: DateTime<Utc>,
    /// Declared primary reuse sector.
    pub sector: Option<CodeIx>,
    /// What it says of its sector, when that is outside the list.
    pub sector_text: Option<StrIx>,
    /// The area of its main location.
    pub area: Option<AreaIx>,
    /// Counted claims: distinct datasets, distinct publishers under the default roll-up, claims.
    pub datasets_used: u32,
    pub publishers_used: u32,
    pub claim_count: u32,
}

/// A small set of values of a closed vocabulary.
#[derive(Debug)]
pub struct Set<T> {
    bits: u8,
    kind: std::marker::PhantomData<fn(T)>,
}

impl<T> Clone for Set<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Set<T> {}

macro_rules! sets {
    ($($name:ident),+) => {$(
        impl Set<$name> {
            /// The set of some values.
            pub fn new(values: &[$name]) -> Self {
                let bits = values.iter().fold(0, |bits, value| bits | 1 << value.index());
                Self { bits, kind: std::marker::PhantomData }
            }

            /// Its values, in the order of the vocabulary.
            pub fn iter(self) -> impl Iterator<Item = $name> {
                $name::ALL.iter().copied().filter(move |value| self.bits & 1 << value.index() != 0)
            }

            /// Whether it has none.
            pub fn is_empty(self) -> bool {
                self.bits == 0
            }
        }
    )+};
}

sets!(BusinessModel, UseType);

/// A name that an organisation bears or bore.
#[derive(Clone, Debug)]
pub struct Name {
    pub text: StrIx,
    pub lang: super::Lang,
    pub kind: NameKind,
    pub valid_from: Option<PartialDate>,
    pub valid_to: Option<PartialDate>,
}

/// An identifier in some scheme.
#[derive(Clone, Debug)]
pub struct Identifier {
    pub scheme: IdentifierScheme,
    pub value: StrIx,
    pub verified: bool,
}

/// Where an organisation is.
#[derive(Clone, Debug)]
pub struct Location {
    pub role: LocationRole,
    pub locality: Option<StrIx>,
    pub postal_code: Option<StrIx>,
    pub area: Option<AreaIx>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub precision: Option<Precision>,
}

/// A relation, seen from one of its ends.
#[derive(Clone, Debug)]
pub struct Relation {
    pub kind: RelationKind,
    pub other: OrgIx,
    /// True: the owner of this list is the subject (`owner part_of other`); false: the object.
    pub outgoing: bool,
    pub decision: Decision,
    pub valid_from: Option<PartialDate>,
    pub valid_to: Option<PartialDate>,
    pub note: Option<StrIx>,
    pub source: Option<SourceIx>,
}

/// What makes an organisation a publisher.
#[derive(Clone, Debug)]
pub struct Publisher {
    pub organisation: OrgIx,
    pub level: PublisherLevel,
    pub portal_slug: Option<StrIx>,
    pub area: Option<AreaIx>,
    pub accepts_requests: bool,
    pub acronym: Option<StrIx>,
}

/// The assignment of a code to an organisation.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub code: Option<CodeIx>,
    pub text: Option<StrIx>,
    pub role: CodeRole,
    pub assigned_by: AssertedBy,
    pub confidence: Confidence,
    pub wave: Option<WaveIx>,
}

/// A dataset, a series, or an edition of a series.
#[derive(Clone, Debug)]
pub struct Dataset {
    pub id: DatasetId,
    pub slug: StrIx,
    pub title: LabelIx,
    pub description: Option<LabelIx>,
    pub publisher: OrgIx,
    pub is_series: bool,
    pub series: Option<(DatasetIx, Decision)>,
    pub edition: Option<StrIx>,
    pub status: DatasetStatus,
    pub access: DatasetAccess,
    pub landing_page: Option<StrIx>,
    pub licence: Option<StrIx>,
    pub frequency: Option<StrIx>,
    pub issued_on: Option<NaiveDate>,
    pub modified_on: Option<NaiveDate>,
    pub source: Option<SourceIx>,
    /// Distinct organisations that use it directly.
    pub users: u32,
}

/// An identifier of a dataset.
#[derive(Clone, Debug)]
pub struct DatasetIdentifier {
    pub scheme: DatasetIdentifierScheme,
    pub value: StrIx,
}

/// A file or service.
#[derive(Clone, Debug)]
pub struct Distribution {
    pub url: StrIx,
    pub format: Option<StrIx>,
    pub http_state: HttpState,
}

/// An official designation of a dataset.
#[derive(Clone, Debug)]
pub struct Designation {
    pub kind: DesignationKind,
    pub code: Option<StrIx>,
    pub by: StrIx,
    pub valid_from: Option<PartialDate>,
}

/// What a user says about a dataset, once somebody has looked at it.
#[derive(Clone, Debug)]
pub struct Feedback {
    pub id: DatasetFeedbackId,
    pub rating: Option<u8>,
    pub dimension: Option<FeedbackDimension>,
    pub severity: Option<FeedbackSeverity>,
    pub comment: StrIx,
    pub lang: Lang,
    pub sample_url: Option<StrIx>,
    pub on: NaiveDate,
    pub state: FeedbackState,
    pub reply: Option<StrIx>,
    pub fixed_on: Option<NaiveDate>,
}

/// How one organisation, person or unsigned form rates a dataset: its latest rating that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rating {
    /// From 1 (poor) to 4 (excellent).
    pub(crate) value: u8,
    /// Tells whose it is from whose another is.
    pub(crate) voice: u64,
}

/// A country, state or municipality.
#[derive(Clone, Debug)]
pub struct Area {
    pub id: AreaId,
    pub scheme: AreaScheme,
    pub code: StrIx,
    pub name: LabelIx,
    pub parent: Option<AreaIx>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
}

/// A code scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    pub id: StrIx,
    pub version: StrIx,
    pub name: LabelIx,
    pub publisher: LabelIx,
    pub licence: LabelIx,
    pub url: StrIx,
}

/// A code of a scheme.
#[derive(Clone, Debug)]
pub struct Code {
    pub id: CodeId,
    pub scheme: StrIx,
    pub code: StrIx,
    pub label: LabelIx,
    pub parent: Option<CodeIx>,
    pub definition: Option<LabelIx>,
    pub position: i32,
    /// Sector family, for colour.
    pub family: Option<StrIx>,
    pub color: Option<StrIx>,
}

/// A mapping to a code of another scheme.
#[derive(Clone, Debug)]
pub struct Mapping {
    pub to: CodeIx,
    pub relation: MappingRelation,
    pub confidence: Confidence,
    pub note: Option<LabelIx>,
}

/// A source that evidence is found in.
#[derive(Clone, Debug)]
pub struct Source {
    pub id: SourceId,
    pub kind: SourceKind,
    pub title: StrIx,
    /// The language of the title, where it is known.
    pub lang: Option<StrIx>,
    pub url: Option<StrIx>,
    pub author: Option<StrIx>,
    pub published_on: Option<NaiveDate>,
    pub accessed_at: Option<DateTime<Utc>>,
    pub licence: Option<StrIx>,
    pub study: Option<StudyIx>,
}

/// A study.
#[derive(Clone, Debug)]
pub struct Study {
    pub id: StudyId,
    pub slug: StrIx,
    pub chapter: StrIx,
    pub title: LabelIx,
    pub licence: StrIx,
    pub licence_url: StrIx,
    pub attribution: StrIx,
    pub url: StrIx,
}

/// One wave of a study.
#[derive(Clone, Debug)]
pub struct Wave {
    pub id: WaveId,
    pub study: StudyIx,
    pub slug: StrIx,
    pub title: LabelIx,
    pub opens_on: NaiveDate,
    pub closes_on: Option<NaiveDate>,
    pub population: LabelIx,
    pub frame: Frame,
    pub state: WaveState,
    pub instrument: StrIx,
    pub asked: Vec<Attribute>,
    pub asked_goals: Vec<u8>,
    /// Whether organisations may put themselves forward while it is open.
    pub takes_nominations: bool,
    /// What came back, where it is answered here.
    pub returned: Option<Returned>,
}

/// What every figure reads of a claim.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    pub organisation: OrgIx,
    pub dataset: Option<DatasetIx>,
    /// The body named, or the publisher of the dataset named.
    pub publisher: Option<OrgIx>,
    /// The parent body as the survey states it.
    pub stated: Option<OrgIx>,
    pub theme: Option<CodeIx>,
    pub wave: Option<WaveIx>,
    pub grade: Grade,
    pub criticality: Criticality,
    pub access_mode: AccessMode,
    /// The next newer countable claim of the same use, which stands for it wherever both are looked at.
    pub(crate) newer: Option<super::ClaimIx>,
    pub(crate) flags: u8,
}

/// How specific a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Specificity {
    Distribution,
    Dataset,
    Series,
    Publisher,
    Theme,
}

impl Claim {
    /// Accepted, grade D or better, valid.
    pub(crate) const COUNTABLE: u8 = 1;
    /// Countable, and the newest of its organisation and target.
    pub(crate) const CURRENT: u8 = 2;
    /// An edition whose series the organisation claims too: it counts at series level.
    pub(crate) const COVERED: u8 = 4;
    /// The organisation uses its own data.
    pub(crate) const SELF_USE: u8 = 8;
    /// Through an intermediary.
    pub(crate) const INDIRECT: u8 = 16;
    /// Reconstructed from damage in the source.
    pub(crate) const RECOVERED: u8 = 32;

    const fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Accepted, grade D or better, valid.
    pub const fn is_countable(self) -> bool {
        self.has(Self::COUNTABLE)
    }

    /// Countable, and the newest of its organisation and target.
    pub const fn is_current(self) -> bool {
        self.has(Self::CURRENT)
    }

    /// Of data of the organisation itself: shown, and it makes nobody a user.
    pub const fn is_of_its_own(self) -> bool {
        self.has(Self::SELF_USE)
    }

    /// Through an intermediary: shown, not added to a publisher's users.
    pub const fn is_indirect(self) -> bool {
        self.has(Self::INDIRECT)
    }

    /// An edition whose series the organisation claims too.
    pub const fn is_covered(self) -> bool {
        self.has(Self::COVERED)
    }

    /// Whether figures count it: current, of someone else's data, direct, and not recovered unless asked.
    pub const fn figures(self, include_recovered: bool) -> bool {
        self.is_current() && self.may_figure(include_recovered)
    }

    /// The same wherever no newer claim of the same use is looked at: in its own wave, or among the waves of its study.
    pub const fn may_figure(self, include_recovered: bool) -> bool {
        self.is_countable()
            && !self.has(Self::SELF_USE)
            && !self.has(Self::INDIRECT)
            && (include_recovered || !self.has(Self::RECOVERED))
    }
}

/// What only a claim's own page reads.
#[derive(Clone, Debug)]
pub struct ClaimDetail {
    pub id: UseClaimId,
    pub specificity: Specificity,
    pub purpose: Option<LabelIx>,
    pub use_type: UseType,
    pub via: Option<OrgIx>,
    pub started: Option<PartialDate>,
    pub last_observed_on: Option<NaiveDate>,
    pub valid_from: Option<PartialDate>,
    pub asserted_by: AssertedBy,
    pub origin: Origin,
    pub status: ClaimStatus,
    pub publisher_ack: PublisherAck,
}

/// The claim of an impact.
#[derive(Clone, Debug)]
pub struct Impact {
    pub id: ImpactClaimId,
    pub organisation: OrgIx,
    /// `sdg`, `sdg_target`, `impact_type`, `od500_data_impact`, `od500_social_impact`.
    pub dimension: StrIx,
    pub code: Option<CodeIx>,
    /// The goal, 1 to 17, where the dimension is a goal or target.
    pub goal: Option<u8>,
    pub text: Option<StrIx>,
    pub direction: Direction,
    pub strength: Strength,
    pub evidence_level: u8,
    pub rationale: Option<LabelIx>,
    pub asserted_by: AssertedBy,
    pub origin: Origin,
    pub confidence: Option<Confidence>,
    pub wave: Option<WaveIx>,
    pub status: ClaimStatus,
}

impl Impact {
    /// Said of itself or confirmed, level 1 or more, accepted: a crosswalk's inference is never declared.
    pub fn is_declared(&self) -> bool {
        self.status == ClaimStatus::Accepted && self.evidence_level >= 1 && !self.is_rule()
    }

    /// Derived by a published rule: shown apart.
    pub fn is_inferred(&self) -> bool {
        self.status == ClaimStatus::Accepted && self.is_rule()
    }

    /// Rests on an answer that was damaged in its source and made good here: counted apart.
    pub fn is_recovered(&self) -> bool {
        self.origin == Origin::Recovered
    }

    fn is_rule(&self) -> bool {
        self.asserted_by == AssertedBy::Crosswalk || self.origin == Origin::Inferred || self.evidence_level == 0
    }
}

/// A link from a claim to a source.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub source: SourceIx,
    pub polarity: Polarity,
    pub locator: Option<StrIx>,
    pub quote: Option<StrIx>,
}

/// An organisation's part in a wave.
#[derive(Clone, Debug)]
pub struct Response {
    pub organisation: OrgIx,
    pub wave: WaveIx,
    pub channel: Channel,
    pub status: ResponseStatus,
    pub completed_by: CompletedBy,
}

/// One public answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub wave: WaveIx,
    pub question: StrIx,
    pub value: Option<StrIx>,
    pub missing: Option<Missing>,
}

/// An indicator's definition.
#[derive(Clone, Debug)]
pub struct Indicator {
    pub id: IndicatorDefinitionId,
    pub key: StrIx,
    pub name: LabelIx,
    pub definition: LabelIx,
    pub concept: StrIx,
    pub unit: StrIx,
    pub chain_stage: ChainStage,
    pub measure: Measure,
    pub subject_levels: Vec<SubjectLevel>,
    pub frequency: StrIx,
    pub source_scheme: IndicatorScheme,
    pub source_code: Option<StrIx>,
    /// Public observations of it.
    pub observations: u32,
}

/// Who an observation is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    Organisation(OrgIx),
    Sector(CodeIx),
    Area(AreaIx),
    Dataset(DatasetIx),
}

/// One observed value, as an interval.
#[derive(Clone, Debug)]
pub struct Observation {
    pub id: IndicatorObservationId,
    pub indicator: IndicatorIx,
    pub subject: Subject,
    pub period: StrIx,
    pub low: Option<Decimal>,
    pub central: Option<Decimal>,
    pub high: Option<Decimal>,
    pub missing: Option<Missing>,
    pub currency: Option<StrIx>,
    pub status: ObservationStatus,
    pub wave: Option<WaveIx>,
    pub source: Option<SourceIx>,
}

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    Organisation(OrgIx),
    Dataset(DatasetIx),
    Code(CodeIx),
    Area(AreaIx),
    Study(StudyIx),
    Wave(WaveIx),
    Claim(super::ClaimIx),
    Impact(super::ImpactIx),
    Source(SourceIx),
    Indicator(IndicatorIx),
    Observation(ObservationIx),
}

/// A finished import.
#[derive(Clone, Debug)]
pub struct Batch {
    pub kind: StrIx,
    pub chapter: Option<StrIx>,
    pub finished_at: Option<DateTime<Utc>>,
}
