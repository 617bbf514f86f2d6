//! The board of requests and the page of one, without a script: the same numbers as the API and the files, in both
//! languages; and the letters to those who speak for the publisher.

use chrono::TimeDelta;
use entity::vocabulary::{RequestStatus, Role};
use od100::app::demand::letters;
use od100::app::outbox::{Post, deliver};
use od100::mail::Mailer;
use od100::sample::sample;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::desk_harness::{Browser, Town};
use crate::harness::{Base, on_each_database};

async fn town(base: &Base) -> Town {
    let (header, organisations) = sample(60, 7, 1);
    base.take(header, organisations.collect()).await.unwrap();
    Town::over(base).await
}

async fn asked(browser: &mut Browser, query: &str) -> Value {
    let answer = browser.public(query, json!({})).await.json();
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"].clone()
}

/// The texts of the links to requests in a page, in their order.
fn titles(page: &str) -> Vec<String> {
    let links = page.split("href=\"/requests/").skip(1);
    let rows = links.filter(|link| link.contains("lang=\"") && !link.starts_with("new"));
    rows.filter_map(|link| Some(link.split_once('>')?.1.split_once('<')?.0.to_owned())).collect()
}

const FORWARDED: &str = "{ requests(filter: { status: [FORWARDED] }, orderBy: BLOCKED, first: 100) { totalCount nodes { slug title isOverdue lateDays publisher { slug } support { organisationCount blockedCount organisations { slug } } } } demand(filter: { status: [FORWARDED] }) { n filters requestCount blockedCount punctuality { overdue } } }";

