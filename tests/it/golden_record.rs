//! The real studies, the invented ones and the sample, taken into the record on both databases: nothing of
//! them is refused, and running again changes nothing.

use crate::golden;
use crate::harness::{Base, on_each_database};
use od100::app;
use od100::domain::draft::{Header, OrganisationDraft};
use od100::import::od500::Chapter;
use od100::sample::sample;

/// Takes a run twice: the first time all of it, the second time nothing.
async fn twice(base: &Base, header: &Header, organisations: &[OrganisationDraft]) {
    let outcome = base.take(header.clone(), organisations.to_vec()).await.unwrap();
    assert!(outcome.batch.is_some());
    assert_eq!(outcome.organisations as usize, organisations.len());
    assert_eq!(outcome.counts["organisation"].inserted as usize, organisations.len() + header.bodies.len());
    let claims: usize = organisations.iter().map(|o| o.claims.len()).sum();
    assert_eq!(outcome.counts["use_claim"].inserted as usize, claims);
    base.tick();
    let again = base.take(header.clone(), organisations.to_vec()).await.unwrap();
    assert_eq!((again.batch, again.changed()), (None, 0));
}

on_each_database! {
    async fn real_chapters_are_taken_whole_and_once(base) {
        app::reference::load(&base.ctx).await.unwrap();
        for chapter in [Chapter::Mx, Chapter::Us] {
            let Some(read) = golden::read(chapter) else { return };
            twice(&base, &read.header, &read.organisations).await;
        }
    }

    async fn invented_chapters_are_taken_whole_and_once(base) {
        app::reference::load(&base.ctx).await.unwrap();
        for chapter in Chapter::ALL {
            let read = crate::golden_fixtures::read(chapter);
            twice(&base, &read.header, &read.organisations).await;
        }
    }

    async fn the_sample_is_taken_whole_and_once(base) {
        app::reference::load(&base.ctx).await.unwrap();
        let (header, organisations) = sample(300, 1, 12);
        twice(&base, &header, &organisations.collect::<Vec<_>>()).await;
    }
}
