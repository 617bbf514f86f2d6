//! The public API through the real router, on both databases against one snapshot.

use od100::app;
use od100::import::od500::Chapter;
use od100::sample::sample;
use serde_json::{Value, json};

use crate::api_harness::Api;
use crate::golden;
use crate::harness::{Base, on_each_database};

/// A handful of questions that touch every type; the answers of both databases are one file.
const QUESTIONS: &[(&str, &str)] = &[
    (
        "meta",
        "{ meta { revision asOf sampleLoaded organisationCount publisherCount datasetCount claimCount defaultRollup chapters { code organisationCount } } }",
    ),
    (
        "organisations",
        "{ organisations(first: 5) { totalCount undisclosedCount n rollup filters coverage { attribute answered asked missing { code count } } nodes { id slug name nameLang kind sizeBand founded sector { code label } family area { code name } location { locality precision latitude longitude } publishersUsed datasetsUsed bestGrade } pageInfo { hasNextPage endCursor } } }",
    ),
    (
        "facets",
        "{ organisations(first: 0) { facets(top: 5) { key more values { value label count missing family } coverage { answered asked } } } }",
    ),
    (
        "filtered",
        r#"{ organisations(first: 3, orderBy: PUBLISHERS_USED, filter: { area: ["MX-CMX"], grade: [A, B] }) { totalCount filters edges { node { slug } claims { grade specificity publisher { slug } dataset { slug } } } } }"#,
    ),
    (
        "publishers",
        "{ publishers(first: 3) { totalCount edges { userCount node { id slug acronym shortName level levelLabel parent { slug } parentDecision children { decision userCount publisher { slug } } predecessors { kind on publisher { slug } } counts(by: SECTOR) { n rows { value count } } scorecard { users confirmed acknowledged sectors datasetsNamed publishedDatasets usedDatasets usersNamingDataset usersOutsideCapital areasOutsideCapital usersWithPlace staleDatasetsWithUsers sdgs gradeUsers { grade count } } topDatasets(first: 2) { totalCount othersOrganisationCount rows { organisationCount weighted dataset { slug } } unspecified { organisationCount publisher { slug } } } alsoUsed(first: 2) { sharedUsers publisher { slug } } reliance { n confirmed criticality { rows { value count } coverage { attribute answered asked missing { code count } } } since { rows { value count } } ifStopped { rows { value count } coverage { answered asked } } useTypes { rows { value count } } } } } } }",
    ),
    (
        "datasets",
        "{ datasets(first: 4) { totalCount edges { userCount node { id slug title isSeries edition seriesDecision status frequency modifiedOn themes { code } designations { kind by } distributions { url format httpState } risk { due overdueDays lateness dependence risk users coreUsers note } } } } }",
    ),
    (
        "flow",
        "{ flow(top: 4) { n linkCount levels rows { key label organisationCount special } columns { key organisationCount family special } cells { publisher sector organisationCount } } }",
    ),
    (
        "long flow",
        "{ flow(levels: [PUBLISHER, DATASET, SECTOR, SDG], top: 3) { linkCount nodes { key organisationCount special } } }",
    ),
    (
        "opened flow",
        "{ flow(top: 3, skip: [2]) { linkCount rows { key organisationCount special folded publisher { acronym } } } }",
    ),
    (
        "network",
        r#"{ network(kind: PUBLISHER, slug: "secretaria-ficticia-de-nubes-y-mareas", depth: 2, first: 6) { n beyond nodes { key kind slug label labelLang acronym family depth size } links { source target grade } } none: network(kind: DATASET, slug: "no-dataset-of-that-name") { n } }"#,
    ),
    (
        "concentration",
        "{ publisher: concentration(by: PUBLISHER) { hhi normalised effectiveNumber links values } area: concentration(by: AREA) { hhi links values } }",
    ),
    ("goals", "{ sdgs { number declaredCount inferredCount asked levels { level count } } }"),
    (
        "sectors",
        "{ sectors { family organisationCount code { code label mappings { relation confidence to { scheme code } } } } }",
    ),
    (
        "studies",
        "{ studies { slug chapter title medianPublishersUsed medianDatasetsUsed attribution { text licence url } waves { slug opensOn closesOn frame state asked organisationCount responseRate { eligible answered desk unknown } } } }",
    ),
    (
        "indicators",
        "{ indicators { key unit measure chainStage observationCount } indicatorObservations(first: 3) { totalCount nodes { period low central high currency status indicator { key } area { code } } } }",
    ),
    ("map", "{ mapPoints(zoom: 4) { n placed unplaced familyKeys symbols areas } }"),
    (
        "search",
        r#"{ search(text: "datos", first: 5) { totalCount hits { type title path subtitle organisationCount } } }"#,
    ),
    ("schemes", "{ schemes { id version licence } areas(parent: \"MX\") { code name } }"),
    (
        "area",
        r#"{ area(code: "MX-CMX") { name parent { code } organisations(first: 1) { totalCount n } counts(by: SECTOR) { rows { value count } } publishers(first: 2) { totalCount edges { userCount } } topDatasets(first: 2) { totalCount rows { organisationCount } } } none: area(code: "XX") { name } }"#,
    ),
    (
        "study",
        r#"{ study(slug: "sample") { limits organisationCount printed { by } organisations(first: 1) { totalCount } publishers(first: 1) { totalCount } } wave(slug: "sample-2021") { askedGoals organisations(first: 1) { totalCount } questions { attribute answered asked missing { code count } } } none: wave(slug: "x") { slug } }"#,
    ),
    (
        "goal",
        "{ sdg(number: 3) { targets { asked declaredCount inferredCount code { code } } candidateCount candidates(first: 2) { inferred organisation { slug } datasets { slug } } unusedDatasets(first: 2) { slug } } }",
    ),
    (
        "sector",
        r#"{ sector(code: "energy") { counts(by: AREA) { rows { value count } } topDatasets(first: 2) { totalCount } unusedPublishers(first: 2) { value count } } }"#,
    ),
];

