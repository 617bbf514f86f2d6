//! A fresh database for each test, on SQLite and on PostgreSQL, and a small study to fill it with.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::id::IndicatorDefinitionId;
use entity::vocabulary::{
    AccessMode, AreaScheme, AssertedBy, Attribute, BusinessModel, ChainStage, Channel, ClaimStatus, CodeRole,
    CompletedBy, Confidence, Consent, Criticality, DatasetAccess, DatasetIdentifierScheme, DatasetStatus,
    DatePrecision, Decision, Dependence, DesignationKind, Direction, Frame, Grade, IdentifierScheme, IndicatorScheme,
    LocationRole, Measure, NameKind, ObservationStatus, OrganisationKind, OrganisationStatus, Origin, Ownership,
    Polarity, Precision, PublisherAck, PublisherLevel, RelationKind, ResponseStatus, RowVisibility, SizeBand,
    SourceKind, Strength, UseType, WaveState, YesNo,
};
use od100::app::context::FixedClock;
use od100::app::ingest::{Options, Outcome, ingest};
use od100::app::{self, Context, Error};
use od100::domain::draft::{
    AnswerDraft, BodyDraft, ClaimDraft, CodeDraft, DatasetDraft, Decimal, DesignationDraft, DistributionDraft,
    EvidenceDraft, Header, IdentifierDraft, ImpactDraft, Known, LocationDraft, NameDraft, ObservationDraft,
    OrganisationDraft, PartialDate, RelationDraft, ResponseDraft, SourceDraft, StudyDraft, SubjectDraft, TargetDraft,
    WaveDraft, lang_text,
};
use od100::store;
use od100::store::reference::Reference;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tokio::sync::OnceCell;

/// Text of a private answer; it must never come out.
pub(crate) const CANARY: &str = "canary-3f9a";

/// A database of its own, migrated.
pub(crate) struct Base {
    pub(crate) ctx: Context,
    pub(crate) clock: FixedClock,
    pub(crate) url: String,
    _folder: Option<tempfile::TempDir>,
}

impl Base {
    async fn open(url: String, folder: Option<tempfile::TempDir>) -> Self {
        let clock = FixedClock::at("2025-06-30T12:00:00.000001Z".parse().unwrap());
        let ctx = Context::fixed(store::connect(&url).await.unwrap(), clock.clone());
        Self { ctx, clock, url, _folder: folder }
    }

    /// Migrates an empty database, for others to be copies of it, and lets it go.
    async fn prepare(url: &str) {
        let base = Self::open(url.to_owned(), None).await;
        app::migrate(&base.ctx).await.unwrap();
        app::reference::put(&base.ctx, indicators(), "tests").await.unwrap();
        base.ctx.db.close().await.unwrap();
    }

    /// A connection past the store, to look at what is really there.
    pub(crate) async fn raw(&self) -> DatabaseConnection {
        Database::connect(&self.url).await.unwrap()
    }

    /// A later time.
    pub(crate) fn tick(&self) -> DateTime<Utc> {
        self.clock.set(self.clock.now() + chrono::TimeDelta::hours(1));
        self.clock.now()
    }

    pub(crate) async fn take(&self, header: Header, organisations: Vec<OrganisationDraft>) -> Result<Outcome, Error> {
        ingest(&self.ctx, "test", header, organisations.into_iter(), Options::default()).await
    }

    /// Every row of every table of facts, as text.
    pub(crate) async fn dump(&self) -> BTreeMap<&'static str, Vec<String>> {
        dump(&self.raw().await).await
    }
}

