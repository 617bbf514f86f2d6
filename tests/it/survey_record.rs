//! What a survey writes into the record, and that all who count it count alike.

use chrono::NaiveDate;
use entity::id::ResponseId;
use entity::vocabulary::{Attribute, CaseKind, ClaimStatus, Missing, ResponseStatus, Role, RowVisibility};
use od100::analysis::{panel, questions};
use od100::app::Error;
use od100::app::publish::Publisher;
use od100::app::rearrange::{self, Plan};
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::review::{Filter, step};
use od100::app::survey::answer;
use od100::app::survey::save::{self, Said};
use od100::app::survey::{invite, link, response, study};
use od100::atlas::Atlas;
use od100::domain::instrument::{Given, Instrument, Named, Use, Value, tells};
use od100::domain::participation::Step;
use od100::store;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value as Json, json};

use crate::api_harness::Api;
use crate::harness::{day, on_each_database};
use crate::survey_harness::{Field, choice, mandatory, said, send, uses};

/// Decides on all that waits of some kinds, consent to be shown first: without it the rest is for sums only.
pub(crate) async fn accept_all(field: &Field, kinds: &[CaseKind]) {
    let ctx = &field.base.ctx;
    let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
    let mine = curator.account().unwrap().id;
    let open = Filter { is_open: Some(true), ..Filter::default() };
    let mut cases = store::review::page(&ctx.db, &open, None, 1_000).await.unwrap();
    cases.sort_by_key(|case| case.kind != CaseKind::Display);
    for case in cases {
        if case.kind != CaseKind::Display && !kinds.contains(&case.kind) {
            continue;
        }
        let case = step::assign(ctx, &curator, (case.id, case.version), Some(mine)).await.unwrap();
        let decision = Decision { verdict: Verdict::Accept, reason: String::new(), target: None };
        decide::decide(ctx, &curator, (case.id, case.version), decision).await.unwrap();
    }
}

async fn claims_sent(field: &Field) -> Vec<entity::use_claim::Model> {
    let all = entity::use_claim::Entity::find().all(&field.base.raw().await).await.unwrap();
    all.into_iter().filter(|row| row.response_id.is_some() && row.superseded_at.is_none()).collect()
}

