//! Signing in at a provider of identities, and all the ways in which nobody must.

use axum::http::StatusCode;
use chrono::TimeDelta;
use entity::vocabulary::SignInMethod;
use od100::app::access::{Access, account, identity};
use od100::domain::access::Actor;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use url::Url;

use crate::desk_harness::{Browser, SITE, Town};
use crate::edge_harness::Answer;
use crate::harness::{Base, on_each_database};
use crate::oidc_provider::{FakeProvider, Lie};

const WAY: &str = "/sign-in/provider";

async fn town(base: &Base) -> (Town, FakeProvider) {
    let provider = FakeProvider::start().await;
    let access = Access::new(base.ctx.clone()).with_provider(Some(provider.known()));
    (Town::with(base, SITE, Vec::new(), access).await, provider)
}

fn ana() -> Value {
    json!({ "sub": "ana-there", "email": "Ana@example.org", "email_verified": true })
}

/// Where the browser is sent.
async fn away(browser: &mut Browser) -> Url {
    let answer = browser.get(WAY).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").parse().unwrap()
}

fn state(asked: &Url) -> String {
    asked.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
}

async fn back(browser: &mut Browser, code: &str, state: &str) -> Answer {
    browser.get(&format!("{WAY}/back?code={code}&state={state}")).await
}

/// The whole way there and back.
async fn visit(base: &Base, browser: &mut Browser, provider: &FakeProvider, person: &Value, lie: Lie) -> Answer {
    let asked = away(browser).await;
    let code = provider.code(&asked, person, base.clock.now().timestamp(), lie);
    back(browser, &code, &state(&asked)).await
}

fn is_in(browser: &Browser) -> bool {
    browser.cookies.contains_key("__Host-od100")
}

async fn sessions(base: &Base) -> Vec<entity::session::Model> {
    entity::session::Entity::find().all(&base.raw().await).await.unwrap()
}

