//! Roles, and what waits for a decision, follow a record that becomes part of another, and come back.

use entity::id::{OrganisationId, ResponseId};
use entity::vocabulary::{AssertedPart, ObservationStatus, ResponseStatus, Role, RowVisibility, TakeoverProof};
use od100::analysis::panel;
use od100::app::publish::Publisher;
use od100::app::rearrange::{self, Plan, Remark};
use od100::app::review::case;
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::review::dispute;
use od100::app::review::organisation::{self, spoken_for};
use od100::app::review::propose::{self, New};
use od100::app::survey::response;
use od100::app::takeover;
use od100::domain::participation::Step;
use od100::domain::review::{Field, Proposed, Subject};
use od100::store;
use od100::store::slug::{self, Kind};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::harness::{self, Base, on_each_database};
use crate::people::People;
use crate::review::cited;
use crate::survey_harness::{self, send};

/// Two firms that somebody took for two, with values that everybody may see.
async fn two(base: &Base) -> (OrganisationId, OrganisationId) {
    let mut drafts = harness::organisations(2);
    for value in drafts.iter_mut().flat_map(|one| &mut one.observations) {
        (value.visibility, value.status) = (RowVisibility::Public, ObservationStatus::Normal);
    }
    base.take(harness::header(), drafts).await.unwrap();
    let all = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
    let mut ids: Vec<_> = all.iter().filter(|row| row.slug.starts_with("compania")).map(|row| row.entity_id).collect();
    ids.sort();
    (ids[0], ids[1])
}

