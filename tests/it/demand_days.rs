//! What requests for data are about, whose study they were named in, and how they stood on another day: in the words, with
//! the answer and the supports of that day.

use chrono::{NaiveDate, TimeDelta};
use entity::id::DataRequestId;
use entity::vocabulary::{BlockingReason, Role};
use od100::app::Error;
use od100::app::demand::{answer, close, submit, support, triage};
use od100::app::door::Door;
use od100::domain::access::Actor;
use od100::sample::sample;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::api_harness::Api;
use crate::desk_harness::Town;
use crate::harness::{self, Base, on_each_database};
use crate::people::from;

const STOOD: &str = "query($day: Date) { requests(filter: { asOf: $day }, orderBy: NEWEST) { totalCount asOf nodes {
    slug title status answer plannedOn duplicateOf { slug } datasets { slug }
    support { organisationCount personCount blockedCount } themes { code } } } demand(filter: { asOf: $day }) {
    isRecorded openCount personSupportCount heat } }";

async fn stood(base: &Base, day: NaiveDate) -> Value {
    let answer = Api::over(base).await.raw("en", STOOD, json!({ "day": day.to_string() })).await;
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"].clone()
}

fn asking(title: &str, themes: &[&str]) -> submit::New {
    submit::New {
        title: title.to_owned(),
        blocking: Some(BlockingReason::Stale),
        themes: themes.iter().map(|word| (*word).to_owned()).collect(),
        lang: "en".to_owned(),
        ..submit::New::default()
    }
}

fn shown(title: &str, themes: Option<&[&str]>) -> triage::Triaged {
    triage::Triaged {
        title: title.to_owned(),
        publisher: "comision-del-agua".to_owned(),
        themes: themes.map(|words| words.iter().map(|word| (*word).to_owned()).collect()),
        ..triage::Triaged::default()
    }
}

/// Somebody who signs in on the day that it is.
async fn now(town: &Town, name: &str) -> Actor {
    town.people.sign_in(name).await.0
}

async fn square(base: &Base) -> Town {
    base.take(harness::header(), (0..3).map(harness::organisation).collect()).await.unwrap();
    let town = Town::over(base).await;
    let all = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
    let body = all.iter().find(|row| row.slug == "comision-del-agua").unwrap().entity_id;
    town.people.with_role("carla", Role::Curator, None).await;
    town.people.with_role("lola", Role::AgencyLiaison, Some(body.0)).await;
    town.people.account("pepa").await;
    town
}

async fn put(town: &Town, base: &Base, new: submit::New, words: triage::Triaged) -> DataRequestId {
    let door = Door::new(50, 50);
    let id = submit::submit(&base.ctx, &now(town, "pepa").await, (&door, from(1)), new, None).await.unwrap();
    triage::triage(&base.ctx, &now(town, "carla").await, id, words).await.unwrap();
    id
}

