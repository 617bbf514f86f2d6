//! What the pages and letters of a survey promise to those who answer: what becomes public, until when a link is good,
//! that it can be had again, and that nothing that was typed is lost.

use std::path::Path;

use entity::vocabulary::{CaseKind, Missing};
use od100::app::outbox::{Post, deliver};
use od100::app::survey::save::{self, Said};
use od100::app::survey::{answer, invite, link, response};
use od100::domain::instrument::Given;
use od100::domain::participation::Step;
use od100::mail::Mailer;
use sea_orm::EntityTrait;
use serde_json::json;

use crate::api_harness::Api;
use crate::harness::on_each_database;
use crate::survey_harness::{Field, PRIVATE, accept_all, mandatory};
use crate::survey_pages::{get, post};

/// All sorts of cases that answers make and that are decided on alike.
const DECIDED: [CaseKind; 5] =
    [CaseKind::UseClaim, CaseKind::ImpactClaim, CaseKind::Attribute, CaseKind::Code, CaseKind::Observation];

fn office(folder: &Path) -> Post {
    let url = format!("file://{}", folder.display()).parse().unwrap();
    let mailer = Mailer::new(&url, "Open Data 100 <od100@example.org>".parse().unwrap());
    Post { mailer, public_url: "https://od100.example".into() }
}

/// The letters to an address, in plain text.
fn letters(folder: &Path, to: &str) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let plain = files.map(|text| text.replace("=\r\n", "").replace("=3D", "="));
    plain.filter(|text| text.contains(to)).collect()
}

/// The path of the answer link in a letter.
fn link_in(letter: &str) -> String {
    let secret = letter.split("https://od100.example/answer/").nth(1).unwrap().split('?').next().unwrap();
    format!("/answer/{secret}")
}

