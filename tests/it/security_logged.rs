//! What a check turns away is in the log, with the rule that did it (ASVS 16.3.3).

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;

use crate::desk_harness::Town;
use crate::harness::on_each_database;
use crate::log_capture::Log;

const FORM: &str = "application/x-www-form-urlencoded";

/// A form that a page of some site sends, with what it says of its token.
fn form(site: &str, token: &str) -> Request<Body> {
    Request::post("/sign-in")
        .header(header::CONTENT_TYPE, FORM)
        .header("sec-fetch-site", site)
        .body(Body::from(format!("form={token}&email=ana%40example.org&password=private")))
        .unwrap()
}

on_each_database! {
    async fn what_is_turned_away_is_logged_with_its_rule(base) {
        let town = Town::over(&base).await;
        let mut browser = town.browser();
        let log = Log::start();
        let seen = |rule: &str| log.text().lines().filter(|line| line.contains(rule)).count();
        let aliases: String = (0..100).map(|n| format!("a{n}: meta {{ revision }} ")).collect();
        let deep = format!("{{ meta {}", "{ a ".repeat(60));
        for (rule, query) in [("Aliases", format!("{{ {aliases} }}")), ("Nesting", deep)] {
            let rule = format!("\"rule\":\"{rule}");
            assert_eq!(seen(&rule), 0);
            let answer = browser.public(&query, json!({})).await;
            assert!(answer.text().contains("QUERY_TOO_LARGE"), "{}", answer.text());
            assert_eq!(seen(&rule), 1, "{rule}: {}", log.text());
        }
        browser.get("/sign-in").await;
        for (rule, request) in [("foreign form", form("cross-site", "x")), ("form token", form("same-origin", "guessed"))] {
            let rule = format!("\"rule\":\"{rule}\"");
            assert_eq!(seen(&rule), 0);
            assert_eq!(browser.send(request).await.status, 403, "{rule}");
            assert_eq!(seen(&rule), 1, "{rule}: {}", log.text());
        }
        assert_eq!(seen("request refused"), 2, "{}", log.text());
        let large = Request::post("/sign-in").header(header::CONTENT_TYPE, FORM).header("sec-fetch-site", "same-origin");
        let refused = browser.send(large.body(Body::from(vec![b'a'; 200_000])).unwrap()).await;
        assert_eq!((refused.status.as_u16(), seen("request refused")), (413, 3), "{}", log.text());
        for word in ["ana@example.org", "ana%40example.org", "private"] {
            assert_eq!(seen(word), 0, "the log names {word}");
        }
    }
}
