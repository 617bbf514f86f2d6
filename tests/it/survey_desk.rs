//! A study run over GraphQL: begun, asked, answered by a link, counted, closed; and nothing of it for others.

use entity::vocabulary::{LetterStatus, Role};
use od100::app::door::Door;
use od100::app::outbox::{Post, deliver};
use od100::app::survey::{invite, link, nominate, remind, renew, save};
use od100::domain::secret::Secret;
use od100::mail::Mailer;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::desk_harness::{Browser, Town};
use crate::harness::{Base, on_each_database};
use crate::people::places;
use crate::survey_harness::{Field, PRIVATE, who};

/// Sends one mutation; its payload.
async fn change(browser: &mut Browser, name: &str, kind: &str, input: Value, wanted: &str) -> Value {
    let query = format!(
        "mutation($input: {kind}!) {{ {name}(input: $input) {{ {wanted} userErrors {{ code field message }} }} }}"
    );
    let answer = browser.desk(&query, json!({ "input": input })).await.json();
    assert!(answer["errors"].is_null(), "{name}: {answer}");
    answer["data"][name].clone()
}

async fn done(browser: &mut Browser, name: &str, kind: &str, input: Value, wanted: &str) -> Value {
    let payload = change(browser, name, kind, input, wanted).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload
}

async fn ask(browser: &mut Browser, query: &str) -> Value {
    let answer = browser.desk(query, json!({})).await.json();
    assert!(answer["errors"].is_null(), "{query}: {answer}");
    answer["data"].clone()
}

fn study() -> Value {
    json!({
        "title": { "es": "Usos 2026", "en": "Uses 2026" }, "country": "MX", "licence": "CC BY 4.0",
        "licenceUrl": "https://creativecommons.org/licenses/by/4.0/", "attribution": "El estudio",
        "url": "https://example.org/estudio", "idempotencyKey": "one",
    })
}

/// A study with an open wave; the ids of both.
async fn open_wave(browser: &mut Browser) -> (String, String) {
    let begun = done(browser, "studyCreate", "StudyCreateInput", study(), "study { id }").await;
    let again = done(browser, "studyCreate", "StudyCreateInput", study(), "study { id }").await;
    assert_eq!(begun, again, "the same request is not done twice");
    let id = begun["study"]["id"].as_str().unwrap().to_owned();
    let wanted = "instrument { id state faults { message } }";
    let fork = json!({ "studyId": id, "idempotencyKey": "copy" });
    let draft = done(browser, "instrumentFork", "InstrumentForkInput", fork.clone(), wanted).await;
    assert_eq!(draft, done(browser, "instrumentFork", "InstrumentForkInput", fork, wanted).await);
    let instrument = draft["instrument"]["id"].clone();
    let wave = json!({
        "studyId": id, "instrumentId": instrument, "title": { "es": "Ola uno", "en": "Wave one" },
        "population": { "es": "Quienes usan datos" }, "opensOn": "2025-06-01", "closesOn": "2025-12-31", "frame": "LIST",
    });
    let early = change(browser, "waveCreate", "WaveCreateInput", wave.clone(), "wave { id }").await;
    assert_eq!(early["userErrors"][0]["field"], "instrument", "a draft is asked by nobody: {early}");
    done(
        browser,
        "instrumentPublish",
        "InstrumentPublishInput",
        json!({ "instrumentId": instrument }),
        "instrument { id }",
    )
    .await;
    let made = done(browser, "waveCreate", "WaveCreateInput", wave, "wave { id state }").await;
    let wave = made["wave"]["id"].as_str().unwrap().to_owned();
    let open = done(browser, "waveOpen", "WaveInput", json!({ "waveId": wave }), "wave { state nominationPath }").await;
    assert_eq!(open["wave"], json!({ "state": "OPEN", "nominationPath": null }));
    (id, wave)
}

async fn town(base: &Base) -> (Town, Browser) {
    let (_, other) = places(base).await;
    let town = Town::over(base).await;
    town.people.with_role("rosa", Role::Researcher, Some(other.0)).await;
    let browser = town.signed_in("rosa").await;
    (town, browser)
}

/// Answers to all that has to be answered.
fn mandatory() -> Value {
    json!([
        { "question": "name", "text": "Datos del Sur" },
        { "question": "kind", "choice": "company" },
        { "question": "size", "choice": "11-50" },
        { "question": "sector", "choice": "energy" },
        { "question": "uses", "uses": [{ "unlisted": "Precios de combustibles", "criticality": "CORE" }] },
        { "question": "use_types", "choices": ["product_service"] },
        { "question": "data_share", "missing": "DONT_KNOW" },
        { "question": "revenue", "choice": "5m-20m", "visibility": "private" },
        { "question": "display", "consent": true },
    ])
}

