//! Private fields inside of what is asked: each sort of actor over their own object and over another's. The same text
//! comes out for those whose it is, and for nobody else.

use entity::id::DataRequestId;
use entity::vocabulary::{AccessEventKind, BlockingReason, CaseKind, Role, RowVisibility, TakeoverProof};
use od100::app::demand::{submit, triage};
use od100::app::door::Door;
use od100::app::review::{Filter, step};
use od100::app::survey::study;
use od100::app::takeover::{self, New};
use od100::domain::access::Actor;
use od100::store;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::desk_harness::{Browser, Town};
use crate::harness::on_each_database;
use crate::people::from;
use crate::survey_harness::{Field, PRIVATE, another_study, send};

/// Who asks, in the order of the cells.
const ACTORS: [&str; 12] = [
    "visitor",
    "no role",
    "contributor",
    "representative",
    "other representative",
    "researcher",
    "other researcher",
    "liaison",
    "curator",
    "admin",
    "service",
    "other liaison",
];

/// What is asked, for whom something private comes out (`y`), and the word that tells it.
const ROWS: &[(&str, &str, &str)] = &[
    ("{ response(id: $response) { contact { name email } } }", "nnnnnynnnnnn", PRIVATE[1]),
    ("{ response(id: $response) { answers { question value } } }", "nnnnnynnnnnn", "\"value\""),
    ("{ response(id: $response) { links { id hint } } }", "nnnnnynnnnnn", "invitation:"),
    (
        "{ wave(id: $wave) { responses(first: 5) { edges { node { contact { email } } } } } }",
        "nnnnnynnnnnn",
        PRIVATE[1],
    ),
    (
        "{ wave(id: $wave) { responses(first: 5) { edges { node { answers { value } links { hint } } } } } }",
        "nnnnnynnnnnn",
        "hint",
    ),
    ("{ study(id: $study) { waves { id population { es } } } }", "nnnnnynnnnnn", "wave:"),
    (
        "{ reviewCase(id: $case) { case { headline organisationName } compared { field proposed } } }",
        "nnnnnynnynnn",
        "compared",
    ),
    ("{ reviewCase(id: $case) { events { step actorName note } } }", "nnnnnynnynnn", "ASSIGNED"),
    ("{ reviewQueue(first: 50) { edges { node { id headline } } } }", "nnnnnynnynnn", "case:"),
    (
        "{ study(id: $study) { waves { responses(first: 5) { edges { node { contact { email } links { hint } } } } } } }",
        "nnnnnynnnnnn",
        PRIVATE[1],
    ),
    ("{ requestCase(id: $unread) { title supports { comment } } }", "nnnnnnnnynnn", COMMENT),
    ("{ requestCase(id: $unread) { title purpose } }", "nnnnnnnnynnn", UNREAD),
    ("{ requestCase(id: $shown) { supports { comment } } }", "nnnnnnnnynnn", COMMENT),
    ("{ requestCase(id: $shown) { title } }", "nnnnnnnyynnn", "Rain by the hour"),
    ("{ requestQueue(first: 50) { nodes { title } } }", "nnnnnnnnynnn", UNREAD),
    ("{ requestQueue(first: 50) { nodes { supports { comment } } } }", "nnnnnnnnynnn", COMMENT),
    ("{ requestQueue(first: 50) { nodes { title } } }", "nnnnnnnyynnn", "Rain by the hour"),
    ("{ takeoverQueue { accountName accountEmail note } }", "nnnnnnnnynnn", "nobody@example.org"),
    ("{ takeoverQueue { note representativeCount } }", "nnnnnnnnynnn", NOTE),
    ("{ myTakeovers { note organisationSlug } }", "nynnnnnnnnnn", NOTE),
    ("{ publisherClaims(first: 50) { edges { node { id organisationName } } } }", "nnnnnnnynnnn", "use_claim:"),
    ("{ accounts(first: 50) { edges { node { email } } } }", "nnnnnnnnnynn", "@"),
];

