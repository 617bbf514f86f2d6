//! Texts of a survey bear the language in which the organisation answered.

use entity::vocabulary::{CaseKind, Role};
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::review::{Filter, step};
use od100::app::survey::{answer, save};
use od100::domain::instrument::Value;
use od100::domain::review::Target;
use od100::store;
use sea_orm::EntityTrait;

use crate::harness::on_each_database;
use crate::survey_harness::{Field, mandatory, said};

/// What is accepted of an answer given in a language: the organisation's name, its example, and the title of data it named.
async fn accepted(base: crate::harness::Base, lang: &str) -> (String, Option<String>, Option<String>) {
    let field = Field::over(base).await;
    let ctx = &field.base.ctx;
    let (_, secret) = field.invite("Datos del Sur").await;
    let link = field.follow(&secret).await;
    let mut answers = mandatory(&field, true).await;
    answers[0] = said("name", Value::Text("South Data".into()));
    answers.push(said("example", Value::Text("We plan harvests.".into())));
    save::save(ctx, &link, answers, Some(lang)).await.unwrap();
    answer::submit(ctx, &link).await.unwrap();
    let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
    let mine = curator.account().unwrap().id;
    let db = field.base.raw().await;
    let body = entity::publisher_profile::Entity::find().one(&db).await.unwrap().unwrap();
    let open = Filter { is_open: Some(true), ..Filter::default() };
    let mut cases = store::review::page(&ctx.db, &open, None, 1_000).await.unwrap();
    // Consent first: the rest is for sums only before it.
    cases.sort_by_key(|case| case.kind != CaseKind::Display);
    let mut organisation = None;
    for case in cases {
        if !matches!(case.kind, CaseKind::Display | CaseKind::Attribute | CaseKind::Use) {
            continue;
        }
        let case = step::assign(ctx, &curator, (case.id, case.version), Some(mine)).await.unwrap();
        let target = (case.kind == CaseKind::Use).then_some(Target::Publisher(body.organisation_id));
        let decision = Decision { verdict: Verdict::Accept, reason: String::new(), target };
        decide::decide(ctx, &curator, (case.id, case.version), decision).await.unwrap();
        organisation = case.organisation_id.or(organisation);
    }
    let all = entity::organisation::Entity::find().all(&db).await.unwrap();
    let row = all.into_iter().find(|row| Some(row.entity_id) == organisation && row.superseded_at.is_none()).unwrap();
    let datasets = entity::dataset::Entity::find().all(&db).await.unwrap();
    let named = datasets.into_iter().find(|row| row.title.contains("Precios de combustibles")).map(|row| row.title);
    assert_eq!(row.summary, None, "an example describes nobody");
    let answers = entity::answer::Entity::find().all(&db).await.unwrap();
    let example = answers.into_iter().find(|row| row.question == "example_uses").and_then(|row| row.value);
    (row.name, example, named)
}

on_each_database! {
    async fn an_answer_in_english_is_recorded_as_english(base) {
        let (name, example, dataset) = accepted(base, "en").await;
        assert_eq!(name, r#"{"en":"South Data"}"#);
        assert_eq!(example.as_deref(), Some("We plan harvests."));
        assert_eq!(dataset.as_deref(), Some(r#"{"en":"Precios de combustibles"}"#));
    }

    async fn an_answer_in_spanish_is_recorded_as_spanish(base) {
        let (name, example, dataset) = accepted(base, "es").await;
        assert_eq!(name, r#"{"es":"South Data"}"#);
        assert_eq!(example.as_deref(), Some("We plan harvests."));
        assert_eq!(dataset.as_deref(), Some(r#"{"es":"Precios de combustibles"}"#));
    }
}
