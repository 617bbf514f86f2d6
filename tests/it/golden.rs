//! The published studies, read into drafts: every figure of the golden list that drafts can give. The
//! files are not part of the project; `OD500_DIR` names the folder that holds `mx/` and `us/`.

use od100::domain::draft::{OrganisationDraft, TargetDraft};
use od100::import::od500::{Chapter, ChapterRead, Files, read_chapter};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The folder of the study's files; without it a test is skipped, except where everything must run.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn folder() -> Option<PathBuf> {
    match std::env::var_os("OD500_DIR") {
        Some(folder) => Some(PathBuf::from(folder)),
        None if std::env::var_os("CI").is_some() => {
            panic!("OD500_DIR is not set; it names the folder with mx/ and us/")
        }
        None => {
            println!("skipped: OD500_DIR is not set");
            None
        }
    }
}

pub(crate) fn read(chapter: Chapter) -> Option<ChapterRead> {
    let folder = folder()?.join(chapter.code());
    let bytes = |name: String| std::fs::read(folder.join(&name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    let (companies, agencies) = (bytes(chapter.companies_file()), bytes(chapter.agencies_file()));
    Some(
        read_chapter(chapter, Files { companies: &companies, agencies: &agencies })
            .expect("the published files are read"),
    )
}

/// Distinct organisations by anything.
type Users = BTreeMap<String, BTreeSet<String>>;

fn tally<'a>(read: &'a ChapterRead, of: impl Fn(&'a OrganisationDraft) -> Vec<String>) -> Users {
    let mut out = Users::new();
    for organisation in &read.organisations {
        for value in of(organisation) {
            out.entry(value).or_default().insert(organisation.key.clone());
        }
    }
    out
}

fn sizes(users: &Users) -> BTreeMap<&str, usize> {
    users.iter().map(|(name, users)| (name.as_str(), users.len())).collect()
}

fn links(users: &Users) -> usize {
    users.values().map(BTreeSet::len).sum()
}

/// Bodies by the survey's parent, by name.
fn by_stated(read: &ChapterRead) -> Users {
    let names: BTreeMap<&str, &str> = read.header.bodies.iter().map(|b| (b.key.as_str(), b.name.as_str())).collect();
    tally(read, |o| {
        o.claims.iter().filter_map(|c| c.stated_publisher.as_deref()).map(|k| names[k].to_owned()).collect()
    })
}

/// Bodies as the claims' targets say, by key.
fn by_publisher(read: &ChapterRead) -> Users {
    let owner: BTreeMap<&str, &str> =
        read.header.datasets.iter().map(|d| (d.key.as_str(), d.publisher.as_str())).collect();
    tally(read, |o| {
        o.claims
            .iter()
            .filter_map(|claim| match &claim.target {
                TargetDraft::Publisher(key) => Some(key.clone()),
                TargetDraft::Dataset(key) | TargetDraft::Series(key) => Some(owner[key.as_str()].to_owned()),
                TargetDraft::Theme(..) => None,
            })
            .collect()
    })
}

fn by_dataset(read: &ChapterRead) -> Users {
    tally(read, |o| {
        o.claims
            .iter()
            .filter_map(|c| {
                if let TargetDraft::Dataset(key) | TargetDraft::Series(key) = &c.target {
                    Some(key.clone())
                } else {
                    None
                }
            })
            .collect()
    })
}

fn by_impact(read: &ChapterRead, scheme: &str) -> Users {
    tally(read, |o| o.impacts.iter().filter(|i| i.scheme == scheme).filter_map(|i| i.code.clone()).collect())
}

fn sector(organisation: &OrganisationDraft) -> Option<&str> {
    organisation.codes.iter().find(|c| c.scheme == "od500_category").and_then(|c| c.code.as_deref())
}

fn assert_sizes(users: &Users, expected: &[(&str, usize)]) {
    let found = sizes(users);
    let wrong: Vec<String> = expected
        .iter()
        .filter(|(name, size)| found.get(name) != Some(size))
        .map(|(name, size)| format!("{name}: expected {size}, found {:?}", found.get(name)))
        .collect();
    assert!(wrong.is_empty(), "{}\nall: {found:?}", wrong.join("\n"));
}

#[test]
fn mexican_bodies_and_links() {
    let Some(read) = read(Chapter::Mx) else { return };
    assert_eq!(read.organisations.len(), 105);
    assert_eq!((read.raw.use_rows, read.raw.distinct_use_rows), (703, 702));
    assert_eq!((read.raw.agency_names, read.raw.organisation_agency_links), (68, 490));
    let subs = read.header.relations.len();
    assert_eq!((read.header.bodies.len() - subs, subs), (68, 87));
    let stated = by_stated(&read);
    assert_eq!((stated.len(), links(&stated)), (68, 490));
    let publishers = by_publisher(&read);
    assert_eq!((publishers.len(), links(&publishers)), (155, 605));
    assert_sizes(
        &stated,
        &[
            ("Instituto Nacional de Estadística y Geografía", 92),
            ("Secretaría de Hacienda y Crédito Público", 36),
            ("Secretaría de Gobernación", 31),
            ("Secretaría de Economía", 23),
            ("Banco de México", 21),
            ("Secretaría de Salud", 20),
            ("Secretaría de Educación Pública", 20),
            ("Consejo Nacional de Evaluación de la Política de Desarrollo Social", 17),
            ("Petróleos Mexicanos", 16),
            ("Secretaría de Agricultura, Ganadería, Desarrollo Rural, Pesca y Alimentación", 15),
            ("Secretaría de Energía", 14),
            ("Secretaría de Medio Ambiente y Recursos Naturales", 14),
            ("Secretaría de Comunicaciones y Transporte", 14),
            ("Secretaría de Desarrollo Social", 13),
            ("Instituto Mexicano del Seguro Social", 12),
            ("Instituto Nacional Electoral", 11),
        ],
    );
    assert_eq!(publishers["mx/body/secretaria-de-gobernacion/consejo-nacional-de-poblacion"].len(), 24);
    let shares: f64 = sizes(&stated).values().map(|n| (*n as f64 / 490.0).powi(2)).sum();
    assert_eq!((shares * 10_000.0).round() as i64, 618);
    assert_eq!((100.0 / shares).round() as i64, 1618);
}

#[test]
fn mexican_organisations_and_places() {
    let Some(read) = read(Chapter::Mx) else { return };
    let stated = by_stated(&read);
    let without: Vec<&str> = read
        .organisations
        .iter()
        .filter(|o| !stated.values().any(|users| users.contains(&o.key)))
        .map(|o| o.name.as_str())
        .collect();
    assert_eq!(without, ["Here"]);
    let mut bodies_per_organisation: Vec<usize> =
        read.organisations.iter().map(|o| stated.values().filter(|users| users.contains(&o.key)).count()).collect();
    bodies_per_organisation.sort_unstable();
    let all = &bodies_per_organisation;
    assert_eq!((all[52], all[104], all.iter().sum::<usize>()), (4, 24, 490));
    let by_state = tally(&read, |o| o.location.iter().filter_map(|l| l.area.clone()).map(|a| a.1).collect());
    assert_eq!((by_state.len(), links(&by_state)), (12, 105));
    assert_sizes(&by_state, &[("MX-CMX", 77), ("MX-NLE", 11), ("MX-JAL", 6), ("MX-MIC", 2), ("MX-ROO", 2)]);
    let points: BTreeSet<String> = read
        .organisations
        .iter()
        .filter_map(|o| o.location.as_ref())
        .filter(|l| l.area.as_ref().is_some_and(|a| a.1 == "MX-CMX"))
        .map(|l| format!("{:?} {:?}", l.latitude, l.longitude))
        .collect();
    assert_eq!(points.len(), 1, "the capital is one point: {points:?}");
    assert!(read.organisations.iter().all(|o| o.location.as_ref().is_some_and(|l| l.latitude.is_some())));
}

#[test]
fn mexican_datasets() {
    let Some(read) = read(Chapter::Mx) else { return };
    assert_eq!(read.raw.rows_naming_a_dataset, 275);
    let datasets = by_dataset(&read);
    assert_eq!(datasets.len(), 231);
    let claimed = read.header.datasets.iter().filter(|d| datasets.contains_key(&d.key)).count();
    assert_eq!(claimed, 231);
    let heads = read.header.datasets.iter().filter(|d| d.is_series).count();
    assert_eq!(read.header.datasets.len() - heads, 231, "only heads of proposed series are without users");
    let naming = read.organisations.iter().filter(|o| datasets.values().any(|users| users.contains(&o.key))).count();
    assert_eq!(naming, 60);
    let inegi = "mx/dataset/instituto-nacional-de-estadistica-y-geografia";
    assert_sizes(
        &datasets,
        &[
            (&format!("{inegi}/censos-economicos"), 10),
            (&format!("{inegi}/encuesta-nacional-de-ingresos-y-gastos-de-los-hogares"), 6),
            (&format!("{inegi}/encuesta-nacional-de-ocupacion-y-empleo"), 6),
            (&format!("{inegi}/censo-de-poblacion-y-vivienda-2010"), 6),
        ],
    );
}

#[test]
fn mexican_sectors_and_flow() {
    let Some(read) = read(Chapter::Mx) else { return };
    let sectors = tally(&read, |o| sector(o).map(ToOwned::to_owned).into_iter().collect());
    assert_eq!((sectors.len(), links(&sectors)), (18, 101));
    assert_sizes(
        &sectors,
        &[
            ("research_consulting", 25),
            ("data_technology", 22),
            ("finance_investment", 12),
            ("business_services", 8),
            ("geospatial_mapping", 5),
            ("media_communications", 4),
            ("food_agriculture", 3),
            ("education", 3),
            ("governance", 3),
            ("healthcare", 3),
            ("housing_real_estate", 3),
            ("energy", 2),
            ("insurance", 2),
            ("transportation", 2),
            ("environment_weather", 1),
            ("lifestyle_consumer", 1),
            ("scientific_research", 1),
            ("legal_services", 1),
        ],
    );
    let outside = read.organisations.iter().filter(|o| sector(o).is_none());
    let (texts, blank): (Vec<_>, Vec<_>) = outside.partition(|o| o.codes.iter().any(|c| c.scheme == "od500_category"));
    assert_eq!((texts.len(), blank.len()), (3, 1));
    let inegi = &by_stated(&read)["Instituto Nacional de Estadística y Geografía"];
    let flow = |code: &str| sectors[code].intersection(inegi).count();
    assert_eq!((flow("research_consulting"), flow("data_technology"), flow("finance_investment")), (25, 16, 12));
}

#[test]
fn mexican_impacts_and_goals() {
    use entity::vocabulary::Origin;
    let Some(read) = read(Chapter::Mx) else { return };
    assert_sizes(
        &by_impact(&read, "od500_data_impact"),
        &[
            ("new_product_service", 76),
            ("new_research", 67),
            ("new_opportunities", 53),
            ("revenue_growth", 38),
            ("cost_efficiency", 36),
            ("job_growth", 22),
        ],
    );
    assert_sizes(
        &by_impact(&read, "od500_social_impact"),
        &[
            ("citizen_engagement", 35),
            ("financial_access", 25),
            ("education_opportunity", 19),
            ("environment_climate", 18),
            ("consumer_empowerment", 15),
            ("public_safety", 15),
            ("good_governance", 13),
            ("healthcare_access", 12),
            ("housing_access", 10),
            ("food_access", 5),
        ],
    );
    let all = || read.organisations.iter().flat_map(|o| &o.impacts);
    let recovered: Vec<_> =
        all().filter(|i| i.scheme == "od500_social_impact" && i.origin == Origin::Recovered).collect();
    assert_eq!(recovered.len(), 13);
    assert!(recovered.iter().all(|i| i.code.as_deref() == Some("good_governance")));
    let free = all().filter(|i| i.scheme == "od500_social_impact" && i.code.is_none()).count();
    assert_eq!(free, 14);
    let unanswered =
        read.organisations.iter().filter(|o| !o.impacts.iter().any(|i| i.scheme == "od500_social_impact")).count();
    assert_eq!(unanswered, 39);
    assert_sizes(
        &by_impact(&read, "sdg"),
        &[("2", 5), ("3", 12), ("4", 19), ("8", 25), ("11", 10), ("12", 15), ("13", 18), ("16", 41)],
    );
    assert_eq!(by_impact(&read, "sdg").len(), 8);
    assert!(all().filter(|i| i.scheme == "sdg").all(|i| i.evidence_level == 0 && i.origin != Origin::Declared));
    assert!(by_impact(&read, "impact_type").len() >= 3);
}

#[test]
fn mexican_answers() {
    use entity::vocabulary::{BusinessModel, OrganisationKind, SizeBand};
    let Some(read) = read(Chapter::Mx) else { return };
    let bands = tally(&read, |o| o.size_band.map(|b| b.as_str().to_owned()).into_iter().collect());
    assert_sizes(
        &bands,
        &[
            (SizeBand::From1To10.as_str(), 38),
            (SizeBand::From11To50.as_str(), 30),
            (SizeBand::From51To200.as_str(), 6),
            (SizeBand::From201To500.as_str(), 2),
            (SizeBand::From501To1000.as_str(), 2),
            (SizeBand::From1001To5000.as_str(), 4),
            (SizeBand::From5001To10000.as_str(), 2),
            (SizeBand::Over10000.as_str(), 13),
        ],
    );
    let models = tally(&read, |o| o.business_models.iter().map(|m| m.as_str().to_owned()).collect());
    // 90, 62 and 51 as the options stand, and one answer that spells them out in a sentence.
    assert_sizes(
        &models,
        &[(BusinessModel::B2b.as_str(), 91), (BusinessModel::B2g.as_str(), 63), (BusinessModel::B2c.as_str(), 52)],
    );
    assert_eq!(read.organisations.iter().filter(|o| o.founded.is_some()).count(), 97);
    let public = read.problems.iter().filter(|p| p.code == "company_type.public").count();
    assert_eq!(public, 13);
    let civil = read.organisations.iter().filter(|o| o.kind == OrganisationKind::CivilSociety).count();
    assert_eq!(civil, 24, "23 without profit and one association");
    let themes = tally(&read, |o| {
        o.codes.iter().filter(|c| c.scheme == "od500_data_type").filter_map(|c| c.code.clone()).collect()
    });
    assert_sizes(
        &themes,
        &[
            ("demographics_social", 70),
            ("economics", 67),
            ("geospatial_mapping", 57),
            ("business", 53),
            ("finance", 47),
        ],
    );
    let revenue = tally(&read, |o| {
        o.codes.iter().filter(|c| c.scheme == "od500_revenue_source").filter_map(|c| c.code.clone()).collect()
    });
    assert_sizes(
        &revenue,
        &[
            ("consulting", 49),
            ("data_analysis", 43),
            ("government_contract", 26),
            ("subscriptions", 21),
            ("donations", 20),
        ],
    );
}

#[test]
fn american_raw_and_model_figures() {
    let Some(read) = read(Chapter::Us) else { return };
    assert_eq!(read.organisations.len(), 529);
    assert_eq!(read.raw.use_rows, 1123);
    assert_eq!((read.raw.agency_names, read.raw.organisation_agency_links), (70, 856));
    let stated = by_stated(&read);
    assert_eq!((stated.len(), links(&stated)), (66, 590));
    let unspecified = |o: &OrganisationDraft| {
        o.claims.iter().any(|c| c.target == TargetDraft::Theme("od500_data_type".to_owned(), "unspecified".to_owned()))
    };
    let only = read
        .organisations
        .iter()
        .filter(|o| unspecified(o) && o.claims.iter().all(|c| c.stated_publisher.is_none()))
        .count();
    assert_eq!(only, 173);
    assert_eq!(
        read.organisations.iter().filter(|o| o.impacts.iter().any(|i| i.scheme == "od500_data_impact")).count(),
        14
    );
    assert!(read.header.bodies.iter().all(|b| !b.name.starts_with("Multiple")));
}

#[test]
fn no_contact_is_left_in_any_draft() {
    for chapter in [Chapter::Mx, Chapter::Us] {
        let Some(read) = read(chapter) else { return };
        let text = format!("{:?} {:?} {:?}", read.header, read.organisations, read.problems);
        let (_, contacts) = od100::import::text::mask_contacts(&text);
        let at: Vec<&str> =
            text.match_indices('@').map(|(i, _)| &text[i.saturating_sub(20)..text.len().min(i + 20)]).collect();
        assert_eq!(contacts, 0, "{}: {at:?}", chapter.code());
    }
}

#[test]
fn keys_are_unique_and_refer_to_each_other() {
    for chapter in [Chapter::Mx, Chapter::Us] {
        let Some(read) = read(chapter) else { return };
        let header = &read.header;
        let unique = |keys: Vec<&str>| keys.len() == keys.iter().collect::<BTreeSet<_>>().len();
        assert!(unique(header.bodies.iter().map(|b| b.key.as_str()).collect()));
        assert!(unique(header.datasets.iter().map(|d| d.key.as_str()).collect()));
        assert!(unique(read.organisations.iter().map(|o| o.key.as_str()).collect()));
        let bodies: BTreeSet<&str> = header.bodies.iter().map(|b| b.key.as_str()).collect();
        let mut seen = BTreeSet::new();
        for dataset in &header.datasets {
            assert!(bodies.contains(dataset.publisher.as_str()), "{}", dataset.publisher);
            assert!(
                dataset.series.as_ref().is_none_or(|(head, ..)| seen.contains(head.as_str())),
                "series before editions"
            );
            seen.insert(dataset.key.as_str());
        }
        for organisation in &read.organisations {
            let targets: Vec<String> = organisation.claims.iter().map(|c| format!("{:?}", c.target)).collect();
            assert!(unique(targets.iter().map(String::as_str).collect()), "{} claims twice", organisation.key);
            let attributes: Vec<&str> = organisation.missing.iter().map(|(a, _)| a.as_str()).collect();
            assert!(unique(attributes.clone()), "{}: {attributes:?}", organisation.key);
            assert!(organisation.claims.iter().all(|c| !c.evidence.is_empty()));
        }
    }
}

/// The published files are whole; cut at the line end before their middle, the file of uses is doubted.
#[test]
fn a_published_file_of_uses_is_doubted_only_once_it_is_cut() {
    for chapter in [Chapter::Mx, Chapter::Us] {
        let Some(folder) = folder() else { return };
        let bytes = |name: String| std::fs::read(folder.join(chapter.code()).join(name)).expect("the published file");
        let (companies, agencies) = (bytes(chapter.companies_file()), bytes(chapter.agencies_file()));
        let middle = agencies[..agencies.len() / 2].iter().rposition(|byte| *byte == b'\n').expect("a line end") + 1;
        let is_doubted = |agencies: &[u8]| {
            let read = read_chapter(chapter, Files { companies: &companies, agencies }).expect("they are read");
            read.problems.iter().any(|problem| problem.code == "file.incomplete")
        };
        assert_eq!((is_doubted(&agencies), is_doubted(&agencies[..middle])), (false, true), "{chapter:?}");
    }
}
