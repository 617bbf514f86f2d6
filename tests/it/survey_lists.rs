//! Lists of invitations find whom they name: also by an old address, also who was merged away, also whose link is dead.

use chrono::TimeDelta;
use entity::id::OrganisationId;
use entity::vocabulary::{ResponseStatus, Role};
use od100::app::rearrange::{self, Plan};
use od100::app::survey::invite::{self, Fate, How};
use od100::app::survey::study::{self, Wave};
use od100::app::survey::{instrument, link, response};
use od100::domain::access::Actor;
use od100::domain::participation::Step;
use od100::domain::secret::Secret;
use od100::store;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::harness::{Base, on_each_database};
use crate::survey_harness::{Field, another_study, new_wave};

const TABLE: &str = "organisation,name,email,website\n";

/// Three firms of the register, by the names that they are given here.
async fn firms(base: &Base) -> [OrganisationId; 3] {
    use entity::organisation::{Column, Entity};
    let db = base.raw().await;
    let all = Entity::find().filter(Column::Slug.starts_with("compania")).all(&db).await.unwrap();
    let names = ["uno", "dos", "tres"];
    for (row, name) in all.iter().zip(names) {
        Entity::update_many()
            .col_expr(Column::Slug, Expr::val(format!("par-{name}")))
            .col_expr(Column::Name, Expr::val(format!("{{\"es\":\"Par {name}\"}}")))
            .col_expr(Column::Folded, Expr::val(format!("par {name}")))
            .col_expr(Column::Website, Expr::val(format!("https://par-{name}.example")))
            .filter(Column::Id.eq(row.id))
            .exec(&db)
            .await
            .unwrap();
    }
    [all[0].entity_id, all[1].entity_id, all[2].entity_id]
}

async fn fates(field: &Field, (actor, wave): (&Actor, &Wave), rows: &str) -> Vec<String> {
    let rows = invite::preview(&field.base.ctx, actor, wave, &format!("{TABLE}{rows}")).await.unwrap();
    let told = rows.iter().map(|row| match &row.fate {
        Fate::Known { slug, before, has_link, .. } => {
            let before = before.map(|status| format!(" {status:?}")).unwrap_or_default();
            format!("{slug}{before}{}", if *has_link { ", linked" } else { "" })
        }
        Fate::New => "new".to_owned(),
        Fate::Problem(faults) => faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>().join(" "),
    });
    told.collect()
}

async fn slugs(base: &Base) -> Vec<String> {
    let all = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
    let mut slugs: Vec<_> = all.into_iter().map(|row| row.slug).filter(|slug| slug.starts_with("par-")).collect();
    slugs.sort();
    slugs.dedup();
    slugs
}

/// Invites by a list; the lines that have a new link.
async fn invited(field: &Field, list: &str, leaves_invited: bool) -> Vec<(u64, Secret)> {
    let how = How { leaves_invited, ..How::default() };
    let done = invite::invite(&field.base.ctx, &field.researcher, &field.wave, &format!("{TABLE}{list}"), how).await;
    done.unwrap().into_iter().map(|one| (one.line, one.secret.unwrap())).collect()
}

