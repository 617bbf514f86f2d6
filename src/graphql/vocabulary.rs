//! The closed sets of the model as GraphQL enums. Each mirrors `entity::vocabulary` value by value, so a new
//! value does not compile until the schema has decided about it.

mod demand;
mod survey;

use async_graphql::Enum;

pub use demand::*;
pub use survey::*;

/// Why a value is not there: unknown is not zero and not "not asked".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Missing")]
pub enum Missing {
    /// The wave's instrument has no such question.
    NotAsked,
    /// Asked, and left blank.
    NoAnswer,
    /// Asked, and answered "don't know".
    DontKnow,
    /// Asked, and answered "prefer not to say".
    Refused,
    /// The question does not apply to this organisation.
    NotApplicable,
    /// Known, and withheld by a disclosure rule.
    Suppressed,
}

/// What sort of organisation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::OrganisationKind")]
pub enum OrganisationKind {
    Company,
    SocialEnterprise,
    CivilSociety,
    Academia,
    Media,
    DeveloperGroup,
    Cooperative,
    Government,
    StateEnterprise,
    International,
    IndividualTrader,
    Other,
}

/// Who owns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Ownership")]
pub enum Ownership {
    Listed,
    Private,
    State,
    Mixed,
    Nonprofit,
    Unknown,
}

/// Whether it still works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::OrganisationStatus")]
pub enum OrganisationStatus {
    Active,
    Dormant,
    Merged,
    Closed,
    Unknown,
}

/// Whom it sells to or serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::BusinessModel")]
pub enum BusinessModel {
    B2b,
    B2c,
    B2g,
    B2n,
    Other,
}

/// What the data is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::UseType")]
pub enum UseType {
    ProductService,
    Optimisation,
    Advocacy,
    Research,
    Other,
    Unknown,
}

/// How much the organisation as a whole depends on open data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Dependence")]
pub enum Dependence {
    Core,
    Incidental,
    Unknown,
}

/// What sort of name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::NameKind")]
pub enum NameKind {
    Official,
    Legal,
    Trade,
    Former,
    Acronym,
    Alias,
}

/// The scheme of an organisation's identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::IdentifierScheme")]
pub enum IdentifierScheme {
    Lei,
    Clee,
    RfcHmac,
    Opencorporates,
    Wikidata,
    Ror,
    Domain,
    CkanOrg,
    Od500,
    Impactmap,
    Sample,
    Other,
}

/// How exactly a point is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Precision")]
pub enum Precision {
    Point,
    Locality,
    Municipality,
    State,
    Country,
}

/// How two organisations are related, from the first to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::RelationKind")]
pub enum RelationKind {
    PartOf,
    OwnedBy,
    SucceededBy,
    MergedInto,
    SplitFrom,
    AbsorbsFunctions,
}

/// Whether a proposal has been decided (relations, series).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Decision")]
pub enum Decision {
    Proposed,
    Accepted,
    Rejected,
}

/// The level of government a publisher belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::PublisherLevel")]
pub enum PublisherLevel {
    Federal,
    State,
    Municipal,
    Autonomous,
    Legislative,
    Judicial,
    StateEnterprise,
    University,
    International,
    Other,
    Unknown,
}

/// The scheme of an area's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::AreaScheme")]
pub enum AreaScheme {
    Country,
    Subdivision,
    InegiEnt,
    InegiMun,
}

/// How one code relates to another (SKOS mapping properties).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::MappingRelation")]
pub enum MappingRelation {
    Exact,
    Close,
    Broad,
    Narrow,
    Related,
}

/// How safe a mapping or assignment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Confidence")]
pub enum Confidence {
    High,
    Medium,
    Low,
}

/// What a code says about an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::CodeRole")]
pub enum CodeRole {
    ReuseSectorPrimary,
    ReuseSectorOther,
    IndustryPrimary,
    IndustryOther,
    RevenueSource,
    DataType,
}

/// Who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::AssertedBy")]
pub enum AssertedBy {
    /// The organisation itself.
    SelfReported,
    Curator,
    /// A published rule (crosswalk); never mixed with what was declared.
    Crosswalk,
    Import,
    Publisher,
    /// Somebody who proposed it.
    Contributor,
}

