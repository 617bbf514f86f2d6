//! Values of indicators have pages as claims have: what does not stand is private, leaves every public figure at every
//! moment, and can stand again.

use entity::id::IndicatorObservationId;
use entity::vocabulary::{CaseStatus, ClaimStatus, ObservationStatus, Role, RowVisibility};
use od100::app;
use od100::app::Error;
use od100::app::publish::Publisher;
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::review::{Case, claim, dispute, step};
use od100::domain::access::Actor;
use od100::domain::draft::Decimal;
use od100::domain::review::Subject;
use od100::store;
use od100::store::review::{self as stored, On};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::api_harness::Api;
use crate::desk_harness::Town;
use crate::harness::{self, Base, on_each_database};

/// A value that nothing else in the record looks like.
const VALUE: &str = "98765432";

fn decision(verdict: Verdict) -> Decision {
    Decision { verdict, reason: "I have looked".to_owned(), target: None }
}

/// Six organisations, of which the fourth lets everybody see its value.
async fn outspoken(base: &Base) -> entity::indicator_observation::Model {
    let mut all = harness::organisations(6);
    all[3].observations[0].central = Some(Decimal { mantissa: 98_765_432, scale: 0 });
    all[3].observations[0].visibility = RowVisibility::Public;
    all[3].observations[0].status = ObservationStatus::Normal;
    base.take(harness::header(), all).await.unwrap();
    values(base).await.into_iter().find(|row| row.central_mantissa == Some(98_765_432)).unwrap()
}

async fn values(base: &Base) -> Vec<entity::indicator_observation::Model> {
    use entity::indicator_observation::{Column, Entity};
    Entity::find().filter(Column::SupersededAt.is_null()).all(&base.raw().await).await.unwrap()
}

async fn row(base: &Base, id: IndicatorObservationId) -> entity::indicator_observation::Model {
    values(base).await.into_iter().find(|row| row.entity_id == id).unwrap()
}

async fn latest(base: &Base, id: IndicatorObservationId) -> Case {
    stored::of_subject(On::Record(&base.ctx.db), id.0).await.unwrap().swap_remove(0)
}

/// Whether anything that the public may read says the value, now or as it was recorded then.
async fn told(base: &Base, of: &entity::indicator_observation::Model, then: &str) -> Vec<String> {
    let db = base.raw().await;
    let slug =
        entity::organisation::Entity::find_by_id(of.organisation_id.unwrap()).one(&db).await.unwrap().unwrap().slug;
    let api = Api::over(base).await;
    let node = format!("{{ node(id: \"observation:{}\") {{ ... on Observation {{ central }} }} }}", of.entity_id);
    let of_one = format!("organisation(slug: \"{slug}\", knownAt: \"{then}\") {{ observations {{ central }} }}");
    let mut said = Vec::new();
    for query in [
        node,
        "{ indicatorObservations(first: 100) { nodes { central low high } } }".to_owned(),
        format!("{{ organisation(slug: \"{slug}\") {{ observations {{ central }} }} }}"),
        format!("{{ {of_one} }}"),
    ] {
        let answer = api.raw("en", &query, json!({})).await;
        said.push((query, answer.to_string()));
    }
    for path in [
        format!("/organisations/{slug}?lang=en"),
        format!("/organisations/{slug}/history?lang=en"),
        format!("/organisations/{slug}?lang=en&knownAt={then}"),
        "/download/observations.csv".to_owned(),
        "/download/observations.json".to_owned(),
        format!("/download/observations.csv?knownAt={then}"),
    ] {
        let (status, text) = api.get(&path).await;
        assert!(status < 500, "{path}: {status}");
        said.push((path, text));
    }
    let is_said = |text: &str| text.replace([',', '\u{a0}'], "").contains(VALUE);
    said.into_iter().filter(|(_, text)| is_said(text)).map(|(from, _)| from).collect()
}