on_each_database! {
    async fn who_was_merged_away_is_found_as_the_one_that_stands(base) {
        let field = Field::over(base).await;
        let (ctx, us) = (&field.base.ctx, (&field.researcher, &field.wave));
        let [uno, dos, tres] = firms(&field.base).await;
        let (cleo, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let rows = "par-dos,,,\n,Par Dos,,https://www.par-dos.example/x\n,Par Dos,,https://par-uno.example\n,Par Dos,,\n";
        // Each row by itself: of two that name one organisation the second has a problem.
        let each = async || {
            let mut told = Vec::new();
            for row in rows.lines() {
                told.append(&mut fates(&field, us, row).await);
            }
            told
        };
        assert_eq!(each().await, ["par-dos", "par-dos", "name", "name"]);
        field.base.tick();
        let merge = Plan::OrganisationMerge { kept: uno, gone: dos };
        let done = rearrange::perform(ctx, &cleo, &merge, "one firm", None).await.unwrap();
        assert_eq!(each().await, ["par-uno", "par-uno", "par-uno", "name"]);
        assert_eq!(fates(&field, us, "par-uno,,,\npar-dos,,,\n").await, ["par-uno", "name"], "they are one");
        let shown = invite::preview(ctx, us.0, us.1, "organisation\npar-dos\n").await.unwrap();
        assert_eq!(shown[0].name, "Par uno");
        field.base.tick();
        rearrange::undo(ctx, &cleo, done.id, "two after all").await.unwrap();
        assert_eq!(each().await, ["par-dos", "par-dos", "name", "name"]);
        for plan in [merge, Plan::OrganisationMerge { kept: tres, gone: uno }] {
            field.base.tick();
            rearrange::perform(ctx, &cleo, &plan, "one firm", None).await.unwrap();
        }
        assert_eq!(each().await, ["par-tres", "par-tres", "name", "name"], "one after another");
        assert_eq!(slugs(&field.base).await, ["par-dos", "par-tres", "par-uno"]);
    }

    async fn who_was_merged_away_within_a_wave_is_found_by_its_person(base) {
        let field = Field::over(base).await;
        let (ctx, us) = (&field.base.ctx, (&field.researcher, &field.wave));
        let [uno, dos, _] = firms(&field.base).await;
        let (cleo, _) = field.people.with_role("cleo", Role::Curator, None).await;
        invited(&field, "par-uno,,par1@par.example,\npar-dos,,par2@par.example,\n", true).await;
        field.base.tick();
        let merge = Plan::OrganisationMerge { kept: uno, gone: dos };
        let done = rearrange::perform(ctx, &cleo, &merge, "one firm", None).await.unwrap();
        let known = "par-uno Invited, linked";
        for row in [",Par Dos,par2@par.example,", ",Par Dos,par2@par.example,https://par2.example", ",Par Dos,par1@par.example,"] {
            assert_eq!(fates(&field, us, row).await, [known], "{row}");
        }
        assert_eq!(fates(&field, us, ",Par Dos,par3@par.example,").await, ["name"], "somebody else");
        assert!(invited(&field, ",Par Dos,par2@par.example,https://par2.example", true).await.is_empty());
        assert_eq!(slugs(&field.base).await, ["par-dos", "par-tres", "par-uno"], "nothing was made anew");
        field.base.tick();
        rearrange::undo(ctx, &cleo, done.id, "two after all").await.unwrap();
        assert_eq!(fates(&field, us, ",Par Dos,par2@par.example,").await, ["par-dos Invited, linked"]);
    }

    async fn a_part_that_is_whole_again_is_not_found(base) {
        let field = Field::over(base).await;
        let (ctx, us) = (&field.base.ctx, (&field.researcher, &field.wave));
        let [uno, ..] = firms(&field.base).await;
        let (cleo, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let claims = entity::use_claim::Entity::find().filter(entity::use_claim::Column::OrganisationId.eq(uno));
        let claims = claims.all(&field.base.raw().await).await.unwrap();
        let split = Plan::OrganisationSplit {
            from: uno,
            name: "Par Cuatro".to_owned(),
            use_claims: vec![claims[0].id],
            impact_claims: Vec::new(),
            datasets: Vec::new(),
        };
        let each = async || [fates(&field, us, "par-cuatro,,,").await, fates(&field, us, ",Par Cuatro,,").await].concat();
        assert_eq!(each().await, ["organisation", "new"]);
        field.base.tick();
        let done = rearrange::perform(ctx, &cleo, &split, "two firms", None).await.unwrap();
        assert_eq!(each().await, ["par-cuatro", "name"]);
        field.base.tick();
        rearrange::undo(ctx, &cleo, done.id, "one after all").await.unwrap();
        assert_eq!(each().await, ["organisation", "new"]);
    }

    async fn what_another_study_found_is_not_told_by_a_merge(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let [uno, ..] = firms(&field.base).await;
        let (cleo, _) = field.people.with_role("cleo", Role::Curator, None).await;
        let other = study::create(ctx, &cleo, another_study(), None).await.unwrap();
        let (sara, _) = field.people.with_role("sara", Role::Researcher, Some(other.entity_id.0)).await;
        let asked = instrument::fork(ctx, &sara, (other.entity_id, None), None).await.unwrap();
        let asked = instrument::publish(ctx, &sara, asked.id).await.unwrap();
        let wave = study::wave_create(ctx, &sara, new_wave(&other, asked.id), None).await.unwrap();
        let wave = study::wave_open(ctx, &sara, wave.entity_id).await.unwrap();
        let (id, _) = field.invite_at("Secreta", "ana@example.org").await;
        let gone = store::survey::response::by_id(&ctx.db, id).await.unwrap().unwrap().organisation_id;
        field.base.tick();
        rearrange::perform(ctx, &cleo, &Plan::OrganisationMerge { kept: uno, gone }, "one firm", None).await.unwrap();
        let row = ",Secreta,,https://par-uno.example";
        assert_eq!(fates(&field, (&field.researcher, &field.wave), row).await, ["par-uno Invited, linked"]);
        assert_eq!(fates(&field, (&sara, &wave), row).await, ["new"]);
    }

    async fn who_is_in_the_wave_without_a_link_gets_one_where_those_of_others_stay(base) {
        let field = Field::over(base).await;
        let (ctx, us) = (&field.base.ctx, (&field.researcher, &field.wave));
        let list = ",Uno,uno@example.org,\n,Dos,dos@example.org,\n,Tres,tres@example.org,\n";
        let first = invited(&field, list, true).await;
        let linked = async || {
            let told = fates(&field, us, list).await;
            told.into_iter().map(|one| one.ends_with("Invited, linked")).collect::<Vec<_>>()
        };
        assert_eq!(linked().await, [true; 3]);
        for (n, step) in [(0, Step::RuleOut), (1, Step::MarkDuplicate)] {
            let id = link::follow(ctx, first[n].1.expose()).await.unwrap().response.entity_id;
            for (step, why) in [(step, "not of the population"), (Step::Restore, "it is after all")] {
                field.base.tick();
                response::decide(ctx, us.0, id, step, why).await.unwrap();
            }
            let now = store::survey::response::by_id(&ctx.db, id).await.unwrap().unwrap();
            assert_eq!(now.status, ResponseStatus::Invited);
            assert!(link::follow(ctx, first[n].1.expose()).await.is_err(), "the link has ended");
        }
        assert_eq!(linked().await, [false, false, true]);
        let anew = invited(&field, list, true).await;
        assert_eq!(anew.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
        for secret in [&anew[0].1, &anew[1].1, &first[2].1] {
            assert!(link::follow(ctx, secret.expose()).await.is_ok());
        }
        assert!(invited(&field, list, true).await.is_empty());

        // A link that nobody has ended ends by itself.
        field.base.clock.set(ctx.now() + link::TERM + TimeDelta::days(2));
        assert_eq!(linked().await, [false; 3]);
        assert_eq!(invited(&field, list, true).await.len(), 3);
        assert_eq!(linked().await, [true; 3]);
    }
}
