//! Letters that were not written because a merge had made their response double are written once the merge is taken back.

use entity::id::ResponseId;
use entity::vocabulary::{LetterKind, LetterStatus, Role};
use od100::app::outbox::{Post, deliver};
use od100::app::rearrange::{self, Plan};
use od100::app::survey::{invite, link};
use od100::mail::Mailer;
use od100::store;
use sea_orm::EntityTrait;
use tempfile::TempDir;

use crate::harness::on_each_database;
use crate::survey_harness::Field;

/// A mailer that lays its letters into a folder of its own, which is there as long as it is held.
fn post() -> (Post, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", folder.path().display()).parse().unwrap();
    let mailer = Mailer::new(&url, "Open Data 100 <od100@example.org>".parse().unwrap());
    (Post { mailer, public_url: "https://od100.example".into() }, folder)
}

/// How many invitations stand as sent, waiting and not written.
async fn invitations(field: &Field) -> [usize; 3] {
    let all = entity::outbox_message::Entity::find().all(&field.base.raw().await).await.unwrap();
    let count = |status| all.iter().filter(|one| one.kind == LetterKind::Invitation && one.status == status).count();
    [count(LetterStatus::Sent), count(LetterStatus::Waiting), count(LetterStatus::Void)]
}

on_each_database! {
    async fn who_was_not_written_to_for_a_merge_is_written_to_once_when_it_is_taken_back(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let how = || invite::How { by_letter: true, ..invite::How::default() };
        let list = "name,contact,email\nDatos del Sur,Ana,ana@example.org\nMapas del Norte,Eva,eva@example.org\n";
        let invited = invite::invite(ctx, &field.researcher, &field.wave, list, how()).await.unwrap();
        let of = async |id: ResponseId| {
            store::survey::response::by_id(&ctx.db, id).await.unwrap().unwrap().organisation_id
        };
        let (kept, gone) = (of(invited[0].response).await, of(invited[1].response).await);
        let (post, folder) = post();
        let (cleo, _) = field.people.with_role("cleo", Role::Curator, None).await;

        field.base.tick();
        let done = rearrange::perform(ctx, &cleo, &Plan::OrganisationMerge { kept, gone }, "one firm", None).await.unwrap();
        field.base.tick();
        deliver(ctx, &post).await.unwrap();
        assert_eq!(invitations(&field).await, [1, 0, 1], "of one firm that was asked twice one is written to");
        field.base.tick();
        rearrange::undo(ctx, &cleo, done.id, "two firms after all").await.unwrap();
        assert_eq!(invitations(&field).await, [1, 1, 0]);
        field.base.tick();
        deliver(ctx, &post).await.unwrap();
        deliver(ctx, &post).await.unwrap();
        assert_eq!(invitations(&field).await, [2, 0, 0]);

        // What has gone, or was not written for something else before the merge, stays as it is.
        field.base.tick();
        let done = rearrange::perform(ctx, &cleo, &Plan::OrganisationMerge { kept, gone }, "one firm", None).await.unwrap();
        field.base.tick();
        rearrange::undo(ctx, &cleo, done.id, "two firms after all").await.unwrap();
        deliver(ctx, &post).await.unwrap();
        let letters = std::fs::read_dir(folder.path()).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        let to_eva = letters.filter(|text| text.contains("eva@example.org")).count();
        assert_eq!((invitations(&field).await, to_eva), ([2, 0, 0], 1));
    }

    async fn what_was_called_off_for_something_else_stays_called_off_when_a_merge_is_taken_back(base) {
        let field = Field::over(base).await;
        let ctx = &field.base.ctx;
        let known = entity::organisation::Entity::find().all(&field.base.raw().await).await.unwrap();
        let kept = known.iter().find(|row| row.slug.starts_with("compania")).unwrap().entity_id;
        let how = || invite::How { by_letter: true, ..invite::How::default() };
        let list = "name,contact,email\nMapas del Norte,Eva,eva@example.org\n";
        let moved = invite::invite(ctx, &field.researcher, &field.wave, list, how()).await.unwrap()[0].response;
        let gone = store::survey::response::by_id(&ctx.db, moved).await.unwrap().unwrap().organisation_id;
        let (post, _folder) = post();
        let (cleo, _) = field.people.with_role("cleo", Role::Curator, None).await;

        field.base.tick();
        let done = rearrange::perform(ctx, &cleo, &Plan::OrganisationMerge { kept, gone }, "one firm", None).await.unwrap();
        field.base.tick();
        link::rotate(ctx, &field.researcher, moved, None).await.unwrap();
        link::revoke_all(ctx, &field.researcher, moved).await.unwrap();
        deliver(ctx, &post).await.unwrap();
        assert_eq!(invitations(&field).await, [0, 0, 1], "whose links were revoked is not written to");
        field.base.tick();
        rearrange::undo(ctx, &cleo, done.id, "two firms after all").await.unwrap();
        assert_eq!(invitations(&field).await, [0, 0, 1]);
    }
}