on_each_database! {
    async fn a_value_has_a_page_where_it_is_doubted_and_taken_back(base) {
        let value = outspoken(&base).await;
        let (id, of) = (value.entity_id, Subject::Observation(value.entity_id));
        let then = base.clock.now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
        base.tick();
        let town = Town::over(&base).await;
        let (coco, _) = town.people.with_role("coco", Role::Contributor, None).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        let (rita, _) = town.people.with_role("rita", Role::OrganisationRepresentative, value.organisation_id.map(|id| id.0)).await;
        let other = values(&base).await.into_iter().find(|row| row.organisation_id.is_some() && row.organisation_id != value.organisation_id).unwrap();
        let (otto, _) = town.people.with_role("otto", Role::OrganisationRepresentative, other.organisation_id.map(|id| id.0)).await;
        let study = entity::study::Entity::find().one(&base.raw().await).await.unwrap().unwrap();
        let (rene, _) = town.people.with_role("rene", Role::Researcher, Some(study.entity_id.0)).await;
        town.people.account("nobody").await;
        let ctx = &base.ctx;
        let before = told(&base, &value, &then).await;
        assert!(before.len() >= 8, "the value is public: {before:?}");

        // The profile leads there, and the list names it; who may not is told nothing.
        let path = format!("/desk/claims/observation/{id}?lang=en");
        let slug = entity::organisation::Entity::find_by_id(value.organisation_id.unwrap()).one(&base.raw().await).await.unwrap().unwrap().slug;
        let profile = town.browser().get(&format!("/organisations/{slug}?lang=en")).await.text();
        assert!(profile.contains(&format!("href=\"{path}\"")), "{profile}");
        assert!(town.browser().get(&path).await.status.is_redirection(), "sign in first");
        assert_eq!(town.signed_in("nobody").await.get(&path).await.status, 403);
        let mut contributor = town.signed_in("coco").await;
        let list = contributor.get(&format!("/desk/claims?lang=en&kind=observation&about=/organisations/{slug}")).await.text();
        assert!(list.contains(&format!("/desk/claims/observation/{id}")) && list.contains("98,765,432"), "{list}");
        let page = contributor.get(&path).await.text();
        assert!(page.contains("98,765,432") && page.contains("value=\"dispute\"") && !page.contains("value=\"retract\""), "{page}");
        for (actor, disputes, retracts) in [(&coco, true, false), (&cleo, true, true), (&rita, true, false), (&otto, true, false)] {
            let one = claim::standing(ctx, actor, of, "en").await.unwrap();
            assert_eq!((one.may_dispute, one.may_retract, one.may_verify), (disputes, retracts, false));
            assert!(one.grade.is_none() && one.organisation.is_some());
        }
        assert!(matches!(claim::standing(ctx, &rene, of, "en").await, Err(Error::Forbidden)));
        assert!(dispute::dispute(ctx, &rene, of, "No", None).await.is_err());
        for actor in [&coco, &rita, &rene, &Actor::Anonymous] {
            assert!(dispute::retract(ctx, actor, of, "No", None).await.is_err());
        }

        // The doubt of somebody else holds once a curator shares it; then it is private for every moment.
        assert_eq!(contributor.form(&path, &[("action", "dispute"), ("reason", "Their report says half")]).await.status, 303);
        assert_eq!(row(&base, id).await.claim_status, ClaimStatus::Accepted);
        assert_eq!(told(&base, &value, &then).await, before);
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        let case = latest(&base, id).await;
        let mut curator = town.signed_in("cleo").await;
        let sheet = curator.get(&format!("/desk/review/{}?lang=en", case.id)).await.text();
        assert!(sheet.contains("98,765,432") && sheet.contains("disputed"), "{sheet}");
        let done = decide::decide(ctx, &cleo, (case.id, case.version), decision(Verdict::Accept)).await.unwrap();
        assert_eq!(row(&base, id).await.claim_status, ClaimStatus::Disputed);
        assert!(publisher.refresh().await.unwrap() && publisher.patches() == 1, "a small change is patched");
        assert!(publisher.current().observation_by_id(id).is_none());
        assert_eq!(told(&base, &value, &then).await, Vec::<String>::new());
        assert_eq!(contributor.get(&path).await.status, 404);
        for actor in [&coco, &otto, &rene] {
            assert!(matches!(claim::standing(ctx, actor, of, "en").await, Err(Error::NotFound)));
        }
        for actor in [&cleo, &rita] {
            assert_eq!(claim::standing(ctx, actor, of, "en").await.unwrap().status, ClaimStatus::Disputed);
        }

        // It stands again when the decision is taken back, and when the doubt is not shared.
        let open = decide::undo(ctx, &cleo, (done.case.id, done.case.version), "I was too fast").await.unwrap();
        base.tick();
        assert_eq!(told(&base, &value, &then).await, before);
        decide::decide(ctx, &cleo, (open.id, open.version), decision(Verdict::Reject)).await.unwrap();
        assert_eq!(row(&base, id).await.claim_status, ClaimStatus::Accepted);

        // The doubt of its own organisation holds at once.
        let own = dispute::dispute(ctx, &rita, of, "A mistake of ours", None).await.unwrap();
        assert_eq!(told(&base, &value, &then).await, Vec::<String>::new());
        decide::decide(ctx, &cleo, (own.id, own.version), decision(Verdict::Reject)).await.unwrap();
        assert_eq!(told(&base, &value, &then).await, before);

        // It is taken back for good, by hand; the versions and who did it stay.
        assert!(curator.get(&path).await.text().contains("value=\"retract\""));
        assert_eq!(curator.form(&path, &[("action", "retract"), ("reason", "The file was of another firm")]).await.status, 303);
        assert_eq!(row(&base, id).await.claim_status, ClaimStatus::Retracted);
        assert_eq!(told(&base, &value, &then).await, Vec::<String>::new());
        assert_eq!(contributor.get(&path).await.status, 404);
        let db = base.raw().await;
        let versions = entity::indicator_observation::Entity::find().all(&db).await.unwrap();
        assert!(versions.iter().filter(|one| one.entity_id == id).count() >= 5);
        let written = entity::record_change::Entity::find().all(&db).await.unwrap();
        let says = |one: &&entity::record_change::Model| one.record_id == id.0 && one.after.as_deref().is_some_and(|text| text.contains("retracted"));
        assert_eq!(written.iter().filter(says).count(), 1);
        // Running the import again does not bring it back.
        outspoken_again(&base).await;
        assert_eq!(row(&base, id).await.claim_status, ClaimStatus::Retracted);
        assert_eq!(told(&base, &value, &then).await, Vec::<String>::new());
    }

    async fn what_is_for_sums_only_is_doubted_by_those_whose_it_is_and_leaves_the_sums(base) {
        app::reference::load(&base.ctx).await.unwrap();
        base.take(harness::header(), harness::organisations(6)).await.unwrap();
        let value = values(&base).await.into_iter().find(|row| row.organisation_id.is_some()).unwrap();
        assert_eq!(value.visibility, RowVisibility::AggregateOnly);
        let (id, of) = (value.entity_id, Subject::Observation(value.entity_id));
        let town = Town::over(&base).await;
        let ctx = &base.ctx;
        let (coco, _) = town.people.with_role("coco", Role::Contributor, None).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        town.people.with_role("rita", Role::OrganisationRepresentative, value.organisation_id.map(|id| id.0)).await;
        let slug = entity::organisation::Entity::find_by_id(value.organisation_id.unwrap()).one(&base.raw().await).await.unwrap().unwrap().slug;
        let mut own = town.signed_in("rita").await;
        for (name, sees) in [("coco", false), ("cleo", false), ("rita", true)] {
            let mut browser = town.signed_in(name).await;
            let page = browser.get(&format!("/desk/claims/observation/{id}?lang=en")).await;
            assert_eq!(page.status == 200, sees, "{name}");
            assert_eq!(page.status == 404, !sees, "{name}");
            let list = browser.get(&format!("/desk/claims?lang=en&about=/organisations/{slug}")).await.text();
            assert_eq!(list.contains(&id.to_string()), sees, "{name}: {list}");
        }
        for actor in [&coco, &cleo] {
            assert!(matches!(dispute::dispute(ctx, actor, of, "No", None).await, Err(Error::NotFound)));
            assert!(dispute::retract(ctx, actor, of, "No", None).await.is_err());
        }
        let day = harness::day("2015-01-01");
        let sealed = async || store::load::rows(&base.ctx.db, day, None).await.unwrap().observations.len();
        let before = sealed().await;
        let path = format!("/desk/claims/observation/{id}?lang=en");
        assert_eq!(own.get(&path).await.status, 200);
        assert_eq!(own.form(&path, &[("action", "dispute"), ("reason", "We typed it wrong")]).await.status, 303);
        assert_eq!(sealed().await, before - 1, "no sum counts it");
        // A curator sees it after taking the case, and not before.
        let case = latest(&base, id).await;
        assert_eq!((case.visibility, case.status), (RowVisibility::AggregateOnly, CaseStatus::Open));
        assert!(matches!(decide::decide(ctx, &cleo, (case.id, case.version), decision(Verdict::Reject)).await, Err(Error::Conflict(_))));
        let taken = step::assign(ctx, &cleo, (case.id, case.version), Some(cleo.account().unwrap().id)).await.unwrap();
        assert_eq!(claim::standing(ctx, &cleo, of, "en").await.unwrap().status, ClaimStatus::Disputed);
        decide::decide(ctx, &cleo, (taken.id, taken.version), decision(Verdict::Reject)).await.unwrap();
        assert_eq!(sealed().await, before);
        assert_eq!(row(&base, id).await.visibility, RowVisibility::AggregateOnly, "it is still for sums only");
    }

    async fn values_of_areas_are_doubted_too(base) {
        base.take(harness::header(), harness::organisations(2)).await.unwrap();
        let db = base.raw().await;
        let public = sea_orm::sea_query::Expr::val("public");
        let areas = entity::indicator_observation::Column::AreaId.is_not_null();
        let shown = entity::indicator_observation::Column::Visibility;
        entity::indicator_observation::Entity::update_many().col_expr(shown, public).filter(areas).exec(&db).await.unwrap();
        let value = values(&base).await.into_iter().find(|row| row.area_id.is_some()).unwrap();
        let of = Subject::Observation(value.entity_id);
        let town = Town::over(&base).await;
        town.people.with_role("coco", Role::Contributor, None).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        let mut coco = town.signed_in("coco").await;
        let path = format!("/desk/claims/observation/{}?lang=en", value.entity_id);
        let page = coco.get(&path).await;
        assert!(page.status == 200 && page.text().contains("value=\"dispute\""), "{}", page.text());
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        assert!(publisher.current().observation_by_id(value.entity_id).is_some());
        dispute::retract(&base.ctx, &cleo, of, "Of another year", None).await.unwrap();
        assert!(publisher.refresh().await.unwrap());
        assert!(publisher.current().observation_by_id(value.entity_id).is_none());
        assert_eq!(coco.get(&path).await.status, 404);
        let undone = latest(&base, value.entity_id).await;
        decide::undo(&base.ctx, &cleo, (undone.id, undone.version), "It was right").await.unwrap();
        assert!(publisher.refresh().await.unwrap());
        assert!(publisher.current().observation_by_id(value.entity_id).is_some());
    }
}

/// The same import once more, with another value, so that it has something to do.
async fn outspoken_again(base: &Base) {
    let mut all = harness::organisations(6);
    all[3].observations[0].central = Some(Decimal { mantissa: 98_765_432, scale: 0 });
    all[3].observations[0].visibility = RowVisibility::Public;
    all[2].website = Some("https://again.example.org".to_owned());
    base.take(harness::header(), all).await.unwrap();
}