on_each_database! {
    async fn more_than_one_factor_there_counts_where_it_says_so(base) {
        let (town, provider) = town(&base).await;
        town.people.account("ana").await;
        crate::second_factor::enrol(&base, &mut town.signed_in("ana").await).await;
        let says = |claims: Value| Lie::Claims(claims);
        for (lie, is_enough) in [
            (Lie::None, false),
            (says(json!({ "amr": ["pwd"] })), false),
            (says(json!({ "amr": ["pwd", "otp", "mfa"] })), true),
            (says(json!({ "acr": "https://refeds.org/profile/mfa" })), true),
        ] {
            let mut browser = town.browser();
            let done = visit(&base, &mut browser, &provider, &ana(), lie).await;
            assert_eq!(done.header("location"), if is_enough { "/account" } else { "/sign-in/code" });
            assert_eq!(is_in(&browser), is_enough);
        }
        let theirs = sessions(&base).await.into_iter().filter(|one| one.method == SignInMethod::Provider);
        let factors: Vec<_> = theirs.map(|one| one.factor).collect();
        assert_eq!(factors, [Some(entity::vocabulary::FactorKind::Provider); 2]);
        let mut client = provider.client();
        client.is_trusted = true;
        let always = od100::oidc::Provider::new(client).unwrap();
        let access = Access::new(base.ctx.clone()).with_provider(Some(always));
        let town = Town::with(&base, SITE, Vec::new(), access).await;
        let mut browser = town.browser();
        visit(&base, &mut browser, &provider, &ana(), Lie::None).await;
        assert!(is_in(&browser), "whoever runs the site knows better");
    }

    async fn the_first_sign_in_links_a_verified_address_and_the_next_needs_none(base) {
        let (town, provider) = town(&base).await;
        let id = town.people.account("ana").await;
        let mut browser = town.browser();
        let page = browser.get("/sign-in?lang=en").await.text();
        assert!(page.contains("Continue with Llave &lt;b&gt;") && page.contains("href=\"/sign-in/provider?lang=en\""));
        let done = visit(&base, &mut browser, &provider, &ana(), Lie::None).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/account"), "{}", done.text());
        assert!(is_in(&browser) && !browser.cookies.contains_key("__Host-od100-away"));
        assert_eq!(sessions(&base).await[0].method, SignInMethod::Provider);
        // The address at the provider may change: who they are there does not.
        let moved = json!({ "sub": "ana-there", "email": "other@example.org", "email_verified": false });
        let mut again = town.browser();
        visit(&base, &mut again, &provider, &moved, Lie::None).await;
        assert!(is_in(&again));
        let linked = entity::identity::Entity::find().all(&base.raw().await).await.unwrap();
        assert_eq!(linked.len(), 1);
        assert_eq!((linked[0].account_id, linked[0].subject.as_str()), (id, "ana-there"));
        // The owner sees it and ends it.
        let page = browser.get("/account?lang=en").await.text();
        assert!(page.contains(&provider.issuer) && page.contains("Linked sign-ins"));
        let ended = browser.form("/account/identities/end", &[("issuer", &provider.issuer)]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER);
        let mut third = town.browser();
        let refused = visit(&base, &mut third, &provider, &moved, Lie::None).await;
        assert_eq!((refused.status, is_in(&third)), (StatusCode::UNPROCESSABLE_ENTITY, false));
    }

    async fn who_comes_back_is_where_they_wanted_to_go(base) {
        let (town, provider) = town(&base).await;
        town.people.account("ana").await;
        let mut browser = town.browser();
        let room = browser.get("/desk/propose?kind=dataset&lang=en").await;
        assert_eq!((room.status, room.header("location")), (StatusCode::SEE_OTHER, "/sign-in?lang=en"));
        let done = visit(&base, &mut browser, &provider, &ana(), Lie::None).await;
        assert_eq!(done.header("location"), "/desk/propose?kind=dataset&lang=en");
        assert!(is_in(&browser) && !browser.cookies.contains_key("od100-way"));
    }

    async fn who_has_no_account_is_not_let_in(base) {
        let (town, provider) = town(&base).await;
        let id = town.people.account("ana").await;
        for person in [
            json!({ "sub": "x", "email": "nobody@example.org", "email_verified": true }),
            json!({ "sub": "x", "email": "ana@example.org", "email_verified": false }),
            json!({ "sub": "x", "email": "ana@example.org" }),
            json!({ "sub": "x", "email": "not an address", "email_verified": true }),
            json!({ "sub": "x" }),
        ] {
            let mut browser = town.browser();
            let answer = visit(&base, &mut browser, &provider, &person, Lie::None).await;
            assert_eq!((answer.status, is_in(&browser)), (StatusCode::UNPROCESSABLE_ENTITY, false), "{person}");
        }
        // Somebody else was given the address of an account that is linked already.
        visit(&base, &mut town.browser(), &provider, &ana(), Lie::None).await;
        let heir = json!({ "sub": "heir", "email": "ana@example.org", "email_verified": true });
        let mut browser = town.browser();
        visit(&base, &mut browser, &provider, &heir, Lie::None).await;
        assert!(!is_in(&browser));
        // The account is disabled.
        account::set_disabled(&town.people.access, &Actor::Operator, id, true).await.unwrap();
        visit(&base, &mut browser, &provider, &ana(), Lie::None).await;
        assert!(!is_in(&browser));
        assert_eq!(entity::account::Entity::find().all(&base.raw().await).await.unwrap().len(), 1, "none was made");
    }

    async fn what_is_not_signed_as_it_should_be_signs_nobody_in(base) {
        let (town, provider) = town(&base).await;
        town.people.account("ana").await;
        let now = base.clock.now().timestamp();
        let claims = |value: Value| Lie::Claims(value);
        let lies = [
            claims(json!({ "nonce": "another" })),
            claims(json!({ "nonce": null })),
            claims(json!({ "aud": "another" })),
            claims(json!({ "aud": ["od100", "another"] })),
            claims(json!({ "iss": "https://evil.example" })),
            claims(json!({ "exp": now })),
            claims(json!({ "exp": now - 3600, "iat": now - 7200 })),
            claims(json!({ "iat": now + 3600 })),
            claims(json!({ "sub": null })),
            Lie::Unsigned,
            Lie::WithTheSharedSecret,
            Lie::WithAnotherKey,
            Lie::Tampered,
            Lie::Missing,
            Lie::Endless,
        ];
        for lie in lies {
            let mut browser = town.browser();
            let answer = visit(&base, &mut browser, &provider, &ana(), lie.clone()).await;
            assert_eq!((answer.status, is_in(&browser)), (StatusCode::BAD_GATEWAY, false), "{lie:?}");
            assert!(!answer.text().contains("nonce") && !answer.text().contains("exp"), "why is nobody's business");
        }
        // The person that it tells of is another than the one it has signed for.
        let mut browser = town.browser();
        let lie = Lie::Claims(json!({ "sub": "another" }));
        assert_eq!(visit(&base, &mut browser, &provider, &ana(), lie).await.status, StatusCode::BAD_GATEWAY);
        assert!(sessions(&base).await.is_empty());
        let mut browser = town.browser();
        visit(&base, &mut browser, &provider, &ana(), Lie::None).await;
        assert!(is_in(&browser), "and one that is right does");
    }

    async fn a_way_back_is_one_browsers_and_works_once(base) {
        let (town, provider) = town(&base).await;
        town.people.account("ana").await;
        let now = base.clock.now().timestamp();
        let stale = StatusCode::UNPROCESSABLE_ENTITY;
        let mut victim = town.browser();
        let asked = away(&mut victim).await;
        let code = provider.code(&asked, &ana(), now, Lie::None);
        let kept = victim.clone();
        // Another browser, with and without a visit of its own: nobody is signed in to somebody else's account.
        let mut attacker = town.browser();
        assert_eq!(back(&mut attacker, &code, &state(&asked)).await.status, stale);
        away(&mut attacker).await;
        assert_eq!(back(&mut attacker, &code, &state(&asked)).await.status, stale);
        // States that were not given out, no code, an error, another provider.
        let right = state(&asked);
        for query in [
            String::new(),
            format!("code={code}"),
            format!("code={code}&state="),
            format!("code={code}&state={right}x"),
            format!("code={code}&state={}", right.to_uppercase()),
            format!("state={right}"),
            format!("state={right}&error=access_denied"),
            format!("code={code}&state={right}&iss=https://evil.example"),
        ] {
            let mut browser = kept.clone();
            let answer = browser.get(&format!("{WAY}/back?{query}")).await;
            assert_eq!((answer.status, is_in(&browser)), (stale, false), "{query}");
        }
        let mut browser = kept.clone();
        assert_eq!(back(&mut browser, &code, &right).await.status, StatusCode::SEE_OTHER);
        // Once more with the same code, and with another: the state is used up.
        let again = provider.code(&asked, &ana(), now, Lie::None);
        for code in [&code, &again] {
            let mut browser = kept.clone();
            assert_eq!((back(&mut browser, code, &right).await.status, is_in(&browser)), (stale, false));
        }
        // A code that was used, in a visit of its own.
        let mut browser = town.browser();
        let asked = away(&mut browser).await;
        let used = back(&mut browser, &code, &state(&asked)).await;
        assert_eq!((used.status, is_in(&browser)), (StatusCode::BAD_GATEWAY, false));
        // A code of somebody else's visit: the proof of who began it is missing.
        let (mut one, mut other) = (town.browser(), town.browser());
        let (of_one, of_other) = (away(&mut one).await, away(&mut other).await);
        let code = provider.code(&of_one, &ana(), now, Lie::None);
        assert_eq!(back(&mut other, &code, &state(&of_other)).await.status, StatusCode::BAD_GATEWAY);
        assert!(!is_in(&other));
        // Too late.
        let asked = away(&mut one).await;
        base.clock.set(base.clock.now() + identity::AWAY);
        let code = provider.code(&asked, &ana(), base.clock.now().timestamp(), Lie::None);
        assert_eq!((back(&mut one, &code, &state(&asked)).await.status, is_in(&one)), (stale, false));
        assert_eq!(sessions(&base).await.len(), 1);
    }

    async fn of_fifty_who_come_back_at_once_one_is_signed_in(base) {
        let (town, provider) = town(&base).await;
        town.people.account("ana").await;
        let mut browser = town.browser();
        let asked = away(&mut browser).await;
        let tries = (0..40).map(|_| {
            let code = provider.code(&asked, &ana(), base.clock.now().timestamp(), Lie::None);
            let (mut browser, state) = (browser.clone(), state(&asked));
            tokio::spawn(async move { back(&mut browser, &code, &state).await.status == StatusCode::SEE_OTHER })
        });
        let mut won = 0;
        for one in tries.collect::<Vec<_>>() {
            won += usize::from(one.await.unwrap());
        }
        assert_eq!((won, sessions(&base).await.len()), (1, 1));
    }

    async fn a_new_key_is_looked_for_and_a_strange_provider_is_not_followed(base) {
        let (town, provider) = town(&base).await;
        town.people.account("ana").await;
        let mut browser = town.browser();
        visit(&base, &mut browser, &provider, &ana(), Lie::None).await;
        provider.rotate();
        base.clock.set(base.clock.now() + TimeDelta::minutes(2));
        let mut browser = town.browser();
        visit(&base, &mut browser, &provider, &ana(), Lie::None).await;
        assert!(is_in(&browser), "the provider has changed its key");
        base.clock.set(base.clock.now() + TimeDelta::hours(2));
        for (name, value) in [
            ("issuer", "https://evil.example"),
            ("authorization_endpoint", "http://login.example/auth"),
            ("authorization_endpoint", "javascript:alert(1)"),
            ("jwks_uri", "http://10.0.0.1/jwks"),
        ] {
            let (strange, good) = (self::town(&base).await, provider.issuer.clone());
            strange.1.says(name, value);
            let answer = strange.0.browser().get(WAY).await;
            assert_eq!(answer.status, StatusCode::BAD_GATEWAY, "{name} {value} {good}");
        }
        // Asked by a page of another site.
        let mut browser = town.browser();
        let request = axum::http::Request::get(WAY).header("sec-fetch-site", "cross-site");
        let answer = browser.send(request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
    }

    async fn without_a_provider_there_is_no_way_to_it(base) {
        let town = Town::over(&base).await;
        let mut browser = town.browser();
        assert!(!browser.get("/sign-in").await.text().contains(WAY));
        assert_eq!(browser.get(WAY).await.header("location"), "/sign-in");
        assert_eq!(browser.get(&format!("{WAY}/back?code=x&state=y")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
