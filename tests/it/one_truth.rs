//! The same figure with the same words, whoever asks: the API, and the page that a reader without JavaScript sees. What the
//! application says is tested in `tests/browser`.

use od100::app;
use od100::domain::draft::lang_text;
use od100::import::od500::Chapter;
use od100::sample::sample;
use od100::texts::phrases::DOT;
use serde_json::{Value, json};

use crate::api_harness::Api;
use crate::golden;
use crate::harness::{self, Base, day, on_each_database};

/// The figure line of a page: the first, without its marks.
fn figure_line(page: &str) -> &str {
    let line = page.split_once("<p class=\"figline\">").map(|(_, rest)| rest);
    let line = line.and_then(|rest| rest.split_once("</p>"));
    line.map_or_else(|| panic!("no figure line: {page}"), |(line, _)| line)
}

/// Its parts, without the day that it was made on.
fn conditions(page: &str) -> Vec<&str> {
    figure_line(page).split(DOT).filter(|part| !part.starts_with("As of ") && !part.starts_with("Al ")).collect()
}

/// The address that a page's reference ends with, as a path of this server.
fn lasting(page: &str) -> String {
    let (_, rest) = page.split_once("<details><summary>Cite or reproduce this figure</summary><p>").unwrap();
    let reference = rest.split_once("</p>").unwrap().0;
    let address = reference.rsplit_once(' ').unwrap().1.replace("&amp;", "&");
    address.strip_prefix("http://127.0.0.1").unwrap_or_else(|| panic!("{reference}")).to_owned()
}

async fn mexico(base: &Base) -> Option<Api> {
    app::reference::load(&base.ctx).await.unwrap();
    let read = golden::read(Chapter::Mx)?;
    base.take(read.header, read.organisations).await.unwrap();
    Some(Api::over(base).await)
}

