//! The four chapters on small invented files that hold every trap of the real ones: what the drafts say,
//! and which problem stands at which record.

use entity::vocabulary::{
    Attribute, BusinessModel, DatePrecision, Decision, IdentifierScheme, Missing, NameKind, OrganisationKind, Origin,
    Ownership, Precision, PublisherLevel, SizeBand,
};
use od100::domain::draft::{OrganisationDraft, TargetDraft};
use od100::import::od500::{Chapter, ChapterRead, Files, read_chapter};
use od100::import::report::Report;
use std::path::PathBuf;

fn bytes(chapter: Chapter, name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/chapters").join(chapter.code());
    std::fs::read(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

pub(crate) fn read(chapter: Chapter) -> ChapterRead {
    let (companies, agencies) = (bytes(chapter, "companies.csv"), bytes(chapter, "agencies.csv"));
    read_chapter(chapter, Files { companies: &companies, agencies: &agencies }).expect("the fixture is read")
}

/// Problems as `file letter`, record and code: `c1 url.no_scheme`.
fn problems(read: &ChapterRead) -> Vec<String> {
    read.problems
        .iter()
        .map(|p| format!("{}{} {}", if p.file.contains("companies") { "c" } else { "a" }, p.row, p.code))
        .collect()
}

#[track_caller]
fn assert_problems(read: &ChapterRead, expected: &[&str]) {
    let found = problems(read);
    for problem in expected {
        assert!(found.iter().any(|f| f == problem), "{problem} is missing in {found:#?}");
    }
}

fn organisation<'a>(read: &'a ChapterRead, key: &str) -> &'a OrganisationDraft {
    read.organisations.iter().find(|o| o.key == key).unwrap_or_else(|| panic!("no {key}"))
}

fn missing(organisation: &OrganisationDraft, attribute: Attribute) -> Option<Missing> {
    organisation.missing.iter().find(|(a, _)| *a == attribute).map(|(_, m)| *m)
}

fn targets(organisation: &OrganisationDraft) -> Vec<String> {
    organisation
        .claims
        .iter()
        .map(|claim| match &claim.target {
            TargetDraft::Dataset(key) | TargetDraft::Series(key) | TargetDraft::Publisher(key) => key.clone(),
            TargetDraft::Theme(scheme, code) => format!("{scheme}:{code}"),
        })
        .collect()
}

