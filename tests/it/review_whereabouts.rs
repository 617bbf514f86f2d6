//! Sector and place of organisations: proposed, decided by a second person, counted and on the map.

use entity::organisation_code;
use entity::vocabulary::{AssertedBy, OrganisationKind, Precision, Role};
use od100::app::Error;
use od100::app::review::case::{self, Sheet};
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::review::propose::{self, New, NewUse};
use od100::domain::review::{Field, Proposed, Subject, Target};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};
use serde_json::{Value, json};

use crate::api_harness::Api;
use crate::harness::{self, Base, on_each_database};
use crate::people::{People, grant_for_tests};
use crate::review::cited;
use crate::review_duplicates::proposed;

fn accept() -> Decision {
    Decision { verdict: Verdict::Accept, reason: String::new(), target: None }
}

fn organisation(sector: Option<&str>, area: Option<&str>, locality: Option<&str>) -> Proposed {
    Proposed::Organisation {
        name: "Mapas Nuevos".to_owned(),
        lang: "es".to_owned(),
        kind: OrganisationKind::Company,
        website: None,
        description: None,
        sector: sector.map(str::to_owned),
        area: area.map(str::to_owned),
        locality: locality.map(str::to_owned),
        cited: cited(),
    }
}

fn correction(subject: Subject, field: Field, value: &str) -> Proposed {
    Proposed::Correction { subject, field, value: value.to_owned(), lang: "es".to_owned(), cited: None }
}

async fn seat(base: &Base, id: entity::id::OrganisationId) -> entity::location::Model {
    use entity::location::{Column, Entity};
    let db = base.raw().await;
    let (theirs, current) = (Column::OrganisationId.eq(id), Column::SupersededAt.is_null());
    let mut all = Entity::find().filter(theirs).filter(current).all(&db).await.unwrap();
    assert_eq!(all.len(), 1, "one seat stands");
    all.remove(0)
}

