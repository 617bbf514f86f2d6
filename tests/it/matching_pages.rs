//! The rooms of the desk where pairs and relations are decided, and the public page of a record's history.

use entity::vocabulary::Role;
use sea_orm::EntityTrait;
use serde_json::json;

use crate::desk_harness::Town;
use crate::harness::{self, CANARY, on_each_database};

/// The value of the first attribute that follows a text.
fn after<'t>(text: &'t str, start: &str) -> &'t str {
    let rest = text.split(start).nth(1).unwrap_or_else(|| panic!("no {start} in {text}"));
    rest.split('"').next().unwrap()
}

on_each_database! {
    async fn a_curator_merges_a_pair_without_a_script(base) {
        base.take(harness::header(), harness::organisations(4)).await.unwrap();
        base.tick();
        let town = Town::over(&base).await;
        town.people.with_role("cura", Role::Curator, None).await;
        let mut cura = town.signed_in("cura").await;
        assert!(cura.get("/desk?lang=en").await.text().contains("Possible duplicates"));
        cura.get("/desk/matches?lang=en").await;
        assert_eq!(cura.form("/desk/matches/find?lang=en", &[]).await.status, 303);
        let queue = cura.get("/desk/matches?kind=organisation&lang=en").await.text();
        assert!(queue.contains("same name"), "{queue}");
        let id = after(&queue, "/desk/matches/").split('?').next().unwrap().to_owned();
        let id = if id.len() == 36 { id } else { queue.split("/desk/matches/").map(|rest| rest.chars().take(36).collect::<String>()).find(|id| id.parse::<uuid::Uuid>().is_ok()).unwrap() };
        let pair = cura.get(&format!("/desk/matches/{id}?keep=left&lang=en")).await.text();
        assert!(pair.contains("What would happen") && pair.contains("repeated claims become one"), "{pair}");
        let merge = format!("/desk/matches/{id}/merge?lang=en");
        assert_eq!(cura.form(&merge, &[("keep", "left"), ("reason", "")]).await.status, 409, "a reason is needed");
        base.tick();
        assert_eq!(cura.form(&merge, &[("keep", "left"), ("reason", "the same company")]).await.status, 303);
        assert_eq!(cura.form(&merge, &[("keep", "left"), ("reason", "again")]).await.status, 409);
        let merged = cura.get("/desk/matches/merged?lang=en").await.text();
        assert!(merged.contains("the same company"), "{merged}");

        let mut anybody = Town::over(&base).await.browser();
        let slug = ["compania-0", "compania-1"].into_iter().find(|slug| merged.contains(&slug.replace("compania-", "Compañía "))).unwrap();
        let told = anybody.get(&format!("/organisations/{slug}/history?lang=en")).await;
        let text = told.text();
        assert_eq!(told.status, 200);
        assert!(text.contains("became part of") && text.contains("the same company") && text.contains("is unbroken"), "{text}");
        assert!(text.contains("import of test"), "{text}");
        assert!(!text.contains("cura@example.org") && !text.contains(">cura<") && !text.contains(CANARY));
        assert!(text.contains("Curator"), "{text}");
        let json = anybody.get(&format!("/organisations/{slug}/history.json")).await;
        assert_eq!(json.json()["isUnbroken"], json!(true));
        assert_eq!(anybody.get("/organisations/nobody/history").await.status, 404);
        assert_eq!(anybody.get("/elsewhere/x/history").await.status, 404);

        base.tick();
        let undo = format!("/desk/matches/merged/{}/undo?lang=en", after(&merged, "id=\"r-"));
        assert_eq!(cura.form(&undo, &[("reason", "two after all")]).await.status, 303);
        let text = Town::over(&base).await.browser().get(&format!("/organisations/{slug}/history?lang=en")).await.text();
        assert!(text.contains("Taken back:") && text.contains("two after all"), "{text}");
    }

    async fn a_curator_merges_by_the_api(base) {
        base.take(harness::header(), harness::organisations(4)).await.unwrap();
        base.tick();
        let town = Town::over(&base).await;
        town.people.with_role("cura", Role::Curator, None).await;
        let mut cura = town.signed_in("cura").await;
        let mut ask = async |query: &str, variables: serde_json::Value| {
            let answer = cura.desk(query, variables).await.json();
            assert!(answer["errors"].is_null(), "{answer}");
            answer["data"].clone()
        };
        let found = ask("mutation { matchFind(input: { kinds: [ORGANISATION] }) { pairCount newCount userErrors { code } } }", json!({})).await;
        assert!(found["matchFind"]["newCount"].as_i64() >= Some(1), "{found}");
        let pairs = ask("{ matches(first: 1) { edges { cursor node { id kind verdict score reasons left { id slug name claimCount facts { what value } } right { id slug } } } pageInfo { hasNextPage endCursor } } }", json!({})).await;
        let pair = &pairs["matches"]["edges"][0]["node"];
        let ids = json!({ "kept": pair["left"]["id"], "gone": pair["right"]["id"] });
        let preview = ask("query($kept: ID!, $gone: ID!) { mergePreview(keptId: $kept, goneId: $gone) { unitedCount oldSlug newSlug remarks moved { table count } } }", ids.clone()).await;
        assert_eq!(preview["mergePreview"]["oldSlug"], pair["right"]["slug"]);
        let merge = "mutation($kept: ID!, $gone: ID!) { organisationMerge(input: { keptId: $kept, goneId: $gone, reason: \"one\", idempotencyKey: \"k\" }) { rearrangement { id kind keptId doneAt } userErrors { code field message } } }";
        let merged = ask(merge, ids.clone()).await;
        assert_eq!(ask(merge, ids.clone()).await, merged, "repeated, it is not done twice");
        let id = merged["organisationMerge"]["rearrangement"]["id"].clone();
        let gone = ids["gone"].as_str().unwrap().replace(':', "/");
        let lasting = Town::over(&base).await.browser().get(&format!("/id/{gone}")).await;
        assert_eq!(lasting.header("location"), format!("/organisations/{}", pair["left"]["slug"].as_str().unwrap()), "its lasting address leads on");
        let undo = "mutation($id: ID!) { rearrangementUndo(input: { rearrangementId: $id, reason: \"two\" }) { rearrangement { undoneAt } userErrors { code message } } }";
        let undone = ask(undo, json!({ "id": id })).await;
        assert!(undone["rearrangementUndo"]["rearrangement"]["undoneAt"].is_string(), "{undone}");
        let again = ask(undo, json!({ "id": id })).await;
        assert_eq!(again["rearrangementUndo"]["userErrors"][0]["code"], json!("CONFLICT"));
        let told = ask("query($id: ID!) { history(recordId: $id) { changeCount brokenAt edges { node { author reason changes { table did } } } } }", json!({ "id": ids["kept"] })).await;
        assert_eq!(told["history"]["brokenAt"], json!(null));
        let authors: Vec<_> = told["history"]["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["author"].clone()).collect();
        assert!(authors.contains(&json!("curator")) && authors.contains(&json!("import test")), "{told}");
    }

    async fn a_curator_decides_relations_without_a_script(base) {
        let mut header = harness::header();
        header.relations.iter_mut().for_each(|relation| relation.decision = entity::vocabulary::Decision::Proposed);
        base.take(header, harness::organisations(2)).await.unwrap();
        base.tick();
        let town = Town::over(&base).await;
        town.people.with_role("cura", Role::Curator, None).await;
        town.people.with_role("con", Role::Contributor, None).await;
        let mut cura = town.signed_in("cura").await;
        let room = cura.get("/desk/relations?lang=en").await.text();
        let relation = after(&room, "name=\"relation\" value=\"").to_owned();
        let chosen = [("relation", relation.as_str()), ("decision", "accepted")];
        let preview = cura.form("/desk/relations?lang=en", &chosen).await.text();
        assert!(preview.contains("from then on its figures count for the topmost body"), "{preview}");
        let sure = [chosen[0], chosen[1], ("sure", "yes"), ("reason", "by law")];
        assert_eq!(cura.form("/desk/relations?lang=en", &sure).await.status, 303);
        let accepted = cura.get("/desk/relations?decision=accepted&lang=en").await.text();
        assert!(accepted.contains(&relation), "{accepted}");
        let mut con = town.signed_in("con").await;
        con.get("/account").await;
        assert_eq!(con.get("/desk/relations").await.status, 403);
        assert_eq!(con.form("/desk/relations", &sure).await.status, 403);
        assert_eq!(town.browser().get("/desk/relations").await.status, 303, "sign in first");
    }

    async fn the_former_state_is_known_and_private_words_are_not_told(base) {
        base.take(harness::header(), harness::organisations(2)).await.unwrap();
        let before = base.ctx.now();
        base.tick();
        let people = crate::people::People::over(&base);
        let (cura, _) = people.with_role("cura", Role::Curator, None).await;
        let db = base.raw().await;
        let rows = entity::organisation::Entity::find().all(&db).await.unwrap();
        let row = rows.into_iter().find(|row| row.slug == "compania-0").unwrap();
        let answers = entity::answer::Entity::find().all(&db).await.unwrap();
        let private = answers.into_iter().find(|row| row.value.as_deref().is_some_and(|value| value.contains(CANARY))).unwrap();
        let mut write = od100::app::write::Write::begin(&base.ctx, &cura).await.unwrap();
        let after = entity::organisation::Model { website: Some("https://new.example".to_owned()), ..row.clone() };
        write.replace(row.clone(), after, row.id.0).await.unwrap();
        let told = entity::answer::Model { value: Some(format!("{CANARY}-again")), ..private.clone() };
        write.replace(private, told, row.id.0).await.unwrap();
        write.commit("they moved", &()).await.unwrap();
        let mut anybody = Town::over(&base).await.browser();
        let page = anybody.get("/organisations/compania-0/history?lang=en").await.text();
        assert!(page.contains("https://new.example") && page.contains("https://example.org") && page.contains("they moved"), "{page}");
        assert!(!page.contains(CANARY), "{page}");
        let json = anybody.get("/organisations/compania-0/history.json").await.text();
        assert!(!json.contains(CANARY) && json.contains("they moved"));
        let website = async |browser: &mut crate::desk_harness::Browser, known: &str| {
            let query = format!("{{ organisation(slug: \"compania-0\"{known}) {{ website }} }}");
            browser.public(&query, json!({})).await.json()["data"]["organisation"]["website"].clone()
        };
        assert_eq!(website(&mut anybody, "").await, json!("https://new.example"));
        let known = format!(", knownAt: \"{}\"", before.to_rfc3339_opts(chrono::SecondsFormat::Micros, true));
        assert_eq!(website(&mut anybody, &known).await, json!("https://example.org"), "as it was known before");
        let verified = od100::app::history::verify(&base.ctx, None).await.unwrap();
        assert!(verified.broken.is_none() && verified.chains >= 1 && verified.changes >= 2, "{verified:?}");
    }
}
