//! Two studies side by side are two samples: no page, frame, picture or description adds them up to divide by the sum.

use entity::vocabulary::Grade;
use od100::domain::draft::{ClaimDraft, lang_text};

use crate::api_harness::Api;
use crate::harness::{self, Base, day, on_each_database};

/// Four organisations of one study, two of another.
async fn fill(base: &Base) {
    base.take(harness::header(), harness::organisations(4)).await.unwrap();
    let mut other = harness::header();
    "other".clone_into(&mut other.source);
    "kr".clone_into(&mut other.chapter);
    "2020".clone_into(&mut other.waves[0].slug);
    let study = other.study.as_mut().unwrap();
    "other-study".clone_into(&mut study.slug);
    study.title = lang_text("en", "Another study");
    (other.waves[0].opens_on, other.waves[0].closes_on) = (day("2020-01-01"), None);
    let mut organisations = harness::organisations(2);
    for organisation in &mut organisations {
        organisation.identifiers.clear();
    }
    for dataset in &mut other.datasets {
        dataset.identifiers.clear();
    }
    base.take(other, organisations).await.unwrap();
}

/// What a wave found: its organisations, the users of each body, its uses by grade.
async fn found(api: &Api, wave: &str) -> serde_json::Value {
    let filter = format!("filter: {{ wave: [\"{wave}\"] }}");
    let users = format!("publishers({filter}) {{ nodes {{ slug userCount }} }}");
    let grades = format!("counts(by: GRADE, {filter}) {{ rows {{ value count }} }}");
    api.ask(&format!("{{ organisations({filter}) {{ totalCount }} {users} {grades} }}")).await
}

/// What a page says of itself to those who do not run it.
fn property<'a>(page: &'a str, name: &str) -> &'a str {
    let start = format!("<meta property=\"{name}\" content=\"");
    page.split_once(&start).and_then(|(_, rest)| rest.split_once('"')).map(|(content, _)| content).unwrap()
}