/// How a value came into the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Origin")]
pub enum Origin {
    /// Said by the organisation or a source.
    Declared,
    /// Derived by a published rule.
    Inferred,
    /// Reconstructed from damage in the source; always counted apart.
    Recovered,
}

/// Whether a dataset is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::DatasetStatus")]
pub enum DatasetStatus {
    Published,
    Planned,
    Withdrawn,
    UnpublishedKnown,
    Unknown,
}

/// How a dataset may be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::DatasetAccess")]
pub enum DatasetAccess {
    Open,
    Registration,
    Fee,
    Restricted,
    Unknown,
}

/// What a link check last found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::HttpState")]
pub enum HttpState {
    Ok,
    Redirected,
    Dead,
    Unknown,
}

/// An official designation of a dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::DesignationKind")]
pub enum DesignationKind {
    StrategicInfrastructure,
    EuHvd,
    NationalInterestInfo,
    ReferenceData,
}

/// How much a use matters to the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Criticality")]
pub enum Criticality {
    Core,
    Supporting,
    Occasional,
    Unknown,
}

/// How the data is obtained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::AccessMode")]
pub enum AccessMode {
    Download,
    Api,
    Scraping,
    Request,
    Purchase,
    Intermediary,
    Unknown,
}

/// The life of a claim (docs/model.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::ClaimStatus")]
pub enum ClaimStatus {
    Proposed,
    UnderReview,
    Accepted,
    Rejected,
    Disputed,
    Superseded,
    Retracted,
    Expired,
}

/// The grade of a claim's evidence, derived, never typed (docs/model.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Grade")]
pub enum Grade {
    /// Supporting evidence from both sides.
    A,
    /// A public document names it, or the publisher alone confirms it.
    B,
    /// Self-report only.
    C,
    /// Inference, or a legacy row without source.
    D,
    /// Contradicted or disputed.
    E,
}

/// Whether the publisher has acknowledged a use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::PublisherAck")]
pub enum PublisherAck {
    None,
    Requested,
    Confirmed,
    NotRecognised,
}

/// The direction of an impact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Direction")]
pub enum Direction {
    Positive,
    Negative,
    Mixed,
}

/// How directly an impact follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Strength")]
pub enum Strength {
    Primary,
    Secondary,
    Indirect,
}

/// What sort of source it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::SourceKind")]
pub enum SourceKind {
    SurveyAnswer,
    OrganisationWebsite,
    PublisherWebsite,
    ApiLog,
    ContractOrCitation,
    Report,
    News,
    Academic,
    Interview,
    Catalogue,
    LegacyImport,
    CuratorNote,
}

/// What a source does to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Polarity")]
pub enum Polarity {
    Supports,
    Contradicts,
    Mentions,
}

/// Where in the chain from data to effect an indicator stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::ChainStage")]
pub enum ChainStage {
    Input,
    Output,
    Outcome,
    Impact,
    Context,
}

/// What a value measures; values of different measures never add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Measure")]
pub enum Measure {
    Exposure,
    GrossAttributed,
    NetAttributed,
    Potential,
    Context,
}

/// What an indicator may be observed of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::SubjectLevel")]
pub enum SubjectLevel {
    Organisation,
    Sector,
    Area,
    Country,
    Dataset,
    Publisher,
}

/// Where an indicator's definition comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::IndicatorScheme")]
pub enum IndicatorScheme {
    Internal,
    Wdi,
    InegiBie,
    InegiBise,
    InegiSaic,
    UnSdg,
    OecdOurdata,
    Asedie,
}

/// SDMX observation status: A normal, E estimated, I imputed, P provisional, M missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::ObservationStatus")]
pub enum ObservationStatus {
    Normal,
    Estimated,
    Imputed,
    Provisional,
    Missing,
}

/// A property of an organisation that a wave may ask for; the unit of coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::vocabulary::Attribute")]
pub enum Attribute {
    Kind,
    Sector,
    Area,
    Size,
    Founded,
    BusinessModel,
    RevenueSource,
    DataType,
    UseType,
    SocialImpact,
    DataImpact,
    Sdg,
    Publisher,
    Dataset,
    SourceCount,
    Description,
    ExampleUses,
    FinancialInfo,
    /// How much a use matters.
    Criticality,
    /// Since when data is used.
    UsedSince,
    /// What would happen without government data.
    IfStopped,
}
