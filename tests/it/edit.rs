//! Facts that a person changes: the former version stays readable, two at once are told apart, and an import that
//! runs again takes nothing back.

use entity::vocabulary::Role;
use od100::app::write::Write;
use od100::app::{Error, batches};
use od100::domain::access::Actor;
use od100::store;

use crate::harness::{self, Base, day, on_each_database};
use crate::people::People;

type Organisation = entity::organisation::Model;

async fn curator(base: &Base) -> Actor {
    let people = People::over(base);
    people.with_role("curator", Role::Curator, None).await;
    people.sign_in("curator").await.0
}

async fn read(base: &Base, id: uuid::Uuid) -> Organisation {
    let transaction = store::begin(&base.ctx.db).await.unwrap();
    store::edit::by_id(&transaction, id).await.unwrap().unwrap()
}

async fn rename(base: &Base, actor: &Actor, before: &Organisation, website: &str) -> Result<(), Error> {
    let after = Organisation { website: Some(website.to_owned()), ..before.clone() };
    let mut write = Write::begin(&base.ctx, actor).await?;
    write.replace(before.clone(), after, before.entity_id.0).await?;
    write.commit("the site has moved", &()).await.map(|_| ())
}

async fn website(base: &Base, id: uuid::Uuid, known_at: Option<chrono::DateTime<chrono::Utc>>) -> Option<String> {
    let rows = store::load::rows(&base.ctx.db, day("2025-06-30"), known_at).await.unwrap();
    rows.organisations.into_iter().find(|row| row.id.0 == id).unwrap().website
}

async fn first(base: &Base) -> uuid::Uuid {
    let rows = store::load::rows(&base.ctx.db, day("2025-06-30"), None).await.unwrap();
    rows.organisations.iter().find(|row| row.slug == "compania-1").unwrap().id.0
}

on_each_database! {
    async fn the_former_version_is_known_at_its_time(base) {
        base.take(harness::header(), harness::organisations(3)).await.unwrap();
        let (id, then) = (first(&base).await, base.clock.now());
        let (actor, row) = (curator(&base).await, read(&base, id).await);
        base.tick();
        rename(&base, &actor, &row, "https://new.example.org").await.unwrap();
        assert_eq!(website(&base, id, None).await.as_deref(), Some("https://new.example.org"));
        assert_eq!(website(&base, id, Some(then)).await, row.website);
    }

    async fn of_two_at_once_one_is_told(base) {
        base.take(harness::header(), harness::organisations(3)).await.unwrap();
        let id = first(&base).await;
        let (actor, row) = (curator(&base).await, read(&base, id).await);
        base.tick();
        rename(&base, &actor, &row, "https://a.example.org").await.unwrap();
        base.tick();
        let late = rename(&base, &actor, &row, "https://b.example.org").await;
        assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
        assert_eq!(website(&base, id, None).await.as_deref(), Some("https://a.example.org"));
    }

    async fn an_import_takes_back_nothing_that_a_person_decided(base) {
        let outcome = base.take(harness::header(), harness::organisations(3)).await.unwrap();
        let id = first(&base).await;
        let (actor, row) = (curator(&base).await, read(&base, id).await);
        base.tick();
        rename(&base, &actor, &row, "https://new.example.org").await.unwrap();
        base.tick();
        let again = base.take(harness::header(), harness::organisations(3)).await.unwrap();
        assert_eq!(again.changed(), 0);
        assert_eq!(website(&base, id, None).await.as_deref(), Some("https://new.example.org"));
        base.tick();
        base.take(harness::header(), harness::organisations(1)).await.unwrap();
        assert_eq!(website(&base, id, None).await.as_deref(), Some("https://new.example.org"), "it has left the file");
        let refused = batches::undo(&base.ctx, outcome.batch.unwrap()).await.unwrap_err().to_string();
        assert!(refused.contains("cannot be undone"), "{refused}");
    }

    async fn undoing_an_import_names_what_people_have_changed_since(base) {
        let batch = base.take(harness::header(), harness::organisations(3)).await.unwrap().batch.unwrap();
        let id = first(&base).await;
        let (actor, row) = (curator(&base).await, read(&base, id).await);
        base.tick();
        rename(&base, &actor, &row, "https://new.example.org").await.unwrap();
        let before = base.dump().await;
        let refused = batches::undo(&base.ctx, batch).await.unwrap_err().to_string();
        let named = "people have worked on records of it since: organisation 'Compañía 1' (changed). Take that back";
        assert!(refused.contains("cannot be undone") && refused.contains(named), "{refused}");
        assert_eq!(base.dump().await, before, "and nothing is done");
    }
}
