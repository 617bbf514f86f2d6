//! The review: from an answer or a proposal to the record, by two persons, and back.

use entity::id::ReviewCaseId;
use entity::vocabulary::{
    AccessMode, CaseKind, CaseStatus, ClaimStatus, Consent, Criticality, Grade, Moderation, Polarity, Role,
    RowVisibility, SourceKind, VerificationDecision,
};
use od100::app::door::Door;
use od100::app::publish::Publisher;
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::review::propose::{self, New, NewUse};
use od100::app::review::{Case, Filter, case, dispute, organisation, queue, report, step};
use od100::app::{Context, Error};
use od100::domain::access::Actor;
use od100::domain::review::{Cited, Field as Property, Proposed, Subject, Target};
use od100::store;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;

use crate::api_harness::Api;
use crate::harness::on_each_database;
use crate::people::from;
use crate::survey_harness::{Field, PRIVATE, send};

fn accept() -> Decision {
    Decision { verdict: Verdict::Accept, reason: String::new(), target: None }
}

fn reject(reason: &str) -> Decision {
    Decision { verdict: Verdict::Reject, reason: reason.to_owned(), target: None }
}

pub(crate) fn cited() -> Cited {
    Cited {
        url: "https://example.org/report".to_owned(),
        kind: SourceKind::Report,
        title: "A report".to_owned(),
        quote: None,
        polarity: Polarity::Supports,
    }
}

async fn open_cases(ctx: &Context) -> Vec<Case> {
    let open = Filter { is_open: Some(true), ..Filter::default() };
    store::review::page(&ctx.db, &open, None, 1_000).await.unwrap()
}

async fn of_kind(ctx: &Context, kind: CaseKind) -> Case {
    open_cases(ctx).await.into_iter().find(|case| case.kind == kind).unwrap()
}

async fn claim_of(field: &Field, case: &Case) -> entity::use_claim::Model {
    let db = field.base.raw().await;
    let id = entity::id::UseClaimId(case.subject_id.unwrap());
    entity::use_claim::Entity::find_by_id(id).one(&db).await.unwrap().unwrap()
}

/// A study with an answer that was sent, and a curator who has nothing to do with it.
async fn answered(base: crate::harness::Base) -> (Field, Actor) {
    let field = Field::over(base).await;
    let (_, secret) = field.invite("Datos del Sur").await;
    send(&field, &field.follow(&secret).await, true).await;
    let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
    (field, curator)
}

async fn new_use(field: &Field) -> NewUse {
    let db = field.base.raw().await;
    let all = entity::organisation::Entity::find().all(&db).await.unwrap();
    let organisation = all.iter().find(|row| row.slug.starts_with("compania")).unwrap().entity_id;
    let used: Vec<_> = entity::use_claim::Entity::find().all(&db).await.unwrap();
    let used: Vec<_> = used.iter().filter(|claim| claim.organisation_id == organisation).collect();
    let datasets = entity::dataset::Entity::find().all(&db).await.unwrap();
    let free = datasets
        .iter()
        .find(|row| !used.iter().any(|claim| [claim.dataset_id, claim.series_id].contains(&Some(row.entity_id))));
    NewUse {
        organisation,
        target: Target::Dataset(free.unwrap().entity_id),
        purpose: Some("Canary purpose 41".to_owned()),
        lang: "en".to_owned(),
        criticality: Criticality::Core,
        access: AccessMode::Api,
        since: Some(2019),
        cited: cited(),
    }
}

