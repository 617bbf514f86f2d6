//! A run is published whole, once, and is what the atlas then reads.

use crate::harness::{self, CANARY, day, on_each_database};
use entity::vocabulary::{Decision, RowVisibility};
use od100::app::batches;
use od100::app::ingest::{Options, ingest};
use od100::app::publish::Publisher;
use od100::atlas::rows::TargetRow;
use od100::atlas::{Atlas, Dimension, Filter, Lang};
use od100::store::{self, Changes};

/// What an atlas says of each organisation, and its facets.
fn summary(atlas: &Atlas) -> String {
    let mut lines = vec![format!("revision {}", atlas.revision)];
    for org in atlas.organisations() {
        let row = atlas.organisation(org);
        let website = row.website.map(|text| atlas.str(text));
        let uses = (row.datasets_used, row.publishers_used, row.claim_count);
        lines.push(format!("{} {website:?} {uses:?}", atlas.name(org, Lang::ES).value));
        for claim in atlas.claim_handles_of(org) {
            let dataset = atlas.claim(claim).dataset.map(|dataset| atlas.title(dataset, Lang::ES).value);
            let id = atlas.claim_detail(claim).id;
            lines.push(format!("  {id:?} {dataset:?} {}", atlas.evidence_of(claim).len()));
        }
        lines.push(format!("  {} answers, {} impacts", atlas.answers_of(org).len(), atlas.impacts_of(org).len()));
    }
    for facet in atlas.facets(&Filter::default(), &Dimension::ALL) {
        let values: Vec<_> = facet.values.iter().map(|row| (atlas.word_of(row.value), row.count)).collect();
        lines.push(format!("{:?} {values:?} {:?}", facet.dimension, facet.coverage));
    }
    lines.join("\n")
}