const SAVE: &str = "mutation($t: String!, $a: [AnswerInput!]!) { responseSave(input: { link: $t, answers: $a }) {
    response { status asked answered left revisions { question revision } } userErrors { code field message } } }";
const TELL: &str = "mutation($t: String!, $x: String!) { responseMistakeTell(input: { link: $t, text: $x }) { isTold userErrors { code field } } }";
const REFUSE: &str = "mutation($t: String!) { responseRefuse(input: { link: $t }) { isRefused userErrors { code } } }";
const SUBMIT: &str =
    "mutation($t: String!) { responseSubmit(input: { link: $t }) { submittedAt userErrors { code field } } }";

/// What an answer cannot be is refused, and not left out: a row that says something of nothing, a year to come, a choice that
/// the question does not give.
async fn refuses_what_cannot_be(firm: &mut Browser, token: &str) {
    let row = "la fila 1 no tiene nombre: diga qué datos son, o quite la fila";
    for (answer, says) in [
        (
            json!({ "question": "uses", "uses": [{ "unlisted": " ", "publishedBy": "Alcaldía de Tlalpan", "criticality": "CORE" }] }),
            row,
        ),
        (
            json!({ "question": "uses", "uses": [{ "publishedBy": "Alcaldía de Tlalpan" }] }),
            "cada uso nombra uno de datasetId, publisherId y unlisted",
        ),
        (
            json!({ "question": "requests", "requests": [{ "title": "", "publishedBy": "Alcaldía de Tlalpan", "purpose": "rutas" }] }),
            row,
        ),
        (json!({ "question": "founded", "date": "2099" }), "dé un año que ya haya empezado: este está por venir"),
        (
            json!({ "question": "name", "text": "Datos del Sur", "visibility": "private" }),
            "no se elige quién ve esta respuesta: déjelo fuera",
        ),
    ] {
        let refused = firm.public(SAVE, json!({ "t": token, "a": [answer] })).await.json();
        let error = &refused["data"]["responseSave"]["userErrors"][0];
        assert_eq!((&error["field"], error["message"].as_str()), (&answer["question"], Some(says)), "{refused}");
    }
}

const INVITED: &str = "invited { line responseId answerPath }";

/// Whoever was invited before keeps the link, unless it is to be made anew.
async fn keeps_links_unless_renewed(base: &Base, rosa: &mut Browser, wave: &str, all: &Value) {
    let wanted = INVITED;
    let filter = json!({ "waveId": wave, "filter": { "kind": ["company"] }, "idempotencyKey": "again" });
    let kept = done(rosa, "invite", "InviteInput", filter.clone(), wanted).await;
    assert_eq!(kept["invited"], json!([]), "{kept}");
    let first = all["invited"][0]["answerPath"].as_str().unwrap().trim_start_matches("/answer/").to_owned();
    assert!(link::follow(&base.ctx, &first).await.is_ok());
    let mut renew = filter;
    renew["renew"] = json!(true);
    let other = change(rosa, "invite", "InviteInput", renew.clone(), wanted).await;
    assert!(other["invited"].is_null() && !other["userErrors"][0].is_null(), "this is another request: {other}");
    renew["idempotencyKey"] = json!("anew");
    let anew = done(rosa, "invite", "InviteInput", renew, wanted).await;
    assert_eq!(anew["invited"].as_array().map(Vec::len), Some(1), "{anew}");
    assert!(link::follow(&base.ctx, &first).await.is_err(), "the old one has ended");
}

