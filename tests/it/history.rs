//! What was written down stays as it was written: the database itself refuses to change it.

use sea_orm::ConnectionTrait;

use crate::harness::on_each_database;

on_each_database! {
    async fn history_refuses_updates_and_deletes(base) {
        base.take(crate::harness::header(), vec![crate::harness::organisation(1)]).await.unwrap();
        let db = base.raw().await;
        for statement in [
            "update revision set kind = 'another'",
            "update revision set recorded_at = recorded_at where number = 1",
            "delete from revision_change",
            "update revision_change set kind = 'another'",
            "delete from revision",
        ] {
            let refused = db.execute_unprepared(statement).await;
            assert!(refused.unwrap_err().to_string().contains("keeps its rows as they were written"), "{statement}");
        }
    }
}
