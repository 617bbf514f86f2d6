//! A batch can be taken back, exactly, unless a later one builds on it.

use crate::harness::{self, on_each_database};
use od100::app::{Error, batches};
use od100::store;

on_each_database! {
    async fn undoing_the_first_batch_leaves_nothing(base) {
        let before = base.dump().await;
        let outcome = base.take(harness::header(), harness::organisations(30)).await.unwrap();
        let (revision, _) = store::head(&base.ctx.db).await.unwrap();
        base.tick();
        let undone = batches::undo(&base.ctx, outcome.batch.unwrap()).await.unwrap();
        assert_eq!(undone.rows, outcome.changed(), "as many rows as the import said");
        assert_eq!(base.dump().await, before);
        assert_eq!(store::head(&base.ctx.db).await.unwrap().0, revision + 1);
        let again = batches::undo(&base.ctx, outcome.batch.unwrap()).await.unwrap_err();
        assert!(matches!(&again, Error::Conflict(why) if why.contains("'undone'")), "{again}");
    }

    async fn undoing_a_change_restores_every_row(base) {
        base.take(harness::header(), harness::organisations(30)).await.unwrap();
        let before = base.dump().await;
        base.tick();
        let mut drafts = harness::organisations(31);
        drafts[0].website = None;
        drafts[1].codes[0].code = Some("3".to_owned());
        drafts[2].claims.pop();
        drafts[3].location.as_mut().unwrap().latitude = Some(19.123_456_789_012_345);
        drafts.remove(4);
        let mut header = harness::header();
        header.datasets.push(harness::dataset("wind", None));
        header.relations.pop();
        let outcome = base.take(header, drafts).await.unwrap();
        assert_eq!(outcome.counts["organisation"].removed, 1);
        assert_eq!(outcome.counts["organisation_code"].updated, 1);
        assert_eq!(outcome.counts["relation"].removed, 1);
        assert_ne!(base.dump().await, before);
        base.tick();
        let undone = batches::undo(&base.ctx, outcome.batch.unwrap()).await.unwrap();
        assert_eq!(undone.rows, outcome.changed(), "as many rows as the import said");
        assert_eq!(base.dump().await, before);
    }

    async fn what_left_and_came_back_is_there_again(base) {
        base.take(harness::header(), harness::organisations(3)).await.unwrap();
        base.tick();
        base.take(harness::header(), harness::organisations(2)).await.unwrap();
        base.tick();
        let back = base.take(harness::header(), harness::organisations(3)).await.unwrap();
        assert_eq!(back.counts["organisation"].updated, 1);
        let rows = store::load::rows(&base.ctx.db, harness::day("2025-06-30"), None).await.unwrap();
        assert_eq!(rows.organisations.len(), 6);
    }

    async fn a_batch_that_another_changed_stays(base) {
        let first = base.take(harness::header(), harness::organisations(3)).await.unwrap();
        base.tick();
        let mut drafts = harness::organisations(3);
        drafts[0].website = None;
        let second = base.take(harness::header(), drafts).await.unwrap().batch.unwrap();
        let before = base.dump().await;
        let refused = batches::undo(&base.ctx, first.batch.unwrap()).await.unwrap_err().to_string();
        assert!(refused.contains(&format!("batch {second} (test mx) builds on its rows")), "{refused}");
        assert_eq!(base.dump().await, before);
        base.tick();
        batches::undo(&base.ctx, second).await.unwrap();
        batches::undo(&base.ctx, first.batch.unwrap()).await.unwrap();
    }

    async fn a_batch_that_another_points_at_stays(base) {
        let first = base.take(harness::header(), harness::organisations(3)).await.unwrap();
        let mut values = harness::header();
        values.source = "values".to_owned();
        values.chapter = String::new();
        (values.study, values.waves, values.bodies) = (None, Vec::new(), Vec::new());
        (values.relations, values.datasets) = (Vec::new(), Vec::new());
        let key = harness::organisation(0).key;
        let subject = od100::domain::draft::SubjectDraft::Organisation("test".to_owned(), key);
        values.observations = vec![harness::observation(subject)];
        values.observations[0].wave = None;
        base.tick();
        let second = base.take(values, Vec::new()).await.unwrap().batch.unwrap();
        let refused = batches::undo(&base.ctx, first.batch.unwrap()).await.unwrap_err().to_string();
        assert!(refused.contains(&format!("batch {second} (test)")), "{refused}");
    }
}
