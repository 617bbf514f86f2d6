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
        let pairs = queue.matches("class=\"pair\"").count();
        assert!(pairs > 0 && queue.contains(&format!("1–{pairs} of {pairs}")), "{queue}");
        let id = after(&queue, "/desk/matches/").split('?').next().unwrap().to_owned();
        let id = if id.len() == 36 { id } else { queue.split("/desk/matches/").map(|rest| rest.chars().take(36).collect::<String>()).find(|id| id.parse::<uuid::Uuid>().is_ok()).unwrap() };
        let pair = cura.get(&format!("/desk/matches/{id}?keep=left&lang=en")).await.text();
        let united = ["<p>1 repeated claim becomes one with another", " repeated claims become one with others"];
        assert!(pair.contains("What would happen") && united.iter().any(|said| pair.contains(said)), "{pair}");
        let merge = format!("/desk/matches/{id}/merge?lang=en");
        let refused = cura.form(&merge, &[("keep", "right"), ("reason", " ")]).await;
        assert_eq!(refused.status, 409, "a reason is needed");
        let shown = refused.text();
        assert!(shown.contains("What would happen") && shown.contains("name=\"keep\" value=\"right\""), "{shown}");
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
        let preview = format!("/desk/relations/preview?lang=en&relation={relation}&decision=accepted&state=proposed&from=&to=");
        let preview = cura.get(&preview).await.text();
        assert!(preview.contains("from then on its figures count for the topmost body"), "{preview}");
        assert!(preview.contains("organisations that use its data with the bodies that count for it: "), "{preview}");
        let sure = [chosen[0], chosen[1], ("sure", "yes"), ("reason", "by law")];
        assert_eq!(cura.form("/desk/relations?lang=en", &sure).await.status, 303);
        let accepted = cura.get("/desk/relations?decision=accepted&lang=en").await.text();
        assert!(accepted.contains(&relation), "{accepted}");
        let mut con = town.signed_in("con").await;
        con.get("/account").await;
        assert_eq!(cura.form("/desk/relations?lang=en", &chosen).await.status, 422, "a decision is looked at first");
        assert_eq!(con.get("/desk/relations").await.status, 403);
        assert_eq!(con.get(&format!("/desk/relations/preview?relation={relation}&decision=accepted")).await.status, 403);
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

    async fn any_two_records_are_compared(base) {
        base.take(harness::header(), harness::organisations(3)).await.unwrap();
        base.tick();
        let town = Town::over(&base).await;
        town.people.with_role("cura", Role::Curator, None).await;
        town.people.with_role("con", Role::Contributor, None).await;
        let mut cura = town.signed_in("cura").await;
        let form = cura.get("/desk/matches/compare?lang=en").await.text();
        assert!(form.contains("name=\"left\"") && form.contains("name=\"right\""), "{form}");
        let compare = "/desk/matches/compare?lang=en";
        let same = cura.form(compare, &[("left", "Compañía 1"), ("right", "/organisations/compania-1?lang=en")]).await;
        assert_eq!(same.status, 422);
        assert!(same.text().contains("Choose two different records"), "{}", same.text());
        let unknown = cura.form(compare, &[("left", "Nadie"), ("right", "Compañía 1")]).await;
        assert_eq!(unknown.status, 422);
        assert!(unknown.text().contains("no single record called “Nadie”") && unknown.text().contains("value=\"Nadie\""));
        let db = base.raw().await;
        let dataset = entity::dataset::Entity::find().one(&db).await.unwrap().unwrap();
        let mixed = cura.form(compare, &[("left", "Compañía 1"), ("right", &format!("/datasets/{}", dataset.slug))]).await;
        assert_eq!(mixed.status, 422, "{}", mixed.text());
        let body = entity::publisher_profile::Entity::find().one(&db).await.unwrap().unwrap();
        let right = format!("organisation:{}", body.organisation_id);
        let sent = cura.form(compare, &[("left", "Compañía 1"), ("right", &right)]).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        let address = sent.header("location").to_owned();
        let pair = cura.get(&address).await.text();
        assert!(pair.contains("How alike") && pair.contains("Different") && pair.contains("one uses data, the other publishes them"), "{pair}");
        let queue = cura.get("/desk/matches?lang=en").await.text();
        assert!(!queue.contains(address.split('?').next().unwrap()), "what is different for sure does not wait for anybody");
        let again = cura.form(compare, &[("left", &right), ("right", "Compañía 1")]).await;
        assert_eq!(again.header("location"), address, "one pair, whichever comes first");
        let decide = address.replace("?lang", "/decide?lang");
        assert_eq!(cura.form(&decide, &[("decision", "different"), ("reason", "a firm and a ministry")]).await.status, 303);
        let told = cura.get("/desk/matches?decision=different&lang=en").await.text();
        assert!(told.contains(address.split('?').next().unwrap()), "{told}");
        assert_eq!(cura.form(compare, &[("left", &right), ("right", "Compañía 1")]).await.header("location"), address);
        assert!(cura.get(&address).await.text().contains("a firm and a ministry"), "what was decided is remembered");
        let mut con = town.signed_in("con").await;
        con.get("/account").await;
        assert_eq!(con.get("/desk/matches/compare").await.status, 403);
        assert_eq!(con.form(compare, &[("left", &right), ("right", "Compañía 1")]).await.status, 403);
    }

    async fn a_curator_splits_a_record_without_a_script(base) {
        base.take(harness::header(), harness::organisations(3)).await.unwrap();
        base.tick();
        let town = Town::over(&base).await;
        town.people.with_role("cura", Role::Curator, None).await;
        town.people.with_role("con", Role::Contributor, None).await;
        let mut cura = town.signed_in("cura").await;
        assert!(cura.get("/desk/split?lang=en").await.text().contains("name=\"record\""));
        let named = cura.get("/desk/split?record=Compa%C3%B1%C3%ADa+1&lang=en").await;
        assert_eq!(named.status, 303);
        let address = named.header("location").to_owned();
        let form = cura.get(&address).await.text();
        assert!(form.contains("Data that it uses"), "{form}");
        let claim = after(&form, "name=\"claim\" value=\"").to_owned();
        let record = after(&form, "name=\"record\" value=\"").to_owned();
        let query = |name: &str, claim: &str| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("lang", "en").append_pair("record", &record).append_pair("name", name).append_pair("show", "1");
            if !claim.is_empty() {
                query.append_pair("claim", claim);
            }
            format!("/desk/split?{}", query.finish())
        };
        let nothing = cura.get(&query("Compañía Nueva", "")).await;
        assert_eq!(nothing.status, 422);
        assert!(nothing.text().contains("hoose at least one claim"), "{}", nothing.text());
        let preview = cura.get(&query("Compañía Nueva", &claim)).await;
        assert_eq!(preview.status, 200);
        let text = preview.text();
        assert!(text.contains("Goes to Compañía Nueva") && text.contains("What would happen"), "{text}");
        let db = base.raw().await;
        let count = async || entity::organisation::Entity::find().all(&db).await.unwrap().len();
        let before = count().await;
        assert!(!cura.get("/organisations/compania-nueva").await.text().contains("Compañía Nueva"), "a preview does nothing");
        let fields = [("record", record.as_str()), ("name", "Compañía Nueva"), ("claim", claim.as_str()), ("reason", "")];
        let refused = cura.form("/desk/split?lang=en", &fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("value=\"Compañía Nueva\"") && refused.text().contains("checked"), "what was typed stays");
        let mut con = town.signed_in("con").await;
        con.get("/account").await;
        let fields = [fields[0], fields[1], fields[2], ("reason", "two firms")];
        assert_eq!(con.get(&address).await.status, 403);
        assert_eq!(con.form("/desk/split", &fields).await.status, 403);
        let done = cura.form("/desk/split?lang=en", &fields).await;
        assert_eq!((done.status.as_u16(), done.header("location")), (303, "/desk/matches/merged?said=decided&lang=en"));
        assert_eq!(count().await, before + 1);
        let moved = entity::use_claim::Entity::find_by_id(entity::id::UseClaimId(claim.parse().unwrap())).one(&db).await.unwrap().unwrap();
        assert_ne!(format!("organisation:{}", moved.organisation_id), record);
        let list = cura.get("/desk/matches/merged?lang=en").await.text();
        assert!(list.contains("Organisation split") && list.contains("two firms"), "{list}");
        base.tick();
        let undo = format!("/desk/matches/merged/{}/undo?lang=en", after(&list, "id=\"r-"));
        assert_eq!(cura.form(&undo, &[("reason", "one firm after all")]).await.status, 303);
        let back = entity::use_claim::Entity::find_by_id(entity::id::UseClaimId(claim.parse().unwrap())).one(&db).await.unwrap().unwrap();
        assert_eq!(format!("organisation:{}", back.organisation_id), record);

        let claims = entity::use_claim::Entity::find().all(&db).await.unwrap();
        let dataset = claims.iter().find_map(|claim| claim.dataset_id).unwrap();
        let form = cura.get(&format!("/desk/split?record=dataset:{dataset}&lang=en")).await.text();
        assert!(form.contains("Title of the new dataset") && form.contains("Organisations that use it"), "{form}");
        assert_eq!(cura.get("/desk/split?record=Nadie").await.status, 422);
    }
}
