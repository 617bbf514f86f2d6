//! What others than curators may do about cases and claims: researchers recommend, anybody with the right doubts a claim
//! on its page, and a request that is repeated is done once.

use entity::role_grant;
use entity::vocabulary::{CaseKind, CaseStatus, CaseStep, ClaimStatus, Role, RowVisibility, VerificationDecision};
use od100::app::Error;
use od100::app::review::case::{self, Outlook};
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::review::{Case, Filter, claim, organisation, queue, recommend};
use od100::app::survey::{link, study};
use od100::domain::access::Actor;
use od100::domain::review::Subject;
use od100::store;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::desk_harness::Town;
use crate::harness::{self, on_each_database};
use crate::people::People;
use crate::survey_harness::{Field, another_study, send};

fn accept() -> Decision {
    Decision { verdict: Verdict::Accept, reason: String::new(), target: None }
}

/// A study with answers that were sent, a curator, and a researcher of another study.
async fn answered(base: harness::Base) -> (Field, Actor, Actor) {
    let field = Field::over(base).await;
    let (_, secret) = field.invite("Datos del Sur").await;
    send(&field, &field.follow(&secret).await, true).await;
    let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
    let another = study::create(&field.base.ctx, &curator, another_study(), None).await.unwrap();
    let (stranger, _) = field.people.with_role("rene", Role::Researcher, Some(another.entity_id.0)).await;
    (field, curator, stranger)
}

async fn of_kind(field: &Field, kind: CaseKind) -> Case {
    let open = Filter { is_open: Some(true), ..Filter::default() };
    let all = store::review::page(&field.base.ctx.db, &open, None, 1_000).await.unwrap();
    all.into_iter().find(|case| case.kind == kind).unwrap()
}

