//! A person takes away what is kept of them, is forgotten, and is forgotten again in a backup.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use chrono::TimeDelta;
use entity::vocabulary::Role;
use od100::app::Error;
use od100::app::outbox::{Post, deliver};
use od100::app::privacy::{self, Forgotten};
use od100::app::survey::{invite, invite_draft, link, remind, response, save};
use od100::domain::access::Actor;
use od100::domain::privacy::{Class, all};
use od100::mail::Mailer;
use od100::store::privacy::RULES;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, JsonValue, Statement};
use serde_json::json;

use crate::desk_harness::Town;
use crate::harness::{Base, on_each_database};
use crate::survey_harness::{Field, send, who};

const OPERATOR: Actor = Actor::Operator;
const NAME: &str = "Canaria Secreta";
const EMAIL: &str = "canary-contact@example.org";

/// Tables with words about people that belong to a record and not to whoever wrote them.
const OF_RECORDS: [&str; 0] = [];

#[test]
fn every_table_about_people_has_a_rule() {
    let ruled: BTreeSet<&str> = RULES.iter().map(|rule| rule.table).chain(OF_RECORDS).collect();
    let about: BTreeSet<&str> = all()
        .filter(|kept| matches!(kept.class, Class::Personal | Class::Secret) && kept.table != "erasure")
        .map(|kept| kept.table)
        .collect();
    let missing: Vec<_> = about.difference(&ruled).collect();
    assert!(missing.is_empty(), "src/store/privacy/rules.rs does not say what becomes of {missing:?}");
}

#[test]
fn terms_are_those_that_are_promised() {
    for rule in RULES {
        let promised = all().filter(|kept| kept.table == rule.table).find_map(|kept| match kept.retention {
            od100::domain::privacy::Retention::Days(days) => Some(i64::from(days)),
            _ => None,
        });
        let kept = rule.over.map(|(_, days)| days);
        // A session lives for seven days before its term begins.
        let kept = if rule.table == "session" { kept.map(|days| days - 7) } else { kept };
        assert_eq!(kept, promised, "{}", rule.table);
    }
}

/// Every text of the database.
async fn words(base: &Base) -> String {
    let db = base.raw().await;
    let on = db.get_database_backend();
    let tables = match on {
        DbBackend::Postgres => "select tablename::text from pg_tables where schemaname = current_schema()",
        _ => "select name from sqlite_master where type = 'table'",
    };
    let mut words = String::new();
    for row in db.query_all_raw(Statement::from_string(on, tables)).await.unwrap() {
        let table: String = row.try_get_by_index(0).unwrap();
        let all = Statement::from_string(on, format!("select * from {table}"));
        for row in db.query_all_raw(all).await.unwrap() {
            words.push_str(&JsonValue::from_query_result(&row, "").unwrap().to_string());
        }
    }
    assert!(words.contains("sdg_target"), "the tables can be read");
    words
}