on_each_database! {
    async fn a_run_becomes_rows(base) {
        let outcome = base.take(harness::header(), harness::organisations(3)).await.unwrap();
        assert!(outcome.batch.is_some());
        let rows = store::load::rows(&base.ctx.db, day("2025-06-30"), None).await.unwrap();
        assert_eq!(Some(rows.revision), outcome.revision);
        assert_eq!((rows.organisations.len(), rows.profiles.len(), rows.relations.len()), (6, 3, 2));
        assert_eq!((rows.datasets.len(), rows.use_claims.len(), rows.impact_claims.len()), (2, 6, 3));
        assert_eq!((rows.evidence.len(), rows.studies.len(), rows.waves.len()), (9, 1, 1));
        assert_eq!((rows.dataset_codes.len(), rows.distributions.len(), rows.designations.len()), (2, 2, 2));
        assert_eq!((rows.names.len(), rows.identifiers.len(), rows.locations.len()), (6, 6, 3));
        assert_eq!((rows.organisation_codes.len(), rows.missing.len(), rows.responses.len()), (3, 3, 3));
        assert_eq!(rows.observations.len(), 4);
        assert!(rows.observations.iter().all(|row| row.visibility == RowVisibility::AggregateOnly));
        assert!(rows.areas.iter().any(|row| row.code == "MX-JAL" && row.parent.is_some()));
        assert!(rows.codes.iter().any(|row| row.scheme == "sdg_target" && row.code == "2.3" && row.parent.is_some()));
        let edition = rows.datasets.iter().find(|row| !row.is_series).unwrap();
        assert_eq!(edition.series.map(|series| series.1), Some(Decision::Proposed));
        assert_eq!(edition.edition.as_deref(), Some("2010"));
        assert!(rows.use_claims.iter().any(|claim| claim.target == TargetRow::Dataset(edition.id)));
        assert!(rows.use_claims.iter().all(|claim| claim.valid_from.unwrap().on == day("2014-01-01")));
        assert_eq!(rows.batches.len(), 1);
    }

    async fn slugs_are_unique_and_stay(base) {
        base.take(harness::header(), harness::organisations(3)).await.unwrap();
        let slugs = |rows: od100::atlas::rows::Rows| {
            let mut slugs: Vec<_> = rows.organisations.into_iter().map(|row| (row.id, row.slug)).collect();
            slugs.sort();
            slugs
        };
        let before = slugs(store::load::rows(&base.ctx.db, day("2025-06-30"), None).await.unwrap());
        let mut words: Vec<_> = before.iter().map(|(_, slug)| slug.as_str()).collect();
        words.sort_unstable();
        let expected = [
            "comision-del-agua", "compania-0", "compania-0-2", "compania-1", "secretaria-de-medio-ambiente",
            "servicio-meteorologico",
        ];
        assert_eq!(words, expected);
        let mut renamed = harness::organisations(3);
        renamed[2].name = "Compañía 0".to_owned();
        base.tick();
        base.take(harness::header(), renamed).await.unwrap();
        assert_eq!(slugs(store::load::rows(&base.ctx.db, day("2025-06-30"), None).await.unwrap()), before);
    }

    async fn running_again_changes_nothing(base) {
        base.take(harness::header(), harness::organisations(600)).await.unwrap();
        let (before, head) = (base.dump().await, store::head(&base.ctx.db).await.unwrap());
        base.tick();
        let again = base.take(harness::header(), harness::organisations(600)).await.unwrap();
        assert_eq!((again.batch, again.revision, again.changed()), (None, None, 0));
        assert!(again.counts["organisation"].unchanged == 603);
        assert_eq!(base.dump().await, before);
        assert_eq!(store::head(&base.ctx.db).await.unwrap(), head);
    }

    async fn evidence_that_is_placed_in_other_words_is_the_same_evidence(base) {
        base.take(harness::header(), harness::organisations(2)).await.unwrap();
        base.tick();
        let mut drafts = harness::organisations(2);
        let uses = drafts.iter_mut().flat_map(|draft| &mut draft.claims).flat_map(|claim| &mut claim.evidence);
        let mut count = 0;
        for evidence in uses {
            evidence.identity = evidence.locator.replace("x.csv#row=2".to_owned());
            count += 1;
        }
        let again = base.take(harness::header(), drafts).await.unwrap();
        assert_eq!((again.changed(), again.counts["evidence"].updated), (count, count));
        let rows = store::load::rows(&base.ctx.db, day("2025-06-30"), None).await.unwrap();
        let now = rows.evidence.iter().filter(|row| row.locator.as_deref() == Some("x.csv#row=2")).count() as u64;
        assert_eq!((now, rows.use_claims.len()), (count, 4));
    }

    async fn a_study_has_the_licence_that_its_files_have_now(base) {
        let mut before = harness::header();
        before.study.as_mut().unwrap().licence = "CC BY 4.0".to_owned();
        base.take(before, harness::organisations(2)).await.unwrap();
        let then = base.clock.now();
        base.tick();
        let now = base.take(harness::header(), harness::organisations(2)).await.unwrap();
        assert_eq!((now.changed(), now.counts["study"].updated), (1, 1));
        for (known_at, licence) in [(Some(then), "CC BY 4.0"), (None, "CC-BY-SA-4.0")] {
            let rows = store::load::rows(&base.ctx.db, day("2025-06-30"), known_at).await.unwrap();
            assert_eq!(rows.studies[0].licence, licence);
        }
        base.tick();
        let again = base.take(harness::header(), harness::organisations(2)).await.unwrap();
        assert_eq!((again.batch, again.changed()), (None, 0));
    }

    async fn a_dry_run_counts_and_leaves_nothing(base) {
        let before = base.dump().await;
        let options = Options { is_dry_run: true, ..Options::default() };
        let drafts = harness::organisations(5).into_iter();
        let outcome = ingest(&base.ctx, "test", harness::header(), drafts, options).await.unwrap();
        assert_eq!((outcome.counts["organisation"].inserted, outcome.batch), (8, None));
        assert_eq!(base.dump().await, before);
    }

    async fn a_run_that_takes_much_away_is_refused_unless_it_is_meant(base) {
        base.take(harness::header(), harness::organisations(30)).await.unwrap();
        base.tick();
        let before = base.dump().await;
        let careful = || Options { refuses_loss: true, ..Options::default() };
        let run = |count, options| ingest(&base.ctx, "test", harness::header(), harness::organisations(count).into_iter(), options);
        let refused = run(12, careful()).await.unwrap_err().to_string();
        assert!(refused.starts_with("18 of 33 organisations and public bodies") && refused.contains("--allow-loss"), "{refused}");
        assert_eq!(base.dump().await, before, "nothing was written");
        assert_eq!(run(25, careful()).await.unwrap().lost(), 5, "a few may go");
        base.tick();
        assert_eq!(run(12, Options::default()).await.unwrap().lost(), 13);
    }

    async fn a_small_change_names_its_records_and_a_large_one_does_not(base) {
        // Some eight records each: above what a revision names.
        base.take(harness::header(), harness::organisations(3_000)).await.unwrap();
        let (first, _) = store::head(&base.ctx.db).await.unwrap();
        assert_eq!(store::changed_since(&base.ctx.db, first - 1).await.unwrap(), Changes::Bulk);
        let mut drafts = harness::organisations(3_000);
        drafts[7].website = None;
        base.tick();
        base.take(harness::header(), drafts).await.unwrap();
        let Changes::Records(records) = store::changed_since(&base.ctx.db, first).await.unwrap() else {
            panic!("one record is no bulk change");
        };
        assert_eq!(records.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["organisation"]);
    }

    async fn a_small_change_is_patched_in(base) {
        base.take(harness::header(), harness::organisations(40)).await.unwrap();
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        assert!(!publisher.refresh().await.unwrap());
        let mut drafts = harness::organisations(42);
        drafts[7].website = Some("https://new.example.org".to_owned());
        drafts[8].claims.pop();
        drafts[9].name = "Zeta".to_owned();
        drafts.remove(3);
        base.tick();
        base.take(harness::header(), drafts).await.unwrap();
        assert!(publisher.refresh().await.unwrap());
        assert_eq!(publisher.patches(), 1, "it was built anew");
        let anew = Publisher::open(base.ctx.clone()).await.unwrap();
        let (patched, anew) = (publisher.current(), anew.current());
        assert_eq!(summary(&patched), summary(&anew));
        assert!(summary(&patched).contains("https://new.example.org"));
    }

    async fn undoing_a_small_change_is_patched_in(base) {
        base.take(harness::header(), harness::organisations(40)).await.unwrap();
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        let before = summary(&publisher.current());
        let mut drafts = harness::organisations(42);
        drafts[7].website = Some("https://new.example.org".to_owned());
        drafts[8].claims.pop();
        drafts[9].name = "Zeta".to_owned();
        base.tick();
        let batch = base.take(harness::header(), drafts).await.unwrap().batch.unwrap();
        assert!(publisher.refresh().await.unwrap());
        assert_ne!(summary(&publisher.current()), before);
        base.tick();
        batches::undo(&base.ctx, batch).await.unwrap();
        assert!(publisher.refresh().await.unwrap());
        assert_eq!(publisher.patches(), 2, "it was built anew");
        let anew = Publisher::open(base.ctx.clone()).await.unwrap();
        let undone = summary(&publisher.current());
        assert_eq!(undone, summary(&anew.current()));
        let body = |text: &str| text.split_once('\n').unwrap().1.to_owned();
        assert_eq!(body(&undone), body(&before));
    }

    async fn a_record_that_comes_back_is_not_patched_in(base) {
        base.take(harness::header(), harness::organisations(5)).await.unwrap();
        let publisher = Publisher::open(base.ctx.clone()).await.unwrap();
        for (count, patches) in [(4, 1), (5, 1)] {
            base.tick();
            base.take(harness::header(), harness::organisations(count)).await.unwrap();
            assert!(publisher.refresh().await.unwrap());
            assert_eq!(publisher.patches(), patches, "{count}");
        }
        let anew = Publisher::open(base.ctx.clone()).await.unwrap();
        assert_eq!(summary(&publisher.current()), summary(&anew.current()));
    }

    async fn private_answers_are_never_loaded(base) {
        base.take(harness::header(), harness::organisations(4)).await.unwrap();
        assert!(format!("{:?}", base.dump().await).contains(CANARY), "the record does hold them");
        let rows = store::load::rows(&base.ctx.db, day("2025-06-30"), None).await.unwrap();
        assert_eq!(rows.answers.len(), 4);
        assert!(!format!("{rows:?}").contains(CANARY));
    }

    async fn what_the_record_said_before_is_still_known(base) {
        base.take(harness::header(), harness::organisations(3)).await.unwrap();
        let then = base.clock.now();
        base.tick();
        let mut drafts = harness::organisations(3);
        drafts.remove(0);
        drafts[0].website = Some("https://new.example.org".to_owned());
        base.take(harness::header(), drafts).await.unwrap();
        let now = store::load::rows(&base.ctx.db, day("2025-06-30"), None).await.unwrap();
        let old = store::load::rows(&base.ctx.db, day("2025-06-30"), Some(then)).await.unwrap();
        let websites = |rows: &od100::atlas::rows::Rows| {
            let mut all: Vec<_> = rows.organisations.iter().filter_map(|row| row.website.clone()).collect();
            all.sort();
            all
        };
        assert_eq!(websites(&now), ["https://example.org", "https://new.example.org"]);
        assert_eq!(websites(&old), ["https://example.org", "https://example.org", "https://example.org"]);
        assert_eq!((now.use_claims.len(), old.use_claims.len()), (4, 6));
        let before = store::load::rows(&base.ctx.db, day("2013-06-30"), None).await.unwrap();
        assert_eq!((before.use_claims.len(), before.designations.len()), (0, 0));
    }
}
