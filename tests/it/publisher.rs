//! Whoever speaks for a publisher answers the claims on its data, and nobody else does.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use entity::id::UseClaimId;
use entity::vocabulary::{
    ClaimStatus, Criticality, Decision, Grade, PublisherAck, RelationKind, Role, VerificationDecision,
};
use od100::app::Error;
use od100::app::access::grant;
use od100::app::publisher::claim::{Wanted, bodies, list, one, unanswered};
use od100::app::publisher::many::{self, Many};
use od100::app::publisher::verify::{Done, Right, Said, verify};
use od100::app::rearrange::{self, Plan};
use od100::domain::access::Actor;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use serde_json::json;

use crate::harness::on_each_database;
use crate::people::grant_for_tests;
use crate::publisher_harness::Ministry;

use VerificationDecision::{CannotTell, Confirmed, Corrected, NotRecognised};

fn all() -> Wanted {
    Wanted { first: 100, ..Wanted::default() }
}

async fn say(ministry: &Ministry, who: &Actor, claim: UseClaimId, what: VerificationDecision) -> Result<Done, Error> {
    verify(&ministry.base.ctx, who, &Said::plain(claim, what), None).await
}

async fn seen(ministry: &Ministry, who: &Actor) -> usize {
    list(&ministry.base.ctx, who, None, &all()).await.unwrap().len()
}