/// Words that only those may read who deal with them.
const UNREAD: &str = "unread-wish-61";
const COMMENT: &str = "why-it-is-needed-62";
const NOTE: &str = "they-know-me-there-63";

async fn asked(browser: &mut Browser, query: &str, names: &[(&str, String)]) -> Value {
    let mut query = query.to_owned();
    for (name, id) in names {
        query = query.replace(&format!("${name}"), &format!("\"{id}\""));
    }
    browser.desk(&query, json!({})).await.json()
}

/// Two requests about a body, both with a comment: one that a curator has shown, one that nobody has read.
async fn asked_for(field: &Field, town: &Town, curator: &Actor, slug: String) -> Vec<DataRequestId> {
    let ctx = &field.base.ctx;
    town.people.account("pepa").await;
    let pepa = town.people.sign_in("pepa").await.0;
    let mut requests = Vec::new();
    for title in ["Rain by the hour", UNREAD] {
        let new = submit::New {
            title: title.to_owned(),
            purpose: title.to_owned(),
            blocking: Some(BlockingReason::Price),
            publisher: Some(slug.clone()),
            comment: COMMENT.to_owned(),
            lang: "en".to_owned(),
            ..submit::New::default()
        };
        requests.push(submit::submit(ctx, &pepa, (&Door::new(9, 9), from(1)), new, None).await.unwrap());
    }
    let words = triage::Triaged { title: "Rain by the hour".to_owned(), publisher: slug, ..triage::Triaged::default() };
    triage::triage(ctx, curator, requests[0], words).await.unwrap();
    requests
}

async fn looks(field: &Field) -> Vec<entity::access_event::Model> {
    let all = entity::access_event::Entity::find().all(&field.base.raw().await).await.unwrap();
    all.into_iter().filter(|one| one.kind == AccessEventKind::ContactRead).collect()
}

/// A page of many contacts is one event, however it is asked for; a page that shows none is no event.
async fn one_entry_for_a_page(field: &Field, browser: &mut Browser, names: &[(&str, String)]) {
    for name in ["Mapas del Norte", "Pozos"] {
        field.invite(name).await;
    }
    for (query, more) in [
        ("{ wave(id: $wave) { all: responses(first: 50) { edges { node { id whom: contact { email } } } } } }", 1),
        (
            "{ wave(id: $wave) { responses(first: 50) { edges { ...one } } } } fragment one on SurveyResponseEdge { node { contact { name } } }",
            1,
        ),
        ("{ wave(id: $wave) { responses(first: 50) { edges { node { id status } } } } }", 0),
    ] {
        let before = looks(field).await.len();
        let answer = asked(browser, query, names).await;
        assert!(answer["errors"].is_null(), "{answer}");
        let after = looks(field).await;
        assert_eq!(after.len(), before + more, "{query}");
        if more > 0 {
            let longest = after.iter().map(|one| one.detail.split(' ').count()).max();
            assert_eq!(longest, Some(3), "{query}: {after:?}");
        }
    }
}

