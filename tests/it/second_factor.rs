//! A second factor from setting it up to losing it, through the real pages.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use entity::vocabulary::{FactorKind, LetterKind, Role, TokenScope};
use od100::app::Error;
use od100::app::access::half::WAITS;
use od100::app::access::{Access, account, revoke, second_factor, token};
use od100::domain::access::Actor;
use od100::domain::second_factor::{Demand, seal::Seal};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::desk_harness::{Browser, SITE, Town};
use crate::edge_harness::Answer;
use crate::harness::{self, Base, on_each_database};
use crate::log_capture::Log;
use crate::people::PASSWORD;

const PAGE: &str = "/account/second-factor";
const CODE: &str = "/sign-in/code";
const KEY: &[u8] = b"a key of the tests, 32 bytes long";

/// What an app shows: RFC 6238 once more, by another hand than the program's.
pub(crate) fn code(key: &str, at: DateTime<Utc>) -> String {
    let seed = data_encoding::BASE32_NOPAD.decode(key.replace(' ', "").as_bytes()).unwrap();
    let step = (at.timestamp() / 30).to_be_bytes();
    let tag = ring::hmac::sign(&ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &seed), &step);
    let tag = tag.as_ref();
    let from = usize::from(tag[19] % 16);
    let number = u32::from_be_bytes(tag[from..from + 4].try_into().unwrap()) % 0x8000_0000;
    format!("{:06}", number % 1_000_000)
}

