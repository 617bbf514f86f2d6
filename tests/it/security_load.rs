//! What many do at once, or one does with odd texts: programs that fill in forms, headers that lie about where a request is
//! from, searches made of the signs that databases read. `OD100_TEST_LOAD` sets how many; the full number is 10,000.

use std::net::{IpAddr, SocketAddr};

use axum::{body::Body, extract::ConnectInfo, http::Request};
use entity::vocabulary::BlockingReason;
use od100::app::Error;
use od100::app::demand::submit;
use od100::app::door::Door;
use od100::app::review::report;
use od100::app::survey::nominate;
use od100::domain::access::Actor;
use rand::Rng;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::api_harness::Api;
use crate::chance::{chance, pick, setting};
use crate::edge_harness::{Edge, Setting};
use crate::harness::{header, on_each_database, organisation};
use crate::survey_harness::Field;
use crate::survey_pages::{get, post};

fn load(short: u64) -> u64 {
    setting("OD100_TEST_LOAD", short)
}

/// One of fifty addresses.
fn from(number: u64) -> IpAddr {
    IpAddr::from([127, 0, 1, u8::try_from(number % 50).unwrap() + 1])
}

on_each_database! {
    /// Forms that are filled in at once, in every field, with a forged stamp or with one that has been used up.
    async fn programs_that_fill_in_the_form_enter_nobody(base) {
        let field = Field::over(base).await;
        let api = Api::over(&field.base).await;
        let path = format!("/join/{}", field.wave.slug);
        let early = get(&api, &path).await.hidden("form");
        let before = responses(&field).await;
        for number in 0..load(400) {
            let (name, email) = (format!("Robot {number}"), format!("robot{number}@example.org"));
            let forged = format!("{}.od5_{number}.{number:064x}", 1_750_000_000 + number);
            let (form, trap) = match number % 3 {
                0 => (early.as_str(), ""),
                1 => (forged.as_str(), ""),
                _ => (early.as_str(), "https://spam.example"),
            };
            let fields =
                [("form", form), ("name", name.as_str()), ("email", email.as_str()), ("website", ""), ("contact", "R"), ("url2", trap)];
            assert_eq!(post(&api, &path, &fields).await.status, 422, "{number}");
        }
        assert_eq!(responses(&field).await, before);
    }

    /// Programs that wait as people do, from fifty addresses, all within a minute: the door lets twenty in, and none of
    /// them reaches the queue or the public by having come in.
    async fn programs_that_wait_come_no_further_than_the_door(base) {
        let field = Field::over(base).await;
        let (ctx, door) = (&field.base.ctx, Door::new(5, 60));
        let (before, mut entered, mut refused) = (responses(&field).await, 0, 0);
        for number in 0..load(400) {
            let nominee = nominate::Nominee {
                name: format!("Robot {number}"),
                website: String::new(),
                contact: "R".to_owned(),
                email: format!("robot{number}@example.org"),
                lang: "es".to_owned(),
            };
            let key = format!("robot-{number}");
            match nominate::nominate(ctx, (&door, from(number)), &field.wave.slug, nominee, Some(&key)).await {
                Ok(_) => entered += 1,
                Err(Error::TooMany(seconds)) => {
                    assert!((1..=60).contains(&seconds), "{seconds}");
                    refused += 1;
                }
                Err(error) => panic!("{number}: {error:?}"),
            }
        }
        assert_eq!((entered, refused), (20, load(400) - 20));
        assert_eq!(responses(&field).await, before + 20);
        let cases = entity::review_case::Entity::find().all(&field.base.raw().await).await.unwrap();
        assert!(cases.is_empty(), "nobody has to look at them before they answer: {cases:?}");
        let api = Api::over(&field.base).await;
        assert!(!api.get("/explore?q=Robot&lang=en").await.1.contains("Robot 1"));
    }

    /// What visitors send goes into a queue at once where it is a report or a request: at most twenty of each within a
    /// minute, however many programs send it and from wherever.
    async fn programs_that_report_and_ask_fill_no_queue(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let atlas = od100::app::publish::Publisher::open(ctx.clone()).await.unwrap().current();
        let (reports, requests) = (Door::new(5, 60), Door::new(10, 120));
        let (mut reported, mut asked) = (0, 0);
        for number in 0..load(400) {
            let (text, key) = (format!("Robots ask {number}"), format!("robot-{number}"));
            let said = report::Said { path: "/about", text: &text };
            match report::report((ctx, &atlas), (&reports, from(number)), &Actor::Anonymous, said, Some(&key)).await {
                Ok(()) => reported += 1,
                Err(Error::TooMany(seconds)) => assert!((1..=60).contains(&seconds), "{seconds}"),
                Err(error) => panic!("{number}: {error:?}"),
            }
            let new = submit::New { title: text.clone(), blocking: Some(BlockingReason::Price), ..submit::New::default() };
            match submit::submit(ctx, &Actor::Anonymous, (&requests, from(number)), new, Some(&key)).await {
                Ok(_) => asked += 1,
                Err(Error::TooMany(seconds)) => assert!((1..=60).contains(&seconds), "{seconds}"),
                Err(error) => panic!("{number}: {error:?}"),
            }
        }
        assert_eq!((reported, asked), (20, 20));
        let db = field.base.raw().await;
        assert_eq!(entity::review_case::Entity::find().all(&db).await.unwrap().len(), 20);
        assert_eq!(entity::data_request::Entity::find().all(&db).await.unwrap().len(), 20);
    }

    /// Texts of quotes, wildcards, escapes and comments, as names and as searches: what was written is found by itself,
    /// as it was written, and nothing fails.
    async fn texts_that_databases_read_are_texts(base) {
        let (seed, mut rng) = chance(7);
        let parts = [
            "'", "''", "\"", "%", "_", "\\", ";", "--", "/*", "*/", "$1", "?", ":a", "0x27", "\u{2019}", "\u{ff07}", "OR 1=1",
            "'; DROP TABLE organisation; --", "UNION SELECT", "NULL", "\t", "á", "ß", "\u{202e}", "{}", "[]", "(", ")", "~", "^", "`",
            "datos", " ", "%00", "\\0", "LIKE", "NEAR/3", "AND", "NOT", "*", "col:", "''||''", "E'\\''", "$$", "\u{1F600}",
        ];
        let mut text = || (0..rng.random_range(1..8)).map(|_| pick(&mut rng, &parts)).collect::<Vec<_>>().join("");
        let hostile: Vec<String> = (0..40).map(|number| format!("Casa{number} {}", text())).collect();
        let drafts = hostile.iter().enumerate().map(|(number, name)| {
            let mut draft = organisation(number);
            draft.name.clone_from(name);
            draft
        });
        base.take(header(), drafts.collect()).await.unwrap();
        let api = Api::over(&base).await;
        let query = "query($text: String!) { organisations(first: 40, filter: { text: $text }) { totalCount nodes { name } } search(text: $text) { totalCount } }";
        let ask = async |text: &str| {
            let answer = api.raw("es", query, json!({ "text": text })).await;
            assert!(answer["errors"].is_null(), "seed {seed}: {text:?}: {answer}");
            answer["data"]["organisations"].clone()
        };
        let all: Vec<String> = ask("Casa").await["nodes"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
        assert_eq!(all.len(), 40);
        for name in &all {
            let found = ask(name).await;
            assert!(found["nodes"].as_array().unwrap().iter().any(|one| one["name"] == name.as_str()), "seed {seed}: {name:?} in {found}");
        }
        for _ in 0..load(300) / 2 {
            let text = text();
            let found = ask(&text).await["totalCount"].as_u64().unwrap();
            assert!(found <= 40);
            let address = url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            let (status, page) = api.get(&format!("/explore?lang=en&q={address}")).await;
            assert!(status == 200 || (status == 400 && page.contains("cannot be read")), "seed {seed}: {text:?}: {status}");
        }
        assert_eq!(ask("Casa").await["totalCount"], 40, "nothing was dropped");
    }
}

async fn responses(field: &Field) -> usize {
    let current = entity::response::Entity::find().filter(entity::response::Column::SupersededAt.is_null());
    current.all(&field.base.raw().await).await.unwrap().len()
}

/// Asks from an address, with whatever the headers claim.
async fn asked_from(edge: &Edge, who: IpAddr, headers: &[(&str, &str)]) -> (u16, bool) {
    let mut request = Request::get("/graphql?query=%7Blang%7D").header("accept", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::new(who, 40_000)));
    let answer = edge.send(request).await;
    (answer.status.as_u16(), answer.headers.contains_key("retry-after"))
}

