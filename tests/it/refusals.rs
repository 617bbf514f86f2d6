//! What could not be done is said in the language of the reader: each sentence of a rule has a Spanish one, and a page
//! and the API say it.

use std::path::Path;

use entity::vocabulary::Role;
use od100::atlas::Lang;
use od100::texts::{reasons, refusals::translated};
use serde_json::json;

use crate::desk_harness::Town;
use crate::harness::on_each_database;
use crate::people::places;
use crate::tidy::{code, sources};

/// Where rules and their transports say what is wrong.
const ROOMS: &[&str] = &["src/app", "src/domain", "src/graphql", "src/http/desk"];
/// What is said to whoever runs the program by its commands.
const COMMANDS: &[&str] = &["src/app/ingest", "src/app/ingest.rs", "src/app/batches.rs"];
/// What makes a refusal; its sentence is in the parentheses, or in a `message` made before.
const CALLS: &[&str] = &["Violation::new(", "Conflict(", "conflict(", "fault("];
/// How far before its use a `message` is looked for.
const BEFORE: usize = 900;

/// The texts in quotation marks, and where the parenthesis that is open, or the statement, ends.
fn quoted(source: &str) -> (Vec<String>, usize) {
    let (mut out, mut depth, mut at) = (Vec::new(), 1, 0);
    let bytes = source.as_bytes();
    while at < bytes.len() && depth > 0 {
        match bytes[at] {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b';' if depth == 1 => break,
            b'"' => {
                let start = at + 1;
                at = start;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                out.push(source[start..at.min(source.len())].to_owned());
            }
            _ => {}
        }
        at += 1;
    }
    (out, at)
}

/// The text as the program says it: its lines joined, and a figure for each value.
fn said(text: &str) -> String {
    let mut out = String::new();
    for (number, line) in text.split("\\\n").enumerate() {
        out.push_str(if number == 0 { line } else { line.trim_start() });
    }
    while let Some((before, rest)) = out.split_once('{') {
        let Some((_, after)) = rest.split_once('}') else { break };
        out = format!("{before}7{after}");
    }
    out
}

fn sentences(source: &str) -> Vec<String> {
    let mut out = Vec::new();
    for call in CALLS {
        for (at, _) in source.match_indices(call) {
            let before = source[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let inside = &source[at + call.len()..];
            let (texts, end) = quoted(inside);
            let is_sentence = |text: &String| text.contains(' ') && text.len() > 3;
            let mut found: Vec<_> = texts.into_iter().filter(is_sentence).collect();
            if found.is_empty() && inside[..end].contains("message") {
                let start = source[..at].rfind("let message").filter(|start| at - start < BEFORE);
                let made = start.map_or("", |start| &source[start..at]);
                found = quoted(made).0.into_iter().filter(is_sentence).collect();
            }
            out.extend(found.iter().map(|text| said(text)));
        }
    }
    out
}

#[test]
fn every_sentence_of_a_rule_has_a_spanish_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut files, mut checked, mut lacking) = (Vec::new(), 0, Vec::new());
    for room in ROOMS {
        sources(&root.join(room), &mut files);
    }
    files.retain(|file| !COMMANDS.iter().any(|of| file.starts_with(root.join(of))));
    files.retain(|file| !file.ends_with("tests.rs") && !file.to_string_lossy().contains("/tests/"));
    for file in &files {
        for sentence in sentences(&code(file)) {
            checked += 1;
            if translated(Lang::ES, &sentence).is_none_or(|text| text == sentence) {
                lacking.push(format!("{}: {sentence}", file.strip_prefix(root).unwrap().display()));
            }
        }
    }
    assert!(checked > 200, "only {checked} sentences were found: the test reads the sources wrongly");
    assert!(lacking.is_empty(), "add `api.refusal.…` to locales for:\n{}", lacking.join("\n"));
}

/// What signs people in and out is in no history that a page shows.
const UNSEEN: &str = "src/app/access";

#[test]
fn every_reason_that_the_program_gives_has_a_spanish_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut files, mut checked, mut lacking) = (Vec::new(), 0, Vec::new());
    sources(&root.join("src/app"), &mut files);
    files.retain(|file| !file.starts_with(root.join(UNSEEN)) && !file.ends_with("tests.rs"));
    for file in &files {
        let source = code(file);
        let commits = source.match_indices(".commit(").map(|(at, call)| &source[at + call.len()..]);
        // Decisions are put into words by a function of that name.
        let made = source.match_indices("fn reason(").map(|(at, _)| &source[at..]);
        let made = made.filter_map(|body| Some(&body[body.find('{')? + 1..body.find("\n}")?]));
        for reason in commits.flat_map(|call| quoted(call).0).chain(made.flat_map(|body| quoted(body).0)) {
            checked += 1;
            let said = reasons::of_program(Lang::ES, &said(&reason));
            if said.is_none_or(|text| text.trim_end_matches('.').eq_ignore_ascii_case(&reason)) {
                lacking.push(format!("{}: {reason}", file.strip_prefix(root).unwrap().display()));
            }
        }
    }
    assert!(checked > 60, "only {checked} reasons were found: the test reads the sources wrongly");
    assert!(lacking.is_empty(), "add `page.reason.…` to locales for:\n{}", lacking.join("\n"));
}

on_each_database! {
    async fn a_form_is_refused_in_the_language_of_its_page(base) {
        places(&base).await;
        let town = Town::over(&base).await;
        town.people.with_role("coco", Role::Contributor, None).await;
        let mut coco = town.signed_in("coco").await;
        for (lang, said, other) in [
            ("es", ["Esto hace falta.", "Dé una dirección como https://example.org."], "This is needed."),
            ("en", ["This is needed.", "Give an address such as https://example.org."], "Esto hace falta."),
        ] {
            let path = format!("/desk/propose/organisation?lang={lang}");
            coco.get(&path).await;
            let wrong = coco.form(&path, &[("name", ""), ("evidenceUrl", "javascript:x")]).await;
            assert_eq!(wrong.status, 422);
            let text = wrong.text();
            for said in said {
                assert!(text.contains(said), "{said}: {text}");
            }
            assert!(!text.contains(other) && !text.contains("lang=\"en\" class=\"fault\""), "{text}");
        }
    }

    async fn the_api_answers_in_the_language_that_is_asked_for(base) {
        let town = Town::over(&base).await;
        let mut visitor = town.browser();
        let report = "mutation($i: ErrorReportInput!) { errorReport(input: $i) { userErrors { code field message } } }";
        let wrong = json!({ "i": { "about": "/organisations/x", "text": " " } });
        for (lang, message) in [("es", "esto hace falta"), ("en", "this is needed")] {
            let answer = visitor.public_in(lang, report, wrong.clone()).await.json();
            let error = &answer["data"]["errorReport"]["userErrors"][0];
            assert_eq!((error["code"].as_str(), error["message"].as_str()), (Some("MISSING"), Some(message)), "{answer}");
        }
    }
}