#[test]
fn mexican_traps_are_met() {
    let read = read(Chapter::Mx);
    assert_eq!(read.organisations.len(), 4);
    assert_problems(
        &read,
        &[
            "c1 name.untrimmed",
            "c1 url.no_scheme",
            "c1 company_type.public",
            "c1 business_model.spelled_out",
            "c1 revenue_source.outside_list",
            "c1 social_impact.recovered",
            "c1 text.markup",
            "c1 text.contact",
            "c1 data_types.outside_list",
            "c1 data_impacts.outside_list",
            "c2 url.e_mail",
            "c2 year_founded.out_of_range",
            "c2 postal_code.zeros",
            "c2 category.repaired",
            "c2 category.outside_list",
            "c2 social_impact.outside_list",
            "c3 url.scheme",
            "c3 city.not_in_state",
            "c3 business_model.outside_list",
            "c3 data_impacts.unreadable",
            "c4 name.blank",
            "c5 state.unknown",
            "c5 company_type.variant",
            "a4 row.duplicate",
            "a5 used_by.category_differs",
            "a5 used_by.size_differs",
            "a5 url.unreadable",
            "a8 agency_type.unknown",
            "a8 acronym.web_address",
            "a10 used_by.unknown",
            "a11 agency.blank",
        ],
    );
    let first = organisation(&read, "mx/organisation/nubes-y-mapas");
    assert_eq!(first.name, "Nubes y Mapas S.A. de C.V. (NUMA)");
    assert_eq!(first.legal_form.as_deref(), Some("S.A. de C.V."));
    assert!(first.names.iter().any(|n| n.text == "NUMA" && n.kind == NameKind::Acronym));
    assert_eq!((first.kind, first.ownership), (OrganisationKind::Company, Ownership::Unknown));
    assert_eq!(first.size_band, Some(SizeBand::From1001To5000));
    assert_eq!(first.business_models, [BusinessModel::B2b, BusinessModel::B2c, BusinessModel::B2g, BusinessModel::B2n]);
    let description = &first.description.as_ref().expect("there is a description")["es"];
    assert_eq!(description, "Línea uno\n\nLínea dos fuerte & más\nescriba a [e-mail]");
    let location = first.location.as_ref().expect("there is a place");
    assert_eq!(location.area.as_ref().map(|a| a.1.as_str()), Some("MX-CMX"));
    assert_eq!((location.postal_code.as_deref(), location.precision), (Some("06140"), Some(Precision::Locality)));
    let revenue: Vec<_> = first
        .codes
        .iter()
        .filter(|c| c.scheme == "od500_revenue_source")
        .map(|c| (c.code.clone(), c.text.clone()))
        .collect();
    assert_eq!(revenue, [(Some("consulting".to_owned()), None), (None, Some("Venta de globos, de agua".to_owned()))]);
    let goals: Vec<_> = first
        .impacts
        .iter()
        .filter(|i| i.scheme == "sdg")
        .map(|i| (i.code.clone().unwrap_or_default(), i.origin))
        .collect();
    assert_eq!(goals, [("16".to_owned(), Origin::Inferred), ("8".to_owned(), Origin::Inferred)]);
    let recovered = first.impacts.iter().filter(|i| i.origin == Origin::Recovered).count();
    assert_eq!(recovered, 1);

    let second = organisation(&read, "mx/organisation/faro-azul");
    assert_eq!(second.location.as_ref().and_then(|l| l.precision), Some(Precision::State));
    let free = second.impacts.iter().find(|i| i.scheme == "od500_social_impact" && i.code.is_none());
    assert_eq!(free.and_then(|i| i.text.as_deref()), Some("transparencia e inversión, con gusto"));
    assert_eq!(missing(second, Attribute::Size), Some(Missing::NoAnswer));
    assert_eq!(missing(second, Attribute::Sdg), Some(Missing::NotAsked));
    let census = "mx/dataset/instituto-imaginario-de-numeros/censo-de-faros";
    assert_eq!(targets(second), [census.to_owned(), format!("{census}-2010")]);

    let third = organisation(&read, "mx/organisation/quimera");
    assert_eq!(missing(third, Attribute::Sector), Some(Missing::NoAnswer));
    assert_eq!(third.website, None);
    assert_eq!(targets(third).len(), 5);
}

#[test]
fn mexican_bodies_and_editions_are_proposed() {
    let read = read(Chapter::Mx);
    let body = |key: &str| read.header.bodies.iter().find(|b| b.key == key).unwrap_or_else(|| panic!("no {key}"));
    let numbers = body("mx/body/instituto-imaginario-de-numeros");
    assert_eq!((numbers.acronym.as_deref(), numbers.website.as_deref()), (Some("IIN"), None));
    assert!(numbers.identifiers.iter().any(|i| i.scheme == IdentifierScheme::CkanOrg && i.value == "iin"));
    let breezes = body("mx/body/secretaria-imaginaria-del-aire/comision-de-brisas");
    assert_eq!(breezes.acronym.as_deref(), Some("COBRI"));
    assert_eq!(breezes.website.as_deref(), Some("http://www.brisas.example/"));
    assert_eq!(breezes.level, PublisherLevel::Unknown);
    let town = body("mx/body/municipio-inventado-de-faros-estado-de-jalisco");
    assert_eq!((town.level, town.area.as_deref()), (PublisherLevel::Municipal, Some("MX-JAL")));
    assert_eq!(read.header.relations.len(), 1);
    assert_eq!(read.header.relations[0].decision, Decision::Proposed);
    let series: Vec<_> = read
        .header
        .datasets
        .iter()
        .filter_map(|d| d.series.as_ref().map(|(key, label, decision)| (key.as_str(), label.as_str(), *decision)))
        .collect();
    let census = "mx/dataset/instituto-imaginario-de-numeros/censo-de-faros";
    let budget = "mx/dataset/instituto-imaginario-de-numeros/series/presupuesto-inventado";
    assert_eq!(
        series,
        [
            (census, "2010", Decision::Proposed),
            (budget, "2010", Decision::Proposed),
            (budget, "2011", Decision::Proposed)
        ]
    );
    let head = read.header.datasets.iter().find(|d| d.key == budget).expect("the head of the series");
    assert!(head.is_series);
    assert_eq!(head.title["es"], "Presupuesto Inventado");
}

