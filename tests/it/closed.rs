//! What is private stays private: nothing of it is in any public answer, page, download or error.

use entity::vocabulary::{Consent, RowVisibility};
use od100::domain::draft::{Decimal, Known, OrganisationDraft, lang_text};
use od100::store;
use sea_orm::EntityTrait;
use serde_json::json;

use crate::api_harness::Api;
use crate::harness::{self, Base, CANARY, on_each_database};

const HIDDEN: &str = "Hidden canary organisation";

/// Every field of text, value or identity that a public query can reach in a few steps: in queries that are answered,
/// which `wide` checks.
pub(crate) const WIDE: &[&str] = &[
    "{ organisations(first: 100) { totalCount facets { values { value label count } } nodes { id slug name legalForm website description { value } summary { value } sectorText source { title author } attribution { text } } } }",
    "{ organisations(first: 45) { nodes { names { text } identifiers { scheme value } relations { other { name } } } } }",
    "{ organisations(first: 45) { nodes { missing { attribute code } answers { question value missing } responses { status } } } }",
    "{ organisations(first: 45) { nodes { observations { low central high } impacts { text rationale { value } } peers { organisation { name } } } } }",
    "{ organisations(first: 45) { edges { claims { id } } nodes { claims(first: 8) { nodes { purpose { value } via { name } } } } } }",
    "{ organisations(first: 45) { nodes { claims(first: 3) { nodes { evidence { locator quote source { title url author } } } } } } }",
    "{ publishers(first: 60) { nodes { name organisation { name answers { value } } } } }",
    "{ publishers(first: 60) { nodes { name users(first: 60) { nodes { name } } } } }",
    "{ datasets(first: 60) { nodes { title users(first: 50) { nodes { name } } } } }",
    "{ datasets(first: 60) { nodes { claims(first: 40) { nodes { organisation { name } purpose { value } } } } } }",
    "{ organisations(first: 40) { nodes { dataOfPeers(among: 20) { peers(first: 20) { name } publishers { peers { name } } datasets { peers { name } } } } } }",
    "{ publishers(first: 40) { nodes { reliance { n since { rows { value } } ifStopped { rows { value } } } } } }",
    "{ indicators { key observationCount } indicatorObservations(first: 100) { nodes { low central high organisation { name } } } }",
    "{ mapPoints(zoom: 24) { points symbols } flow { nodes { label } } topDatasets { rows { organisationCount } } sdgs { organisations { nodes { name } } } sectors { organisations { nodes { name } } } }",
    "{ network(kind: ORGANISATION, slug: \"hidden-canary-organisation\", depth: 3, first: 400) { nodes { label slug } } }",
];

/// What an answer to one of them says. A refusal would prove nothing.
pub(crate) fn wide(query: &str, answer: &serde_json::Value) -> String {
    assert!(answer["errors"].is_null(), "{query} is refused: {answer}");
    answer.to_string()
}

/// What is said for all to see at first, and withdrawn later.
const WITHDRAWN: &[&str] =
    &["Hidden canary", "hidden-canary.example.org", "canary answer", "canary purpose", "98765432", "98765433"];

/// Everything that a moment of the record can be asked for, and what was said.
async fn all_of_a_moment(api: &Api, asked: &[(&str, &str)]) -> Vec<(String, String)> {
    let arguments: Vec<String> = asked.iter().map(|(word, value)| format!("{word}: \"{value}\"")).collect();
    let words: Vec<String> = asked.iter().map(|(word, value)| format!("{word}={value}")).collect();
    let (arguments, words) = (arguments.join(", "), words.join("&"));
    let of_one = "slug name website answers { question value } observations { low central high } claims(first: 4) { nodes { purpose { value } } }";
    let mut said = Vec::new();
    for query in [
        format!("{{ organisation(slug: \"hidden-canary-organisation\", {arguments}) {{ {of_one} }} }}"),
        format!(
            "{{ organisations(first: 6, filter: {{ {arguments} }}) {{ nodes {{ {of_one} }} facets {{ values {{ value label }} }} }} }}"
        ),
        format!(
            "{{ publishers(first: 6, filter: {{ {arguments} }}) {{ nodes {{ name }} }} datasets(first: 4, filter: {{ {arguments} }}) {{ nodes {{ users(first: 6) {{ nodes {{ slug name website }} }} claims(first: 12) {{ nodes {{ organisation {{ name }} purpose {{ value }} }} }} }} }} }}"
        ),
    ] {
        let answer = api.raw("en", &query, json!({})).await;
        assert!(answer["errors"].is_null(), "{answer}");
        said.push((query, answer.to_string()));
    }
    let values = "{ indicatorObservations(first: 20) { nodes { central organisation { name website } } } }";
    // These values are of the moment itself.
    if asked.is_empty() {
        said.push((values.to_owned(), api.raw("en", values, json!({})).await.to_string()));
    }
    let mut paths: Vec<String> = [
        "/organisations/hidden-canary-organisation",
        "/explore",
        "/explore?view=table",
        "/publishers",
        "/datasets",
        "/",
    ]
    .map(str::to_owned)
    .into();
    for what in ["organisations", "claims", "publishers", "datasets", "observations", "flow", "counts"] {
        paths.extend(["csv", "json", "geojson"].map(|format| format!("/download/{what}.{format}")));
    }
    for path in paths {
        let path = format!("{path}{}{words}", if path.contains('?') { '&' } else { '?' });
        let (status, text) = api.get(&path).await;
        assert!(status < 500, "{path}: {status}");
        said.push((path, text));
    }
    said
}