/// A SQLite file of its own: a copy of one that was migrated once, as hundreds of migrations take minutes.
pub(crate) async fn sqlite() -> Base {
    static MIGRATED: OnceCell<Vec<u8>> = OnceCell::const_new();
    let migrated = MIGRATED.get_or_init(|| async {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("od100.db");
        Base::prepare(&format!("sqlite:{}", file.display())).await;
        std::fs::read(file).unwrap()
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("od100.db");
    std::fs::write(&file, migrated.await).unwrap();
    Base::open(format!("sqlite:{}", file.display()), Some(folder)).await
}

/// A PostgreSQL database of its own, if there is a server; a copy as well.
pub(crate) async fn postgres() -> Option<Base> {
    static MIGRATED: OnceCell<String> = OnceCell::const_new();
    let server = postgres_server()?;
    let migrated = MIGRATED.get_or_init(|| async {
        let name = format!("t{}", uuid::Uuid::new_v4().simple());
        Base::prepare(&database(&server, &name, "template1").await).await;
        name
    });
    let name = format!("t{}", uuid::Uuid::new_v4().simple());
    Some(Base::open(database(&server, &name, migrated.await).await, None).await)
}

/// The address of the PostgreSQL server. Without one its tests are skipped, but never in CI.
#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "tests are told by the environment")]
fn postgres_server() -> Option<String> {
    let server = std::env::var("TEST_POSTGRES_URL").ok();
    if server.is_none() {
        assert!(std::env::var("CI").is_err(), "TEST_POSTGRES_URL must be set in CI: see .ci/postgres");
        eprintln!("skipped: TEST_POSTGRES_URL is not set");
    }
    server
}

/// Makes a database that is a copy of another one, and gives its address.
async fn database(server: &str, name: &str, template: &str) -> String {
    let maintenance = Database::connect(server).await.unwrap();
    maintenance.execute_unprepared(&format!("create database {name} template {template}")).await.unwrap();
    maintenance.close().await.unwrap();
    let (before, _) = server.rsplit_once('/').unwrap();
    format!("{before}/{name}")
}

/// Makes `name::sqlite` and `name::postgres` of each test.
macro_rules! on_each_database {
    ($($(#[$note:meta])* async fn $name:ident($base:ident) $body:block)+) => {$(
        $(#[$note])*
        mod $name {
            use super::*;

            async fn run($base: crate::harness::Base) $body

            #[tokio::test]
            async fn sqlite() {
                run(crate::harness::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(base) = crate::harness::postgres().await {
                    run(base).await;
                }
            }
        }
    )+};
}
pub(crate) use on_each_database;

/// Calls a macro with the name of every table.
macro_rules! every_table {
    ($call:ident) => {
        $call!(
            setting record_head revision revision_change import_batch import_change slug_redirect area code_scheme
            code code_mapping indicator_definition study wave source organisation organisation_name
            organisation_identifier organisation_code organisation_missing location relation publisher_profile
            response answer catalogue dataset dataset_identifier dataset_code distribution erasure dataset_designation
            use_claim impact_claim indicator_observation evidence verification account credential
            role_grant session sign_in_token api_token access_event record_change answered_request
            review_case review_event
            data_request data_request_dataset request_support holiday
            outbox_message identity provider_visit sign_up instrument answering answer_draft respondent letter_wish invitation response_hand proposal
            match_candidate rearrangement asserted_name verification_link digest_setting dataset_feedback
            profile_takeover invite_draft second_factor second_factor_offer recovery_code pending_sign_in
        )
    };
}
pub(crate) use every_table;

/// The same of any database.
pub(crate) async fn dump(db: &DatabaseConnection) -> BTreeMap<&'static str, Vec<String>> {
    use sea_orm::EntityTrait;
    let mut all = BTreeMap::new();
    macro_rules! read {
        ($($table:ident)+) => {$(
            let rows = entity::$table::Entity::find().all(db).await.unwrap();
            let mut rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
            rows.sort();
            all.insert(stringify!($table), rows);
        )+};
    }
    every_table!(read);
    all.retain(|table, _| store::fact::TABLES.contains(table));
    all
}

fn indicators() -> Reference {
    let definition = |number: u128, key: &str, unit: &str| entity::indicator_definition::Model {
        id: IndicatorDefinitionId(uuid::Uuid::from_u128(number)),
        key: key.to_owned(),
        name: format!("{{\"en\":\"{key}\"}}"),
        definition: "{}".to_owned(),
        concept: "revenue".to_owned(),
        unit: unit.to_owned(),
        chain_stage: ChainStage::Outcome,
        measure: Measure::Exposure,
        subject_levels: "[\"organisation\",\"area\"]".to_owned(),
        frequency: "P1Y".to_owned(),
        source_scheme: IndicatorScheme::Internal,
        source_code: None,
        is_higher_better: None,
    };
    Reference {
        indicators: vec![definition(1, "test_revenue", "MXN"), definition(2, "test_staff", "persons")],
        ..Reference::default()
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn en(text: &str) -> BTreeMap<String, String> {
    lang_text("en", text)
}

/// A study of one wave with three bodies, a series and its edition.
pub(crate) fn header() -> Header {
    let body = |key: &str, name: &str, level| BodyDraft {
        key: key.to_owned(),
        name: name.to_owned(),
        lang: "es".to_owned(),
        acronym: Some(key.to_uppercase()),
        aliases: Vec::new(),
        level,
        website: None,
        identifiers: Vec::new(),
        status: OrganisationStatus::Active,
        area: Some("MX".to_owned()),
        source: Some("legacy".to_owned()),
    };
    let part_of = |from: &str, to: &str| RelationDraft {
        from: from.to_owned(),
        to: to.to_owned(),
        kind: RelationKind::PartOf,
        decision: Decision::Accepted,
        valid_from: None,
        valid_to: None,
        source: Some("legacy".to_owned()),
        note: None,
    };
    Header {
        source: "test".to_owned(),
        chapter: "mx".to_owned(),
        importer_version: "1".to_owned(),
        study: Some(StudyDraft {
            key: "study".to_owned(),
            slug: "study".to_owned(),
            title: en("A study"),
            country: "MX".to_owned(),
            licence: "CC-BY-SA-4.0".to_owned(),
            licence_url: "https://creativecommons.org/licenses/by-sa/4.0/".to_owned(),
            attribution: "The study".to_owned(),
            url: "https://example.org/study".to_owned(),
        }),
        waves: vec![WaveDraft {
            key: "wave".to_owned(),
            slug: "2014".to_owned(),
            title: en("2014"),
            opens_on: day("2014-01-01"),
            closes_on: Some(day("2014-12-31")),
            population: en("all who reuse"),
            frame: Frame::OpenCall,
            state: WaveState::Published,
            instrument: "test/1".to_owned(),
            asked: vec![Attribute::Sector, Attribute::Size],
            asked_goals: vec![2, 3],
        }],
        sources: vec![SourceDraft {
            key: "legacy".to_owned(),
            kind: SourceKind::LegacyImport,
            title: "The published files".to_owned(),
            url: Some("https://example.org/files".to_owned()),
            author: None,
            published_on: None,
            accessed_at: None,
            licence: Some("CC-BY-SA-4.0".to_owned()),
            lang: Some("es".to_owned()),
        }],
        bodies: vec![
            body("semarnat", "Secretaría de Medio Ambiente", PublisherLevel::Federal),
            body("conagua", "Comisión del Agua", PublisherLevel::Federal),
            body("smn", "Servicio Meteorológico", PublisherLevel::Federal),
        ],
        relations: vec![part_of("conagua", "semarnat"), part_of("smn", "conagua")],
        datasets: vec![dataset("rain", None), dataset("rain-2010", Some("rain"))],
        observations: vec![observation(SubjectDraft::Area(AreaScheme::Country, "MX".to_owned()))],
        ..Header::default()
    }
}

pub(crate) fn dataset(key: &str, series: Option<&str>) -> DatasetDraft {
    DatasetDraft {
        key: key.to_owned(),
        title: lang_text("es", format!("Lluvia {key}")),
        description: None,
        publisher: "smn".to_owned(),
        is_series: series.is_none(),
        series: series.map(|series| (series.to_owned(), "2010".to_owned(), Decision::Proposed)),
        status: DatasetStatus::Published,
        access: DatasetAccess::Open,
        landing_page: None,
        licence: None,
        frequency: Some("P1M".to_owned()),
        issued_on: None,
        modified_on: Some(day("2014-06-01")),
        themes: vec![("sdg".to_owned(), "13".to_owned())],
        identifiers: vec![(DatasetIdentifierScheme::Od500, key.to_owned())],
        designations: vec![DesignationDraft {
            kind: DesignationKind::StrategicInfrastructure,
            code: None,
            by: "a council".to_owned(),
            valid_from: Some(PartialDate { on: day("2015-01-01"), precision: DatePrecision::Year }),
        }],
        distributions: vec![DistributionDraft {
            url: format!("https://example.org/{key}.csv"),
            format: Some("CSV".to_owned()),
        }],
    }
}

pub(crate) fn observation(subject: SubjectDraft) -> ObservationDraft {
    ObservationDraft {
        indicator: "test_revenue".to_owned(),
        subject,
        period: "2014".to_owned(),
        low: Some(Decimal { mantissa: 1_500, scale: 2 }),
        central: Some(Decimal { mantissa: 20, scale: 0 }),
        high: None,
        missing: None,
        currency: Some("MXN".to_owned()),
        status: ObservationStatus::Estimated,
        visibility: RowVisibility::AggregateOnly,
        wave: Some("wave".to_owned()),
        source: Some("legacy".to_owned()),
    }
}

pub(crate) fn evidence() -> EvidenceDraft {
    EvidenceDraft {
        source: "legacy".to_owned(),
        polarity: Polarity::Supports,
        locator: Some("record 1".to_owned()),
        identity: None,
        quote: None,
    }
}

pub(crate) fn claim(target: TargetDraft) -> ClaimDraft {
    ClaimDraft {
        target,
        stated_publisher: Some("semarnat".to_owned()),
        purpose: Some(en("forecasts")),
        use_type: UseType::ProductService,
        criticality: Criticality::Core,
        access_mode: AccessMode::Api,
        started: None,
        last_observed_on: None,
        valid_from: None,
        valid_to: None,
        wave: Some("wave".to_owned()),
        asserted_by: AssertedBy::Import,
        origin: Origin::Declared,
        status: ClaimStatus::Accepted,
        grade: Grade::D,
        publisher_ack: PublisherAck::None,
        evidence: vec![evidence()],
    }
}

/// An organisation with two uses, an impact, a value and a private answer.
pub(crate) fn organisation(number: usize) -> OrganisationDraft {
    OrganisationDraft {
        key: format!("organisation/{number}"),
        name: format!("Compañía {}", number / 2),
        lang: "es".to_owned(),
        names: vec![NameDraft { text: format!("C{number}"), lang: "es".to_owned(), kind: NameKind::Acronym }],
        identifiers: vec![
            IdentifierDraft { scheme: IdentifierScheme::Domain, value: "example.org".to_owned() },
            IdentifierDraft { scheme: IdentifierScheme::Od500, value: format!("data{number}") },
        ],
        legal_form: Some("S.C.".to_owned()),
        kind: OrganisationKind::Company,
        ownership: Ownership::Private,
        status: OrganisationStatus::Active,
        founded: Some(PartialDate { on: day("2011-01-01"), precision: DatePrecision::Year }),
        website: Some("https://example.org".to_owned()),
        description: Some(lang_text("es", "Hace mapas")),
        summary: None,
        size_band: Some(SizeBand::From1To10),
        business_models: vec![BusinessModel::B2b],
        use_types: vec![UseType::ProductService],
        dependence: Dependence::Core,
        based_in_country: YesNo::Yes,
        earns_revenue: YesNo::Unknown,
        uses_data: YesNo::Yes,
        consent: Consent::Pending,
        codes: vec![CodeDraft {
            scheme: "sdg".to_owned(),
            code: Some("2".to_owned()),
            text: None,
            role: CodeRole::ReuseSectorPrimary,
            assigned_by: AssertedBy::Import,
            confidence: Confidence::High,
            wave: Some("wave".to_owned()),
        }],
        location: Some(LocationDraft {
            role: LocationRole::Hq,
            locality: Some("Zapopan".to_owned()),
            postal_code: None,
            area: Some((AreaScheme::Subdivision, "MX-JAL".to_owned())),
            latitude: Some(20.7 + number as f64 / 7.0 % 1.0),
            longitude: Some(-103.4),
            precision: Some(Precision::Locality),
        }),
        claims: vec![
            claim(TargetDraft::Dataset("rain-2010".to_owned())),
            claim(TargetDraft::Publisher("conagua".to_owned())),
        ],
        impacts: vec![ImpactDraft {
            scheme: "sdg_target".to_owned(),
            code: Some("2.3".to_owned()),
            text: None,
            direction: Direction::Positive,
            strength: Strength::Primary,
            evidence_level: 1,
            rationale: None,
            asserted_by: AssertedBy::SelfReported,
            origin: Origin::Declared,
            confidence: None,
            wave: Some("wave".to_owned()),
            status: ClaimStatus::Accepted,
            evidence: vec![evidence()],
        }],
        observations: vec![observation(SubjectDraft::Itself)],
        responses: vec![ResponseDraft {
            wave: "wave".to_owned(),
            channel: Channel::Unknown,
            status: ResponseStatus::Submitted,
            completed_by: CompletedBy::Unknown,
            answers: vec![
                AnswerDraft {
                    question: "financial_info".to_owned(),
                    value: Known::Value(format!("{CANARY}-{number}")),
                    visibility: RowVisibility::Private,
                },
                AnswerDraft {
                    question: "source_count".to_owned(),
                    value: Known::Value("1-10".to_owned()),
                    visibility: RowVisibility::Public,
                },
            ],
        }],
        missing: vec![(Attribute::Sdg, entity::vocabulary::Missing::NotAsked)],
        source: "legacy".to_owned(),
        recorded_at: None,
    }
}

/// Organisations from 0 up to `count`.
pub(crate) fn organisations(count: usize) -> Vec<OrganisationDraft> {
    (0..count).map(organisation).collect()
}