on_each_database! {
    async fn what_is_private_comes_out_for_those_whose_it_is(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (response, secret) = field.invite("Datos del Sur").await;
        let followed = field.follow(&secret).await;
        send(&field, &followed, true).await;
        let town = Town::over(&field.base).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        let another = study::create(ctx, &cleo, another_study(), None).await.unwrap();
        let open = Filter { is_open: Some(true), ..Filter::default() };
        let cases = store::review::page(&ctx.db, &open, None, 1_000).await.unwrap();
        let case = cases.iter().find(|case| case.kind == CaseKind::UseClaim).unwrap();
        let me = cleo.account().unwrap().id;
        step::assign(ctx, &cleo, (case.id, case.version), Some(me)).await.unwrap();
        let own = followed.response.organisation_id.0;
        let all = entity::organisation::Entity::find().all(&field.base.raw().await).await.unwrap();
        let other = all.iter().find(|row| row.entity_id.0 != own).unwrap().entity_id.0;
        let mut browsers = vec![town.browser()];
        town.people.account("nobody").await;
        browsers.push(town.signed_in("nobody").await);
        for (name, role, scope) in [
            ("coco", Role::Contributor, None),
            ("rita", Role::OrganisationRepresentative, Some(own)),
            ("raul", Role::OrganisationRepresentative, Some(other)),
        ] {
            town.people.with_role(name, role, scope).await;
            browsers.push(town.signed_in(name).await);
        }
        let note = New { organisation: entity::id::OrganisationId(other), proof: TakeoverProof::Curator, note: NOTE.to_owned() };
        takeover::begin(&town.people.access, &town.people.sign_in("nobody").await.0, note, None).await.unwrap();
        browsers.push(town.signed_in("rosa").await);
        town.people.with_role("rene", Role::Researcher, Some(another.entity_id.0)).await;
        browsers.push(town.signed_in("rene").await);
        // A body with claims on its data, and requests about it: one that a curator has shown, one that nobody has read.
        let db = field.base.raw().await;
        let claims = entity::use_claim::Entity::find().all(&db).await.unwrap();
        let body = claims.iter().filter(|row| row.visibility == RowVisibility::Public).find_map(|row| row.publisher_id).unwrap();
        let slug = all.iter().find(|row| row.entity_id == body).unwrap().slug.clone();
        let requests = asked_for(&field, &town, &cleo, slug).await;
        town.people.with_role("lia", Role::AgencyLiaison, Some(body.0)).await;
        browsers.push(town.signed_in("lia").await);
        browsers.push(town.signed_in("cleo").await);
        for (name, role) in [("root", Role::Admin), ("robot", Role::Service)] {
            town.people.with_role(name, role, None).await;
            browsers.push(town.signed_in(name).await);
        }
        town.people.with_role("leo", Role::AgencyLiaison, Some(own)).await;
        browsers.push(town.signed_in("leo").await);
        assert_eq!(browsers.len(), ACTORS.len());
        let names = [
            ("response", format!("response:{response}")),
            ("wave", format!("wave:{}", field.wave.entity_id)),
            ("study", format!("study:{}", field.study.entity_id)),
            ("case", format!("case:{}", case.id)),
            ("shown", format!("data_request:{}", requests[0])),
            ("unread", format!("data_request:{}", requests[1])),
        ];
        let mut faults = Vec::new();
        for (query, cells, word) in ROWS {
            assert_eq!(cells.len(), ACTORS.len());
            for ((browser, cell), actor) in browsers.iter_mut().zip(cells.chars()).zip(ACTORS) {
                let answer = asked(browser, query, &names).await;
                let found = answer["data"].to_string().contains(word);
                if found != (cell == 'y') {
                    faults.push(format!("{query} by {actor}: {answer}"));
                }
                if cell == 'n' {
                    let text = answer.to_string();
                    assert!(PRIVATE.iter().all(|secret| !text.contains(secret)), "{query} by {actor}: {text}");
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));

        // Who has looked at a contact is written down, and read by administrators alone.
        let looks = looks(&field).await;
        let rosa = field.researcher.account().unwrap().id;
        assert_eq!(looks.len(), 3, "once for each answer that held it");
        assert!(looks.iter().all(|one| one.actor_id == Some(rosa)));
        let of_one = looks.iter().find(|one| one.subject_id == Some(response.0)).unwrap();
        let of_page = looks.iter().find(|one| one.subject_id == Some(field.wave.entity_id.0)).unwrap();
        assert_eq!((of_one.detail.as_str(), of_page.detail.clone()), ("", response.to_string()));
        one_entry_for_a_page(&field, &mut browsers[5], &names).await;
        for (browser, actor) in browsers.iter_mut().zip(ACTORS) {
            let page = browser.get("/desk/accounts/contacts?lang=en").await;
            assert_eq!(page.status == 200 && page.text().contains("Datos del Sur"), actor == "admin", "{actor}: {}", page.text());
        }
    }
}
