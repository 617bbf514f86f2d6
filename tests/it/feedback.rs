//! What users say about datasets: unseen before somebody has looked at it, answered by its publisher alone, and a mean
//! only of three.

use entity::id::DatasetFeedbackId;
use entity::vocabulary::{FeedbackState, Moderation, Role};
use od100::app::Error;
use od100::app::door::Door;
use od100::app::feedback::{Look, New, Reply, moderate, of_mine, pending, reply, stands, submit};
use od100::domain::access::Actor;
use od100::domain::feedback::Words;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::desk_harness::{Browser, Town};
use crate::harness::on_each_database;
use crate::people::from;
use crate::publisher_harness::Ministry;

const SECRET: &str = "canary-feedback-41";

async fn slug(ministry: &Ministry) -> String {
    let all = entity::dataset::Entity::find().all(&ministry.base.raw().await).await.unwrap();
    all.into_iter().find(|row| !row.is_series).unwrap().slug
}

async fn say(ministry: &Ministry, rating: i16, comment: Option<&str>) -> DatasetFeedbackId {
    say_as(ministry, &Actor::Anonymous, rating, comment).await
}

async fn say_as(ministry: &Ministry, who: &Actor, rating: i16, comment: Option<&str>) -> DatasetFeedbackId {
    let words = Words { rating: Some(rating), comment: comment.map(str::to_owned), ..Words::default() };
    let new = New { dataset: slug(ministry).await, words, lang: "en".into() };
    submit(&ministry.base.ctx, who, (&Door::new(5, 60), from(1)), new, None).await.unwrap();
    let mut all = entity::dataset_feedback::Entity::find().all(&ministry.base.raw().await).await.unwrap();
    all.sort_by_key(|row| row.id);
    all.pop().unwrap().entity_id
}

async fn row(ministry: &Ministry, id: DatasetFeedbackId) -> entity::dataset_feedback::Model {
    entity::dataset_feedback::Entity::find_by_id(id).one(&ministry.base.raw().await).await.unwrap().unwrap()
}

async fn look(ministry: &Ministry, who: &Actor, feedback: DatasetFeedbackId, is_shown: bool) {
    ministry.base.tick();
    let seen = row(ministry, feedback).await.moderated_at;
    let look = Look { feedback, seen, is_shown, reason: (!is_shown).then(|| "names a person".to_owned()) };
    moderate(&ministry.base.ctx, who, &look).await.unwrap();
}

/// What the public schema says of the dataset, by a fresh server.
async fn public(ministry: &Ministry) -> Value {
    let town = Town::over(&ministry.base).await;
    let query =
        "query($slug: String!) { dataset(slug: $slug) { rating { n mean } feedback { comment rating state reply } } }";
    let answer = town.browser().public(query, json!({ "slug": slug(ministry).await })).await.json();
    answer["data"]["dataset"].clone()
}

