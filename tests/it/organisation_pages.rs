//! The room of those who speak for an organisation, through the real router.

use entity::vocabulary::Role;
use od100::sample::sample;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::desk_harness::Town;
use crate::harness::on_each_database;

on_each_database! {
    async fn own_answers_are_shown_in_words(base) {
        let (header, organisations) = sample(30, 7, 1);
        base.take(header, organisations.collect()).await.unwrap();
        let town = Town::over(&base).await;
        let db = base.raw().await;
        let costly = entity::answer::Column::Value.eq("substitute_costly");
        let answer = entity::answer::Entity::find().filter(costly).one(&db).await.unwrap().expect("one says so");
        let theirs = entity::response::Column::EntityId.eq(answer.response_id);
        let current = entity::response::Column::SupersededAt.is_null();
        let response = entity::response::Entity::find().filter(theirs).filter(current).one(&db).await.unwrap().unwrap();
        town.people.with_role("rita", Role::OrganisationRepresentative, Some(response.organisation_id.0)).await;
        let mut rita = town.signed_in("rita").await;
        for (lang, asked, said) in [
            ("en", "What happens without the data", "a costly substitute"),
            ("es", "Qué pasa sin los datos", "un sustituto caro"),
        ] {
            let page = rita.get(&format!("/desk/organisation?lang={lang}")).await.text();
            assert!(page.contains(asked) && page.contains(said), "{page}");
            assert!(!page.contains("if_stopped") && !page.contains("substitute_costly"), "{page}");
        }
    }

    async fn what_waits_has_no_grade_yet(base) {
        let (header, organisations) = sample(8, 7, 1);
        base.take(header, organisations.collect()).await.unwrap();
        let town = Town::over(&base).await;
        let db = base.raw().await;
        let claim = entity::use_claim::Entity::find().one(&db).await.unwrap().unwrap();
        town.people.with_role("rita", Role::OrganisationRepresentative, Some(claim.organisation_id.0)).await;
        let mut rita = town.signed_in("rita").await;
        for (status, is_graded) in [("accepted", true), ("proposed", false)] {
            db.execute_unprepared(&format!("update use_claim set status = '{status}'")).await.unwrap();
            for path in ["/desk/organisation?lang=en".to_owned(), format!("/desk/claims/use/{}?lang=en", claim.entity_id)] {
                let page = rita.get(&path).await.text();
                assert_eq!(page.contains("<span class=\"chip\">grade "), is_graded, "{status} {path}: {page}");
            }
        }
    }
}
