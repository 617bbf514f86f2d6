//! The life of a request for data: asked for, shown, passed on, answered, published; supported by organisations and by
//! persons, who are numbers; and what nobody may see of it.

use chrono::TimeDelta;
use entity::vocabulary::{BlockingReason, ProposalKind, RequestStatus, Role};
use od100::app::Error;
use od100::app::demand::{holidays, queue, submit, wishes};
use od100::app::door::Door;
use od100::domain::access::Actor;
use od100::domain::instrument::{Value as Answer, Wanted};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api_harness::Api;
use crate::desk_harness::{Browser, Town};
use crate::harness::{self, Base, on_each_database};
use crate::people::{fault, from};
use crate::survey_harness::{Field, mandatory, said};

/// Words that nobody has reviewed, and a person who must never be shown.
const UNREAD: [&str; 3] = ["canary-unread-title", "canary-unread-purpose", "canary-note-41"];
const PERSON: &str = "pepa";

const BOARD: &str = "{ requests(orderBy: NEWEST) { totalCount nodes { id slug title description purpose status dueOn isOverdue answer legalBasis heat businessHeat duplicateOf { slug } datasets { slug } publisher { slug } support { organisationCount personCount blockedCount organisations { slug name } } } } demand { n filters heat businessHeat openCount organisationSupportCount personSupportCount blockedCount punctuality { answered overdue waiting onTimeRate } cells { side heat requestCount supportCount publisher { slug } sector { code } } } }";

struct Square {
    town: Town,
    curator: Browser,
    liaison: Browser,
    stranger: Browser,
    representative: Browser,
    person: Browser,
    organisation: String,
}

async fn body(base: &Base, slug: &str) -> Uuid {
    let all = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
    all.into_iter().find(|row| row.slug == slug).unwrap().entity_id.0
}

impl Square {
    async fn over(base: &Base) -> Self {
        base.take(harness::header(), (0..3).map(harness::organisation).collect()).await.unwrap();
        let all = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
        let firm = all.iter().find(|row| row.slug.starts_with("compania")).unwrap().clone();
        let (above, other) = (body(base, "comision-del-agua").await, firm.entity_id.0);
        let town = Town::over(base).await;
        let people = &town.people;
        people.with_role("carla", Role::Curator, None).await;
        people.with_role("lola", Role::AgencyLiaison, Some(above)).await;
        people.with_role("leo", Role::AgencyLiaison, Some(other)).await;
        people.with_role("rita", Role::OrganisationRepresentative, Some(firm.entity_id.0)).await;
        people.account(PERSON).await;
        Self {
            curator: town.signed_in("carla").await,
            liaison: town.signed_in("lola").await,
            stranger: town.signed_in("leo").await,
            representative: town.signed_in("rita").await,
            person: town.signed_in(PERSON).await,
            organisation: firm.slug,
            town,
        }
    }
}

/// The thing that a mutation answers, without any fault.
async fn done(browser: &mut Browser, is_desk: bool, field: &str, input: Value) -> Value {
    let (of, selection) = match field {
        "requestSubmit" => ("RequestSubmitInput", "reference"),
        "requestSupport" => ("RequestSupportInput", "request { slug }"),
        "requestSupportWithdraw" => ("RequestSupportWithdrawInput", "request { slug }"),
        _ => ("", "request { id slug status dueOn }"),
    };
    let of = if of.is_empty() { format!("{}{}Input", field[..1].to_uppercase(), &field[1..]) } else { of.to_owned() };
    let query =
        format!("mutation($i: {of}!) {{ {field}(input: $i) {{ {selection} userErrors {{ code field message }} }} }}");
    let variables = json!({ "i": input });
    let answer = if is_desk { browser.desk(&query, variables).await } else { browser.public(&query, variables).await };
    let answer = answer.json();
    assert!(answer["errors"].is_null(), "{field}: {answer}");
    assert_eq!(answer["data"][field]["userErrors"], json!([]), "{field}");
    answer["data"][field].clone()
}

