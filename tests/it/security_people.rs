//! Attacks by crowds and by those who read logs: who has an account does not show in five hundred answers, a thousand
//! who sign in at once cost no more than four, and no secret stands in a log whose every line is one entry.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use entity::vocabulary::Role;
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;

use crate::desk_harness::{SITE, Town};
use crate::harness::{Base, on_each_database};
use crate::people::PASSWORD;

const SIGN_IN: &str =
    "mutation($input: SignInInput!) { signIn(input: $input) { isSignedIn userErrors { code field message } } }";
const REQUEST: &str =
    "mutation($input: SignInLinkRequestInput!) { signInLinkRequest(input: $input) { isAccepted userErrors { code } } }";

/// A site behind a proxy of this machine, so that each request may come from an address of its own.
async fn behind_a_proxy(base: &Base) -> Town {
    Town::at(base, SITE, vec!["127.0.0.0/8".parse().unwrap()]).await
}

fn request(number: usize, query: &str, input: &Value) -> Request<Body> {
    Request::post("/graphql")
        .header("content-type", "application/json")
        .header("x-od100-csrf", "1")
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-for", format!("198.18.{}.{}", number / 250, number % 250))
        .body(Body::from(json!({ "query": query, "variables": { "input": input } }).to_string()))
        .unwrap()
}

/// Everything that is logged by this thread while the guard lives.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new("trace"))
            .json()
            .with_writer(move || log.clone())
            .finish();
        tracing::subscriber::set_default(subscriber)
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