/// A code that is right at no time near.
fn wrong(key: &str, at: DateTime<Utc>) -> String {
    let near: Vec<_> = (-3..=3).map(|steps| code(key, at + TimeDelta::seconds(steps * 30))).collect();
    (0..8).map(|number| format!("{number:06}")).find(|one| !near.contains(one)).unwrap()
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

fn key_of(page: &Answer) -> String {
    between(&page.text(), "<code class=\"seed\">", "</code>")[0].to_owned()
}

fn later(base: &Base, by: TimeDelta) {
    base.clock.set(base.clock.now() + by);
}

/// Sets a second factor up; the key of the app, and the codes for a lost device.
pub(crate) async fn enrol(base: &Base, browser: &mut Browser) -> (String, Vec<String>) {
    browser.get(PAGE).await;
    let begun = browser.form(&format!("{PAGE}/begin"), &[]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    let key = key_of(&browser.get(PAGE).await);
    let done = browser.form(&format!("{PAGE}/confirm"), &[("code", &code(&key, base.clock.now()))]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    // They are shown once: another page in the other language would not have them.
    let said = done.text();
    assert!(said.contains("<details lang=\"en\">") || said.contains("<details lang=\"es\">"), "{said}");
    let codes = between(&said, "<li><code>", "</code>").into_iter().map(str::to_owned).collect();
    // The code of this step has been used.
    later(base, TimeDelta::seconds(30));
    (key, codes)
}

async fn password(browser: &mut Browser, name: &str) -> Answer {
    browser.get("/sign-in").await;
    browser.form("/sign-in", &[("email", &format!("{name}@example.org")), ("password", PASSWORD)]).await
}

fn leads(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), answer.header("location"))
}

fn is_in(browser: &Browser) -> bool {
    browser.cookies.contains_key("__Host-od100")
}

async fn news(base: &Base) -> Vec<String> {
    let all = entity::outbox_message::Entity::find().all(&base.raw().await).await.unwrap();
    let all = all.into_iter().filter(|one| one.kind == LetterKind::SecondFactorNews);
    let mut all: Vec<_> = all.map(|one| (one.id, one.facts)).collect();
    all.sort();
    let word = |facts: &str| serde_json::from_str::<Value>(facts).unwrap()["news"].as_str().unwrap().to_owned();
    all.iter().map(|(_, facts)| word(facts)).collect()
}

/// A site that asks its staff for a second factor.
async fn strict(base: &Base) -> Town {
    let access = Access::new(base.ctx.clone()).asking(Demand::Staff, Seal::of(KEY).unwrap());
    Town::with(base, SITE, Vec::new(), access).await
}

on_each_database! {
    async fn after_the_password_a_code_is_asked_for(base) {
        let town = strict(&base).await;
        town.people.account("ana").await;
        let (mut browser, mut other) = (town.signed_in("ana").await, town.signed_in("ana").await);
        let before = browser.cookies["__Host-od100"].clone();
        let (key, codes) = enrol(&base, &mut browser).await;
        assert_eq!(codes.len(), 10);
        assert_ne!(browser.cookies["__Host-od100"], before, "a new session has begun");
        assert_eq!(leads(&other.get("/account").await), (303, "/sign-in"), "the others have ended");
        let page = browser.get("/account?lang=en").await.text();
        assert!(page.contains("Recovery codes left: 10.") && !page.contains(&key));
        assert!(!browser.get(PAGE).await.text().contains(&key), "it is shown while it is set up and never again");

        let mut next = town.browser();
        assert_eq!(leads(&password(&mut next, "ana").await), (303, CODE));
        assert!(!is_in(&next));
        let page = next.get(CODE).await.text();
        assert!(page.contains("autocomplete=\"one-time-code\"") && page.contains("inputmode=\"numeric\""));
        let (now, bad) = (base.clock.now(), wrong(&key, base.clock.now()));
        for typed in ["", "12345", "abcdef", &bad] {
            let answer = next.form(CODE, &[("code", typed)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
            assert!(!is_in(&next));
        }
        let right = code(&key, now);
        let spaced = format!(" {} {}", &right[..3], &right[3..]);
        assert_eq!(leads(&next.form(CODE, &[("code", &spaced)]).await), (303, "/account"));
        assert!(is_in(&next) && !next.cookies.contains_key("__Host-od100-half"));

        // The same code again, and the one before it, while both are good by the clock.
        let mut replay = town.browser();
        password(&mut replay, "ana").await;
        for typed in [right, code(&key, now - TimeDelta::seconds(30))] {
            assert_eq!(replay.form(CODE, &[("code", &typed)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        later(&base, TimeDelta::seconds(30));
        let clock = base.clock.now();
        assert_eq!(leads(&replay.form(CODE, &[("code", &code(&key, clock + TimeDelta::seconds(30)))]).await), (303, "/account"), "a clock that is ahead");
        let sessions = entity::session::Entity::find().all(&base.raw().await).await.unwrap();
        assert_eq!(sessions.iter().filter(|one| one.factor == Some(FactorKind::Code)).count(), 3);
        assert_eq!(news(&base).await, ["set"]);
        let dump = format!("{:?}", crate::harness::dump(&base.raw().await).await);
        assert!(!dump.contains("plain:") && !dump.contains(&codes[0]));
        let kept = browser.get("/account/data.json").await.json();
        assert!(kept["second_factor"][0]["since"].is_string());
        assert_eq!(kept["second_factor"][0].as_object().unwrap().len(), 1, "the seed is not handed over");
    }

    async fn a_recovery_code_works_once(base) {
        let town = Town::over(&base).await;
        town.people.account("ana").await;
        let (_, codes) = enrol(&base, &mut town.signed_in("ana").await).await;
        let mut first = town.browser();
        password(&mut first, "ana").await;
        assert_eq!(leads(&first.form(CODE, &[("code", &codes[3].to_uppercase())]).await), (303, "/account"));
        assert!(first.get("/account?lang=en").await.text().contains("Recovery codes left: 9."));
        let mut second = town.browser();
        password(&mut second, "ana").await;
        assert_eq!(second.form(CODE, &[("code", &codes[3])]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!is_in(&second));
        assert_eq!(leads(&second.form(CODE, &[("code", &codes[4])]).await), (303, "/account"));
        assert_eq!(news(&base).await, ["set", "codeUsed", "codeUsed"]);
        // Another account's codes are none of this one's.
        town.people.account("bea").await;
        let (_, others) = enrol(&base, &mut town.signed_in("bea").await).await;
        let mut third = town.browser();
        password(&mut third, "ana").await;
        assert_eq!(third.form(CODE, &[("code", &others[0])]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn six_digits_are_not_guessed(base) {
        let town = Town::over(&base).await;
        town.people.account("ana").await;
        let (key, codes) = enrol(&base, &mut town.signed_in("ana").await).await;
        let mut browser = town.browser();
        for _ in 0..5 {
            password(&mut browser, "ana").await;
            let bad = wrong(&key, base.clock.now());
            assert_eq!(browser.form(CODE, &[("code", &bad)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let right = code(&key, base.clock.now());
        let answer = browser.form(CODE, &[("code", &right)]).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "the password being right again makes it no better");
        assert_eq!(answer.header("retry-after"), "900");
        assert!(!is_in(&browser));
        assert_eq!(leads(&browser.form(CODE, &[("code", &codes[0])]).await), (303, "/account"), "its owner gets in");
        let events = entity::access_event::Entity::find().all(&base.raw().await).await.unwrap();
        let refused = entity::vocabulary::AccessEventKind::CodeRefused;
        assert_eq!(events.iter().filter(|one| one.kind == refused).count(), 5);
    }

    async fn a_half_begun_sign_in_is_short_and_ends_with_what_ends_sessions(base) {
        let town = Town::over(&base).await;
        let id = town.people.account("ana").await;
        let (key, codes) = enrol(&base, &mut town.signed_in("ana").await).await;
        let begun = async || {
            let mut browser = town.browser();
            assert_eq!(leads(&password(&mut browser, "ana").await), (303, CODE));
            browser
        };
        let mut late = begun().await;
        later(&base, WAITS);
        let answer = late.form(CODE, &[("code", &code(&key, base.clock.now()))]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(leads(&late.get(CODE).await), (303, "/sign-in"));
        let mut revoked = begun().await;
        revoke::all(&town.people.access, &Actor::Operator, Some(id)).await.unwrap();
        assert_eq!(revoked.form(CODE, &[("code", &codes[0])]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut disabled = begun().await;
        account::set_disabled(&town.people.access, &Actor::Operator, id, true).await.unwrap();
        assert_eq!(disabled.form(CODE, &[("code", &codes[0])]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        account::set_disabled(&town.people.access, &Actor::Operator, id, false).await.unwrap();
        // Once it was used, its secret is worth nothing.
        let mut used = begun().await;
        let kept = used.cookies["__Host-od100-half"].clone();
        assert_eq!(leads(&used.form(CODE, &[("code", &codes[0])]).await), (303, "/account"));
        let mut again = town.browser();
        again.get("/sign-in").await;
        again.cookies.insert("__Host-od100-half".to_owned(), kept);
        assert_eq!(again.form(CODE, &[("code", &codes[1])]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!is_in(&again));
        assert!(![&late, &revoked, &disabled].into_iter().any(is_in));
    }

    async fn a_change_asks_for_a_code_again(base) {
        let town = Town::over(&base).await;
        town.people.account("ana").await;
        let mut browser = town.signed_in("ana").await;
        let (key, codes) = enrol(&base, &mut browser).await;
        for path in ["begin", "codes", "end"] {
            for typed in ["", "000000x", &wrong(&key, base.clock.now())] {
                let answer = browser.form(&format!("{PAGE}/{path}"), &[("code", typed)]).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {typed}");
            }
        }
        let made = browser.form(&format!("{PAGE}/codes"), &[("code", &codes[0])]).await;
        let new: Vec<_> = between(&made.text(), "<li><code>", "</code>").into_iter().map(str::to_owned).collect();
        assert!(new.len() == 10 && !new.contains(&codes[1]));
        assert_eq!(browser.form(&format!("{PAGE}/end"), &[("code", &codes[1])]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "the old ones are worthless");
        // Another app: the one before counts until the first code of the new one.
        assert_eq!(leads(&browser.form(&format!("{PAGE}/begin"), &[("code", &new[0])]).await), (303, PAGE));
        let other = key_of(&browser.get(PAGE).await);
        assert_ne!(other, key);
        later(&base, TimeDelta::minutes(16));
        let mut old = town.browser();
        password(&mut old, "ana").await;
        assert_eq!(leads(&old.form(CODE, &[("code", &code(&key, base.clock.now()))]).await), (303, "/account"));
        let set = browser.form(&format!("{PAGE}/confirm"), &[("code", &code(&other, base.clock.now()))]).await;
        assert_eq!(set.status, StatusCode::OK);
        later(&base, TimeDelta::seconds(30));
        assert_eq!(leads(&browser.form(&format!("{PAGE}/end"), &[("code", &code(&other, base.clock.now()))]).await), (303, PAGE));
        assert_eq!(leads(&password(&mut town.browser(), "ana").await), (303, "/account"), "nothing is asked any more");
        assert_eq!(news(&base).await, ["set", "codeUsed", "codes", "codeUsed", "set", "ended"]);
        let db = base.raw().await;
        assert!(entity::recovery_code::Entity::find().all(&db).await.unwrap().is_empty());
        assert!(entity::second_factor::Entity::find().all(&db).await.unwrap().is_empty());
    }

    async fn no_seed_and_no_code_comes_out_once_it_is_set_up(base) {
        let log = Log::start();
        let town = strict(&base).await;
        let id = town.people.account("ana").await;
        town.people.give(id, Role::Curator, None).await;
        let mut browser = town.signed_in("ana").await;
        let (key, codes) = enrol(&base, &mut browser).await;
        // Another app is offered and never finished: its seed waits.
        assert_eq!(leads(&browser.form(&format!("{PAGE}/begin"), &[("code", &code(&key, base.clock.now()))]).await), (303, PAGE));
        let waiting = key_of(&browser.get(PAGE).await);
        later(&base, TimeDelta::seconds(60));
        let mut secrets = codes;
        for seed in [&key, &waiting] {
            let bytes = data_encoding::BASE32_NOPAD.decode(seed.replace(' ', "").as_bytes()).unwrap();
            secrets.extend([seed.clone(), seed.replace(' ', ""), seed.replace(' ', "").to_lowercase()]);
            secrets.extend([data_encoding::HEXLOWER.encode(&bytes), data_encoding::BASE64.encode(&bytes), format!("{bytes:?}")]);
        }
        let db = base.raw().await;
        secrets.extend(entity::second_factor::Entity::find().all(&db).await.unwrap().into_iter().map(|row| row.seed));
        secrets.extend(entity::second_factor_offer::Entity::find().all(&db).await.unwrap().into_iter().map(|row| row.seed));
        assert!(secrets.len() >= 24 && secrets.iter().all(|secret| secret.len() > 8), "{secrets:?}");

        let mut said: Vec<(String, String)> = Vec::new();
        // What goes wrong: codes, forms, methods and questions.
        let bad = wrong(&key, base.clock.now());
        for (path, fields) in [
            (format!("{PAGE}/confirm"), [("code", bad.as_str())]),
            (format!("{PAGE}/begin"), [("code", &bad)]),
            (format!("{PAGE}/codes"), [("code", &bad)]),
            (format!("{PAGE}/end"), [("code", "")]),
            (format!("{PAGE}/nothing"), [("code", "")]),
        ] {
            let answer = browser.form(&path, &fields).await;
            // These pages show the seed that waits, as long as it is to be read by an app; and no other.
            let text = answer.text().replace(&waiting, "").replace(&waiting.replace(' ', ""), "");
            said.push((path, text));
        }
        for query in ["{ me { email secondFactor { seed } } }", "{ accounts(first: 5) { nodes { email } } }", "{ seed"] {
            said.push((query.to_owned(), browser.desk(query, json!({})).await.text()));
        }
        for path in ["/account", "/account/data.json", "/desk", "/desk/accounts", "/desk/second-factor", "/metrics"] {
            said.push((path.to_owned(), browser.get(path).await.text()));
        }
        let mut half = town.browser();
        password(&mut half, "ana").await;
        said.push((CODE.to_owned(), half.form(CODE, &[("code", &bad)]).await.text()));
        // The key of the server is another one: no seed can be opened.
        let access = Access::new(base.ctx.clone()).asking(Demand::Staff, Seal::of(b"another key of the tests, 32 bytes").unwrap());
        let other = Town::with(&base, SITE, Vec::new(), access).await;
        let mut lost = other.browser();
        password(&mut lost, "ana").await;
        let answer = lost.form(CODE, &[("code", &code(&key, base.clock.now()))]).await;
        assert!(!is_in(&lost), "{}", answer.text());
        said.push(("another key".to_owned(), answer.text()));
        let outbox = entity::outbox_message::Entity::find().all(&db).await.unwrap();
        let changes = entity::record_change::Entity::find().all(&db).await.unwrap();
        let events = entity::access_event::Entity::find().all(&db).await.unwrap();
        said.push(("letters and history".to_owned(), format!("{outbox:?} {changes:?} {events:?}")));
        said.push(("the log".to_owned(), log.text()));
        for (place, text) in &said {
            for secret in &secrets {
                assert!(!text.contains(secret.as_str()), "{place} tells '{secret}': {text}");
            }
        }
        assert!(said.len() > 16 && said.iter().filter(|(_, text)| !text.is_empty()).count() > 12, "little was asked");
    }

    async fn who_has_lost_all_is_helped_on_the_machine(base) {
        let town = strict(&base).await;
        let id = town.people.account("root").await;
        town.people.give(id, Role::Admin, None).await;
        let mut browser = town.signed_in("root").await;
        enrol(&base, &mut browser).await;
        assert!(second_factor::remove(&town.people.access, &Actor::Operator, id).await.unwrap());
        assert!(!second_factor::remove(&town.people.access, &Actor::Operator, id).await.unwrap());
        assert_eq!(leads(&browser.get("/account").await), (303, "/sign-in"), "its sessions have ended");
        assert_eq!(news(&base).await, ["set", "removed"]);
        let nobody = town.people.sign_in("root").await.0;
        assert!(matches!(second_factor::remove(&town.people.access, &nobody, id).await, Err(Error::SecondFactor)));
    }

    async fn who_speaks_for_a_body_is_told_what_wakes_its_room(base) {
        base.take(harness::header(), harness::organisations(1)).await.unwrap();
        let town = strict(&base).await;
        let body = entity::organisation::Entity::find().one(&base.raw().await).await.unwrap().unwrap().entity_id;
        town.people.with_role("lia", Role::AgencyLiaison, Some(body.0)).await;
        let mut browser = town.signed_in("lia").await;
        for (page, status) in [("/desk/publisher", StatusCode::FORBIDDEN), ("/desk/publisher/claims/x", StatusCode::NOT_FOUND)] {
            let told = browser.get(page).await;
            assert_eq!(told.status, status, "{page}");
            assert!(told.text().contains("href=\"/account/second-factor\""), "{page}: {}", told.text());
        }
        enrol(&base, &mut browser).await;
        assert_eq!(browser.get("/desk/publisher").await.status, StatusCode::OK);
        // Who has no role there is told nothing of one.
        town.people.account("nadie").await;
        let told = town.signed_in("nadie").await.get("/desk/publisher").await;
        assert!(told.status == StatusCode::NOT_FOUND && !told.text().contains("/account/second-factor"));
    }

    async fn staff_without_one_are_told_what_to_do(base) {
        let town = strict(&base).await;
        town.people.with_role("cura", Role::Curator, None).await;
        let mut browser = town.signed_in("cura").await;
        for page in ["/account?lang=en", "/desk?lang=en"] {
            let text = browser.get(page).await.text();
            assert!(text.contains("Your roles sleep") && text.contains("href=\"/account/second-factor?lang=en\""), "{page}");
        }
        let refused = browser.get("/desk/review?lang=en").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.text().contains("A second factor is needed for this"));
        // Where none of their roles would do either, they are told both.
        town.people.with_role("adela", Role::Admin, None).await;
        let refused = town.signed_in("adela").await.get("/desk/studies?lang=en").await.text();
        assert!(refused.contains("Your roles sleep") && refused.contains("may begin a study"), "{refused}");
        let token = |actor: Actor| {
            let access = std::sync::Arc::clone(&town.people.access);
            let new = token::New { name: "robot".to_owned(), scopes: vec![TokenScope::Curate], days: 9 };
            async move { token::create(&access, &actor, new, None).await }
        };
        let asleep = town.people.actor(&browser.cookies["__Host-od100"]).await;
        assert!(matches!(token(asleep).await, Err(Error::SecondFactor)));

        enrol(&base, &mut browser).await;
        assert_eq!(browser.get("/desk/review?lang=en").await.status, StatusCode::OK);
        assert!(!browser.get("/account?lang=en").await.text().contains("Your roles sleep"));
        let awake = town.people.actor(&browser.cookies["__Host-od100"]).await;
        let secret = token(awake).await.unwrap().secret.unwrap();
        let at = base.clock.now();
        let program = token::actor(&town.people.access, secret.expose()).await.unwrap().unwrap();
        assert!(program.is(Role::Curator, at), "a token that was made with one is awake");

        // A token that was made before the role was given wakes nothing.
        let id = town.people.account("bea").await;
        let (bea, _) = town.people.sign_in("bea").await;
        let early = token(bea).await.unwrap().secret.unwrap();
        town.people.give(id, Role::Curator, None).await;
        let program = token::actor(&town.people.access, early.expose()).await.unwrap().unwrap();
        assert!(!program.is(Role::Curator, at) && program.account().unwrap().sleeps(at));
        // And one ends with the second factor that it was made with.
        let cura = account::by_email(&base.ctx, &Actor::Operator, "cura@example.org").await.unwrap();
        second_factor::remove(&town.people.access, &Actor::Operator, cura.id).await.unwrap();
        let program = token::actor(&town.people.access, secret.expose()).await.unwrap().unwrap();
        assert!(!program.is(Role::Curator, at));
    }

    async fn programs_of_pages_are_asked_too(base) {
        let town = Town::over(&base).await;
        town.people.account("ana").await;
        let (key, _) = enrol(&base, &mut town.signed_in("ana").await).await;
        let mut browser = town.browser();
        let fields = "isSignedIn isCodeAsked userErrors { code }";
        let sign_in = format!("mutation ($p: String!) {{ signIn(input: {{ email: \"ana@example.org\", password: $p }}) {{ {fields} }} }}");
        let answer = browser.public(&sign_in, json!({ "p": PASSWORD })).await.json();
        assert_eq!(answer["data"]["signIn"], json!({ "isSignedIn": false, "isCodeAsked": true, "userErrors": [] }));
        let with = format!("mutation ($c: String!) {{ signInCode(input: {{ code: $c }}) {{ {fields} }} }}");
        let bad = browser.public(&with, json!({ "c": wrong(&key, base.clock.now()) })).await.json();
        assert_eq!(bad["data"]["signInCode"]["userErrors"][0]["code"], "WRONG_CODE");
        let done = browser.public(&with, json!({ "c": code(&key, base.clock.now()) })).await.json();
        assert_eq!(done["data"]["signInCode"], json!({ "isSignedIn": true, "isCodeAsked": false, "userErrors": [] }));
        assert!(is_in(&browser));
        let twice = "mutation { a: signInCode(input: { code: \"1\" }) { isSignedIn } b: signInCode(input: { code: \"2\" }) { isSignedIn } }";
        assert!(browser.public(twice, json!({})).await.json()["errors"].is_array(), "once per operation");
    }
}
