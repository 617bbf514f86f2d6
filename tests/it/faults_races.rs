//! Many who change the same thing at once: of those who have read the same version one wins, the others are told,
//! and the versions have no gap.

use entity::organisation;
use od100::app::write::Write;
use od100::app::{Context, Error};
use od100::domain::access::Actor;
use sea_orm::EntityTrait;

use crate::chance::setting;
use crate::harness::{self, Base, on_each_database};

const WRITERS: usize = 50;

async fn versions(base: &Base) -> Vec<organisation::Model> {
    let db = base.raw().await;
    let rows = organisation::Entity::find().all(&db).await.unwrap();
    db.close().await.unwrap();
    rows
}

async fn edit(ctx: Context, before: organisation::Model, website: String) -> Result<(), Error> {
    let actor = Actor::Service("tests");
    let subject = before.entity_id.0;
    let mut write = Write::begin(&ctx, &actor).await?;
    let after = organisation::Model { website: Some(website), ..before.clone() };
    write.replace(before, after, subject).await?;
    write.commit("a race", &()).await.map(|_| ())
}

on_each_database! {
    async fn of_those_who_change_one_version_one_wins(base) {
        base.take(harness::header(), vec![harness::organisation(1)]).await.unwrap();
        let rounds = setting("OD100_TEST_ROUNDS", 4);
        let reuser = versions(&base).await.into_iter().find(|row| row.website.is_some()).unwrap().entity_id;
        for round in 0..rounds {
            base.tick();
            let rows = versions(&base).await;
            let current: Vec<_> = rows.iter().filter(|row| row.entity_id == reuser && row.superseded_at.is_none()).collect();
            assert_eq!(current.len(), 1, "there is one version that holds");
            let mut races = tokio::task::JoinSet::new();
            for writer in 0..WRITERS {
                races.spawn(edit(base.ctx.clone(), current[0].clone(), format!("https://example.org/{round}/{writer}")));
            }
            let mut won = 0;
            for outcome in races.join_all().await {
                match outcome {
                    Ok(()) => won += 1,
                    Err(Error::Conflict(_)) => {}
                    Err(error) => panic!("neither won nor told: {error:?}"),
                }
            }
            assert_eq!(won, 1, "round {round}");
        }
        let rows: Vec<_> = versions(&base).await.into_iter().filter(|row| row.entity_id == reuser).collect();
        assert_eq!(rows.len() as u64, rounds + 1, "each round has left one version");
        assert_eq!(od100::app::history::broken_at(&base.ctx, reuser.0).await.unwrap(), None);
        let changes = od100::store::history::of(&base.ctx.db, reuser.0, 0, 10_000).await.unwrap();
        assert_eq!(changes.len() as u64, rounds, "and one change");
    }
}
