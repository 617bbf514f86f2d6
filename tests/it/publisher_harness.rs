//! Three bodies, one below the other, organisations that use their data, and those who speak for the bodies.

use entity::id::{OrganisationId, RelationId, UseClaimId};
use entity::vocabulary::{Decision, RelationKind, Role};
use od100::domain::access::Actor;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};

use crate::desk_harness::Town;
use crate::harness::{self, Base};

/// All that the tests of the publisher's desk begin with.
pub(crate) struct Ministry {
    pub(crate) base: Base,
    pub(crate) town: Town,
}

impl Ministry {
    /// `count` organisations, each with a claim on the weather service's edition and one on the water commission.
    pub(crate) async fn over(base: Base, count: usize) -> Self {
        base.take(harness::header(), harness::organisations(count)).await.unwrap();
        let town = Town::over(&base).await;
        Self { base, town }
    }

    /// A body by its acronym: `semarnat`, `conagua` or `smn`.
    pub(crate) async fn body(&self, acronym: &str) -> OrganisationId {
        use entity::organisation_name::{Column, Entity};
        let text = Column::Text.eq(acronym.to_uppercase());
        Entity::find().filter(text).one(&self.base.raw().await).await.unwrap().unwrap().organisation_id
    }

    /// Somebody who speaks for a body.
    pub(crate) async fn liaison(&self, name: &str, acronym: &str) -> Actor {
        let body = self.body(acronym).await;
        self.town.people.with_role(name, Role::AgencyLiaison, Some(body.0)).await.0
    }

    /// The claims on a dataset, or those on a body, in the order of their ids.
    pub(crate) async fn claims(&self, on_dataset: bool) -> Vec<UseClaimId> {
        use entity::use_claim::{Column, Entity};
        let all = Entity::find().filter(Column::SupersededAt.is_null()).all(&self.base.raw().await).await.unwrap();
        let mut ids: Vec<_> =
            all.iter().filter(|row| row.dataset_id.is_some() == on_dataset).map(|row| row.entity_id).collect();
        ids.sort();
        ids
    }

    pub(crate) async fn claim(&self, id: UseClaimId) -> entity::use_claim::Model {
        entity::use_claim::Entity::find_by_id(id).one(&self.base.raw().await).await.unwrap().unwrap()
    }

    /// Runs a statement past the store.
    pub(crate) async fn run(&self, statement: &str) {
        self.base.raw().await.execute_unprepared(statement).await.unwrap();
    }

    /// Says that a body became another on a day, or that this one only took functions over; accepted or not.
    pub(crate) async fn succeed(&self, (from, to): (&str, &str), kind: RelationKind, decision: Decision, since: &str) {
        use entity::relation::Entity;
        let db = self.base.raw().await;
        let like = Entity::find().one(&db).await.unwrap().unwrap();
        let id = RelationId(self.base.ctx.id());
        let row = entity::relation::Model {
            id,
            entity_id: id,
            from_id: self.body(from).await,
            to_id: self.body(to).await,
            kind,
            decision,
            valid_from: Some(harness::day(since)),
            valid_to: None,
            import_batch_id: None,
            ..like
        };
        Entity::insert(row.into_active_model()).exec_without_returning(&db).await.unwrap();
    }

    /// Ends the relation that puts a body under its parent, and puts it under another from the next day on.
    pub(crate) async fn move_body(&self, acronym: &str, last: &str, to: OrganisationId) {
        use entity::relation::{Column, Entity};
        let (db, body) = (self.base.raw().await, self.body(acronym).await);
        let old = Entity::find().filter(Column::FromId.eq(body)).one(&db).await.unwrap().unwrap();
        let last = harness::day(last);
        let id = RelationId(self.base.ctx.id());
        let new = entity::relation::Model {
            id,
            entity_id: id,
            to_id: to,
            valid_from: last.succ_opt(),
            valid_to: None,
            import_batch_id: None,
            ..old.clone()
        };
        let mut ended = old.into_active_model();
        ended.valid_to = Set(Some(last));
        ended.update(&db).await.unwrap();
        Entity::insert(new.into_active_model()).exec_without_returning(&db).await.unwrap();
    }
}
