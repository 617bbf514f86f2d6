//! What an importer or the sample generator says, before it is anybody's record: nested documents in
//! the words of the source, with external keys instead of ids. `app::ingest` turns them into rows.
//! Nothing here knows of ids, tables or revisions.

pub mod demand;

use chrono::{DateTime, NaiveDate, Utc};
use entity::vocabulary::{
    AccessMode, AreaScheme, AssertedBy, Attribute, BusinessModel, Channel, ClaimStatus, CodeRole, CompletedBy,
    Confidence, Consent, Criticality, DatasetAccess, DatasetIdentifierScheme, DatasetStatus, DatePrecision, Decision,
    Dependence, DesignationKind, Direction, Frame, Grade, IdentifierScheme, LocationRole, Missing, NameKind,
    ObservationStatus, OrganisationKind, OrganisationStatus, Origin, Ownership, Polarity, Precision, PublisherAck,
    PublisherLevel, RelationKind, ResponseStatus, RowVisibility, SizeBand, SourceKind, Strength, UseType, WaveState,
    YesNo,
};
use std::collections::BTreeMap;

/// Text in one or more languages: ISO 639-1 code to text, at least one entry.
pub type LangText = BTreeMap<String, String>;

/// A text in a single language.
pub fn lang_text(lang: &str, text: impl Into<String>) -> LangText {
    BTreeMap::from([(lang.to_owned(), text.into())])
}

/// A value, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known<T> {
    /// The value.
    Value(T),
    /// Why it is missing.
    Missing(Missing),
}

/// The years of days and moments that both databases know.
pub const YEARS: std::ops::RangeInclusive<i32> = 1..=9999;

/// A date known to the year, month or day; `on` is the first day it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialDate {
    /// The first day of the year or month, or the day itself.
    pub on: NaiveDate,
    /// How exact it is.
    pub precision: DatePrecision,
}

/// A stable name of a record in its source, such as `mx/organisation/data4`; unique per source and kind.
pub type Key = String;

/// Everything of a run but its organisations: small enough to hold in memory.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// The namespace of all keys: `od500`, `sample`, `indicators`.
    pub source: String,
    /// Lower-case ISO 3166-1 alpha-2, or `sample`; empty for runs without a study.
    pub chapter: String,
    /// Version of the importer or generator, printed in reports.
    pub importer_version: String,
    /// The study, if the run carries one.
    pub study: Option<StudyDraft>,
    /// Its waves.
    pub waves: Vec<WaveDraft>,
    /// The sources that evidence cites by key.
    pub sources: Vec<SourceDraft>,
    /// Public bodies, parents before children.
    pub bodies: Vec<BodyDraft>,
    /// Relations between bodies or organisations, by key.
    pub relations: Vec<RelationDraft>,
    /// Datasets, series before their editions.
    pub datasets: Vec<DatasetDraft>,
    /// Observations of areas, countries and sectors (those of organisations are inside them).
    pub observations: Vec<ObservationDraft>,
    /// Requests for data.
    pub requests: Vec<demand::RequestDraft>,
    /// What users say of datasets.
    pub feedback: Vec<demand::FeedbackDraft>,
}

/// A study: a programme of waves in one chapter.
#[derive(Clone, Debug)]
pub struct StudyDraft {
    pub key: Key,
    /// ASCII slug, unique among studies, such as `od100-mx`.
    pub slug: String,
    pub title: LangText,
    /// ISO 3166-1 alpha-2 of the country studied; empty for more than one.
    pub country: String,
    /// SPDX id, such as `CC-BY-SA-4.0`.
    pub licence: String,
    pub licence_url: String,
    /// The sentence that must be shown with every row, such as `The Open Data 500, The GovLab`.
    pub attribution: String,
    pub url: String,
}

