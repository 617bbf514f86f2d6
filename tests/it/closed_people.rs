//! Five hundred organisations with all that is private: contacts, invitations, answers, accounts. Whatever is public is
//! asked for and looked through, and so is the log.

use entity::vocabulary::{CaseKind, Consent, Role};
use od100::app::access::account;
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::survey::{invite, save};
use od100::domain::access::Actor;
use od100::domain::instrument::Value;
use sea_orm::EntityTrait;
use serde_json::{Value as Json, json};

use crate::closed::{WIDE, wide};
use crate::desk_harness::{Browser, SITE, Town};
use crate::harness::{self, CANARY, on_each_database};
use crate::log_capture::Log;
use crate::survey_harness::{Field, PRIVATE, said, send, who};

const MANY: usize = 500;

/// Gives the organisations of a study and of a wave everything that is private.
async fn fill(field: &Field) {
    let [person, address, text] = PRIVATE;
    let ctx = &field.base.ctx;
    field.base.take(harness::header(), harness::organisations(MANY)).await.unwrap();
    let rows = (0..MANY).map(|n| format!("Firma {n},{person} {n},{n}.{address}\n"));
    let list = format!("name,contact,email\n{}", rows.collect::<String>());
    let invited = invite::invite(ctx, &field.researcher, &field.wave, &list, invite::How::default()).await.unwrap();
    assert_eq!(invited.len(), MANY);
    for (n, one) in invited.iter().enumerate() {
        let link = field.follow(one.secret.as_ref().unwrap()).await;
        let private = said("example", Value::Text(format!("{text} {n}")));
        save::save(ctx, &link, vec![private], None).await.unwrap();
        save::save(ctx, &link, vec![who(&format!("{person} {n}"), &format!("{n}.{address}"), n % 2 == 0)], None)
            .await
            .unwrap();
        if n % 25 == 0 {
            send(field, &link, true).await;
        }
        let (email, display_name) = (format!("{n}.account.{address}"), format!("{person} {n}"));
        let new = account::New { email, display_name, lang: "es".to_owned(), password: None };
        account::create(&field.people.access, &Actor::Operator, new, None).await.unwrap();
    }
}

/// Every organisation that is listed, with what hangs on it, page after page.
async fn lists(visitor: &mut Browser, all: &mut Vec<(String, String)>) {
    const PAGE: &str = "query($after: String) { organisations(first: 40, after: $after) { pageInfo { hasNextPage endCursor } nodes { name website answers { question value } responses { status } } } }";
    let (mut after, mut pages) = (Json::Null, 0);
    loop {
        let answer = visitor.public(PAGE, json!({ "after": after })).await;
        assert!(answer.json()["errors"].is_null(), "{}", answer.text());
        let page = answer.json()["data"]["organisations"]["pageInfo"].clone();
        all.push(("a list".to_owned(), answer.text()));
        pages += 1;
        if page["hasNextPage"] != json!(true) {
            break;
        }
        after = page["endCursor"].clone();
    }
    assert!(pages >= 10, "{pages} pages of organisations");
}

