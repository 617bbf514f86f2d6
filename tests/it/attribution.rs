//! Whom each row names: the study that brought it in, or the register itself where a contributor proposed it. Pages,
//! files and the API say the same.

use entity::vocabulary::{AccessMode, CaseKind, Criticality, OrganisationKind, Role};
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::review::propose::{self, New, NewUse};
use od100::app::review::{Case, Filter};
use od100::domain::access::Actor;
use od100::domain::review::{Field as Property, Proposed, Subject, Target};
use od100::store;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::desk_harness::{Browser, Town};
use crate::harness::on_each_database;
use crate::review::cited;
use crate::survey_harness::{Field, send};

/// What the register says of what no study asked for.
const OWN: &str = "Open Data 100";

fn accept() -> Decision {
    Decision { verdict: Verdict::Accept, reason: String::new(), target: None }
}

async fn waiting(field: &Field, kind: CaseKind) -> Case {
    let open = Filter { is_open: Some(true), ..Filter::default() };
    let all = store::review::page(&field.base.ctx.db, &open, None, 1_000).await.unwrap();
    all.into_iter().find(|case| case.kind == kind).unwrap()
}

async fn proposed(field: &Field, (who, curator): (&Actor, &Actor), what: Proposed) -> Case {
    let ctx = &field.base.ctx;
    let made = propose::propose(ctx, who, New::Content(what), None, None).await.unwrap();
    decide::decide(ctx, curator, (made.id, 1), accept()).await.unwrap().case
}

/// Whom the API names for a record: text, licence and address.
async fn of_api(reader: &mut Browser, field: &str, slug: &str) -> Value {
    let query = format!("query($slug: String!) {{ {field}(slug: $slug) {{ attribution {{ text licence url }} }} }}");
    let said = reader.public(&query, json!({ "slug": slug })).await.json();
    said["data"][field]["attribution"].clone()
}

/// Whom a file names for a record, which the API names too.
async fn credit(reader: &mut Browser, (file, field): (&str, &str), slug: &str) -> (String, String) {
    let rows = reader.get(&format!("/download/{file}.json?lang=es")).await.json()["rows"].clone();
    let row =
        rows.as_array().unwrap().iter().find(|row| row["slug"] == slug).unwrap_or_else(|| panic!("{slug}: {rows}"));
    let told = json!({ "text": row["attribution"], "licence": row["licence"], "url": row["licence_url"] });
    assert_eq!(of_api(reader, field, slug).await, told, "{slug}");
    let text = |key: &str| row[key].as_str().unwrap_or_else(|| panic!("{row}")).to_owned();
    (text("attribution"), text("licence"))
}

const ORGANISATIONS: (&str, &str) = ("organisations", "organisation");
const DATASETS: (&str, &str) = ("datasets", "dataset");

on_each_database! {
    async fn what_a_survey_brought_in_is_the_studys(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let (_, secret) = field.invite("Datos del Sur").await;
        send(&field, &field.follow(&secret).await, true).await;
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let shown = waiting(&field, CaseKind::Display).await;
        decide::decide(ctx, &curator, (shown.id, 1), accept()).await.unwrap();
        // Neither its response is validated nor any use of it accepted: it is there by its consent alone.
        let mut reader = Town::over(&field.base).await.browser();
        assert_eq!(of_api(&mut reader, "organisation", "datos-del-sur").await["text"], "El estudio");
        let body = entity::publisher_profile::Entity::find().one(&field.base.raw().await).await.unwrap().unwrap();
        let case = waiting(&field, CaseKind::Use).await;
        let target = Some(Target::Publisher(body.organisation_id));
        decide::decide(ctx, &curator, (case.id, 1), Decision { target, ..accept() }).await.unwrap();
        let mut reader = Town::over(&field.base).await.browser();
        assert_eq!(credit(&mut reader, ORGANISATIONS, "datos-del-sur").await.0, "El estudio");
        assert_eq!(credit(&mut reader, DATASETS, "precios-de-combustibles").await.0, "El estudio");
        // What was there before stays what it was.
        let rows = reader.get("/download/organisations.json").await.json()["rows"].clone();
        let others = rows.as_array().unwrap().iter().filter(|row| row["attribution"] == "The study").count();
        assert_eq!(others, rows.as_array().unwrap().len() - 1, "{rows}");
    }

    async fn what_was_proposed_is_the_registers_own(base) {
        let field = Field::over(base).await;
        let db = field.base.raw().await;
        let (contributor, _) = field.people.with_role("coco", Role::Contributor, None).await;
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let by = (&contributor, &curator);
        let lang = || "es".to_owned();
        let organisation = Proposed::Organisation { name: "Mapas Nuevos".into(), lang: lang(), kind: OrganisationKind::Company, website: None, description: None, sector: None, area: None, locality: None, cited: cited() };
        let organisation = proposed(&field, by, organisation).await.organisation_id.unwrap();
        // Its publisher is a body of the study; the dataset is not.
        let body = entity::publisher_profile::Entity::find().one(&db).await.unwrap().unwrap().organisation_id;
        let dataset = Proposed::Dataset { title: "Aforo vial".into(), lang: lang(), publisher: body, landing_page: None, description: None, cited: cited() };
        let dataset = proposed(&field, by, dataset).await.subject_id.unwrap();
        let used = NewUse { organisation, target: Target::Dataset(dataset.into()), purpose: None, lang: lang(), criticality: Criticality::Core, access: AccessMode::Api, since: None, cited: cited() };
        let used = propose::propose(&field.base.ctx, &contributor, New::Use(used), None, None).await.unwrap();
        decide::decide(&field.base.ctx, &curator, (used.id, 1), accept()).await.unwrap();
        let mut reader = Town::over(&field.base).await.browser();
        let own = (OWN.to_owned(), "CC-BY-SA-4.0".to_owned());
        assert_eq!(credit(&mut reader, ORGANISATIONS, "mapas-nuevos").await, own);
        assert_eq!(credit(&mut reader, DATASETS, "aforo-vial").await, own);
        let page = reader.get("/organisations/mapas-nuevos?lang=es").await.text();
        assert!(page.contains("Open Data 100, <a href=\"https://creativecommons.org/licenses/by-sa/4.0/legalcode\""), "{page}");
    }

    async fn a_correction_with_a_source_of_its_own_changes_no_credit(base) {
        let field = Field::over(base).await;
        let db = field.base.raw().await;
        let (contributor, _) = field.people.with_role("coco", Role::Contributor, None).await;
        let (curator, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let all = entity::organisation::Entity::find().all(&db).await.unwrap();
        let known = all.iter().find(|row| row.slug.starts_with("compania")).unwrap();
        let correction = Proposed::Correction { subject: Subject::Organisation(known.entity_id), field: Property::Website, value: "https://mapas.example".into(), lang: "es".into(), cited: Some(cited()) };
        proposed(&field, (&contributor, &curator), correction).await;
        let mut reader = Town::over(&field.base).await.browser();
        assert_eq!(credit(&mut reader, ORGANISATIONS, &known.slug).await.0, "The study");
    }
}
