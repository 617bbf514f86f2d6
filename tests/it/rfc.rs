//! A tax number finds what is one thing, and is seen nowhere: not in the record, not on a page, not in an answer.

use entity::vocabulary::{IdentifierScheme, Role, RowVisibility};
use od100::app::review::decide::{self, Decision, Verdict};
use od100::app::review::propose::{self, New};
use od100::app::review::{Case, case};
use od100::app::{Context, matching};
use od100::domain::access::Actor;
use od100::domain::matching::Reason;
use od100::domain::review::{Field, Proposed, Subject};
use od100::domain::rfc::{PlainRfc, RfcKey};
use sea_orm::EntityTrait;
use serde_json::json;

use crate::desk_harness::Town;
use crate::harness::{self, Base, on_each_database};
use crate::review::cited;
use crate::review_duplicates::organisation;

const RFC: &str = "ABC010101XY2";
const TYPED: &str = "abc-010101-xy2";

fn key() -> RfcKey {
    RfcKey::of(b"a key of the tests, long enough to be one").unwrap()
}

fn with_key(mut base: Base) -> Base {
    base.ctx = base.ctx.with_rfc_key(Some(key()));
    base
}

async fn registered(ctx: &Context, actor: &Actor, name: &str, rfc: &str) -> Case {
    let new = New::Registered(organisation(name, None), PlainRfc(rfc.to_owned()));
    propose::propose(ctx, actor, new, None, None).await.unwrap()
}

fn accept() -> Decision {
    Decision { verdict: Verdict::Accept, reason: String::new(), target: None }
}

/// Everything that the tables say through which a proposal goes.
async fn whole_record(base: &Base) -> String {
    let db = base.raw().await;
    let mut all = String::new();
    macro_rules! add {
        ($($table:ident)+) => {$( all.push_str(&format!("{:?}", entity::$table::Entity::find().all(&db).await.unwrap())); )+};
    }
    add!(review_case review_event record_change answered_request organisation_identifier organisation match_candidate);
    assert!(all.contains(&key().hash(RFC).unwrap()), "the rows are read as they are");
    all
}

