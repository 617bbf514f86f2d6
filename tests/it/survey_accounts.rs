//! Answering with an account: who speaks for an organisation answers for it, who runs the study fills in what came by
//! telephone, and nobody else finds anything.

use axum::body::Body;
use axum::http::{Request, header};
use entity::id::ResponseId;
use entity::vocabulary::{CompletedBy, Role};
use od100::app::survey::{link, save, study};
use od100::store;

use crate::desk_harness::{Browser, Town};
use crate::edge_harness::Answer;
use crate::harness::on_each_database;
use crate::survey_harness::{Field, PRIVATE, mandatory, new_study};

/// What a form of the questionnaire sends, from a page of a site.
async fn send(browser: &mut Browser, path: &str, from: &str, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, "null")
        .header("sec-fetch-site", from);
    browser.send(request.body(Body::from(body)).unwrap()).await
}

fn form_of(page: &Answer) -> String {
    page.text().split("name=\"form\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let from = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("{name}: {page}"));
    from.split('"').next().unwrap().to_owned()
}

async fn response(field: &Field, id: ResponseId) -> store::survey::response::Response {
    store::survey::response::by_id(&field.base.ctx.db, id).await.unwrap().unwrap()
}

on_each_database! {
    async fn an_account_answers_for_its_own_and_the_desk_for_its_study(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (id, _) = field.invite("Datos del Sur").await;
        let (own, _) = field.invite("Mapas del Norte").await;
        let organisation = response(&field, own).await.organisation_id;
        let (representative, _) = field.people.with_role("ines", Role::OrganisationRepresentative, Some(organisation.0)).await;
        let (curator, _) = field.people.with_role("cara", Role::Curator, None).await;
        let mut other = new_study();
        other.title.values_mut().for_each(|title| title.push_str(" más"));
        let other = study::create(ctx, &curator, other, None).await.unwrap();
        field.people.with_role("otto", Role::Researcher, Some(other.entity_id.0)).await;
        let town = Town::over(&field.base).await;
        let (mut ines, mut rosa) = (town.signed_in("ines").await, town.signed_in("rosa").await);
        let (mut otto, mut cara, mut nobody) = (town.signed_in("otto").await, town.signed_in("cara").await, town.browser());
        let at = |id: ResponseId, below: &str| format!("/answer/by-account-{id}{below}?lang=en");

        let mine = ines.get("/desk/organisation?lang=en").await.text();
        assert!(mine.contains(&at(own, "")) && !mine.contains(&id.to_string()), "{mine}");
        let page = rosa.get(&format!("/desk/responses/{id}?lang=en")).await.text();
        assert!(page.contains("Fill in at the desk") && page.contains(&at(id, "")), "{page}");
        let statuses = async |browser: &mut Browser| {
            let mut found = Vec::new();
            for below in ["", "/step/name", "/review", "/refuse"] {
                found.push((browser.get(&at(id, below)).await.status.as_u16(), browser.get(&at(own, below)).await.status.as_u16()));
            }
            found.dedup();
            found
        };
        assert_eq!(statuses(&mut ines).await, [(404, 200)], "what is of another organisation is not found");
        assert_eq!(statuses(&mut rosa).await, [(200, 200)], "the whole wave of the study");
        for browser in [&mut otto, &mut cara, &mut nobody] {
            assert_eq!(statuses(browser).await, [(404, 404)]);
        }
        assert!(nobody.get("/answer/by-account-x").await.status == 404);

        let form = form_of(&ines.get(&at(own, "/step/name")).await);
        let fields = [("form", form.as_str()), ("s.name", "1"), ("q.name", "Mapas"), ("go", "next")];
        assert_eq!(send(&mut ines, &at(own, "/step/name"), "cross-site", &fields).await.status, 403, "a page of another site");
        assert_eq!(send(&mut rosa, &at(own, "/step/name"), "same-origin", &fields).await.status, 403, "the form of another session");
        assert_eq!(send(&mut nobody, &at(own, "/step/name"), "same-origin", &fields).await.status, 404);
        assert_eq!(send(&mut ines, &at(own, "/step/name"), "same-origin", &fields).await.status, 303);
        let drafts = store::survey::draft::of(&ctx.db, own).await.unwrap();
        assert!(drafts.iter().any(|one| one.question == "name" && one.value.as_deref().unwrap_or_default().contains("Mapas")));

        for (actor, browser, id) in [(&representative, &mut ines, own), (&field.researcher, &mut rosa, id)] {
            let followed = link::as_account(ctx, actor, id).await.unwrap();
            save::save(ctx, &followed, mandatory(&field, true).await, None).await.unwrap();
            let form = form_of(&browser.get(&at(id, "/review")).await);
            assert_eq!(send(browser, &at(id, "/send"), "same-origin", &[("form", &form)]).await.status, 303);
            assert!(browser.get(&at(id, "")).await.text().contains("We have your answers"));
        }
        assert_eq!(response(&field, own).await.completed_by, CompletedBy::Organisation);
        assert_eq!(response(&field, id).await.completed_by, CompletedBy::Researcher);
        let page = rosa.get(&format!("/desk/responses/{id}?lang=en")).await.text();
        assert!(!page.contains("Fill in at the desk"), "it was sent");
        assert!(!ines.get("/desk/organisation?lang=en").await.text().contains(&at(own, "")));
        study::wave_close(ctx, &field.researcher, field.wave.entity_id).await.unwrap();
        assert_eq!(statuses(&mut rosa).await, [(404, 404)], "a closed wave takes nothing");
    }

    async fn who_answers_is_shown_to_no_account(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (id, secret) = field.invite("Datos del Sur").await;
        let organisation = response(&field, id).await.organisation_id;
        field.people.with_role("ines", Role::OrganisationRepresentative, Some(organisation.0)).await;
        let town = Town::over(&field.base).await;
        let known = async || store::survey::respondent::of(&ctx.db, id).await.unwrap().unwrap();
        let at = |below: &str| format!("/answer/by-account-{id}{below}?lang=en");
        let before = known().await;
        let [person, address, _] = PRIVATE;
        for (n, name) in ["ines", "rosa"].into_iter().enumerate() {
            let mut browser = town.signed_in(name).await;
            for below in ["", "/step/all", "/step/consent", "/review"] {
                let page = browser.get(&at(below)).await.text();
                assert!(!page.contains(person) && !page.contains(address), "{name} {below}: {page}");
            }
            let page = browser.get(&at("/step/consent")).await;
            assert!(page.text().contains("are kept, and are not shown here"), "{}", page.text());
            let said = if n == 0 { "yes" } else { "no" };
            let (form, revision) = (form_of(&page), hidden(&page.text(), "r.contact"));
            let fields = [
                ("form", form.as_str()), ("s.contact", "1"), ("r.contact", &revision),
                ("q.contact", said), ("c.name", ""), ("c.email", ""), ("go", "next"),
            ];
            assert_eq!(send(&mut browser, &at("/step/consent"), "same-origin", &fields).await.status, 303, "{name}");
            let after = known().await;
            assert_eq!((after.may_contact, &after.name, &after.email), (n == 0, &before.name, &before.email), "{name}");
        }
        let own = town.browser().get(&format!("/answer/{}/step/consent?lang=en", secret.expose())).await.text();
        assert!(own.contains(person) && own.contains(address), "whoever holds the link sees what is kept of them");
    }

    async fn nobody_is_written_to_who_left_no_address_and_nothing_else_is_lost(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (id, _) = field.invite("Datos del Sur").await;
        let organisation = response(&field, id).await.organisation_id;
        field.people.with_role("ines", Role::OrganisationRepresentative, Some(organisation.0)).await;
        let transaction = store::begin(&ctx.db).await.unwrap();
        store::survey::respondent::forget(&transaction, id).await.unwrap();
        transaction.commit().await.unwrap();
        let town = Town::over(&field.base).await;
        let mut ines = town.signed_in("ines").await;
        let all = format!("/answer/by-account-{id}/step/all?lang=en");
        let page = ines.get(&all).await;
        let (form, name, contact) = (form_of(&page), hidden(&page.text(), "r.name"), hidden(&page.text(), "r.contact"));
        let fields = [
            ("form", form.as_str()), ("s.name", "1"), ("r.name", &name), ("q.name", "Mapas"), ("s.contact", "1"),
            ("r.contact", &contact), ("q.contact", "yes"), ("c.name", ""), ("c.email", ""), ("go", "next"),
        ];
        let told = send(&mut ines, &all, "same-origin", &fields).await;
        assert_eq!(told.status, 422, "{}", told.text());
        assert!(told.text().contains("The rest has been saved"), "{}", told.text());
        let drafts = store::survey::draft::of(&ctx.db, id).await.unwrap();
        assert!(drafts.iter().any(|one| one.value.as_deref().unwrap_or_default().contains("Mapas")));
        assert!(drafts.iter().all(|one| one.question != "contact"), "a yes to nobody is kept by nobody");
        assert!(store::survey::respondent::of(&ctx.db, id).await.unwrap().is_none());
    }
}
