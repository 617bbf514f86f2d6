//! A small record in rows: one study, three reusers (one of them hidden, one with a hostile name), two
//! publishers, a dataset, and slugs that have moved.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    id::{AreaId, CodeId, DatasetId, OrganisationId, SourceId, StudyId, UseClaimId, WaveId},
    vocabulary::{
        AccessMode, AreaScheme, AssertedBy, Attribute, Channel, ClaimStatus, CodeRole, CompletedBy, Confidence,
        Consent, Criticality, DatasetAccess, DatasetStatus, DatePrecision, Decision, Dependence, Frame, Grade,
        LocationRole, OrganisationKind, OrganisationStatus, Origin, Ownership, Precision, PublisherAck, PublisherLevel,
        RelationKind, ResponseStatus, SizeBand, SourceKind, UseType, WaveState, YesNo,
    },
};
use od100::{
    atlas::rows::{
        AreaRow, CodeRow, DatasetRow, LocationRow, OrganisationCodeRow, OrganisationRow, PublisherRow, RedirectRow,
        RelationRow, ResponseRow, Rows, SchemeRow, SourceRow, StudyRow, TargetRow, UseClaimRow, WaveRow,
    },
    domain::draft::{LangText, PartialDate, lang_text},
};
use uuid::Uuid;

/// The name of the second organisation: it tries to end what it stands in, and to be a formula.
pub(crate) const HOSTILE: &str = "=cmd()|</script><script>alert(1)</script>\"'&";
/// The id of the first organisation.
pub(crate) const DATOS: u128 = 1;

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap()
}

fn both(es: &str, en: &str) -> LangText {
    LangText::from([("es".to_owned(), es.to_owned()), ("en".to_owned(), en.to_owned())])
}

fn organisation(n: u128, slug: &str, name: &str, consent: Consent) -> OrganisationRow {
    OrganisationRow {
        id: OrganisationId(uuid(n)),
        slug: slug.to_owned(),
        name: lang_text("es", name),
        kind: OrganisationKind::Company,
        ownership: Ownership::Private,
        status: OrganisationStatus::Active,
        legal_form: None,
        founded: None,
        website: Some("https://example.org".into()),
        description: Some(both("Una descripción", "A description")),
        summary: None,
        size_band: Some(SizeBand::From1To10),
        business_models: vec![],
        use_types: vec![],
        dependence: Dependence::Unknown,
        based_in_country: YesNo::Yes,
        earns_revenue: YesNo::Unknown,
        uses_data: YesNo::Yes,
        consent,
        source: Some(SourceId(uuid(70))),
        updated_at: DateTime::UNIX_EPOCH,
    }
}

fn claim(n: u128, org: u128, target: TargetRow) -> UseClaimRow {
    UseClaimRow {
        id: UseClaimId(uuid(n)),
        organisation: OrganisationId(uuid(org)),
        target,
        stated_publisher: None,
        purpose: None,
        use_type: UseType::Unknown,
        criticality: Criticality::Unknown,
        access_mode: AccessMode::Unknown,
        via: None,
        started: None,
        last_observed_on: None,
        valid_from: Some(PartialDate { on: day(2014), precision: DatePrecision::Year }),
        wave: Some(WaveId(uuid(61))),
        asserted_by: AssertedBy::Import,
        origin: Origin::Declared,
        status: ClaimStatus::Accepted,
        grade: Grade::D,
        publisher_ack: PublisherAck::None,
    }
}

/// The record of another day, or as it had been recorded by then: everything was recorded at the first moment.
pub(crate) fn rows_at(as_of: NaiveDate, known_at: Option<DateTime<Utc>>) -> Rows {
    let mut rows = Rows { as_of, known_at, ..rows() };
    if known_at.is_some_and(|at| at < DateTime::UNIX_EPOCH) {
        rows = Rows { revision: 7, as_of, known_at, ..Rows::default() };
    }
    rows.use_claims.retain(|claim| claim.valid_from.is_none_or(|from| from.on <= as_of));
    rows
}

