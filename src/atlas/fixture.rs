//! For tests: rows from few words, and the MINI ecosystem of `tests/fixtures/mini.json`.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use entity::vocabulary::{
    AccessMode, AreaScheme, AssertedBy, Attribute, Channel, ClaimStatus, CodeRole, CompletedBy, Confidence, Consent,
    DatasetAccess, DatasetStatus, Decision, Dependence, Direction, Frame, LocationRole, OrganisationKind,
    OrganisationStatus, Origin, Ownership, Precision, PublisherAck, PublisherLevel, RelationKind, ResponseStatus,
    SizeBand, Strength, UseType, WaveState, YesNo,
};
use serde::Deserialize;
use uuid::Uuid;

use super::rows::{
    AreaRow, CodeRow, DatasetRow, ImpactClaimRow, LocationRow, OrganisationCodeRow, OrganisationRow, PublisherRow,
    RelationRow, ResponseRow, Rows, StudyRow, TargetRow, UseClaimRow, WaveRow,
};
use super::{Atlas, DatasetIx, OrgIx};
use crate::domain::draft::lang_text;
use crate::domain::text::slug;

/// The id of a word, the same in every run.
pub(crate) fn id<T: From<Uuid>>(kind: &str, word: &str) -> T {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{kind}/{word}").as_bytes()).into()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A study.
pub(crate) fn study() -> StudyRow {
    StudyRow {
        id: id("study", "mx"),
        slug: "od100-mx".to_owned(),
        chapter: "mx".to_owned(),
        title: lang_text("es", "Open Data 100"),
        licence: String::new(),
        licence_url: String::new(),
        attribution: String::new(),
        url: String::new(),
    }
}

/// A closed wave of the one study.
pub(crate) fn wave(slug: &str, opens: &str, asked: &[Attribute]) -> WaveRow {
    WaveRow {
        id: id("wave", slug),
        study: id("study", "mx"),
        slug: slug.to_owned(),
        title: lang_text("es", slug),
        opens_on: day(opens),
        closes_on: None,
        population: lang_text("es", "reusers"),
        frame: Frame::List,
        state: WaveState::Closed,
        instrument: "v0".to_owned(),
        asked: asked.to_vec(),
        asked_goals: Vec::new(),
        takes_nominations: false,
        returned: None,
    }
}

/// A response that an organisation sent itself.
pub(crate) fn answered(organisation: &str, wave: &str) -> ResponseRow {
    ResponseRow {
        organisation: id("org", organisation),
        wave: id("wave", wave),
        channel: Channel::Invited,
        status: ResponseStatus::Submitted,
        completed_by: CompletedBy::Organisation,
    }
}

/// An organisation with a name and no more.
pub(crate) fn organisation(name: &str) -> OrganisationRow {
    OrganisationRow {
        id: id("org", name),
        slug: slug("es", name),
        name: lang_text("es", name),
        kind: OrganisationKind::Company,
        ownership: Ownership::Unknown,
        status: OrganisationStatus::Active,
        legal_form: None,
        founded: None,
        website: None,
        description: None,
        summary: None,
        size_band: None,
        business_models: Vec::new(),
        use_types: Vec::new(),
        dependence: Dependence::Unknown,
        based_in_country: YesNo::Unknown,
        earns_revenue: YesNo::Unknown,
        uses_data: YesNo::Unknown,
        consent: Consent::Yes,
        source: None,
        updated_at: DateTime::UNIX_EPOCH,
    }
}

/// A published dataset with a title and no more.
pub(crate) fn dataset(title: &str, publisher: &str) -> DatasetRow {
    DatasetRow {
        id: id("dataset", title),
        slug: slug("es", title),
        title: lang_text("es", title),
        description: None,
        publisher: id("org", publisher),
        is_series: false,
        series: None,
        edition: None,
        status: DatasetStatus::Published,
        access: DatasetAccess::Open,
        landing_page: None,
        licence: None,
        frequency: None,
        issued_on: None,
        modified_on: None,
        source: None,
    }
}

/// An accepted claim of grade C.
pub(crate) fn claim(word: &str, organisation: &str, target: TargetRow) -> UseClaimRow {
    UseClaimRow {
        id: id("claim", word),
        organisation: id("org", organisation),
        target,
        stated_publisher: None,
        purpose: None,
        use_type: UseType::Unknown,
        criticality: entity::vocabulary::Criticality::Unknown,
        access_mode: AccessMode::Unknown,
        via: None,
        started: None,
        last_observed_on: None,
        valid_from: None,
        wave: None,
        asserted_by: AssertedBy::SelfReported,
        origin: Origin::Declared,
        status: ClaimStatus::Accepted,
        grade: entity::vocabulary::Grade::C,
        publisher_ack: PublisherAck::None,
    }
}

/// A relation that has been accepted.
pub(crate) fn relation(from: &str, to: &str, kind: RelationKind) -> RelationRow {
    RelationRow {
        from: id("org", from),
        to: id("org", to),
        kind,
        decision: Decision::Accepted,
        valid_from: None,
        valid_to: None,
        note: None,
        source: None,
    }
}

/// A code of a scheme.
pub(crate) fn code(scheme: &str, code: &str, position: i32) -> CodeRow {
    CodeRow {
        id: id(scheme, code),
        scheme: scheme.to_owned(),
        code: code.to_owned(),
        label: lang_text("es", code),
        parent: None,
        definition: None,
        position,
        extra: None,
    }
}

/// The goals as codes.
pub(crate) fn goals() -> Vec<CodeRow> {
    (1..=17).map(|goal| code("sdg", &goal.to_string(), goal)).collect()
}

/// An area.
pub(crate) fn area(scheme: AreaScheme, code: &str, parent: Option<&str>) -> AreaRow {
    AreaRow {
        id: id("area", code),
        scheme,
        code: code.to_owned(),
        name: lang_text("es", code),
        parent: parent.map(|parent| id("area", parent)),
        latitude: None,
        longitude: None,
    }
}

/// An assignment of a code.
pub(crate) fn assignment(organisation: &str, scheme: &str, code: &str, role: CodeRole) -> OrganisationCodeRow {
    OrganisationCodeRow {
        organisation: id("org", organisation),
        code: Some(id(scheme, code)),
        text: None,
        role,
        assigned_by: AssertedBy::SelfReported,
        confidence: Confidence::High,
        wave: None,
    }
}

/// A declared goal.
pub(crate) fn goal(organisation: &str, goal: u8, level: u8) -> ImpactClaimRow {
    ImpactClaimRow {
        id: id("impact", &format!("{organisation}/{goal}/{level}")),
        organisation: id("org", organisation),
        dimension: "sdg".to_owned(),
        code: Some(id("sdg", &goal.to_string())),
        text: None,
        direction: Direction::Positive,
        strength: Strength::Primary,
        evidence_level: level,
        rationale: None,
        asserted_by: AssertedBy::SelfReported,
        origin: Origin::Declared,
        confidence: None,
        wave: None,
        status: ClaimStatus::Accepted,
    }
}

/// A place.
pub(crate) fn location(organisation: &str, area: Option<&str>, point: Option<(f64, f64)>) -> LocationRow {
    LocationRow {
        organisation: id("org", organisation),
        role: LocationRole::Hq,
        locality: None,
        postal_code: None,
        area: area.map(|area| id("area", area)),
        latitude: point.map(|(latitude, _)| latitude),
        longitude: point.map(|(_, longitude)| longitude),
        precision: Some(Precision::Locality),
    }
}

/// What `mini.json` holds.
#[derive(Deserialize)]
pub(crate) struct Mini {
    pub(crate) as_of: NaiveDate,
    agencies: BTreeMap<String, MiniAgency>,
    datasets: BTreeMap<String, MiniDataset>,
    organisations: BTreeMap<String, MiniOrganisation>,
    claims: Vec<MiniClaim>,
    pub(crate) requests: Vec<MiniRequest>,
    pub(crate) ratings: Vec<(String, u8)>,
    pub(crate) value_mxn_m: BTreeMap<String, Option<[f64; 3]>>,
    pub(crate) share: BTreeMap<String, Option<[f64; 3]>>,
    pub(crate) counterfactual_cf1: BTreeMap<String, [f64; 3]>,
    pub(crate) priority_goals: Vec<u8>,
    pub(crate) counterfactual_answers: BTreeMap<String, String>,
    pub(crate) donor_shares: Vec<f64>,
    pub(crate) money_cells: Vec<Vec<f64>>,
    pub(crate) panel: BTreeMap<String, Vec<String>>,
    pub(crate) responses: BTreeMap<String, usize>,
    pub(crate) term: MiniTerm,
}

#[derive(Deserialize)]
struct MiniAgency {
    parent: Option<String>,
    level: String,
}

#[derive(Deserialize)]
struct MiniDataset {
    publisher: Option<String>,
    frequency: Option<(u32, u32, u32)>,
    modified: Option<NaiveDate>,
    published: bool,
    sdg: Vec<u8>,
}

#[derive(Deserialize)]
struct MiniOrganisation {
    sector: String,
    isic: String,
    lat: f64,
    lon: f64,
    state: String,
    sdg: BTreeMap<u8, u8>,
}

#[derive(Deserialize)]
struct MiniClaim {
    org: String,
    dataset: Option<String>,
    agency: Option<String>,
    grade: String,
    criticality: String,
    status: String,
}

#[derive(Deserialize)]
pub(crate) struct MiniRequest {
    pub(crate) orgs: u32,
    pub(crate) persons: u32,
    pub(crate) age_months: f64,
    pub(crate) status: String,
}

#[derive(Deserialize)]
pub(crate) struct MiniTerm {
    pub(crate) forwarded_on: NaiveDate,
    pub(crate) days: u32,
    pub(crate) calendar: NaiveDate,
    pub(crate) business: NaiveDate,
}

pub(crate) fn mini() -> Mini {
    serde_json::from_str(include_str!("../../tests/fixtures/mini.json")).unwrap()
}

impl Mini {
    /// The rows of the ecosystem.
    pub(crate) fn rows(&self) -> Rows {
        let mut rows = Rows { revision: 1, as_of: self.as_of, codes: goals(), ..Rows::default() };
        rows.areas.push(area(AreaScheme::Country, "MX", None));
        for (name, agency) in &self.agencies {
            rows.organisations.push(OrganisationRow { kind: OrganisationKind::Government, ..organisation(name) });
            rows.profiles.push(PublisherRow {
                organisation: id("org", name),
                level: agency.level.parse::<PublisherLevel>().unwrap(),
                portal_slug: None,
                area: None,
                accepts_requests: false,
            });
            if let Some(parent) = &agency.parent {
                rows.relations.push(relation(name, parent, RelationKind::PartOf));
            }
        }
        for (title, row) in &self.datasets {
            // D6 has been asked for and belongs to nobody yet.
            let Some(publisher) = &row.publisher else { continue };
            let interval = row.frequency.map(|(years, months, days)| format!("R/P{years}Y{months}M{days}D"));
            let status = if row.published { DatasetStatus::Published } else { DatasetStatus::UnpublishedKnown };
            let base = dataset(title, publisher);
            rows.datasets.push(DatasetRow { status, frequency: interval, modified_on: row.modified, ..base });
            rows.dataset_codes.extend(row.sdg.iter().map(|g| (id("dataset", title), id("sdg", &g.to_string()))));
        }
        for (name, row) in &self.organisations {
            rows.organisations.push(OrganisationRow { size_band: Some(SizeBand::From1To10), ..organisation(name) });
            for (scheme, word, role) in [
                ("od500_category", &row.sector, CodeRole::ReuseSectorPrimary),
                ("isic4", &row.isic, CodeRole::IndustryPrimary),
            ] {
                if !rows.codes.iter().any(|known| known.scheme == scheme && known.code == *word) {
                    rows.codes.push(code(scheme, word, rows.codes.len() as i32));
                }
                rows.organisation_codes.push(assignment(name, scheme, word, role));
            }
            if !rows.areas.iter().any(|known| known.code == row.state) {
                rows.areas.push(area(AreaScheme::Subdivision, &row.state, Some("MX")));
            }
            rows.locations.push(location(name, Some(&row.state), Some((row.lat, row.lon))));
            rows.impact_claims.extend(row.sdg.iter().map(|(&number, &level)| goal(name, number, level)));
        }
        for (at, row) in self.claims.iter().enumerate() {
            let target = match (&row.dataset, &row.agency) {
                (Some(title), _) => TargetRow::Dataset(id("dataset", title)),
                (None, agency) => TargetRow::Publisher(id("org", agency.as_ref().unwrap())),
            };
            rows.use_claims.push(UseClaimRow {
                grade: row.grade.parse().unwrap(),
                criticality: row.criticality.parse().unwrap(),
                status: row.status.parse().unwrap(),
                ..claim(&at.to_string(), &row.org, target)
            });
        }
        rows
    }

    /// The atlas of the ecosystem.
    pub(crate) fn atlas(&self) -> Atlas {
        Atlas::build(self.rows())
    }
}

/// By name, for tests.
impl Atlas {
    pub(crate) fn org(&self, name: &str) -> OrgIx {
        self.organisation_by_slug(&slug("es", name)).unwrap_or_else(|| panic!("no organisation {name}"))
    }

    pub(crate) fn data(&self, title: &str) -> DatasetIx {
        self.dataset_by_slug(&slug("es", title)).unwrap_or_else(|| panic!("no dataset {title}"))
    }

    pub(crate) fn names(&self, organisations: &roaring::RoaringBitmap) -> Vec<&str> {
        organisations.iter().map(|org| self.name(OrgIx::new(org), super::Lang::ES).value).collect()
    }
}