/// One wave of the study.
#[derive(Clone, Debug)]
pub struct WaveDraft {
    pub key: Key,
    pub slug: String,
    pub title: LangText,
    pub opens_on: NaiveDate,
    pub closes_on: Option<NaiveDate>,
    /// Who the wave wanted to reach, in a sentence.
    pub population: LangText,
    pub frame: Frame,
    pub state: WaveState,
    /// Key and version of the instrument, such as `od500/0`.
    pub instrument: String,
    /// The properties that its instrument asks for; the others are `not_asked`.
    pub asked: Vec<Attribute>,
    /// The goals (1 to 17) that its instrument can yield, directly or by crosswalk.
    pub asked_goals: Vec<u8>,
}

/// Where evidence is found.
#[derive(Clone, Debug)]
pub struct SourceDraft {
    pub key: Key,
    pub kind: SourceKind,
    pub title: String,
    pub url: Option<String>,
    pub author: Option<String>,
    pub published_on: Option<NaiveDate>,
    pub accessed_at: Option<DateTime<Utc>>,
    pub licence: Option<String>,
    pub lang: Option<String>,
}

/// A public body that publishes data.
#[derive(Clone, Debug)]
pub struct BodyDraft {
    pub key: Key,
    pub name: String,
    pub lang: String,
    pub acronym: Option<String>,
    pub aliases: Vec<NameDraft>,
    pub level: PublisherLevel,
    pub website: Option<String>,
    pub identifiers: Vec<IdentifierDraft>,
    pub status: OrganisationStatus,
    /// ISO 3166 code of the area it serves, such as `MX` or `MX-JAL`.
    pub area: Option<String>,
    /// Key of the source that its facts come from.
    pub source: Option<Key>,
}

/// A relation; `Decision::Proposed` ones never move a figure.
#[derive(Clone, Debug)]
pub struct RelationDraft {
    pub from: Key,
    pub to: Key,
    pub kind: RelationKind,
    pub decision: Decision,
    pub valid_from: Option<PartialDate>,
    pub valid_to: Option<PartialDate>,
    /// Key of the source, if any.
    pub source: Option<Key>,
    pub note: Option<String>,
}

/// A dataset or series.
#[derive(Clone, Debug)]
pub struct DatasetDraft {
    pub key: Key,
    pub title: LangText,
    pub description: Option<LangText>,
    /// Key of the publishing body.
    pub publisher: Key,
    /// True when editions hang on it.
    pub is_series: bool,
    /// Key of its series, with the edition's label and whether that has been accepted.
    pub series: Option<(Key, String, Decision)>,
    pub status: DatasetStatus,
    pub access: DatasetAccess,
    pub landing_page: Option<String>,
    /// SPDX id or name of the licence.
    pub licence: Option<String>,
    /// ISO 8601 repeating interval (`R/P1M`), or `irregular`, `continuous`, `never`, `unknown`.
    pub frequency: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub modified_on: Option<NaiveDate>,
    /// (scheme, code) of its themes: `od500_data_type`, `eu_theme`, `sdg`, `hvd`.
    pub themes: Vec<(String, String)>,
    pub identifiers: Vec<(DatasetIdentifierScheme, String)>,
    pub designations: Vec<DesignationDraft>,
    pub distributions: Vec<DistributionDraft>,
}

/// An official designation.
#[derive(Clone, Debug)]
pub struct DesignationDraft {
    pub kind: DesignationKind,
    pub code: Option<String>,
    /// Who designated it, in words.
    pub by: String,
    pub valid_from: Option<PartialDate>,
}

/// A file or service.
#[derive(Clone, Debug)]
pub struct DistributionDraft {
    pub url: String,
    /// Upper-case format, such as `CSV`.
    pub format: Option<String>,
}

/// One more name.
#[derive(Clone, Debug)]
pub struct NameDraft {
    pub text: String,
    pub lang: String,
    pub kind: NameKind,
}

/// One identifier.
#[derive(Clone, Debug)]
pub struct IdentifierDraft {
    pub scheme: IdentifierScheme,
    pub value: String,
}