/// The code of the fault that a mutation answers.
async fn refused(browser: &mut Browser, field: &str, of: &str, input: Value) -> String {
    let query = format!("mutation($i: {of}!) {{ {field}(input: $i) {{ userErrors {{ code field }} }} }}");
    let answer = browser.desk(&query, json!({ "i": input })).await.json();
    match answer["errors"][0]["extensions"]["code"].as_str() {
        Some(code) => code.to_owned(),
        None => answer["data"][field]["userErrors"][0]["code"].as_str().unwrap_or("done").to_owned(),
    }
}

on_each_database! {
    async fn a_request_goes_its_way_in_public_and_its_first_words_never_do(base) {
        let mut square = Square::over(&base).await;
        let mut visitor = square.town.browser();
        let asked = json!({
            "title": UNREAD[0], "purpose": UNREAD[1], "blocking": "NOT_PUBLISHED", "publisher": "servicio-meteorologico",
            "comment": UNREAD[2], "lang": "en",
        });
        let reference = done(&mut visitor, false, "requestSubmit", asked).await["reference"].clone();
        let id = reference.as_str().unwrap().to_owned();

        // Nobody sees it but a curator.
        let api = Api::over(&base).await;
        assert_eq!(api.ask(BOARD).await["requests"]["totalCount"], json!(0));
        let node = api.raw("en", "query($id: ID!) { node(id: $id) { id } request(id: $id) { title } }", json!({ "id": id })).await;
        assert_eq!((&node["data"]["node"], &node["data"]["request"]), (&json!(null), &json!(null)));
        let case = "query($id: ID!) { requestCase(id: $id) { title } requestQueue { nodes { id } } }";
        let seen = square.curator.desk(case, json!({ "id": id })).await.json();
        assert_eq!(seen["data"]["requestCase"]["title"], json!(UNREAD[0]));
        let seen = square.liaison.desk(case, json!({ "id": id })).await.json();
        assert_eq!((&seen["data"]["requestCase"], &seen["data"]["requestQueue"]["nodes"]), (&json!(null), &json!([])));
        let answering = json!({ "requestId": id, "answer": "We shall publish it" });
        assert_eq!(refused(&mut square.liaison, "requestAnswer", "RequestAnswerInput", answering.clone()).await, "NOT_FOUND");

        // Shown in other words, passed on, answered.
        base.tick();
        let words = json!({ "requestId": id, "title": "Rain by the hour and station", "publisher": "servicio-meteorologico" });
        let shown = done(&mut square.curator, true, "requestTriage", words.clone()).await["request"].clone();
        assert_eq!(shown["slug"], json!("rain-by-the-hour-and-station"));
        base.tick();
        assert_eq!(refused(&mut square.curator, "requestTriage", "RequestTriageInput", words).await, "CONFLICT");
        assert_eq!(refused(&mut square.liaison, "requestAnswer", "RequestAnswerInput", answering.clone()).await, "MISSING");
        let forwarded = done(&mut square.curator, true, "requestForward", json!({ "requestId": id })).await["request"].clone();
        let today = base.ctx.today();
        assert_eq!(forwarded["dueOn"], json!((today + TimeDelta::days(30)).to_string()));
        assert_eq!(refused(&mut square.stranger, "requestAnswer", "RequestAnswerInput", answering).await, "FORBIDDEN");
        // What it is about is said anew, with a reason; the words of it stay.
        let about = json!({ "requestId": id, "themes": ["weather"], "reason": "It is about the weather" });
        assert_eq!(refused(&mut square.liaison, "requestSetThemes", "RequestSetThemesInput", about.clone()).await, "FORBIDDEN");
        for (wrong, code) in [(json!({ "themes": ["weather"], "reason": " " }), "MISSING"), (json!({ "themes": ["XXXX"], "reason": "y" }), "INVALID")] {
            let mut input = wrong;
            input["requestId"] = json!(id);
            assert_eq!(refused(&mut square.curator, "requestSetThemes", "RequestSetThemesInput", input).await, code);
        }
        let anew = done(&mut square.curator, true, "requestSetThemes", about).await["request"].clone();
        assert_eq!((&anew["slug"], &anew["dueOn"]), (&shown["slug"], &forwarded["dueOn"]));
        let themes = Api::over(&base).await.ask("{ requests { nodes { themes { code } } } }").await;
        assert_eq!(themes["requests"]["nodes"][0]["themes"], json!([{ "code": "weather" }]));
        let changes = entity::record_change::Entity::find().all(&base.raw().await).await.unwrap();
        let said: Vec<_> = changes.iter().filter(|row| row.reason == "It is about the weather").collect();
        assert_eq!(said.len(), 1, "{changes:?}");
        let planned = json!({ "requestId": id, "answer": "We shall publish it.", "plannedOn": (today + TimeDelta::days(90)).to_string(), "lang": "en" });
        done(&mut square.liaison, true, "requestAnswer", planned).await;
        let led = json!({ "requestId": id, "datasets": ["lluvia-rain"], "isPartial": true });
        done(&mut square.liaison, true, "requestPublish", led).await;

        let api = Api::over(&base).await;
        let board = api.ask(BOARD).await;
        let one = &board["requests"]["nodes"][0];
        assert_eq!((&one["status"], &one["answer"]), (&json!("PARTIALLY_PUBLISHED"), &json!("We shall publish it.")));
        assert_eq!(one["datasets"], json!([{ "slug": "lluvia-rain" }]));
        assert_eq!(board["demand"]["punctuality"], json!({ "answered": 1, "overdue": 0, "waiting": 0, "onTimeRate": 1.0 }));
        let of_body = "{ publisher(slug: \"secretaria-de-medio-ambiente\") { requests { totalCount } demand { openCount } } }";
        assert_eq!(api.ask(of_body).await["publisher"], json!({ "requests": { "totalCount": 1 }, "demand": { "openCount": 1 } }));
        let all = api.raw("en", BOARD, json!({})).await.to_string();
        for word in UNREAD {
            assert!(!all.contains(word), "{word} is on the board");
        }

        // Its history begins with the words that everybody may read.
        let written = entity::record_change::Entity::find().all(&base.raw().await).await.unwrap();
        for word in UNREAD {
            let said = |row: &entity::record_change::Model| format!("{:?} {:?}", row.before, row.after).contains(word);
            assert!(!written.iter().any(said), "{word} is written down");
        }
        let path = "/requests/rain-by-the-hour-and-station/history";
        let mut anybody = Town::over(&base).await.browser();
        let told = anybody.get(&format!("{path}?lang=en")).await.text();
        for said in [
            "Rain by the hour and station", "Added: request for data", "With the publisher", "It is about the weather",
            "We shall publish it.", "resulting dataset", "Partly published", "Curator", "Agency liaison", "is unbroken",
        ] {
            assert!(told.contains(said), "{said}: {told}");
        }
        let json = anybody.get(&format!("{path}.json")).await.json();
        assert_eq!(json["isUnbroken"], json!(true));
        let first = json["entries"].as_array().unwrap().last().unwrap();
        assert_eq!((&first["reason"], &first["changes"][0]["did"]), (&json!("request shown"), &json!("added")), "{json}");
        let desk = "query($id: ID!) { history(recordId: $id) { changeCount edges { node { reason changes { table did } } } } }";
        let seen = square.curator.desk(desk, json!({ "id": id })).await.json();
        assert_eq!(seen["data"]["history"]["edges"].as_array().map(Vec::len), json["entries"].as_array().map(Vec::len));
        assert!(square.liaison.desk(desk, json!({ "id": id })).await.json()["data"]["history"].is_null());
        for word in UNREAD {
            assert!(!told.contains(word) && !json.to_string().contains(word) && !seen.to_string().contains(word), "{word}");
        }
        assert_eq!(anybody.get("/requests/nobody/history").await.status, 404);
    }

    async fn support_is_counted_once_and_persons_are_numbers(base) {
        let mut square = Square::over(&base).await;
        let asked = json!({ "title": "Permits for wells", "blocking": "FORMAT", "organisation": square.organisation, "blocksProject": true, "comment": UNREAD[2] });
        let id = done(&mut square.representative, false, "requestSubmit", asked.clone()).await["reference"].clone();
        let answer = square.person.public("mutation($i: RequestSubmitInput!) { requestSubmit(input: $i) { userErrors { code } } }", json!({ "i": asked })).await.json();
        assert_ne!(answer["data"]["requestSubmit"]["userErrors"], json!([]), "nobody speaks for an organisation that is not theirs: {answer}");
        done(&mut square.curator, true, "requestTriage", json!({ "requestId": id, "title": "Permits for wells" })).await;
        let slug = json!({ "request": "permits-for-wells" });
        done(&mut square.person, false, "requestSupport", slug.clone()).await;
        let twice = square.person.public("mutation { requestSupport(input: { request: \"permits-for-wells\" }) { userErrors { code } } }", json!({})).await.json();
        assert_eq!(twice["data"]["requestSupport"]["userErrors"][0]["code"], json!("CONFLICT"));

        let api = Api::over(&base).await;
        let board = api.ask(BOARD).await;
        let one = &board["requests"]["nodes"][0];
        assert_eq!((&one["heat"], &one["businessHeat"]), (&json!(4.0), &json!(3.0)));
        assert_eq!(one["support"]["organisations"][0]["slug"], json!(square.organisation));
        assert_eq!((&one["support"]["personCount"], &one["support"]["blockedCount"]), (&json!(1), &json!(1)));
        assert_eq!((&board["demand"]["n"], &board["demand"]["personSupportCount"]), (&json!(1), &json!(1)));
        let cells: f64 = board["demand"]["cells"].as_array().unwrap().iter().map(|cell| cell["heat"].as_f64().unwrap()).sum();
        assert!((cells - 4.0).abs() < 1e-9, "the cells sum to the whole");
        for word in [PERSON, UNREAD[2]] {
            assert!(!board.to_string().contains(word), "{word} is on the board");
        }
        // In the history a person's support is a number too.
        let history = entity::record_change::Entity::find().all(&base.raw().await).await.unwrap();
        let supports: Vec<_> = history.iter().filter(|row| row.kind == "request_support").collect();
        assert_eq!(supports.len(), 2);
        assert!(supports.iter().all(|row| !format!("{:?}{:?}", row.before, row.after).contains("account")));

        // What a person wrote is for curators, and not even they learn who it was.
        let (curator, _) = square.town.people.sign_in("carla").await;
        let uuid = id.as_str().unwrap().trim_start_matches("data_request:").parse::<Uuid>().unwrap();
        let (_, rows) = queue::one(&base.ctx, &curator, uuid.into()).await.unwrap();
        assert!(rows.iter().all(|row| row.account_id.is_none()));

        done(&mut square.person, false, "requestSupportWithdraw", slug).await;
        let board = Api::over(&base).await.ask(BOARD).await;
        assert_eq!(board["requests"]["nodes"][0]["support"]["personCount"], json!(0));
    }

    async fn duplicates_pass_their_support_on_and_silence_shows(base) {
        let mut square = Square::over(&base).await;
        let mut ids = Vec::new();
        for (title, who) in [("Water quality of rivers", true), ("Quality of river water", false)] {
            let browser = if who { &mut square.person } else { &mut square.representative };
            let organisation = if who { json!(null) } else { json!(square.organisation) };
            let asked = json!({ "title": title, "blocking": "STALE", "organisation": organisation });
            let id = done(browser, false, "requestSubmit", asked).await["reference"].clone();
            let words = json!({ "requestId": id, "title": title, "publisher": "comision-del-agua" });
            done(&mut square.curator, true, "requestTriage", words).await;
            ids.push(id);
        }
        let same = json!({ "requestId": ids[1], "duplicateOf": "water-quality-of-rivers" });
        done(&mut square.curator, true, "requestMarkDuplicate", same).await;
        done(&mut square.curator, true, "requestForward", json!({ "requestId": ids[0] })).await;
        base.clock.set(base.clock.now() + TimeDelta::days(31));
        let board = Api::over(&base).await.ask(BOARD).await;
        let of = |slug: &str| board["requests"]["nodes"].as_array().unwrap().iter().find(|one| one["slug"] == slug).unwrap().clone();
        let kept = of("water-quality-of-rivers");
        assert_eq!((&kept["support"]["organisationCount"], &kept["support"]["personCount"]), (&json!(1), &json!(1)));
        assert_eq!(kept["isOverdue"], json!(true));
        assert_eq!((&of("quality-of-river-water")["heat"], &of("quality-of-river-water")["duplicateOf"]["slug"]), (&json!(0.0), &json!("water-quality-of-rivers")));
        assert_eq!(board["demand"]["punctuality"]["onTimeRate"], json!(0.0));
        // A refusal names its law, and leaves the need as hot as it was.
        square.liaison = square.town.signed_in("lola").await;
        let without = json!({ "requestId": ids[0], "answer": "It is not ours to give.", "legalBasis": "" });
        assert_eq!(refused(&mut square.liaison, "requestReject", "RequestRejectInput", without).await, "MISSING");
        let with = json!({ "requestId": ids[0], "answer": "It is not ours to give.", "legalBasis": "Article 113 of the law" });
        done(&mut square.liaison, true, "requestReject", with).await;
        let board = Api::over(&base).await.ask(BOARD).await;
        let refused_one = board["requests"]["nodes"].as_array().unwrap().iter().find(|one| one["status"] == "REJECTED").unwrap().clone();
        assert!(refused_one["heat"].as_f64().unwrap() > 3.5, "{refused_one}");
    }

    async fn business_days_leave_out_the_list_of_holidays(base) {
        let mut square = Square::over(&base).await;
        let db = base.raw().await;
        db.execute_unprepared("update publisher_profile set day_kind = 'business'").await.unwrap();
        let asked = json!({ "title": "Permits for wells", "blocking": "FORMAT", "publisher": "comision-del-agua" });
        let id = done(&mut square.person, false, "requestSubmit", asked).await["reference"].clone();
        let words = json!({ "requestId": id, "title": "Permits for wells", "publisher": "comision-del-agua" });
        done(&mut square.curator, true, "requestTriage", words).await;
        let today = base.ctx.today();
        let holiday = (1..8).map(|days| today + TimeDelta::days(days)).find(|day| day.format("%u").to_string().as_str() < "6").unwrap();
        assert!(holidays::replace(&base.ctx, &Actor::Anonymous, "").await.is_err());
        holidays::replace(&base.ctx, &Actor::Operator, &format!("{holiday} a holiday\n")).await.unwrap();
        let forwarded = done(&mut square.curator, true, "requestForward", json!({ "requestId": id })).await["request"].clone();
        let plain = od100::domain::demand::due(today, 31, entity::vocabulary::DayKind::Business, &[]);
        assert_eq!(forwarded["dueOn"], json!(plain.to_string()), "one day more than without the holiday");
    }

    async fn the_wishes_of_a_survey_become_requests_with_their_support(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (response, secret) = field.invite("Datos del Sur").await;
        let link = field.follow(&secret).await;
        let wanted = |title: &str| Wanted { title: title.to_owned(), publisher: Some("Comisión del Agua".to_owned()), reason: Some(BlockingReason::Stale), purpose: None };
        let mut answers = mandatory(&field, true).await;
        answers.push(said("requests", Answer::Requests(vec![wanted("Concesiones de pozos"), wanted("Calidad de los ríos")])));
        od100::app::survey::save::save(ctx, &link, answers, None).await.unwrap();
        od100::app::survey::answer::submit(ctx, &link).await.unwrap();
        let proposals = od100::store::survey::sent::proposals(&ctx.db, response).await.unwrap();
        assert_eq!(proposals.iter().filter(|row| row.kind == ProposalKind::Request).count(), 2);
        let (curator, _) = field.people.sign_in("carla").await;
        assert!(wishes::waiting(ctx, &field.researcher).await.is_err());
        let waiting = wishes::waiting(ctx, &curator).await.unwrap();
        assert_eq!(waiting.len(), 2);
        let town = Town::over(&field.base).await;
        let mut carla = town.signed_in("carla").await;
        let door = async |browser: &mut Browser| {
            let desk = browser.get("/desk?lang=en").await.text();
            let card = desk.rsplit("href=\"/desk/requests?lang=en\"").next().unwrap().split("</li>").next().unwrap().to_owned();
            card.split("<b>").nth(1).map_or(String::new(), |rest| rest.split("</b>").next().unwrap().to_owned())
        };
        assert_eq!(door(&mut carla).await, "2 wait", "wishes wait for a curator");
        let request = wishes::take(ctx, &curator, waiting[0].row.id, None, Some("k")).await.unwrap();
        let again = wishes::take(ctx, &curator, waiting[0].row.id, None, Some("k")).await.unwrap();
        assert_eq!((request.entity_id, request.status), (again.entity_id, RequestStatus::Submitted));
        assert!(matches!(wishes::take(ctx, &curator, waiting[0].row.id, None, None).await, Err(Error::Conflict(_))));
        let (_, supports) = queue::one(ctx, &curator, request.entity_id).await.unwrap();
        assert_eq!(supports.len(), 1);
        assert!(supports[0].organisation_id.is_some());
        wishes::dismiss(ctx, &curator, waiting[1].row.id, "it is open already").await.unwrap();
        assert_eq!(wishes::waiting(ctx, &curator).await.unwrap().len(), 0);
        assert_eq!(door(&mut carla).await, "1 waits", "the request that was made of one");
    }

    async fn asking_without_an_account_is_bounded(base) {
        let ctx = &base.ctx;
        let door = Door::new(2, 10);
        let new = || submit::New { title: "Permits for wells".to_owned(), blocking: Some(BlockingReason::Price), ..submit::New::default() };
        let empty = submit::New { title: String::new(), blocking: None, ..new() };
        assert_eq!(fault(submit::submit(ctx, &Actor::Anonymous, (&door, from(1)), empty, None).await), od100::domain::violation::Fault::Missing);
        let head = od100::store::head(&ctx.db).await.unwrap().0;
        for _ in 0..2 {
            submit::submit(ctx, &Actor::Anonymous, (&door, from(1)), new(), None).await.unwrap();
        }
        assert!(matches!(submit::submit(ctx, &Actor::Anonymous, (&door, from(1)), new(), None).await, Err(Error::TooMany(_))));
        let first = submit::submit(ctx, &Actor::Anonymous, (&door, from(2)), new(), Some("k")).await.unwrap();
        let again = submit::submit(ctx, &Actor::Anonymous, (&door, from(1)), new(), Some("k")).await.unwrap();
        assert_eq!(first, again, "the same form sent twice is one request, and no knock more");
        let other = submit::New { title: "Permits for dams".to_owned(), ..new() };
        let other = submit::submit(ctx, &Actor::Anonymous, (&door, from(2)), other, Some("k")).await.unwrap();
        assert_ne!(first, other, "a stranger who chose the same key is answered with their own");
        assert_eq!(od100::store::head(&ctx.db).await.unwrap().0, head, "what nobody sees takes no revision");
    }
}
