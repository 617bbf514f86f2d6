//! Accounts, roles and tokens: who may make, give and take them, and what repeated requests do.

use chrono::TimeDelta;
use entity::vocabulary::{Role, ScopeKind, TokenScope};
use od100::app::access::{account, grant, token};
use od100::app::{Error, permit::permit};
use od100::domain::access::{Action, Actor, Object};
use od100::domain::violation::Fault;
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::harness::on_each_database;
use crate::people::{People, fault, grant_for_tests, places};

fn new(email: &str, name: &str) -> account::New {
    account::New { email: email.into(), display_name: name.into(), lang: "es".into(), password: None }
}

fn new_token(name: &str, scopes: &[TokenScope], days: u32) -> token::New {
    token::New { name: name.into(), scopes: scopes.to_vec(), days }
}

on_each_database! {
    async fn accounts_are_made_by_administrators_only(base) {
        let people = People::over(&base);
        let (admin, _) = people.with_role("root", Role::Admin, None).await;
        let (curator, _) = people.with_role("curator", Role::Curator, None).await;
        let create = async |actor: &Actor, new: account::New| account::create(&people.access, actor, new, None).await;
        assert!(matches!(create(&Actor::Anonymous, new("a@b.mx", "A")).await, Err(Error::Unauthenticated)));
        assert!(matches!(create(&curator, new("a@b.mx", "A")).await, Err(Error::Forbidden)));
        let made = create(&admin, new(" A@b.mx", " Ana \r\n Ruiz ")).await.unwrap();
        assert_eq!((made.email.as_str(), made.display_name.as_str()), ("A@b.mx", "Ana Ruiz"));
        assert_eq!(made.created_by, admin.account().map(|account| account.id));
        assert_eq!(fault(create(&admin, new("a@B.mx", "Another")).await), Fault::Taken);
        assert_eq!(fault(create(&admin, new("a b@c.mx", "X")).await), Fault::Invalid);
        assert_eq!(fault(create(&admin, new("c@d.mx", " \u{200b} ")).await), Fault::Missing);
        assert_eq!(fault(create(&admin, new("c@d.mx", &"x".repeat(121))).await), Fault::TooLong);
        let found = account::page(&base.ctx, &admin, None, Some("b.mx"), 10).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(account::page(&base.ctx, &admin, None, Some("%"), 10).await.unwrap().len(), 0);
        assert!(matches!(account::page(&base.ctx, &curator, None, None, 10).await, Err(Error::Forbidden)));
    }

    async fn a_role_is_given_where_and_as_long_as_it_makes_sense(base) {
        let people = People::over(&base);
        let (organisation, study) = places(&base).await;
        let (admin, _) = people.with_role("root", Role::Admin, None).await;
        let ana = people.account("ana").await;
        let give = async |new: grant::New| grant::give(&people.access, &admin, new, None).await;
        let rep = grant_for_tests(ana, Role::OrganisationRepresentative);
        assert_eq!(fault(give(rep.clone()).await), Fault::Invalid);
        assert_eq!(fault(give(grant::New { scope_id: Some(Uuid::max()), ..rep.clone() }).await), Fault::Invalid);
        let of_study = grant::New { scope_kind: ScopeKind::Study, scope_id: Some(study.0), ..rep.clone() };
        assert_eq!(fault(give(of_study).await), Fault::Invalid);
        let own = grant::New { scope_id: Some(organisation.0), ..rep };
        assert_eq!(fault(give(grant::New { reason: " ".into(), ..own.clone() }).await), Fault::Missing);
        assert_eq!(fault(give(grant::New { ends_at: Some(base.clock.now()), ..own.clone() }).await), Fault::Invalid);
        let until = base.clock.now() + TimeDelta::days(1);
        give(grant::New { ends_at: Some(until), ..own }).await.unwrap();
        let (actor, _) = people.sign_in("ana").await;
        let edits = |object: Object| permit(&actor, Action::EditOrganisation, &object).is_ok();
        assert!(edits(Object::platform(base.clock.now()).about(organisation)));
        assert!(!edits(Object::platform(until).about(organisation)), "the day is over");
        assert!(matches!(grant::take(&people.access, &actor, grant_of(&base, ana).await, None).await, Err(Error::Forbidden)));
        let given = grant_of(&base, ana).await;
        grant::take(&people.access, &admin, given, None).await.unwrap();
        assert!(matches!(grant::take(&people.access, &admin, given, None).await, Err(Error::Conflict(_))));
        let (actor, _) = people.sign_in("ana").await;
        assert!(permit(&actor, Action::EditOrganisation, &Object::platform(base.clock.now()).about(organisation)).is_err());
    }

    async fn a_token_is_shown_once_and_does_what_it_is_good_for(base) {
        let people = People::over(&base);
        let (curator, _) = people.with_role("curator", Role::Curator, None).await;
        let create = async |new: token::New| token::create(&people.access, &curator, new, None).await;
        assert_eq!(fault(create(new_token("", &[TokenScope::Read], 30)).await), Fault::Missing);
        assert_eq!(fault(create(new_token("x", &[], 30)).await), Fault::Missing);
        assert_eq!(fault(create(new_token("x", &[TokenScope::Read], 0)).await), Fault::Invalid);
        assert_eq!(fault(create(new_token("x", &[TokenScope::Read], 367)).await), Fault::Invalid);
        let made = create(new_token("harvest", &[TokenScope::Curate, TokenScope::Curate], 30)).await.unwrap();
        let secret = made.secret.unwrap();
        assert!(secret.expose().starts_with("od5_"));
        let program = token::actor(&people.access, secret.expose()).await.unwrap().unwrap();
        let object = Object::platform(base.clock.now());
        assert!(permit(&program, Action::DecideClaim, &object).is_ok());
        assert!(permit(&program, Action::Propose, &object).is_err(), "it is good for less than its account");
        let again = token::create(&people.access, &program, new_token("more", TokenScope::ALL, 1), None).await;
        assert!(matches!(again, Err(Error::Forbidden)), "a token makes no tokens");
        base.clock.set(made.token.expires_at);
        assert_eq!(token::actor(&people.access, secret.expose()).await.unwrap(), None);
        let (curator, _) = people.sign_in("curator").await;
        let made = token::create(&people.access, &curator, new_token("x", &[TokenScope::Read], 1), None).await.unwrap();
        let secret = made.secret.unwrap();
        let (other, _) = people.with_role("other", Role::Curator, None).await;
        assert!(matches!(token::revoke(&people.access, &other, made.token.id).await, Err(Error::NotFound)));
        token::revoke(&people.access, &curator, made.token.id).await.unwrap();
        assert_eq!(token::actor(&people.access, secret.expose()).await.unwrap(), None);
        assert_eq!(token::own(&base.ctx, &curator).await.unwrap().len(), 1, "the one that has outlived itself");
    }

    async fn a_repeated_request_is_done_once(base) {
        let people = People::over(&base);
        let (admin, _) = people.with_role("root", Role::Admin, None).await;
        let tries = (0..20).map(|_| {
            let (access, admin) = (std::sync::Arc::clone(&people.access), admin.clone());
            tokio::spawn(async move {
                account::create(&access, &admin, new("a@b.mx", "Ana"), Some("request-1")).await.unwrap().id
            })
        });
        let mut ids = Vec::new();
        for one in tries.collect::<Vec<_>>() {
            ids.push(one.await.unwrap());
        }
        ids.dedup();
        assert_eq!(ids.len(), 1, "one account, twenty equal answers");
        let repeat = async |actor: &Actor, email: &str| {
            account::create(&people.access, actor, new(email, "Ana"), Some("request-1")).await
        };
        assert!(matches!(repeat(&admin, "c@b.mx").await, Err(Error::Conflict(_))), "the same key for something else");
        let (second, _) = people.with_role("second", Role::Admin, None).await;
        repeat(&second, "c@b.mx").await.expect("another actor has keys of its own");
        base.clock.set(base.clock.now() + TimeDelta::hours(24));
        let (admin, _) = people.sign_in("root").await;
        assert_eq!(fault(repeat(&admin, "a@b.mx").await), Fault::Taken, "after a day it is a new request");
        let (curator, _) = people.with_role("curator", Role::Curator, None).await;
        let make = || token::create(&people.access, &curator, new_token("x", &[TokenScope::Read], 1), Some("t"));
        let (first, again) = (make().await.unwrap(), make().await.unwrap());
        assert_eq!(first.token, again.token);
        assert!(first.secret.is_some() && again.secret.is_none(), "the secret is shown once");
        let long = token::create(&people.access, &curator, new_token("x", &[TokenScope::Read], 1), Some("")).await;
        assert_eq!(fault(long), Fault::Invalid);
    }

    async fn what_was_decided_is_written_down_without_addresses(base) {
        let people = People::over(&base);
        people.with_role("ana", Role::Curator, None).await;
        let events = entity::access_event::Entity::find().all(&base.raw().await).await.unwrap();
        let kinds: Vec<_> = events.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, ["account_created", "role_granted", "signed_in"]);
        assert!(!format!("{events:?}").contains("example.org"));
    }
}

async fn grant_of(base: &crate::harness::Base, of: entity::id::AccountId) -> entity::id::RoleGrantId {
    let grants = entity::role_grant::Entity::find().all(&base.raw().await).await.unwrap();
    grants.iter().find(|grant| grant.account_id == of).unwrap().id
}
