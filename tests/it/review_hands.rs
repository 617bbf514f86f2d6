//! Two persons decide, also where one of them runs the study: who made a link, was sent one, or answered, decides on
//! nothing that came of the answers.

use entity::vocabulary::{CaseKind, CaseStatus, Role};
use od100::app::Error;
use od100::app::demand::{queue, triage, wishes};
use od100::app::feedback::{self, Look};
use od100::app::review::case;
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::review::{Case, Filter, claim, dispute, recommend};
use od100::app::survey::{answer, invite, save};
use od100::domain::access::Actor;
use od100::domain::instrument::{Value, Wanted};
use od100::domain::review::Subject;
use od100::store;
use sea_orm::EntityTrait;

use crate::desk_harness::Town;
use crate::harness::on_each_database;
use crate::survey_harness::{Field, PRIVATE, mandatory, said, send, who};

fn accept() -> Decision {
    Decision { verdict: Verdict::Accept, reason: String::new(), target: None }
}

async fn cases(field: &Field) -> Vec<Case> {
    store::review::page(&field.base.ctx.db, &Filter::default(), None, 1_000).await.unwrap()
}

async fn of_kind(field: &Field, kind: CaseKind) -> Case {
    cases(field).await.into_iter().find(|case| case.kind == kind).unwrap()
}

/// That an actor is told who may decide, whatever it tries.
async fn is_kept_out(field: &Field, actor: &Actor) {
    let ctx = &field.base.ctx;
    let told = |error: Error| {
        let Error::Conflict(text) = error else { panic!("{error:?}") };
        assert!(text.contains("had a part") && text.contains("a curator who had none decides"), "{text}");
    };
    let open: Vec<Case> = cases(field).await.into_iter().filter(|case| case.decided_by.is_none()).collect();
    assert!(open.len() > 5);
    for case in &open {
        let refused = decide::decide(ctx, actor, (case.id, case.version), accept()).await;
        told(refused.unwrap_err());
        let sheet = case::sheet(ctx, actor, case.id, "en").await.unwrap();
        assert!(sheet.has_hand && !sheet.is_own);
    }
    let ids: Vec<_> = open.iter().map(|case| (case.id, case.version)).collect();
    for is_done in [false, true] {
        for (_, done) in decide::decide_many(ctx, actor, &ids, accept(), is_done).await.unwrap() {
            told(done.unwrap_err());
        }
    }
}

/// Gives somebody who runs the study the review as well.
async fn both(field: &Field) -> Actor {
    field.people.give(field.researcher.account().unwrap().id, Role::Curator, None).await;
    field.people.sign_in("rosa").await.0
}

