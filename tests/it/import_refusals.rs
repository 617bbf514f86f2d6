//! What breaks a rule is refused in clear words, and whatever goes wrong leaves nothing behind.

use crate::harness::{self, Base, day, on_each_database};
use entity::vocabulary::{DatePrecision, RelationKind};
use od100::app::Error;
use od100::app::ingest::{Options, ingest};
use od100::domain::draft::{Decimal, Header, OrganisationDraft, PartialDate, TargetDraft};

async fn refused(base: &Base, change: impl FnOnce(&mut Header, &mut OrganisationDraft)) -> String {
    let (mut header, mut draft) = (harness::header(), harness::organisation(1));
    change(&mut header, &mut draft);
    let error = base.take(header, vec![draft]).await.expect_err("it should be refused");
    assert!(matches!(error, Error::Invalid(_)), "{error}");
    error.to_string()
}

on_each_database! {
    async fn each_broken_rule_is_named(base) {
        let before = base.dump().await;
        let key = "organisation/1";
        let text = refused(&base, |_, draft| draft.claims[0].evidence.clear()).await;
        assert_eq!(text, format!("{key}: use 1: an accepted claim needs evidence that supports it"));
        let text = refused(&base, |_, draft| draft.impacts[0].evidence.clear()).await;
        assert_eq!(text, format!("{key}: impact 1: an accepted claim needs evidence that supports it"));
        let text = refused(&base, |_, draft| {
            draft.claims[1].valid_to = Some(PartialDate { on: day("2013-01-01"), precision: DatePrecision::Day });
        }).await;
        assert_eq!(text, format!("{key}: use 2: begins on 2014-01-01 and ends before it, on 2013-01-01"));
        let text = refused(&base, |_, draft| draft.observations[0].high = Some(Decimal { mantissa: 19_999, scale: 3 })).await;
        assert_eq!(text, format!("{key}: test_revenue 2014: low, central and high are not in this order"));
        let text = refused(&base, |_, draft| draft.observations[0].currency = None).await;
        assert_eq!(text, format!("{key}: test_revenue 2014: money needs a currency"));
        let text = refused(&base, |_, draft| draft.observations[0].indicator = "test_staff".to_owned()).await;
        assert_eq!(text, format!("{key}: test_staff 2014: 'persons' is not money, yet the currency is MXN"));
        let text = refused(&base, |_, draft| draft.claims[0].target = TargetDraft::Dataset("snow".to_owned())).await;
        assert_eq!(text, format!("{key}: use 1: there is no dataset 'snow'"));
        let text = refused(&base, |_, draft| draft.codes[0].code = Some("99".to_owned())).await;
        assert_eq!(text, format!("{key}: there is no code '99' in the list 'sdg'"));
        let text = refused(&base, |header, _| header.bodies.clear()).await;
        assert!(text.contains("rain: there is no organisation 'smn'"), "{text}");
        let text = refused(&base, |_, draft| draft.key = "smn".to_owned()).await;
        assert_eq!(text, "smn: two records of the run have this key");
        assert_eq!(base.dump().await, before);
    }

    async fn rings_and_double_parents_are_refused(base) {
        let text = refused(&base, |header, _| {
            header.relations[1].to = "semarnat".to_owned();
            let mut back = header.relations[0].clone();
            (back.from, back.to) = ("semarnat".to_owned(), "conagua".to_owned());
            header.relations.push(back);
        }).await;
        assert!(text.contains("is part of itself"), "{text}");
        let text = refused(&base, |header, _| {
            let mut second = header.relations[1].clone();
            second.to = "semarnat".to_owned();
            header.relations.push(second);
        }).await;
        assert!(text.starts_with("servicio-meteorologico: is part of two bodies at one date"), "{text}");
        let text = refused(&base, |header, _| {
            let mut later = header.relations[1].clone();
            later.kind = RelationKind::SucceededBy;
            let mut back = later.clone();
            (back.from, back.to) = (later.to.clone(), later.from.clone());
            header.relations.extend([later, back]);
        }).await;
        assert!(text.contains("succeeds itself"), "{text}");
    }

    async fn a_fault_late_in_the_run_leaves_nothing(base) {
        let before = base.dump().await;
        let mut drafts = harness::organisations(1200);
        drafts[1100].source = "nowhere".to_owned();
        let error = base.take(harness::header(), drafts).await.unwrap_err();
        assert_eq!(error.to_string(), "organisation/1100: there is no source 'nowhere'");
        assert_eq!(base.dump().await, before);
    }

    async fn a_run_that_dies_leaves_nothing(base) {
        let before = base.dump().await;
        let ctx = base.ctx.clone();
        let died = tokio::spawn(async move {
            let drafts = (0..1200).map(|number| {
                assert!(number < 1100, "the reader dies");
                harness::organisation(number)
            });
            ingest(&ctx, "test", harness::header(), drafts, Options::default()).await
        });
        assert!(died.await.unwrap_err().is_panic());
        assert_eq!(base.dump().await, before);
        base.take(harness::header(), harness::organisations(2)).await.unwrap();
    }
}
