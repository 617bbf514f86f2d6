//! The day and the recording time: what the record said then, and that it says nothing where it does not reach.

use entity::vocabulary::DatePrecision;
use od100::domain::draft::PartialDate;
use serde_json::json;

use crate::api_harness::Api;
use crate::harness::{self, Base, day, on_each_database};

/// Four organisations in a wave that opened on the first day of 2014, one of them founded in 2016.
async fn fill(base: &Base) {
    let mut organisations = harness::organisations(4);
    organisations[3].founded = Some(PartialDate { on: day("2016-01-01"), precision: DatePrecision::Year });
    base.take(harness::header(), organisations).await.unwrap();
}

/// What a filter selects, counted in every way.
fn figures(filter: &str) -> String {
    format!(
        "{{ organisations(filter: {filter}) {{ totalCount n isRecorded coverage {{ answered asked }} }} \
           counts(by: PUBLISHER, filter: {filter}) {{ n isRecorded rows {{ value count }} coverage {{ answered asked missing {{ count }} }} }} \
           datasets(filter: {filter}) {{ totalCount }} publishers(filter: {filter}) {{ totalCount n }} }}"
    )
}

on_each_database! {
    async fn nothing_is_counted_where_the_record_does_not_reach(base) {
        fill(&base).await;
        let api = Api::over(&base).await;
        let filters = [r#"{ asOf: "1900-01-01" }"#, r#"{ asOf: "2013-12-31" }"#, r#"{ knownAt: "2025-06-30T11:00:00Z" }"#];
        for filter in filters {
            let answer = api.ask(&figures(filter)).await;
            let nothing = json!({ "n": 0, "isRecorded": false, "rows": [], "coverage": { "answered": 0, "asked": 0, "missing": [] } });
            assert_eq!(answer["counts"], nothing, "{filter}");
            let nobody = json!({ "totalCount": 0, "n": 0, "isRecorded": false, "coverage": { "answered": 0, "asked": 0 } });
            assert_eq!(answer["organisations"], nobody, "{filter}");
            assert_eq!((&answer["datasets"]["totalCount"], &answer["publishers"]["totalCount"]), (&json!(0), &json!(0)), "{filter}");
        }
        let then = api.ask(&figures(r#"{ asOf: "2014-01-01" }"#)).await;
        assert_eq!((&then["counts"]["n"], &then["counts"]["isRecorded"]), (&json!(3), &json!(true)), "one is founded later");
        let now = api.ask(&figures("{}")).await;
        assert_eq!((&now["counts"]["n"], &now["counts"]["isRecorded"]), (&json!(4), &json!(true)));
        let one = api.ask(r#"{ then: organisation(slug: "compania-0", asOf: "2013-01-01") { slug } now: organisation(slug: "compania-0") { slug } meta { beginsOn recordedFrom } }"#).await;
        assert_eq!(one, json!({ "then": null, "now": { "slug": "compania-0" }, "meta": { "beginsOn": "2014-01-01", "recordedFrom": "2025-06-30T12:00:00.000001Z" } }));
    }

    async fn a_study_that_had_not_begun_has_no_figures(base) {
        fill(&base).await;
        let mut later = harness::header();
        "later".clone_into(&mut later.source);
        "kr".clone_into(&mut later.chapter);
        "2020".clone_into(&mut later.waves[0].slug);
        "later-study".clone_into(&mut later.study.as_mut().unwrap().slug);
        (later.waves[0].opens_on, later.waves[0].closes_on) = (day("2020-01-01"), None);
        let mut organisations = harness::organisations(2);
        for organisation in &mut organisations {
            organisation.identifiers.clear();
        }
        for dataset in &mut later.datasets {
            dataset.identifiers.clear();
        }
        base.take(later, organisations).await.unwrap();
        let api = Api::over(&base).await;
        let counted = async |filter: &str| {
            let answer = api.ask(&format!("{{ counts(by: SIZE, filter: {filter}) {{ n isRecorded }} }}")).await;
            (answer["counts"]["n"].as_u64().unwrap(), answer["counts"]["isRecorded"].as_bool().unwrap())
        };
        assert_eq!(counted(r#"{ asOf: "2019-12-31" }"#).await, (4, true));
        assert_eq!(counted(r#"{ asOf: "2019-12-31", chapter: ["kr"] }"#).await, (0, false));
        assert_eq!(counted(r#"{ asOf: "2020-01-01", chapter: ["kr"] }"#).await, (2, true));
        assert_eq!(counted("{}").await, (6, true));
        // A dataset that only a later study could have named is not an unused one.
        for (query, count) in [("asOf=2019-12-31", 1), ("asOf=2020-01-01", 4), ("", 4)] {
            let (_, text) = api.get(&format!("/download/datasets.csv?{query}")).await;
            assert_eq!(text.lines().count() - 1, count, "{query}: {text}");
        }
        let listed = api.ask(r#"{ datasets(filter: { asOf: "2019-12-31" }) { totalCount } }"#).await;
        assert_eq!(listed["datasets"]["totalCount"], json!(1));
        let (status, page) = api.get("/studies/later-study?asOf=2019-12-31&lang=en").await;
        assert!(status == 200 && page.contains("The record begins on 1 Jan 2020"), "{page}");
    }

    async fn what_an_address_says_and_means_nothing_is_named(base) {
        fill(&base).await;
        let api = Api::over(&base).await;
        let (status, page) = api.get("/explore?view=globe&sort=fame&sectr=21&after=zz&utm_source=x&q=&lang=en").await;
        assert_eq!(status, 200, "{page}");
        for said in ["There is no view “globe”", "There is no order “fame”", "“sectr” is no condition", "“after” names"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains("“utm_source”"), "{page}");
        let (_, page) = api.get("/explore?view=table&sort=founded&layer=areas&lang=en").await;
        assert!(!page.contains("role=\"note\""), "{page}");
    }

    async fn the_day_of_an_object_is_given_at_the_root(base) {
        fill(&base).await;
        let api = Api::over(&base).await;
        let answer = api.raw("en", r#"{ area(code: "MX") { organisations(filter: { asOf: "2014-06-01" }) { n } } }"#, json!({})).await;
        let refused = &answer["errors"][0]["extensions"];
        assert_eq!((&refused["code"], &refused["filter"], &refused["value"]), (&json!("BAD_FILTER"), &json!("asOf"), &json!("2014-06-01")));
    }

    async fn what_is_no_day_or_moment_is_told_how_one_is_written(base) {
        fill(&base).await;
        let api = Api::over(&base).await;
        let day = "a day such as 2014-10-01, in the years 1 to 9999";
        let moment = "a moment such as 2014-10-01T12:00:00Z, in the years 1 to 9999";
        for (filter, said) in [
            (r#"asOf: "yesterday""#, format!("'yesterday' is not {day}")),
            ("asOf: 2014", format!("2014 is not {day}")),
            (r#"knownAt: "2014-10-01""#, format!("'2014-10-01' is not {moment}")),
            ("knownAt: 5", format!("5 is not {moment}")),
        ] {
            let answer = api.raw("en", &format!("{{ counts(by: SIZE, filter: {{ {filter} }}) {{ n }} }}"), json!({})).await;
            let error = &answer["errors"][0];
            assert!(error["message"].as_str().unwrap().contains(&said), "{filter}: {answer}");
            assert_eq!(error["extensions"]["code"], json!("BAD_USER_INPUT"), "{filter}");
        }
        let inside = r#"{ area(code: "MX") { organisations(filter: { knownAt: "2014-06-01T12:00:00Z" }) { n } } }"#;
        let answer = api.raw("en", inside, json!({})).await;
        let error = &answer["errors"][0];
        assert_eq!((&error["extensions"]["code"], &error["extensions"]["value"]), (&json!("BAD_FILTER"), &json!("2014-06-01T12:00:00Z")));
        let said = "'knownAt' wants the day and moment that the object was asked for: give it at the root, not '2014-06-01T12:00:00Z'";
        assert_eq!(error["message"], json!(said));
    }

    async fn a_day_to_come_is_answered_with_the_latest_record(base) {
        fill(&base).await;
        let api = Api::over(&base).await;
        let counted = "{ counts(by: SIZE, filter: FILTER) { n asOf knownAt isRecorded } }";
        let now = api.ask(&counted.replace("FILTER", "{}")).await;
        for filter in [r#"{ asOf: "2999-12-31" }"#, r#"{ knownAt: "2999-12-31T00:00:00Z" }"#] {
            assert_eq!(api.ask(&counted.replace("FILTER", filter)).await, now, "{filter}");
        }
        for (query, what) in [("asOf=2999-12-31", "31 Dec 2999"), ("knownAt=2999-12-31T00:00:00Z", "31 Dec 2999, 00:00 UTC")] {
            for path in ["/", "/explore", "/organisations/compania-0", "/publishers", "/embed/map"] {
                let (status, page) = api.get(&format!("{path}?{query}&lang=en")).await;
                let said = format!("{what} has not come yet. This is the record of 30 Jun 2025.");
                assert!(status == 200 && page.contains(&said), "{path}?{query}: {page}");
                assert!(!page.contains("As of 2999") && page.contains("noindex"), "{path}?{query}: {page}");
            }
        }
        let (status, page) = api.get("/?asOf=2015-02-31&lang=en").await;
        assert!(status == 400 && page.contains("“2015-02-31” is no day"), "{page}");
    }

    async fn pages_and_downloads_are_of_the_day_asked_for(base) {
        fill(&base).await;
        let api = Api::over(&base).await;
        let lines = async |query: &str| {
            let (status, text) = api.get(&format!("/download/organisations.csv?{query}")).await;
            assert_eq!(status, 200, "{query}");
            text.lines().count() - 1
        };
        assert_eq!([lines("").await, lines("asOf=2014-06-01").await, lines("asOf=2013-06-01").await], [4, 3, 0]);
        assert_eq!(lines("knownAt=2025-06-30T11:00:00Z").await, 0);
        for what in ["claims", "publishers", "datasets"] {
            let (_, text) = api.get(&format!("/download/{what}.csv?asOf=2013-06-01")).await;
            assert_eq!(text.lines().count(), 1, "{what}: {text}");
        }
        let (_, json) = api.get("/download/organisations.json?asOf=2013-06-01").await;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&json["meta"]["asOf"], &json["meta"]["isRecorded"]), (&json!("2013-06-01"), &json!(false)));
        for path in ["/", "/explore", "/organisations/compania-0", "/publishers", "/publishers/semarnat", "/datasets", "/sdgs/2", "/areas/MX"] {
            let (status, page) = api.get(&format!("{path}?asOf=2013-06-01&lang=en")).await;
            assert_eq!(status, 200, "{path}");
            assert!(page.contains("Nothing is recorded for 1 Jun 2013") && page.contains("The record begins on 1 Jan 2014"), "{path}: {page}");
            assert!(page.contains("The record of today"), "{path}");
        }
        for (path, sentence) in [
            ("/", "As of 1 Jun 2014: 3 organisations"),
            ("/explore", "As of 1 Jun 2014: 3 organisations"),
            ("/explore?size=1-10", "As of 1 Jun 2014: 3 of 3 organisations match"),
            ("/areas/MX", "As of 1 Jun 2014: Mexico: 3 organisations"),
        ] {
            let joined = format!("{path}{}asOf=2014-06-01&lang=en", if path.contains('?') { '&' } else { '?' });
            let (status, page) = api.get(&joined).await;
            assert!(status == 200 && page.contains(sentence), "{path}: {page}");
            assert!(page.contains("asOf=2014-06-01") && page.contains("noindex"), "links keep the day: {page}");
        }
        let (_, page) = api.get("/explore?knownAt=2025-06-30T11:00:00Z&lang=en").await;
        assert!(page.contains("Nothing was recorded for 30 Jun 2025 by 30 Jun 2025, 11:00 UTC"), "{page}");
        assert!(page.contains("The first entry of the record was made on 30 Jun 2025, 12:00 UTC"), "{page}");
        assert!(!page.contains("The record begins on"), "the day is not before it: {page}");
        let (status, page) = api.get("/explore?asOf=yesterday&lang=en").await;
        assert!(status == 400 && page.contains("“yesterday” is no day"), "{page}");
    }
}