on_each_database! {
    async fn an_answer_becomes_a_public_claim_of_grade_c(base) {
        let (field, curator) = answered(base).await;
        let ctx = &field.base.ctx;
        let head = store::head(&ctx.db).await.unwrap().0;
        let kinds: std::collections::BTreeSet<CaseKind> = open_cases(ctx).await.iter().map(|case| case.kind).collect();
        assert_eq!(
            kinds.into_iter().collect::<Vec<_>>(),
            [CaseKind::UseClaim, CaseKind::ImpactClaim, CaseKind::Attribute, CaseKind::Code, CaseKind::Use, CaseKind::Observation, CaseKind::Display]
        );
        let api = Api::over(&field.base).await;
        let query = "{ organisations(first: 100) { nodes { name claims { nodes { grade } } } } }";
        assert!(!api.raw("en", query, json!({})).await.to_string().contains("Datos del Sur"));

        let display = of_kind(ctx, CaseKind::Display).await;
        decide::decide(ctx, &curator, (display.id, 1), accept()).await.unwrap();
        let used = of_kind(ctx, CaseKind::UseClaim).await;
        let done = decide::decide(ctx, &curator, (used.id, 1), accept()).await.unwrap();
        assert_eq!((done.grade, done.case.status), (Some(Grade::C), CaseStatus::Accepted));
        assert!(store::head(&ctx.db).await.unwrap().0 > head);
        let claim = claim_of(&field, &used).await;
        assert_eq!((claim.status, claim.grade), (ClaimStatus::Accepted, Grade::C));

        let api = Api::over(&field.base).await;
        let said = api.raw("en", query, json!({})).await;
        let shown = said["data"]["organisations"]["nodes"].as_array().unwrap();
        let mine = shown.iter().find(|node| node["name"] == "Datos del Sur").unwrap();
        assert_eq!(mine["claims"]["nodes"][0]["grade"], "C");
    }

    async fn whether_it_may_be_shown_is_the_first_case(base) {
        let field = Field::over(base).await;
        let (_, secret) = field.invite("Datos del Sur").await;
        send(&field, &field.follow(&secret).await, false).await;
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let ctx = &field.base.ctx;
        let open = open_cases(ctx).await;
        assert_eq!(open[0].kind, CaseKind::Display);
        // All that was answered, looked at before any of it is decided: no property waits for a case further down.
        let properties = |case: &&Case| matches!(case.kind, CaseKind::Display | CaseKind::Attribute);
        let mine = curator.account().unwrap().id;
        let mut ids = Vec::new();
        for case in open.iter().filter(properties) {
            let case = step::assign(ctx, &curator, (case.id, case.version), Some(mine)).await.unwrap();
            ids.push((case.id, case.version));
        }
        assert!(ids.len() > 3);
        for (id, done) in decide::decide_many(ctx, &curator, &ids, accept(), false).await.unwrap() {
            assert!(done.is_ok(), "{id}: {done:?}");
        }
    }

    async fn what_was_thought_of_unlisted_data_stands_with_the_dataset_that_is_named(base) {
        let (field, curator) = answered(base).await;
        let ctx = &field.base.ctx;
        let display = of_kind(ctx, CaseKind::Display).await;
        decide::decide(ctx, &curator, (display.id, 1), accept()).await.unwrap();
        let db = field.base.raw().await;
        let ratings = async || entity::dataset_feedback::Entity::find().all(&db).await.unwrap();
        let before = ratings().await.len();
        let body = entity::publisher_profile::Entity::find().one(&db).await.unwrap().unwrap();
        let case = of_kind(ctx, CaseKind::Use).await;
        let target = Some(Target::Publisher(body.organisation_id));
        decide::decide(ctx, &curator, (case.id, 1), Decision { target, ..accept() }).await.unwrap();
        let claims = entity::use_claim::Entity::find().all(&db).await.unwrap();
        let wave = Some(field.wave.entity_id);
        let used = claims.iter().find(|row| row.wave_id == wave && row.status == ClaimStatus::Accepted).unwrap();
        let now = ratings().await;
        assert_eq!(now.len(), before + 1);
        let rated = now.iter().find(|row| Some(row.dataset_id) == used.dataset_id).unwrap();
        assert_eq!((rated.rating, rated.organisation_id), (Some(3), Some(used.organisation_id)));
        assert_eq!((rated.moderation, rated.visibility), (Moderation::Pending, RowVisibility::Private));
    }

    async fn every_answer_can_be_decided_and_each_decision_undone(base) {
        let (field, curator) = answered(base).await;
        let ctx = &field.base.ctx;
        let display = of_kind(ctx, CaseKind::Display).await;
        decide::decide(ctx, &curator, (display.id, 1), accept()).await.unwrap();
        let mine = curator.account().unwrap().id;
        for case in open_cases(ctx).await {
            let before = current(&field.base.dump().await);
            let case = step::assign(ctx, &curator, (case.id, case.version), Some(mine)).await.unwrap();
            let mut decision = accept();
            if case.kind == CaseKind::Use {
                let refused = decide::decide(ctx, &curator, (case.id, case.version), accept()).await;
                assert!(matches!(refused, Err(Error::Conflict(_))), "nobody knows which body is meant");
                let db = field.base.raw().await;
                let body = entity::publisher_profile::Entity::find().one(&db).await.unwrap().unwrap();
                decision.target = Some(Target::Publisher(body.organisation_id));
            }
            let done = decide::decide(ctx, &curator, (case.id, case.version), decision).await;
            if case.kind == CaseKind::Observation || case.kind == CaseKind::Code || case.kind == CaseKind::ImpactClaim {
                // The small record of the tests has neither these lists nor these indicators.
                let Ok(done) = &done else { continue };
                assert!(done.rows <= 6);
            }
            let done = done.unwrap();
            let undone = decide::undo(ctx, &curator, (case.id, done.case.version), "a mistake").await.unwrap();
            assert_eq!(undone.status, CaseStatus::UnderReview);
            assert_eq!(current(&field.base.dump().await), before, "{:?}", case.kind);
            let again = decide::decide(ctx, &curator, (case.id, undone.version), reject("not so")).await.unwrap();
            assert_eq!(again.case.status, CaseStatus::Rejected);
        }
        assert_eq!(od100::app::history::broken_at(ctx, display.organisation_id.unwrap().0).await.unwrap(), None);
    }

    async fn nobody_decides_on_what_they_proposed(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let (other, _) = field.people.with_role("clio", Role::Curator, None).await;
        let new = New::Use(new_use(&field).await);
        let case = propose::propose(ctx, &curator, new, None, None).await.unwrap();
        for decision in [accept(), reject("no")] {
            let refused = decide::decide(ctx, &curator, (case.id, 1), decision).await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
        }
        let many = decide::decide_many(ctx, &curator, &[(case.id, 1)], accept(), true).await.unwrap();
        assert!(matches!(many[0].1, Err(Error::Forbidden)));
        let sheet = case::sheet(ctx, &other, case.id, "en").await.unwrap();
        assert!(matches!(sheet.outlook, case::Outlook::Ready(Some(Grade::B))), "{:?}", sheet.outlook);
        assert!(sheet.compared.iter().any(|one| one.record == "use_claim"));
        assert!(sheet.compared.iter().all(|one| one.field != "grade"), "a grade is derived, and told once: {:?}", sheet.compared);
        let done = decide::decide(ctx, &other, (case.id, 1), accept()).await.unwrap();
        assert_eq!(done.grade, Some(Grade::B), "a report that anybody can read");
        assert!(matches!(decide::undo(ctx, &curator, (case.id, 2), "mine").await, Err(Error::Forbidden)));
        let claim = Subject::UseClaim(entity::id::UseClaimId(case.subject_id.unwrap()));
        assert!(matches!(dispute::retract(ctx, &curator, claim, "mine", None).await, Err(Error::Forbidden)));
    }

    async fn of_fifty_who_decide_at_once_one_does(base) {
        let (field, curator) = answered(base).await;
        let ctx = &field.base.ctx;
        let case = of_kind(ctx, CaseKind::UseClaim).await;
        let tries = (0..50).map(|number| {
            let (ctx, curator) = (ctx.clone(), curator.clone());
            tokio::spawn(async move {
                let decision = if number % 2 == 0 { accept() } else { reject("no") };
                decide::decide(&ctx, &curator, (case.id, 1), decision).await
            })
        });
        let mut won = 0;
        for one in tries.collect::<Vec<_>>() {
            match one.await.unwrap() {
                Ok(_) => won += 1,
                Err(error) => assert!(matches!(error, Error::Conflict(_)), "{error:?}"),
            }
        }
        assert_eq!(won, 1);
        let events = store::review::events(store::review::On::Record(&ctx.db), case.id).await.unwrap();
        assert_eq!(events.len(), 1);
    }

    async fn what_is_previewed_is_what_happens(base) {
        let (field, curator) = answered(base).await;
        let ctx = &field.base.ctx;
        let mut cases: Vec<_> = open_cases(ctx).await.iter().map(|case| (case.id, case.version)).collect();
        cases.push((ReviewCaseId(uuid::Uuid::from_u128(9)), 1));
        let before = field.base.dump().await;
        let told = |all: &[(ReviewCaseId, Result<decide::Decided, Error>)]| -> Vec<_> {
            all.iter().map(|(id, done)| (*id, done.as_ref().map(|done| (done.grade, done.rows)).map_err(ToString::to_string))).collect()
        };
        let preview = decide::decide_many(ctx, &curator, &cases, accept(), false).await.unwrap();
        assert_eq!(field.base.dump().await, before, "a preview writes nothing");
        assert!(preview.iter().any(|(_, done)| done.is_ok()) && preview.iter().any(|(_, done)| done.is_err()));
        let effect = decide::decide_many(ctx, &curator, &cases, accept(), true).await.unwrap();
        assert_eq!(told(&preview), told(&effect));
        for (id, done) in &effect {
            let stored = store::review::case(store::review::On::Record(&ctx.db), *id).await.unwrap();
            let is_decided = stored.is_some_and(|case| case.status == CaseStatus::Accepted);
            assert_eq!(is_decided, done.is_ok());
        }
    }

    async fn a_claim_without_support_is_not_accepted(base) {
        let (field, curator) = answered(base).await;
        let ctx = &field.base.ctx;
        let case = of_kind(ctx, CaseKind::UseClaim).await;
        let db = field.base.raw().await;
        db.execute_unprepared("update evidence set polarity = 'mentions'").await.unwrap();
        let refused = decide::decide(ctx, &curator, (case.id, 1), accept()).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        assert_eq!(claim_of(&field, &case).await.status, ClaimStatus::Proposed);
    }

    async fn what_is_not_public_is_closed_until_it_is_taken(base) {
        let (field, curator) = answered(base).await;
        let ctx = &field.base.ctx;
        let sealed = open_cases(ctx).await.into_iter().find(|case| case.visibility != RowVisibility::Public).unwrap();
        let sheet = case::sheet(ctx, &curator, sealed.id, "en").await.unwrap();
        assert!(sheet.is_sealed && sheet.compared.is_empty() && sheet.headline.is_empty());
        let page = queue::page(ctx, &curator, &Filter::default(), (None, 100), "en").await.unwrap();
        assert!(page.cases.iter().filter(|one| one.is_sealed).all(|one| one.headline.is_empty()));
        let refused = decide::decide(ctx, &curator, (sealed.id, 1), reject("no")).await;
        assert!(matches!(refused, Err(Error::Conflict(_))));
        let mine = curator.account().unwrap().id;
        step::assign(ctx, &curator, (sealed.id, 1), Some(mine)).await.unwrap();
        assert!(!case::sheet(ctx, &curator, sealed.id, "en").await.unwrap().is_sealed);
        let (other, _) = field.people.with_role("clio", Role::Curator, None).await;
        assert!(case::sheet(ctx, &other, sealed.id, "en").await.unwrap().is_sealed);
        let all = format!("{:?}", queue::page(ctx, &other, &Filter::default(), (None, 100), "en").await.unwrap().cases.iter().map(|one| &one.headline).collect::<Vec<_>>());
        assert!(!all.contains(PRIVATE[2]));
    }

    async fn what_waits_is_seen_by_nobody_else(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (contributor, _) = field.people.with_role("coco", Role::Contributor, None).await;
        let (stranger, _) = field.people.with_role("cora", Role::Contributor, None).await;
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let used = New::Use(new_use(&field).await);
        let head = store::head(&ctx.db).await.unwrap().0;
        let case = propose::propose(ctx, &contributor, used.clone(), Some("please".to_owned()), Some("k1")).await.unwrap();
        let again = propose::propose(ctx, &contributor, used.clone(), Some("please".to_owned()), Some("k1")).await.unwrap();
        assert_eq!(case.id, again.id, "the same request is done once");
        let taken = propose::propose(ctx, &contributor, used, None, None).await;
        assert!(matches!(taken, Err(Error::Invalid(_))));
        assert_eq!(store::head(&ctx.db).await.unwrap().0, head, "a proposal takes no revision");
        let api = Api::over(&field.base).await;
        let said = api.raw("en", "{ organisations(first: 100) { nodes { claims { nodes { purpose { value } evidence { source { title } } } } } } studies { nodes { title { value } } } }", json!({})).await;
        assert!(!said.to_string().contains("Canary purpose 41") && !said.to_string().contains("A report"));
        for actor in [&contributor, &stranger, &field.researcher, &Actor::Anonymous] {
            assert!(case::sheet(ctx, actor, case.id, "en").await.is_err());
            // A researcher has a queue, of the own studies: this is none of theirs.
            match queue::page(ctx, actor, &Filter::default(), (None, 10), "en").await {
                Ok(page) => assert!(std::ptr::eq(actor, &raw const field.researcher) && page.cases.is_empty() && page.total == 0),
                Err(error) => assert!(matches!(error, Error::NotFound | Error::Forbidden | Error::Unauthenticated), "{error:?}"),
            }
            assert!(decide::decide(ctx, actor, (case.id, 1), accept()).await.is_err());
            assert!(step::assign(ctx, actor, (case.id, 1), None).await.is_err());
        }
        assert_eq!(propose::own(ctx, &stranger, "en").await.unwrap().len(), 0);
        assert_eq!(propose::own(ctx, &contributor, "en").await.unwrap().len(), 1);

        let asked = step::ask(ctx, &curator, (case.id, 1), "Which year?").await.unwrap();
        assert!(matches!(step::answer(ctx, &stranger, (case.id, asked.version), "2020").await, Err(Error::NotFound)));
        let answered = step::answer(ctx, &contributor, (case.id, asked.version), "2020").await.unwrap();
        assert_eq!(answered.status, CaseStatus::UnderReview);
        let db = field.base.raw().await;
        let letters = entity::outbox_message::Entity::find().all(&db).await.unwrap();
        assert_eq!(letters.iter().filter(|one| one.kind == entity::vocabulary::LetterKind::ReviewQuestion).count(), 1);
    }

    async fn proposals_enter_the_register(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (contributor, _) = field.people.with_role("coco", Role::Contributor, None).await;
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let db = field.base.raw().await;
        let body = entity::publisher_profile::Entity::find().one(&db).await.unwrap().unwrap().organisation_id;
        let lang = || "es".to_owned();
        let organisation = Proposed::Organisation { name: "Mapas Nuevos".into(), lang: lang(), kind: entity::vocabulary::OrganisationKind::Company, website: None, description: None, sector: None, area: None, locality: None, cited: cited() };
        let made = propose::propose(ctx, &contributor, New::Content(organisation), None, None).await.unwrap();
        let made = decide::decide(ctx, &curator, (made.id, 1), accept()).await.unwrap();
        let id = made.case.organisation_id.unwrap();
        let row = entity::organisation::Entity::find_by_id(id).one(&db).await.unwrap().unwrap();
        assert_eq!((row.slug.as_str(), row.visibility, row.consent), ("mapas-nuevos", RowVisibility::Public, Consent::Pending));

        let dataset = Proposed::Dataset { title: "Aforo vial".into(), lang: lang(), publisher: body, landing_page: None, description: None, cited: cited() };
        let dataset = propose::propose(ctx, &contributor, New::Content(dataset), None, None).await.unwrap();
        let dataset = decide::decide(ctx, &curator, (dataset.id, 1), accept()).await.unwrap().case.subject_id.unwrap();
        let new = NewUse { organisation: id, target: Target::Dataset(dataset.into()), ..new_use(&field).await };
        let used = propose::propose(ctx, &contributor, New::Use(new), None, None).await.unwrap();
        decide::decide(ctx, &curator, (used.id, 1), accept()).await.unwrap();
        let stands = decide::undo(ctx, &curator, (made.case.id, made.case.version), "no").await;
        assert!(matches!(stands, Err(Error::Conflict(_))), "a claim hangs on it");

        let correction = Proposed::Correction { subject: Subject::Organisation(id), field: Property::Website, value: "https://mapas.example".into(), lang: lang(), cited: None };
        let correction = propose::propose(ctx, &contributor, New::Content(correction), None, None).await.unwrap();
        decide::decide(ctx, &curator, (correction.id, 1), accept()).await.unwrap();
        let row = entity::organisation::Entity::find_by_id(id).one(&db).await.unwrap().unwrap();
        assert_eq!(row.website.as_deref(), Some("https://mapas.example/"));

        let claim = Subject::UseClaim(entity::id::UseClaimId(used.subject_id.unwrap()));
        let against = Cited { polarity: Polarity::Contradicts, url: "https://example.org/denial".into(), ..cited() };
        let evidence = propose::propose(ctx, &contributor, New::Content(Proposed::Evidence { claim, cited: against }), None, None).await.unwrap();
        let done = decide::decide(ctx, &curator, (evidence.id, 1), accept()).await.unwrap();
        assert_eq!((done.grade, claim_of(&field, &used).await.grade), (Some(Grade::E), Grade::E));
        let done = decide::undo(ctx, &curator, (evidence.id, done.case.version), "not about this").await.unwrap();
        assert_eq!((done.status, claim_of(&field, &used).await.grade), (CaseStatus::UnderReview, Grade::B));
    }

    async fn doubt_holds_once_it_is_shared(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (contributor, _) = field.people.with_role("coco", Role::Contributor, None).await;
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let (other, _) = field.people.with_role("clio", Role::Curator, None).await;
        let used = propose::propose(ctx, &contributor, New::Use(new_use(&field).await), None, None).await.unwrap();
        let claim = Subject::UseClaim(entity::id::UseClaimId(used.subject_id.unwrap()));
        decide::decide(ctx, &curator, (used.id, 1), accept()).await.unwrap();
        let doubt = dispute::dispute(ctx, &contributor, claim, "They stopped", None).await.unwrap();
        assert_eq!(claim_of(&field, &used).await.status, ClaimStatus::Accepted, "one contributor takes nothing down");
        assert!(dispute::dispute(ctx, &contributor, claim, "Again", None).await.is_err());
        decide::decide(ctx, &curator, (doubt.id, 1), accept()).await.unwrap();
        let row = claim_of(&field, &used).await;
        assert_eq!((row.status, row.grade), (ClaimStatus::Disputed, Grade::E));
        decide::undo(ctx, &curator, (doubt.id, 2), "it was another firm").await.unwrap();
        decide::decide(ctx, &curator, (doubt.id, 3), reject("they go on")).await.unwrap();
        assert_eq!(claim_of(&field, &used).await.status, ClaimStatus::Accepted);

        let own = dispute::dispute(ctx, &other, claim, "I doubt it", None).await.unwrap();
        assert_eq!(claim_of(&field, &used).await.status, ClaimStatus::Disputed, "a curator's doubt holds at once");
        assert!(matches!(decide::decide(ctx, &other, (own.id, 1), accept()).await, Err(Error::Forbidden)));
        decide::decide(ctx, &curator, (own.id, 1), reject("no")).await.unwrap();
        assert_eq!(claim_of(&field, &used).await.status, ClaimStatus::Accepted);
        let gone = dispute::retract(ctx, &curator, claim, "recorded by mistake", None).await.unwrap();
        assert_eq!(claim_of(&field, &used).await.status, ClaimStatus::Retracted);
        decide::undo(ctx, &other, (gone.id, gone.version), "it was right").await.unwrap();
        assert_eq!(claim_of(&field, &used).await.status, ClaimStatus::Accepted);
    }

    async fn a_representative_speaks_for_the_own_organisation_alone(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (contributor, _) = field.people.with_role("coco", Role::Contributor, None).await;
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let new = new_use(&field).await;
        let (rep, _) = field.people.with_role("rita", Role::OrganisationRepresentative, Some(new.organisation.0)).await;
        let db = field.base.raw().await;
        let others = entity::organisation::Entity::find().all(&db).await.unwrap();
        let elsewhere = others.iter().find(|row| row.entity_id != new.organisation).unwrap().entity_id;
        let (stranger, _) = field.people.with_role("rosi", Role::OrganisationRepresentative, Some(elsewhere.0)).await;
        let organisation = new.organisation;
        let used = propose::propose(ctx, &contributor, New::Use(new), None, None).await.unwrap();
        decide::decide(ctx, &curator, (used.id, 1), accept()).await.unwrap();
        let claim = entity::id::UseClaimId(used.subject_id.unwrap());
        for actor in [&stranger, &contributor, &curator, &Actor::Anonymous] {
            assert!(organisation::own(ctx, actor, organisation, "en").await.is_err());
            assert!(organisation::confirm(ctx, actor, claim, (VerificationDecision::Confirmed, ""), None).await.is_err());
        }
        let own = organisation::own(ctx, &rep, organisation, "en").await.unwrap();
        assert!(own.claims.iter().any(|one| one.row.entity_id == claim) && !own.cases.is_empty());
        let denied = organisation::confirm(ctx, &rep, claim, (VerificationDecision::NotRecognised, ""), None).await;
        assert!(matches!(denied, Err(Error::Invalid(_))), "whoever says that it is wrong says what");
        let denied = organisation::confirm(ctx, &rep, claim, (VerificationDecision::NotRecognised, "not us"), None).await.unwrap();
        assert_eq!(denied.grade, Grade::E);
        let confirmed = organisation::confirm(ctx, &rep, claim, (VerificationDecision::Confirmed, ""), None).await.unwrap();
        assert_eq!(confirmed.grade, Grade::B, "the latest word counts");
        dispute::dispute(ctx, &rep, Subject::UseClaim(claim), "we stopped", None).await.unwrap();
        assert_eq!(claim_of(&field, &used).await.status, ClaimStatus::Disputed);
    }

    async fn anybody_reports_an_error_but_not_too_often(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let db = field.base.raw().await;
        let known = entity::organisation::Entity::find().all(&db).await.unwrap();
        let known = known.iter().find(|row| row.slug.starts_with("compania")).unwrap();
        let door = Door::new(4, 60);
        let path = format!("/organisations/{}?lang=es", known.slug);
        let said = "The name is wrong, write to ana@example.org";
        let atlas = Publisher::open(ctx.clone()).await.unwrap().current();
        let report = async |last: u8, path: &str, text: &str, key: Option<&str>| {
            let said = report::Said { path, text };
            report::report((ctx, &atlas), (&door, from(last)), &Actor::Anonymous, said, key).await
        };
        // Sent twice at once and once more, it is one report; what was answered before is no knock at the door.
        let (one, two) = tokio::join!(report(6, &path, said, Some("k")), report(6, &path, said, Some("k")));
        one.unwrap();
        two.unwrap();
        report(7, &path, said, Some("k")).await.unwrap();
        let cases = entity::review_case::Entity::find().all(&db).await.unwrap();
        let cases: Vec<_> = cases.into_iter().filter(|case| case.kind == CaseKind::ErrorReport).collect();
        let [case] = cases.as_slice() else { panic!("{cases:?}") };
        assert_eq!((case.organisation_id, case.mentions_person, case.proposer_id), (Some(known.entity_id), true, None));
        let long = "y".repeat(5_000);
        for (path, text, field, sentence) in [
            ("https://evil.example", "x", "about", "name a page of this site, such as /organisations/empresa"),
            ("//evil.example/x", "x", "about", "name a page of this site, such as /organisations/empresa"),
            ("/organisations/nobody", "x", "about", "this site has no page at this address; give that of a page, such as /organisations/empresa"),
            ("/answer/od5_secret", "x", "about", "this site has no page at this address; give that of a page, such as /organisations/empresa"),
            ("/about", "", "text", "this is needed"),
            ("/about", &long, "text", "this has at most 2000 characters"),
        ] {
            let Err(Error::Invalid(faults)) = report(8, path, text, None).await else { panic!("{path} was taken") };
            let said: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.message.as_str())).collect();
            assert_eq!(said, [(field, sentence)], "{path}");
        }
        for key in ["b", "c", "d"] {
            report(7, "/about", "y", Some(key)).await.unwrap();
        }
        report(7, "/about", "another", Some("d")).await.unwrap();
        assert!(matches!(report(7, "/about", "y", Some("e")).await, Err(Error::TooMany(_))));
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let page = queue::page(ctx, &curator, &Filter { kinds: vec![CaseKind::ErrorReport], ..Filter::default() }, (None, 3), "en").await.unwrap();
        assert_eq!((page.total, page.cases.len(), page.next.is_some()), (5, 3, true));
        let rest = queue::page(ctx, &curator, &Filter { kinds: vec![CaseKind::ErrorReport], ..Filter::default() }, (page.next.as_deref(), 3), "en").await.unwrap();
        assert_eq!((rest.cases.len(), rest.next), (2, None));
    }
}

/// The current rows as text, without what says when and by whom they were written.
fn current(dump: &std::collections::BTreeMap<&'static str, Vec<String>>) -> Vec<String> {
    let mut rows = Vec::new();
    for (table, all) in dump {
        for row in all.iter().filter(|row| row.contains("superseded_at: None")) {
            let mut kept = Vec::new();
            for part in row.split(", ") {
                let is_book = ["recorded_at:", "created_by:"].iter().any(|name| part.starts_with(name));
                // What was ended and begins anew has an id of its own.
                let is_id = *table == "organisation_missing" && part.contains("id: OrganisationMissingId");
                if !is_book && !is_id {
                    kept.push(part);
                }
            }
            rows.push(format!("{table} {}", kept.join(", ")));
        }
    }
    rows.sort();
    rows
}
