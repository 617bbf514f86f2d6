//! Accounts that people make for themselves, and the programs that must not.

use std::path::Path;

use axum::http::StatusCode;
use chrono::TimeDelta;
use entity::vocabulary::{Role, ScopeKind};
use od100::app::access::{Access, account, sign_up};
use od100::app::outbox::{Post, deliver};
use od100::domain::access::Actor;
use od100::domain::violation::Fault;
use od100::mail::Mailer;
use sea_orm::EntityTrait;

use crate::desk_harness::{Browser, SITE, Town};
use crate::edge_harness::Answer;
use crate::harness::{Base, on_each_database};
use crate::people::{fault, from};

/// Asks for an account as a person does: looks at the form, thinks for a while, sends it.
async fn ask(base: &Base, browser: &mut Browser, email: &str, more: &[(&str, &str)]) -> Answer {
    let page = browser.get("/sign-up?lang=en").await.text();
    let stamp = page.split("name=\"shown\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    base.clock.set(base.clock.now() + TimeDelta::seconds(4));
    let mut fields = vec![("email", email), ("shown", stamp.as_str()), ("website", "")];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(more);
    browser.form("/sign-up?lang=en", &fields).await
}

/// The links of the letters that were sent.
async fn links(base: &Base, folder: &Path) -> Vec<String> {
    let mailer =
        Mailer::new(&format!("file://{}", folder.display()).parse().unwrap(), "x <x@example.org>".parse().unwrap());
    deliver(&base.ctx, &Post { mailer, public_url: SITE.to_owned() }).await.unwrap();
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let texts = files.map(|text| text.replace("=\r\n", "").replace("=3D", "="));
    texts.filter_map(|text| Some(text.split(SITE).nth(1)?.split_whitespace().next()?.to_owned())).collect()
}

async fn accounts(base: &Base) -> Vec<entity::account::Model> {
    entity::account::Entity::find().all(&base.raw().await).await.unwrap()
}

on_each_database! {
    async fn an_address_and_a_name_make_a_contributor(base) {
        let town = Town::over(&base).await;
        let mut browser = town.browser();
        assert!(browser.get("/sign-in?lang=en").await.text().contains("href=\"/sign-up?lang=en\""));
        let asked = ask(&base, &mut browser, "Luz@example.org", &[]).await;
        assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());
        assert!(asked.text().contains("on its way"));
        let folder = tempfile::tempdir().unwrap();
        let link = links(&base, folder.path()).await.pop().unwrap();
        assert!(link.starts_with("/sign-up/link/od5_"), "{link}");
        assert!(accounts(&base).await.is_empty(), "asking makes none");
        for _ in 0..3 {
            let shown = browser.get(&link).await;
            assert_eq!(shown.status, StatusCode::OK);
            assert_eq!((shown.header("referrer-policy"), shown.header("cache-control")), ("no-referrer", "no-store"));
        }
        let bad = browser.form(&link, &[("displayName", " ")]).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY, "a name is needed, and the link is not used up");
        let done = browser.form(&link, &[("displayName", "Luz  Mar")]).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/account?lang=en"));
        let made = accounts(&base).await.pop().unwrap();
        assert_eq!((made.email.as_str(), made.email_key.as_str()), ("Luz@example.org", "luz@example.org"));
        assert_eq!((made.display_name.as_str(), made.lang.as_str()), ("Luz Mar", "en"));
        let grants = entity::role_grant::Entity::find().all(&base.raw().await).await.unwrap();
        assert_eq!((grants.len(), grants[0].role, grants[0].scope_kind), (1, Role::Contributor, ScopeKind::Global));
        assert!(browser.get("/account?lang=en").await.text().contains("Luz Mar"));
        let mut other = town.browser();
        other.get(&link).await;
        assert_eq!(other.form(&link, &[("displayName", "x")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(accounts(&base).await.len(), 1);
    }

    async fn whether_there_is_an_account_shows_nowhere(base) {
        let town = Town::over(&base).await;
        let id = town.people.account("ana").await;
        town.people.account("gone").await;
        let gone = account::by_email(&base.ctx, &Actor::Operator, "gone@example.org").await.unwrap().id;
        account::set_disabled(&town.people.access, &Actor::Operator, gone, true).await.unwrap();
        let mut bodies = std::collections::BTreeSet::new();
        let mut counts = Vec::new();
        for email in ["ana@example.org", "nobody@example.org", "gone@example.org"] {
            let before = base.ctx.db.statements();
            let actor = Actor::Anonymous;
            sign_up::request(&town.people.access, &actor, from(7), email, "en").await.unwrap();
            counts.push(base.ctx.db.statements() - before);
            let mut browser = town.browser();
            let answer = ask(&base, &mut browser, email, &[]).await;
            let text = answer.text().replace(&browser.cookies["__Host-od100-form"], "FORM");
            let shown = text.split("name=\"shown\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
            bodies.insert(format!("{} {}", answer.status, text.replace(&shown, "STAMP")));
        }
        assert_eq!(bodies.len(), 1, "{bodies:#?}");
        assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{counts:?}");
        let folder = tempfile::tempdir().unwrap();
        let all = links(&base, folder.path()).await;
        let of = |start: &str| all.iter().filter(|link| link.starts_with(start)).count();
        assert_eq!((of("/sign-up/link/"), of("/sign-in/link/")), (1, 1), "who has one is sent a way in, once: {all:?}");
        let letters = entity::outbox_message::Entity::find().all(&base.raw().await).await.unwrap();
        assert!(letters.iter().all(|letter| !format!("{letter:?}").contains("od5_")));
        let signed = letters.iter().filter(|letter| letter.account_id == Some(id)).count();
        assert_eq!(signed, 2, "the welcome and a link");
        assert_eq!(letters.len(), 2 + 6, "what is not sent is a row all the same: {letters:?}");

        // A quarter of an hour later the letter may have been lost.
        base.clock.set(base.clock.now() + TimeDelta::minutes(15));
        for email in ["ana@example.org", "nobody@example.org"] {
            sign_up::request(&town.people.access, &Actor::Anonymous, from(8), email, "en").await.unwrap();
        }
        let later = links(&base, tempfile::tempdir().unwrap().path()).await;
        assert_eq!(later.len(), 2, "{later:?}");
    }

    async fn programs_and_crowds_are_turned_away(base) {
        let town = Town::over(&base).await;
        let mut browser = town.browser();
        let again = StatusCode::UNPROCESSABLE_ENTITY;
        for bad in [
            &[("website", "https://spam.example")][..],
            &[("shown", "")],
            &[("shown", "1.x")],
            &[("shown", "9999999999.0000")],
        ] {
            assert_eq!(ask(&base, &mut browser, "a@example.org", bad).await.status, again, "{bad:?}");
        }
        let page = browser.get("/sign-up").await.text();
        let stamp = page.split("name=\"shown\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let fields = [("email", "a@example.org"), ("shown", stamp.as_str())];
        assert_eq!(browser.form("/sign-up", &fields).await.status, again, "at once");
        base.clock.set(base.clock.now() + TimeDelta::hours(7));
        assert_eq!(browser.form("/sign-up", &fields).await.status, again, "hours later");
        assert_eq!(ask(&base, &mut browser, "no address", &[]).await.status, again);
        let mut sent = 0;
        for number in 0..60 {
            let answer = ask(&base, &mut browser, &format!("a{number}@example.org"), &[]).await;
            sent += usize::from(answer.status == StatusCode::OK);
            if answer.status != StatusCode::OK {
                assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
                assert!(!answer.header("retry-after").is_empty());
            }
        }
        assert!((40..=50).contains(&sent), "one address asks for no more than fifty in an hour: {sent}");
        let mut foreign = town.browser();
        assert_eq!(foreign.form("/sign-up", &fields).await.status, StatusCode::FORBIDDEN, "it was shown no form");
    }

    async fn a_link_works_once_for_a_day_and_only_while_signing_up_is_open(base) {
        let town = Town::over(&base).await;
        let access = &town.people.access;
        let make = async |email: &str| {
            let transaction = od100::store::begin(&base.ctx.db).await.unwrap();
            let secret = sign_up::make_link(&base.ctx, &transaction, email).await.unwrap().unwrap();
            transaction.commit().await.unwrap();
            secret.expose().to_owned()
        };
        let redeem = async |secret: &str| sign_up::redeem(access, &Actor::Anonymous, from(3), secret, "Luz", "es").await;
        let (first, second) = (make("luz@example.org").await, make("luz@example.org").await);
        assert_eq!(fault(redeem(&first).await), Fault::DeadLink, "a newer one was sent");
        base.clock.set(base.clock.now() + sign_up::LINK - TimeDelta::seconds(1));
        let tries = (0..30_u8).map(|last| {
            let (access, secret) = (std::sync::Arc::clone(access), second.clone());
            tokio::spawn(async move {
                sign_up::redeem(&access, &Actor::Anonymous, from(last), &secret, "Luz", "es").await.is_ok()
            })
        });
        let mut won = 0;
        for one in tries.collect::<Vec<_>>() {
            won += usize::from(one.await.unwrap());
        }
        assert_eq!((won, accounts(&base).await.len()), (1, 1));
        let late = make("late@example.org").await;
        base.clock.set(base.clock.now() + sign_up::LINK);
        assert_eq!(fault(redeem(&late).await), Fault::DeadLink);
        let taken = make("taken@example.org").await;
        town.people.account("taken").await;
        assert_eq!(fault(redeem(&taken).await), Fault::DeadLink, "meanwhile an administrator has made one");
        for strange in ["", "od5_", &late[1..], &format!("{late}x")] {
            assert_eq!(fault(redeem(strange).await), Fault::DeadLink, "{strange}");
        }
        let open = make("open@example.org").await;
        let closed = Access::new(base.ctx.clone()).opened(false);
        let closed = Town::with(&base, SITE, Vec::new(), closed).await;
        let mut browser = closed.browser();
        assert!(!browser.get("/sign-in").await.text().contains("/sign-up"));
        for path in ["/sign-up".to_owned(), format!("/sign-up/link/{open}")] {
            let answer = browser.get(&path).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
        }
        assert_eq!(browser.form(&format!("/sign-up/link/{open}"), &[("displayName", "x")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(accounts(&base).await.len(), 2);
    }
}
