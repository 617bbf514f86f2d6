//! Succession of public bodies: what a list proposes waits unseen, and once it is accepted the steward of today's
//! body sees the users of the one before, with the date, the source and whether anybody has looked the date up.

use entity::vocabulary::{Decision, PublisherLevel, RelationKind, Role};
use od100::app::batches;
use od100::app::relations::{self, Fate, Known, KnownBody};
use od100::domain::access::Actor;
use od100::embedded;
use serde_json::{Value, json};

use crate::desk_harness::{Browser, Town};
use crate::harness::{self, Base, on_each_database};

const PROFILE: &str = "query($slug: String!) { publisher(slug: $slug) { name acronym userCount \
    predecessors { kind on isDateUnverified note source { title } publisher { slug } } \
    successors { kind on isDateUnverified publisher { slug } } \
    users(first: 100) { totalCount rollup nodes { slug } } organisation { source { title } } } }";

fn known(from: &str, to: &str) -> Known {
    Known {
        from: from.to_owned(),
        to: to.to_owned(),
        kind: RelationKind::SucceededBy,
        year: Some(2018),
        is_verified: false,
        note: Some("SMN to SMA".to_owned()),
    }
}

fn body(name: &str, acronym: &str) -> KnownBody {
    KnownBody { name: name.to_owned(), acronym: Some(acronym.to_owned()), level: PublisherLevel::Federal }
}

async fn profile(browser: &mut Browser, slug: &str) -> Value {
    let answer = browser.public(PROFILE, json!({ "slug": slug })).await.json();
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"]["publisher"].clone()
}

/// Decides all relations of succession that wait, by the desk's API.
async fn decide(browser: &mut Browser, decision: &str, of: &str) -> Value {
    let list = "query($of: RelationDecision!) { bodyRelations(first: 100, decision: $of, kind: [SUCCEEDED_BY, ABSORBS_FUNCTIONS]) \
        { edges { node { id } } } }";
    let found = browser.desk(list, json!({ "of": of })).await.json();
    let edges = found["data"]["bodyRelations"]["edges"].as_array().unwrap_or_else(|| panic!("{found}")).clone();
    let ids: Vec<Value> = edges.iter().map(|edge| edge["node"]["id"].clone()).collect();
    let write = "mutation($ids: [ID!]!, $decision: RelationDecision!) { relationsDecide(input: { relationIds: $ids, \
        decision: $decision, reason: \"looked at\" }) { decidedCount shownBodyCount hiddenBodyCount becomesRoot userErrors { message } } }";
    let done = browser.desk(write, json!({ "ids": ids, "decision": decision })).await.json();
    assert_eq!(done["data"]["relationsDecide"]["userErrors"], json!([]), "{done}");
    done["data"]["relationsDecide"].clone()
}

/// A site over the record as it is now, and a curator in it.
async fn site(base: &Base) -> (Town, Browser) {
    let town = Town::over(base).await;
    let cura = town.signed_in("cura").await;
    (town, cura)
}

async fn curator(base: &Base) {
    Town::over(base).await.people.with_role("cura", Role::Curator, None).await;
}