on_each_database! {
    async fn an_answer_moves_the_grade_and_a_later_one_stands_in_its_place(base) {
        let ministry = Ministry::over(base, 1).await;
        let lia = ministry.liaison("lia", "smn").await;
        let claim = ministry.claims(true).await[0];
        let grade = |done: Result<Done, Error>| { let done = done.unwrap(); (done.ack, done.grade) };
        assert_eq!(grade(say(&ministry, &lia, claim, Confirmed).await), (PublisherAck::Confirmed, Grade::B));
        // The same with the organisation's own word as evidence.
        ministry.run("update source set kind = 'survey_answer'").await;
        for (what, expected) in [
            (CannotTell, (PublisherAck::None, Grade::C)),
            (Confirmed, (PublisherAck::Confirmed, Grade::A)),
            (NotRecognised, (PublisherAck::NotRecognised, Grade::E)),
            (Confirmed, (PublisherAck::Confirmed, Grade::A)),
        ] {
            ministry.base.tick();
            assert_eq!(grade(say(&ministry, &lia, claim, what).await), expected, "{what:?}");
            let row = ministry.claim(claim).await;
            assert_eq!((row.publisher_ack, row.grade), expected, "{what:?}");
        }
        // Saying the same again adds nothing.
        say(&ministry, &lia, claim, Confirmed).await.unwrap();
        let rows = entity::verification::Entity::find().all(&ministry.base.raw().await).await.unwrap();
        assert_eq!(rows.len(), 5);
        assert!(rows.iter().all(|row| row.organisation_id.is_some() && row.created_by == lia.id()));
        let one = one(&ministry.base.ctx, &lia, claim).await.unwrap();
        assert_eq!(one.answer.unwrap().decision, Confirmed);
    }

    async fn an_answer_that_was_given_never_changes(base) {
        use sea_orm::ConnectionTrait;
        let ministry = Ministry::over(base, 1).await;
        let lia = ministry.liaison("lia", "smn").await;
        say(&ministry, &lia, ministry.claims(true).await[0], Confirmed).await.unwrap();
        let db = ministry.base.raw().await;
        let changed = db.execute_unprepared("update verification set decision = 'not_recognised'").await;
        assert!(changed.is_err());
    }

    async fn whoever_speaks_for_a_successor_answers_for_its_predecessor(base) {
        let ministry = Ministry::over(base, 1).await;
        // The weather service stands below the commission; take it out, so that only the succession leads to it.
        let other = ministry.body("semarnat").await;
        ministry.move_body("smn", "2020-12-31", other).await;
        let lia = ministry.liaison("lia", "conagua").await;
        let claim = ministry.claims(true).await[0];
        let pair = ("smn", "conagua");
        let today = ministry.base.ctx.today();
        let tomorrow = (today + TimeDelta::days(1)).to_string();
        assert!(matches!(say(&ministry, &lia, claim, Confirmed).await, Err(Error::Forbidden)));
        for (kind, decision, since) in [
            (RelationKind::AbsorbsFunctions, Decision::Accepted, "2021-01-01"),
            (RelationKind::SucceededBy, Decision::Proposed, "2021-01-02"),
            (RelationKind::SucceededBy, Decision::Accepted, tomorrow.as_str()),
        ] {
            ministry.succeed(pair, kind, decision, since).await;
            assert!(matches!(say(&ministry, &lia, claim, Confirmed).await, Err(Error::Forbidden)), "{kind:?} {decision:?}");
            assert_eq!(seen(&ministry, &lia).await, 1, "{kind:?} {decision:?}");
        }
        ministry.succeed(pair, RelationKind::SucceededBy, Decision::Accepted, &today.to_string()).await;
        assert_eq!(seen(&ministry, &lia).await, 2);
        let done = say(&ministry, &lia, claim, Confirmed).await.unwrap();
        assert_eq!(done.ack, PublisherAck::Confirmed);
        let row = entity::verification::Entity::find().one(&ministry.base.raw().await).await.unwrap().unwrap();
        assert_eq!(row.organisation_id, Some(ministry.body("conagua").await), "in the name of the body of today");
        let ids: Vec<_> = bodies(&ministry.base.ctx, &lia).await.unwrap().iter().map(|one| one.id).collect();
        assert!(ids.contains(&ministry.body("smn").await));
        // Nobody speaks for the successor by speaking for the predecessor.
        let old = ministry.liaison("old", "smn").await;
        assert_eq!(seen(&ministry, &old).await, 1);
        let above = od100::store::demand::body::above(&ministry.base.ctx.db, ministry.body("smn").await, today).await.unwrap();
        assert!(above.contains(&ministry.body("conagua").await), "requests follow the same rule");
    }

    async fn whoever_speaks_for_a_body_answers_for_one_that_was_merged_into_it(base) {
        let ministry = Ministry::over(base, 1).await;
        // The weather service stands below the commission; take it out, so that only the merger leads to it.
        let other = ministry.body("semarnat").await;
        ministry.move_body("smn", "2020-12-31", other).await;
        let (lia, old) = (ministry.liaison("lia", "conagua").await, ministry.liaison("old", "smn").await);
        let (of_smn, of_conagua) = (ministry.claims(true).await[0], ministry.claims(false).await[0]);
        let pair = ("smn", "conagua");
        let tomorrow = (ministry.base.ctx.today() + TimeDelta::days(1)).to_string();
        for (decision, since) in
            [(Decision::Proposed, "2021-01-01"), (Decision::Rejected, "2021-01-02"), (Decision::Accepted, tomorrow.as_str())]
        {
            ministry.succeed(pair, RelationKind::MergedInto, decision, since).await;
            assert!(matches!(say(&ministry, &lia, of_smn, Confirmed).await, Err(Error::Forbidden)), "{decision:?} {since}");
            assert_eq!(seen(&ministry, &lia).await, 1, "{decision:?} {since}");
        }
        ministry.succeed(pair, RelationKind::MergedInto, Decision::Accepted, "2021-01-03").await;
        assert_eq!(seen(&ministry, &lia).await, 2);
        assert_eq!(say(&ministry, &lia, of_smn, Confirmed).await.unwrap().ack, PublisherAck::Confirmed);
        // Whoever spoke for the body that is no more still answers for what it did, and never for the one that took it in.
        assert_eq!(seen(&ministry, &old).await, 1);
        say(&ministry, &old, of_smn, NotRecognised).await.unwrap();
        assert!(matches!(say(&ministry, &old, of_conagua, Confirmed).await, Err(Error::Forbidden)));
    }

    async fn a_liaison_follows_a_record_that_was_the_same_body_and_comes_back(base) {
        let ministry = Ministry::over(base, 1).await;
        let other = ministry.body("semarnat").await;
        ministry.move_body("smn", "2020-12-31", other).await;
        let (kept, gone) = (ministry.body("conagua").await, ministry.body("smn").await);
        let people = &ministry.town.people;
        let (_, lia) = people.with_role("lia", Role::AgencyLiaison, Some(gone.0)).await;
        let (cleo, _) = people.with_role("cleo", Role::Curator, None).await;
        let ctx = &ministry.base.ctx;
        let reach = async || {
            let who = people.actor(&lia).await;
            let mut ids: Vec<_> = bodies(ctx, &who).await.unwrap().iter().map(|one| one.id).collect();
            ids.sort();
            (ids, seen(&ministry, &who).await)
        };
        assert_eq!(reach().await, (vec![gone], 1));
        let plan = Plan::OrganisationMerge { kept, gone };
        let done = rearrange::perform(ctx, &cleo, &plan, "one body, recorded twice", None).await.unwrap();
        // One record now, with the claims of both: the grant is for that.
        assert_eq!(reach().await, (vec![kept], 2));
        ministry.base.tick();
        rearrange::undo(ctx, &cleo, done.id, "two bodies after all").await.unwrap();
        assert_eq!(reach().await, (vec![gone], 1));
    }

    async fn a_grant_covers_the_bodies_below_it_on_that_day(base) {
        let ministry = Ministry::over(base, 1).await;
        let people = &ministry.town.people;
        let (above, below) = (ministry.liaison("above", "semarnat").await, ministry.liaison("below", "smn").await);
        let (of_smn, of_conagua) = (ministry.claims(true).await[0], ministry.claims(false).await[0]);
        assert_eq!((seen(&ministry, &above).await, seen(&ministry, &below).await), (2, 1));
        say(&ministry, &above, of_smn, Confirmed).await.unwrap();
        assert!(matches!(say(&ministry, &below, of_conagua, Confirmed).await, Err(Error::Forbidden)));
        // The weather service moves out of the water commission; the day before, nothing has changed.
        let elsewhere = ministry.base.take(other_ministry(), Vec::new()).await;
        elsewhere.unwrap();
        let other = ministry.liaison("other", "otra").await;
        ministry.move_body("smn", "2025-07-01", ministry.body("otra").await).await;
        ministry.base.clock.set("2025-07-01T23:59:59Z".parse().unwrap());
        say(&ministry, &above, of_smn, NotRecognised).await.unwrap();
        assert!(matches!(say(&ministry, &other, of_smn, Confirmed).await, Err(Error::Forbidden)));
        assert_eq!(seen(&ministry, &other).await, 0);
        ministry.base.clock.set("2025-07-02T00:00:00Z".parse().unwrap());
        assert!(matches!(say(&ministry, &above, of_smn, Confirmed).await, Err(Error::Forbidden)));
        assert!(matches!(one(&ministry.base.ctx, &above, of_smn).await, Err(Error::NotFound)));
        say(&ministry, &other, of_smn, Confirmed).await.unwrap();
        assert_eq!((seen(&ministry, &above).await, seen(&ministry, &other).await), (1, 1));
        // A grant holds from its first moment until before its last.
        let id = people.account("short").await;
        let body = Some(ministry.body("otra").await.0);
        let (starts_at, ends_at) = (ministry.base.clock.now() + TimeDelta::hours(1), ministry.base.clock.now() + TimeDelta::hours(3));
        let new = grant::New {
            scope_id: body, starts_at: Some(starts_at), ends_at: Some(ends_at), ..grant_for_tests(id, Role::AgencyLiaison)
        };
        grant::give(&people.access, &Actor::Operator, new, None).await.unwrap();
        let (short, _) = people.sign_in("short").await;
        for (hours, expected) in [(0, 0), (1, 1), (1, 1), (1, 0)] {
            ministry.base.clock.set(ministry.base.clock.now() + TimeDelta::hours(hours));
            assert_eq!(seen(&ministry, &short).await, expected, "at {}", ministry.base.clock.now());
        }
        assert!(matches!(say(&ministry, &short, of_smn, CannotTell).await, Err(Error::Forbidden)));
    }

    async fn a_part_that_nobody_has_accepted_gives_no_right(base) {
        let ministry = Ministry::over(base, 1).await;
        ministry.run("update relation set decision = 'proposed'").await;
        let lia = ministry.liaison("lia", "semarnat").await;
        assert_eq!(seen(&ministry, &lia).await, 0);
        let claim = ministry.claims(true).await[0];
        assert!(matches!(say(&ministry, &lia, claim, Confirmed).await, Err(Error::Forbidden)));
    }

    async fn what_is_not_public_is_not_found(base) {
        let ministry = Ministry::over(base, 4).await;
        let lia = ministry.liaison("lia", "semarnat").await;
        assert_eq!(seen(&ministry, &lia).await, 8);
        let claim = ministry.claims(true).await[0];
        for (hide, show) in [
            ("update organisation set consent = 'no'", "update organisation set consent = 'pending'"),
            ("update use_claim set visibility = 'private'", "update use_claim set visibility = 'public'"),
            ("update use_claim set visibility = 'aggregate_only'", "update use_claim set visibility = 'public'"),
            ("update use_claim set status = 'proposed'", "update use_claim set status = 'accepted'"),
            ("update use_claim set valid_to = '2025-06-29'", "update use_claim set valid_to = null"),
        ] {
            ministry.run(hide).await;
            assert_eq!(seen(&ministry, &lia).await, 0, "{hide}");
            assert!(bodies(&ministry.base.ctx, &lia).await.unwrap().iter().all(|body| body.waiting == 0), "{hide}");
            assert!(matches!(say(&ministry, &lia, claim, Confirmed).await, Err(Error::NotFound)), "{hide}");
            ministry.run(show).await;
        }
        assert_eq!(seen(&ministry, &lia).await, 8);
        let curator = ministry.town.people.with_role("carla", Role::Curator, None).await.0;
        assert!(matches!(say(&ministry, &curator, claim, Confirmed).await, Err(Error::Forbidden)));
        assert_eq!(seen(&ministry, &curator).await, 0);
        assert!(matches!(list(&ministry.base.ctx, &Actor::Anonymous, None, &all()).await, Err(Error::Unauthenticated)));
    }

    async fn a_correction_waits_for_somebody_else(base) {
        let ministry = Ministry::over(base, 1).await;
        let lia = ministry.liaison("lia", "semarnat").await;
        let claim = ministry.claims(false).await[0];
        let dataset = ministry.claim(ministry.claims(true).await[0]).await.dataset_id.unwrap();
        let said = |right| Said { right, note: Some("it is the rain".into()), ..Said::plain(claim, Corrected) };
        for wrong in [
            Right::default(),
            Right { criticality: Some(Criticality::Core), ..Right::default() },
            Right { dataset: Some(entity::id::DatasetId(uuid::Uuid::from_u128(7))), ..Right::default() },
        ] {
            let refused = verify(&ministry.base.ctx, &lia, &said(wrong), None).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{wrong:?}");
        }
        let right = Right { dataset: Some(dataset), criticality: Some(Criticality::Occasional) };
        let done = verify(&ministry.base.ctx, &lia, &said(right), None).await.unwrap();
        assert_eq!((done.ack, done.grade), (PublisherAck::None, Grade::D));
        let proposed = ministry.claim(done.proposed.unwrap()).await;
        assert_eq!(proposed.status, ClaimStatus::Proposed);
        assert_eq!((proposed.dataset_id, proposed.publisher_id), (Some(dataset), None));
        assert_eq!((proposed.criticality, proposed.grade), (Criticality::Occasional, Grade::B));
        assert_eq!(proposed.created_by, lia.id(), "who proposes does not decide");
        // The former claim says what it said, and the public sees nothing of the proposal.
        assert_eq!(ministry.claim(claim).await.publisher_id, Some(ministry.body("conagua").await));
        assert_eq!(seen(&ministry, &lia).await, 2);
    }

    async fn what_was_answered_in_any_way_waits_no_more(base) {
        let ministry = Ministry::over(base, 2).await;
        let lia = ministry.liaison("lia", "semarnat").await;
        let ctx = &ministry.base.ctx;
        let waiting = async || {
            let counted: u64 = bodies(ctx, &lia).await.unwrap().iter().map(|body| body.waiting).sum();
            let wanted = Wanted { first: 100, ..unanswered() };
            assert_eq!(list(ctx, &lia, None, &wanted).await.unwrap().len() as u64, counted);
            counted
        };
        assert_eq!(waiting().await, 4);
        let right = Right { criticality: Some(Criticality::Occasional), ..Right::default() };
        let mut claims = ministry.claims(true).await;
        claims.extend(ministry.claims(false).await);
        for (done, (claim, decision)) in claims.into_iter().zip([Confirmed, NotRecognised, Corrected, CannotTell]).enumerate() {
            let right = if decision == Corrected { right } else { Right::default() };
            verify(ctx, &lia, &Said { right, ..Said::plain(claim, decision) }, None).await.unwrap();
            assert_eq!(waiting().await, 3 - done as u64, "{decision:?}");
        }
        let page = ministry.town.signed_in("lia").await.get("/desk/publisher/claims?ack=waiting&lang=en").await.text();
        assert!(!page.contains("name=\"claim\""), "{page}");
    }

    async fn a_dataset_of_another_ministry_is_no_correction(base) {
        let ministry = Ministry::over(base, 1).await;
        let lia = ministry.liaison("lia", "conagua").await;
        ministry.base.take(other_ministry(), Vec::new()).await.unwrap();
        let other = ministry.body("otra").await;
        ministry.run("update dataset set publisher_id = (select organisation_id from organisation_name where text = 'OTRA') where is_series = false").await;
        assert_eq!(ministry.claims(true).await.len(), 1);
        let claim = ministry.claims(false).await[0];
        let dataset = ministry.claim(ministry.claims(true).await[0]).await.dataset_id;
        let said = Said { right: Right { dataset, criticality: None }, ..Said::plain(claim, Corrected) };
        assert!(matches!(verify(&ministry.base.ctx, &lia, &said, None).await, Err(Error::Invalid(_))), "{other}");
    }

    async fn many_are_answered_together_or_not_at_all(base) {
        let ministry = Ministry::over(base, 3).await;
        let (ctx, lia) = (&ministry.base.ctx, ministry.liaison("lia", "smn").await);
        let mine = ministry.claims(true).await;
        say(&ministry, &lia, mine[0], Confirmed).await.unwrap();
        let many = Many { claims: mine.clone(), decision: Confirmed, note: None, seen: BTreeMap::new() };
        let before = ministry.base.dump().await;
        let preview = many::preview(ctx, &lia, &many).await.unwrap();
        assert_eq!(preview.iter().filter(|one| one.changes()).count(), 2);
        assert_eq!(ministry.base.dump().await, before, "a preview changes nothing");
        let foreign = Many { claims: [mine.clone(), ministry.claims(false).await].concat(), ..many.clone() };
        assert!(matches!(many::preview(ctx, &lia, &foreign).await, Err(Error::Forbidden)));
        assert!(matches!(many::verify(ctx, &lia, &foreign, None).await, Err(Error::Forbidden)));
        assert_eq!(ministry.base.dump().await, before, "all or none");
        for wrong in [
            Many { claims: Vec::new(), ..many.clone() },
            Many { decision: Corrected, ..many.clone() },
            Many { claims: (0..101).map(|n| UseClaimId(uuid::Uuid::from_u128(n))).collect(), ..many.clone() },
        ] {
            assert!(matches!(many::verify(ctx, &lia, &wrong, None).await, Err(Error::Invalid(_))), "{wrong:?}");
        }
        let done = many::verify(ctx, &lia, &many, Some("key")).await.unwrap();
        assert_eq!(many::verify(ctx, &lia, &many, Some("key")).await.unwrap(), done);
        for (id, one) in mine.iter().zip(&preview) {
            let row = ministry.claim(*id).await;
            assert_eq!((row.publisher_ack, row.grade), one.after);
        }
    }

    async fn what_was_answered_meanwhile_is_left_as_it_stands(base) {
        let ministry = Ministry::over(base, 4).await;
        let (ctx, lia) = (&ministry.base.ctx, ministry.liaison("lia", "smn").await);
        let mine = ministry.claims(true).await;
        let [first, denied, same, gone] = *mine else { panic!("{mine:?}") };
        let many = Many { claims: mine.clone(), decision: Confirmed, note: None, seen: BTreeMap::new() };
        let preview = many::preview(ctx, &lia, &many).await.unwrap();
        let seen = preview.iter().map(|one| (one.claim.id, one.seen)).collect();
        let many = Many { seen, ..many };
        say(&ministry, &lia, denied, NotRecognised).await.unwrap();
        say(&ministry, &lia, same, Confirmed).await.unwrap();
        let mut retracted = ministry.claim(gone).await.into_active_model();
        retracted.status = Set(ClaimStatus::Retracted);
        retracted.update(&ministry.base.raw().await).await.unwrap();
        ministry.base.tick();
        let before = ministry.base.dump().await;
        let refused = many::verify_all(ctx, &lia, &Many { claims: vec![first, denied], ..many.clone() }, None).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        assert_eq!(ministry.base.dump().await, before, "all or none");
        let outcome = many::verify(ctx, &lia, &many, Some("key")).await.unwrap();
        let mut done: Vec<_> = outcome.done.iter().map(|one| one.claim).collect();
        done.sort_unstable();
        let mut expected = vec![first, same];
        expected.sort_unstable();
        assert_eq!((done, &outcome.changed, &outcome.gone), (expected, &vec![denied], &vec![gone]));
        assert_eq!(ministry.claim(first).await.publisher_ack, PublisherAck::Confirmed);
        assert_eq!(ministry.claim(denied).await.publisher_ack, PublisherAck::NotRecognised);
        assert_eq!(many::verify(ctx, &lia, &many, Some("key")).await.unwrap(), outcome, "sent twice it is done once");
    }

    async fn the_form_for_many_names_what_was_answered_meanwhile(base) {
        let ministry = Ministry::over(base, 2).await;
        let lia = ministry.liaison("lia", "smn").await;
        let mut browser = ministry.town.signed_in("lia").await;
        let mine = ministry.claims(true).await;
        let query: String = mine.iter().map(|id| format!("claim={id}&")).collect();
        let page = browser.get(&format!("/desk/publisher/preview?lang=en&{query}decision=confirmed")).await.text();
        let held: Vec<String> = mine.iter().map(|id| format!("{id} none")).collect();
        assert!(held.iter().all(|one| page.contains(&format!("name=\"seen\" value=\"{one}\""))), "{page}");
        say(&ministry, &lia, mine[0], NotRecognised).await.unwrap();
        let ids: Vec<String> = mine.iter().map(ToString::to_string).collect();
        let mut fields = vec![("decision", "confirmed")];
        fields.extend(ids.iter().map(|id| ("claim", id.as_str())));
        fields.extend(held.iter().map(|one| ("seen", one.as_str())));
        let answered = browser.form("/desk/publisher/many?lang=en", &fields).await;
        assert_eq!(answered.status, 200);
        let said = answered.text();
        assert!(said.contains("1 answer is recorded.") && said.contains("Not recognised by the body"), "{said}");
        assert!(said.contains(&format!("/desk/publisher/claims/{}", mine[0])), "{said}");
        assert!(!said.contains(&format!("/desk/publisher/claims/{}", mine[1])), "{said}");
        assert_eq!(ministry.claim(mine[0]).await.publisher_ack, PublisherAck::NotRecognised);
        assert_eq!(ministry.claim(mine[1]).await.publisher_ack, PublisherAck::Confirmed);
        // Both have been answered by now, one of them as this says again.
        let again = browser.form("/desk/publisher/many?lang=en", &[fields[0], fields[1], fields[3]]).await;
        assert_eq!(again.status, 409, "nothing was done");
    }

    async fn the_public_sees_what_was_confirmed(base) {
        let ministry = Ministry::over(base, 1).await;
        let mut lia = { ministry.liaison("lia", "smn").await; ministry.town.signed_in("lia").await };
        let mine = lia.desk("{ myPublishers { slug waitingCount } publisherClaims(ack: [NONE]) { edges { node { id grade evidence { title } } } } }", json!({})).await.json();
        assert_eq!(mine["data"]["myPublishers"][0]["waitingCount"], 1, "{mine}");
        let edges = &mine["data"]["publisherClaims"]["edges"];
        assert_eq!(edges.as_array().unwrap().len(), 1);
        let id = edges[0]["node"]["id"].as_str().unwrap();
        let confirm = "mutation($id: ID!) { claimConfirm(input: { claimId: $id, decision: CONFIRMED }) { confirmation { grade publisherAck } userErrors { message } } }";
        let done = lia.desk(confirm, json!({ "id": id })).await.json();
        assert_eq!(done["data"]["claimConfirm"]["confirmation"], json!({ "grade": "B", "publisherAck": "CONFIRMED" }), "{done}");
        // Who has not seen that answer changes nothing; who has may take it back.
        let stands = lia.desk("{ publisherClaims(ack: [CONFIRMED]) { edges { node { answer { id } } } } }", json!({})).await.json();
        let answer = &stands["data"]["publisherClaims"]["edges"][0]["node"]["answer"]["id"];
        let many = "mutation($id: ID!, $seen: [ClaimSeenInput!]) { claimsConfirmMany(input: { claimIds: [$id], decision: CONFIRMED, note: \"so\", seen: $seen }) { confirmations { claimId } userErrors { code message } } }";
        let one = "mutation($id: ID!, $seen: AnswerSeenInput) { claimConfirm(input: { claimId: $id, decision: CONFIRMED, note: \"it is\", seen: $seen }) { confirmation { claimId } userErrors { code message } } }";
        for (seen, code) in [(json!({}), Some("CONFLICT")), (json!({ "answerId": answer }), None)] {
            let said = lia.desk(one, json!({ "id": id, "seen": seen })).await.json();
            assert_eq!(said["data"]["claimConfirm"]["userErrors"][0]["code"].as_str(), code, "{said}");
        }
        // That was another answer.
        for (seen, code) in [(json!([{ "claimId": id, "answerId": answer }]), Some("CONFLICT")), (json!([]), None)] {
            let said = lia.desk(many, json!({ "id": id, "seen": seen })).await.json();
            assert_eq!(said["data"]["claimsConfirmMany"]["userErrors"][0]["code"].as_str(), code, "{said}");
        }
        // A fresh server reads what was written.
        let town = crate::desk_harness::Town::over(&ministry.base).await;
        let public = town.browser().public("query($id: ID!) { node(id: $id) { ... on UseClaim { grade publisherAck } } }", json!({ "id": id })).await.json();
        assert_eq!(public["data"]["node"], json!({ "grade": "B", "publisherAck": "CONFIRMED" }), "{public}");
    }

    async fn the_pages_of_the_desk_need_no_script(base) {
        let ministry = Ministry::over(base, 2).await;
        ministry.liaison("lia", "semarnat").await;
        ministry.liaison("other", "smn").await;
        let mut lia = ministry.town.signed_in("lia").await;
        let home = lia.get("/desk/publisher?lang=en").await;
        assert_eq!(home.status, 200);
        assert!(home.text().contains("4 uses of your data wait"), "{}", home.text());
        let listed = lia.get("/desk/publisher/claims?ack=waiting&lang=en").await.text();
        assert_eq!(listed.matches("name=\"claim\"").count(), 4);
        let claim = ministry.claims(false).await[0];
        let path = format!("/desk/publisher/claims/{claim}?lang=en");
        assert!(lia.get(&path).await.text().contains("Yes, I confirm it"));
        let mut other = ministry.town.signed_in("other").await;
        assert_eq!(other.get(&path).await.status, 404, "another body's claim");
        assert_eq!(other.form(&path, &[("decision", "confirmed")]).await.status, 403);
        assert_eq!(lia.form(&path, &[("decision", "corrected")]).await.status, 422);
        assert_eq!(lia.form(&path, &[("decision", "confirmed"), ("note", "we know them")]).await.status, 303);
        let shown = lia.get(&path).await.text();
        assert!(shown.contains("Confirmed by the body") && shown.contains("we know them"));
        let rest: Vec<String> = ministry.claims(true).await.iter().map(ToString::to_string).collect();
        let fields: Vec<(&str, &str)> = rest.iter().map(|id| ("claim", id.as_str())).chain([("decision", "not_recognised")]).collect();
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
        let preview = lia.get(&format!("/desk/publisher/preview?lang=en&{query}")).await;
        assert!(preview.text().contains("2 of 2 would change"), "{}", preview.text());
        assert_eq!(ministry.claim(ministry.claims(true).await[0]).await.publisher_ack, PublisherAck::None);
        assert_eq!(lia.form("/desk/publisher/many", &fields).await.status, 303);
        assert_eq!(ministry.claim(ministry.claims(true).await[0]).await.publisher_ack, PublisherAck::NotRecognised);
        for path in ["/desk/publisher", "/desk/publisher/claims"] {
            assert_eq!(ministry.town.browser().get(path).await.status, 303, "{path}");
        }
    }
}

/// A study with one more body.
fn other_ministry() -> od100::domain::draft::Header {
    let mut header = crate::harness::header();
    header.source = "other".to_owned();
    header.study = None;
    header.waves.clear();
    header.relations.clear();
    header.datasets.clear();
    header.observations.clear();
    header.bodies.truncate(1);
    header.bodies[0].key = "otra".to_owned();
    header.bodies[0].name = "Otra Secretaría".to_owned();
    header.bodies[0].acronym = Some("OTRA".to_owned());
    header
}
