//! The pages of the review through the real router: forms without a script, and what strangers get.

use std::collections::BTreeMap;

use entity::vocabulary::{CaseKind, Role, RowVisibility};
use od100::app::review::step;
use od100::app::survey::{answer, save};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};

use crate::desk_harness::Town;
use crate::harness::on_each_database;
use crate::people::places;
use crate::survey_harness::{Field, accept_all, mandatory, send};

/// A page without what is made anew for each: the keys of its forms.
fn without_tokens(page: &str) -> String {
    ["form", "once"].iter().fold(page.to_owned(), |page, name| {
        let key = format!("name=\"{name}\" value=\"");
        let mut parts = page.split(key.as_str());
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |done, part| done + part.split_once('"').map_or(part, |(_, rest)| rest))
    })
}

on_each_database! {
    async fn values_are_told_with_what_they_measure(base) {
        let field = Field::over(base).await;
        let (_, secret) = field.invite("Datos del Sur").await;
        let link = field.follow(&secret).await;
        let mut all = mandatory(&field, true).await;
        for one in all.iter_mut().filter(|one| one.question == "data_share") {
            one.visibility = Some(RowVisibility::AggregateOnly);
        }
        save::save(&field.base.ctx, &link, all, None).await.unwrap();
        answer::submit(&field.base.ctx, &link).await.unwrap();
        let town = Town::over(&field.base).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        let mut curator = town.signed_in("cleo").await;
        let cases = entity::review_case::Entity::find().all(&field.base.raw().await).await.unwrap();
        let values: Vec<_> = cases.iter().filter(|case| case.kind == CaseKind::Observation).collect();
        let mut pages = String::new();
        for case in &values {
            // What is for sums only is closed until somebody takes it.
            let mine = cleo.account().unwrap().id;
            step::assign(&field.base.ctx, &cleo, (case.id, case.version), Some(mine)).await.unwrap();
            pages.push_str(&curator.get(&format!("/desk/review/{}?lang=en", case.id)).await.text());
        }
        for said in [
            "<ins>Share of revenue that depends on government data</ins>", "<ins>26%</ins>", "<ins>50%</ins>", "26% – 50%",
            "<ins>Revenue</ins>", "<ins>5,000,000\u{a0}MXN</ins>", "<ins>19,999,999\u{a0}MXN</ins>",
        ] {
            assert!(pages.contains(said), "{said}: {pages}");
        }
        for raw in ["<ins>2600</ins>", "<ins>5000</ins>", "2600 – 5000", "<ins>00000000-"] {
            assert!(!pages.contains(raw), "{raw}: {pages}");
        }
    }

    async fn what_waits_for_the_whole_response_is_said(base) {
        let field = Field::over(base).await;
        let (id, secret) = field.invite("Datos del Sur").await;
        send(&field, &field.follow(&secret).await, true).await;
        accept_all(&field, &[CaseKind::UseClaim]).await;
        let town = Town::over(&field.base).await;
        town.people.with_role("dora", Role::Curator, None).await;
        let (mut dora, mut rosa) = (town.signed_in("dora").await, town.signed_in("rosa").await);
        let cases = entity::review_case::Entity::find().all(&field.base.raw().await).await.unwrap();
        let case = cases.iter().find(|case| case.kind == CaseKind::UseClaim).unwrap();
        let pages = [format!("/desk/review/{}?lang=en", case.id), format!("/desk/claims/use/{}?lang=en", case.subject_id.unwrap())];
        let waits = "The whole response waits for somebody to validate it.";
        for page in &pages {
            assert!(dora.get(page).await.text().contains(waits), "{page}");
        }
        let response = format!("/desk/responses/{id}");
        let seen = rosa.get(&format!("{response}?lang=en")).await.text();
        let decided = cases.iter().filter(|case| case.decided_at.is_some()).count();
        assert!(decided > 1 && seen.contains(&format!("Decided: {decided} of {}.", cases.len())) && seen.contains(waits), "{seen}");
        assert_eq!(rosa.form(&format!("{response}/decide"), &[("step", "validate"), ("reason", "read")]).await.status, 303);
        for page in &pages {
            assert!(!dora.get(page).await.text().contains(waits), "{page}");
        }
    }

    async fn who_does_not_agree_to_be_shown_is_not_said_to_be_seen(base) {
        let field = Field::over(base).await;
        let (_, secret) = field.invite("Datos del Sur").await;
        send(&field, &field.follow(&secret).await, false).await;
        let town = Town::over(&field.base).await;
        town.people.with_role("dora", Role::Curator, None).await;
        let cases = entity::review_case::Entity::find().all(&field.base.raw().await).await.unwrap();
        let case = cases.iter().find(|case| case.kind == CaseKind::Display).unwrap();
        let page = town.signed_in("dora").await.get(&format!("/desk/review/{}?lang=en", case.id)).await.text();
        assert!(page.contains("Record of Datos del Sur: “Does not agree to be shown”?"), "{page}");
        assert!(!page.contains("<ins>everybody</ins>"), "{page}");
    }

    async fn a_visitor_reports_and_a_curator_decides(base) {
        places(&base).await;
        let town = Town::over(&base).await;
        let mut visitor = town.browser();
        let page = visitor.get("/report?about=/organisations/compania-0&lang=en").await;
        assert_eq!(page.status, 200);
        let text = page.text();
        assert!(text.contains("value=\"/organisations/compania-0\"") && !text.contains("<script>"));
        for way in ["href=\"/explore?lang=en\"", "href=\"/method?lang=en\"", "hreflang=\"es\""] {
            assert!(text.contains(way), "the ways around the site, {way}: {text}");
        }
        let stamp = text.split("name=\"stamp\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let fields = [("about", "https://od100.example/organisations/compania-0"), ("text", "The <b>name</b> is wrong"), ("stamp", stamp.as_str())];
        assert_eq!(visitor.form("/report?lang=en", &fields).await.status, 422, "nobody types that fast");
        base.clock.set(base.clock.now() + chrono::TimeDelta::seconds(5));
        let trap = [fields[0], fields[1], fields[2], ("url2", "x")];
        assert_eq!(visitor.form("/report?lang=en", &trap).await.status, 422, "nobody sees that field");
        let forged = [fields[0], fields[1], ("stamp", "1.x")];
        assert_eq!(visitor.form("/report?lang=en", &forged).await.status, 422);
        let long = "á".repeat(5_000);
        for (lang, field, value, said) in [
            ("en", "about", "/organisations/nobody", "This site has no page at this address; give that of a page, such as /organisations/empresa."),
            ("es", "about", "/organisations/nobody", "Este sitio no tiene ninguna página en esta dirección"),
            ("en", "text", &long, "This has at most 2000 characters."),
        ] {
            let wrong = fields.map(|(name, known)| if name == field { (name, value) } else { (name, known) });
            let answer = visitor.form(&format!("/report?lang={lang}"), &wrong).await;
            assert_eq!(answer.status, 422);
            assert!(answer.text().contains(said), "{said}: {}", answer.text());
        }
        for _ in 0..2 {
            let done = visitor.form("/report?lang=en", &fields).await;
            assert_eq!(done.status, 303, "the second time changes nothing");
            let thanks = visitor.get(done.header("location")).await.text();
            let other = thanks.split(" lang=\"es\" hreflang=\"es\"").next().unwrap();
            assert!(thanks.len() > other.len() && other.contains("said=sent"), "the thanks can be read in the other language: {thanks}");
        }
        let reported = entity::review_case::Entity::find().all(&base.raw().await).await.unwrap();
        assert_eq!(reported.len(), 1);

        assert_eq!(visitor.get("/desk/review").await.status, 303, "who is not signed in is led to where that is done");
        town.people.with_role("coco", Role::Contributor, None).await;
        let mut contributor = town.signed_in("coco").await;
        assert_eq!(contributor.get("/desk/review").await.status, 403);
        town.people.with_role("cleo", Role::Curator, None).await;
        let mut curator = town.signed_in("cleo").await;
        let queue = curator.get("/desk/review?kind=error_report&lang=en").await.text();
        assert!(queue.contains("The &lt;b&gt;name&lt;/b&gt; is wrong"), "{queue}");
        let db = base.raw().await;
        let case = entity::review_case::Entity::find().one(&db).await.unwrap().unwrap();
        let path = format!("/desk/review/{}?lang=en", case.id);
        assert_eq!(contributor.get(&path).await.status, 404);
        assert_eq!(curator.get(&path).await.status, 200);
        assert_eq!(curator.form(&path, &[("version", "1"), ("action", "reject"), ("reason", "")]).await.status, 422);
        assert_eq!(curator.form(&path, &[("version", "1"), ("action", "reject"), ("reason", "It is right")]).await.status, 303);
        assert_eq!(curator.form(&path, &[("version", "1"), ("action", "accept")]).await.status, 422, "it was decided");
        let decided = entity::review_case::Entity::find().one(&db).await.unwrap().unwrap();
        assert_eq!(decided.status, entity::vocabulary::CaseStatus::Rejected);
    }

    async fn each_room_is_for_those_who_work_there(base) {
        let (organisation, _) = places(&base).await;
        let town = Town::over(&base).await;
        town.people.with_role("coco", Role::Contributor, None).await;
        town.people.with_role("rita", Role::OrganisationRepresentative, Some(organisation.0)).await;
        town.people.with_role("root", Role::Admin, None).await;
        for (name, propose, own) in [("coco", 200, 403), ("rita", 200, 200), ("root", 403, 403)] {
            let mut browser = town.signed_in(name).await;
            assert_eq!(browser.get("/desk/propose").await.status, propose, "{name}");
            assert_eq!(browser.get("/desk/organisation").await.status, own, "{name}");
            for sort in ["organisation", "dataset", "use", "impact", "correction", "evidence"] {
                let page = browser.get(&format!("/desk/propose/{sort}?about=/organisations/x")).await;
                assert_eq!(page.status, propose, "{name} {sort}");
            }
        }
        let account = town.signed_in("rita").await.get("/account?lang=en").await.text();
        let db = base.raw().await;
        let row = entity::organisation::Entity::find_by_id(organisation).one(&db).await.unwrap().unwrap();
        let names: std::collections::BTreeMap<String, String> = serde_json::from_str(&row.name).unwrap();
        assert!(names.values().any(|name| account.contains(name.as_str())), "the role names whom it is for: {account}");
        let mut coco = town.signed_in("coco").await;
        let empty = coco.get("/desk/propose/organisation?lang=en").await.text();
        assert!(empty.contains("Website (optional)") && empty.contains(">Name<"), "what may be left blank says so: {empty}");
        let wrong = coco.form("/desk/propose/organisation?lang=en", &[("name", ""), ("evidenceUrl", "javascript:x")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("This is needed."));
        let right = [("name", "Mapas"), ("kind", "company"), ("evidenceUrl", "https://example.org"), ("evidenceKind", "news")];
        assert_eq!(coco.form("/desk/propose/organisation?lang=en", &right).await.status, 303);
        assert!(coco.get("/desk/propose?lang=en").await.text().contains("Mapas"));
    }

    async fn what_was_written_stays_for_whoever_is_signed_out_by_then(base) {
        let town = Town::over(&base).await;
        town.people.with_role("coco", Role::Contributor, None).await;
        let mut coco = town.signed_in("coco").await;
        let here = "/desk/propose/organisation?lang=en";
        coco.get(here).await;
        let signed_in = coco.cookies.clone();
        coco.cookies.retain(|name, _| name.ends_with("od100-form"));
        let long = "They draw maps of what the rain does to the streets of the town.";
        let written = [("name", "Mapas \"vivos\""), ("description", long), ("kind", "company"), ("evidenceUrl", "https://example.org"), ("evidenceKind", "news")];
        let kept = coco.form(here, &written).await;
        let page = kept.text();
        assert_eq!(kept.status, 403);
        assert!(page.contains("You are signed out") && page.contains("href=\"/sign-in?lang=en\""), "{page}");
        assert!(page.contains(&format!(">{long}</textarea>")) && page.contains("value=\"Mapas &quot;vivos&quot;\""), "{page}");
        assert!(page.contains(&format!("action=\"{here}\"")), "{page}");
        // What was not written, and what nobody else may read, is begun anew.
        assert_eq!(coco.form(here, &[("kind", "company")]).await.status, 303);
        assert_eq!(coco.form(here, &[("name", "Mapas vivos"), ("rfc", "AAA010101AAA")]).await.status, 303);
        coco.cookies = signed_in;
        assert_eq!(coco.form(here, &written).await.status, 303, "it is sent from there");
        assert!(coco.get("/desk/propose?lang=en").await.text().contains("Mapas"));
    }

    async fn who_goes_back_and_sends_again_has_proposed_once(base) {
        places(&base).await;
        let town = Town::over(&base).await;
        town.people.with_role("coco", Role::Contributor, None).await;
        let mut coco = town.signed_in("coco").await;
        let db = base.raw().await;
        let cases = async || entity::review_case::Entity::find().all(&db).await.unwrap().len();
        let once_of = |page: &str| page.split("name=\"once\" value=\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        let about = "/organisations/compania-0";
        let claim = entity::use_claim::Entity::find().one(&db).await.unwrap().unwrap();
        let claim = claim.entity_id.to_string();
        let forms: [(&str, Vec<(&str, &str)>); 6] = [
            ("organisation", vec![("name", "Mapas"), ("kind", "company")]),
            ("dataset", vec![("title", "Pozos"), ("publisherId", "/publishers/comision-del-agua")]),
            ("use", vec![("about", about), ("targetId", "/publishers/secretaria-de-medio-ambiente"), ("purpose", "Forecasts")]),
            ("impact", vec![("about", about), ("dimension", "sdg"), ("code", "13"), ("rationale", "It warns of floods")]),
            ("correction", vec![("about", about), ("field", "website"), ("value", "https://example.org/new")]),
            ("evidence", vec![("about", about), ("claim", &claim), ("polarity", "supports")]),
        ];
        for (sort, mut fields) in forms {
            let here = format!("/desk/propose/{sort}?lang=en");
            let page = coco.get(&format!("{here}&about={about}&field=website&once=x")).await.text();
            let once = once_of(&page).unwrap_or_else(|| panic!("{sort}: {page}"));
            assert!(once.len() > 20, "an address does not say which: {once}");
            fields.extend([("evidenceUrl", "https://example.org/report"), ("evidenceKind", "report"), ("once", &once)]);
            let before = cases().await;
            for _ in 0..2 {
                let done = coco.form(&here, &fields).await;
                assert_eq!(done.status, 303, "{sort}: {}", done.text());
                assert_eq!(cases().await, before + 1, "{sort}");
            }
        }
        // Something else from the page that was sent before is sent when that is meant.
        let here = "/desk/propose/organisation?lang=en";
        let once = once_of(&coco.get(here).await.text()).unwrap();
        let sent = |name: &'static str, once: &str| {
            let all = [("name", name), ("kind", "company"), ("evidenceUrl", "https://example.org"), ("evidenceKind", "news"), ("once", once)];
            all.map(|(name, value)| (name, value.to_owned()))
        };
        let before = cases().await;
        let mut key = once;
        for (name, status, made) in [("", 422, 0), ("Rutas", 303, 1), ("Rutas del Sur", 422, 1), ("Rutas del Sur", 303, 2)] {
            let fields = sent(name, &key);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let done = coco.form(here, &fields).await;
            assert_eq!((done.status.as_u16(), cases().await), (status, before + made), "{name}: {}", done.text());
            if status == 422 {
                let again = once_of(&done.text()).unwrap();
                assert_eq!(again == key, name.is_empty(), "what is put right is the same, what differs is another");
                assert!(name.is_empty() || done.text().contains("sent before with other data"), "{}", done.text());
                key = again;
            }
        }
    }

    async fn a_correction_asks_for_what_the_property_takes(base) {
        let (organisation, _) = places(&base).await;
        let town = Town::over(&base).await;
        town.people.with_role("coco", Role::Contributor, None).await;
        let mut coco = town.signed_in("coco").await;
        let row = entity::organisation::Entity::find_by_id(organisation).one(&base.raw().await).await.unwrap().unwrap();
        let (here, about) = ("/desk/propose/correction", format!("/organisations/{}", row.slug));
        let choose = coco.get(&format!("{here}?about={about}&lang=en")).await.text();
        assert!(choose.contains("<option value=\"size_band\"") && !choose.contains("name=\"value\""), "{choose}");
        assert!(!choose.contains("<option value=\"licence\""), "an organisation has none: {choose}");
        for (field, control) in [
            ("name", "<input class=\"field\" name=\"value\""),
            ("description", "<textarea class=\"field\" name=\"value\""),
            ("website", "type=\"text\" inputmode=\"url\" name=\"value\""),
            ("founded", "type=\"number\" name=\"value\""),
            ("kind", "<option value=\"company\">Company"),
            ("size_band", "<option value=\"11-50\">11–50"),
            ("status", "<option value=\"dormant\">dormant"),
            ("sector", "<select class=\"field\" name=\"value\""),
            ("area", "<option value=\"MX-JAL\">Jalisco"),
        ] {
            let page = coco.get(&format!("{here}?about={about}&field={field}&lang=en")).await.text();
            assert!(page.contains(control), "{field}: {page}");
            assert_eq!(page.matches("name=\"value\"").count(), 1, "{field}");
        }
        for (query, said) in [
            (format!("about={about}&field=licence"), "This record has no such property"),
            ("about=/organisations/nobody&field=name".to_owned(), "The register shows nothing at this address"),
        ] {
            let page = coco.get(&format!("{here}?{query}&lang=en")).await;
            assert!(page.text().contains(said) && !page.text().contains("name=\"value\""), "{query}: {}", page.text());
        }
        // A program that sends what no control offers is told so, and what it sent stands in the control again.
        for (field, value, is_right) in [
            ("founded", "ayer", false),
            ("founded", "1066", false),
            ("founded", "2099", false),
            ("kind", "firm", false),
            ("size_band", "12", false),
            ("status", "published", false),
            ("website", "javascript:alert(1)", false),
            ("sector", "alchemy", false),
            ("area", "MX-XXX", false),
            ("founded", "2014", true),
            ("size_band", "11-50", true),
            ("sector", "energy", true),
        ] {
            let sent = [("about", about.as_str()), ("field", field), ("value", value), ("evidenceUrl", "https://example.org"), ("evidenceKind", "news")];
            let answer = coco.form(&format!("{here}?lang=en"), &sent).await;
            assert_eq!(answer.status, if is_right { 303 } else { 422 }, "{field} {value}: {}", answer.text());
            assert!(is_right || answer.text().contains("class=\"fault\""), "{field} {value}: {}", answer.text());
        }
    }

    async fn a_hidden_organisation_is_as_if_it_were_not_there(base) {
        base.take(crate::harness::header(), crate::harness::organisations(3)).await.unwrap();
        let statement = |set: &str, slug: &str| format!("update organisation set {set} where slug = '{slug}'");
        let db = base.raw().await;
        for (set, slug) in [("visibility = 'private'", "compania-1"), ("consent = 'no'", "compania-2")] {
            db.execute_unprepared(&statement(set, slug)).await.unwrap();
        }
        // The register that the pages read is of what is shown by then.
        let town = Town::over(&base).await;
        for name in ["coco", "nobody"] {
            let id = town.people.account(name).await;
            if name == "coco" {
                town.people.give(id, Role::Contributor, None).await;
            }
        }
        let mut coco = town.signed_in("coco").await;
        coco.get("/desk/propose/use?lang=en").await;
        let evidence = [("evidenceUrl", "https://example.org"), ("evidenceKind", "news")];
        let mut answers: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for slug in ["compania-1", "compania-2", "compania-9"] {
            let about = format!("/organisations/{slug}");
            let forms: [(&str, Vec<(&str, &str)>); 4] = [
                ("correction", vec![("about", &about), ("field", "website"), ("value", "https://example.org")]),
                ("use", vec![("about", &about), ("targetId", "/publishers/conagua"), ("purpose", "x")]),
                ("impact", vec![("about", &about), ("dimension", "sdg"), ("code", "13"), ("rationale", "x")]),
                ("dataset", vec![("publisherId", &about), ("title", "Pozos")]),
            ];
            for (sort, mut fields) in forms {
                fields.extend(evidence);
                let answer = coco.form(&format!("/desk/propose/{sort}?lang=en"), &fields).await;
                assert_eq!(answer.status, 422, "{sort} {slug}");
                answers.entry(sort).or_default().push(answer.text().replace(slug, "X"));
            }
            for path in ["/desk/propose/correction?field=name&lang=en&", "/desk/propose/evidence?lang=en&", "/desk/claims?lang=en&"] {
                let answer = coco.get(&format!("{path}about={about}")).await;
                answers.entry(path).or_default().push(format!("{} {}", answer.status, answer.text().replace(slug, "X")));
            }
            let mut nobody = town.signed_in("nobody").await;
            nobody.get("/desk/takeover?lang=en").await;
            let answer = nobody.form("/desk/takeover?lang=en", &[("action", "begin"), ("of", &about), ("proof", "curator"), ("note", "its director")]).await;
            answers.entry("takeover").or_default().push(format!("{} {}", answer.status, answer.text().replace(slug, "X")));
        }
        for (what, all) in answers {
            let bare: Vec<String> = all.iter().map(|text| without_tokens(text)).collect();
            assert!(bare.iter().all(|text| *text == bare[2]), "{what}: who asks learns that it is there\n{}\n{}", bare[0], bare[2]);
        }
    }

    async fn what_one_has_proposed_waits_for_somebody_else(base) {
        let town = Town::over(&base).await;
        let (curator, _) = town.people.with_role("cleo", Role::Curator, None).await;
        town.people.with_role("cara", Role::Curator, None).await;
        crate::review_duplicates::proposed(&base, &curator, crate::review_duplicates::organisation("Uno", None)).await;
        for (name, said) in [("cleo", "Nothing waits for your decision"), ("cara", "1 matter waits for your decision")] {
            let desk = town.signed_in(name).await.get("/desk?lang=en").await.text();
            assert!(desk.contains(&format!("<h1>{said}</h1>")), "{name}: {desk}");
        }
    }

    async fn a_queue_is_its_address(base) {
        let (organisation, _) = places(&base).await;
        let town = Town::over(&base).await;
        let (coco, _) = town.people.with_role("coco", Role::Contributor, None).await;
        town.people.with_role("cleo", Role::Curator, None).await;
        for name in ["Uno", "Dos", "Tres"] {
            base.tick();
            let what = crate::review_duplicates::organisation(name, None);
            crate::review_duplicates::proposed(&base, &coco, what).await;
        }
        base.tick();
        let subject = od100::domain::review::Subject::Organisation(organisation);
        let (field, value) = (od100::domain::review::Field::Website, "https://new.example.com".to_owned());
        let correction = od100::domain::review::Proposed::Correction {
            subject, field, value, lang: "es".to_owned(), cited: Some(crate::review::cited()),
        };
        crate::review_duplicates::proposed(&base, &coco, correction).await;
        let db = base.raw().await;
        let cases = entity::review_case::Entity::find().order_by_asc(entity::review_case::Column::OpenedAt).all(&db).await.unwrap();
        assert_eq!(cases.len(), 4);
        let mut cleo = town.signed_in("cleo").await;

        let all = cleo.get("/desk/review?lang=en").await.text();
        assert!(cases.iter().all(|case| all.contains(&case.id.to_string())), "{all}");
        assert!(all.contains("next page, or next case") && all.contains("<kbd>b</kbd>"), "the keys are told");
        let narrowed = "/desk/review?kind=organisation&lang=en";
        let queue = cleo.get(narrowed).await.text();
        assert!(!queue.contains(&cases[3].id.to_string()));
        let of = |at: usize| format!("/desk/review/{}?kind=organisation", cases[at].id);
        assert!(queue.contains(&format!("{}&amp;lang=en", of(1))), "a case keeps what the queue was narrowed to: {queue}");
        assert_eq!(cleo.get(narrowed).await.text(), queue, "the same address is the same queue");

        let asked = async |browser: &mut crate::desk_harness::Browser, at: usize| {
            let page = browser.get(&format!("/desk/review/{}?lang=en", cases[at].id)).await.text();
            page.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).unwrap().to_owned()
        };
        assert_eq!(asked(&mut cleo, 0).await, "Add Uno to the record?", "a case asks what is decided");
        let correction = asked(&mut cleo, 3).await;
        assert!(correction.starts_with("Change “Website” of ") && correction.ends_with(" to “https://new.example.com/”?"), "{correction}");
        let desk = cleo.get("/desk?lang=en").await.text();
        assert!(desk.contains("<h1>4 matters wait for your decision</h1>") && desk.contains("<b>4 wait</b>"), "{desk}");

        let middle = cleo.get(&format!("{}&lang=en", of(1))).await.text();
        assert!(middle.contains(&format!("rel=\"prev\" href=\"{}&amp;lang=en", of(0))), "{middle}");
        assert!(middle.contains(&format!("rel=\"next\" href=\"{}&amp;lang=en", of(2))), "{middle}");
        assert!(middle.contains("href=\"/desk/review?kind=organisation&amp;lang=en\" data-up"), "{middle}");
        let last = cleo.get(&of(2)).await.text();
        assert!(!last.contains("rel=\"next\""), "the correction is not in this queue: {last}");

        let decided = cleo.form(&of(1), &[("version", "1"), ("action", "reject"), ("reason", "no such firm")]).await;
        assert_eq!((decided.status.as_u16(), decided.header("location")), (303, format!("{}&said=rejected&was={}", of(2), cases[1].id).as_str()), "on to the next of the same queue");
        let decided = cleo.form(&of(2), &[("version", "1"), ("action", "reject"), ("reason", "no such firm")]).await;
        assert_eq!(decided.header("location"), format!("/desk/review?kind=organisation&said=rejected&was={}", cases[2].id));
        let told = cleo.get(decided.header("location")).await.text();
        assert!(told.contains("Rejected.") || told.contains("Quedó rechazado."), "{told}");
        assert!(told.contains(&format!("href=\"/desk/review/{}\"", cases[2].id)), "what was decided can be looked at again: {told}");
        let queue = cleo.get("/desk/review?kind=organisation&state=decided").await.text();
        assert!(queue.contains(&cases[1].id.to_string()) && !queue.contains(&cases[0].id.to_string()));
        assert!(!queue.contains("preview-accept"), "what is decided is not decided again: {queue}");
        let none = cleo.get("/desk/review?kind=dataset&state=decided&lang=en").await.text();
        let parts = ["There are no cases here.", "href=\"/desk/review?lang=en\">See the 2 cases that wait</a>"];
        assert!(parts.iter().all(|part| none.contains(part)) && !none.contains("Nothing waits"), "{none}");

        let mine = cleo.get("/desk/review?assignee=me").await;
        let me = entity::account::Entity::find().all(&db).await.unwrap().into_iter().find(|one| one.display_name == "cleo").unwrap();
        assert_eq!((mine.status.as_u16(), mine.header("location")), (303, format!("/desk/review?assignee={}", me.id).as_str()), "a copied link means the same to others");
        let row = entity::organisation::Entity::find_by_id(organisation).one(&db).await.unwrap().unwrap();
        let named = cleo.get(&format!("/desk/review?organisation={}", row.slug)).await;
        assert_eq!(named.header("location"), format!("/desk/review?organisation={organisation}"));
        let queue = cleo.get(named.header("location")).await.text();
        assert!(queue.contains(&cases[3].id.to_string()) && !queue.contains(&cases[0].id.to_string()));
        let unknown = cleo.get("/desk/review?organisation=Nadie&lang=en").await;
        assert_eq!(unknown.status, 422);
        assert!(unknown.text().contains("no single record called “Nadie”"));
        assert!(cleo.get("/desk/review?age=7").await.text().contains("class=\"empty\""), "nothing is that old");
        assert!(!cleo.get("/desk/review?study=00000000-0000-0000-0000-000000000001").await.text().contains("data-row>"));

        let chosen = format!("{}.1", cases[0].id);
        let path = "/desk/review/many?kind=organisation&lang=en";
        let sent = cleo.form(path, &[("case", &chosen), ("reason", "no such firm"), ("action", "preview-reject")]).await;
        assert_eq!(sent.status, 303, "a preview has an address, so that the way back leads to the queue");
        let preview = cleo.get(sent.header("location")).await;
        assert_eq!(preview.status, 200);
        let text = preview.text();
        assert!(text.contains(&chosen) && text.contains("/desk/review?kind=organisation&amp;lang=en"), "{text}");
        let listed = cleo.get("/desk/review?kind=organisation&lang=en").await.text();
        let name = listed.split(&format!("/desk/review/{}?", cases[0].id)).nth(1).unwrap();
        let name = name.split('>').nth(1).unwrap().split('<').next().unwrap();
        assert!(!name.is_empty() && text.contains(&format!(">{name}</a>")), "the preview names what is decided: {name} in {text}");
        let still = entity::review_case::Entity::find_by_id(cases[0].id).one(&db).await.unwrap().unwrap();
        assert_eq!(still.version, 1, "a preview does nothing");
        let done = cleo.form(path, &[("case", &chosen), ("reason", "no such firm"), ("action", "reject")]).await;
        let told = done.header("location").to_owned();
        assert!(told.starts_with("/desk/review?kind=organisation&said=rejectedMany&case="), "{told}");
        let queue = cleo.get(&told).await.text();
        assert!(queue.contains("1 case rejected.") && queue.contains("Undo it"), "what was done is said: {queue}");
        let after = entity::review_case::Entity::find_by_id(cases[0].id).one(&db).await.unwrap().unwrap();
        let undone = [("case", format!("{}.{}", after.id, after.version)), ("reason", "a slip".to_owned()), ("action", "undo".to_owned())];
        let undone: Vec<(&str, &str)> = undone.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let undone = cleo.form(path, &undone).await;
        assert!(cleo.get(undone.header("location")).await.text().contains("1 decision undone"));
        let again = entity::review_case::Entity::find_by_id(cases[0].id).one(&db).await.unwrap().unwrap();
        assert_eq!(again.status, entity::vocabulary::CaseStatus::UnderReview, "it waits again");
        let strange = cleo.get("/desk/review?study=nope&kind=xx&lang=en").await.text();
        assert!(strange.contains("“nope” means nothing for “study”") && strange.contains("“xx” means nothing for “kind”"), "{strange}");
    }
}