#[test]
fn american_traps_are_met() {
    let read = read(Chapter::Us);
    assert_problems(
        &read,
        &[
            "c1 category.repaired",
            "c1 text.markup",
            "c2 company_type.variant",
            "c2 business_model.no_customer",
            "c3 city.not_in_state",
            "c3 business_model.no_customer",
            "c3 company_type.from_model",
            "a1 agency.no_body",
            "a2 dataset.no_body",
            "a3 dataset.publisher_of_other_row",
            "a5 agency_type.variant",
            "a6 sub_body.same_name",
            "a3 portal_id.shared",
        ],
    );
    assert_eq!((read.raw.agency_names, read.raw.organisation_agency_links), (5, 6));
    assert!(read.header.bodies.iter().all(|b| !b.name.starts_with("Multiple")));
    let first = organisation(&read, "us/organisation/cloud-lane");
    assert_eq!(targets(first), ["od500_data_type:unspecified"]);
    assert_eq!(first.claims[0].evidence.len(), 2, "both rows are evidence");
    assert_eq!(first.claims[0].stated_publisher, None);
    assert_eq!(first.description.as_ref().expect("there is a description")["en"], "One\n\nTwo © é");
    assert_eq!(first.location.as_ref().and_then(|l| l.precision), Some(Precision::Locality));
    assert_eq!(missing(first, Attribute::RevenueSource), Some(Missing::NoAnswer));
    assert_eq!(missing(first, Attribute::SocialImpact), Some(Missing::NoAnswer));
    let second = organisation(&read, "us/organisation/paper-mill");
    assert_eq!(second.location.as_ref().and_then(|l| l.area.clone()).map(|a| a.1), Some("US-KS".to_owned()));
    assert_eq!(second.codes[0].text.as_deref(), Some("Business & Legal Services"));
    let third = organisation(&read, "us/organisation/hill-view");
    assert_eq!(third.kind, OrganisationKind::Academia);
    let gps = read.header.datasets.iter().find(|d| d.key.ends_with("/gps-data")).expect("the dataset");
    assert!(gps.publisher.ends_with("/office-of-bridges"));
    assert_eq!(gps.identifiers.len(), 2);
}

#[test]
fn what_stands_there_twice_is_read_once() {
    let (companies, agencies) = (bytes(Chapter::Mx, "companies.csv"), bytes(Chapter::Mx, "agencies.csv"));
    let once = read(Chapter::Mx);
    let twice = Files {
        companies: &[companies.as_slice(), &companies].concat(),
        agencies: &[agencies.as_slice(), &agencies].concat(),
    };
    let twice = read_chapter(Chapter::Mx, twice).expect("it is read");
    let keys =
        |read: &ChapterRead| read.organisations.iter().map(|o| (o.key.clone(), o.claims.len())).collect::<Vec<_>>();
    assert_eq!(keys(&twice), keys(&once));
    assert_problems(
        &twice,
        &["c6 row.header", "c7 row.duplicate", "c10 name.blank", "c11 row.duplicate", "a12 row.header"],
    );
    assert!(problems(&twice).iter().all(|problem| !problem.ends_with("id.duplicate")));
}

