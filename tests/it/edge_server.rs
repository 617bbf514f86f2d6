//! The router behind real sockets: headers on every answer, slow and greedy clients, stopping.

use std::time::{Duration, Instant};

use axum::{body::Body, http::Request};
use od100::http::server::Limits;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::edge_harness::{Edge, Setting};

const HEADERS: [&str; 7] = [
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "x-request-id",
];

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let edge = Edge::new();
    let mut answers = vec![
        ("200", edge.get("/graphql?query=%7Blang%7D", &[]).await),
        ("304", edge.get("/graphql?query=%7Blang%7D", &[("if-none-match", "*")]).await),
        ("200", edge.get("/healthz", &[]).await),
        ("400", edge.get("/graphql", &[]).await),
        ("404", edge.get("/nothing", &[("accept", "text/html")]).await),
        ("404", edge.get("/assets/nothing.js", &[]).await),
        ("415", edge.post("x", &[]).await),
        ("413", edge.post("x".repeat(65 * 1024), &[("content-type", "application/json")]).await),
        ("500", edge.ask("{panics}").await),
        ("405", edge.send(Request::delete("/healthz").body(Body::empty()).unwrap()).await),
        ("204", edge.send(Request::options("/graphql").body(Body::empty()).unwrap()).await),
    ];
    let poor = Edge::with(Setting { rate: Some(1), ready: false, ..Setting::default() });
    answers.push(("503", poor.get("/graphql?query=%7Blang%7D", &[]).await));
    answers.push(("429", poor.get("/graphql?query=%7Blang%7D", &[]).await));
    for (status, answer) in &answers {
        assert_eq!(answer.status.as_str(), *status, "{}", answer.text());
        for name in HEADERS {
            assert!(answer.headers.contains_key(name), "{status} lacks {name}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("strict-transport-security"), "");
    }
    let crowded = &answers.last().unwrap().1;
    assert_eq!((crowded.header("retry-after"), crowded.code().as_str()), ("60", "TOO_MANY_REQUESTS"));
    let secure = Edge::with(Setting { public_url: "https://od100.example".into(), ..Setting::default() });
    assert!(secure.get("/healthz", &[]).await.header("strict-transport-security").starts_with("max-age=31536000"));
}

#[tokio::test]
async fn refusals_come_as_a_page_or_as_a_problem() {
    let edge = Edge::new();
    let page = edge.get("/nothing", &[("accept", "text/html,*/*;q=0.8")]).await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let problem = edge.get("/nothing", &[("accept", "*/*")]).await;
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert_eq!(problem.json()["status"], 404);
    let panicked = edge.ask("{panics}").await;
    assert_eq!((panicked.status.as_u16(), panicked.json()["detail"].as_str()), (500, Some("internal error")));
    assert!(!panicked.text().contains("purpose"));
    assert_eq!(edge.ask("{lang}").await.status, 200, "and the next one is served");
}

#[tokio::test]
async fn the_console_can_be_switched_off() {
    let edge = Edge::with(Setting { graphiql: false, ..Setting::default() });
    assert_eq!(edge.get("/graphiql", &[]).await.status, 404);
    let policy = Edge::new().get("/graphiql", &[]).await.header("content-security-policy").to_owned();
    assert!(policy.contains("style-src 'self' 'unsafe-inline'") && policy.contains("script-src 'self';"), "{policy}");
}

#[tokio::test]
async fn what_the_build_leaves_for_the_server_is_not_sent() {
    let edge = Edge::new();
    for path in [
        "/.vite/manifest.json",
        "/persisted.json",
        "/graphiql.html",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/assets/..%2f..%2fpackage.json",
    ] {
        assert_eq!(edge.get(path, &[]).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn costly_answers_use_up_the_allowance_sooner() {
    let edge = Edge::with(Setting { rate: Some(300), ..Setting::default() });
    let mut answered = 0;
    while edge.ask(&format!("{{orgs(first:100){{id name datasets(first:90){{id}}}}}} # {answered}")).await.status == 200
    {
        answered += 1;
        assert!(answered < 10, "a query of 18,300 values costs 184 points");
    }
    assert_eq!(answered, 2);
    let other = Edge::with(Setting { rate: Some(300), ..Setting::default() });
    for _ in 0..20 {
        let kept = other.ask("{orgs(first:100){id name datasets(first:90){id}}}").await;
        assert_eq!(kept.status, 200, "an answer that is kept was paid for when it was made");
    }
}

async fn read_all(stream: &mut TcpStream, within: Duration) -> Option<String> {
    let mut bytes = Vec::new();
    tokio::time::timeout(within, stream.read_to_end(&mut bytes)).await.ok()?.ok();
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn quick() -> Limits {
    Limits { head: Duration::from_millis(300), ..Limits::default() }
}

#[tokio::test]
async fn slow_and_idle_connections_are_closed() {
    let edge = Edge::new();
    let (address, _stop, _served) = edge.listen(quick()).await;
    for head in ["", "GET /healthz HT", "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        assert!(read_all(&mut stream, Duration::from_secs(5)).await.is_some(), "still open after {head:?}");
    }
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let read = read_all(&mut idle, Duration::from_secs(5)).await.expect("an idle connection is closed");
    assert!(read.starts_with("HTTP/1.1 200"), "{read}");
}

#[tokio::test]
async fn a_body_that_never_comes_is_given_up() {
    let edge = Edge::new();
    let (address, _stop, _served) = edge.listen(Limits::default()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    stream.write_all(head.as_bytes()).await.unwrap();
    let read = read_all(&mut stream, Duration::from_secs(20)).await.expect("an answer within the deadline");
    assert!(read.starts_with("HTTP/1.1 503"), "{read}");
}

#[tokio::test]
async fn one_address_cannot_take_every_connection() {
    let edge = Edge::new();
    let limits = Limits { per_address: 3, ..Limits::default() };
    let (address, _stop, _served) = edge.listen(limits).await;
    let ask = async |stream: &mut TcpStream| {
        let _ = stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
        let mut bytes = [0; 12];
        stream.read_exact(&mut bytes).await.is_ok_and(|_| &bytes == b"HTTP/1.1 200")
    };
    let mut held = Vec::new();
    for _ in 0..3 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        assert!(ask(&mut stream).await);
        held.push(stream);
    }
    assert!(!ask(&mut TcpStream::connect(address).await.unwrap()).await, "a fourth is not served");
    held.clear();
    let freed = Instant::now();
    while !ask(&mut TcpStream::connect(address).await.unwrap()).await {
        assert!(freed.elapsed() < Duration::from_secs(5), "places are given back");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn odd_requests_are_refused_and_the_connection_closed() {
    let edge = Edge::new();
    let (address, _stop, _served) = edge.listen(quick()).await;
    let requests = odd_requests();
    assert!(requests.len() >= 40, "{}", requests.len());
    for (name, request) in requests {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let _ = stream.write_all(&request).await;
        let read = read_all(&mut stream, Duration::from_secs(10)).await.unwrap_or_else(|| panic!("{name}: still open"));
        assert!(!read.contains("HTTP/1.1 404"), "{name}: a hidden request was served: {read}");
        assert!(!read.contains("HTTP/1.1 200"), "{name}: {read}");
    }
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
    assert!(read_all(&mut stream, Duration::from_secs(5)).await.unwrap().starts_with("HTTP/1.1 200"));
}

/// Requests that two readers could read in two ways, or that are none; some hide another in their body, whose
/// answer would be a 404.
fn odd_requests() -> Vec<(String, Vec<u8>)> {
    const HIDDEN: &str = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |name: &str, request: String| all.push((name.to_owned(), request.into_bytes()));
    for (name, headers) in [
        ("a length and chunks", "Content-Length: 6\r\nTransfer-Encoding: chunked"),
        ("chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 6"),
        ("two lengths", "Content-Length: 0\r\nContent-Length: 36"),
        ("a list of lengths", "Content-Length: 0, 36"),
        ("a signed length", "Content-Length: +1"),
        ("a negative length", "Content-Length: -1"),
        ("a length in hexadecimal", "Content-Length: 0x5"),
        ("a length beyond all numbers", "Content-Length: 99999999999999999999999"),
        ("an empty length", "Content-Length: "),
        ("a length with words", "Content-Length: 5 bytes"),
        ("an encoding that is none", "Transfer-Encoding: xchunked"),
        ("an encoding before the chunks", "Transfer-Encoding: identity, xchunked"),
        ("chunks, and then something else", "Transfer-Encoding: chunked, identity"),
        ("chunks in quotes", "Transfer-Encoding: \"chunked\""),
        ("an encoding with a vertical tab", "Transfer-Encoding: \u{b}chunked"),
        ("a space before the colon", "Content-Length : 5"),
        ("a tab before the colon", "Transfer-Encoding\t: chunked"),
        ("a header folded over two lines", "X: y\r\n Content-Length: 5"),
        ("a header without a colon", "Content-Length 5"),
        ("a header without a name", ": 5"),
        ("a NUL in a name", "Con\0tent-Length: 5"),
        ("a NUL in a value", "X: a\0b"),
        ("a return in a value", "X: a\rContent-Length: 5"),
        ("a name in two alphabets", "C\u{43e}ntent-Length: 5"),
    ] {
        add(name, format!("POST /graphql HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n0\r\n\r\n{HIDDEN}"));
    }
    for (name, body) in [
        ("a chunk of no number", "zz\r\nabc\r\n0\r\n\r\n"),
        ("a chunk of a negative number", "-1\r\nabc\r\n0\r\n\r\n"),
        ("a chunk beyond all numbers", "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
        ("a chunk that is longer than it says", "1\r\nabc\r\n0\r\n\r\n"),
        ("a chunk in hexadecimal with its sign", "0x1\r\na\r\n0\r\n\r\n"),
        ("an empty line for a chunk", "\r\n\r\n"),
    ] {
        let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked";
        add(name, format!("{head}\r\n\r\n{body}{HIDDEN}"));
    }
    let many = (0..500).map(|number| format!("X-{number}: y")).collect::<Vec<_>>().join("\r\n");
    for (name, request) in [
        ("500 headers", format!("GET /healthz HTTP/1.1\r\nHost: x\r\n{many}\r\n\r\n")),
        ("a long address", format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(1_000_000))),
        ("a long header", format!("GET /healthz HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(1_000_000))),
        ("no version", "GET /healthz\r\n\r\n".to_owned()),
        ("a version to come", "GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n".to_owned()),
        ("a version in small letters", "GET /healthz http/1.1\r\nHost: x\r\n\r\n".to_owned()),
        ("a space in the address", "GET /health z HTTP/1.1\r\nHost: x\r\n\r\n".to_owned()),
        ("a NUL in the address", "GET /health\0z HTTP/1.1\r\nHost: x\r\n\r\n".to_owned()),
        ("a method that is no word", "G(ET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".to_owned()),
        ("no method", " /healthz HTTP/1.1\r\nHost: x\r\n\r\n".to_owned()),
        ("HTTP/2 by knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned()),
        ("TLS where none is spoken", "\u{16}\u{3}\u{1}\0\u{5}hello".to_owned()),
    ] {
        add(name, request);
    }
    all
}

#[tokio::test]
async fn a_request_under_way_is_finished_when_the_server_stops() {
    let edge = Edge::new();
    let (address, stop, served) = edge.listen(Limits::default()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let _idle = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /graphql?query=%7Bslow%7D HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(()).unwrap();
    let read = read_all(&mut stream, Duration::from_secs(8)).await.expect("an answer, and the end");
    assert!(read.starts_with("HTTP/1.1 200") && read.ends_with(r#"{"data":{"slow":1}}"#), "{read}");
    assert!(served.await.unwrap(), "everything was finished in time");
    assert!(TcpStream::connect(address).await.is_err(), "nobody is let in any more");
}
