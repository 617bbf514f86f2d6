//! GraphQL over HTTP: which requests are taken, what their answers look like and how long they hold.

use std::{sync::atomic::Ordering::Relaxed, time::Duration};

use od100::graphql::{transport::Capacity, transport_persisted::hash};

use crate::edge_harness::{Edge, PERSISTED, Setting};

const JSON: (&str, &str) = ("content-type", "application/json");
const GRAPHQL: &str = "application/graphql-response+json";

/// The address that asks for the persisted query.
fn persisted(variables: &str) -> String {
    let variables = variables.replace('{', "%7B").replace('}', "%7D").replace('"', "%22");
    format!("/graphql?id={}&variables={variables}", hash(PERSISTED))
}

#[tokio::test]
async fn media_types_are_negotiated() {
    let edge = Edge::new();
    for (accept, expected) in [
        (None, "application/json; charset=utf-8"),
        (Some("*/*"), "application/json; charset=utf-8"),
        (Some(GRAPHQL), "application/graphql-response+json; charset=utf-8"),
        (
            Some("application/json;q=0.5, application/graphql-response+json"),
            "application/graphql-response+json; charset=utf-8",
        ),
        (Some("text/html, application/json;q=0.1"), "application/json; charset=utf-8"),
    ] {
        let mut headers = vec![JSON];
        headers.extend(accept.map(|value| ("accept", value)));
        let answer = edge.post(r#"{"query":"{org(id:1){id}}"}"#, &headers).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, expected), "{accept:?}");
        assert_eq!(answer.json()["data"]["org"]["id"], 1);
    }
    let answer = edge.post(r#"{"query":"{org(id:1){id}}"}"#, &[JSON, ("accept", "text/html")]).await;
    assert_eq!(answer.status, 406);
}

#[tokio::test]
async fn a_malformed_request_is_refused() {
    let edge = Edge::new();
    for body in [
        "",
        "{",
        "null",
        "[]",
        "\"query\"",
        "{}",
        r#"{"query":1}"#,
        r#"{"query":"{lang}","variables":[]}"#,
        r#"{"query":"{lang}","variables":"x"}"#,
        r#"{"query":"{lang}","operationName":1}"#,
        r#"{"query":"{lang}","extensions":"x"}"#,
        r#"[{"query":"{lang}"},{"query":"{lang}"}]"#,
        r#"["{lang}"]"#,
        r#"{"query":"{lang}","id":"x"}"#,
    ] {
        for accept in ["application/json", GRAPHQL] {
            let answer = edge.post(body, &[JSON, ("accept", accept)]).await;
            assert_eq!(answer.status, 400, "{body}");
            assert_eq!(answer.code(), "BAD_REQUEST", "{body}");
        }
    }
    assert_eq!(edge.get("/graphql", &[]).await.status, 400);
    assert_eq!(edge.get("/graphql?query=%7Blang%7D&variables=x", &[]).await.status, 400);
    assert_eq!(edge.resolved(), 0);
}

#[tokio::test]
async fn a_query_that_is_wrong_never_runs() {
    let edge = Edge::new();
    for query in ["{", "{nothing}", "{org{id}}", "query A {lang} query B {lang}", "subscription { lang }"] {
        let body = serde_json::json!({ "query": query }).to_string();
        let answer = edge.post(body.clone(), &[JSON, ("accept", GRAPHQL)]).await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.text());
        assert!(answer.json().get("data").is_none(), "{query}");
        let answer = edge.post(body, &[JSON]).await;
        assert_eq!(answer.status, 200, "{query}");
        assert!(answer.json().get("data").is_none(), "{query}");
    }
    assert_eq!(edge.resolved(), 0);
}

#[tokio::test]
async fn a_syntax_error_does_not_repeat_the_query() {
    let edge = Edge::new();
    let answer = edge.ask("{ canary <script> }").await;
    assert_eq!(answer.code(), "GRAPHQL_PARSE_FAILED");
    assert!(!answer.text().contains("canary"), "{}", answer.text());
    assert_eq!(answer.json()["errors"][0]["locations"][0]["line"], 1);
    let said = answer.json()["errors"][0]["message"].as_str().unwrap().to_owned();
    assert!(said.contains("not valid GraphQL at line 1, column ") && said.ends_with(", where '<' stands"), "{said}");
}

#[tokio::test]
async fn only_json_posts_and_query_gets_run() {
    let edge = Edge::new();
    let mutation = r#"{"query":"mutation{renameOrg(id:1,name:\"x\"){id}}"}"#;
    for content_type in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=B", "///", ""]
    {
        let answer = edge.post(mutation, &[("content-type", content_type)]).await;
        assert_eq!(answer.status, 415, "{content_type}");
    }
    assert_eq!(edge.post(mutation, &[]).await.status, 415);
    let utf16 = [("content-type", "application/json; charset=utf-16")];
    assert_eq!(edge.post(mutation, &utf16).await.status, 415);
    assert_eq!(edge.post(mutation, &[JSON, ("content-encoding", "gzip")]).await.status, 415);
    let uri = "/graphql?query=mutation%7BrenameOrg(id:1,name:%22x%22)%7Bid%7D%7D";
    let answer = edge.get(uri, &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "POST"));
    assert_eq!(edge.mutated(), 0);
    assert_eq!(edge.post(mutation, &[("content-type", "application/json; charset=utf-8")]).await.code(), "CSRF");
    let ours =
        [("content-type", "application/json; charset=utf-8"), ("x-od100-csrf", "1"), ("sec-fetch-site", "same-origin")];
    assert_eq!(edge.post(mutation, &ours).await.status, 200);
    assert_eq!(edge.mutated(), 1);
    assert_eq!(edge.get("/graphql?query=%7Blang%7D", &[]).await.status, 200);
    for method in ["PUT", "DELETE", "PATCH"] {
        let request = axum::http::Request::builder().method(method).uri("/graphql").body(axum::body::Body::empty());
        let answer = edge.send(request.unwrap()).await;
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.header("allow").contains("POST"), "{method}: {}", answer.header("allow"));
    }
}

