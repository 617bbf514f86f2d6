//! What breaks a rule is refused in clear words, and whatever goes wrong leaves nothing behind.

use crate::harness::{self, Base, day, on_each_database};
use entity::vocabulary::{DatePrecision, RelationKind};
use od100::app::Error;
use od100::app::ingest::known_subjects;
use od100::app::ingest::{Options, ingest};
use od100::domain::draft::{Decimal, Header, OrganisationDraft, PartialDate, Problem, TargetDraft};
use od100::import::indicators;
use od100::import::od500::{Chapter, Files, read_chapter};

async fn refused(base: &Base, change: impl FnOnce(&mut Header, &mut OrganisationDraft)) -> String {
    let (mut header, mut draft) = (harness::header(), harness::organisation(1));
    change(&mut header, &mut draft);
    let error = base.take(header, vec![draft]).await.expect_err("it should be refused");
    assert!(matches!(error, Error::Invalid(_)), "{error}");
    error.to_string()
}

/// A file with one more record: its first, with other cells.
fn with_record(file: &[u8], cells: &[(&str, &str)]) -> Vec<u8> {
    let mut reader = csv::Reader::from_reader(file);
    let header = reader.headers().unwrap().clone();
    let first = reader.records().next().unwrap().unwrap();
    let other = |column: &str| cells.iter().find(|(of, _)| *of == column).map(|(_, cell)| *cell);
    let record = header.iter().zip(first.iter()).map(|(column, cell)| other(column).unwrap_or(cell));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(record).unwrap();
    [file, &writer.into_inner().unwrap()].concat()
}

/// What is said of rows: file, field, code and value.
fn told(problems: &[Problem]) -> Vec<[&str; 4]> {
    problems.iter().map(|one| [one.file.as_str(), one.field.as_str(), one.code.as_str(), one.value.as_str()]).collect()
}

on_each_database! {
    async fn a_row_of_a_chapter_that_names_nothing_leaves_the_others(base) {
        od100::app::reference::load(&base.ctx).await.unwrap();
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/chapters/mx");
        let [companies, agencies] =
            ["companies.csv", "agencies.csv"].map(|name| std::fs::read(folder.join(name)).unwrap());
        let whole = read_chapter(Chapter::Mx, Files { companies: &companies, agencies: &agencies }).unwrap();
        let names = ["<img src=x>", "&nbsp;", "\u{200b}"];
        let companies = names.iter().fold(companies, |file, name| with_record(&file, &[("company_name", *name)]));
        let agencies = with_record(&agencies, &[("agency_name", "<i></i>")]);
        let agencies = with_record(&agencies, &[("dataset_name", "<br>"), ("dataset_url", "")]);
        let read = read_chapter(Chapter::Mx, Files { companies: &companies, agencies: &agencies }).unwrap();
        let mut new = told(&read.problems);
        new.retain(|one| !told(&whole.problems).contains(one));
        let [of_uses, of_names] = ["mx_agencies.csv", "mx_companies.csv"];
        let expected = [
            [of_uses, "agency_name", "agency.blank", "<i></i>"],
            [of_uses, "dataset_name", "dataset.blank", "<br>"],
            [of_names, "company_name", "name.blank", names[0]],
            [of_names, "company_name", "name.blank", names[1]],
            [of_names, "company_name", "name.blank", names[2]],
        ];
        assert_eq!(new, expected);
        assert!(read.problems.iter().filter(|one| one.code.split('.').next_back() == Some("blank")).all(|one| one.row > 0));
        let outcome = base.take(read.header, read.organisations).await.unwrap();
        assert_eq!(outcome.organisations, whole.organisations.len() as u64);
    }

    async fn a_row_of_observations_that_the_record_refuses_leaves_the_others(base) {
        od100::app::reference::load(&base.ctx).await.unwrap();
        base.take(harness::header(), harness::organisations(1)).await.unwrap();
        let wave = harness::header().waves[0].slug.clone();
        let file = format!(
            "indicator,subject,period,value,unit,currency,source,status,wave\n\
             population_total,country:MX,2014,5,persons,,s,A,\n\
             population_total,country:MX,2015,5,persons,,s,A,{wave}\n\
             population_total,country:MX,2016,5,persons,,s,A,nowhere-2016\n\
             population_total,country:MX,2017,5,persons,,<b></b>,A,\n\
             population_total,country:MX,2018,0.0000000000000000001,persons,,s,A,\n\
             population_total,country:MX,2014,6,persons,,S,A,\n"
        );
        let mut read =
            indicators::read("long.csv", file.as_bytes(), &indicators::embedded_definitions()).unwrap();
        let known = known_subjects(&base.ctx, &read.header.observations).await.unwrap();
        read.leave_out_unknown("long.csv", &known);
        let expected = [
            ["long.csv", "wave", "wave.unknown", "nowhere-2016"],
            ["long.csv", "source", "source.blank", "<b></b>"],
            ["long.csv", "value", "number.unreadable", "0.0000000000000000001"],
            ["long.csv", "indicator", "observation.duplicate", "population_total"],
        ];
        assert_eq!(told(&read.problems), expected);
        let rows: Vec<u64> = read.problems.iter().map(|one| one.row).collect();
        assert_eq!(rows, [3, 4, 5, 6]);
        let outcome = base.take(read.header, Vec::new()).await.unwrap();
        assert_eq!(outcome.counts["indicator_observation"].inserted, 2);
    }

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