/// The record.
#[expect(clippy::too_many_lines, reason = "one record, read from top to bottom")]
pub(crate) fn rows() -> Rows {
    let body = |n: u128| PublisherRow {
        organisation: OrganisationId(uuid(n)),
        level: PublisherLevel::Federal,
        portal_slug: None,
        area: None,
        accepts_requests: false,
    };
    let response = |org: u128| ResponseRow {
        organisation: OrganisationId(uuid(org)),
        wave: WaveId(uuid(61)),
        channel: Channel::Invited,
        status: ResponseStatus::Submitted,
        completed_by: CompletedBy::Organisation,
    };
    let redirect =
        |kind: &str, slug: &str, to: u128| RedirectRow { kind: kind.into(), slug: slug.into(), target: uuid(to) };
    let goal = CodeRow {
        id: CodeId(uuid(42)),
        scheme: "sdg".into(),
        code: "3".into(),
        label: both("Salud y bienestar", "Good health and well-being"),
        parent: None,
        definition: None,
        position: 3,
        extra: None,
    };
    let sector = CodeRow {
        id: CodeId(uuid(41)),
        scheme: "od500_category".into(),
        code: "geo".into(),
        label: both("Geoespacial", "Geospatial"),
        ..goal.clone()
    };
    Rows {
        revision: 7,
        recorded_at: Some(DateTime::UNIX_EPOCH),
        as_of: day(2026),
        known_at: None,
        areas: vec![AreaRow {
            id: AreaId(uuid(50)),
            scheme: AreaScheme::Country,
            code: "MX".into(),
            name: both("México", "Mexico"),
            parent: None,
            latitude: None,
            longitude: None,
        }],
        schemes: vec![SchemeRow {
            id: "od500_category".into(),
            version: "1".into(),
            name: both("Sectores", "Sectors"),
            publisher: both("x", "x"),
            licence: both("x", "x"),
            url: "x".into(),
        }],
        codes: vec![sector, goal],
        sources: vec![SourceRow {
            id: SourceId(uuid(70)),
            kind: SourceKind::LegacyImport,
            title: "A study".into(),
            lang: Some("en".into()),
            url: None,
            author: None,
            published_on: None,
            accessed_at: None,
            licence: None,
            study: Some(StudyId(uuid(60))),
        }],
        studies: vec![StudyRow {
            id: StudyId(uuid(60)),
            slug: "od100-mx".into(),
            chapter: "mx".into(),
            title: both("Estudio", "Study"),
            licence: "CC-BY-4.0".into(),
            licence_url: "https://example.org/by".into(),
            attribution: "The people of the study".into(),
            url: "https://example.org/study".into(),
        }],
        waves: vec![WaveRow {
            id: WaveId(uuid(61)),
            study: StudyId(uuid(60)),
            slug: "w1".into(),
            title: both("Ola", "Wave"),
            opens_on: day(2014),
            closes_on: None,
            population: both("Todas", "All"),
            frame: Frame::OpenCall,
            state: WaveState::Published,
            instrument: "x/0".into(),
            asked: vec![Attribute::Sector],
            asked_goals: vec![],
            takes_nominations: false,
            returned: None,
        }],
        organisations: vec![
            organisation(DATOS, "datos-y-mas", "Datos y Más", Consent::Yes),
            organisation(2, "hostile", HOSTILE, Consent::Pending),
            organisation(3, "hidden", "Canary Secreta", Consent::No),
            organisation(10, "instituto", "Instituto de Cifras", Consent::Yes),
            organisation(11, "oficina", "Oficina de Mapas", Consent::Yes),
        ],
        locations: vec![LocationRow {
            organisation: OrganisationId(uuid(DATOS)),
            role: LocationRole::Hq,
            locality: None,
            postal_code: None,
            area: Some(AreaId(uuid(50))),
            latitude: Some(19.43),
            longitude: Some(-99.13),
            precision: Some(Precision::Locality),
        }],
        relations: vec![RelationRow {
            from: OrganisationId(uuid(11)),
            to: OrganisationId(uuid(10)),
            kind: RelationKind::PartOf,
            decision: Decision::Accepted,
            valid_from: None,
            valid_to: None,
            note: None,
            source: None,
        }],
        profiles: vec![body(10), body(11)],
        organisation_codes: vec![OrganisationCodeRow {
            organisation: OrganisationId(uuid(DATOS)),
            code: Some(CodeId(uuid(41))),
            text: None,
            role: CodeRole::ReuseSectorPrimary,
            assigned_by: AssertedBy::SelfReported,
            confidence: Confidence::High,
            wave: Some(WaveId(uuid(61))),
        }],
        datasets: vec![DatasetRow {
            id: DatasetId(uuid(30)),
            slug: "censo".into(),
            title: both("Censo", "Census"),
            description: None,
            publisher: OrganisationId(uuid(10)),
            is_series: false,
            series: None,
            edition: None,
            status: DatasetStatus::Published,
            access: DatasetAccess::Open,
            landing_page: Some("javascript:alert(1)".into()),
            licence: None,
            frequency: None,
            issued_on: None,
            modified_on: None,
            source: None,
        }],
        use_claims: vec![
            claim(20, DATOS, TargetRow::Dataset(DatasetId(uuid(30)))),
            claim(21, 2, TargetRow::Publisher(OrganisationId(uuid(11)))),
            claim(22, 3, TargetRow::Publisher(OrganisationId(uuid(11)))),
        ],
        responses: vec![response(DATOS), response(2), response(3)],
        redirects: vec![
            redirect("organisation", "datos", DATOS),
            redirect("organisation", "instituto-viejo", 10),
            redirect("dataset", "censo-2010", 30),
        ],
        ..Rows::default()
    }
}