/// An organisation that shows everything, and one whose values are shown.
fn outspoken() -> Vec<OrganisationDraft> {
    let mut all: Vec<_> = (0..6).map(harness::organisation).collect();
    all[3].name = HIDDEN.to_owned();
    all[3].consent = Consent::Yes;
    all[3].website = Some("https://hidden-canary.example.org".to_owned());
    all[3].observations[0].central = Some(Decimal { mantissa: 98_765_433, scale: 0 });
    all[3].observations[0].visibility = RowVisibility::Public;
    all[5].responses[0].answers[1].value = Known::Value("canary answer".to_owned());
    all[5].observations[0].central = Some(Decimal { mantissa: 98_765_432, scale: 0 });
    all[5].observations[0].visibility = RowVisibility::Public;
    all[5].claims[0].purpose = Some(lang_text("en", "canary purpose"));
    all
}

/// A claim is made private.
async fn close_the_claim(base: &Base) {
    let claims = entity::use_claim::Entity::find().all(&base.raw().await).await.unwrap();
    let told = |row: &entity::use_claim::Model| row.purpose.as_deref().is_some_and(|text| text.contains("canary"));
    let before = claims.into_iter().find(told).unwrap();
    let after = entity::use_claim::Model { visibility: RowVisibility::Private, ..before.clone() };
    let transaction = store::begin(&base.ctx.db).await.unwrap();
    assert!(store::edit::replace(&transaction, (before, after), base.ctx.id(), (base.tick(), None)).await.unwrap());
    transaction.commit().await.unwrap();
}

on_each_database! {
    async fn what_is_withdrawn_is_withdrawn_for_every_moment(base) {
        base.take(harness::header(), outspoken()).await.unwrap();
        let then = base.clock.now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
        base.tick();
        let moments = [
            vec![("knownAt", then.as_str())],
            vec![("asOf", "2015-01-01")],
            vec![("asOf", "2015-01-01"), ("knownAt", then.as_str())],
            vec![],
        ];
        let api = Api::over(&base).await;
        for moment in &moments {
            let said = all_of_a_moment(&api, moment).await;
            for word in WITHDRAWN {
                assert!(said.iter().any(|(_, text)| text.contains(word)), "'{word}' was public at {moment:?}");
            }
        }

        let mut silent = outspoken();
        silent[3].consent = Consent::No;
        silent[5].responses[0].answers[1].visibility = RowVisibility::Private;
        silent[5].observations[0].visibility = RowVisibility::AggregateOnly;
        base.take(harness::header(), silent).await.unwrap();
        close_the_claim(&base).await;
        let api = Api::over(&base).await;
        for moment in &moments {
            for (from, text) in all_of_a_moment(&api, moment).await {
                for word in WITHDRAWN {
                    assert!(!text.contains(word), "'{word}' came out of {from}: {text}");
                }
            }
            let query: Vec<String> = moment.iter().map(|(word, value)| format!("{word}={value}")).collect();
            let (status, _) = api.get(&format!("/organisations/hidden-canary-organisation?{}", query.join("&"))).await;
            assert_eq!(status, 404, "{moment:?}");
            let (status, rest) = api.get(&format!("/download/organisations.csv?{}", query.join("&"))).await;
            assert!(status == 200 && rest.contains("Compañía"), "the others are there: {rest}");
        }
    }

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
            said.push(wide(query, &api.raw("en", query, json!({})).await));
        }
        assert!(said[0].contains("Compañía") && said[5].contains("source"), "what is public is told");
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
        for what in ["organisations", "claims", "publishers", "datasets", "flow", "counts"] {
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
