//! Attacks on those who are signed in: requests of other sites, links that are tried, addresses that are
//! asked for, fields that nobody may set, headers that lie.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use entity::vocabulary::Role;
use od100::app::access::sign_in;
use od100::store;
use sea_orm::EntityTrait;
use serde_json::json;

use crate::desk_harness::{SITE, Town};
use crate::harness::{Base, on_each_database};
use crate::people::PASSWORD;

const RENAME: &str = r#"{"query":"mutation{accountUpdate(input:{displayName:\"changed\"}){userErrors{code}}}"}"#;
const SIGN_IN: &str =
    "mutation($input: SignInInput!) { signIn(input: $input) { isSignedIn userErrors { code field } } }";
const REQUEST: &str = "mutation($input: SignInLinkRequestInput!) { signInLinkRequest(input: $input) { isAccepted \
    userErrors { code field message } } }";

async fn names(base: &Base) -> Vec<String> {
    let accounts = entity::account::Entity::find().all(&base.raw().await).await.unwrap();
    accounts.into_iter().map(|account| account.display_name).collect()
}

async fn link(town: &Town, name: &str) -> String {
    let ctx = &town.people.access.ctx;
    let account = store::access::account::by_email(&ctx.db, &format!("{name}@example.org")).await.unwrap().unwrap().0;
    let transaction = store::begin(&ctx.db).await.unwrap();
    let secret = sign_in::make_link(ctx, &transaction, account.id).await.unwrap().unwrap();
    transaction.commit().await.unwrap();
    secret.expose().to_owned()
}