on_each_database! {
    async fn a_use_of_unlisted_data_is_shown_as_it_was_answered(base) {
        let (field, curator, _) = answered(base).await;
        let case = of_kind(&field, CaseKind::Use).await;
        let sheet = case::sheet(&field.base.ctx, &curator, case.id, "en").await.unwrap();
        assert!(matches!(sheet.outlook, Outlook::Stuck(_)), "nobody knows which body is meant");
        for (column, said) in [
            ("title", "Precios de combustibles"), ("criticality", "core"), ("access_mode", "api"),
            ("started_on", "2019-01-01"), ("rating", "3"),
        ] {
            let told = sheet.compared.iter().find(|one| one.field == column).and_then(|one| one.proposed.as_deref());
            assert_eq!(told, Some(said), "{column}: {:?}", sheet.compared);
        }
        // The reviewer says whose it is: the dataset enters the register, and the use with what was said of it.
        let db = field.base.raw().await;
        let body = entity::publisher_profile::Entity::find().one(&db).await.unwrap().unwrap().organisation_id;
        let display = of_kind(&field, CaseKind::Display).await;
        decide::decide(&field.base.ctx, &curator, (display.id, display.version), accept()).await.unwrap();
        let target = Some(od100::domain::review::Target::Publisher(body));
        decide::decide(&field.base.ctx, &curator, (case.id, case.version), Decision { target, ..accept() }).await.unwrap();
        let all = entity::dataset::Entity::find().all(&db).await.unwrap();
        let made = all.iter().find(|row| row.title.contains("Precios de combustibles")).unwrap();
        assert_eq!((made.publisher_id, made.visibility), (body, RowVisibility::Public));
        let claims = entity::use_claim::Entity::find().all(&db).await.unwrap();
        let used = claims.iter().find(|row| row.dataset_id == Some(made.entity_id)).unwrap();
        assert_eq!((used.criticality.as_str(), used.access_mode.as_str()), ("core", "api"));
        assert_eq!(used.started_on, Some(harness::day("2019-01-01")));
    }

    async fn researchers_recommend_and_curators_decide(base) {
        let (field, curator, stranger) = answered(base).await;
        let (ctx, rosa) = (&field.base.ctx, &field.researcher);
        let (contributor, _) = field.people.with_role("coco", Role::Contributor, None).await;
        let page = async |actor: &Actor| queue::page(ctx, actor, &Filter::default(), (None, 100), "en").await;
        let (all, own) = (page(&curator).await.unwrap().total, page(rosa).await.unwrap());
        assert!(all > 0 && own.total == all, "all cases are of this study");
        assert_eq!(page(&stranger).await.unwrap().total, 0, "what is of another study is not found");
        assert!(page(&contributor).await.is_err());
        let elsewhere = Filter { study: Some(field.study.entity_id), ..Filter::default() };
        assert_eq!(queue::page(ctx, &stranger, &elsewhere, (None, 100), "en").await.unwrap().total, 0);

        let case = of_kind(&field, CaseKind::UseClaim).await;
        let sheet = case::sheet(ctx, rosa, case.id, "en").await.unwrap();
        assert!(sheet.may_recommend && !sheet.may_decide);
        assert!(matches!(case::sheet(ctx, &stranger, case.id, "en").await, Err(Error::NotFound)));
        let at = (case.id, case.version);
        for actor in [&stranger, &contributor, &curator, &Actor::Anonymous] {
            assert!(recommend::recommend(ctx, actor, at, Verdict::Accept, "It is so").await.is_err());
        }
        assert!(matches!(recommend::recommend(ctx, rosa, at, Verdict::Accept, " ").await, Err(Error::Invalid(_))));
        assert!(decide::decide(ctx, rosa, at, accept()).await.is_err(), "who recommends does not decide");
        let said = recommend::recommend(ctx, rosa, at, Verdict::Reject, "They wrote to me: a mistake").await.unwrap();
        assert_eq!((said.status, said.version), (case.status, case.version + 1));
        assert!(matches!(decide::decide(ctx, &curator, at, accept()).await, Err(Error::Conflict(_))), "read it first");
        let sheet = case::sheet(ctx, &curator, case.id, "en").await.unwrap();
        let told = sheet.events.last().unwrap();
        assert_eq!((told.step, told.note.as_str()), (CaseStep::RecommendedReject, "They wrote to me: a mistake"));
        let town = Town::over(&field.base).await;
        let page = town.signed_in("cleo").await.get(&format!("/desk/review/{}?lang=en", case.id)).await.text();
        assert!(page.contains("recommends rejecting: They wrote to me: a mistake"), "{page}");
        let mut researcher = town.signed_in("rosa").await;
        let here = format!("/desk/review/{}?lang=en", case.id);
        let page = researcher.get(&here).await.text();
        assert!(page.contains("recommend-accept") && !page.contains("value=\"accept\"") && !page.contains("value=\"assign\""), "{page}");
        let version = said.version.to_string();
        let sent = researcher.form(&here, &[("version", &version), ("reason", "I looked again"), ("action", "recommend-accept")]).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        assert!(researcher.get("/desk/review?lang=en").await.text().contains("Datos del Sur"));
        let done = decide::decide(ctx, &curator, (case.id, said.version + 1), accept()).await.unwrap();
        assert_eq!(done.case.status, CaseStatus::Accepted);
        let late = recommend::recommend(ctx, rosa, (case.id, done.case.version), Verdict::Accept, "So it is").await;
        assert!(matches!(late, Err(Error::Conflict(_))));
    }

    async fn the_queue_gives_boxes_to_those_who_decide_and_says_when_a_role_begins(base) {
        let (field, _, _) = answered(base).await;
        let town = Town::over(&field.base).await;
        for (name, ticks) in [("rosa", false), ("cleo", true)] {
            let page = town.signed_in(name).await.get("/desk/review?lang=en").await.text();
            assert!(page.contains("Datos del Sur"), "{name}: {page}");
            assert_eq!((page.contains("type=\"checkbox\" name=\"case\""), page.contains("data-bulk")), (ticks, ticks), "{name}");
        }
        // A role that has not begun, or has ended, opens nothing; the page says so.
        let db = field.base.raw().await;
        let rosa = field.researcher.account().unwrap().id;
        let now = field.base.ctx.now();
        for (starts, ends, said) in [
            (now + chrono::TimeDelta::days(3), None, "begins on"),
            (now - chrono::TimeDelta::days(9), Some(now - chrono::TimeDelta::days(1)), "ended on"),
        ] {
            role_grant::Entity::update_many()
                .col_expr(role_grant::Column::StartsAt, starts.into())
                .col_expr(role_grant::Column::EndsAt, sea_orm::sea_query::Expr::val(ends))
                .filter(role_grant::Column::AccountId.eq(rosa))
                .exec(&db)
                .await
                .unwrap();
            let mut browser = town.signed_in("rosa").await;
            for path in ["/desk/review?lang=en", "/desk/studies?lang=en"] {
                let page = browser.get(path).await;
                assert_eq!(page.status, 403, "{path}");
                assert!(page.text().contains(said) && page.text().contains("Researcher"), "{path}: {}", page.text());
                assert!(!page.text().contains("Datos del Sur"));
            }
            let one = browser.get(&format!("/desk/studies/{}?lang=en", field.study.entity_id)).await;
            assert!(one.status == 404 || one.status == 403, "{}", one.status);
        }
    }

    async fn claims_of_every_kind_are_listed_and_profiles_lead_to_them(base) {
        base.take(harness::header(), harness::organisations(3)).await.unwrap();
        let town = Town::over(&base).await;
        let db = base.raw().await;
        let impact = entity::impact_claim::Entity::find().one(&db).await.unwrap().unwrap();
        let firm = entity::organisation::Entity::find_by_id(impact.organisation_id).one(&db).await.unwrap().unwrap();
        let uses = entity::use_claim::Entity::find().all(&db).await.unwrap();
        let used = uses.iter().find(|row| row.organisation_id == firm.id).unwrap();
        town.people.with_role("coco", Role::Contributor, None).await;
        town.people.account("nobody").await;
        let mut coco = town.signed_in("coco").await;
        let list = format!("/desk/claims?lang=en&about=/organisations/{}", firm.slug);
        let (of_use, of_impact) = (format!("/desk/claims/use/{}", used.entity_id), format!("/desk/claims/impact/{}", impact.entity_id));
        let kind = if impact.dimension == "sdg" { "sdg" } else { "impact" };
        for (filter, shows_use, shows_impact) in [("", true, true), ("&kind=use", true, false), (&format!("&kind={kind}"), false, true), ("&kind=love", true, true)] {
            let page = coco.get(&format!("{list}{filter}")).await;
            let text = page.text();
            assert_eq!((page.status.as_u16(), text.contains(&of_use), text.contains(&of_impact)), (200, shows_use, shows_impact), "{filter}: {text}");
        }
        // An impact is disputed on its page, and is then told as disputed.
        assert_eq!(coco.form(&format!("{of_impact}?lang=en"), &[("action", "dispute"), ("reason", "Nothing came of it")]).await.status, 303);
        assert!(coco.get(&format!("{of_impact}?lang=en")).await.text().contains("a curator decides"));
        assert_eq!(town.signed_in("nobody").await.get(&list).await.status, 403);
        assert!(town.browser().get(&list).await.status.is_redirection(), "sign in first");
        // What is not for everybody is not listed.
        let private = sea_orm::sea_query::Expr::val("private");
        entity::impact_claim::Entity::update_many().col_expr(entity::impact_claim::Column::Visibility, private).exec(&db).await.unwrap();
        assert!(!coco.get(&list).await.text().contains(&of_impact));
        // The profile, its history and the form that reports an error lead there.
        let about: String = url::form_urlencoded::byte_serialize(format!("/organisations/{}", firm.slug).as_bytes()).collect();
        let mut anybody = Town::over(&base).await.browser();
        for path in [format!("/organisations/{}?lang=en", firm.slug), format!("/organisations/{}/history?lang=en", firm.slug), format!("/report?about={about}&lang=en")] {
            let page = anybody.get(&path).await.text();
            assert!(page.contains(&format!("/desk/claims?about={about}&amp;lang=en")), "{path}: {page}");
        }
    }

    async fn a_claim_that_was_imported_has_a_page_where_it_can_be_doubted(base) {
        base.take(harness::header(), harness::organisations(3)).await.unwrap();
        let town = Town::over(&base).await;
        let db = base.raw().await;
        let row = entity::use_claim::Entity::find().one(&db).await.unwrap().unwrap();
        let of = Subject::UseClaim(row.entity_id);
        let (lia, _) = town.people.with_role("lia", Role::AgencyLiaison, Some(row.publisher_id.map_or(row.organisation_id.0, |id| id.0))).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        let (rita, _) = town.people.with_role("rita", Role::OrganisationRepresentative, Some(row.organisation_id.0)).await;
        town.people.account("nobody").await;
        let ctx = &base.ctx;
        for (actor, retracts, verifies) in [(&lia, false, false), (&cleo, true, false), (&rita, false, true)] {
            let one = claim::standing(ctx, actor, of, "en").await.unwrap();
            assert_eq!((one.may_dispute, one.may_retract, one.may_verify), (true, retracts, verifies));
            assert!(!one.what.is_empty() && !one.fields.is_empty());
        }
        let path = format!("/desk/claims/use/{}?lang=en", row.entity_id);
        assert!(town.browser().get(&path).await.status.is_redirection(), "sign in first");
        assert_eq!(town.signed_in("nobody").await.get(&path).await.status, 403);
        let mut liaison = town.signed_in("lia").await;
        let page = liaison.get(&path).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("value=\"dispute\"") && !page.text().contains("value=\"retract\""), "{}", page.text());
        assert_eq!(liaison.get("/desk/claims/use/00000000-0000-0000-0000-000000000009").await.status, 404);
        assert_eq!(liaison.get("/desk/claims/organisation/00000000-0000-0000-0000-000000000009").await.status, 404);
        assert_eq!(liaison.form(&path, &[("action", "dispute"), ("reason", " ")]).await.status, 422);
        assert!(liaison.form(&path, &[("action", "retract"), ("reason", "Not ours")]).await.status.is_client_error());
        assert_eq!(liaison.form(&path, &[("action", "dispute"), ("reason", "We publish no such data")]).await.status, 303);
        assert!(liaison.get(&path).await.text().contains("a curator decides"));
        let slug = entity::organisation::Entity::find_by_id(row.organisation_id).one(&db).await.unwrap().unwrap().slug;
        let found = liaison.get(&format!("/desk/claims?lang=en&about=/organisations/{slug}")).await.text();
        assert!(found.contains(&format!("/desk/claims/use/{}", row.entity_id)), "{found}");
        // Whoever may, takes it back there.
        let mut curator = town.signed_in("cleo").await;
        assert!(curator.get(&path).await.text().contains("value=\"retract\""));
        assert_eq!(curator.form(&path, &[("action", "retract"), ("reason", "The file said nothing of it")]).await.status, 303);
        let now = entity::use_claim::Entity::find_by_id(row.id).one(&db).await.unwrap().unwrap();
        assert_eq!(now.status, ClaimStatus::Retracted);
        assert_eq!(liaison.get(&path).await.status, 404, "what is no longer shown is not found");
        // What is not for everybody is found by those alone whose it is.
        let hidden = entity::use_claim::Entity::find().all(&db).await.unwrap().into_iter().find(|one| one.organisation_id == row.organisation_id && one.id != row.id);
        if let Some(hidden) = hidden {
            let private = sea_orm::sea_query::Expr::val("private");
            entity::use_claim::Entity::update_many().col_expr(entity::use_claim::Column::Visibility, private).filter(entity::use_claim::Column::Id.eq(hidden.id)).exec(&db).await.unwrap();
            let of = Subject::UseClaim(hidden.entity_id);
            assert!(matches!(claim::standing(ctx, &lia, of, "en").await, Err(Error::NotFound)));
            assert!(claim::standing(ctx, &rita, of, "en").await.is_ok());
        }
    }

    async fn what_is_repeated_is_done_once(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let db = field.base.raw().await;
        let row = entity::use_claim::Entity::find().one(&db).await.unwrap().unwrap();
        let (rita, _) = field.people.with_role("rita", Role::OrganisationRepresentative, Some(row.organisation_id.0)).await;
        for _ in 0..2 {
            let said = (VerificationDecision::Confirmed, "");
            organisation::confirm(ctx, &rita, row.entity_id, said, Some("one")).await.unwrap();
        }
        let said = entity::verification::Entity::find().all(&db).await.unwrap();
        assert_eq!(said.iter().filter(|one| one.use_claim_id == Some(row.entity_id)).count(), 1);
        let other = organisation::confirm(ctx, &rita, row.entity_id, (VerificationDecision::NotRecognised, "no"), Some("one")).await;
        assert!(other.is_err(), "the same key for something else is refused");

        let (response, _) = field.invite("Datos del Sur").await;
        let first = link::rotate(ctx, &field.researcher, response, Some("again")).await.unwrap().unwrap();
        assert!(link::rotate(ctx, &field.researcher, response, Some("again")).await.unwrap().is_none());
        field.follow(&first).await;
        let people = People::over(&field.base);
        let (nobody, _) = people.with_role("coco", Role::Contributor, None).await;
        assert!(link::rotate(ctx, &nobody, response, Some("again")).await.is_err());
    }
}
