//! Queries made to exhaust a server, through the real router: each is refused before a resolver runs,
//! in bounded time, with a short answer.

use std::{fmt::Write, time::Instant};

use axum::{body::Body, http::Request};

use od100::graphql::{
    transport::{Capacity, Edition, Service},
    transport_persisted::Persisted,
    transport_wire::{Incoming, Verb},
};

use crate::edge_harness::Edge;

/// Bounds that a busy machine keeps; the bench prints the milliseconds.
const SECONDS: f64 = 1.0;
const ANSWER_BYTES: usize = 8 * 1024;

fn times(n: usize, of: impl Fn(usize) -> String) -> String {
    (0..n).map(of).collect()
}

/// Fragments that spread one another: `width` to the power of `depth` selections.
fn bomb(width: usize, depth: usize) -> String {
    let mut query = String::from("query{org(id:1){...F0}} ");
    for i in 0..depth {
        write!(query, "fragment F{i} on Org{{{}}} ", format!("...F{} ", i + 1).repeat(width)).unwrap();
    }
    write!(query, "fragment F{depth} on Org{{id}}").unwrap();
    query
}

/// Every attack that is a query, by name.
#[expect(clippy::too_many_lines, reason = "a table")]
fn queries() -> Vec<(&'static str, String)> {
    let include = "@include(if:true) ";
    vec![
        ("100 aliases of a root field", format!("{{{}}}", times(100, |i| format!("a{i}:org(id:{i}){{name}} ")))),
        ("20,000 aliases of a root field", format!("{{{}}}", times(20_000, |i| format!("a{i}:org(id:{i}){{name}} ")))),
        ("1,000,000 aliases of __typename", format!("{{{}}}", times(1_000_000, |i| format!("a{i}:__typename ")))),
        (
            "3,000 aliases of __typename in a list of lists",
            format!("{{orgs(first:100){{datasets(first:100){{{}}}}}}}", times(3000, |i| format!("a{i}:__typename "))),
        ),
        (
            "30 aliases of __typename in a list of lists",
            format!("{{orgs(first:100){{datasets(first:100){{{}}}}}}}", times(30, |i| format!("a{i}:__typename "))),
        ),
        ("six lists inside one another", "{orgs{datasets{orgs{datasets{orgs{datasets{id}}}}}}}".into()),
        ("a million nodes", "{orgs(first:100){datasets(first:100){orgs(first:100){id}}}}".into()),
        (
            "a million nodes by variables' defaults",
            "query($n:Int=100){orgs(first:$n){datasets(first:$n){orgs(first:$n){id}}}}".into(),
        ),
        (
            "28 levels",
            format!("{{org(id:1){{{}id{}}}}}", "datasets(first:1){orgs(first:1){".repeat(14), "}}".repeat(14)),
        ),
        ("64 levels", format!("{{{}b{}", "a{".repeat(64), "}".repeat(65))),
        ("2,000 levels", format!("{{{}b{}", "a{".repeat(2000), "}".repeat(2001))),
        ("100,000 levels", format!("{{{}b{}", "a{".repeat(100_000), "}".repeat(100_001))),
        ("a value of 100,000 lists", format!("{{org(id:{}{}){{id}}}}", "[".repeat(100_000), "]".repeat(100_000))),
        (
            "a value of 50,000 objects",
            format!("{{orgs(filter:{}{}){{id}}}}", "{and:[".repeat(50_000), "]}".repeat(50_000)),
        ),
        ("levels inside inline fragments", format!("{{{}id{}}}", "...on Query{".repeat(39), "}".repeat(39))),
        (
            "fragments that are circular",
            "query{org(id:1){...A}} fragment A on Org{id ...B} fragment B on Org{name ...A}".into(),
        ),
        ("a fragment of itself", "query{org(id:1){...A}} fragment A on Org{...A}".into()),
        ("2^10 spreads", bomb(2, 10)),
        ("2^20 spreads", bomb(2, 20)),
        ("2^24 spreads", bomb(2, 24)),
        ("30^4 spreads", bomb(30, 4)),
        ("100^4 spreads", bomb(100, 4)),
        ("300^3 spreads", bomb(300, 3)),
        ("5,000^2 spreads", bomb(5000, 2)),
        ("a long chain of fragments", bomb(1, 35)),
        ("50 directives", format!("{{lang {}}}", include.repeat(50))),
        ("5,000 unknown directives", format!("{{org(id:1){{id {}}}}}", "@aa ".repeat(5000))),
        ("100,000 unknown directives", format!("{{org(id:1){{id {}}}}}", "@aa ".repeat(100_000))),
        ("100,000 directives", format!("{{lang {}}}", include.repeat(100_000))),
        ("directives on a fragment", format!("{{...on Query {}{{lang}}}}", include.repeat(25))),
        ("20,000 directives on a fragment", format!("{{...on Query {}{{lang}}}}", include.repeat(20_000))),
        ("directives on an operation", format!("query {}{{lang}}", include.repeat(25))),
        ("20,000 directives on an operation", format!("query {}{{lang}}", include.repeat(20_000))),
        ("directives on variables", format!("query($a:Int {}){{lang}}", "@aa ".repeat(25))),
        (
            "directives on a fragment's definition",
            format!("{{...A}} fragment A on Query {}{{lang}}", "@aa ".repeat(25)),
        ),
        ("1,500 times one field", format!("{{org(id:1){{{}}}}}", "id ".repeat(1500))),
        ("100,000 times one field", format!("{{org(id:1){{{}}}}}", "id ".repeat(100_000))),
        ("20,000 conflicting fields", format!("{{{}}}", times(20_000, |i| format!("a:org(id:{i}){{id}} ")))),
        ("50,000 unknown fields", format!("{{{}}}", times(50_000, |i| format!("nam{i} ")))),
        ("900 unknown fields", format!("{{{}}}", times(900, |i| format!("nam{i} ")))),
        ("20,000 variables", format!("query({}){{lang}}", times(20_000, |i| format!("$v{i}:Int ")))),
        ("40 variables", format!("query({}){{lang}}", times(40, |i| format!("$v{i}:Int ")))),
        ("20,000 undefined variables", format!("{{{}}}", times(20_000, |i| format!("a{i}:org(id:$v{i}){{id}} ")))),
        ("10 MB of spaces", format!("{{{}lang}}", " ".repeat(10_000_000))),
        ("10 MB of comment", format!("#{}\n{{lang}}", "x".repeat(10_000_000))),
        ("10 MB of string", format!("mutation{{renameOrg(id:1,name:\"{}\"){{id}}}}", "x".repeat(10_000_000))),
        ("100 MB of comment", format!("#{}\n{{lang}}", "x".repeat(100_000_000))),
        ("20,000 operations", times(20_000, |i| format!("query q{i}{{lang}} "))),
        ("6 operations", times(6, |i| format!("query q{i}{{lang}} "))),
        ("31 fragments", format!("{{lang}} {}", times(31, |i| format!("fragment F{i} on Query{{lang}} ")))),
        ("introspection in circles", "{__schema{types{fields{type{fields{type{fields{type{name}}}}}}}}}".into()),
        (
            "introspection in circles, seven times",
            format!("{{__schema{{types{{{}name{}}}}}}}", "fields{type{".repeat(7), "}}".repeat(7)),
        ),
        ("introspection in circles of interfaces", "{__schema{types{possibleTypes{interfaces{name}}}}}".into()),
        (
            "introspection in circles by fragments",
            "{__schema{types{...A}}} fragment A on __Type{fields{type{...B}}} fragment B on __Type{fields{name}}"
                .into(),
        ),
        ("introspection twice", "{a:__schema{types{name}} b:__schema{types{name}}}".into()),
        (
            "introspection of many types",
            format!("{{{}}}", times(20, |i| format!("t{i}:__type(name:\"Org\"){{name}} "))),
        ),
        (
            "introspection too deep",
            format!("{{__type(name:\"Org\"){{{}name{}}}}}", "ofType{".repeat(20), "}".repeat(20)),
        ),
        ("an argument that does not exist", "{org(idd:1){id}}".into()),
        ("a field that does not exist", "{org(id:1){contactEmal}}".into()),
        (
            "aliases hidden by @skip",
            format!("{{{}}}", times(5000, |i| format!("a{i}:org(id:1)@skip(if:true){{name}} "))),
        ),
        ("a string without end", "{org(id:\"".into()),
        ("a block string without end", "{org(id:\"\"\"x".into()),
        ("brackets that never open", "}".repeat(1999)),
        ("a byte order mark and nothing", "\u{feff}".into()),
        ("a page of 2^64", "{orgs(first:18446744073709551616){id}}".into()),
        ("a page below zero", "{orgs(first:-1){id}}".into()),
        ("a page of 101", "{orgs(first:101){id}}".into()),
    ]
}