on_each_database! {
    async fn of_four_hundred_ways_to_send_a_change_only_ours_change(base) {
        let town = Town::over(&base).await;
        town.people.account("ana").await;
        let mut browser = town.signed_in("ana").await;
        let types = [
            Some("application/json"),
            Some("application/json; charset=utf-8"),
            Some("text/plain"),
            Some("application/x-www-form-urlencoded"),
            None,
        ];
        let origins = [Some(SITE), Some("https://evil.example"), Some("null"), None];
        let sites = [Some("same-origin"), Some("none"), Some("same-site"), Some("cross-site"), None];
        let mut tried = 0;
        for content_type in types {
            for method in [Method::POST, Method::GET, Method::PUT, Method::HEAD] {
                for origin in origins {
                    for site in sites {
                        let mut request = Request::builder().method(&method).uri("/graphql/desk");
                        request = request.header("x-od100-csrf", "1");
                        for (name, value) in
                            [("content-type", content_type), ("origin", origin), ("sec-fetch-site", site)]
                        {
                            if let Some(value) = value {
                                request = request.header(name, value);
                            }
                        }
                        let answer = browser.send(request.body(Body::from(RENAME)).unwrap()).await;
                        let from_us = match site {
                            Some("same-origin" | "none") => origin != Some("https://evil.example"),
                            Some(_) => false,
                            None => origin == Some(SITE),
                        };
                        let is_legal = method == Method::POST
                            && content_type.is_some_and(|media| media.starts_with("application/json"))
                            && from_us;
                        let said = (content_type, &method, origin, site);
                        assert_eq!(answer.status == StatusCode::OK, is_legal, "{said:?}: {}", answer.text());
                        assert_eq!(names(&base).await == ["changed"], is_legal, "{said:?}");
                        let own = od100::app::access::account::Edit {
                            display_name: Some("ana".into()),
                            ..od100::app::access::account::Edit::default()
                        };
                        if is_legal {
                            let (actor, _) = town.people.sign_in("ana").await;
                            od100::app::access::account::update(&town.people.access, &actor, own).await.unwrap();
                        }
                        tried += 1;
                    }
                }
            }
        }
        assert_eq!(tried, 400);
        // Our page without the header that only a script of ours can set.
        let bare = Request::post("/graphql/desk").header("content-type", "application/json").header("origin", SITE);
        assert_eq!(browser.send(bare.body(Body::from(RENAME)).unwrap()).await.status, StatusCode::FORBIDDEN);
    }

    async fn a_link_is_used_up_by_the_button_alone(base) {
        let town = Town::over(&base).await;
        town.people.account("ana").await;
        let secret = link(&town, "ana").await;
        let path = format!("/sign-in/link/{secret}");
        let mut browser = town.browser();
        for _ in 0..3 {
            let shown = browser.get(&path).await;
            assert_eq!(shown.status, StatusCode::OK);
            assert!(shown.text().contains("<button") && shown.text().contains("method=\"post\""));
            assert!(shown.text().contains(&format!("href=\"{path}?lang=")), "it can be read in the other language");
            assert_eq!(shown.header("referrer-policy"), "no-referrer");
            assert_eq!(shown.header("cache-control"), "no-store");
        }
        let head = Request::head(&path).body(Body::empty()).unwrap();
        assert_eq!(browser.send(head).await.status, StatusCode::OK, "what looks at links in letters uses none up");
        let forged = Request::post(&path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "https://evil.example")
            .header("sec-fetch-site", "cross-site");
        assert_eq!(browser.send(forged.body(Body::from("form=x")).unwrap()).await.status, StatusCode::FORBIDDEN);
        let mut stranger = town.browser();
        assert_eq!(stranger.form(&path, &[]).await.status, StatusCode::FORBIDDEN, "it was shown no form");
        let done = browser.form(&path, &[]).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/account"));
        let cookies: Vec<_> = done.headers.get_all("set-cookie").iter().map(|c| c.to_str().unwrap()).collect();
        assert!(cookies[0].starts_with("__Host-od100=od5_") && cookies[0].contains("Path=/; HttpOnly; SameSite=Lax"));
        assert!(cookies[0].ends_with("; Secure") && cookies[1].starts_with("od100-in=1;"));
        let again = browser.form(&path, &[]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.text().contains("href=\"/sign-in?lang="), "an answer to a form leads to its page in the other language");
        let mut other = town.browser();
        let dead = other.get("/sign-in/link/od5_x").await;
        assert_eq!(dead.status, StatusCode::UNPROCESSABLE_ENTITY);
        // What a forged Host says stands nowhere in the answer.
        let host = Request::get("/sign-in").header("host", "evil.example").body(Body::empty()).unwrap();
        assert!(!other.send(host).await.text().contains("evil.example"));
    }

    async fn what_is_no_link_never_signs_in(base) {
        let town = Town::over(&base).await;
        town.people.account("ana").await;
        let good = link(&town, "ana").await;
        let mut tried = vec![String::new(), "od5_".into(), good[4..].into(), format!("{good}="), good.to_uppercase()];
        // One sign changed, at each of many places.
        for at in 4..39 {
            let mut bytes = good.clone().into_bytes();
            bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
            tried.push(String::from_utf8(bytes).unwrap());
        }
        assert_eq!(tried.len(), 40);
        let redeem = "mutation($t: String!) { signInLinkRedeem(input: { token: $t }) { isSignedIn userErrors { code } } }";
        let mut browser = town.browser();
        for one in &tried {
            let answer = browser.public(redeem, json!({ "t": one })).await.json();
            assert_eq!(answer["data"]["signInLinkRedeem"]["isSignedIn"], false, "{one}: {answer}");
            assert_eq!(answer["data"]["signInLinkRedeem"]["userErrors"][0]["code"], "DEAD_LINK", "{one}: {answer}");
        }
        assert!(browser.cookies.is_empty());
        let answer = browser.public(redeem, json!({ "t": good })).await;
        assert_eq!(answer.json()["data"]["signInLinkRedeem"]["isSignedIn"], true);
        assert!(!answer.text().contains("od5_"), "a session is in no answer");
        assert!(browser.desk("{ viewer { account { email } } }", json!({})).await.text().contains("ana@example.org"));
    }

    async fn one_try_an_operation(base) {
        let town = Town::over(&base).await;
        let one = |name: &str, field: &str, input: &str| format!("{name}: {field}(input: {input}) {{ __typename }}");
        let fields = [
            ("signIn", "{ email: \"a@b.mx\", password: \"x\" }"),
            ("signInLinkRequest", "{ email: \"a@b.mx\" }"),
            ("signInLinkRedeem", "{ token: \"x\" }"),
        ];
        for (field, input) in fields {
            for count in [2, 10, 30, 100] {
                let all: Vec<_> = (0..count).map(|at| one(&format!("a{at}"), field, input)).collect();
                let answer = town.browser().public(&format!("mutation {{ {} }}", all.join(" ")), json!({})).await;
                assert_eq!(answer.code(), "QUERY_TOO_LARGE", "{field} {count}");
            }
        }
        let hidden = "mutation { ...F ...F a: signIn(input: { email: \"a@b.mx\", password: \"x\" }) { __typename } } \
            fragment F on Mutation { signIn(input: { email: \"a@b.mx\", password: \"x\" }) { __typename } }";
        assert_eq!(town.browser().public(hidden, json!({})).await.code(), "QUERY_TOO_LARGE");
        let mixed = format!("mutation {{ {} {} }}", one("a", fields[0].0, fields[0].1), one("b", fields[2].0, fields[2].1));
        assert_eq!(town.browser().public(&mixed, json!({})).await.code(), "QUERY_TOO_LARGE");
    }

    async fn answers_do_not_tell_who_has_an_account(base) {
        let town = Town::over(&base).await;
        for number in 0..4 {
            town.people.account(&format!("person{number}")).await;
        }
        let mut bodies = std::collections::BTreeSet::new();
        for number in 0..4 {
            for name in ["person", "nobody"] {
                let email = format!("{name}{number}@example.org");
                let asked = town.browser().public(REQUEST, json!({ "input": { "email": email } })).await;
                bodies.insert(format!("link {} {}", asked.status, asked.text()));
                let wrong = json!({ "input": { "email": email, "password": "no es la buena" } });
                let tried = town.browser().public(SIGN_IN, wrong).await;
                bodies.insert(format!("password {} {}", tried.status, tried.text()));
                let mut browser = town.browser();
                browser.get("/sign-in").await;
                // What was typed stands in the form again, whoever it is.
                let again = |text: String| {
                    assert_eq!(text.matches(&format!("value=\"{email}\"")).count(), 2, "{text}");
                    assert!(!text.contains("no es la buena"), "{text}");
                    text.replace(&email, "EMAIL")
                };
                let form = browser.form("/sign-in/link", &[("email", &email)]).await;
                let text = again(form.text()).replace(&browser.cookies["__Host-od100-form"], "FORM");
                bodies.insert(format!("form {} {text}", form.status));
                let form = browser.form("/sign-in", &[("email", &email), ("password", "no es la buena")]).await;
                let text = again(form.text()).replace(&browser.cookies["__Host-od100-form"], "FORM");
                bodies.insert(format!("form password {} {text}", form.status));
            }
        }
        assert_eq!(bodies.len(), 4, "{bodies:#?}");
    }

    async fn the_desk_describes_itself_only_to_those_who_are_signed_in(base) {
        let town = Town::over(&base).await;
        town.people.account("ana").await;
        let mut anybody = town.browser();
        let mut said = std::collections::BTreeSet::new();
        for query in [
            "{ __schema { types { name } } }",
            "{ __type(name: \"Account\") { name } }",
            // What is there and what is not are told apart by nothing.
            "{ viewer { account { id } } }",
            "{ viewr { id } }",
            "mutation { tokenCreate(input: { nme: 1 }) { secret } }",
            "mutation { tokenMake { secret } }",
        ] {
            let answer = anybody.desk(query, json!({})).await;
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::FORBIDDEN, "UNAUTHENTICATED"), "{query}");
            said.insert(answer.text());
        }
        assert_eq!(said.len(), 1, "{said:?}");
        let mut ana = town.signed_in("ana").await;
        let answer = ana.desk("{ __schema { queryType { name } } }", json!({})).await;
        assert_eq!(answer.json()["data"]["__schema"]["queryType"]["name"], "DeskQuery");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }

    async fn fields_that_nobody_may_set_are_refused(base) {
        let town = Town::over(&base).await;
        town.people.with_role("root", Role::Admin, None).await;
        let mut root = town.signed_in("root").await;
        let fields = [
            "id", "role", "roles", "grants", "isAdmin", "admin", "disabledAt", "createdAt", "createdBy", "emailKey",
            "passwordHash", "password", "status", "verified", "featured", "scopes", "accountId", "visibility", "email",
            "folded",
        ];
        for field in fields {
            let query = "mutation($input: AccountUpdateInput!) { accountUpdate(input: $input) { userErrors { code } } }";
            let answer = root.desk(query, json!({ "input": { "displayName": "x", field: "x" } })).await;
            assert!(!answer.json()["errors"].is_null(), "{field}: {}", answer.text());
        }
        assert_eq!(names(&base).await, ["root"]);
    }

    async fn a_program_is_known_by_its_token_or_refused(base) {
        let town = Town::over(&base).await;
        town.people.with_role("ana", Role::Curator, None).await;
        let mut ana = town.signed_in("ana").await;
        let create = "mutation { tokenCreate(input: { name: \"x\", scopes: [READ], days: 1 }) { secret userErrors { code } } }";
        let answer = ana.desk(create, json!({})).await.json();
        let secret = answer["data"]["tokenCreate"]["secret"].as_str().unwrap().to_owned();
        let viewer = "{\"query\":\"{ viewer { account { displayName } } }\"}";
        let ask = async |value: &str, body: &str| {
            let request = Request::post("/graphql/desk").header("content-type", "application/json");
            let request = request.header(header::AUTHORIZATION, value);
            town.browser().send(request.body(Body::from(body.to_owned())).unwrap()).await
        };
        let seen = ask(&format!("Bearer {secret}"), viewer).await;
        assert_eq!(seen.json()["data"]["viewer"]["account"]["displayName"], "ana", "{}", seen.text());
        assert_eq!(ask(&format!("Bearer {secret}"), RENAME).await.code(), "FORBIDDEN", "a token changes no account");
        for bad in ["Bearer ", "Bearer od5_x", &format!("Bearer {secret}x"), "Basic YTpi", &secret] {
            let refused = ask(bad, viewer).await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{bad}");
            assert_eq!(refused.header("www-authenticate"), "Bearer");
        }
    }

    async fn tries_are_counted_by_the_address_that_proxies_vouch_for(base) {
        let town = Town::at(&base, SITE, vec!["10.0.0.0/8".parse().unwrap()]).await;
        town.people.account("ana").await;
        let wrong = json!({ "query": SIGN_IN, "variables": { "input": { "email": "x@example.org", "password": "y" } } });
        let attempt = async |forwarded: String| {
            let request = Request::post("/graphql")
                .header("content-type", "application/json")
                .header("x-od100-csrf", "1")
                .header("sec-fetch-site", "same-origin")
                .header("x-forwarded-for", forwarded);
            let answer = town.browser().send(request.body(Body::from(wrong.to_string())).unwrap()).await.json();
            answer["data"]["signIn"]["userErrors"][0]["code"].as_str().unwrap_or_default().to_owned()
        };
        let mut codes = Vec::new();
        for at in 0..60 {
            // The peer is no proxy: whatever it claims, it is one address.
            codes.push(attempt(format!("203.0.113.{at}")).await);
        }
        assert_eq!(codes.iter().filter(|code| *code == "WRONG_CREDENTIALS").count(), 5);
        assert_eq!(codes.iter().filter(|code| *code == "TOO_MANY").count(), 55);
    }

    async fn the_page_of_an_account_is_its_owners(base) {
        let town = Town::over(&base).await;
        town.people.account("ana").await;
        let away = town.browser().get("/account?lang=en").await;
        assert_eq!((away.status, away.header("location")), (StatusCode::SEE_OTHER, "/sign-in?lang=en"));
        let mut ana = town.signed_in("ana").await;
        let page = ana.get("/account?lang=en").await;
        assert!(page.text().contains("ana@example.org") && page.header("cache-control") == "no-store");
        assert!(!page.text().contains("<nav"), "who has no role is led to the desk alone");
        let made = ana.form("/account/tokens", &[("name", "x"), ("days", "3"), ("scope", "read"), ("scope", "curate")]).await;
        assert_eq!(made.status, StatusCode::OK);
        assert_eq!(made.text().matches("od5_").count(), 2 + 5, "the token, and the hidden field of each form");
        let token = entity::api_token::Entity::find().one(&base.raw().await).await.unwrap().unwrap();
        assert_eq!(token.scopes, r#"["read","curate"]"#);
        let id = token.id.to_string();
        let mut stranger = ana.clone();
        stranger.cookies.remove("__Host-od100-form");
        assert_eq!(stranger.form("/account/tokens/end", &[("token", &id)]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ana.form("/account/tokens/end", &[("token", &id)]).await.status, StatusCode::SEE_OTHER);
        let bad = ana.form("/account", &[("newPassword", "corta")]).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(ana.form("/account", &[("displayName", "Ana R."), ("lang", "es")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(names(&base).await, ["Ana R."]);
        let session = entity::session::Entity::find().one(&base.raw().await).await.unwrap().unwrap().id.to_string();
        assert_eq!(ana.form("/account/sessions", &[("session", &session)]).await.status, StatusCode::SEE_OTHER);
        assert!(!ana.cookies.contains_key("__Host-od100"), "the own session has ended");
        assert_eq!(ana.get("/account").await.status, StatusCode::SEE_OTHER);
        town.people.with_role("cleo", Role::Curator, None).await;
        let led = town.signed_in("cleo").await.get("/account?lang=en").await.text();
        for way in ["<li><a href=\"/desk/review?lang=en\">", "<a href=\"/account?lang=en\" aria-current=\"page\">"] {
            assert!(led.contains(way), "a role leads to its rooms from here: {way} in {led}");
        }
        assert!(!led.contains("href=\"/desk/accounts?lang=en\""), "and to no other");
    }

    async fn signing_out_takes_the_cookies(base) {
        let town = Town::over(&base).await;
        town.people.account("ana").await;
        let mut browser = town.browser();
        browser.get("/sign-in").await;
        let done = browser.form("/sign-in", &[("email", "ana@example.org"), ("password", PASSWORD)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let before = browser.cookies.clone();
        assert!(before.contains_key("__Host-od100"));
        assert!(!browser.public("mutation { signOut { isSignedOut } }", json!({})).await.text().contains("error"));
        assert!(!browser.cookies.contains_key("__Host-od100") && !browser.cookies.contains_key("od100-in"));
        browser.cookies = before;
        let answer = browser.desk("{ viewer { account { id } } }", json!({})).await.json();
        assert!(answer["data"]["viewer"].is_null(), "the session has ended, not only the cookie");
    }
}