on_each_database! {
    async fn the_history_of_a_study_begins_when_it_is_seen(base) {
        let (_, mut rosa) = town(&base).await;
        let (study, wave) = open_wave(&mut rosa).await;
        base.tick();
        let later = json!({ "waveId": wave, "closesOn": "2026-12-31" });
        done(&mut rosa, "waveUpdate", "WaveUpdateInput", later, "wave { id }").await;
        base.tick();
        done(&mut rosa, "waveClose", "WaveInput", json!({ "waveId": wave }), "wave { state }").await;
        let mut anybody = Town::over(&base).await.browser();
        let told = anybody.get("/waves/wave-one/history?lang=en").await.text();
        for said in ["Added: wave “", "Wave opened.", "Wave closed.", "Researcher", "last day", "is unbroken"] {
            assert!(told.contains(said), "{said}: {told}");
        }
        for hidden in ["prepared", "draft", "rosa"] {
            assert!(!told.contains(hidden), "{hidden}: {told}");
        }
        let json = anybody.get("/waves/wave-one/history.json").await.json();
        let reasons: Vec<_> = json["entries"].as_array().unwrap().iter().map(|one| one["reason"].clone()).collect();
        assert_eq!(reasons, ["wave closed", "wave changed", "wave opened"]);
        let closed = &json["entries"][0]["changes"][0];
        // Closed before its last day, it ends on the day on which it was closed.
        let fields = json!([{ "name": "closes_on", "before": "2026-12-31", "after": "2025-06-30" }, { "name": "state", "before": "open", "after": "closed" }]);
        assert_eq!((&closed["did"], &closed["fields"]), (&json!("changed"), &fields));
        let told = anybody.get("/studies/uses-2026/history?lang=en").await.text();
        assert!(told.contains("Added: study") && told.contains("Changed: wave “") && told.contains("CC-BY-4.0"), "{told}");
        assert!(!told.contains("begun") && !told.contains("prepared"), "{told}");
        for path in ["/studies/uses-2026", "/waves/wave-one"] {
            let page = anybody.get(&format!("{path}?lang=en")).await.text();
            assert!(page.contains(&format!("{path}/history")), "{page}");
        }
        let desk = "query($id: ID!) { history(recordId: $id) { edges { node { reason } } } }";
        let people = Town::over(&base).await;
        people.people.with_role("cura", Role::Curator, None).await;
        let mut cura = people.signed_in("cura").await;
        for (id, count) in [(&study, 3), (&wave, 3)] {
            let seen = cura.desk(desk, json!({ "id": id })).await.json();
            assert_eq!(seen["data"]["history"]["edges"].as_array().map(Vec::len), Some(count), "{seen}");
        }
    }

    async fn public_pages_lead_to_a_wave_while_anybody_may_answer_it(base) {
        let (_, mut rosa) = town(&base).await;
        let (_, wave) = open_wave(&mut rosa).await;
        let steps = [
            ("waveUpdate", "WaveUpdateInput", json!({ "waveId": wave, "takesNominations": true }), true),
            ("waveUpdate", "WaveUpdateInput", json!({ "waveId": wave, "takesNominations": false }), false),
            ("waveUpdate", "WaveUpdateInput", json!({ "waveId": wave, "takesNominations": true }), true),
            ("waveClose", "WaveInput", json!({ "waveId": wave }), false),
        ];
        for (change, input, value, is_open) in steps {
            base.tick();
            done(&mut rosa, change, input, value, "wave { id }").await;
            let mut anybody = Town::over(&base).await.browser();
            for page in ["/", "/studies/uses-2026", "/waves/wave-one"] {
                let shown = anybody.get(&format!("{page}?lang=en")).await.text();
                assert_eq!(shown.contains("href=\"/join/wave-one?lang=en\""), is_open, "{page} after {change}: {shown}");
            }
            let told = anybody.public("{ wave(slug: \"wave-one\") { nominationPath } }", json!({})).await.json();
            let path = if is_open { json!("/join/wave-one") } else { Value::Null };
            assert_eq!(told["data"]["wave"]["nominationPath"], path, "{told}");
        }
    }

    async fn a_study_from_its_beginning_to_its_end(base) {
        let (town, mut rosa) = town(&base).await;
        let (study, wave) = open_wave(&mut rosa).await;
        let list = "name,email,contact\nDatos del Sur,sur@example.org,Ana\n,no es\nMapas del Norte,norte@example.org,Luz\n";
        let rows = "rows { line name fate isNew hasAddress organisationSlug status problems { field message } }";
        let preview = json!({ "waveId": wave, "list": list });
        let seen = done(&mut rosa, "invitationPreview", "InvitationPreviewInput", preview, rows).await;
        let problems: Vec<_> = seen["rows"].as_array().unwrap().iter().map(|row| row["problems"].as_array().unwrap().len()).collect();
        assert_eq!(problems, [0, 2, 0], "{seen}");
        let told = |what: &str| seen["rows"].as_array().unwrap().iter().map(|row| row[what].clone()).collect::<Vec<_>>();
        assert_eq!(told("fate"), ["NEW", "PROBLEM", "NEW"]);
        assert_eq!(told("hasAddress"), [true, false, true]);
        let bad = json!({ "waveId": wave, "list": "name,email,organisation\nSin arroba,no es,\n,no es,una-de-ellas\n" });
        let named = done(&mut rosa, "invitationPreview", "InvitationPreviewInput", bad, rows).await;
        let names: Vec<_> = named["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap_or_default()).collect();
        assert_eq!(names, ["Sin arroba", "una-de-ellas"], "what has a problem is named too: {named}");
        let wanted = INVITED;
        let refused = change(&mut rosa, "invite", "InviteInput", json!({ "waveId": wave, "list": list }), wanted).await;
        assert_eq!((refused["invited"].is_null(), &refused["userErrors"][0]["field"]), (true, &json!("list.3.name")));
        let good = list.replace(",no es\n", "");
        let input = json!({ "waveId": wave, "list": good, "idempotencyKey": "first" });
        let invited = done(&mut rosa, "invite", "InviteInput", input.clone(), wanted).await;
        let again = done(&mut rosa, "invite", "InviteInput", input, wanted).await;
        for (one, other) in invited["invited"].as_array().unwrap().iter().zip(again["invited"].as_array().unwrap()) {
            assert_eq!(one["responseId"], other["responseId"]);
            assert!(one["answerPath"].is_string() && other["answerPath"].is_null(), "a link is shown once");
        }
        let known = json!({ "waveId": wave, "organisations": ["nobody-has-this"], "lang": "es" });
        let unknown = change(&mut rosa, "invite", "InviteInput", known, wanted).await;
        assert_eq!(unknown["userErrors"][0]["field"], "list.1.organisation");
        let all = done(&mut rosa, "invite", "InviteInput", json!({ "waveId": wave, "filter": { "kind": ["company"] } }), wanted).await;
        assert_eq!(all["invited"].as_array().map(Vec::len), Some(1), "the register has one company");
        keeps_links_unless_renewed(&base, &mut rosa, &wave, &all).await;
        let seen = json!({ "waveId": wave, "list": "name,email\nDatos del Sur,sur@example.org\nNueva,n@example.org\n" });
        let seen = done(&mut rosa, "invitationPreview", "InvitationPreviewInput", seen, "rows { status hasLink }").await;
        assert_eq!(seen["rows"], json!([{ "status": "INVITED", "hasLink": true }, { "status": null, "hasLink": false }]));

        let token = invited["invited"][0]["answerPath"].as_str().unwrap().trim_start_matches("/answer/").to_owned();
        let mut firm = town.browser();
        let mut wrong = mandatory();
        wrong[1]["choice"] = json!("pirate");
        let refused = firm.public(SAVE, json!({ "t": token, "a": wrong })).await.json();
        assert_eq!(refused["data"]["responseSave"]["userErrors"][0]["field"], "kind", "{refused}");
        let two = json!([{ "question": "name", "text": "x", "choice": "y" }]);
        let refused = firm.public(SAVE, json!({ "t": token, "a": two })).await.json();
        assert_eq!(refused["data"]["responseSave"]["userErrors"][0]["field"], "name", "{refused}");
        refuses_what_cannot_be(&mut firm, &token).await;
        let early = firm.public(SUBMIT, json!({ "t": token })).await.json();
        assert_eq!(early["data"]["responseSubmit"]["userErrors"][0]["code"], "MISSING", "{early}");
        let saved = firm.public(SAVE, json!({ "t": token, "a": mandatory() })).await.json();
        assert_eq!(saved["data"]["responseSave"]["response"]["left"], json!([]), "{saved}");
        let link = link::follow(&base.ctx, &token).await.unwrap();
        save::save(&base.ctx, &link, vec![who("Sur", "sur@example.org", true)], None).await.unwrap();
        let sent = firm.public(SUBMIT, json!({ "t": token })).await.json();
        assert!(sent["data"]["responseSubmit"]["submittedAt"].is_string(), "{sent}");
        assert_eq!(sent, firm.public(SUBMIT, json!({ "t": token })).await.json(), "sent twice is sent once");
        let late = firm.public(SAVE, json!({ "t": token, "a": mandatory() })).await.json();
        assert_eq!(late["data"]["responseSave"]["userErrors"][0]["code"], "CONFLICT");

        let outcomes = format!(
            "{{ wave(id: \"{wave}\") {{ outcomes {{ all eligible complete desk contacts responseRate byStatus {{ status count }}
             byQuestion {{ question asked answered missing {{ missing count }} }} }}
             responses(status: SUBMITTED, first: 1) {{ pageInfo {{ hasNextPage }} edges {{ cursor node {{ id status
             contact {{ email }} answers {{ question value missing }} links {{ hint openedAt }} }} }} }} }} }}"
        );
        let found = ask(&mut rosa, &outcomes).await["wave"].clone();
        assert_eq!((&found["outcomes"]["eligible"], &found["outcomes"]["complete"]), (&json!(3), &json!(1)));
        assert_eq!(found["outcomes"]["contacts"], json!(1), "an address on a list is no consent");
        let page = rosa.get(&format!("/desk/waves/{}?lang=en", wave.trim_start_matches("wave:"))).await.text();
        assert!(page.contains("<dt>Agreed to be written to</dt><dd><b>1</b></dd>"), "{page}");
        let share = found["outcomes"]["byQuestion"].as_array().unwrap().iter().find(|one| one["question"] == "data_share").unwrap();
        assert_eq!(share, &json!({ "question": "data_share", "asked": 1, "answered": 0, "missing": [{ "missing": "DONT_KNOW", "count": 1 }] }));
        let node = &found["responses"]["edges"][0]["node"];
        assert_eq!(node["contact"]["email"], "sur@example.org");
        assert_eq!(found["responses"]["pageInfo"]["hasNextPage"], false);
        let decided = json!({ "responseId": node["id"], "decision": "VALIDATE", "reason": "looked through" });
        let decided = done(&mut rosa, "responseDecide", "ResponseDecideInput", decided, "response { status }").await;
        assert_eq!(decided["response"]["status"], "VALIDATED");
        let silent = json!({ "responseId": invited["invited"][1]["responseId"], "decision": "INELIGIBLE", "reason": " " });
        let refused = change(&mut rosa, "responseDecide", "ResponseDecideInput", silent, "response { status }").await;
        assert_eq!(refused["userErrors"][0]["code"], "MISSING");

        let edit = json!({ "waveId": wave, "takesNominations": true, "closesOn": "2026-01-31" });
        let edited = done(&mut rosa, "waveUpdate", "WaveUpdateInput", edit, "wave { closesOn nominationPath }").await;
        assert!(edited["wave"]["nominationPath"].as_str().unwrap().starts_with("/join/"), "{edited}");
        let past = json!({ "waveId": wave, "closesOn": "2025-06-02" });
        let past = change(&mut rosa, "waveUpdate", "WaveUpdateInput", past, "wave { id }").await;
        assert_eq!(past["userErrors"][0]["field"], "closesOn");
        let closed = done(&mut rosa, "waveClose", "WaveInput", json!({ "waveId": wave }), "wave { state nominationPath }").await;
        assert_eq!(closed["wave"], json!({ "state": "CLOSED", "nominationPath": null }));
        let late = change(&mut rosa, "invite", "InviteInput", json!({ "waveId": wave, "list": "name\nTarde\n" }), wanted).await;
        assert_eq!(late["userErrors"][0]["code"], "CONFLICT");
        let dead = firm.public(SUBMIT, json!({ "t": token })).await.json();
        assert_eq!(dead["data"]["responseSubmit"]["userErrors"][0]["code"], "NOT_FOUND");
        let listed = ask(&mut rosa, "{ studies { id isPublic waves { state } } }").await;
        let own = listed["studies"].as_array().unwrap().iter().find(|one| one["id"] == study).unwrap();
        assert_eq!(own, &json!({ "id": study, "isPublic": true, "waves": [{ "state": "CLOSED" }] }));
    }

    async fn an_answer_link_does_by_the_api_what_its_pages_do(base) {
        let (town, mut rosa) = town(&base).await;
        let (_, wave) = open_wave(&mut rosa).await;
        let input = json!({ "waveId": wave, "list": "name,email\nDatos del Sur,sur@example.org\nMapas del Norte,norte@example.org\n" });
        let invited = done(&mut rosa, "invite", "InviteInput", input, "invited { answerPath }").await;
        let token = |n: usize| invited["invited"][n]["answerPath"].as_str().unwrap().trim_start_matches("/answer/").to_owned();
        let (token, other) = (token(0), token(1));
        let mut firm = town.browser();
        let saved = firm.public(SAVE, json!({ "t": token, "a": mandatory() })).await.json();
        let revision = |of: &Value| of["data"]["responseSave"]["response"]["revisions"][0]["revision"].clone();
        let said = |text: &str, revision: Value| json!({ "t": token, "a": [{ "question": "name", "text": text, "revision": revision }] });
        let first = revision(&saved);
        let second = revision(&firm.public(SAVE, said("Datos del Sur SA", first.clone())).await.json());
        let stale = firm.public(SAVE, said("Datos del Sur AC", first)).await.json();
        let errors = &stale["data"]["responseSave"]["userErrors"][0];
        assert_eq!((&errors["code"], &errors["field"]), (&json!("CONFLICT"), &json!("name")), "{stale}");
        let last = firm.public(SAVE, said("Datos del Sur", second)).await.json();
        assert!(revision(&last).is_string(), "{last}");
        let early = firm.public(TELL, json!({ "t": token, "x": "We are 12" })).await.json();
        assert_eq!(early["data"]["responseMistakeTell"]["userErrors"][0]["code"], "CONFLICT", "{early}");
        let sent = firm.public(SUBMIT, json!({ "t": token })).await.json();
        assert!(sent["data"]["responseSubmit"]["submittedAt"].is_string(), "{sent}");
        for (text, told) in [("We are 12, not 120", true), ("We are 12, not 120", true), (" ", false)] {
            let done = firm.public(TELL, json!({ "t": token, "x": text })).await.json();
            assert_eq!(done["data"]["responseMistakeTell"]["isTold"], json!(told), "{done}");
        }
        let sent_already = firm.public(REFUSE, json!({ "t": token })).await.json();
        assert_eq!(sent_already["data"]["responseRefuse"]["userErrors"][0]["code"], "CONFLICT", "{sent_already}");
        let refused = firm.public(REFUSE, json!({ "t": other })).await.json();
        assert_eq!(refused["data"]["responseRefuse"], json!({ "isRefused": true, "userErrors": [] }));
        let late = firm.public_in("en", SAVE, json!({ "t": other, "a": mandatory() })).await.json();
        let error = &late["data"]["responseSave"]["userErrors"][0];
        assert!(error["code"] == "CONFLICT" && error["message"].as_str().unwrap().contains("do not take part"), "{late}");
        for (query, of) in [(SUBMIT, "responseSubmit"), (REFUSE, "responseRefuse")] {
            let late = firm.public(query, json!({ "t": other })).await.json();
            assert_eq!(late["data"][of]["userErrors"][0]["code"], "CONFLICT", "{late}");
        }
    }

    async fn consent_to_be_written_to_is_said_by_the_api_too(base) {
        let (town, mut rosa) = town(&base).await;
        let (_, wave) = open_wave(&mut rosa).await;
        let input = json!({ "waveId": wave, "list": "name,email\nDatos del Sur,sur@example.org\nSin correo,\n" });
        let invited = done(&mut rosa, "invite", "InviteInput", input, "invited { responseId answerPath }").await;
        let token = |n: usize| invited["invited"][n]["answerPath"].as_str().unwrap().trim_start_matches("/answer/").to_owned();
        let contacts = format!("{{ wave(id: \"{wave}\") {{ outcomes {{ contacts }} }} }}");
        let mut firm = town.browser();
        for (says, counted) in [(json!(true), 1), (json!(false), 0), (json!(true), 1)] {
            let said = json!([{ "question": "contact", "consent": says }]);
            let saved = firm.public(SAVE, json!({ "t": token(0), "a": said })).await.json();
            assert_eq!(saved["data"]["responseSave"]["userErrors"], json!([]), "{saved}");
            assert_eq!(ask(&mut rosa, &contacts).await["wave"]["outcomes"]["contacts"], json!(counted), "{says}");
        }
        let nowhere = json!([{ "question": "contact", "consent": true }]);
        let refused = firm.public(SAVE, json!({ "t": token(1), "a": nowhere })).await.json();
        let error = &refused["data"]["responseSave"]["userErrors"][0];
        assert_eq!(error["field"], "contact", "{refused}");
        assert!(error["message"].as_str().unwrap().contains("todavía no hay un correo"), "{refused}");
        let no = json!([{ "question": "contact", "consent": false }]);
        let saved = firm.public(SAVE, json!({ "t": token(1), "a": no })).await.json();
        assert_eq!(saved["data"]["responseSave"]["userErrors"], json!([]), "{saved}");
    }

    async fn two_studies_of_one_country_are_two_chapters(base) {
        let (_town, mut rosa) = town(&base).await;
        open_wave(&mut rosa).await;
        let mut other = study();
        other["title"] = json!({ "es": "Otros usos", "en": "Other uses" });
        other["idempotencyKey"] = json!("two");
        done(&mut rosa, "studyCreate", "StudyCreateInput", other.clone(), "study { id }").await;
        other["title"] = json!({ "es": "MX", "en": "MX" });
        other["idempotencyKey"] = json!("three");
        let taken = change(&mut rosa, "studyCreate", "StudyCreateInput", other, "study { id }").await;
        assert_eq!(taken["userErrors"][0]["field"], "title", "{taken}");
        let all = entity::study::Entity::find().all(&base.raw().await).await.unwrap();
        let own: Vec<_> = all.iter().filter(|one| one.country == "MX").map(|one| one.chapter.as_str()).collect();
        assert_eq!(own.len(), own.iter().collect::<std::collections::BTreeSet<_>>().len(), "{own:?}");
        assert!(own.contains(&"other-uses"), "{own:?}");
    }

    async fn the_study_of_another_is_not_there(base) {
        let (town, mut rosa) = town(&base).await;
        let (study, wave) = open_wave(&mut rosa).await;
        let invited = done(&mut rosa, "invite", "InviteInput", json!({ "waveId": wave, "list": "name\nUna\n" }), "invited { responseId }").await;
        let response = invited["invited"][0]["responseId"].clone();
        let found = ask(&mut rosa, &format!("{{ study(id: \"{study}\") {{ instruments {{ id }} }} response(id: {response}) {{ links {{ id }} }} }}")).await;
        let (instrument, link) = (found["study"]["instruments"][0]["id"].clone(), found["response"]["links"][0]["id"].clone());
        let other = entity::study::Entity::find().all(&base.raw().await).await.unwrap();
        let other = other.iter().find(|one| format!("study:{}", one.entity_id) != study).unwrap().entity_id;
        town.people.with_role("sara", Role::Researcher, Some(other.0)).await;
        let mut sara = town.signed_in("sara").await;
        for (field, id) in [("study", json!(study)), ("wave", json!(wave)), ("response", response.clone()), ("instrument", instrument.clone())] {
            assert_eq!(ask(&mut sara, &format!("{{ {field}(id: {id}) {{ id }} }}")).await[field], Value::Null, "{field}");
        }
        let cases = [
            ("waveOpen", "WaveInput", json!({ "waveId": wave }), "wave { id }"),
            ("waveUpdate", "WaveUpdateInput", json!({ "waveId": wave, "takesNominations": true }), "wave { id }"),
            ("waveClose", "WaveInput", json!({ "waveId": wave }), "wave { id }"),
            ("instrumentFork", "InstrumentForkInput", json!({ "studyId": study }), "instrument { id }"),
            ("instrumentSave", "InstrumentSaveInput", json!({ "instrumentId": instrument, "content": "{}" }), "instrument { id }"),
            ("instrumentPublish", "InstrumentPublishInput", json!({ "instrumentId": instrument }), "instrument { id }"),
            ("instrumentDiscard", "InstrumentDiscardInput", json!({ "instrumentId": instrument }), "instrument { id }"),
            ("invitationPreview", "InvitationPreviewInput", json!({ "waveId": wave, "list": "name\nUna\n" }), "rows { line }"),
            ("invite", "InviteInput", json!({ "waveId": wave, "list": "name\nDos\n" }), "invited { line }"),
            ("reminderSend", "ReminderSendInput", json!({ "waveId": wave }), "responseIds"),
            ("invitationRenew", "InvitationRenewInput", json!({ "responseId": response }), "answerPath"),
            ("invitationRevoke", "InvitationRevokeInput", json!({ "invitationId": link }), "response { id }"),
            ("invitationRevoke", "InvitationRevokeInput", json!({ "responseId": response }), "response { id }"),
            ("responseDecide", "ResponseDecideInput", json!({ "responseId": response, "decision": "REFUSE", "reason": "x" }), "response { id }"),
        ];
        for (name, kind, input, wanted) in cases {
            let refused = change(&mut sara, name, kind, input, wanted).await;
            assert_eq!(refused["userErrors"][0]["code"], "NOT_FOUND", "{name}: {refused}");
        }
        // What is of another study stays unknown also where a list names it.
        let hers = sara_wave(&mut sara, &format!("study:{other}")).await;
        let rows = "rows { isNew organisationSlug problems { field } }";
        let seen = done(&mut sara, "invitationPreview", "InvitationPreviewInput", json!({ "waveId": hers, "list": "name,organisation\nUna,\n,una\n" }), rows).await;
        assert_eq!(seen["rows"][0]["isNew"], true, "{seen}");
        assert_eq!(seen["rows"][1]["problems"][0]["field"], "organisation", "{seen}");
    }

    async fn whatever_brought_a_link_is_the_letter_before_a_reminder(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let wave = field.wave.entity_id;
        let folder = tempfile::tempdir().unwrap();
        let url = format!("file://{}", folder.path().display()).parse().unwrap();
        let post = Post { mailer: Mailer::new(&url, "Open Data 100 <od100@example.org>".parse().unwrap()), public_url: "https://od100.example".into() };
        let due = async || remind::due(ctx, &field.researcher, wave).await.unwrap().len();
        let pass = |time| field.base.clock.set(field.base.clock.now() + time);
        let nominee = nominate::Nominee {
            name: "Mapas del Norte".into(), website: String::new(), contact: PRIVATE[0].into(), email: PRIVATE[1].into(), lang: "es".into(),
        };
        let from: std::net::IpAddr = [192, 0, 2, 1].into();
        let slug = field.wave.slug.clone();
        let secret = nominate::nominate(ctx, (&Door::new(5, 60), from), &slug, nominee, None).await.unwrap();
        assert_eq!(due().await, 0, "the letter with its link waits in the outbox");
        deliver(ctx, &post).await.unwrap();
        pass(chrono::TimeDelta::minutes(10));
        assert_eq!(due().await, 0, "it has just gone");
        assert!(remind::send(ctx, &field.researcher, wave, None, None).await.is_err());
        pass(remind::BETWEEN);
        assert_eq!(due().await, 1);
        // Its link ends, and whoever asks for another is written to.
        pass(chrono::TimeDelta::days(40));
        renew::renew(ctx, (&Door::new(5, 60), from), secret.expose()).await.unwrap();
        deliver(ctx, &post).await.unwrap();
        assert_eq!(due().await, 0, "a new link has just gone");
        pass(remind::BETWEEN);
        assert_eq!(remind::send(ctx, &field.researcher, wave, None, None).await.unwrap().len(), 1);
    }

    async fn letters_bring_links_that_work_and_end(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let [person, address, _] = PRIVATE;
        let list = format!("name,contact,email\n\"Datos del Sur, S.A.\",{person},{address}\nSin correo,,\n");
        let how = invite::How { by_letter: true, ..invite::How::default() };
        let invited = invite::invite(ctx, &field.researcher, &field.wave, &list, how).await.unwrap();
        assert!(remind::due(ctx, &field.researcher, field.wave.entity_id).await.unwrap().is_empty(), "it waits in the outbox");
        let folder = tempfile::tempdir().unwrap();
        let url = format!("file://{}", folder.path().display()).parse().unwrap();
        let post = Post { mailer: Mailer::new(&url, "Open Data 100 <od100@example.org>".parse().unwrap()), public_url: "https://od100.example".into() };
        // The accounts of the test are welcomed as well.
        let posted = || {
            let files = std::fs::read_dir(folder.path()).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
            let plain = files.map(|text| text.replace("=\r\n", "").replace("=3D", "="));
            plain.filter(|text| text.contains(address)).collect::<Vec<_>>()
        };
        let links = || {
            let of = |text: &String| text.split("https://od100.example/answer/").nth(1).unwrap().split('?').next().unwrap().to_owned();
            posted().iter().map(of).collect::<Vec<_>>()
        };
        deliver(ctx, &post).await.unwrap();
        assert_eq!(links().len(), 1, "whoever has no address gets no letter");
        let mailed = entity::invitation::Entity::find().all(&field.base.raw().await).await.unwrap();
        let mailed: Vec<_> = mailed.into_iter().filter_map(|one| one.sent_to).collect();
        assert_eq!(mailed, [od100::domain::privacy::digest_of(address)], "and of a link it is kept to whom it went");
        let invitation = posted().pop().unwrap();
        assert!(invitation.contains("S.A. Toma") && !invitation.contains("S.A.."), "a name that ends in a full stop ends its sentence: {invitation}");
        let shown = invited[0].secret.as_ref().unwrap();
        for secret in [links()[0].as_str(), shown.expose()] {
            assert_eq!(link::follow(ctx, secret).await.unwrap().response.entity_id, invited[0].response);
        }
        let early = remind::send(ctx, &field.researcher, field.wave.entity_id, None, Some("early")).await;
        assert!(early.is_err(), "the invitation has just gone");
        assert!(remind::due(ctx, &field.researcher, field.wave.entity_id).await.unwrap().is_empty());
        field.base.clock.set(field.base.clock.now() + remind::BETWEEN);
        let reminded = remind::send(ctx, &field.researcher, field.wave.entity_id, None, Some("k")).await.unwrap();
        assert_eq!(reminded, [invited[0].response]);
        assert_eq!(remind::send(ctx, &field.researcher, field.wave.entity_id, None, Some("k")).await.unwrap(), reminded);
        deliver(ctx, &post).await.unwrap();
        let all = links();
        assert_eq!(all.len(), 2);
        for secret in &all {
            link::follow(ctx, secret).await.expect("a reminder leaves the link of the letter before");
        }
        let dump = format!("{:?}", entity::outbox_message::Entity::find().all(&field.base.raw().await).await.unwrap());
        assert!(!dump.contains("od5_") && !dump.contains(person) && !dump.contains("canary-contact"));
        let again = remind::send(ctx, &field.researcher, field.wave.entity_id, None, Some("other")).await;
        assert!(again.is_err(), "not twice in five days");
        let began = field.base.clock.now();
        field.base.clock.set(began + remind::BETWEEN);
        remind::send(ctx, &field.researcher, field.wave.entity_id, None, None).await.unwrap();
        assert_eq!(link::revoke_all(ctx, &field.researcher, invited[0].response).await.unwrap(), 3);
        for secret in &all {
            assert!(link::follow(ctx, secret).await.is_err(), "all links end at once");
        }
        deliver(ctx, &post).await.unwrap();
        assert_eq!(links().len(), 2, "whose links were ended is not written to");
        let letters = entity::outbox_message::Entity::find().all(&field.base.raw().await).await.unwrap();
        assert!(letters.iter().any(|one| one.status == LetterStatus::Void));
        let secret: Secret = link::rotate(ctx, &field.researcher, invited[0].response, None).await.unwrap().unwrap();
        link::follow(ctx, secret.expose()).await.unwrap();
    }
}

/// A wave of another study, by its own instrument.
async fn sara_wave(browser: &mut Browser, study: &str) -> String {
    let draft =
        done(browser, "instrumentFork", "InstrumentForkInput", json!({ "studyId": study }), "instrument { id }").await;
    let instrument = draft["instrument"]["id"].clone();
    done(
        browser,
        "instrumentPublish",
        "InstrumentPublishInput",
        json!({ "instrumentId": instrument }),
        "instrument { id }",
    )
    .await;
    let wave = json!({
        "studyId": study, "instrumentId": instrument, "title": { "es": "Otra ola" }, "population": { "es": "Otros" },
        "opensOn": "2025-06-01", "frame": "LIST",
    });
    let made = done(browser, "waveCreate", "WaveCreateInput", wave, "wave { id }").await;
    let id = made["wave"]["id"].as_str().unwrap().to_owned();
    done(browser, "waveOpen", "WaveInput", json!({ "waveId": id }), "wave { id }").await;
    id
}