#[tokio::test]
async fn no_resolver_runs_for_an_attack() {
    let edge = Edge::new();
    let mut count = 0;
    for (name, query) in queries() {
        // A page size is refused by its own field, before that field's resolver.
        let body = serde_json::json!({ "query": query }).to_string();
        let began = Instant::now();
        let answer = edge.post(body, &[("content-type", "application/json")]).await;
        let took = began.elapsed().as_secs_f64();
        assert_eq!((edge.resolved(), edge.mutated()), (0, 0), "{name} ran: {}", answer.text());
        assert!(answer.status == 413 || answer.json()["errors"].is_array(), "{name} was answered: {}", answer.text());
        assert!(answer.body.len() <= ANSWER_BYTES, "{name}: {} bytes", answer.body.len());
        assert!(took < SECONDS, "{name}: {took} s");
        count += 1;
    }
    assert!(count >= 60, "{count} queries");
}

#[tokio::test]
async fn no_resolver_runs_for_a_hostile_body() {
    let edge = Edge::new();
    let json = ("content-type", "application/json");
    let rename = r#"{"query":"mutation{renameOrg(id:1,name:\"x\"){id}}"}"#;
    let part = "--B\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n";
    let files =
        times(200, |i| format!("--B\r\nContent-Disposition: form-data; name=\"{i}\"; filename=\"a\"\r\n\r\nx\r\n"));
    let attacks: Vec<(&str, String, (&str, &str))> = vec![
        (
            "variables of 100,000 lists",
            format!("{{\"query\":\"{{lang}}\",\"variables\":{{\"a\":{}{}}}}}", "[".repeat(30_000), "]".repeat(30_000)),
            json,
        ),
        (
            "variables of 126 levels",
            format!(
                "{{\"query\":\"query($f:Filter){{orgs(filter:$f){{id}}}}\",\"variables\":{{\"f\":{}{{}}{}}}}}",
                "{\"and\":[".repeat(62),
                "]}".repeat(62)
            ),
            json,
        ),
        ("a batch of 10", format!("[{}]", [r#"{"query":"{lang}"}"#; 10].join(",")), json),
        ("a batch of 1", r#"[{"query":"{lang}"}]"#.into(), json),
        ("half a body", r#"{"query":"#.into(), json),
        ("plain text", rename.into(), ("content-type", "text/plain")),
        (
            "a form",
            "query=mutation{renameOrg(id:1,name:\"x\"){id}}".into(),
            ("content-type", "application/x-www-form-urlencoded"),
        ),
        ("JSON called a form", rename.into(), ("content-type", "application/x-www-form-urlencoded")),
        ("multipart", format!("{part}{rename}\r\n--B--\r\n"), ("content-type", "multipart/form-data; boundary=B")),
        (
            "multipart with files",
            format!("{part}{rename}\r\n{files}--B--\r\n"),
            ("content-type", "multipart/form-data; boundary=B"),
        ),
        (
            "multipart of 70 MB",
            format!("{part}{}\r\n--B--\r\n", "x".repeat(70_000_000)),
            ("content-type", "multipart/form-data; boundary=B"),
        ),
        ("a strange content type", rename.into(), ("content-type", "///")),
        ("a content type that begins well", rename.into(), ("content-type", "application/jsonx")),
    ];
    for (name, body, header) in attacks {
        let began = Instant::now();
        let answer = edge.post(body, &[header]).await;
        assert_eq!((edge.resolved(), edge.mutated()), (0, 0), "{name} ran: {}", answer.text());
        assert!(answer.status.is_client_error() || answer.json()["errors"].is_array(), "{name}: {}", answer.text());
        assert!(answer.body.len() <= ANSWER_BYTES && began.elapsed().as_secs_f64() < SECONDS, "{name}");
    }
    // Without a length the body is counted as it comes.
    let endless = futures_util::stream::iter((0..10_000).map(|_| Ok::<_, std::io::Error>(" ".repeat(1024))));
    let request = Request::post("/graphql").header(json.0, json.1).body(Body::from_stream(endless)).unwrap();
    assert_eq!(edge.send(request).await.status, 413);
}

#[tokio::test]
async fn honest_queries_pass() {
    let edge = Edge::new();
    for query in [
        "{org(id:1){id name}}".to_owned(),
        "{orgs(first:100){id name datasets(first:20){id}}}".to_owned(),
        "{__schema{types{name kind fields{name type{name kind ofType{name}}}}}}".to_owned(),
        "{__type(name:\"Org\"){name fields{name}}}".to_owned(),
        "{org(id:1){id}} # a comment".to_owned(),
        "query A($f:Filter){orgs(filter:$f){...O}} fragment O on Org{id name}".to_owned(),
        format!("{{{}}}", times(30, |i| format!("a{i}:org(id:{i}){{name}} "))),
    ] {
        let answer = edge.ask(&query).await;
        assert!(answer.json().get("errors").is_none(), "{query}: {}", answer.text());
    }
}

#[tokio::test]
async fn the_introspection_of_every_tool_passes() {
    let edge = Edge::new();
    let answer = edge.ask(FULL_INTROSPECTION).await;
    assert!(answer.json().get("errors").is_none(), "{}", answer.text());
    assert!(answer.json()["data"]["__schema"]["types"].as_array().unwrap().len() > 10);
}

#[tokio::test]
async fn the_public_schema_answers_introspection() {
    let schema = od100::graphql::schema::schema();
    let editions = Box::new(|| Some(Edition { tag: "test".into(), attach: Box::new(|request| request) }));
    let sdl = od100::graphql::schema::sdl();
    let service = Service::new(schema, &sdl, Persisted::default(), editions, Capacity::default());
    let body = serde_json::json!({ "query": FULL_INTROSPECTION }).to_string();
    let caller = std::sync::Arc::new(od100::graphql::caller::Caller::anybody([127, 0, 0, 1].into()));
    let incoming = Incoming {
        verb: Verb::Post,
        query: "",
        content_type: Some("application/json"),
        content_encoding: None,
        accept: None,
        accept_language: None,
        accept_encoding: None,
        if_none_match: None,
        body: body.as_bytes(),
        request_id: "",
        caller: &caller,
    };
    let answer = service.answer(&incoming).await;
    let json: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert!(json.get("errors").is_none(), "{}", json["errors"]);
    assert!(json["data"]["__schema"]["types"].as_array().unwrap().len() > 50);
}

/// What query consoles and code generators send: every part of a schema that there is to ask for.
const FULL_INTROSPECTION: &str = r"query IntrospectionQuery {
  __schema {
    description
    queryType { name kind } mutationType { name kind } subscriptionType { name kind }
    types { ...FullType }
    directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description specifiedByURL isOneOf
  fields(includeDeprecated: true) {
    name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason
  }
  inputFields(includeDeprecated: true) { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue {
  name description type { ...TypeRef } defaultValue isDeprecated deprecationReason
}
fragment TypeRef on __Type {
  kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
}";