on_each_database! {
    async fn words_are_read_once_somebody_has_looked_at_them(base) {
        let ministry = Ministry::over(base, 1).await;
        let curator = ministry.town.people.with_role("carla", Role::Curator, None).await.0;
        let lia = ministry.liaison("lia", "smn").await;
        let one = say(&ministry, 2, Some(SECRET)).await;
        assert_eq!(public(&ministry).await, json!({ "rating": { "n": 0, "mean": null }, "feedback": [] }));
        assert!(of_mine(&ministry.base.ctx, &lia).await.unwrap().is_empty());
        assert!(matches!(pending(&ministry.base.ctx, &lia).await, Err(Error::NotFound | Error::Forbidden)));
        let page = ministry.town.browser().get(&format!("/datasets/{}", slug(&ministry).await)).await;
        assert!(!page.text().contains(SECRET));
        assert_eq!(pending(&ministry.base.ctx, &curator).await.unwrap().len(), 1);
        let wordless = Look { feedback: one, seen: None, is_shown: false, reason: None };
        assert!(matches!(moderate(&ministry.base.ctx, &curator, &wordless).await, Err(Error::Invalid(_))));
        look(&ministry, &curator, one, true).await;
        assert!(pending(&ministry.base.ctx, &curator).await.unwrap().is_empty());
        let seen = public(&ministry).await;
        assert_eq!(seen["feedback"][0]["comment"], SECRET);
        assert_eq!(seen["rating"], json!({ "n": 1, "mean": null }), "one rating is no mean");
        let town = Town::over(&ministry.base).await;
        let page = town.browser().get(&format!("/datasets/{}?lang=en", slug(&ministry).await)).await.text();
        assert!(page.contains(SECRET) && page.contains("Too few ratings"), "{page}");
        look(&ministry, &curator, one, false).await;
        assert_eq!(public(&ministry).await, json!({ "rating": { "n": 0, "mean": null }, "feedback": [] }));
    }

    async fn a_decision_is_changed_by_whoever_has_seen_it(base) {
        let ministry = Ministry::over(base, 1).await;
        for name in ["carla", "clara"] {
            ministry.town.people.with_role(name, Role::Curator, None).await;
        }
        let (mut carla, mut clara) = (ministry.town.signed_in("carla").await, ministry.town.signed_in("clara").await);
        let id = say(&ministry, 2, Some("Columns move.")).await;
        let (path, decided) = (format!("/desk/feedback/{id}?lang=en"), "/desk/feedback?state=decided&lang=en");
        let seen = |page: String| page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let hide = async |who: &mut Browser, seen: &str| {
            who.form(&path, &[("look", "hide"), ("reason", "names a person"), ("seen", seen)]).await
        };
        carla.get("/desk/feedback?lang=en").await;
        let made = seen(clara.get("/desk/feedback?lang=en").await.text());
        assert_eq!(made, "");
        ministry.base.tick();
        for _ in 0..2 {
            assert_eq!(carla.form(&path, &[("look", "show"), ("seen", "")]).await.status, 303, "the second time changes nothing");
        }
        ministry.base.tick();
        let stale = hide(&mut clara, &made).await;
        assert_eq!(stale.status, 409);
        let said = stale.text();
        assert!(said.contains("Somebody has just changed this; look at it again.") && said.contains("<b>Shown</b>"), "{said}");
        assert_eq!(row(&ministry, id).await.moderation, Moderation::Shown);
        // It is found among what was decided, and hidden and shown again, by either.
        let now = seen(clara.get(decided).await.text());
        let done = hide(&mut clara, &now).await;
        assert_eq!((done.status.as_u16(), done.header("location").contains("state=decided")), (303, true));
        assert!(!carla.get("/desk/feedback?lang=en").await.text().contains("Columns move."));
        let hidden = carla.get(decided).await.text();
        assert!(hidden.contains("names a person") && hidden.contains("<b>Hidden</b>") && !hidden.contains("value=\"hide\""), "{hidden}");
        ministry.base.tick();
        assert_eq!(carla.form(&path, &[("look", "show"), ("seen", seen(hidden).as_str())]).await.status, 303);
        assert_eq!(row(&ministry, id).await.moderation, Moderation::Shown);
    }

    async fn a_mean_is_of_three_or_more(base) {
        let ministry = Ministry::over(base, 1).await;
        let curator = ministry.town.people.with_role("carla", Role::Curator, None).await.0;
        for (rating, expected) in [(4, json!({ "n": 1, "mean": null })), (3, json!({ "n": 2, "mean": null }))] {
            let one = say(&ministry, rating, None).await;
            look(&ministry, &curator, one, true).await;
            assert_eq!(public(&ministry).await["rating"], expected);
        }
        let one = say(&ministry, 1, None).await;
        look(&ministry, &curator, one, true).await;
        let rating = public(&ministry).await["rating"].clone();
        assert_eq!(rating["n"], 3);
        assert!((rating["mean"].as_f64().unwrap() - 8.0 / 3.0).abs() < 1e-9);
        // Whoever is signed in counts once, with what they said last of what is shown.
        let base = &ministry.base;
        ministry.town.people.account("ana").await;
        let ana = ministry.town.people.sign_in("ana").await.0;
        for rating in [1, 2, 4] {
            base.tick();
            let one = say_as(&ministry, &ana, rating, None).await;
            look(&ministry, &curator, one, true).await;
        }
        let rating = public(&ministry).await["rating"].clone();
        assert_eq!((rating["n"].clone(), rating["mean"].clone()), (json!(4), json!(3.0)), "of 4, 3, 1 and her 4");
        base.tick();
        let hidden = say_as(&ministry, &ana, 1, None).await;
        assert_eq!(public(&ministry).await["rating"], rating, "nobody has looked at it");
        look(&ministry, &curator, hidden, false).await;
        assert_eq!(public(&ministry).await["rating"], rating, "what is hidden takes the place of nothing");
        // What a study asked is counted with the rest, and nobody reads it one by one.
        ministry.run("update dataset_feedback set visibility = 'aggregate_only', comment = 'secret', lang = 'en' where rating = 4").await;
        let seen = public(&ministry).await;
        assert_eq!((seen["rating"]["n"].clone(), seen["feedback"].clone()), (json!(4), json!([])));
    }

    async fn only_its_publisher_answers(base) {
        let ministry = Ministry::over(base, 1).await;
        let ctx = &ministry.base.ctx;
        let curator = ministry.town.people.with_role("carla", Role::Curator, None).await.0;
        let (lia, above) = (ministry.liaison("lia", "smn").await, ministry.liaison("above", "semarnat").await);
        ministry.run("update relation set decision = 'proposed'").await;
        let one = say(&ministry, 1, Some("It is late.")).await;
        let said = |state, words: Option<&str>| Reply { feedback: one, state, reply: words.map(str::to_owned), fixed_on: None, seen: None };
        assert!(matches!(reply(ctx, &lia, &said(FeedbackState::Fixed, None), None).await, Err(Error::NotFound)), "nobody has looked");
        look(&ministry, &curator, one, true).await;
        assert!(matches!(reply(ctx, &above, &said(FeedbackState::Fixed, None), None).await, Err(Error::Forbidden)));
        assert!(matches!(reply(ctx, &curator, &said(FeedbackState::Fixed, None), None).await, Err(Error::Forbidden)));
        assert!(of_mine(ctx, &above).await.unwrap().is_empty());
        assert!(matches!(reply(ctx, &lia, &said(FeedbackState::WillNotFix, None), None).await, Err(Error::Invalid(_))));
        ministry.base.tick();
        let fixed = reply(ctx, &lia, &said(FeedbackState::Fixed, Some("Daily from now on.")), None).await.unwrap();
        assert_eq!((fixed.fixed_on, fixed.moderation), (Some(ctx.today()), Moderation::Shown));
        let late = said(FeedbackState::Fixed, Some("Weekly."));
        for _ in 0..2 {
            reply(ctx, &lia, &late, Some("weekly")).await.unwrap();
        }
        reply(ctx, &lia, &said(FeedbackState::Fixed, Some("Daily from now on.")), None).await.unwrap();
        let again = reply(ctx, &lia, &late, Some("weekly")).await.unwrap();
        assert_eq!(again.reply.as_deref(), Some("Daily from now on."), "what is repeated is not done again");
        let stale = Reply { seen: Some(stands(&fixed)), ..said(FeedbackState::Acknowledged, Some("We look at it.")) };
        reply(ctx, &lia, &stale, None).await.unwrap();
        let other = Reply { reply: Some("Something else.".to_owned()), ..stale.clone() };
        assert!(matches!(reply(ctx, &lia, &other, None).await, Err(Error::Conflict(_))), "another window has answered");
        reply(ctx, &lia, &stale, None).await.unwrap();
        reply(ctx, &lia, &said(FeedbackState::Fixed, Some("Daily from now on.")), None).await.unwrap();
        let seen = public(&ministry).await;
        assert_eq!(seen["feedback"][0]["reply"], "Daily from now on.");
        assert_eq!(seen["feedback"][0]["state"], "FIXED");
    }

    async fn the_form_needs_no_account_and_keeps_programs_out(base) {
        let ministry = Ministry::over(base, 1).await;
        let path = format!("/datasets/{}/feedback?lang=en", slug(&ministry).await);
        let mut reader = ministry.town.browser();
        let page = reader.get(&path).await.text();
        let made = page.split("name=\"made\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let fields = [("made", made.as_str()), ("rating", "2"), ("comment", "Columns move.")];
        assert_eq!(reader.form(&path, &fields).await.status, 422, "at once");
        ministry.base.clock.set(ministry.base.clock.now() + chrono::TimeDelta::seconds(10));
        assert_eq!(reader.form(&path, &[fields.as_slice(), &[("url2", "x")]].concat()).await.status, 422, "a hidden field");
        let nothing = reader.form(&path, &[("made", made.as_str())]).await;
        assert_eq!(nothing.status, 422);
        assert!(nothing.text().contains("Give a rating, or say something."), "{}", nothing.text());
        assert_eq!(reader.form(&path, &[("rating", "2")]).await.status, 422, "no form of ours");
        for _ in 0..2 {
            assert_eq!(reader.form(&path, &fields).await.status, 200, "the second time changes nothing");
        }
        let all = entity::dataset_feedback::Entity::find().all(&ministry.base.raw().await).await.unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].moderation, Moderation::Pending);
        assert_eq!(reader.get("/datasets/none/feedback").await.status, 404);
        // A curator shows it, the liaison answers it, both by forms.
        ministry.town.people.with_role("carla", Role::Curator, None).await;
        ministry.liaison("lia", "smn").await;
        let (mut carla, mut lia) = (ministry.town.signed_in("carla").await, ministry.town.signed_in("lia").await);
        assert!(carla.get("/desk/feedback").await.text().contains("Columns move."));
        assert_eq!(lia.get("/desk/feedback").await.status, 404);
        let id = all[0].entity_id;
        assert_eq!(carla.form(&format!("/desk/feedback/{id}"), &[("look", "hide")]).await.status, 422);
        assert_eq!(carla.form(&format!("/desk/feedback/{id}"), &[("look", "show")]).await.status, 303);
        assert!(lia.get("/desk/publisher/feedback").await.text().contains("Columns move."));
        let answer = [("state", "acknowledged"), ("reply", "We know.")];
        assert_eq!(lia.form(&format!("/desk/publisher/feedback/{id}"), &answer).await.status, 303);
        let again = lia.get("/desk/publisher/feedback").await.text();
        assert!(again.contains("We know."));
    }
}
