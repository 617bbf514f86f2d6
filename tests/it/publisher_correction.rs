//! What becomes of a claim when its publisher corrects it, and of answers that others have overtaken.

use entity::id::UseClaimId;
use entity::vocabulary::{ClaimStatus, Criticality, Grade, Polarity, PublisherAck, Role, VerificationDecision};
use od100::app::Error;
use od100::app::publisher::claim::one;
use od100::app::publisher::verify::{Right, Said, Seen, verify};
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::review::{case, organisation};
use od100::domain::access::Actor;
use sea_orm::EntityTrait;

use crate::harness::on_each_database;
use crate::publisher_harness::Ministry;

use VerificationDecision::{CannotTell, Confirmed, Corrected, NotRecognised};

fn right(criticality: Criticality) -> Right {
    Right { criticality: Some(criticality), ..Right::default() }
}

/// Corrects a claim; the claim that is proposed in its place.
async fn correct(ministry: &Ministry, who: &Actor, claim: UseClaimId, right: Right) -> UseClaimId {
    ministry.base.tick();
    let said = Said { right, note: Some("it is the rain".into()), ..Said::plain(claim, Corrected) };
    verify(&ministry.base.ctx, who, &said, None).await.unwrap().proposed.unwrap()
}

/// A second person accepts a proposed claim.
async fn accept(ministry: &Ministry, who: &Actor, claim: UseClaimId) -> entity::use_claim::Model {
    ministry.base.tick();
    let decision = Decision { verdict: Verdict::Accept, reason: String::new(), target: None };
    decide::decide(&ministry.base.ctx, who, (claim.0.into(), 1), decision).await.unwrap();
    ministry.claim(claim).await
}

async fn series(ministry: &Ministry) -> entity::id::DatasetId {
    let all = entity::dataset::Entity::find().all(&ministry.base.raw().await).await.unwrap();
    all.into_iter().find(|row| row.is_series).unwrap().entity_id
}

async fn polarities(ministry: &Ministry, claim: UseClaimId) -> Vec<Polarity> {
    let all = entity::evidence::Entity::find().all(&ministry.base.raw().await).await.unwrap();
    all.into_iter().filter(|row| row.use_claim_id == Some(claim)).map(|row| row.polarity).collect()
}

async fn say(ministry: &Ministry, who: &Actor, claim: UseClaimId, what: VerificationDecision) -> Grade {
    ministry.base.tick();
    verify(&ministry.base.ctx, who, &Said::plain(claim, what), None).await.unwrap().grade
}

