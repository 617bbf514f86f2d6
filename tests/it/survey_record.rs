//! What a survey writes into the record, and that all who count it count alike.

use chrono::NaiveDate;
use entity::vocabulary::{CaseKind, ClaimStatus, ResponseStatus, Role, RowVisibility};
use od100::app::Error;
use od100::app::rearrange::{self, Plan};
use od100::app::survey::answer;
use od100::app::survey::save;
use od100::app::survey::{invite, link, response, study};
use od100::domain::instrument::{Given, Named, Use, Value};
use od100::domain::participation::Step;
use od100::store;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::api_harness::Api;
use crate::harness::{day, on_each_database};
use crate::survey_harness::{Field, accept_all, choice, mandatory, said, send, uses};

async fn claims_sent(field: &Field) -> Vec<entity::use_claim::Model> {
    let all = entity::use_claim::Entity::find().all(&field.base.raw().await).await.unwrap();
    all.into_iter().filter(|row| row.response_id.is_some() && row.superseded_at.is_none()).collect()
}

/// The organisation of the small record, invited.
async fn invited(field: &Field) -> (entity::organisation::Model, invite::Invited) {
    let all = entity::organisation::Entity::find().all(&field.base.raw().await).await.unwrap();
    let known = all.into_iter().find(|row| row.slug.starts_with("compania")).unwrap();
    let list = format!("organisation\n{}\n", known.slug);
    let how = invite::How::default();
    let mut sent = invite::invite(&field.base.ctx, &field.researcher, &field.wave, &list, how).await.unwrap();
    (known, sent.pop().unwrap())
}