on_each_database! {
    async fn all_that_becomes_public_stands_in_the_preview(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let list = "name,website\nDatos del Sur,https://not-confirmed.example\n";
        let one = invite::invite(ctx, &field.researcher, &field.wave, list, invite::How::default()).await.unwrap().pop().unwrap();
        let secret = one.secret.unwrap();
        let followed = field.follow(&secret).await;
        let missing = |question: &str, code| Said { question: question.to_owned(), given: Some(Given::Missing(code)), ..Said::default() };
        let mut answers = mandatory(&field, true).await;
        answers.extend([missing("website", Missing::NotApplicable), missing("founded", Missing::DontKnow)]);
        let (consent, others) = answers.clone().into_iter().partition(|one: &Said| one.question == "display");
        save::save(ctx, &followed, others, None).await.unwrap();
        let early = get(&Api::over(&field.base).await, &format!("/answer/{}/review?lang=en", secret.expose())).await.body;
        assert!(early.contains("3, good"), "what was rated is listed before it is said who may see the rest: {early}");
        save::save(ctx, &followed, consent, None).await.unwrap();
        let review = get(&Api::over(&field.base).await, &format!("/answer/{}/review?lang=en", secret.expose())).await.body;
        let (public, rest) = review.split_once("id=\"rest\"").unwrap();
        for told in ["Medimos emisiones", "Essential\u{a0}· API\u{a0}· Since 2019", "Precios de combustibles", "<h3>In which year did it start?</h3><dl><dt>Year</dt>", "Datos del Sur"] {
            assert!(public.contains(told), "{told} becomes public: {public}");
        }
        assert!(!public.contains("not-confirmed") && !public.contains("3, good") && rest.contains("3, good"), "{review}");
        answer::submit(ctx, &followed).await.unwrap();
        response::decide(ctx, &field.researcher, one.response, Step::Validate, "read").await.unwrap();
        let query = "{ organisation(slug: \"datos-del-sur\") { website missing { attribute code } \
            impacts { rationale { value } } claims(first: 10) { nodes { criticality accessMode started } } } }";
        accept_all(&field, &DECIDED).await;
        let shown = Api::over(&field.base).await.ask(query).await["organisation"].clone();
        assert_eq!(shown["website"], json!(null), "{shown}");
        assert_eq!(shown["missing"], json!([{ "attribute": "FOUNDED", "code": "DONT_KNOW" }]));
        assert_eq!(shown["impacts"].as_array().unwrap().len(), 2);
        assert!(shown["impacts"].as_array().unwrap().iter().all(|one| one["rationale"]["value"] == "Medimos emisiones"), "{shown}");
        assert_eq!(shown["claims"]["nodes"], json!([{ "criticality": "CORE", "accessMode": "API", "started": "2019" }]));
        let page = Api::over(&field.base).await.get("/organisations/datos-del-sur?lang=en").await.1;
        assert!(page.contains("Datos del Sur") && !page.contains("not-confirmed"));
    }

    async fn a_website_that_was_confirmed_is_shown(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let list = "name,website\nDatos del Sur,https://confirmed.example/\n";
        let one = invite::invite(ctx, &field.researcher, &field.wave, list, invite::How::default()).await.unwrap().pop().unwrap();
        let followed = field.follow(&one.secret.unwrap()).await;
        let prefilled = answer::state(ctx, &followed).await.unwrap().answers["website"].clone();
        let mut answers = mandatory(&field, true).await;
        answers.push(Said { question: "website".to_owned(), given: Some(prefilled.given), ..Said::default() });
        save::save(ctx, &followed, answers, None).await.unwrap();
        answer::submit(ctx, &followed).await.unwrap();
        accept_all(&field, &[CaseKind::Attribute]).await;
        let query = "{ organisation(slug: \"datos-del-sur\") { website } }";
        let shown = Api::over(&field.base).await.ask(query).await["organisation"]["website"].clone();
        assert_eq!(shown, "https://confirmed.example/");
    }

    async fn who_puts_itself_forward_gets_the_link_by_post(base) {
        let field = Field::over(base).await;
        let api = Api::over(&field.base).await;
        let path = format!("/join/{}?lang=en", field.wave.slug);
        let form = get(&api, &path).await.hidden("form");
        field.base.clock.set(field.base.clock.now() + chrono::TimeDelta::seconds(4));
        let fields = [("form", form.as_str()), ("name", "Nueva"), ("email", "nueva@example.org"), ("website", ""), ("contact", "N")];
        let entered = post(&api, &path, &fields).await;
        assert_eq!(entered.status, 303);
        let start = get(&api, &format!("{}?lang=en", entered.to())).await.body;
        assert!(start.contains("We also post a link to the e-mail address that you gave") && !start.contains("nueva@example.org"), "{start}");
        assert_eq!(post(&api, &path, &fields).await.status, 303, "clicked twice");
        let folder = tempfile::tempdir().unwrap();
        deliver(&field.base.ctx, &office(folder.path())).await.unwrap();
        let all = letters(folder.path(), "nueva@example.org");
        assert_eq!(all.len(), 1, "one letter: {all:?}");
        let there = get(&api, &link_in(&all[0])).await;
        assert!(there.status == 200 && there.body.contains("Nueva"), "on another device");
        assert_eq!(get(&api, entered.to()).await.status, 200, "and the first stays good");
        let dump = format!("{:?}", entity::outbox_message::Entity::find().all(&field.base.raw().await).await.unwrap());
        assert!(!dump.contains("od5_") && !dump.contains("nueva@"));
    }

    async fn a_link_says_its_own_last_day_and_is_had_again(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let list = format!("name,email\nDatos del Sur,{}\n", PRIVATE[1]);
        let how = invite::How { by_letter: true, ..invite::How::default() };
        let one = invite::invite(ctx, &field.researcher, &field.wave, &list, how).await.unwrap().pop().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let office = office(folder.path());
        deliver(ctx, &office).await.unwrap();
        let letter = letters(folder.path(), PRIVATE[1]).pop().unwrap();
        let began = field.base.clock.now();
        let last = od100::texts::days::day(od100::atlas::Lang::ES, (began + link::TERM).date_naive());
        assert!(letter.contains(&format!("hasta el final del {last}")) && letter.contains("31 dic 2025"), "{letter}");
        let api = Api::over(&field.base).await;
        let path = link_in(&letter);
        let start = get(&api, &format!("{path}?lang=es")).await.body;
        assert!(start.contains(&format!("hasta el final del {last}")), "{start}");
        // A good link is not made anew, and no letter goes.
        let genuine = one.secret.unwrap();
        let renew = async |token: &str| {
            let path = format!("/answer/{token}");
            let gone = get(&api, &format!("{path}?lang=en")).await;
            assert!(gone.status == 404 && gone.body.contains("Send me a new link"), "{}", gone.body);
            let done = post(&api, &format!("{path}/renew?lang=en"), &[("form", &gone.hidden("form"))]).await;
            deliver(ctx, &office).await.unwrap();
            (done.status, done.body)
        };
        let invented = renew("od5_nothing").await;
        assert_eq!(letters(folder.path(), PRIVATE[1]).len(), 1);
        field.base.clock.set(began + link::TERM + chrono::TimeDelta::days(1));
        let asked = renew(genuine.expose()).await;
        assert_eq!(asked.0, 200);
        assert_eq!(asked, invented, "who asks learns nothing");
        let all = letters(folder.path(), PRIVATE[1]);
        assert_eq!(all.len(), 2);
        assert!(!asked.1.contains("example.org"), "no address is shown");
        assert_eq!(renew(genuine.expose()).await, asked);
        assert_eq!(letters(folder.path(), PRIVATE[1]).len(), 2, "one letter a day");
        let fresh = all.iter().map(|letter| link_in(letter)).find(|one| *one != path).unwrap();
        assert_eq!(get(&api, &fresh).await.status, 200);
        link::revoke_all(ctx, &field.researcher, one.response).await.unwrap();
        field.base.clock.set(began + link::TERM + chrono::TimeDelta::days(2));
        renew(genuine.expose()).await;
        assert_eq!(letters(folder.path(), PRIVATE[1]).len(), 2, "what somebody has ended stays ended");
        let forged = post(&api, &format!("{path}/renew?lang=en"), &[("form", "x")]).await;
        assert_eq!(forged.status, 404);
    }

    async fn what_was_refused_stays_in_its_field(base) {
        let field = Field::over(base).await;
        let (_, secret) = field.invite("Datos del Sur").await;
        let api = Api::over(&field.base).await;
        let at = |step: &str| format!("/answer/{}/step/{step}?lang=en", secret.expose());
        let form = get(&api, &at("website")).await.hidden("form");
        let website = post(&api, &at("website"), &[("form", &form), ("s.website", "1"), ("q.website", "foo bar"), ("go", "next")]).await;
        assert_eq!(website.status, 422);
        assert!(website.body.contains("name=\"q.website\" value=\"foo bar\""), "{}", website.body);
        let founded = post(&api, &at("founded"), &[("form", &form), ("s.founded", "1"), ("q.founded", "3020"), ("go", "next")]).await;
        assert!(founded.status == 422 && founded.body.contains("value=\"3020\""), "{}", founded.body);
        for year in ["2026", "2099"] {
            let founded = [("form", form.as_str()), ("s.founded", "1"), ("q.founded", year), ("go", "next")];
            let founded = post(&api, &at("founded"), &founded).await;
            assert!(founded.status == 422 && founded.body.contains("Give a year that has begun"), "{year}: {}", founded.body);
            let row = [("form", form.as_str()), ("s.uses", "1"), ("q.uses.0.name", "Algo"), ("q.uses.0.since", year), ("go", "next")];
            let uses = post(&api, &at("uses"), &row).await;
            assert!(uses.status == 422 && uses.body.contains("Check the names and years"), "{year}: {}", uses.body);
        }
        let row = [("form", form.as_str()), ("s.uses", "1"), ("q.uses.0.name", "Algo"), ("q.uses.0.since", "3020"), ("go", "next")];
        let uses = post(&api, &at("uses"), &row).await;
        assert!(uses.status == 422 && uses.body.contains("value=\"3020\"") && uses.body.contains("<details open"), "{}", uses.body);
        let row = [("form", form.as_str()), ("s.uses", "1"), ("q.uses.1.name", "Algo"), ("q.uses.1.since", "ayer"), ("go", "next")];
        let uses = post(&api, &at("uses"), &row).await;
        assert!(uses.status == 422 && uses.body.contains("value=\"ayer\"") && !uses.body.contains("value=\"0\""), "{}", uses.body);
        assert!(uses.body.contains("id=\"fault-uses-0-since\">Give a year that has begun, such as 2014"), "{}", uses.body);
        // A list is neither dropped for a tick nor sent against it: both come back, with what to do.
        let both = [("form", form.as_str()), ("s.uses", "1"), ("q.uses.0.name", "Algo"), ("m.uses", "dont_know"), ("go", "next")];
        let uses = post(&api, &at("uses"), &both).await;
        assert!(uses.status == 422 && uses.body.contains("value=\"Algo\"") && uses.body.contains("take the tick away"), "{}", uses.body);
        assert!(uses.body.contains("value=\"dont_know\" checked"), "{}", uses.body);
        let none = [("form", form.as_str()), ("s.uses", "1"), ("q.uses.0.name", "Algo"), ("q.uses.0.remove", "1"), ("m.uses", "dont_know"), ("go", "next")];
        assert_eq!(post(&api, &at("uses"), &none).await.status, 303, "the rows are taken out");
    }
}