on_each_database! {
    async fn who_made_the_link_does_not_decide_on_what_came_by_it(base) {
        let field = Field::over(base).await;
        let rosa = both(&field).await;
        let (_, secret) = field.invite("Datos del Sur").await;
        let link = field.follow(&secret).await;
        let wanted = Wanted { title: "Precios por día".to_owned(), publisher: None, reason: None, purpose: None };
        save::save(&field.base.ctx, &link, vec![said("requests", Value::Requests(vec![wanted]))], None).await.unwrap();
        send(&field, &link, true).await;
        let (cleo, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let ctx = &field.base.ctx;
        is_kept_out(&field, &rosa).await;
        // To say what should become of it is no decision, and stays.
        let case = of_kind(&field, CaseKind::UseClaim).await;
        recommend::recommend(ctx, &rosa, (case.id, case.version), Verdict::Accept, "They wrote to me").await.unwrap();
        // What is forgotten of links and addresses does not open the way.
        let db = field.base.raw().await;
        entity::invitation::Entity::delete_many().exec(&db).await.unwrap();
        entity::respondent::Entity::delete_many().exec(&db).await.unwrap();
        is_kept_out(&field, &rosa).await;
        // Wishes and ratings came by it too.
        let wish = wishes::waiting(ctx, &rosa).await.unwrap().remove(0);
        assert!(matches!(wishes::take(ctx, &rosa, wish.row.id, None, None).await, Err(Error::Conflict(_))));
        assert!(matches!(wishes::dismiss(ctx, &rosa, wish.row.id, "no").await, Err(Error::Conflict(_))));
        let ratings = entity::dataset_feedback::Entity::find().all(&db).await.unwrap();
        let rating = ratings.iter().find(|row| row.response_id == Some(link.response.entity_id)).unwrap();
        let look = Look { feedback: rating.entity_id, seen: None, is_shown: true, reason: None };
        assert!(matches!(feedback::moderate(ctx, &rosa, &look).await, Err(Error::Conflict(_))));

        // Another curator decides; what was decided is neither undone nor taken back by the first.
        let display = of_kind(&field, CaseKind::Display).await;
        decide::decide(ctx, &cleo, (display.id, display.version), accept()).await.unwrap();
        let case = of_kind(&field, CaseKind::UseClaim).await;
        let done = decide::decide(ctx, &cleo, (case.id, case.version), accept()).await.unwrap().case;
        assert_eq!(done.status, CaseStatus::Accepted);
        assert!(matches!(decide::undo(ctx, &rosa, (done.id, done.version), "no").await, Err(Error::Conflict(_))));
        let of = Subject::UseClaim(done.subject_id.unwrap().into());
        assert!(matches!(dispute::retract(ctx, &rosa, of, "no", None).await, Err(Error::Conflict(_))));
        assert!(!claim::standing(ctx, &rosa, of, "en").await.unwrap().may_retract);
        assert!(claim::standing(ctx, &cleo, of, "en").await.unwrap().may_retract);
        // A value is known by the case that brought it.
        let case = of_kind(&field, CaseKind::Observation).await;
        let taken = od100::app::review::step::assign(ctx, &cleo, (case.id, case.version), Some(cleo.account().unwrap().id)).await.unwrap();
        decide::decide(ctx, &cleo, (taken.id, taken.version), accept()).await.unwrap();
        let request = wishes::take(ctx, &cleo, wish.row.id, None, None).await.unwrap();
        let shown = triage::Triaged { title: "Precios por día".to_owned(), ..triage::Triaged::default() };
        assert!(queue::one(ctx, &rosa, request.entity_id).await.is_ok(), "to read is not to decide");
        let refused = triage::triage(ctx, &rosa, request.entity_id, shown.clone()).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        triage::triage(ctx, &cleo, request.entity_id, shown).await.unwrap();
        feedback::moderate(ctx, &cleo, &look).await.unwrap();

        // The page says so and has no buttons.
        let town = Town::over(&field.base).await;
        let waits = of_kind(&field, CaseKind::Code).await;
        let page = town.signed_in("rosa").await.get(&format!("/desk/review/{}?lang=en", waits.id)).await.text();
        assert!(page.contains("You had a part in this answer") && !page.contains("value=\"accept\""), "{page}");
        let page = town.signed_in("cleo").await.get(&format!("/desk/review/{}?lang=en", waits.id)).await.text();
        assert!(!page.contains("You had a part in this answer") && page.contains("value=\"accept\""), "{page}");
        // The API says who may.
        let query = format!("mutation {{ claimDecide(input: {{ case: {{ caseId: \"case:{}\", version: {} }}, verdict: ACCEPT }}) {{ userErrors {{ code message }} }} }}", waits.id, waits.version);
        let answer = town.signed_in("rosa").await.desk(&query, serde_json::json!({})).await.json();
        let error = &answer["data"]["claimDecide"]["userErrors"][0];
        assert_eq!(error["code"], "CONFLICT", "{answer}");
        assert!(error["message"].as_str().unwrap().contains("alguien de la curaduría"), "{answer}");
        // And who has it since.
        let mine = cleo.account().unwrap().id;
        let query = format!("mutation {{ reviewAssign(input: {{ case: {{ caseId: \"case:{}\", version: {} }}, assigneeId: \"account:{mine}\" }}) {{ case {{ assigneeId assigneeName headline }} userErrors {{ message }} }} }}", waits.id, waits.version);
        let answer = town.signed_in("cleo").await.desk(&query, serde_json::json!({})).await.json();
        let case = &answer["data"]["reviewAssign"]["case"];
        let account = entity::account::Entity::find_by_id(mine).one(&field.base.raw().await).await.unwrap().unwrap();
        assert_eq!(case["assigneeId"].as_str(), Some(format!("account:{mine}").as_str()), "{answer}");
        assert_eq!(case["assigneeName"].as_str(), Some(account.display_name.as_str()), "{answer}");
        assert!(case["headline"].as_str().is_some_and(|text| !text.is_empty()), "{answer}");
    }

    async fn who_was_sent_the_link_or_is_named_as_its_reader_does_not_decide(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (cora, _) = field.people.with_role("cora", Role::Curator, None).await;
        let (cleo, _) = field.people.with_role("cleo", Role::Curator, None).await;
        // The link goes to the address of a curator; whoever answers names another.
        let list = "name,contact,email\nDatos del Sur,Cora,Cora@example.org\n";
        let mut invited = invite::invite(ctx, &field.researcher, &field.wave, list, invite::How::default()).await.unwrap();
        let link = field.follow(&invited.pop().unwrap().secret.unwrap()).await;
        save::save(ctx, &link, vec![who("Somebody", PRIVATE[1], true)], None).await.unwrap();
        send(&field, &link, true).await;
        is_kept_out(&field, &cora).await;
        let display = of_kind(&field, CaseKind::Display).await;
        decide::decide(ctx, &cleo, (display.id, display.version), accept()).await.unwrap();
    }

    async fn who_names_the_own_address_when_answering_does_not_decide(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (cora, _) = field.people.with_role("cora", Role::Curator, None).await;
        let (_, secret) = field.invite("Datos del Sur").await;
        let link = field.follow(&secret).await;
        save::save(ctx, &link, mandatory(&field, true).await, None).await.unwrap();
        save::save(ctx, &link, vec![who("Cora", "cora@example.org", false)], None).await.unwrap();
        answer::submit(ctx, &link).await.unwrap();
        is_kept_out(&field, &cora).await;
    }
}
