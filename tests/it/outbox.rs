//! Letters: each arrives once or is marked, and none holds a secret before it goes.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::TimeDelta;
use entity::vocabulary::LetterStatus;
use od100::app::access::sign_in;
use od100::app::outbox::{Post, deliver};
use od100::app::privacy;
use od100::domain::access::Actor;
use od100::mail::Mailer;
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::harness::{Base, on_each_database};
use crate::people::{People, from};

fn post(url: &str) -> Post {
    let mailer = Mailer::new(&url.parse().unwrap(), "Open Data 100 <od100@example.org>".parse().unwrap());
    Post { mailer, public_url: "https://od100.example".into() }
}

fn letters(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    // Long lines are folded and marked by `=`, which is itself written `=3D`.
    files.map(|text| text.replace("=\r\n", "").replace("=3D", "=")).collect()
}

async fn ask(people: &People, email: &str) {
    sign_in::request_link(&people.access, &Actor::Anonymous, from(1), email, "es").await.unwrap();
}

async fn statuses(base: &Base) -> Vec<LetterStatus> {
    let all = entity::outbox_message::Entity::find().all(&base.raw().await).await.unwrap();
    all.into_iter().map(|message| message.status).collect()
}

on_each_database! {
    async fn a_link_that_was_asked_for_arrives_once_and_signs_in(base) {
        let people = People::over(&base);
        let id = people.account("ana").await;
        ask(&people, "ana@example.org").await;
        ask(&people, "nobody@example.org").await;
        let folder = tempfile::tempdir().unwrap();
        let post = post(&format!("file://{}", folder.path().display()));
        assert_eq!(deliver(&base.ctx, &post).await.unwrap(), 2, "the welcome and the link");
        assert_eq!(deliver(&base.ctx, &post).await.unwrap(), 0);
        let all = letters(folder.path());
        assert_eq!(all.len(), 2);
        assert!(all.iter().all(|letter| letter.contains("ana@example.org")));
        let link = all.iter().find_map(|letter| letter.split("https://od100.example/sign-in/link/").nth(1)).unwrap();
        let secret = link.split('?').next().unwrap();
        let done = sign_in::redeem(&people.access, &Actor::Anonymous, from(2), secret).await.unwrap();
        let done = done.signed_in().unwrap();
        assert_eq!(done.session.account_id, id);
        let dump = format!("{:?}", entity::outbox_message::Entity::find().all(&base.raw().await).await.unwrap());
        assert!(!dump.contains("od5_"));
        assert_eq!(statuses(&base).await.iter().filter(|status| **status == LetterStatus::Void).count(), 1);
    }

    async fn of_many_senders_one_sends_a_letter(base) {
        let people = People::over(&base);
        for number in 0..10 {
            people.account(&format!("person{number}")).await;
        }
        let folder = tempfile::tempdir().unwrap();
        let senders = (0..6).map(|_| {
            let (ctx, post) = (base.ctx.clone(), post(&format!("file://{}", folder.path().display())));
            tokio::spawn(async move { deliver(&ctx, &post).await.unwrap() })
        });
        let mut sent = 0;
        for one in senders.collect::<Vec<_>>() {
            sent += one.await.unwrap();
        }
        assert_eq!((sent, letters(folder.path()).len()), (10, 10));
    }

    async fn a_letter_is_tried_again_later_and_given_up_at_last(base) {
        let people = People::over(&base);
        people.account("ana").await;
        let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let post = post(&format!("smtp://127.0.0.1:{closed}?tls=none"));
        assert_eq!(deliver(&base.ctx, &post).await.unwrap(), 0);
        assert_eq!(statuses(&base).await, [LetterStatus::Waiting]);
        deliver(&base.ctx, &post).await.unwrap();
        let message = entity::outbox_message::Entity::find().one(&base.raw().await).await.unwrap().unwrap();
        assert_eq!(message.attempts, 1, "its time has not come");
        assert!(message.last_error.unwrap().starts_with("not now"));
        for _ in 0..7 {
            base.clock.set(base.clock.now() + TimeDelta::hours(2));
            deliver(&base.ctx, &post).await.unwrap();
        }
        assert_eq!(statuses(&base).await, [LetterStatus::Failed]);
    }

    async fn what_a_sender_left_behind_is_not_sent_twice(base) {
        let people = People::over(&base);
        people.account("ana").await;
        let stuck = "update outbox_message set status = 'sending', claimed_at = created_at";
        base.raw().await.execute_unprepared(stuck).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let post = post(&format!("file://{}", folder.path().display()));
        deliver(&base.ctx, &post).await.unwrap();
        assert_eq!(statuses(&base).await, [LetterStatus::Sending], "its sender may be slow");
        base.clock.set(base.clock.now() + TimeDelta::minutes(11));
        deliver(&base.ctx, &post).await.unwrap();
        assert_eq!(statuses(&base).await, [LetterStatus::Unknown]);
        assert_eq!(letters(folder.path()).len(), 0);
    }

    async fn a_link_that_comes_too_late_is_not_sent(base) {
        let people = People::over(&base);
        people.account("ana").await;
        ask(&people, "ana@example.org").await;
        base.clock.set(base.clock.now() + TimeDelta::hours(1));
        let folder = tempfile::tempdir().unwrap();
        let post = post(&format!("file://{}", folder.path().display()));
        assert_eq!(deliver(&base.ctx, &post).await.unwrap(), 1, "the welcome");
    }

    async fn what_has_had_its_time_is_forgotten(base) {
        let people = People::over(&base);
        people.account("ana").await;
        people.sign_in("ana").await;
        ask(&people, "ana@example.org").await;
        let folder = tempfile::tempdir().unwrap();
        deliver(&base.ctx, &post(&format!("file://{}", folder.path().display()))).await.unwrap();
        let mut left = BTreeSet::new();
        for _ in 0..1_096 {
            base.clock.set(base.clock.now() + TimeDelta::days(1));
            privacy::tidy(&base.ctx).await.unwrap();
            let db = base.raw().await;
            left.insert((
                entity::session::Entity::find().all(&db).await.unwrap().len(),
                entity::sign_in_token::Entity::find().all(&db).await.unwrap().len(),
                entity::outbox_message::Entity::find().all(&db).await.unwrap().len(),
                entity::access_event::Entity::find().all(&db).await.unwrap().len(),
            ));
            db.close().await.unwrap();
            if left.contains(&(0, 0, 0, 0)) {
                break;
            }
        }
        // Links go first, then sessions, letters and at last what was decided.
        assert_eq!(left.into_iter().rev().collect::<Vec<_>>(), [(1, 1, 2, 3), (1, 0, 2, 3), (0, 0, 2, 3), (0, 0, 0, 3), (0, 0, 0, 0)]);
        assert_eq!(entity::account::Entity::find().all(&base.raw().await).await.unwrap().len(), 1);
    }
}
