//! The letter that asks whoever speaks for a publisher, and its links: each answers one claim, once, for its owner.

use std::path::Path;

use chrono::TimeDelta;
use entity::vocabulary::{DigestEvery, PublisherAck, Role};
use od100::app::access::{account, grant};
use od100::app::outbox::{Post, deliver};
use od100::app::publisher::digest;
use od100::domain::access::Actor;
use od100::mail::Mailer;
use sea_orm::EntityTrait;

use crate::desk_harness::SITE;
use crate::harness::on_each_database;
use crate::publisher_harness::Ministry;

fn letters(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    files.map(|text| text.replace("=\r\n", "").replace("=3D", "=")).filter(|text| text.contains("/confirm/")).collect()
}

/// Sends what is due; the digests that arrived so far.
async fn send(ministry: &Ministry, folder: &Path) -> Vec<String> {
    digest::post(&ministry.base.ctx).await.unwrap();
    let mailer =
        Mailer::new(&format!("file://{}", folder.display()).parse().unwrap(), "OD <od@example.org>".parse().unwrap());
    deliver(&ministry.base.ctx, &Post { mailer, public_url: SITE.to_owned() }).await.unwrap();
    letters(folder)
}

/// The paths of the links of a letter that answer claims.
fn links(letter: &str) -> Vec<String> {
    let start = format!("{SITE}/confirm/");
    let paths =
        letter.split(&start).skip(1).map(|rest| format!("/confirm/{}", rest.split(['?', '\r', '\n']).next().unwrap()));
    paths.filter(|path| !path.ends_with("/stop")).collect()
}

