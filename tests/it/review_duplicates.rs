//! A case shows what may be in the record already, so that nobody accepts twice what is there once.

use entity::vocabulary::{MatchKind, OrganisationKind, Role};
use od100::app::matching;
use od100::app::review::propose::{self, New};
use od100::app::review::{Case, case, decide};
use od100::domain::access::Actor;
use od100::domain::matching::Reason;
use od100::domain::review::{Field, Proposed, Subject};
use sea_orm::EntityTrait;
use serde_json::json;

use crate::desk_harness::Town;
use crate::harness::{self, Base, on_each_database};
use crate::review::cited;

pub(crate) async fn proposed(base: &Base, actor: &Actor, what: Proposed) -> Case {
    propose::propose(&base.ctx, actor, New::Content(what), None, None).await.unwrap()
}

pub(crate) fn organisation(name: &str, website: Option<&str>) -> Proposed {
    Proposed::Organisation {
        name: name.to_owned(),
        lang: "es".to_owned(),
        kind: OrganisationKind::Company,
        website: website.map(str::to_owned),
        description: None,
        sector: None,
        area: None,
        locality: None,
        cited: cited(),
    }
}

on_each_database! {
    async fn what_is_proposed_is_compared_with_the_record(base) {
        base.take(harness::header(), harness::organisations(4)).await.unwrap();
        let town = Town::over(&base).await;
        let (coco, _) = town.people.with_role("coco", Role::Contributor, None).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        let ctx = &base.ctx;
        let twin = proposed(&base, &coco, organisation("COMPAÑÍA 1, S.A. de C.V.", Some("https://www.example.org/x"))).await;
        let fresh = proposed(&base, &coco, organisation("Ríos y Presas del Norte", Some("https://rios.example.com"))).await;
        let sheet = case::sheet(ctx, &cleo, twin.id, "es").await.unwrap();
        let first = &sheet.duplicates[0];
        assert_eq!((first.side.name.as_str(), first.kind), ("Compañía 1", MatchKind::Organisation));
        assert!(first.reasons.contains(&Reason::SameName) && first.reasons.contains(&Reason::SameDomain), "{first:?}");
        assert!(first.comparison.is_none(), "what is proposed is no record yet");
        assert!(sheet.duplicates.is_sorted_by(|a, b| a.score >= b.score));
        assert!(case::sheet(ctx, &cleo, fresh.id, "es").await.unwrap().duplicates.is_empty());

        let mut browser = town.signed_in("cleo").await;
        let page = browser.get(&format!("/desk/review/{}?lang=en", twin.id)).await.text();
        assert!(page.contains("Is it in the record already?") && page.contains("Compañía 1"), "{page}");
        assert!(page.contains(&format!("/organisations/{}", first.side.slug)));
        let page = browser.get(&format!("/desk/review/{}?lang=es", fresh.id)).await.text();
        assert!(page.contains("Ninguna ficha se le parece."), "{page}");
        let query = "query($id: ID!) { reviewCase(id: $id) { duplicates { record { name slug } kind verdict score reasons matchId } } }";
        let said = browser.desk(query, json!({ "id": format!("case:{}", twin.id) })).await.json();
        let said = &said["data"]["reviewCase"]["duplicates"][0];
        assert_eq!((&said["record"]["name"], &said["matchId"]), (&json!("Compañía 1"), &json!(null)));
        assert_eq!(said["score"], json!(first.score));
        let mut coco = town.signed_in("coco").await;
        let query = "query($id: ID!) { reviewCase(id: $id) { duplicates { score } } }";
        assert_eq!(coco.desk(query, json!({ "id": format!("case:{}", twin.id) })).await.code(), "FORBIDDEN");
    }

    async fn what_is_proposed_is_compared_with_what_waits(base) {
        base.take(harness::header(), harness::organisations(2)).await.unwrap();
        let town = Town::over(&base).await;
        let (coco, _) = town.people.with_role("coco", Role::Contributor, None).await;
        let (pepe, _) = town.people.with_role("pepe", Role::Contributor, None).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        let ctx = &base.ctx;
        let one = proposed(&base, &coco, organisation("Ríos y Presas del Norte", Some("https://rios.example.com"))).await;
        let two = proposed(&base, &pepe, organisation("RIOS Y PRESAS DEL NORTE, S.A.", Some("https://www.rios.example.com/es"))).await;
        let other = proposed(&base, &pepe, organisation("Panadería La Espiga", None)).await;
        for (case, with) in [(&one, &two), (&two, &one)] {
            let sheet = case::sheet(ctx, &cleo, case.id, "en").await.unwrap();
            let [found] = sheet.duplicates.as_slice() else { panic!("{:?}", sheet.duplicates) };
            assert_eq!((found.waiting, found.comparison, found.side.is_public), (Some(with.id), None, false));
            assert!(found.score > 0 && found.reasons.contains(&Reason::SameName) && found.reasons.contains(&Reason::SameDomain), "{found:?}");
        }
        assert!(case::sheet(ctx, &cleo, other.id, "en").await.unwrap().duplicates.is_empty());
        let mut browser = town.signed_in("cleo").await;
        let page = browser.get(&format!("/desk/review/{}?lang=en", one.id)).await.text();
        assert!(page.contains("Proposed as well") && page.contains(&format!("/desk/review/{}", two.id)), "{page}");
        let query = "query($id: ID!) { reviewCase(id: $id) { duplicates { record { id } name caseId score reasons } } }";
        let said = browser.desk(query, json!({ "id": format!("case:{}", one.id) })).await.json();
        let said = &said["data"]["reviewCase"]["duplicates"][0];
        assert_eq!((&said["record"], &said["caseId"]), (&json!(null), &json!(format!("case:{}", two.id))), "{said}");
        assert_eq!(said["name"], json!("RIOS Y PRESAS DEL NORTE, S.A."));

        // Two proposals of one dataset of a body; the same title of another body is another dataset.
        let profiles = entity::publisher_profile::Entity::find().all(&base.raw().await).await.unwrap();
        let dataset = |at: usize| Proposed::Dataset {
            title: "Consumo de agua por pozo".to_owned(),
            lang: "es".to_owned(),
            publisher: profiles[at].organisation_id,
            landing_page: None,
            description: None,
            cited: cited(),
        };
        let first = proposed(&base, &coco, dataset(0)).await;
        let second = proposed(&base, &pepe, dataset(0)).await;
        proposed(&base, &pepe, dataset(1)).await;
        let sheet = case::sheet(ctx, &cleo, first.id, "en").await.unwrap();
        assert_eq!(sheet.duplicates.iter().map(|one| one.waiting).collect::<Vec<_>>(), [Some(second.id)]);

        // What has been decided waits no more: it is in the record.
        let decision = decide::Decision { verdict: decide::Verdict::Accept, reason: String::new(), target: None };
        decide::decide(ctx, &cleo, (one.id, one.version), decision).await.unwrap();
        let sheet = case::sheet(ctx, &cleo, two.id, "en").await.unwrap();
        assert!(sheet.duplicates.iter().all(|one| one.waiting.is_none()) && sheet.duplicates[0].side.is_public, "{:?}", sheet.duplicates);
    }

    async fn a_record_shows_the_pairs_that_were_found(base) {
        base.take(harness::header(), harness::organisations(4)).await.unwrap();
        let town = Town::over(&base).await;
        let (coco, _) = town.people.with_role("coco", Role::Contributor, None).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        let ctx = &base.ctx;
        matching::find(ctx, &cleo, MatchKind::ALL, |_, _| {}).await.unwrap();
        let pairs = entity::match_candidate::Entity::find().all(&base.raw().await).await.unwrap();
        let pair = pairs.iter().find(|pair| pair.kind == MatchKind::Organisation).unwrap();
        let correction = Proposed::Correction {
            subject: Subject::Organisation(entity::id::OrganisationId(pair.left_id)),
            field: Field::Website,
            value: "https://new.example.com".to_owned(),
            lang: "es".to_owned(),
            cited: Some(cited()),
        };
        let case = proposed(&base, &coco, correction).await;
        let sheet = case::sheet(ctx, &cleo, case.id, "en").await.unwrap();
        let shown = sheet.duplicates.iter().find(|one| one.side.id == pair.right_id).unwrap();
        assert_eq!((shown.comparison, shown.score), (Some(pair.id), pair.score));
        let page = town.signed_in("cleo").await.get(&format!("/desk/review/{}?lang=en", case.id)).await.text();
        assert!(page.contains(&format!("/desk/matches/{}?lang=en", pair.id)) && page.contains("Compare the two"), "{page}");
        // Who was told apart is not shown again.
        matching::decide(ctx, &cleo, pair.id, Some(entity::vocabulary::MatchDecision::Different), Some("two firms")).await.unwrap();
        let sheet = case::sheet(ctx, &cleo, case.id, "en").await.unwrap();
        assert!(!sheet.duplicates.iter().any(|one| one.side.id == pair.right_id));
    }

    async fn a_dataset_is_compared_with_those_of_its_publisher(base) {
        base.take(harness::header(), harness::organisations(2)).await.unwrap();
        let town = Town::over(&base).await;
        let (coco, _) = town.people.with_role("coco", Role::Contributor, None).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        let db = base.raw().await;
        let known = entity::dataset::Entity::find().all(&db).await.unwrap();
        let known = known.iter().find(|row| row.is_series).unwrap();
        let title = od100::texts::in_language(&serde_json::from_str(&known.title).unwrap(), od100::atlas::Lang::ES).to_owned();
        let dataset = |publisher, title: &str| Proposed::Dataset {
            title: title.to_owned(),
            lang: "es".to_owned(),
            publisher,
            landing_page: None,
            description: None,
            cited: cited(),
        };
        let case = proposed(&base, &coco, dataset(known.publisher_id, &title)).await;
        let sheet = case::sheet(&base.ctx, &cleo, case.id, "en").await.unwrap();
        assert!(sheet.duplicates.iter().any(|one| one.side.id == known.entity_id.0), "{:?}", sheet.duplicates);
        let profiles = entity::publisher_profile::Entity::find().all(&db).await.unwrap();
        let other = profiles.iter().find(|row| row.organisation_id != known.publisher_id).unwrap().organisation_id;
        let case = proposed(&base, &coco, dataset(other, &title)).await;
        assert!(case::sheet(&base.ctx, &cleo, case.id, "en").await.unwrap().duplicates.is_empty());
    }
}
