//! Private fields inside of what is asked: each sort of actor over their own object and over another's. The same text
//! comes out for those whose it is, and for nobody else.

use entity::vocabulary::{AccessEventKind, CaseKind, Role};
use od100::app::review::{Filter, step};
use od100::app::survey::study;
use od100::store;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::desk_harness::{Browser, Town};
use crate::harness::on_each_database;
use crate::survey_harness::{Field, PRIVATE, another_study, send};

/// Who asks, in the order of the cells.
const ACTORS: [&str; 11] = [
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
];

/// What is asked, for whom something private comes out (`y`), and the word that tells it.
const ROWS: &[(&str, &str, &str)] = &[
    ("{ response(id: $response) { contact { name email } } }", "nnnnnynnnnn", PRIVATE[1]),
    ("{ response(id: $response) { answers { question value } } }", "nnnnnynnnnn", "\"value\""),
    ("{ response(id: $response) { links { id hint } } }", "nnnnnynnnnn", "invitation:"),
    ("{ wave(id: $wave) { responses(first: 5) { edges { node { contact { email } } } } } }", "nnnnnynnnnn", PRIVATE[1]),
    (
        "{ wave(id: $wave) { responses(first: 5) { edges { node { answers { value } links { hint } } } } } }",
        "nnnnnynnnnn",
        "hint",
    ),
    ("{ study(id: $study) { waves { id population { es } } } }", "nnnnnynnnnn", "wave:"),
    (
        "{ reviewCase(id: $case) { case { headline organisationName } compared { field proposed } } }",
        "nnnnnynnynn",
        "compared",
    ),
    ("{ reviewCase(id: $case) { events { step actorName note } } }", "nnnnnynnynn", "ASSIGNED"),
    ("{ reviewQueue(first: 50) { edges { node { id headline } } } }", "nnnnnynnynn", "case:"),
    ("{ accounts(first: 50) { edges { node { email } } } }", "nnnnnnnnnyn", "@"),
];

async fn asked(browser: &mut Browser, query: &str, names: &[(&str, String)]) -> Value {
    let mut query = query.to_owned();
    for (name, id) in names {
        query = query.replace(&format!("${name}"), &format!("\"{id}\""));
    }
    browser.desk(&query, json!({})).await.json()
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
        browsers.push(town.signed_in("rosa").await);
        town.people.with_role("rene", Role::Researcher, Some(another.entity_id.0)).await;
        browsers.push(town.signed_in("rene").await);
        town.people.with_role("lia", Role::AgencyLiaison, Some(other)).await;
        browsers.push(town.signed_in("lia").await);
        browsers.push(town.signed_in("cleo").await);
        for (name, role) in [("root", Role::Admin), ("robot", Role::Service)] {
            town.people.with_role(name, role, None).await;
            browsers.push(town.signed_in(name).await);
        }
        assert_eq!(browsers.len(), ACTORS.len());
        let names = [
            ("response", format!("response:{response}")),
            ("wave", format!("wave:{}", field.wave.entity_id)),
            ("study", format!("study:{}", field.study.entity_id)),
            ("case", format!("case:{}", case.id)),
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
        let events = entity::access_event::Entity::find().all(&field.base.raw().await).await.unwrap();
        let looks: Vec<_> = events.iter().filter(|one| one.kind == AccessEventKind::ContactRead).collect();
        let rosa = field.researcher.account().unwrap().id;
        assert_eq!(looks.len(), 2, "once for each answer that held it");
        assert!(looks.iter().all(|one| one.actor_id == Some(rosa) && one.subject_id == Some(response.0)));
        for (browser, actor) in browsers.iter_mut().zip(ACTORS) {
            let page = browser.get("/desk/accounts/contacts?lang=en").await;
            assert_eq!(page.status == 200 && page.text().contains("Datos del Sur"), actor == "admin", "{actor}: {}", page.text());
        }
    }
}
