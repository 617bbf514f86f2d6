//! What the pages of the review say of a case: all that was written, when and by whom, in words.

use entity::vocabulary::Role;
use od100::domain::review::{Field, Proposed, Subject};
use sea_orm::EntityTrait;
use serde_json::json;

use crate::desk_harness::Town;
use crate::harness::on_each_database;
use crate::people::places;
use crate::review::cited;
use crate::review_duplicates::{organisation, proposed};

on_each_database! {
    async fn a_long_report_is_read_as_a_whole(base) {
        places(&base).await;
        let town = Town::over(&base).await;
        let mut visitor = town.browser();
        visitor.from = Some("198.51.100.7:40000".parse().unwrap());
        let page = visitor.get("/report?about=/organisations/compania-0&lang=en").await.text();
        let stamp = page.split("name=\"stamp\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        base.clock.set(base.clock.now() + chrono::TimeDelta::seconds(5));
        let said = format!("The organisation moved in 2023. {}It is in Mérida now.", "Nobody answers at the address. ".repeat(10));
        let fields = [("about", "/organisations/compania-0"), ("text", said.as_str()), ("stamp", stamp.as_str())];
        assert_eq!(visitor.form("/report?lang=en", &fields).await.status, 303);
        let case = entity::review_case::Entity::find().one(&base.raw().await).await.unwrap().unwrap();
        town.people.with_role("cleo", Role::Curator, None).await;
        let mut cleo = town.signed_in("cleo").await;
        let page = cleo.get(&format!("/desk/review/{}?lang=en", case.id)).await.text();
        assert!(page.contains(&said), "{page}");
        let query = "query($id: ID!) { reviewCase(id: $id) { note case { headline } } }";
        let told = cleo.desk(query, json!({ "id": format!("case:{}", case.id) })).await.json();
        let told = &told["data"]["reviewCase"];
        assert_eq!(told["note"], said.as_str(), "{told}");
        assert!(told["case"]["headline"].as_str().unwrap().ends_with('…'), "{told}");
    }

    async fn a_case_says_when_it_was_decided_and_who_may_not(base) {
        places(&base).await;
        let town = Town::over(&base).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        town.people.with_role("dora", Role::Curator, None).await;
        let case = proposed(&base, &cleo, organisation("شركة البيانات 29", None)).await;
        let (mut own, mut other) = (town.signed_in("cleo").await, town.signed_in("dora").await);
        let here = format!("/desk/review/{}?lang=en", case.id);
        let own_says = "You proposed this: somebody else decides.";
        own.get(&here).await;
        let forged = own.form(&here, &[("version", "1"), ("action", "accept")]).await;
        assert_eq!(forged.status, 403);
        assert!(forged.text().contains(own_says) && !forged.text().contains("a role that your account does not have"));
        let many = format!("/desk/review/many?lang=en&verdict=reject&case={}.1&reason=no", case.id);
        let preview = own.get(&many).await.text();
        assert!(preview.contains(own_says) && preview.contains("cannot be decided so"), "{preview}");
        assert!(!preview.contains("Not allowed") && !preview.contains("cannot be accepted"), "{preview}");
        let waits = other.get(&here).await.text();
        assert!(waits.contains("waits since") && !waits.contains("decided on"), "{waits}");
        for (lang, seen, unsaid) in [("en", "Kind", "earns_revenue"), ("es", "Tipo", "last_observed_on")] {
            let page = other.get(&format!("/desk/review/{}?lang={lang}", case.id)).await.text();
            let table = page.split("<table class=\"compared\">").nth(1).unwrap().split("</table>").next().unwrap();
            assert!(table.contains(seen) && !table.contains(unsaid) && !table.contains("<ins>00000000-"), "{table}");
            assert!(!table.contains('_'), "{table}");
        }
        base.tick();
        assert_eq!(other.form(&here, &[("version", "1"), ("action", "accept")]).await.status, 303);
        let decided = other.get(&here).await.text();
        assert!(decided.contains("decided on") && !decided.contains("waits since"), "{decided}");
        let row = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
        let made = row.iter().find(|row| row.name.contains("شركة")).unwrap().entity_id;
        // Once it has a use, the queue names it; its name stays apart from the day beside it.
        let correction = Proposed::Correction {
            subject: Subject::Organisation(made), field: Field::Website, value: "https://new.example.com".to_owned(),
            lang: "es".to_owned(), cited: Some(cited()),
        };
        proposed(&base, &cleo, correction).await;
        let queue = other.get("/desk/review?state=all&lang=en").await.text();
        assert!(queue.contains("<bdi>شركة البيانات 29</bdi>"), "{queue}");
    }

    async fn a_question_is_answered_and_a_representative_reads_in_which_role_somebody_proposed(base) {
        let (organisation, _) = places(&base).await;
        let town = Town::over(&base).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        let (dora, _) = town.people.with_role("dora", Role::Curator, None).await;
        town.people.with_role("rita", Role::OrganisationRepresentative, Some(organisation.0)).await;
        let correction = Proposed::Correction {
            subject: Subject::Organisation(organisation), field: Field::Website, value: "https://new.example.com".to_owned(),
            lang: "es".to_owned(), cited: Some(cited()),
        };
        let case = proposed(&base, &cleo, correction).await;
        let (mut rita, mut own) = (town.signed_in("rita").await, town.signed_in("cleo").await);
        for (lang, said) in [("en", "by a curator"), ("es", "por la curaduría")] {
            let page = rita.get(&format!("/desk/organisation?lang={lang}")).await.text();
            assert!(page.contains(said) && !page.contains("contributor") && !page.contains("quien colabora"), "{page}");
        }
        od100::app::review::step::ask(&base.ctx, &dora, (case.id, 1), "Since when?").await.unwrap();
        let page = own.get("/desk/propose?lang=en").await.text();
        assert!(page.contains("Send the answer") && !page.contains("Send the proposal"), "{page}");
    }
}