on_each_database! {
    async fn whoever_answers_that_it_may_not_be_shown_is_gone_from_every_moment(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let mut all = harness::organisations(5);
        all[4].name = "Retirada del Mapa".to_owned();
        all[4].consent = Consent::Yes;
        all[4].website = Some("https://gone-canary.example.org".to_owned());
        field.base.take(harness::header(), all).await.unwrap();
        let then = ctx.now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
        field.base.tick();
        let moments = [format!("knownAt={then}"), "asOf=2015-01-01".to_owned(), format!("asOf=2015-01-01&knownAt={then}")];
        let page = "/organisations/retirada-del-mapa";
        let mut visitor = Town::over(&field.base).await.browser();
        for moment in &moments {
            assert_eq!(visitor.get(&format!("{page}?{moment}")).await.status, 200, "{moment}: it is shown until it says no");
        }

        let list = format!("name,organisation,email\n,retirada-del-mapa,{}\n", PRIVATE[1]);
        let how = invite::How::default();
        let invited = invite::invite(ctx, &field.researcher, &field.wave, &list, how).await.unwrap();
        send(&field, &field.follow(invited[0].secret.as_ref().unwrap()).await, false).await;
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let cases = entity::review_case::Entity::find().all(&field.base.raw().await).await.unwrap();
        let display = cases.iter().find(|case| case.kind == CaseKind::Display).unwrap();
        let accept = Decision { verdict: Verdict::Accept, reason: String::new(), target: None };
        decide::decide(ctx, &curator, (display.id, 1), accept).await.unwrap();

        let mut visitor = Town::over(&field.base).await.browser();
        for moment in &moments {
            assert_eq!(visitor.get(&format!("{page}?{moment}")).await.status, 404, "{moment}");
            let arguments = moment.replace('=', ": \"").replace('&', "\", ") + "\"";
            let query = format!("{{ organisation(slug: \"retirada-del-mapa\", {arguments}) {{ name }} organisations(first: 100, filter: {{ {arguments} }}) {{ nodes {{ name website }} }} }}");
            let answer = visitor.public(&query, json!({})).await;
            assert_eq!(answer.json()["data"]["organisation"], Json::Null, "{}", answer.text());
            assert!(answer.json()["errors"].is_null(), "{}", answer.text());
            let mut said = vec![answer.text()];
            for path in ["/explore?view=table&", "/download/organisations.csv?", "/download/organisations.json?", "/download/claims.csv?", "/download/observations.csv?"] {
                said.push(visitor.get(&format!("{path}{moment}")).await.text());
            }
            for text in said {
                assert!(!text.contains("Retirada del Mapa") && !text.contains("gone-canary"), "{moment}: {text}");
                assert!(!text.contains("retirada-del-mapa"), "{moment}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn nothing_private_of_five_hundred_organisations_comes_out() {
    let log = Log::start();
    let field = Field::over(harness::sqlite().await).await;
    fill(&field).await;
    let town = Town::over(&field.base).await;
    let mut visitor = town.browser();
    let mut all: Vec<(String, String)> = Vec::new();
    lists(&mut visitor, &mut all).await;
    for query in WIDE {
        all.push((format!("query {}", &query[..40]), wide(query, &visitor.public(query, json!({})).await.json())));
    }
    for word in PRIVATE.into_iter().chain([CANARY]) {
        // What is asked for may be said back; that anything is found may not.
        let found = "query($t: String!) { search(text: $t) { hits { title } } organisations(filter: { text: $t }) { totalCount } }";
        let answer = visitor.public(found, json!({ "t": word })).await.json();
        assert_eq!(answer["data"]["organisations"]["totalCount"], json!(0), "{answer}");
        assert_eq!(answer["data"]["search"]["hits"], json!([]), "{answer}");
    }
    let map = visitor.get("/sitemap.xml").await.text();
    let mut paths: Vec<String> = map
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
        .map(|url| url.trim_start_matches(SITE).to_owned())
        .collect();
    assert!(paths.len() > MANY, "the site map names {} pages", paths.len());
    for what in ["organisations", "claims", "publishers", "datasets", "observations", "flow", "counts"] {
        paths.extend(["csv", "json", "geojson"].map(|format| format!("/download/{what}.{format}")));
    }
    paths.extend(["/embed/map", "/embed/flow", "/embed/sectors", "/embed/publishers"].map(str::to_owned));
    paths.extend(
        ["/sitemap.xml", "/answer/od5_wrong", "/join/none", "/organisations/none", "/graphql?query=x"]
            .map(str::to_owned),
    );
    paths.push(format!("/join/{}", field.wave.slug));
    let then = field.base.ctx.now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    for moment in [format!("knownAt={then}"), "asOf=2025-06-02".to_owned()] {
        for what in ["organisations", "claims", "publishers", "datasets", "observations", "flow", "counts"] {
            paths.push(format!("/download/{what}.csv?{moment}"));
        }
        paths.push(format!("/explore?view=table&{moment}"));
    }
    for path in paths {
        let text = visitor.get(&path).await.text();
        all.push((path, text));
    }
    all.push(("the log".to_owned(), log.text()));
    for (from, text) in &all {
        for word in PRIVATE.into_iter().chain([CANARY]) {
            assert!(!text.contains(word), "'{word}' came out of {from}");
        }
    }
    assert!(all.len() > MANY, "{} answers were looked through", all.len());
}
