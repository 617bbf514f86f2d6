//! The life of a wave: instruments, invitations, answering, sending, and what comes of it.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use entity::vocabulary::{
    AssertedBy, ClaimStatus, CompletedBy, Grade, Missing, ProposalKind, ResponseStatus, Role, RowVisibility, WaveState,
};
use od100::app::Error;
use od100::app::survey::answer;
use od100::app::survey::invite::{self, Fate};
use od100::app::survey::link::Followed;
use od100::app::survey::save::{self, Said};
use od100::app::survey::{instrument, link, nominate, preview, remind, response, study};
use od100::domain::access::Actor;
use od100::domain::instrument::{Edit, Given, Named, Reworded, Value};
use od100::domain::participation::Step;
use od100::domain::violation::Fault;
use od100::store;
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::harness::on_each_database;
use crate::people::{fault, from};
use crate::survey_harness::{
    Field, PRIVATE, another_study, choice, mandatory, new_study, new_wave, said, send, uses, who,
};

on_each_database! {
    async fn a_published_instrument_never_changes(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let of = instrument::of(ctx, &field.researcher, field.study.entity_id).await.unwrap();
        let refused = instrument::save(ctx, &field.researcher, of[0].id, &of[0].content, None).await;
        assert!(matches!(refused, Err(Error::Conflict(_))));
        let db = field.base.raw().await;
        for statement in ["update instrument set content = '{}'", "delete from instrument"] {
            let refused = db.execute_unprepared(statement).await.unwrap_err().to_string();
            assert!(refused.contains("keeps its rows as they were written"), "{statement}: {refused}");
        }
        let next = instrument::fork(ctx, &field.researcher, (field.study.entity_id, Some(of[0].id)), None).await.unwrap();
        assert_eq!((next.version.as_str(), of[0].version.as_str()), ("1.2.0", "1.1.0"), "a copy has a version of its own");
        let broken = next.content.replacen("\"es\":", "\"fr\":", 1);
        let saved = instrument::save(ctx, &field.researcher, next.id, &broken, None).await.unwrap();
        assert!(!instrument::faults(&saved).unwrap().is_empty());
        assert!(matches!(instrument::publish(ctx, &field.researcher, next.id).await, Err(Error::Invalid(_))));
        assert!(matches!(instrument::save(ctx, &field.researcher, next.id, "{\"key\":1}", None).await, Err(Error::Invalid(_))));
    }

    async fn a_draft_is_written_over_by_who_has_read_it_alone(base) {
        let field = Field::over(base).await;
        let (ctx, rosa) = (&field.base.ctx, &field.researcher);
        let draft = instrument::fork(ctx, rosa, (field.study.entity_id, None), None).await.unwrap();
        let read = instrument::revision_of(&draft);
        let first = draft.content.replacen("\"es\":", "\"fr\":", 1);
        let saved = instrument::save(ctx, rosa, draft.id, &first, Some(&read)).await.unwrap();
        let late = instrument::save(ctx, rosa, draft.id, &draft.content, Some(&read)).await;
        let Err(Error::Invalid(faults)) = late else { panic!("{late:?}") };
        assert_eq!((faults[0].field.as_str(), faults[0].fault), ("revision", Fault::Changed));
        assert_eq!(instrument::one(ctx, rosa, draft.id).await.unwrap().content, saved.content, "nothing was done");
        let now = instrument::revision_of(&saved);
        instrument::save(ctx, rosa, draft.id, &draft.content, Some(&now)).await.unwrap();

        // Each question is compared with itself: others may be changed meanwhile.
        let content = instrument::content(&draft).unwrap();
        let wording = |of: &str| BTreeMap::from([("es".to_owned(), of.to_owned()), ("en".to_owned(), of.to_owned())]);
        let edit = |key: &str, of: &str| Edit::Question {
            key: key.to_owned(),
            to: Box::new(Reworded { wording: wording(of), ..Reworded::default() }),
        };
        let shown = |key: &str| content.question(key).unwrap().revision();
        let (name, locality) = (shown("name"), shown("locality"));
        instrument::edit(ctx, rosa, draft.id, edit("name", "first"), Some(&name)).await.unwrap();
        instrument::edit(ctx, rosa, draft.id, edit("locality", "other"), Some(&locality)).await.unwrap();
        for late in [edit("name", "second"), Edit::Remove { key: "name".to_owned() }] {
            let refused = instrument::edit(ctx, rosa, draft.id, late, Some(&name)).await;
            assert!(matches!(&refused, Err(Error::Invalid(faults)) if faults[0].fault == Fault::Changed), "{refused:?}");
        }
        let row = instrument::one(ctx, rosa, draft.id).await.unwrap();
        assert_eq!(instrument::content(&row).unwrap().question("name").unwrap().wording, wording("first"));
        instrument::edit(ctx, rosa, draft.id, edit("name", "third"), None).await.unwrap();
    }

    async fn of_copies_made_at_once_each_has_a_version_of_its_own_and_each_study_counts_its_own(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (curator, _) = field.people.with_role("cora", Role::Curator, None).await;
        let other = study::create(ctx, &curator, another_study(), None).await.unwrap();
        let (stranger, _) = field.people.with_role("sara", Role::Researcher, Some(other.entity_id.0)).await;
        let copies = (0..8).map(|n| {
            let (actor, study) = if n % 2 == 0 { (&field.researcher, &field.study) } else { (&stranger, &other) };
            let (ctx, actor, study) = (ctx.clone(), actor.clone(), study.entity_id);
            tokio::spawn(async move { instrument::fork(&ctx, &actor, (study, None), None).await })
        });
        let copies: Vec<_> = copies.collect();
        let mut versions = Vec::new();
        for copy in copies {
            let row = copy.await.unwrap().unwrap();
            versions.push((row.study_id, row.version));
        }
        versions.sort_unstable();
        versions.dedup();
        assert_eq!(versions.len(), 8, "{versions:?}");
        let of = |study| versions.iter().filter(|(of, _)| *of == study).map(|(_, one)| one.as_str()).collect::<Vec<_>>();
        assert_eq!(of(other.entity_id), ["1.1.0", "1.2.0", "1.3.0", "1.4.0"]);
        assert_eq!(of(field.study.entity_id), ["1.2.0", "1.3.0", "1.4.0", "1.5.0"], "its wave asks by the first");
    }

    async fn a_draft_can_be_set_aside_and_what_is_published_cannot(base) {
        let field = Field::over(base).await;
        let (ctx, study) = (&field.base.ctx, field.study.entity_id);
        let draft = instrument::fork(ctx, &field.researcher, (study, None), None).await.unwrap();
        let (stranger, _) = field.people.with_role("coco", Role::Contributor, None).await;
        assert!(instrument::discard(ctx, &stranger, draft.id).await.is_err());
        instrument::discard(ctx, &field.researcher, draft.id).await.unwrap();
        let left = instrument::of(ctx, &field.researcher, study).await.unwrap();
        assert!(left.len() == 1 && left[0].id != draft.id, "{left:?}");
        for gone in [
            instrument::discard(ctx, &field.researcher, draft.id).await,
            instrument::publish(ctx, &field.researcher, draft.id).await,
            instrument::save(ctx, &field.researcher, draft.id, &draft.content, None).await,
            instrument::fork(ctx, &field.researcher, (study, Some(draft.id)), None).await,
        ] {
            assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
        }
        let published = instrument::discard(ctx, &field.researcher, left[0].id).await;
        assert!(matches!(published, Err(Error::Conflict(_))), "{published:?}");
        let next = instrument::fork(ctx, &field.researcher, (study, None), None).await.unwrap();
        assert_eq!((draft.version.as_str(), next.version.as_str()), ("1.2.0", "1.3.0"), "no version is given twice");
        let db = field.base.raw().await;
        let count = "select count(*) from record_change where reason = 'instrument discarded'";
        let said = db.query_one_raw(sea_orm::Statement::from_string(db.get_database_backend(), count)).await.unwrap();
        assert_eq!(said.unwrap().try_get_by_index::<i64>(0).unwrap(), 1);
    }

    async fn who_edits_a_draft_that_is_just_set_aside_is_told_that_it_is_gone(base) {
        let field = Field::over(base).await;
        let (ctx, study) = (&field.base.ctx, field.study.entity_id);
        for n in 0..8 {
            let draft = instrument::fork(ctx, &field.researcher, (study, None), None).await.unwrap();
            let edit = async {
                if n % 2 == 0 {
                    instrument::save(ctx, &field.researcher, draft.id, &draft.content, None).await
                } else {
                    instrument::publish(ctx, &field.researcher, draft.id).await
                }
            };
            let (set_aside, edited) = tokio::join!(instrument::discard(ctx, &field.researcher, draft.id), edit);
            match (set_aside, edited) {
                (Ok(_), Err(told)) => assert!(matches!(told, Error::NotFound), "{n}: {told}"),
                (Ok(_), Ok(_)) => assert_eq!(n % 2, 0, "what is published is not set aside"),
                (Err(told), Ok(_)) => assert!(n % 2 == 1 && matches!(told, Error::Conflict(_)), "{n}: {told}"),
                both => panic!("{n}: {both:?}"),
            }
        }
    }

    async fn only_who_runs_the_study_runs_it(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (contributor, _) = field.people.with_role("coco", Role::Contributor, None).await;
        let (other_curator, _) = field.people.with_role("cruz", Role::Curator, None).await;
        let other = study::create(ctx, &other_curator, study::New { title: [("es".to_owned(), "Otro".to_owned())].into(), ..new_study() }, None).await.unwrap();
        let (stranger, _) = field.people.with_role("sara", Role::Researcher, Some(other.entity_id.0)).await;
        let (id, _) = field.invite("Datos del Sur").await;
        for actor in [&contributor, &stranger, &Actor::Anonymous] {
            assert!(study::wave_close(ctx, actor, field.wave.entity_id).await.is_err());
            assert!(instrument::fork(ctx, actor, (field.study.entity_id, None), None).await.is_err());
            assert!(invite::preview(ctx, actor, &field.wave, "name\nX\n").await.is_err());
            assert!(link::rotate(ctx, actor, id, None).await.is_err());
            assert!(response::page(ctx, actor, field.wave.entity_id, &response::Sought::default(), (None, 10)).await.is_err());
            assert!(response::outcomes(ctx, actor, field.wave.entity_id).await.is_err());
            assert!(response::decide(ctx, actor, id, Step::RuleOut, "no").await.is_err());
            assert!(response::sent_of(ctx, actor, id).await.is_err());
        }
        let third = || study::New { title: [("es".to_owned(), "Tercero".to_owned())].into(), ..new_study() };
        for actor in [&contributor, &Actor::Anonymous] {
            assert!(study::create(ctx, actor, third(), None).await.is_err());
        }
        let own = study::create(ctx, &stranger, third(), None).await.unwrap();
        let (_, secret) = field.people.sign_in("sara").await;
        let again = field.people.actor(&secret).await;
        assert!(instrument::of(ctx, &again, own.entity_id).await.is_ok(), "whoever begins a study runs it");
        assert!(instrument::of(ctx, &again, field.study.entity_id).await.is_err(), "and no other");
        let unpublished = instrument::fork(ctx, &field.researcher, (field.study.entity_id, None), None).await.unwrap();
        let refused = study::wave_create(ctx, &field.researcher, new_wave(&field.study, unpublished.id), None).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "a wave asks by what is published");
    }

    async fn a_list_is_previewed_row_by_row_and_refused_as_a_whole(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let known = entity::organisation::Entity::find().all(&field.base.raw().await).await.unwrap();
        let known = known.iter().find(|row| row.slug.starts_with("compania")).unwrap();
        let list = format!(
            "organisation,name,email,website\n{},,,\n,Nueva,ana@example.org,\n,Compañía 1,,\n,Compañía 0,,https://www.example.org/x\nnadie,,,\n,Nueva,,\n,X,nope,\n",
            known.slug
        );
        let rows = invite::preview(ctx, &field.researcher, &field.wave, &list).await.unwrap();
        let fates: Vec<_> = rows.iter().map(|row| match &row.fate {
            Fate::Known { .. } => "known".to_owned(),
            Fate::New => "new".to_owned(),
            Fate::Problem(faults) => faults[0].field.clone(),
        }).collect();
        assert_eq!(fates[..2], ["known", "new"]);
        assert_eq!(fates[4..], ["organisation", "name", "email"]);
        let count = store::survey::response::counts(&ctx.db, field.wave.entity_id).await.unwrap();
        assert_eq!(count, [], "nothing was written");
        match invite::invite(ctx, &field.researcher, &field.wave, &list, invite::How::default()).await {
            Err(Error::Invalid(faults)) => assert!(faults.iter().any(|fault| fault.field == "list.8.email")),
            other => panic!("{other:?}"),
        }
    }

    async fn the_way_from_an_invitation_to_a_decision(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (id, secret) = field.invite("Datos del Sur").await;
        assert_eq!(field.status(id).await, ResponseStatus::Invited);
        let followed = field.follow(&secret).await;
        answer::state(ctx, &followed).await.unwrap();
        assert_eq!(field.status(id).await, ResponseStatus::Invited, "looking at it does nothing");
        let head = store::head(&ctx.db).await.unwrap().0;
        save::save(ctx, &followed, vec![choice("kind", "company")], Some("en")).await.unwrap();
        assert_eq!(field.status(id).await, ResponseStatus::Partial);
        assert!(matches!(answer::submit(ctx, &followed).await, Err(Error::Invalid(_))), "much is left");
        send(&field, &followed, true).await;
        assert_eq!(store::head(&ctx.db).await.unwrap().0, head + 1, "sending is one revision");
        let again = answer::submit(ctx, &field.follow(&secret).await).await.unwrap();
        assert_eq!(again, ctx.now(), "sent twice is sent once");
        let late = save::save(ctx, &followed, vec![choice("kind", "media")], None).await;
        assert!(matches!(late, Err(Error::Conflict(_))), "what was sent stays");

        let db = field.base.raw().await;
        let claims = entity::use_claim::Entity::find().all(&db).await.unwrap();
        let mine: Vec<_> = claims.iter().filter(|claim| claim.response_id == Some(id)).collect();
        assert_eq!(mine.len(), 1);
        assert_eq!((mine[0].status, mine[0].visibility), (ClaimStatus::Proposed, RowVisibility::Public));
        let evidence = entity::evidence::Entity::find().all(&db).await.unwrap();
        let of = evidence.iter().find(|one| one.use_claim_id == Some(mine[0].id)).unwrap();
        assert_eq!(of.locator.as_deref(), Some("uses"));
        let impacts = entity::impact_claim::Entity::find().all(&db).await.unwrap();
        let wave = Some(field.wave.entity_id);
        assert_eq!(impacts.iter().filter(|one| one.wave_id == wave && one.status == ClaimStatus::Proposed).count(), 2);
        let proposals = store::survey::sent::proposals(&ctx.db, id).await.unwrap();
        let kinds = |kind| proposals.iter().filter(|one| one.kind == kind).count();
        assert_eq!((kinds(ProposalKind::Use), kinds(ProposalKind::Rating), kinds(ProposalKind::Display)), (1, 0, 1));
        // What it thinks of a dataset waits for a look, and no row of it is public.
        let rated = entity::dataset_feedback::Entity::find().all(&db).await.unwrap();
        assert_eq!(rated.iter().map(|one| (one.rating, one.visibility)).collect::<Vec<_>>(), [(Some(3), RowVisibility::Private)]);
        assert_eq!(kinds(ProposalKind::Observation), 2);
        let share = proposals.iter().find(|one| one.question == "data_share").unwrap();
        assert_eq!(share.visibility, RowVisibility::Private, "as the respondent chose");

        let answers = response::sent_of(ctx, &field.researcher, id).await.unwrap();
        let of = |key: &str| answers.iter().find(|one| one.question == key).unwrap();
        assert_eq!(of("kind_other").missing, Some(Missing::NotAsked));
        assert_eq!(of("website").missing, Some(Missing::NoAnswer));
        assert!(answers.iter().all(|one| one.question != "contact"));
        let kept = store::survey::sent::answers(&ctx.db, id).await.unwrap();
        assert!(kept.iter().all(|one| one.visibility != RowVisibility::Public), "the answers themselves are for nobody");
        let refused = db.execute_unprepared("update answer set value = '\"x\"' where import_batch_id is null").await;
        assert!(refused.unwrap_err().to_string().contains("keeps its rows as they were written"));

        let done = response::decide(ctx, &field.researcher, id, Step::Validate, "looked through").await.unwrap();
        assert_eq!(done.status, ResponseStatus::Validated);
        assert!(store::head(&ctx.db).await.unwrap().0 > head);
    }

    async fn who_may_not_be_shown_says_nothing_public(base) {
        let field = Field::over(base).await;
        let (id, secret) = field.invite("Datos del Sur").await;
        let followed = field.follow(&secret).await;
        save::save(&field.base.ctx, &followed, mandatory(&field, false).await, None).await.unwrap();
        let state = answer::state(&field.base.ctx, &followed).await.unwrap();
        assert_eq!(preview::public(&state.instrument, &state.answers), Vec::<String>::new());
        answer::submit(&field.base.ctx, &followed).await.unwrap();
        let db = field.base.raw().await;
        let claims = entity::use_claim::Entity::find().all(&db).await.unwrap();
        assert!(claims.iter().filter(|one| one.response_id == Some(id)).all(|one| one.visibility == RowVisibility::AggregateOnly));
        let proposals = store::survey::sent::proposals(&field.base.ctx.db, id).await.unwrap();
        assert!(proposals.iter().all(|one| one.visibility != RowVisibility::Public));
    }

    async fn the_preview_is_what_becomes_public(base) {
        let field = Field::over(base).await;
        let (id, secret) = field.invite("Datos del Sur").await;
        let followed = field.follow(&secret).await;
        save::save(&field.base.ctx, &followed, mandatory(&field, true).await, None).await.unwrap();
        let state = answer::state(&field.base.ctx, &followed).await.unwrap();
        let promised: std::collections::BTreeSet<String> = preview::public(&state.instrument, &state.answers).into_iter().collect();
        answer::submit(&field.base.ctx, &followed).await.unwrap();
        let db = field.base.raw().await;
        let proposals = store::survey::sent::proposals(&field.base.ctx.db, id).await.unwrap();
        let mut public: std::collections::BTreeSet<String> =
            proposals.iter().filter(|one| one.visibility == RowVisibility::Public).map(|one| one.question.clone()).collect();
        let evidence = entity::evidence::Entity::find().all(&db).await.unwrap();
        let own = |one: &&entity::evidence::Model| one.created_by == Some(id.0) && one.visibility == RowVisibility::Public;
        public.extend(evidence.iter().filter(own).filter_map(|one| one.locator.clone()));
        let impacts = entity::impact_claim::Entity::find().all(&db).await.unwrap();
        let why = impacts.iter().filter(|one| one.created_by == Some(id.0) && one.visibility == RowVisibility::Public);
        public.extend(why.filter(|one| one.rationale.is_some()).map(|_| "sdg_why".to_owned()));
        assert_eq!(public, promised);
        assert!(!promised.contains("revenue") && promised.contains("uses"));
    }

    async fn a_link_shows_its_own_answers_and_no_others(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (first, one) = field.invite("Datos del Sur").await;
        let (_, two) = field.invite("Mapas del Norte").await;
        save::save(ctx, &field.follow(&one).await, vec![said("name", Value::Text(PRIVATE[2].into()))], None).await.unwrap();
        let other = answer::state(ctx, &field.follow(&two).await).await.unwrap();
        assert!(!format!("{other:?}").contains(PRIVATE[2]));
        let mine = field.follow(&one).await;
        let theirs = field.follow(&two).await;
        for forged in [Followed { actor: mine.actor.clone(), ..theirs.clone() }, Followed { actor: Actor::Anonymous, ..theirs }] {
            assert!(answer::state(ctx, &forged).await.is_err());
            assert!(save::save(ctx, &forged, Vec::new(), None).await.is_err());
            assert!(answer::submit(ctx, &forged).await.is_err());
            assert!(save::save(ctx, &forged, vec![who("X", "x@example.org", true)], None).await.is_err());
            assert!(answer::refuse(ctx, &forged).await.is_err());
        }
        assert_eq!(field.status(first).await, ResponseStatus::Partial);
    }

    async fn links_end_when_they_should(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (id, old) = field.invite("Datos del Sur").await;
        for bad in ["", "od5_", "od5_AAAA", &format!("{}x", old.expose())] {
            assert!(matches!(link::follow(ctx, bad).await, Err(Error::NotFound)), "{bad}");
        }
        let new = link::rotate(ctx, &field.researcher, id, None).await.unwrap().unwrap();
        assert!(matches!(link::follow(ctx, old.expose()).await, Err(Error::NotFound)), "a new link ends the old one");
        let followed = field.follow(&new).await;
        link::revoke(ctx, &field.researcher, followed.invitation.unwrap().id).await.unwrap();
        assert!(matches!(link::follow(ctx, new.expose()).await, Err(Error::NotFound)));
        let third = link::rotate(ctx, &field.researcher, id, None).await.unwrap().unwrap();
        let began = field.base.clock.now();
        field.base.clock.set(began + link::TERM);
        field.follow(&third).await;
        field.base.clock.set(began + link::TERM + TimeDelta::days(1));
        assert!(matches!(link::follow(ctx, third.expose()).await, Err(Error::NotFound)), "to the end of the day after 30 days");
        field.base.clock.set(began);
        study::wave_close(ctx, &field.researcher, field.wave.entity_id).await.unwrap();
        assert!(matches!(link::follow(ctx, third.expose()).await, Err(Error::NotFound)), "the wave is over");
        assert!(matches!(study::wave_open(ctx, &field.researcher, field.wave.entity_id).await, Err(Error::Conflict(_))));
        let hashes = entity::invitation::Entity::find().all(&field.base.raw().await).await.unwrap();
        assert!(hashes.iter().all(|row| row.secret_hash.len() == 64 && !row.secret_hash.contains("od5_")));
    }

    async fn what_is_known_is_offered_and_not_sent_unconfirmed(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let known = entity::organisation::Entity::find().all(&field.base.raw().await).await.unwrap();
        let known = known.iter().find(|row| row.slug.starts_with("compania")).unwrap();
        let list = format!("organisation\n{}\n", known.slug);
        let mut invited = invite::invite(ctx, &field.researcher, &field.wave, &list, invite::How::default()).await.unwrap();
        let one = invited.pop().unwrap();
        let followed = field.follow(one.secret.as_ref().unwrap()).await;
        let state = answer::state(ctx, &followed).await.unwrap();
        for key in ["name", "website", "founded", "kind", "size", "uses", "state", "locality"] {
            assert!(state.answers.get(key).is_some_and(|answer| answer.is_prefilled), "{key}");
        }
        let mut all = mandatory(&field, true).await;
        all.retain(|one| one.question != "name");
        save::save(ctx, &followed, all, None).await.unwrap();
        match answer::submit(ctx, &followed).await {
            Err(Error::Invalid(faults)) => assert_eq!(faults.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["name"]),
            other => panic!("{other:?}"),
        }
        save::save(ctx, &followed, vec![said("name", Value::Text("Otra".into()))], None).await.unwrap();
        answer::submit(ctx, &followed).await.unwrap();
        let sent = response::sent_of(ctx, &field.researcher, one.response).await.unwrap();
        let website = sent.iter().find(|one| one.question == "website").unwrap();
        assert_eq!(website.missing, Some(Missing::NoAnswer), "nobody has confirmed it");
    }

    async fn two_who_send_at_once_send_once(base) {
        let field = Field::over(base).await;
        let (id, secret) = field.invite("Datos del Sur").await;
        let followed = field.follow(&secret).await;
        save::save(&field.base.ctx, &followed, mandatory(&field, true).await, None).await.unwrap();
        let senders = (0..6).map(|_| {
            let (ctx, followed) = (field.base.ctx.clone(), followed.clone());
            tokio::spawn(async move { answer::submit(&ctx, &followed).await })
        });
        for one in senders.collect::<Vec<_>>() {
            one.await.unwrap().unwrap();
        }
        let claims = entity::use_claim::Entity::find().all(&field.base.raw().await).await.unwrap();
        assert_eq!(claims.iter().filter(|one| one.response_id == Some(id)).count(), 1);
    }

    async fn what_does_not_fit_saves_nothing(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (_, secret) = field.invite("Datos del Sur").await;
        let followed = field.follow(&secret).await;
        let unknown = Named::Dataset(entity::id::DatasetId(uuid::Uuid::from_u128(404)));
        let cases: Vec<Vec<Said>> = vec![
            vec![choice("kind", "company"), choice("size", "many")],
            vec![choice("nobody_asked", "x")],
            vec![said("uses", Value::Uses(vec![uses(unknown)]))],
            vec![Said { question: "kind".into(), given: Some(Given::Missing(Missing::NotAsked)), ..Said::default() }],
            vec![said("founded", Value::Date("2026".into()))],
            // Who sees it is not theirs to choose.
            vec![Said { visibility: Some(RowVisibility::Public), ..choice("counterfactual", "cease") }],
        ];
        for case in cases {
            assert!(matches!(save::save(ctx, &followed, case, None).await, Err(Error::Invalid(_))));
        }
        let state = answer::state(ctx, &followed).await.unwrap();
        assert!(answer::confirmed(&state.answers).is_empty());
        let own = Said { visibility: Some(RowVisibility::AggregateOnly), ..choice("counterfactual", "cease") };
        save::save(ctx, &followed, vec![own], None).await.unwrap();
        let state = answer::state(ctx, &followed).await.unwrap();
        assert_eq!(state.answers["counterfactual"].visibility, RowVisibility::AggregateOnly);
    }

    async fn organisations_put_themselves_forward_and_stay_unseen(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let door = od100::app::door::Door::new(5, 60);
        let nominee = |name: &str, email: &str| nominate::Nominee {
            name: name.to_owned(), website: String::new(), contact: PRIVATE[0].to_owned(), email: email.to_owned(), lang: "es".to_owned(),
        };
        let slug = field.wave.slug.clone();
        let secret = nominate::nominate(ctx, (&door, from(1)), &slug, nominee("Compañía 1", PRIVATE[1]), None).await.unwrap();
        let followed = field.follow(&secret).await;
        let state = answer::state(ctx, &followed).await.unwrap();
        assert_eq!(state.organisation, "Compañía 1");
        assert!(!state.answers.contains_key("website"), "what the register knows of that name is not shown");
        let row = store::survey::organisation::by_id(&ctx.db, followed.response.organisation_id).await.unwrap().unwrap();
        assert_eq!(row.visibility, RowVisibility::Private);
        let refused = nominate::nominate(ctx, (&door, from(1)), &slug, nominee(" ", "x"), None).await;
        assert_eq!(fault(refused), od100::domain::violation::Fault::Missing);
        assert!(matches!(nominate::nominate(ctx, (&door, from(1)), "no-such-wave", nominee("X", "a@example.org"), None).await, Err(Error::NotFound)));
        for number in 0..4 {
            nominate::nominate(ctx, (&door, from(1)), &slug, nominee(&format!("N{number}"), "a@example.org"), None).await.unwrap();
        }
        let often = nominate::nominate(ctx, (&door, from(1)), &slug, nominee("Otra", "a@example.org"), None).await;
        assert!(matches!(often, Err(Error::TooMany(_))));
    }

    async fn accounts_answer_for_their_own_and_the_desk_says_that_it_was_the_desk(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (id, _) = field.invite("Datos del Sur").await;
        let (own, _) = field.invite("Mapas del Norte").await;
        let organisation = store::survey::response::by_id(&ctx.db, own).await.unwrap().unwrap().organisation_id;
        let (representative, _) = field.people.with_role("ines", Role::OrganisationRepresentative, Some(organisation.0)).await;
        assert!(link::as_account(ctx, &representative, id).await.is_err(), "of another organisation");
        send(&field, &link::as_account(ctx, &representative, own).await.unwrap(), true).await;
        send(&field, &link::as_account(ctx, &field.researcher, id).await.unwrap(), true).await;
        let field = &field;
        let said = |id| async move {
            let response = store::survey::response::by_id(&ctx.db, id).await.unwrap().unwrap();
            let claims = entity::use_claim::Entity::find().all(&field.base.raw().await).await.unwrap();
            let claim = claims.into_iter().find(|claim| claim.response_id == Some(id)).unwrap();
            (response.completed_by, claim.asserted_by, claim.grade)
        };
        assert_eq!(said(own).await, (CompletedBy::Organisation, AssertedBy::SelfReported, Grade::C));
        assert_eq!(said(id).await, (CompletedBy::Researcher, AssertedBy::Curator, Grade::D));
        study::wave_close(ctx, &field.researcher, field.wave.entity_id).await.unwrap();
        assert!(link::as_account(ctx, &field.researcher, id).await.is_err());
    }

    async fn rates_and_reminders(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let mut ids = Vec::new();
        for name in ["Uno", "Dos", "Tres", "Cuatro", "Cinco"] {
            ids.push(field.invite_at(name, &format!("{name}@example.org")).await);
        }
        let mut no = who("", "", false);
        save::save(ctx, &field.follow(&ids[4].1).await, vec![no.clone()], None).await.unwrap();
        send(&field, &field.follow(&ids[0].1).await, true).await;
        answer::refuse(ctx, &field.follow(&ids[1].1).await).await.unwrap();
        response::decide(ctx, &field.researcher, ids[2].0, Step::RuleOut, "abroad").await.unwrap();
        let counted = response::outcomes(ctx, &field.researcher, field.wave.entity_id).await.unwrap();
        assert_eq!((counted.rates.all, counted.rates.eligible, counted.rates.complete, counted.rates.refused), (5, 4, 1, 1));
        assert_eq!(counted.by_question["kind"]["answered"], 1);
        assert_eq!(counted.by_question["kind_other"]["not_asked"], 1);
        let due = remind::due(ctx, &field.researcher, field.wave.entity_id).await.unwrap();
        assert_eq!(due.iter().map(|(one, _)| one.response.entity_id).collect::<Vec<_>>(), [ids[3].0], "who does not want to be written to is not reminded");
        let wave = field.wave.entity_id;
        assert_eq!(remind::send(ctx, &field.researcher, wave, None, None).await.unwrap(), [ids[3].0]);
        assert!(remind::send(ctx, &field.researcher, wave, None, None).await.is_err(), "not twice in five days");
        no.given = Some(Given::Value(Value::Consent(true)));
        save::save(ctx, &field.follow(&ids[4].1).await, vec![no], None).await.unwrap_err();
        save::save(ctx, &field.follow(&ids[4].1).await, vec![who("Ana", "ana@example.org", true)], None).await.unwrap();
        let due = remind::due(ctx, &field.researcher, wave).await.unwrap();
        assert_eq!(due.iter().map(|(one, _)| one.response.entity_id).collect::<Vec<_>>(), [ids[4].0], "who thinks again is");
        assert_eq!(remind::send(ctx, &field.researcher, wave, None, None).await.unwrap(), [ids[4].0]);
        assert_eq!(remind::due(ctx, &field.researcher, wave).await.unwrap().len(), 0);
        assert_eq!(study::wave_close(ctx, &field.researcher, wave).await.unwrap().state, WaveState::Closed);
    }
}