#[tokio::test]
async fn operation_name_and_variables_are_read_from_the_address() {
    let edge = Edge::new();
    let query = "query%20A(%24n:Int!)%7Borgs(first:%24n)%7Bid%7D%7D%20query%20B%7Blang%7D";
    let answer = edge.get(&format!("/graphql?query={query}&operationName=A&variables=%7B%22n%22:2%7D"), &[]).await;
    assert_eq!(answer.json()["data"]["orgs"].as_array().unwrap().len(), 2);
    let answer = edge.get(&format!("/graphql?query={query}&operationName=B"), &[]).await;
    assert_eq!(answer.json()["data"]["lang"], "es");
}

#[tokio::test]
async fn the_language_is_asked_for_or_negotiated() {
    let edge = Edge::new();
    for (query, accept, expected) in [
        ("", "", "es"),
        ("", "en-GB,en;q=0.9,es;q=0.1", "en"),
        ("", "de, es;q=0.2, en;q=0.4", "en"),
        ("&lang=es", "en", "es"),
        ("&lang=en", "", "en"),
        ("&lang=xx", "en", "en"),
    ] {
        let headers = [("accept-language", accept)];
        let answer = edge.get(&format!("/graphql?query=%7Blang%7D{query}"), &headers).await;
        assert_eq!(answer.json()["data"]["lang"], expected, "{query} {accept}");
        assert!(answer.header("vary").contains("Accept-Language"));
    }
}