on_each_database! {
    async fn a_letter_comes_once_a_week_while_something_waits(base) {
        let ministry = Ministry::over(base, 2).await;
        let lia = ministry.liaison("lia", "smn").await;
        ministry.town.people.account("nobody").await;
        let folder = tempfile::tempdir().unwrap();
        let first = send(&ministry, folder.path()).await;
        assert_eq!(first.len(), 1);
        assert!(first[0].contains("lia@example.org"));
        assert_eq!(links(&first[0]).len(), 2);
        assert_eq!(send(&ministry, folder.path()).await.len(), 1, "not again on the same day");
        ministry.base.clock.set(ministry.base.clock.now() + TimeDelta::days(7));
        assert_eq!(send(&ministry, folder.path()).await.len(), 2);
        digest::set(&ministry.base.ctx, &lia, DigestEvery::Never).await.unwrap();
        ministry.base.clock.set(ministry.base.clock.now() + TimeDelta::days(7));
        assert_eq!(send(&ministry, folder.path()).await.len(), 2, "not to who wants none");
        digest::set(&ministry.base.ctx, &lia, DigestEvery::Week).await.unwrap();
        ministry.run("update use_claim set publisher_ack = 'confirmed'").await;
        assert_eq!(send(&ministry, folder.path()).await.len(), 2, "not while nothing waits");
        // No secret is stored.
        let db = ministry.base.raw().await;
        let links = entity::verification_link::Entity::find().all(&db).await.unwrap();
        let posted = entity::outbox_message::Entity::find().all(&db).await.unwrap();
        assert!(!format!("{links:?}{posted:?}").contains("od5_"));
    }

    async fn a_link_shows_a_button_and_answers_once(base) {
        let ministry = Ministry::over(base, 2).await;
        ministry.liaison("lia", "smn").await;
        let folder = tempfile::tempdir().unwrap();
        let letter = send(&ministry, folder.path()).await.remove(0);
        let path = links(&letter).remove(0);
        let mut reader = ministry.town.browser();
        for _ in 0..3 {
            let page = reader.get(&format!("{path}?lang=en")).await;
            assert_eq!(page.status, 200);
            assert!(page.text().contains("Yes, I confirm it"));
            assert!(page.text().contains("href=\"/desk/publisher/claims/"), "what is to be corrected has its page: {}", page.text());
            assert!(page.text().contains(&format!("href=\"{path}?lang=es\"")), "it can be read in the other language");
            assert_eq!(page.headers["referrer-policy"], "no-referrer");
            assert_eq!(page.headers["cache-control"], "no-store");
        }
        let acks = async || {
            let mut acks = Vec::new();
            for claim in ministry.claims(true).await {
                acks.push(ministry.claim(claim).await.publisher_ack);
            }
            acks.sort();
            acks
        };
        assert_eq!(acks().await, [PublisherAck::None; 2], "looking answers nothing");
        assert_eq!(reader.form(&path, &[("decision", "corrected")]).await.status, 404);
        let done = reader.form(&format!("{path}?lang=en"), &[("decision", "confirmed")]).await;
        assert_eq!(done.status, 200);
        assert!(done.text().contains("Thank you"), "{}", done.text());
        assert_eq!(acks().await, [PublisherAck::None, PublisherAck::Confirmed]);
        assert_eq!(reader.form(&path, &[("decision", "not_recognised")]).await.status, 409, "once");
        assert_eq!(acks().await, [PublisherAck::None, PublisherAck::Confirmed]);
        let again = reader.get(&format!("{path}?lang=en")).await.text();
        assert!(again.contains("Confirmed by the body") && !again.contains("Yes, I confirm it"));
        // The link is a key to nothing else.
        assert_eq!(reader.get("/desk/publisher").await.status, 303);
        for wrong in ["/confirm/x", "/confirm/od5_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
            assert_eq!(reader.get(wrong).await.status, 404, "{wrong}");
        }
    }

    async fn a_link_dies_with_its_term_and_with_the_grant(base) {
        let ministry = Ministry::over(base, 2).await;
        let people = &ministry.town.people;
        let (lia, _) = people.with_role("lia", Role::AgencyLiaison, Some(ministry.body("smn").await.0)).await;
        let folder = tempfile::tempdir().unwrap();
        let letter = send(&ministry, folder.path()).await.remove(0);
        let [first, second] = [links(&letter).remove(0), links(&letter).remove(1)];
        let mut reader = ministry.town.browser();
        // The body leaves those that the grant covers, and comes back.
        ministry.run("update role_grant set scope_id = (select organisation_id from organisation_name where text = 'CONAGUA')").await;
        ministry.run("update relation set decision = 'proposed'").await;
        assert_eq!(reader.get(&first).await.status, 404);
        ministry.run("update relation set decision = 'accepted'").await;
        assert_eq!(reader.get(&first).await.status, 200);
        let id = lia.account().unwrap().id;
        account::set_disabled(&people.access, &Actor::Operator, id, true).await.unwrap();
        assert_eq!(reader.get(&first).await.status, 404, "of an account that may not sign in");
        account::set_disabled(&people.access, &Actor::Operator, id, false).await.unwrap();
        let grants = entity::role_grant::Entity::find().all(&ministry.base.raw().await).await.unwrap();
        grant::take(&people.access, &Actor::Operator, grants[0].id, None).await.unwrap();
        people.give(id, Role::AgencyLiaison, Some(ministry.body("smn").await.0)).await;
        assert_eq!(reader.get(&first).await.status, 404, "a new grant revives no old link");
        assert_eq!(reader.form(&second, &[("decision", "confirmed")]).await.status, 404);
        ministry.base.clock.set(ministry.base.clock.now() + TimeDelta::days(7));
        let newer = send(&ministry, folder.path()).await;
        let newer = newer.iter().flat_map(|letter| links(letter)).find(|path| *path != first && *path != second).unwrap();
        assert_eq!(reader.get(&newer).await.status, 200);
        ministry.base.clock.set(ministry.base.clock.now() + TimeDelta::days(30));
        assert_eq!(reader.get(&newer).await.status, 404, "after thirty days");
    }

    async fn a_link_ends_the_letters(base) {
        let ministry = Ministry::over(base, 1).await;
        let lia = ministry.liaison("lia", "smn").await;
        let folder = tempfile::tempdir().unwrap();
        let letter = send(&ministry, folder.path()).await.remove(0);
        let path = format!("{}/stop", links(&letter)[0]);
        let mut reader = ministry.town.browser();
        assert_eq!(reader.get(&path).await.status, 200);
        assert_eq!(digest::setting(&ministry.base.ctx, &lia).await.unwrap(), DigestEvery::Week);
        assert_eq!(reader.form(&path, &[]).await.status, 200);
        assert_eq!(digest::setting(&ministry.base.ctx, &lia).await.unwrap(), DigestEvery::Never);
    }
}
