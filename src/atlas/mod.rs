//! The public ecosystem at one revision, in memory, immutable: built from [`rows::Rows`], shared and swapped
//! whole. No database, no transport, no GraphQL; private rows never reach it.
//!
//! # What it answers
//! - **Build**: [`Atlas::build`]. Handles ([`OrgIx`], [`DatasetIx`], [`CodeIx`], …) are dense and belong to one
//!   atlas; a publisher is an [`OrgIx`] whose [`Atlas::publisher`] is there.
//! - **Texts**: [`Atlas::str`] for a [`StrIx`], [`Atlas::label`] for a [`LabelIx`] in a [`Lang`] with fallback.
//! - **Records**: `organisation`, `publisher`, `dataset`, `area`, `code_row`, `study`, `wave`, `source`, `claim`,
//!   `claim_detail`, `impact`, `indicator`, `observation`; by id and slug: `*_by_id`, `*_by_slug`,
//!   `area_by_code`, `code`; what hangs on them: `names_of`, `claims_of`, `impacts_of`, `datasets_of`, ….
//! - **Select**: [`Filter`] → [`Atlas::select`] → [`Selection`] (bitmap of organisations, test of claims).
//! - **List**: [`Atlas::page`] in an [`OrganisationOrder`] with a [`Cursor`]; `publisher_users`, `dataset_users`.
//! - **Count**: [`Atlas::facets`], [`Atlas::count_by`], [`Atlas::coverage`], [`Atlas::users_of`].
//! - **Roll-ups**: [`Atlas::body`], [`Hierarchy`]; **places**: [`Atlas::map_points`]; **search**: [`Atlas::find`].

mod bits;
mod build;
mod claim_test;
mod collation;
mod column;
mod described;
mod elsewhere;
mod facets;
mod filter;
#[cfg(test)]
pub(crate) mod fixture;
mod handle;
mod lookup;
mod model;
mod order;
mod places;
mod profile;
mod publishers;
mod ranking;
mod reach;
mod records;
mod refusal;
mod requests;
pub mod rows;
mod search;
mod stated;
mod strings;
#[cfg(test)]
mod tests;
mod values;
mod words;

use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, Utc};
use entity::vocabulary::{Attribute, Missing};
use roaring::RoaringBitmap;
use uuid::Uuid;

pub use claim_test::ClaimTest;
pub use collation::Collation;
pub use facets::{Coverage, Facet, FacetValue};
pub use filter::{Filter, Selection, UNDISCLOSED_MINIMUM};
pub use handle::{
    AreaIx, ClaimIx, CodeIx, DatasetIx, FastMap, FastSet, Groups, Handle, ImpactIx, IndicatorIx, LabelIx,
    ObservationIx, OrgIx, RequestIx, SourceIx, StrIx, StudyIx, WaveIx,
};
pub(crate) use model::Rating;
pub use model::{
    Answer, Area, Assignment, Batch, Claim, ClaimDetail, Code, Dataset, DatasetIdentifier, Designation, Distribution,
    Evidence, Feedback, Identifier, Impact, Indicator, Location, Mapping, Name, Node, Observation, Organisation,
    Publisher, Relation, Response, Scheme, Set, Source, Specificity, Study, Subject, Wave,
};
pub use order::{Cursor, OrganisationOrder, Page, Sort, WrongCursor, id_cursor, page_of};
pub use places::{MOST_POINTS, MOST_SINGLE, MapPoints, Points, Symbols, View};
pub use profile::PublisherUse;
pub use publishers::{Body, Hierarchy, RolledUp, Rollup};
pub use refusal::{ALTERNATIVES, Fault, Refusal, TEXT_LENGTH};
pub use requests::{Request, RequestSupport};
pub use search::{Found, Hit, Hits, SearchKind};
pub use strings::{Lang, Strings, Text};
pub use values::{Dimension, Value};