async fn filled(base: &Base) -> Api {
    app::reference::load(&base.ctx).await.unwrap();
    let (header, organisations) = sample(60, 7, 1);
    base.take(header, organisations.collect()).await.unwrap();
    Api::over(base).await
}

async fn golden_number(api: &Api, query: &str, pointer: &str, expected: Value) {
    let answer = api.ask(query).await;
    assert_eq!(answer.pointer(pointer), Some(&expected), "{query} {pointer}");
}

on_each_database! {
    async fn answers_are_the_same(base) {
        let api = filled(&base).await;
        let mut answers = serde_json::Map::new();
        for (name, question) in QUESTIONS {
            answers.insert((*name).to_owned(), api.ask(question).await);
        }
        let slug = answers["organisations"]["organisations"]["nodes"][0]["slug"].as_str().unwrap().to_owned();
        let one = format!(r#"{{ organisation(slug: "{slug}") {{ slug names {{ text kind }} identifiers {{ scheme value }} missing {{ attribute code label }} claims(first: 5) {{ totalCount nodes {{ id specificity grade criticality accessMode status origin countable evidence {{ polarity locator source {{ kind title }} }} }} }} impacts {{ dimension code {{ code }} origin evidenceLevel }} sdgs {{ origin evidenceLevel goal {{ code }} }} responses {{ channel status wave {{ slug }} }} observations {{ period low high indicator {{ key }} }} peers(first: 2) {{ similarity organisation {{ slug }} components {{ key value weight }} sharedPublishers {{ slug }} beyond {{ publishers {{ slug }} datasets {{ slug }} }} }} publisherClaimCount dataOfPeers {{ n sharing publisherCount datasetCount peers {{ slug }} publishers(first: 3) {{ peerCount publisher {{ slug }} peers {{ slug }} }} datasets(first: 3) {{ peerCount dataset {{ slug }} publisher {{ slug }} }} }} attribution {{ text licence }} chapters }} }}"#);
        answers.insert("organisation".to_owned(), api.ask(&one).await);
        insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false }, {
            insta::assert_json_snapshot!("api", Value::Object(answers));
        });
    }

    async fn facets_have_the_coverage_of_the_counts(base) {
        let api = filled(&base).await;
        let keys = "[SECTOR, FAMILY, SDG, AREA, PUBLISHER, DATASET, SIZE, KIND, MODEL, GRADE, CHAPTER, WAVE, THEME]";
        for (filter, own) in [
            ("", ""),
            (r#"wave: ["sample-2021"]"#, "WAVE"),
            (r#"publisher: ["secretaria-ficticia-de-nubes-y-mareas"]"#, "PUBLISHER"),
            (r#"wave: ["sample-2024"], grade: [C]"#, "WAVE GRADE"),
        ] {
            let facets = format!("{{ organisations(first: 0, filter: {{ {filter} }}) {{ n facets(keys: {keys}, top: 1) {{ key coverage {{ attribute answered asked missing {{ code count }} }} }} }} }}");
            let answer = api.ask(&facets).await["organisations"].take();
            assert!(answer["n"].as_u64() > Some(0), "{filter}");
            // A facet passes over what is chosen in it; a count does not.
            for facet in answer["facets"].as_array().unwrap() {
                let key = facet["key"].as_str().unwrap();
                if own.split(' ').any(|word| word == key) {
                    continue;
                }
                let counts = format!("{{ counts(by: {key}, filter: {{ {filter} }}) {{ coverage {{ attribute answered asked missing {{ code count }} }} }} }}");
                assert_eq!(facet["coverage"], api.ask(&counts).await["counts"]["coverage"], "{key}, {filter}");
            }
        }
    }

    async fn public_reads_run_no_statement(base) {
        let api = filled(&base).await;
        let before = base.ctx.db.statements();
        for (_, question) in QUESTIONS {
            api.ask(question).await;
        }
        for path in ["/", "/explore", "/publishers", "/datasets", "/method", "/sitemap.xml", "/download/organisations.csv", "/download/claims.json"] {
            let (status, _) = api.get(path).await;
            assert_eq!(status, 200, "{path}");
        }
        assert_eq!(base.ctx.db.statements(), before, "a public read ran a statement");
    }

    async fn labels_come_in_the_language_asked_for(base) {
        let api = filled(&base).await;
        let label = async |lang: &str, query: &str| {
            api.raw(lang, query, json!({})).await["data"]["code"]["label"].as_str().unwrap().to_owned()
        };
        let plain = r#"{ code(scheme: "od500_category", code: "energy") { label } }"#;
        assert_eq!((label("en", plain).await.as_str(), label("es", plain).await.as_str()), ("Energy", "Energía"));
        let argued = r#"{ code(scheme: "od500_category", code: "energy") { label(lang: ES) } }"#;
        assert_eq!(label("en", argued).await, "Energía");
    }

    async fn pages_of_a_list_hold_everything_once(base) {
        let api = filled(&base).await;
        for order in ["NAME", "PUBLISHERS_USED", "FOUNDED", "UPDATED"] {
            let mut seen = Vec::new();
            let mut after = "null".to_owned();
            loop {
                let list = api.ask(&format!("{{ organisations(orderBy: {order}, first: 7, after: {after}) {{ totalCount nodes {{ slug }} pageInfo {{ hasNextPage endCursor }} }} }}")).await;
                let list = &list["organisations"];
                seen.extend(list["nodes"].as_array().unwrap().iter().map(|n| n["slug"].as_str().unwrap().to_owned()));
                if list["pageInfo"]["hasNextPage"] == json!(false) {
                    assert_eq!(seen.len() as u64, list["totalCount"].as_u64().unwrap(), "{order}");
                    break;
                }
                after = list["pageInfo"]["endCursor"].to_string();
            }
            seen.sort();
            seen.dedup();
            let total = api.ask("{ organisations(first: 0) { totalCount } }").await;
            assert_eq!(seen.len() as u64, total["organisations"]["totalCount"].as_u64().unwrap(), "{order}");
        }
    }

    async fn a_word_that_names_nothing_is_refused_with_the_word(base) {
        let api = filled(&base).await;
        let long = format!("{{ text: \"{}\" }}", "x".repeat(201));
        for (filter, said, name, value) in [
            (r#"{ sector: ["enrgy"] }"#, "'sector' has no value 'enrgy'", "sector", "enrgy"),
            (r#"{ publisher: ["nobody"] }"#, "'publisher' has no value 'nobody'", "publisher", "nobody"),
            (r#"{ area: ["MX", "MX-XXX"] }"#, "'area' has no value 'MX-XXX'", "area", "MX-XXX"),
            ("{ bbox: [1, 2] }", "'bbox' wants west, south, east, north in degrees, not '1,2'", "bbox", "1,2"),
            (&long, "'text' takes at most 200 characters", "text", &format!("{}…", "x".repeat(80))),
        ] {
            let answer = api.raw("en", &format!("{{ organisations(filter: {filter}) {{ totalCount }} }}"), json!({})).await;
            assert_eq!(answer["errors"][0]["message"], json!(said));
            assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "BAD_FILTER", "filter": name, "value": value }));
        }
        let answer = api.raw("en", r#"{ organisations(after: "x") { totalCount } }"#, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], json!("BAD_CURSOR"));
    }

    async fn the_mexican_study_gives_its_golden_numbers(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let Some(read) = golden::read(Chapter::Mx) else { return };
        base.take(read.header, read.organisations).await.unwrap();
        let api = Api::over(&base).await;
        let users = api.ask("{ publishers(first: 100) { totalCount edges { userCount node { acronym } } } }").await;
        assert_eq!(users["publishers"]["totalCount"], json!(68));
        let edges = users["publishers"]["edges"].as_array().unwrap();
        let of = |acronym: &str| edges.iter().find(|e| e["node"]["acronym"] == json!(acronym)).map(|e| e["userCount"].clone());
        for (acronym, count) in [("INEGI", 92), ("SHCP", 36), ("SEGOB", 31), ("SE", 23), ("BANXICO", 21), ("SALUD", 20), ("SEP", 20), ("CONEVAL", 17), ("PEMEX", 16), ("SAGARPA", 15), ("SCT", 14), ("SENER", 14), ("SEMARNAT", 14), ("SEDESOL", 13), ("IMSS", 12)] {
            assert_eq!(of(acronym), Some(json!(count)), "{acronym}");
        }
        golden_number(&api, "{ organisations { totalCount } }", "/organisations/totalCount", json!(105)).await;
        golden_number(&api, "{ concentration(by: PUBLISHER) { links } }", "/concentration/links", json!(490)).await;
        golden_number(&api, "{ concentration(by: PUBLISHER, filter: { rollup: PUBLISHER }) { links values } }", "/concentration/links", json!(605)).await;
        golden_number(&api, "{ concentration(by: PUBLISHER, filter: { rollup: PUBLISHER }) { links values } }", "/concentration/values", json!(155)).await;
        golden_number(&api, "{ counts(by: PUBLISHER) { coverage { answered } } }", "/counts/coverage/answered", json!(104)).await;
        golden_number(&api, "{ counts(by: DATASET) { coverage { answered } } }", "/counts/coverage/answered", json!(60)).await;
        golden_number(&api, "{ meta { datasetCount } }", "/meta/datasetCount", json!(231)).await;
        let hhi = api.ask("{ concentration(by: PUBLISHER) { hhi effectiveNumber } }").await;
        let rounded = |pointer: &str, by: f64| (hhi.pointer(pointer).unwrap().as_f64().unwrap() * by).round() / by;
        assert_eq!((rounded("/concentration/hhi", 1.0), rounded("/concentration/effectiveNumber", 100.0)), (618.0, 16.18));
        let areas = api.ask(r"{ counts(by: AREA) { rows { value count } } }").await;
        let area = |code: &str| areas["counts"]["rows"].as_array().unwrap().iter().find(|r| r["value"] == json!(code)).map(|r| r["count"].clone());
        assert_eq!([area("MX-CMX"), area("MX-NLE"), area("MX-JAL")], [Some(json!(77)), Some(json!(11)), Some(json!(6))]);
        let flow = api.ask("{ flow(top: 100) { linkCount rows { key organisationCount } cells { publisher sector source organisationCount } } }").await;
        let cell = |publisher: &str, sector: &str| {
            flow["flow"]["cells"].as_array().unwrap().iter()
                .find(|c| c["sector"] == json!(sector) && c["publisher"].as_str().unwrap().starts_with(publisher))
                .map(|c| c["organisationCount"].clone())
        };
        let inegi = "instituto-nacional-de-estadistica";
        assert_eq!(cell(inegi, "research_consulting"), Some(json!(25)));
        assert_eq!(cell(inegi, "data_technology"), Some(json!(16)));
        assert_eq!(cell(inegi, "finance_investment"), Some(json!(12)));
        // Over all sectors, unclassified included, a publisher's cells sum to its distinct users.
        for row in flow["flow"]["rows"].as_array().unwrap() {
            let sum: u64 = flow["flow"]["cells"].as_array().unwrap().iter()
                .filter(|c| c["source"] == row["key"]).map(|c| c["organisationCount"].as_u64().unwrap()).sum();
            assert_eq!(json!(sum), row["organisationCount"], "{row}");
        }
        // A body has the datasets of those that the survey states under it, in its row of the file as in its list.
        let (_, file) = api.get("/download/publishers.json").await;
        let file: Value = serde_json::from_str(&file).unwrap();
        let lists = api.ask("{ publishers(first: 20) { edges { node { slug datasets(first: 0) { totalCount } } } } }").await;
        let mut stated = 0;
        for edge in lists["publishers"]["edges"].as_array().unwrap() {
            let row = file["rows"].as_array().unwrap().iter().find(|row| row["slug"] == edge["node"]["slug"]).unwrap();
            assert_eq!(row["datasets"], edge["node"]["datasets"]["totalCount"], "{row}");
            stated += usize::from(row["datasets"] != row["own_datasets"]);
        }
        assert!(stated > 0, "some bodies have parts that the survey alone states");
        let top = api.ask("{ topDatasets(first: 5) { rows { organisationCount dataset { title publisher { acronym } } } } }").await;
        let counts: Vec<u64> = top["topDatasets"]["rows"].as_array().unwrap().iter().map(|r| r["organisationCount"].as_u64().unwrap()).collect();
        assert_eq!(counts, [10, 6, 6, 6, 5]);
        // SDGs of the study are inferred, never declared.
        let goals = api.ask("{ sdgs { number declaredCount inferredCount recoveredCount asked } whole: sdgs(filter: {includeRecovered: true}) { number inferredCount } }").await;
        let linked = |list: &str, field: &str| -> Vec<(u64, u64)> {
            let all = goals[list].as_array().unwrap().iter();
            all.map(|g| (g["number"].as_u64().unwrap(), g[field].as_u64().unwrap())).filter(|(_, n)| *n > 0).collect()
        };
        // What was recovered from damage in the source is in no published figure, and told apart.
        assert_eq!(linked("sdgs", "inferredCount"), [(2, 5), (3, 12), (4, 19), (8, 25), (11, 10), (12, 15), (13, 18), (16, 38)]);
        assert_eq!(linked("sdgs", "recoveredCount"), [(16, 3)]);
        assert_eq!(linked("whole", "inferredCount"), [(2, 5), (3, 12), (4, 19), (8, 25), (11, 10), (12, 15), (13, 18), (16, 41)]);
        assert!(goals["sdgs"].as_array().unwrap().iter().all(|g| g["declaredCount"] == json!(0)));
        let asked: Vec<u64> = goals["sdgs"].as_array().unwrap().iter().filter(|g| g["asked"] == json!(true)).map(|g| g["number"].as_u64().unwrap()).collect();
        assert_eq!(asked, [2, 3, 4, 8, 11, 12, 13, 16]);
    }

    async fn a_researcher_recomputes_what_the_study_says_of_its_organisations(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let Some(read) = golden::read(Chapter::Mx) else { return };
        base.take(read.header, read.organisations).await.unwrap();
        let api = Api::over(&base).await;
        // Publishers of each organisation, and its claims: pages of a list, as anybody asks for them.
        let (mut used, mut claims, mut naming, mut after) = (Vec::new(), 0, 0, "null".to_owned());
        loop {
            let list = api.ask(&format!("{{ organisations(first: 25, after: {after}) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ name publishersUsed publisherClaimCount claims(first: 60) {{ totalCount nodes {{ dataset {{ slug }} }} }} }} }} }}")).await["organisations"].clone();
            for node in list["nodes"].as_array().unwrap() {
                used.push((node["publishersUsed"].as_u64().unwrap(), node["name"].as_str().unwrap().to_owned()));
                claims += node["publisherClaimCount"].as_u64().unwrap();
                let nodes = node["claims"]["nodes"].as_array().unwrap();
                assert_eq!(json!(nodes.len()), node["claims"]["totalCount"], "{node}");
                naming += nodes.iter().filter(|claim| !claim["dataset"].is_null()).count();
            }
            if list["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
            after = list["pageInfo"]["endCursor"].to_string();
        }
        used.sort();
        let sum: u64 = used.iter().map(|(count, _)| count).sum();
        assert_eq!((used.len(), sum, used[52].0, used[104].0), (105, 490, 4, 24), "mean 4.667, median 4, at most 24");
        assert!(used[0].1 == "Here" && used[0].0 == 0 && used[1].0 > 0, "one names no body");
        // 703 rows of the file, of which two are the same; 275 name a dataset, the same two among them.
        assert_eq!((claims, naming), (702, 274));
        // The effects, by list; what was recovered stands apart.
        let impact = api.ask(r#"{ wave(slug: "od100mx-2014") { impact { n totals { scheme coverage { answered asked } rows { code { code } organisationCount recoveredCount } } } } }"#).await["wave"]["impact"].clone();
        assert_eq!(impact["n"], json!(105));
        let counts = |scheme: &str| -> Vec<(String, u64, u64)> {
            let list = impact["totals"].as_array().unwrap().iter().find(|list| list["scheme"] == json!(scheme)).unwrap();
            let row = |row: &Value| {
                let code = row["code"]["code"].as_str()?.to_owned();
                Some((code, row["organisationCount"].as_u64()?, row["recoveredCount"].as_u64()?))
            };
            list["rows"].as_array().unwrap().iter().filter_map(row).collect()
        };
        let expected = |rows: &[(&str, u64, u64)]| rows.iter().map(|(code, n, apart)| ((*code).to_owned(), *n, *apart)).collect::<Vec<_>>();
        assert_eq!(counts("od500_data_impact"), expected(&[
            ("new_product_service", 76, 0), ("new_research", 67, 0), ("new_opportunities", 53, 0),
            ("revenue_growth", 38, 0), ("cost_efficiency", 36, 0), ("job_growth", 22, 0),
        ]));
        let mut social = counts("od500_social_impact");
        social.sort_by_key(|row| std::cmp::Reverse(row.1 + row.2));
        let figures: Vec<(u64, u64)> = social.iter().map(|row| (row.1, row.2)).collect();
        assert_eq!(figures, [(35, 0), (25, 0), (19, 0), (18, 0), (15, 0), (15, 0), (0, 13), (12, 0), (10, 0), (5, 0)]);
        assert_eq!((social[0].0.as_str(), social[6].0.as_str()), ("citizen_engagement", "good_governance"));
    }

    async fn the_printed_report_stands_beside_the_record(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let Some(read) = golden::read(Chapter::Mx) else { return };
        base.take(read.header, read.organisations).await.unwrap();
        let api = Api::over(&base).await;
        let answer = api.ask(r#"{ study(slug: "od100-mx") { limits printed { by printedTotal nowTotal rows { label path printed now note } } } }"#).await;
        let [sectors, publishers] = answer["study"]["printed"].as_array().unwrap().as_slice() else { panic!("{answer}") };
        assert_eq!((&sectors["printedTotal"], &sectors["nowTotal"]), (&json!(101), &json!(104)));
        let rows = sectors["rows"].as_array().unwrap();
        let same = rows.iter().filter(|row| row["printed"] == row["now"]).count();
        assert_eq!((rows.len(), same), (19, 18), "eighteen categories reproduce exactly; answers outside the list were dropped");
        let numbers = |field: &str| publishers["rows"].as_array().unwrap().iter().map(|row| row[field].as_u64()).collect::<Vec<_>>();
        assert_eq!(numbers("printed"), [94, 37, 33, 24, 21, 20, 20, 17, 16, 15, 14, 14, 0, 13, 12, 12].map(|n| (n > 0).then_some(n)));
        assert_eq!(numbers("now"), [92, 36, 31, 23, 21, 20, 20, 17, 16, 15, 14, 14, 14, 13, 12, 11].map(Some));
        for row in publishers["rows"].as_array().unwrap() {
            assert_eq!(row["printed"] == row["now"], row["note"].is_null(), "a difference is explained, nothing else is: {row}");
            assert!(row["path"].as_str().is_some_and(|path| path.starts_with("/publishers/")), "{row}");
        }
        assert!(answer["study"]["limits"].as_array().unwrap().len() > 3);
        // What was not asked is in no denominator.
        let wave = api.ask(r#"{ wave(slug: "od100mx-2014") { questions { attribute answered asked missing { code count } } } }"#).await;
        let question = |word: &str| wave["wave"]["questions"].as_array().unwrap().iter().find(|q| q["attribute"] == json!(word)).unwrap().clone();
        assert_eq!(question("SDG"), json!({ "attribute": "SDG", "answered": 0, "asked": 0, "missing": [{ "code": "NOT_ASKED", "count": 105 }] }));
        assert_eq!((&question("DATASET")["answered"], &question("DATASET")["asked"]), (&json!(60), &json!(105)));
        assert_eq!((&question("SIZE")["answered"], &question("FOUNDED")["answered"]), (&json!(97), &json!(97)));
        let goal = api.ask("{ sdg(number: 3) { targets { asked inferredCount code { code } } candidates(first: 100) { inferred } } }").await;
        let target = |word: &str| goal["sdg"]["targets"].as_array().unwrap().iter().find(|t| t["code"]["code"] == json!(word)).unwrap().clone();
        assert_eq!((&target("3.8")["asked"], &target("3.1")["asked"]), (&json!(true), &json!(false)));
        assert_eq!(goal["sdg"]["candidates"].as_array().unwrap().len(), 12);
    }

    async fn studies_live_side_by_side(base) {
        app::reference::load(&base.ctx).await.unwrap();
        for chapter in [Chapter::Mx, Chapter::Us] {
            let Some(read) = golden::read(chapter) else { return };
            base.take(read.header, read.organisations).await.unwrap();
        }
        let api = Api::over(&base).await;
        golden_number(&api, r#"{ organisations(filter: { chapter: ["mx"] }) { totalCount } }"#, "/organisations/totalCount", json!(105)).await;
        golden_number(&api, r#"{ organisations(filter: { chapter: ["us"] }) { totalCount } }"#, "/organisations/totalCount", json!(529)).await;
        golden_number(&api, r#"{ publishers(filter: { chapter: ["us"] }) { totalCount } }"#, "/publishers/totalCount", json!(66)).await;
        golden_number(&api, r#"{ concentration(by: PUBLISHER, filter: { chapter: ["us"] }) { links } }"#, "/concentration/links", json!(590)).await;
        // 173 answered without naming one body, which is an answer; three have no row.
        golden_number(&api, r#"{ organisations(filter: { chapter: ["us"], publisher: ["unspecified"] }) { totalCount } }"#, "/organisations/totalCount", json!(173)).await;
        golden_number(&api, r#"{ organisations(filter: { chapter: ["us"], publisher: ["unknown"] }) { totalCount } }"#, "/organisations/totalCount", json!(3)).await;
        golden_number(&api, r#"{ publishers(filter: { chapter: ["mx"] }) { totalCount } }"#, "/publishers/totalCount", json!(68)).await;
    }
}