#[test]
fn korean_traps_are_met() {
    let read = read(Chapter::Kr);
    assert_eq!(read.organisations.len(), 5);
    assert_problems(
        &read,
        &[
            "c1 name.untrimmed",
            "c1 year_founded.whole_date",
            "c2 size_band.excel_date",
            "c2 category.is_revenue_source",
            "c3 id.duplicate",
            "c3 name.duplicate",
            "c3 url.unreadable",
            "c3 size_band.excel_date",
            "c4 size_band.off_by_one",
            "c5 size_band.excel_date",
        ],
    );
    let first = organisation(&read, "kr/organisation/-morning-star");
    assert_eq!(first.size_band, Some(SizeBand::From1To10));
    assert_eq!(
        first.founded.map(|f| (f.on.to_string(), f.precision)),
        Some(("2011-07-08".to_owned(), DatePrecision::Day))
    );
    assert_eq!(first.description.as_ref().expect("a text")["en"], "We are <Morning Star 21st Century> in print.");
    assert_eq!(first.location.as_ref().and_then(|l| l.area.clone()).map(|a| a.1), Some("KR-11".to_owned()));
    assert_eq!(missing(first, Attribute::BusinessModel), Some(Missing::NotAsked));
    let bands: Vec<_> = read.organisations.iter().map(|o| o.size_band).collect();
    assert_eq!(
        bands,
        [
            Some(SizeBand::From1To10),
            None,
            Some(SizeBand::From1To10),
            Some(SizeBand::From501To1000),
            Some(SizeBand::From11To50)
        ]
    );
    assert_eq!(read.organisations[2].key, "kr/organisation/twin-2");
    assert_eq!((read.organisations[1].claims.len(), read.organisations[2].claims.len()), (1, 0));
    let river = organisation(&read, "kr/organisation/river");
    assert!(river.identifiers.iter().all(|i| i.scheme != IdentifierScheme::Domain), "the host is shared");
    let sectors: Vec<_> = read.organisations.iter().map(|o| o.codes[0].code.clone().unwrap_or_default()).collect();
    assert_eq!(sectors, ["business_services", "", "finance_investment", "data_technology", "travel"]);
}

#[test]
fn australian_traps_are_met() {
    let read = read(Chapter::Au);
    assert_problems(
        &read,
        &[
            "c1 social_impact.outside_list",
            "c1 data_types.outside_list",
            "c1 data_impacts.outside_list",
            "c1 text.contact",
            "c2 url.e_mail",
            "c2 category.outside_list",
            "a2 agency_type.unknown",
            "a2 url.unreadable",
            "a2 used_by.category_differs",
        ],
    );
    let first = organisation(&read, "au/organisation/wattle");
    assert!(first.names.iter().any(|n| n.text == "Green Gate" && n.kind == NameKind::Trade));
    assert_eq!(first.legal_form.as_deref(), Some("Pty Ltd"));
    assert_eq!(first.codes[0].code.as_deref(), Some("mining_manufacturing"));
    let themes: Vec<_> = targets(first).into_iter().filter(|t| t.starts_with("od500_data_type:")).collect();
    assert_eq!(themes, ["od500_data_type:positioning_gps", "od500_data_type:weather"]);
    assert!(
        first
            .claims
            .iter()
            .filter(|c| matches!(c.target, TargetDraft::Theme(..)))
            .all(|c| c.stated_publisher.is_none())
    );
    let second = organisation(&read, "au/organisation/magpie");
    let good = second.impacts.iter().find(|i| i.code.as_deref() == Some("good_governance")).expect("declared");
    assert_eq!(good.origin, Origin::Declared);
    assert!(!format!("{:?} {:?}", read.organisations, read.problems).contains("mail.example"));
}