on_each_database! {
    async fn a_body_that_only_a_list_names_is_seen_once_it_is_accepted(base) {
        base.take(harness::header(), harness::organisations(2)).await.unwrap();
        base.tick();
        curator(&base).await;
        let all = [
            known("Servicio Meteorológico", "Servicio del Agua"),
            known("Servicio del Agua", "Agencia del Agua"),
            known("Nadie", "Ninguno"),
        ];
        let put = relations::propose(&base.ctx, &Actor::Operator, &all, &[body("Agencia del Agua", "ADA")]).await.unwrap();
        let fates: Vec<Fate> = put.rows.iter().map(|(_, fate)| *fate).collect();
        assert_eq!(fates, [Fate::Fresh, Fate::Fresh, Fate::Unlinked]);
        assert_eq!(put.bodies, ["Servicio del Agua", "Agencia del Agua"]);
        let (town, mut cura) = site(&base).await;
        let mut anybody = town.browser();
        for path in ["/publishers/agencia-del-agua", "/organisations/agencia-del-agua", "/publishers/agencia-del-agua/history"] {
            assert_eq!(anybody.get(path).await.status, 404, "{path}");
        }
        assert_eq!(profile(&mut anybody, "agencia-del-agua").await, Value::Null);
        let before = profile(&mut anybody, "servicio-meteorologico").await;
        assert_eq!(before["successors"], json!([]));
        let room = cura.get("/desk/relations?lang=en&sort=successions").await.text();
        assert!(room.contains("Servicio del Agua") && room.contains("dates unverified") && !room.contains("Secretaría de Medio"), "{room}");

        base.tick();
        let done = decide(&mut cura, "ACCEPTED", "PROPOSED").await;
        assert_eq!(done, json!({ "decidedCount": 2, "shownBodyCount": 2, "hiddenBodyCount": 0, "becomesRoot": false, "userErrors": [] }));
        let (town, mut cura) = site(&base).await;
        let mut anybody = town.browser();
        let agency = profile(&mut anybody, "agencia-del-agua").await;
        assert_eq!(agency["acronym"], json!("ADA"));
        assert_eq!(agency["predecessors"][0]["publisher"]["slug"], json!("servicio-del-agua"));
        assert_eq!(agency["predecessors"][0]["isDateUnverified"], json!(true));
        assert_eq!(agency["predecessors"][0]["note"], json!("SMN to SMA"));
        assert!(agency["predecessors"][0]["source"]["title"].as_str().unwrap().contains("list that ships"), "{agency}");
        assert_eq!(agency["users"]["totalCount"], before["users"]["totalCount"], "users of both bodies before it");
        assert_eq!(agency["users"]["nodes"], before["users"]["nodes"]);
        assert_eq!(agency["userCount"], before["userCount"]);
        let page = anybody.get("/publishers/agencia-del-agua?lang=en").await.text();
        let told = anybody.get("/publishers/agencia-del-agua/history?lang=en").await.text();
        assert!(told.contains("Added: organisation") && told.contains("Added: publisher profile"), "{told}");
        assert!(page.contains("Before it") && page.contains("date not verified") && page.contains("2018"), "{page}");

        base.tick();
        let back = decide(&mut cura, "PROPOSED", "ACCEPTED").await;
        assert_eq!((&back["shownBodyCount"], &back["hiddenBodyCount"]), (&json!(0), &json!(2)));
        let mut anybody = site(&base).await.0.browser();
        assert_eq!(anybody.get("/publishers/agencia-del-agua").await.status, 404, "nothing that holds leads to it");
    }

    async fn what_nobody_has_decided_goes_with_the_import_and_comes_back(base) {
        let empty = base.dump().await;
        let batch = base.take(harness::header(), harness::organisations(2)).await.unwrap().batch.unwrap();
        base.tick();
        let all = [known("Servicio Meteorológico", "Servicio del Agua"), known("Servicio del Agua", "Agencia del Agua")];
        let bodies = [body("Agencia del Agua", "ADA")];
        relations::propose(&base.ctx, &Actor::Operator, &all, &bodies).await.unwrap();
        base.tick();
        let undone = batches::undo(&base.ctx, batch).await.unwrap();
        assert_eq!(undone.proposals, 2);
        let left = base.dump().await;
        for table in ["organisation", "organisation_name", "publisher_profile", "relation"] {
            assert_eq!(left.get(table), empty.get(table), "{table}");
        }
        base.tick();
        base.take(harness::header(), harness::organisations(2)).await.unwrap();
        base.tick();
        let put = relations::propose(&base.ctx, &Actor::Operator, &all, &bodies).await.unwrap();
        let fates: Vec<Fate> = put.rows.iter().map(|(_, fate)| *fate).collect();
        assert_eq!(fates, [Fate::Fresh, Fate::Fresh]);
    }

    async fn what_somebody_has_decided_keeps_the_import(base) {
        let batch = base.take(harness::header(), harness::organisations(2)).await.unwrap().batch.unwrap();
        base.tick();
        curator(&base).await;
        let cura = Town::over(&base).await.people.sign_in("cura").await.0;
        let all = [known("Servicio Meteorológico", "Servicio del Agua"), known("Servicio del Agua", "Agencia")];
        relations::propose(&base.ctx, &Actor::Operator, &all, &[]).await.unwrap();
        let found = relations::page(&base.ctx, &cura, (Decision::Proposed, None, &[RelationKind::SucceededBy]), None, 10).await.unwrap();
        let verdict = relations::Verdict { decision: Some(Decision::Accepted), reason: "by the gazette".to_owned(), ..Default::default() };
        let of_the_batch = found.iter().find(|one| one.from.name.contains("Meteorol")).unwrap();
        base.tick();
        relations::decide(&base.ctx, &cura, of_the_batch.row.id, &verdict).await.unwrap();
        let before = base.dump().await;
        let refused = batches::undo(&base.ctx, batch).await.unwrap_err().to_string();
        assert!(refused.contains("people have worked on records of it"), "{refused}");
        assert_eq!(base.dump().await, before, "and nothing is done");
    }

    async fn whoever_accepts_with_a_day_has_looked_it_up(base) {
        base.take(harness::header(), harness::organisations(2)).await.unwrap();
        base.tick();
        curator(&base).await;
        let cura = Town::over(&base).await.people.sign_in("cura").await.0;
        relations::propose(&base.ctx, &Actor::Operator, &[known("Servicio Meteorológico", "Agencia")], &[]).await.unwrap();
        let kinds = [RelationKind::SucceededBy];
        let found = relations::page(&base.ctx, &cura, (Decision::Proposed, None, &kinds), None, 10).await.unwrap();
        let verdict = relations::Verdict {
            decision: Some(Decision::Accepted),
            valid_from: Some(harness::day("2018-11-30")),
            reason: "by the official gazette".to_owned(),
            ..Default::default()
        };
        let decided = relations::decide(&base.ctx, &cura, found[0].row.id, &verdict).await.unwrap();
        assert_eq!(decided.row.note.as_deref(), Some("SMN to SMA"));
        assert_eq!(decided.row.valid_from, verdict.valid_from);
    }

    async fn ministries_of_today_have_the_users_of_those_of_the_study(base) {
        let Some(read) = crate::golden::read(od100::import::od500::Chapter::Mx) else { return };
        od100::app::reference::load(&base.ctx).await.unwrap();
        base.take(read.header, read.organisations).await.unwrap();
        base.tick();
        curator(&base).await;
        let rows: Vec<Known> = embedded::records("successions").map(|row| Known {
            kind: row.get("kind").parse().unwrap(),
            year: row.get("on").parse().ok(),
            is_verified: row.get("verified") == "yes",
            note: None,
            ..known(row.get("from_name"), row.get("to_name"))
        }).collect();
        let put = relations::propose(&base.ctx, &Actor::Operator, &rows, &[]).await.unwrap();
        assert_eq!(put.count(|fate| fate == Fate::Fresh), rows.len(), "{:?}", put.rows);
        let figures = "{ organisations { totalCount } flow { n rollup cells { publisher sector organisationCount } } topDatasets { rows { organisationCount } } }";
        let (town, mut cura) = site(&base).await;
        let before = town.browser().public(figures, json!({})).await.json();
        let old = profile(&mut town.browser(), "secretaria-de-agricultura-ganaderia-desarrollo-rural-pesca-y").await;
        assert!(old["userCount"].as_u64() > Some(0), "{old}");
        base.tick();
        let done = decide(&mut cura, "ACCEPTED", "PROPOSED").await;
        assert_eq!(done["decidedCount"], json!(rows.len()));
        let mut anybody = site(&base).await.0.browser();
        assert_eq!(anybody.public(figures, json!({})).await.json(), before, "no figure of the study moves");
        let new = profile(&mut anybody, "secretaria-de-agricultura-y-desarrollo-rural").await;
        assert_eq!(new["users"], old["users"], "sub-bodies as stated included; the roll-up is named");
        assert_eq!(new["users"]["rollup"], json!("AS_STATED"));
        let last = profile(&mut anybody, "secretaria-de-ciencia-humanidades-tecnologia-e-innovacion").await;
        let first = profile(&mut anybody, "consejo-nacional-de-ciencia-y-tecnologia").await;
        assert_eq!(last["users"], first["users"], "through CONAHCYT");
        let inegi = profile(&mut anybody, "instituto-nacional-de-estadistica-y-geografia").await;
        assert_eq!(inegi["userCount"], json!(92), "taking functions over moves no user");
        assert_eq!(inegi["predecessors"][0]["kind"], json!("ABSORBS_FUNCTIONS"));
    }
}