on_each_database! {
    async fn nobody_is_given_an_address_that_leads_to_another(base) {
        let (kept, gone) = two(&base).await;
        let (people, ctx) = (People::over(&base), &base.ctx);
        let (cleo, _) = people.with_role("cleo", Role::Curator, None).await;
        let all = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
        let slug = all.iter().find(|row| row.entity_id == gone).unwrap().slug.clone();
        rearrange::perform(ctx, &cleo, &Plan::OrganisationMerge { kept, gone }, "one firm", None).await.unwrap();
        let transaction = od100::store::begin(&ctx.db).await.unwrap();
        let on = od100::store::review::On::Write(&transaction);
        for (kind, base, expected) in [
            (Kind::Organisation, slug.as_str(), format!("{slug}-2")),
            (Kind::Dataset, slug.as_str(), slug.clone()),
            (Kind::DataRequest, "new", "new-2".to_owned()),
        ] {
            assert_eq!(slug::free(on, kind, base.to_owned()).await.unwrap(), expected, "{kind:?}");
        }
    }

    async fn roles_and_cases_follow_a_merge_and_come_back(base) {
        let (kept, gone) = two(&base).await;
        let (people, ctx) = (People::over(&base), &base.ctx);
        let (rita, secret) = people.with_role("rita", Role::OrganisationRepresentative, Some(gone.0)).await;
        people.with_role("kato", Role::OrganisationRepresentative, Some(kept.0)).await;
        let (coco, _) = people.with_role("coco", Role::Contributor, None).await;
        let (cleo, _) = people.with_role("cleo", Role::Curator, None).await;
        let correction = New::Content(Proposed::Correction {
            subject: Subject::Organisation(gone),
            field: Field::Website,
            value: "https://new.example.com".to_owned(),
            lang: "es".to_owned(),
            cited: Some(cited()),
        });
        let waits = propose::propose(ctx, &coco, correction, None, None).await.unwrap();
        let asks = takeover::New { organisation: gone, proof: TakeoverProof::Curator, note: "its director".to_owned() };
        let asks = takeover::begin(&people.access, &coco, asks, None).await.unwrap().row;

        let plan = Plan::OrganisationMerge { kept, gone };
        let effect = rearrange::preview(ctx, &cleo, &plan).await.unwrap();
        let counted = ["role_grant", "review_case", "profile_takeover"].map(|table| effect.moved.get(table).copied());
        assert_eq!(counted, [Some(1); 3], "{effect:?}");
        assert_eq!(spoken_for(&people.actor(&secret).await, ctx.now()), [gone], "a preview changes nothing");
        let done = rearrange::perform(ctx, &cleo, &plan, "one firm", None).await.unwrap();
        assert_eq!(spoken_for(&people.actor(&secret).await, ctx.now()), [kept]);
        let row = entity::profile_takeover::Entity::find_by_id(asks.id).one(&base.raw().await).await.unwrap().unwrap();
        assert_eq!(row.organisation_id, kept);
        let sheet = case::sheet(ctx, &cleo, waits.id, "en").await.unwrap();
        assert_eq!(sheet.case.organisation_id, Some(kept));
        assert!(matches!(sheet.outlook, case::Outlook::Ready(_)), "{:?}", sheet.outlook);
        // Who still writes about the one that is gone is told where it went.
        let late = New::Content(Proposed::Correction {
            subject: Subject::Organisation(gone),
            field: Field::Website,
            value: "https://late.example.com".to_owned(),
            lang: "es".to_owned(),
            cited: Some(cited()),
        });
        let told = propose::propose(ctx, &coco, late, None, None).await.unwrap_err().to_string();
        let all = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
        let slug_of = |id| all.iter().find(|row| row.entity_id == id).unwrap().slug.clone();
        assert!(told.contains(&format!("/organisations/{}", slug_of(kept))), "{told}");
        let old = format!("/organisations/{}", slug_of(gone));
        assert_eq!(od100::app::review::merged::at(ctx, &coco, &old).await.unwrap(), Some(told));
        assert_eq!(od100::app::review::merged::at(ctx, &coco, "/organisations/never-was").await.unwrap(), None);
        let twice = rearrange::perform(ctx, &cleo, &plan, "one firm", None).await.unwrap_err().to_string();
        assert!(twice.contains(&slug_of(kept)), "{twice}");
        // Who still has the page from before is told to look again.
        let accept = || Decision { verdict: Verdict::Accept, reason: String::new(), target: None };
        assert!(decide::decide(ctx, &cleo, (waits.id, waits.version), accept()).await.is_err());

        // Whoever speaks for it reads under which name each use was said.
        let own = organisation::own(ctx, &people.actor(&secret).await, kept, "es").await.unwrap();
        let name = entity::asserted_name::Model {
            rearrangement_id: done.id,
            claim_id: own.claims[0].row.entity_id.0,
            part: AssertedPart::Organisation,
            text: "La Compañía de antes".to_owned(),
        };
        let row = entity::asserted_name::Entity::insert(name.into_active_model());
        row.exec_without_returning(&base.raw().await).await.unwrap();
        let own = organisation::own(ctx, &people.actor(&secret).await, kept, "es").await.unwrap();
        assert_eq!(own.claims[0].asserted, [(AssertedPart::Organisation, "La Compañía de antes".to_owned())]);

        base.tick();
        rearrange::undo(ctx, &cleo, done.id, "two firms after all").await.unwrap();
        assert_eq!(spoken_for(&people.actor(&secret).await, ctx.now()), [gone]);
        assert_eq!(spoken_for(&rita, ctx.now()), [gone]);
        let row = entity::profile_takeover::Entity::find_by_id(asks.id).one(&base.raw().await).await.unwrap().unwrap();
        assert_eq!(row.organisation_id, gone);
        let sheet = case::sheet(ctx, &cleo, waits.id, "en").await.unwrap();
        assert_eq!(sheet.case.organisation_id, Some(gone));
        let done = decide::decide(ctx, &cleo, (waits.id, sheet.case.version), accept()).await.unwrap();
        assert_eq!(done.case.organisation_id, Some(gone));
    }
    async fn a_value_that_stands_is_not_lost_to_one_that_was_taken_back(base) {
        use entity::indicator_observation::{Column, Entity, Model};
        let (kept, gone) = two(&base).await;
        let (people, ctx) = (People::over(&base), &base.ctx);
        let (cleo, _) = people.with_role("cleo", Role::Curator, None).await;
        let values = async || -> Vec<Model> {
            Entity::find().filter(Column::SupersededAt.is_null()).all(&base.raw().await).await.unwrap()
        };
        let of = |all: &[Model], id: OrganisationId| all.iter().find(|row| row.organisation_id == Some(id)).cloned();
        let before = values().await;
        let (mine, other) = (of(&before, kept).unwrap(), of(&before, gone).unwrap());
        dispute::retract(ctx, &cleo, Subject::Observation(mine.entity_id), "of another firm", None).await.unwrap();
        base.tick();
        let done = rearrange::perform(ctx, &cleo, &Plan::OrganisationMerge { kept, gone }, "one firm", None).await.unwrap();
        let merged = values().await;
        assert_eq!(of(&merged, kept).unwrap().entity_id, other.entity_id, "the accepted one stays");
        assert_eq!(merged.len(), before.len() - 1);
        base.tick();
        rearrange::undo(ctx, &cleo, done.id, "two firms after all").await.unwrap();
        let again = values().await;
        assert_eq!(of(&again, kept).unwrap().entity_id, mine.entity_id);
        assert_eq!(of(&again, gone).unwrap().entity_id, other.entity_id);
    }

    async fn of_two_responses_in_a_wave_the_one_that_came_further_counts(base) {
        use ResponseStatus::{Duplicate, Invited, Submitted, Validated};
        let field = survey_harness::Field::over(base).await;
        let (ctx, rosa) = (&field.base.ctx, &field.researcher);
        let (cleo, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let public = Publisher::open(ctx.clone()).await.unwrap();
        let stands = async |id: ResponseId| {
            let row = store::survey::response::by_id(&ctx.db, id).await.unwrap().unwrap();
            (row.organisation_id, row.status)
        };
        // As the desk counts them, and everybody else.
        let rates = async || {
            public.refresh().await.unwrap();
            let atlas = public.current();
            let shown = panel::of_wave(&atlas, atlas.wave_by_slug(&field.wave.slug).unwrap());
            let desk = response::outcomes(ctx, rosa, field.wave.entity_id).await.unwrap().rates;
            assert_eq!((shown.eligible, shown.complete), (desk.eligible, desk.complete));
            (desk.eligible, desk.complete)
        };
        let (asked, secret_of_asked) = field.invite("Uno").await;
        let (sent, secret) = field.invite("Uno SA").await;
        send(&field, &field.follow(&secret).await, true).await;
        let (one, other) = (stands(asked).await.0, stands(sent).await.0);

        // Whichever stays, whichever was asked first: what was sent counts.
        let cases = [(one, other, asked, sent, Invited, 1), (other, one, asked, sent, Invited, 1), (other, one, sent, asked, Submitted, 2)];
        for (kept, gone, less, further, before, complete) in cases {
            field.base.tick();
            let is_answered_twice = before == Submitted;
            if is_answered_twice {
                send(&field, &field.follow(&secret_of_asked).await, true).await;
                response::decide(ctx, rosa, asked, Step::Validate, "read").await.unwrap();
                field.base.tick();
            }
            let came = if is_answered_twice { Validated } else { Submitted };
            let (of_less, of_further) = (stands(less).await, stands(further).await);
            assert_eq!((of_less.1, of_further.1), (before, came));
            let plan = Plan::OrganisationMerge { kept, gone };
            let effect = rearrange::preview(ctx, &cleo, &plan).await.unwrap();
            assert_eq!(effect.remarks.contains(&Remark::AnsweredTwice), is_answered_twice, "{effect:?}");
            assert_eq!(rates().await, (2, complete), "a preview changes nothing");
            let done = rearrange::perform(ctx, &cleo, &plan, "one firm", None).await.unwrap();
            assert_eq!((stands(further).await, stands(less).await), ((kept, came), (gone, Duplicate)));
            assert_eq!(rates().await, (1, 1));
            field.base.tick();
            rearrange::undo(ctx, &cleo, done.id, "two firms after all").await.unwrap();
            assert_eq!((stands(less).await, stands(further).await), (of_less, of_further));
            assert_eq!(rates().await, (2, complete));
        }
    }
}