#[test]
fn reading_again_says_the_same() {
    for chapter in Chapter::ALL {
        let text = || {
            let read = read(chapter);
            (format!("{:?} {:?}", read.header, read.organisations), Report::of_chapter(&read).to_json().expect("JSON"))
        };
        assert_eq!(text(), text());
    }
}

#[test]
fn wrong_files_end_the_run_in_one_sentence() {
    let good = |chapter: Chapter| (bytes(chapter, "companies.csv"), bytes(chapter, "agencies.csv"));
    let (companies, agencies) = good(Chapter::Mx);
    let (american, _) = good(Chapter::Us);
    let cut = &companies[..companies.len() / 2];
    let latin: Vec<u8> = String::from_utf8_lossy(&companies).chars().map(|c| c as u32 as u8).collect();
    let header = companies.split(|b| *b == b'\n').next().map(|line| [line, b"\n"].concat()).expect("a header");
    for (companies, agencies, part) in [
        (&agencies[..], &companies[..], "mx_companies.csv: the header is wrong"),
        (&companies, &companies, "mx_agencies.csv: the header is wrong"),
        (&american, &agencies, "the file is of chapter \"us\", expected \"mx\""),
        (cut, &agencies, "truncated"),
        (&latin, &agencies, "not UTF-8"),
        (b"", &agencies, "mx_companies.csv: the file is empty"),
        (&header, &agencies, "a header and no records"),
    ] {
        let error = read_chapter(Chapter::Mx, Files { companies, agencies }).expect_err(part).to_string();
        assert!(error.contains(part) && !error.contains('\n'), "{error}");
    }
}

/// Where a file of uses breaks off between two records, the organisations of the other file tell: many have no record.
#[test]
fn a_file_of_uses_that_breaks_off_at_a_line_end_is_doubted() {
    let file = |name: &str, rows: Vec<Vec<(&str, String)>>| {
        let text = String::from_utf8(bytes(Chapter::Us, name)).expect("UTF-8");
        let header = text.lines().next().expect("a header");
        let mut out = format!("{header}\n");
        for row in rows {
            let cell = |column: &str| row.iter().find(|(of, _)| *of == column).map_or("", |(_, cell)| cell.as_str());
            out.push_str(&header.split(',').map(cell).collect::<Vec<_>>().join(","));
            out.push('\n');
        }
        out.into_bytes()
    };
    let user = |at: usize| format!("Company {at}");
    let found = |organisations: usize, users: usize| {
        let of_company = |at: usize| {
            vec![("company_name_id", format!("c{at}")), ("company_name", user(at)), ("country", "us".to_owned())]
        };
        let of_use = |at: usize| vec![("agency_name", "Department of Roads".to_owned()), ("used_by", user(at))];
        let companies = file("companies.csv", (0..organisations).map(of_company).collect());
        let agencies = file("agencies.csv", (0..users).map(of_use).collect());
        let read = read_chapter(Chapter::Us, Files { companies: &companies, agencies: &agencies }).expect("it is read");
        assert_eq!(read.organisations.len(), organisations, "they are taken all the same");
        let doubts: Vec<_> = read.problems.into_iter().filter(|one| one.code == "file.incomplete").collect();
        assert!(doubts.len() < 2);
        doubts.into_iter().next()
    };
    let doubt = found(100, 60).expect("it is doubted");
    assert_eq!((doubt.file.as_str(), doubt.row), ("us_agencies.csv", 0));
    assert!(doubt.reason.starts_with("40 of the 100 organisations") && doubt.reason.contains("cut off"), "{doubt:?}");
    assert_eq!(doubt.severity, od100::domain::draft::Severity::Warning);
    assert!(found(100, 95).is_some());
    for (organisations, users) in [(100, 100), (100, 96), (300, 295), (4, 1)] {
        assert!(found(organisations, users).is_none(), "{users} of {organisations}");
    }
}