on_each_database! {
    async fn who_is_forgotten_is_nowhere(base) {
        let field = Field::over(base).await;
        let base = &field.base;
        let town = Town::over(base).await;
        town.people.account("canary-contact").await;
        let mut browser = town.signed_in("canary-contact").await;
        base.raw().await.execute_unprepared(&format!("update account set display_name = '{NAME}' where email = '{EMAIL}'")).await.unwrap();
        field.invite("Hilo Fino").await;
        assert!(words(base).await.contains(EMAIL));

        let data = browser.get("/account/data.json").await;
        assert_eq!(data.status, StatusCode::OK);
        let kept = data.json();
        assert_eq!(kept["account"][0]["email"], EMAIL);
        assert_eq!(kept["respondent"][0]["name"], NAME);
        assert!(kept["session"].as_array().is_some_and(|rows| !rows.is_empty()));
        for secret in ["hash", "salt", "digest"] {
            assert!(!data.text().contains(&format!("\"{secret}")) && !data.text().contains(&format!("_{secret}\"")), "{secret}");
        }
        assert_eq!(town.browser().get("/account/data.json").await.status, StatusCode::SEE_OTHER);

        let page = browser.get("/account").await;
        assert!(page.text().contains("/account/forget"));
        let unsure = browser.form("/account/forget", &[]).await;
        assert_eq!(unsure.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get("/account").await.status, StatusCode::OK, "nobody was sure");
        let done = browser.form("/account/forget", &[("sure", "yes")]).await;
        assert_eq!(done.status, StatusCode::OK);
        assert_eq!(browser.get("/account").await.status, StatusCode::SEE_OTHER, "the session has ended");
        let access = town.people.access.clone();
        let id = od100::app::access::account::page(&base.ctx, &OPERATOR, None, Some("canary-contact"), 1).await.unwrap()[0].id;
        let enabled = od100::app::access::account::set_disabled(&access, &OPERATOR, id, false).await;
        assert!(matches!(enabled, Err(Error::Conflict(_))));

        assert_eq!(privacy::carry_out(&base.ctx).await.unwrap(), (0, 0), "there is time to think again");
        base.clock.set(base.ctx.now() + privacy::TO_THINK_AGAIN + TimeDelta::seconds(1));
        privacy::tidy(&base.ctx).await.unwrap();
        let left = words(base).await;
        for word in [NAME, EMAIL, "canary-contact"] {
            assert!(!left.contains(word), "{word} is still there");
        }
        assert!(matches!(privacy::of(&base.ctx, &OPERATOR, EMAIL).await, Err(Error::NotFound)));
        // Nor between the pages of the file.
        if let Some(path) = base.url.strip_prefix("sqlite:") {
            for path in [path.to_owned(), format!("{path}-wal")] {
                let bytes = std::fs::read(&path).unwrap_or_default();
                let found = bytes.windows(EMAIL.len()).any(|window| window == EMAIL.as_bytes());
                assert!(!found, "{path} still holds the address");
            }
        }
    }

    async fn whoever_asks_is_told_who_may_see_what_was_answered(base) {
        let field = Field::over(base).await;
        let seen = async |question: &str| {
            let kept = privacy::of(&field.base.ctx, &OPERATOR, EMAIL).await.unwrap();
            let told = |row: &&serde_json::Value| row["question"] == question;
            let row = kept["answer"].iter().find(told).unwrap_or_else(|| panic!("{question}: {kept:?}")).clone();
            row["visibility"].as_str().unwrap().to_owned()
        };
        let (_, secret) = field.invite("Datos del Sur").await;
        send(&field, &field.follow(&secret).await, true).await;
        for (question, visibility) in
            [("uses", "public"), ("sdg", "public"), ("sdg_why", "public"), ("data_share", "private"), ("display", "aggregate_only")]
        {
            assert_eq!(seen(question).await, visibility, "{question}");
        }
    }

    async fn what_is_not_to_be_shown_is_for_sums_alone(base) {
        let field = Field::over(base).await;
        let (_, secret) = field.invite("Datos del Sur").await;
        send(&field, &field.follow(&secret).await, false).await;
        let kept = privacy::of(&field.base.ctx, &OPERATOR, EMAIL).await.unwrap();
        let uses = kept["answer"].iter().find(|row| row["question"] == "uses").unwrap();
        assert_eq!(uses["visibility"], "aggregate_only", "{uses}");
        assert!(kept["answer"].iter().all(|row| row["visibility"] != "public"));
    }

    async fn who_asks_to_be_forgotten_is_shown_to_nobody_from_then_on(base) {
        let field = Field::over(base).await;
        let (ctx, rosa) = (&field.base.ctx, &field.researcher);
        let (id, secret) = field.invite("Hilo Fino").await;
        save::save(ctx, &field.follow(&secret).await, vec![who(NAME, EMAIL, true)], None).await.unwrap();
        let list = format!("name,contact,email\nMapas del Norte,{NAME},{EMAIL}\n");
        invite_draft::keep(ctx, rosa, &field.wave, (&list, true)).await.unwrap();
        let wave = field.wave.entity_id;
        let town = Town::over(&field.base).await;
        let mut browser = town.signed_in("rosa").await;
        let response = format!("/desk/responses/{id}?lang=en");
        let query = format!(
            "{{ response(id: \"response:{id}\") {{ contact {{ name email }} }}
             wave(id: \"wave:{wave}\") {{ outcomes {{ contacts }} responses(first: 9) {{ edges {{ node {{ contact {{ email }} }} }} }} }} }}"
        );
        let asked = browser.desk(&query, json!({})).await.json();
        assert_eq!(asked["data"]["response"]["contact"]["email"], EMAIL, "{asked}");
        assert_eq!(asked["data"]["wave"]["outcomes"]["contacts"], 1);
        assert!(browser.get(&response).await.text().contains(EMAIL));
        assert_eq!(remind::due(ctx, rosa, wave).await.unwrap().len(), 1);

        privacy::forget(ctx, &OPERATOR, EMAIL).await.unwrap();
        let page = browser.get(&response).await.text();
        assert!(page.contains("has asked to be forgotten"), "{page}");
        let asked = browser.desk(&query, json!({})).await.json();
        assert!(asked["data"]["response"].is_object() && asked["data"]["response"]["contact"].is_null(), "{asked}");
        assert_eq!(asked["data"]["wave"]["outcomes"]["contacts"], 0);
        let mut seen = vec![("response", page), ("graphql", asked.to_string())];
        for (name, path) in [
            ("wave", format!("/desk/waves/{wave}?lang=en")),
            ("answers.csv", format!("/desk/waves/{wave}/answers.csv")),
            ("reminders", format!("/desk/waves/{wave}/reminders?lang=en")),
            ("invite", format!("/desk/waves/{wave}/invite?lang=en")),
            ("answer", format!("/answer/by-account-{id}?lang=en")),
            ("answer, its consents", format!("/answer/by-account-{id}/step/consent?lang=en")),
            ("answer, its review", format!("/answer/by-account-{id}/review?lang=en")),
        ] {
            let page = browser.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{name}");
            seen.push((name, page.text()));
        }
        for (name, text) in &seen {
            assert!(!text.contains(NAME) && !text.contains(EMAIL), "{name}: {text}");
        }
        assert!(invite_draft::kept(ctx, rosa, &field.wave).await.unwrap().is_none(), "a list that names the address");
        assert!(remind::due(ctx, rosa, wave).await.unwrap().is_empty());
        assert!(remind::send(ctx, rosa, wave, Some(&[id]), None).await.is_err());
        assert!(response::one(ctx, rosa, id).await.unwrap().respondent.is_none());

        // A link that is made anew brings no letter either, and a list that names the address again is refused.
        link::rotate(ctx, rosa, id, None).await.unwrap();
        let how = invite::How { by_letter: true, ..invite::How::default() };
        match invite::invite(ctx, rosa, &field.wave, &list, how).await {
            Err(Error::Invalid(faults)) => assert_eq!(faults[0].field, "list.2.email"),
            other => panic!("{other:?}"),
        }
        let folder = tempfile::tempdir().unwrap();
        let url = format!("file://{}", folder.path().display()).parse().unwrap();
        let mailer = Mailer::new(&url, "Open Data 100 <od100@example.org>".parse().unwrap());
        deliver(ctx, &Post { mailer, public_url: "https://od100.example".into() }).await.unwrap();
        for letter in std::fs::read_dir(folder.path()).unwrap() {
            let letter = std::fs::read_to_string(letter.unwrap().path()).unwrap();
            assert!(!letter.contains(EMAIL), "{letter}");
        }

        // Until it is due whoever asks for it is handed over what is kept, and the wish can be taken back.
        let kept = privacy::of(ctx, &OPERATOR, EMAIL).await.unwrap();
        assert!(kept["respondent"].iter().any(|row| row["email"] == EMAIL && row["name"] == NAME), "{kept:?}");
        privacy::keep(ctx, &OPERATOR, EMAIL).await.unwrap();
        assert!(browser.get(&response).await.text().contains(EMAIL));
        privacy::forget(ctx, &OPERATOR, EMAIL).await.unwrap();
        field.base.clock.set(ctx.now() + privacy::TO_THINK_AGAIN + TimeDelta::seconds(1));
        privacy::tidy(ctx).await.unwrap();
        assert!(matches!(privacy::of(ctx, &OPERATOR, EMAIL).await, Err(Error::NotFound)));
    }

    async fn a_wish_can_be_taken_back(base) {
        let town = Town::over(&base).await;
        town.people.account("canary-contact").await;
        let first = privacy::forget(&base.ctx, &OPERATOR, EMAIL).await.unwrap();
        assert_eq!(privacy::forget(&base.ctx, &OPERATOR, EMAIL).await.unwrap().id, first.id, "asking twice is asking once");
        privacy::keep(&base.ctx, &OPERATOR, EMAIL).await.unwrap();
        base.clock.set(base.ctx.now() + TimeDelta::days(60));
        privacy::tidy(&base.ctx).await.unwrap();
        assert!(words(&base).await.contains(EMAIL));
        town.signed_in("canary-contact").await;
        assert!(matches!(privacy::keep(&base.ctx, &OPERATOR, EMAIL).await, Err(Error::Conflict(_))));
    }

    async fn a_backup_is_made_to_forget_again(base) {
        let town = Town::over(&base).await;
        town.people.account("canary-contact").await;
        town.people.account("another").await;
        let wish = privacy::forget(&base.ctx, &OPERATOR, EMAIL).await.unwrap();
        // As in a backup from before the wish.
        privacy::keep(&base.ctx, &OPERATOR, EMAIL).await.unwrap();
        let list = [Forgotten { email_digest: wish.email_digest, ..Forgotten::default() }];
        assert_eq!(privacy::again(&base.ctx, &OPERATOR, &list).await.unwrap(), 1);
        let left = words(&base).await;
        assert!(!left.contains(EMAIL));
        assert!(left.contains("another@example.org"));
    }

    async fn who_has_come_back_is_not_forgotten_by_an_old_list(base) {
        let town = Town::over(&base).await;
        let ctx = &base.ctx;
        town.people.account("canary-contact").await;
        let wish = privacy::forget(ctx, &OPERATOR, EMAIL).await.unwrap();
        privacy::carry_out_now(ctx, &OPERATOR, &wish).await.unwrap();
        let done = privacy::wishes(ctx, &OPERATOR).await.unwrap().pop().unwrap();
        let list = [Forgotten { email_digest: done.email_digest, at: done.purged_at, until: None }];
        base.tick();
        town.people.account("canary-contact").await;
        assert_eq!(privacy::again(ctx, &OPERATOR, &list).await.unwrap(), 0, "it was done here");
        // Nor where the database does not know of it: their account is younger.
        base.raw().await.execute_unprepared("delete from erasure").await.unwrap();
        assert_eq!(privacy::again(ctx, &OPERATOR, &list).await.unwrap(), 0);
        assert!(words(&base).await.contains(EMAIL));
        // Whom a later line names as well has gone again.
        let later = [list[0].clone(), Forgotten { at: Some(ctx.now()), ..list[0].clone() }];
        assert_eq!(privacy::again(ctx, &OPERATOR, &later).await.unwrap(), 1);
        assert!(!words(&base).await.contains(EMAIL));
    }

    async fn who_may_still_think_again_may_do_so_after_a_list(base) {
        let town = Town::over(&base).await;
        let ctx = &base.ctx;
        town.people.account("canary-contact").await;
        let wish = privacy::forget(ctx, &OPERATOR, EMAIL).await.unwrap();
        let (at, until) = (Some(wish.asked_at), Some(wish.due_at));
        let list = [Forgotten { email_digest: wish.email_digest, at, until }];
        assert_eq!(privacy::again(ctx, &OPERATOR, &list).await.unwrap(), 0, "it waits already");
        privacy::keep(ctx, &OPERATOR, EMAIL).await.unwrap();
        // As in a backup from before the wish: it waits here as well, and can be taken back.
        assert_eq!(privacy::again(ctx, &OPERATOR, &list).await.unwrap(), 0);
        let waiting = privacy::wishes(ctx, &OPERATOR).await.unwrap();
        assert!(waiting.iter().any(|one| Some(one.due_at) == until && one.purged_at.is_none()), "{waiting:?}");
        assert!(words(&base).await.contains(EMAIL));
        privacy::keep(ctx, &OPERATOR, EMAIL).await.unwrap();
    }

    async fn nobody_else_may_ask(base) {
        let town = Town::over(&base).await;
        town.people.account("canary-contact").await;
        for role in [Role::Contributor, Role::Curator, Role::Service] {
            town.people.with_role(role.as_str(), role, None).await;
            let (actor, _) = town.people.sign_in(role.as_str()).await;
            assert!(matches!(privacy::of(&base.ctx, &actor, EMAIL).await, Err(Error::Forbidden | Error::NotFound)));
            assert!(matches!(privacy::forget(&base.ctx, &actor, EMAIL).await, Err(Error::Forbidden | Error::NotFound)));
        }
        assert!(matches!(privacy::own(&base.ctx, &Actor::Anonymous).await, Err(Error::Unauthenticated)));
    }
}
