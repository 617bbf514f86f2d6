//! The pages of the review through the real router: forms without a script, and what strangers get.

use entity::vocabulary::Role;
use sea_orm::EntityTrait;

use crate::desk_harness::Town;
use crate::harness::on_each_database;
use crate::people::places;

on_each_database! {
    async fn a_visitor_reports_and_a_curator_decides(base) {
        places(&base).await;
        let town = Town::over(&base).await;
        let mut visitor = town.browser();
        let page = visitor.get("/report?about=/organisations/compania-0&lang=en").await;
        assert_eq!(page.status, 200);
        let text = page.text();
        assert!(text.contains("value=\"/organisations/compania-0\"") && !text.contains("<script>"));
        let stamp = text.split("name=\"stamp\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let fields = [("about", "https://od100.example/organisations/compania-0"), ("text", "The <b>name</b> is wrong"), ("stamp", stamp.as_str())];
        assert_eq!(visitor.form("/report?lang=en", &fields).await.status, 422, "nobody types that fast");
        base.clock.set(base.clock.now() + chrono::TimeDelta::seconds(5));
        let trap = [fields[0], fields[1], fields[2], ("url2", "x")];
        assert_eq!(visitor.form("/report?lang=en", &trap).await.status, 422, "nobody sees that field");
        let forged = [fields[0], fields[1], ("stamp", "1.x")];
        assert_eq!(visitor.form("/report?lang=en", &forged).await.status, 422);
        let long = "á".repeat(5_000);
        for (lang, field, value, said) in [
            ("en", "about", "/organisations/nobody", "This site has no page at this address; give that of a page, such as /organisations/empresa."),
            ("es", "about", "/organisations/nobody", "Este sitio no tiene ninguna página en esta dirección"),
            ("en", "text", &long, "This has at most 2000 characters."),
        ] {
            let wrong = fields.map(|(name, known)| if name == field { (name, value) } else { (name, known) });
            let answer = visitor.form(&format!("/report?lang={lang}"), &wrong).await;
            assert_eq!(answer.status, 422);
            assert!(answer.text().contains(said), "{said}: {}", answer.text());
        }
        for _ in 0..2 {
            assert_eq!(visitor.form("/report?lang=en", &fields).await.status, 303, "the second time changes nothing");
        }
        let reported = entity::review_case::Entity::find().all(&base.raw().await).await.unwrap();
        assert_eq!(reported.len(), 1);

        assert_eq!(visitor.get("/desk/review").await.status, 303, "who is not signed in is led to where that is done");
        town.people.with_role("coco", Role::Contributor, None).await;
        let mut contributor = town.signed_in("coco").await;
        assert_eq!(contributor.get("/desk/review").await.status, 403);
        town.people.with_role("cleo", Role::Curator, None).await;
        let mut curator = town.signed_in("cleo").await;
        let queue = curator.get("/desk/review?kind=error_report&lang=en").await.text();
        assert!(queue.contains("The &lt;b&gt;name&lt;/b&gt; is wrong"), "{queue}");
        let db = base.raw().await;
        let case = entity::review_case::Entity::find().one(&db).await.unwrap().unwrap();
        let path = format!("/desk/review/{}?lang=en", case.id);
        assert_eq!(contributor.get(&path).await.status, 404);
        assert_eq!(curator.get(&path).await.status, 200);
        assert_eq!(curator.form(&path, &[("version", "1"), ("action", "reject"), ("reason", "")]).await.status, 422);
        assert_eq!(curator.form(&path, &[("version", "1"), ("action", "reject"), ("reason", "It is right")]).await.status, 303);
        assert_eq!(curator.form(&path, &[("version", "1"), ("action", "accept")]).await.status, 422, "it was decided");
        let decided = entity::review_case::Entity::find().one(&db).await.unwrap().unwrap();
        assert_eq!(decided.status, entity::vocabulary::CaseStatus::Rejected);
    }

    async fn each_room_is_for_those_who_work_there(base) {
        let (organisation, _) = places(&base).await;
        let town = Town::over(&base).await;
        town.people.with_role("coco", Role::Contributor, None).await;
        town.people.with_role("rita", Role::OrganisationRepresentative, Some(organisation.0)).await;
        town.people.with_role("root", Role::Admin, None).await;
        for (name, propose, own) in [("coco", 200, 403), ("rita", 200, 200), ("root", 403, 403)] {
            let mut browser = town.signed_in(name).await;
            assert_eq!(browser.get("/desk/propose").await.status, propose, "{name}");
            assert_eq!(browser.get("/desk/organisation").await.status, own, "{name}");
            for sort in ["organisation", "dataset", "use", "impact", "correction", "evidence"] {
                let page = browser.get(&format!("/desk/propose/{sort}?about=/organisations/x")).await;
                assert_eq!(page.status, propose, "{name} {sort}");
            }
        }
        let mut coco = town.signed_in("coco").await;
        coco.get("/desk/propose/organisation?lang=en").await;
        let wrong = coco.form("/desk/propose/organisation?lang=en", &[("name", ""), ("evidenceUrl", "javascript:x")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("This is needed."));
        let right = [("name", "Mapas"), ("kind", "company"), ("evidenceUrl", "https://example.org"), ("evidenceKind", "news")];
        assert_eq!(coco.form("/desk/propose/organisation?lang=en", &right).await.status, 303);
        assert!(coco.get("/desk/propose?lang=en").await.text().contains("Mapas"));
    }
}