on_each_database! {
    async fn a_claim_holds_since_what_was_said_else_since_its_wave_opened(base) {
        let field = Field::over(base).await;
        for (name, since) in [("Uno", None), ("Dos", Some(2019))] {
            let (_, secret) = field.invite(name).await;
            let followed = field.follow(&secret).await;
            let mut answers = mandatory(&field, true).await;
            let row = Use { since, ..uses(Named::Dataset(field.dataset().await)) };
            answers.push(said("uses", Value::Uses(vec![row])));
            save::save(&field.base.ctx, &followed, answers, None).await.unwrap();
            answer::submit(&field.base.ctx, &followed).await.unwrap();
        }
        let mut from: Vec<_> = claims_sent(&field).await.into_iter().map(|row| row.valid_from).collect();
        from.sort_unstable();
        assert_eq!(from, [Some(day("2019-01-01")), Some(day("2025-06-01"))]);
        let impacts = entity::impact_claim::Entity::find().all(&field.base.raw().await).await.unwrap();
        let own: Vec<Option<NaiveDate>> =
            impacts.iter().filter(|row| row.wave_id == Some(field.wave.entity_id)).map(|row| row.valid_from).collect();
        assert!(!own.is_empty() && own.iter().all(|from| *from == Some(field.wave.opens_on)));
    }

    async fn before_a_claim_holds_nothing_is_recorded_wherever_one_looks(base) {
        let field = Field::over(base).await;
        let (_, secret) = field.invite("Datos del Sur").await;
        let followed = field.follow(&secret).await;
        let mut answers = mandatory(&field, true).await;
        let row = Use { since: None, ..uses(Named::Dataset(field.dataset().await)) };
        answers.push(said("uses", Value::Uses(vec![row])));
        save::save(&field.base.ctx, &followed, answers, None).await.unwrap();
        answer::submit(&field.base.ctx, &followed).await.unwrap();
        accept_all(&field, &[CaseKind::UseClaim]).await;
        let api = Api::over(&field.base).await;
        for filter in [r#"{ asOf: "2010-01-01" }"#, r#"{ asOf: "2010-01-01", chapter: ["mx"] }"#] {
            let query = format!(
                "{{ organisations(filter: {filter}) {{ totalCount isRecorded }} publishers(filter: {filter}) {{ totalCount isRecorded }} \
                   counts(by: SECTOR, filter: {filter}) {{ n isRecorded }} \
                   flow(filter: {filter}, levels: [PUBLISHER, SECTOR]) {{ n isRecorded }} }}"
            );
            let said = api.ask(&query).await;
            let none = json!({ "totalCount": 0, "isRecorded": false });
            assert_eq!((&said["organisations"], &said["publishers"]), (&none, &none), "{filter}");
            let none = json!({ "n": 0, "isRecorded": false });
            assert_eq!((&said["counts"], &said["flow"]), (&none, &none), "{filter}");
        }
    }

    async fn a_use_that_is_confirmed_keeps_the_parent_that_was_stated(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let db = field.base.raw().await;
        let body = entity::publisher_profile::Entity::find().one(&db).await.unwrap().unwrap().organisation_id;
        // Each use of the small record was stated below this body.
        let row: entity::use_claim::Model = entity::use_claim::Entity::find().one(&db).await.unwrap().unwrap();
        let stated = sea_orm::sea_query::Expr::val(Some(body.0));
        entity::use_claim::Entity::update_many()
            .col_expr(entity::use_claim::Column::StatedPublisherId, stated)
            .exec(&db)
            .await
            .unwrap();
        let (known, one) = invited(&field).await;
        let followed = field.follow(one.secret.as_ref().unwrap()).await;
        let state = answer::state(ctx, &followed).await.unwrap();
        let Given::Value(Value::Uses(prefilled)) = state.answers["uses"].given.clone() else { panic!("nothing prefilled") };
        let mut distinct = prefilled.clone();
        distinct.dedup_by(|one, other| one.what == other.what);
        assert_eq!(distinct.len(), prefilled.len(), "one use is asked for once");
        let api = Api::over(&field.base).await;
        let query = format!("{{ organisation(slug: \"{}\") {{ publishersUsed }} publishers {{ totalCount }} }}", known.slug);
        let before = api.ask(&query).await;
        let mut answers = mandatory(&field, true).await;
        answers.push(said("uses", Value::Uses(prefilled.clone())));
        save::save(ctx, &followed, answers, None).await.unwrap();
        answer::submit(ctx, &followed).await.unwrap();
        accept_all(&field, &[CaseKind::UseClaim]).await;
        let claims = claims_sent(&field).await;
        assert_eq!(claims.len(), prefilled.len());
        assert!(claims.iter().all(|claim| claim.status == ClaimStatus::Accepted));
        assert!(claims.iter().all(|claim| claim.stated_publisher_id == Some(body)), "{claims:?}");
        assert!(claims.iter().all(|claim| claim.via_id == row.via_id));
        assert_eq!(Api::over(&field.base).await.ask(&query).await, before, "nothing new was named");
    }

    async fn an_example_is_no_description_and_a_size_takes_effect(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (known, one) = invited(&field).await;
        let followed = field.follow(one.secret.as_ref().unwrap()).await;
        let mut answers = mandatory(&field, true).await;
        answers.push(said("example", Value::Text("Un tablero de lluvias".into())));
        answers.push(choice("size", "51-200"));
        save::save(ctx, &followed, answers, None).await.unwrap();
        answer::submit(ctx, &followed).await.unwrap();
        response::decide(ctx, &field.researcher, one.response, Step::Validate, "read").await.unwrap();
        accept_all(&field, &[CaseKind::Attribute]).await;
        let all = entity::organisation::Entity::find().all(&field.base.raw().await).await.unwrap();
        let now = all.iter().find(|row| row.entity_id == known.entity_id && row.superseded_at.is_none()).unwrap();
        assert_eq!((&now.description, &now.summary), (&known.description, &known.summary));
        assert_eq!(now.size_band.map(entity::vocabulary::SizeBand::as_str), Some("51-200"));
        let api = Api::over(&field.base).await;
        let query = format!("{{ organisation(slug: \"{}\") {{ sizeBand summary {{ value }} answers {{ question value }} }} }}", now.slug);
        let shown = api.ask(&query).await;
        let example = json!({ "question": "example_uses", "value": "Un tablero de lluvias" });
        assert!(shown["organisation"]["answers"].as_array().unwrap().contains(&example), "{shown}");
        let page = api.get(&format!("/organisations/{}?lang=es", now.slug)).await.1;
        let told = page.split("<figure><blockquote>Un tablero de lluvias</blockquote>").nth(1).expect("the page shows it");
        assert!(told.starts_with("<figcaption>Ola 2025, 1 jun 2025</figcaption>"), "with its wave and day: {told}");
        let sent = response::sent_of(ctx, &field.researcher, one.response).await.unwrap();
        assert!(sent.iter().all(|row| row.question != "example_uses"));
        let kept = od100::store::survey::sent::answers(&ctx.db, one.response).await.unwrap();
        assert!(kept.iter().all(|row| row.visibility != RowVisibility::Public));
    }

    async fn a_merge_can_be_taken_back_when_one_has_begun_to_answer(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let of = async |id| store::survey::response::by_id(&ctx.db, id).await.unwrap().unwrap();
        let known = entity::organisation::Entity::find().all(&field.base.raw().await).await.unwrap();
        let kept = known.iter().find(|row| row.slug.starts_with("compania")).unwrap().entity_id;
        let (id, secret) = field.invite("Datos del Sur").await;
        let gone = of(id).await.organisation_id;
        let plan = Plan::OrganisationMerge { kept, gone };
        for after in [ResponseStatus::Partial, ResponseStatus::Submitted] {
            field.base.tick();
            let merged = rearrange::perform(ctx, &curator, &plan, "one company", None).await.unwrap();
            assert_eq!(of(id).await.organisation_id, kept);
            field.base.tick();
            let followed = field.follow(&secret).await;
            if after == ResponseStatus::Partial {
                save::save(ctx, &followed, vec![choice("size", "11-50")], None).await.unwrap();
            } else {
                send(&field, &followed, true).await;
            }
            assert_eq!(of(id).await.status, after);
            field.base.tick();
            let undone = rearrange::undo(ctx, &curator, merged.id, "two after all").await;
            if after == ResponseStatus::Partial {
                undone.unwrap();
                let now = of(id).await;
                assert_eq!((now.organisation_id, now.status), (gone, after), "what was begun stands");
            } else {
                assert!(matches!(undone, Err(Error::Conflict(_))), "what was sent is said of the one that stayed");
                assert_eq!(of(id).await.organisation_id, kept);
            }
        }
    }

    async fn who_was_invited_keeps_the_link_unless_it_is_renewed(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let list = "name\nUno\n";
        let invite_by = async |leaves_invited, list: &str| {
            let how = invite::How { leaves_invited, ..invite::How::default() };
            invite::invite(ctx, &field.researcher, &field.wave, list, how).await.unwrap()
        };
        let first = invite_by(true, list).await.pop().unwrap().secret.unwrap();
        let slug = {
            let all = entity::organisation::Entity::find().all(&field.base.raw().await).await.unwrap();
            all.into_iter().find(|row| row.name.contains("Uno")).unwrap().slug
        };
        let list = format!("organisation,name\n{slug},\n,Dos\n");
        let fates = invite::preview(ctx, &field.researcher, &field.wave, &list).await.unwrap();
        assert_eq!(fates.iter().map(invite::Previewed::invited_before).collect::<Vec<_>>(), [Some(ResponseStatus::Invited), None]);
        assert_eq!(invite_by(true, &list).await.iter().map(|one| one.line).collect::<Vec<_>>(), [3], "only who is new");
        assert!(link::follow(ctx, first.expose()).await.is_ok(), "the link in the first letter still opens");
        let list = format!("organisation\n{slug}\n");
        assert_eq!(invite_by(false, &list).await.len(), 1);
        assert!(link::follow(ctx, first.expose()).await.is_err(), "a new link was asked for");
    }

    async fn a_list_that_is_sent_again_finds_whom_it_invited(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let list = "name,email,website\nUno,uno@example.org,\nDos,,\nTres,tres@example.org,https://tres.example.org\n";
        let how = invite::How { leaves_invited: true, ..invite::How::default() };
        assert_eq!(invite::invite(ctx, &field.researcher, &field.wave, list, how).await.unwrap().len(), 3);
        let again = invite::preview(ctx, &field.researcher, &field.wave, &list.replace("uno@", "UNO@")).await.unwrap();
        let before: Vec<_> = again.iter().map(invite::Previewed::invited_before).collect();
        assert_eq!(before, [Some(ResponseStatus::Invited); 3], "{again:?}");
        assert_eq!(invite::invite(ctx, &field.researcher, &field.wave, list, how).await.unwrap().len(), 0);
        let other = invite::preview(ctx, &field.researcher, &field.wave, "name,email\nUno,otra@example.org\n").await.unwrap();
        assert!(matches!(&other[0].fate, invite::Fate::Problem(_)), "another person of that name may be of another organisation");
    }

    async fn a_response_that_a_merge_made_double_is_found(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let mut own = Vec::new();
        for name in ["Uno", "Uno SA"] {
            let (id, _) = field.invite(name).await;
            own.push(store::survey::response::by_id(&ctx.db, id).await.unwrap().unwrap());
        }
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let plan = Plan::OrganisationMerge { kept: own[0].organisation_id, gone: own[1].organisation_id };
        rearrange::perform(ctx, &curator, &plan, "one company", None).await.unwrap();
        let wave = field.wave.entity_id;
        let counted = response::outcomes(ctx, &field.researcher, wave).await.unwrap();
        assert!(counted.by_status.contains(&(ResponseStatus::Duplicate, 1)), "{:?}", counted.by_status);
        let found = async |status| {
            let sought = response::Sought { status, name: None };
            response::page(ctx, &field.researcher, wave, &sought, (None, 50)).await.unwrap()
        };
        let double = found(Some(ResponseStatus::Duplicate)).await;
        assert_eq!(double.iter().map(|one| one.response.entity_id).collect::<Vec<_>>(), [own[1].entity_id]);
        assert!(double[0].organisation.name.contains("Uno SA"), "it keeps the name under which it was asked");
        assert_eq!(found(None).await.len(), 2);
    }

    async fn a_row_names_all_that_is_wrong_with_it(base) {
        let field = Field::over(base).await;
        let list = "name,organisation,lang\nX,nadie,fr\n,nobody,\n";
        let rows = invite::preview(&field.base.ctx, &field.researcher, &field.wave, list).await.unwrap();
        let faults = |row: &invite::Previewed| match &row.fate {
            invite::Fate::Problem(faults) => faults.iter().map(|fault| fault.field.clone()).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(rows.iter().map(faults).collect::<Vec<_>>(), [vec!["lang", "organisation"], vec!["organisation"]]);
    }

    async fn a_row_with_a_problem_stops_a_list_unless_it_is_left_out(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let invite_by = async |leaves_problems, list: &str| {
            let how = invite::How { leaves_problems, ..invite::How::default() };
            invite::invite(ctx, &field.researcher, &field.wave, list, how).await
        };
        let list = "name,email\nUno,uno@example.org\nDos,no es\nTres,tres@example.org\n";
        let of = async || entity::response::Entity::find().filter(entity::response::Column::SupersededAt.is_null()).all(&field.base.raw().await).await.unwrap().len();
        let before = of().await;
        let Err(Error::Invalid(faults)) = invite_by(false, list).await else { panic!("a row has a problem") };
        assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["list.3.email"]);
        assert_eq!(of().await, before, "nobody was invited");
        let invited = invite_by(true, list).await.unwrap();
        assert_eq!(invited.iter().map(|one| one.line).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(of().await, before + 2);
        assert!(matches!(invite_by(true, "name,email\nDos,no es\n").await, Err(Error::Invalid(_))), "there is nobody else");
    }

    async fn the_wave_of_an_address_is_found_when_it_is_closed(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (_, secret) = field.invite("Uno").await;
        send(&field, &field.follow(&secret).await, true).await;
        study::wave_close(ctx, &field.researcher, field.wave.entity_id).await.unwrap();
        assert!(study::open_wave(ctx, &field.wave.slug).await.unwrap().is_none());
        let found = study::begun_wave(ctx, &field.wave.slug).await.unwrap().unwrap();
        assert_eq!(found.entity_id, field.wave.entity_id);
        assert!(study::begun_wave(ctx, "no-such-wave").await.unwrap().is_none());
    }
}