on_each_database! {
    async fn what_is_inferred_says_of_how_many_answers(base) {
        let Some(api) = mexico(&base).await else { return };
        let answer = api.ask("{ sdgs { number asked askedDirectly inferredCount coverage { attribute answered asked missing { code count } } inferredCoverage { attribute answered asked missing { code count } } } }").await;
        let of = |number: u64| answer["sdgs"].as_array().unwrap().iter().find(|goal| goal["number"] == json!(number)).unwrap();
        let not_asked = |attribute: &str| json!({ "attribute": attribute, "answered": 0, "asked": 0, "missing": [{ "code": "NOT_ASKED", "count": 105 }] });
        let from = json!({ "attribute": "SOCIAL_IMPACT", "answered": 66, "asked": 105, "missing": [{ "code": "NO_ANSWER", "count": 39 }] });
        for (number, inferred) in [(2, 5), (3, 12), (4, 19), (8, 25), (11, 10), (12, 15), (13, 18), (16, 38)] {
            let goal = of(number);
            assert_eq!((&goal["inferredCount"], &goal["inferredCoverage"], &goal["asked"]), (&json!(inferred), &from, &json!(true)));
        }
        for number in [1, 5, 6, 7, 9, 10, 14, 15, 17] {
            let goal = of(number);
            assert_eq!((&goal["inferredCount"], &goal["inferredCoverage"]), (&json!(0), &not_asked("SOCIAL_IMPACT")), "{number}");
        }
        // Nobody was asked to declare one: that is no zero of theirs.
        for number in 1..=17 {
            assert_eq!((&of(number)["coverage"], &of(number)["askedDirectly"]), (&not_asked("SDG"), &json!(false)), "{number}");
        }

        let page = api.get("/sdgs/3?lang=en").await.1;
        assert!(page.contains("<h1>No organisation was asked about the SDG “Good health and well-being”</h1>"), "{page}");
        assert_eq!(conditions(&page), [
            "n = 105", "Wave Open Data 100 Mexico, 2014–2015", "Coverage: not asked",
            "Inferred from: 66 of 105 say what they do for society", "Bodies as stated", "Method 1.0",
        ]);
        assert!(page.contains("For 12 a published rule infers it from other answers."), "{page}");
        assert!(page.contains("The Open Data 500, The GovLab, CC-BY-SA-4.0"), "whom to name: {page}");
        let again = api.get(&lasting(&page)).await.1;
        assert_eq!(figure_line(&again), figure_line(&page), "the reference leads to the figure");
        let spanish = api.get("/sdgs/3?lang=es").await.1;
        assert!(figure_line(&spanish).contains("Cobertura: no se preguntó\u{a0}· Inferido de: 66 de 105 dicen qué hacen por la sociedad"), "{spanish}");
        let never = api.get("/sdgs/5?lang=en").await.1;
        assert!(figure_line(&never).contains("Coverage: not asked\u{a0}· Inferred from: not asked"), "{never}");

        // A line covers what its page rests on: the explorer opens on the map.
        for (path, coverage) in [
            ("/explore?lang=en", "Coverage: 105 of 105 asked have a place"),
            ("/explore?view=map&lang=en", "Coverage: 105 of 105 asked have a place"),
            ("/explore?view=flow&lang=en", "Coverage: 104 of 105 asked say whose data they use"),
            ("/explore?view=table&lang=en", "Coverage: 104 of 105 asked say whose data they use"),
            ("/explore?view=network&lang=en", "Coverage: 60 of 105 asked name a dataset"),
            ("/studies/od100-mx?lang=en", "Coverage: 104 of 105 asked say whose data they use"),
            ("/waves/od100mx-2014?lang=en", "Coverage: 104 of 105 asked say whose data they use"),
            ("/datasets/censos-economicos?lang=en", "Coverage: 10 of 10 asked have a sector"),
        ] {
            let page = api.get(path).await.1;
            assert!(conditions(&page).contains(&coverage), "{path}: {}", figure_line(&page));
        }
        // A reason may end in a number, so its count stands apart.
        let method = api.get("/method?lang=en").await.1;
        assert!(method.contains("<td>no answer: 45</td>") && method.contains("<td>not asked: 105</td>"), "{method}");
    }

    async fn what_is_declared_is_not_inferred_too(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let (header, organisations) = sample(60, 7, 1);
        base.take(header, organisations.collect()).await.unwrap();
        let api = Api::over(&base).await;
        let answer = api.ask("{ sdgs { number askedDirectly declaredCount inferredCount coverage { answered asked } inferredCoverage { answered asked } } organisations(first: 100) { nodes { sdgs { origin goal { code } } } } }").await;
        let nodes = answer["organisations"]["nodes"].as_array().unwrap();
        let mut inferred_somewhere = 0;
        for goal in answer["sdgs"].as_array().unwrap() {
            let number = goal["number"].to_string();
            let links = |of: &Value, declared: bool| {
                let links = of["sdgs"].as_array().unwrap().iter();
                links.filter(|link| link["goal"]["code"] == json!(number)).any(|link| (link["origin"] == json!("DECLARED")) == declared)
            };
            let declared = nodes.iter().filter(|of| links(of, true)).count();
            let inferred = nodes.iter().filter(|of| links(of, false) && !links(of, true)).count();
            assert_eq!((&goal["declaredCount"], &goal["inferredCount"]), (&json!(declared), &json!(inferred)), "{number}");
            assert_eq!(goal["askedDirectly"], json!(true));
            let (coverage, from) = (&goal["coverage"], &goal["inferredCoverage"]);
            assert!(coverage["asked"].as_u64() > Some(0) && coverage["answered"].as_u64() >= Some(declared as u64), "{goal}");
            assert_eq!(from["asked"] == json!(0), ![2, 3, 4, 8, 11, 12, 13, 16].contains(&goal["number"].as_u64().unwrap()), "{goal}");
            let page = api.get(&format!("/sdgs/{number}?lang=en")).await.1;
            let said = if inferred == 0 { "Inferred from: " } else { "a published rule infers it" };
            assert!(page.contains(said), "{number}: {page}");
            assert!(page.contains(&format!("Coverage: {} of {} asked name an SDG", coverage["answered"], coverage["asked"])), "{page}");
            inferred_somewhere += inferred;
        }
        assert!(inferred_somewhere > 0);
    }

    async fn goals_that_nobody_was_asked_about_are_no_zero(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let mut organisations = harness::organisations(3);
        for organisation in &mut organisations {
            organisation.impacts.clear();
        }
        base.take(harness::header(), organisations).await.unwrap();
        let api = Api::over(&base).await;
        let of = async |filter: &str| {
            api.ask(&format!("{{ organisations(filter: {filter}) {{ n coverage {{ attribute answered asked missing {{ code count }} }} }} }}")).await["organisations"].clone()
        };
        let unasked = json!({ "n": 0, "coverage": { "attribute": "SDG", "answered": 0, "asked": 0, "missing": [{ "code": "NOT_ASKED", "count": 3 }] } });
        assert_eq!(of(r#"{ sdg: ["3"] }"#).await, unasked);
        assert_eq!(of(r#"{ sdg: ["3", "5"], size: ["1-10"] }"#).await, unasked);
        for (path, title, coverage) in [
            ("/explore?sdg=3&lang=en", "Nobody here was asked about the SDGs", "Coverage: not asked"),
            ("/explore?sdg=3&lang=es", "A nadie aquí se le preguntó por los ODS", "Cobertura: no se preguntó"),
        ] {
            let page = api.get(path).await.1;
            assert!(page.contains(&format!("<h1>{title}</h1>")), "{path}: {page}");
            let line = conditions(&page);
            assert!(line.contains(&"n = 0") && line.contains(&coverage), "{path}: {line:?}");
            assert!(page.contains("href=\"/sdgs/3?"), "the way to what is inferred: {page}");
        }
        // Where the other conditions select nobody, nobody is left who could have been asked.
        let page = api.get("/explore?sdg=3&q=nobodyhasthisname&lang=en").await.1;
        assert!(page.contains("<h1>No organisation matches</h1>") && figure_line(&page).contains("nobody to count"), "{page}");
    }

    async fn the_list_of_datasets_counts_what_it_lists(base) {
        let Some(api) = mexico(&base).await else { return };
        let datasets = api.ask(r#"{ datasets(filter: { chapter: ["mx"] }) { totalCount n coverage { attribute answered asked } } }"#).await["datasets"].clone();
        assert_eq!(datasets, json!({ "totalCount": 231, "n": 105, "coverage": { "attribute": "DATASET", "answered": 60, "asked": 105 } }));
        let page = api.get("/datasets?lang=en").await.1;
        assert!(page.contains("<h1>Organisations name 231 datasets that they use</h1>"), "{page}");
        assert_eq!(conditions(&page), [
            "231 datasets", "n = 105", "Wave Open Data 100 Mexico, 2014–2015", "Coverage: 60 of 105 asked name a dataset",
            "Bodies as stated", "Method 1.0",
        ]);
        assert!(figure_line(&api.get("/datasets?lang=es").await.1).starts_with("231 conjuntos de datos\u{a0}· n = 105\u{a0}· "));
    }

    async fn an_address_that_means_nothing_has_no_figure_beside_it(base) {
        base.take(harness::header(), harness::organisations(4)).await.unwrap();
        let api = Api::over(&base).await;
        for (path, sentence, way) in [
            ("/explore?chapter=zz&lang=en", "“Study” has no value “zz”", "/explore?lang=en"),
            ("/explore?chapter=zz&lang=es", "«Estudio» no tiene el valor «zz»", "/explore?lang=es"),
            ("/explore?chapter=mx,zz&view=table&lang=en", "“Study” has no value “zz”", "/explore?chapter=mx&amp;view=table&amp;lang=en"),
        ] {
            let (status, page) = api.get(path).await;
            assert_eq!(status, 400, "{path}");
            assert!(page.contains(&format!("<h1>{sentence}</h1>")), "{path}: {page}");
            assert!(page.contains(&format!("href=\"{way}\"")), "{path}: {page}");
            let main = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
            assert!(!main.contains("n = ") && !main.contains('4'), "{path}: {main}");
        }
    }

    async fn a_body_has_one_figure_under_each_rollup(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let (header, organisations) = sample(60, 7, 1);
        base.take(header, organisations.collect()).await.unwrap();
        let api = Api::over(&base).await;
        let bodies = api.ask("{ publishers(first: 100) { nodes { slug name nameLang children { decision } predecessors { kind } } } }").await;
        let has_kin = |body: &&Value| ["children", "predecessors"].iter().any(|kin| body[*kin] != json!([]));
        let bodies: Vec<&Value> = bodies["publishers"]["nodes"].as_array().unwrap().iter().filter(has_kin).collect();
        assert!(!bodies.is_empty());
        let mut differs = false;
        for body in bodies {
            let (slug, name) = (body["slug"].as_str().unwrap(), body["name"].as_str().unwrap());
            let mut counts = Vec::new();
            for rollup in ["", "PUBLISHER", "AS_STATED", "ROOT", "LEVEL", "SUCCESSOR_CHAIN"] {
                let (filter, word) = match rollup {
                    "" => (String::new(), String::new()),
                    rollup => (format!("(filter: {{ rollup: {rollup} }})"), format!("rollup={rollup}&")),
                };
                let asked = format!("{{ publisher(slug: \"{slug}\") {{ users{filter} {{ totalCount rollup }} scorecard{filter} {{ users rollup }} }} }}");
                let told = api.ask(&asked).await["publisher"].clone();
                assert_eq!(told["users"]["totalCount"], told["scorecard"]["users"], "{slug} {rollup}");
                assert!(rollup.is_empty() || told["users"]["rollup"] == json!(rollup), "{told}");
                let count = told["users"]["totalCount"].as_u64().unwrap();
                let noun = if count == 1 { "organisation uses" } else { "organisations use" };
                let headline = format!("{count} {noun} {name}’s data");
                let (status, page) = api.get(&format!("/publishers/{slug}?{word}lang=en")).await;
                assert_eq!(status, 200, "{slug} {rollup}");
                let description = format!("<meta property=\"og:description\" content=\"{headline}\">");
                let marked = match body["nameLang"].as_str().unwrap() {
                    "en" => headline.clone(),
                    lang => headline.replace(name, &format!("<span lang=\"{lang}\">{name}</span>")),
                };
                assert!(page.contains(&format!("<h1>{marked}</h1>")) && page.contains(&description), "{headline}: {page}");
                let card = format!("<dt>Organisations that use its data</dt><dd>{count}</dd>");
                assert!(count == 0 || page.contains(&card), "{headline}: {page}");
                assert!(rollup.is_empty() || page.contains(&format!(".png?rollup={}&amp;", rollup.to_lowercase())), "{page}");
                assert_eq!(figure_line(&api.get(&lasting(&page)).await.1), figure_line(&page), "the reference leads to the figure");
                let file = api.get(&format!("/download/organisations.json?publisher={slug}&{word}lang=en")).await.1;
                let rows = serde_json::from_str::<Value>(&file).unwrap()["rows"].as_array().unwrap().len() as u64;
                assert_eq!(rows, count, "{slug} {rollup}");
                counts.push(count);
            }
            differs |= counts[0] != counts[1];
        }
        assert!(differs, "some body has users that do not name it");
    }

    async fn a_list_of_bodies_goes_by_its_rollup_throughout(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let (header, organisations) = sample(60, 7, 1);
        base.take(header, organisations.collect()).await.unwrap();
        let api = Api::over(&base).await;
        let mut alone = 0;
        for rollup in ["PUBLISHER", "ROOT", "AS_STATED", "SUCCESSOR_CHAIN"] {
            let listed = api
                .ask(&format!("{{ publishers(first: 20, filter: {{ rollup: {rollup} }}) {{ nodes {{ slug userCount users {{ totalCount rollup }} scorecard {{ users publishedDatasets rollup }} datasets {{ totalCount }} named: scorecard(filter: {{ rollup: AS_DECIDED }}) {{ users }} }} }} }}"))
                .await;
            for node in listed["publishers"]["nodes"].as_array().unwrap() {
                let slug = node["slug"].as_str().unwrap();
                let told = api
                    .ask(&format!("{{ publisher(slug: \"{slug}\") {{ scorecard(filter: {{ rollup: {rollup} }}) {{ users publishedDatasets rollup }} datasets(rollup: {rollup}) {{ totalCount }} plain: scorecard {{ users }} }} }}"))
                    .await["publisher"].clone();
                assert_eq!(node["scorecard"], told["scorecard"], "{slug} {rollup}");
                assert_eq!(node["datasets"], told["datasets"], "{slug} {rollup}");
                assert_eq!(node["users"], json!({ "totalCount": node["userCount"], "rollup": rollup }), "{slug}");
                // Whoever names another way, the default too, is told by that.
                assert_eq!(node["named"], told["plain"], "{slug} {rollup}");
                alone += u32::from(node["scorecard"]["users"] != node["named"]["users"]);
            }
        }
        assert!(alone > 0, "some body has other users by default");
    }

    async fn one_of_one_is_one(base) {
        base.take(harness::header(), harness::organisations(1)).await.unwrap();
        let api = Api::over(&base).await;
        for (path, sentence) in [
            ("/explore?size=1-10&lang=es", "1 de 1 organización coincide con la selección (Empleados: 1–10)"),
            ("/explore?size=1-10&lang=en", "1 of 1 organisation matches (Employees: 1–10)"),
        ] {
            let page = api.get(path).await.1;
            assert!(page.contains(&format!("<h1>{sentence}</h1>")), "{path}: {page}");
            assert!(!page.contains("1 of 1 organisations") && !page.contains("1 de 1 organizaciones"), "{path}: {page}");
        }
    }

    async fn a_holder_of_two_studies_is_named_once(base) {
        base.take(harness::header(), harness::organisations(2)).await.unwrap();
        let credit = async || {
            let page = Api::over(&base).await.get("/explore?lang=en").await.1;
            let footer = page.split_once("<footer>").unwrap().1.split_once("</footer>").unwrap().0.to_owned();
            let linked = page.split_once("\"creditText\":\"").unwrap().1.split_once('"').unwrap().0.to_owned();
            (footer, linked)
        };
        let (footer, linked) = credit().await;
        assert!(footer.contains("<p>Data: The study. <a ") && linked == "The study, CC-BY-SA-4.0", "{footer} {linked}");
        let mut other = harness::header();
        "other".clone_into(&mut other.source);
        "kr".clone_into(&mut other.chapter);
        "2020".clone_into(&mut other.waves[0].slug);
        let study = other.study.as_mut().unwrap();
        "other-study".clone_into(&mut study.slug);
        study.title = lang_text("en", "Another study");
        "Another study, The study".clone_into(&mut study.attribution);
        (other.waves[0].opens_on, other.waves[0].closes_on) = (day("2020-01-01"), None);
        for dataset in &mut other.datasets {
            dataset.identifiers.clear();
        }
        let mut organisations = harness::organisations(1);
        organisations[0].identifiers.clear();
        base.take(other, organisations).await.unwrap();
        let (footer, linked) = credit().await;
        assert_eq!(footer.matches("The study").count(), 1, "{footer}");
        assert!(footer.contains("Data: The study (") && footer.contains("A study") && footer.contains("Another study"), "{footer}");
        assert_eq!((linked.matches("The study").count(), linked.matches("CC-BY-SA-4.0").count()), (1, 1), "{linked}");
        let holders = Api::over(&base).await.ask("{ studies { attribution { text holder } } }").await;
        let holders = holders["studies"].as_array().unwrap().iter().map(|study| study["attribution"]["holder"].as_str());
        assert!(holders.clone().count() == 2 && holders.into_iter().all(|holder| holder == Some("The study")));
    }
}