/// What the public is told: the point of the organisation, the count of a sector, the count of a state.
async fn seen(base: &Base) -> Value {
    let query = "{ mapPoints(zoom: 12) { points } energy: sector(code: \"energy\") { organisations { totalCount } }
        education: sector(code: \"education\") { organisations { totalCount } }
        organisation(slug: \"mapas-nuevos\") { sector { code } location { locality area { code } precision } } }";
    Api::over(base).await.raw("en", query, json!({})).await["data"].clone()
}

fn told<'s>(sheet: &'s Sheet, field: &str) -> (Option<&'s str>, Option<&'s str>) {
    let one = sheet.compared.iter().find(|one| one.field == field).unwrap_or_else(|| panic!("{field} is not told"));
    (one.stands.as_deref(), one.proposed.as_deref())
}

on_each_database! {
    async fn a_sector_says_who_assigned_it(base) {
        base.take(harness::header(), harness::organisations(4)).await.unwrap();
        let people = People::over(&base);
        let (cleo, _) = people.with_role("cleo", Role::Curator, None).await;
        let db = base.raw().await;
        let all = entity::organisation::Entity::find().all(&db).await.unwrap();
        let firm = all.iter().find(|row| row.slug.starts_with("compania")).unwrap().entity_id;
        let other = all.iter().find(|row| row.slug.starts_with("compania") && row.entity_id != firm).unwrap().entity_id;
        let study = entity::study::Entity::find().one(&db).await.unwrap().unwrap().entity_id;
        for (name, role, place, sectors, by) in [
            ("rita", Role::OrganisationRepresentative, Some(firm.0), ["energy", "education"], AssertedBy::SelfReported),
            ("rene", Role::OrganisationRepresentative, Some(other.0), ["energy", "education"], AssertedBy::Contributor),
            ("rosa", Role::Researcher, Some(study.0), ["energy", "education"], AssertedBy::Curator),
            ("cura", Role::Curator, None, ["energy", "education"], AssertedBy::Curator),
            ("coco", Role::Contributor, None, ["energy", "education"], AssertedBy::Contributor),
        ] {
            let (who, _) = people.with_role(name, role, place).await;
            for sector in sectors {
                let case = proposed(&base, &who, correction(Subject::Organisation(firm), Field::Sector, sector)).await;
                decide::decide(&base.ctx, &cleo, (case.id, 1), accept()).await.unwrap();
                base.tick();
                let current =
                    organisation_code::Column::OrganisationId.eq(firm).and(organisation_code::Column::SupersededAt.is_null());
                let primary = organisation_code::Column::Role.eq(entity::vocabulary::CodeRole::ReuseSectorPrimary);
                let stands = organisation_code::Entity::find().filter(current.and(primary)).all(&db).await.unwrap();
                assert_eq!(stands.iter().map(|row| row.assigned_by).collect::<Vec<_>>(), [by], "{name} {sector}");
            }
        }
        // The role that somebody held when they proposed it counts, not the one they have since.
        let (mara, _) = people.with_role("mara", Role::Contributor, None).await;
        let case = proposed(&base, &mara, correction(Subject::Organisation(firm), Field::Sector, "energy")).await;
        base.tick();
        let now = od100::app::access::grant::New { scope_id: None, ..grant_for_tests(mara.account().unwrap().id, Role::Curator) };
        od100::app::access::grant::give(&people.access, &od100::domain::access::Actor::Operator, now, None).await.unwrap();
        decide::decide(&base.ctx, &cleo, (case.id, 1), accept()).await.unwrap();
        let rows = organisation_code::Entity::find().all(&db).await.unwrap();
        let last = rows.iter().filter(|row| row.organisation_id == firm && row.superseded_at.is_none() && row.role == entity::vocabulary::CodeRole::ReuseSectorPrimary).collect::<Vec<_>>();
        assert_eq!(last[0].assigned_by, AssertedBy::Contributor);
    }

    async fn a_new_organisation_is_on_the_map_and_in_its_sector(base) {
        base.take(harness::header(), harness::organisations(4)).await.unwrap();
        let people = People::over(&base);
        let (coco, _) = people.with_role("coco", Role::Contributor, None).await;
        let (cleo, _) = people.with_role("cleo", Role::Curator, None).await;
        let ctx = &base.ctx;
        let before = seen(&base).await;
        // Named as people name them; kept by their codes.
        let made = proposed(&base, &coco, organisation(Some("Energía"), Some("jalisco"), Some("Zapopan"))).await;
        assert!(made.content.as_deref().unwrap().contains("\"MX-JAL\""));
        let sheet = case::sheet(ctx, &cleo, made.id, "en").await.unwrap();
        assert_eq!(told(&sheet, "code_id"), (None, Some("Energy")));
        assert_eq!(told(&sheet, "area_id"), (None, Some("Jalisco")));
        assert_eq!(told(&sheet, "locality"), (None, Some("Zapopan")));
        assert_eq!(seen(&base).await, before, "what is proposed is seen by nobody");
        let own = decide::decide(ctx, &coco, (made.id, 1), accept()).await;
        assert!(matches!(own, Err(Error::Forbidden)));
        let made = decide::decide(ctx, &cleo, (made.id, 1), accept()).await.unwrap();
        let id = made.case.organisation_id.unwrap();
        let db = base.raw().await;
        let dataset = entity::dataset::Entity::find().one(&db).await.unwrap().unwrap().entity_id;
        let used = NewUse {
            organisation: id,
            target: Target::Dataset(dataset),
            purpose: None,
            lang: "es".to_owned(),
            criticality: entity::vocabulary::Criticality::Unknown,
            access: entity::vocabulary::AccessMode::Unknown,
            since: None,
            cited: cited(),
        };
        let used = propose::propose(ctx, &coco, New::Use(used), None, None).await.unwrap();
        decide::decide(ctx, &cleo, (used.id, 1), accept()).await.unwrap();

        let after = seen(&base).await;
        let (count, point) = (after["energy"]["organisations"]["totalCount"].as_u64(), &after["mapPoints"]["points"]);
        assert_eq!(count, before["energy"]["organisations"]["totalCount"].as_u64().map(|count| count + 1), "{after}");
        let at = point["slug"].as_array().unwrap().iter().position(|slug| slug == "mapas-nuevos");
        let at = at.unwrap_or_else(|| panic!("it is on no map: {after}"));
        let (lon, lat) = (point["lon"][at].as_f64().unwrap(), point["lat"][at].as_f64().unwrap());
        assert!((lon + 103.39).abs() < 0.1 && (lat - 20.72).abs() < 0.1, "{lon} {lat}");
        assert_eq!(point["precision"][at], "locality");
        let code = entity::organisation_code::Entity::find().filter(entity::organisation_code::Column::OrganisationId.eq(id)).one(&db).await.unwrap().unwrap();
        assert_eq!((code.assigned_by, code.created_by), (AssertedBy::Contributor, cleo.id()));

        // Corrected: the former version stays, with the time when it was replaced.
        let subject = Subject::Organisation(id);
        for (field, value) in [(Field::Sector, "Education"), (Field::Area, "MX-NLE")] {
            let case = proposed(&base, &coco, correction(subject, field, value)).await;
            let sheet = case::sheet(ctx, &cleo, case.id, "en").await.unwrap();
            match field {
                Field::Sector => assert_eq!(told(&sheet, "code_id"), (Some("Energy"), Some("Education"))),
                // Nuevo León has no Zapopan: a city of the former state does not move with it.
                _ => assert_eq!(told(&sheet, "locality"), (Some("Zapopan"), None)),
            }
            assert!(!sheet.headline.contains("MX-NLE") && !sheet.headline.contains("education"), "{}", sheet.headline);
            decide::decide(ctx, &cleo, (case.id, 1), accept()).await.unwrap();
        }
        let stands = seat(&base, id).await;
        assert_eq!((stands.locality, stands.precision), (None, Some(Precision::State)));
        let case = proposed(&base, &coco, correction(subject, Field::Locality, "Monterrey")).await;
        let done = decide::decide(ctx, &cleo, (case.id, 1), accept()).await.unwrap();
        let stands = seat(&base, id).await;
        assert_eq!((stands.locality.as_deref(), stands.precision), (Some("Monterrey"), Some(Precision::Locality)));
        let now = seen(&base).await;
        assert_eq!(now["energy"], before["energy"]);
        assert_eq!(now["organisation"]["location"]["area"]["code"], "MX-NLE", "{now}");
        let all = entity::location::Entity::find().filter(entity::location::Column::OrganisationId.eq(id)).all(&db).await.unwrap();
        assert_eq!(all.iter().filter(|row| row.superseded_at.is_some()).count(), 2, "the former places are kept");
        decide::undo(ctx, &cleo, (case.id, done.case.version), "another firm").await.unwrap();
        assert_eq!(seat(&base, id).await.locality, None);
    }

    async fn what_is_in_no_list_is_refused_at_once(base) {
        base.take(harness::header(), harness::organisations(1)).await.unwrap();
        let (coco, _) = People::over(&base).with_role("coco", Role::Contributor, None).await;
        for (sector, area, locality, wrong) in [
            (Some("sorcery"), None, None, "sector"),
            (None, Some("Atlantis"), None, "area"),
            // Several countries have a state of this name.
            (None, Some("Córdoba"), None, "area"),
            (None, Some("MX-XXX"), None, "area"),
            (None, None, Some("Zapopan"), "area"),
        ] {
            let new = New::Content(organisation(sector, area, locality));
            match propose::propose(&base.ctx, &coco, new, None, None).await {
                Err(Error::Invalid(faults)) => assert_eq!(faults[0].field, wrong, "{faults:?}"),
                other => panic!("{sector:?} {area:?} {locality:?}: {other:?}"),
            }
        }
        // A city that no list has stays a word beside the state.
        let made = proposed(&base, &coco, organisation(None, Some("MX-JAL"), Some("Pueblo Sin Nombre"))).await;
        let (cleo, _) = People::over(&base).with_role("cleo", Role::Curator, None).await;
        let made = decide::decide(&base.ctx, &cleo, (made.id, 1), accept()).await.unwrap();
        let stands = seat(&base, made.case.organisation_id.unwrap()).await;
        assert_eq!((stands.locality.as_deref(), stands.precision), (Some("Pueblo Sin Nombre"), Some(Precision::State)));
        assert!(stands.latitude.is_some(), "it is shown at its state");
    }
}