on_each_database! {
    async fn requests_have_themes_that_narrow_and_count(base) {
        let town = square(&base).await;
        let ctx = &base.ctx;
        let door = Door::new(50, 50);
        for bad in [&["love"][..], &["weather", "energy", "health_healthcare", "legal", "finance", "tourism"]] {
            let refused = submit::submit(ctx, &Actor::Anonymous, (&door, from(1)), asking("Rain by the hour", bad), None).await;
            assert!(matches!(&refused, Err(Error::Invalid(faults)) if faults[0].field == "themes"), "{refused:?}");
        }
        put(&town, &base, asking("Rain by the hour", &["weather"]), shown("Rain by the hour", None)).await;
        put(&town, &base, asking("Wells and permits", &["weather"]), shown("Wells and permits", Some(&["legal", "environment"]))).await;
        put(&town, &base, asking("Prices of water", &[]), shown("Prices of water", None)).await;
        let api = Api::over(&base).await;
        let board = "query($f: RequestFilter) { requests(filter: $f) { totalCount nodes { slug themes { code label } study { slug } } } demand(filter: $f) { filters themes { theme { code } requestCount } } }";
        let of = async |filter: Value| api.raw("en", board, json!({ "f": filter })).await["data"].clone();
        let all = of(json!({})).await;
        let counted = json!([
            { "theme": { "code": "environment" }, "requestCount": 1 }, { "theme": { "code": "legal" }, "requestCount": 1 },
            { "theme": { "code": "weather" }, "requestCount": 1 }, { "theme": null, "requestCount": 1 },
        ]);
        assert_eq!(all["demand"]["themes"], counted);
        let weather = of(json!({ "theme": ["weather"] })).await;
        assert_eq!((&weather["requests"]["totalCount"], &weather["demand"]["filters"]), (&json!(1), &json!("theme=weather")));
        assert_eq!(weather["requests"]["nodes"][0]["themes"], json!([{ "code": "weather", "label": "Weather" }]));
        assert_eq!(weather["demand"]["themes"], counted, "a facet passes over its own choice");
        let unknown = api.raw("en", board, json!({ "f": { "theme": ["love"] } })).await;
        assert!(unknown["errors"][0]["message"].as_str().unwrap().contains("'theme' has no value 'love'"), "{unknown}");
        let mut reader = Town::over(&base).await.browser();
        let page = reader.get("/requests?theme=legal&lang=en").await.text();
        assert!(page.contains("Wells and permits") && !page.contains("Rain by the hour") && page.contains("value=\"legal\" selected"), "{page}");
        let one = reader.get("/requests/wells-and-permits?lang=en").await.text();
        assert!(one.contains("/requests?theme=environment"), "{one}");
        let csv = reader.get("/download/requests.csv?theme=legal").await.text();
        assert!(csv.contains("environment legal") && csv.lines().count() == 2, "{csv}");
    }

    async fn what_a_study_has_brought_is_under_its_licence(base) {
        let (header, organisations) = sample(60, 7, 1);
        base.take(header, organisations.collect()).await.unwrap();
        let town = Town::over(&base).await;
        let mut reader = town.browser();
        let file = reader.get("/download/requests.json").await.json();
        let rows = file["rows"].as_array().unwrap();
        let (named, others): (Vec<_>, Vec<_>) = rows.iter().partition(|row| !row["study"].is_null());
        assert!(!named.is_empty() && !others.is_empty(), "{file}");
        let organisation = &reader.get("/download/organisations.json").await.json()["rows"][0];
        for row in named {
            for column in ["attribution", "licence", "licence_url"] {
                assert_eq!(row[column], organisation[column], "{row}");
            }
        }
        assert!(others.iter().all(|row| row["attribution"] == "Open Data 100" && row["licence"].is_null()));
        let api = Api::over(&base).await;
        let of = async |chapter: &str| {
            let query = "query($c: [String!]) { requests(filter: { chapter: $c }) { totalCount } }";
            api.raw("en", query, json!({ "c": [chapter] })).await
        };
        // Of the others those that name a supporter.
        let own = rows.iter().filter(|row| !row["study"].is_null() || !row["named_organisations"].is_null()).count();
        assert_eq!(of("sample").await["data"]["requests"]["totalCount"], json!(own));
        assert!(of("xx").await["errors"][0]["message"].as_str().unwrap().contains("'chapter'"));
    }

    async fn a_request_stands_as_it_stood(base) {
        let town = square(&base).await;
        let ctx = &base.ctx;
        let start = ctx.today();
        let later = |days: i64| base.clock.set(base.clock.now() + TimeDelta::days(days));
        let rain = put(&town, &base, asking("Rain by the hour", &["weather"]), shown("Rain by the hour", None)).await;
        later(1);
        let same = put(&town, &base, asking("Hourly rain of all stations", &[]), shown("Hourly rain of all stations", None)).await;
        later(1);
        triage::forward(ctx, &now(&town, "carla").await, rain, None).await.unwrap();
        town.people.account("pablo").await;
        support::support(ctx, &now(&town, "pablo").await, "rain-by-the-hour", &support::Given::default()).await.unwrap();
        later(1);
        let said = |text: &str| answer::Said { answer: text.to_owned(), lang: "en".to_owned() };
        answer::plan(ctx, &now(&town, "lola").await, rain, (said("We shall publish it."), Some(start + TimeDelta::days(60)))).await.unwrap();
        later(1);
        let led = ["lluvia-rain".to_owned()];
        answer::publish(ctx, &now(&town, "lola").await, rain, (Some(said("A part of it is there.")), &led, true)).await.unwrap();
        support::withdraw(ctx, &now(&town, "pablo").await, "rain-by-the-hour", None).await.unwrap();
        later(1);
        close::mark_duplicate(ctx, &now(&town, "carla").await, same, "rain-by-the-hour").await.unwrap();
        later(1);

        let one = |stood: &Value, slug: &str| {
            stood["requests"]["nodes"].as_array().unwrap().iter().find(|one| one["slug"] == slug).cloned().unwrap_or_default()
        };
        let day = |days: i64| start + TimeDelta::days(days);
        let before = stood(&base, day(-1)).await;
        assert_eq!(before["requests"]["totalCount"], json!(0), "nobody had shown anything");
        // (day, requests, status, answer, planned, datasets, persons)
        for (days, total, status, answer, is_planned, datasets, persons) in [
            (0, 1, "TRIAGED", Value::Null, false, 0, 1),
            (1, 2, "TRIAGED", Value::Null, false, 0, 1),
            (2, 2, "FORWARDED", Value::Null, false, 0, 2),
            (3, 2, "ACCEPTED_PLANNED", json!("We shall publish it."), true, 0, 2),
            (4, 2, "PARTIALLY_PUBLISHED", json!("A part of it is there."), true, 1, 1),
            (5, 2, "PARTIALLY_PUBLISHED", json!("A part of it is there."), true, 1, 1),
        ] {
            let then = stood(&base, day(days)).await;
            let row = one(&then, "rain-by-the-hour");
            assert_eq!(then["requests"]["totalCount"], json!(total), "day {days}");
            assert_eq!((&row["status"], &row["answer"]), (&json!(status), &answer), "day {days}");
            assert_eq!((row["plannedOn"].is_null(), row["datasets"].as_array().unwrap().len()), (!is_planned, datasets), "day {days}");
            assert_eq!(row["support"]["personCount"], json!(persons), "day {days}: {row}");
            assert_eq!(row["themes"], json!([{ "code": "weather" }]));
        }
        let other = |then: &Value| one(then, "hourly-rain-of-all-stations");
        assert_eq!(other(&stood(&base, day(4)).await)["status"], json!("TRIAGED"), "nobody had said yet that it is one need");
        assert_eq!(other(&stood(&base, day(5)).await)["duplicateOf"]["slug"], json!("rain-by-the-hour"));
        // Days that have not come are those of today; pages say the same in words.
        let now = stood(&base, day(900)).await;
        assert_eq!(now["requests"]["nodes"], stood(&base, ctx.today()).await["requests"]["nodes"]);
        let mut reader = Town::over(&base).await.browser();
        let page = reader.get(&format!("/requests/rain-by-the-hour?asOf={}&lang=en", day(2))).await.text();
        assert!(page.contains("With the publisher") && !page.contains("We shall publish it."), "{page}");
        let page = reader.get(&format!("/requests?asOf={}&lang=en", day(0))).await.text();
        assert!(page.contains("Rain by the hour") && !page.contains("Hourly rain of all stations"), "{page}");
        assert!(page.contains("Organisations in support</th>"), "columns have names: {page}");
        assert_eq!(reader.get(&format!("/requests/rain-by-the-hour?asOf={}", day(-1))).await.status, 404);
    }
}