fn missing(question: &str, code: Missing) -> Said {
    Said { question: question.to_owned(), given: Some(Given::Missing(code)), ..Said::default() }
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

    async fn the_public_page_and_the_desk_count_alike(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let mut links = Vec::new();
        for name in ["Uno", "Dos", "Tres", "Cuatro", "Cinco", "Seis"] {
            links.push(field.invite(name).await);
        }
        let rest = [
            vec![missing("founded", Missing::DontKnow), missing("sector", Missing::DontKnow), choice("counterfactual", "cease")],
            vec![missing("founded", Missing::DontKnow), missing("size", Missing::Refused), missing("revenue", Missing::NotApplicable)],
        ];
        let query = format!(
            "{{ wave(slug: \"{}\") {{ responseRate {{ eligible answered }} askedGoals asked \
             questions {{ attribute answered asked missing {{ code count }} }} }} }}",
            field.wave.slug
        );
        let is_kept_back = async |sent: usize| {
            let open = Api::over(&field.base).await.ask(&query).await["wave"].clone();
            let of = |attribute: &str| {
                open["questions"].as_array().unwrap().iter().find(|one| one["attribute"] == attribute).unwrap().clone()
            };
            for attribute in ["SIZE", "FOUNDED", "SECTOR"] {
                let hidden = json!({ "attribute": attribute, "answered": 0, "asked": 0, "missing": [{ "code": "SUPPRESSED", "count": sent }] });
                assert_eq!(of(attribute), hidden);
            }
            for attribute in ["PUBLISHER", "DATASET"] {
                assert_eq!(of(attribute)["missing"], json!([]), "{attribute}: what uses tell one by one is not withheld");
                assert!(open["asked"].as_array().unwrap().contains(&json!(attribute)));
            }
            assert_eq!(open["responseRate"], json!({ "eligible": 6, "answered": sent }), "that says what nobody has answered");
        };
        for (n, (_, secret)) in links.iter().take(5).enumerate() {
            let followed = field.follow(secret).await;
            let mut answers = mandatory(&field, true).await;
            answers.extend(rest.get(n).cloned().unwrap_or_default());
            save::save(ctx, &followed, answers, None).await.unwrap();
            answer::submit(ctx, &followed).await.unwrap();
            // The difference of two of these would say how the one between them has answered.
            is_kept_back(n + 1).await;
        }
        let wave = field.wave.entity_id;
        study::wave_close(ctx, &field.researcher, wave).await.unwrap();
        for is_reviewed in [false, true] {
            if is_reviewed {
                for (id, _) in &links[..2] {
                    response::decide(ctx, &field.researcher, *id, Step::Validate, "read").await.unwrap();
                }
            }
            let desk = response::outcomes(ctx, &field.researcher, wave).await.unwrap();
            assert_eq!((desk.rates.complete, desk.rates.eligible), (5, 6));
            let api = Api::over(&field.base).await;
            let public = api.ask(&query).await["wave"].clone();
            assert_eq!(public["responseRate"], json!({ "eligible": 6, "answered": 5 }), "reviewed: {is_reviewed}");
            assert_eq!(public["askedGoals"].as_array().unwrap().len(), 17);
            for asked in ["SDG", "FINANCIAL_INFO", "IF_STOPPED", "CRITICALITY", "USED_SINCE"] {
                assert!(public["asked"].as_array().unwrap().contains(&json!(asked)), "{asked}");
            }
            same(&field, &desk, &public["questions"]).await;
            let (status, page) = api.get(&format!("/waves/{}?lang=en", field.wave.slug)).await;
            assert!(status == 200 && page.contains("5 / 6"), "{page}");
        }
    }

    async fn what_waits_to_be_looked_through_is_no_gap(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let query = format!(
            "{{ wave(slug: \"{}\") {{ responseRate {{ answered pendingReview }} \
             questions {{ attribute answered asked missing {{ code count }} pendingReview }} }} }}",
            field.wave.slug
        );
        let told = async |attribute: &str| {
            let wave = Api::over(&field.base).await.ask(&query).await["wave"].clone();
            let rows = wave["questions"].as_array().unwrap();
            let row = rows.iter().find(|row| row["attribute"] == attribute).unwrap();
            let numbers = ["answered", "asked", "pendingReview"].map(|name| row[name].clone());
            (json!(numbers), row["missing"].clone(), wave["responseRate"]["pendingReview"].clone())
        };
        let mut sent = Vec::new();
        for name in ["Uno", "Dos", "Tres", "Cuatro", "Cinco"] {
            let (id, secret) = field.invite(name).await;
            send(&field, &field.follow(&secret).await, true).await;
            sent.push(id);
            if sent.len() == 1 {
                assert_eq!(told("SIZE").await, (json!([0, 0, null]), json!([{ "code": "SUPPRESSED", "count": 1 }]), json!(1)));
                assert_eq!(told("DATASET").await, (json!([0, 0, 1]), json!([]), json!(1)));
            }
        }
        study::wave_close(ctx, &field.researcher, field.wave.entity_id).await.unwrap();
        assert_eq!(told("SIZE").await, (json!([5, 5, 5]), json!([]), json!(5)));
        for attribute in ["DATASET", "CRITICALITY", "USED_SINCE"] {
            assert_eq!(told(attribute).await, (json!([0, 0, 5]), json!([]), json!(5)), "{attribute}");
        }
        let page = Api::over(&field.base).await.get(&format!("/waves/{}?lang=en", field.wave.slug)).await.1;
        for told in ["<td class=\"num\">5<span class=\"note\">\u{a0}· 5 await review", "<td class=\"num\"><span class=\"note\">5 await review"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        accept_all(&field, &[CaseKind::UseClaim]).await;
        for attribute in ["DATASET", "CRITICALITY", "USED_SINCE"] {
            assert_eq!(told(attribute).await, (json!([5, 5, 0]), json!([]), json!(5)), "{attribute}: its uses tell");
        }
        response::decide(ctx, &field.researcher, sent[0], Step::Validate, "read").await.unwrap();
        // One is known by name: how many of the other four answered a question would tell of it.
        assert_eq!(told("SIZE").await, (json!([5, 5, null]), json!([]), json!(4)));
        assert_eq!(told("DATASET").await, (json!([5, 5, 0]), json!([]), json!(4)));
    }

    async fn who_is_looked_through_tells_of_no_answer(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let mut sent = Vec::new();
        for name in ["Uno", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho", "Nueve", "Diez"] {
            let (id, secret) = field.invite(name).await;
            send(&field, &field.follow(&secret).await, true).await;
            sent.push(id);
        }
        let told = async |known_at| {
            let atlas = Atlas::build(store::load::rows(&ctx.db, day("2025-06-30"), known_at).await.unwrap());
            let rows = questions::of_wave(&atlas, atlas.wave_by_slug(&field.wave.slug).unwrap());
            [Attribute::Size, Attribute::FinancialInfo]
                .map(|of| rows.iter().find(|row| row.coverage.attribute == of).unwrap().pending)
        };
        assert_eq!(told(None).await, [None; 2], "more may be sent");
        study::wave_close(ctx, &field.researcher, field.wave.entity_id).await.unwrap();
        assert_eq!(told(None).await, [Some(10); 2]);
        let mut between = Vec::new();
        for (n, id) in sent.iter().enumerate() {
            field.base.tick();
            response::decide(ctx, &field.researcher, *id, Step::Validate, "read").await.unwrap();
            if n < 9 {
                between.push(ctx.now());
                assert_eq!(told(None).await, [None; 2], "{n}: five on both sides are no more");
            }
        }
        assert_eq!(told(None).await, [Some(0); 2]);
        for at in between {
            assert_eq!(told(Some(at)).await, [None; 2], "{at}");
        }
    }

    async fn how_a_question_was_answered_is_told_of_no_moment_between_two_sendings(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let mut moments = Vec::new();
        for name in ["Uno", "Dos", "Tres", "Cuatro", "Cinco", "Seis"] {
            let (_, secret) = field.invite(name).await;
            let head = store::head(&ctx.db).await.unwrap().0;
            field.base.tick();
            send(&field, &field.follow(&secret).await, true).await;
            assert_eq!(store::head(&ctx.db).await.unwrap().0, head + 1, "how many came back is of a revision");
            moments.push(ctx.now());
        }
        let told = async |known_at| {
            let atlas = Atlas::build(store::load::rows(&ctx.db, day("2025-06-30"), known_at).await.unwrap());
            let wave = atlas.wave_by_slug(&field.wave.slug).unwrap();
            let rows = questions::of_wave(&atlas, wave);
            let size = rows.iter().find(|row| row.coverage.attribute == Attribute::Size).unwrap().coverage;
            (panel::of_wave(&atlas, wave).complete, size.asked, size.missing[Missing::Suppressed.index()])
        };
        for is_closed in [false, true] {
            for (n, &at) in moments.iter().enumerate() {
                let n = n as u64 + 1;
                let all = if is_closed && n == 6 { (6, 6, 0) } else { (n, 0, n) };
                assert_eq!(told(Some(at)).await, all, "closed: {is_closed}");
            }
            assert_eq!(told(None).await, if is_closed { (6, 6, 0) } else { (6, 0, 6) });
            field.base.tick();
            if !is_closed {
                study::wave_close(ctx, &field.researcher, field.wave.entity_id).await.unwrap();
            }
        }
    }

    async fn who_is_asked_and_who_is_ruled_out_is_counted_in_public_at_once(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let public = Publisher::open(ctx.clone()).await.unwrap();
        let rates = async || {
            public.refresh().await.unwrap();
            let atlas = public.current();
            let wave = atlas.wave_by_slug(&field.wave.slug).unwrap();
            let found = panel::of_wave(&atlas, wave);
            (found.eligible, found.complete, panel::awaiting(&atlas, wave))
        };
        let (first, secret) = field.invite("Uno").await;
        assert_eq!(rates().await, (1, 0, 0));
        let (second, _) = field.invite("Dos").await;
        assert_eq!(rates().await, (2, 0, 0));
        send(&field, &field.follow(&secret).await, true).await;
        assert_eq!(rates().await, (2, 1, 1));
        response::decide(ctx, &field.researcher, second, Step::RuleOut, "abroad").await.unwrap();
        assert_eq!(rates().await, (1, 1, 1));
        response::decide(ctx, &field.researcher, first, Step::MarkDuplicate, "twice").await.unwrap();
        assert_eq!(rates().await, (0, 0, 0));
    }

    async fn who_is_ruled_out_takes_nobody_from_what_waits(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (first, secret) = field.invite("Uno").await;
        send(&field, &field.follow(&secret).await, true).await;
        accept_all(&field, &[CaseKind::UseClaim]).await;
        response::decide(ctx, &field.researcher, first, Step::RuleOut, "abroad").await.unwrap();
        let (_, secret) = field.invite("Dos").await;
        send(&field, &field.follow(&secret).await, true).await;
        let atlas = Atlas::build(store::load::rows(&ctx.db, day("2025-06-30"), None).await.unwrap());
        let rows = questions::of_wave(&atlas, atlas.wave_by_slug(&field.wave.slug).unwrap());
        for attribute in [Attribute::Dataset, Attribute::Criticality, Attribute::UsedSince] {
            let row = rows.iter().find(|row| row.coverage.attribute == attribute).unwrap();
            assert_eq!(row.pending, Some(1), "{attribute:?}");
        }
    }

    async fn what_a_public_use_leaves_open_is_no_gap_while_others_wait(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (id, secret) = field.invite("Uno").await;
        let followed = field.follow(&secret).await;
        let mut answers = mandatory(&field, true).await;
        let known = Use { since: None, ..uses(Named::Dataset(field.dataset().await)) };
        let unlisted = uses(Named::Unlisted("Precios de combustibles".into()));
        answers.push(said("uses", Value::Uses(vec![known, unlisted])));
        save::save(ctx, &followed, answers, None).await.unwrap();
        answer::submit(ctx, &followed).await.unwrap();
        accept_all(&field, &[CaseKind::UseClaim]).await;
        let told = async |attribute| {
            let atlas = Atlas::build(store::load::rows(&ctx.db, day("2025-06-30"), None).await.unwrap());
            let rows = questions::of_wave(&atlas, atlas.wave_by_slug(&field.wave.slug).unwrap());
            let row = rows.iter().find(|row| row.coverage.attribute == attribute).unwrap();
            (row.coverage.answered, row.coverage.asked, row.coverage.missing[Missing::NoAnswer.index()], row.pending)
        };
        assert_eq!(told(Attribute::UsedSince).await, (0, 0, 0, Some(1)), "the other use may say it");
        assert_eq!(told(Attribute::Criticality).await, (1, 1, 0, Some(0)));
        response::decide(ctx, &field.researcher, id, Step::Validate, "read").await.unwrap();
        assert_eq!(told(Attribute::UsedSince).await, (0, 1, 1, Some(0)));
    }

    async fn of_any_moment_one_version_of_a_response_stands(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (id, _) = field.invite("Uno").await;
        let early = ctx.now();
        field.base.tick();
        // Whoever waits for another's move has read the clock before it.
        for (from, to, at) in [
            (ResponseStatus::Invited, ResponseStatus::Opened, ctx.now()),
            (ResponseStatus::Opened, ResponseStatus::Partial, early),
        ] {
            let transaction = store::begin(&ctx.db).await.unwrap();
            let step = store::survey::response::Move { from, to, at, version: ResponseId(ctx.id()) };
            assert!(store::survey::response::move_status(&transaction, id, step).await.unwrap());
            transaction.commit().await.unwrap();
        }
        let versions = entity::response::Entity::find().filter(entity::response::Column::EntityId.eq(id));
        let all = versions.all(&field.base.raw().await).await.unwrap();
        let mut spans: Vec<_> = all.iter().map(|row| (row.recorded_at, row.superseded_at)).collect();
        spans.sort_unstable_by_key(|(from, until)| (*from, until.is_none(), *until));
        assert_eq!(spans.len(), 3);
        assert!(spans.windows(2).all(|two| two[0].1 == Some(two[1].0)), "{spans:?}");
        assert!(spans.iter().all(|(from, until)| until.is_none_or(|until| *from <= until)), "{spans:?}");
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

    async fn a_rate_of_a_moment_is_of_what_was_known_then(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (first, secret) = field.invite("Uno").await;
        let (second, _) = field.invite("Dos").await;
        let invited = ctx.now();
        let later = || field.base.clock.set(field.base.clock.now() + chrono::TimeDelta::minutes(1));
        later();
        send(&field, &field.follow(&secret).await, true).await;
        let sent = ctx.now();
        later();
        response::decide(ctx, &field.researcher, second, Step::RuleOut, "abroad").await.unwrap();
        let ruled_out = ctx.now();
        later();
        response::decide(ctx, &field.researcher, first, Step::Validate, "read").await.unwrap();
        for (at, eligible, complete, awaiting, answers) in [
            (Some(invited), 2, 0, 0, 0),
            (Some(sent), 2, 1, 1, 1),
            (Some(ruled_out), 1, 1, 1, 1),
            (Some(ctx.now()), 1, 1, 0, 1),
            (None, 1, 1, 0, 1),
        ] {
            let atlas = Atlas::build(store::load::rows(&ctx.db, day("2025-06-30"), at).await.unwrap());
            let wave = atlas.wave_by_slug(&field.wave.slug).unwrap();
            let rates = panel::of_wave(&atlas, wave);
            let found = (rates.eligible, rates.complete, panel::awaiting(&atlas, wave));
            assert_eq!(found, (eligible, complete, awaiting), "{at:?}");
            assert_eq!(atlas.wave(wave).returned.as_ref().unwrap().sent, answers, "{at:?}");
        }
        let desk = response::outcomes(ctx, &field.researcher, field.wave.entity_id).await.unwrap();
        assert_eq!((desk.rates.all, desk.rates.eligible, desk.rates.complete), (2, 1, 1), "each response once");
    }

    async fn what_is_for_sums_alone_is_withheld_and_what_uses_say_is_counted(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (id, secret) = field.invite("Datos del Sur").await;
        send(&field, &field.follow(&secret).await, true).await;
        accept_all(&field, &[CaseKind::UseClaim]).await;
        response::decide(ctx, &field.researcher, id, Step::Validate, "read").await.unwrap();
        let api = Api::over(&field.base).await;
        let wave = &field.wave.slug;
        let query = format!(
            "{{ datasets(first: 20) {{ nodes {{ reliance(filter: {{ wave: [\"{wave}\"] }}) {{
             n criticality {{ ...Told }} since {{ ...Told }} ifStopped {{ ...Told }} }} }} }}
             wave(slug: \"{wave}\") {{ questions {{ attribute answered asked missing {{ code count }} }} }} }}
             fragment Told on AnswerTally {{ coverage {{ answered asked missing {{ code count }} }} }}"
        );
        let told = api.ask(&query).await;
        let named = told["datasets"]["nodes"].as_array().unwrap().iter().find(|one| one["reliance"]["n"] == 1).unwrap();
        let coverage = |of: &str| named["reliance"][of]["coverage"].clone();
        let known = json!({ "answered": 1, "asked": 1, "missing": [] });
        assert_eq!((coverage("criticality"), coverage("since")), (known.clone(), known), "{told}");
        let withheld = json!({ "answered": 0, "asked": 1, "missing": [{ "code": "SUPPRESSED", "count": 1 }] });
        assert_eq!(coverage("ifStopped"), withheld, "answered or not: it is for sums alone");
        for attribute in ["CRITICALITY", "USED_SINCE"] {
            let rows = told["wave"]["questions"].as_array().unwrap();
            let row = rows.iter().find(|row| row["attribute"] == attribute).unwrap();
            assert_eq!((&row["answered"], &row["asked"]), (&json!(1), &json!(1)), "{attribute}: the wave says the same");
        }
    }

    async fn i_do_not_know_is_told_from_a_blank(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (id, secret) = field.invite("Datos del Sur").await;
        let followed = field.follow(&secret).await;
        let mut answers = mandatory(&field, true).await;
        answers.extend([missing("founded", Missing::DontKnow), missing("size", Missing::Refused), missing("revenue", Missing::Refused)]);
        save::save(ctx, &followed, answers, None).await.unwrap();
        answer::submit(ctx, &followed).await.unwrap();
        response::decide(ctx, &field.researcher, id, Step::Validate, "read").await.unwrap();
        accept_all(&field, &[CaseKind::Code]).await;
        let own = store::survey::response::by_id(&ctx.db, id).await.unwrap().unwrap().organisation_id;
        let rows = entity::organisation_missing::Entity::find().all(&field.base.raw().await).await.unwrap();
        let mut lacking: Vec<_> =
            rows.iter().filter(|row| row.organisation_id == own).map(|row| (row.attribute, row.missing)).collect();
        lacking.sort_by_key(|(attribute, _)| attribute.as_str());
        assert_eq!(lacking, [(Attribute::Founded, Missing::DontKnow), (Attribute::Size, Missing::Refused)], "what is for sums is told of nobody");
        let api = Api::over(&field.base).await;
        let (_, csv) = api.get("/download/organisations.csv").await;
        let mut lines = csv.trim_start_matches('\u{feff}').lines();
        let cells = |line: &str| line.split(',').map(|cell| cell.trim_matches('"').to_owned()).collect::<Vec<_>>();
        let head = cells(lines.next().unwrap());
        let line = lines.find(|line| line.contains("Datos del Sur")).unwrap();
        let at = head.iter().position(|name| name == "founded_missing").unwrap();
        assert_eq!(cells(line)[at], "dont_know", "{line}");
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

/// Every property that has a question of its own is counted as the desk counts that question.
async fn same(field: &Field, desk: &response::Outcomes, public: &Json) {
    let db = field.base.raw().await;
    let content = entity::instrument::Entity::find().one(&db).await.unwrap().unwrap().content;
    let instrument: Instrument = serde_json::from_str(&content).unwrap();
    let mut compared = 0;
    for question in instrument.questions() {
        let Some(attribute) = tells(question) else { continue };
        let word = attribute.as_str().to_uppercase();
        let row = public.as_array().unwrap().iter().find(|row| row["attribute"] == word.as_str()).unwrap();
        let of = &desk.by_question[&question.key];
        let count = |how: &str| of.get(how).copied().unwrap_or_default();
        assert_eq!(row["answered"], count("answered"), "{word}");
        for missing in row["missing"].as_array().unwrap() {
            let code = missing["code"].as_str().unwrap().to_lowercase();
            assert_eq!(missing["count"], count(&code), "{word} {code}");
        }
        let codes: u64 = of.iter().filter(|(how, _)| *how != "answered").map(|(_, count)| count).sum();
        let told: u64 = row["missing"].as_array().unwrap().iter().map(|one| one["count"].as_u64().unwrap()).sum();
        assert_eq!(told, codes, "{word}");
        compared += 1;
    }
    assert!(compared > 10, "the instrument that ships has more questions than {compared}");
}