on_each_database! {
    async fn five_hundred_who_have_an_account_and_five_hundred_who_have_none_are_answered_alike(base) {
        let town = behind_a_proxy(&base).await;
        // A hundred accounts, each asked for five times; by link, which hashes nothing.
        for number in 0..100 {
            let new = od100::app::access::account::New {
                email: format!("somebody{number}@example.org"),
                display_name: "x".to_owned(),
                lang: "en".to_owned(),
                password: None,
            };
            let operator = od100::domain::access::Actor::Operator;
            od100::app::access::account::create(&town.people.access, &operator, new, None).await.unwrap();
        }
        let mut seen = BTreeSet::new();
        let mut statements = [BTreeSet::new(), BTreeSet::new()];
        for number in 0..500 {
            for (which, name) in ["somebody", "anybody"].into_iter().enumerate() {
                let input = json!({ "email": format!("{name}{}@example.org", number % 100) });
                let before = base.ctx.db.statements();
                let answer = town.browser().send(request(2 * number + which, REQUEST, &input)).await;
                statements[which].insert(base.ctx.db.statements() - before);
                seen.insert(format!("{} {}", answer.status, answer.text()));
            }
        }
        assert_eq!(seen.len(), 1, "{seen:?}");
        let most = |which: usize| *statements[which].iter().max().unwrap();
        assert!(most(0).abs_diff(most(1)) <= 1, "{statements:?}");
        // By password, five times each: the same words, and the same work.
        let mut seen = BTreeSet::new();
        for number in 0..20 {
            for name in ["somebody", "anybody"] {
                let input = json!({ "email": format!("{name}{number}@example.org"), "password": "no es la buena" });
                let answer = town.browser().send(request(1_000 + number, SIGN_IN, &input)).await;
                seen.insert(format!("{} {}", answer.status, answer.text()));
            }
        }
        assert_eq!(seen.len(), 1, "{seen:?}");
    }

    async fn of_a_thousand_who_sign_in_at_once_four_are_hashed_at_a_time(base) {
        let town = behind_a_proxy(&base).await;
        town.people.account("ana").await;
        let tries = (0..1_000).map(|number| {
            let mut browser = town.browser();
            let input = json!({ "email": format!("a{number}@example.org"), "password": "no es la buena" });
            tokio::spawn(async move { browser.send(request(number, SIGN_IN, &input)).await })
        });
        let (mut served, mut shed) = (0, 0);
        for one in tries.collect::<Vec<_>>() {
            let answer = one.await.unwrap();
            let code = &answer.json()["data"]["signIn"]["userErrors"][0]["code"];
            match (answer.status, code.as_str()) {
                (StatusCode::OK, Some("WRONG_CREDENTIALS")) => served += 1,
                (StatusCode::OK, Some("TOO_MANY")) | (StatusCode::SERVICE_UNAVAILABLE, _) => shed += 1,
                other => panic!("{other:?}: {}", answer.text()),
            }
        }
        assert_eq!(town.people.access.most_hashes_at_once(), 4, "76 MiB and no more");
        assert!(served > 0 && served + shed == 1_000, "{served} served, {shed} told to come back");
        // And whoever comes after them is served as ever.
        let input = json!({ "email": "ana@example.org", "password": PASSWORD });
        let answer = town.browser().send(request(2_000, SIGN_IN, &input)).await.json();
        assert_eq!(answer["data"]["signIn"]["isSignedIn"], true, "{answer}");
    }

    async fn no_secret_and_no_address_of_a_person_is_logged(base) {
        let town = Town::over(&base).await;
        let log = Log::default();
        let guard = log.listen();
        town.people.account("canary").await;
        let mut browser = town.browser();
        browser.get("/sign-in?lang=en").await;
        browser.form("/sign-in", &[("email", "canary@example.org"), ("password", "canary-wrong-password")]).await;
        browser.form("/sign-in/link", &[("email", "canary@example.org")]).await;
        browser.form("/sign-in/link", &[("email", "canary-nobody@example.org")]).await;
        let done = browser.form("/sign-in", &[("email", "canary@example.org"), ("password", PASSWORD)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        browser.get("/account").await;
        let made = browser.form("/account/tokens", &[("name", "canary-name"), ("days", "3"), ("scope", "read")]).await;
        let token = made.text().split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let authorized = Request::get("/account").header("authorization", format!("Bearer {token}"));
        town.browser().send(authorized.body(Body::empty()).unwrap()).await;
        browser.form("/account", &[("newPassword", "canary-short"), ("currentPassword", PASSWORD)]).await;
        browser.public(SIGN_IN, json!({ "input": { "email": "canary@example.org", "password": "canary-graphql" } })).await;
        browser.public("mutation { signIn(input: { email: \"canary@example.org\", password: \"canary-inline\" }) { nothing } }", json!({})).await;
        browser.get(&format!("/sign-in/link/{token}")).await;
        browser.get(&format!("/sign-up/link/{token}")).await;
        browser.form(&format!("/sign-up/link/{token}"), &[("displayName", "canary-person")]).await;
        browser.get(&format!("/sign-in/provider/back?code=canary-code&state={token}")).await;
        browser.get("/sign-in?email=canary-query@example.org").await;
        let session = browser.cookies["__Host-od100"].clone();
        let form = browser.cookies["__Host-od100-form"].clone();
        tracing::info!("the log is heard");
        drop(guard);
        let text = log.text();
        assert!(text.contains("the log is heard") && text.contains("/sign-in"), "requests are logged: {text}");
        // What the database driver says of its statements at the level of traces is not what a server logs.
        let ours: String = text.lines().filter(|line| line.contains("\"target\":\"od100")).collect();
        assert!(ours.contains("request"));
        for secret in [PASSWORD, "canary", &token, &session, &form] {
            assert!(!ours.contains(secret), "{secret} is logged");
        }
        assert!(!text.contains(PASSWORD) && !text.contains(&session) && !text.contains(&token));
    }

    async fn five_hundred_hostile_requests_make_no_line_of_their_own(base) {
        let town = Town::over(&base).await;
        let log = Log::default();
        let guard = log.listen();
        let pieces = ["%0d%0a", "%0a", "%1b[31m", "%1b]8;;x%07", "%00", "%e2%80%a8", "%22,%22level%22:%22ERROR", "%5c%22", "%c2%85", "%7f"];
        let mut browser = town.browser();
        for number in 0..500 {
            let piece = pieces[number % pieces.len()];
            let path = match number % 5 {
                0 => format!("/organisations/x{piece}{number}"),
                1 => format!("/{piece}forged{number}"),
                2 => format!("/sign-in/link/od5_{piece}{number}"),
                3 => format!("/explore?x={piece}{number}"),
                _ => format!("/answer/{piece}{number}"),
            };
            let agent = [b"x\x1b[31m" as &[u8], b"a\tb", b"\xff\xfe"][number % 3];
            let request = Request::get(path).header("user-agent", axum::http::HeaderValue::from_bytes(agent).unwrap_or("x".parse().unwrap()));
            browser.send(request.body(Body::empty()).unwrap()).await;
        }
        drop(guard);
        let text = log.text();
        let mut requests = 0;
        for line in text.lines() {
            let entry: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            assert!(!line.contains('\u{1b}') && !line.contains('\u{7f}'), "{line:?}");
            assert_ne!(entry["level"], "ERROR", "{line}");
            requests += usize::from(entry["fields"]["message"] == "request");
        }
        assert_eq!(requests, 500);
    }

    async fn public_answers_are_the_same_whoever_asks(base) {
        let (organisation, study) = crate::people::places(&base).await;
        let town = Town::over(&base).await;
        let mut browsers = vec![("visitor", town.browser())];
        for role in Role::ALL {
            let scope = match role {
                Role::OrganisationRepresentative | Role::AgencyLiaison => Some(organisation.0),
                Role::Researcher => Some(study.0),
                _ => None,
            };
            town.people.with_role(role.as_str(), *role, scope).await;
            browsers.push((role.as_str(), town.signed_in(role.as_str()).await));
        }
        let sdl = od100::graphql::schema::sdl();
        let document = async_graphql::parser::parse_schema(&sdl).unwrap();
        let fields = document.definitions.into_iter().find_map(|definition| {
            use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
            match definition {
                TypeSystemDefinition::Type(one) if one.node.name.node == "Query" => match one.node.kind {
                    TypeKind::Object(object) => Some(object.fields),
                    _ => None,
                },
                _ => None,
            }
        });
        let mut asked = 0;
        for field in fields.unwrap() {
            let name = &field.node.name.node;
            let takes = |argument: &str| field.node.arguments.iter().any(|one| one.node.name.node == argument);
            let mut queries = vec![format!("{{ {name} {{ __typename }} }}")];
            if takes("slug") {
                queries.extend(["study", "nothing"].map(|slug| format!("{{ {name}(slug: \"{slug}\") {{ __typename }} }}")));
            }
            if takes("first") {
                queries.push(format!("{{ {name}(first: 5) {{ totalCount edges {{ node {{ __typename }} }} }} }}"));
            }
            for query in queries {
                let mut answers = BTreeSet::new();
                for (_, browser) in &mut browsers {
                    answers.insert(browser.public(&query, json!({})).await.text());
                }
                assert_eq!(answers.len(), 1, "{query}: {answers:?}");
                asked += browsers.len();
            }
        }
        assert!(asked > 200, "{asked}");
    }
}