on_each_database! {
    async fn an_rfc_finds_its_twin_and_is_seen_nowhere(base) {
        let base = with_key(base);
        base.take(harness::header(), harness::organisations(4)).await.unwrap();
        let town = Town::over(&base).await;
        let (coco, _) = town.people.with_role("coco", Role::Contributor, None).await;
        let (cleo, _) = town.people.with_role("cleo", Role::Curator, None).await;
        let ctx = &base.ctx;
        let hash = key().hash(RFC).unwrap();
        let sealed = |text: &str| {
            let text = text.to_lowercase();
            assert!(!text.contains(&RFC.to_lowercase()) && !text.contains(TYPED) && !text.contains(&hash), "{text}");
        };

        // By the form, where it is sent with a fault first: it is not written into the page again.
        let mut coco_at = town.signed_in("coco").await;
        let form = coco_at.get("/desk/propose/organisation?lang=en").await.text();
        assert!(form.contains("RFC of the company") && form.contains("Only a hash under a key"), "{form}");
        let mut fields = vec![
            ("name", "Lluvias del Golfo"), ("kind", "company"), ("rfc", TYPED), ("evidenceUrl", ""), ("evidenceKind", "report"),
        ];
        let refused = coco_at.form("/desk/propose/organisation?lang=en", &fields).await;
        assert_eq!(refused.status, 422);
        sealed(&refused.text());
        for (wrong, why) in [("ABC010101XY1", "slip of the pen"), ("ABC010231XY2", "no day"), ("GODE561231GR8", "belongs to a person")] {
            fields[2] = ("rfc", wrong);
            let said = coco_at.form("/desk/propose/organisation?lang=en", &fields).await.text();
            assert!(said.contains(why) && !said.contains(wrong), "{said}");
        }
        fields[2] = ("rfc", TYPED);
        fields[3] = ("evidenceUrl", "https://example.org/report");
        assert_eq!(coco_at.form("/desk/propose/organisation?lang=en", &fields).await.status, 303);
        let cases = entity::review_case::Entity::find().all(&base.raw().await).await.unwrap();
        let first = cases.into_iter().find(|case| case.rfc_hash.is_some()).unwrap();
        assert_eq!(first.rfc_hash.as_deref(), Some(hash.as_str()));

        // The reviewer sees that there is one.
        let mut cleo_at = town.signed_in("cleo").await;
        let page = cleo_at.get(&format!("/desk/review/{}?lang=en", first.id)).await.text();
        assert!(page.contains("RFC (kept as a hash)"), "{page}");
        sealed(&page);
        decide::decide(ctx, &cleo, (first.id, first.version), accept()).await.unwrap();
        let rows = entity::organisation_identifier::Entity::find().all(&base.raw().await).await.unwrap();
        let kept = rows.iter().find(|row| row.scheme == IdentifierScheme::RfcHmac).unwrap();
        assert_eq!((kept.value.as_str(), kept.visibility), (hash.as_str(), RowVisibility::Private));

        // A twin under another name is found by it alone, and cannot be accepted beside it.
        let twin = registered(ctx, &coco, "Tormentas SA", RFC).await;
        let sheet = case::sheet(ctx, &cleo, twin.id, "en").await.unwrap();
        assert_eq!(sheet.duplicates[0].side.id, kept.organisation_id.0);
        assert_eq!((sheet.duplicates[0].reasons[0], sheet.duplicates[0].score), (Reason::SameRfc, 1000));
        let page = cleo_at.get(&format!("/desk/review/{}?lang=en", twin.id)).await.text();
        assert!(page.contains("same RFC") && page.contains("nother record of the register has this RFC"), "{page}");
        sealed(&page);
        assert!(decide::decide(ctx, &cleo, (twin.id, twin.version), accept()).await.is_err());

        // Nor can another organisation be given it, though its own can be said anew.
        let other = matching_other(&base, kept.organisation_id).await;
        let correction = |id| Proposed::Correction {
            subject: Subject::Organisation(id), field: Field::Rfc, value: TYPED.to_owned(), lang: "es".to_owned(), cited: Some(cited()),
        };
        let taken = propose::propose(ctx, &coco, New::Content(correction(other)), None, None).await.unwrap();
        assert!(!taken.mentions_person, "a hash is no telephone number");
        let sheet = case::sheet(ctx, &cleo, taken.id, "en").await.unwrap();
        assert_eq!(sheet.duplicates[0].side.id, kept.organisation_id.0);
        assert!(decide::decide(ctx, &cleo, (taken.id, taken.version), accept()).await.is_err());
        let same = propose::propose(ctx, &coco, New::Content(correction(kept.organisation_id)), None, None).await.unwrap();
        decide::decide(ctx, &cleo, (same.id, same.version), accept()).await.unwrap();

        // Nowhere: the record in plain, the pages, the public answers, the history, the own data.
        let record = whole_record(&base).await.to_lowercase();
        assert!(!record.contains(&RFC.to_lowercase()) && !record.contains(TYPED), "the number stands in the record");
        matching::find(ctx, &cleo, entity::vocabulary::MatchKind::ALL, |_, _| {}).await.unwrap();
        let town = Town::over(&base).await;
        let organisation = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
        let slug = organisation.into_iter().find(|row| row.entity_id == kept.organisation_id).unwrap().slug;
        for path in ["/desk/propose", "/desk/review", "/account/data.json", "/account", "/desk/matches"] {
            sealed(&coco_at.get(path).await.text());
            sealed(&cleo_at.get(path).await.text());
        }
        for path in [format!("/organisations/{slug}"), format!("/organisations/{slug}/history")] {
            sealed(&town.browser().get(&path).await.text());
        }
        let query = "query($slug: String!) { organisation(slug: $slug) { name identifiers { scheme value } } }";
        sealed(&town.browser().public(query, json!({ "slug": slug })).await.json().to_string());
    }

    async fn without_a_key_it_is_not_asked_for(base) {
        base.take(harness::header(), harness::organisations(2)).await.unwrap();
        let town = Town::over(&base).await;
        let (coco, _) = town.people.with_role("coco", Role::Contributor, None).await;
        let mut browser = town.signed_in("coco").await;
        for (sort, gone) in [("organisation", "name=\"rfc\""), ("correction", "value=\"rfc\"")] {
            let form = browser.get(&format!("/desk/propose/{sort}?lang=en")).await.text();
            assert!(form.contains("Do not enter a tax number (RFC)") && !form.contains(gone), "{form}");
        }
        let new = New::Registered(organisation("Lluvias", None), PlainRfc(RFC.to_owned()));
        let refused = propose::propose(&base.ctx, &coco, new, None, None).await.unwrap_err().to_string();
        assert!(!refused.contains(RFC));
        let new = New::Registered(organisation("Lluvias", None), PlainRfc(" ".to_owned()));
        assert_eq!(propose::propose(&base.ctx, &coco, new, None, None).await.unwrap().rfc_hash, None);
    }
}

async fn matching_other(base: &Base, not: entity::id::OrganisationId) -> entity::id::OrganisationId {
    let all = entity::organisation::Entity::find().all(&base.raw().await).await.unwrap();
    all.into_iter().find(|row| row.entity_id != not && row.superseded_at.is_none()).unwrap().entity_id
}