on_each_database! {
    async fn a_claim_gives_way_to_its_correction_whatever_data_that_names(base) {
        let ministry = Ministry::over(base, 1).await;
        let lia = ministry.liaison("lia", "semarnat").await;
        let cleo = ministry.town.people.with_role("cleo", Role::Curator, None).await.0;
        let claim = ministry.claims(true).await[0];
        let often = correct(&ministry, &lia, claim, right(Criticality::Occasional)).await;
        let elsewhere = correct(&ministry, &lia, claim, Right { dataset: Some(series(&ministry).await), ..Right::default() }).await;
        assert_eq!(ministry.claim(claim).await.status, ClaimStatus::Accepted, "it stays as it is until then");
        let sheet = case::sheet(&ministry.base.ctx, &cleo, elsewhere.0.into(), "en").await.unwrap();
        assert!(sheet.compared.iter().any(|one| one.field == "dataset_id" && one.stands.is_some()), "{:?}", sheet.compared);
        let now = accept(&ministry, &cleo, elsewhere).await;
        assert_eq!((now.status, now.series_id, now.grade), (ClaimStatus::Accepted, Some(series(&ministry).await), Grade::B));
        assert_eq!(ministry.claim(claim).await.status, ClaimStatus::Superseded);
        // What named the other dataset says nothing for this one.
        let mut polarities = polarities(&ministry, elsewhere).await;
        polarities.sort_by_key(|one| one.as_str());
        assert_eq!(polarities, [Polarity::Mentions, Polarity::Supports]);
        // A second correction of the same claim stands in the place of the first.
        assert_eq!(accept(&ministry, &cleo, often).await.status, ClaimStatus::Accepted);
        assert_eq!(ministry.claim(elsewhere).await.status, ClaimStatus::Superseded);
        // Taken back, what stood before stands again.
        ministry.base.tick();
        decide::undo(&ministry.base.ctx, &cleo, (often.0.into(), 2), "a slip").await.unwrap();
        assert_eq!(ministry.claim(elsewhere).await.status, ClaimStatus::Accepted);
    }

    async fn a_correction_keeps_what_speaks_of_the_same_data(base) {
        let ministry = Ministry::over(base, 1).await;
        let lia = ministry.liaison("lia", "semarnat").await;
        let cleo = ministry.town.people.with_role("cleo", Role::Curator, None).await.0;
        ministry.run("update source set kind = 'survey_answer'").await;
        let claim = ministry.claims(true).await[0];
        assert_eq!(say(&ministry, &lia, claim, Confirmed).await, Grade::A);
        let first = correct(&ministry, &lia, claim, right(Criticality::Occasional)).await;
        assert_eq!(accept(&ministry, &cleo, first).await.grade, Grade::A);
        assert_eq!(polarities(&ministry, first).await, [Polarity::Supports, Polarity::Supports]);
        // Corrected once more, the former word of the publisher has said its part.
        let second = correct(&ministry, &lia, first, right(Criticality::Supporting)).await;
        assert_eq!(accept(&ministry, &cleo, second).await.grade, Grade::A);
        assert_eq!(polarities(&ministry, second).await.len(), 2);
        assert_eq!(ministry.claim(first).await.status, ClaimStatus::Superseded);
    }

    async fn answers_of_the_desk_do_not_become_the_organisations_own(base) {
        let ministry = Ministry::over(base, 1).await;
        let lia = ministry.liaison("lia", "semarnat").await;
        let cleo = ministry.town.people.with_role("cleo", Role::Curator, None).await.0;
        ministry.run("update source set kind = 'survey_answer'").await;
        ministry.run("update use_claim set asserted_by = 'curator'").await;
        let claim = ministry.claims(true).await[0];
        assert_eq!(say(&ministry, &lia, claim, Confirmed).await, Grade::B);
        let right = correct(&ministry, &lia, claim, right(Criticality::Occasional)).await;
        assert_eq!(accept(&ministry, &cleo, right).await.grade, Grade::B);
    }

    async fn a_denial_is_told_as_one_and_outlives_what_the_publisher_says(base) {
        let ministry = Ministry::over(base, 1).await;
        let lia = ministry.liaison("lia", "semarnat").await;
        let cleo = ministry.town.people.with_role("cleo", Role::Curator, None).await.0;
        let claim = ministry.claims(true).await[0];
        let before = ministry.claim(claim).await;
        let organisation = Some(before.organisation_id.0);
        let rita = ministry.town.people.with_role("rita", Role::OrganisationRepresentative, organisation).await.0;
        let ctx = &ministry.base.ctx;
        ministry.base.tick();
        let denied = organisation::confirm(ctx, &rita, claim, (NotRecognised, "we never did"), None).await.unwrap();
        assert_eq!((denied.grade, denied.last_observed_on), (Grade::E, before.last_observed_on));
        let changes = entity::record_change::Entity::find().all(&ministry.base.raw().await).await.unwrap();
        let reasons: Vec<_> = changes.iter().map(|row| row.reason.as_str()).collect();
        assert!(reasons.contains(&"claim not recognised by its organisation"), "{reasons:?}");
        assert!(!reasons.contains(&"claim confirmed by its organisation"), "{reasons:?}");
        assert_eq!(say(&ministry, &lia, claim, Confirmed).await, Grade::E);
        let corrected = correct(&ministry, &lia, claim, right(Criticality::Occasional)).await;
        assert_eq!(accept(&ministry, &cleo, corrected).await.grade, Grade::E);
        ministry.base.tick();
        let confirmed = organisation::confirm(ctx, &rita, corrected, (Confirmed, ""), None).await.unwrap();
        assert_eq!((confirmed.grade, confirmed.last_observed_on), (Grade::A, Some(ctx.today())));
    }

    async fn an_answer_that_others_have_overtaken_is_refused(base) {
        let ministry = Ministry::over(base, 1).await;
        let lia = ministry.liaison("lia", "smn").await;
        let ctx = &ministry.base.ctx;
        let claim = ministry.claims(true).await[0];
        let said = |what, seen| Said { seen: Some(Seen(seen)), ..Said::plain(claim, what) };
        verify(ctx, &lia, &said(Confirmed, None), None).await.unwrap();
        // The same form again: what it says stands; what contradicts it is told to look again.
        assert_eq!(verify(ctx, &lia, &said(Confirmed, None), None).await.unwrap().ack, PublisherAck::Confirmed);
        for what in [NotRecognised, CannotTell] {
            assert!(matches!(verify(ctx, &lia, &said(what, None), None).await, Err(Error::Conflict(_))), "{what:?}");
        }
        let last = one(ctx, &lia, claim).await.unwrap().answer.unwrap();
        assert_eq!(last.decision, Confirmed);
        ministry.base.tick();
        let done = verify(ctx, &lia, &said(NotRecognised, Some(last.entity_id)), None).await.unwrap();
        assert_eq!(done.ack, PublisherAck::NotRecognised);
    }

    async fn the_form_holds_the_answer_that_it_was_made_from(base) {
        let ministry = Ministry::over(base, 1).await;
        ministry.liaison("lia", "smn").await;
        ministry.town.people.with_role("cleo", Role::Curator, None).await;
        let (mut lia, mut cleo) = (ministry.town.signed_in("lia").await, ministry.town.signed_in("cleo").await);
        let claim = ministry.claims(true).await[0];
        let path = format!("/desk/publisher/claims/{claim}?lang=en");
        let page = lia.get(&path).await.text();
        assert_eq!(page.matches("name=\"seen\" value=\"none\"").count(), 2, "{page}");
        let denied = [("decision", "not_recognised"), ("note", "never heard of them"), ("seen", "none")];
        assert_eq!(lia.form(&path, &denied).await.status, 303);
        let late = lia.form(&path, &[("decision", "confirmed"), ("seen", "none")]).await;
        assert_eq!(late.status, 422);
        let said = late.text();
        assert!(said.contains("This has been answered meanwhile; look at it again."), "{said}");
        assert!(said.contains("Not recognised by the body") && !said.contains("name=\"seen\" value=\"none\""), "{said}");
        assert_eq!(ministry.claim(claim).await.publisher_ack, PublisherAck::NotRecognised);
        // Reviewers read the note, and whoever else may look at the claim does not.
        let at_desk = format!("/desk/claims/use/{claim}?lang=en");
        let read = cleo.get(&at_desk).await.text();
        assert!(read.contains("<b>Publisher</b>: not recognised") && read.contains("never heard of them"), "{read}");
        assert!(!lia.get(&at_desk).await.text().contains("never heard of them"));
    }

    async fn the_same_correction_is_one_case(base) {
        let ministry = Ministry::over(base, 1).await;
        let lia = ministry.liaison("lia", "smn").await;
        let cleo = ministry.town.people.with_role("cleo", Role::Curator, None).await.0;
        let claim = ministry.claims(true).await[0];
        let first = correct(&ministry, &lia, claim, right(Criticality::Occasional)).await;
        assert_eq!(correct(&ministry, &lia, claim, right(Criticality::Occasional)).await, first);
        let other = correct(&ministry, &lia, claim, right(Criticality::Supporting)).await;
        assert_ne!(other, first);
        let cases = entity::review_case::Entity::find().all(&ministry.base.raw().await).await.unwrap();
        assert_eq!(cases.len(), 2);
        // What was rejected may be proposed again.
        ministry.base.tick();
        let decision = Decision { verdict: Verdict::Reject, reason: "no".to_owned(), target: None };
        decide::decide(&ministry.base.ctx, &cleo, (first.0.into(), 1), decision).await.unwrap();
        assert_ne!(correct(&ministry, &lia, claim, right(Criticality::Occasional)).await, first);
    }
}
