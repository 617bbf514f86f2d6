//! The room of the accounts at the desk.

use axum::http::StatusCode;
use entity::vocabulary::Role;
use od100::app::access::{grant, revoke, token};
use od100::domain::access::Actor;
use sea_orm::EntityTrait;

use crate::desk_harness::Town;
use crate::harness::on_each_database;
use crate::people::places;

const ROOM: &str = "/desk/accounts";

on_each_database! {
    async fn an_administrator_makes_an_account_and_gives_and_takes_roles(base) {
        let (_, study) = places(&base).await;
        let town = Town::over(&base).await;
        town.people.with_role("root", Role::Admin, None).await;
        let mut root = town.signed_in("root").await;
        assert!(root.get("/desk?lang=en").await.text().contains("href=\"/desk/accounts?lang=en\""));
        let made = root.form(ROOM, &[("email", "ana@example.org"), ("displayName", "Ana <b>"), ("letters", "es")]).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
        let page = made.header("location").to_owned();
        let shown = root.get(&page).await.text();
        assert!(shown.contains("Ana &lt;b&gt;") && shown.contains("ana@example.org"));
        let again = root.form(ROOM, &[("email", "ANA@example.org"), ("displayName", "x"), ("letters", "es")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.text().contains("name=\"displayName\" value=\"x\"") && again.text().contains("value=\"ANA@example.org\""), "{}", again.text());
        // A role of a study, by its slug, until a day that is included.
        let roles = format!("{page}/roles");
        let slug = "study";
        let fields = [("role", "researcher"), ("study", slug), ("until", "2099-12-31"), ("reason", "runs the wave")];
        let given = root.form(&roles, &fields).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
        let shown = root.get(&format!("{page}?lang=en")).await.text();
        assert!(shown.contains("Researcher") && shown.contains("31 Dec 2099") && shown.contains("runs the wave"));
        let held = grant::of(&base.ctx, &Actor::Operator, &[page_id(&page)]).await.unwrap();
        assert_eq!((held.len(), held[0].scope_id), (1, Some(study.0)));
        for wrong in [
            &[("role", "researcher"), ("study", "gone"), ("reason", "x")][..],
            &[("role", "curator"), ("reason", "")],
            &[("role", "curator"), ("reason", "x"), ("until", "2001-01-01")],
        ] {
            assert_eq!(root.form(&roles, wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        }
        // What was typed is still there, and what lacks is named.
        let nowhere = [("role", "researcher"), ("study", " "), ("until", "2099-12-31"), ("reason", "runs the next one")];
        let nowhere = root.form(&format!("{roles}?lang=en"), &nowhere).await;
        assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
        for said in ["Say for which study", "<option value=\"researcher\" selected>", "value=\"2099-12-31\"", "value=\"runs the next one\""] {
            assert!(nowhere.text().contains(said), "{said}: {}", nowhere.text());
        }
        let id = held[0].id.to_string();
        let ended = root.form(&format!("{page}/roles/end"), &[("grant", &id)]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text());
        assert!(!root.get(&page).await.text().contains("runs the wave"));
        // Found by name, address and page.
        let found = root.get("/desk/accounts?q=AN%C3%81").await.text();
        assert!(found.contains("ana@example.org") && !found.contains("root@example.org"));
        assert!(!root.get("/desk/accounts?q=%25").await.text().contains("ana@example.org"));
        for number in 0..60 {
            town.people.access.ctx.id();
            let email = format!("p{number:02}@example.org");
            root.form(ROOM, &[("email", &email), ("displayName", "P"), ("letters", "es")]).await;
        }
        let first = root.get("/desk/accounts?lang=en").await.text();
        let next = first.split("href=\"/desk/accounts?q=&amp;after=").nth(1).unwrap().split('"').next().unwrap();
        let second = root.get(&format!("/desk/accounts?q=&after={}", next.replace("&amp;", "&"))).await.text();
        assert!(!first.contains("p59@example.org") && second.contains("p59@example.org"));
        assert!(!second.contains("p01@example.org"));
    }

    async fn what_an_account_has_open_ends_at_once(base) {
        let town = Town::over(&base).await;
        town.people.with_role("root", Role::Admin, None).await;
        let id = town.people.account("ana").await;
        let mut root = town.signed_in("root").await;
        let page = format!("{ROOM}/{id}");
        root.get(&page).await;
        let mut ana = town.signed_in("ana").await;
        assert_eq!(ana.get("/account").await.status, StatusCode::OK);
        assert_eq!(root.form(&format!("{page}/revoked"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(ana.get("/account").await.status, StatusCode::SEE_OTHER);
        let mut ana = town.signed_in("ana").await;
        assert_eq!(root.form(&format!("{page}/disabled"), &[("disabled", "yes")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(ana.get("/account").await.status, StatusCode::SEE_OTHER);
        assert!(root.get(&format!("{page}?lang=en")).await.text().contains("disabled"));
        assert_eq!(root.form(&format!("{page}/disabled"), &[("disabled", "no")]).await.status, StatusCode::SEE_OTHER);
        let account = entity::account::Entity::find_by_id(id).one(&base.raw().await).await.unwrap().unwrap();
        assert_eq!(account.disabled_at, None);
        // Everybody's.
        let (ana, secret) = town.people.sign_in("ana").await;
        let new = token::New { name: "x".into(), scopes: vec![entity::vocabulary::TokenScope::Read], days: 3 };
        let program = token::create(&town.people.access, &ana, new, None).await.unwrap().secret.unwrap();
        assert!(token::actor(&town.people.access, program.expose()).await.unwrap().is_some());
        let ended = revoke::all(&town.people.access, &Actor::Operator, None).await.unwrap();
        assert_eq!((ended.sessions >= 2, ended.tokens), (true, 1));
        assert!(token::actor(&town.people.access, program.expose()).await.unwrap().is_none());
        assert_eq!(town.people.actor(&secret).await, Actor::Anonymous);
        assert_eq!(root.get(ROOM).await.status, StatusCode::SEE_OTHER);
    }

    async fn nobody_else_comes_into_the_room(base) {
        let (organisation, study) = places(&base).await;
        let town = Town::over(&base).await;
        let victim = town.people.account("victim").await;
        let paths = [ROOM.to_owned(), format!("{ROOM}/{victim}"), format!("{ROOM}/{}", uuid::Uuid::nil())];
        let forms = [
            (ROOM.to_owned(), vec![("email", "new@example.org"), ("displayName", "x"), ("letters", "es")]),
            (format!("{ROOM}/{victim}/roles"), vec![("role", "admin"), ("reason", "x")]),
            (format!("{ROOM}/{victim}/roles/end"), vec![("grant", "00000000-0000-0000-0000-000000000001")]),
            (format!("{ROOM}/{victim}/disabled"), vec![("disabled", "yes")]),
            (format!("{ROOM}/{victim}/revoked"), vec![]),
        ];
        let mut browsers = vec![("visitor", town.browser())];
        for role in Role::ALL.iter().filter(|role| **role != Role::Admin) {
            let scope = match role {
                Role::OrganisationRepresentative | Role::AgencyLiaison => Some(organisation.0),
                Role::Researcher => Some(study.0),
                _ => None,
            };
            town.people.with_role(role.as_str(), *role, scope).await;
            browsers.push((role.as_str(), town.signed_in(role.as_str()).await));
        }
        let count = async || entity::account::Entity::find().all(&base.raw().await).await.unwrap().len();
        let before = count().await;
        for (name, browser) in &mut browsers {
            browser.get("/sign-in").await;
            for path in &paths {
                let answer = browser.get(path).await;
                let expected = if *name == "visitor" { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN };
                assert_eq!(answer.status, expected, "{name} {path}");
                assert!(!answer.text().contains("victim"), "{name} {path}");
            }
            for (path, fields) in &forms {
                let answer = browser.form(path, fields).await;
                let expected = if *name == "visitor" { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN };
                assert_eq!(answer.status, expected, "{name} {path}: {}", answer.text());
            }
        }
        assert_eq!(count().await, before);
        let db = base.raw().await;
        let account = entity::account::Entity::find_by_id(victim).one(&db).await.unwrap().unwrap();
        assert_eq!(account.disabled_at, None);
        let grants = entity::role_grant::Entity::find().all(&db).await.unwrap();
        assert!(grants.iter().all(|grant| grant.account_id != victim && grant.revoked_at.is_none()));
    }
}

fn page_id(page: &str) -> entity::id::AccountId {
    entity::id::AccountId(page.rsplit('/').next().unwrap().parse().unwrap())
}
