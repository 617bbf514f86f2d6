//! What came back in a wave: its rates, and how each question was answered, as the desk and as everyone may read them.

use entity::id::ResponseId;
use entity::vocabulary::{Attribute, CaseKind, Missing, ResponseStatus, Role};
use od100::analysis::scorecard::rating;
use od100::analysis::{panel, questions};
use od100::app::Error;
use od100::app::feedback::{Look, moderate};
use od100::app::publish::Publisher;
use od100::app::rearrange::{self, Plan};
use od100::app::survey::save;
use od100::app::survey::{answer, response, study};
use od100::atlas::Atlas;
use od100::domain::instrument::{Instrument, Named, Use, Value, tells};
use od100::domain::participation::Step;
use od100::store;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value as Json, json};

use crate::api_harness::Api;
use crate::harness::{day, on_each_database};
use crate::survey_harness::{Field, accept_all, choice, mandatory, missing, said, send, uses};

on_each_database! {
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
        // What was set aside by mistake stands again as it stood.
        for (id, counted) in [(second, (1, 0, 0)), (first, (2, 1, 1))] {
            field.base.tick();
            response::decide(ctx, &field.researcher, id, Step::Restore, "by mistake").await.unwrap();
            assert_eq!(rates().await, counted);
            let again = response::decide(ctx, &field.researcher, id, Step::Restore, "by mistake").await;
            assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
        }
    }

    async fn what_a_merge_has_made_double_is_restored_by_taking_the_merge_back_alone(base) {
        let field = Field::over(base).await;
        let (ctx, rosa) = (&field.base.ctx, &field.researcher);
        let (cleo, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let (stays, _) = field.invite("Datos del Sur").await;
        let (double, _) = field.invite("Datos del Norte").await;
        let of = async |id: ResponseId| {
            store::survey::response::by_id(&ctx.db, id).await.unwrap().unwrap().organisation_id
        };
        let merge = Plan::OrganisationMerge { kept: of(stays).await, gone: of(double).await };
        field.base.tick();
        let done = rearrange::perform(ctx, &cleo, &merge, "one firm", None).await.unwrap();
        field.base.tick();
        let refused = response::decide(ctx, rosa, double, Step::Restore, "by mistake").await;
        assert!(matches!(&refused, Err(Error::Conflict(why)) if why.contains("take that merge back")), "{refused:?}");
        let eligible = async || response::outcomes(ctx, rosa, field.wave.entity_id).await.unwrap().rates.eligible;
        assert_eq!((field.status(double).await, eligible().await), (ResponseStatus::Duplicate, 1));
        field.base.tick();
        rearrange::undo(ctx, &cleo, done.id, "two firms after all").await.unwrap();
        assert_eq!((field.status(double).await, eligible().await), (ResponseStatus::Invited, 2));
        // What the study itself called double is restored as ever, also once the organisation is whole again.
        for step in [Step::MarkDuplicate, Step::Restore] {
            field.base.tick();
            response::decide(ctx, rosa, double, step, "looked at again").await.unwrap();
        }
    }

    async fn a_rating_counts_no_longer_than_its_response(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (id, secret) = field.invite("Uno").await;
        send(&field, &field.follow(&secret).await, true).await;
        let said = entity::dataset_feedback::Entity::find().one(&field.base.raw().await).await.unwrap().unwrap();
        let (curator, _) = field.people.sign_in("carla").await;
        let look = Look { feedback: said.entity_id, seen: None, is_shown: true, reason: None };
        moderate(ctx, &curator, &look).await.unwrap();
        let public = Publisher::open(ctx.clone()).await.unwrap();
        let count = async || {
            public.refresh().await.unwrap();
            let atlas = public.current();
            rating(&atlas, [atlas.dataset_by_id(said.dataset_id).unwrap()]).n
        };
        assert_eq!(count().await, 1);
        for (step, counted) in [(Step::RuleOut, 0), (Step::Restore, 1), (Step::MarkDuplicate, 0)] {
            field.base.tick();
            response::decide(ctx, &field.researcher, id, step, "so it is").await.unwrap();
            assert_eq!(count().await, counted, "{step:?}");
        }
    }

    async fn who_is_ruled_out_is_in_no_count_of_the_desk_and_in_public_tells_nothing(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let mut sent = Vec::new();
        for name in ["Uno", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete"] {
            let (id, secret) = field.invite(name).await;
            send(&field, &field.follow(&secret).await, true).await;
            sent.push(id);
        }
        let wave = field.wave.entity_id;
        study::wave_close(ctx, &field.researcher, wave).await.unwrap();
        response::decide(ctx, &field.researcher, sent[0], Step::RuleOut, "abroad").await.unwrap();
        response::decide(ctx, &field.researcher, sent[1], Step::MarkDuplicate, "twice").await.unwrap();
        let desk = response::outcomes(ctx, &field.researcher, wave).await.unwrap();
        assert_eq!((desk.rates.all, desk.rates.eligible, desk.rates.complete), (7, 5, 5));
        for (question, how) in [("kind", "answered"), ("size", "answered"), ("kind_other", "not_asked")] {
            assert_eq!(desk.by_question[question][how], 5, "{question}");
        }
        // The difference of before and after would be what these two have answered.
        let atlas = Atlas::build(store::load::rows(&ctx.db, day("2025-06-30"), None).await.unwrap());
        let rows = questions::of_wave(&atlas, atlas.wave_by_slug(&field.wave.slug).unwrap());
        let size = rows.iter().find(|row| row.coverage.attribute == Attribute::Size).unwrap().coverage;
        assert_eq!((size.answered, size.asked), (7, 7));
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