/// The public ecosystem at one revision and date.
#[derive(Debug)]
pub struct Atlas {
    strings: Strings,
    collation: Collation,
    /// The revision of the record.
    pub revision: i64,
    /// When that revision was recorded.
    pub recorded_at: Option<DateTime<Utc>>,
    /// When the first revision was recorded: by an earlier moment nothing was.
    pub recorded_from: Option<DateTime<Utc>>,
    /// The validity date.
    pub as_of: NaiveDate,
    /// The recording time asked for; `None` is now.
    pub known_at: Option<DateTime<Utc>>,
    /// Rows left out because they refer to nothing public.
    pub skipped: usize,
    /// Bytes of texts when it was last built from rows alone: patches only add to them.
    texts_built: usize,
    organisations: Vec<Organisation>,
    names: Groups<OrgIx, Name>,
    identifiers: Groups<OrgIx, Identifier>,
    locations: Groups<OrgIx, Location>,
    relations: Groups<OrgIx, Relation>,
    assignments: Groups<OrgIx, Assignment>,
    missing: Groups<OrgIx, (Attribute, Missing)>,
    responses: Groups<OrgIx, Response>,
    answers: Groups<OrgIx, Answer>,
    publishers: Vec<Publisher>,
    publisher_slots: FastMap<OrgIx, u32>,
    /// Parents, successors and roots of bodies.
    pub hierarchy: Hierarchy,
    datasets: Vec<Dataset>,
    dataset_themes: Groups<DatasetIx, CodeIx>,
    dataset_identifiers: Groups<DatasetIx, DatasetIdentifier>,
    distributions: Groups<DatasetIx, Distribution>,
    designations: Groups<DatasetIx, Designation>,
    feedback: Groups<DatasetIx, Feedback>,
    /// All ratings that count, those that are never shown one by one included: of each voice the latest.
    ratings: Groups<DatasetIx, Rating>,
    editions: Groups<DatasetIx, DatasetIx>,
    publisher_datasets: Groups<OrgIx, DatasetIx>,
    areas: Vec<Area>,
    area_children: Groups<AreaIx, AreaIx>,
    schemes: Vec<Scheme>,
    codes: Vec<Code>,
    mappings: Groups<CodeIx, Mapping>,
    sources: Vec<Source>,
    studies: Vec<Study>,
    waves: Vec<Wave>,
    claims: Vec<Claim>,
    details: Vec<ClaimDetail>,
    claim_groups: Groups<OrgIx, ()>,
    dataset_claims: Groups<DatasetIx, ClaimIx>,
    publisher_claims: Groups<OrgIx, ClaimIx>,
    claim_evidence: Groups<ClaimIx, Evidence>,
    impacts: Vec<Impact>,
    impact_groups: Groups<OrgIx, ()>,
    impact_evidence: Groups<ImpactIx, Evidence>,
    indicators: Vec<Indicator>,
    observations: Vec<Observation>,
    /// Values that only `analysis::value` may read, behind the disclosure rule.
    sealed: Vec<Observation>,
    organisation_observations: Groups<OrgIx, ObservationIx>,
    requests: Vec<Request>,
    batches: Vec<Batch>,
    chapters: Vec<StrIx>,
    families: Vec<StrIx>,
    redirects: FastMap<(bool, String), Uuid>,
    has_recovered: bool,
    /// Whether some use was said in several waves, so that the newest stands for the others.
    has_displaced: bool,
    organisation_ids: lookup::Lookup,
    organisation_slugs: lookup::Lookup,
    dataset_ids: lookup::Lookup,
    dataset_slugs: lookup::Lookup,
    claim_ids: lookup::Lookup,
    impact_ids: lookup::Lookup,
    observation_ids: lookup::Lookup,
    code_words: lookup::Lookup,
    area_codes: lookup::Lookup,
    /// Reusers that may be shown, and all of them.
    listed: RoaringBitmap,
    reusers: RoaringBitmap,
    /// Listed reusers with at least one claim that figures use.
    active: RoaringBitmap,
    /// Reusers of bodies whose relations have been decided: for them the default roll-up is the root.
    decided: RoaringBitmap,
    values: values::Values,
    /// The theme of uses whose source names no single body: none that anybody could choose.
    unspecified_theme: Option<CodeIx>,
    default_bodies: RoaringBitmap,
    /// Publishers whose acronym another one bears too.
    shared_acronyms: RoaringBitmap,
    whole_facets: [OnceLock<Facet>; Dimension::ALL.len()],
    orders: ranking::Orders,
    publisher_users: Vec<(OrgIx, u32)>,
    stated_parts: stated::StatedParts,
    places: places::Places,
    search: search::Index,
    /// The words of descriptions, laid when the first filter asks for a text.
    described: OnceLock<words::Words>,
}