/// Whatever a header says, a request is charged to the address that it comes from, as no proxy is known here.
#[tokio::test]
async fn headers_that_lie_buy_no_request() {
    let edge = Edge::with(Setting { rate: Some(30), ..Setting::default() });
    let who = from(0);
    while asked_from(&edge, who, &[]).await.0 == 200 {}
    let names = [
        "x-forwarded-for",
        "forwarded",
        "x-real-ip",
        "true-client-ip",
        "cf-connecting-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "fastly-client-ip",
        "x-original-forwarded-for",
        "via",
    ];
    let values = ["127.0.0.1", "10.0.0.1", "203.0.113.9, 127.0.1.1", "for=203.0.113.9;proto=https", "::1", "unknown"];
    for name in names {
        for value in values {
            assert_eq!(asked_from(&edge, who, &[(name, value)]).await, (429, true), "{name}: {value}");
        }
    }
    assert_eq!(asked_from(&edge, from(1), &[]).await.0, 200, "another address has its own");
}

/// Fifty addresses ask as fast as they can; one more asks in its own time and is never refused.
#[tokio::test]
async fn who_asks_too_much_takes_from_nobody_else() {
    let edge = Edge::with(Setting { rate: Some(10), ..Setting::default() });
    let (quiet, mut passed, mut refused) = (IpAddr::from([127, 0, 2, 1]), 0_u64, 0_u64);
    let every = load(1_000) / 5;
    for number in 0..load(1_000) {
        match asked_from(&edge, from(number), &[]).await {
            (200, false) => passed += 1,
            (429, true) => refused += 1,
            other => panic!("{number}: {other:?}"),
        }
        if number % every == 0 {
            assert_eq!(asked_from(&edge, quiet, &[]).await.0, 200, "{number}");
        }
    }
    // Ten each, and what a minute gives back while the test runs.
    assert!(passed >= 500 && refused > 0 && passed < load(1_000), "{passed} passed, {refused} refused");
}
