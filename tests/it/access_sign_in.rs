//! Signing in and staying so: passwords, links, sessions and their ends.

use chrono::TimeDelta;
use entity::vocabulary::Role;
use od100::app::access::{account, grant, session, sign_in};
use od100::app::{Error, access::Access};
use od100::domain::access::{Account, Actor};
use od100::domain::violation::Fault;
use od100::store;
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::desk_harness::Town;
use crate::harness::{Base, on_each_database};
use crate::people::{PASSWORD, People, fault, from};

async fn link(access: &Access, id: entity::id::AccountId) -> String {
    let transaction = store::begin(&access.ctx.db).await.unwrap();
    let secret = sign_in::make_link(&access.ctx, &transaction, id).await.unwrap().unwrap();
    transaction.commit().await.unwrap();
    secret.expose().to_owned()
}

async fn redeem(people: &People, secret: &str) -> Result<sign_in::SignedIn, Error> {
    let done = sign_in::redeem(&people.access, &Actor::Anonymous, from(2), secret).await?;
    Ok(done.signed_in().expect("no second factor is set"))
}

fn later(base: &Base, by: TimeDelta) {
    base.clock.set(base.clock.now() + by);
}

on_each_database! {
    async fn a_password_signs_in_and_a_wrong_one_does_not(base) {
        let people = People::over(&base);
        let id = people.account("ana").await;
        let (actor, _) = people.sign_in("ana").await;
        assert_eq!(actor.account().unwrap().id, id);
        let tried = async |email: &str, password: &str| {
            sign_in::by_password(&people.access, &Actor::Anonymous, from(3), email, password).await
        };
        let wrong = tried("ana@example.org", "otra frase que no es").await.unwrap_err().to_string();
        let nobody = tried("nobody@example.org", PASSWORD).await.unwrap_err().to_string();
        assert_eq!(wrong, nobody, "whether there is such an account does not show");
        assert_eq!(fault(tried("ana@example.org", &"x".repeat(10_000)).await), Fault::WrongCredentials);
        account::set_disabled(&people.access, &Actor::Operator, id, true).await.unwrap();
        assert_eq!(tried("ana@example.org", PASSWORD).await.unwrap_err().to_string(), wrong);
        let hash = entity::credential::Entity::find().one(&base.raw().await).await.unwrap().unwrap().password_hash;
        assert!(hash.starts_with("$argon2id$"), "{hash}");
    }

    async fn five_wrong_passwords_and_the_next_one_waits(base) {
        let people = People::over(&base);
        people.account("ana").await;
        let tried = async |last: u8, password: &str| {
            sign_in::by_password(&people.access, &Actor::Anonymous, from(last), "Ana@example.org", password).await
        };
        tried(1, PASSWORD).await.unwrap();
        for last in 2..7 {
            assert_eq!(fault(tried(last, "no es la buena").await), Fault::WrongCredentials);
        }
        assert!(matches!(tried(9, PASSWORD).await, Err(Error::TooMany(900))));
        tried(1, PASSWORD).await.expect("its owner comes in from where it came in before");
        later(&base, TimeDelta::minutes(15));
        tried(9, PASSWORD).await.unwrap();
    }

    async fn a_session_ends_when_idle_and_at_last_anyway(base) {
        let people = People::over(&base);
        people.account("ana").await;
        let (_, secret) = people.sign_in("ana").await;
        later(&base, session::IDLE - TimeDelta::microseconds(1));
        assert_ne!(people.actor(&secret).await, Actor::Anonymous, "it was seen in time, and that is noted");
        later(&base, session::IDLE - TimeDelta::microseconds(1));
        assert_ne!(people.actor(&secret).await, Actor::Anonymous);
        later(&base, session::IDLE);
        assert_eq!(people.actor(&secret).await, Actor::Anonymous);
        let (_, secret) = people.sign_in("ana").await;
        for _ in 0..24 {
            later(&base, TimeDelta::hours(7) - TimeDelta::microseconds(1));
            assert_ne!(people.actor(&secret).await, Actor::Anonymous);
        }
        later(&base, TimeDelta::microseconds(24));
        assert_eq!(people.actor(&secret).await, Actor::Anonymous, "seven days are over");
    }

    async fn the_session_of_an_administrator_lasts_twelve_hours(base) {
        let people = People::over(&base);
        let (_, secret) = people.with_role("root", Role::Admin, None).await;
        later(&base, TimeDelta::hours(6));
        assert_ne!(people.actor(&secret).await, Actor::Anonymous);
        later(&base, TimeDelta::hours(6) - TimeDelta::microseconds(1));
        assert_ne!(people.actor(&secret).await, Actor::Anonymous);
        later(&base, TimeDelta::microseconds(1));
        assert_eq!(people.actor(&secret).await, Actor::Anonymous);
    }

    async fn what_ends_a_session_ends_it_at_once(base) {
        let people = People::over(&base);
        let id = people.account("ana").await;
        // Signing out.
        let (actor, secret) = people.sign_in("ana").await;
        session::sign_out(&people.access, &actor).await.unwrap();
        assert_eq!(people.actor(&secret).await, Actor::Anonymous);
        // Signing in again with the same browser: the id of a session never outlives that.
        let (actor, secret) = people.sign_in("ana").await;
        let email = "ana@example.org";
        let next = sign_in::by_password(&people.access, &actor, from(1), email, PASSWORD).await.unwrap();
        let next = next.signed_in().unwrap();
        assert_ne!(next.secret.expose(), secret);
        assert_eq!(people.actor(&secret).await, Actor::Anonymous);
        // A role given, and taken.
        let (_, secret) = people.sign_in("ana").await;
        let grant = people.give(id, Role::Curator, None).await;
        assert_eq!(people.actor(&secret).await, Actor::Anonymous);
        let (_, secret) = people.sign_in("ana").await;
        grant::take(&people.access, &Actor::Operator, grant.id, None).await.unwrap();
        assert_eq!(people.actor(&secret).await, Actor::Anonymous);
        // A new password ends the others, not the own.
        let (own, mine) = people.sign_in("ana").await;
        let (_, other) = people.sign_in("ana").await;
        let new = account::NewPassword { current: Some(PASSWORD.into()), new: "otras palabras distintas".into() };
        let edit = account::Edit { password: Some(new), ..account::Edit::default() };
        account::update(&people.access, &own, edit).await.unwrap();
        assert_eq!(people.actor(&other).await, Actor::Anonymous);
        assert_ne!(people.actor(&mine).await, Actor::Anonymous);
        // One of the own, from another.
        let sessions = session::own(&base.ctx, &own).await.unwrap();
        assert_eq!(sessions.len(), 1);
        session::revoke(&people.access, &own, sessions[0].0.id).await.unwrap();
        assert_eq!(people.actor(&mine).await, Actor::Anonymous);
        // A password set on the machine, and a disabled account.
        account::set_password(&people.access, &Actor::Operator, id, PASSWORD.into()).await.unwrap();
        let (_, secret) = people.sign_in("ana").await;
        account::set_password(&people.access, &Actor::Operator, id, PASSWORD.into()).await.unwrap();
        assert_eq!(people.actor(&secret).await, Actor::Anonymous);
        let (_, secret) = people.sign_in("ana").await;
        account::set_disabled(&people.access, &Actor::Operator, id, true).await.unwrap();
        assert_eq!(people.actor(&secret).await, Actor::Anonymous);
        account::set_disabled(&people.access, &Actor::Operator, id, false).await.unwrap();
        assert_eq!(people.actor(&secret).await, Actor::Anonymous, "what has ended stays so");
    }

    async fn another_session_is_ended_by_who_has_just_signed_in(base) {
        let people = People::over(&base);
        people.account("ana").await;
        let (own, mine) = people.sign_in("ana").await;
        let (other, others) = people.sign_in("ana").await;
        let id = |actor: &Actor| actor.account().unwrap().session.unwrap();
        base.tick();
        assert!(matches!(session::revoke(&people.access, &own, id(&other)).await, Err(Error::Conflict(_))));
        assert_ne!(people.actor(&others).await, Actor::Anonymous, "whoever finds a browser open ends no other");
        // A token of a program never signs in.
        let token = Actor::Account(Account { session: None, ..own.account().unwrap().clone() });
        assert!(matches!(session::revoke(&people.access, &token, id(&other)).await, Err(Error::Conflict(_))));
        // Signing in again is enough, and signing out needs none.
        let (again, _) = people.sign_in("ana").await;
        session::revoke(&people.access, &again, id(&other)).await.unwrap();
        assert_eq!(people.actor(&others).await, Actor::Anonymous);
        session::revoke(&people.access, &own, id(&own)).await.unwrap();
        assert_eq!(people.actor(&mine).await, Actor::Anonymous);
    }

    async fn the_page_of_an_account_says_to_sign_in_again(base) {
        let town = Town::over(&base).await;
        town.people.account("ana").await;
        let mut own = town.signed_in("ana").await;
        let before: Vec<_> = entity::session::Entity::find().all(&base.raw().await).await.unwrap();
        let mut other = town.signed_in("ana").await;
        let after = entity::session::Entity::find().all(&base.raw().await).await.unwrap();
        let id = after.iter().find(|one| before.iter().all(|known| known.id != one.id)).unwrap().id.to_string();
        base.tick();
        own.get("/account").await;
        let refused = own.form("/account/sessions?lang=en", &[("session", &id)]).await;
        assert_eq!(refused.status, 422);
        let said = refused.text();
        assert!(said.contains("signs in again first") && said.contains("href=\"/sign-in?lang=en\""), "{said}");
        assert_eq!(other.get("/account").await.status, 200, "nothing was ended");
        let mut again = town.signed_in("ana").await;
        again.get("/account").await;
        assert_eq!(again.form("/account/sessions?lang=en", &[("session", &id)]).await.status, 303);
        assert_eq!(other.get("/account").await.status, 303);
    }

    async fn a_session_of_somebody_else_is_not_found(base) {
        let people = People::over(&base);
        people.account("ana").await;
        people.account("luis").await;
        let (ana, _) = people.sign_in("ana").await;
        let (luis, secret) = people.sign_in("luis").await;
        let of_luis = session::own(&base.ctx, &luis).await.unwrap()[0].0.id;
        assert!(matches!(session::revoke(&people.access, &ana, of_luis).await, Err(Error::NotFound)));
        assert_ne!(people.actor(&secret).await, Actor::Anonymous);
    }

    async fn a_password_is_changed_only_with_the_old_one(base) {
        let people = People::over(&base);
        people.account("ana").await;
        let (ana, _) = people.sign_in("ana").await;
        let change = async |current: Option<&str>, new: &str| {
            let password = account::NewPassword { current: current.map(Into::into), new: new.into() };
            let edit = account::Edit { password: Some(password), ..account::Edit::default() };
            account::update(&people.access, &ana, edit).await
        };
        assert_eq!(fault(change(None, "otras palabras distintas").await), Fault::WrongCredentials);
        assert_eq!(fault(change(Some("mal"), "otras palabras distintas").await), Fault::WrongCredentials);
        assert_eq!(fault(change(Some(PASSWORD), "corta").await), Fault::TooShort);
        change(Some(PASSWORD), "otras palabras distintas").await.unwrap();
    }

    async fn a_link_works_once_and_for_a_quarter_of_an_hour(base) {
        let people = People::over(&base);
        let id = people.account("ana").await;
        let secret = link(&people.access, id).await;
        let done = redeem(&people, &secret).await.unwrap();
        assert_eq!(people.actor(done.secret.expose()).await.account().unwrap().id, id);
        assert_eq!(fault(redeem(&people, &secret).await), Fault::DeadLink);
        let secret = link(&people.access, id).await;
        later(&base, sign_in::LINK - TimeDelta::seconds(1));
        redeem(&people, &secret).await.unwrap();
        let secret = link(&people.access, id).await;
        later(&base, sign_in::LINK);
        assert_eq!(fault(redeem(&people, &secret).await), Fault::DeadLink);
        later(&base, TimeDelta::seconds(1));
        assert_eq!(fault(redeem(&people, &secret).await), Fault::DeadLink);
    }

    async fn a_link_dies_with_what_it_was_made_for(base) {
        let people = People::over(&base);
        let id = people.account("ana").await;
        let first = link(&people.access, id).await;
        let second = link(&people.access, id).await;
        assert_eq!(fault(redeem(&people, &first).await), Fault::DeadLink, "a newer one was sent");
        let moved = "update account set email = 'x@example.org', email_key = 'x@example.org'";
        base.raw().await.execute_unprepared(moved).await.unwrap();
        assert_eq!(fault(redeem(&people, &second).await), Fault::DeadLink, "the address is another");
        let third = link(&people.access, id).await;
        account::set_disabled(&people.access, &Actor::Operator, id, true).await.unwrap();
        assert_eq!(fault(redeem(&people, &third).await), Fault::DeadLink, "the account is disabled");
        for strange in ["", "od5_", "od5_AAAA", &third[1..], &format!("{third}x"), &third.to_lowercase()] {
            assert_eq!(fault(redeem(&people, strange).await), Fault::DeadLink, "{strange}");
        }
    }

    async fn who_has_to_sign_in_first_comes_back_to_the_page(base) {
        let town = Town::over(&base).await;
        let ana = town.people.account("ana").await;
        let fields = [("email", "ana@example.org"), ("password", PASSWORD)];
        for (page, lang, back) in [
            ("/account?lang=en", "en", "/account?lang=en"),
            ("/account/second-factor", "es", "/account/second-factor?lang=es"),
            ("/desk/review?state=all&lang=es", "en", "/desk/review?state=all&lang=en"),
            // An address in a question leads nowhere by itself.
            ("/desk/propose?next=//evil.example", "en", "/desk/propose?next=//evil.example&lang=en"),
        ] {
            for by_link in [false, true] {
                let mut browser = town.browser();
                assert_eq!(browser.get(page).await.status, 303, "{page}");
                let form = format!("/sign-in?lang={lang}");
                browser.get(&form).await;
                let done = if by_link {
                    let link = format!("/sign-in/link/{}?lang={lang}", link(&town.people.access, ana).await);
                    browser.get(&link).await;
                    browser.form(&link, &[]).await
                } else {
                    browser.form(&form, &fields).await
                };
                assert_eq!((done.status.as_u16(), done.header("location")), (303, back), "{page}, by link: {by_link}");
            }
        }
        // What somebody else has put into the browser leads nowhere, and a form that was sent is not gone back to.
        for way in ["//evil.example", "/\\evil.example", "https://evil.example", "evil.example", "/%0a\t/evil.example", ""] {
            let mut browser = town.browser();
            browser.form("/account", &[]).await;
            browser.get("/sign-in?lang=en").await;
            browser.cookies.insert("od100-way".to_owned(), way.to_owned());
            let done = browser.form("/sign-in?lang=en", &fields).await;
            assert_eq!(done.header("location"), "/account?lang=en", "{way:?}");
        }
    }

    async fn of_a_hundred_who_redeem_one_link_one_signs_in(base) {
        let people = People::over(&base);
        let id = people.account("ana").await;
        let secret = link(&people.access, id).await;
        let tries = (0..100_u8).map(|last| {
            let (access, secret) = (std::sync::Arc::clone(&people.access), secret.clone());
            tokio::spawn(async move { sign_in::redeem(&access, &Actor::Anonymous, from(last), &secret).await.is_ok() })
        });
        let mut won = 0;
        for one in tries.collect::<Vec<_>>() {
            won += usize::from(one.await.unwrap());
        }
        assert_eq!(won, 1);
        assert_eq!(entity::session::Entity::find().all(&base.raw().await).await.unwrap().len(), 1);
    }

    async fn asking_for_a_link_says_and_does_the_same_for_everybody(base) {
        let people = People::over(&base);
        let id = people.account("ana").await;
        let asked = async |email: &str| {
            let before = base.ctx.db.statements();
            sign_in::request_link(&people.access, &Actor::Anonymous, from(5), email, "es").await.unwrap();
            base.ctx.db.statements() - before
        };
        let (known, unknown) = (asked("ana@example.org").await, asked("nobody@example.org").await);
        assert!(known.abs_diff(unknown) <= 1, "{known} statements and {unknown}");
        account::set_disabled(&people.access, &Actor::Operator, id, true).await.unwrap();
        asked("ana@example.org").await;
        let db = base.raw().await;
        let letters = entity::outbox_message::Entity::find().all(&db).await.unwrap();
        let links = letters.iter().filter(|letter| letter.kind == entity::vocabulary::LetterKind::SignInLink);
        assert_eq!(links.filter(|letter| letter.account_id.is_some()).count(), 1);
        assert!(letters.iter().all(|letter| !format!("{letter:?}").contains("od5_")), "no secret waits in the outbox");
        for _ in 0..4 {
            asked("nobody@example.org").await;
        }
        let one_more = sign_in::request_link(&people.access, &Actor::Anonymous, from(6), "nobody@example.org", "es").await;
        assert!(matches!(one_more, Err(Error::TooMany(_))), "also for an address that nobody has");
    }

    async fn no_secret_stands_in_the_database(base) {
        let people = People::over(&base);
        let id = people.account("ana").await;
        let (_, session) = people.sign_in("ana").await;
        let link = link(&people.access, id).await;
        let db = base.raw().await;
        let mut dump = String::new();
        macro_rules! read {
            ($($table:ident)+) => {$(
                dump.push_str(&format!("{:?}", entity::$table::Entity::find().all(&db).await.unwrap()));
            )+};
        }
        crate::harness::every_table!(read);
        assert!(dump.contains("ana@example.org"), "the tables are read");
        for secret in [&session, &link, PASSWORD] {
            assert!(!dump.contains(secret));
        }
    }
}
