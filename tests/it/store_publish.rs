//! The public atlas follows the record, and other days are there on demand.

use std::sync::Arc;
use std::time::Duration;

use crate::harness::{self, day, on_each_database};
use od100::app::publish::Publisher;
use od100::store;

on_each_database! {
    async fn the_atlas_follows_the_record(base) {
        let publisher = Publisher::start(base.ctx.clone()).await.unwrap();
        let outcome = base.take(harness::header(), harness::organisations(4)).await.unwrap();
        let seen = async {
            while Some(publisher.current().revision) != outcome.revision {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), seen).await.unwrap();
        assert_eq!(publisher.current().listed().len(), 4);
    }

    async fn the_day_turns(base) {
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        assert_eq!(publisher.current().as_of, day("2025-06-30"));
        base.clock.set("2025-07-01T00:00:01Z".parse().unwrap());
        assert!(publisher.refresh().await.unwrap());
        assert_eq!(publisher.current().as_of, day("2025-07-01"));
    }

    async fn another_day_is_built_once_and_kept(base) {
        base.take(harness::header(), harness::organisations(4)).await.unwrap();
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        let today = publisher.at(day("2025-06-30"), None).await.unwrap();
        assert!(Arc::ptr_eq(&today, &publisher.current()));
        let then = async || loop {
            if let Ok(atlas) = publisher.at(day("2013-01-01"), None).await {
                return atlas;
            }
        };
        let first = tokio::time::timeout(Duration::from_secs(20), then()).await.unwrap();
        assert_eq!(first.as_of, day("2013-01-01"));
        let before = base.ctx.db.statements();
        assert!(Arc::ptr_eq(&first, &then().await));
        assert_eq!(base.ctx.db.statements(), before);
    }

    async fn what_follows_a_load_that_ended_early_is_answered_rightly(base) {
        let outcome = base.take(harness::header(), harness::organisations(4)).await.unwrap();
        let db = &base.ctx.db;
        let today = day("2025-06-30");
        let whole = store::load::rows(db, today, None).await.unwrap().organisations.len();
        // PostgreSQL refuses the year; nobody can ask for it from outside.
        let refused = chrono::DateTime::from_timestamp(-70_000_000_000, 0).unwrap();
        for micros in [0, 300, 1_000, 3_000, 10_000] {
            let refusal = store::load::rows(db, today, Some(refused)).await;
            assert!(refusal.is_err() || !db.is_postgres());
            let cut = tokio::time::timeout(Duration::from_micros(micros), store::load::rows(db, today, None)).await;
            drop(cut);
            for _ in 0..12 {
                assert_eq!(Some(store::head(db).await.unwrap().0), outcome.revision, "after {micros} µs");
            }
            assert_eq!(store::load::rows(db, today, None).await.unwrap().organisations.len(), whole);
        }
    }
}
