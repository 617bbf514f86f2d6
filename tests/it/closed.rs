//! What is private stays private: nothing of it is in any public answer, page, download or error.

use entity::vocabulary::Consent;
use serde_json::json;

use crate::api_harness::Api;
use crate::harness::{self, CANARY, on_each_database};

const HIDDEN: &str = "Hidden canary organisation";

/// Every field of text, value or identity that a public query can reach in a few steps.
pub(crate) const WIDE: &[&str] = &[
    "{ organisations(first: 100) { totalCount facets { values { value label count } } edges { claims { id } node { id slug name names { text } legalForm website description { value } summary { value } sectorText missing { attribute code } identifiers { scheme value } answers { question value missing } relations { other { name } } responses { status } observations { low central high } impacts { text rationale { value } } claims(first: 100) { nodes { purpose { value } via { name } evidence { locator quote source { title url author } } } } peers { organisation { name } } source { title author } attribution { text } } } } }",
    "{ publishers(first: 100) { nodes { name organisation { name answers { value } } users(first: 100) { nodes { name } } } } }",
    "{ datasets(first: 100) { nodes { title users(first: 100) { nodes { name } } claims(first: 100) { nodes { organisation { name } purpose { value } } } } } }",
    "{ organisations(first: 40) { nodes { dataOfPeers(among: 20) { peers(first: 20) { name } publishers { peers { name } } datasets { peers { name } } } } } }",
    "{ publishers(first: 40) { nodes { reliance { n since { rows { value } } ifStopped { rows { value } } } } } }",
    "{ indicators { key observationCount } indicatorObservations(first: 100) { nodes { low central high organisation { name } } } }",
    "{ mapPoints(zoom: 24) { points symbols } flow { nodes { label } } topDatasets { rows { organisationCount } } sdgs { organisations { nodes { name } } } sectors { organisations { nodes { name } } } }",
    "{ network(kind: ORGANISATION, slug: \"hidden-canary-organisation\", depth: 3, first: 400) { nodes { label slug } } }",
];

on_each_database! {
    async fn nothing_private_is_in_any_public_answer(base) {
        let mut organisations: Vec<_> = (0..40).map(harness::organisation).collect();
        organisations[3].consent = Consent::No;
        organisations[3].name = HIDDEN.to_owned();
        let values = organisations.iter().map(|o| o.observations.len()).sum::<usize>();
        assert!(values > 0, "the fixture must have values that only aggregates may use");
        base.take(harness::header(), organisations).await.unwrap();
        let api = Api::over(&base).await;

        let mut said = Vec::new();
        for query in WIDE {
            said.push(api.raw("en", query, json!({})).await.to_string());
        }
        for text in [CANARY, HIDDEN] {
            let query = "query($t: String!) { search(text: $t) { hits { title path matched } } organisations(filter: { text: $t }) { totalCount undisclosedCount } organisation(slug: \"hidden-canary-organisation\") { name } }";
            let answer = api.raw("en", query, json!({ "t": text })).await;
            assert_eq!(answer["data"]["organisations"]["totalCount"], json!(0));
            assert_eq!(answer["data"]["organisation"], json!(null));
            said.push(answer.to_string());
        }
        let (status, map) = api.get("/sitemap.xml").await;
        assert_eq!(status, 200);
        let mut paths: Vec<String> = map.split("<loc>").skip(1)
            .filter_map(|rest| rest.split("</loc>").next())
            .map(|url| url.trim_start_matches("http://127.0.0.1").to_owned()).collect();
        assert!(paths.len() > 40, "the site map names {} pages", paths.len());
        for what in ["organisations", "claims", "publishers", "datasets"] {
            paths.extend(["csv", "json"].map(|format| format!("/download/{what}.{format}")));
        }
        paths.push("/organisations/hidden-canary-organisation".to_owned());
        for path in paths {
            said.push(api.get(&path).await.1);
        }
        for text in said {
            assert!(!text.contains(CANARY), "a private answer came out");
            assert!(!text.contains("Hidden canary"), "an organisation that may not be shown came out");
        }
    }
}

#[test]
fn the_public_schema_names_nothing_private() {
    // What visitors send to sign in is named, and stands in no answer.
    let is_sign_in = |block: &str| {
        let named = block.lines().find(|line| line.starts_with("type ") || line.starts_with("input "));
        let words = ["type Mutation ", "input SignIn", "type SignIn", "type SignOut"];
        named.is_some_and(|line| words.iter().any(|word| line.starts_with(word)))
            || block.contains("\nenum UserErrorCode ")
    };
    let sdl = od100::graphql::schema::sdl();
    let (sign_in, rest): (Vec<_>, Vec<_>) = sdl.split("\n\n").partition(|block| is_sign_in(block));
    assert!(sign_in.len() < 10 && rest.len() > 100, "the description is read as it is laid out");
    // A response can end without contact; the word itself is no contact.
    let sdl = rest.join("\n").to_lowercase().replace("no_contact", "");
    for word in [
        "email",
        "e_mail",
        "phone",
        "contact",
        "password",
        "token",
        "session",
        "respondent",
        "rfc:",
        "createdby",
        "invitation",
        "moderation",
        "user:",
        "grant",
        "outbox",
        "secret",
        "ipaddress",
    ] {
        assert!(!sdl.contains(word), "the public schema says '{word}'");
    }
    // Whoever answers says who may see an answer; nothing that is answered says it.
    let inputs: Vec<&str> = sdl.split("\ninput ").skip(1).filter_map(|rest| rest.split("\n}").next()).collect();
    let asked: usize = inputs.iter().map(|input| input.matches("visibility").count()).sum();
    assert_eq!(sdl.matches("visibility").count(), asked, "the public schema tells a visibility");
}