on_each_database! {
    async fn no_page_divides_by_studies_added_up(base) {
        fill(&base).await;
        let api = Api::over(&base).await;
        let page = async |path: &str| {
            let (status, page) = api.get(path).await;
            assert_eq!(status, 200, "{path}");
            page
        };
        // A part is a part of its own study; the sum of both, six, is no whole.
        for (path, sentence) in [
            ("/explore?lang=en", "6 organisations in separate studies: 2 in Another study; 4 in A study"),
            ("/explore?size=1-10&lang=en", "6 organisations match (Employees: 1–10): 2 of 2 in Another study; 4 of 4 in A study"),
            ("/explore?size=1-10&chapter=kr&lang=en", "2 of 2 organisations match (Employees: 1–10)"),
            ("/explore?chapter=kr&lang=en", "2 organisations reuse government data"),
            ("/embed/map?size=1-10&lang=en", "6 organisations match (Employees: 1–10): 2 of 2 in Another study; 4 of 4 in A study"),
            ("/embed/sectors?size=1-10&lang=en", "Coverage: by study"),
            ("/embed/sectors?size=1-10&chapter=kr&lang=en", "2 of 2 organisations match (Employees: 1–10)"),
        ] {
            let page = page(path).await;
            assert!(page.contains(sentence), "{path}: {page}");
            assert!(!page.contains("of 6"), "{path}: {page}");
        }
        // Of one of them the coverage is said.
        assert!(page("/embed/sectors?chapter=kr&lang=en").await.contains("Coverage: 2 of 2 asked"));
        assert_eq!(
            property(&page("/explore?size=1-10&lang=en").await, "og:image:alt").split(": ").last(),
            Some("6 organisations match, in separate studies")
        );
    }

    async fn one_study_speaks_on_a_page_of_several(base) {
        fill(&base).await;
        let api = Api::over(&base).await;
        for path in ["/", "/publishers", "/datasets", "/areas/MX", "/sdgs/2"] {
            let (_, first) = api.get(&format!("{path}?lang=en")).await;
            assert!(first.contains("chapter=kr") && first.contains("their totals are not added up"), "{path}: {first}");
            let (_, other) = api.get(&format!("{path}?chapter=mx&lang=en")).await;
            assert_ne!(property(&first, "og:description"), "", "{path}");
            let (named, shown) = (property(&other, "og:image"), property(&first, "og:image"));
            assert!(named.contains("chapter=mx") && !shown.contains("chapter="), "{path}: {named} {shown}");
        }
        for (path, sentence) in [
            ("/?lang=en", "2 organisations build on public data, recorded in the study “Another study”"),
            ("/?chapter=mx&lang=en", "4 organisations build on public data, recorded in the study “A study”"),
            ("/areas/MX?chapter=mx&lang=en", "4 organisations work here"),
            ("/areas/MX?chapter=kr&lang=en", "2 organisations work here"),
            ("/publishers?chapter=kr&lang=en", "</a> <span class=\"num\">2 organisations<"),
        ] {
            let (status, page) = api.get(path).await;
            assert!(status == 200 && page.contains(sentence), "{path}: {page}");
        }
    }

    async fn what_a_wave_found_stays_when_a_newer_one_asks_again(base) {
        base.take(harness::header(), harness::organisations(4)).await.unwrap();
        let before = found(&Api::over(&base).await, "2014").await;
        assert!(before["publishers"]["nodes"][0]["userCount"].as_u64().unwrap() > 1, "{before}");
        // Half of them say the same uses again, in another wave and on better evidence.
        let mut header = harness::header();
        let mut again = header.waves[0].clone();
        "again".clone_into(&mut again.key);
        "2020".clone_into(&mut again.slug);
        (again.opens_on, again.closes_on) = (day("2020-01-01"), Some(day("2020-12-31")));
        header.waves.push(again);
        let mut organisations = harness::organisations(4);
        for organisation in organisations.iter_mut().take(2) {
            let newer = organisation.claims.iter().map(|claim| {
                let wave = Some("again".to_owned());
                ClaimDraft { wave, grade: Grade::C, valid_from: None, ..claim.clone() }
            });
            organisation.claims.extend(newer.collect::<Vec<_>>());
        }
        base.take(header, organisations).await.unwrap();
        let api = Api::over(&base).await;
        assert_eq!(found(&api, "2014").await, before);
        assert_eq!(found(&api, "2020").await["organisations"]["totalCount"], 2);
        let waves = api.ask("{ counts(by: WAVE) { rows { value count } } }").await;
        assert_eq!(waves["counts"]["rows"][0], serde_json::json!({ "value": "2014", "count": 4 }), "{waves}");
        assert_eq!(waves["counts"]["rows"][1], serde_json::json!({ "value": "2020", "count": 2 }), "{waves}");
    }

    async fn a_file_says_that_its_counts_are_of_several_studies(base) {
        fill(&base).await;
        let api = Api::over(&base).await;
        for what in ["counts", "flow", "publishers"] {
            let file = async |query: &str| {
                let (status, file) = api.get(&format!("/download/{what}.json?lang=en{query}")).await;
                assert_eq!(status, 200, "{what} {file}");
                serde_json::from_str::<serde_json::Value>(&file).unwrap()
            };
            let both = file("").await;
            let studies = both["meta"]["studies"].as_array().unwrap().iter();
            let each: Vec<String> = studies.map(|one| format!("{} {}", one["chapter"], one["n"])).collect();
            assert_eq!(each, ["\"mx\" 4", "\"kr\" 2"], "{both}");
            assert!(both["meta"]["note"].as_str().unwrap().contains("several studies"), "{both}");
            let mut chapters: Vec<&str> = both["rows"][0]["chapters"].as_str().unwrap().split(' ').collect();
            chapters.sort_unstable();
            assert_eq!(chapters, ["kr", "mx"], "a row alone says it: {both}");
            let one = file("&chapter=kr").await;
            assert!(one["meta"]["note"].is_null() && one["rows"][0]["chapters"] == "kr", "{one}");
        }
        let request = axum::http::Request::get("/download/publishers.csv").body(axum::body::Body::empty()).unwrap();
        let name = api.send(request).await.headers()["content-disposition"].to_str().unwrap().to_owned();
        assert!(name.contains("od100-publishers-mx-kr-"), "{name}");
    }

    async fn a_row_leads_to_the_figure_that_it_has(base) {
        fill(&base).await;
        let api = Api::over(&base).await;
        for (list, field, chapter) in [
            ("/publishers", "publisher", "kr"),
            ("/publishers", "publisher", "mx"),
            ("/datasets", "dataset", "kr"),
            ("/datasets", "dataset", "mx"),
        ] {
            let (_, page) = api.get(&format!("{list}?chapter={chapter}&lang=en")).await;
            let (_, row) = page.split_once(&format!("href=\"{list}/")).unwrap();
            let (path, row) = row.split_once('"').unwrap();
            let figure = row.split_once("class=\"num\">").and_then(|(_, rest)| rest.split_once('<')).unwrap().0;
            let slug = path.split('?').next().unwrap();
            assert!(path.contains(&format!("chapter={chapter}")), "{path}");
            let (status, own) = api.get(&format!("{list}/{}", path.replace("&amp;", "&"))).await;
            let (_, headline) = own.split_once("<h1>").unwrap();
            assert!(status == 200 && headline.starts_with(&format!("{figure} ")), "{path} {figure}: {own}");
            assert!(own.contains("noindex") && own.contains("All studies"), "{path}: {own}");
            assert!(property(&own, "og:image").contains(&format!("chapter={chapter}")), "{path}");
            let of_study = format!("users(first: 0, filter: {{ chapter: [\"{chapter}\"] }}) {{ totalCount }}");
            let studies = format!("userStudies(filter: {{ chapter: [\"{chapter}\"] }}) {{ chapters sentence }}");
            let said = api.ask(&format!("{{ {field}(slug: \"{slug}\") {{ {of_study} {studies} }} }}")).await;
            let said = &said[field];
            assert_eq!(Some(said["users"]["totalCount"].to_string().as_str()), figure.split(' ').next(), "{said}");
            assert_eq!(said["userStudies"]["chapters"], serde_json::json!([chapter]), "{said}");
            let (status, refused) = api.get(&format!("{list}/{slug}?chapter=nowhere&lang=en")).await;
            assert!(status == 400 && refused.contains("“nowhere”") && refused.contains("data-plain"), "{refused}");
        }
    }
}