/// An organisation with all that the source says of it.
#[derive(Clone, Debug)]
pub struct OrganisationDraft {
    pub key: Key,
    pub name: String,
    /// ISO 639-1 code of `name` and of the texts.
    pub lang: String,
    pub names: Vec<NameDraft>,
    pub identifiers: Vec<IdentifierDraft>,
    pub legal_form: Option<String>,
    pub kind: OrganisationKind,
    pub ownership: Ownership,
    pub status: OrganisationStatus,
    pub founded: Option<PartialDate>,
    pub website: Option<String>,
    pub description: Option<LangText>,
    pub summary: Option<LangText>,
    pub size_band: Option<SizeBand>,
    pub business_models: Vec<BusinessModel>,
    pub use_types: Vec<UseType>,
    pub dependence: Dependence,
    pub based_in_country: YesNo,
    pub earns_revenue: YesNo,
    pub uses_data: YesNo,
    pub consent: Consent,
    /// Sectors, industries, revenue sources: each as said, with the code it was matched to.
    pub codes: Vec<CodeDraft>,
    pub location: Option<LocationDraft>,
    pub claims: Vec<ClaimDraft>,
    pub impacts: Vec<ImpactDraft>,
    pub observations: Vec<ObservationDraft>,
    pub responses: Vec<ResponseDraft>,
    /// Why a property has no value; each attribute at most once.
    pub missing: Vec<(Attribute, Missing)>,
    /// Key of the source that its facts come from.
    pub source: Key,
    /// When the source last touched it.
    pub recorded_at: Option<DateTime<Utc>>,
}

/// A code, or a text outside the list.
#[derive(Clone, Debug)]
pub struct CodeDraft {
    /// Scheme id, such as `od500_category`.
    pub scheme: String,
    /// Code in the scheme; `None` when the text is outside the list.
    pub code: Option<String>,
    /// What the source says, when it is outside the list or worth keeping.
    pub text: Option<String>,
    pub role: CodeRole,
    pub assigned_by: AssertedBy,
    pub confidence: Confidence,
    /// Key of the wave.
    pub wave: Option<Key>,
}

/// Where an organisation is.
#[derive(Clone, Debug)]
pub struct LocationDraft {
    pub role: LocationRole,
    pub locality: Option<String>,
    pub postal_code: Option<String>,
    /// Scheme and code of the area, such as (`Subdivision`, `MX-CMX`).
    pub area: Option<(AreaScheme, String)>,
    /// Degrees north, WGS 84.
    pub latitude: Option<f64>,
    /// Degrees east, WGS 84.
    pub longitude: Option<f64>,
    pub precision: Option<Precision>,
}

/// What a claim says is used, from most to least specific.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetDraft {
    /// Key of a dataset or edition.
    Dataset(Key),
    /// Key of a series.
    Series(Key),
    /// Key of a body: no dataset is named.
    Publisher(Key),
    /// (scheme, code): not even a body is named.
    Theme(String, String),
}

/// "This organisation uses this data."
#[derive(Clone, Debug)]
pub struct ClaimDraft {
    pub target: TargetDraft,
    /// Key of the parent body as the survey states it; the roll-up `AS_STATED` counts it.
    pub stated_publisher: Option<Key>,
    pub purpose: Option<LangText>,
    pub use_type: UseType,
    pub criticality: Criticality,
    pub access_mode: AccessMode,
    pub started: Option<PartialDate>,
    pub last_observed_on: Option<NaiveDate>,
    pub valid_from: Option<PartialDate>,
    pub valid_to: Option<PartialDate>,
    pub wave: Option<Key>,
    pub asserted_by: AssertedBy,
    pub origin: Origin,
    pub status: ClaimStatus,
    /// Derived from the evidence by `domain::grade`; importers of legacy rows say D.
    pub grade: Grade,
    pub publisher_ack: PublisherAck,
    pub evidence: Vec<EvidenceDraft>,
}

