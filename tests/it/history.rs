//! What was written down stays as it was written: the database refuses to change it, and who does so past
//! the database is found.

use od100::app::history::broken_at;
use od100::app::write::{Change, Write};
use od100::domain::access::Actor;
use od100::store;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Base, on_each_database};

const SUBJECT: Uuid = Uuid::from_u128(77);

async fn change(base: &Base, is_public: bool, before: Option<Value>, after: Option<Value>) -> Option<i64> {
    let actor = Actor::Service("tests");
    let mut write = Write::begin(&base.ctx, &actor).await.unwrap();
    write.change(Change { kind: "organisation", record: SUBJECT, subject: SUBJECT, is_public, before, after });
    write.commit("because of a letter", &()).await.unwrap()
}

async fn lift(db: &sea_orm::DatabaseConnection) {
    let drop = match db.get_database_backend() {
        DbBackend::Postgres => "alter table record_change disable trigger user",
        _ => "drop trigger record_change_keeps_update",
    };
    db.execute_unprepared(drop).await.unwrap();
}

on_each_database! {
    async fn history_refuses_updates_and_deletes(base) {
        base.take(crate::harness::header(), vec![crate::harness::organisation(1)]).await.unwrap();
        change(&base, true, None, Some(json!({ "name": "A" }))).await;
        let db = base.raw().await;
        for statement in [
            "update revision set kind = 'another'",
            "update revision set recorded_at = recorded_at where number = 1",
            "delete from revision_change",
            "update revision_change set kind = 'another'",
            "delete from revision",
            "delete from record_change",
            "update record_change set reason = 'another'",
            "update record_change set after = '{}'",
            "update record_change set before = null, after = null, salt = null, reason = 'another'",
            "update record_change set digest = 'another'",
        ] {
            let refused = db.execute_unprepared(statement).await;
            assert!(refused.unwrap_err().to_string().contains("keeps its rows as they were written"), "{statement}");
        }
    }

    async fn a_change_says_who_why_and_what_differs(base) {
        let (before, after) = (json!({ "name": "A", "kind": "company" }), json!({ "name": "B", "kind": "company" }));
        let head = store::head(&base.ctx.db).await.unwrap().0;
        assert_eq!(change(&base, true, None, Some(before.clone())).await, Some(head + 1));
        assert_eq!(change(&base, true, Some(before), Some(after)).await, Some(head + 2));
        assert_eq!(change(&base, false, None, Some(json!({}))).await, None, "a draft takes no revision");
        let rows = store::history::of(&base.ctx.db, SUBJECT, 0, 10).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(rows[1].before.as_deref(), Some(r#"{"name":"A"}"#));
        assert_eq!(rows[1].after.as_deref(), Some(r#"{"name":"B"}"#));
        assert_eq!((rows[1].reason.as_str(), rows[1].actor_kind.as_str()), ("because of a letter", "service"));
        let patch = store::changed_since(&base.ctx.db, head).await.unwrap();
        assert_eq!(patch, store::Changes::Records(vec![("organisation".into(), SUBJECT)]));
    }

    async fn a_flipped_byte_breaks_the_chain(base) {
        let actor = Actor::Service("tests");
        let mut write = Write::begin(&base.ctx, &actor).await.unwrap();
        for number in 0..1_000 {
            let after = Some(json!({ "number": number }));
            let (record, subject) = (SUBJECT, SUBJECT);
            write.change(Change { kind: "organisation", record, subject, is_public: false, before: None, after });
        }
        write.commit("because of a letter", &()).await.unwrap();
        assert_eq!(broken_at(&base.ctx, SUBJECT).await.unwrap(), None);
        let db = base.raw().await;
        lift(&db).await;
        for (column, value) in [("after", "'{\"number\":99}'"), ("reason", "'because of a lettes'"), ("actor_kind", "'account'")] {
            let kept = format!("select {column} from record_change where number = 717");
            let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), kept)).await.unwrap().unwrap();
            let kept: String = row.try_get_by_index(0).unwrap();
            db.execute_unprepared(&format!("update record_change set {column} = {value} where number = 717")).await.unwrap();
            assert_eq!(broken_at(&base.ctx, SUBJECT).await.unwrap(), Some(717), "{column}");
            db.execute_unprepared(&format!("update record_change set {column} = '{kept}' where number = 717")).await.unwrap();
        }
        assert_eq!(broken_at(&base.ctx, SUBJECT).await.unwrap(), None);
    }

    async fn erased_words_leave_the_chain_whole(base) {
        change(&base, false, None, Some(json!({ "contact": "Ana" }))).await;
        change(&base, false, None, Some(json!({ "contact": "Luis" }))).await;
        let transaction = store::begin(&base.ctx.db).await.unwrap();
        assert_eq!(store::history::erase(&transaction, SUBJECT).await.unwrap(), 2);
        transaction.commit().await.unwrap();
        assert_eq!(broken_at(&base.ctx, SUBJECT).await.unwrap(), None);
        let rows = entity::record_change::Entity::find().all(&base.raw().await).await.unwrap();
        assert!(rows.iter().all(|row| row.after.is_none() && row.salt.is_none()));
    }

    async fn writers_of_one_subject_take_turns(base) {
        let writers = (0..20).map(|_| {
            let ctx = base.ctx.clone();
            tokio::spawn(async move {
                let actor = Actor::Service("tests");
                let mut write = Write::begin(&ctx, &actor).await.unwrap();
                let (record, subject) = (SUBJECT, SUBJECT);
                write.change(Change { kind: "answer", record, subject, is_public: false, before: None, after: None });
                write.commit("at once", &()).await.unwrap();
            })
        });
        for one in writers.collect::<Vec<_>>() {
            one.await.unwrap();
        }
        assert_eq!(broken_at(&base.ctx, SUBJECT).await.unwrap(), None);
        assert_eq!(store::history::of(&base.ctx.db, SUBJECT, 0, 100).await.unwrap().len(), 20);
    }
}