#[tokio::test]
async fn an_answer_holds_until_the_record_changes() {
    let edge = Edge::new();
    let first = edge.get(&persisted(r#"{"n":2}"#), &[]).await;
    assert_eq!(first.status, 200);
    assert_eq!(first.header("cache-control"), "public, max-age=0, must-revalidate");
    let etag = first.header("etag").to_owned();
    let ran = edge.resolved();
    let again = edge.get(&persisted(r#"{"n":2}"#), &[]).await;
    assert_eq!((again.body, edge.resolved()), (first.body, ran), "answered from what was kept");
    let known = edge.get(&persisted(r#"{"n":2}"#), &[("if-none-match", &etag)]).await;
    assert_eq!((known.status.as_u16(), known.body.len(), known.header("etag")), (304, 0, etag.as_str()));
    edge.get(&persisted(r#"{"n":3}"#), &[]).await;
    assert!(edge.resolved() > ran, "other variables are another answer");
    let english = edge.get(&persisted(r#"{"n":2}"#), &[("accept-language", "en")]).await;
    assert_ne!(english.header("etag"), etag);
    // What is known of one query says nothing of another one, nor of other variables or another language.
    let others = [
        (persisted(r#"{"n":3}"#), "es"),
        (persisted(r#"{"n":2}"#), "en"),
        ("/graphql?query=%7Blang%7D".to_owned(), "es"),
        ("/graphql?query=%7Borgs(first:2)%7Bid%7D%7D".to_owned(), "es"),
    ];
    let mut tags = vec![etag.clone()];
    for (address, lang) in others {
        let headers = [("if-none-match", etag.as_str()), ("accept-language", lang)];
        let other = edge.get(&address, &headers).await;
        assert_eq!(other.status, 200, "{address} {lang}");
        tags.push(other.header("etag").to_owned());
    }
    let told: std::collections::BTreeSet<&String> = tags.iter().collect();
    assert_eq!(told.len(), tags.len(), "{tags:?}");
    edge.counts.revision.store(2, Relaxed);
    let changed = edge.get(&persisted(r#"{"n":2}"#), &[("if-none-match", &etag)]).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), etag);
}

#[tokio::test]
async fn an_unknown_persisted_query_is_named_as_such() {
    let edge = Edge::new();
    for accept in ["application/json", GRAPHQL] {
        let unknown = "0".repeat(64);
        let apollo =
            format!("extensions=%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22{unknown}%22%7D%7D");
        for query in [format!("id={unknown}"), apollo] {
            let answer = edge.get(&format!("/graphql?{query}"), &[("accept", accept)]).await;
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "PERSISTED_QUERY_NOT_FOUND"), "{query}");
        }
    }
}

#[tokio::test]
async fn errors_are_not_kept_and_say_no_more_than_they_should() {
    let edge = Edge::new();
    let answer = edge.get("/graphql?query=%7Bboom%7D", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (200, "INTERNAL"));
    assert!(!answer.text().contains("secret"), "{}", answer.text());
    let error = &answer.json()["errors"][0];
    assert_eq!(error["message"], "internal error");
    assert_eq!(error["extensions"]["requestId"], answer.header("x-request-id"));
    assert_eq!((answer.header("etag"), answer.header("cache-control")), ("", "no-store"));
    let ran = edge.resolved();
    edge.get("/graphql?query=%7Bboom%7D", &[]).await;
    assert_eq!(edge.resolved(), ran + 1);
    let refused = edge.ask("{refused}").await;
    assert_eq!((refused.code().as_str(), refused.header("retry-after")), ("AS_OF_PREPARING", "3"));
    assert_eq!(refused.json()["errors"][0]["message"], "that day is being prepared");
    let input = edge.ask("{orgs(first:101){id}}").await;
    assert_ne!(input.code(), "INTERNAL", "{}", input.text());
    assert!(input.text().contains("100"), "{}", input.text());
    let undefined = edge.ask("query($n: Int!) { orgs(first: $n) { id } }").await;
    assert_eq!(undefined.code(), "BAD_USER_INPUT", "{}", undefined.text());
}

#[tokio::test]
async fn one_execution_serves_all_who_ask_at_once() {
    let edge = Edge::new();
    let asked = (0..20).map(|_| {
        let edge = edge.clone();
        tokio::spawn(async move { edge.get("/graphql?query=%7Bslow%7D", &[]).await.status.as_u16() })
    });
    for status in asked.collect::<Vec<_>>() {
        assert_eq!(status.await.unwrap(), 200);
    }
    assert_eq!(edge.resolved(), 1);
}

#[tokio::test]
async fn a_reader_who_hangs_up_leaves_nothing_behind() {
    let edge = Edge::new();
    let gone = tokio::time::timeout(Duration::from_millis(50), edge.get("/graphql?query=%7Bslow%7D", &[])).await;
    assert!(gone.is_err());
    assert_eq!(edge.get("/graphql?query=%7Bslow%7D", &[]).await.status, 200);
    assert_eq!(edge.resolved(), 2);
}

#[tokio::test]
async fn no_more_operations_run_than_there_is_room_for() {
    let edge = Edge::with(Setting { capacity: Capacity { executing: 2, answer_bytes: 0 }, ..Setting::default() });
    let asked = (0..6).map(|n| {
        let edge = edge.clone();
        tokio::spawn(async move { edge.get(&format!("/graphql?query=%7Bslow%20%23{n}%0A%7D"), &[]).await })
    });
    let mut shed = 0;
    for answer in asked.collect::<Vec<_>>() {
        let answer = answer.await.unwrap();
        if answer.status == 503 {
            shed += 1;
            assert_eq!((answer.code().as_str(), answer.header("retry-after")), ("OVERLOADED", "1"));
        }
    }
    assert_eq!((shed, edge.resolved()), (4, 2));
    assert_eq!(edge.get("/graphql?query=%7Blang%7D", &[]).await.status, 200, "and there is room again");
}

#[tokio::test]
async fn an_answer_has_an_end() {
    let edge = Edge::new();
    let answer = edge.ask("{long(megabytes:3)}").await;
    assert_eq!((answer.status.as_u16(), answer.body.len() > 3 * 1024 * 1024), (200, true));
    let answer = edge.ask("{a:long(megabytes:3) b:long(megabytes:3)}").await;
    assert_eq!(answer.code(), "RESPONSE_TOO_LARGE");
    assert!(answer.body.len() < 1000);
}

#[tokio::test]
async fn long_answers_are_packed_for_those_who_ask() {
    let edge = Edge::new();
    let uri = "/graphql?query=%7Blong%7D";
    let packed = edge.get(uri, &[("accept-encoding", "br, gzip")]).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() < 10_000 && packed.body.starts_with(&[0x1f, 0x8b]));
    assert!(packed.header("vary").contains("Accept-Encoding"));
    assert_eq!(edge.get(uri, &[("accept-encoding", "gzip;q=0")]).await.header("content-encoding"), "");
}

#[tokio::test]
async fn nothing_is_answered_before_the_record_is_loaded() {
    let edge = Edge::with(Setting { ready: false, ..Setting::default() });
    let answer = edge.ask("{lang}").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "NOT_READY"));
    let ready = edge.get("/readyz", &[]).await;
    assert_eq!((ready.status.as_u16(), ready.header("retry-after")), (503, "2"));
    assert_eq!(edge.get("/healthz", &[]).await.status, 200);
    assert_eq!(Edge::new().get("/readyz", &[]).await.status, 200);
}