/// A link to a source.
#[derive(Clone, Debug)]
pub struct EvidenceDraft {
    pub source: Key,
    pub polarity: Polarity,
    /// Where in the source, in no language: `mx_agencies.csv#row=13`, a fragment by RFC 7111.
    pub locator: Option<String>,
    /// What its id is made of in place of the locator: the words of an earlier version, so that an import that runs again
    /// rewrites the rows that it wrote then instead of adding others.
    pub identity: Option<String>,
    /// At most 300 characters.
    pub quote: Option<String>,
}

/// "This organisation has this impact."
#[derive(Clone, Debug)]
pub struct ImpactDraft {
    /// Scheme id: `sdg`, `sdg_target`, `impact_type`, `od500_data_impact`, `od500_social_impact`.
    pub scheme: String,
    /// Code; `None` with `text` when the answer is outside the list.
    pub code: Option<String>,
    pub text: Option<String>,
    pub direction: Direction,
    pub strength: Strength,
    /// 0 asserted by crosswalk, 1 described … 5 independent replication.
    pub evidence_level: u8,
    pub rationale: Option<LangText>,
    pub asserted_by: AssertedBy,
    pub origin: Origin,
    pub confidence: Option<Confidence>,
    pub wave: Option<Key>,
    pub status: ClaimStatus,
    pub evidence: Vec<EvidenceDraft>,
}

/// Who an observation is of; inside an [`OrganisationDraft`] it is `Itself`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectDraft {
    Itself,
    /// Scheme and code of an area or country.
    Area(AreaScheme, String),
    /// (scheme, code) of a sector.
    Sector(String, String),
    /// Key of an organisation in a source's namespace: (source, key).
    Organisation(String, Key),
}

/// A number as `mantissa × 10^-scale`: exact on every database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    pub mantissa: i64,
    pub scale: i16,
}

/// Whether the record has what an observation names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub subject: bool,
    /// True of an observation that names no wave.
    pub wave: bool,
}

/// One observed value, as an interval.
#[derive(Clone, Debug)]
pub struct ObservationDraft {
    /// Key of the indicator's definition.
    pub indicator: String,
    pub subject: SubjectDraft,
    /// ISO 8601 year, quarter (`2014-Q2`) or month (`2014-05`).
    pub period: String,
    pub low: Option<Decimal>,
    pub central: Option<Decimal>,
    /// `None` with a `low` is an open top.
    pub high: Option<Decimal>,
    pub missing: Option<Missing>,
    /// ISO 4217, present if and only if the unit is money.
    pub currency: Option<String>,
    pub status: ObservationStatus,
    pub visibility: RowVisibility,
    pub wave: Option<Key>,
    pub source: Option<Key>,
}

/// An organisation's part in a wave.
#[derive(Clone, Debug)]
pub struct ResponseDraft {
    pub wave: Key,
    pub channel: Channel,
    pub status: ResponseStatus,
    pub completed_by: CompletedBy,
    pub answers: Vec<AnswerDraft>,
}

/// One answer kept as it was given.
#[derive(Clone, Debug)]
pub struct AnswerDraft {
    /// Stable key of the question, such as `source_count`.
    pub question: String,
    pub value: Known<String>,
    pub visibility: RowVisibility,
}

/// One value or row that an importer could not take, or took with a doubt.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// Whether the value was left out (`refused`) or taken with a remark (`warning`).
    pub severity: Severity,
    pub file: String,
    /// Record number in the file: the header is 0, the first record 1.
    pub row: u64,
    pub field: String,
    /// The value, at most 200 characters; never a contact.
    pub value: String,
    /// What is wrong and what was done, in a sentence.
    pub reason: String,
    /// Stable code for counting, such as `size_band.excel_date`.
    pub code: String,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Taken, with a remark.
    Warning,
    /// Not taken.
    Refused,
}