on_each_database! {
    async fn the_board_says_the_same_to_everybody(base) {
        let town = town(&base).await;
        let mut reader = town.browser();
        let board = asked(&mut reader, FORWARDED).await;
        let nodes = board["requests"]["nodes"].as_array().unwrap().clone();
        assert!(nodes.len() > 2, "the sample has requests: {board}");
        let blocked: Vec<u64> = nodes.iter().map(|one| one["support"]["blockedCount"].as_u64().unwrap()).collect();
        assert!(blocked.is_sorted_by(|a, b| a >= b), "{blocked:?}");
        assert_eq!(board["demand"]["filters"], json!("status=forwarded"));
        assert_eq!(board["demand"]["blockedCount"], json!(blocked.iter().sum::<u64>()));
        assert_eq!(board["demand"]["punctuality"]["overdue"], json!(nodes.len()), "the sample is long past");
        assert!(nodes.iter().all(|one| one["isOverdue"] == json!(true) && one["lateDays"].as_u64().unwrap() > 0));

        let page = reader.get("/requests?status=forwarded&sort=blocked&lang=en").await;
        assert_eq!(page.status, 200);
        let text = page.text();
        let wanted: Vec<String> = nodes.iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect();
        assert_eq!(titles(&text), wanted);
        assert!(text.contains("hreflang=\"es\"") && text.contains("noindex"), "a narrowed list is not for search engines");
        let spanish = reader.get("/requests?lang=es").await.text();
        assert!(spanish.contains("solicitudes de datos") && spanish.contains("\"@type\":\"CollectionPage\""), "{spanish}");
        let file = reader.get("/download/requests.json?status=forwarded").await.json();
        let mut rows: Vec<_> = file["rows"].as_array().unwrap().iter().map(|row| row["title"].clone()).collect();
        rows.sort_by_key(Value::to_string);
        let mut sorted: Vec<_> = nodes.iter().map(|one| one["title"].clone()).collect();
        sorted.sort_by_key(Value::to_string);
        assert_eq!(rows, sorted);
        assert_eq!((&file["meta"]["filters"], &file["meta"]["count"]), (&json!("status=forwarded"), &json!(nodes.len())));
        let asked_here = file["rows"].as_array().unwrap().iter().find(|row| row["study"].is_null()).unwrap();
        assert_eq!(asked_here["attribution"], json!("Open Data 100"));
        let csv = reader.get("/download/requests.csv?overdue=1").await.text();
        assert_eq!(csv.lines().count(), nodes.len() + 1);
        for (path, status) in [
            ("/requests?status=lost", 400),
            ("/requests?publisher=nobody", 400),
            ("/requests?page=9", 404),
            ("/requests/nothing-of-that-name", 404),
            ("/download/requests.csv?grade=A", 400),
            ("/download/requests.csv?sector=nonsense", 400),
            ("/requests/", 308),
        ] {
            assert_eq!(reader.get(path).await.status, status, "{path}");
        }
        for order in ["ORGANISATIONS", "BLOCKED", "HEAT", "NEWEST", "DUE"] {
            let query = format!("{{ requests(orderBy: {order}, first: 100) {{ nodes {{ title }} }} }}");
            let list = asked(&mut reader, &query).await;
            let list: Vec<_> = list["requests"]["nodes"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect();
            assert_eq!(titles(&reader.get(&format!("/requests?sort={}&lang=en", order.to_lowercase())).await.text()), list, "{order}");
        }
    }

    async fn a_request_has_a_page_a_picture_and_a_lasting_address(base) {
        let town = town(&base).await;
        let mut reader = town.browser();
        let one = asked(&mut reader, "{ requests(filter: { status: [PUBLISHED] }, first: 1) { nodes { id slug title answer publisher { slug name } datasets { slug } support { organisationCount blockedCount organisations { slug name } } } } }").await;
        let one = one["requests"]["nodes"][0].clone();
        let slug = one["slug"].as_str().unwrap();
        let text = reader.get(&format!("/requests/{slug}?lang=en")).await.text();
        for said in [
            one["title"].as_str().unwrap(),
            one["answer"].as_str().unwrap(),
            one["publisher"]["name"].as_str().unwrap(),
            "\"@type\":\"Demand\"",
            &format!("/datasets/{}", one["datasets"][0]["slug"].as_str().unwrap()),
            &format!("<dt>Organisations in support</dt><dd>{}</dd>", one["support"]["organisationCount"]),
        ] {
            assert!(text.contains(said), "{said} is not in {text}");
        }
        for organisation in one["support"]["organisations"].as_array().unwrap() {
            assert!(text.contains(&format!("/{}", organisation["slug"].as_str().unwrap())));
        }
        assert!(!text.contains("/support"), "what is published needs no support");
        let picture = reader.get(&format!("/preview/requests/{slug}.png?lang=en")).await;
        assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, "image/png"));
        assert_eq!(reader.get("/preview/requests.png").await.status, 200);
        let lasting = reader.get(&format!("/id/{}", one["id"].as_str().unwrap().replace(':', "/"))).await;
        assert_eq!((lasting.status.as_u16(), lasting.header("location")), (303, format!("/requests/{slug}").as_str()));
        let map = reader.get("/sitemap.xml").await.text();
        assert!(map.contains("/requests</loc>") && map.contains(&format!("/requests/{slug}</loc>")));
        // On a day before it was answered, it had not been.
        let row = entity::data_request::Entity::find().filter(entity::data_request::Column::Slug.eq(slug));
        let row = row.one(&base.raw().await).await.unwrap().unwrap();
        let before = row.answered_on.unwrap() - TimeDelta::days(1);
        let earlier = reader.get(&format!("/requests/{slug}?lang=en&asOf={before}")).await.text();
        assert!(earlier.contains("Nothing yet.") && !earlier.contains(one["answer"].as_str().unwrap()), "{earlier}");
    }

    async fn whoever_speaks_for_an_organisation_finds_its_name(base) {
        let town = town(&base).await;
        let open = asked(&mut town.browser(), FORWARDED).await["requests"]["nodes"][0]["slug"].clone();
        let all = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
        let own = all.iter().find(|row| row.superseded_at.is_none()).unwrap();
        let names: std::collections::BTreeMap<String, String> = serde_json::from_str(&own.name).unwrap();
        town.people.with_role("rita", Role::OrganisationRepresentative, Some(own.entity_id.0)).await;
        let mut rita = town.signed_in("rita").await;
        for path in [format!("/requests/{}/support?lang=es", open.as_str().unwrap()), "/requests/new?lang=es".to_owned()] {
            let page = rita.get(&path).await.text();
            let option = page.split(&format!("<option value=\"{}\">", own.slug)).nth(1).unwrap_or_else(|| panic!("{path}: {page}"));
            let option = option.split("</option>").next().unwrap();
            assert!(names.values().any(|name| name == option), "{path}: {option}");
        }
    }

    async fn only_who_supports_a_request_may_take_that_back(base) {
        let town = town(&base).await;
        let open = asked(&mut town.browser(), FORWARDED).await["requests"]["nodes"][0]["slug"].clone();
        let path = format!("/requests/{}/support?lang=en", open.as_str().unwrap());
        let all = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
        let given = entity::request_support::Entity::find().all(&base.raw().await).await.unwrap();
        let supports = |id| given.iter().any(|row| row.organisation_id == Some(id));
        let own = all.iter().find(|row| row.superseded_at.is_none() && !supports(row.entity_id)).unwrap();
        town.people.with_role("rita", Role::OrganisationRepresentative, Some(own.entity_id.0)).await;
        let mut rita = town.signed_in("rita").await;
        let offers = |page: &str| ["give", "take"].map(|what| page.contains(&format!("value=\"{what}\"")));
        assert_eq!(offers(&rita.get(&path).await.text()), [true, false]);
        assert_eq!(rita.form(&path, &[("do", "give"), ("organisation", "")]).await.status, 200);
        // Her organisation may support it too, and she may take her own back.
        let page = rita.get(&path).await.text();
        assert_eq!(offers(&page), [true, true]);
        let (give, take) = page.split_once("You support this request already.").unwrap();
        let option = format!("<option value=\"{}\">", own.slug);
        assert!(give.contains(&option) && !give.contains("My own") && !take.contains(&option), "{page}");
        assert_eq!(rita.form(&path, &[("do", "give"), ("organisation", &own.slug)]).await.status, 200);
        let page = rita.get(&path).await.text();
        assert_eq!(offers(&page), [false, true], "{page}");
        assert!(page.contains(&option) && page.contains("My own"), "{page}");
        assert_eq!(rita.form(&path, &[("do", "take"), ("organisation", "")]).await.status, 200);
        assert_eq!(offers(&rita.get(&path).await.text()), [true, true]);
    }

    async fn a_request_may_name_a_body_below_another(base) {
        let town = town(&base).await;
        let mut reader = town.browser();
        let page = reader.get("/requests/new?lang=en").await.text();
        assert!(page.contains("href=\"/requests?lang=en\" aria-current=\"true\"") && page.contains("hreflang=\"es\""), "the ways around: {page}");
        let list = page.split("<datalist").nth(1).and_then(|rest| rest.split("</datalist>").next()).unwrap();
        let offered: Vec<&str> = list.split("value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let profiles = entity::publisher_profile::Entity::find().all(&base.raw().await).await.unwrap();
        let bodies: std::collections::BTreeSet<_> = profiles.iter().map(|row| row.organisation_id.0).collect();
        assert_eq!(offered.len(), bodies.len(), "every body: {offered:?}");
        assert!(offered.iter().any(|one| one.contains("\u{a0}· ")), "with the one above it: {offered:?}");
    }

    async fn those_who_speak_for_a_publisher_are_written_to_once(base) {
        let town = town(&base).await;
        let waiting = od100::store::demand::request::waiting(&base.ctx.db).await.unwrap();
        let request = waiting.first().unwrap();
        town.people.with_role("lola", Role::AgencyLiaison, request.publisher_id.map(|body| body.0)).await;
        let own = waiting.iter().filter(|one| one.publisher_id == request.publisher_id).count() as u64;
        let posted = letters::post(&base.ctx).await.unwrap();
        assert!(posted >= own, "{posted} letters about {own} requests");
        assert_eq!(letters::post(&base.ctx).await.unwrap(), 0, "each once");
        // What has been answered before a letter goes out is not written about.
        let db = base.raw().await;
        let change = format!("update data_request set status = '{}' where slug = '{}'", RequestStatus::AcceptedPlanned.as_str(), request.slug);
        sea_orm::ConnectionTrait::execute_unprepared(&db, &change).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mailer = Mailer::new(&format!("file://{}", folder.path().display()).parse().unwrap(), "Open Data 100 <od100@example.org>".parse().unwrap());
        deliver(&base.ctx, &Post { mailer, public_url: "https://od100.example".into() }).await.unwrap();
        let files = std::fs::read_dir(folder.path()).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        let sent: Vec<String> = files.filter(|text| text.contains("/desk/requests/")).collect();
        assert_eq!(sent.len() as u64, posted - 1);
        assert!(sent.iter().all(|text| text.contains("lola@example.org")));
    }

    async fn the_sample_takes_its_requests_away_again(base) {
        let (header, organisations) = sample(60, 7, 1);
        let outcome = base.take(header, organisations.collect()).await.unwrap();
        let town = Town::over(&base).await;
        assert!(asked(&mut town.browser(), "{ requests { totalCount } }").await["requests"]["totalCount"].as_u64().unwrap() > 10);
        let rated = asked(&mut town.browser(), "{ datasets(first: 100) { nodes { rating { n mean smallest } feedback { comment } } } }").await;
        let rated = rated["datasets"]["nodes"].as_array().unwrap().clone();
        assert!(rated.iter().any(|one| one["rating"]["mean"].is_number()));
        assert!(rated.iter().all(|one| one["rating"]["mean"].is_null() || one["rating"]["n"].as_u64() >= one["rating"]["smallest"].as_u64()));
        od100::app::batches::undo(&base.ctx, outcome.batch.unwrap()).await.unwrap();
        let left = Town::over(&base).await;
        assert_eq!(asked(&mut left.browser(), "{ requests { totalCount } }").await["requests"]["totalCount"], json!(0));
    }
}
